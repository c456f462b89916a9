"""What operations and partners have in common: they stand in a list that filters narrow, and lead to a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from flask import request
from rdflib import URIRef

from graph.namespaces import key_of
from webapp.addresses import item_number, page_of, report_of
from webapp.presenters.facets import Described, Facet, ShownFacet, matching, shown
from webapp.presenters.listing import Chip, chips, selection
from webapp.presenters.things import Link


@dataclass(slots=True, kw_only=True)
class Listed:
    """A thing of a list, with what its filters can find it by."""

    iri: URIRef
    label: str
    unreviewed: bool
    areas: list[Link] = field(default_factory=list)
    """Where it is at work, by the short names that tables have room for."""
    items: set[str] = field(default_factory=set)
    """The evidence items that speak of it."""
    described: Described = field(default_factory=Described)

    @property
    def key(self) -> str:
        """The last part of its address."""
        return key_of(self.iri)

    @property
    def href(self) -> str:
        """Its page."""
        return page_of(self.iri) or ""

    @property
    def first_item(self) -> str:
        """The page of the first sentence about it, "" if there is none."""
        return first_of(self.items)


def first_of(items: Iterable[str]) -> str:
    """Return the page of the first of ``items``, in the order of their reports; "" if there is none."""
    first = min(items, key=lambda item: (report_of(item), item_number(item)), default="")
    return page_of(first) or "" if first else ""


L = TypeVar("L", bound=Listed)


@dataclass(frozen=True, slots=True)
class Filtered(Generic[L]):
    """The things that meet the request's filters, and the filters as the page shows them."""

    rows: tuple[L, ...]
    facets: tuple[ShownFacet, ...]
    chips: tuple[Chip, ...]
    total: int
    """How many there are without filters."""
    most: int
    """The most evidence items that one of them has."""


def filtered(
    things: Mapping[str, L], facets: Sequence[Facet], whole: Iterable[str], names: Callable[[L], str]
) -> Filtered[L]:
    """Return those of ``things`` that the request asks for: by facets, and by words that ``names`` must hold."""
    chosen = selection(facets)
    described = {key: thing.described for key, thing in things.items()}
    words = request.args.get("q", "").strip().casefold()
    found = (things[key] for key in matching(described, chosen, whole))
    return Filtered(
        rows=tuple(thing for thing in found if words in names(thing).casefold()),
        facets=tuple(shown(facets, described, chosen, whole)),
        chips=tuple(chips(facets, chosen)),
        total=len(things),
        most=max((len(thing.items) for thing in things.values()), default=0),
    )
