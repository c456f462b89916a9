"""Joins the printed lines of pages to paragraphs: over line ends, columns and pages.

A line goes on from the one before if that one was full (the next word would not have fitted), nothing parts the two
but the usual leading, and both are set alike. The text that comes out has one paragraph a line with an empty line
between them; a paragraph that crosses a page is not parted, ``page_starts`` says where the page begins in it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from graph.readers.printed import Line
from graph.readers.reading_order import CELL

_SENTENCE_END = re.compile(r"[.!?:;][\"'\u2019\u201d)\]]*$")
_STRONG_MARKS = frozenset("\u2022\u2023\u25aa\u25cf\u25e6\u2219\u00b7\u25a0\u25ab\u25cb\u27a2\u2713\u00a7")
_HYPHENS = ("-", "\u00ad", "\u2010")
_KEPT_PREFIXES = frozenset(
    "anti co cross e ex face follow half high hard long low mid multi non off on one pre post self short two "
    "well".split()
)
"""A word broken after one of these had its hyphen already."""


_SAME_LEVEL = 7.0
"""Points by which list marks of one level may stand apart."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    """For each line the page, from 0, that it stands on."""


def to_text(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[int, ...]]:
    """Return the text of ``pages``, lines in reading order, and the offset at which each page begins in it."""
    body = _with_common_edges(_with_common_margins(pages))
    leadings = _leadings(body)
    parted = _are_parted(body, leadings)
    paragraphs: list[_Paragraph] = []
    for number, page in enumerate(body):
        for line in page:
            if paragraphs and _goes_on(paragraphs[-1], number, line, leadings, parted=parted):
                paragraphs[-1].lines.append(line)
                paragraphs[-1].pages.append(number)
            else:
                paragraphs.append(_Paragraph([line], [number]))
    return _write(paragraphs, len(body))


def _with_common_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines with the left edge their column has in the document: the last lines may all be indented."""
    counts = Counter(_place(line.margin) for page in pages for line in page)
    margins: dict[int, float] = {}
    for page in pages:
        for line in page:
            margins[_place(line.margin)] = min(line.margin, margins.get(_place(line.margin), line.margin))
    common = sorted(margins[place] for place, count in counts.items() if count >= 0.1 * counts.total())

    def margin(line: Line) -> float:
        n = bisect_right(common, line.margin + 1)
        return common[n - 1] if n and line.margin - common[n - 1] < 4 * line.height else line.margin

    return [[replace(line, margin=margin(line)) for line in page] for page in pages]


