"""Every shape has data that meets it and data that does not.

``conforming/`` together is one small, complete, invented graph. Each file of ``violating/`` is added to it alone,
and its ``# expect:`` lines say which focus node, path ("-" for the node itself) and severity must be reported, and
nothing else may be.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef

from graph.errors import VocabularyError
from graph.shapes import Violation, validate

HERE = Path(__file__).parent
VIOLATING = sorted((HERE / "violating").glob("*.ttl"))


def complete() -> Graph:
    """Return all conforming files as one graph."""
    graph = Graph()
    for path in sorted((HERE / "conforming").glob("*.ttl")):
        graph.parse(path)
    return graph


def expected_in(path: Path) -> set[tuple[str, str, str]]:
    """Return what the ``# expect:`` lines of ``path`` name: focus, path and severity."""
    # "none": rdflib's own bindings would put another address behind schema:.
    manager = Graph(bind_namespaces="none").parse(path).namespace_manager

    def address(word: str) -> str:
        return "" if word == "-" else word.strip("<>") if word.startswith("<") else str(manager.expand_curie(word))

    lines = re.findall(r"^# expect: (\S+) (\S+) (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert lines, f"{path.name} expects nothing"
    return {(address(focus), address(property_), severity) for focus, property_, severity in lines}


def found_in(violations: tuple[Violation, ...]) -> set[tuple[str, str, str]]:
    """Return focus, path and severity of ``violations``."""
    return {(v.focus, v.path, v.severity) for v in violations}


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


def test_terms_have_shapes_with_both_files_too(folder: Path) -> None:
    shapes = Graph().parse(folder / "terms.shapes.ttl")
    assert validate(Graph().parse(HERE / "terms" / "conforming.ttl"), shapes) == ()
    violating = HERE / "terms" / "violating.ttl"
    assert found_in(validate(Graph().parse(violating), shapes)) == expected_in(violating)


def test_a_violation_carries_value_message_and_the_named_shape(shapes: Graph, ontology: Graph) -> None:
    data = complete().parse(HERE / "violating" / "priority.ttl")
    violation = next(v for v in validate(data, shapes, ontology) if v.path.endswith("notation"))
    assert violation.value == "one"
    assert violation.message == "A priority has exactly one number."
    assert violation.shape == "https://w3id.org/golden-thread/shapes#PriorityShape"


def test_a_shared_property_shape_is_named_itself(shapes: Graph, ontology: Graph) -> None:
    (violation,) = validate(complete().parse(HERE / "violating" / "plan.ttl"), shapes, ontology)
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
