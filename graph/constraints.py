"""The shapes as their documentation tells them: which data they are about, and what complete data looks like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from graph.expressions import Line, members, path
from graph.namespaces import key_of
from graph.vocabulary import ontology, shapes

_COUNTS = {(1, 1): "exactly one", (0, 1): "at most one", (1, None): "at least one"}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that complete data has."""

    shape: URIRef
    """The shape with an address that it is part of."""
    path: Line
    """What it is about; empty for the thing as a whole."""
    demands: tuple[Line, ...]
    """How many values and of what sort."""
    message: str
    severity: str
    """"Violation", "Warning" or "Info"."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape: the classes it is about, and its constraints."""

    iri: URIRef
    targets: tuple[Line, ...]
    classes: tuple[URIRef, ...]
    """Those of the targets that are classes."""
    message: str
    constraints: tuple[Constraint, ...]

    @property
    def name(self) -> str:
        """The last part of its address."""
        return key_of(self.iri)


@cache
def node_shapes() -> tuple[Shape, ...]:
    """Return all node shapes that have an address, by name."""
    graph = shapes()
    found = (s for s in graph.subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef))
    return tuple(_shape(graph, iri) for iri in sorted(set(found)))


def shapes_of(class_: URIRef) -> tuple[Shape, ...]:
    """Return the shapes that a thing of ``class_`` must meet, those of the classes above it included."""
    above = set(ontology().transitive_objects(class_, RDFS.subClassOf))
    return tuple(shape for shape in node_shapes() if above.intersection(shape.classes))


def constraints_on(property_: URIRef) -> tuple[tuple[Shape, Constraint], ...]:
    """Return each constraint in whose path ``property_`` stands, with the shape that has it."""
    return tuple((shape, c) for shape in node_shapes() for c in shape.constraints if property_ in c.path)


def _shape(graph: Graph, iri: URIRef) -> Shape:
    classes = sorted(o for o in graph.objects(iri, SH.targetClass) if isinstance(o, URIRef))
    others: list[Line] = [("subjects of", *path(graph, o)) for o in graph.objects(iri, SH.targetSubjectsOf)]
    others += [("objects of", *path(graph, o)) for o in graph.objects(iri, SH.targetObjectsOf)]
    others += [(o,) for o in graph.objects(iri, SH.targetNode) if isinstance(o, URIRef)]
    return Shape(
        iri,
        (*((c,) for c in classes), *sorted(others, key=lambda line: [str(part) for part in line])),
        tuple(classes),
        _message(graph, iri),
        tuple(sorted(_constraints(graph, iri, iri), key=lambda c: ([str(p) for p in c.path], c.message))),
    )


def _constraints(graph: Graph, node: Node, named: URIRef) -> Iterator[Constraint]:
    if (demands := _demands(graph, node)) and graph.value(node, SH.path) is None:
        yield Constraint(named, (), demands, _message(graph, node), _severity(graph, node))
    for listed in graph.objects(node, SH["or"]):
        if graph.value(node, SH.path) is None:
            for option in members(graph, listed):
                yield from _property(graph, option, named)
    for property_ in graph.objects(node, SH.property):
        yield from _property(graph, property_, property_ if isinstance(property_, URIRef) else named)


def _property(graph: Graph, node: Node, named: URIRef) -> Iterator[Constraint]:
    along = graph.value(node, SH.path)
    if along is None:
        return
    yield Constraint(named, path(graph, along), _demands(graph, node), _message(graph, node), _severity(graph, node))


def _demands(graph: Graph, node: Node) -> tuple[Line, ...]:
    least, most = graph.value(node, SH.minCount), graph.value(node, SH.maxCount)
    found: list[Line] = []
    if least is not None or most is not None:
        found.append((_how_many(int(str(least or 0)), None if most is None else int(str(most))),))
    for component, words in (
        (SH["class"], "of class"),
        (SH.datatype, "of datatype"),
        (SH.nodeKind, "of kind"),
        (SH.hasValue, "always with"),
        (SH.node, "that meets"),
        (SH.equals, "the same as"),
        (SH.disjoint, "other than"),
        (SH.lessThan, "less than"),
        (SH.lessThanOrEquals, "no more than"),
        (SH.pattern, "like"),
        (SH.minLength, "no shorter than"),
        (SH.maxLength, "no longer than"),
        (SH.minInclusive, "from"),
        (SH.maxInclusive, "up to"),
        (SH.minExclusive, "above"),
        (SH.maxExclusive, "below"),
    ):
        found += [(words, *_term(o)) for o in sorted(graph.objects(node, component), key=str)]
    for component, words in ((SH["in"], "one of"), (SH.languageIn, "in language")):
        listed = members(graph, graph.value(node, component))
        if listed:
            found.append((words, *(part for o in listed for part in _term(o))))
    if (unique := graph.value(node, SH.uniqueLang)) is not None and bool(unique.toPython()):  # type: ignore[attr-defined]
        found.append(("one in each language",))
    for qualified in graph.objects(node, SH["or"]):
        classes = [o for option in members(graph, qualified) for o in graph.objects(option, SH["class"])]
        if classes:
            found.append(("of class", *_or(classes)))
    return tuple(found)


def _or(classes: list[Node]) -> Line:
    line: list[str | URIRef] = []
    for class_ in classes:
        line += [*(["or"] if line else []), *_term(class_)]
    return tuple(line)


def _how_many(least: int, most: int | None) -> str:
    if most == 0:
        return "none"
    if words := _COUNTS.get((least, most)):
        return words
    if most is None:
        return f"at least {least}"
    return f"{least} to {most}" if least else f"at most {most}"


def _term(node: Node) -> Line:
    return (node,) if isinstance(node, URIRef) else (str(node) if isinstance(node, Literal) else "a nested shape",)


def _message(graph: Graph, node: Node) -> str:
    return " ".join(sorted(str(o) for o in graph.objects(node, SH.message)))


def _severity(graph: Graph, node: Node) -> str:
    severity = graph.value(node, SH.severity)
    return key_of(str(severity)) if severity is not None else "Violation"
