"""A graph as text in the four standard formats of RDF, and which of them can hold it."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from typing import Any, Final

from rdflib import XSD, Dataset, Graph, Literal, URIRef
from rdflib.plugins.serializers.trig import TrigSerializer
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import Node

from graph.context import context_for
from graph.namespaces import BASE, FORMAT, ONTOLOGY, PREFIXES


@dataclass(frozen=True, slots=True)
class Format:
    """A format of RDF: what it is called, how HTTP and W3C name it, and the plugin of rdflib that writes it."""

    name: str
    media_type: str
    plugin: str
    iri: URIRef


FORMATS: Final[dict[str, Format]] = {
    "ttl": Format("Turtle", "text/turtle", "turtle", FORMAT.Turtle),
    "jsonld": Format("JSON-LD", "application/ld+json", "json-ld", FORMAT["JSON-LD"]),
    "nt": Format("N-Triples", "application/n-triples", "nt", FORMAT["N-Triples"]),
    "rdf": Format("RDF/XML", "application/rdf+xml", "xml", FORMAT.RDF_XML),
}
"""The end of a file's name to its format, the one to prefer first."""

_INDIVIDUAL = re.compile(re.escape(BASE) + "([a-z][a-z-]*)/")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot say in any way, such as the form feed between two pages of a text."""


def holds(suffix: str, graph: Graph) -> bool:
    """Return whether the format ``suffix`` can hold ``graph``: RDF/XML has no way to write some characters."""
    if suffix != "rdf":
        return True
    return not any(_NOT_XML.search(o) for o in graph.objects() if isinstance(o, Literal))


def serialise(graph: Graph, suffix: str) -> bytes:
    """Return ``graph`` in the format ``suffix`` (a key of ``FORMATS``) as UTF-8; equal graphs give equal bytes.

    JSON-LD carries the part of our context that it uses, so that reading it fetches nothing. Blank nodes keep the
    labels they have.
    """
    if suffix == "ttl":
        return turtle(graph)
    if suffix == "jsonld":
        return _json_ld(graph)
    body = _with_prefixes(graph).serialize(format=FORMATS[suffix].plugin, encoding="utf-8")
    return b"".join(sorted(body.splitlines(keepends=True))) if suffix == "nt" else body


def turtle(graph: Graph) -> bytes:
    """Return ``graph`` as Turtle with our prefixes."""
    stream = io.BytesIO()
    _Turtle(_with_prefixes(graph)).serialize(stream)
    return stream.getvalue()


def prefixes_turtle() -> str:
    """Return our prefixes as Turtle: to begin a file with, and as SHACL declares them for queries in shapes."""
    directives = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
    declared = " ,\n    ".join(
        f'[ sh:prefix "{prefix}" ; sh:namespace "{space}"^^xsd:anyURI ]' for prefix, space in PREFIXES.items()
    )
    return f"{directives}\n<{ONTOLOGY}> sh:declare\n    {declared} .\n"


def trig(dataset: Dataset) -> bytes:
    """Return ``dataset`` as TriG with our prefixes."""
    for prefix, space in PREFIXES.items():
        dataset.bind(prefix, space)
    stream = io.BytesIO()
    _Trig(dataset).serialize(stream)
    return stream.getvalue()


class _AsWritten:
    """Numbers as they were written: rdflib's own writers turn the decimal 23 into 23.0 and round doubles."""

    def label(self, node: Node, position: int) -> str:
        if isinstance(node, Literal) and node.datatype in {XSD.decimal, XSD.double}:
            return node.n3(self.store.namespace_manager)  # type: ignore[attr-defined]
        return str(super().label(node, position))  # type: ignore[misc]


class _Turtle(_AsWritten, TurtleSerializer):
    pass


class _Trig(_AsWritten, TrigSerializer):
    pass


def _with_prefixes(graph: Graph) -> Graph:
    """Return a copy that knows our prefixes, with one for each kind of individual: ``lpa:essex-north``."""
    copy = Graph(bind_namespaces="none")
    for prefix, space in PREFIXES.items():
        copy.bind(prefix, space)
    nodes = {str(node) for triple in graph for node in triple if isinstance(node, URIRef)}
    for kind in sorted({found[1] for node in nodes if (found := _INDIVIDUAL.match(node))} - PREFIXES.keys()):
        copy.bind(kind, f"{BASE}{kind}/")
    for triple in sorted(graph, key=_order):
        copy.add(triple)
    return copy


def _order(triple: tuple[Node, ...]) -> list[tuple[str, str, str, str]]:
    """Return what triples are sorted by: rdflib compares literals by value, which not all of them have."""
    return [
        (type(t).__name__, str(t), getattr(t, "language", None) or "", str(getattr(t, "datatype", None) or ""))
        for t in triple
    ]


def _json_ld(graph: Graph) -> bytes:
    text = _with_prefixes(graph).serialize(format="json-ld", context=context_for(graph), sort_keys=True)
    content: dict[str, Any] = json.loads(text)
    if "@graph" in content:
        content["@graph"].sort(key=lambda node: str(node.get("@id", "")))
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
