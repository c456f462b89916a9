"""Heads in the margin: short lines on the left, each beside the first line of the part that it heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.readers.printed import Line

_LETTERS = re.compile(r"[A-Za-z]{3}")
_MOST_LINES = 5
_MOST_WORDS = 12
_SHARE = 0.4
"""The width of the margin, at most, and of its lines beside those of the text, as shares."""
_FEWEST = 3
"""Lines of text beside a single head: two cells and a line below them are no page with a margin."""


def side_heads(left: Sequence[Line], right: Sequence[Line]) -> list[list[Line]]:
    """Return the heads that the ``left`` lines are to the ``right`` ones, from the top; none if they are no heads.

    A head is a few words, no sentence, on the same height as a line of the text; heads are far fewer than its lines.
    """
    groups = _groups(left)
    width = max(x.right for x in left) - min(x.left for x in left)
    narrow = width <= _SHARE * (max(x.right for x in right) - min(x.left for x in left))
    if not narrow or len(left) > _SHARE * len(right):
        return []
    return groups if all(_is_head(group) and _beside(group[0], right) is not None for group in groups) else []


def beside_one_head(lines: Sequence[Line]) -> tuple[float, float] | None:
    """Return the strip between the only head in the margin of a page and its text, or None if there is no such head."""
    first = min(lines, key=lambda x: x.left, default=None)
    if first is None:
        return None
    others = [x for x in lines if x is not first]
    if len(others) < _FEWEST or not _is_head([first]) or _beside(first, others) is None:
        return None
    start = min(x.left for x in others)
    narrow = first.right - first.left <= _SHARE * (max(x.right for x in others) - first.left)
    return (first.right, start) if narrow and start - first.right >= max(7.0, first.height) else None


def with_heads(heads: Sequence[Sequence[Line]], lines: Sequence[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Yield each head with the lines beside and below it, from the top; first those above all heads, with no head."""
    bases = [_beside(head[0], lines) or head[0].base for head in heads]
    above = [x for x in lines if not bases or x.base > bases[0] + 0.1]
    yield [], above
    for head, base, below in zip(heads, bases, [*bases[1:], float("-inf")], strict=True):
        yield list(head), [x for x in lines if below + 0.1 < x.base <= base + 0.1]


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines grouped by what stands close together, from the top."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: (-x.base, x.left)):
        if groups and groups[-1][-1].base - line.base < 1.7 * line.height:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_head(group: Sequence[Line]) -> bool:
    text = " ".join(x.text for x in group)
    few = len(group) <= _MOST_LINES and len(text.split()) <= _MOST_WORDS
    return few and bool(_LETTERS.search(text)) and not text.rstrip().endswith((".", ",", ";")) and not group[0].mark


def _beside(head: Line, lines: Sequence[Line]) -> float | None:
    """Return the height of the line of the text that a head's first line stands beside, or None if there is none."""
    near = [x.base for x in lines if abs(x.base - head.base) < 0.5 * max(x.height, head.height)]
    return max(near, default=None)
