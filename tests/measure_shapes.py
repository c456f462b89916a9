"""What it takes to hold a report's store against the shapes: by pySHACL, and by the queries of every build.

python -m tests.measure_shapes REPORT
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from graph.build import in_memory
from graph.faults import unmet_shapes
from graph.shapes import validate
from graph.stores.oxigraph import OxigraphStore
from graph.vocabulary import ontology, shapes
from tests.reports import read_file


def by_pyshacl(store: OxigraphStore) -> int:
    data = store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    return len(validate(data, shapes(), ontology()))


def by_queries(store: OxigraphStore) -> int:
    return len(unmet_shapes(store))


def main(arguments: Sequence[str]) -> None:
    store = in_memory([read_file(Path(arguments[0]))])
    ways: dict[str, Callable[[OxigraphStore], int]] = {"pySHACL": by_pyshacl, "queries": by_queries}
    for name, way in ways.items():
        began = time.process_time()
        found = way(store)
        sys.stdout.write(f"{name}: {found} found, {time.process_time() - began:.2f} s of CPU\n")


if __name__ == "__main__":
    main(sys.argv[1:])
