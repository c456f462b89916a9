"""The test suites of the W3C's SPARQL working group, read from their manifests.

Files have the addresses that the suites give them, not their places on disk: queries and data refer to one another
by address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"


@dataclass(frozen=True, slots=True)
class Entry:
    """One test: where its manifest describes it, and in which words."""

    iri: str
    suite: str
    name: str
    kind: str
    manifest: Graph
    node: Node

    @property
    def action(self) -> Node:
        """What the test does: a query file, or a node with a query and its data."""
        found = self.manifest.value(self.node, MF.action)
        return self.node if found is None else found

    @property
    def query(self) -> str:
        """Address of the file with the query or update."""
        for property_ in (QT.query, UT.request):
            found = self.manifest.value(self.action, property_)
            if found is not None:
                return str(found)
        return str(self.action)

    @property
    def data(self) -> tuple[str, ...]:
        """Addresses of the files that make up the default graph."""
        return tuple(sorted(str(f) for f in self.manifest.objects(self.action, QT.data)))

    @property
    def named(self) -> tuple[str, ...]:
        """Addresses of the files that are named graphs."""
        return tuple(sorted(str(f) for f in self.manifest.objects(self.action, QT.graphData)))

    @property
    def result(self) -> str:
        """Address of the file with the expected result."""
        return str(self.manifest.value(self.node, MF.result))

    @property
    def has_regime(self) -> bool:
        """Whether it expects statements that only an entailment regime other than the simple one gives."""
        return "/entailment/" in self.iri


def entries(folder: Path, suite: str, file: str = "manifest.ttl") -> Iterator[Entry]:
    """Yield the tests of a suite in the order of its manifest."""
    address = f"{BASE}{suite}/{file}"
    manifest = Graph().parse(folder / suite / file, publicID=address, format="turtle")
    entries = manifest.value(URIRef(address), MF.entries)
    if entries is None:
        raise ValueError(f"{folder / suite / file}: there is no list of tests")
    for node in Collection(manifest, entries):
        kind = manifest.value(node, RDF.type)
        yield Entry(
            str(node),
            suite,
            " ".join(str(manifest.value(node, MF.name) or node).split()),
            str(kind).rsplit("#", 1)[-1],
            manifest,
            node,
        )


def path_of(folder: Path, address: str) -> Path:
    """Return where the file at ``address`` lies."""
    return folder / address.removeprefix(BASE)


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request of a test and what is expected of its response."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    """"2xx", "404", ...: one of them is expected."""
    boolean: bool | None
    holds: str | None
    """"boolean", "tabular" or "RDF"."""
    content: str | None
    """RDF that the response is expected to hold."""


_NAMED = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}


def requests(test: Entry) -> list[Request]:
    """Return the requests of a test in order."""
    listed = test.manifest.value(test.action, HT.requests)
    return [] if listed is None else [_request(test.manifest, node) for node in Collection(test.manifest, listed)]


def _request(graph: Graph, node: Node) -> Request:
    response = graph.value(node, HT.resp) or BNode()
    expected = graph.value(response, MF.expectedBoolean)
    holds = graph.value(response, MF.expectedFormat)
    body = graph.value(node, HT.body)
    return Request(
        str(graph.value(node, HT.methodName)),
        str(graph.value(node, HT.absolutePath)),
        _headers(graph, node),
        None if body is None else _text(graph, body).encode(str(graph.value(body, CNT.characterEncoding) or "UTF-8")),
        tuple(sorted(_status(str(status)) for status in graph.objects(response, MF.expectedStatus))),
        None if expected is None else str(expected) == "true",
        None if holds is None else str(holds),
        _text(graph, content) if (content := graph.value(response, HT.body)) is not None else None,
    )


def _headers(graph: Graph, node: Node) -> dict[str, str]:
    listed = graph.value(node, HT.headers)
    found = Collection(graph, listed) if listed is not None else ()
    return {str(graph.value(h, HT.fieldName)): str(graph.value(h, HT.fieldValue)) for h in found}


def _text(graph: Graph, body: Node) -> str:
    return str(graph.value(body, CNT.chars) or "")


def _status(iri: str) -> str:
    name = iri.rsplit("#", 1)[-1]
    return _NAMED.get(name, name.removeprefix("StatusCode"))
