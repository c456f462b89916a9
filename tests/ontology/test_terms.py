from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import OWL, QB, RDF, RDFS, SH, SKOS, BNode, Graph, URIRef

from graph.namespaces import GT, GTS
from graph.shapes import validate

SORTS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
FILES = sorted((Path(__file__).resolve().parents[2] / "ontology").rglob("*.ttl"))


def terms_of(graph: Graph) -> set[URIRef]:
    """Return the terms in our namespace that ``graph`` declares."""
    return {s for sort in SORTS for s in graph.subjects(RDF.type, sort) if isinstance(s, URIRef) and s in GT}


def used_in(graph: Graph) -> set[URIRef]:
    """Return every term in our namespace that a triple of ``graph`` holds."""
    return {node for triple in graph for node in triple if isinstance(node, URIRef) and node in GT}


def without_expressions(graph: Graph) -> Graph:
    """Return ``graph`` without saying that its class expressions are classes: they are no terms of ours."""
    named = Graph()
    for triple in graph:
        if not (isinstance(triple[0], BNode) and triple[1] == RDF.type):
            named.add(triple)
    return named


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_turtle_file_parses_and_says_something(path: Path) -> None:
    assert len(Graph().parse(path)) > 0


def test_every_module_and_term_meets_the_shapes_of_terms(modules: dict[str, Graph], folder: Path) -> None:
    shapes = Graph().parse(folder / "terms.shapes.ttl")
    for name, module in modules.items():
        if name != "golden-thread":
            assert validate(without_expressions(module), shapes) == (), name


def test_a_term_is_defined_by_the_module_it_stands_in(modules: dict[str, Graph]) -> None:
    for name, module in modules.items():
        for term in terms_of(module):
            assert str(module.value(term, RDFS.isDefinedBy)) == f"https://w3id.org/golden-thread/{name}", term


def test_no_term_is_defined_twice() -> None:
    times: Counter[URIRef] = Counter()
    for path in FILES:
        times.update(s for s in Graph().parse(path).subjects(RDFS.comment) if isinstance(s, URIRef) and s in GT)
    assert [term for term, count in times.items() if count > 1] == []


def test_every_term_in_use_is_defined(modules: dict[str, Graph]) -> None:
    defined = set().union(*(terms_of(module) for module in modules.values()))
    undefined = {path.name: used_in(Graph().parse(path)) - defined for path in FILES}
    assert {name: terms for name, terms in undefined.items() if terms} == {}


def test_every_term_that_code_and_queries_use_is_defined(ontology: Graph) -> None:
    """Reading the sources, as a misspelt term matches nothing and so fails nowhere."""
    defined = terms_of(ontology)
    root = Path(__file__).resolve().parents[2]
    undefined = {}
    for pattern, form in (("*.py", r"\bGT\.(\w+)"), ("*.rq", r"\bgt:(\w+)"), ("*.html", r"\bgt:(\w+)")):
        for path in (p for folder in ("graph", "queries", "webapp") for p in (root / folder).rglob(pattern)):
            words = re.findall(form, path.read_text(encoding="utf-8"))
            if "node_modules" not in path.parts and (missing := {word for word in words if GT[word] not in defined}):
                undefined[path.relative_to(root).as_posix()] = missing
    assert undefined == {}


def test_a_definition_does_not_use_its_own_label(modules: dict[str, Graph]) -> None:
    circular = [
        term
        for module in modules.values()
        for term in terms_of(module)
        if (term, RDF.type, OWL.Class) in module
        and str(module.value(term, RDFS.label)).casefold() in str(module.value(term, RDFS.comment)).casefold().split()
    ]
    assert circular == []


def test_names_tell_classes_from_properties(modules: dict[str, Graph]) -> None:
    for module in modules.values():
        for term in terms_of(module):
            initial = term.removeprefix(str(GT))[0]
            assert initial.isupper() == ((term, RDF.type, OWL.Class) in module), term


def test_nothing_is_term_and_shape_and_individual_at_once(ontology: Graph, shapes: Graph, vocabulary: Graph) -> None:
    terms = {s for sort in SORTS for s in ontology.subjects(RDF.type, sort)}
    named_shapes = {s for s in shapes.subjects() if isinstance(s, URIRef)}
    assert not terms & named_shapes
    parts = {QB.DimensionProperty, QB.MeasureProperty, QB.AttributeProperty}
    in_a_cube = {s for part in parts for s in vocabulary.subjects(RDF.type, part)}
    assert not terms & (set(vocabulary.subjects()) - in_a_cube)
    assert not named_shapes & set(vocabulary.subjects())
    assert all(shape in GTS for shape in named_shapes)


def test_a_property_is_of_one_sort(ontology: Graph) -> None:
    sorts = Counter(s for sort in SORTS for s in ontology.subjects(RDF.type, sort))
    assert [term for term, count in sorts.items() if count > 1] == []


def test_every_outside_term_that_we_build_on_is_declared(ontology: Graph) -> None:
    declared = {s for sort in SORTS for s in ontology.subjects(RDF.type, sort)}
    for above in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain):
        assert {o for o in ontology.objects(None, above) if isinstance(o, URIRef)} <= declared


def test_the_whole_imports_every_part(modules: dict[str, Graph], folder: Path) -> None:
    imported = {str(o) for o in modules["golden-thread"].objects(None, OWL.imports)}
    parts = {f"https://w3id.org/golden-thread/{name}" for name in modules if name != "golden-thread"}
    parts |= {
        f"https://w3id.org/golden-thread/alignments/{path.stem}" for path in (folder / "alignments").glob("*.ttl")
    }
    assert imported == parts


def test_every_class_has_a_shape(ontology: Graph, shapes: Graph) -> None:
    """A class that is defined by others (owl:equivalentClass) has the shapes of those."""
    classes = {term for term in terms_of(ontology) if (term, RDF.type, OWL.Class) in ontology}
    defined = {term for term in classes if (term, OWL.equivalentClass, None) in ontology}
    assert classes - defined - set(shapes.objects(None, SH.targetClass)) == set()


def test_labels_of_terms_are_not_names_of_concepts(ontology: Graph, vocabulary: Graph) -> None:
    assert not set(ontology.subjects(SKOS.prefLabel))
    assert not set(vocabulary.subjects(RDFS.label))
