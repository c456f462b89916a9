"""The pool of fenced workers: gives a question to one that is free, takes the answer, and kills what takes too long.

One worker more than there are places is kept warm, to step in for one that was killed. Some questions may wait their
turn; more than that are sent away at once (``ServiceBusy``).

Workers are started by one thread that lives as long as the process: Linux ends a worker when the thread that started
it ends. They are started by exec, never by fork alone, so that threads of the server's are no danger.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from typing import Any

from graph.errors import (
    BadQuery,
    GoldenThreadError,
    LimitExceeded,
    NotAcceptable,
    ServiceBusy,
    StoreUnavailable,
)
from graph.fence import wire
from graph.fence.confine import Confinement
from graph.fence.wire import Limits, Question
from graph.namespaces import PREFIXES
from graph.settings import Settings

WAITING = 2
"""Questions for each worker that may wait their turn."""
PATIENCE = 5.0
"""Seconds that a question waits its turn at most."""
SOON = 1.0
"""Seconds after which a question counts as long."""
NICE = 10
"""Priority (as of nice) of a worker with a long question: others go first."""
RETRY = 2
"""Seconds after which to try again, for those who are sent away."""
PARTING = 0.05
"""Seconds that a worker has to end by itself when its socket is closed."""
START = 20.0
"""Seconds that a worker may take to be ready; it takes a few hundredths."""
_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZ", "COVERAGE_PROCESS_START")
"""What a worker is told of the environment: nothing that could be a secret."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; one that would be cut is none (``LimitExceeded``)."""

    holds: str
    """"solutions", "boolean", "triples" or "quads"."""
    format: str
    """Of ``wire.SOLUTIONS`` or ``wire.TRIPLES``."""
    body: bytes
    rows: int
    """Solutions or triples; 1 for a boolean, 0 for quads."""


class _Spent(Exception):
    """The worker cannot be used again; ``error`` is what to tell whoever asked."""

    def __init__(self, error: GoldenThreadError) -> None:
        super().__init__(error.message)
        self.error = error


