"""What every section of the benchmark needs: corpora and stores by size, medians, the machine, tables."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from graph.build import build
from graph.stores.generations import Generation, current
from graph.stores.oxigraph import OxigraphStore
from tests.corpus.made import Corpus, write_corpus

Json = dict[str, Any]
FORCES = 43
SEED = 1
LONG = 1.0
"""Seconds from which on once is enough."""
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a run works, and at which sizes (reports)."""

    folder: Path
    sizes: tuple[int, ...]
    rounds: int = 5

    def corpus(self, size: int) -> Corpus:
        """Return ``size`` invented reports, those of the first force whole."""
        corpus = write_corpus(self.folder / f"corpus-{size}", forces(size), reports_a_force(size), SEED)
        corpus.reports = corpus.reports[:size]
        return corpus

    def built(self, size: int) -> Generation:
        """Return a store of ``size`` reports, built now if no section before has done so."""
        place = self.folder / f"store-{size}"
        found = current(place)
        if found is None:
            corpus = self.corpus(size)
            with ProcessPoolExecutor() as executor:
                build(place, corpus.reports, executor=executor, forces=corpus.forces)
            found = current(place)
        assert found is not None
        return found

    def nquads(self, size: int) -> Path:
        """Return the statements of ``built`` as a file of N-Quads, for stores of other makes."""
        path = self.folder / f"store-{size}.nq"
        if not path.exists():
            generation = self.built(size)
            store = OxigraphStore.open(generation.rdf, generation.version)
            with path.open("wb") as file:
                for some in store.stream():
                    file.write(some)
        return path


def forces(size: int) -> int:
    """Return of how many forces ``size`` reports are: of one up to 4, of 4 up to 16, then of all."""
    return 1 if size <= 4 else 4 if size <= 16 else FORCES


def reports_a_force(size: int) -> int:
    """Return how many reports the force has that questions of one force ask about."""
    return -(-size // forces(size))


def seconds(action: Callable[[], object], rounds: int) -> float:
    """Return the median time of ``action`` after one turn that does not count, unless it is longer than ``LONG``."""
    first = elapsed(action)
    if first > LONG:
        return first
    return statistics.median(elapsed(action) for _ in range(rounds))


def elapsed(action: Callable[[], object]) -> float:
    """Return how long ``action`` takes."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def in_process(module: str, *arguments: str) -> tuple[str, Json]:
    """Run ``python -m module`` and return what it printed, with its time, CPU time (s) and peak memory (MiB)."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        printed = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with status {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = used.ru_maxrss / 1024
    return printed, {"seconds": time.perf_counter() - begun, "cpu": cpu, "peak": peak}


def size_of(folder: Path) -> int:
    """Return the bytes of all files below ``folder``."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def machine() -> Json:
    """Return what the numbers were measured on, and how busy it was."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ("pyoxigraph", "rdflib", "owlready2", "sparqlwrapper", "granian", "flask")
    return {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}, Python {platform.python_version()}",
        "load": " ".join(f"{load:.1f}" for load in os.getloadavg()),
        "versions": {name: version(name) for name in packages},
    }


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown, numbers to three digits; None is a dash."""
    lines = [f"| {' | '.join(head)} |", f"| --- |{' ---: |' * (len(head) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(map(_shown, row))} |" for row in rows)]) + "\n"


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if not isinstance(value, int | float):
        return str(value)
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.3g}"


def ratio(ours: float | None, theirs: float | None) -> str | None:
    """Return how many times as long ``theirs`` takes as ``ours``."""
    return f"{theirs / ours:.3g}×" if ours and theirs else None
