"""Puts what a page shows into the order in which a person reads it: columns, one after the other; tables, row by row.

A gutter is a strip that next to nothing crosses. The lines that do cross it (a title over two columns) part the page
into bands, and each band is read column by column, unless its columns go together row by row: then it is a table. Heads
that stand in the margin, each beside the first line of its part, come before that part.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.readers.printed import Dot, Line, Rule, Run
from graph.readers.side_heads import beside_one_head, side_heads, with_heads

MARK = re.compile(
    r"^(?:[-*\u2022\u2023\u25aa\u25cf\u25e6\u2219\u00b7\u2013\u2014\u25a0\u25ab\u25cb\u27a2\u2713\u00a7o]"
    r"|[\uf000-\uf0ff]|\(?\d{1,3}[.)]|\(?[a-z][.)])$"
)
"""A mark before the words of a list."""
_PAGE_REFERENCE = re.compile(r"^\d{1,3}(?:\s*[-\u2013]\s*\d{1,3})?$")
CELL = " | "
"""What parts the cells of a table's row."""
MAX_DEPTH = 6
"""How often columns may stand within columns."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that stand between two edges."""

    lines: list[Line]
    margin: float
    edge: float


def printed_lines(runs: Sequence[Run], dots: Sequence[Dot] = ()) -> list[Line]:
    """Return ``runs`` from the top, each from the left, with list marks and near neighbours joined to their words.

    A dot drawn before words is the mark of a list, as some programs draw what others write.
    """
    rows = _rows(_as_line(run) for run in runs if run.text)
    heights = [-row[0].base for row in rows]
    for dot in dots:
        n = bisect_left(heights, -dot.middle)
        first = rows[n][0] if n < len(rows) else None
        if first and dot.middle < first.base + 0.7 * first.height and 0 < first.left - dot.right < 2.5 * first.height:
            rows[n].insert(0, replace(first, text="\u2022", left=dot.left, right=dot.right, body=dot.left))
    return [line for row in rows for line in _marked(row)]


def in_reading_order(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Line]:
    """Return the printed lines of a page in reading order, each with the edges of its column."""
    if not lines:
        return []
    whole = _Block(list(lines), min(line.left for line in lines), max(line.right for line in lines))
    return [
        replace(line, column=n, margin=block.margin, edge=block.edge)
        for n, block in enumerate(_blocks(whole, rules, 0))
        for line in block.lines
    ]


def _as_line(run: Run) -> Line:
    return Line(run.text, run.left, run.right, run.base, run.height, run.bold, run.left)


