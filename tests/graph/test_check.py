from __future__ import annotations

import pytest
from rdflib import RDF, Graph, Literal, URIRef

from graph import build
from graph.check import Found, check_reference, check_store
from graph.namespaces import GT, graph_name, key_of, report_graph
from graph.stores.oxigraph import OxigraphStore, Triple
from tests.reports import item, small_store


@pytest.fixture(scope="module")
def spoilt() -> OxigraphStore:
    """The small store without the number of an item, and with one quote that is not what stands there."""
    store = small_store()
    report = report_graph("essex-2022-23-q1")
    graphs: dict[URIRef, Graph | list[Triple]] = {name: store.graph(name) for name in store.graph_names()}
    item = URIRef("https://w3id.org/golden-thread/id/report/essex-2022-23-q1/item/2")
    graphs[report] = [t for t in store.graph(report) if t[:2] != (item, GT.itemNumber)]
    graphs[graph_name("stray")] = [(URIRef("urn:mention"), GT.refersTo, URIRef("urn:nothing"))]
    return OxigraphStore.in_memory(graphs)


def test_faults_are_told_the_queries_first_then_the_shapes(spoilt: OxigraphStore) -> None:
    told: list[str] = []
    faults = check_store(spoilt, told.append).faults
    assert faults[0].startswith("dangling-reference-violation: 1 found")
    assert any("item/2" in fault and "Violation" in fault for fault in faults[1:])
    assert len(told) == 2


def test_an_empty_store_has_no_fault() -> None:
    assert check_store(OxigraphStore.in_memory({})) == Found()


def test_a_thing_of_no_known_class_is_nobodys_fault() -> None:
    odd = [(URIRef("urn:x"), RDF.type, URIRef("urn:Odd")), (URIRef("urn:x"), RDF.value, Literal(1))]
    assert check_store(OxigraphStore.in_memory({graph_name("odd"): odd})) == Found()


def test_places_and_districts_found_by_form_are_complete_data_that_awaits_review() -> None:
    said = item("Thefts in Owlbury borough and in Owlbury fell.", "A shop in Fenwick closed.", force="Owlshire Police")
    store = build.in_memory([said])
    assert check_store(store) == Found()
    rows = store.select(
        "PREFIX gt: <https://w3id.org/golden-thread/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT ?class ?name WHERE { ?thing gt:unreviewed true ; a ?class ; skos:prefLabel ?name } "
        "ORDER BY ?class ?name"
    ).rows
    assert [(key_of(str(class_)), str(name)) for class_, name in rows] == [
        ("District", "Owlbury"),
        ("Place", "Fenwick"),
        ("Place", "Owlbury"),
        ("PoliceForce", "Owlshire Police"),
    ]


def test_ontology_and_vocabularies_are_held_against_the_shapes_without_a_store() -> None:
    told: list[str] = []
    assert check_reference(progress=told.append) == Found()
    assert len(told) == 3
