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
    """The councils of a vocabulary and those one report has named so far; made for one report, read in order."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        councils = [t for t in vocabulary.of(Kind.PARTNER) if _is_council(t)]
        self._of_district = {t.within: t for t in reversed(councils) if t.within}
        self._councils = councils
        self._unnamed = vocabulary.find(Kind.PARTNER, UNNAMED)
        self._met: list[tuple[str, Term]] = []

    def resolve(self, text: str, sequence: Sequence[Word], hits: list[Hit], area: str = "") -> list[Hit]:
        """Return ``hits`` with the councils that ``text``, an item of ``area``, names in short.

        "The council" is the only one that the text names in full, else that of the only district it speaks of; "the
        Borough Council" also the last of that kind named under the same area; else the council that nobody names.
        """
        hits = self._shared_endings(text, sequence, hits)
        taken = {n for h in hits if h.term.kind is Kind.PARTNER for n in range(h.first, h.last)}
        resolved = []
        for index, word in enumerate(sequence):
            first = _begins(sequence, index) if word.norm == "council" and index not in taken else None
            if first is None:
                continue
            kind = " ".join(w.raw for w in sequence[first : index + 1]).title() if first < index else ""
            term = self._meant(hits, kind) or self._last_met(kind, area) or self._unnamed
            if term is not None:
                resolved.append(Hit(first, index + 1, term, Basis.CONTEXT))
        self._met += [(area, h.term) for h in hits if _is_council(h.term) and h.term.key != UNNAMED]
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

    def _meant(self, hits: Sequence[Hit], kind: str) -> Term | None:
        named = {h.term for h in hits if _is_council(h.term) and h.term.key != UNNAMED and kind in h.term.name}
        if len(named) == 1:
            return next(iter(named))
        districts = {
            h.term.key if h.term.kind is Kind.DISTRICT else h.term.within
            for h in hits
            if h.term.kind in (Kind.PLACE, Kind.DISTRICT)
        } - {""}
        return self._of_district.get(next(iter(districts))) if len(districts) == 1 else None

    def _last_met(self, kind: str, area: str) -> Term | None:
        if not kind:
            return None
        met = [(where, term) for where, term in self._met if term.name.endswith(kind)]
        here = [term for where, term in met if where == area]
        if here:
            return here[-1]
        anywhere = {term for _, term in met}
        return next(iter(anywhere)) if len(anywhere) == 1 else None


def _is_council(term: Term) -> bool:
    return term.kind is Kind.PARTNER and term.type == "local-authority" and term.name.endswith("Council")


def _begins(sequence: Sequence[Word], index: int) -> int | None:
    """Return where the name that ends in the word "council" at ``index`` begins; None if it is no council's name."""
    first = index - 1 if index and sequence[index - 1].norm in _KINDS else index
    if first == 0 or sequence[first - 1].norm in _BEFORE:
        return first
    return first if index + 1 < len(sequence) and sequence[index + 1].norm in _AFTER else None
