"""Building: from reports to a published store, beside loading the same statements into others."""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pyoxigraph
from rdflib import Dataset

from graph import build
from graph.stores.generations import current
from tests.bench.base import Bench, Json, in_process, ratio, size_of, table

TITLE = "Building"
RDFLIB = 16
"""Reports up to which rdflib's memory store is loaded too: beyond, it takes minutes and gigabytes."""


def measure(bench: Bench) -> Json:
    """Build at each size in a process of its own, and load what was built elsewhere."""
    found: Json = {}
    for size in bench.sizes:
        corpus, place = bench.corpus(size), bench.folder / f"store-{size}"
        printed, used = in_process(
            __name__, "build", str(corpus.folder), str(place), "--reports", *(path.name for path in corpus.reports)
        )
        generation = current(place)
        assert generation is not None
        stages = dict(line.rsplit(" ", 1) for line in printed.splitlines())
        quads, file = generation.manifest["quads"], str(bench.nquads(size))
        found[str(size)] = {
            **used,
            "quads": quads,
            "bytes": size_of(generation.rdf),
            "index": (generation.folder / "text.sqlite").stat().st_size,
            "stages": {name: float(value) for name, value in stages.items()},
            "oxigraph": in_process(__name__, "oxigraph", file, str(bench.folder / f"raw-{size}"))[1],
            "rdflib": in_process(__name__, "rdflib", file)[1] if size <= RDFLIB else None,
        }
    return found


def page(found: Json) -> str:
    """Return the section."""
    rows, stages, names = [], [], list(dict.fromkeys(name for f in found.values() for name in f["stages"]))
    for size, f in found.items():
        graph = f["stages"]["writing"]
        rows.append((int(size), f["quads"], f["seconds"], f["quads"] / f["seconds"], f["cpu"] / int(size), f["peak"],
                     f["bytes"] / 2**20, f["bytes"] / f["quads"], f["index"] / 2**20))  # fmt: skip
        peer = f["rdflib"]["seconds"] if f["rdflib"] else None
        stages.append((int(size), *(f["stages"].get(name, 0) / int(size) for name in names), f["oxigraph"]["seconds"],
                       peer, ratio(graph, f["oxigraph"]["seconds"]), ratio(graph, peer)))  # fmt: skip
    return (
        "The whole of `goldenthread build`, reading included, reports read by as many processes as there are cores; "
        "peak memory is that of the process that writes.\n\n"
        + table(("reports", "statements", "s", "statements/s", "CPU s a report", "peak MiB", "store MiB",
                 "bytes a statement", "text index MiB"), rows)
        + "\nSeconds a report by stage; beside them seconds to load the same statements, all of them, into Oxigraph on "
        "disk (bulk load of a file) and into rdflib's memory, and how many times as long as our writing (statements "
        "made, loaded) each takes.\n\n"
        + table(("reports", *names, "Oxigraph bulk", "rdflib", "Oxigraph / writing", "rdflib / writing"), stages)
    )  # fmt: skip


class _Stages:
    """Adds up how long a build is in each stage, by what it says of its progress."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._stage, self._since = "reading", time.perf_counter()

    def __call__(self, said: str) -> None:
        stage = {"writing": "writing", "deriving": "deriving", "checking": "checking", "counting": "counting",
                 "indexing": "indexing", "answering": "answering"}.get(said.partition(" ")[0], "reading")  # fmt: skip
        now = time.perf_counter()
        self.spent[self._stage] = self.spent.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now


def _build(folder: Path, store: Path, reports: list[str]) -> None:
    stages = _Stages()
    paths = [folder / "reports" / name for name in reports]
    with ProcessPoolExecutor() as executor:
        build.build(store, paths, stages, executor, folder / "forces")
    stages("reading")
    for name, value in stages.spent.items():
        print(name, value)


def main() -> None:
    """Do one thing to measure: ``in_process`` runs this."""
    parser = argparse.ArgumentParser(prog=f"python -m {__name__}")
    parser.add_argument("what", choices=("build", "oxigraph", "rdflib"))
    parser.add_argument("source", type=Path)
    parser.add_argument("store", type=Path, nargs="?")
    parser.add_argument("--reports", nargs="*", default=[])
    options = parser.parse_args()
    if options.what == "build":
        _build(options.source, options.store, options.reports)
    elif options.what == "oxigraph":
        store = pyoxigraph.Store(str(options.store))
        store.bulk_load(path=str(options.source), format=pyoxigraph.RdfFormat.N_QUADS)
        store.flush()
    else:
        Dataset().parse(str(options.source), format="nquads")


if __name__ == "__main__":
    main()
