"""Briefings: what there is to know of a partner or a commitment, on a page of paper.

What does not fit is counted and said; the whole is a link away, on the page and in its file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph import queries
from graph.mentions.sentences import sentences
from webapp.presenters.checks import Check
from webapp.presenters.commitments import Commitment, trace
from webapp.presenters.evidence import Evidence, evidence
from webapp.presenters.partners import Partner
from webapp.presenters.questions import number_words
from webapp.presenters.things import Link
from webapp.store import View
from webapp.terms import solutions, text

QUOTES, ROWS, NAMES, FIGURES = 5, 7, 8, 8
"""How much of each there is room for."""
LONGEST_QUOTE = 300
"""Characters of a sentence in a report's words; a longer item is cut between sentences, and that is shown."""


@dataclass(frozen=True, slots=True)
class Some:
    """The first of some links with a number each, and how many more there are."""

    links: tuple[tuple[Link, int], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an item, and whether they are all of it."""

    item: Evidence
    words: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Quotes:
    """Some items in their own words, and how many there are in all."""

    shown: tuple[Quote, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as a briefing tells it."""

    measure: str
    value: str
    unit: str
    period: str
    area: str
    item: str


@dataclass(frozen=True, slots=True)
class PartnerBriefing:
    """What there is to know of a partner; the lists count evidence items in which it acts."""

    quarters: tuple[str, ...]
    areas: Some
    commitments: Some
    operations: Some
    company: Some
    """Other bodies in the same sentences."""
    themes: Some
    quotes: Quotes
    faults: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class AreaPart:
    """What one area says was done for a commitment."""

    name: str
    items: int
    operations: int
    partners: int
    gap: str


@dataclass(frozen=True, slots=True)
class CommitmentBriefing:
    """What there is to know of a commitment."""

    quarters: tuple[str, ...]
    areas: tuple[AreaPart, ...]
    gaps: tuple[str, ...]
    operations: Some
    partners: Some
    figures: tuple[Told, ...]
    more_figures: int
    quotes: Quotes
    faults: tuple[Check, ...]


def of_partner(view: View, partner: Partner) -> PartnerBriefing:
    """Return the briefing of a partner: counts are of the evidence items in which it works with the police."""
    every = evidence(view, partner=str(partner.iri))
    acting = [item for item in every if str(item.iri) in partner.acting]
    return PartnerBriefing(
        quarters=_quarters(every),
        areas=_some((item.area for item in acting), ROWS),
        commitments=_some((item.commitment for item in acting), ROWS),
        operations=_some(_named(acting, "Operations"), NAMES),
        company=_some((link for link in _named(acting, "Works with") if link.href != partner.href), NAMES),
        themes=_some(_named(acting, "Themes"), ROWS),
        quotes=_quotes(acting or every),
        faults=_faults(acting),
    )


def of_commitment(view: View, commitment: Commitment) -> CommitmentBriefing:
    """Return the briefing of a commitment: its evidence by area, and what the figures in that evidence are."""
    parts = trace(view, commitment)
    every = [item for part in parts for item in part.evidence]
    figures = _figures(view, {str(item.iri) for item in every})
    # One sentence of each area before a second of any.
    rounds = (part.evidence[n] for n in range(QUOTES) for part in parts if n < len(part.evidence))
    return CommitmentBriefing(
        quarters=_quarters(every),
        areas=tuple(
            AreaPart(p.cell.area.short, p.cell.items, p.cell.operations, p.cell.partners, p.cell.gap) for p in parts
        ),
        gaps=tuple(part.cell.area.short for part in parts if not part.cell.items),
        operations=_some(_named(every, "Operations"), NAMES),
        partners=_some(_named(every, "Works with"), NAMES),
        figures=tuple(figures[:FIGURES]),
        more_figures=max(0, len(figures) - FIGURES),
        quotes=Quotes(tuple(_quote(item) for item in list(rounds)[:QUOTES]), len(every)),
        faults=_faults(every),
    )


def _quarters(every: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.quarter or item.report.label for item in every))


def _named(every: Iterable[Evidence], title: str) -> Iterable[Link]:
    return (link for item in every for group in item.groups if group.title == title for link in group.links)


def _some(links: Iterable[Link | None], most: int) -> Some:
    """Return the links that stand most often, each with how often; notes apart, equal links are one."""
    counted = Counter(Link(link.label, link.href, link.kind) for link in links if link)
    ranked = sorted(counted.items(), key=lambda one: (-one[1], one[0].label.casefold()))
    return Some(tuple(ranked[:most]), max(0, len(ranked) - most))


def _quotes(every: Sequence[Evidence]) -> Quotes:
    return Quotes(tuple(_quote(item) for item in every[:QUOTES]), len(every))


def _quote(item: Evidence) -> Quote:
    """Return an item's first sentences, as many as there is room for; at least one, however long."""
    text_ = item.quote
    ends = [end for _, end in sentences(text_)]
    end = max([e for e in ends if len(text_[:e].rstrip()) <= LONGEST_QUOTE], default=ends[0])
    return Quote(item, " ".join(text_[:end].split()), end >= len(text_.rstrip()))


def _faults(every: Iterable[Evidence]) -> tuple[Check, ...]:
    return tuple(check for item in every for check in item.faults if check.is_fault)


def _figures(view: View, items: set[str]) -> list[Told]:
    """Return the figures in some items, each once, those of a known measure first."""
    table = view.recall("figures", lambda: queries.run(view, queries.question("figures"), {}))
    found = [
        Told(
            text(row, "measureLabel") or text(row, "what"),
            number_words(row["value"]) if row["value"] is not None else "",
            text(row, "unit"),
            text(row, "period"),
            text(row, "areaLabel"),
            text(row, "itemLabel").rpartition(", ")[2],
        )
        for row in sorted(solutions(table), key=lambda row: row["measure"] is None)
        if text(row, "item") in items
    ]
    return list(dict.fromkeys(found))
