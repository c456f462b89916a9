"""/proof: the smallest set of sentences that supports one row of an answer, each with the way to its place.

The row is of a question of the catalogue (``question`` and its parameters) or of one in English (``q``). A query that
somebody typed has no proofs: they run it on rebuilt graphs, where nothing stops one that does not end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast

from flask import Blueprint, Response, render_template, request, url_for

from graph import provenance, queries
from graph.ask.model import ANSWERED
from graph.errors import BadParameter, NotFound
from graph.stores.base import Row, Table
from webapp.addresses import span_of
from webapp.negotiation import json_file
from webapp.presenters import questions as present
from webapp.presenters.proofs import proofs
from webapp.store import View, view
from webapp.views.ask import answered

pages = Blueprint("proof", __name__)
RESERVED = ("question", "row")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of an answer, and the question it is of."""

    name: str
    summary: str
    text: str
    """The query as it was asked."""
    table: Table
    place: int
    total: int
    whole: str
    """The page with the whole answer."""
    query: queries.Query | None = None

    @property
    def row(self) -> Row:
        """Its terms, by column."""
        return self.table.rows[self.place]


@pages.get("/proof.json", endpoint="file", defaults={"suffix": "json"})
@pages.get("/proof")
def page(suffix: str = "") -> Response | str:
    """Show what row ``row``, counted from 1, of ``question`` or ``q`` rests on; other arguments are the question's."""
    now = view()
    number = _number(request.args.get("row", ""))
    one = _asked(now, number) if request.args.get("q") else _of_catalogue(now, number)
    columns = one.table.columns
    evidence = proofs(now).of_row(one.text, columns, one.row)
    if suffix:
        return json_file({"question": one.name, "row": number, "version": now.version, **asdict(evidence)})
    shown = present.answer(now, Table(columns, (one.row,)), one.query)
    behind = provenance.drill_down(one.text, columns, one.row)
    return render_template(
        "pages/proof.html",
        name=one.name,
        summary=one.summary,
        number=number,
        total=one.total,
        cells=list(zip(shown.columns, shown.rows[0], strict=True)),
        evidence=evidence,
        means=evidence.means,
        span_of=span_of,
        whole=one.whole,
        behind=url_for("sparql.ask", query=behind) if behind else "",
    )


def _of_catalogue(now: View, number: int) -> _Row:
    query = queries.question(request.args.get("question", ""))
    given = {name: [v for v in request.args.getlist(name) if v.strip()] for name in request.args}
    given = {name: values for name, values in given.items() if values and name not in RESERVED}
    table = queries.run(now, query, given)
    _in(query.name, number, len(table.rows))
    whole = url_for("questions.one", name=query.name, **cast("Mapping[str, Any]", given))
    text = queries.bind(now, query, given)
    return _Row(query.name, query.summary, text, table, number - 1, len(table.rows), whole, query)


def _asked(now: View, number: int) -> _Row:
    """Return a row of the answer to a question in English: the first of the query's rows that it was made from."""
    if others := sorted(set(request.args) - {"q", "row"}):
        raise BadParameter(f"a question in English has no parameter {others[0]}", param=others[0])
    question = " ".join(request.args["q"].split())
    given = answered(now, question)
    # Where several readings are left, the rows are of more than one query.
    rows = given.rows if given.status == ANSWERED else ()
    _in(question, number, len(rows))
    text = given.listing or given.sparql
    table = now.select(text)
    whole = url_for("ask.page", q=question)
    return _Row(question, given.reading, text, table, rows[number - 1].first, len(rows), whole)


def _in(name: str, number: int, total: int) -> None:
    if number > total:
        raise NotFound(f"{name} has {total} rows, so there is no row {number}", value=str(number))


def _number(given: str) -> int:
    if not (given.isascii() and given.isdecimal() and int(given[:9]) >= 1):
        raise BadParameter(f"row is a whole number from 1, not {given!r}", param="row", value=given)
    return int(given[:9])
