"""Operations: the list with filters, and one operation."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from webapp.presenters import operations as present
from webapp.presenters.collections import OPERATIONS
from webapp.presenters.company import roles_by_page
from webapp.presenters.evidence import evidence, in_pages
from webapp.presenters.figures import figures, of_items
from webapp.presenters.partners import spellings
from webapp.presenters.related import related
from webapp.presenters.standing import standings
from webapp.presenters.things import index as things
from webapp.store import view
from webapp.views.explore import serve

pages = Blueprint("operations", __name__)

serve(pages, OPERATIONS)


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
