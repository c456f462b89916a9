"""Measures: what is counted again and again, with the sentence behind each value."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.presenters.collections import MEASURES
from webapp.presenters.measures import measure
from webapp.presenters.series import series
from webapp.presenters.things import index as things
from webapp.store import view
from webapp.views.explore import serve

pages = Blueprint("measures", __name__)

serve(pages, MEASURES)


@pages.get("/measures/<slug>")
def one(slug: str) -> str:
    """Show one measure: its values by area and time, each with its sentence and its checks."""
    thing = things(view()).find("measure", slug)
    return render_template(
        "pages/measure.html",
        measure=measure(view(), thing.iri),
        # A single value is no line.
        lines=[one for one in series(view(), thing.iri) if len(one.drawn) > 1],
    )