def _with_common_edges(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines with the right edge that their column has in the whole document, not on one page alone."""
    edges: defaultdict[int, set[float]] = defaultdict(set)
    for page in pages:
        for line in page:
            edges[_place(line.margin)].add(line.edge)
    common: dict[tuple[int, float], float] = {}
    for place, reached in edges.items():
        widest = 0.0
        for edge in sorted(reached, reverse=True):
            # Columns of nearly one width are one column, on some page of which no line was quite full.
            if widest - edge > 0.12 * (widest - 6 * place):
                widest = edge
            widest = max(widest, edge)
            common[place, edge] = widest
    return [[replace(line, edge=common[_place(line.margin), line.edge]) for line in page] for page in pages]


def _place(x: float) -> int:
    return round(x / 6)


def _leadings(pages: Iterable[Sequence[Line]]) -> dict[int, float]:
    """Return for each height of type the distance of base lines within paragraphs: the least of the usual ones."""
    steps: defaultdict[int, Counter[float]] = defaultdict(Counter)
    for page in pages:
        for before, line in pairwise(page):
            step = before.base - line.base
            if before.column == line.column and 0.8 * line.height < step < 2.2 * line.height and not line.mark:
                steps[round(line.height)][round(step * 2) / 2] += 1
    leadings: dict[int, float] = {}
    for height, counts in steps.items():
        usual = [step for step, count in counts.items() if count >= 0.1 * counts.total()]
        if usual and min(usual) < 1.6 * height:
            leadings[height] = min(usual)
    return leadings


def _are_parted(pages: Iterable[Sequence[Line]], leadings: dict[int, float]) -> bool:
    """Whether the items of lists stand further apart than the lines within them, so that no gap means no new item."""
    gaps = [
        before.base - line.base > 1.12 * leadings.get(round(line.height), 1.25 * line.height)
        for page in pages
        for before, line in pairwise(page)
        if line.mark and before.column == line.column
    ]
    return len(gaps) >= 3 and sum(gaps) >= 0.8 * len(gaps)


def _is_full(before: Line, line: Line) -> bool:
    """Whether the first word of ``line`` would not have fitted after ``before``."""
    word = line.text.split(" ", 1)[0]
    width = (line.right - line.left) / max(1, len(line.text)) * (len(word) + 0.5)
    return before.right + width > before.edge - 0.6 * line.height


def _goes_on(paragraph: _Paragraph, number: int, line: Line, leadings: dict[int, float], *, parted: bool) -> bool:
    """Whether ``line``, on page ``number``, goes on from the last line of ``paragraph``."""
    before = paragraph.lines[-1]
    if before.head or line.head:
        # The lines of one head go together, and with nothing else.
        return before.head and line.head and before.column == line.column and paragraph.pages[-1] == number
    if CELL in line.text or "\t" in line.text or CELL in before.text or "\t" in before.text:
        return False
    if abs(before.height - line.height) > 0.08 * line.height or before.bold != line.bold:
        return False
    together = before.column == line.column and paragraph.pages[-1] == number
    step = before.base - line.base
    usual = leadings.get(round(line.height), 1.25 * line.height)
    if together and not 0 < step <= 1.2 * usual:
        return False
    hanging = abs(line.left - paragraph.lines[0].body) < 0.5 * line.height
    below = abs(line.left - before.left) < 2 or hanging
    full = _is_full(before, line) or (parted and together and below and step <= 1.05 * usual)
    if line.mark and (line.mark in _STRONG_MARKS or not (full and hanging) or _is_list_mark(paragraph, line)):
        return False
    text, first = before.text, line.text[0]
    if text.endswith(_HYPHENS) and first.islower():
        return True
    if first.islower() and not _SENTENCE_END.search(text):
        return True
    if not line.bold and not _SENTENCE_END.search(text) and (not together or step <= 1.05 * usual):
        # A sentence that is not at its end, in a paragraph that may be narrower than its column.
        even = abs((line.left - line.margin) - (before.body - before.margin)) < 0.5 * line.height
        full = full or (even and before.right - before.margin > 0.7 * (before.edge - before.margin))
    open_ended = bool(paragraph.lines[0].mark) or not _SENTENCE_END.search(text) or len(paragraph.lines) > 1
    return full and (together or open_ended)


def _is_list_mark(paragraph: _Paragraph, line: Line) -> bool:
    """Whether a dash, letter or number before the words is a mark: set apart as marks are, or at the list's margin."""
    return line.body - line.left > (len(line.mark) * 0.6 + 0.55) * line.height or (
        bool(paragraph.lines[0].mark) and abs(line.left - paragraph.lines[0].left) < 2
    )


def _write(paragraphs: Sequence[_Paragraph], page_count: int) -> tuple[str, tuple[int, ...]]:
    words = _whole_words(paragraphs)
    breaks_words = _breaks_words(paragraphs, words)
    levels = _levels(paragraphs)
    parts: list[str] = []
    length = 0
    starts: list[int] = []

    def put(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    for paragraph in paragraphs:
        if parts:
            put("\n\n")
        first = paragraph.lines[0]
        while len(starts) <= paragraph.pages[0]:
            starts.append(length)
        if first.mark:
            put("  " * levels[_indent(first)])
        previous = ""
        for line, page in zip(paragraph.lines, paragraph.pages, strict=True):
            if previous:
                joint = _joint(previous, line.text, words, breaks_words=breaks_words)
                if joint is None:
                    parts[-1] = parts[-1].rstrip("".join(_HYPHENS))
                    length -= len(previous) - len(previous.rstrip("".join(_HYPHENS)))
                else:
                    put(joint)
            while len(starts) <= page:
                starts.append(length)
            put(line.text)
            previous = line.text
    starts.extend([length] * (page_count - len(starts)))
    return "".join(parts), tuple(starts)


def _whole_words(paragraphs: Sequence[_Paragraph]) -> Counter[str]:
    """Return how often each word stands unbroken in the document."""
    words: Counter[str] = Counter()
    for paragraph in paragraphs:
        broken = False
        for line in paragraph.lines:
            found = _WORD.findall(line.text)
            goes_on = line.text.endswith(_HYPHENS)
            words.update(word.casefold() for word in found[broken : len(found) - goes_on])
            broken = goes_on
    return words


def _indent(line: Line) -> float:
    return round(line.left - line.margin, 1)


def _levels(paragraphs: Sequence[_Paragraph]) -> dict[float, int]:
    """Return for each distance of list marks from the left of their column its depth in the list."""
    levels: dict[float, int] = {}
    level, begun = -1, -_SAME_LEVEL
    for indent in sorted({_indent(p.lines[0]) for p in paragraphs if p.lines[0].mark}):
        # A column that holds nothing but a list begins where its marks stand, others a little before.
        if indent - begun >= _SAME_LEVEL:
            level, begun = level + 1, indent
        levels[indent] = level
    return levels


def _joint(before: str, after: str, words: Counter[str], *, breaks_words: bool) -> str | None:
    """Return what stands between two lines of a paragraph: a space, nothing after a hyphen, or None to drop the hyphen.

    A hyphen at the line's end goes if the document has the word in one elsewhere, and stays if it has it with the
    hyphen. Where it has neither, the hyphen stays if its halves are words: both of them in a document that does break
    words at line ends, the first in one that does not.
    """
    if before.endswith("\u00ad"):
        return None
    halves = _halves(before, after)
    if halves is None:
        return "" if before.endswith(_HYPHENS) and not before.endswith((" -", "--")) else " "
    left, right = halves
    whole, compound = words[left + right], words[f"{left}-{right}"]
    if whole or compound:
        return "" if compound >= whole else None
    if len(left) == 1 or left in _KEPT_PREFIXES or (words[left] and (words[right] or not breaks_words)):
        return ""
    return None


def _halves(before: str, after: str) -> tuple[str, str] | None:
    """Return the two parts of a word that a hyphen at the line's end parts, folded; None if there is none."""
    left, right = re.search(r"([^\W\d_]+)[-\u2010]$", before), re.match(r"[^\W\d_]+", after)
    return (left[1].casefold(), right[0].casefold()) if left and right and after[0].islower() else None


def _breaks_words(paragraphs: Sequence[_Paragraph], words: Counter[str]) -> bool:
    """Whether words are broken at line ends: such as the document has elsewhere in one."""
    halves = (_halves(a.text, b.text) for p in paragraphs for a, b in pairwise(p.lines))
    return sum(bool(words["".join(both)]) for both in halves if both) >= 2
