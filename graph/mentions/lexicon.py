"""Names of the vocabularies found in a text, each accepted only as far as its form and surroundings allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.mentions.words import Phrases, Word, words
from graph.model import Basis, Kind, Term, Vocabulary

_LOCATIVES = frozenset("in at around near of across from between throughout to within outside for and".split())
_GOVERNS = frozenset("with by from alongside between and ,".split())
_PLACE_NOUNS = frozenset(
    "town village city centre area estate street road high station park hub district residents community".split()
)
_QUOTED = re.compile(r"^[\"'\u2018\u201c]$")


@dataclass(frozen=True, slots=True)
class _Name:
    term: Term
    label: str
    basis: Basis
    hint: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: words ``first`` to ``last`` (exclusive) mean ``term``."""

    first: int
    last: int
    term: Term
    basis: Basis


class Lexicon:
    """The names of one force's vocabulary, ready to be found; themes have a finder of their own."""

    def __init__(self, vocabulary: Vocabulary, own_names: frozenset[str] = frozenset()) -> None:
        """``own_names`` are the folded names of the force whose report is read: it is nobody's partner."""
        self._phrases: Phrases[_Name] = Phrases()
        for term in vocabulary.terms:
            if (
                term.kind is Kind.THEME
                or term.name.casefold() in own_names
                or (term.kind is Kind.PLACE and not term.within)
            ):
                # A place in no district (a county) tells nothing about where in the force something is.
                continue
            self._phrases.add(term.name, _Name(term, term.name, Basis.LABEL, False))
            for alias in term.aliases:
                self._phrases.add(alias, _Name(term, alias, Basis.ALIAS, False))
            for hint in term.hints:
                self._phrases.add(hint, _Name(term, hint, Basis.CONTEXT, True))

    def find(self, sequence: Sequence[Word], met: frozenset[tuple[Kind, str]]) -> list[Hit]:
        """Return every acceptable name in a text's words, overlapping ones too.

        ``met`` are the terms that the document names in full somewhere: their initials may stand for them.
        """
        candidates = [
            (first, last, name) for first, last, names in self._phrases.find(list(sequence)) for name in names
        ]
        placed = {
            index
            for first, last, name in candidates
            if name.term.kind in (Kind.PLACE, Kind.DISTRICT) and not name.hint and not name.term.needs_context
            for index in range(first, last)
        }
        hits = []
        for first, last, name in candidates:
            if self._accept(sequence, first, last, name, met, placed):
                basis = Basis.CONTEXT if name.hint or name.term.needs_context else name.basis
                hits.append(Hit(first, last, name.term, basis))
        return hits

    def _accept(
        self,
        sequence: Sequence[Word],
        first: int,
        last: int,
        name: _Name,
        met: frozenset[tuple[Kind, str]],
        placed: set[int],
    ) -> bool:
        found = sequence[first:last]
        if _initials(name.label):
            # Initials are safe as they are written; as a hint they need the full name in the same document.
            same = len(found) == 1 and re.sub(r"(?:['\u2019]s?|s)$", "", found[0].raw) == re.sub(r"s$", "", name.label)
            return same and (not name.hint or (name.term.kind, name.term.key) in met)
        if name.term.kind in (Kind.PLACE, Kind.DISTRICT, Kind.AREA):
            return _place_fits(sequence, first, last, name, placed)
        capitalised = _capitalised(name.label)
        if name.hint:
            return _hint_fits(sequence, first, last, name, met)
        if not capitalised:
            return True
        if any(w.capital for w in found) and (len(found) > 1 or found[0].capital):
            if not name.term.needs_context or len(found) > 1:
                return True
            known = (name.term.kind, name.term.key) in met and first > 0
            return known or (name.term.kind is Kind.PARTNER and _governed(sequence, first))
        # A proper name all in small letters names the thing only where the thing is a kind of body or a team.
        if name.term.kind is Kind.UNIT:
            return len(found) > 1 and name.term.type == "role"
        if len(found) == 1:
            # "with councillors": one word in small letters, a plural as the vocabulary has it.
            return name.term.generic and found[0].raw.casefold() == name.label.casefold() and name.label.endswith("s")
        # "The fire and rescue service": a short name that says what the body is, with no name in it.
        described = name.basis is Basis.ALIAS and len(found) > 2 and found[-1].norm == "service"
        return described or name.term.generic or name.term.kind is Kind.PROGRAMME or name.term.type == "volunteer"


def _initials(label: str) -> bool:
    return " " not in label and label.isalnum() and label.rstrip("s").isupper() and 1 < len(label) <= 8


def _capitalised(label: str) -> bool:
    return any(w.raw[:1].isupper() for w in words(label))


def _place_fits(sequence: Sequence[Word], first: int, last: int, name: _Name, placed: set[int]) -> bool:
    """Return whether the words are written as a place's name and, for a common word, stand as a place does."""
    for word, part in zip(sequence[first:last], words(name.label), strict=False):
        if part.raw[:1].isupper() and not word.raw[:1].isupper():
            return False
    if not name.hint and not name.term.needs_context:
        return True
    if name.term.kind is Kind.AREA:
        return False
    before = sequence[first - 1] if first else None
    after = sequence[last] if last < len(sequence) else None
    beside = {first - 1, first - 2, first - 3, last, last + 1, last + 2} & placed
    if (
        beside
        and before is not None
        and (before.raw == "," or before.norm == "and" or (after and after.norm in ("and", ",")))
    ):
        return True
    return bool(
        before is not None
        and before.norm in _LOCATIVES - {"and", "to", "for", "of", "from"}
        and (after is None or after.raw in ".,;)" or after.raw[:1].islower())
        and not name.hint
    ) or bool(
        after is not None
        and after.norm in _PLACE_NOUNS
        and before is not None
        and before.norm in _LOCATIVES
        and not name.hint
    )


def _hint_fits(sequence: Sequence[Word], first: int, last: int, name: _Name, met: frozenset[tuple[Kind, str]]) -> bool:
    """Return whether a short or generic name may be taken at its word."""
    found = sequence[first:last]
    written = " ".join(w.raw for w in found).replace("\u2019", "'")
    wanted = " ".join(w.raw for w in words(name.label)).replace("\u2019", "'")
    term = name.term
    if not _capitalised(name.label):
        # "partners" for unnamed partners; other kinds of body only as their vocabulary writes them.
        # One word must be a plural: "a valuable partner" and "the agency" name no body.
        plural = len(found) > 1 or written.endswith("s")
        return term.generic and term.type == "unspecified" and plural and written.casefold() == wanted.casefold()
    if written != wanted and written.rstrip("s") != wanted.rstrip("s"):
        return False
    if term.type == "volunteer":
        return True
    if (term.kind, term.key) in met:
        return True
    if term.type == "other-police-force":
        # "forces such as Hertfordshire and Kent": a county stands for its force only beside talk of forces.
        near = {w.norm for w in sequence[max(0, first - 12) : last + 12]}
        return (
            bool(near & {"force", "police", "constabulary", "mp", "colleague", "division"})
            and first > 0
            and (sequence[first - 1].norm in ("with", "and", ",", "as", "within", "from", "force"))
        )
    return _governed(sequence, first)


def _governed(sequence: Sequence[Word], first: int) -> bool:
    """Return whether a short name at word ``first`` is governed as a body's name is: "working with the Army"."""
    before = first - 2 if first > 1 and sequence[first - 1].norm == "the" else first - 1
    return before >= 0 and sequence[before].norm in _GOVERNS
