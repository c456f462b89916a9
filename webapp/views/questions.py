"""Questions of the catalogue: the list, and one with its form, its answer and its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graph import queries
from graph.errors import BadParameter
from graph.queries import Query
from graph.stores.base import MEDIA_TYPES
from webapp.negotiation import SUFFIXES, csv_file, download, json_file, wanted, wants_fragment
from webapp.presenters import questions as present
from webapp.presenters.listing import here
from webapp.store import view

pages = Blueprint("questions", __name__, url_prefix="/questions")

ROWS = 200
"""Rows shown at once on a page; a file always holds them all."""


@pages.get("")
def index() -> str:
    """List the questions."""
    return render_template("pages/questions.html", questions=list(queries.catalogue().values()))


@pages.get("/<name>.<any(csv, json, tsv, xml, srj):suffix>", endpoint="file")
@pages.get("/<name>")
def one(name: str, suffix: str | None = None) -> AnyResponse | str:
    """Ask a question: as a page, or in the format that the address or Accept names."""
    query = queries.question(name)
    given = _given(query)
    form = wanted(suffix)
    if form in SUFFIXES:
        return _file(query, given, form)
    if "" in request.args.values():
        # A form sends its empty fields too; the address to keep is the one without them.
        return redirect(here(), 303)
    try:
        table = queries.run(view(), query, given)
        problem = None
    except BadParameter as error:
        table, problem = None, error
    page = max(1, request.args.get("page", 1, type=int))
    answer = present.answer(view(), table) if table else None
    first = (page - 1) * ROWS
    fields = present.fields(view(), query, given)
    html = render_template(
        "pages/question-answer.html" if wants_fragment() else "pages/question.html",
        query=query,
        fields=fields,
        reading=present.reading(fields),
        answer=answer,
        rows=answer.rows[first : first + ROWS] if answer else (),
        first=first,
        page=page,
        pages=-(-len(answer.rows) // ROWS) if answer else 0,
        problem=problem,
        sparql=queries.bind(view(), query, given) if table else query.sparql,
        files=[(suffix.upper(), _address(name, suffix, given)) for suffix in ("csv", "json", "tsv", "xml")],
    )
    return Response(html, status=400 if problem else 200)


def _address(name: str, suffix: str, given: Mapping[str, Any]) -> str:
    return url_for("questions.file", name=name, suffix=suffix, **given)


def _given(query: Query) -> dict[str, str]:
    return {param.name: value for param in query.params if (value := request.args.get(param.name, "").strip())}


def _file(query: Query, given: dict[str, str], form: str) -> Response:
    if form in {"csv", "json"}:
        table = queries.run(view(), query, given)
        if form == "csv":
            return csv_file(query.name, table.columns, table.rows)
        return json_file(present.as_json(query, given, table, view().version))
    standard = "json" if form == "srj" else form
    body = view().results(queries.bind(view(), query, given), standard)
    return download(body, MEDIA_TYPES[standard], f"{query.name}.{form}")
