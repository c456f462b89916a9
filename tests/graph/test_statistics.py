"""What is counted of a store is what there is, statement by statement."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, URIRef

from graph.build import build, ingest
from graph.namespaces import BASE, GT, report_graph
from graph.statistics import Statistics, count
from graph.stores.generations import current
from tests.reports import OTHER_FORCE, SMALL, small_store


@pytest.fixture(scope="module")
def counted() -> Statistics:
    return count(small_store())


def test_every_graph_class_and_property_is_counted_as_a_hand_would(counted: Statistics) -> None:
    store = small_store()
    assert set(counted.graphs) == {str(name) for name in store.graph_names()}
    for name in store.graph_names():
        graph, size = store.graph(name), counted.graphs[str(name)]
        assert size.triples == len(graph)
        assert size.classes == Counter(str(o) for o in graph.objects(None, RDF.type))
        assert size.properties == Counter(str(p) for p in graph.predicates())


def test_the_whole_is_what_a_query_over_all_graphs_counts(counted: Statistics) -> None:
    def number(query: str) -> int:
        return int(str(small_store().select(query).rows[0][0]))

    whole = counted.whole
    assert whole.triples == number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert sum(whole.properties.values()) == whole.triples
    assert counted.subjects == number("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }")
    assert counted.objects == number("SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }")
    assert counted.entities == number("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(isIRI(?s)) }")
    for class_ in (GT.Operation, GT.EvidenceItem, GT.Theme, SKOS.Concept):
        assert whole.classes[str(class_)] == number(f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{class_}> }}")


def test_links_between_graphs_are_counted_once_each(counted: Statistics) -> None:
    store = small_store()
    home = {
        subject: name for name in store.graph_names() for subject in store.graph(name).subjects(SKOS.prefLabel, None)
    }
    expected: Counter[tuple[str, str, str]] = Counter()
    for name in store.graph_names():
        for _, predicate, value in store.graph(name):
            if value in home and home[value] != name:
                expected[str(name), str(predicate), str(home[value])] += 1
    assert {(x.source, x.property, x.target): x.triples for x in counted.links} == expected


def test_links_to_things_of_others_are_told_apart_from_words_of_others(counted: Statistics) -> None:
    outside = {x.target for x in counted.outside}
    kinds, law = {x for x in outside if x.startswith("http://qudt.org/")}, {x for x in outside if ".gov.uk/" in x}
    assert kinds == {"http://qudt.org/vocab/unit/", "http://qudt.org/vocab/quantitykind/"}
    assert "https://www.legislation.gov.uk/ukpga/2014/12/" in law
    assert not outside - kinds - law - {x for x in outside if x.startswith("https://www.college.police.uk/")}
    assert not [x for x in counted.outside if x.target.startswith(BASE)]


def test_derived_links_are_counted_by_relation_and_by_class(counted: Statistics) -> None:
    links = {name: small_store().graph(name) for name in small_store().graph_names() if "/derived/" in name}
    expected: Counter[str] = Counter()
    for graph in links.values():
        for link in graph.subjects(RDF.type, GT.DerivedLink):
            relation, value = graph.value(link, RDF.predicate), graph.value(link, RDF.object)
            expected[str(value if relation == RDF.type else relation)] += 1
    assert counted.derived == expected
    assert counted.derived[str(GT.workedWith)] > 0


def test_what_is_said_of_the_things_of_a_class_is_counted_graph_by_graph(counted: Statistics) -> None:
    store = small_store()
    graphs = {name: store.graph(name) for name in store.graph_names()}
    classes = [(s, o) for graph in graphs.values() for s, o in graph.subject_objects(RDF.type)]
    of = {thing: [c for t, c in classes if t == thing] for thing in {t for t, _ in classes}}
    expected: Counter[tuple[str, str, str]] = Counter()
    for name, graph in graphs.items():
        for subject, predicate, _ in graph:
            expected.update((str(name), str(c), str(predicate)) for c in of.get(subject, ()) if predicate != RDF.type)
    assert {(x.graph, x.class_, x.property): x.triples for x in counted.uses} == expected


def test_it_survives_json(counted: Statistics) -> None:
    assert Statistics.from_json(json.loads(json.dumps(counted.as_json()))) == counted


def test_a_generation_says_how_much_it_holds_and_since_when(tmp_path: Path) -> None:
    build(tmp_path, [SMALL[0]])
    first = current(tmp_path)
    assert first
    ingest(tmp_path, [OTHER_FORCE])
    second = current(tmp_path)
    assert second
    assert first.description["issued"] == second.description["issued"] <= second.description["modified"]
    before, after = (Statistics.from_json(g.description["statistics"]) for g in (first, second))
    assert before.whole.triples == first.manifest["quads"]
    assert after.whole.triples == second.manifest["quads"]
    reports = {str(report_graph(key)) for key in second.manifest["reports"]}
    assert reports <= set(after.graphs)
    assert len(reports - set(before.graphs)) == 1
    assert URIRef(min(reports)) in {URIRef(g) for g in after.graphs}
