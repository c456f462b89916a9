"""Areas: the forces, the areas they divide into and their districts."""

from __future__ import annotations

from flask import Blueprint, render_template

from graph.errors import NotFound
from graph.namespaces import key_of, mint
from webapp.addresses import AREA_KINDS
from webapp.presenters import areas as present
from webapp.presenters.collections import OPERATIONS
from webapp.presenters.commitments import plan
from webapp.presenters.evidence import evidence, in_pages, linked
from webapp.presenters.facts import keys_with
from webapp.presenters.figures import figures, of_items
from webapp.presenters.maps import COUNTS, map_of
from webapp.presenters.operations import operations
from webapp.presenters.things import index as things
from webapp.store import view

pages = Blueprint("areas", __name__, url_prefix="/areas")


@pages.get("")
def index() -> str:
    """List the areas, with how much evidence there is about each."""
    return render_template("pages/areas.html", groups=present.groups(view()), words=present.words(view()))


@pages.get("/<slug>")
def one(slug: str) -> str:
    """Show one area: its operations, partners, promises and evidence."""
    known = present.areas(view())
    area = next((known[iri] for kind in AREA_KINDS if (iri := mint(kind, slug)) in known), None)
    if area is None:
        index_ = things(view())
        near = [t.link() for t in index_.near(slug.replace("-", " "), index_.of_kind(*AREA_KINDS))]
        raise NotFound(f"There is no area “{slug}” here.", near=near)
    facet = "district" if area.kind == "district" else "lpa"
    here = key_of(area.iri)
    items = evidence(view(), **{facet: area.iri})
    shown = in_pages(items)
    at_work = keys_with(view(), OPERATIONS, facet, here)
    return render_template(
        "pages/area.html",
        area=area,
        words=present.words(view()),
        facet=facet,
        key=here,
        parent=known.get(area.parent) if area.parent else None,
        within=[a for a in known.values() if a.parent == area.iri],
        operations=[o for o in operations(view()).values() if o.key in at_work],
        partners=linked(items, "Works with"),
        commitments=[
            (c, cell) for p in plan(view()) for c in p.commitments for cell in c.cells if cell.area.iri == area.iri
        ],
        beside=[a for a in known.values() if area.kind == a.kind == "district" and a.parent == area.parent],
        themes=linked(items, "Themes"),
        figures=of_items(figures(view(), **{facet: area.iri}), shown.rows),
        evidence=shown,
        map=map_of(view(), area),
        map_count=COUNTS[0],
    )
