"""Commitments: the plan with its evidence by area, and one commitment traced to its evidence."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from webapp.presenters import commitments as present
from webapp.presenters.figures import figures
from webapp.presenters.files import Row, rows_file
from webapp.presenters.standing import standings
from webapp.store import view

pages = Blueprint("commitments", __name__)


COLUMNS = ("priority", "number", "commitment", "area", "items", "operations", "partners", "gap")


@pages.get("/commitments")
def index() -> str:
    """Show every promise, with its evidence by area."""
    return render_template("pages/commitments.html", plan=present.plan(view()))


@pages.get("/commitments.<any(csv, json, xlsx):suffix>")
def file(suffix: str) -> Response:
    """Give the table of commitments by area as a file, a row for each commitment and area."""
    rows: list[Row] = [
        {
            "priority": f"{priority.number} {priority.label}",
            "number": commitment.number,
            "commitment": commitment.label,
            "area": cell.area.short,
            "items": cell.items,
            "operations": cell.operations,
            "partners": cell.partners,
            "gap": "" if cell.items else cell.gap,
        }
        for priority in present.plan(view())
        for commitment in priority.commitments
        for cell in commitment.cells
    ]
    return rows_file("commitments", COLUMNS, rows, suffix, view().version)


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
        priority=priority,
        trace=trace,
        figures=figures(view(), commitment=commitment.iri),
        standings=standings(view(), {str(e.iri) for part in trace for e in part.evidence}),
        before=before and present.link(before),
        after=after and present.link(after),
    )
