"""Which measure of the vocabulary a figure gives a value for.

A pattern is a sequence of words that occur in that order in the sentence; other words and the number itself may
stand between. Of the patterns that fit, the most specific one near the number wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.model import Role

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?%?")
_UNITS = {"num": "count", "percent": "percent", "sec": "second", "hr": "hour", "ccy_gbp": "GBP", "per-day": "per-day"}
_REACH = 18
_MAX_GAP = 6
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


def _norm(word: str) -> str:
    """Lower case, no possessive, no plural: enough for "arrests" to find "arrest"."""
    low = re.sub(r"['’]s$", "", word.casefold())
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith("ss") else low


def _unit_name(unit: str) -> str:
    last = re.split(r"[/#]", unit)[-1]
    return _UNITS.get(last.casefold(), last)


@lru_cache(maxsize=8)
def _by_first_word(measures: tuple[MeasurePattern, ...]) -> dict[str, list[tuple[MeasurePattern, tuple[str, ...]]]]:
    index: dict[str, list[tuple[MeasurePattern, tuple[str, ...]]]] = {}
    for measure in measures:
        for words in measure.words:
            normal = tuple(_norm(w) for w in words)
            index.setdefault(normal[0], []).append((measure, normal))
    return index


def match_measure(sentence: str, number: tuple[int, int], unit: str, role: Role, measures: Sequence[MeasurePattern]) -> str:
    """The key of the measure that the number at ``number`` (start, end within the sentence) gives a value for, or "".

    Only a measure of the figure's own unit fits; a change may also be a change of a measure in another unit.
    """
    window = max(0, number[0] - 200), min(len(sentence), number[1] + 200)
    words = [
        _Word(_norm(m[0]), m.start() + window[0], m.end() + window[0]) for m in _TOKEN.finditer(sentence[window[0] : window[1]])
    ]
    place = next((i for i, w in enumerate(words) if w.end > number[0]), len(words))
    # The number's own words are no part of a pattern.
    spoken = [i for i, w in enumerate(words) if not (w.start < number[1] and w.end > number[0])]
    index = _by_first_word(tuple(measures))
    best: tuple[float, str] = (0.0, "")
    for position, start in enumerate(spoken):
        if abs(start - place) > _REACH:
            continue
        for measure, pattern in index.get(words[start].norm, ()):
            if not _fits(_unit_name(measure.unit), unit, role):
                continue
            score = _score(words, spoken, position, pattern, place, sentence, number)
            if score > best[0]:
                best = (score, measure.key)
    return best[1]


def _fits(wanted: str, unit: str, role: Role) -> bool:
    if wanted == unit:
        return True
    return role in _CHANGES and (unit in {"percent", "ratio", "percentage-point"} or wanted == "percent")


def _score(
    words: list[_Word],
    spoken: list[int],
    position: int,
    pattern: tuple[str, ...],
    place: int,
    sentence: str,
    number: tuple[int, int],
) -> float:
    """How well a pattern that begins at ``position`` fits: its length, less its gaps, less its distance from the number."""
    at, gap, skipped = position, 0, 0
    for word in pattern[1:]:
        at += 1
        skipped = 0
        while at < len(spoken) and words[spoken[at]].norm != word:
            at += 1
            skipped += 1
            if skipped > _MAX_GAP:
                return 0.0
        if at >= len(spoken):
            return 0.0
        gap += skipped
    first, last = spoken[position], spoken[at]
    distance = 0 if first <= place <= last + 1 else (first - place if first > place else place - last)
    between = sentence[words[last].end : number[0]] if last < place else sentence[number[1] : words[first].start]
    barrier = 4 * len(re.findall(r"[;.()]|\d[\d,]*", between)) + between.count(",")
    return max(0.0, 4 * len(pattern) + 8 - 0.7 * gap - distance - barrier)
