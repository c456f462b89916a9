"""Partners: the list with filters, and one partner."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request

from webapp.negotiation import wants_fragment
from webapp.presenters import partners as present
from webapp.presenters.evidence import evidence
from webapp.presenters.facets import matching, shown
from webapp.presenters.files import Row, rows_file
from webapp.presenters.listing import Order, chips, listing, selection
from webapp.presenters.operations import operations
from webapp.presenters.things import index as things
from webapp.store import view

pages = Blueprint("partners", __name__)

ORDERS = (
    Order("partner", "Partner", lambda p: p.label.casefold()),
    Order("type", "Type", lambda p: p.type_words.casefold()),
    Order("area", "Areas", lambda p: [a.label.casefold() for a in p.of("inArea")]),
    Order("operations", "Operations", lambda p: len(p.of("namesOperation")), numeric=True),
    Order("commitments", "Commitments", lambda p: len(p.of("evidences")), numeric=True),
    Order("evidence", "Evidence", lambda p: len(p.acting | p.named), numeric=True),
)


COLUMNS = ("partner", "type", "areas", "operations", "commitments", "acts", "onlyNamed")


def _found() -> tuple[list[present.Partner], dict[str, tuple[str, ...]]]:
    every = present.seen(view())
    chosen = selection(present.facets(view()))
    words = request.args.get("q", "").strip().casefold()
    keys = matching({k: p.described for k, p in every.items()}, chosen, present.WHOLE)
    return [every[k] for k in keys if words in every[k].label.casefold()], chosen


@pages.get("/partners")
def index() -> str:
    """List the bodies that meet the filters."""
    found, chosen = _found()
    facets = present.facets(view())
    described = {p.key: p.described for p in present.seen(view()).values()}
    template = "pages/partners-results.html" if wants_fragment() else "pages/partners.html"
    return render_template(
        template,
        listing=listing(found, ORDERS),
        facets=shown(facets, described, chosen, present.WHOLE),
        chips=chips(facets, chosen),
        most=max((len(p.acting | p.named) for p in present.seen(view()).values()), default=0),
        total=len(described),
    )


@pages.get("/partners.<any(csv, json):suffix>")
def file(suffix: str) -> Response:
    """Give the bodies that meet the filters as a file."""
    found, _ = _found()
    rows: list[Row] = [
        {
            "partner": p.label,
            "type": [t.label for t in p.types],
            "areas": [a.label for a in p.of("inArea")],
            "operations": [o.label for o in p.of("namesOperation")],
            "commitments": [c.label for c in p.of("evidences")],
            "acts": len(p.acting),
            "onlyNamed": len(p.named - p.acting),
        }
        for p in sorted(found, key=ORDERS[0].key)
    ]
    return rows_file("partners", COLUMNS, rows, suffix, view().version)


@pages.get("/partners/<slug>")
def one(slug: str) -> str:
    """Show one partner: where it works, for which promises, and what it is called."""
    thing = things(view()).find("partner", slug)
    partner = present.partners(view()).get(slug) or abort(404)
    areas, rows = present.involvement(view(), partner)
    return render_template(
        "pages/partner.html",
        partner=partner,
        thing=thing,
        areas=areas,
        involvement=rows,
        operations=[o for o in operations(view()).values() if any(p.href == partner.href for p in o.of("workedWith"))],
        spellings=present.spellings(view(), partner=thing.iri),
        evidence=evidence(view(), partner=thing.iri),
    )
