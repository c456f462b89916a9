"""Partners: the list with filters, and one partner."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from webapp.presenters import partners as present
from webapp.presenters.collections import PARTNERS
from webapp.presenters.company import company, roles
from webapp.presenters.evidence import evidence, in_pages, within
from webapp.presenters.figures import figures, of_items
from webapp.presenters.operations import operations
from webapp.presenters.standing import standings
from webapp.presenters.things import index as things
from webapp.store import view
from webapp.views.explore import serve

pages = Blueprint("partners", __name__)

serve(pages, PARTNERS)


@pages.get("/partners/<slug>")
def one(slug: str) -> str:
    """Show one partner: where it works, for which promises, with whom, and what it is called.

    ``commitment`` and ``lpa``, the keys of a cell of its table, narrow the evidence to that cell's.
    """
    thing = things(view()).find("partner", slug)
    partner = present.partners(view()).get(slug) or abort(404)
    areas, rows = present.involvement(view(), partner)
    every = evidence(view(), partner=thing.iri)
    cell = {kind: request.args.get(kind, "") for kind in ("commitment", "lpa")}
    shown = in_pages(within(every, commitment=cell["commitment"], lpa=cell["lpa"]))
    return render_template(
        "pages/partner.html",
        partner=partner,
        thing=thing,
        areas=areas,
        involvement=rows,
        operations=[o for o in operations(view()).values() if any(p.href == partner.href for p in o.of("workedWith"))],
        spellings=present.spellings(view(), partner=thing.iri),
        evidence=shown,
        every=every,
        cell=[things(view()).link_of(kind, key) for kind, key in cell.items() if key],
        figures=of_items(figures(view(), partner=thing.iri), shown.rows),
        company=company(view(), partner),
        roles=roles(view(), partner=thing.iri).get(thing.iri, []),
        standings=standings(view(), partner.acting),
    )
