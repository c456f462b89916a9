"""The guide: a tour, the keys, how to read the signs; and the glossary."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from webapp.presenters.glossary import SHORT, glossary
from webapp.presenters.tour import tour
from webapp.store import view

pages = Blueprint("guide", __name__)


@pages.get("/help")
def help_page() -> str:
    """Show six questions to begin with, and how to get about."""
    return render_template("pages/help.html", stops=tour(view()))


@pages.get("/glossary", defaults={"anchor": SHORT})
@pages.get("/glossary/<anchor>")
def words(anchor: str) -> str:
    """Explain short forms, or the words of another section: each has a page, as all of them are a long one."""
    parts = glossary(view())
    part = next((part for part in parts if part.anchor == anchor), None) or abort(404)
    return render_template("pages/glossary.html", parts=parts, part=part)
