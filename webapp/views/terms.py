"""/ns and /shapes: the ontology as pages that people read and as data, each term at an address of its own."""

from __future__ import annotations

import difflib
import json

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from graph import vocabulary
from graph.changes import changes, versions
from graph.context import context
from graph.errors import NotFound
from graph.formats import prefixes_turtle
from graph.namespaces import GT, GTS, ONTOLOGY, PREFIXES
from graph.terms import Module, Term, description, modules, terms
from webapp.presenters import terms as present
from webapp.presenters.diagram import diagram
from webapp.presenters.things import Link
from webapp.rdf import HTML, Offer, chosen, content_type, html_page, rdf_file, split
from webapp.store import view

pages = Blueprint("terms", __name__)

_SUFFIX = "<any(html, ttl, jsonld, nt, rdf):suffix>"


@pages.get(f"/ns.{_SUFFIX}", endpoint="whole_file")
@pages.get("/ns")
def whole(suffix: str = "") -> AnyResponse:
    """Show all terms by module; as data, the whole ontology with its alignments."""
    offer = Offer(vocabulary.ontology(), url_for("terms.whole"), ONTOLOGY)
    form = chosen(offer, suffix)
    if form != HTML:
        return rdf_file(offer, form, negotiated=not suffix)
    html = render_template(
        "pages/terms.html",
        offer=offer,
        about=present.about(),
        diagram=diagram(),
        versions=[(v, [present.link(t) for t in v.added], present.notes(v)) for v in versions()],
        parts=present.sections(view()),
        alignments=present.alignments(),
    )
    return html_page(offer, html)


@pages.get("/ns/modules/<path:name>")
def module(name: str) -> AnyResponse:
    """Give one module, or one alignment, as data; a person is sent to where it stands among the others."""
    name, suffix = split(name)
    found = _module(name)
    offer = Offer(found.graph, url_for("terms.module", name=name), found.iri)
    form = chosen(offer, suffix)
    if form != HTML:
        return rdf_file(offer, form, negotiated=not suffix)
    return redirect(url_for("terms.whole", _anchor=f"module-{name.replace('/', '-')}"), 303)


@pages.get("/ns/context.jsonld")
def json_ld_context() -> Response:
    """Give the JSON-LD context of our terms."""
    body = json.dumps({"@context": context()}, ensure_ascii=False, indent=1) + "\n"
    return _open(body, content_type("jsonld"))


@pages.get("/ns/prefixes.<any(ttl, json):suffix>")
def prefixes(suffix: str) -> Response:
    """Give the prefixes that our files and questions use."""
    if suffix == "json":
        return _open(json.dumps(PREFIXES, indent=1) + "\n", "application/json")
    return _open(prefixes_turtle(), content_type("ttl"))


@pages.get(f"/ns/changes.{_SUFFIX}", endpoint="changes_file")
@pages.get("/ns/changes")
def history(suffix: str = "") -> AnyResponse:
    """Give what changed from version to version as data; a person is sent to where the page of terms tells it."""
    offer = Offer(changes(), url_for("terms.history"), ONTOLOGY)
    form = chosen(offer, suffix)
    if form != HTML:
        return rdf_file(offer, form, negotiated=not suffix)
    return redirect(url_for("terms.whole", _anchor="changes"), 303)


@pages.get("/ns/<path:name>")
def one(name: str) -> AnyResponse:
    """Describe one term."""
    name, suffix = split(name)
    term = _term(name)
    offer = Offer(description(term.iri), url_for("terms.one", name=name), term.iri)
    form = chosen(offer, suffix)
    if form != HTML:
        return rdf_file(offer, form, negotiated=not suffix)
    return html_page(offer, render_template("pages/term.html", offer=offer, page=present.term_page(view(), term)))


@pages.get(f"/shapes.{_SUFFIX}", endpoint="shapes_file")
@pages.get("/shapes")
def shapes(suffix: str = "") -> AnyResponse:
    """Show what complete data looks like, shape by shape."""
    offer = Offer(vocabulary.shapes(), url_for("terms.shapes"), GTS.removesuffix("#"))
    form = chosen(offer, suffix)
    if form != HTML:
        return rdf_file(offer, form, negotiated=not suffix)
    return html_page(offer, render_template("pages/shapes.html", offer=offer, shapes=present.shape_sections()))


def _term(name: str) -> Term:
    if "/" not in name and (term := terms().get(GT[name])):
        return term
    known = {t.name.casefold(): t for t in terms().values()} | {t.label.casefold(): t for t in terms().values()}
    close = difflib.get_close_matches(name.casefold()[:80], known, n=8, cutoff=0.6)
    near = [Link(known[n].label, url_for("terms.one", name=known[n].name)) for n in close]
    raise NotFound(f"There is no term \u201c{name}\u201d here.", near=list(dict.fromkeys(near))[:5])


def _module(name: str) -> Module:
    for known in modules():
        if known.name == name:
            return known
    near = [Link(m.label, url_for("terms.module", name=m.name)) for m in modules()]
    raise NotFound(f"There is no module \u201c{name}\u201d here.", near=near)


def _open(body: str, type_: str) -> Response:
    answer = Response(body, content_type=type_)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
