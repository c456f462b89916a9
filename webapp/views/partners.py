"""Partners: the list with filters, and one partner."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request

from webapp.negotiation import wants_fragment
from webapp.presenters import partners as present
from webapp.presenters.company import company, roles
from webapp.presenters.evidence import evidence, in_pages, within
from webapp.presenters.figures import figures, of_items
from webapp.presenters.files import Row, rows_file
from webapp.presenters.listed import Filtered, filtered
from webapp.presenters.listing import Order, listing
from webapp.presenters.operations import operations
from webapp.presenters.standing import standings
from webapp.presenters.things import index as things
from webapp.store import view

pages = Blueprint("partners", __name__)

ORDERS = (
    Order("partner", "Partner", lambda p: p.label.casefold()),
    Order("type", "Type", lambda p: p.type_words.casefold()),
    Order("area", "Areas", lambda p: [a.label.casefold() for a in p.of("inArea")]),
    Order("operations", "Operations", lambda p: len(p.of("namesOperation")), numeric=True),
    Order("commitments", "Commitments", lambda p: len(p.of("evidences")), numeric=True),
    Order("evidence", "Evidence", lambda p: len(p.items), numeric=True),
)


COLUMNS = ("partner", "type", "areas", "operations", "commitments", "acts", "onlyNamed")


def _found() -> Filtered[present.Partner]:
    return filtered(present.seen(view()), present.facets(view()), present.WHOLE, _names)


def _names(partner: present.Partner) -> str:
    return partner.label


@pages.get("/partners")
def index() -> str:
    """List the bodies that meet the filters."""
    found = _found()
    template = "pages/partners-results.html" if wants_fragment() else "pages/partners.html"
    return render_template(template, found=found, listing=listing(found.rows, ORDERS))


@pages.get("/partners.<any(csv, json):suffix>")
def file(suffix: str) -> Response:
    """Give the bodies that meet the filters as a file."""
    rows: list[Row] = [
        {
            "partner": p.label,
            "type": [t.label for t in p.types],
            "areas": [a.label for a in p.of("inArea")],
            "operations": [o.label for o in p.of("namesOperation")],
            "commitments": [c.label for c in p.of("evidences")],
            "acts": len(p.acting),
            "onlyNamed": len(p.items - p.acting),
        }
        for p in sorted(_found().rows, key=ORDERS[0].key)
    ]
    return rows_file("partners", COLUMNS, rows, suffix, view().version)


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
