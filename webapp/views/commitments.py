"""Commitments: the plan with its evidence by area, and one commitment traced to its evidence."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.presenters import commitments as present
from webapp.presenters.collections import COMMITMENTS
from webapp.presenters.figures import figures
from webapp.presenters.silent import silent
from webapp.presenters.standing import standings
from webapp.store import view
from webapp.views.explore import serve

pages = Blueprint("commitments", __name__)


serve(pages, COMMITMENTS)


@pages.get("/commitments/<number>")
def one(number: str) -> str:
    """Show one promise and what each area says was done for it."""
    commitment = present.find(view(), number)
    priority = next(p for p in present.plan(view()) if commitment in p.commitments)
    trace = present.trace(view(), commitment)
    before, after = present.neighbours(view(), commitment)
    return render_template(
        "pages/commitment.html",
        commitment=commitment,
        silent=[row for row in silent(view()) if row.commitment == commitment.iri],
        priority=priority,
        trace=trace,
        figures=figures(view(), commitment=commitment.iri),
        standings=standings(view(), {str(e.iri) for part in trace for e in part.evidence}),
        before=before and present.link(before),
        after=after and present.link(after),
    )
