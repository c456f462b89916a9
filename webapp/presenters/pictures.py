"""An answer as a picture: bars, a line over time, or tiles of areas; all drawn from the rows by the server.

Geometry only: the templates draw. Every mark is also words, so that nothing is told by a picture alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.term import Node

from graph.stores import Table
from webapp.addresses import kind_of
from webapp.presenters.areas import Area, areas, groups
from webapp.presenters.questions import Shown, number_words
from webapp.presenters.solutions import AREAS, Roles, Showing, column
from webapp.store import View
from webapp.terms import is_number

MOST = 60
"""Bars or points that are drawn; how many more there are is said."""
WIDTH, HEIGHT = 720.0, 260.0
"""Size of a line's drawing area, in its own units."""
SHADES = 6
_PERIOD = re.compile(r"\d{4}(?:[-/]\d{2}(?:[-/]\d{2})?)?(?: ?Q[1-4])?(?:T.*)?")


@dataclass(frozen=True, slots=True)
class Bar:
    """A row as a bar; ``start`` and ``length`` are parts of 100 of the width that all share."""

    label: Shown
    value: str
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class Point:
    """A row as a point of a line."""

    label: str
    value: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the drawing, with its value."""

    value: str
    y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A column of words against a column of numbers: as a line where the words are periods, else as bars."""

    label: str
    value: str
    values: tuple[str, ...]
    """The columns that could stand in place of ``value``."""
    bars: tuple[Bar, ...]
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    left_out: int

    @property
    def path(self) -> str:
        """The points as an SVG polyline takes them."""
        return " ".join(f"{p.x:.1f},{p.y:.1f}" for p in self.points)


def can_chart(columns: Roles) -> bool:
    """Return whether there is a column of words and one of numbers."""
    return bool(columns.words and columns.numeric)


def chart(view: View, table: Table, columns: Roles, value: str = "") -> Chart:
    """Return ``table`` as a chart of the numeric column ``value`` (default: the last one)."""
    value = value if value in columns.numeric else columns.numeric[-1]
    numbers = [float(str(term)) for term in column(table, value) if is_number(term)]
    drawable = [row for row in table.rows if is_number(row[table.columns.index(value)])]
    label = _label(table, columns)
    rows = drawable[:MOST]
    shown = numbers[:MOST]
    showing = Showing(view, Table(table.columns, tuple(rows)))
    labels = [showing.term(row, label) for row in rows]
    words = [number_words(row[table.columns.index(value)] or URIRef("")) for row in rows]
    left_out = len(table.rows) - len(rows)
    if len(set(_texts(labels))) == len(labels) > 2 and all(_PERIOD.fullmatch(text) for text in _texts(labels)):
        points, ticks = _line(labels, shown, words)
        return Chart(label, value, columns.numeric, (), points, ticks, left_out)
    return Chart(label, value, columns.numeric, _bars(labels, shown, words), (), (), left_out)


def _texts(labels: Sequence[Shown]) -> list[str]:
    return [label.text for label in labels]


def _label(table: Table, columns: Roles) -> str:
    """Return the column that tells most rows apart, the first one among equals."""
    return max(columns.words, key=lambda name: len(set(column(table, name))))


def _bars(labels: Sequence[Shown], numbers: Sequence[float], words: Sequence[str]) -> tuple[Bar, ...]:
    least, most = min(0.0, *numbers), max(0.0, *numbers)
    scale = 100 / ((most - least) or 1)
    return tuple(
        Bar(label, told, round((min(0.0, n) - least) * scale, 2), round(abs(n) * scale, 2))
        for label, n, told in zip(labels, numbers, words, strict=True)
    )


def _line(
    labels: Sequence[Shown], numbers: Sequence[float], words: Sequence[str]
) -> tuple[tuple[Point, ...], tuple[Tick, ...]]:
    ordered = sorted(zip(labels, numbers, words, strict=True), key=lambda one: one[0].text)
    steps = round_steps(min(0.0, *numbers), max(numbers))
    low, high = steps[0], steps[-1]

    def height(n: float) -> float:
        return round(HEIGHT - (n - low) / ((high - low) or 1) * HEIGHT, 1)

    across = WIDTH / (len(ordered) - 1)
    points = tuple(
        Point(label.text, told, round(i * across, 1), height(n)) for i, (label, n, told) in enumerate(ordered)
    )
    return points, tuple(Tick(f"{step:,g}", height(step)) for step in steps)


def round_steps(low: float, high: float) -> list[float]:
    """Return round numbers, evenly apart, around ``low`` and ``high``: five or so."""
    rough = ((high - low) or 1) / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [n * step for n in range(first, max(last, first + 1) + 1)]


@dataclass(frozen=True, slots=True)
class Tile:
    """An area on the map of tiles."""

    area: Area
    value: str
    shade: int


@dataclass(frozen=True, slots=True)
class Region:
    """An area that evidence is told by, with the tiles of its districts."""

    tile: Tile
    districts: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Tiles:
    """A column of areas as tiles, each with a number: of rows, or of a numeric column where an area has one row."""

    column: str
    value: str
    """The numeric column that is shown; "" where rows are counted."""
    regions: tuple[Region, ...]
    left_out: int
    """Rows whose area has no tile."""


def tiles(view: View, table: Table, columns: Roles, value: str = "") -> Tiles:
    """Return ``table`` as tiles of the areas in its first column of areas."""
    name = columns.areas[0]
    by_area: dict[Node, list[int]] = {}
    for place, term in enumerate(column(table, name)):
        if isinstance(term, URIRef) and kind_of(term) in AREAS:
            by_area.setdefault(term, []).append(place)
    chosen = value if value in columns.numeric else next(iter(columns.numeric), "")
    one_each = bool(chosen) and all(len(places) == 1 for places in by_area.values())
    numbers = column(table, chosen) if one_each else []
    words = {
        area: (number_words(n) if (n := numbers[places[0]]) is not None else "") if one_each else f"{len(places):,}"
        for area, places in by_area.items()
    }
    amounts = {
        area: (float(str(n)) if (n := numbers[places[0]]) is not None else 0.0) if one_each else float(len(places))
        for area, places in by_area.items()
    }
    most = max(amounts.values(), default=0.0)

    def tile(area: Area) -> Tile:
        amount = amounts.get(area.iri, 0.0)
        shade = math.ceil(max(0.0, amount) / most * SHADES) if most > 0 else 0
        return Tile(area, words.get(area.iri, ""), shade)

    regions = tuple(
        Region(tile(area), tuple(map(tile, districts)))
        for area, districts in groups(view)
        if area.iri in by_area or any(d.iri in by_area for d in districts)
    )
    drawn = {t.area.iri for region in regions for t in (region.tile, *region.districts)}
    outside = sum(len(places) for area, places in by_area.items() if area not in drawn)
    return Tiles(name, chosen if one_each else "", regions, outside + len(table.rows) - sum(map(len, by_area.values())))


def can_map(view: View, table: Table, columns: Roles) -> bool:
    """Return whether a column holds areas that have tiles."""
    known = areas(view)
    return bool(columns.areas) and any(term in known for term in column(table, columns.areas[0]))
