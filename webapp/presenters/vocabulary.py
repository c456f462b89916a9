"""What the store holds, by name and number: for the query editor to complete from, and to list beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rdflib import RDF, URIRef

from graph.context import compact
from graph.namespaces import BASE, GT, PREFIXES
from webapp.presenters.counted import counted
from webapp.presenters.naming import names, shorten
from webapp.presenters.things import index
from webapp.store import View

_PLAIN = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_./-]*[A-Za-z0-9_-])?)?")
IS_A = -1
"""Stands for rdf:type in ``uses``, whose count is that of the things of a class."""


def written(iri: str) -> str:
    """Return ``iri`` as a query writes it: with a prefix where one fits and no letter stands in the way."""
    prefix, colon, local = compact(iri).partition(":")
    if colon and prefix in PREFIXES and _PLAIN.fullmatch(local):
        return f"{prefix}:{local.replace('/', chr(92) + '/')}"
    return f"<{iri}>"


@dataclass(frozen=True, slots=True)
class ClassOfThings:
    """A class that the graph uses."""

    iri: URIRef
    name: str
    """As a query writes it."""
    label: str
    things: int


def classes(view: View) -> list[ClassOfThings]:
    """Return the classes of ours that have things, those with most of them first."""
    ours = {URIRef(iri): n for iri, n in counted(view).statistics.whole.classes.items() if iri in GT}
    known = names(view, ours)
    found = [ClassOfThings(iri, written(iri), known.of(iri), n) for iri, n in ours.items()]
    return sorted(found, key=lambda c: (-c.things, c.name))


def vocabulary(view: View) -> dict[str, Any]:
    """Return the vocabulary of this version of the data as the editor's scripts take it.

    ``classes``, ``properties``, ``graphs`` and ``things`` hold terms with the name that a query writes and the label
    that people read. A graph's ``uses`` are triples of numbers: a class, a property (-1: rdf:type), and how many
    statements the graph makes with it about things of that class.
    """
    return view.recall("vocabulary", lambda: _vocabulary(view))


def _vocabulary(view: View) -> dict[str, Any]:
    statistics = counted(view).statistics
    classes_ = {iri: place for place, iri in enumerate(statistics.whole.classes)}
    others = (iri for iri in statistics.whole.properties if iri != str(RDF.type))
    properties = {iri: place for place, iri in enumerate(others)}
    known = names(view, map(URIRef, (*classes_, *properties)))
    uses: dict[str, list[tuple[int, int, int]]] = {
        graph: [(classes_[iri], IS_A, n) for iri, n in size.classes.items()]
        for graph, size in statistics.graphs.items()
    }
    for use in statistics.uses:
        uses[use.graph].append((classes_[use.class_], properties[use.property], use.triples))

    def term(iri: str) -> dict[str, str]:
        return {"iri": iri, "name": written(iri), "label": known.shown.get(URIRef(iri), "")}

    return {
        "prefixes": list(PREFIXES.items()),
        "classes": [term(iri) for iri in classes_],
        "properties": [term(iri) for iri in properties],
        "graphs": [
            {"iri": iri, "name": written(iri), "label": "", "n": size.triples, "uses": uses[iri]}
            for iri, size in statistics.graphs.items()
        ],
        "things": [
            {"name": written(thing.iri), "label": shorten(thing.title)}
            for thing in index(view).all()
            if thing.iri.startswith(BASE)
        ],
    }
