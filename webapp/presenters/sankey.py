"""Flows from left to right: boxes in columns, as high as what runs through them, and bands between them.

Geometry only. What is too little to be drawn on its own is drawn as one box of others, so that the sums stay right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WIDTH = 900.0
BOX = 11.0
"""Width of a box."""
LABEL = 235.0
"""Room for the names to the right of the last column."""
UNIT, LEAST, GAP = 7.0, 15.0, 5.0
"""Height of one, least height of a box (its name is as high), and room between boxes."""
SWEEPS = 4
"""How often columns are put in the order of what they are linked to, to and fro."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A thing that flows run through: its column, name, kind, and the page about it."""

    key: str
    column: int
    label: str
    kind: str
    href: str


@dataclass(frozen=True, slots=True)
class Flow:
    """What runs from one stop to one of the next column, and the page with the rows behind it."""

    source: str
    target: str
    value: int
    href: str


@dataclass(frozen=True, slots=True)
class Box:
    """A stop as it is drawn."""

    stop: Stop
    value: int
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Band:
    """A flow as it is drawn: a line as thick as its value."""

    flow: Flow
    source: str
    target: str
    kind: str
    path: str
    thickness: float


@dataclass(frozen=True, slots=True)
class Sankey:
    """The drawing."""

    boxes: tuple[Box, ...]
    bands: tuple[Band, ...]
    height: float

    @property
    def columns(self) -> list[float]:
        """Where each column begins."""
        return sorted({box.x for box in self.boxes})


def draw(stops: Iterable[Stop], flows: Sequence[Flow]) -> Sankey:
    """Lay out ``flows`` between ``stops``; a stop that nothing runs through is left out."""
    incoming: dict[str, int] = {}
    outgoing: dict[str, int] = {}
    for flow in flows:
        outgoing[flow.source] = outgoing.get(flow.source, 0) + flow.value
        incoming[flow.target] = incoming.get(flow.target, 0) + flow.value
    known = {stop.key: stop for stop in stops if stop.key in incoming or stop.key in outgoing}
    values = {key: max(incoming.get(key, 0), outgoing.get(key, 0)) for key in known}
    columns: dict[int, list[str]] = {}
    for key, stop in known.items():
        columns.setdefault(stop.column, []).append(key)
    _order(columns, flows)
    heights = {key: max(LEAST, values[key] * UNIT) for key in known}
    full = max((sum(heights[k] + GAP for k in keys) - GAP for keys in columns.values()), default=0.0)
    last = max(columns, default=0)
    boxes: dict[str, Box] = {}
    for column, keys in columns.items():
        spare = (full - sum(heights[k] for k in keys)) / max(1, len(keys) - 1) if len(keys) > 1 else 0.0
        y = 0.0 if len(keys) > 1 else (full - heights[keys[0]]) / 2
        for key in keys:
            x = column * (WIDTH - LABEL - BOX) / max(1, last)
            boxes[key] = Box(known[key], values[key], round(x, 1), round(y, 1), round(heights[key], 1))
            y += heights[key] + spare
    return Sankey(tuple(boxes.values()), tuple(_bands(boxes, flows)), round(full, 1))


def _order(columns: dict[int, list[str]], flows: Sequence[Flow]) -> None:
    """Order the columns but the last, which keeps its own, by the middle of what each box is linked to."""
    numbers = sorted(columns)
    for _ in range(SWEEPS):
        for here, beside in zip(reversed(numbers[:-1]), reversed(numbers[1:]), strict=True):
            place = {key: n for n, key in enumerate(columns[beside])}
            columns[here] = sorted(columns[here], key=lambda key: _middle(key, place, flows))


def _middle(key: str, place: Mapping[str, int], flows: Sequence[Flow]) -> float:
    linked = [(place[flow.target], flow.value) for flow in flows if flow.source == key and flow.target in place]
    return sum(at * value for at, value in linked) / (sum(value for _, value in linked) or 1)


def _bands(boxes: Mapping[str, Box], flows: Sequence[Flow]) -> Iterable[Band]:
    ordered = sorted(flows, key=lambda flow: (boxes[flow.source].y, boxes[flow.target].y))
    left = {
        key: box.y + (box.height - sum(f.value for f in flows if f.source == key) * UNIT) / 2
        for key, box in boxes.items()
    }
    right = {
        key: box.y + (box.height - sum(f.value for f in flows if f.target == key) * UNIT) / 2
        for key, box in boxes.items()
    }
    for flow in ordered:
        source, target, thickness = boxes[flow.source], boxes[flow.target], flow.value * UNIT
        y1, y2 = left[flow.source] + thickness / 2, right[flow.target] + thickness / 2
        left[flow.source] += thickness
        right[flow.target] += thickness
        x1, x2 = source.x + BOX, target.x
        middle = (x1 + x2) / 2
        path = f"M{x1:.0f} {y1:.1f}C{middle:.0f} {y1:.1f} {middle:.0f} {y2:.1f} {x2:.0f} {y2:.1f}"
        yield Band(flow, source.stop.label, target.stop.label, source.stop.kind, path, round(thickness, 1))
