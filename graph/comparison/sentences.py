"""Sentence against sentence: repeated, moved, reworded, new or gone, with the words that differ."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\w+(?:[.,'\u2019-]\w+)*|[^\w\s]")
_NUMBER = re.compile(r"\d[\d,.]*%?")
ALIKE, ALIKE_ELSEWHERE = 0.6, 0.75
"""Share of words that two sentences have in common, in order, to be one reworded: under the same heading, and not."""


class Change(StrEnum):
    """What became of a sentence from one report to the other."""

    NEW = "new"
    GONE = "gone"
    REWORDED = "reworded"
    MOVED = "moved"
    """The same words under another promise or area."""
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report and the headings it stands under."""

    report: str
    passage: str
    """Address of the item, or of the passage that prints a promise."""
    item: int
    """Number of the item; 0 for the words of a promise."""
    commitment: str
    area: str
    start: int
    end: int
    text: str
    operations: frozenset[str] = frozenset()
    """The operations that it names."""

    @property
    def place(self) -> tuple[str, str, bool]:
        """The headings above it, and whether it is a promise itself; the number of a promise may change."""
        return (self.commitment, self.area, False) if self.item else ("", "", True)

    @property
    def folded(self) -> str:
        """Its words without their spacing."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """What became of one sentence; ``before`` is None for a new one, ``after`` for one that is gone."""

    change: Change
    before: Sentence | None
    after: Sentence | None
    alike: float = 0.0
    """Share of the words in common, in order, from 0 to 1."""
    numbers_only: bool = False
    """Reworded in its numbers and nothing else."""
    moved: bool = False
    """Reworded and under another promise or area."""


def compare_sentences(before: Sequence[Sentence], after: Sequence[Sentence]) -> list[SentenceChange]:
    """Return what became of each sentence, each once: in the order of ``after``, then those that are gone.

    The same words are paired first, those under the same headings before others; then the most alike.
    """
    left, found = list(before), list[SentenceChange]()
    right: list[Sentence] = []
    for one in _paired(left, after, lambda s: (s.place, s.folded), right):
        found.append(SentenceChange(Change.SAME, *one, alike=1.0))
    still: list[Sentence] = []
    for one in _paired(left, right, lambda s: (s.item > 0, s.folded), still):
        found.append(SentenceChange(Change.MOVED, *one, alike=1.0, moved=True))
    for alike, old, new in _reworded(left, still):
        left.remove(old)
        still.remove(new)
        numbers = _NUMBER.sub("#", old.folded) == _NUMBER.sub("#", new.folded)
        found.append(SentenceChange(Change.REWORDED, old, new, round(alike, 3), numbers, old.place != new.place))
    found += [SentenceChange(Change.NEW, None, new) for new in still]
    gone = [SentenceChange(Change.GONE, old, None) for old in left]
    return sorted(found, key=lambda c: c.after.start if c.after else 0) + gone


def _paired(
    left: list[Sentence], right: Iterable[Sentence], key: Callable[[Sentence], Hashable], rest: list[Sentence]
) -> list[tuple[Sentence, Sentence]]:
    """Pair sentences of equal ``key``, in order; take them out of ``left``, and put what has no pair into ``rest``."""
    waiting: dict[Hashable, list[Sentence]] = defaultdict(list)
    for sentence in left:
        waiting[key(sentence)].append(sentence)
    pairs = []
    for sentence in right:
        if waiting[key(sentence)]:
            old = waiting[key(sentence)].pop(0)
            left.remove(old)
            pairs.append((old, sentence))
        else:
            rest.append(sentence)
    return pairs


def _reworded(left: Sequence[Sentence], right: Sequence[Sentence]) -> list[tuple[float, Sentence, Sentence]]:
    """Return the pairs that are one sentence reworded, the most alike first, no sentence twice."""
    words = {id(s): _WORD.findall(s.text.casefold()) for s in (*left, *right)}
    counts = {key: Counter(found) for key, found in words.items()}
    scored = []
    for old in left:
        for new in right:
            # Two operations may be told of in the same words: that is not one sentence reworded.
            others = old.operations and new.operations and old.operations.isdisjoint(new.operations)
            if bool(old.item) != bool(new.item) or others:
                continue
            least = ALIKE if old.place == new.place else ALIKE_ELSEWHERE
            total = len(words[id(old)]) + len(words[id(new)])
            # What they share in any order is the most that they can share in order, and much cheaper to count.
            if not total or 2 * (counts[id(old)] & counts[id(new)]).total() < least * total:
                continue
            alike = SequenceMatcher(None, words[id(old)], words[id(new)], autojunk=False).ratio()
            if alike >= least:
                scored.append((old.place != new.place, -alike, old.start, new.start, old, new))
    chosen, taken = [], set[int]()
    for _, distance, _, _, old, new in sorted(scored, key=lambda s: s[:4]):
        if id(old) not in taken and id(new) not in taken:
            taken |= {id(old), id(new)}
            chosen.append((-distance, old, new))
    return chosen


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that both sentences have ("="), only the earlier ("-") or only the later ("+")."""

    sign: str
    text: str


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """Return how ``before`` became ``after``: "=" and "+" together are the later words, "=" and "-" the earlier."""
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[a:b] == new[c:d]:
            pieces.append(Piece("=", " ".join(new[c:d])))
            continue
        pieces += [Piece(sign, " ".join(part)) for sign, part in (("-", old[a:b]), ("+", new[c:d])) if part]
    return tuple(pieces)
