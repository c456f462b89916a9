"""One worker as the web process sees it: started, asked, stopped for a while, ended."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from graph.errors import GoldenThreadError, StoreUnavailable
from graph.fence import wire
from graph.fence.confine import Confinement
from graph.fence.refusals import busy, exceeded, refusal
from graph.fence.wire import Limits, Question
from graph.namespaces import PREFIXES

YOUNG = 0.05
"""Seconds after which a question is not a short one."""
HEAVY = 0.25
"""Seconds of processor time after which its worker goes on at a lower priority, and is not used again.

Not of the clock: where many ask at once, each question would take that long, and each a new worker."""
WORN = 0.5
"""Share of the memory allowed; a worker that has taken more than that is not used again."""
NICE = 10
"""That priority, as of nice."""
PARTING = 0.05
"""Seconds that a worker has to end by itself when its socket is closed."""
TICK = 1 / os.sysconf("SC_CLK_TCK")
"""Seconds in one tick, in which the system counts processor time."""
START = 20.0
"""Seconds that a worker may take to be ready; it takes a few hundredths."""
_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZ")
"""What a worker is told of the environment: nothing that could be a secret."""


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


class Spent(Exception):
    """The worker cannot be used again; ``error`` is what to tell whoever asked."""

    def __init__(self, error: GoldenThreadError) -> None:
        super().__init__(error.message)
        self.error = error


class Worker:
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
                    # Ctrl+C in a terminal is for the server, which ends its workers itself. Not a session of its own:
                    # Linux would give each the same share of the processor, and a lower priority would mean nothing.
                    process_group=0,
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
        self.is_worn = False
        """Whether it has a lower priority, or holds much memory, and should not be used again."""

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def ask(self, folder: Path, question: Question, may_go_on: Callable[[], bool]) -> Answer:
        """Return the answer of the store in ``folder``. ``may_go_on`` is asked once, when it turns out not to be short.

        Raises: as ``Pool.ask``; Spent if the worker cannot be used again.
        """
        begun = monotonic()
        ages: list[tuple[float, Callable[[], None]]] = [
            (begun + YOUNG, lambda: self._go_on(may_go_on)),
            (begun + HEAVY, lambda: self._step_back(ages, worked)),
        ]
        worked = self._worked()
        parts: list[bytes] = []
        head: dict[str, Any] = {}
        try:
            asked = {"folder": str(folder), **asdict(question)}
            self._channel.settimeout(self._limits.seconds)
            wire.send(self._channel, wire.QUESTION, json.dumps(asked).encode())
            while True:
                while ages and not self._speaks_before(ages[0][0]):
                    ages.pop(0)[1]()
                self._channel.settimeout(max(0.001, begun + self._limits.seconds - monotonic()))
                kind, payload = wire.receive(self._channel)
                if kind == wire.PART:
                    parts.append(payload)
                elif kind == wire.HEAD:
                    head = json.loads(payload)
                elif kind == wire.END:
                    told = json.loads(payload)
                    self.is_worn = self.is_worn or told["held"] > self._limits.memory * WORN
                    return Answer(head["holds"], head["format"], b"".join(parts), told["rows"])
                elif kind == wire.REFUSAL:
                    raise refusal(json.loads(payload))
                else:
                    raise Spent(self._why_it_ended())
        except TimeoutError as late:
            raise Spent(exceeded("seconds", self._limits.seconds)) from late
        except OSError as gone:
            raise Spent(self._why_it_ended()) from gone

    def _speaks_before(self, time: float) -> bool:
        left = time - monotonic()
        watch = select.poll()
        watch.register(self._channel, select.POLLIN)
        return left > 0 and bool(watch.poll(left * 1000))

    @staticmethod
    def _go_on(may_go_on: Callable[[], bool]) -> None:
        if not may_go_on():
            raise Spent(busy())

    def _step_back(self, ages: list[tuple[float, Callable[[], None]]], before: float) -> None:
        left = HEAVY - (self._worked() - before)
        if left > 0:
            # At least one tick of the clock by which the system counts processor time.
            ages.append((monotonic() + max(left, TICK), lambda: self._step_back(ages, before)))
            return
        self.is_worn = True
        os.setpriority(os.PRIO_PROCESS, self.pid, NICE)

    def _worked(self) -> float:
        """Return the processor time that the process has taken; the time of the clock where the system does not say."""
        try:
            told = Path(f"/proc/{self.pid}/stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            return monotonic()
        return (int(told[11]) + int(told[12])) * TICK

    def _why_it_ended(self) -> GoldenThreadError:
        status = self.end()
        if status == -signal.SIGABRT:
            # What Oxigraph does when it is given no more memory.
            return exceeded("memory", self._limits.memory)
        if status == -signal.SIGALRM:
            return exceeded("seconds", self._limits.seconds)
        return StoreUnavailable(f"the process that was to answer ended with status {status}")

    def pause(self) -> None:
        """Let the process do nothing until ``resume``; its time runs on."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let the process go on."""
        self._process.send_signal(signal.SIGCONT)

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
