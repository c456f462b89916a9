"""Commitments: what the plan promises, and how much each area says was done for it; a gap is an answer too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import URIRef

from graph.errors import NotFound
from graph.namespaces import key_of
from webapp.addresses import page_of
from webapp.presenters.areas import Area, local_areas
from webapp.presenters.evidence import Evidence, evidence
from webapp.presenters.things import Link, index
from webapp.store import View
from webapp.terms import Solution, iri, number, solutions, text

HERE, FORCE_WIDE, NONE = "here", "force-wide only", "none found"
"""What there is for a commitment in an area: evidence, only some that speaks of the whole force, or none."""

SHADES = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """How much evidence there is for a commitment in an area, and the gap if there is none."""

    area: Area
    items: int
    operations: int
    partners: int
    gap: str
    shade: int
    href: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment with its place in the plan and its evidence by area."""

    iri: URIRef
    number: str
    label: str
    priority: URIRef
    cells: tuple[Cell, ...]

    @property
    def key(self) -> str:
        """The last part of its address."""
        return key_of(self.iri)

    @property
    def href(self) -> str:
        """Its page."""
        return page_of(self.iri) or ""

    @property
    def items(self) -> int:
        """How many evidence items there are for it."""
        return sum(cell.items for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Priority:
    """A priority with its commitments, in the order of the plan."""

    key: str
    number: str
    label: str
    plan: str
    areas: tuple[Area, ...]
    """The areas of the plan's force: the columns of its table."""
    commitments: tuple[Commitment, ...]


def plan(view: View) -> list[Priority]:
    """Return the priorities and their commitments, in the order of the plan."""
    return view.recall("plan", lambda: _read(view))


def find(view: View, key: str) -> Commitment:
    """Return the commitment with ``key``, or with that number where only one plan has it.

    Raises: NotFound with links to those of that number in several plans, or else to the nearest.
    """
    every = [commitment for priority in plan(view) for commitment in priority.commitments]
    found = [c for c in every if c.key == key] or [c for c in every if c.number == key]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(f"More than one plan has a commitment {key}.", near=[link(c) for c in found])
    known = index(view)
    near = [thing.link() for thing in known.near(key, known.of_kind("commitment"))]
    raise NotFound(f"There is no commitment “{key}” here.", near=near)


def _read(view: View) -> list[Priority]:
    found: dict[str, list[Solution]] = {}
    for row in solutions(view.page("commitments")):
        found.setdefault(text(row, "priority"), []).append(row)
    amounts = {(text(r, "commitment"), text(r, "area")): r for r in solutions(view.page("commitment-areas"))}
    return [
        Priority(
            key_of(priority),
            text(rows[0], "priorityNotation"),
            text(rows[0], "priorityLabel"),
            text(rows[0], "planLabel"),
            tuple(local_areas(view, iri(rows[0], "force"))),
            tuple(_commitment(view, row, amounts) for row in rows),
        )
        for priority, rows in found.items()
    ]


def _commitment(view: View, row: Solution, amounts: Mapping[tuple[str, str], Solution]) -> Commitment:
    here = URIRef(text(row, "commitment"))
    most = max((number(amount, "items") for amount in amounts.values()), default=0)
    by_area = [(area, amounts.get((str(here), str(area.iri)), {})) for area in local_areas(view, iri(row, "force"))]
    force_wide = any(number(amount, "items") for area, amount in by_area if area.kind == "force")
    gap = FORCE_WIDE if force_wide else NONE
    cells = tuple(_cell(here, area, amount, most, gap) for area, amount in by_area)
    return Commitment(here, text(row, "notation"), text(row, "commitmentLabel"), URIRef(text(row, "priority")), cells)


def _cell(commitment: URIRef, area: Area, amount: Solution, most: int, gap: str) -> Cell:
    items = number(amount, "items")
    return Cell(
        area=area,
        items=items,
        operations=number(amount, "operations"),
        partners=number(amount, "partners"),
        gap=HERE if items else gap,
        shade=max(1, round(SHADES * items / most)) if items else 0,
        href=f"{page_of(commitment)}#area-{key_of(area.iri)}",
    )


@dataclass(frozen=True, slots=True)
class AreaEvidence:
    """What one area says was done for a commitment."""

    cell: Cell
    evidence: tuple[Evidence, ...]

    @property
    def operations(self) -> list[Link]:
        """The operations that its items name."""
        return self._named("operation", "Operations")

    @property
    def partners(self) -> list[Link]:
        """The bodies that its items show at work with the police."""
        return self._named("partner", "Works with")

    def _named(self, mark: str, title: str) -> list[Link]:
        groups = (g for e in self.evidence for g in e.groups if (g.mark, g.title) == (mark, title))
        found = dict.fromkeys(link for group in groups for link in group.links)
        return sorted(found, key=lambda link: link.label.casefold())


def trace(view: View, commitment: Commitment) -> list[AreaEvidence]:
    """Return the evidence for a commitment, area by area, those with none included."""
    every = evidence(view, commitment=commitment.iri)
    found = []
    for cell in commitment.cells:
        here = tuple(e for e in every if e.area and e.area.href == page_of(cell.area.iri))
        found.append(AreaEvidence(cell, here))
    return found


def neighbours(view: View, commitment: Commitment) -> tuple[Commitment | None, Commitment | None]:
    """Return the commitments before and after one in the order of its plan."""
    own = next(priority for priority in plan(view) if commitment in priority.commitments)
    # Plans of two forces may have one name.
    same = [p for p in plan(view) if (p.plan, p.areas) == (own.plan, own.areas)]
    every = [c for priority in same for c in priority.commitments]
    place = every.index(commitment)
    return every[place - 1] if place else None, every[place + 1] if place + 1 < len(every) else None


def link(commitment: Commitment) -> Link:
    """Return a link to a commitment, with its number."""
    return Link(f"{commitment.number} {commitment.label}", commitment.href, "commitment")
