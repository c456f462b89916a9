"""Which measure of the vocabulary a figure gives a value for.

A pattern is a sequence of words that occur in that order in the sentence; other words and the number itself may
stand between. Of the patterns that fit, the most specific one near the number wins.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.model import Role

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?%?")
_UNITS = {"num": "count", "percent": "percent", "sec": "second", "hr": "hour", "ccy_gbp": "GBP", "per-day": "per-day"}
_REACH = 18
_MAX_GAP = 6
_WINDOW = 200
_LEAST = 7.0
_LABEL = frozenset({":", "(", "-", "–", "="})
# Words that follow another number in its own clause are that number's.
_TAKEN = re.compile(r"(?<![\w(])(?!999|101)\d[\d,.]*[^;:.,\d]*$")
_OTHER_NUMBER = re.compile(r"(?<![\w(])(?!999|101)\d[\d,.]*")
_LINKING = frozenset(
    """a an and as at been by for from had has have if in is it its of on or that the their they this to was were which
    who with""".split()
)
_GENERAL = frozenset(
    """average case change count figure hour incident main new number offence people person rate recorded report share
    time total""".split()
)
_STEM = 6
_CHANGES = frozenset({Role.CHANGE_ABS, Role.CHANGE_PCT})


@dataclass(frozen=True, slots=True)
class MeasurePattern:
    """A measure of the vocabulary with the word sequences that give it away.

    ``unit`` may be one of our unit names ("count") or the last part of a QUDT unit's address ("NUM", "PER-DAY").
    """

    key: str
    label: str
    unit: str
    words: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, key: str, label: str, unit: str, patterns: Iterable[str]) -> MeasurePattern:
        """A measure whose patterns are given as text: "average answer time for public calls"."""
        sequences = (tuple(_norm(w) for w in _TOKEN.findall(p)) for p in patterns)
        return cls(key, label, unit, tuple(s for s in sequences if s))


@dataclass(frozen=True, slots=True)
class _Word:
    norm: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def _norm(word: str) -> str:
    """Lower case, no possessive, no plural: enough for "arrests" to find "arrest"."""
    low = re.sub(r"['’]s$", "", word.casefold())
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith("ss") else low


def _unit_name(unit: str) -> str:
    last = re.split(r"[/#]", unit)[-1]
    return _UNITS.get(last.casefold(), last)


class Words:
    """The words of a text, split once for all the numbers in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [_Word(_norm(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]
        self.starts = [w.start for w in self.words]

    def all(self) -> frozenset[str]:
        """Every word, each once."""
        return frozenset(w.norm for w in self.words)

    def between(self, start: int, end: int) -> list[_Word]:
        """The words that begin in that stretch of the text."""
        return self.words[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


class MeasureIndex:
    """The patterns of all measures, by their first word."""

    def __init__(self, measures: Iterable[MeasurePattern]) -> None:
        self.patterns: dict[str, list[tuple[str, str, tuple[str, ...], frozenset[str]]]] = {}
        for measure in measures:
            for words in measure.words:
                normal = tuple(_norm(w) for w in words)
                entry = measure.key, _unit_name(measure.unit), normal, _needed(measure.label, normal)
                self.patterns.setdefault(normal[0], []).append(entry)

    def match(
        self,
        words: Words,
        sentence: tuple[int, int],
        number: tuple[int, int],
        unit: str,
        role: Role,
        *,
        counted: bool = False,
        context: frozenset[str] = frozenset(),
    ) -> str:
        """The key of the measure that the number (its start and end in the text) gives a value for, or "".

        Only a measure of the figure's own unit fits; a change may also be a change of a measure in another unit.
        ``counted``: a noun follows the number and says what it counts, so words before it weigh less. ``context``:
        words of the heading and the item, which must agree where a pattern is a single word ("volunteers").
        """
        near = words.between(max(sentence[0], number[0] - _WINDOW), min(sentence[1], number[1] + _WINDOW))
        place = next((i for i, w in enumerate(near) if w.end > number[0]), len(near))
        first = max(0, place - 2 * _REACH)
        near, place = near[first : place + 2 * _REACH], place - first
        # The figure's own number is no part of a pattern; its unit is ("hours of patrol"), and "101" elsewhere is.
        spoken = [
            i
            for i, w in enumerate(near)
            if not (w.start < number[1] and w.end > number[0] and (w.norm[0].isdigit() or i == place))
        ]
        best: tuple[float, str] = (_LEAST, "")
        for position, start in enumerate(spoken):
            if abs(start - place) > _REACH:
                continue
            for key, wanted, pattern, needed in self.patterns.get(near[start].norm, ()):
                if not _fits(wanted, unit, role) or 2 * len(needed & context) < len(needed):
                    continue
                last, skipped = _window(near, spoken, position, pattern)
                if last < 0:
                    continue
                cost = _distance(near[start], near[last], number, words.text, sentence[0], counted=counted)
                best = max(best, (4 * len(pattern) + 8 - 1.5 * skipped - cost, key), key=lambda found: found[0])
        return best[1]


def match_measure(
    sentence: str,
    number: tuple[int, int],
    unit: str,
    role: Role,
    measures: Sequence[MeasurePattern],
    *,
    counted: bool = False,
) -> str:
    """The key of the measure that the number (start and end in the sentence) gives a value for, or ""."""
    words = Words(sentence)
    return MeasureIndex(measures).match(
        words, (0, len(sentence)), number, unit, role, counted=counted, context=words.all()
    )


def _needed(label: str, pattern: tuple[str, ...]) -> frozenset[str]:
    """Words of a measure's label of which half must stand in the item for a pattern of one telling word to count.

    "Volunteers" alone says nothing of a Speed Watch; "Speed Watch" and "volunteers" in one item do. Initials
    ("VPCs") need no help.
    """
    telling = [w for w in pattern if w not in _LINKING]
    if len(telling) != 1 or not any(vowel in telling[0] for vowel in "aeiou"):
        return frozenset()
    return frozenset(
        word
        for word in map(_norm, _TOKEN.findall(label))
        if word not in _LINKING | _GENERAL and word[:_STEM] != telling[0][:_STEM]
    )


def _fits(wanted: str, unit: str, role: Role) -> bool:
    if wanted == unit:
        return True
    return role in _CHANGES and (unit in {"percent", "ratio", "percentage-point"} or wanted == "percent")


def _window(words: list[_Word], spoken: list[int], position: int, pattern: tuple[str, ...]) -> tuple[int, int]:
    """Index of the last word of a pattern begun at ``position``, and the words in between; -1 if it fails."""
    at, gaps = position, 0
    for wanted in pattern[1:]:
        skipped = 0
        at += 1
        while at < len(spoken) and words[spoken[at]].norm != wanted:
            at += 1
            skipped += 1
            if skipped > _MAX_GAP:
                return -1, 0
        if at >= len(spoken):
            return -1, 0
        gaps += skipped
    return spoken[at], gaps


def _distance(first: _Word, last: _Word, number: tuple[int, int], text: str, opening: int, *, counted: bool) -> float:
    """How far the words first to last are from the number: words, other numbers and stops in between."""
    if first.start < number[1] and number[0] < last.end:
        inner = text[first.start : number[0]] + " " + text[number[1] : last.end]
        return 6.0 * len(_OTHER_NUMBER.findall(inner)) - 6
    if first.start >= number[1]:
        between = text[number[1] : first.start]
        cost = 0.0 if between.strip(" (") else -6.0
        # "40 victims, and referred 11 people to Victim Support": what follows the next number is that one's.
        cost += 40.0 if _OTHER_NUMBER.search(text[first.start : last.end]) else 0.0
    else:
        between = text[last.end : number[0]]
        if between.strip() in _LABEL:
            return 0.0
        cost = 8.0 if counted else 1.0
        if _TAKEN.search(text[max(opening, first.start - 60) : first.start]):
            cost += 12
    within = text[first.start : last.end]
    bare = re.sub(r"\([^()]*\)", "", between)
    stops = 8 * len(re.findall(r"[;]|\.\s", bare)) + 4 * bare.count(":") + bare.count(",") + sum(map(bare.count, "()"))
    others = len(_OTHER_NUMBER.findall(bare)) + len(_OTHER_NUMBER.findall(within))
    return cost + stops + len(_TOKEN.findall(bare)) + 12 * others
