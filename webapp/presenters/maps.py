"""The map: a number for each district, on tiles that the force's vocabulary lays out, or within boundaries.

A force without a layout gets its districts in blocks, one for each policing area.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask import current_app, url_for
from rdflib import URIRef

from graph.model import FAULTS
from graph.namespaces import key_of
from webapp.boundaries import Boundaries, Drawing, draw
from webapp.presenters import checks
from webapp.presenters.areas import Area, areas, groups
from webapp.presenters.collections import OPERATIONS, PARTNERS
from webapp.presenters.facets import Described, matching
from webapp.presenters.facts import facts
from webapp.presenters.heat import Step, shade, steps
from webapp.store import View
from webapp.terms import solutions, text

ACROSS = 6
"""Columns that blocks of districts stand side by side in."""
SIDES = {"n": (-1, 0), "e": (0, 1), "s": (1, 0), "w": (0, -1)}

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Count:
    """Something that can be counted in every area: its key in the address, and words for one and several."""

    key: str
    title: str
    meaning: str


COUNTS = (
    Count("items", "Evidence items", "sentences of evidence told under the area or naming the district"),
    Count("operations", "Operations", "operations that some sentence links to the area"),
    Count("partners", "Partners", "bodies that some sentence about the area shows at work with the police"),
    Count("failing", "Figures to look at", "stated figures about the area that do not add up or cannot be settled"),
)


@dataclass(frozen=True, slots=True)
class Tile:
    """A district, or an area as a whole, with its number and the way to the rows that were counted."""

    area: Area
    value: int
    shade: int
    href: str
    row: int = 0
    column: int = 0
    borders: tuple[str, ...] = ()
    """The sides beyond which another policing area lies, or none: "n", "e", "s", "w"."""


@dataclass(frozen=True, slots=True)
class Region:
    """A policing area, or the force as a whole, with its districts."""

    tile: Tile
    districts: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class ForceMap:
    """The map of one force."""

    force: Area
    regions: tuple[Region, ...]
    columns: int
    laid_out: bool
    """Whether the layout is the force's own, and not blocks."""
    drawing: Drawing | None
    source: str

    @property
    def tiles(self) -> list[tuple[Region, Tile]]:
        """Every district with the area it lies in, in the order of the areas."""
        return [(region, tile) for region in self.regions for tile in region.districts]


@dataclass(frozen=True, slots=True)
class MapPage:
    """What is counted, the maps of all forces, and what the shades mean."""

    count: Count
    maps: tuple[ForceMap, ...]
    steps: tuple[Step, ...]


def map_page(view: View, count: str = "") -> MapPage:
    """Return the maps with the number that ``count`` names (default: the first)."""
    chosen = next((one for one in COUNTS if one.key == count), COUNTS[0])
    maps, found = drawn(view, _counted(view)[chosen.key], partial(_rows, chosen))
    return MapPage(chosen, maps, found)


def drawn(
    view: View, counted: Callable[[Area], int], rows: Callable[[Area], str]
) -> tuple[tuple[ForceMap, ...], tuple[Step, ...]]:
    """Return the map of every force with a number for each area, ``counted``, and what the shades mean.

    ``rows`` gives the page that lists what was counted.
    """
    by_force: dict[URIRef, list[tuple[Area, list[Area]]]] = {}
    for area, districts in groups(view):
        force = area.iri if area.kind == "force" else area.parent
        if force:
            by_force.setdefault(force, []).append((area, districts))
    most = max((counted(d) for group in by_force.values() for _, ds in group for d in ds), default=0)
    known = areas(view)

    def tile(area: Area) -> Tile:
        value = counted(area)
        return Tile(area, value, shade(value, most), rows(area))

    maps = tuple(_force(view, known[force], group, tile) for force, group in by_force.items() if force in known)
    return maps, steps(most)


def map_of(view: View, area: Area, count: str = "") -> ForceMap | None:
    """Return the map of the force that ``area`` is or lies in, None if it has no districts."""
    known = areas(view)
    here: Area | None = area
    while here is not None and here.kind != "force":
        here = known.get(here.parent) if here.parent else None
    found = next((m for m in map_page(view, count).maps if here and m.force.iri == here.iri), None)
    return found if found and found.tiles else None


