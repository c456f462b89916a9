"""Which error is which status and what the visitor reads: one table, one page, one JSON shape."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, jsonify, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from graph import errors, queries
from graph.errors import GoldenThreadError
from webapp.negotiation import wants_json
from webapp.presenters.astray import astray
from webapp.presenters.things import Link
from webapp.store import View, view

STATUS: dict[type[GoldenThreadError], int] = {
    errors.UnreadableDocument: 422,
    errors.UnreadablePack: 422,
    errors.VocabularyError: 500,
    errors.QueryNotFound: 404,
    errors.BadParameter: 400,
    errors.BadQuery: 400,
    errors.LimitExceeded: 422,
    errors.ServiceBusy: 503,
    errors.NotAcceptable: 406,
    errors.NotFound: 404,
    errors.StoreUnavailable: 503,
    errors.StoreChanged: 503,
    errors.AddressInUse: 500,
    errors.InvalidGraph: 500,
    errors.ReasonerUnavailable: 503,
}

TITLES = {
    400: "That question cannot be asked",
    403: "That is not allowed here",
    404: "Page not found",
    405: "That cannot be done here",
    406: "There is no such format of this page",
    410: "That is no longer here",
    413: "That is too much at once",
    414: "That address is too long",
    415: "That format cannot be read here",
    422: "The document cannot be read",
    429: "Too many at once",
    431: "That is too much at once",
    500: "Something went wrong",
    503: "The data is not available",
}
"""What a visitor reads first. A status without a line here is told as a fault of the question, or as ours."""


_ASTRAY = frozenset({404, 410})
"""Statuses of an address that leads nowhere."""


def register(app: Flask) -> None:
    """Have ``app`` answer errors with ``error.html``, or with JSON where that was asked for."""

    @app.errorhandler(GoldenThreadError)
    def ours(error: GoldenThreadError) -> tuple[Response | str, int]:
        status = STATUS.get(type(error), 500)
        if status >= 500:
            app.logger.error("%s: %s", type(error).__name__, error.message)
        return _answer(status, error.message, error.fields), status

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[Response | str, int, list[tuple[str, str]]] | Response:
        status = error.code or 500
        if status < 400:
            return Response(status=status, headers=error.get_headers())
        if isinstance(error.response, Response):
            # Whoever raised it has said all there is to say.
            return error.response
        # An error that nothing foresaw comes here as 500; Flask has logged it, and its words are not for visitors.
        ours_to_say = {404: "There is no page at this address.", 500: "This is our fault, and it has been recorded."}
        message = ours_to_say.get(status) or error.description or error.name
        kept = [(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}]
        return _answer(status, message, {}), status, kept


def _answer(status: int, message: str, fields: dict[str, Any]) -> Response | str:
    title = TITLES.get(status, TITLES[500] if status >= 500 else TITLES[400])
    near = fields.get("near") or ()
    if wants_json():
        shown = {name: value for name, value in fields.items() if name in {"param", "value", "query"}}
        return jsonify({"error": {"status": status, "title": title, "message": message, **shown}})
    offered = astray(request.path, tuple(_links(near)), _view()) if status in _ASTRAY else None
    return render_template("error.html", status=status, title=title, message=message, astray=offered)


def _view() -> View | None:
    try:
        return view()
    except errors.StoreUnavailable:
        # There is nothing to compare an address with, and the page says all that it can without.
        return None


def _links(near: Any) -> list[Any]:
    """Return those suggestions that lead somewhere: links, and names of questions."""
    known = queries.catalogue()
    named = [
        Link(known[one].summary, url_for("questions.one", name=one)) if isinstance(one, str) and one in known else one
        for one in near
    ]
    return [suggestion for suggestion in named if hasattr(suggestion, "href")]
