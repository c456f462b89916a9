"""Finds places and districts that no gazetteer knows, by the words that stand around and within their names.

"in Kirkby", "the Kirkby and Thorne districts", "Kirkby town centre", "Mill Street", and lists of them. A name is a run
of words with capitals. Common words, dates, ranks, teams and events end a run or make it no place at all. The number of
a road ("the A595") is no name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.mentions import place_words as told
from graph.mentions.words import Word

_POSSESSIVE = re.compile(r"['\u2019]s?$")
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place found by form: words ``first`` to ``last`` (exclusive), and its name."""

    first: int
    last: int
    name: str
    kind: Literal["place", "district"]
    sure: bool = True
    """Whether the words around it, and not just "at", say that it is a place."""


@dataclass(frozen=True, slots=True)
class _Run:
    first: int
    last: int


def find_places(
    text: str, sequence: Sequence[Word], free: Sequence[bool], common: Collection[str] = ()
) -> list[FoundPlace]:
    """Find the places and districts that the words among ``free`` tell by their form, in order, none overlapping.

    ``common`` are words known in small letters: a name that is made of them alone counts only with a noun for places.
    """
    finder = _Finder(text, sequence, free, common)
    finder.districts()
    finder.covered()
    finder.names()
    return sorted(finder.found, key=lambda f: f.first)


