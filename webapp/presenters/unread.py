"""What was not read in a report: sentences and numbers that gave no statement, and how much of each part did.

Worked out from the stored text and from what the graph holds of it, by the rules of ``graph.unread``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from graph.model import Span
from graph.unread import Told, unread_of
from webapp.addresses import item_number, page_of, span_at
from webapp.presenters.reader import Block, Passage
from webapp.presenters.things import Link
from webapp.store import View
from webapp.terms import iri, number, solutions, text


@dataclass(frozen=True, slots=True)
class Left:
    """Words that gave no statement, with the address where the report's page marks them."""

    words: str
    href: str
    item: int
    """Number of the item they stand in; 0 where they stand in none."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report and how many of its sentences gave a statement."""

    link: Link
    sentences: int
    read: int

    @property
    def share(self) -> str:
        """The share that did, in per cent."""
        return f"{100 * self.read / self.sentences:.0f}%" if self.sentences else ""


@dataclass(frozen=True, slots=True)
class NotRead:
    """All that was left out of a report, and the coverage of its parts, the whole report last."""

    sentences: tuple[Left, ...]
    numbers: tuple[Left, ...]
    parts: tuple[Part, ...]
    whole: Part


OUTSIDE = Link("Under no commitment", None)
WHOLE = Link("The whole report", None)


def not_read(view: View, report: URIRef, stored: str, passages: Sequence[Passage], blocks: Iterable[Block]) -> NotRead:
    """Return what was left out of the report whose text is ``stored``, cut into ``blocks`` for its page."""
    items = [p for p in passages if p.number]
    read: dict[int, list[tuple[int, int]]] = {}
    for query in ("report-mentions", "report-figures"):
        for row in solutions(view.page(query, report=report)):
            read.setdefault(item_number(text(row, "passage")), []).append((number(row, "start"), number(row, "end")))
    commitments = {
        item_number(text(row, "passage")): (iri(row, "commitment"), text(row, "commitmentNotation"))
        for row in solutions(view.page("report-passages", report=report))
    }
    sections = {notation: found for found, notation in commitments.values() if found is not None}
    told = (
        Told(p.start, stored[p.start : p.end], commitments.get(p.number, (None, ""))[1], tuple(read.get(p.number, ())))
        for p in items
    )
    unplaced = [
        Span(start, end, stored[start:end])
        for row in solutions(view.page("report-unplaced", report=report))
        for start, end in [(number(row, "start"), number(row, "end"))]
    ]
    unread = unread_of(told, unplaced)
    starts = [(b.start, b.anchor) for b in blocks if b.anchor]
    parts = tuple(
        Part(_part(notation, sections), coverage.sentences, coverage.read)
        for notation, coverage in unread.coverage.items()
    )
    return NotRead(
        tuple(_left(report, span, items, starts) for span in unread.sentences),
        tuple(_left(report, span, items, starts) for span in unread.numbers),
        parts,
        Part(WHOLE, sum(p.sentences for p in parts), sum(p.read for p in parts)),
    )


def _part(notation: str, sections: dict[str, URIRef]) -> Link:
    return (
        Link(f"Commitment {notation}", page_of(sections[notation]), "commitment") if notation in sections else OUTSIDE
    )


def _left(report: URIRef, span: Span, items: Sequence[Passage], starts: Sequence[tuple[int, str]]) -> Left:
    holder = next((p for p in items if p.start <= span.start < p.end), None)
    block = bisect_right(starts, span.start, key=lambda start: start[0]) - 1
    anchor = holder.anchor if holder else starts[block][1] if block >= 0 else ""
    return Left(
        " ".join(span.text.split()), span_at(report, span.start, span.end, anchor), holder.number if holder else 0
    )
