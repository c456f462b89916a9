"""The evidence about one thing as a file: CSV, an Excel workbook, JSON or Turtle, always whole."""

from __future__ import annotations

from flask import Blueprint, Response, url_for
from rdflib import URIRef

from graph.formats import turtle
from graph.namespaces import BASE, key_of
from webapp.addresses import kind_of
from webapp.negotiation import TURTLE, csv_file, download, json_file
from webapp.presenters import evidence_files as present
from webapp.spreadsheets import MEDIA_TYPE as XLSX
from webapp.spreadsheets import workbook
from webapp.store import view
from webapp.windows import Window, describe

pages = Blueprint("evidence", __name__)

FORMATS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON", "ttl": "Turtle"}
"""What may stand at the end of the address of a file of evidence, and what it is called."""


@pages.get("/evidence/<path:name>.<any(csv, xlsx, json, ttl):suffix>")
def file(name: str, suffix: str) -> Response:
    """Give the sentences about the thing called ``name`` ("operation/vinka"), each with its place and what it names."""
    now = view()
    thing, filter_ = present.subject(now, name)
    table = present.table(now, thing, filter_)
    stem = f"evidence-{thing.kind}-{thing.key}"
    if suffix == "csv":
        answer = csv_file(stem, table.columns, table.rows)
    elif suffix == "xlsx":
        told = {
            "About": thing.title,
            "Address": str(thing.iri),
            "Rows": str(len(table.rows)),
            "Data version": now.version,
            "Offsets": "start and end count code points of the stored text of the report; end is exclusive",
        }
        answer = download(workbook(table.columns, table.rows, told), XLSX, f"{stem}.xlsx")
    elif suffix == "ttl":
        answer = download(turtle(present.graph(now, thing, table)), f"{TURTLE}; charset=utf-8", f"{stem}.ttl")
    else:
        answer = json_file(present.as_json(now, thing, table))
    return describe(answer, Window(), len(table.rows), now.version)


@pages.app_template_global()
def evidence_files(iri: URIRef | str) -> list[tuple[str, str]]:
    """Return the name and address of each file with the evidence about the thing at ``iri``; none of other kinds."""
    if kind_of(iri) not in present.FILTERS or str(iri).removeprefix(BASE).count("/") != 1:
        return []
    name = f"{kind_of(iri)}/{key_of(str(iri))}"
    return [(words, url_for("evidence.file", name=name, suffix=suffix)) for suffix, words in FORMATS.items()]
