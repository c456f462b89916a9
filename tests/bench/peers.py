"""Libraries that answer SPARQL within Python, asked in a process that can be ended when an answer takes too long."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import IO

from tests.bench.base import ROOT

LOADING = 300.0
"""Seconds that a library may take to load the statements."""
LIBRARIES = ("rdflib", "owlready2")


def times(library: str, data: Path, texts: Mapping[str, str], patience: float, rounds: int) -> dict[str, float | None]:
    """Return the median seconds that ``library`` takes for each query; None: refused, or beyond ``patience``."""
    found: dict[str, float | None] = {}
    left = list(texts)
    while left:
        command = [sys.executable, "-m", __name__, library, str(data), str(rounds)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            if _line(child.stdout, LOADING) is None:
                child.kill()
                return found | dict.fromkeys(left)
            answered = True
            while left and answered:
                name = left.pop(0)
                child.stdin.write(json.dumps(texts[name]) + "\n")
                child.stdin.flush()
                told = _line(child.stdout, patience * (rounds + 1))
                found[name] = json.loads(told) if told else None
                answered = bool(told)
            # What takes too long cannot be stopped from within: the next question gets a new process.
            child.kill()
    return found


def _line(stream: IO[str], patience: float) -> str | None:
    ready, _, _ = select.select([stream], [], [], patience)
    return stream.readline() if ready else None


def _rdflib(data: str) -> Callable[[str], object]:
    from rdflib import Dataset

    graph = Dataset(default_union=True)
    graph.parse(data, format="nquads")
    return lambda text: list(graph.query(text))


def _owlready2(data: str) -> Callable[[str], object]:
    from owlready2 import World

    # It has no named graphs, and reads no N-Quads: the graph, always the last but one word of a line, is left out.
    triples = Path(data).with_suffix(".nt")
    if not triples.exists():
        with Path(data).open(encoding="utf-8") as quads, triples.open("w", encoding="utf-8") as file:
            file.writelines(f"{line.rsplit(' ', 2)[0]} .\n" for line in quads)
    world = World()
    world.get_ontology(triples.as_uri()).load()
    return lambda text: list(world.sparql(text, error_on_undefined_entities=False))


def _answer(lines: Iterable[str], ask: Callable[[str], object], rounds: int) -> None:
    for line in lines:
        taken: list[float] = []
        try:
            ask(text := json.loads(line))
            for _ in range(rounds):
                begun = time.perf_counter()
                ask(text)
                taken.append(time.perf_counter() - begun)
        except Exception as error:  # noqa: BLE001 each library has its own for what it cannot answer, and all are told
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
        print(json.dumps(median(taken) if taken else None), flush=True)


def main() -> None:
    """Load, say so, and answer the queries that come in, one a line."""
    library, data, rounds = sys.argv[1:]
    ask = {"rdflib": _rdflib, "owlready2": _owlready2}[library](data)
    print("ready", flush=True)
    _answer(sys.stdin, ask, int(rounds))


if __name__ == "__main__":
    main()