class _Worker:
    """One process and the socket to it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._channel, theirs = socket.socketpair()
        given = [str(theirs.fileno()), str(os.getpid()), json.dumps(asdict(limits)), json.dumps(PREFIXES)]
        paths = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
        with theirs:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    [sys.executable, "-P", "-m", "graph.fence.worker", *given],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(),),
                    # Ctrl+C in a terminal is for the server; it ends its workers itself.
                    start_new_session=True,
                    env={**{name: os.environ[name] for name in _KEPT if name in os.environ}, "PYTHONPATH": paths},
                )
            except OSError:
                self._channel.close()
                raise
        self._channel.settimeout(START)
        try:
            kind, told = wire.receive(self._channel)
        except OSError:
            kind, told = b"", b""
        if kind != wire.READY:
            raise StoreUnavailable(f"a worker for queries cannot be started: it ended with status {self.end()}")
        self.confinement = Confinement(**json.loads(told))
        self.demoted = False

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def ask(self, folder: Path, question: Question, demote: Callable[[], bool]) -> Answer:
        """Return the answer. ``demote`` is asked, when it takes long, whether it may go on.

        Raises: as ``Pool.ask``; _Spent if the worker cannot be used again.
        """
        begun = monotonic()
        parts: list[bytes] = []
        head: dict[str, Any] = {}
        try:
            asked = {"folder": str(folder), **asdict(question)}
            self._channel.settimeout(self._limits.seconds)
            wire.send(self._channel, wire.QUESTION, json.dumps(asked).encode())
            while True:
                if not self.demoted and not self._speaks_before(begun + SOON):
                    self.demoted = demote()
                    if not self.demoted:
                        raise _Spent(_busy())
                    os.setpriority(os.PRIO_PROCESS, self.pid, NICE)
                self._channel.settimeout(max(0.001, begun + self._limits.seconds - monotonic()))
                kind, payload = wire.receive(self._channel)
                if kind == wire.PART:
                    parts.append(payload)
                elif kind == wire.HEAD:
                    head = json.loads(payload)
                elif kind == wire.END:
                    told = json.loads(payload)
                    self.demoted = self.demoted or told["held"] > self._limits.memory // 2
                    return Answer(head["holds"], head["format"], b"".join(parts), told["rows"])
                elif kind == wire.REFUSAL:
                    raise _refusal(json.loads(payload))
                else:
                    raise _Spent(self._why_it_ended())
        except TimeoutError as late:
            raise _Spent(exceeded("seconds", self._limits.seconds)) from late
        except OSError as gone:
            raise _Spent(self._why_it_ended()) from gone

    def _speaks_before(self, time: float) -> bool:
        left = time - monotonic()
        watch = select.poll()
        watch.register(self._channel, select.POLLIN)
        return left > 0 and bool(watch.poll(left * 1000))

    def _why_it_ended(self) -> GoldenThreadError:
        status = self.end()
        if status == -signal.SIGABRT:
            # What Oxigraph does when it is given no more memory.
            return exceeded("memory", self._limits.memory)
        if status == -signal.SIGALRM:
            return exceeded("seconds", self._limits.seconds)
        return StoreUnavailable(f"the process that was to answer ended with status {status}")

    def kill(self) -> None:
        """End the process at once, whatever it is doing."""
        self._process.kill()

    def end(self) -> int:
        """Close the socket and wait until the process is gone, killing it if need be; returns how it ended."""
        self._channel.close()
        try:
            return self._process.wait(PARTING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


class Pool:
    """Workers that answer questions within ``limits``, ``workers`` of them at once. The first question starts them.

    A question that takes longer than ``SOON`` leaves its place to the next one and goes on beside it, at a lower
    priority; of those, too, there are ``workers`` at most. So short questions never wait for long ones.
    """

    def __init__(self, limits: Limits, workers: int) -> None:
        self.limits = limits
        self.workers = workers
        self._changed = threading.Condition()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._short = self._long = self._waiting = 0
        self._trouble: StoreUnavailable | None = None
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._keeper: threading.Thread | None = None
        self._closed = False

    def ask(self, folder: Path, question: Question) -> Answer:
        """Return the answer of the store in ``folder``.

        Raises: BadQuery; NotAcceptable; LimitExceeded naming the limit; ServiceBusy; StoreUnavailable.
        """
        worker = self._take()
        usable = False
        try:
            answer = worker.ask(folder, question, self._move_over)
            usable = not worker.demoted
        except _Spent as spent:
            raise spent.error from spent.__cause__
        except GoldenThreadError:
            usable = not worker.demoted
            raise
        finally:
            # Anything else that went wrong may have left half an answer in the socket.
            self._give_back(worker, usable=usable)
        return answer

    def confinement(self) -> Confinement:
        """Return which fences hold around the workers, starting one if none has been. Raises: as ``ask``."""
        worker = self._take()
        self._give_back(worker, usable=True)
        return worker.confinement

    def close(self) -> None:
        """End all workers."""
        with self._changed:
            self._closed = True
            keeper, self._keeper = self._keeper, None
        if keeper is not None:
            self._tasks.put(None)
            keeper.join()

    def _take(self) -> _Worker:
        with self._changed:
            if self._closed:
                raise StoreUnavailable("this service is being stopped")
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._keep, name="keeper of query workers", daemon=True)
                self._keeper.start()
                self._tasks.put(self._fill)
                atexit.register(self.close)
            if not self._place_is_free():
                if self._waiting >= WAITING * self.workers:
                    raise _busy()
                self._waiting += 1
                try:
                    free = self._changed.wait_for(lambda: self._place_is_free() or self._trouble, PATIENCE)
                finally:
                    self._waiting -= 1
                if not free:
                    raise _busy()
                if not self._place_is_free():
                    trouble, self._trouble = self._trouble, None
                    self._tasks.put(self._fill)
                    raise trouble or _busy()
            self._short += 1
            return self._idle.pop()

    def _place_is_free(self) -> bool:
        return self._short < self.workers and bool(self._idle)

    def _move_over(self) -> bool:
        """Give a question that takes long a place of its own, if there is one left."""
        with self._changed:
            if self._long >= self.workers:
                return False
            self._long += 1
            self._short -= 1
            self._changed.notify_all()
            return True

    def _give_back(self, worker: _Worker, *, usable: bool) -> None:
        if not usable:
            worker.kill()
            self._tasks.put(lambda: self._replace(worker))
        with self._changed:
            if worker.demoted and not usable:
                self._long -= 1
            else:
                self._short -= 1
            if usable:
                self._idle.append(worker)
            self._changed.notify_all()

    # What follows runs in the keeper's thread alone.

    def _keep(self) -> None:
        while (task := self._tasks.get()) is not None:
            task()
        for worker in self._all:
            worker.kill()
            worker.end()

    def _replace(self, worker: _Worker) -> None:
        self._all.discard(worker)
        self._fill()
        # Last, as a process that held much memory takes its time to go.
        worker.end()

    def _fill(self) -> None:
        """Start workers until each place has one, and one is warm beside them."""
        while True:
            with self._changed:
                if len(self._idle) > self.workers - self._short or self._closed:
                    return
            try:
                worker = _Worker(self.limits)
            except (OSError, StoreUnavailable) as error:
                log.error("%s", error)  # noqa: TRY400 - the sentence says it all
                with self._changed:
                    self._trouble = StoreUnavailable(f"a worker for queries cannot be started: {error}")
                    self._changed.notify_all()
                return
            self._tell(worker.confinement)
            with self._changed:
                self._all.add(worker)
                self._idle.append(worker)
                self._changed.notify_all()

    def _tell(self, held: Confinement) -> None:
        if not self._all:
            missing = [name for name, holds in asdict(held).items() if not holds]
            if missing:
                log.warning("queries run without a fence around: %s (this system offers none)", ", ".join(missing))


def pool_for(settings: Settings) -> Pool:
    """Return a pool with the limits that ``settings`` give."""
    limits = Limits(settings.query_seconds, settings.query_memory * 2**20, settings.query_rows, settings.query_bytes)
    return Pool(limits, settings.query_workers or cores())


def places(settings: Settings) -> int:
    """Return how many questions a pool for ``settings`` holds at most: short and long ones, and those that wait."""
    return (settings.query_workers or cores()) * (2 + WAITING)


def cores() -> int:
    """Return the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _busy() -> ServiceBusy:
    return ServiceBusy("all places for queries are taken: try again soon", retry_after=RETRY)


def exceeded(limit: str, value: float) -> LimitExceeded:
    """Return the error for a query that reached ``limit``."""
    told = {
        "seconds": f"the query takes longer than {value:g} s",
        "memory": f"the query needs more memory than {value / 2**20:g} MiB",
        "rows": f"the answer has more than {value:,} rows",
        "bytes": f"the answer is longer than {value / 2**20:g} MiB",
    }
    message = f"{told[limit]}, the limit of this service. Ask for less, or add LIMIT"
    return LimitExceeded(message, limit=limit, value=value)


def _refusal(told: dict[str, Any]) -> GoldenThreadError:
    if told["kind"] == "limit":
        return exceeded(told["limit"], told["value"])
    if told["kind"] == "query":
        return BadQuery(told["message"], **told["fields"])
    if told["kind"] == "format":
        return NotAcceptable(told["message"], holds=told["holds"])
    return StoreUnavailable(told["message"])
