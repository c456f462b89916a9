"""The audit: every number that was calculated again, with filters, and as a file."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from graph import queries
from webapp.negotiation import wants_fragment
from webapp.packs import pack_file
from webapp.presenters.checks import filters, found
from webapp.presenters.files import Row, rows_file
from webapp.presenters.listing import Order, listing
from webapp.store import view

pages = Blueprint("audit", __name__)

ORDERS = (Order("look", "What asks for a look first", lambda check: (not check.is_fault, check.place)),)

COLUMNS = ("report", "item", "commitment", "kind", "verdict", "figures", "arithmetic", "cause", "quote")


@pages.get("/audit")
def index() -> str:
    """List the checks that meet the filters."""
    checks = found(view())
    template = "pages/audit-results.html" if wants_fragment() else "pages/audit.html"
    return render_template(template, found=checks, listing=listing(checks.rows, ORDERS))


@pages.get("/audit.<any(csv, json, xlsx):suffix>")
def file(suffix: str) -> Response:
    """Give the checks that meet the filters as a file."""
    rows: list[Row] = [
        {
            "report": check.report,
            "item": check.number,
            "commitment": check.commitment.label if check.commitment else "",
            "kind": check.kind,
            "verdict": check.verdict.label,
            "figures": [figure.label for figure in check.figures],
            "arithmetic": check.arithmetic,
            "cause": check.cause,
            "quote": check.quote,
        }
        for check in found(view()).rows
    ]
    return rows_file("audit", COLUMNS, rows, suffix, view().version)


@pages.get("/audit.pack")
def pack() -> Response:
    """Give the checks that meet the filters as an audit pack."""
    return pack_file(queries.question("figure-checks"), filters(view()))
