"""The lines of a document: their marks and indents, and the running headers and footers among them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.model import Document

_BULLET = re.compile(
    r"^\f*(?P<indent>[ \t]*)"
    r"(?P<mark>[-*\u2022\u2023\u25aa\u25cf\u25e6\u2219\u00b7\u2013\u2014\u25a0o\u00a7\uf0b7]"
    r"|\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,3}){1,3}[.)]?|\(?[a-z][.)]|\((?:i|ii|iii|iv|v|vi|vii|viii|ix|x)\))[ \t]+(?=\S)"
)
_PAGE_NUMBER = re.compile(r"^(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?$", re.IGNORECASE)
_NUMBERED_PAGE = re.compile(r"\bpage\s+(?P<page>\d{1,3})\b", re.IGNORECASE)
_FURNITURE_WORDS = re.compile(r"(?i)\b(report|update|plan|performance|page|q[1-4]|quarter)\b")
_UNIT = r"(?:%|k|m|bn|pp|mins?|minutes?|secs?|seconds?|hours?|days?|per\s*cent|percentage\s+points?|points?)?"
_NUMBER = (
    rf"(?:[-+\u2212]?\s?[\u00a3$\u20ac]?\d[\d,]*(?:\.\d+)?\s?{_UNIT}"
    r"|(?:nil|none|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))"
)
_ROW = re.compile(
    rf"^(?=[^\t]*[A-Za-z])(?P<label>[A-Za-z(\d][^\t]*?\S)(?:[ ]{{2,}}|\t+){_NUMBER}(?:(?:[ ]{{2,}}|\t+){_NUMBER})+$"
)
_TIME_NAME = re.compile(r"\b(?:19|20)\d\d(?:\s?[/\u2013-]\s?\d\d)?\b|\bQ[1-4]\b|\b\d\d/\d\d\b", re.IGNORECASE)
LONGEST_ROW, LONGEST_CELL = 200, 60
_SENTENCE_END = re.compile(r"[.!?:;][\"'\u2019\u201d)\]]*$")
_WIDEST, _FEW, _NEARLY_ALL = 130, 5, 0.85
"""Text is wrapped at fewer characters than this; a few lines tell nothing."""
FURNITURE_REPEATS = 3
"""A line that stands this often, alone and word for word but for its numbers, is a running header or footer."""
LONGEST_HEADING = 300
"""No line of more characters is looked at as a heading, a table row or a running line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the space around it; ``start`` and ``end`` bound its text."""

    start: int
    end: int
    text: str
    indent: int
    mark: str
    """The bullet, number or letter that begins an item, or ""."""
    body: int
    """Offset at which the words begin after the mark."""
    blank_before: bool
    running: bool = False
    """A running header, a footer or a bare page number."""

    @property
    def lettered(self) -> bool:
        """Whether its mark is a letter or a small Roman numeral, as sub-items have."""
        return self.mark.strip("(.)").isalpha() and self.mark != "o"

    @property
    def row(self) -> bool:
        """Whether it is a row of a table: words, then two or more numbers in columns."""
        if self.mark or len(self.text) > LONGEST_ROW:
            return False
        return bool(_ROW.match(self.text)) if "|" not in self.text else _is_row_of_cells(self.text)


def _is_row_of_cells(text: str) -> bool:
    """Whether a line is a name and two or more cells, half of them with values that are no years: no table's head."""
    name, *cells = (cell.strip() for cell in text.split("|"))
    values = [c for c in cells if any(ch.isdigit() for ch in _TIME_NAME.sub("", c)) and len(c) <= LONGEST_CELL]
    return bool(name) and len(cells) > 1 and 2 * len(values) >= len(cells) and len(values) > 1


def read_lines(document: Document) -> list[Line]:
    """Return the lines of a document that are not blank, running lines marked."""
    lines = list(_lines(document.text))
    running = _running(lines)
    return [
        Line(n.start, n.end, n.text, n.indent, "", n.start, n.blank_before, running=True)
        if _shape(n.text) in running or (not n.mark and _PAGE_NUMBER.match(n.text))
        else n
        for n in lines
    ]


def _lines(text: str) -> Iterator[Line]:
    offset, blank = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = offset + len(raw) - len(raw.lstrip())
            bullet = _BULLET.match(raw)
            indent = len(bullet["indent"]) if bullet else 0
            body = offset + bullet.end() if bullet else start
            yield Line(start, start + len(stripped), stripped, indent, bullet["mark"] if bullet else "", body, blank)
        blank = not stripped
        offset += len(raw) + 1


def _shape(text: str) -> str:
    """Return a line as it repeats: numbers of pages and the space between its parts left out."""
    return re.sub(r"\d+", "#", " ".join(text.split())) if _NUMBERED_PAGE.search(text) else text


def _running(lines: Sequence[Line]) -> frozenset[str]:
    counts = Counter(_shape(line.text) for line in lines if not line.mark and len(line.text) < 120)
    return frozenset(
        shape for shape, count in counts.items() if count >= FURNITURE_REPEATS and _FURNITURE_WORDS.search(shape)
    )


def is_a_line_a_paragraph(lines: Sequence[Line]) -> bool:
    """Return whether the text is not wrapped: its long lines end as sentences do, nearly all of them."""
    long = [line.text for line in lines if len(line.text) > _WIDEST and not line.row]
    return len(long) >= _FEW and sum(bool(_SENTENCE_END.search(text)) for text in long) >= _NEARLY_ALL * len(long)


class Pages:
    """Tells the page of each line: by page starts, else by running lines; None where nothing tells."""

    def __init__(self, document: Document, lines: Sequence[Line]) -> None:
        self._starts = document.page_starts[1:] or tuple(m.start() for m in re.finditer("\f", document.text))
        running = [n for n in lines if n.running and not _PAGE_NUMBER.match(n.text)]
        # A running line that carries the number of its page stands at the foot if the first says "Page 1" below text.
        numbered = [m for n in running if (m := _NUMBERED_PAGE.search(n.text))]
        foot = bool(numbered) and numbered[0]["page"] == "1" and running[0] is not lines[0]
        if not self._starts and running:
            self._starts = tuple(n.end if foot else n.start for n in running)
        self.known = bool(self._starts)

    def page(self, offset: int) -> int | None:
        """Return the page, from 1, on which ``offset`` stands."""
        return 1 + bisect_right(self._starts, offset) if self.known else None