def _rows(lines: Iterator[Line] | Sequence[Line]) -> list[list[Line]]:
    """Return the lines grouped by what stands on one base line, from the top, each row from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: (-x.base, x.left)):
        if rows and abs(rows[-1][0].base - line.base) < 0.35 * max(line.height, rows[-1][0].height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda x: x.left) for row in rows]


def _marked(row: Sequence[Line]) -> list[Line]:
    """Return a row with each list mark joined to the words it stands before, and near neighbours joined."""
    out: list[Line] = []
    for line in row:
        before = out[-1] if out else None
        gap = line.left - before.right if before else 0.0
        if before and MARK.match(before.text) and gap < 5 * line.height:
            out[-1] = replace(
                line, text=f"{before.text} {line.text}", left=before.left, body=line.left, mark=before.text
            )
        elif before and gap < 0.9 * line.height:
            out[-1] = _join(before, line, "" if gap < 0.12 * line.height else " ")
        else:
            out.append(_with_own_mark(line))
    return out


def _with_own_mark(line: Line) -> Line:
    """Recognise a mark that was set with its words: one run of characters, or a glyph with no space after it."""
    head, space, rest = line.text.partition(" ")
    if not space and line.text and line.text[0] in "\u2022\u25aa\u25cf\uf0b7" and len(line.text) > 1:
        head, rest = line.text[0], line.text[1:]
    if not rest.strip() or not MARK.match(head):
        return line
    width = (line.right - line.left) / len(line.text)
    return replace(line, text=f"{head} {rest.strip()}", body=line.left + width * (len(head) + 1), mark=head)


def _join(first: Line, second: Line, between: str) -> Line:
    longer = first if len(first.text) >= len(second.text) else second
    return replace(
        first,
        text=first.text + between + second.text,
        right=max(first.right, second.right),
        height=longer.height,
        bold=first.bold and second.bold,
    )


def _blocks(whole: _Block, rules: Sequence[Rule], depth: int) -> Iterator[_Block]:
    """Yield the columns, cells and plain stretches of ``whole`` in reading order."""
    gutter = (_gutter(whole.lines) or beside_one_head(whole.lines)) if depth < MAX_DEPTH else None
    if gutter is None:
        yield replace(whole, lines=[_across(row, " ") for row in _rows(whole.lines)])
        return
    for band in _bands(whole.lines, *gutter):
        left = _Block([line for line in band if line.right <= gutter[0]], whole.margin, gutter[0])
        right = _Block([line for line in band if line.left >= gutter[1]], gutter[1], whole.edge)
        if len(left.lines) + len(right.lines) < len(band):
            yield from _blocks(replace(whole, lines=band), rules, depth + 1)
        elif left.lines and right.lines and (heads := side_heads(left.lines, right.lines)):
            for head, part in with_heads(heads, right.lines):
                if head:
                    yield replace(left, lines=[replace(line, head=True) for line in head])
                if part:
                    yield from _blocks(replace(right, lines=part), rules, depth + 1)
        elif left.lines and right.lines and (rows := _table(left.lines, right.lines, rules, gutter)):
            yield from (_Block(row, row[0].left, max(line.right for line in row)) for row in rows)
        else:
            for side in (left, right):
                if side.lines:
                    yield from _blocks(side, rules, depth + 1)


def _gutter(lines: Sequence[Line]) -> tuple[float, float] | None:
    """Return the strip, if any, that best parts the lines into a left and a right side.

    A strip counts if it is wider than a word space and few lines cross it; lines that do are titles over both sides.
    """
    if len(lines) < 4:
        return None
    spread = sorted(line.height for line in lines)[len(lines) // 2]
    lefts = sorted(line.left for line in lines)
    rights = sorted(line.right for line in lines)
    best: tuple[float, tuple[float, float]] | None = None
    # Between two neighbouring right and left ends the number of lines across stays the same: only those are tried.
    started = ended = 0
    while started < len(lefts):
        while ended < len(rights) and rights[ended] <= lefts[started] + 0.5:
            ended += 1
        after = len(lefts) - started
        across = started - ended
        if ended and after >= 2 and ended >= 2 and across <= 0.4 * len(lines):
            start, end = rights[ended - 1], lefts[started]
            if end - start >= max(7.0, 0.7 * spread):
                score = min(ended, after) * min(end - start, 4 * spread) / (1 + across)
                if best is None or score > best[0]:
                    best = score, (start, end)
        started += 1
    return best[1] if best else None


def _bands(lines: Sequence[Line], left_edge: float, right_edge: float) -> Iterator[list[Line]]:
    """Yield the lines that cross the gutter and, between them, those that keep to one side, from the top."""
    band: list[Line] = []
    crossing: list[Line] = []
    for line in sorted(lines, key=lambda x: (-x.base, x.left)):
        crosses = line.left < right_edge and line.right > left_edge
        if crosses and band:
            yield band
            band = []
        if not crosses and crossing:
            yield crossing
            crossing = []
        (crossing if crosses else band).append(line)
    yield from (part for part in (crossing, band) if part)


def _table(
    left: list[Line], right: list[Line], rules: Sequence[Rule], gutter: tuple[float, float]
) -> list[list[Line]] | None:
    """Return the rows of a table, each a block (or a block a cell), or None if the two sides are columns of prose."""
    lines = left + right
    top, bottom = max(x.base for x in lines), min(x.base for x in lines)
    parting = sorted({round(r.y) for r in rules if r.left < gutter[0] and r.right > gutter[1] and bottom < r.y < top})
    on_one_line = _share_on_one_line(left, right)
    few_words = min(_words(left), _words(right)) <= 3
    if on_one_line >= 0.8 and few_words:
        rows = _rows(lines)
    elif parting:
        rows = _between(lines, [float(y) for y in parting])
    else:
        rows = _between(lines, _gaps(lines))
        tops = [_aligned_tops(row, gutter) for row in rows]
        if len(rows) < 3 or sum(tops) < 0.8 * len(rows):
            return None
    if len(rows) <= 2 and on_one_line == 1 and len(lines) <= 4:
        return [[_across(row, " ")] for row in _rows(lines)]
    contents = all(_PAGE_REFERENCE.match(line.text) for line in right)
    return [block for row in rows for block in _row_blocks(row, "\t" if contents else CELL)]


def _row_blocks(row: Sequence[Line], between: str) -> Iterator[list[Line]]:
    """Yield a row as one line if its cells are short, else cell after cell."""
    cells = _cells(row)
    if any(line.mark for line in row) or any(len(" ".join(x.text for x in cell).split()) > 12 for cell in cells):
        yield from ([_across(line, " ") for line in _rows(cell)] for cell in cells)
    else:
        joined = [" ".join(x.text for part in _rows(cell) for x in part) for cell in cells]
        first = row[0]
        yield [replace(first, text=between.join(joined), right=max(x.right for x in row), mark="", body=first.left)]


def _cells(row: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of a row grouped by what overlaps from left to right."""
    cells: list[list[Line]] = []
    reach = 0.0
    for line in sorted(row, key=lambda x: x.left):
        if cells and line.left < reach:
            cells[-1].append(line)
        else:
            cells.append([line])
            reach = line.right
        reach = max(reach, line.right)
    return cells


