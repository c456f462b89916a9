"""/sparql: the SPARQL 1.1 Protocol, a description of the service, and a page to ask on; /rdf-graph-store: its graphs.

Sources: https://www.w3.org/TR/sparql11-protocol/, https://www.w3.org/TR/sparql11-service-description/ and
https://www.w3.org/TR/sparql11-http-rdf-update/, of which only reading is offered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, g, request, url_for
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, NotFound

from graph.errors import GoldenThreadError, NotAcceptable, ServiceBusy
from graph.fence.wire import Question
from graph.formats import FORMATS, serialise
from graph.guard import repeatable
from webapp.presenters.service import description
from webapp.problems import problem, status_of
from webapp.protocol import (
    DIRECT,
    FORM,
    QUADS,
    SOLUTIONS,
    TRIPLES,
    asked,
    chosen,
    content_type,
    named_formats,
    wants_page,
)
from webapp.store import endpoint, source, view
from webapp.views import editor

pages = Blueprint("sparql", __name__)

_DESCRIPTIONS = {format_.media_type: suffix for suffix, format_ in FORMATS.items()}
_READING = ("GET", "HEAD", "OPTIONS")
_ASKING = (*_READING, "POST")
_WRITING = ("PUT", "POST", "DELETE", "PATCH")
_OFFERED = {"solutions": SOLUTIONS, "boolean": SOLUTIONS, "triples": TRIPLES, "quads": QUADS}
_EVERY_TRIPLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


@pages.route("/sparql", methods=[*_READING, *_WRITING], strict_slashes=False, provide_automatic_options=False)
def ask() -> Response:
    """Answer a query; without one, describe the service, or show a browser the page to ask on."""
    if request.method == "OPTIONS":
        return _options(_ASKING)
    if request.method not in _ASKING:
        raise MethodNotAllowed(list(_ASKING), "Send a query with GET or POST.")
    wanted = asked()
    g.query = wanted.query or ""
    if not wanted.formats and wants_page(SOLUTIONS, TRIPLES):
        return editor.page(wanted)
    if not (wanted.query or "").strip():
        if wanted.query is None and request.method != "POST":
            return _describe()
        raise BadRequest("There is no query in this request.")
    solutions, triples = chosen(SOLUTIONS, wanted.formats), chosen(TRIPLES, wanted.formats)
    question = Question(
        wanted.query,
        url_for("sparql.ask", _external=True),
        wanted.default_graphs,
        wanted.named_graphs,
        solutions and solutions[1],
        triples and triples[1],
    )
    tag = _tag(wanted.query)
    if tag and request.if_none_match.contains_weak(tag):
        return _tagged(Response(status=304), tag, wanted.version)
    answer = endpoint().ask(question, wanted.version)
    media_type = triples if answer.holds == "triples" else solutions
    if media_type is None:
        raise AssertionError("an answer has one of the formats asked for")
    return _tagged(Response(answer.body, content_type=content_type(media_type[0])), tag, wanted.version)


@pages.route("/rdf-graph-store", methods=[*_READING, *_WRITING], strict_slashes=False, provide_automatic_options=False)
def graphs() -> Response:
    """Give one named graph (``?graph=``), the default graph (``?default``), or all there is as quads."""
    if request.method == "OPTIONS":
        return _options(_READING)
    if request.method not in _READING:
        raise MethodNotAllowed(list(_READING), "The graphs here are read, and not written.")
    names, default = request.args.getlist("graph"), "default" in request.args
    if len(names) + default > 1:
        raise BadRequest("Ask for one graph: ?graph=ADDRESS, or ?default, or neither for all of them.")
    types = TRIPLES if names or default else QUADS
    media_type = chosen(types, named_formats(request.args.getlist("format")))
    if media_type is None:
        raise NotAcceptable("none of the formats asked for can hold this", holds="triples" if names else "quads")
    if not names and not default:
        question = Question(None, triples=media_type[1])
    else:
        question = Question(
            _EVERY_TRIPLE,
            default_graphs=tuple(names) if names else None,
            named_graphs=() if names else None,
            triples=media_type[1],
        )
    tag = _tag()
    if tag and request.if_none_match.contains_weak(tag):
        return _tagged(Response(status=304), tag)
    answer = endpoint().ask(question)
    if names and not answer.rows:
        raise NotFound(f"There is no graph {names[0]}.")
    return _tagged(Response(answer.body, content_type=content_type(media_type[0])), tag)


@pages.errorhandler(GoldenThreadError)
def ours(error: GoldenThreadError) -> Response:
    """Tell an error of ours: on the page to ask on, as problem+json, or as text with the place pointed at."""
    answer = _problem(status_of(error), error.message, error.fields)
    if isinstance(error, ServiceBusy):
        answer.headers["Retry-After"] = str(error.fields["retry_after"])
    return answer


@pages.errorhandler(HTTPException)
def http(error: HTTPException) -> Response:
    """Tell an error of the protocol."""
    answer = _problem(error.code or 500, error.description or error.name, {})
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


@pages.after_request
def open_to_all(answer: Response) -> Response:
    """Let scripts of any site read this: it is public, and the same for everybody."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = "ETag, X-Data-Version, Retry-After"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.vary.update(("Accept", "Cookie", "HX-Request") if answer.mimetype == "text/html" else ("Accept",))
    return answer


def _problem(status: int, detail: str, fields: dict[str, Any]) -> Response:
    query = g.get("query", "")
    if status == 406 and (types := _OFFERED.get(fields["holds"])):
        detail = f"{detail}. There are: {', '.join(types)}"
    if request.endpoint == "sparql.ask" and wants_page(SOLUTIONS, TRIPLES, ("text/plain",)):
        return editor.trouble(status, detail, fields)
    return problem(status, detail, fields, query)


def _describe() -> Response:
    media_type = chosen(_DESCRIPTIONS, ())
    if media_type is None:
        raise NotAcceptable("none of the formats asked for can hold the description of this service", holds="triples")
    graph = description(
        view(), url_for("sparql.ask", _external=True), url_for("sparql.graphs", _external=True), fenced=_is_fenced()
    )
    answer = Response(serialise(graph, media_type[1]), content_type=content_type(media_type[0]))
    return _tagged(answer, _tag())


def _is_fenced() -> bool:
    return view().embedded is not None


def _options(methods: Sequence[str]) -> Response:
    answer = Response(status=204)
    del answer.headers["Content-Type"]
    answer.headers["Allow"] = answer.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
    answer.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    answer.headers["Access-Control-Max-Age"] = "86400"
    if "POST" in methods:
        answer.headers["Accept-Post"] = f"{DIRECT}, {FORM}"
    return answer


def _tag(query: str | None = None) -> str | None:
    """Return what identifies the answer, None where equal requests may have different ones."""
    version = source().version()
    if version is None or request.method not in {"GET", "HEAD"} or not repeatable(query or ""):
        return None
    told = (version, request.full_path, request.host_url, request.headers.get("Accept", ""))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:20]


def _tagged(answer: Response, tag: str | None, asked_of: str = "") -> Response:
    version = asked_of or source().version()
    if version is not None:
        answer.headers["X-Data-Version"] = version
    if tag is not None:
        answer.set_etag(tag, weak=True)
    return answer
