"""The force, the areas it divides into and their districts; what they are called is the force's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from graph.namespaces import GT, key_of
from webapp.addresses import kind_of, page_of
from webapp.presenters.facets import Value
from webapp.presenters.things import Link
from webapp.store import View
from webapp.terms import iri, number, solutions, text

FORCE_WIDE = "Force-wide"
"""What the force is called as an area of evidence: what is said of it as a whole."""

ORDER = {"force": 0, "lpa": 1, "district": 2}

LOCAL: Final = ("Local Policing Area", "Local Policing Areas")
ANY: Final = ("Policing area", "Policing areas")
"""What the areas of a force are called, one and several: as Essex does, and where a force has hubs or divisions."""


_WORDS: Final = {"force": FORCE_WIDE, "district": "District"}


@dataclass(frozen=True, slots=True)
class Area:
    """An area, what it lies in, and how much evidence there is about it."""

    iri: URIRef
    kind: str
    label: str
    notation: str
    parent: URIRef | None
    items: int
    operations: int
    partners: int
    is_local: bool
    """Whether it is a Local Policing Area, and not a division, hub or the like."""

    @property
    def word(self) -> str:
        """What it is."""
        return (LOCAL if self.is_local else ANY)[0] if self.kind == "lpa" else _WORDS[self.kind]

    @property
    def short(self) -> str:
        """A short name for table heads: "North"; the force stands for what is said of it as a whole."""
        if self.kind == "force":
            return FORCE_WIDE
        return self.notation if self.kind == "lpa" and self.notation else self.label

    def link(self) -> Link:
        """Return a link to its page."""
        return Link(self.label, page_of(self.iri), self.kind)


def areas(view: View) -> dict[URIRef, Area]:
    """Return all areas by address: the forces, then policing areas, then districts, each by name."""
    return view.recall("areas", lambda: _read(view))


def local_areas(view: View, force: URIRef | None = None) -> list[Area]:
    """Return the areas that evidence is told by, of ``force`` or of all: policing areas, then the force as a whole.

    Only forces with evidence or areas of their own count: the vocabulary lists every force there is.
    """
    known = list(areas(view).values())
    parents = {area.parent for area in known if area.kind == "lpa"}
    forces = [a for a in known if a.kind == "force" and (a.items or a.iri in parents) and force in {None, a.iri}]
    return [a for a in known if a.kind == "lpa" and force in {None, a.parent}] + forces


def words(view: View) -> tuple[str, str]:
    """Return what the areas in the store are called, one and several: Local Policing Areas if all are."""
    return LOCAL if all(area.is_local for area in areas(view).values() if area.kind == "lpa") else ANY


def choices(view: View) -> tuple[Value, ...]:
    """Return the areas to choose from; where two forces have one of the same short name, with the force's name."""
    known, shown = areas(view), local_areas(view)
    times = Counter(area.short for area in shown)
    return tuple(
        Value(key_of(a.iri), a.short if times[a.short] == 1 else f"{a.short} ({_force_of(a, known)})") for a in shown
    )


def _force_of(area: Area, known: dict[URIRef, Area]) -> str:
    force = area if area.kind == "force" else known.get(area.parent) if area.parent else None
    return force.label if force else ""


def districts(view: View) -> list[Area]:
    """Return the districts that lie in a policing area."""
    return [area for area in areas(view).values() if area.kind == "district"]


def _read(view: View) -> dict[URIRef, Area]:
    amounts = {text(row, "area"): row for row in solutions(view.page("area-items"))}
    found: dict[URIRef, Area] = {}
    for row in solutions(view.page("areas")):
        here = URIRef(text(row, "area"))
        amount = amounts.get(str(here), {})
        if here not in found:
            found[here] = Area(
                here,
                kind_of(here),
                text(row, "areaLabel"),
                text(row, "notation"),
                iri(row, "parent"),
                number(amount, "items"),
                number(amount, "operations"),
                number(amount, "partners"),
                iri(row, "class") == GT.LocalPolicingArea,
            )
    ordered = sorted(found.values(), key=lambda a: (ORDER.get(a.kind, 9), a.label.casefold()))
    return {area.iri: area for area in ordered}


def groups(view: View) -> list[tuple[Area, list[Area]]]:
    """Return the areas that evidence is told by, each with its districts."""
    every = areas(view).values()
    return [(area, [d for d in every if d.kind == "district" and d.parent == area.iri]) for area in local_areas(view)]
