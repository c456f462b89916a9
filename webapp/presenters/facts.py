"""What the rows of a collection can be found by: asked once for a data version, kept, and counted in memory.

A page of a collection asks the store nothing once its facts are kept: filters, counts and sorting are work on sets of
a few thousand short keys (docs/adr/0023-explored-in-memory.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from sys import intern

from rdflib import URIRef
from rdflib.term import Node

from graph.namespaces import key_of
from webapp.addresses import item_number, kind_of, page_of, report_of
from webapp.presenters.areas import FORCE_WIDE, areas
from webapp.presenters.collections import Collection, ColumnOf
from webapp.presenters.facets import Described
from webapp.presenters.naming import names
from webapp.presenters.things import Link, index
from webapp.store import View

_SHORT = {"lpa", "district", "force"}


_DIGITS = re.compile(r"(\d+)")


def natural(words: str) -> tuple[str | int, ...]:
    """Return what to sort ``words`` by, so that item 9 comes before item 10."""
    return tuple(int(part) if place % 2 else part for place, part in enumerate(_DIGITS.split(words.casefold())))


@dataclass(slots=True)
class Entry:
    """A row of a collection: what it is called, and what is said of it by each evidence item and as a whole."""

    iri: URIRef
    label: str = ""
    spoken: list[str] = field(default_factory=list)
    """Its names, as the search box compares them."""
    described: Described = field(default_factory=Described)

    @property
    def key(self) -> str:
        """The last part of its address."""
        return key_of(self.iri)

    @property
    def href(self) -> str | None:
        """The page about it."""
        return page_of(self.iri)

    @property
    def place(self) -> tuple[str | int, ...]:
        """What it is sorted by: its name, numbers in it by their size."""
        return natural(self.label)

    @property
    def items(self) -> int:
        """How many evidence items speak of it."""
        return len(self.described.by_item)

    @property
    def first_item(self) -> str:
        """The page of the first sentence about it, in the order of the reports; "" if there is none."""
        first = min(self.described.by_item, key=lambda i: (report_of(i), item_number(i)), default="")
        return page_of(first) or "" if first else ""

    def keys(self, facet: str, where: tuple[str, str] | None = None) -> set[str]:
        """Return its values of ``facet``; with ``where`` only those of sentences that say that too."""
        if where is None:
            return self.described.values(facet)
        said = (s for s in self.described.by_item.values() if where[1] in s.get(where[0], ()))
        return {key for s in said for key in s.get(facet, ())}


@dataclass(slots=True)
class Facts:
    """The rows of a collection by address, in its own order, and the values of its facets."""

    collection: Collection
    entries: dict[str, Entry]
    values: dict[str, dict[str, Link]]
    """Facet, key of a value: its name and page."""
    terms: dict[tuple[str, str], str]
    """The address of a value that is a thing."""
    most: int
    """The most evidence items that one row has."""

    def links(self, entry: Entry, column: ColumnOf) -> list[Link]:
        """Return what ``column`` shows of ``entry``, each value once: facet by facet, by name."""
        found: list[Link] = []
        for facet in column.facets:
            known = self.values.get(facet, {})
            links = sorted((known[k] for k in entry.keys(facet, column.where)), key=lambda link: natural(link.label))
            found += [link for link in links if link not in found]
        return found


def facts(view: View, collection: Collection) -> Facts:
    """Return what the rows of ``collection`` can be found by."""
    return view.recall(("facts", collection.name), lambda: _read(view, collection))


def keys_with(view: View, collection: Collection, facet: str, value: str) -> set[str]:
    """Return the keys of the rows of ``collection`` that have ``value`` for ``facet``."""
    return {entry.key for entry in facts(view, collection).entries.values() if value in entry.keys(facet)}


def _read(view: View, collection: Collection) -> Facts:
    entries: dict[str, Entry] = {}
    met: dict[tuple[str, str], Node] = {}
    for thing, item, facet_, value in view.once(collection.facts_query).rows:
        if not isinstance(thing, URIRef) or facet_ is None or value is None:
            continue
        entry = entries.get(thing) or entries.setdefault(str(thing), Entry(thing))
        facet = intern(str(facet_))
        if facet == "label":
            entry.label = str(value)
        if facet in {"label", "name"}:
            entry.spoken.append(str(value).casefold())
            continue
        key = intern(key_of(value) if isinstance(value, URIRef) else str(value))
        met[facet, key] = value
        if item is None:
            entry.described.say_whole(facet, key)
        else:
            entry.described.say(intern(str(item)), facet, key)
    # Of what is only counted, such as each figure, nobody asks the name.
    values = _named(view, {at: term for at, term in met.items() if at[0] in collection.named})
    for facet in collection.searched:
        for entry in entries.values():
            entry.spoken += [values[facet][key].label.casefold() for key in entry.keys(facet)]
    ordered = sorted(entries.items(), key=lambda pair: (pair[1].place, pair[0]))
    if collection.order:
        first = next(column for column in collection.columns if column.name == collection.order.removeprefix("-"))
        most_first = collection.order.startswith("-")
        ordered.sort(key=lambda pair: sum(len(pair[1].keys(facet)) for facet in first.facets), reverse=most_first)
    most = max((entry.items for entry in entries.values()), default=0)
    return Facts(collection, dict(ordered), values, {at: str(value) for at, value in met.items()}, most)


def _named(view: View, met: dict[tuple[str, str], Node]) -> dict[str, dict[str, Link]]:
    """Return the names of the values that were met, by facet and key: areas by their short ones."""
    known, places = index(view), areas(view)
    others = names(view, {t for t in met.values() if isinstance(t, URIRef) and not known.get(t) and t not in places})
    found: dict[str, dict[str, Link]] = {}
    for (facet, key), term in met.items():
        if not isinstance(term, URIRef):
            link = Link(key, None)
        elif kind_of(term) in _SHORT:
            link = Link(
                places[term].short if term in places else FORCE_WIDE, page_of(term), kind_of(term), iri=str(term)
            )
        elif thing := known.get(term):
            link = replace(thing.link(), iri=str(term))
        else:
            link = Link(others.of(term), page_of(term), kind_of(term), iri=str(term))
        found.setdefault(facet, {})[key] = link
    return found
