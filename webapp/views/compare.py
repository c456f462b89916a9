"""Quarter against quarter: what changed between two reports, as a page and as JSON."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from graph.comparison.told import as_json
from graph.errors import NotFound
from webapp.negotiation import json_file, wants_fragment
from webapp.presenters import comparison as present
from webapp.store import view

pages = Blueprint("compare", __name__)


@pages.get("/compare")
def index() -> str:
    """Show what changed from one report to another: ``from`` and ``to``, by default the two latest of a force."""
    try:
        found = present.comparison(view(), request.args.get("from", ""), request.args.get("to", ""))
    except NotFound:
        if request.args.get("from") or request.args.get("to"):
            raise
        return render_template("pages/compare-none.html")
    template = "pages/compare-results.html" if wants_fragment() else "pages/compare.html"
    return render_template(template, page=present.page(view(), found), present=present)


@pages.get("/compare.json")
def file() -> Response:
    """Give the whole comparison as JSON."""
    found = present.comparison(view(), request.args.get("from", ""), request.args.get("to", ""))
    return json_file(as_json(found) | {"version": view().version})
