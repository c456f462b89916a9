"""/explain: what any query asks, in a sentence whose values can change; /continue: the questions about a thing."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graph import queries
from graph.errors import BadParameter, BadQuery, NotFound
from graph.explain.choices import choices
from graph.explain.formats import as_json, as_problem
from graph.explain.sentences import edited, query_of
from graph.fence.wire import Question
from graph.guard import read_only
from graph.stores import Table
from graph.why import address
from webapp.negotiation import json_file, wanted
from webapp.presenters import explaining as present
from webapp.presenters.editor import problem
from webapp.presenters.solutions import solved
from webapp.store import endpoint, view

pages = Blueprint("explain", __name__)
_OURS = frozenset({"question", "param"})


@pages.get("/explain.<any(json):suffix>", endpoint="file")
@pages.get("/explain")
def one(suffix: str | None = None) -> AnyResponse | str:
    """Say what ``query`` asks, or read ``sentence`` back; ``slot`` lists the values it can take, ``value`` sets one.

    ``question`` with ``param`` lists those of a parameter of the catalogue.
    """
    form = wanted(suffix)
    if request.args.get("question"):
        return _parameter(json=form != "html")
    text = request.args.get("query", "").replace("\r\n", "\n")
    try:
        if heard := request.args.get("sentence", "").strip():
            text = query_of(heard.replace("\r\n", "\n"), present.known(view()))
        if form != "html":
            return _as_json(text)
        return _page(text)
    except BadQuery as error:
        if form != "html":
            answer = json_file({"query": text, "error": as_problem(error)})
            answer.status_code = 400
            return answer
        shown = problem(text, 400, error.message, error.fields)
        return Response(
            render_template("pages/explain.html", query=text, problem=shown, fix=error.fields.get("fix")), 400
        )


def _guarded(query: str) -> Table:
    """Ask within the limits that any query from outside has."""
    found = endpoint().ask(Question(query), "")
    return solved(found.holds, found.body).table


def _as_json(text: str) -> Response:
    said = present.explained(view(), read_only(text))
    told = as_json(said)
    if number := request.args.get("slot", ""):
        slot = present.chosen(said, number)
        found = choices(said, slot, present.known(view()), _guarded)
        told["values"] = [{"label": c.label, "value": c.written, "rows": c.rows} for c in found.found]
        told["untried"] = found.untried
    return json_file(told)


def _page(text: str) -> AnyResponse | str:
    if not text.strip():
        return render_template("pages/explain.html", query="")
    said = present.explained(view(), read_only(text))
    run = request.args.get("run") == "1"
    goes = "sparql.ask" if run else "explain.one"
    number = request.args.get("slot", "")
    slot = present.chosen(said, number) if number else None
    if slot and (value := request.args.get("value", "").strip()):
        written = present.written(slot, value, present.known(view()))
        return redirect(url_for(goes, query=edited(text, slot, written)), 303)
    found = choices(said, slot, present.known(view()), _guarded) if slot else None
    values = (
        [(c.label, url_for(goes, query=edited(text, slot, c.written)), c.rows) for c in found.found]
        if found and slot
        else []
    )
    return render_template(
        "pages/explain.html",
        query=text,
        sentence=present.sentence(said, run=run),
        exact=said.exact,
        plain=said.text,
        slot=slot,
        number=number,
        run=run,
        values=values,
        untried=found.untried if found else 0,
    )


def _parameter(*, json: bool) -> Response | str:
    query = queries.question(request.args["question"])
    param = query.param(request.args.get("param", ""))
    given = {n: v for n in request.args if n not in _OURS if (v := [x for x in request.args.getlist(n) if x])}
    found = present.param_choices(view(), query, param, given)
    if json:
        values = [{"label": c.label, "value": c.written, "rows": c.rows} for c in found.found]
        return json_file({"question": query.name, "param": param.name, "values": values, "untried": found.untried})
    links = []
    for choice in found.found:
        args: dict[str, str | list[str]] = {**given, param.name: choice.written}
        links.append((choice.label, url_for("questions.one", name=query.name, **args), choice.rows))  # type: ignore[arg-type]
    return render_template(
        "pages/continue.html",
        title=query.summary,
        lead=f"Other values for “{param.name.replace('_', ' ')}” that give rows",
        links=links,
        untried=found.untried,
    )


@pages.get("/continue.<any(json):suffix>", endpoint="continue_file")
@pages.get("/continue")
def onward(suffix: str | None = None) -> Response | str:
    """List the questions of the catalogue about ``thing`` that have rows."""
    named = request.args.get("thing", "").strip()
    if not named:
        raise BadParameter("thing says what to ask about", param="thing")
    thing = address(named)
    label = present.called(view(), thing)
    if label is None:
        raise NotFound(f"nothing here has the address {named}", value=named)
    found = present.continuing(view(), thing)
    links = [(c.label, url_for("questions.index") + f"/{c.written}", c.rows) for c in found.found]
    if wanted(suffix) != "html":
        told = [{"question": words, "address": href, "rows": rows} for words, href, rows in links]
        return json_file({"thing": str(thing), "questions": told, "untried": found.untried})
    return render_template(
        "pages/continue.html", title=label, lead="Questions about it that have rows", links=links, untried=found.untried
    )
