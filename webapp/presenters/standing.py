"""How a thing stands from quarter to quarter: new, continuing, or not mentioned, against the report before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from webapp.addresses import page_of, report_of
from webapp.presenters.listed import first_of
from webapp.presenters.things import Link
from webapp.store import View
from webapp.terms import iri, solutions, text

FIRST: Final = "first report here"
NEW: Final = "new"
CONTINUING: Final = "continuing"
MISSING: Final = "not mentioned"


@dataclass(frozen=True, slots=True)
class _Reported:
    """A report of a force for a quarter."""

    iri: URIRef
    force: URIRef | None
    force_label: str
    quarter: str
    start: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What one report says of a thing, against the report that the same force gave before."""

    quarter: str
    report: Link
    force: str
    items: int
    first_item: str
    """The page of the first sentence, "" where there is none."""
    word: str
    """``FIRST``, ``NEW``, ``CONTINUING`` or ``MISSING``."""
    before: str
    """The quarter of the report before, "" if this is the first."""


def standings(view: View, items: Collection[str]) -> list[Standing]:
    """Return how the thing that ``items`` speak of stands in each report of the forces that ever do, newest first.

    "Not mentioned" is no more than that: a report tells what it chooses to tell.
    """
    by_report: dict[URIRef, list[str]] = {}
    for item in items:
        by_report.setdefault(report_of(item), []).append(item)
    reports = view.recall("reports by quarter", lambda: _reports(view))
    forces = {report.force for report in reports if report.iri in by_report}
    found: list[Standing] = []
    for force in forces:
        before: _Reported | None = None
        for report in (r for r in reports if r.force == force):
            here = by_report.get(report.iri, [])
            found.append(_standing(report, before, here, was=before is not None and before.iri in by_report))
            before = report
    order = {page_of(report.iri): place for place, report in enumerate(reports)}
    return sorted(found, key=lambda standing: -order[standing.report.href])


def _standing(report: _Reported, before: _Reported | None, here: list[str], *, was: bool) -> Standing:
    if not here:
        word = MISSING
    elif before is None:
        word = FIRST
    else:
        word = CONTINUING if was else NEW
    return Standing(
        quarter=report.quarter,
        report=Link(report.quarter or "Report", page_of(report.iri), "report"),
        force=report.force_label,
        items=len(here),
        first_item=first_of(here),
        word=word,
        before=before.quarter if before else "",
    )


def _reports(view: View) -> list[_Reported]:
    """Return all reports, the oldest quarter first."""
    found = [
        _Reported(
            URIRef(text(row, "report")),
            iri(row, "force"),
            text(row, "forceLabel"),
            text(row, "quarterLabel"),
            text(row, "start"),
        )
        for row in solutions(view.page("reports"))
    ]
    return sorted(found, key=lambda report: (report.start, report.iri))
