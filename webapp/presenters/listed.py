"""What operations and partners have in common: names, places of work, and sentences that speak of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rdflib import URIRef

from graph.namespaces import key_of
from webapp.addresses import item_number, page_of, report_of
from webapp.presenters.things import Link


@dataclass(slots=True, kw_only=True)
class Listed:
    """A thing with the evidence that speaks of it."""

    iri: URIRef
    label: str
    unreviewed: bool
    areas: list[Link] = field(default_factory=list)
    """Where it is at work, by the short names that tables have room for."""
    items: set[str] = field(default_factory=set)
    """The evidence items that speak of it."""

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
