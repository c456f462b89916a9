"""Solutions to a network: the lasting things and the links that reports give between them.

The only module that knows networkx.
"""

from __future__ import annotations

import io
import re

import networkx as nx

from graph import queries
from graph.stores.base import Store

_DAY = re.compile(r' lastmodifieddate="[^"]*"')


def network(store: Store) -> nx.MultiDiGraph[str]:
    """Return the network of operations and what they are linked to; a node is an address, a link carries its kind.

    Nodes have ``label`` and ``kind``; links have ``kind`` and ``items`` (how many items say so).
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    table = queries.run(store, queries.page("network"))
    for subject, subject_label, predicate, object_, object_label, items in (tuple(map(str, row)) for row in table.rows):
        graph.add_node(subject, label=subject_label, kind=_kind(subject))
        graph.add_node(object_, label=object_label, kind=_kind(object_))
        link = predicate.rsplit("#", 1)[-1]
        graph.add_edge(subject, object_, key=link, kind=link, items=int(items))
    return graph


def _kind(iri: str) -> str:
    return iri.rstrip("/").rsplit("/", 2)[-2]


def network_file(store: Store, format_: str) -> bytes:
    """Return the network as GraphML or GEXF."""
    graph = network(store)
    buffer = io.BytesIO()
    if format_ == "graphml":
        nx.write_graphml(graph, buffer)
        return buffer.getvalue()
    # The day that GEXF would stamp on the file is left out, for equal bytes.
    return _DAY.sub("", "\n".join(nx.generate_gexf(graph))).encode()
