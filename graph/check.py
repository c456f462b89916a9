"""Everything that can be wrong, looked for: in the ontology and the vocabularies as files, and in a store.

Shapes are validated by pySHACL here, which knows nothing of the queries that a build uses (``graph.faults``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import Graph, URIRef

from graph import queries
from graph.build import in_memory
from graph.faults import Unmet, failed_checks
from graph.pitfalls import material, scan
from graph.shapes import Violation, validate
from graph.stores.base import Store
from graph.vocabulary import FOLDER, files, modules, ontology, shapes, term_shapes, vocabularies

Progress = Callable[[str], None]

_ALL = "CONSTRUCT { ?subject ?predicate ?object } WHERE { ?subject ?predicate ?object }"


@dataclass(slots=True)
class Found:
    """What was found, a line each: faults, which must not be, and warnings, which somebody should look at."""

    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def tell(self, severity: str, line: str) -> None:
        """Add ``line`` where it belongs."""
        (self.faults if severity == "Violation" else self.warnings).append(f"{severity}: {line}")


def check_store(store: Store, progress: Progress = lambda _: None) -> Found:
    """Return what is wrong in ``store``: check queries first, then SHACL, each with graph, thing and property."""
    found = Found()
    progress("running the check queries")
    found.faults += failed_checks(store)
    progress("validating against the shapes")
    violations = validate(store.construct(_ALL), shapes(), ontology())
    for violation, graph in _located(violations, store):
        found.tell(violation.severity, _unmet(violation, graph).line)
    return found


def check_reference(forces: Path | None = None, progress: Progress = lambda _: None) -> Found:
    """Return what is wrong in our terms and in the vocabularies, those of the folder ``forces`` too, file by file.

    No store is needed: somebody who writes a vocabulary sees what is missing before anything is built.
    """
    found = Found()
    progress("validating the terms")
    for path, module in modules().items():
        for violation in validate(module, term_shapes()):
            found.tell(violation.severity, f"{_named(path)}: {_unmet(violation, '').told}")
    progress("looking for pitfalls in the ontology")
    found.faults += [str(pitfall) for pitfall in scan(material())]
    progress("validating the vocabularies")
    store = in_memory([], forces=forces)
    paths = files(forces=forces)
    found.faults += failed_checks(store)
    everything = Graph()
    for graph in vocabularies(forces=forces).values():
        everything += graph
    for violation, name in _located(validate(everything, shapes(), ontology()), store):
        where = _named(paths[URIRef(name)]) if URIRef(name) in paths else name
        found.tell(violation.severity, f"{where}: {_unmet(violation, name).told}")
    for name, graph in vocabularies(forces=forces).items():
        if not graph:
            found.tell("Warning", f"{_named(paths[name])}: nothing is said here yet")
    return found


def _located(violations: Iterable[Violation], store: Store) -> Iterable[tuple[Violation, str]]:
    """Yield each violation with the named graph that says of what class its thing is; "" for a thing of none."""
    found = list(violations)
    things = [URIRef(violation.focus) for violation in found if queries.is_address(violation.focus)]
    graphs: Mapping[str, str] = {}
    if things:
        rows = store.select(queries.fill(queries.page("graphs-of"), {"thing": things})).rows
        graphs = {str(thing): str(graph) for thing, graph in reversed(rows)}
    for violation in found:
        yield violation, graphs.get(violation.focus, "")


def _unmet(violation: Violation, graph: str) -> Unmet:
    return Unmet(graph, violation.focus, violation.path, violation.severity, violation.message, violation.value)


def _named(path: Path) -> str:
    return path.relative_to(FOLDER.parent).as_posix() if path.is_relative_to(FOLDER.parent) else str(path)
