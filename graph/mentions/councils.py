"""Councils named in short: "X and Y District Councils", "the Borough Council", "council funded"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.mentions.lexicon import Hit
from graph.mentions.words import Word
from graph.model import Basis, Kind, Term, Vocabulary

UNNAMED = "council-unresolved"
"""Key of the body that "the council" means where nothing says which council."""
_NAME = r"[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)?"
_SHARED_ENDING = re.compile(
    rf"\b(?P<first>{_NAME}),? and (?P<second>{_NAME}) (?:District |Borough |City |County )?Councils\b"
)
_KINDS = frozenset(("borough", "district", "city", "county"))
_BEFORE = frozenset(("the", "with", "by", "local", "and", "our", ","))
_AFTER = frozenset(("partner", "funded", "officer"))


class Councils:
    """The councils of a vocabulary, found by name or by district."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        councils = [
            t for t in vocabulary.of(Kind.PARTNER) if t.type == "local-authority" and t.name.endswith("Council")
        ]
        self._of_district = {t.within: t for t in reversed(councils) if t.within}
        self._councils = councils
        self._unnamed = vocabulary.find(Kind.PARTNER, UNNAMED)

    def resolve(self, text: str, sequence: Sequence[Word], hits: list[Hit]) -> list[Hit]:
        """Return ``hits`` with the councils that ``text`` names in short.

        "The council" is the only one that the text names in full, else that of the only district it speaks of,
        else the council that nobody names.
        """
        hits = self._shared_endings(text, sequence, hits)
        term = self._meant(hits) or self._unnamed
        if term is None:
            return hits
        taken = {n for h in hits if h.term.kind is Kind.PARTNER for n in range(h.first, h.last)}
        resolved = [
            Hit(first, index + 1, term, Basis.CONTEXT)
            for index, word in enumerate(sequence)
            if word.norm == "council" and index not in taken and (first := _begins(sequence, index)) is not None
        ]
        return hits + resolved

    def _shared_endings(self, text: str, sequence: Sequence[Word], hits: list[Hit]) -> list[Hit]:
        for match in _SHARED_ENDING.finditer(text):
            first, second = self._called(match["first"]), self._called(match["second"])
            covered = [n for n, w in enumerate(sequence) if match.start() <= w.start < match.end()]
            if first is None or second is None:
                continue
            middle = next(n for n in covered if sequence[n].norm == "and")
            hits = [h for h in hits if h.last <= covered[0] or h.first > covered[-1]]
            hits.append(Hit(covered[0], middle, first, Basis.CONTEXT))
            hits.append(Hit(middle + 1, covered[-1] + 1, second, Basis.CONTEXT))
        return hits

    def _called(self, name: str) -> Term | None:
        return next((t for t in self._councils if re.match(rf"{re.escape(name)}\b", t.name)), None)

    def _meant(self, hits: Sequence[Hit]) -> Term | None:
        named = {h.term for h in hits if h.term in self._councils and h.term.key != UNNAMED}
        if len(named) == 1:
            return next(iter(named))
        districts = {
            h.term.key if h.term.kind is Kind.DISTRICT else h.term.within
            for h in hits
            if h.term.kind in (Kind.PLACE, Kind.DISTRICT)
        } - {""}
        return self._of_district.get(next(iter(districts))) if len(districts) == 1 else None


def _begins(sequence: Sequence[Word], index: int) -> int | None:
    """Return where the name that ends in the word "council" at ``index`` begins; None if it is no council's name."""
    first = index - 1 if index and sequence[index - 1].norm in _KINDS else index
    if first == 0 or sequence[first - 1].norm in _BEFORE:
        return first
    return first if index + 1 < len(sequence) and sequence[index + 1].norm in _AFTER else None
