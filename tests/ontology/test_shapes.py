"""Every shape has data that meets it and data that does not.

``conforming/`` together is one small, complete, invented graph. Each file of ``violating/`` is added to it alone,
and its ``# expect:`` lines say which focus node, path ("-" for the node itself), severity and constraint (by SHACL's
name for it) must be reported, and nothing else may be. Every constraint of every shape is violated by one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from graph.errors import VocabularyError
from graph.shapes import Violation, validate

HERE = Path(__file__).parent
CONSTRAINTS = (
    *("MinCount", "MaxCount", "MinLength", "MaxLength", "Pattern", "LanguageIn", "UniqueLang", "Class", "Datatype"),
    *("NodeKind", "LessThan", "LessThanOrEquals", "Disjoint", "Equals", "MinInclusive", "MaxInclusive", "In"),
    *("HasValue", "Or", "And", "Not", "Xone", "Node", "QualifiedMinCount", "QualifiedMaxCount", "Closed", "Sparql"),
)
"""Constraints of SHACL that our shapes may use, by the names of their components; the property begins in lower case."""
PARTS = {
    *("sh:path sh:message sh:severity sh:targetClass sh:property sh:qualifiedValueShape".split()),
    *("rdf:type rdf:first rdf:rest sh:name sh:description sh:order".split()),
}
"""What else is said of a shape."""
VIOLATING = sorted((HERE / "violating").glob("*.ttl"))


def complete() -> Graph:
    """Return all conforming files as one graph."""
    graph = Graph()
    for path in sorted((HERE / "conforming").glob("*.ttl")):
        graph.parse(path)
    return graph


Expected = set[tuple[str, str, str, str]]


def expected_in(path: Path) -> Expected:
    """Return what the ``# expect:`` lines of ``path`` name: focus, path, severity and constraint."""
    # "none": rdflib's own bindings would put another address behind schema:.
    manager = Graph(bind_namespaces="none").parse(path).namespace_manager

    def address(word: str) -> str:
        return "" if word == "-" else word.strip("<>") if word.startswith("<") else str(manager.expand_curie(word))

    lines = re.findall(r"^# expect: (\S+) (\S+) (\S+) (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert lines, f"{path.name} expects nothing"
    return {(address(focus), address(path_), severity, constraint) for focus, path_, severity, constraint in lines}


def found_in(violations: Iterable[Violation]) -> Expected:
    """Return focus, path, severity and constraint of ``violations``."""
    return {(v.focus, v.path, v.severity, v.constraint) for v in violations}


def constraints_of(shapes: Graph) -> set[tuple[Node, str]]:
    """Return every constraint that can be reported: the shape it is written in, and its name.

    What stands inside sh:or, sh:node and the like is a part of that constraint.
    """
    reporting = set(shapes.subjects(SH.targetClass))
    todo = list(reporting)
    while todo:
        inner = set(shapes.objects(todo.pop(), SH.property)) - reporting
        reporting |= inner
        todo += inner
    names = {URIRef(str(SH) + name[0].lower() + name[1:]): name for name in CONSTRAINTS}
    return {(s, names[p]) for s in reporting for p in set(shapes.predicates(s)) if isinstance(p, URIRef) and p in names}


def violated_in(data: Graph, shapes: Graph, ontology: Graph | None) -> set[tuple[Node | None, str]]:
    """Return the constraints that ``data`` does not meet, as ``constraints_of`` names them."""
    _, report, _ = pyshacl.validate(data, shacl_graph=Graph() + shapes, ont_graph=ontology, inference="none")
    assert isinstance(report, Graph)
    return {
        (report.value(result, SH.sourceShape), named(report.value(result, SH.sourceConstraintComponent)))
        for result in report.objects(None, SH.result)
    }


def named(component: Node | None) -> str:
    return str(component).rsplit("#", 1)[-1].removesuffix("ConstraintComponent")


def kebab(name: str) -> str:
    """Return the file name for a class: ``EvidenceItem`` gives ``evidence-item``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def test_complete_data_meets_every_shape(shapes: Graph, ontology: Graph) -> None:
    assert validate(complete(), shapes, ontology) == ()


@pytest.mark.parametrize("path", VIOLATING, ids=lambda path: path.stem)
def test_each_fault_is_reported_where_it_is(path: Path, shapes: Graph, ontology: Graph) -> None:
    assert found_in(validate(complete().parse(path), shapes, ontology)) == expected_in(path)


def test_every_target_class_has_both_files(shapes: Graph) -> None:
    classes = {kebab(str(target).rsplit("#", 1)[-1]) for target in shapes.objects(None, SH.targetClass)}
    assert {path.stem for path in VIOLATING} == classes
    assert {path.stem for path in (HERE / "conforming").glob("*.ttl")} == classes


def test_conforming_and_violating_files_hold_the_class_they_are_named_for(shapes: Graph) -> None:
    for target in shapes.objects(None, SH.targetClass):
        name = f"{kebab(str(target).rsplit('#', 1)[-1])}.ttl"
        for folder in ("conforming", "violating"):
            assert (None, RDF.type, target) in Graph().parse(HERE / folder / name), f"{folder}/{name}"


def test_every_property_shape_says_what_is_wrong_in_a_sentence_and_how_bad_it_is(shapes: Graph) -> None:
    for shape in set(shapes.subjects(SH.path)):
        message = shapes.value(shape, SH.message)
        assert isinstance(message, Literal)
        assert message.language == "en"
        assert str(message).endswith(".")
        assert shapes.value(shape, SH.severity) in (SH.Violation, SH.Warning, SH.Info)


def test_every_constraint_is_violated_by_some_file(shapes: Graph, ontology: Graph) -> None:
    violated = set().union(*(violated_in(complete().parse(path), shapes, ontology) for path in VIOLATING))
    never = constraints_of(shapes) - violated
    assert {(str(shapes.value(shape, SH.path)), name) for shape, name in never} == set()
    assert violated <= constraints_of(shapes)


def test_no_shape_says_what_these_tests_do_not_know(shapes: Graph) -> None:
    """A constraint of a sort that ``CONSTRAINTS`` does not list would be asked of nobody."""
    known = {f"sh:{name[0].lower()}{name[1:]}" for name in CONSTRAINTS} | PARTS
    assert {p.n3(shapes.namespace_manager) for p in shapes.predicates()} - known == set()


def test_terms_have_shapes_with_both_files_too(folder: Path) -> None:
    shapes = Graph().parse(folder / "terms.shapes.ttl")
    assert validate(Graph().parse(HERE / "terms" / "conforming.ttl"), shapes) == ()
    violating = HERE / "terms" / "violating.ttl"
    assert found_in(validate(Graph().parse(violating), shapes)) == expected_in(violating)
    assert constraints_of(shapes) - violated_in(Graph().parse(violating), shapes, None) == set()


def test_a_violation_carries_value_message_and_the_named_shape(shapes: Graph, ontology: Graph) -> None:
    data = complete().parse(HERE / "violating" / "priority.ttl")
    violation = next(v for v in validate(data, shapes, ontology) if v.constraint == "Pattern")
    assert violation.value == "one"
    assert violation.message == "A priority has exactly one number."
    assert violation.shape == "https://w3id.org/golden-thread/shapes#PriorityShape"


def test_a_shared_property_shape_is_named_itself(shapes: Graph, ontology: Graph) -> None:
    found = validate(complete().parse(HERE / "violating" / "plan.ttl"), shapes, ontology)
    (violation,) = (v for v in found if v.path.endswith("prefLabel"))
    assert violation.shape == "https://w3id.org/golden-thread/shapes#OnePreferredName"


def test_the_worst_comes_first(shapes: Graph, ontology: Graph) -> None:
    data = complete().parse(HERE / "violating" / "evidence-item.ttl")
    severities = [v.severity for v in validate(data, shapes, ontology)]
    assert severities == sorted(severities, key=["Violation", "Warning", "Info"].index)
    assert severities[-1] == "Warning"


def test_validation_leaves_every_graph_as_it_was(shapes: Graph, ontology: Graph) -> None:
    data = complete()
    before = [set(graph) for graph in (data, shapes, ontology)]
    validate(data, shapes, ontology)
    assert [set(graph) for graph in (data, shapes, ontology)] == before


def test_a_fault_of_the_shapes_is_not_a_fault_of_the_data() -> None:
    broken = Graph()
    shape = URIRef("https://example.org/shape")
    broken.add((shape, RDF.type, SH.NodeShape))
    broken.add((shape, SH.targetNode, shape))
    broken.add((shape, SH.minCount, Literal(1)))
    broken.add((shape, SH["property"], Literal("no shape")))
    with pytest.raises(VocabularyError, match="shapes: "):
        validate(Graph(), broken)


def test_all_vocabularies_meet_their_shapes(vocabulary: Graph, shapes: Graph, ontology: Graph) -> None:
    assert validate(vocabulary, shapes, ontology) == ()
