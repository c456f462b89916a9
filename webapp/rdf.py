"""A graph as an answer: one address in several formats, each with an address of its own and links to the others."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request, url_for
from rdflib import Graph
from werkzeug.exceptions import NotAcceptable

from graph.errors import NotFound
from graph.formats import FORMATS, holds, serialise
from webapp.negotiation import accepted

HTML = "html"
MEDIA_TYPES = {HTML: "text/html", **{suffix: format_.media_type for suffix, format_ in FORMATS.items()}}
"""The end of an address to the media type that it names."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The formats in which one thing is to be had, and where."""

    graph: Graph
    path: str
    """Its address on this site, in any format."""
    subject: str = ""
    """Address of the thing that the graph is about, where it is another than that of the document."""
    page: int = 1
    """Which page of it this is, where it has several."""

    def address(self, suffix: str = "", *, external: bool = False) -> str:
        """Return where it is to be had in one format, or in the format that Accept names if ``suffix`` is ""."""
        dotted = f".{suffix}" if suffix else ""
        more = f"?page={self.page}" if self.page > 1 else ""
        site = request.url_root.rstrip("/").removesuffix(request.script_root) if external else ""
        return f"{site}{self.path}{dotted}{more}"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The formats that can hold it."""
        return tuple(s for s in MEDIA_TYPES if s == HTML or holds(s, self.graph))

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Name and address of each file format."""
        return tuple((FORMATS[s].name, self.address(s)) for s in self.suffixes if s != HTML)


def split(name: str) -> tuple[str, str]:
    """Return an address's last part without its suffix, and the suffix: ``vinka.ttl`` gives ``vinka`` and ``ttl``."""
    stem, dot, suffix = name.rpartition(".")
    return (stem, suffix) if dot and suffix in MEDIA_TYPES else (name, "")


def chosen(offer: Offer, suffix: str) -> str:
    """Return the format to answer in: the suffix's, else the one that Accept prefers.

    Raises: NotFound if the suffix names a format that cannot hold the graph; NotAcceptable, with a list of what there
    is, if Accept takes none of those that can.
    """
    if suffix:
        if suffix not in offer.suffixes:
            raise NotFound(f"{FORMATS[suffix].name} cannot hold this: its text has characters that XML does not allow.")
        return suffix
    form = accepted({s: MEDIA_TYPES[s] for s in offer.suffixes})
    if form is None:
        raise NotAcceptable(response=_not_acceptable(offer))
    return form


def _not_acceptable(offer: Offer) -> Response:
    """Return what there is, line by line: whoever asks takes none of it, so it is told in plain text."""
    lines = [f"{MEDIA_TYPES[s]}  {offer.address(s, external=True)}" for s in offer.suffixes]
    body = "Nothing here is of a type that your Accept header takes. There is:\n" + "\n".join(lines) + "\n"
    answer = Response(body, 406, content_type="text/plain; charset=utf-8")
    _link(answer, offer, "")
    return answer


def rdf_file(offer: Offer, suffix: str, *, negotiated: bool) -> Response:
    """Return the graph in the format ``suffix``; ``negotiated`` says that Accept chose it, not the address."""
    answer = Response(serialise(offer.graph, suffix), content_type=content_type(suffix))
    # Public data, and no answer of ours depends on who asks: scripts of other sites may read it.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    if negotiated:
        answer.headers["Content-Location"] = offer.address(suffix)
    _link(answer, offer, suffix)
    return answer


def html_page(offer: Offer, html: str) -> Response:
    """Return a page about the same thing as the files of ``offer``."""
    answer = Response(html, content_type="text/html; charset=utf-8")
    _link(answer, offer, HTML)
    return answer


def content_type(suffix: str) -> str:
    """Return the Content-Type of a file: with its charset where the media type has such a parameter."""
    media_type = MEDIA_TYPES[suffix]
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _link(answer: Response, offer: Offer, suffix: str) -> None:
    links = [f'<{offer.address(s)}>; rel="alternate"; type="{MEDIA_TYPES[s]}"' for s in offer.suffixes if s != suffix]
    links.append(f'<{offer.address(external=True)}>; rel="canonical"')
    links.append(f'<{url_for("dataset.well_known")}>; rel="describedby"')
    if offer.subject:
        links.append(f'<{offer.subject}>; rel="describes"')
    answer.headers["Link"] = ", ".join(links)
