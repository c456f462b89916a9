"""Who holds the network together: bodies with the most links, brokers between others, and groups that work together.

All of it over operations and the bodies that work on them or in the same evidence; bodies in general left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from graph.analysis.network import Network

STEPS = 1_000_000
"""Steps along links that betweenness may cost; a network for which all would cost more is worked out from a sample."""
SAMPLE = 50
"""Things of that sample at least."""
SEED = 20
"""What chance begins with, so that equal networks give equal roles."""
LISTED = 12
LEAST = 0.0005
"""Share of the ways that makes a broker: what rounds to a tenth of a percent."""


@dataclass(frozen=True, slots=True)
class Connected:
    """A body with how many operations it works on, and how many other bodies are in the same evidence."""

    iri: str
    operations: int
    bodies: int


@dataclass(frozen=True, slots=True)
class Broker:
    """A thing that lies between others."""

    iri: str
    share: float
    """Part of the shortest ways between any two others that run through it (betweenness centrality), 0 to 1."""
    parted: int
    """Things that no way leads to any more without it: those outside the largest part that is left of its own."""


@dataclass(frozen=True, slots=True)
class Roles:
    """What the network of operations and bodies says as a whole."""

    things: int
    links: int
    pieces: int
    """Parts without a link between them."""
    connected: tuple[Connected, ...]
    brokers: tuple[Broker, ...]
    communities: tuple[tuple[str, ...], ...]
    """Groups of three or more, the largest first; in each the best linked first."""
    sampled: int
    """Things that the shares of brokers are estimated from, drawn by chance; 0 where all were taken."""
    modularity: float
    """How far the groups keep to themselves: 0 no more than by chance, towards 1 the more (Newman and Girvan)."""


def roles(network: Network) -> Roles:
    """Return who holds ``network`` together. Equal networks give equal roles."""
    graph = _graph(network)
    communities = _communities(graph)
    listed = [c for c in communities if len(c) > 2]
    return Roles(
        things=len(graph),
        links=graph.number_of_edges(),
        pieces=nx.number_connected_components(graph),
        connected=_connected(network, graph),
        brokers=_brokers(network, graph),
        sampled=_sampled(graph),
        communities=tuple(
            tuple(sorted(c, key=lambda iri: (-graph.degree(iri), network.things[iri].label, iri))) for c in listed
        ),
        modularity=round(nx.community.modularity(graph, communities, weight="items"), 2) if communities else 0.0,
    )


def _graph(network: Network) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    kinds = {"operation", "partner"}
    for link in sorted(network.links, key=lambda link: (link.subject, link.object, link.relation)):
        ends = [network.things[link.subject], network.things[link.object]]
        if all(end.kind in kinds and not end.generic for end in ends):
            before = graph.get_edge_data(link.subject, link.object, {"items": 0})["items"]
            graph.add_edge(link.subject, link.object, items=before + link.items)
    return graph


def _connected(network: Network, graph: nx.Graph[str]) -> tuple[Connected, ...]:
    found = []
    for iri in graph:
        if network.things[iri].kind == "partner":
            others = [network.things[other].kind for other in graph.neighbors(iri)]
            found.append(Connected(iri, others.count("operation"), others.count("partner")))
    ranked = sorted(found, key=lambda c: (-c.operations, -c.bodies, network.things[c.iri].label, c.iri))
    return tuple(ranked[:LISTED])


def _brokers(network: Network, graph: nx.Graph[str]) -> tuple[Broker, ...]:
    shares = nx.betweenness_centrality(graph, k=_sampled(graph) or None, seed=SEED)
    ranked = sorted(shares, key=lambda iri: (-shares[iri], network.things[iri].label, iri))
    return tuple(Broker(iri, shares[iri], _parted(graph, iri)) for iri in ranked[:LISTED] if shares[iri] >= LEAST)


def _sampled(graph: nx.Graph[str]) -> int:
    affordable = max(SAMPLE, STEPS // (len(graph) + graph.number_of_edges() or 1))
    return affordable if affordable < len(graph) else 0


def _parted(graph: nx.Graph[str], iri: str) -> int:
    piece = nx.node_connected_component(graph, iri) - {iri}
    left = [len(part) for part in nx.connected_components(graph.subgraph(piece))]
    return sum(left) - max(left, default=0)


def _communities(graph: nx.Graph[str]) -> list[set[str]]:
    if not graph.number_of_edges():
        return []
    # By number, as sets of words come in another order with every start of Python.
    names = sorted(graph)
    place = {name: n for n, name in enumerate(names)}
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(range(len(names)))
    numbered.add_edges_from((place[a], place[b], data) for a, b, data in graph.edges(data=True))
    found = nx.community.louvain_communities(numbered, weight="items", seed=SEED)
    return sorted(({names[n] for n in members} for members in found), key=lambda c: (-len(c), min(c)))
