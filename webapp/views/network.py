"""The network: who holds it together, what stands around a thing, how two things are connected."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from rdflib import URIRef

from graph.analysis.projection import network_file
from webapp.negotiation import download, json_file
from webapp.presenters import network as present
from webapp.store import view

pages = Blueprint("network", __name__)

MEDIA_TYPES = {"graphml": "application/graphml+xml", "gexf": "application/gexf+xml"}


@pages.get("/network")
def index() -> str:
    """Show the network as a whole, around the thing that the request names, or from it to another."""
    named, other, hops = _asked()
    form = {"choices": present.choices(view()), "hops": hops, "named": named, "other": other}
    if not named:
        return render_template("pages/network.html", form=form, analysis=present.analysis(view()))
    thing = present.find(view(), named)
    if not other:
        return render_template("pages/network-thing.html", form=form, around=present.around(view(), thing, hops))
    end = present.find(view(), other)
    return render_template(
        "pages/network-ways.html",
        form=form,
        start=present.title(view(), thing),
        end=present.title(view(), end),
        ways=present.connections(view(), thing, end),
    )


@pages.get("/network.<any(json, graphml, gexf):suffix>")
def file(suffix: str) -> Response:
    """Give what the page shows as JSON; the links as GraphML or GEXF: all of them, or those around a thing."""
    named, other, hops = _asked()
    thing = present.find(view(), named) if named else None
    if suffix == "json":
        if thing is None:
            return json_file(present.analysis_json(view()))
        if other:
            return json_file(present.connections_json(view(), thing, present.find(view(), other)))
        return json_file(present.as_json(view(), thing, hops))
    only = {one.iri for one in present.network(view()).around(thing.iri, hops, present.DRAWN).things} if thing else None
    return download(network_file(view(), suffix, only), MEDIA_TYPES[suffix], f"network.{suffix}")


@pages.app_template_global()
def network_of(iri: URIRef | str) -> str | None:
    """Return the page of what stands around the thing at ``iri``, None where there is none."""
    return present.address_of(iri)


def _asked() -> tuple[str, str, int]:
    hops = 2 if request.args.get("hops") == "2" else 1
    return request.args.get("thing", "").strip(), request.args.get("to", "").strip(), hops
