"""/.well-known/void and /data: what is said of the data is what a query counts."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import DCAT, DCTERMS, PROV, RDF, SKOS, VOID, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from graph.formats import FORMATS
from graph.namespaces import BASE, CATALOGUE, DATASET, GT, RULES, SD, graph_name, mint, report_graph
from graph.settings import Settings
from graph.stores import open_store
from graph.stores.oxigraph import GRAPH_FILES, OxigraphStore
from tests.webapp.conftest import Get

REPORT = report_graph("essex-2021-22-q4")


@pytest.fixture(scope="module")
def store(sample_store: Path) -> OxigraphStore:
    opened = open_store(Settings(store=sample_store))
    assert isinstance(opened, OxigraphStore)
    return opened


@pytest.fixture
def void(client: FlaskClient) -> Graph:
    answer = client.get("/.well-known/void")
    assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    return Graph().parse(data=answer.data, format="turtle")


def number(graph: Graph, subject: URIRef, predicate: URIRef) -> int:
    (value,) = graph.objects(subject, predicate)
    return int(str(value))


def asked(store: OxigraphStore, query: str) -> int:
    return int(str(store.select(query).rows[0][0]))


def partitions(graph: Graph, of: URIRef, link: URIRef, term: URIRef, size: URIRef) -> dict[str, int]:
    return {str(graph.value(p, term)): int(str(graph.value(p, size))) for p in graph.objects(of, link)}


def test_totals_are_what_sparql_counts(void: Graph, store: OxigraphStore) -> None:
    assert number(void, DATASET, VOID.triples) == asked(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert number(void, DATASET, VOID.distinctSubjects) == asked(
        store, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"
    )
    assert number(void, DATASET, VOID.distinctObjects) == asked(store, "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }")
    assert number(void, DATASET, VOID.classes) == asked(store, "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }")
    assert number(void, DATASET, VOID.properties) == asked(store, "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }")
    entities = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(isIRI(?s)) }"
    assert number(void, DATASET, VOID.entities) == asked(store, entities)


def test_every_class_and_property_is_counted_as_sparql_does(void: Graph, store: OxigraphStore) -> None:
    classes = store.select("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c").rows
    told = partitions(void, DATASET, VOID.classPartition, VOID["class"], VOID.entities)
    assert told == {str(c): int(str(n)) for c, n in classes}
    properties = store.select("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p").rows
    told = partitions(void, DATASET, VOID.propertyPartition, VOID.property, VOID.triples)
    assert told == {str(p): int(str(n)) for p, n in properties}


def test_every_named_graph_is_told_with_its_size(void: Graph, store: OxigraphStore) -> None:
    named = {g for g in void.objects(DATASET, SD.namedGraph) if isinstance(g, URIRef)}
    assert named == set(store.graph_names())
    for name in named:
        assert number(void, name, VOID.triples) == len(store.graph(name))
        assert (DATASET, VOID.subset, name) in void
        assert void.value(name, DCTERMS.title)


def test_linksets_are_what_sparql_counts(void: Graph, store: OxigraphStore) -> None:
    sets = [s for s in void.subjects(RDF.type, VOID.Linkset) if isinstance(s, URIRef)]
    assert len(sets) > 10
    for linkset in sets:
        target, property_ = str(void.value(linkset, VOID.objectsTarget)), void.value(linkset, VOID.linkPredicate)
        if target.startswith(BASE):
            query = (
                f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s <{property_}> ?o }} "
                f"GRAPH <{target}> {{ ?o <{SKOS.prefLabel}> ?l }} FILTER(?g != <{target}>) }}"
            )
        else:
            query = f'SELECT (COUNT(*) AS ?n) {{ ?s <{property_}> ?o FILTER(STRSTARTS(STR(?o), "{target}")) }}'
        assert number(void, linkset, VOID.triples) == asked(store, query)


def test_a_named_graph_answers_with_its_own_classes_properties_and_links(
    client: FlaskClient, store: OxigraphStore
) -> None:
    name = REPORT.removeprefix(BASE)
    graph = Graph().parse(data=client.get(f"/id/{name}.ttl").data, format="turtle")
    told = partitions(graph, REPORT, VOID.classPartition, VOID["class"], VOID.entities)
    rows = store.select(f"SELECT ?c (COUNT(*) AS ?n) {{ GRAPH <{REPORT}> {{ ?s a ?c }} }} GROUP BY ?c").rows
    assert told == {str(c): int(str(n)) for c, n in rows}
    assert set(graph.objects(REPORT, PROV.wasDerivedFrom)) == {mint("report", "essex-2021-22-q4/document")}
    assert set(graph.objects(REPORT, DCTERMS.issued)) == {Literal("2022-04", datatype=XSD.gYearMonth)}
    assert any((s, VOID.linkPredicate, GT.aboutTheme) in graph for s in graph.objects(REPORT, VOID.subset))
    page = client.get(f"/id/{name}", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Location"]) == (303, "/data#graph-report-essex-2021-22-q4")
    assert client.get("/id/graph/nothing").status_code == 404


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("address", ["/data", "/id/dataset/golden-thread", "/id/graph/themes"])
def test_the_description_is_the_same_in_every_format(client: FlaskClient, address: str, suffix: str) -> None:
    answer = client.get(address, headers={"Accept": FORMATS[suffix].media_type})
    assert answer.mimetype == FORMATS[suffix].media_type
    turtle = Graph().parse(data=client.get(f"{address}.ttl").data, format="turtle")
    assert set(Graph().parse(data=answer.data, format=FORMATS[suffix].plugin)) == set(turtle)


def test_well_known_void_negotiates_and_sends_people_to_the_page(client: FlaskClient) -> None:
    address = "/.well-known/void"
    for suffix, media_type in ((s, f.media_type) for s, f in FORMATS.items()):
        assert client.get(address, headers={"Accept": media_type}).mimetype == media_type, suffix
    assert client.get(address, headers={"Accept": "text/html"}).headers["Location"] == "/data"
    assert client.get(address, headers={"Accept": "*/*"}).mimetype == "text/turtle"
    assert client.get(address, headers={"Accept": "image/png"}).status_code == 406
    assert client.head(address).status_code == 200


def test_the_catalogue_lists_downloads_that_hold_what_they_say(
    client: FlaskClient, void: Graph, store: OxigraphStore
) -> None:
    assert (CATALOGUE, DCAT.dataset, DATASET) in void
    assert void.value(DATASET, DCTERMS.license)
    assert void.value(DATASET, DCTERMS.issued)
    assert void.value(DATASET, DCTERMS.modified)
    downloads = {str(o).removeprefix("http://localhost") for o in void.objects(None, DCAT.downloadURL)}
    assert len(downloads) == len(store.graph_names()) * len(GRAPH_FILES) + 1
    for suffix in GRAPH_FILES:
        for name in (REPORT, RULES, graph_name("ontology")):
            address = f"/data/graphs/{name.removeprefix(f'{BASE}graph/')}.{suffix}"
            assert address in downloads
            answer = client.get(address)
            assert answer.mimetype == FORMATS[suffix].media_type
            read = Graph().parse(data=answer.data, format=FORMATS[suffix].plugin)
            assert isomorphic(read, store.graph(name)), address


def test_the_dump_is_the_whole_store(client: FlaskClient, store: OxigraphStore) -> None:
    plain = client.get("/data/all.nq").data
    packed = client.get("/data/all.nq.gz")
    assert packed.mimetype == "application/gzip"
    assert gzip.decompress(packed.data) == plain
    assert b"".join(sorted(plain.splitlines(keepends=True))) == store.dump("nquads")


@pytest.mark.parametrize("name", ["nothing.ttl", "themes.rdf", "themes", "../themes.ttl", "report/x.nt", "themes.exe"])
def test_a_file_that_is_not_there_is_404(client: FlaskClient, name: str) -> None:
    assert client.get(f"/data/graphs/{name}").status_code == 404


def test_the_page_says_the_same_numbers(get: Get, store: OxigraphStore) -> None:
    page = get("/data")
    assert f"{asked(store, 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }'):,}" in page.words
    assert "graph-report-essex-2021-22-q4" in page.ids
    assert "/ns" in page.links
    assert "/.well-known/void" in page.links
    assert "/data" in get("/").links
