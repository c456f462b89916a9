"""Reports: the list, and the reader with every mention marked."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, render_template, request

from graph.errors import BadParameter
from graph.stratml import of_report, stratml
from webapp.negotiation import download
from webapp.presenters.reader import KINDS
from webapp.presenters.reports import report_page, report_rows
from webapp.presenters.things import index as things
from webapp.store import view

pages = Blueprint("reports", __name__, url_prefix="/reports")

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


@pages.get("")
def index() -> str:
    """List the reports."""
    return render_template("pages/reports.html", reports=report_rows(view()))


@pages.get("/<key>")
def one(key: str) -> str:
    """Show a report's stored text, marked; ``span=START-END`` marks those characters too.

    ``marks=chosen`` shows only the kinds of mark that ``show`` names, none if it names none.
    """
    report = things(view()).find("report", key)
    page = report_page(view(), report.iri, _span(request.args.get("span", "")))
    shown = set(request.args.getlist("show")) if request.args.get("marks") == "chosen" else set(KINDS)
    if unknown := sorted(shown - set(KINDS)):
        raise BadParameter(f"show is one of {', '.join(KINDS)}, not {unknown[0]!r}", param="show", value=unknown[0])
    return render_template("pages/report.html", page=page or abort(404), kinds=KINDS, shown=shown)


@pages.get("/<key>/stratml.xml")
def performance(key: str) -> Response:
    """Give the plan and performance that a report tells, as StratML Part 2."""
    report = things(view()).find("report", key)
    content = stratml(view(), of_report(view(), report.iri))
    return download(content, "application/xml", f"{report.key}-stratml.xml")


def _span(words: str) -> tuple[int, int] | None:
    if not words:
        return None
    found = _SPAN.fullmatch(words)
    if not found or int(found[1]) >= int(found[2]):
        raise BadParameter(f"span is two offsets in the text, START-END, not {words!r}", param="span", value=words)
    return int(found[1]), int(found[2])
