"""How two things are connected: the ways between them, those through things that are linked to much ranked last.

A way is as long as its steps, and a step counts one and the binary logarithm of how many things stand around what it
passes through: through a partner of two operations 2, through an area that sixty things lie in about 7.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice, pairwise

import networkx as nx

from graph.analysis.network import Link, Network

WAYS = 3
"""Ways that are found, if there are as many."""
LONGEST = 6
"""Steps of the longest way that is looked at."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way between two things: the things it passes, and the link of each step."""

    things: tuple[str, ...]
    links: tuple[Link, ...]
    length: float
    """What its steps count."""


def ways(network: Network, start: str, end: str, most: int = WAYS) -> list[Way]:
    """Return the shortest ways from ``start`` to ``end``, at most ``most``; none if they are not connected.

    Of several links between two things a step takes the one that most items say. Bodies in general, such as partner
    agencies, are no way: two operations that work with some agencies need not work with the same.
    """
    graph: nx.Graph[str] = nx.Graph()
    for iri in sorted(network.things):
        if not network.things[iri].generic or iri in {start, end}:
            graph.add_node(iri)
    for link in network.links:
        if link.subject in graph and link.object in graph:
            graph.add_edge(link.subject, link.object)
    if start not in graph or end not in graph or start == end:
        return []
    cost = {node: math.log2(max(1, degree)) for node, degree in graph.degree()}

    def length(one: str, other: str, _: object) -> float:
        # Half of what each end costs: a thing that is passed through is an end of two steps.
        return 1 + sum(cost[node] for node in (one, other) if node not in {start, end}) / 2

    try:
        found = list(islice(nx.shortest_simple_paths(graph, start, end, weight=length), most))
    except nx.NetworkXNoPath:
        return []
    totals = [sum(length(a, b, None) for a, b in pairwise(path)) for path in found]
    return [_way(network, path, total) for path, total in zip(found, totals, strict=True) if len(path) - 1 <= LONGEST]


def _way(network: Network, path: list[str], length: float) -> Way:
    links = []
    for one, other in pairwise(path):
        between = [link for link in network.of(one) if link.other(one) == other]
        links.append(min(between, key=lambda link: (-link.items, link.relation, link.subject)))
    return Way(tuple(path), tuple(links), round(length, 2))
