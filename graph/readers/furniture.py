"""Takes running heads, running feet and page numbers off printed pages, so that sentences go on over the page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from graph.readers.printed import Line

_PAGE_NUMBER = re.compile(r"^(?:[-\u2013|]\s*)?(?:page\s+)?#(?:\s*(?:of|/)\s*#)?(?:\s*[-\u2013|])?$", re.IGNORECASE)
_OUTERMOST = 3
"""Running heads and feet are looked for among this many lines from the top and from the foot of a page."""
_COVER = 20
"""A page of no more lines before any list is taken for a cover."""
_PURE = 0.4
"""A running line fills its place on at least this share of the pages that have a line in that place."""


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without running heads, running feet and page numbers.

    What a running line says stays where it is met first if that is a cover, or the head of a page before any list:
    covers often leave the quarter to it.
    """
    places: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    filled: defaultdict[int, set[int]] = defaultdict(set)
    outer = [_outermost(page) for page in pages]
    for number, lines in enumerate(outer):
        for line in lines:
            # "- 4 -" looks like an item of a list.
            if not line.mark or _PAGE_NUMBER.match(_key(line)[0]):
                places[_key(line)].add(number)
            filled[_key(line)[1]].add(number)
    running = {
        key
        for key, on in places.items()
        if len(on) >= (2 if _PAGE_NUMBER.match(key[0]) else min(3, max(2, len(pages) // 2 + 1)))
        and len(on) >= _PURE * len(filled[key[1]])
        and not key[0].endswith(":")
    }
    out: list[list[Line]] = []
    said: set[str] = set()
    in_body = False
    for page, candidates in zip(pages, outer, strict=True):
        dropped = {id(line) for line in candidates if _key(line) in running}
        kept: list[Line] = []
        for line in page:
            if id(line) in dropped:
                text = _key(line)[0]
                head_of_page = line.base >= page[len(page) // 2].base
                if in_body or not (head_of_page or len(page) <= _COVER) or text in said or _PAGE_NUMBER.match(text):
                    continue
                said.add(text)
            in_body = in_body or bool(line.mark)
            kept.append(line)
        out.append(kept)
    return out


def _outermost(page: Sequence[Line]) -> list[Line]:
    order = sorted(page, key=lambda line: -line.base)
    return [*order[:_OUTERMOST], *order[max(_OUTERMOST, len(order) - _OUTERMOST) :]]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.strip()), round(line.base / 6)
