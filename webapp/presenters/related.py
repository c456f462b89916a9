"""Which other operations an operation has to do with, and why, in words.

Two operations are related by what rules link both to: a partner, a theme, a district, a promise. What most operations
share says little, so each shared thing counts for the information that sharing it gives: the logarithm of all
operations over those that have it (inverse document frequency, Spärck Jones 1972). What all have counts for nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from graph.namespaces import GT
from webapp.addresses import item_number, page_of, report_of
from webapp.presenters.listed import first_of
from webapp.presenters.operations import Operation, operations
from webapp.presenters.partners import partners
from webapp.presenters.things import Link
from webapp.store import View

WORDS: Final = {
    GT.workedWith: "both work with",
    GT.reachesDistrict: "both reach",
    GT.tackles: "both tackle",
    GT.servesCommitment: "both serve",
}
"""How a shared link is said; links by heading alone and areas, which nearly all share, relate nothing."""

MOST: Final = 8
EACH: Final = 3
"""Operations shown, and things shown for each relation to one of them; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What two operations share, and a sentence for each of the two."""

    words: str
    thing: Link
    here: Link
    there: Link
    weight: float


@dataclass(frozen=True, slots=True)
class Path:
    """What two operations share by one relation, the most telling first: "both tackle" this and that."""

    words: str
    shared: tuple[Shared, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Related:
    """Another operation, and the paths that lead to it, the most telling first."""

    operation: Link
    together: Link | None
    """The item that names both, if one does."""
    paths: tuple[Path, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Relations:
    """The operations most related to one, and how many more share something with it."""

    shown: tuple[Related, ...]
    more: int


Holding = Mapping[tuple[URIRef, URIRef], tuple[str, ...]]
"""Relation and thing to the items that the link rests on."""


def related(view: View, operation: Operation) -> Relations:
    """Return the operations that share most with ``operation``, and why."""
    holdings = view.recall("holdings", lambda: {key: _holding(view, o) for key, o in operations(view).items()})
    known = operations(view)
    having = Counter(link for holding in holdings.values() for link in holding)
    mine = holdings[operation.key]
    found = []
    for key, other in known.items():
        common = mine.keys() & holdings[key].keys()
        if key == operation.key or not (common or operation.items & other.items):
            continue
        shared = [_shared(operation, link, mine, holdings[key], math.log(len(known) / having[link])) for link in common]
        together = first_of(operation.items & other.items)
        told = tuple(sorted((s for s in shared if s.weight > 0), key=lambda s: (-s.weight, s.thing.label)))
        # A sentence that names both says more than anything that two sentences share.
        weight = sum(s.weight for s in told) + (math.log(len(known)) if together else 0)
        if weight > 0:
            found.append(
                Related(
                    Link(other.label, other.href, "operation"),
                    Link("one sentence names both", together, "item") if together else None,
                    _paths(told),
                    weight,
                )
            )
    found.sort(key=lambda one: (-one.weight, one.operation.label))
    return Relations(tuple(found[:MOST]), max(0, len(found) - MOST))


def _holding(view: View, operation: Operation) -> dict[tuple[URIRef, URIRef], tuple[str, ...]]:
    generic = {p.iri for p in partners(view).values() if p.generic}
    found: dict[tuple[URIRef, URIRef], list[str]] = {}
    for item, relation, value in operation.said:
        if relation in WORDS and value not in generic:
            found.setdefault((relation, value), []).append(item)
    return {link: tuple(sorted(set(items), key=_in_report_order)) for link, items in found.items()}


def _in_report_order(item: str) -> tuple[str, int]:
    return report_of(item), item_number(item)


def _shared(operation: Operation, link: tuple[URIRef, URIRef], mine: Holding, theirs: Holding, weight: float) -> Shared:
    relation, value = link
    href = page_of(value)
    thing = next(known for known in operation.links[relation] if known.href == href)
    # A promise goes by its number here: its words are on the page already, and long.
    name = thing.label.split(" ", 1)[0] if thing.kind == "commitment" else thing.label
    named = Link(name, thing.href, thing.kind)
    return Shared(WORDS[relation], named, _item(mine[link][0]), _item(theirs[link][0]), weight)


def _paths(told: Sequence[Shared]) -> tuple[Path, ...]:
    """Return ``told`` by relation, that of the most telling thing first."""
    by_words: dict[str, list[Shared]] = {}
    for shared in told:
        by_words.setdefault(shared.words, []).append(shared)
    return tuple(Path(words, tuple(known[:EACH]), max(0, len(known) - EACH)) for words, known in by_words.items())


def _item(item: str) -> Link:
    return Link(f"item {item_number(item)}", page_of(item), "item")
