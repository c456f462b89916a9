"""The graph as a file: every statement with its named graph, or one merged graph, or the network."""

from __future__ import annotations

from rdflib import Dataset, Graph

from graph.errors import StoreUnavailable
from graph.formats import trig, turtle
from graph.stores.base import Store
from graph.stores.oxigraph import OxigraphStore

FORMATS = ("nquads", "trig", "turtle", "jsonld", "graphml", "gexf")


def export(store: Store, format_: str) -> bytes:
    """Return the whole graph in ``format_``; equal stores give equal bytes.

    N-Quads and TriG keep the named graphs; Turtle merges them; JSON-LD keeps them; GraphML and GEXF hold the
    network of operations, partners, areas, themes and commitments.
    Raises: StoreUnavailable if the store is an endpoint, which has exports of its own.
    """
    if format_ in ("graphml", "gexf"):
        from graph.analysis.projection import network_file  # noqa: PLC0415  networkx loads slowly, only these need it

        return network_file(store, format_)
    if not isinstance(store, OxigraphStore):
        raise StoreUnavailable("only the embedded store is exported whole; ask the endpoint for its own export")
    quads = store.dump("nquads")
    if format_ == "nquads":
        return quads
    # Graph by graph rather than from the N-Quads: a parser would name the blank nodes anew each time.
    dataset = Dataset()
    for name in store.graph_names():
        for triple in store.graph(name):
            dataset.graph(name).add(triple)
    if format_ == "trig":
        return trig(dataset)
    if format_ == "jsonld":
        return dataset.serialize(format="json-ld", encoding="utf-8", indent=1, sort_keys=True)
    merged = Graph()
    for subject, predicate, object_, _ in dataset.quads((None, None, None, None)):
        merged.add((subject, predicate, object_))
    return as_turtle(merged).encode()


def as_turtle(graph: Graph) -> str:
    """Return ``graph`` as Turtle with our prefixes."""
    return turtle(graph).decode()
