"""What a page shows, with its places: runs of characters, drawn lines and dots, and the lines that they make."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Characters side by side: from ``left`` to ``right`` on the line ``base`` (upwards from the page's foot)."""

    text: str
    left: float
    right: float
    base: float
    height: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line drawn on the page."""

    y: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A small drawing, as high as it is wide, which may be the mark of a list."""

    left: float
    right: float
    middle: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in reading order; ``column`` changes where the next column, band or cell begins."""

    text: str
    left: float
    right: float
    base: float
    height: float
    bold: bool
    body: float
    """Where the words begin after the mark of a list; ``left`` if there is none."""
    mark: str = ""
    column: int = 0
    margin: float = 0.0
    """Left edge of its column."""
    edge: float = 0.0
    """Right edge of its column, as far as any line of it reaches."""
    head: bool = False
    """Whether it stands in the margin, as a head of what stands beside it."""
