"""Promised but silent: what a promise names or binds itself to and none of its evidence speaks of, with the search."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from graph import queries
from graph.namespaces import key_of
from graph.promises import targets_of
from webapp.addresses import page_of
from webapp.presenters.things import Link, index
from webapp.store import View
from webapp.terms import Solution, number, solutions, text

_NAMED = {"ratio": "a target as a multiple or a part", "percent": "a target in per cent", "GBP": "a target in pounds"}


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
    """The names that were looked for; for a target, which figures were."""
    items: int
    """Evidence items of the report under the promise that were looked through."""
    report: Link


def silent(view: View) -> list[Silent]:
    """Return what is promised but silent, report by report: bodies, operations and the like, then targets."""
    return view.recall("silent", lambda: sorted([*_named(view), *_targets(view)], key=_order))


def _order(row: Silent) -> tuple[str, str, str]:
    return row.report.label, row.promise.label, row.promised.label


def _named(view: View) -> list[Silent]:
    known = index(view)
    found = []
    for row in solutions(queries.run(view, queries.question("promised-but-silent"))):
        thing = URIRef(text(row, "promised"))
        entry = known.get(thing)
        label = text(row, "promisedLabel")
        promised = Link(label, page_of(thing), text(row, "kindLabel"))
        names = tuple(dict.fromkeys((label, *(entry.names if entry else ()))))
        found.append(_silent(row, text(row, "commitmentLabel"), promised, names, number(row, "items")))
    return found


def _targets(view: View) -> list[Silent]:
    """Return the targets of promises that no figure under them takes up: of its unit, none is a target or its value."""
    promises: dict[tuple[str, str], list[Solution]] = {}
    for row in solutions(view.page("promised-targets")):
        promises.setdefault((text(row, "report"), text(row, "commitment")), []).append(row)
    found = []
    for rows in promises.values():
        words = " ".join(text(rows[0], "words").split())
        stated = [row for row in rows if row.get("figure") is not None]
        items = len({text(row, "item") for row in rows} - {""})
        for target in targets_of(words):
            taken_up = any(
                text(row, "unit") == target.unit
                and (key_of(text(row, "role")) == "target" or float(text(row, "value")) == float(target.value))
                for row in stated
            )
            if not taken_up:
                said = words[target.start : target.end]
                looked = (_NAMED.get(target.unit, "a target"), f"the value of “{said}” among {len(stated)} figures")
                label = f"{text(rows[0], 'notation')} {text(rows[0], 'promise')}"
                promised = Link(f"“{_around(words, target.start)}”", None, "target")
                found.append(_silent(rows[0], label, promised, looked, items))
    return found


def _around(words: str, start: int) -> str:
    """Return the words of a promise from its target on, up to the next comma or full stop."""
    return words[start:].partition(",")[0].partition(". ")[0].rstrip(".")


def _silent(row: Solution, label: str, promised: Link, looked: tuple[str, ...], items: int) -> Silent:
    commitment, report = URIRef(text(row, "commitment")), URIRef(text(row, "report"))
    return Silent(
        commitment=commitment,
        promise=Link(label, page_of(commitment), "commitment"),
        promised=promised,
        kind=promised.kind,
        words=" ".join(text(row, "words").split()),
        looked=looked,
        items=items,
        report=Link(text(row, "reportLabel"), page_of(report), "report"),
    )
