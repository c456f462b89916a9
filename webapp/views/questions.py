"""Questions of the catalogue: the list, and one with its form, its answer and its files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any, cast

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graph import queries
from graph.errors import BadParameter
from graph.explain.emptiness import beside
from graph.queries import Query
from graph.stores.base import MEDIA_TYPES, Table
from webapp.negotiation import SUFFIXES, TURTLE, csv_file, download, json_file, wanted, wants_fragment
from webapp.packs import pack_file
from webapp.presenters import answers, catalogue, explaining, proofs
from webapp.presenters import questions as present
from webapp.presenters.emptiness import reason
from webapp.presenters.listing import here
from webapp.presenters.origin import with_origin
from webapp.spreadsheets import MEDIA_TYPE as XLSX
from webapp.spreadsheets import workbook
from webapp.store import view
from webapp.windows import RESERVED, describe, window

pages = Blueprint("questions", __name__)

ROWS = 25
"""Rows shown at once on a page; a file always holds them all."""


@pages.get("/questions.<any(json, ttl):suffix>", endpoint="index_file")
@pages.get("/questions")
def index(suffix: str | None = None) -> Response | str:
    """List the questions: as a page, as JSON, or as SPARQL executables in Turtle."""
    known = list(queries.catalogue().values())
    if suffix == "json":
        return json_file({"questions": [catalogue.as_json(query) for query in known]})
    if suffix == "ttl":
        return download(catalogue.as_turtle(known).encode(), f"{TURTLE}; charset=utf-8", "questions.ttl")
    role = request.args.get("for", "")
    chosen = [query for query in known if not role or role in present.asked_by(query)]
    roles = [(name, sum(name in present.asked_by(query) for query in known)) for name in queries.ROLES]
    return render_template(
        "pages/questions.html", groups=present.grouped(chosen), count=len(known), roles=roles, role=role
    )


@pages.get("/questions/<name>.<any(csv, json, tsv, xml, srj, xlsx, ttl):suffix>", endpoint="file")
@pages.get("/questions/<name>")
def one(name: str, suffix: str | None = None) -> AnyResponse | str:
    """Ask a question: as a page, or in the format that the address or Accept names."""
    query = queries.question(name)
    form = wanted(suffix)
    if form in SUFFIXES:
        return _file(query, form)
    if "" in request.args.values():
        # A form sends its empty fields too; the address to keep is the one without them.
        return redirect(here(), 303)
    given = _given({"page", "evidence"})
    try:
        table = queries.run(view(), query, given)
        problem = None
    except BadParameter as error:
        table, problem = None, error
    page = max(1, request.args.get("page", 1, type=int))
    answer = present.answer(view(), table, query) if table else None
    first = (page - 1) * ROWS
    fields = present.fields(view(), query, given)
    asked = queries.bind(view(), query, given) if table else query.sparql
    # Each row's origin takes as many tries as the row has rules, so a page tells them where a person asks it to.
    told = proofs.wished() and table is not None
    part = Table(table.columns, tuple(table.rows[first : first + ROWS])) if table else None
    html = render_template(
        "pages/question-answer.html" if wants_fragment() else "pages/question.html",
        query=query,
        fields=fields,
        reading=present.reading(fields, given),
        answer=answer,
        rows=answer.rows[first : first + ROWS] if answer else (),
        first=first,
        proof=_proof(name, given),
        evidence=proofs.proofs(view()).of_rows(asked, part.columns, part.rows) if told and part else (),
        page=page,
        pages=-(-len(answer.rows) // ROWS) if answer else 0,
        problem=problem,
        said=explaining.of_question(view(), query, given) if table else None,
        empty=reason(view(), asked) if table and not table.rows else None,
        sparql=asked,
        editor=_editor(name, given if table else {}),
        files=[
            *((suffix.upper(), _address(name, suffix, given)) for suffix in SUFFIXES if suffix != "srj"),
            ("Audit pack", url_for("questions.pack", name=name, **cast("Mapping[str, Any]", given))),
        ],
    )
    return Response(html, status=400 if problem else 200)


@pages.get("/questions/<name>.pack")
def pack(name: str) -> Response:
    """Give the answer with all it rests on as one file, which ``goldenthread verify`` can hold against the reports."""
    query = queries.question(name)
    _refuse_empty()
    return pack_file(query, _given(()))


def _address(name: str, suffix: str, given: Mapping[str, Any]) -> str:
    return url_for("questions.file", name=name, suffix=suffix, **given)


def _proof(name: str, given: Mapping[str, Any]) -> str:
    address = url_for("proof.page", question=name, **given)
    return f"{address}&row="


def _editor(name: str, given: Mapping[str, Any]) -> str:
    return url_for("sparql.ask", question=name, **given)


def _given(reserved: Collection[str]) -> dict[str, list[str]]:
    """Return what the address gives but for ``reserved`` names; the question itself refuses what it does not take."""
    named = {name: [v for v in request.args.getlist(name) if v.strip()] for name in request.args}
    return {name: values for name, values in named.items() if values and name not in reserved}


def _refuse_empty() -> None:
    for name, value in request.args.items(multi=True):
        if not value.strip():
            # A person's form sends empty fields; a program that does has most likely lost a value.
            raise BadParameter(f"{name} has no value; leave it out to filter nothing", param=name, value=value)


def _file(query: Query, form: str) -> Response:
    _refuse_empty()
    given, part, now = _given(RESERVED), proofs.window_of(window()), view()
    text = queries.bind(now, query, given)
    table = queries.run(now, query, given)
    # What is handed on says where each row's sentence stands; the standard formats hold what the SPARQL selects.
    whole = with_origin(now, table.columns, part.of(table.rows))
    evidence = proofs.asked(now, form, text, Table(table.columns, tuple(part.of(table.rows))))
    if evidence is not None and form != "json":
        whole = proofs.with_evidence(whole, evidence)
    if form == "csv":
        answer = csv_file(query.name, whole.columns, whole.rows)
    elif form == "json":
        empty = None if table.rows else reason(now, text)
        told = {**answers.as_json(query, given, table, part, now.version, whole), **beside(empty)}
        answer = json_file(told if evidence is None else {**told, "evidence": [asdict(one) for one in evidence]})
    elif form == "xlsx":
        sources = answers.sources(query, given, table, part, now.version, text)
        answer = download(workbook(whole.columns, whole.rows, sources), XLSX, f"{query.name}.xlsx")
    elif form == "ttl":
        turtle = answers.as_turtle(query, table, part, now.version)
        answer = download(turtle.encode(), f"{TURTLE}; charset=utf-8", f"{query.name}.ttl")
    else:
        standard = "json" if form == "srj" else form
        answer = download(now.results(part.sparql(text), standard), MEDIA_TYPES[standard], f"{query.name}.{form}")
    return describe(answer, part, len(table.rows), now.version)
