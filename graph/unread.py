"""What was not read: sentences and numbers of a report that gave no statement, and how much of each part did."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.mentions.periods import find_periods
from graph.mentions.sentences import sentences
from graph.model import Item, Reading, Span

_NUMBER = re.compile(r"(?<![\w.,])[\u00a3$\u20ac]?\d[\d,]*(?:\.\d+)?%?")
_ORIGIN = re.compile(r"\[[^\[\]]*\]$")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of one part of a report was read."""

    sentences: int
    read: int

    @property
    def share(self) -> float:
        """Share of the sentences that gave a statement; 1 where there are none."""
        return self.read / self.sentences if self.sentences else 1.0


@dataclass(frozen=True, slots=True)
class Unread:
    """What a reading leaves out, in reading order, and its coverage by commitment ("" for prose under none)."""

    sentences: tuple[Span, ...]
    numbers: tuple[Span, ...]
    coverage: dict[str, Coverage]


def find_unread(reading: Reading) -> Unread:
    """Return the sentences of items that name and count nothing, prose that is no item, and numbers no figure holds.

    A number inside a date, a period or a name is read: it is part of what those say.
    """
    left: list[Span] = list(reading.report.unplaced)
    numbers: list[Span] = []
    counts: dict[str, list[int]] = {}
    if reading.report.unplaced:
        counts[""] = [len(reading.report.unplaced), 0]
    for item in reading.report.items:
        spans = [(m.start, m.end) for m in reading.of_item[item.number]]
        figures = [(f.start, f.end) for f in reading.figures_of[item.number]]
        count = counts.setdefault(item.commitment, [0, 0])
        for sentence in _sentences(item):
            count[0] += 1
            if any(s < sentence.end and sentence.start < e for s, e in (*spans, *figures)):
                count[1] += 1
            else:
                left.append(sentence)
        periods = [(item.start + p.start, item.start + p.end) for p in find_periods(item.text)]
        known = (*spans, *figures, *periods)
        numbers += [n for n in _numbers(item) if not any(s < n.end and n.start < e for s, e in known)]
    return Unread(
        tuple(sorted(left, key=lambda s: s.start)),
        tuple(numbers),
        {key: Coverage(total, read) for key, (total, read) in sorted(counts.items())},
    )


def _sentences(item: Item) -> list[Span]:
    found = []
    for start, end in sentences(item.text):
        text = item.text[start:end].rstrip()
        if text and not _ORIGIN.fullmatch(text):
            found.append(Span(item.start + start, item.start + start + len(text), text))
    return found


def _numbers(item: Item) -> list[Span]:
    origin = _ORIGIN.search(item.text)
    until = origin.start() if origin else len(item.text)
    return [
        Span(item.start + m.start(), item.start + m.end(), m.group())
        for m in _NUMBER.finditer(item.text)
        if m.start() < until
    ]
