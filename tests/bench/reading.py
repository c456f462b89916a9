"""Reading: from text to all that it names and counts, by one process."""

from __future__ import annotations

import time

from graph.build import read_mentions, read_report
from graph.vocabulary import load_vocabulary
from tests.bench.base import Bench, Json, table

MOST = 24
"""Reports that are read: more of them say nothing new, as each is read by itself."""
PAGE = 2_500
"""Characters of a printed page."""
TITLE = "Reading"


def measure(bench: Bench) -> Json:
    """Read up to ``MOST`` reports at each size, with the vocabulary that so many forces make."""
    found: Json = {}
    for size in bench.sizes:
        corpus = bench.corpus(size)
        begun = time.process_time()
        vocabulary = load_vocabulary(forces=corpus.forces)
        loaded = time.process_time() - begun
        read_mentions(read_report(corpus.reports[0], vocabulary), vocabulary)
        step = -(-len(corpus.reports) // MOST)
        wall, cpu, characters = time.perf_counter(), time.process_time(), 0
        for path in corpus.reports[::step]:
            report = read_report(path, vocabulary)
            read_mentions(report, vocabulary)
            characters += len(report.document.text)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        found[str(size)] = {"reports": len(corpus.reports[::step]), "characters": characters, "seconds": wall,
                            "cpu": cpu, "vocabulary": loaded}  # fmt: skip
    return found


def page(found: Json) -> str:
    """Return the section."""
    rows = [
        (
            int(size), f["reports"], f["reports"] / f["seconds"], f["characters"] / PAGE / f["seconds"],
            f["cpu"] / f["reports"], f["vocabulary"],
        )
        for size, f in found.items()
    ]  # fmt: skip
    return (
        f"One process, whole reports of the corpus; a page is {PAGE:,} characters. `--jobs` and clusters read in as "
        "many processes as there are. The vocabulary of all forces is read once a process.\n\n"
        + table(("reports in the corpus", "read", "reports/s", "pages/s", "CPU s a report", "CPU s vocabulary"), rows)
    )  # fmt: skip
