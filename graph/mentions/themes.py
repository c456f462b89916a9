"""Themes that an item's words name, by label, alias or cue; weak cues count only together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.mentions.lexicon import Hit
from graph.mentions.words import Phrases, Word, longest
from graph.model import Basis, Kind, Term, Vocabulary

WEAK_CUES_NEEDED = 2
"""Different weak cues of one theme that together are as good as a cue."""

_JOINTS = frozenset({"and", "or"})


@dataclass(frozen=True, slots=True)
class _Cue:
    term: Term
    label: str
    basis: Basis
    weak: bool


class ThemeFinder:
    """Finds the themes of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._phrases: Phrases[_Cue] = Phrases(inflected=True)
        for term in vocabulary.of(Kind.THEME):
            self._phrases.add(term.name, _Cue(term, term.name, Basis.LABEL, False))
            for alias in term.aliases:
                self._phrases.add(alias, _Cue(term, alias, Basis.ALIAS, False))
            for hint in term.hints:
                self._phrases.add(hint, _Cue(term, hint, Basis.CUE, False))
            for weak in term.weak:
                self._phrases.add(weak, _Cue(term, weak, Basis.CUE, True))

    def find(self, sequence: Sequence[Word], names: Sequence[tuple[int, int]] = ()) -> list[Hit]:
        """Return the words that name a theme, in order; of two names of one theme that overlap, the longer.

        ``names`` are ranges of words that name bodies. What a body is called is not yet what an item is about:
        inside such a name only a theme's own name counts ("Hate Crime Unit", but not "Wildlife Trust"), unless
        the whole name is a cue.
        """
        by_theme: dict[str, list[tuple[int, int, _Cue]]] = {}
        whole = [(s + 1 if sequence[s].norm == "the" else s, e) for s, e in names]
        for first, last, cues in self._phrases.find(list(sequence)):
            inside = any(s <= first and last <= e and (s, e) != (first, last) for s, e in whole)
            for cue in cues:
                if _written_as(sequence[first:last], cue) and not (inside and cue.basis is Basis.CUE):
                    by_theme.setdefault(cue.term.key, []).append((first, last, cue))
        by_theme = _outermost(by_theme)
        for first, last, cue in self._sharing_a_word(sequence):
            by_theme.setdefault(cue.term.key, []).append((first, last, cue))
        hits: list[Hit] = []
        for spans in by_theme.values():
            kept = longest(spans)
            weak = {cue.label.casefold() for _, _, cue in kept if cue.weak}
            strong = any(not cue.weak for _, _, cue in kept)
            for first, last, cue in kept:
                if not cue.weak or strong or len(weak) >= WEAK_CUES_NEEDED:
                    hits.append(Hit(first, last, cue.term, cue.basis))
        return sorted(hits, key=lambda h: (h.first, h.last, h.term.key))

    def _sharing_a_word(self, sequence: Sequence[Word]) -> Iterator[tuple[int, int, _Cue]]:
        """Yield the names whose last word stands behind "and": "domestic abuse" in "domestic and sexual abuse"."""
        for joint in range(1, len(sequence) - 2):
            if sequence[joint].norm in _JOINTS:
                for first, last, cues in self._phrases.find([sequence[joint - 1], sequence[joint + 2]]):
                    if (first, last) == (0, 2):
                        yield from ((joint - 1, joint + 3, cue) for cue in cues)


def names_of_bodies(hits: Sequence[Hit]) -> list[tuple[int, int]]:
    """Return the ranges of those ``hits`` that are names of bodies and units; kinds of bodies have no names.

    Volunteers are left out: theirs say what they do.
    """
    return [
        (h.first, h.last)
        for h in hits
        if h.term.kind is Kind.UNIT
        or (h.term.kind is Kind.PARTNER and not h.term.generic and h.term.type != "volunteer")
    ]


def _written_as(found: Sequence[Word], cue: _Cue) -> bool:
    """Return whether initials and names of one word are written as such: "DA", not "da"; "Prevent", not "prevents"."""
    label = cue.label
    if not label.isalnum() or len(found) != 1 or not label[0].isupper() or cue.basis is Basis.LABEL:
        return True
    if label.isupper() and len(label) <= 6 and not label.isdigit():
        return found[0].initials or found[0].raw == label
    return found[0].raw.startswith(label)


def _outermost(by_theme: dict[str, list[tuple[int, int, _Cue]]]) -> dict[str, list[tuple[int, int, _Cue]]]:
    """Leave out a name that ends a longer name of another theme: what stands before it narrows its sense.

    "sexual exploitation" in "child sexual exploitation" is not the exploitation of adults; "knife point" in
    "knife point robbery" still speaks of knives.
    """
    longest_to: dict[int, int] = {}
    for spans in by_theme.values():
        for first, last, _ in spans:
            longest_to[last] = min(first, longest_to.get(last, first))
    kept = {
        theme: [(first, last, cue) for first, last, cue in spans if longest_to[last] == first]
        for theme, spans in by_theme.items()
    }
    return {theme: spans for theme, spans in kept.items() if spans}
