"""The pool of fenced workers: gives a question to one that is free, takes the answer, and kills what takes too long.

A question begins in a place for short ones, of which there are twice as many as ``workers``. One that turns out not
to be short (``process.YOUNG``) leaves that place to the next, and goes on in one of ``workers`` places for long ones;
if those are taken it is parked, stopped, until one is free. So a short question never waits for a long one. What there
is no place for is sent away (``ServiceBusy``).

Workers are started as they are needed, some ahead of that, and end when there are too many. They are started by one
thread that lives as long as the process: Linux ends a worker when the thread that started it ends. They are started by
exec, never by fork alone, so that threads of the server's are no danger.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue

from graph.errors import GoldenThreadError, StoreUnavailable
from graph.fence.confine import Confinement
from graph.fence.process import Answer, Spent, Worker
from graph.fence.refusals import busy
from graph.fence.wire import Limits, Question
from graph.settings import Settings

SHORT, LONG, PARKED, WAITING = 2, 1, 4, 2
"""Places of each kind, for each of the pool's ``workers``; those that wait have no worker yet."""
PATIENCE = 5.0
"""Seconds that a question waits, or is parked, at most."""
log = logging.getLogger(__name__)


class _Visit:
    """A question in the pool: its worker, and the kind of place that it has."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.place = "short"


class Pool:
    """Workers that answer questions within ``limits``, as many long ones at once as ``workers``.

    The first question starts them.
    """

    def __init__(self, limits: Limits, workers: int) -> None:
        self.limits = limits
        self.workers = workers
        self._changed = threading.Condition()
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._taken = {"short": 0, "long": 0, "parked": 0, "waiting": 0}
        self._trouble: StoreUnavailable | None = None
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._keeper: threading.Thread | None = None
        self._closed = False

    def ask(self, folder: Path, question: Question) -> Answer:
        """Return the answer of the store in ``folder``.

        Raises: BadQuery; NotAcceptable; LimitExceeded naming the limit; ServiceBusy; StoreUnavailable.
        """
        visit = self._enter()
        usable = False
        try:
            answer = visit.worker.ask(folder, question, lambda: self._move_over(visit))
            usable = not visit.worker.is_worn
        except Spent as spent:
            raise spent.error from spent.__cause__
        except GoldenThreadError:
            usable = not visit.worker.is_worn
            raise
        finally:
            # Anything else that went wrong may have left half an answer in the socket.
            self._leave(visit, usable=usable)
        return answer

    def confinement(self) -> Confinement:
        """Return which fences hold around the workers, starting one if none has been. Raises: as ``ask``."""
        visit = self._enter()
        self._leave(visit, usable=True)
        return visit.worker.confinement

    def close(self) -> None:
        """End all workers."""
        with self._changed:
            self._closed = True
            keeper, self._keeper = self._keeper, None
        if keeper is not None:
            self._tasks.put(None)
            keeper.join()

    def _enter(self) -> _Visit:
        with self._changed:
            if self._closed:
                raise StoreUnavailable("this service is being stopped")
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._keep, name="keeper of query workers", daemon=True)
                self._keeper.start()
                self._tasks.put(self._fill)
                atexit.register(self.close)
            if not self._may_enter() and not self._wait("waiting", WAITING, self._may_enter):
                trouble, self._trouble = self._trouble, None
                self._tasks.put(self._fill)
                raise trouble or busy()
            self._taken["short"] += 1
            visit = _Visit(self._idle.pop())
            if len(self._idle) < self.workers:
                self._tasks.put(self._fill)
            return visit

    def _may_enter(self) -> bool:
        return self._taken["short"] < SHORT * self.workers and bool(self._idle)

    def _move_over(self, visit: _Visit) -> bool:
        """Give a question that is not short a place among the long ones, as soon as there is one."""
        with self._changed:
            self._taken["short"] -= 1
            visit.place = ""
            self._changed.notify_all()
            if not self._may_be_long():
                visit.worker.pause()
                if not self._wait("parked", PARKED, self._may_be_long):
                    return False
                visit.worker.resume()
            self._taken["long"] += 1
            visit.place = "long"
            return True

    def _may_be_long(self) -> bool:
        return self._taken["long"] < LONG * self.workers

    def _wait(self, place: str, places: int, until: Callable[[], bool]) -> bool:
        """Wait in a place of a kind until something is so, or for ``PATIENCE``; returns whether it is."""
        if self._taken[place] >= places * self.workers and self._all:
            # Until the first worker is ready all may wait: it is soon.
            return False
        self._taken[place] += 1
        try:
            self._changed.wait_for(lambda: until() or self._trouble, PATIENCE)
        finally:
            self._taken[place] -= 1
        return until()

    def _leave(self, visit: _Visit, *, usable: bool) -> None:
        with self._changed:
            if visit.place:
                self._taken[visit.place] -= 1
            # As many are kept warm as there are places for short ones: to start one takes longer than most questions,
            # and where several ask by turns one would be ended and another started all the time.
            kept = usable and len(self._idle) < SHORT * self.workers
            if kept:
                self._idle.append(visit.worker)
            self._changed.notify_all()
        if not kept:
            visit.worker.kill()
            self._tasks.put(lambda: self._bury(visit.worker))

    # What follows runs in the keeper's thread alone.

    def _keep(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
        for worker in self._all:
            worker.kill()
            worker.end()

    def _bury(self, worker: Worker) -> None:
        self._all.discard(worker)
        self._fill()
        # Last, as a process that held much memory takes its time to go.
        worker.end()

    def _fill(self) -> None:
        """Start workers until as many are idle as there are places for long questions, and one more than that live."""
        while not self._closed and (len(self._idle) < self.workers or len(self._all) <= self.workers):
            if len(self._all) > (SHORT + LONG + PARKED) * self.workers:
                return
            try:
                worker = Worker(self.limits)
            except (OSError, StoreUnavailable) as error:
                log.error("%s", error)  # noqa: TRY400 - the sentence says it all
                with self._changed:
                    self._trouble = StoreUnavailable(f"a worker for queries cannot be started: {error}")
                    self._changed.notify_all()
                return
            if not self._all:
                _tell(worker.confinement)
            with self._changed:
                self._all.add(worker)
                self._idle.append(worker)
                self._changed.notify_all()


def _tell(held: Confinement) -> None:
    missing = [name for name, holds in asdict(held).items() if not holds]
    if missing:
        log.warning("queries run without a fence around: %s (this system offers none)", ", ".join(missing))


def pool_for(settings: Settings) -> Pool:
    """Return a pool with the limits that ``settings`` give."""
    limits = Limits(settings.query_seconds, settings.query_memory * 2**20, settings.query_rows, settings.query_bytes)
    return Pool(limits, settings.query_workers or cores())


def places(settings: Settings) -> int:
    """Return how many questions a pool for ``settings`` holds at most, those that wait included."""
    return (settings.query_workers or cores()) * (SHORT + LONG + PARKED + WAITING)


def cores() -> int:
    """Return the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
