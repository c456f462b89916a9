"""The first page: what is in here, and the question ready to ask."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.presenters.home import home_page
from webapp.store import view

pages = Blueprint("home", __name__)


@pages.get("/")
def index() -> str:
    """Show the first page."""
    return render_template("pages/home.html", page=home_page(view()))
