"""Everything that can be wrong with a store, looked for: shapes, and the queries that must find nothing."""

from __future__ import annotations

from collections.abc import Callable

from graph.build import failed_checks
from graph.pitfalls import material, scan
from graph.shapes import validate
from graph.stores.base import Store
from graph.vocabulary import ontology, shapes

_ALL = "CONSTRUCT { ?subject ?predicate ?object } WHERE { ?subject ?predicate ?object }"


def check_store(store: Store, progress: Callable[[str], None] = lambda _: None) -> list[str]:
    """Return a line for each fault in ``store``: check queries first, then violations of the SHACL shapes."""
    progress("running the check queries")
    faults = failed_checks(store)
    progress("validating against the shapes")
    for violation in validate(store.construct(_ALL), shapes(), ontology()):
        faults.append(f"{violation.severity}: {violation.focus} {violation.path}: {violation.message}")
    progress("looking for pitfalls in the ontology")
    faults += [str(pitfall) for pitfall in scan(material())]
    return faults
