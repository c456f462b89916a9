"""What the fence around queries from outside costs, and what visitors notice while queries run away.

Idle and attacked rounds take turns, so that a busy machine weighs on both.
"""

from __future__ import annotations

import http.client
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from graph.errors import GoldenThreadError
from graph.fence.pool import Pool
from graph.fence.wire import Limits, Question
from graph.stores.oxigraph import OxigraphStore
from tests.bench.base import Bench, Json, table
from tests.serving import free_port, serving

TITLE = "The fence around queries"
ROUNDS = 3
REQUESTS = 100
ATTACKERS = 6
SECONDS = 5
"""What a query may take, below the default so that a round has several of them."""
CROSS = " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(6))
ATTACKS = (
    f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    f"SELECT * {{ {CROSS} }} ORDER BY ?o1 ?o2",
    f"SELECT DISTINCT * {{ {CROSS} }}",
)
SHORT = "SELECT ?s ?o { ?s a ?o FILTER(?o != <urn:x:%d>) } LIMIT 20"
_fresh = count()


def milliseconds(action: Callable[[], object], times: int = REQUESTS) -> float:
    """Return the median time of ``action``."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


class Visitor:
    """Somebody with one connection, whose requests are never the same, so that none is answered from memory."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
        self.refused = 0

    def page(self) -> None:
        """Fetch a page of operations."""
        self._get(f"/operations?q=x{next(_fresh)}")

    def query(self, text: str | None = None) -> None:
        """Ask a short query, or ``text``."""
        self._get("/sparql?" + urlencode({"query": text or SHORT % next(_fresh)}))

    def _get(self, path: str) -> None:
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        answer.read()
        self.refused += answer.status == 503


@contextmanager
def attacked(address: str) -> Iterator[None]:
    """Send one query after another that takes all it can, from several sides, while the block runs."""
    over = threading.Event()

    def attack(number: int) -> None:
        visitor = Visitor(address)
        for turn in count(number):
            if over.is_set():
                return
            visitor.query(f"{ATTACKS[turn % len(ATTACKS)]} #{next(_fresh)}")
            # Whoever is told to come back does.
            over.wait(0.2)

    threads = [threading.Thread(target=attack, args=(number,)) for number in range(ATTACKERS)]
    for thread in threads:
        thread.start()
    time.sleep(2)
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def fence(folder: Path) -> Json:
    """Return what a query costs in the fence beside the same without it, and what ending one takes."""
    store, pool = OxigraphStore.open(folder, ""), Pool(Limits(2.0, 2 << 30, 100_000, 64 << 20), 1)
    pool.confinement()
    plain = milliseconds(lambda: store.results(SHORT % 1, "json"), 1000)
    fenced = milliseconds(lambda: pool.ask(folder, Question(SHORT % 1)), 1000)
    ends = []
    for name, query in (("counts without end", ATTACKS[0]), ("sorts without end", ATTACKS[1])):
        begun = time.perf_counter()
        try:
            pool.ask(folder, Question(query))
        except GoldenThreadError as error:
            ended = time.perf_counter()
            pool.ask(folder, Question("ASK { }"))
            again = (time.perf_counter() - ended) * 1000
            ends.append([name, error.message.split(",")[0], ended - begun, again])
    pool.close()
    return {"plain": plain, "fenced": fenced, "ends": ends}


def visitors(store: Path) -> Json:
    """Return what visitors wait, idle and under attack, in milliseconds."""
    port = free_port()
    settings = {**os.environ, "GOLDENTHREAD_QUERY_SECONDS": str(SECONDS)}
    command = [sys.executable, "-m", "graph", "serve", "--store", str(store), "--port", str(port)]
    found: dict[tuple[str, str], list[float]] = {}
    with serving(command, port, settings) as address:
        visitor = Visitor(address)
        milliseconds(visitor.page, 20)
        milliseconds(visitor.query, 20)
        refused = 0
        for _ in range(ROUNDS):
            for name, action in (("page", visitor.page), ("query", visitor.query)):
                found.setdefault((name, "idle"), []).append(milliseconds(action))
            with attacked(address):
                visitor.refused = 0
                for name, action in (("page", visitor.page), ("query", visitor.query)):
                    found.setdefault((name, "attacked"), []).append(milliseconds(action))
                refused += visitor.refused
    states = ("idle", "attacked")
    waits = [[name, *(statistics.median(found[name, state]) for state in states)] for name in ("page", "query")]
    return {"waits": waits, "refused": refused}


def measure(bench: Bench) -> Json:
    """Measure over the smallest store: a fence costs the same over any."""
    generation = bench.built(bench.sizes[0])
    return {**fence(generation.rdf), **visitors(generation.folder.parent.parent)}


def page(found: Json) -> str:
    """Return the section."""
    cost = found["fenced"] - found["plain"]
    rows = [(name, idle, busy, f"{busy / idle:.2f}") for name, idle, busy in found["waits"]]
    return (
        f"A short query takes {found['plain']:.2f} ms in process and {found['fenced']:.2f} ms in the fence, "
        f"{cost:+.2f} ms. The limit is 2 s.\n\n"
        + table(("a query that", "is told", "ends after s", "next answer after ms"), found["ends"])
        + f"\nMedian milliseconds of visitors while {ATTACKERS} others send one query without end after another; "
        f"{found['refused']} of {ROUNDS * REQUESTS} short queries were refused as busy.\n\n"
        + table(("what", "idle", "attacked", "ratio"), rows)
    )
