"""A measure: what it counts, which way is better, and each value that a report gives for it, by area and time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rdflib import URIRef

from graph.namespaces import key_of
from webapp.addresses import page_of
from webapp.presenters.figures import Figure, figures
from webapp.presenters.things import Link
from webapp.store import View
from webapp.terms import iri, solutions, text

_ABOUT_A_VALUE: Final = frozenset({"change_abs", "change_pct", "target"})
"""Roles of figures that say how a value moved or should be, and not what it is."""


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """The figures of a measure in one area, the newest time first."""

    area: Link | None
    values: tuple[Figure, ...]
    others: tuple[Figure, ...]
    """Stated changes and targets."""

    @property
    def anchor(self) -> str:
        """Where the page shows them."""
        return f"area-{self.area.href.rsplit('/', 1)[-1]}" if self.area and self.area.href else "area-none"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with its figures."""

    iri: URIRef
    label: str
    definition: str
    units: tuple[str, ...]
    better: str
    """"Lower is better", or the like; "" where nothing is said of it."""
    commitments: tuple[Link, ...]
    areas: tuple[AreaFigures, ...]

    @property
    def key(self) -> str:
        """The last part of its address."""
        return key_of(self.iri)

    @property
    def figures(self) -> int:
        """How many figures there are of it."""
        return sum(len(area.values) + len(area.others) for area in self.areas)


def measure(view: View, here: URIRef) -> Measure:
    """Return the measure at ``here``, which must be one."""
    rows = list(solutions(view.page("measure", measure=here)))
    found = figures(view, measure=here)
    commitments: dict[str, Link] = {}
    for row in rows:
        if commitment := iri(row, "commitment"):
            name = f"{text(row, 'notation')} {text(row, 'commitmentLabel')}".strip()
            commitments[str(commitment)] = Link(name, page_of(commitment), "commitment")
    own = [text(row, "unit") for row in rows if text(row, "unit")]
    return Measure(
        iri=here,
        label=text(rows[0], "measureLabel"),
        definition=text(rows[0], "definition"),
        units=tuple(dict.fromkeys(own)),
        better=text(rows[0], "betterLabel"),
        commitments=tuple(commitments.values()),
        areas=_by_area(found),
    )


def _by_area(found: list[Figure]) -> tuple[AreaFigures, ...]:
    by_area: dict[Link | None, list[Figure]] = {}
    for figure in found:
        by_area.setdefault(figure.area, []).append(figure)
    ordered = sorted(by_area.items(), key=lambda pair: (-len(pair[1]), pair[0].label if pair[0] else ""))
    return tuple(
        AreaFigures(
            area,
            # Python's sort keeps the order of the report among values for the same time.
            tuple(sorted((f for f in known if f.role_key not in _ABOUT_A_VALUE), key=_when, reverse=True)),
            tuple(f for f in known if f.role_key in _ABOUT_A_VALUE),
        )
        for area, known in ordered
    )


def _when(figure: Figure) -> tuple[str, str]:
    return figure.last_day, figure.first_day
