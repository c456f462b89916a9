"""Sizing: what grows how, worked from what building measured, as docs/sizing.md."""

from __future__ import annotations

from graph.stores.generations import KEEP
from tests.bench.base import Json, table

MARGIN = 2.0
"""How much more than the line says a machine should have: one build beside the generations that are kept."""
PLACES = ((1, "one report"), (40, "a force, ten years"), (172, "all forces, a year"), (1720, "all forces, ten years"))
MOVES = (
    ("reading takes longer than you can wait", "more processes, then more machines",
     "`--jobs`, then a Dask cluster ([how](cluster.md)): each report is read by itself; one process writes"),
    ("a new report is to be seen at once", "the same machine",
     "`ingest` writes that report alone; the checks look at everything, which is what takes its time"),
    ("the build does not fit into memory", "a machine with more of it, for the build alone",
     "a generation is a folder that can be copied to where it is served"),
    ("pages or programs wait for one another", "more processes over one store", "`serve --workers N`"),
    ("more machines are to answer, or others write too", "a SPARQL server",
     "`build --endpoint`; each question then costs a round trip ([how much](benchmarks.md#questions))"),
)  # fmt: skip


def slopes(found: Json) -> dict[str, tuple[float, float]]:
    """Return for each resource what it is with no report, and what each adds: a line from first to last size."""
    sizes = sorted(found, key=int)
    first, last = found[sizes[0]], found[sizes[-1]]
    step = int(sizes[-1]) - int(sizes[0])
    lines = {}
    for name in ("quads", "bytes", "index", "peak", "cpu"):
        each = (last[name] - first[name]) / step
        lines[name] = (first[name] - each * int(sizes[0]), each)
    return lines


def page(found: Json) -> str:
    """Return docs/sizing.md. ``found`` is what building measured at two sizes or more."""
    sizes = sorted(map(int, found))
    lines = slopes(found)

    def at(name: str, reports: int) -> float:
        base, each = lines[name]
        return max(0.0, base + each * reports)

    rows = [
        (
            words, reports, at("quads", reports), (at("bytes", reports) + at("index", reports)) / 2**20,
            (at("bytes", reports) + at("index", reports)) * KEEP * MARGIN / 2**30, at("peak", reports) * MARGIN / 2**10,
            at("cpu", reports) / 60,
        )
        for reports, words in PLACES
    ]  # fmt: skip
    each = [(label, lines[name][1] / unit, words) for label, name, unit, words in (
        ("statements", "quads", 1, "its items, mentions, figures and links; little is shared"),
        ("store, MiB", "bytes", 2**20, "the same, in the orders in which it is looked up"),
        ("text index, MiB", "index", 2**20, "its sentences"),
        ("peak memory of a build, MiB", "peak", 1, "all readings are held until the last is read"),
        ("CPU seconds of a build, reading included", "cpu", 1, "of which reading is shared among cores or machines"),
    )]  # fmt: skip
    return f"""# How large a machine

Written by `make bench` from what it measured at {" and ".join(map(str, sizes))} invented reports
([benchmarks](benchmarks.md)): a line through the smallest and the largest. Beyond the largest it is the line, not a
measurement; whether it is one is told by the numbers a report at each size there.

## What a report adds

{table(("of", "a report adds", "being"), each)}
## What that comes to

Disk is for {KEEP} generations, which a store keeps, and memory for a build; both have {MARGIN:.0f} times what the
line says. Serving needs far less memory than building: readers map the store's files.

{table(("for", "reports", "statements", "store MiB", "disk GiB", "memory GiB", "CPU minutes to build"), rows)}
## When to move, and to what

{table(("when", "to", "how"), MOVES)}
Readers on a cluster and the graph on a server, both together, are tried with real processes in
`tests/graph/test_cluster.py`.
"""
