"""Many users over real pages for long, while reports come and go and workers die: ``make soak``.

Users ask pages, questions and SPARQL over connections that they keep, and think in between. Meanwhile a report is
ingested in two forms by turns, and a worker of the fence is killed now and then. An answer that is neither what was
asked for nor a 503 with its reason is an error, and so is a connection that breaks. The memory of the serving processes
is measured all along: what they hold in the second half of the time must not grow.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from graph.build import build
from tests.reports import OTHER_FORCE, SMALL
from tests.serving import free_port, run, serving

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "soak.md"
QUERY = "SELECT ?o (COUNT(*) AS ?n) { ?o ?p ?x } GROUP BY ?o ORDER BY DESC(?n) LIMIT 5"
PAGES = (
    *("/", "/operations", "/partners", "/commitments", "/coverage", "/audit", "/evidence", "/questions", "/map"),
    *("/operations/kestrel", "/reports/essex-2022-23-q1", "/areas/essex", "/glossary", "/network", "/compare"),
    *("/questions/partner-operations-by-lpa", "/questions/figures.csv", "/questions/operations.json?limit=20"),
    *("/search.json?q=operation", "/ask.json?q=Which+operations+are+there%3F", "/ns", "/id/operation/kestrel.ttl"),
)
"""Pages that are there in every state of the store."""
THINKING = (1.0, 5.0)
"""Seconds from an answer to the next request of a user, drawn evenly."""
PATIENCE = 30.0
"""Seconds that a user waits for an answer."""
GROWTH = 1.0
"""MiB a minute that the serving processes may grow in the second half: less than measuring can tell."""


@dataclass
class Seen:
    """What users saw, and what the serving processes held."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Seconds from the beginning, and MiB."""
    load: float = field(default_factory=lambda: os.getloadavg()[0])
    """Processes that wanted to run before: other work makes answers slow."""
    ingested: int = 0
    killed: int = 0

    @property
    def errors(self) -> int:
        """Answers that are neither what was asked for nor a 503, and requests without an answer."""
        return sum(self.broken.values()) + len(self.wrong)

    @property
    def asked(self) -> int:
        """All requests."""
        return sum(self.statuses.values()) + sum(self.broken.values())

    def growth(self) -> float:
        """Return MiB a minute over the second half of the time, by least squares."""
        half = self.memory[len(self.memory) // 2 :]
        return 60 * statistics.linear_regression(*zip(*half, strict=True)).slope


class User:
    """One visitor: keeps a connection, asks, thinks, asks again."""

    def __init__(self, port: int, seen: Seen, chance: random.Random) -> None:
        self._port, self._seen, self._chance = port, seen, chance
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def visit(self, until: float, thinking: tuple[float, float]) -> None:
        """Ask until the time is over."""
        await asyncio.sleep(self._chance.uniform(0, thinking[1]))
        while time.monotonic() < until:
            # Every tenth asks something that was never asked before, so that it is worked out.
            fresh = f"{QUERY} # {self._chance.random()}"
            path = f"/sparql?query={quote(fresh)}" if self._chance.random() < 0.1 else self._chance.choice(PAGES)
            begun = time.monotonic()
            try:
                async with asyncio.timeout(PATIENCE):
                    status = await self._ask(path)
            except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError) as error:
                self._seen.broken[type(error).__name__] += 1
                await self._part()
            else:
                self._seen.statuses[status] += 1
                self._seen.seconds.append(time.monotonic() - begun)
                if status not in {200, 503}:
                    self._seen.wrong.append(f"{status} {path}")
            await asyncio.sleep(self._chance.uniform(*thinking))
        await self._part()

    async def _ask(self, path: str) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        accept = "application/sparql-results+json" if path.startswith("/sparql") else "*/*"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n\r\n".encode())
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        status = int(head.split(" ", 2)[1])
        if "transfer-encoding: chunked" in head:
            while size := int(await reader.readuntil(b"\r\n"), 16):
                await reader.readexactly(size + 2)
            await reader.readexactly(2)
        else:
            length = int(head.partition("content-length:")[2].split("\r\n", 1)[0])
            await reader.readexactly(length)
        if "connection: close" in head:
            await self._part()
        return status

    async def _part(self) -> None:
        if self._streams:
            self._streams[1].close()
            with suppress(OSError):
                await self._streams[1].wait_closed()
        self._streams = None


