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
Counts = dict[str, Counter[str]]
"""How many things have each value of each facet."""


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
    form: str = "open"
    """"open", "folded" (its values are shown when asked for) or "hidden" (kept, and not offered)."""


Said = dict[str, set[str]]


@dataclass(slots=True)
class Described:
    """What is said of one thing: by each evidence item, and as a whole."""

    by_item: dict[str, Said] = field(default_factory=dict)
    as_a_whole: Said = field(default_factory=dict)

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

    def left(self, chosen: Chosen) -> list[Said]:
        """Return what is said where everything that is chosen is met, by one item and the thing as a whole; [] if not.

        The first is what holds of the thing as a whole.
        """
        if not all(self.as_a_whole.get(name, _NONE) & values for name, values in chosen.whole):
            return []
        # A thing of which no item says anything is still there while nothing about items is asked.
        said = list(self.by_item.values()) or [{}]
        kept = [s for s in said if all(s.get(name, _NONE) & values for name, values in chosen.by_item)]
        return [self.as_a_whole, *kept] if kept else []


_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen: of the thing as a whole, and of one item."""

    whole: tuple[tuple[str, frozenset[str]], ...]
    by_item: tuple[tuple[str, frozenset[str]], ...]


def chosen_of(selection: Selection, whole: Iterable[str], but: str = "") -> Chosen:
    """Return ``selection`` without the facet ``but``; ``whole`` are the facets that hold of a thing as a whole."""
    names = frozenset(whole)
    given = [(name, frozenset(values)) for name, values in selection.items() if values and name != but]
    return Chosen(
        tuple((n, v) for n, v in given if n in names),
        tuple((n, v) for n, v in given if n not in names),
    )


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

    @property
    def chosen(self) -> int:
        """How many of its values are chosen."""
        return sum(option.chosen for option in self.options)


def matching(things: Mapping[str, Described], selection: Selection, whole: Iterable[str] = ()) -> list[str]:
    """Return the keys of the things that meet ``selection``, in their order."""
    chosen = chosen_of(selection, whole)
    return [key for key, described in things.items() if described.left(chosen)]


def counted(things: Iterable[Described], selection: Selection, whole: Iterable[str], but: str = "") -> Counts:
    """Return how many of ``things`` have each value of each facet where they meet ``selection`` without ``but``.

    One pass over the things serves every facet in which nothing is chosen.
    """
    chosen, names = chosen_of(selection, whole, but), frozenset(whole)
    counts: Counts = {}
    for described in things:
        found: Said = {}
        for place, said in enumerate(described.left(chosen)):
            for facet, values in said.items():
                # What holds of the thing as a whole is told by the first, what items say by the others.
                if (facet in names) == (place == 0):
                    found[facet] = found[facet] | values if facet in found else values
        for facet, values in found.items():
            counts.setdefault(facet, Counter()).update(values)
    return counts


def shown(
    facets: Iterable[Facet], things: Mapping[str, Described], selection: Selection, whole: Iterable[str] = ()
) -> list[ShownFacet]:
    """Return the facets with the number of things that each value would leave, given the other facets' choices."""
    every, names = list(things.values()), frozenset(whole)
    unchosen = counted(every, selection, names)
    found = []
    for facet in facets:
        chosen = set(selection.get(facet.name, ()))
        counts = counted(every, selection, names, but=facet.name) if chosen else unchosen
        of = counts.get(facet.name, Counter())
        options = tuple(
            Option(value.key, value.label, of[value.key], value.key in chosen, value.depth) for value in facet.values
        )
        found.append(ShownFacet(facet.name, facet.title, facet.form, options))
    return found
