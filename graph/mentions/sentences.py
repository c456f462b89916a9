"""Sentences of an item and the stretches inside them that one figure belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right

_END = re.compile(r"[.!?][)\"'’”]*\s+(?=[\"'‘“(]?[A-Z0-9£])|\n\s*\n|\n\s*(?=[-•*]\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:St|Dr|Mr|Mrs|Ms|No|Nos|approx|approximately|c|ca|vs|v|e\.g|i\.e|etc|dept|fig|para|Supt|Insp|Sgt|p"
    r"|pp)|\b[A-Z])$"
)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence, in order, together covering the text."""
    starts = [0]
    for match in _END.finditer(text):
        if text[match.start()] == "." and _ABBREVIATION.search(text[max(0, match.start() - 14) : match.start()]):
            continue
        starts.append(match.end())
    starts = sorted({s for s in starts if s < len(text)} | {0})
    return tuple(zip(starts, [*starts[1:], len(text)], strict=True))


def sentence_at(spans: tuple[tuple[int, int], ...], position: int) -> tuple[int, int]:
    """The sentence that holds the position."""
    return spans[max(0, bisect_right(spans, (position, float("inf"))) - 1)]
