"""The rows of a collection as a map, a trend or a list of what they are linked to: counts of the rows on hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from rdflib import XSD, Literal, URIRef

from graph.stores import Table
from webapp.presenters import pictures
from webapp.presenters.explore import Explored
from webapp.presenters.solutions import roles
from webapp.presenters.things import Link
from webapp.store import View

PLACES = ("lpa", "district")
MOST = 12
"""Things of one kind that the view of links shows; the facets have them all."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the rows have a value, and where those rows are."""

    link: Link
    rows: int
    href: str


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of one facet, under its title."""

    title: str
    counts: tuple[Count, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A view other than the table: a drawing where there is one to make, and the counts that it is made from."""

    counts: tuple[Counts, ...]
    tiles: pictures.Tiles | None = None
    chart: pictures.Chart | None = None


def picture(view: View, found: Explored) -> Picture | None:
    """Return the view that ``found`` is asked for, None where that is the table."""
    if found.state.view == "map":
        return _map(view, found)
    if found.state.view == "trend":
        return _trend(view, found)
    return _links(found) if found.state.view == "network" else None


def _map(view: View, found: Explored) -> Picture:
    counts = tuple(_counts(found, facet.name, every=True) for facet in found.facets if facet.name in PLACES)
    rows = tuple(
        (URIRef(found.facts.terms[facet, key]), Literal(str(n), datatype=XSD.integer))
        for facet in PLACES
        for key, n in found.counts.get(facet, {}).items()
    )
    table = Table(("area", found.collection.name), rows)
    columns = roles(table)
    tiles = pictures.tiles(view, table, columns) if rows and pictures.can_map(view, table, columns) else None
    return Picture(counts, tiles=tiles)


def _trend(view: View, found: Explored) -> Picture:
    counts = _counts(found, "quarter", every=True)
    rows = tuple((Literal(c.link.label), Literal(str(c.rows), datatype=XSD.integer)) for c in counts.counts)
    table = Table(("quarter", found.collection.name), rows)
    return Picture((counts,), chart=pictures.chart(view, table, roles(table)) if rows else None)


def _links(found: Explored) -> Picture:
    """Return what the rows are linked to: the things of each kind that most of them share."""
    kinds = [facet.name for facet in found.collection.facets if facet.kind and facet.name != "quarter"]
    counts = (_counts(found, name) for name in kinds)
    return Picture(tuple(one for one in counts if one.counts))


def _counts(found: Explored, name: str, *, every: bool = False) -> Counts:
    """Return how many of the rows have each value of a facet: ``every`` one in order, or the most frequent."""
    facet = next(facet for facet in found.facets if facet.name == name)
    of = found.counts.get(name, Counter())
    listed = [
        Count(
            replace(found.thing(name, option.key), label=option.label),
            of[option.key],
            found.narrowed(name, option.key) if not option.chosen else "",
        )
        for option in facet.options
    ]
    if every:
        return Counts(facet.title, tuple(listed))
    some = sorted((count for count in listed if count.rows), key=lambda count: -count.rows)
    return Counts(facet.title, tuple(some[:MOST]), len(some) - len(some[:MOST]))
