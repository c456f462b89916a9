"""The queries that a build uses find what pySHACL finds: the same graph of rules, read in two ways.

docs/adr/0017-shapes-as-queries.md
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import SH, Graph, URIRef

from graph import queries
from graph.build import reference_graphs
from graph.faults import unmet_shapes
from graph.namespaces import SHAPES, graph_name, key_of, shortened
from graph.shapes import validate
from graph.stores.oxigraph import OxigraphStore
from tests.ontology.test_shapes import VIOLATING, Expected, complete, constraints_of, found_in
from tests.reports import small_store

DATA = URIRef("urn:data")
AT_NODE = "or-at-node"
"""The same constraint as "or", where it stands at the shape of a thing and not of a property."""


def store_of(data: Graph) -> OxigraphStore:
    ours = reference_graphs()
    named = {name: ours[name] for name in (SHAPES, graph_name("ontology"))}
    return OxigraphStore.in_memory({DATA: data, **named})


def found_by_queries(store: OxigraphStore) -> Expected:
    """Return focus, path, severity and constraint of every row, as the ``# expect:`` lines name them."""
    found = set()
    for name, query in queries.shapes().items():
        constraint = "".join(word.capitalize() for word in name.removesuffix("-at-node").split("-"))
        for row in store.select(query.sparql).dicts():
            found.add((str(row["focus"]), str(row["path"] or ""), key_of(str(row["severity"])), constraint))
    return found


@pytest.mark.parametrize("path", VIOLATING, ids=lambda path: path.stem)
def test_both_find_the_same_faults(path: Path, shapes: Graph, ontology: Graph) -> None:
    data = complete().parse(path)
    assert found_by_queries(store_of(data)) == found_in(validate(data, shapes, ontology))


def test_complete_data_and_what_was_built_meet_every_shape() -> None:
    assert unmet_shapes(store_of(complete())) == []
    assert unmet_shapes(small_store()) == []


def test_there_is_a_query_for_every_constraint_in_use_and_no_other(shapes: Graph) -> None:
    used = {constraint for _, constraint in constraints_of(shapes)}
    asked = {"".join(word.capitalize() for word in name.split("-")) for name in set(queries.shapes()) - {AT_NODE}}
    assert asked == used


def test_shapes_ask_for_no_more_than_the_queries_read(shapes: Graph) -> None:
    """No property paths, none or one, alternatives that are classes or single properties."""
    assert all(isinstance(path, URIRef) for path in shapes.objects(None, SH.path))
    for count in (SH.minCount, SH.maxCount, SH.qualifiedMinCount, SH.qualifiedMaxCount):
        assert {int(str(n)) for n in shapes.objects(None, count)} <= {0, 1}
    assert set(shapes.objects(None, SH.nodeKind)) == {SH.IRI}
    assert not list(shapes.objects(None, SH.flags))
    read = {SH.path, SH.minCount, SH.maxCount, SH.hasValue, SH["in"], SH["not"], SH["class"], SH.severity, SH.message}
    for alternatives in shapes.objects(None, SH["or"]):
        for alternative in shapes.items(alternatives):
            assert set(shapes.predicates(alternative)) <= read


def test_what_is_unmet_is_told_with_graph_thing_property_and_what_should_be() -> None:
    data = complete().parse(Path(__file__).parent / "violating" / "priority.ttl")
    lines = [found.line for found in unmet_shapes(store_of(data))]
    assert "<urn:data>: <https://example.org/x> skos:notation: A priority has exactly one number. Here: 'one'" in lines


def test_violations_come_before_warnings() -> None:
    data = complete().parse(Path(__file__).parent / "violating" / "evidence-item.ttl")
    severities = [found.severity for found in unmet_shapes(store_of(data))]
    assert severities == sorted(severities, key=["Violation", "Warning"].index)
    assert set(severities) == {"Violation", "Warning"}


def test_an_address_is_shortened_by_the_longest_prefix_that_fits() -> None:
    assert shortened("https://w3id.org/golden-thread/id/lpa/essex-north") == "id:lpa/essex-north"
    assert shortened("https://w3id.org/golden-thread/ns#inArea") == "gt:inArea"
    assert shortened("urn:x") == "<urn:x>"
