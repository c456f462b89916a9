"""Who else is in the room when a partner works with the police, and what a partner does beyond that.

A sentence that lists a dozen bodies brings no two of them close: each shared sentence counts for one over the number
of others in it, as in networks of co-authors (Newman 2001, https://doi.org/10.1103/PhysRevE.64.016132).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from graph.namespaces import GT
from webapp.addresses import item_number, kind_of, page_of, span_of
from webapp.presenters.listed import first_of
from webapp.presenters.partners import Partner, partners
from webapp.presenters.things import Link
from webapp.store import View
from webapp.terms import number, solutions, text

MOST: Final = 15


@dataclass(frozen=True, slots=True)
class Companion:
    """Another body that works with the police beside a partner: how often, where first, on which operations."""

    partner: Link
    items: int
    first_item: str
    operations: tuple[Link, ...]
    closeness: float


@dataclass(frozen=True, slots=True)
class Company:
    """The bodies closest to a partner, and how many more there are."""

    shown: tuple[Companion, ...]
    more: int


def company(view: View, partner: Partner) -> Company:
    """Return who else is at work in the sentences in which ``partner`` is; kinds of body are left out."""
    known = [p for p in partners(view).values() if not p.generic]
    present = Counter(item for p in known for item in p.acting & partner.acting)
    mine = {link.href: items for link, items in partner.links.get(GT.namesOperation, {}).items()}
    found = []
    for other in known:
        common = partner.acting & other.acting
        if other.key == partner.key or not common:
            continue
        shared = tuple(
            link for link, items in other.links.get(GT.namesOperation, {}).items() if items & mine.get(link.href, set())
        )
        others = 0 if partner.generic else 1
        closeness = sum(1 / max(1, present[item] - others) for item in common)
        found.append(
            Companion(
                Link(other.label, other.href, "partner", other.type_words),
                len(common),
                first_of(common),
                shared,
                closeness,
            )
        )
    found.sort(key=lambda one: (-one.closeness, -one.items, one.partner.label))
    return Company(tuple(found[:MOST]), max(0, len(found) - MOST))


@dataclass(frozen=True, slots=True)
class Role:
    """What a body does beyond working with the police, and the words that say so."""

    word: str
    places: tuple[Link, ...]


def roles(view: View, **thing: str) -> dict[URIRef, list[Role]]:
    """Return the roles of each body; ``thing`` is one partner, or an operation whose items are asked."""
    found: dict[URIRef, dict[str, dict[Link, None]]] = {}
    for row in solutions(view.page("partner-roles", **thing)):
        item = text(row, "item")
        at = span_of(item, number(row, "start"), number(row, "end"))
        place = Link(f"item {item_number(item)}", at, kind_of(item))
        found.setdefault(URIRef(text(row, "partner")), {}).setdefault(text(row, "roleLabel"), {})[place] = None
    return {
        partner: [Role(word, tuple(places)) for word, places in by_word.items()] for partner, by_word in found.items()
    }


def roles_by_page(view: View, **thing: str) -> dict[str, list[Role]]:
    """Return ``roles`` by the address of each body's page."""
    return {page_of(partner) or "": known for partner, known in roles(view, **thing).items()}
