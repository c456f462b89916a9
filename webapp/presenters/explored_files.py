"""The rows of a collection as a file: the same rows as on its page, whole, with names and addresses."""

from __future__ import annotations

from typing import Any

from flask import Response
from rdflib import XSD, Literal
from rdflib.term import Node

from graph import queries
from graph.stores import Table
from webapp.negotiation import TURTLE, csv_file, download, json_file
from webapp.presenters import answers
from webapp.presenters.collections import ColumnOf
from webapp.presenters.explore import Explored
from webapp.presenters.facts import Entry
from webapp.spreadsheets import MEDIA_TYPE as XLSX
from webapp.spreadsheets import workbook
from webapp.windows import describe, window

BETWEEN = "; "
"""What stands between the names that share a cell of a table."""


def file(found: Explored, suffix: str, version: str) -> Response:
    """Return the rows as CSV, JSON, an Excel workbook or Turtle, whole or in the window that the request asks for."""
    name, query, given = found.collection.name, queries.page(found.collection.rows_query), found.given()
    table, part = _table(found), window()
    rows = part.of(table.rows)
    if suffix == "csv":
        answer = csv_file(name, table.columns, rows)
    elif suffix == "xlsx":
        sources = answers.sources(query, given, table, part, version, found.sparql)
        answer = download(workbook(table.columns, rows, sources), XLSX, f"{name}.xlsx")
    elif suffix == "ttl":
        turtle = answers.as_turtle(query, table, part, version)
        answer = download(turtle.encode(), f"{TURTLE}; charset=utf-8", f"{name}.ttl")
    else:
        told = answers.as_json(query, given, table, part, version)
        # In JSON what shares a cell of a table is a list, each thing with its address.
        lists = [c for c in found.collection.file_columns if c.facets and c.form not in {"number", "value", "quote"}]
        for row, entry in zip(told["rows"], part.of(found.rows), strict=True):
            row.update({column.name: _list(found, entry, column) for column in lists})
        answer = json_file(told)
    return describe(answer, part, len(table.rows), version)


def _table(found: Explored) -> Table:
    kind = found.collection.kind
    columns = [column for column in found.collection.file_columns if column.form != "areas"]
    names: list[str] = []
    for column in columns:
        names += [kind, f"{kind}Label"] if column.form == "thing" else [column.name]
    rows: list[tuple[Node | None, ...]] = []
    for entry in found.rows:
        cells: list[Node | None] = []
        for column in columns:
            cells += [entry.iri, Literal(entry.label)] if column.form == "thing" else [_cell(found, entry, column)]
        rows.append(tuple(cells))
    return Table(tuple(names), tuple(rows))


def _cell(found: Explored, entry: Entry, column: ColumnOf) -> Node | None:
    if column.form == "value":
        return Literal(min(entry.keys(column.facets[0]), default=""), datatype=XSD.integer)
    if not column.facets or column.form == "number":
        return Literal(str(found.number(column, entry)), datatype=XSD.integer)
    words = BETWEEN.join(link.label for link in found.facts.links(entry, column))
    return Literal(words) if words else None


def _list(found: Explored, entry: Entry, column: ColumnOf) -> list[Any]:
    return [
        {"iri": link.iri, "label": link.label} if link.iri else link.label for link in found.facts.links(entry, column)
    ]
