"""/proof: the smallest set of sentences that supports one row of an answer, each with the way to its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast

from flask import Blueprint, Response, render_template, request, url_for

from graph import provenance, queries
from graph.errors import BadParameter, NotFound
from graph.stores import Table
from webapp.addresses import span_of
from webapp.negotiation import json_file
from webapp.presenters import questions as present
from webapp.presenters.proofs import proofs
from webapp.store import view

pages = Blueprint("proof", __name__)
RESERVED = ("question", "row")


@pages.get("/proof.json", endpoint="file", defaults={"suffix": "json"})
@pages.get("/proof")
def page(suffix: str = "") -> Response | str:
    """Show what row ``row``, counted from 1, of ``question`` rests on; its other arguments are the question's."""
    query = queries.question(request.args.get("question", ""))
    given = {name: [v for v in request.args.getlist(name) if v.strip()] for name in request.args}
    given = {name: values for name, values in given.items() if values and name not in RESERVED}
    now = view()
    text = queries.bind(now, query, given)
    table = queries.run(now, query, given)
    number = _number(request.args.get("row", ""))
    if number > len(table.rows):
        raise NotFound(f"{query.name} has {len(table.rows)} rows, so there is no row {number}", value=str(number))
    row = table.rows[number - 1]
    evidence = proofs(now).of_row(text, table.columns, row)
    if suffix:
        return json_file({"question": query.name, "row": number, "version": now.version, **asdict(evidence)})
    shown = present.answer(now, Table(table.columns, (row,)), query)
    behind = provenance.drill_down(text, table.columns, row)
    return render_template(
        "pages/proof.html",
        query=query,
        number=number,
        total=len(table.rows),
        cells=list(zip(shown.columns, shown.rows[0], strict=True)),
        evidence=evidence,
        means=evidence.means,
        span_of=span_of,
        whole=url_for("questions.one", name=query.name, **cast("Mapping[str, Any]", given)),
        behind=url_for("sparql.ask", query=behind) if behind else "",
    )


def _number(given: str) -> int:
    if not (given.isascii() and given.isdecimal() and int(given[:9]) >= 1):
        raise BadParameter(f"row is a whole number from 1, not {given!r}", param="row", value=given)
    return int(given[:9])
