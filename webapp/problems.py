"""Errors as programs read them: ``application/problem+json`` (RFC 9457), or plain text with the place pointed at."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Response, current_app, json

from graph.errors import GoldenThreadError, ServiceBusy
from webapp.errors import STATUS
from webapp.negotiation import accepted

_TYPES = {
    "text": "text/plain",
    "problem": "application/problem+json",
    "json": "application/json",
    "results": "application/sparql-results+json",
    "linked": "application/ld+json",
}
"""Whoever asks for data in JSON can read an error in JSON."""
_TOLD = ("line", "column", "limit", "value", "param", "word")
_WIDEST = 100


def status_of(error: GoldenThreadError) -> int:
    """Return the status of an error of ours, and write it to the log if it is our fault."""
    status = STATUS.get(type(error), 500)
    # Many at once are no fault of ours, and their complaints would fill the log.
    if status >= 500 and not isinstance(error, ServiceBusy):
        current_app.logger.error("%s: %s", type(error).__name__, error.message)
    return status


def problem(status: int, detail: str, fields: dict[str, Any], query: str = "") -> Response:
    """Return an error; with a line and a column among ``fields``, that place in ``query`` is shown."""
    shown = pointed_at(query, fields)
    if accepted(_TYPES) in {None, "text"}:
        return Response(f"{detail}\n{shown}", status, content_type="text/plain; charset=utf-8")
    told = {name: fields[name] for name in _TOLD if name in fields}
    if shown:
        told["excerpt"] = shown
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **told}
    return Response(json.dumps(content) + "\n", status, content_type="application/problem+json")


def pointed_at(query: str, fields: dict[str, Any]) -> str:
    """Return the line of ``query`` that ``fields`` name, and below it a caret at the column; "" if they name none."""
    line, column = fields.get("line"), fields.get("column")
    lines = query.split("\n")
    if not isinstance(line, int) or not isinstance(column, int) or not 0 < line <= len(lines):
        return ""
    # Of a long line, the part around the place.
    first = max(0, column - 1 - _WIDEST // 2)
    text = lines[line - 1].expandtabs(1).rstrip("\r")[first : first + _WIDEST]
    margin = f"{line:>4} | "
    return f"{margin}{text}\n{' ' * (len(margin) - 2)}| {' ' * (column - 1 - first)}^\n"
