"""The answer of a query that anybody may write, as a page shows it: names for addresses, links to pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from typing import Literal as OneOf

from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.exceptions import ParserError
from rdflib.term import Node

from graph.errors import BadQuery
from graph.queries import Query
from graph.stores import Row, Table
from webapp.addresses import item_number, kind_of, own_page
from webapp.presenters.naming import Names, names
from webapp.presenters.questions import Answer, Shown, columns_of, number_words
from webapp.store import View
from webapp.terms import is_number

LABEL = "Label"
"""What ends the name of a column that holds the names of another: ``lpaLabel`` beside ``lpa``."""
TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Solved:
    """The answer of a query: its rows, or a truth."""

    holds: OneOf["solutions", "boolean", "triples"]
    table: Table
    """The solutions, or the triples with the columns of ``TRIPLE``; without columns for a boolean."""
    truth: bool | None = None


def solved(holds: str, body: bytes) -> Solved:
    """Return the answer that ``body`` holds: SPARQL's JSON of results, or N-Triples where ``holds`` is "triples".

    Triples come in an order that is the same each time. Raises: BadQuery if they are more than RDF 1.1.
    Source: https://www.w3.org/TR/sparql11-results-json/.
    """
    if holds == "triples":
        try:
            graph = Graph().parse(data=body, format="nt")
        except ParserError as error:
            # What rdflib cannot read of an N-Triples document that Oxigraph wrote is RDF 1.2.
            raise BadQuery("the answer holds statements about statements, which only its files can show") from error
        return Solved("triples", Table(TRIPLE, tuple(sorted(graph, key=lambda t: tuple(map(str, t))))))
    told: dict[str, Any] = json.loads(body)
    if "boolean" in told:
        return Solved("boolean", Table((), ()), bool(told["boolean"]))
    columns = tuple(told["head"].get("vars", ()))
    rows = (tuple(_term(binding.get(name)) for name in columns) for binding in told["results"]["bindings"])
    return Solved("solutions", Table(columns, tuple(rows)))


def _term(binding: Mapping[str, Any] | None) -> Node | None:
    if binding is None:
        return None
    if binding["type"] == "triple":
        # A statement about a statement: no data of ours has one, a query can make one.
        return Literal(json.dumps(binding["value"], ensure_ascii=False))
    value = str(binding["value"])
    if binding["type"] == "uri":
        return URIRef(value)
    if binding["type"] == "bnode":
        return BNode(value)
    datatype = binding.get("datatype")
    return Literal(value, lang=binding.get("xml:lang"), datatype=URIRef(datatype) if datatype else None)


@dataclass(frozen=True, slots=True)
class Roles:
    """What the columns of an answer are good for, by their names."""

    shown: tuple[str, ...]
    """Those that a table shows: not the names of another column, which stand in its place."""
    numeric: tuple[str, ...]
    words: tuple[str, ...]
    """Those that can name a row: neither numbers nor long texts."""
    areas: tuple[str, ...]
    """Those that hold policing areas, forces or districts."""
    things: tuple[str, ...]
    """Those that hold addresses of this graph."""


AREAS = frozenset({"lpa", "district", "force"})
_NAME = 120
"""Characters beyond which a text names nothing."""


def roles(table: Table) -> Roles:
    """Return what each column of ``table`` is good for."""
    shown = tuple(name for name in table.columns if not _is_label(name, table.columns))
    filled = {name: [term for term in column(table, name) if term is not None] for name in shown}
    numeric = tuple(name for name, terms in filled.items() if terms and all(map(is_number, terms)))
    return Roles(
        shown,
        numeric,
        tuple(
            n for n, terms in filled.items() if terms and n not in numeric and all(len(str(t)) <= _NAME for t in terms)
        ),
        tuple(n for n, terms in filled.items() if any(isinstance(t, URIRef) and kind_of(t) in AREAS for t in terms)),
        tuple(n for n, terms in filled.items() if any(isinstance(t, URIRef) and kind_of(t) for t in terms)),
    )


def _is_label(name: str, columns: Sequence[str]) -> bool:
    return name.endswith(LABEL) and name.removesuffix(LABEL) in columns


def column(table: Table, name: str) -> list[Node | None]:
    """Return the terms of one column, from the first row to the last."""
    place = table.columns.index(name)
    return [row[place] for row in table.rows]


class Showing:
    """Shows the terms of some rows: their names are asked for at once, when it is made."""

    def __init__(self, view: View, table: Table) -> None:
        self._view = view
        self._places = {name: place for place, name in enumerate(table.columns)}
        self._known: Names = names(view, {term for row in table.rows for term in row})

    def term(self, row: Row, name: str) -> Shown:
        """Return what stands in ``row`` in the column ``name``."""
        term = row[self._places[name]]
        label = row[self._places[f"{name}{LABEL}"]] if f"{name}{LABEL}" in self._places else None
        return show(term, self._known, "" if label is None else str(label))

    def table(self, columns: Roles, rows: Iterable[Row], query: Query | None = None) -> Answer:
        """Return ``rows`` as a table; ``query`` is the question of ours that was asked, if it was one."""
        heads = columns_of(self._view, columns.shown, columns.numeric, query)
        return Answer(heads, tuple(tuple(self.term(row, name) for name in columns.shown) for row in rows))


def show(term: Node | None, known: Names, label: str = "") -> Shown:
    """Return one term as a page shows it; ``label`` is its name where the query asked for it."""
    if term is None:
        return Shown("")
    if isinstance(term, URIRef):
        kind = kind_of(term)
        if kind == "item" and own_page(term):
            return Shown(label or f"Item {item_number(term)}", own_page(term), "thing", kind)
        link = known.link(term)
        return Shown(label or link.label, own_page(term) or link.href, "thing", kind)
    if isinstance(term, BNode):
        return Shown(f"_:{term}")
    if is_number(term):
        return Shown(number_words(term), None, "number")
    if isinstance(term, Literal) and term.datatype == XSD.boolean:
        return Shown("yes" if term.toPython() else "no")
    words = str(term)
    return Shown(words, None, "quote" if len(words) > _NAME else "text")
