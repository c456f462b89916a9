"""Promised but silent: what a promise names or binds itself to and none of its evidence speaks of, with the search."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from graph import queries
from graph.namespaces import GT
from webapp.addresses import page_of
from webapp.presenters.things import Link, index
from webapp.store import View
from webapp.terms import Solution, number, solutions, text

_TAKES_UP = ("a figure of its unit that is a target", "one of the same value", "one that counts the same things")
"""What takes up a target of a promise, in words."""


@dataclass(frozen=True, slots=True)
class Silent:
    """Something that a promise says and no evidence item under it, and what was looked for in how many items."""

    commitment: URIRef
    promise: Link
    promised: Link
    kind: str
    words: str
    """The promise as the report prints it."""
    looked: tuple[str, ...]
    """The names that were looked for; for a target, which figures would have taken it up."""
    items: int
    """Evidence items of the report under the promise that were looked through."""
    report: Link


def silent(view: View) -> list[Silent]:
    """Return what is promised but silent, report by report and promise by promise."""
    return view.recall("silent", lambda: sorted(_read(view), key=_order))


def _order(row: Silent) -> tuple[str, str, str]:
    return row.report.label, row.promise.label, row.promised.label


def _read(view: View) -> list[Silent]:
    known = index(view)
    found = []
    for row in solutions(queries.run(view, queries.question("promised-but-silent"))):
        thing = URIRef(text(row, "promised"))
        label, kind = text(row, "promisedLabel"), text(row, "kindLabel")
        if text(row, "kind") == str(GT.Target):
            names: tuple[str, ...] = _TAKES_UP
            label = f"\u201c{label}\u201d"
        else:
            entry = known.get(thing)
            names = tuple(dict.fromkeys((label, *(entry.names if entry else ()))))
        found.append(_silent(row, Link(label, page_of(thing), kind), names))
    return found


def _silent(row: Solution, promised: Link, looked: tuple[str, ...]) -> Silent:
    commitment, report = URIRef(text(row, "commitment")), URIRef(text(row, "report"))
    return Silent(
        commitment=commitment,
        promise=Link(text(row, "commitmentLabel"), page_of(commitment), "commitment"),
        promised=promised,
        kind=promised.kind,
        words=" ".join(text(row, "words").split()),
        looked=looked,
        items=number(row, "items"),
        report=Link(text(row, "reportLabel"), page_of(report), "report"),
    )
