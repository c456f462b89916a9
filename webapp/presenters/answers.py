"""The answer of a question as data: JSON, and Turtle in the W3C's vocabulary of result sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rdflib import DCTERMS, RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from graph.namespaces import PREFIXES, RS, SCHEMA
from graph.queries import Query
from graph.stores import Row, Table
from webapp.terms import is_number
from webapp.windows import Window

Given = Mapping[str, Sequence[str]]


def as_json(
    query: Query, given: Given, table: Table, window: Window, version: str, shown: Table | None = None
) -> dict[str, Any]:
    """Return a question and its answer as plain JSON: addresses with their labels, other terms as values.

    ``total`` counts all rows, of which ``rows`` holds those in the window; ``shown`` holds these where they have more
    columns than the answer itself.
    """
    shown = shown or Table(table.columns, tuple(window.of(table.rows)))
    places = {name: place for place, name in enumerate(shown.columns)}
    names = [n for n in shown.columns if not (n.endswith("Label") and n[: -len("Label")] in places)]
    rows = [{name: _plain(row[places[name]], _label(row, places, name)) for name in names} for row in shown.rows]
    return {
        "question": query.summary,
        "name": query.name,
        "parameters": {param.name: _asked(given.get(param.name, ()), param.default) for param in query.params},
        "columns": names,
        "total": len(table.rows),
        "offset": window.offset,
        "limit": window.limit,
        "rows": rows,
        "version": version,
    }


def _asked(given: Sequence[str], default: str | None) -> str | list[str] | None:
    return list(given) if len(given) > 1 else given[0] if given else default


def _label(row: Row, places: Mapping[str, int], name: str) -> str:
    place = places.get(f"{name}Label")
    term = row[place] if place is not None else None
    return "" if term is None else str(term)


def _plain(term: Node | None, label: str) -> Any:
    if term is None:
        return None
    if isinstance(term, URIRef):
        return {"iri": str(term), "label": label} if label else {"iri": str(term)}
    if isinstance(term, Literal):
        value = term.toPython()
        if isinstance(value, bool | int | float | str):
            return value
        if is_number(term):
            # A decimal that is whole is told whole, as in the table and the CSV.
            return int(value) if value == int(value) else float(value)
    return str(term)


def sources(query: Query, given: Given, table: Table, window: Window, version: str, sparql: str) -> dict[str, str]:
    """Return what a file should say of where its rows come from: name to words, in order."""
    asked = as_json(query, given, Table(table.columns, ()), window, version)["parameters"]
    shown = len(window.of(table.rows))
    return {
        "Question": query.summary,
        "What a row is": query.description,
        **{f"Parameter {name}": ", ".join([v] if isinstance(v, str) else v) for name, v in asked.items() if v},
        "Rows": f"{shown} of {len(table.rows)}, from number {window.offset + 1}" if window != Window() else str(shown),
        "Data version": version,
        "SPARQL": sparql,
    }


def as_turtle(query: Query, table: Table, window: Window, version: str) -> str:
    """Return the answer as an ``rs:ResultSet`` whose solutions are numbered from 1 in the order of the whole answer."""
    graph = Graph()
    for prefix, space in PREFIXES.items():
        graph.bind(prefix, space)
    answer = URIRef("")
    graph.add((answer, RDF.type, RS.ResultSet))
    graph.add((answer, DCTERMS.title, Literal(query.summary, lang="en")))
    graph.add((answer, SCHEMA.version, Literal(version)))
    graph.add((answer, RS.size, Literal(len(table.rows), datatype=XSD.integer)))
    for name in table.columns:
        graph.add((answer, RS.resultVariable, Literal(name)))
    for number, row in enumerate(window.of(table.rows), window.offset + 1):
        solution = URIRef(f"#row-{number}")
        graph.add((answer, RS.solution, solution))
        graph.add((solution, RS["index"], Literal(number, datatype=XSD.integer)))
        for name, term in zip(table.columns, row, strict=True):
            if term is not None:
                binding = BNode(f"r{number}{name}")
                graph.add((solution, RS.binding, binding))
                graph.add((binding, RS.variable, Literal(name)))
                graph.add((binding, RS.value, term))
    return graph.serialize(format="turtle")
