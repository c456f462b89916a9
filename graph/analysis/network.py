"""The network as plain values: things, the links between them, and what stands around one of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph import queries
from graph.analysis.projection import kind_of, network
from graph.stores.base import Store

TOGETHER = "together"
"""The relation of two bodies that the same items show at work; it has no direction, and no rule derives it."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the network."""

    iri: str
    kind: str
    label: str
    generic: bool = False
    """Whether it is a kind of bodies, such as partner agencies, and no one body."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two things; ``items`` is how many evidence items say so."""

    subject: str
    relation: str
    object: str
    items: int

    def other(self, iri: str) -> str:
        """Return the end that is not ``iri``."""
        return self.object if iri == self.subject else self.subject


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What is within some steps of a thing: the thing first, then the nearest and best evidenced."""

    things: tuple[Thing, ...]
    steps: Mapping[str, int]
    """How many steps each is away."""
    links: tuple[Link, ...]
    left_out: int
    """Things within those steps that are not among them."""


@dataclass(slots=True)
class Network:
    """Things by address, and their links."""

    things: dict[str, Thing] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    _of: dict[str, list[Link]] = field(default_factory=dict)

    def add(self, link: Link) -> None:
        """Add a link between two things of the network."""
        self.links.append(link)
        for end in (link.subject, link.object):
            self._of.setdefault(end, []).append(link)

    def of(self, iri: str) -> Sequence[Link]:
        """Return the links of a thing."""
        return self._of.get(iri, ())

    def neighbours(self, iri: str) -> dict[str, int]:
        """Return what a thing is linked to, each with the items of all links between the two."""
        found: dict[str, int] = {}
        for link in self.of(iri):
            found[link.other(iri)] = found.get(link.other(iri), 0) + link.items
        return found

    def around(self, iri: str, hops: int = 1, most: int = 60) -> Neighbourhood:
        """Return up to ``most`` things within ``hops`` (1 or 2) steps of the thing at ``iri``, itself included.

        What is two steps away is taken in the order of its evidence, of which less counts the more things the step
        between is linked to: a neighbour through an area that everything lies in says little. Kinds of bodies are left
        out there, as which body is meant nobody can say.
        """
        near = self.neighbours(iri)
        first = sorted(near, key=lambda other: (-near[other], self.things[other].label, other))
        steps = {iri: 0, **dict.fromkeys(first[: most - 1], 1)}
        wider: dict[str, float] = {}
        if hops > 1:
            for between in first:
                beyond = self.neighbours(between)
                for other, items in beyond.items():
                    if other != iri and other not in near and not self.things[other].generic:
                        wider[other] = wider.get(other, 0) + items / math.log2(2 + len(beyond))
        second = sorted(wider, key=lambda other: (-wider[other], self.things[other].label, other))
        steps |= dict.fromkeys(second[: most - len(steps)], 2)
        drawn = [
            link
            for link in self.links
            if link.subject in steps
            and link.object in steps
            and steps[link.subject] + steps[link.object] < 4
            # Bodies of one long sentence are all linked to one another: drawn, that would hide everything else.
            and (link.relation != TOGETHER or 0 in {steps[link.subject], steps[link.object]} or hops > 1)
        ]
        return Neighbourhood(
            tuple(self.things[one] for one in steps), steps, tuple(drawn), 1 + len(first) + len(second) - len(steps)
        )


def read(store: Store) -> Network:
    """Return the links that reports give between lasting things, and the bodies that are at work in the same items."""
    found = Network()
    graph = network(store)
    generic = {str(row[0]) for row in queries.run(store, queries.page("network-generic")).rows}
    for iri, data in graph.nodes(data=True):
        found.things[iri] = Thing(iri, data["kind"], data["label"], iri in generic)
    for subject, object_, data in graph.edges(data=True):
        found.add(Link(subject, data["kind"], object_, data["items"]))
    for row in queries.run(store, queries.page("network-together")).rows:
        one, one_label, other, other_label, items = map(str, row)
        for iri, label in ((one, one_label), (other, other_label)):
            found.things.setdefault(iri, Thing(iri, kind_of(iri), label, iri in generic))
        found.add(Link(one, TOGETHER, other, int(items)))
    return found
