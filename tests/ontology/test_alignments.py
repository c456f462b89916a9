"""Alignments say what our terms are in others' words, and let nobody infer what we do not mean.

``domains.ttl`` holds the domains and ranges that the standards give to the properties we borrow. Data must already
say, by class and our own hierarchy, whatever these would add.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph.build import reference_graphs
from graph.namespaces import BASE, GT
from tests.ontology.test_shapes import complete
from tests.reports import small_store

HERE = Path(__file__).parent
SAID = {RDFS.subClassOf, RDFS.subPropertyOf}
"""How an alignment relates a term of ours to one of another's."""
ALIGNMENTS = sorted((HERE.parents[1] / "ontology" / "alignments").glob("*.ttl"))


@pytest.fixture(scope="module")
def foreign() -> Graph:
    return Graph().parse(HERE / "domains.ttl")


@pytest.fixture(scope="module")
def data() -> Graph:
    """Every class in use: the complete invented graph, the vocabularies, and two small reports."""
    graph = complete()
    for triples in reference_graphs().values():
        for triple in triples:
            graph.add(triple)
    graph += small_store().construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    return graph


def classes_of(node: Node, data: Graph, ontology: Graph) -> set[Node]:
    """Return the classes that ``node`` has, and all above them."""
    said = set(data.objects(node, RDF.type))
    above = (ontology.transitive_objects(class_, RDFS.subClassOf) for class_ in said)
    return {class_ for classes in above for class_ in classes if class_ is not None}


def is_individual(node: Node) -> bool:
    """Say whether ``node`` is a thing of our data, of which a class could be inferred."""
    return isinstance(node, URIRef) and str(node).startswith((BASE, "https://example.org/"))


def is_ours(node: Node) -> bool:
    """Say whether ``node`` is a term of our ontology."""
    return isinstance(node, URIRef) and node in GT


def holds(datatype: Node, literal: Literal) -> bool:
    """Say whether a value lies in ``datatype``; stores keep whole numbers of every sort as xsd:integer."""
    if datatype == XSD.nonNegativeInteger:
        return isinstance(literal.value, int) and literal.value >= 0
    whole = datatype == XSD.integer and isinstance(literal.value, int)
    return whole or datatype in {literal.datatype or XSD.string, RDFS.Literal}


def test_every_borrowed_property_is_known_with_what_can_be_inferred_from_it(data: Graph, foreign: Graph) -> None:
    used = {p for s, p, _ in data if is_individual(s) and not is_ours(p)}
    assert used - set(foreign.subjects()) == set()


@pytest.mark.parametrize(("relation", "end"), [(RDFS.domain, 0), (RDFS.range, 2)], ids=["domain", "range"])
def test_no_borrowed_property_makes_a_thing_what_it_is_not_said_to_be(
    relation: URIRef, end: int, data: Graph, foreign: Graph, ontology: Graph
) -> None:
    surprises = set()
    for property_, class_ in foreign.subject_objects(relation):
        for triple in data.triples((None, property_, None)):
            node = triple[end]
            if is_individual(node) and class_ not in classes_of(node, data, ontology):
                surprises.add((property_, class_, node))
    assert surprises == set()


@pytest.mark.parametrize(("relation", "end"), [(RDFS.domain, 0), (RDFS.range, 2)], ids=["domain", "range"])
def test_nor_does_a_property_of_ours(relation: URIRef, end: int, data: Graph, ontology: Graph) -> None:
    surprises = set()
    for property_, class_ in ontology.subject_objects(relation):
        any_of = set(Collection(ontology, union)) if (union := ontology.value(class_, OWL.unionOf)) else {class_}
        for triple in data.triples((None, property_, None)):
            node = triple[end]
            if isinstance(node, Literal):
                fits = holds(class_, node)
            else:
                fits = not is_individual(node) or bool(any_of & classes_of(node, data, ontology))
            if not fits:
                surprises.add((property_, class_, node))
    assert surprises == set()


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda path: path.stem)
def test_an_alignment_says_what_ours_is_and_nothing_new_about_theirs(path: Path) -> None:
    """Theirs are declared and put below one another as their own standard does; none is put below one of ours."""
    graph = Graph().parse(path)
    for subject, predicate, object_ in graph:
        if is_ours(subject):
            assert predicate in SAID, (subject, predicate)
            assert not is_ours(object_), (subject, object_)
        elif predicate in SAID:
            assert not is_ours(object_), (subject, object_)
        assert predicate not in {RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.equivalentProperty, OWL.sameAs}
