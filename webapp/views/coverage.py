"""Coverage: promises by areas with typed gaps, the gaps as a list and as a file, and one gap with its search."""

from __future__ import annotations

from operator import attrgetter

from flask import Blueprint, Response, render_template

from webapp.negotiation import download, wants_fragment
from webapp.presenters.coverage import Cell, found, searched
from webapp.presenters.files import Row, rows_file
from webapp.presenters.listing import Order, here, listing
from webapp.presenters.silent import silent
from webapp.spreadsheets import MEDIA_TYPE as XLSX
from webapp.spreadsheets import workbook
from webapp.store import view

pages = Blueprint("coverage", __name__)

COLUMNS = (
    *("report", "quarter", "priority", "commitment", "area", "coverage", "items", "operations", "partners"),
    *("force_wide_items", "items_in_any_area", "unread_passages", "reason", "signed"),
)
ORDERS = (
    Order("quarter", "Quarter", lambda _: 0),
    Order("commitment", "Commitment", attrgetter("label")),
    Order("area", "Area", attrgetter("area.short")),
    Order("gap", "Gap", attrgetter("kind_label")),
)
HOLES = 50
"""Gaps listed at once."""


@pages.get("/coverage")
def index() -> str:
    """Show the tables and the gaps that meet the filters."""
    cells = found(view())
    template = "pages/coverage-results.html" if wants_fragment() else "pages/coverage.html"
    return render_template(template, found=cells, listing=listing(cells.holes, ORDERS, HOLES), silent=silent(view()))


@pages.get("/coverage.<any(csv, json, xlsx):suffix>")
def file(suffix: str) -> Response:
    """Give the cells that meet the filters as a file."""
    rows = [_row(cell) for cell in found(view()).rows]
    if suffix == "xlsx":
        sources = {"list": "coverage", "address": here(), "data version": view().version}
        table = [[row[column] for column in COLUMNS] for row in rows]
        return download(workbook(COLUMNS, table, sources), XLSX, "coverage.xlsx")
    plain: list[Row] = list(rows)
    return rows_file("coverage", COLUMNS, plain, suffix, view().version)


def _row(cell: Cell) -> dict[str, str | int]:
    return {
        "report": cell.source.key,
        "quarter": cell.source.label,
        "priority": cell.priority_label,
        "commitment": cell.label,
        "area": cell.area.short,
        "coverage": cell.kind_label,
        "items": cell.items,
        "operations": cell.operations,
        "partners": cell.partners,
        "force_wide_items": cell.force_wide,
        "items_in_any_area": cell.everywhere,
        "unread_passages": cell.unread,
        "reason": cell.reason,
        "signed": cell.signed,
    }


@pages.get("/coverage/<report>/<commitment>/<area>")
def one(report: str, commitment: str, area: str) -> str:
    """Show the evidence of one cell, or what was looked for and how to give a reason."""
    return render_template("pages/coverage-cell.html", page=searched(view(), f"{report}/{commitment}/{area}"))
