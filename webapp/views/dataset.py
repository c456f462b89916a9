"""/.well-known/void and /data: what this site holds, as VoID and DCAT describe it, as a page, and to take away."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graph.errors import NotFound
from graph.namespaces import DATASET, PREFIXES, graph_name
from graph.stores.oxigraph import GRAPH_FILES, OxigraphStore
from webapp.presenters import dataset as present
from webapp.presenters.counted import counted
from webapp.rdf import HTML, Offer, chosen, content_type, html_page, rdf_file, split
from webapp.store import view

pages = Blueprint("dataset", __name__)

_GZIP = 16 + zlib.MAX_WBITS
"""What tells zlib to write gzip's head and foot."""


@pages.get("/.well-known/void")
def well_known() -> AnyResponse:
    """Describe the dataset: Turtle unless another format is asked for; a page, if that is, stands elsewhere."""
    if not request.accept_mimetypes or request.accept_mimetypes.best == "*/*":
        return rdf_file(_offer(), "ttl", negotiated=True)
    form = chosen(_offer(), "")
    return redirect(url_for("dataset.page"), 303) if form == HTML else rdf_file(_offer(), form, negotiated=True)


@pages.get("/data.<any(html, ttl, jsonld, nt, rdf):suffix>", endpoint="file")
@pages.get("/data")
def page(suffix: str = "") -> AnyResponse:
    """Show what there is, how much of it, and how to take or ask it."""
    offer = _offer()
    form = chosen(offer, suffix)
    if form != HTML:
        return rdf_file(offer, form, negotiated=not suffix)
    return html_page(offer, render_template("pages/data.html", offer=offer, page=present.dataset_page(view())))


@pages.get("/data/all.<any('nq', 'nq.gz'):suffix>")
def dump(suffix: str) -> Response:
    """Give every statement with its named graph, as it is read: however large, little of it is held at once."""
    pieces = _embedded().stream()
    if suffix == "nq":
        answer = Response(pieces, content_type="application/n-quads")
    else:
        answer = Response(_compressed(pieces), content_type="application/gzip")
    answer.headers.set("Content-Disposition", "attachment", filename=f"golden-thread.{suffix}")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@pages.get("/data/graphs/<path:name>")
def graph(name: str) -> Response:
    """Give one named graph as a file."""
    key, suffix = split(name)
    iri = graph_name(key)
    if suffix not in GRAPH_FILES or str(iri) not in counted(view()).statistics.graphs:
        raise NotFound(f"There is no file \u201c{name}\u201d here. All there are stand at {url_for('dataset.page')}.")
    answer = Response(_embedded().graph_file(iri, suffix, PREFIXES), content_type=content_type(suffix))
    answer.headers.set("Content-Disposition", "attachment", filename=f"{key.replace('/', '-')}.{suffix}")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _embedded() -> OxigraphStore:
    store = view().embedded
    if store is None:
        raise NotFound("The data are behind an endpoint of their own, which has downloads of its own.")
    return store


def _offer() -> Offer:
    return Offer(present.description(view()), url_for("dataset.page"), DATASET)


def _compressed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()