class _Finder:
    """The names in one text; each word belongs to one at most, districts first."""

    def __init__(self, text: str, sequence: Sequence[Word], free: Sequence[bool], common: Collection[str]) -> None:
        self._text, self._words, self._common = text, sequence, common
        self._free = list(free)
        self.found: list[FoundPlace] = []

    def districts(self) -> None:
        """Find "Thorne district", "the Kirkby and Thorne districts", "the boroughs of Kirkby and Thorne"."""
        for index, word in enumerate(self._words):
            if word.norm not in told.DISTRICT or not self._free[index] or self._norm(index + 1) in told.NOT_DISTRICT:
                continue
            if word.capital and index and self._words[index - 1].raw in told.NATIONAL:
                continue
            named = self._before(index, several=word.raw.endswith("s"))
            if self._norm(index + 1) == "of" and not named:
                named = self._listed(self._run(index + 2))
            for run in named:
                if not all(w.norm in told.COMPASS for w in self._words[run.first : run.last]):
                    self._add(run, "district")

    def covered(self) -> None:
        """Find the districts of "Northern Division covers Kirkby and Thorne"."""
        for index, word in enumerate(self._words):
            if word.norm not in told.AREAS or not word.capital or self._norm(index + 1) not in told.COVERS:
                continue
            start = index + 2
            while self._norm(start) in told.COVERS_ON:
                start += 1
            for run in self._listed(self._run(start)):
                if all(self._free[run.first : run.last]):
                    self._add(run, "district")

    def names(self) -> None:
        """Find the names of places, one after another."""
        index = 0
        while index < len(self._words):
            run = self._run(index)
            if run is None:
                index += 1
                continue
            for place in self._places(run):
                self.found.append(place)
                self._free[place.first : place.last] = [False] * (place.last - place.first)
            index = max(run.last, self.found[-1].last if self.found else 0)

    def _places(self, run: _Run) -> list[FoundPlace]:
        """Return the place that ``run`` names and those that a list joins to it; none if it is no place's name."""
        words, at = self._words, self._governor(run.first)
        nouns = self._noun_after(run, governed=at in told.BY)
        ends = _bare(words[run.last - 1])
        article = run.first > 0 and words[run.first - 1].norm == "the"
        placed = ends in told.STREETS or (ends in told.SPOTS and at in told.BY) or (ends in told.GROUNDS and article)
        if run.last - run.first > 1 and placed:
            generic = all(w.raw in told.GENERIC for w in words[run.first : run.last - 1])
            return [] if generic else [self._place(run)]
        if nouns is not None:
            return [self._place(run if nouns == run.last else _Run(run.first, nouns))]
        if at not in told.IN and not self._part_of(run.first):
            return []
        kind = run.last - run.first == 1 and _bare(words[run.first]) in told.KINDS
        if (article and kind) or not self._stands_alone(run) or self._is_common(run):
            return []
        led_by = self._norm(self._governor_index(run.first) - 1)
        if (at == "at" and led_by in told.STAFF) or (at == "in" and led_by in told.NOT_WHERE):
            return []
        return [self._place(r, sure=at != "at") for r in self._listed(run)]

    def _place(self, run: _Run, *, sure: bool = True) -> FoundPlace:
        return FoundPlace(run.first, run.last, self._name(run), "place", sure)

    def _add(self, run: _Run, kind: Literal["district"]) -> None:
        self.found.append(FoundPlace(run.first, run.last, self._name(run), kind))
        self._free[run.first : run.last] = [False] * (run.last - run.first)

    def _name(self, run: _Run) -> str:
        name = self._text[self._words[run.first].start : self._words[run.last - 1].end]
        return _POSSESSIVE.sub("", " ".join(name.split()))

    def _norm(self, index: int) -> str:
        return self._words[index].norm if 0 <= index < len(self._words) else ""

    def _run(self, index: int) -> _Run | None:
        """Return the longest name that may begin at ``index``; None if none does."""
        last = index
        while last < len(self._words) and last - index < _LONGEST and self._goes_on(index, last):
            last += 1
            if _POSSESSIVE.search(self._words[last - 1].raw) and not self._owned(last):
                break
        while last > index and not self._words[last - 1].raw[:1].isupper():
            last -= 1
        if last == index or self._words[last - 1].norm in told.HEADS or self._continues(index, last):
            return None
        return _Run(index, last) if self._may_begin(index, last) else None

    def _owned(self, index: int) -> bool:
        """Return whether a place's noun goes on after a possessive: "Cobbler's Green", not "Kirkby's High Street"."""
        if index >= len(self._words) or not self._adjoins(index):
            return False
        noun = _bare(self._words[index])
        return noun in told.STREETS | told.SPOTS or (
            index + 1 < len(self._words)
            and noun not in told.GENERIC
            and noun[:1].isupper()
            and _bare(self._words[index + 1]) in told.STREETS
        )

    def _may_begin(self, first: int, last: int) -> bool:
        norm = self._words[first].norm
        return norm not in told.NEVER or (last - first > 1 and norm in told.BEGIN)

    def _goes_on(self, first: int, index: int) -> bool:
        """Return whether the word at ``index`` is part of the name that begins at ``first``."""
        word = self._words[index]
        if not self._free[index]:
            return False
        if word.raw[:1].isupper():
            if word.initials or not _bare(word).replace("\u2019", "").replace("'", "").isalpha() or len(word.raw) == 1:
                return False
            if index == first and word.norm in told.OPENERS:
                return False
            return index == first or (word.norm not in told.NEVER and self._adjoins(index))
        if index == first or not word.raw[:1].isalpha():
            return False
        hyphened = word.start - self._words[index - 1].end == 1 and bool(_HYPHEN.match(self._text, word.start - 1))
        of_title = word.raw == "of" and self._words[index - 1].raw in told.TITLES
        return hyphened or of_title or word.norm in ("upon", "le")

    def _adjoins(self, index: int) -> bool:
        """Return whether only a space, a line end or a hyphen stands before the word."""
        between = self._text[self._words[index - 1].end : self._words[index].start]
        return not between.strip(" \n-\u2010\u2011")

    def _continues(self, first: int, last: int) -> bool:
        """Return whether the name is cut from a longer one that is no place's: "Kirkby Crown Court"."""
        after = self._words[last] if last < len(self._words) else None
        if after is not None and after.raw[:1].isupper() and self._free[last] and self._adjoins(last):
            return True
        before = self._words[first - 1] if first else None
        return (
            before is not None
            and self._adjoins(first)
            and before.raw[:1].isupper()
            and before.norm not in told.BY
            and first > 1
            and self._words[first - 2].raw not in ".!?"
        )

    def _governor_index(self, first: int) -> int:
        """Return where the preposition before a name stands, articles and words for parts of places passed over."""
        index = first - 1
        while index > 0 and (self._words[index].norm in told.PASSED or self._words[index].norm == "the"):
            index -= 1
        return index

    def _governor(self, first: int) -> str:
        return self._norm(self._governor_index(first))

    def _part_of(self, first: int) -> bool:
        """Return whether "of" and a noun for a part of a place stand before the name: "residents of Kirkby"."""
        at = self._governor_index(first)
        return self._norm(at) == "of" and self._norm(at - 1) in told.PARTS

    def _noun_after(self, run: _Run, *, governed: bool) -> int | None:
        """Return where a place ends that a noun for places follows, "Kirkby town centre"; None if none does."""
        after, beyond = self._norm(run.last), self._norm(run.last + 1)
        if run.last >= len(self._words) or not self._words[run.last].raw[:1].islower() or not self._adjoins(run.last):
            return None
        if after in told.CENTRES and beyond == "centre":
            return run.last
        if after in told.OF_TWO:
            return run.last if beyond == told.OF_TWO[after] else None
        return run.last if after in told.AFTER or (governed and after in told.AFTER_IN) else None

    def _stands_alone(self, run: _Run) -> bool:
        """Return whether the name describes no noun after it: "in Kirkby", not "in Taser training"."""
        if _POSSESSIVE.search(self._words[run.last - 1].raw) or run.last >= len(self._words):
            return True
        after = self._words[run.last]
        if not self._free[run.last] or not after.raw[:1].isalpha():
            return True
        if after.norm in told.FOLLOWS or after.raw.endswith(("ed", "ing")):
            return True
        # What stands before an article is a verb: "halls at Kirkby and Thorne host a drop-in".
        return after.raw[:1].islower() and self._norm(run.last + 1) in told.ARTICLES

    def _is_common(self, run: _Run) -> bool:
        """Return whether all words of the name are words of the language too."""
        return all(
            w.raw.casefold() in self._common or w.norm in self._common or w.norm in told.NEVER | told.COMMON
            for w in self._words[run.first : run.last]
        )

    def _listed(self, run: _Run | None) -> list[_Run]:
        """Return ``run`` and the names that a list with "and" or "or" joins to it: "in Kirkby, Thorne and Selby"."""
        if run is None:
            return []
        runs, pending = [run], list[_Run]()
        at = run.last
        while step := self._joiner(at):
            member = self._run(at + step)
            if member is None or not self._stands_alone(member) or self._is_common(member):
                break
            pending.append(member)
            if any(w.norm in ("and", "or") for w in self._words[at : at + step]):
                runs += pending
                pending = []
            at = member.last
        return runs

    def _joiner(self, index: int) -> int:
        """Return how many words from ``index`` on only join two members of a list."""
        length = 0
        while self._norm(index + length) in ("and", "or") or (
            length == 0 and index < len(self._words) and self._words[index].raw == ","
        ):
            length += 1
        return length

    def _before(self, index: int, *, several: bool) -> list[_Run]:
        """Return the names that end just before the word at ``index``, with ``several`` those of a whole list."""
        runs: list[_Run] = []
        end = index
        while end > 0:
            first = end
            while first > 0 and self._run_ends(first - 1, end):
                first -= 1
            if first == end or not self._may_begin(first, end) or self._is_common(_Run(first, end)):
                break
            runs.append(_Run(first, end))
            joins = [n for n in (1, 2) if first >= n and all(self._joins(m) for m in range(first - n, first))]
            if not several or not joins:
                break
            end = first - max(joins)
        return runs[::-1]

    def _run_ends(self, index: int, end: int) -> bool:
        word = self._words[index]
        return (
            self._free[index]
            and word.raw[:1].isupper()
            and word.raw[:1].isalpha()
            and (word.norm not in told.NEVER or word.norm in told.BEGIN)
            and word.norm not in told.OPENERS
            and not word.initials
            and end - index <= _LONGEST
        )

    def _joins(self, index: int) -> bool:
        return self._norm(index) in ("and", "or") or self._words[index].raw == ","


def _bare(word: Word) -> str:
    return _POSSESSIVE.sub("", word.raw)
