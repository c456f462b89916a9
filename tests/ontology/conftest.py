"""The ontology folder as graphs.

``modules`` define our terms, ``ontology`` adds the alignments, ``vocabularies`` are the data, file by file.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

FOLDER = Path(__file__).resolve().parents[2] / "ontology"
MODULES = ("golden-thread", "plan", "evidence", "operations", "places", "performance", "audit", "definitions")


def _together(paths: list[Path]) -> Graph:
    graph = Graph()
    for path in sorted(paths):
        graph.parse(path, format="turtle")
    return graph


@pytest.fixture(scope="session")
def folder() -> Path:
    """Where the ontology lies."""
    return FOLDER


@pytest.fixture(scope="session")
def modules() -> dict[str, Graph]:
    """The modules that define our terms, by name."""
    return {name: Graph().parse(FOLDER / f"{name}.ttl") for name in MODULES}


@pytest.fixture(scope="session")
def ontology() -> Graph:
    """All modules and alignments in one graph."""
    return _together([*(FOLDER / f"{name}.ttl" for name in MODULES), *(FOLDER / "alignments").glob("*.ttl")])


@pytest.fixture(scope="session")
def shapes() -> Graph:
    """The shapes of data, those for our own terms left out."""
    return _together([path for path in FOLDER.glob("*.shapes.ttl") if path.name != "terms.shapes.ttl"])


@pytest.fixture(scope="session")
def vocabularies() -> dict[Path, Graph]:
    """Every vocabulary file, by its path below the ontology folder."""
    paths = sorted([*(FOLDER / "schemes").glob("*.ttl"), *(FOLDER / "forces").glob("*/*.ttl")])
    return {path.relative_to(FOLDER): Graph().parse(path) for path in paths}


@pytest.fixture(scope="session")
def vocabulary(vocabularies: dict[Path, Graph]) -> Graph:
    """All vocabulary files in one graph."""
    graph = Graph()
    for part in vocabularies.values():
        graph += part
    return graph
