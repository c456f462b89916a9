"""/id: every individual of the graph at an address of its own, in the format that whoever asks prefers.

Which address answers with what, and why: docs/adr/0014-linked-data.md.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from rdflib import URIRef
from werkzeug.wrappers import Response

from graph.errors import BadParameter, NotFound
from graph.namespaces import BASE, CATALOGUE, DATASET
from graph.queries import KINDS, is_address
from webapp.addresses import data_of, kind_of, own_page
from webapp.presenters import dataset
from webapp.presenters.counted import counted
from webapp.presenters.description import describe, near
from webapp.presenters.things import Link
from webapp.rdf import HTML, Offer, chosen, html_page, rdf_file, split
from webapp.store import view

pages = Blueprint("linked_data", __name__, url_prefix="/id")


@pages.get("/<path:name>")
def thing(name: str) -> Response:
    """Describe the thing at ``name``, an address without what all begin with; a suffix names the format."""
    name, suffix = split(name)
    if not is_address(BASE + name):
        raise NotFound(f"There is nothing at \u201c{name}\u201d here.", near=near(view(), name))
    iri = URIRef(BASE + name)
    if iri in {DATASET, CATALOGUE} or name.startswith("graph/"):
        return _of_the_dataset(iri, name, suffix)
    page = _page()
    address = URIRef(request.url_root + f"id/{name}")
    # A document is not the thing: where the thing's own address lies on this site, it gets another.
    document = URIRef(f"{address}.ttl") if address == iri else address
    found = describe(view(), iri, document, page)
    offer = Offer(found.graph, url_for("linked_data.thing", name=name), iri, page)
    form = chosen(offer, suffix)
    if not suffix and (elsewhere := _see_other(iri, offer, form, on_this_site=address == iri)):
        return redirect(elsewhere, 303)
    if form == HTML:
        given = {"own_page": own_page(iri), "asked_about": kind_of(iri) in KINDS}
        html = render_template("pages/description.html", thing=found, offer=offer, **given)
        return html_page(offer, html)
    return rdf_file(offer, form, negotiated=not suffix)


def _of_the_dataset(iri: URIRef, name: str, suffix: str) -> Response:
    """Describe the dataset, its catalogue or one of its named graphs: no statement is about them, they are counted."""
    if name.startswith("graph/") and str(iri) not in counted(view()).statistics.graphs:
        rows = [Link(row.title, data_of(BASE + row.name)) for row in dataset.graph_rows(view())]
        raise NotFound(f"There is no named graph \u201c{name}\u201d here.", near=rows)
    whole = dataset.description(view())
    graph = dataset.graph_description(view(), iri) if name.startswith("graph/") else whole
    offer = Offer(graph, url_for("linked_data.thing", name=name), iri)
    form = chosen(offer, suffix)
    if form == HTML:
        here = data_of(iri) if name.startswith("graph/") else url_for("dataset.page")
        return redirect(here or url_for("dataset.page"), 303)
    return rdf_file(offer, form, negotiated=not suffix)


def _see_other(iri: URIRef, offer: Offer, form: str, *, on_this_site: bool) -> str | None:
    """Return where to send whoever asks for ``form``, None to answer at once."""
    if form == HTML and (page := own_page(iri)):
        return page
    return offer.address(form) if on_this_site else None


def _page() -> int:
    value = request.args.get("page", "1")
    if not value.isdecimal() or len(value) > 6:
        raise BadParameter(f"page is a number, not {value!r}", param="page", value=value)
    return int(value)
