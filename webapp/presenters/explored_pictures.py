"""The rows of a collection as a map, a trend or a list of what they are linked to.

The numbers are the counts of the filters: each is the rows after the click on it, whatever else is chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib import XSD, Literal

from graph.namespaces import key_of
from graph.stores import Table
from webapp.presenters import maps, pictures
from webapp.presenters.areas import Area
from webapp.presenters.explore import Explored
from webapp.presenters.facets import ShownFacet
from webapp.presenters.facts import Entry
from webapp.presenters.heat import Step
from webapp.presenters.sankey import Flow, Sankey, Stop, draw
from webapp.presenters.solutions import roles
from webapp.presenters.things import Link
from webapp.store import View

MOST = 12
"""Things of one kind that the view of links shows; the facets have them all."""


ROWS_DRAWN, DRAWN = 12, 3
"""Rows that the drawing of links begins with, and things of each kind that it leads to: more cannot be read."""
_REPEATING = {"priority", "partner-type", "type", "district"}
"""Facets that say in other grains what another one says: listed, and not drawn."""
_SIGNS = {
    "lpa": "area", "district": "area", "force": "area", "place": "area", "priority": "commitment",
    "partner-type": "partner", "measure": "figure", "item": "evidence", "unit": "evidence", "programme": "evidence",
}  # fmt: skip
"""Kinds of things that share the colour of another."""


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
    links: Sankey | None = None
    drawn: int = 0
    """How many of the rows the drawing of links shows."""


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
        tallies = {name: tally for name in kinds if (tally := _most(_tally(found, facets[name]))).counts}
        links, drawn = _links(found, {name: tally for name, tally in tallies.items() if name not in _REPEATING})
        return Picture(counted, tallies=tuple(tallies.values()), links=links, drawn=drawn)
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


def _links(found: Explored, tallies: Mapping[str, Tally]) -> tuple[Sankey, int]:
    """Draw the rows with most links to the things that most rows share; return also how many rows are drawn.

    A link is as thick as the sentences that it rests on: those of the row that also say what is chosen.
    """
    shared = {
        (name, key_of(count.link.iri)): count
        for name, tally in tallies.items()
        for count in tally.counts[:DRAWN]
        if count.link.iri
    }
    said = {entry.iri: _said(found, entry, list(shared)) for entry in found.rows}
    rows = sorted((e for e in found.rows if said[e.iri]), key=lambda e: -len(said[e.iri]))[:ROWS_DRAWN]
    stops = [Stop(str(e.iri), 0, e.label, _sign(found.collection.kind), e.href or found.path) for e in rows]
    stops += [Stop(f"{n} {k}", 1, c.link.label, _sign(c.link.kind), c.href) for (n, k), c in shared.items()]
    flows = [
        Flow(str(entry.iri), f"{name} {key}", items, entry.href or found.path)
        for entry in rows
        for (name, key), items in said[entry.iri].items()
    ]
    return draw(stops, flows), len(rows)


def _said(found: Explored, entry: Entry, wanted: Sequence[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Return how many sentences give ``entry`` each value that is wanted; one for what holds of it as a whole."""
    counted: Counter[tuple[str, str]] = Counter()
    for place, said in enumerate(found.met(entry)):
        # What holds of the thing as a whole is told by the first, what items say by the others.
        here = [(name, key) for name, key in wanted if (name in found.collection.whole) == (place == 0)]
        counted.update((name, key) for name, key in here if key in said.get(name, ()))
    return counted


def _sign(kind: str) -> str:
    return _SIGNS.get(kind, kind)


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
