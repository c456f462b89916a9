"""The query editor, which /sparql shows to browsers: SPARQL written in place, its answer below it, links to share.

The page is asked for by ``webapp.views.sparql``, which speaks the protocol; here is what only the page needs.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from functools import partial
from time import perf_counter
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graph import queries
from graph.errors import BadQuery, StoreUnavailable
from graph.fence.wire import Question
from webapp import protocol
from webapp.negotiation import json_file, wants_fragment
from webapp.presenters import editor as present
from webapp.presenters import explaining
from webapp.presenters.emptiness import reason
from webapp.presenters.solutions import solved
from webapp.presenters.vocabulary import vocabulary as terms
from webapp.sharing import unpack
from webapp.store import endpoint, source, view

pages = Blueprint("editor", __name__)


@pages.get("/sparql/vocabulary.json")
def vocabulary() -> Response:
    """Give the classes, properties, graphs and things of this version of the data, with how often they are used."""
    return json_file(terms(view()))


@pages.get("/q/<word>")
def shared(word: str) -> AnyResponse:
    """Open a short link: the query it holds, asked of the data it was asked of."""
    held = unpack(word)
    shown = request.args.get("view") or None
    return redirect(url_for("sparql.ask", query=held.query, version=held.version or None, view=shown), 303)


def page(wanted: protocol.Asked) -> Response:
    """Return the editor with what the address asks, and the answer. Raises: as ``Endpoint.ask``."""
    g.query = wanted.query or _opened()
    asked = _asked(wanted.version)
    data = source().at(asked.version) if asked.version else view()
    answer, empty = None, None
    if asked.query.strip() and data is not None:
        begun = perf_counter()
        question = Question(
            asked.query,
            url_for("sparql.ask", _external=True),
            wanted.default_graphs,
            wanted.named_graphs,
            triples="ntriples",
        )
        found = endpoint().ask(question, asked.version)
        seconds = perf_counter() - begun
        # The version of an endpoint without our mark is its address, which pins nothing and is nobody's business.
        version = data.version if data.fixed else ""
        answer = present.shown(data, asked, solved(found.holds, found.body), seconds, version)
        if found.holds == "solutions" and not answer.total and wanted.default_graphs == wanted.named_graphs is None:
            empty = reason(data, asked.query)
    return _page(asked, answer=answer, empty=empty, pin=present.pin(asked, view().version, kept=data is not None))


def trouble(status: int, message: str, fields: Mapping[str, Any]) -> Response:
    """Return the editor with what the address asks, and why there is no answer."""
    asked = _asked(request.args.get("version", ""))
    problem = present.problem(asked.query, status, message, fields)
    return _page(asked, status, problem=problem)


def _opened() -> str:
    """Return the SPARQL of the question of the catalogue that the address names, "" if it names none."""
    name = request.args.get("question", "")
    if not name:
        return ""
    question = queries.question(name)
    given = {n: [v for v in request.args.getlist(n) if v] for n in request.args if n not in present.RESERVED}
    return present.opened(question, queries.bind(view(), question, given))


def _asked(version: str) -> present.Asked:
    given = request.args
    return present.Asked(
        query=g.get("query", "").replace("\r\n", "\n"),
        version=version,
        view=given.get("view", ""),
        page=max(1, given.get("page", 1, type=int)),
        value=given.get("value", ""),
        of=given.get("of", ""),
        of_question=queries.catalogue().get(given.get("question", "")),
    )


def _classes() -> list[present.Start]:
    try:
        return present.class_starts(view())
    except StoreUnavailable:
        # That is what the page says where the answer would be.
        return []


def _in_words(query: str) -> explaining.Sentence | None:
    """Return the sentence of a query that was answered; None for the few that only the store itself can read."""
    try:
        return explaining.sentence(explaining.explained(view(), query), run=True)
    except BadQuery:
        return None


def _page(asked: present.Asked, status: int = 200, **told: Any) -> Response:
    if asked.query.strip() and "problem" not in told:
        told["said"] = _in_words(asked.query)
    told.update(to=partial(present.address, asked), examples=present.examples())
    if wants_fragment():
        return Response(render_template("pages/editor-answer.html", **told), status)
    g.style_nonce = secrets.token_urlsafe(18)
    html = render_template(
        "pages/editor.html",
        text=asked.query or present.starter(),
        hidden=[(name, value) for name in present.KEPT for value in request.values.getlist(name)],
        saved=present.saved_questions(),
        classes=_classes(),
        nonce=g.style_nonce,
        **told,
    )
    return Response(html, status)
