"""The places of one report: what is found by form in one item is known in all of them, and the gazetteer goes first."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from graph.mentions.known_names import standing
from graph.mentions.lexicon import Hit
from graph.mentions.place_words import COMPASS
from graph.mentions.places import find_places
from graph.mentions.words import Word, words
from graph.model import Basis, Kind, Report, Term, Vocabulary
from graph.namespaces import slug

_POSSESSIVE = re.compile(r"['\u2019]s?$")
_COUNCIL = re.compile(
    r"^(?P<name>.+?) (?:(?P<district>(?:Metropolitan )?(?:Borough|District)|City)|Town|Parish|Community) Council$"
)
_SITED = re.compile(r"^(?P<short>\w+)[- ](?:on|upon|le|by|in|under|next)[- ]")
_FORCE = re.compile(r"(?i)\s+(?:police|constabulary)$|^police\s+")
_AREA_OF_DISTRICT = re.compile(r"-(?:district|borough)s?$")


class PlaceNames:
    """The names of places that one report makes known; made for one report, which is first sighted, then read."""

    def __init__(self, vocabulary: Vocabulary, report: Report, own: Collection[str], text: Sequence[Word]) -> None:
        """``own`` are the folded names of the force, ``text`` the words of the whole document.

        Names of forces' territories, and of places that the gazetteer knows to be no part of a district, tell
        nothing about where in a force something is.
        """
        self._force = report.force
        gazetteer = vocabulary.of(Kind.DISTRICT, Kind.PLACE)
        self._terms = {name.casefold(): t for t in gazetteer if _tells(t) for name in (t.name, *t.aliases)}
        self._terms = {**_short_forms(self._terms), **self._terms}
        forces = (name for f in vocabulary.forces for name in (f.name, *f.aliases))
        self._outside = {
            *(_FORCE.sub("", name).casefold() for name in (*forces, *own)),
            *(t.name.casefold() for t in gazetteer if not _tells(t)),
            *(a.name.casefold() for a in dict.fromkeys(i.area for i in report.items) if _is_compass(a.name)),
        }
        self._districts = {
            a.name.casefold() for a in dict.fromkeys(i.area for i in report.items) if _AREA_OF_DISTRICT.search(a.key)
        }
        self._outside -= self._districts
        self._common = {w.norm for w in text if w.raw.islower()} | _in_small_letters(vocabulary)
        self._names: set[tuple[str, ...]] = set()
        # The opening pages of a report often say which districts its areas hold.
        whole = find_places(report.document.text, text, [True] * len(text), self._common)
        self._districts |= {found.name.casefold() for found in whole if found.kind == "district"}

    def knows(self, name: str) -> bool:
        """Return whether ``name`` is a place's, by the report or by the gazetteer."""
        return (
            tuple(w.raw for w in words(name)) in self._names
            or name.casefold() in self._terms
            or name.casefold() in self._outside
        )

    @property
    def common(self) -> Collection[str]:
        """The folded words that the document and the vocabulary hold in small letters."""
        return self._common

    def sight(self, text: str, sequence: Sequence[Word], hits: Sequence[Hit], free: Sequence[bool]) -> None:
        """Learn the names that one passage tells to be places', by their form or by the council they have."""
        for found in find_places(text, sequence, self._open(hits, free), self._common):
            if found.kind == "district":
                self._districts.add(found.name.casefold())
            if found.sure:
                self._learn(found.name)
        for hit in hits:
            council = _COUNCIL.match(hit.term.name) if hit.term.kind is Kind.PARTNER else None
            if council:
                self._learn(council["name"])
                if council["district"]:
                    self._districts.add(council["name"].casefold())

    def _learn(self, name: str) -> None:
        if name.casefold() not in self._outside:
            self._names.add(tuple(w.raw for w in words(name)))

    def find(self, text: str, sequence: Sequence[Word], hits: Sequence[Hit], free: Sequence[bool]) -> list[Hit]:
        """Return the places and districts that one passage names besides ``hits``."""
        open_ = self._open(hits, free)
        places: list[Hit] = []
        for found in find_places(text, sequence, open_, self._common):
            open_[found.first : found.last] = [False] * (found.last - found.first)
            places += self._hits(found.first, found.last, found.name, only_district=found.kind == "district")
        teams = {h.first for h in hits if h.term.kind is Kind.UNIT}
        for first, last in standing(sequence, self._names, open_, teams):
            name = text[sequence[first].start : sequence[last - 1].end]
            places += self._hits(first, last, _POSSESSIVE.sub("", " ".join(name.split())), only_district=False)
        return places

    def _open(self, hits: Sequence[Hit], free: Sequence[bool]) -> list[bool]:
        """Return which words are in no name, those aside that are a place's as well as a body's short name."""
        open_ = list(free)
        for hit in hits:
            if not (hit.basis is Basis.CONTEXT and hit.term.kind is Kind.PARTNER and self._is_place_too(hit)):
                open_[hit.first : hit.last] = [False] * (hit.last - hit.first)
        return open_

    def _is_place_too(self, hit: Hit) -> bool:
        return any(hint.casefold() in self._terms for hint in hit.term.hints)

    def _hits(self, first: int, last: int, name: str, *, only_district: bool) -> list[Hit]:
        """Return what a name means: the gazetteer's place, else one that nobody has reviewed; none for a territory."""
        folded = name.casefold()
        if term := self._terms.get(folded) or self._terms.get(f"the {folded}"):
            return [Hit(first, last, term, Basis.CONTEXT)]
        if folded in self._outside and not only_district:
            return []
        key = f"{self._force}-{slug(name)}"
        place = Hit(first, last, Term(Kind.PLACE, key, name, force=self._force), Basis.FORM)
        district = Hit(first, last, Term(Kind.DISTRICT, key, name, force=self._force), Basis.FORM)
        if only_district:
            return [district]
        return [place, district] if folded in self._districts else [place]


def _tells(term: Term) -> bool:
    return term.kind is Kind.DISTRICT or bool(term.within)


def _short_forms(terms: Mapping[str, Term]) -> dict[str, Term]:
    """Return the first words of names such as "Ross-on-Wye" that only one place's name begins with."""
    full: dict[str, set[Term]] = {}
    for name, term in terms.items():
        if (found := _SITED.match(name)) and term.kind is Kind.PLACE:
            full.setdefault(found["short"], set()).add(term)
    return {short: next(iter(meant)) for short, meant in full.items() if len(meant) == 1}


def _is_compass(name: str) -> bool:
    return all(w.norm in COMPASS for w in words(name))


def _in_small_letters(vocabulary: Vocabulary) -> set[str]:
    """Return the folded words that the names of a vocabulary hold in small letters."""
    return {
        w.norm
        for term in vocabulary.terms
        for name in (term.name, *term.aliases, *term.hints, *term.weak)
        for w in words(name)
        if w.raw.islower()
    }
