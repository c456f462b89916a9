"""The guide: a tour, the keys, how to read the signs; and the glossary."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.presenters.glossary import glossary
from webapp.presenters.tour import tour
from webapp.store import view

pages = Blueprint("guide", __name__)


@pages.get("/help")
def help_page() -> str:
    """Show six questions to begin with, and how to get about."""
    return render_template("pages/help.html", stops=tour(view()))


@pages.get("/glossary")
def words() -> str:
    """Explain short forms and the words of these pages."""
    return render_template("pages/glossary.html", parts=glossary(view()))
