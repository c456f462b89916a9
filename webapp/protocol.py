"""The SPARQL 1.1 Protocol: what a request asks, and the formats that it takes.

Source: https://www.w3.org/TR/sparql11-protocol/. Where the query, or a part of it, comes in more than one way the
request is refused rather than guessed at; so is text that is not UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from flask import request
from werkzeug.exceptions import BadRequest, Forbidden, RequestEntityTooLarge, UnsupportedMediaType

from graph.errors import BadParameter
from webapp.negotiation import accepted

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
LONGEST_BODY: Final = 4 << 20
"""Bytes of a request: a query of the longest kind, every character of it written as an escape."""
LONGEST_DROPPED: Final = 32 << 20
"""Bytes of a longer request that are taken before it is refused; one longer still is cut off."""

SOLUTIONS: Final = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""Media type to format of an answer to SELECT or ASK, the one to prefer first."""
TRIPLES: Final = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/xml": "rdfxml",
    "application/trig": "trig",
    "application/n-quads": "nquads",
}
"""Media type to format of an answer to CONSTRUCT or DESCRIBE."""
QUADS: Final = {"application/n-quads": "nquads", "application/trig": "trig"}
"""Media type to format of the whole dataset."""
NAMES: Final = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    "turtle": ("text/turtle",),
    "ntriples": ("application/n-triples",),
    "jsonld": ("application/ld+json",),
    "rdfxml": ("application/rdf+xml",),
    "trig": ("application/trig",),
    "nquads": ("application/n-quads",),
}
"""What the parameter ``format`` may be, for those who can set no Accept header: name to media types, the one for
solutions first. A media type may stand in its place, and it may come more than once, as SPARQLWrapper sends it."""
_OTHER_NAMES = {"json-ld": "jsonld", "rdf+xml": "rdfxml", "rdf": "rdfxml", "n3": "turtle", "nt": "ntriples"}
"""What clients call them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks."""

    query: str | None
    default_graphs: tuple[str, ...] | None
    """The request's dataset, None in both if it names none."""
    named_graphs: tuple[str, ...] | None
    formats: tuple[str, ...]
    """Media types that the parameter ``format`` names, which then comes before the Accept header; () if none."""
    version: str = ""
    """The data version to ask; "" for today's. Not of the protocol: it lets an address mean the same tomorrow."""


def asked() -> Asked:
    """Return what the current request asks.

    Raises: BadRequest, UnsupportedMediaType and RequestEntityTooLarge as the protocol says; Forbidden for an update;
    BadParameter for a format that there is not.
    """
    values = [*_decoded(request.query_string, "the address"), *_body()]
    updates = {name for name, _ in values if name in {"update", "using-graph-uri", "using-named-graph-uri"}}
    if updates:
        raise read_only()
    queries = _all(values, "query")
    if len(queries) > 1:
        raise BadRequest("There is more than one query in this request: send one.")
    default, named = _all(values, "default-graph-uri"), _all(values, "named-graph-uri")
    given = bool(default or named)
    return Asked(
        queries[0] if queries else None,
        default if given else None,
        named if given else None,
        named_formats(_all(values, "format")),
        next(iter(_all(values, "version")), ""),
    )


def read_only() -> Forbidden:
    """Return the error for a request to change the graph."""
    return Forbidden("This service is read-only: it answers queries, and takes no update.")


def named_formats(values: Sequence[str]) -> tuple[str, ...]:
    """Return the media types that the parameter ``format`` names in all its ``values``.

    Raises: BadParameter if there are values and all are unknown.
    """
    names = [name.strip() for value in values for name in value.split(",")]
    types = [kind for name in names for kind in NAMES.get(_OTHER_NAMES.get(name, name), (name,))]
    known = tuple(kind for kind in types if kind in SOLUTIONS or kind in TRIPLES)
    if values and not known:
        raise BadParameter(f"format is one of {', '.join(NAMES)}, or a media type, not {values[-1]!r}", param="format")
    return known


def chosen(types: dict[str, str], named: Sequence[str]) -> tuple[str, str] | None:
    """Return the media type and format of ``types`` that the request takes, None if it takes none of them.

    ``named`` are those that the parameter ``format`` names.
    """
    if named:
        return next(((kind, types[kind]) for kind in named if kind in types), None)
    best = accepted({media_type: media_type for media_type in types})
    return (best, types[best]) if best else None


def wants_page(*others: Iterable[str]) -> bool:
    """Return whether the request would rather have a page than any of the media types ``others``."""
    offered = [media_type for kind in others for media_type in kind]
    return accepted({media_type: media_type for media_type in [*offered, "text/html"]}) == "text/html"


def content_type(media_type: str) -> str:
    """Return the Content-Type of an answer of ``media_type``."""
    if media_type == "text/csv":
        return "text/csv; charset=utf-8; header=present"
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _body() -> list[tuple[str, str]]:
    """Return the parameters that a POST sends in its body."""
    if request.method != "POST":
        return []
    request.max_content_length = LONGEST_BODY
    if (request.content_length or 0) > LONGEST_BODY:
        _take_and_drop()
        raise RequestEntityTooLarge(f"This request is longer than {LONGEST_BODY:,} bytes.")
    if request.mimetype not in {FORM, DIRECT, UPDATE}:
        raise UnsupportedMediaType(f"Send a query as {FORM} or {DIRECT}, not {request.mimetype or 'without a type'}.")
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower().replace("-", "") != "utf8":
        raise UnsupportedMediaType(f"A query is sent in UTF-8, not in {charset}.")
    if request.mimetype == UPDATE:
        raise read_only()
    body = request.get_data()
    if request.mimetype == FORM:
        return _decoded(body, "the body")
    try:
        return [("query", body.decode("utf-8"))]
    except UnicodeDecodeError as error:
        raise BadRequest("The body is not UTF-8.") from error


def _take_and_drop() -> None:
    """Read what is being sent: whoever is refused while still sending may never get to read the answer."""
    left = min(request.content_length or 0, LONGEST_DROPPED)
    while left > 0 and (part := request.environ["wsgi.input"].read(min(left, 1 << 16))):
        left -= len(part)


def _decoded(text: bytes, place: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise BadRequest(f"What {place} says is not UTF-8 in percent-escapes.") from error


def _all(values: Iterable[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(value for name, value in values if name == wanted)
