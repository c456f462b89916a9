"""Which area a heading of a report names."""

from __future__ import annotations

from graph.headings import Headings
from graph.model import FORCE_WIDE, Area, Kind, Vocabulary
from graph.namespaces import slug
from graph.priorities import SENTENCE_END

_MOST_WORDS = 6
_WORK = frozenset(
    """crime criminal contact control operations operational protection public response justice intelligence
    support serious major specialist custody investigation investigations roads digital forensic cyber
    prevention partnership partnerships safeguarding vulnerability neighbourhood community strategic
    professional standards people corporate chief""".split()
)
"""Words of the names of commands and hubs that are no areas."""


class AreaHeadings:
    """The names of a force's areas and districts, and the form that names of other areas have."""

    def __init__(self, vocabulary: Vocabulary, headings: Headings, force: str) -> None:
        self._headings = headings
        self._force = force
        self._areas = _areas(vocabulary, force)
        self._districts = _districts(vocabulary, force)

    def area(self, text: str) -> Area | None:
        """Return the area that a heading line names: known to the vocabulary, or by its form, or the whole force.

        The key of an area known by its form begins with the force's: two forces may each have an Eastern Division.
        """
        name = text.rstrip(":").strip()
        if len(name.split()) > _MOST_WORDS or SENTENCE_END.search(name):
            return None
        if self._headings.is_whole_force(name) or name.casefold() == f"across {self._force}".casefold():
            return FORCE_WIDE
        if known := self._areas.get(name.casefold()):
            return known
        form = self._headings.area_name(name)
        if form and all(w[:1].isupper() or w in ("and", "of", "the") for w in form.split()) and not _is_work(form):
            known = self._areas.get(form.casefold()) or self._districts.get(form.casefold())
            return known or Area(f"{self._force}-{slug(name)}", form)
        return None


def _is_work(name: str) -> bool:
    """Return whether a name tells what a part of the force does, and not where: "Serious Crime" of a command."""
    return any(word.casefold() in _WORK for word in name.split())


def _areas(vocabulary: Vocabulary, force: str) -> dict[str, Area]:
    """Return the names that a heading may use for an area of the force, folded, with the area each means."""
    names: dict[str, Area] = {}
    for term in vocabulary.of(Kind.AREA):
        if term.force == force:
            short = term.hints[0] if term.hints else term.name
            for name in (term.name, *term.aliases, *term.hints):
                names[name.casefold()] = Area(term.key, short)
    return names


def _districts(vocabulary: Vocabulary, force: str) -> dict[str, Area]:
    """Return the names of the districts of the force, folded, each with the area it lies in."""
    short = {t.key: t.hints[0] if t.hints else t.name for t in vocabulary.of(Kind.AREA)}
    return {
        name.casefold(): Area(term.within, short[term.within], term.key)
        for term in vocabulary.of(Kind.DISTRICT)
        if term.force == force and term.within in short
        for name in (term.name, *term.aliases)
    }
