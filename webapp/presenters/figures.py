"""Figures: the numbers that evidence states, what each counts and when, and what came of calculating it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from graph.namespaces import key_of
from webapp.addresses import kind_of, page_of, span_of
from webapp.presenters.checks import Check, checks_of_figures
from webapp.presenters.evidence import Evidence, area_name
from webapp.presenters.questions import number_words
from webapp.presenters.things import Link
from webapp.store import View
from webapp.terms import Solution, flag, iri, number, solutions, text


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of an evidence item."""

    iri: URIRef
    words: str
    href: str
    """Where the report's page marks its words."""
    value: str
    amount: float
    unit: str
    what: str
    role: str
    role_key: str
    measure: Link | None
    period: str
    """The time it holds for: in the report's words, else its quarter."""
    first_day: str
    last_day: str
    """Days as ISO dates, "" where the words of a time give none."""
    implied: bool
    """Whether it is not stated, but follows from a stated value and its change."""
    item: URIRef
    number: int
    item_href: str
    quarter: str
    area: Link | None
    quote: str
    checks: tuple[Check, ...]


def figures(view: View, **filters: str) -> list[Figure]:
    """Return the figures that meet ``filters`` (the parameters of ``item-figures.rq``), newest report first."""
    checked = checks_of_figures(view)
    return [_figure(row, checked.get(URIRef(text(row, "figure")), ())) for row in _rows(view, filters)]


def _rows(view: View, filters: dict[str, str]) -> Iterable[Solution]:
    # A figure of an item that is told of two areas has two rows; it is one figure all the same.
    by_figure: dict[str, Solution] = {}
    for row in solutions(view.page("item-figures", **filters)):
        by_figure.setdefault(text(row, "figure"), row)
    return by_figure.values()


def _figure(row: Solution, checks: Iterable[Check]) -> Figure:
    item, area, measure = URIRef(text(row, "item")), iri(row, "area"), iri(row, "measure")
    value = row["value"]
    return Figure(
        iri=URIRef(text(row, "figure")),
        words=text(row, "words"),
        href=span_of(item, number(row, "start"), number(row, "end")) or "",
        value=number_words(value) if value is not None else "",
        amount=float(text(row, "value")),
        unit=text(row, "unit"),
        what=text(row, "what"),
        role=text(row, "roleLabel"),
        role_key=key_of(text(row, "role")),
        measure=Link(text(row, "measureLabel"), page_of(measure), "measure") if measure else None,
        period=text(row, "period") or text(row, "quarterLabel"),
        first_day=text(row, "from"),
        last_day=text(row, "to"),
        implied=flag(row, "implied"),
        item=item,
        number=number(row, "number"),
        item_href=page_of(item) or "",
        quarter=text(row, "quarterLabel"),
        area=Link(area_name(area, text(row, "areaLabel")), page_of(area), kind_of(area)) if area else None,
        quote=text(row, "quote"),
        checks=tuple(checks),
    )


def of_items(found: Iterable[Figure], items: Iterable[Evidence]) -> list[Figure]:
    """Return those of ``found`` that ``items`` state."""
    here = {item.iri for item in items}
    return [figure for figure in found if figure.item in here]


def by_item(found: Iterable[Figure]) -> dict[int, tuple[Figure, ...]]:
    """Return the stated figures of one report by the number of their item, in the order of the words."""
    grouped: dict[int, list[Figure]] = {}
    for figure in found:
        if not figure.implied:
            grouped.setdefault(figure.number, []).append(figure)
    return {item: tuple(known) for item, known in grouped.items()}
