"""Solutions to a network: the lasting things and the links that reports give between them.

Its neighbours in this package analyse it; no other package knows networkx.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection

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
        graph.add_node(subject, label=subject_label, kind=kind_of(subject))
        graph.add_node(object_, label=object_label, kind=kind_of(object_))
        link = predicate.rsplit("#", 1)[-1]
        graph.add_edge(subject, object_, key=link, kind=link, items=int(items))
    return graph


def kind_of(iri: str) -> str:
    """Return the kind in an address of ours: ``operation``, ``partner``, ..."""
    return iri.rstrip("/").rsplit("/", 2)[-2]


def network_file(store: Store, format_: str, only: Collection[str] | None = None) -> bytes:
    """Return the network as GraphML or GEXF; of the things ``only`` where they are given."""
    graph = network(store)
    if only is not None:
        graph.remove_nodes_from([node for node in graph if node not in only])
    buffer = io.BytesIO()
    if format_ == "graphml":
        nx.write_graphml(graph, buffer)
        return buffer.getvalue()
    # The day that GEXF would stamp on the file is left out, for equal bytes.
    return _DAY.sub("", "\n".join(nx.generate_gexf(graph))).encode()
