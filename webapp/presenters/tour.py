"""A tour of the pages: six questions that have rows in this version of the data, and what to do with each answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import url_for

from graph import queries
from webapp.store import View

LENGTH: Final = 6

_STOPS: Final = (
    (
        "Analyst",
        "partner-operations-by-lpa",
        "Choose another theme above the table; take the rows away as CSV or a spreadsheet; open the sentence of a row.",
    ),
    (
        "Partnership lead",
        "partner-involvement",
        "Choose one body; its name leads to its page, which says who else is in the room and where nothing was found.",
    ),
    (
        "Auditor",
        "commitment-coverage",
        "A nought is an answer too: the number of a promise leads to its evidence, area by area, with the gaps named.",
    ),
    (
        "Auditor",
        "failed-figure-checks",
        "Each row is a number that the other numbers of its sentence do not make, with the calculation.",
    ),
    (
        "Analyst",
        "cross-area-operations",
        "An operation's page says which others it is related to, because of what, and by which sentences.",
    ),
    (
        "Partnership lead",
        "partners-together",
        "Bodies that stand in one sentence at work with the police, pair by pair.",
    ),
    ("Analyst", "theme-coverage", "A theme's page sets what is said outright apart from what follows from a heading."),
    (
        "Analyst",
        "figure-series",
        "A measure's page draws the values that can be compared, each point with its sentence.",
    ),
    (
        "Anybody",
        "report-inventory",
        "A report opens with everything marked that was found in it, and what was not read.",
    ),
)
"""Who asks, a question of the catalogue, and what to do there; more than are shown, as some may have no rows."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A question of the tour with the rows that it has now."""

    who: str
    question: str
    href: str
    rows: int
    then: str


def tour(view: View) -> list[Stop]:
    """Return the first six questions of the tour that have rows."""
    return view.recall("tour", lambda: _read(view))


def _read(view: View) -> list[Stop]:
    found: list[Stop] = []
    nothing: Mapping[str, str] = {}
    for who, name, then in _STOPS:
        if len(found) == LENGTH:
            break
        query = queries.question(name)
        if rows := len(queries.run(view, query, nothing).rows):
            found.append(Stop(who, query.summary, url_for("questions.one", name=name), rows, then))
    return found
