"""Where the time goes of what misses its target: building, questions, and SPARQL behind the fence.

Building is sampled, for a tracing profiler would make Python look slower than the engine beside it. Questions and
requests are taken apart by asking for less of each: the engine alone, then with our rows, then through what guards it.
"""

from __future__ import annotations

import http.client
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import FrameType
from typing import cast
from urllib.parse import urlencode, urlsplit

import pyoxigraph

from graph import build, queries
from graph.confining import confined
from graph.fence.pool import Pool
from graph.fence.wire import Limits, Question
from graph.stores.oxigraph import OxigraphStore, OxigraphWriter
from graph.vocabulary import load_vocabulary
from tests.bench.base import Bench, Json, table
from tests.bench.questions import AIMED, texts
from tests.serving import free_port, serving

TITLE = "Where the time goes"
REPORTS = 16
"""Reports whose writing is sampled: more tell the same, later."""
TIMES = 30
EVERY = 0.001
"""Seconds between two looks at what runs."""
PARTS = (
    ("graph/stores", "handing statements to Oxigraph, and its bulk load"),
    ("rdflib", "rdflib's terms"),
    ("graph/statements.py", "what reports, items and mentions say"),
    ("graph/provenance.py", "where it was found"),
    ("graph/findings.py", "checks of figures"),
    ("graph/quality.py", "quality of the reading"),
    ("graph/build.py", "batches"),
)
"""Parts of a path, and what code there does; the innermost frame that is in one of them counts."""
_fresh = count()


def measure(bench: Bench) -> Json:
    """Measure at the largest size of the run, writing at ``REPORTS`` or fewer."""
    size = bench.sizes[-1]
    return {
        "writing": _writing(bench),
        "questions": _questions(bench, size),
        "fenced": _fenced(bench, size),
        "size": size,
    }


def page(found: Json) -> str:
    """Return the section."""
    seconds, parts = found["writing"]["seconds"], found["writing"]["parts"]
    return (
        f"Writing {found['writing']['reports']} reports ({found['writing']['quads']:,} statements) takes "
        f"{seconds:.1f} s once they are read; a look every millisecond finds in it:\n\n"
        + table(("doing", "share"), [(name, f"{share:.0%}") for name, share in parts])
        + "\nA bulk load of a file reads text that is there already. Writing makes the statements first, each as terms "
        "of Python, and hands them over: only that last part is what a bulk load does.\n\n"
        f"Questions at {found['size']:,} reports, milliseconds: the engine's search alone, its rows not made into our "
        "terms; the whole of the question in process.\n\n"
        + table(("question", "engine", "whole", "engine's share"),
                [(name, engine, whole, f"{min(engine / whole, 1):.0%}") for name, engine, whole in found["questions"]])
        + "\nOne short query and the question, milliseconds: by the engine in process, through the fence (another "
        "process, its limits, the answer copied back), and over HTTP on one connection (the web server, the guard that "
        "reads the query, headers, the log).\n\n"
        + table(("query", "engine", "through the fence", "over HTTP"), found["fenced"])
    )  # fmt: skip


def _writing(bench: Bench) -> Json:
    corpus = bench.corpus(min(REPORTS, bench.sizes[-1]))
    vocabulary = load_vocabulary(forces=corpus.forces)
    readings = build.read_all(corpus.reports, {}, build.Outcome(), lambda _: None, None, corpus.forces)
    with tempfile.TemporaryDirectory() as place:
        writer = OxigraphWriter(Path(place) / "rdf")
        for name, triples in build.reference_graphs(forces=corpus.forces).items():
            writer.replace(name, triples)
        begun = time.perf_counter()
        with _looks() as seen:
            build.write_reports(writer, readings, vocabulary, lambda _: None)
        seconds = time.perf_counter() - begun
        quads = writer.count()
        writer.close()
    every = sum(seen.values())
    parts = [(name, number / every) for name, number in seen.most_common()]
    return {"reports": len(readings), "seconds": seconds, "quads": quads, "parts": parts}


@contextmanager
def _looks() -> Iterator[Counter[str]]:
    """Look every millisecond at what the calling thread runs, and count by ``PARTS``."""
    seen: Counter[str] = Counter()
    thread, over = threading.get_ident(), threading.Event()

    def look() -> None:
        while not over.wait(EVERY):
            seen[_part(sys._current_frames().get(thread))] += 1  # the one way to see it

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        over.set()
        looking.join()


def _part(frame: FrameType | None) -> str:
    while frame is not None:
        path = frame.f_code.co_filename.replace("\\", "/")
        for part, name in PARTS:
            if part in path:
                return name
        frame = frame.f_back
    return "the rest"


def _questions(bench: Bench, size: int) -> list[tuple[str, float, float]]:
    generation = bench.built(size)
    store = OxigraphStore.open(generation.rdf, generation.version)
    engine = pyoxigraph.Store.read_only(str(generation.rdf))
    asked = dict(texts(store, bench.corpus(size).reports[0].stem, lateral=store.lateral))

    def search(text: str) -> None:
        for _ in cast("pyoxigraph.QuerySolutions", engine.query(text, use_default_graph_as_union=True)):
            pass

    return [(name, _milliseconds(search, asked[name]), _milliseconds(store.select, asked[name])) for name in AIMED]


def _fenced(bench: Bench, size: int) -> list[tuple[str, float, float, float]]:
    generation = bench.built(size)
    store, pool = (
        OxigraphStore.open(generation.rdf, generation.version),
        Pool(Limits(10.0, 2 << 30, 100_000, 64 << 20), 1),
    )
    question = confined(queries.bind(store, queries.question("partner-operations-by-lpa")), lateral=store.lateral)
    port = free_port()
    place = str(generation.folder.parent.parent)
    found = []
    with serving([sys.executable, "-m", "graph", "serve", "--store", place, "--port", str(port)], port) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)

        def over_http(text: str) -> None:
            connection.request("GET", "/sparql?" + urlencode({"query": f"{text}\n#{next(_fresh)}"}))
            connection.getresponse().read()

        for name, text in (("short", "SELECT ?s { ?s a ?o } LIMIT 20"), ("the question", question)):
            alone = _milliseconds(store.results, text, "json")
            fenced = _milliseconds(pool.ask, generation.rdf, Question(text))
            found.append((name, alone, fenced, _milliseconds(over_http, text)))
    pool.close()
    return found


def _milliseconds(action: Callable[..., object], *given: object) -> float:
    action(*given)
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        action(*given)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)