def _words(lines: Sequence[Line]) -> float:
    return sum(len(line.text.split()) for line in lines) / len(lines)


def _share_on_one_line(left: Sequence[Line], right: Sequence[Line]) -> float:
    """Return what share of the shorter side stands on base lines of the other."""
    fewer, more = sorted((left, right), key=len)
    bases: defaultdict[int, list[float]] = defaultdict(list)
    for line in more:
        bases[round(line.base)].append(line.base)
    near = sum(
        any(abs(base - line.base) < 0.3 * line.height for n in (-1, 0, 1) for base in bases[round(line.base) + n])
        for line in fewer
    )
    return near / len(fewer)


def _gaps(lines: Sequence[Line]) -> list[float]:
    """Return the heights at which the lines, taken together, leave a gap wider than lines of a paragraph do."""
    gaps: list[float] = []
    foot: float | None = None
    for line in sorted(lines, key=lambda x: -x.base):
        if foot is not None and foot - (line.base + 0.8 * line.height) > 0.35 * line.height:
            gaps.append(foot)
        foot = min(foot, line.base - 0.2 * line.height) if foot is not None else line.base - 0.2 * line.height
    return gaps


def _between(lines: Sequence[Line], heights: Sequence[float]) -> list[list[Line]]:
    """Return the lines grouped by the heights that part them, from the top."""
    rows: defaultdict[int, list[Line]] = defaultdict(list)
    partings = sorted(heights)
    for line in sorted(lines, key=lambda x: (-x.base, x.left)):
        rows[-bisect_left(partings, line.base)].append(line)
    return [rows[key] for key in sorted(rows)]


def _aligned_tops(row: Sequence[Line], gutter: tuple[float, float]) -> bool:
    left = [line.base for line in row if line.right <= gutter[0]]
    right = [line.base for line in row if line.left >= gutter[1]]
    return bool(left and right) and abs(max(left) - max(right)) < 0.3 * row[0].height


def _across(row: Sequence[Line], between: str) -> Line:
    """Return the lines of a row as one."""
    joined = row[0]
    for line in row[1:]:
        joined = _join(joined, line, between)
    return joined
