"""Filters whose counts are true: how many rows each value would leave, zero included.

A thing (an operation, a partner) is said to be many things by many evidence items. Filters are met by one
item together: "VAWG" and "West" find what *one* sentence places in West and under VAWG, not what is said
to tackle VAWG somewhere and to be in West for something else. A few facts hold of the thing as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Selection = Mapping[str, Sequence[str]]
"""Chosen values by facet; several values of one facet are alternatives."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a facet can take, in the order shown; ``depth`` indents narrower themes."""

    key: str
    label: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to filter: its name in the address, its title, and all its values."""

    name: str
    title: str
    values: tuple[Value, ...]
    form: str = "checkboxes"
    """"checkboxes" (several values) or "select" (one)."""


@dataclass(slots=True)
class Described:
    """What is said of one thing: by each evidence item, and as a whole."""

    by_item: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    as_a_whole: dict[str, set[str]] = field(default_factory=dict)

    def say(self, item: str, facet: str, value: str) -> None:
        """Record that ``item`` gives ``value`` for ``facet``."""
        self.by_item.setdefault(item, {}).setdefault(facet, set()).add(value)

    def say_whole(self, facet: str, value: str) -> None:
        """Record that the thing as a whole has ``value`` for ``facet``."""
        self.as_a_whole.setdefault(facet, set()).add(value)

    def values(self, facet: str) -> set[str]:
        """Return every value for ``facet``, whichever item gives it."""
        found = set(self.as_a_whole.get(facet, ()))
        for said in self.by_item.values():
            found |= said.get(facet, set())
        return found

    def meets(self, selection: Selection, whole: frozenset[str]) -> bool:
        """Return whether one item, and the thing as a whole, meet everything that is chosen."""
        return bool(self._left(selection, whole, but=""))

    def left(self, facet: str, selection: Selection, whole: frozenset[str]) -> set[str]:
        """Return the values of ``facet`` that the thing has where it meets what is chosen in the other facets."""
        kept = self._left(selection, whole, but=facet)
        if facet in whole:
            return self.as_a_whole.get(facet, set()) if kept else set()
        return {value for said in kept for value in said.get(facet, ())}

    def _left(self, selection: Selection, whole: frozenset[str], but: str) -> list[dict[str, set[str]]]:
        chosen = {name: set(values) for name, values in selection.items() if values and name != but}
        if any(not self.as_a_whole.get(name, set()) & values for name, values in chosen.items() if name in whole):
            return []
        by_item = {name: values for name, values in chosen.items() if name not in whole}
        # A thing of which no item says anything is still there while nothing about items is asked.
        said = list(self.by_item.values()) or [{}]
        return [s for s in said if all(s.get(name, set()) & values for name, values in by_item.items())]


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet as the form shows it."""

    key: str
    label: str
    count: int
    chosen: bool
    depth: int


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet as the form shows it."""

    name: str
    title: str
    form: str
    options: tuple[Option, ...]


def matching(things: Mapping[str, Described], selection: Selection, whole: Iterable[str] = ()) -> list[str]:
    """Return the keys of the things that meet ``selection``, in their order."""
    names = frozenset(whole)
    return [key for key, described in things.items() if described.meets(selection, names)]


def shown(
    facets: Iterable[Facet], things: Mapping[str, Described], selection: Selection, whole: Iterable[str] = ()
) -> list[ShownFacet]:
    """Return the facets with the number of things that each value would leave, given the other facets' choices."""
    names = frozenset(whole)
    found = []
    for facet in facets:
        counts = Counter(v for described in things.values() for v in described.left(facet.name, selection, names))
        chosen = set(selection.get(facet.name, ()))
        options = tuple(
            Option(value.key, value.label, counts[value.key], value.key in chosen, value.depth)
            for value in facet.values
        )
        found.append(ShownFacet(facet.name, facet.title, facet.form, options))
    return found
