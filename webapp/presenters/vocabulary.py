"""What the store holds, by name and number: for the query editor to complete from, and to list beside it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from rdflib import RDF, URIRef

from graph.context import compact
from graph.namespaces import BASE, GT, PREFIXES
from webapp.presenters.naming import names, shorten
from webapp.presenters.things import index
from webapp.store import View
from webapp.terms import number, solutions

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


@dataclass(frozen=True, slots=True)
class _Uses:
    """The rows of queries/pages/vocabulary.rq, their terms numbered."""

    classes: tuple[str, ...]
    properties: tuple[str, ...]
    of_graph: dict[str, list[tuple[int, int, int]]]
    """Graph to class, property (or ``IS_A``) and number of statements."""


def classes(view: View) -> list[ClassOfThings]:
    """Return the classes of ours that have things, those with most of them first."""
    uses = _uses(view)
    amounts: Counter[int] = Counter()
    for rows in uses.of_graph.values():
        amounts.update({class_: n for class_, property_, n in rows if property_ == IS_A})
    ours = {URIRef(iri): amounts[i] for i, iri in enumerate(uses.classes) if iri in GT and amounts[i]}
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
    uses = _uses(view)
    known = names(view, map(URIRef, (*uses.classes, *uses.properties)))
    sizes = {str(row["graph"]): number(row, "triples") for row in solutions(view.page("graphs"))}

    def term(iri: str) -> dict[str, str]:
        # Where no label is known the name would be said twice.
        label = known.shown.get(URIRef(iri), "")
        return {"iri": iri, "name": written(iri), "label": label}

    return {
        "version": view.version,
        "prefixes": list(PREFIXES.items()),
        "classes": [term(iri) for iri in uses.classes],
        "properties": [term(iri) for iri in uses.properties],
        "graphs": [
            {"iri": iri, "name": written(iri), "label": "", "n": n, "uses": uses.of_graph.get(iri, [])}
            for iri, n in sizes.items()
        ],
        "things": [
            {"name": written(thing.iri), "label": shorten(thing.title)}
            for thing in index(view).all()
            if thing.iri.startswith(BASE)
        ],
    }


def _uses(view: View) -> _Uses:
    return view.recall("uses", lambda: _read_uses(view))


def _read_uses(view: View) -> _Uses:
    rows = [
        (str(row["graph"]), str(row["class"]), str(row["property"]), number(row, "uses"))
        for row in solutions(view.page("vocabulary"))
    ]
    classes_ = {iri: i for i, iri in enumerate(dict.fromkeys(row[1] for row in rows))}
    properties = {iri: i for i, iri in enumerate(dict.fromkeys(row[2] for row in rows if row[2] != str(RDF.type)))}
    of_graph: dict[str, list[tuple[int, int, int]]] = {}
    for graph, class_, property_, n in rows:
        of_graph.setdefault(graph, []).append((classes_[class_], properties.get(property_, IS_A), n))
    return _Uses(tuple(classes_), tuple(properties), of_graph)