def family(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def command_of(pid: int) -> str:
    """Return the command of a process, "" if it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def workers(server: int) -> list[int]:
    """Return the workers of the fence below a server."""
    return [pid for pid in family(server) if "graph.fence.worker" in command_of(pid)]


def held(server: int) -> float:
    """Return the MiB that the serving processes hold, workers left out: they come and go."""
    total = 0
    for pid in set(family(server)) - set(workers(server)):
        with suppress(OSError):
            told = Path(f"/proc/{pid}/status").read_text()
            total += int(told.partition("VmRSS:")[2].split()[0]) if "VmRSS:" in told else 0
    return total / 1024


async def measure(server: int, seen: Seen, until: float, every: float) -> None:
    """Measure memory until the time is over."""
    begun = time.monotonic()
    while time.monotonic() < until:
        seen.memory.append((time.monotonic() - begun, held(server)))
        await asyncio.sleep(every)


async def kill(server: int, seen: Seen, until: float, every: float, chance: random.Random) -> None:
    """Kill a worker of the fence now and then until the time is over."""
    while time.monotonic() < until:
        await asyncio.sleep(every)
        if found := workers(server):
            with suppress(ProcessLookupError):
                os.kill(chance.choice(found), signal.SIGKILL)
                seen.killed += 1


async def ingest(store: Path, seen: Seen, until: float, pause: float) -> None:
    """Ingest a report in two forms by turns until the time is over. Raises: RuntimeError if one is not taken."""
    text = SMALL[1].read_text(encoding="utf-8")
    one, two = store.parent / "one.txt", store.parent / "two.txt"
    one.write_text(text, encoding="utf-8")
    two.write_text(text[: text.rstrip().rindex("\n- ")] + "\n", encoding="utf-8")
    while time.monotonic() < until:
        report = (one, two)[seen.ingested % 2]
        command = [sys.executable, "-m", "graph", "ingest", "--quiet", "--store", str(store), str(report)]
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=subprocess.PIPE)
        _, said = await process.communicate()
        if process.returncode:
            raise RuntimeError(f"ingest ended with {process.returncode}: {said.decode()}")
        seen.ingested += 1
        await asyncio.sleep(pause)


@dataclass(frozen=True)
class Plan:
    """How many users, for how long, and what happens meanwhile."""

    users: int
    seconds: float
    thinking: tuple[float, float] = THINKING
    ingest_every: float = 20.0
    kill_every: float = 10.0
    measure_every: float = 2.0


def soak(plan: Plan) -> Seen:
    """Serve a store, and let users at it. Raises: RuntimeError if the site or an ingest fails altogether."""
    with tempfile.TemporaryDirectory() as folder:
        store, port = Path(folder) / "store", free_port()
        build(store, [*SMALL, OTHER_FORCE])
        command = [sys.executable, "-m", "graph", "serve", "--store", str(store), "--port", str(port)]
        with serving(command, port):
            server = next(pid for pid in map(int, _processes()) if f"--port {port}" in command_of(pid))
            return run(_soak(plan, store, port, server))


def _processes() -> list[str]:
    return sorted((path.name for path in Path("/proc").iterdir() if path.name.isdecimal()), key=int)


async def _soak(plan: Plan, store: Path, port: int, server: int) -> Seen:
    seen, chance = Seen(), random.Random(1)  # noqa: S311 - the same visitors every time
    until = time.monotonic() + plan.seconds
    async with asyncio.TaskGroup() as group:
        for number in range(plan.users):
            group.create_task(User(port, seen, random.Random(number)).visit(until, plan.thinking))  # noqa: S311 - same
        group.create_task(measure(server, seen, until, plan.measure_every))
        group.create_task(kill(server, seen, until, plan.kill_every, chance))
        group.create_task(ingest(store, seen, until, plan.ingest_every))
    return seen


def told(plan: Plan, seen: Seen) -> str:
    """Return what was seen as a page."""
    cuts = statistics.quantiles(seen.seconds, n=100)
    first, last = seen.memory[len(seen.memory) // 2][1], seen.memory[-1][1]
    wrong = "; ".join(f"{name}: {n:,}" for name, n in (*seen.broken.items(), *Counter(seen.wrong).items())) or "none"
    rows = {
        "Users, minutes": f"{plan.users}, {plan.seconds / 60:g}",
        "Requests": f"{seen.asked:,} ({seen.asked / plan.seconds:,.1f} a second)",
        "Answers by status": ", ".join(f"{status}: {n:,}" for status, n in sorted(seen.statuses.items())),
        "Errors (aim: below 0.1 %)": f"{seen.errors:,} ({100 * seen.errors / seen.asked:.3f} %)",
        "Which": wrong,
        "Seconds to an answer, median, 95 %, 99 %": f"{cuts[49]:.3f}, {cuts[94]:.3f}, {cuts[98]:.3f}",
        "Reports ingested meanwhile": f"{seen.ingested}",
        "Workers killed meanwhile": f"{seen.killed}",
        "Memory at half time, at the end (MiB)": f"{first:.0f}, {last:.0f}",
        "Load of the machine before (1 minute)": f"{seen.load:.1f}",
        f"Growth in the second half (aim: below {GROWTH:g} MiB a minute)": f"{seen.growth():.2f} MiB a minute",
    }
    lines = "\n".join(f"| {name} | {value} |" for name, value in rows.items())
    return f"# Soak\n\nWritten by `make soak`: {_first_line()}\n\n| | |\n| --- | --- |\n{lines}\n"


def _first_line() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        "users over real pages, a tenth of what they ask SPARQL that was never asked before, while a report is\n"
        f"ingested in two forms by turns and workers of the fence are killed. Client and server shared {cores} cores."
    )


def main() -> int:
    """Soak as SOAK_USERS (200) and SOAK_MINUTES (10) say, write the page, and return 1 if an aim is missed."""
    plan = Plan(int(os.environ.get("SOAK_USERS") or 200), 60 * float(os.environ.get("SOAK_MINUTES") or 10))
    seen = soak(plan)
    page = told(plan, seen)
    PAGE.write_text(page, encoding="utf-8")
    print(page)
    return 1 if seen.errors >= 0.001 * seen.asked or seen.growth() > GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
