"""Which of the names that overlap a text means."""

from __future__ import annotations

from collections.abc import Sequence

from graph.mentions.lexicon import Hit
from graph.mentions.words import longest
from graph.model import Basis, Kind

_PLACES = (Kind.PLACE, Kind.DISTRICT)
_SURENESS = {Basis.LABEL: 0, Basis.ALIAS: 1, Basis.CONTEXT: 2}


def choose(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits that no longer one covers; a name that means things of several kinds keeps them all.

    A place inside the name of one of the force's own teams, or of a kind of body, is still named:
    "Brentwood Community Policing Team" tells where. Inside the name of a body it is not.
    """
    ranges = {span for _, _, span in longest((h.first, h.last, (h.first, h.last)) for h in hits)}
    kept = [h for h in hits if (h.first, h.last) in ranges]
    owners = [h for h in kept if h.term.kind is Kind.UNIT or (h.term.kind is Kind.PARTNER and h.term.generic)]
    nested = [
        h
        for h in hits
        if h.term.kind in _PLACES
        and (h.first, h.last) not in ranges
        and any(o.first <= h.first and h.last <= o.last for o in owners)
    ]
    return _one_sense([*kept, *nested])


def _one_sense(hits: Sequence[Hit]) -> list[Hit]:
    """Keep one meaning of each kind at each place.

    The surer name comes first; a settlement comes before the district of the same name, a body before both.
    """
    best: dict[tuple[int, int, str], Hit] = {}
    for hit in sorted(hits, key=lambda h: (_SURENESS.get(h.basis, 3), h.term.kind is Kind.DISTRICT, h.term.key)):
        family = "place" if hit.term.kind in (*_PLACES, Kind.AREA) else hit.term.kind
        best.setdefault((hit.first, hit.last, family), hit)
    bodies = {(h.first, h.last) for h in best.values() if h.term.kind is Kind.PARTNER}
    return [h for h in best.values() if h.term.kind not in _PLACES or (h.first, h.last) not in bodies]
