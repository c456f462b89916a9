"""The values of a measure over time, as lines whose points lead to the sentences that state them.

Only what can be compared stands in one line: values for one area, in one unit, over periods of one length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from rdflib import URIRef

from graph import queries
from graph.namespaces import key_of
from webapp.addresses import page_of, report_of
from webapp.presenters.pictures import Tick, round_steps
from webapp.presenters.questions import number_words
from webapp.store import View
from webapp.terms import Solution, flag, iri, solutions, text

WIDTH, HEIGHT = 520.0, 190.0
"""Size of the drawing area of a line, in its own units."""
LENGTHS: Final = {"month": 1, "quarter": 3, "half year": 6, "year": 12}
"""Periods that follow one another, and how many months they have."""


@dataclass(frozen=True, slots=True)
class Said:
    """A value as one sentence states it."""

    value: str
    quote: str
    item: str
    href: str
    implied: bool
    """Whether it follows from a stated change, and stands in no report itself."""
    report: str


@dataclass(frozen=True, slots=True)
class Point:
    """A period with its value, or none; where sentences differ, the last one counts and ``others`` are beside it."""

    period: str
    said: Said | None
    others: tuple[Said, ...]
    x: float
    y: float

    @property
    def restated(self) -> bool:
        """Whether a later report gives another value than an earlier one did."""
        return self.said is not None and any(other.report != self.said.report for other in self.others)


@dataclass(frozen=True, slots=True)
class Series:
    """The values of a measure for an area, in a unit, over periods of a length ("quarter"; "period" for others)."""

    measure: str
    area: str
    unit: str
    length: str
    better: str
    points: tuple[Point, ...]
    lines: tuple[str, ...]
    """Runs of periods that all have a value, as an SVG polyline takes them."""
    ticks: tuple[Tick, ...]

    @property
    def drawn(self) -> list[Point]:
        """The points that have a value."""
        return [point for point in self.points if point.said]

    @property
    def gaps(self) -> int:
        """Periods between the first and the last for which no value was found."""
        return len(self.points) - len(self.drawn)


def series(view: View, measure: URIRef) -> list[Series]:
    """Return the values of ``measure``, the longest series first; values without dates stand in none."""
    table = queries.run(view, queries.question("figure-series"), {"measure": key_of(measure)})
    found: dict[tuple[str, str, str], list[Solution]] = {}
    for row in solutions(table):
        if text(row, "from") and text(row, "to"):
            length = _length(_day(row, "from"), _day(row, "to"))
            found.setdefault((text(row, "areaLabel"), text(row, "unit"), length), []).append(row)
    made = [of_rows(rows, length) for (_, _, length), rows in found.items()]
    return sorted(made, key=lambda one: (-len(one.drawn), one.area, one.unit, one.length))


def of_rows(rows: Sequence[Solution], length: str) -> Series:
    """Return the rows of ``figure-series`` for one area and unit, in the order of their reports, as one line."""
    by_period: dict[tuple[date, date], list[Solution]] = {}
    for row in rows:
        by_period.setdefault((_day(row, "from"), _day(row, "to")), []).append(row)
    periods = _all_periods(sorted(by_period), length)
    values = [float(text(by_period[p][-1], "value")) for p in periods if p in by_period]
    steps = round_steps(min(0.0, *values), max(values))
    across = WIDTH / max(1, len(periods) - 1)
    points = tuple(
        _point(
            period, by_period.get(period, ()), length, round(i * across if len(periods) > 1 else WIDTH / 2, 1), steps
        )
        for i, period in enumerate(periods)
    )
    runs = [list(run) for known, run in groupby(points, key=lambda p: p.said is not None) if known]
    first = rows[0]
    return Series(
        measure=text(first, "measureLabel"),
        area=text(first, "areaLabel"),
        unit=text(first, "unit"),
        length=length,
        better=text(first, "betterLabel"),
        points=points,
        lines=tuple(" ".join(f"{p.x:g},{p.y:g}" for p in run) for run in runs if len(run) > 1),
        ticks=tuple(Tick(f"{step:,g}", _height(step, steps)) for step in steps),
    )


def _point(period: tuple[date, date], rows: Sequence[Solution], length: str, x: float, steps: Sequence[float]) -> Point:
    """Return a point; ``rows`` stand in the order of their reports, so the last one is what counts now."""
    if not rows:
        return Point(_words(period, length), None, (), x, HEIGHT)
    last = rows[-1]
    now = text(last, "value")
    differing = [row for row in rows if float(text(row, "value")) != float(now)]
    return Point(_words(period, length), _said(last), tuple(map(_said, differing)), x, _height(float(now), steps))


def _said(row: Solution) -> Said:
    item = iri(row, "item") or URIRef("")
    value = row["value"]
    return Said(
        number_words(value) if value is not None else "",
        text(row, "quote"),
        text(row, "itemLabel"),
        page_of(item) or "",
        flag(row, "implied"),
        key_of(report_of(item)),
    )


def _height(value: float, steps: Sequence[float]) -> float:
    return round(HEIGHT - (value - steps[0]) / ((steps[-1] - steps[0]) or 1) * HEIGHT, 1)


def _all_periods(known: Sequence[tuple[date, date]], length: str) -> list[tuple[date, date]]:
    """Return ``known`` with the periods of the same length that are missing between them.

    Where they do not follow one another, such as years that end in different months, there is no telling what is
    missing, and they stand as they are.
    """
    months = LENGTHS.get(length)
    if months is None:
        return list(known)
    whole = [known[0]]
    while whole[-1] < known[-1]:
        start = whole[-1][1] + timedelta(days=1)
        whole.append((start, _months_later(start, months) - timedelta(days=1)))
    return whole if set(known) <= set(whole) else list(known)


def _months_later(day: date, months: int) -> date:
    place = day.month - 1 + months
    return day.replace(year=day.year + place // 12, month=place % 12 + 1)


def _length(start: date, end: date) -> str:
    after = end + timedelta(days=1)
    if start.day != 1 or after.day != 1:
        return "period"
    months = (after.year - start.year) * 12 + after.month - start.month
    return next((name for name, n in LENGTHS.items() if n == months), "period")


def _words(period: tuple[date, date], length: str) -> str:
    start, end = period
    if length == "month":
        return f"{end:%b %Y}"
    if length == "year":
        return f"Year to {end:%b %Y}"
    if length in LENGTHS:
        return f"{start:%b}{'' if start.year == end.year else f' {start:%Y}'}–{end:%b %Y}"
    return f"{start:%-d %b %Y} – {end:%-d %b %Y}"


def _day(row: Solution, column: str) -> date:
    return date.fromisoformat(text(row, column)[:10])
