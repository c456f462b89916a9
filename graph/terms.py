"""Our terms as their documentation tells them: what each is, what it is related to, and in which module it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import BNode, Node

from graph import queries
from graph.expressions import Line, class_expression, members
from graph.namespaces import GT, ONTOLOGY
from graph.queries import Query
from graph.vocabulary import FOLDER, ontology, parse

KINDS: Final = {
    OWL.Class: "class",
    OWL.ObjectProperty: "link",
    OWL.DatatypeProperty: "value",
    OWL.AnnotationProperty: "note",
}
"""What a term is declared as, to our word for it: a link leads to a thing, a value is text, number or date."""

_READING_ORDER = ("plan", "evidence", "operations", "places", "performance", "audit", "definitions")
"""Modules in the order of ontology/README.md; any other comes after them by name."""
_GT_NAME = re.compile(r"(?<![\w:])gt:([A-Za-z]\w*)")
_NOT_CODE = re.compile(r"#[^\n]*|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|(<[^<>\s]*>)")


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the ontology that is a file of its own, or an alignment with another vocabulary."""

    iri: URIRef
    name: str
    """Its file without the ending: ``plan``, ``alignments/prov``."""
    label: str
    definition: str
    terms: tuple[URIRef, ...]

    @property
    def graph(self) -> Graph:
        """What its file says."""
        return parse(FOLDER / f"{self.name}.ttl")


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of ours."""

    iri: URIRef
    kind: str
    """A value of ``KINDS``."""
    label: str
    definition: str
    examples: tuple[str, ...]
    notes: tuple[str, ...]
    module: URIRef | None
    supers: tuple[URIRef, ...]
    subs: tuple[URIRef, ...]
    domain: tuple[Line, ...]
    range: tuple[Line, ...]
    inverses: tuple[URIRef, ...]
    disjoint: tuple[URIRef, ...]
    defined_as: tuple[Line, ...]
    """What it is equivalent to."""
    from_it: tuple[URIRef, ...]
    """For a class: properties whose subject it is."""
    to_it: tuple[URIRef, ...]
    """For a class: properties whose object it is."""
    deprecated: bool
    replaced_by: tuple[URIRef, ...]

    @property
    def name(self) -> str:
        """Its name in our namespace."""
        return self.iri.removeprefix(str(GT))

    @property
    def ours_above(self) -> tuple[URIRef, ...]:
        """The terms of ours that it is a kind of."""
        return tuple(t for t in self.supers if t in GT)

    @property
    def aligned(self) -> tuple[URIRef, ...]:
        """The terms of others that it is a kind of."""
        return tuple(t for t in self.supers if t not in GT)


@cache
def terms() -> Mapping[URIRef, Term]:
    """Return every term of ours by address: classes first, then by name."""
    graph = ontology()
    found = {
        s: kind
        for sort, kind in KINDS.items()
        for s in graph.subjects(RDF.type, sort)
        if isinstance(s, URIRef) and s in GT
    }
    order = list(KINDS.values())
    return {iri: _term(graph, iri, found[iri]) for iri in sorted(found, key=lambda i: (order.index(found[i]), i))}


@cache
def modules() -> tuple[Module, ...]:
    """Return the modules in reading order, the alignments after them."""
    graph = ontology()
    found = [s for s in graph.subjects(RDF.type, OWL.Ontology) if isinstance(s, URIRef) and s != ONTOLOGY]
    made = [
        Module(
            iri,
            iri.removeprefix(f"{ONTOLOGY}/"),
            _text(graph, iri, RDFS.label),
            _text(graph, iri, RDFS.comment),
            tuple(t.iri for t in terms().values() if t.module == iri),
        )
        for iri in found
    ]
    return tuple(sorted(made, key=_order))


def _order(module: Module) -> tuple[int, str]:
    place = _READING_ORDER.index(module.name) if module.name in _READING_ORDER else len(_READING_ORDER)
    return place, module.name


def _term(graph: Graph, iri: URIRef, kind: str) -> Term:
    above = RDFS.subClassOf if kind == "class" else RDFS.subPropertyOf
    inverses = {*graph.objects(iri, OWL.inverseOf), *graph.subjects(OWL.inverseOf, iri)}
    return Term(
        iri=iri,
        kind=kind,
        label=_text(graph, iri, RDFS.label),
        definition=_text(graph, iri, RDFS.comment),
        examples=_texts(graph, iri, SKOS.example),
        notes=_texts(graph, iri, SKOS.scopeNote),
        module=next(_named(graph.objects(iri, RDFS.isDefinedBy)), None),
        supers=_sorted(graph.objects(iri, above)),
        subs=_sorted(graph.subjects(above, iri)),
        domain=_lines(graph, graph.objects(iri, RDFS.domain)),
        range=_lines(graph, graph.objects(iri, RDFS.range)),
        inverses=_sorted(inverses),
        disjoint=_disjoint(graph, iri),
        defined_as=_lines(graph, graph.objects(iri, OWL.equivalentClass)),
        from_it=_sorted(graph.subjects(RDFS.domain, iri)),
        to_it=_sorted(graph.subjects(RDFS.range, iri)),
        deprecated=any(o.toPython() for o in graph.objects(iri, OWL.deprecated) if hasattr(o, "toPython")),
        replaced_by=_sorted(graph.objects(iri, DCTERMS.isReplacedBy)),
    )


def _disjoint(graph: Graph, iri: URIRef) -> tuple[URIRef, ...]:
    found = {*graph.objects(iri, OWL.disjointWith), *graph.subjects(OWL.disjointWith, iri)}
    for group in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        listed = members(graph, graph.value(group, OWL.members))
        if iri in listed:
            found.update(listed)
    return tuple(t for t in _sorted(found) if t != iri)


def _lines(graph: Graph, nodes: Iterable[Node]) -> tuple[Line, ...]:
    return tuple(sorted((class_expression(graph, n) for n in nodes), key=lambda line: [str(part) for part in line]))


def _named(nodes: Iterable[Node]) -> Iterator[URIRef]:
    return (n for n in nodes if isinstance(n, URIRef))


def _sorted(nodes: Iterable[Node]) -> tuple[URIRef, ...]:
    return tuple(sorted(set(_named(nodes))))


def _text(graph: Graph, subject: Node, predicate: URIRef) -> str:
    return " ".join(_texts(graph, subject, predicate))


def _texts(graph: Graph, subject: Node, predicate: URIRef) -> tuple[str, ...]:
    return tuple(sorted(str(o) for o in graph.objects(subject, predicate)))


def description(iri: URIRef) -> Graph:
    """Return what the ontology says of a term.

    Its statements with what hangs on them without an address, those that point at it, and the labels of both ends.
    """
    graph, found = ontology(), Graph()
    waiting: list[Node] = [iri]
    while waiting:
        subject = waiting.pop()
        for triple in graph.triples((subject, None, None)):
            if triple not in found and isinstance(triple[2], BNode):
                waiting.append(triple[2])
            found.add(triple)
    for triple in graph.triples((None, None, iri)):
        if isinstance(triple[0], URIRef):
            found.add(triple)
    for node in {n for triple in found for n in (triple[0], triple[2]) if isinstance(n, URIRef)}:
        for label in graph.objects(node, RDFS.label):
            found.add((node, RDFS.label, label))
    return found


@cache
def uses() -> Mapping[URIRef, tuple[Query, ...]]:
    """Return the queries that name each term, all folders of them, by folder and name."""
    found: dict[URIRef, list[Query]] = {}
    for query in queries.everything():
        code = _NOT_CODE.sub(lambda match: match[1] or "", query.sparql)
        for name in sorted(set(_GT_NAME.findall(code))):
            found.setdefault(GT[name], []).append(query)
    return {iri: tuple(used) for iri, used in found.items()}
