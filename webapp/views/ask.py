"""/ask: a question in English, how it was read, and its rows with their sentences."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from graph import ask
from graph.ask.formats import as_json, flat
from graph.explain.emptiness import beside
from graph.fenced import FencedStore
from webapp.negotiation import csv_file, json_file, wanted
from webapp.presenters import asking, explaining
from webapp.presenters.emptiness import reason
from webapp.store import View, endpoint, view

pages = Blueprint("ask", __name__)


@pages.get("/ask.<any(json, csv):suffix>", endpoint="file")
@pages.get("/ask")
def page(suffix: str | None = None) -> Response | str:
    """Answer the question ``q``: as a page, as JSON or as CSV; without one, ask for it."""
    question = " ".join(request.args.get("q", "").split())
    form = wanted(suffix)
    now = view()
    given = answered(now, question) if question or form != "html" else None
    if given and form == "csv":
        header, lines = flat(given)
        return csv_file("answer", header, lines)
    empty = reason(now, given.sparql) if given and given.status == "empty" and given.sparql else None
    if given and form != "html":
        return json_file({**as_json(given), **beside(empty)})
    # What the grammar made is read by the explainer as any other query, so the two can be held against each other.
    said = explaining.sentence(explaining.explained(now, given.sparql), run=True) if given and given.sparql else None
    shown = asking.shown(given) if given else None
    return render_template("pages/ask.html", question=question, shown=shown, said=said, empty=empty)


def answered(now: View, question: str) -> ask.Answer:
    """Return the answer to ``question`` from ``now``, what is known of its data remembered."""
    known = now.recall("ask", lambda: ask.know(now))
    # What a visitor's words become may take long: it runs where it can be stopped.
    guarded = FencedStore(endpoint(), now.version, fixed=now.fixed)
    return now.recall(("answer", question), lambda: ask.answer(guarded, question, known))
