"""One address, several formats: which one is wanted, and how rows become a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response, has_request_context, jsonify, request
from rdflib.term import Node

from graph.stores.base import MEDIA_TYPES
from webapp.spreadsheets import MEDIA_TYPE as XLSX
from webapp.terms import is_number

SUFFIXES = ("csv", "json", "tsv", "xml", "srj", "xlsx", "ttl")
"""What may stand after the last dot of a question's address; srj is SPARQL's own JSON of results."""

RESULTS_JSON = MEDIA_TYPES["json"]
TURTLE = "text/turtle"
_ACCEPTED = {
    "text/html": "html",
    "application/json": "json",
    RESULTS_JSON: "srj",
    MEDIA_TYPES["csv"]: "csv",
    MEDIA_TYPES["tsv"]: "tsv",
    MEDIA_TYPES["xml"]: "xml",
    XLSX: "xlsx",
    TURTLE: "ttl",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def wanted(suffix: str | None = None) -> str:
    """Return the format asked for, by the address's suffix or else by Accept: ``html`` or one of SUFFIXES."""
    if suffix:
        return suffix
    best = request.accept_mimetypes.best_match(list(_ACCEPTED), default="text/html")
    return _ACCEPTED[best or "text/html"]


def accepted(offered: Mapping[str, str]) -> str | None:
    """Return the name of the format that Accept prefers, None if it takes none of them.

    ``offered`` is name to media type, the one to prefer among equals first. Of the ranges that fit a type the most
    specific counts, so that ``*/*, text/turtle;q=0`` takes anything but Turtle (RFC 9110, 12.5.1); parameters other
    than ``q`` are left aside, as one who takes ``text/turtle;charset=utf-8`` takes ours.
    """
    ranges = [(kind.partition(";")[0].strip().lower(), q) for kind, q in request.accept_mimetypes] or [("*/*", 1)]
    best = max(offered, key=lambda name: _quality(offered[name], ranges))
    return best if _quality(offered[best], ranges) > 0 else None


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    given = dict(sorted(ranges, key=lambda r: r[1]))
    for fitting in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        if fitting in given:
            return given[fitting]
    return 0


def wants_json() -> bool:
    """Return whether an error should be told in JSON: to whoever asked for data, unless they say they read pages."""
    if not has_request_context():
        return False
    by_suffix = request.path.rpartition(".")[2] in SUFFIXES and "text/html" not in request.accept_mimetypes.values()
    return by_suffix or wanted() != "html"


def wants_fragment() -> bool:
    """Return whether htmx asks for the part of the page that it will swap in."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def safe_cell(value: str) -> str:
    """Return ``value`` so that no spreadsheet takes it for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def cell(value: Any) -> str:
    """Return a term or value as a cell of a CSV file: numbers as they are, text made safe."""
    if value is None:
        return ""
    if is_number(value) or isinstance(value, int | float):
        return str(value)
    return safe_cell(str(value))


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[Node | str | int | float | None]]) -> Response:
    """Return ``rows`` as a CSV file called ``name``: UTF-8, a header line, CRLF (RFC 4180), formula-safe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    media_type = f"{MEDIA_TYPES['csv']}; charset=utf-8; header=present"
    return download(out.getvalue().encode("utf-8"), media_type, f"{name}.csv")


def json_file(content: Any) -> Response:
    """Return ``content`` as JSON that keeps its letters and the order of its keys."""
    answer: Response = jsonify(content)
    return answer


def download(body: bytes, media_type: str, name: str) -> Response:
    """Return ``body`` as a file to keep."""
    answer = Response(body, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
