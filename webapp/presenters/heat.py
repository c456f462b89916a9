"""A table whose cells are shaded by how much they hold: every cell is a number in words and leads to its rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from webapp.presenters.things import Link

SHADES = 6
"""Shades besides that of nothing."""


@dataclass(frozen=True, slots=True)
class Step:
    """A shade and the numbers that it stands for."""

    shade: int
    words: str


def shade(value: float, most: float) -> int:
    """Return the shade of ``value`` where the largest is ``most``: 0 for nothing, then 1 to ``SHADES``."""
    return min(SHADES, math.ceil(value / most * SHADES)) if value > 0 and most > 0 else 0


def steps(most: int) -> tuple[Step, ...]:
    """Return the shades that whole numbers up to ``most`` take, each with its numbers: the legend."""
    found = [Step(0, "none")]
    for n in range(1, SHADES + 1):
        low, high = most * (n - 1) // SHADES + 1, most * n // SHADES
        if low <= high:
            found.append(Step(n, f"{low:,}" if low == high else f"{low:,}–{high:,}"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A number, its shade, and where the rows behind it stand ("" where there are none)."""

    value: int
    shade: int
    href: str
    note: str = ""
    """What the number leaves out, in words: "force-wide only"."""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of a heat table; ``total`` is how many different things its cells hold."""

    head: Link
    cells: tuple[HeatCell, ...]
    total: int
    short: str = ""
    """Words for the head where it is long."""


@dataclass(frozen=True, slots=True)
class HeatTable:
    """A shaded table."""

    caption: str
    corner: str
    columns: tuple[Link, ...]
    rows: tuple[HeatRow, ...]
    steps: tuple[Step, ...]
    upright: bool = False
    """Whether the heads of the columns are turned, being many or long."""
    left_out: str = ""
    """What is not in the table, in words."""


def heat_row(head: Link, cells: Sequence[tuple[int, str, str]], most: int, total: int, short: str = "") -> HeatRow:
    """Return a row of ``cells``, each a number, its address and a note, shaded against ``most``."""
    return HeatRow(head, tuple(HeatCell(n, shade(n, most), href, note) for n, href, note in cells), total, short)
