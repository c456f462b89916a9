"""The rows of a collection as a map, a trend or a list of what they are linked to.

The numbers are the counts of the filters: each is the rows after the click on it, whatever else is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rdflib import XSD, Literal

from graph.namespaces import key_of
from graph.stores import Table
from webapp.presenters import maps, pictures
from webapp.presenters.areas import Area
from webapp.presenters.explore import Explored
from webapp.presenters.facets import ShownFacet
from webapp.presenters.heat import Step
from webapp.presenters.solutions import roles
from webapp.presenters.things import Link
from webapp.store import View

MOST = 12
"""Things of one kind that the view of links shows; the facets have them all."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the rows have a value, and where those rows are."""

    link: Link
    rows: int
    href: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one facet, under its title."""

    title: str
    counts: tuple[Count, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A view other than the table: a drawing where there is one to make, and the counts that it is made from."""

    counted: maps.Count
    maps: tuple[maps.ForceMap, ...] = ()
    steps: tuple[Step, ...] = ()
    chart: pictures.Chart | None = None
    tallies: tuple[Tally, ...] = ()


def picture(view: View, found: Explored) -> Picture | None:
    """Return the view that ``found`` is asked for, None where that is the table."""
    counted = maps.Count(found.collection.name, found.collection.title, "")
    facets = {facet.name: facet for facet in found.facets}
    if found.state.view == "map":
        return _map(view, found, facets, counted)
    if found.state.view == "trend":
        return _trend(view, found, facets, counted)
    if found.state.view == "network":
        kinds = [facet.name for facet in found.collection.facets if facet.kind and facet.name != "quarter"]
        tallies = (_most(_tally(found, facets[name])) for name in kinds)
        return Picture(counted, tallies=tuple(tally for tally in tallies if tally.counts))
    return None


def _map(view: View, found: Explored, facets: Mapping[str, ShownFacet], counted: maps.Count) -> Picture:
    counts = {name: {o.key: o.count for o in facets[name].options} for name in ("lpa", "district")}

    def facet(area: Area) -> str:
        return "district" if area.kind == "district" else "lpa"

    drawn, steps = maps.drawn(
        view,
        lambda area: counts[facet(area)].get(key_of(area.iri), 0),
        lambda area: found.narrowed(facet(area), key_of(area.iri)),
    )
    return Picture(counted, maps=drawn, steps=steps)


def _trend(view: View, found: Explored, facets: Mapping[str, ShownFacet], counted: maps.Count) -> Picture:
    tally = _tally(found, facets["quarter"])
    rows = tuple((Literal(c.link.label), Literal(str(c.rows), datatype=XSD.integer)) for c in tally.counts)
    table = Table(("Quarter", found.collection.title), rows)
    chart = pictures.chart(view, table, roles(table)) if rows else None
    return Picture(counted, chart=chart, tallies=(tally,))


def _tally(found: Explored, facet: ShownFacet) -> Tally:
    return Tally(
        facet.title,
        tuple(
            Count(
                replace(found.thing(facet.name, option.key), label=option.label),
                option.count,
                found.narrowed(facet.name, option.key),
            )
            for option in facet.options
        ),
    )


def _most(tally: Tally) -> Tally:
    """Return the values that most rows have, the others counted."""
    some = sorted((count for count in tally.counts if count.rows), key=lambda count: -count.rows)
    return Tally(tally.title, tuple(some[:MOST]), len(some) - len(some[:MOST]))