def _force(view: View, force: Area, group: Sequence[tuple[Area, list[Area]]], made: Callable[[Area], Tile]) -> ForceMap:
    given = _given(view)
    cells = place([[d.iri for d in districts] for _, districts in group], given)
    owner = {cells[d.iri]: area.iri for area, districts in group for d in districts}

    def tile(area: Area, region: Area) -> Tile:
        cell = cells.get(area.iri, (0, 0))
        borders = (side for side, (down, right) in SIDES.items() if owner.get((cell[0] + down, cell[1] + right)))
        others = (s for s in borders if owner[cell[0] + SIDES[s][0], cell[1] + SIDES[s][1]] != region.iri)
        return replace(made(area), row=cell[0], column=cell[1], borders=tuple(others))

    regions = tuple(Region(tile(area, area), tuple(tile(d, area) for d in districts)) for area, districts in group)
    known: Boundaries | None = current_app.extensions.get("goldenthread-boundaries")
    codes = [d.notation for _, districts in group for d in districts]
    outlines = {code: known.districts[code] for code in codes if code in known.districts} if known else {}
    return ForceMap(
        force,
        regions,
        max((column for _, column in cells.values()), default=1),
        all(d.iri in given for _, ds in group for d in ds),
        draw(outlines) if outlines and len(outlines) == len(codes) else None,
        known.source if known else "",
    )


def place(groups: Iterable[Sequence[URIRef]], given: Mapping[URIRef, Cell]) -> dict[URIRef, Cell]:
    """Return a tile for each district: where it is ``given`` one (the first to be given it), else in blocks by group.

    Rows and columns begin at 1. Blocks are as near to square as they can be, side by side below what is given.
    """
    placed: dict[URIRef, Cell] = {}
    left: list[list[URIRef]] = []
    for group in groups:
        missing = []
        for district in group:
            if district in given and given[district] not in placed.values():
                placed[district] = given[district]
            else:
                missing.append(district)
        left.append(missing)
    top, column, deepest = max((row for row, _ in placed.values()), default=0), 0, 0
    for missing in filter(None, left):
        width = math.ceil(math.sqrt(len(missing)))
        if column and column + width > ACROSS:
            top, column, deepest = top + deepest, 0, 0
        for n, district in enumerate(missing):
            placed[district] = (top + n // width + 1, column + n % width + 1)
        column, deepest = column + width, max(deepest, math.ceil(len(missing) / width))
    return placed


def _given(view: View) -> dict[URIRef, Cell]:
    found = {}
    for row in solutions(view.page("tiles")):
        down, _, right = text(row, "position").partition(",")
        found[URIRef(text(row, "district"))] = (int(down), int(right))
    return found


def _counted(view: View) -> dict[str, Callable[[Area], int]]:
    """Return for each count how many there are in an area: as many as the page that the number leads to shows."""
    known, bodies = (
        {key: entry.described for key, entry in facts(view, collection).entries.items()}
        for collection in (OPERATIONS, PARTNERS)
    )
    failing = {key: check.described for key, check in checks.checks(view).items() if check.is_fault}
    return {
        "items": lambda area: area.items,
        "operations": lambda area: _matching(known, area, OPERATIONS.whole),
        "partners": lambda area: _matching(bodies, area, PARTNERS.whole, role=["acts"]),
        "failing": lambda area: _matching(failing, area, ("lpa", "district")),
    }


def _matching(things: Mapping[str, Described], area: Area, whole: Iterable[str], **more: Sequence[str]) -> int:
    return len(matching(things, {_facet(area): [key_of(area.iri)], **more}, whole))


def _facet(area: Area) -> str:
    return "district" if area.kind == "district" else "lpa"


def _rows(count: Count, area: Area) -> str:
    """Return the page that lists what was counted."""
    here: dict[str, Any] = {_facet(area): key_of(area.iri)}
    if count.key == "operations":
        return url_for("operations.index", **here)
    if count.key == "partners":
        return url_for("partners.index", role="acts", **here)
    if count.key == "failing":
        return url_for("audit.index", verdict=sorted(verdict.value for verdict in FAULTS), **here)
    return f"{area.link().href}#evidence"
