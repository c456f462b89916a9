"""What was not read: sentences and numbers of a report that gave no statement, and how much of each part did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.mentions.periods import find_periods
from graph.mentions.sentences import sentences
from graph.model import Reading, Span

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


@dataclass(frozen=True, slots=True)
class Told:
    """A passage that reports something, the part of the report that it counts for, and what was read in it.

    ``read`` holds start and end of its mentions and figures, in the offsets of the stored text as ``start`` is.
    """

    start: int
    text: str
    section: str
    read: tuple[tuple[int, int], ...]


def find_unread(reading: Reading) -> Unread:
    """Return what ``reading`` leaves out: see ``unread_of``."""
    told = (
        Told(
            item.start,
            item.text,
            item.commitment,
            (
                *((m.start, m.end) for m in reading.of_item[item.number]),
                *((f.start, f.end) for f in reading.figures_of[item.number]),
            ),
        )
        for item in reading.report.items
    )
    return unread_of(told, [Span(u.start, u.end, u.text) for u in reading.report.unplaced])


def unread_of(passages: Iterable[Told], unplaced: Sequence[Span]) -> Unread:
    """Return the sentences of ``passages`` that name and count nothing, ``unplaced`` prose, and numbers left over.

    A number inside a date, a period or a name is read: it is part of what those say.
    """
    left: list[Span] = list(unplaced)
    numbers: list[Span] = []
    counts: dict[str, list[int]] = {}
    if unplaced:
        counts[""] = [len(unplaced), 0]
    for passage in passages:
        count = counts.setdefault(passage.section, [0, 0])
        for sentence in _sentences(passage):
            count[0] += 1
            if any(s < sentence.end and sentence.start < e for s, e in passage.read):
                count[1] += 1
            else:
                left.append(sentence)
        periods = [(passage.start + p.start, passage.start + p.end) for p in find_periods(passage.text)]
        known = (*passage.read, *periods)
        numbers += [n for n in _numbers(passage) if not any(s < n.end and n.start < e for s, e in known)]
    return Unread(
        tuple(sorted(left, key=lambda s: s.start)),
        tuple(numbers),
        {key: Coverage(total, read) for key, (total, read) in sorted(counts.items())},
    )


def _sentences(passage: Told) -> list[Span]:
    found = []
    for start, end in sentences(passage.text):
        text = passage.text[start:end].rstrip()
        if text and not _ORIGIN.fullmatch(text):
            found.append(Span(passage.start + start, passage.start + start + len(text), text))
    return found


def _numbers(passage: Told) -> list[Span]:
    origin = _ORIGIN.search(passage.text)
    until = origin.start() if origin else len(passage.text)
    return [
        Span(passage.start + m.start(), passage.start + m.end(), m.group())
        for m in _NUMBER.finditer(passage.text)
        if m.start() < until
    ]
