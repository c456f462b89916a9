"""Operations: the list with filters, and one operation."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from webapp.negotiation import wants_fragment
from webapp.presenters import operations as present
from webapp.presenters.company import roles_by_page
from webapp.presenters.evidence import evidence, in_pages
from webapp.presenters.figures import figures, of_items
from webapp.presenters.files import Row, rows_file
from webapp.presenters.listed import Filtered, filtered
from webapp.presenters.listing import Order, listing
from webapp.presenters.partners import spellings
from webapp.presenters.related import related
from webapp.presenters.standing import standings
from webapp.presenters.things import index as things
from webapp.store import view

pages = Blueprint("operations", __name__)

ORDERS = (
    Order("operation", "Operation", lambda o: o.label.casefold()),
    Order("theme", "Themes", lambda o: [t.label.casefold() for t in o.themes]),
    Order("area", "Areas", lambda o: [a.label.casefold() for a in o.of("carriedOutIn")]),
    Order("partners", "Partners", lambda o: len(o.of("workedWith")), numeric=True),
    Order("commitments", "Commitments", lambda o: len(o.of("servesCommitment")), numeric=True),
    Order("evidence", "Evidence", lambda o: len(o.items), numeric=True),
)


COLUMNS = ("operation", "areas", "districts", "themes", "themesByHeading", "partners", "commitments", "evidence")


def _found() -> Filtered[present.Operation]:
    return filtered(present.operations(view()), present.facets(view()), present.WHOLE, _names)


def _names(operation: present.Operation) -> str:
    return " ".join((operation.label, *(partner.label for partner in operation.of("workedWith"))))


@pages.get("/operations")
def index() -> str:
    """List the operations that meet the filters."""
    found = _found()
    template = "pages/operations-results.html" if wants_fragment() else "pages/operations.html"
    return render_template(template, found=found, listing=listing(found.rows, ORDERS))


@pages.get("/operations.<any(csv, json):suffix>")
def file(suffix: str) -> Response:
    """Give the operations that meet the filters as a file."""
    rows: list[Row] = [
        {
            "operation": o.label,
            "areas": [a.label for a in o.of("carriedOutIn")],
            "districts": [d.label for d in o.of("reachesDistrict")],
            "themes": [t.label for t in o.of("tackles")],
            "themesByHeading": [t.label for t in o.of("tacklesByHeading")],
            "partners": [p.label for p in o.of("workedWith")],
            "commitments": [c.label for c in o.of("servesCommitment")],
            "evidence": len(o.items),
        }
        for o in sorted(_found().rows, key=ORDERS[0].key)
    ]
    return rows_file("operations", COLUMNS, rows, suffix, view().version)


@pages.get("/operations/<slug>")
def one(slug: str) -> str:
    """Show one operation, and why it is linked to what it is linked to."""
    thing = things(view()).find("operation", slug)
    operation = present.operations(view()).get(slug) or abort(404)
    items = evidence(view(), operation=thing.iri)
    shown = in_pages(items)
    return render_template(
        "pages/operation.html",
        operation=operation,
        thing=thing,
        relations=present.relations(view(), operation, {item.iri: item.quote for item in items}),
        spellings=spellings(view(), operation=thing.iri),
        evidence=shown,
        figures=of_items(figures(view(), operation=thing.iri), shown.rows),
        related=related(view(), operation),
        roles=roles_by_page(view(), operation=thing.iri),
        standings=standings(view(), operation.items),
    )
