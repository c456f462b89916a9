"""A server over the suites' own data, started as anybody would start it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from graph.stores.generations import draft
from tests.serving import free_port, serving


def publish(store: Path, files: Mapping[str, Path], texts: Mapping[str, str]) -> None:
    """Publish a generation whose named graphs hold ``files`` and ``texts`` (Turtle), each by its address.

    Oxigraph loads them itself: what rdflib reads comes out with its numbers rewritten.
    """
    with draft(store, fresh=True) as made:
        opened = ox.Store(str(made.rdf))
        for address, path in files.items():
            _load(opened, address, path.read_bytes(), _format(path))
        for address, text in texts.items():
            _load(opened, address, text.encode(), ox.RdfFormat.TURTLE)
        opened.flush()
        del opened


def _format(path: Path) -> ox.RdfFormat:
    return {".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}.get(path.suffix, ox.RdfFormat.TURTLE)


def _load(store: ox.Store, address: str, content: bytes, format: ox.RdfFormat) -> None:
    graph = ox.NamedNode(address)
    store.load(content, format=format, base_iri=address, to_graph=graph)
    store.add_graph(graph)


@contextmanager
def served(store: Path) -> Iterator[str]:
    """Give the address of a server over ``store``."""
    port = free_port()
    command = [sys.executable, "-m", "graph", "serve", "--store", str(store), "--port", str(port)]
    with serving(command, port) as address:
        yield address
