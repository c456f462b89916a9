"""What OWL and SHACL say with blank nodes, as a line of words and addresses: class expressions, paths, lists."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import OWL, RDF, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

Line = tuple[str | URIRef, ...]
"""Words and addresses in the order to be read; an address is a ``URIRef``, anything else is words."""

_QUANTIFIERS = {OWL.someValuesFrom: "some", OWL.allValuesFrom: "only", OWL.hasValue: "value"}
_CARDINALITIES = {
    OWL.minQualifiedCardinality: "at least",
    OWL.maxQualifiedCardinality: "at most",
    OWL.qualifiedCardinality: "exactly",
    OWL.minCardinality: "at least",
    OWL.maxCardinality: "at most",
    OWL.cardinality: "exactly",
}
_PATHS = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def class_expression(graph: Graph, node: Node) -> Line:
    """Return a class as the Manchester syntax of OWL 2 would say it, with "at least 2" for "min 2"."""
    if isinstance(node, URIRef):
        return (node,)
    for operator, word in ((OWL.intersectionOf, "and"), (OWL.unionOf, "or")):
        if (members := graph.value(node, operator)) is not None:
            return _joined((_bracketed(graph, m) for m in Collection(graph, members)), word)
    if (members := graph.value(node, OWL.oneOf)) is not None:
        return ("one of", *_joined((_value(m) for m in Collection(graph, members)), ","))
    if (other := graph.value(node, OWL.complementOf)) is not None:
        return ("not", *_bracketed(graph, other))
    if (property_ := graph.value(node, OWL.onProperty)) is not None:
        return (*_property(graph, property_), *_restriction(graph, node))
    return ("a class without a name",)


def path(graph: Graph, node: Node) -> Line:
    """Return a SHACL property path as SPARQL would write it."""
    if isinstance(node, URIRef):
        return (node,)
    if (inverse := graph.value(node, SH.inversePath)) is not None:
        return ("^", *path(graph, inverse))
    if (options := graph.value(node, SH.alternativePath)) is not None:
        return _joined((path(graph, o) for o in Collection(graph, options)), "|")
    for kind, mark in _PATHS.items():
        if (step := graph.value(node, kind)) is not None:
            return (*path(graph, step), mark)
    return _joined((path(graph, step) for step in Collection(graph, node)), "/")


def members(graph: Graph, node: Node | None) -> list[Node]:
    """Return the members of an RDF list, in order; none for no list."""
    return [] if node is None or node == RDF.nil else list(Collection(graph, node))


def _property(graph: Graph, node: Node) -> Line:
    inverse = graph.value(node, OWL.inverseOf)
    return (node,) if isinstance(node, URIRef) else ("inverse of", *_value(inverse or node))


def _restriction(graph: Graph, node: Node) -> Line:
    for property_, word in _QUANTIFIERS.items():
        if (filler := graph.value(node, property_)) is not None:
            return (word, *(_value(filler) if word == "value" else _bracketed(graph, filler)))
    for property_, word in _CARDINALITIES.items():
        if (number := graph.value(node, property_)) is not None:
            class_ = graph.value(node, OWL.onClass)
            return (f"{word} {number}", *(_bracketed(graph, class_) if class_ is not None else ()))
    return ()


def _bracketed(graph: Graph, node: Node) -> Line:
    line = class_expression(graph, node)
    return line if len(line) == 1 else ("(", *line, ")")


def _value(node: Node) -> Line:
    return (node,) if isinstance(node, URIRef) else (f"\u201c{node}\u201d" if isinstance(node, Literal) else str(node),)


def _joined(lines: Iterator[Line], word: str) -> Line:
    joined: list[str | URIRef] = []
    for line in lines:
        joined += [*([word] if joined else []), *line]
    return tuple(joined)
