"""Words of a text, and the phrases of a lexicon found among them in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Generic, TypeVar

from graph.mentions.inflections import cue_form, readings

T = TypeVar("T")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*['\u2019]?|&|[.,;:()!?\u2026]|\S")
_DROPPED = re.compile(r"[-\u2010-\u2015\"'\u2018\u2019\u201c\u201d/*]")
_POSSESSIVE = re.compile(r"['\u2019]s?$")
_INITIALS = re.compile(r"^[A-Z]{2,}s?$")
_ES = re.compile(r"(?:ch|sh|ss|x)es$")
_VES = {"knives": "knife", "thieves": "thief"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark of a text: where it stands and the form that is compared."""

    start: int
    end: int
    raw: str
    norm: str
    """Folded: lower case, possessive and plural endings off, "&" as "and"."""

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter or a digit."""
        return self.raw[:1].isupper() or self.raw[:1].isdigit()

    @property
    def initials(self) -> bool:
        """Whether it is written all in capitals, such as an abbreviation, a plural s aside."""
        return bool(_INITIALS.match(_POSSESSIVE.sub("", self.raw)))


def words(text: str) -> list[Word]:
    """Return the words and sentence marks of ``text`` in order; hyphens, quotes and slashes only part words."""
    found = []
    for match in _WORD.finditer(text):
        raw = match.group()
        if not _DROPPED.fullmatch(raw):
            found.append(Word(match.start(), match.end(), raw, _normalise(raw)))
    return found


@lru_cache(maxsize=50_000)
def _normalise(raw: str) -> str:
    """Return a word as it is compared; kept for the words of a few reports, for most words stand in a text often."""
    if raw == "&":
        return "and"
    base = _POSSESSIVE.sub("", raw).replace("'", "").replace("\u2019", "")
    folded = base.casefold()
    if len(folded) > 3 and folded.endswith("ies"):
        return folded[:-3] + "y"
    if len(folded) > 4 and _ES.search(folded):
        return folded[:-2]
    if folded in _VES:
        return _VES[folded]
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        return folded[:-1]
    if len(folded) == 3 and folded.endswith("s") and base[:2].isupper():
        return folded[:-1]
    return folded


@cache
def _norms(phrase: str) -> tuple[str, ...]:
    """Return the folded words of a phrase of a vocabulary; kept, for every report's lexicon needs them again."""
    return tuple(w.norm for w in words(phrase))


@dataclass(slots=True)
class _Node(Generic[T]):
    values: list[T] = field(default_factory=list)
    next: dict[str, _Node[T]] = field(default_factory=dict)


class Phrases(Generic[T]):
    """A trie of word sequences: finds every phrase in a text in time linear in the text.

    If ``inflected``, words are met in other forms too, as ``inflections`` has it.
    """

    def __init__(self, *, inflected: bool = False) -> None:
        self._root: _Node[T] = _Node()
        self._inflected = inflected
        self.size = 0

    def add(self, phrase: str, value: T) -> None:
        """Let ``phrase`` be found, giving ``value``; a phrase without words is left out."""
        node = self._root
        sequence = _norms(phrase)
        if not sequence:
            return
        for norm in map(cue_form, sequence) if self._inflected else sequence:
            node = node.next.setdefault(norm, _Node())
        node.values.append(value)
        self.size += 1

    def find(self, text: list[Word]) -> Iterator[tuple[int, int, tuple[T, ...]]]:
        """Yield first word, word after the last, and values for every phrase in ``text``, shorter ones too."""
        for first in range(len(text)):
            nodes = [self._root]
            for index in range(first, len(text)):
                norm = text[index].norm
                forms = readings(norm) if self._inflected else (norm,)
                nodes = [node.next[form] for node in nodes for form in forms if form in node.next]
                if not nodes:
                    break
                for node in nodes:
                    if node.values:
                        yield first, index + 1, tuple(node.values)


def longest(spans: Iterable[tuple[int, int, T]]) -> list[tuple[int, int, T]]:
    """Return the spans that no longer one overlaps, in order; of equal ones the earlier, then the first given."""
    taken: list[tuple[int, int, T]] = []
    occupied: set[int] = set()
    ordered = sorted(enumerate(spans), key=lambda s: (s[1][0] - s[1][1], s[1][0], s[0]))
    for _, (start, end, value) in ordered:
        if occupied.isdisjoint(range(start, end)):
            occupied.update(range(start, end))
            taken.append((start, end, value))
    return sorted(taken, key=lambda s: s[0])
