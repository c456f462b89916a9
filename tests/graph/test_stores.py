"""What every store can do, tried on each form of store; then what only one form can get wrong."""

from __future__ import annotations

import csv
import io
import json
import socket
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, URIRef

from graph import queries
from graph.errors import BadQuery, StoreUnavailable
from graph.namespaces import GT
from graph.settings import Settings
from graph.stores import open_reader, open_store
from graph.stores.base import MEDIA_TYPES, Store, Table
from graph.stores.oxigraph import OxigraphStore, OxigraphWriter, canonical
from graph.stores.remote import RemoteStore
from tests.graph.conftest import Endpoint

NAME = "SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s LIMIT 1"
TERMS = 'SELECT * WHERE { VALUES (?iri ?plain ?lang ?int ?none) { (<urn:a> "x \\" y" "\u00e9"@en 5 UNDEF) } }'


@pytest.fixture(params=["memory", "disk", "endpoint"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return request.getfixturevalue("small")  # type: ignore[no-any-return]
    if request.param == "disk":
        return open_store(Settings(store=request.getfixturevalue("built")))
    return RemoteStore(Settings(endpoint=request.getfixturevalue("sparql").address))


class TestEveryStore:
    @pytest.mark.parametrize("name", queries.catalogue())
    def test_a_question_has_the_same_answer(self, store: Store, small: OxigraphStore, name: str) -> None:
        question = queries.question(name)
        table = queries.run(store, question)
        assert table.columns
        assert table == queries.run(small, question)

    def test_terms_come_back_as_they_are(self, store: Store) -> None:
        table = store.select(TERMS)
        assert set(table.columns) == {"iri", "plain", "lang", "int", "none"}
        assert table.dicts() == [
            {"iri": URIRef("urn:a"), "plain": Literal('x " y'), "lang": Literal("\u00e9", lang="en"), "int": Literal(5),
             "none": None},
        ]  # fmt: skip

    def test_ask_answers_yes_or_no(self, store: Store) -> None:
        assert store.ask("ASK { ?s ?p ?o }")
        assert not store.ask("ASK { <urn:nothing> ?p ?o }")

    def test_construct_gives_a_graph(self, store: Store) -> None:
        graph = store.construct(f"CONSTRUCT {{ ?s a ?c }} WHERE {{ VALUES ?c {{ <{GT.Report}> }} ?s a ?c }}")
        assert len(graph) == 2
        assert set(graph.objects(None, RDF.type)) == {GT.Report}

    def test_the_default_graph_is_the_union_of_all(self, store: Store) -> None:
        [(graphs,)] = store.select("SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }").rows
        assert int(str(graphs)) > 10
        assert store.ask(f"ASK {{ ?r a <{GT.Report}> . ?o a <{GT.Operation}> . ?t a <{GT.Theme}> }}")

    @pytest.mark.parametrize("format_", MEDIA_TYPES)
    def test_results_come_in_every_standard_format(self, store: Store, format_: str) -> None:
        body = store.results(TERMS, format_)
        assert '"' in body.decode() or "<" in body.decode()
        if format_ == "json":
            assert json.loads(body)["results"]["bindings"][0]["iri"] == {"type": "uri", "value": "urn:a"}
        if format_ == "csv":
            assert next(csv.DictReader(io.StringIO(body.decode())))["plain"] == 'x " y'

    def test_ask_has_results_too(self, store: Store) -> None:
        assert json.loads(store.results("ASK { }", "json"))["boolean"] is True

    def test_a_query_that_does_not_parse_is_a_bad_query(self, store: Store) -> None:
        with pytest.raises(BadQuery):
            store.select("SELECT ?x WHERE { ?x a ")

    @pytest.mark.parametrize(
        ("way", "query"), [("select", "ASK { }"), ("ask", NAME), ("select", "CONSTRUCT WHERE { ?s a ?o } ")]
    )
    def test_a_query_of_another_form_is_refused(self, store: Store, way: str, query: str) -> None:
        with pytest.raises(BadQuery):
            getattr(store, way)(query)

    def test_equal_stores_have_a_version(self, store: Store) -> None:
        assert store.version == store.version != ""


def test_a_bad_query_is_told_with_line_and_column() -> None:
    with pytest.raises(BadQuery) as raised:
        OxigraphStore.in_memory({}).select("SELECT ?x\nWHERE { ?x a }")
    assert raised.value.fields["line"] == 2
    assert "line 2" in str(raised.value)


def test_a_bad_query_is_told_where_it_ends() -> None:
    with pytest.raises(BadQuery, match="at its end"):
        OxigraphStore.in_memory({}).select("SELECT ?x WHERE { ?x a")


def test_a_table_can_be_read_as_mappings() -> None:
    assert Table(("a", "b"), ((Literal(1), None),)).dicts() == [{"a": Literal(1), "b": None}]


def test_replacing_a_graph_leaves_nothing_of_it() -> None:
    writer = OxigraphWriter(None)
    name, other = URIRef("urn:g"), URIRef("urn:h")
    writer.replace(other, [(URIRef("urn:s"), RDF.type, URIRef("urn:o"))])
    writer.replace(name, [(URIRef("urn:s"), RDF.value, Literal(n)) for n in range(3)])
    assert writer.replace(name, [(URIRef("urn:s"), RDF.value, Literal(9))]) == 1
    assert writer.count() == 2
    assert list(writer.reader().graph(name).objects()) == [Literal(9)]
    writer.remove(name)
    assert writer.reader().graph_names() == (other,)


def test_blank_nodes_are_named_by_what_they_say() -> None:
    one = Graph().parse(data="[] a <urn:a> ; <urn:p> [ a <urn:b> ] .", format="turtle")
    two = Graph().parse(data="_:z a <urn:b> . _:y <urn:p> _:z ; a <urn:a> .", format="turtle")
    assert set(canonical(one)) == set(canonical(two))


@pytest.mark.parametrize("made", ["nothing", "a file", "an empty folder"])
def test_what_is_no_store_does_not_open(made: str, tmp_path: Path) -> None:
    place = tmp_path / "rdf"
    if made == "a file":
        place.write_text("words", encoding="utf-8")
    elif made == "an empty folder":
        place.mkdir()
    with pytest.raises(StoreUnavailable) as raised:
        OxigraphStore.open(place, "1")
    assert str(place) in str(raised.value)


def test_no_store_is_told_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="goldenthread build --store"):
        open_store(Settings(store=tmp_path))


def test_the_endpoint_comes_before_the_folder(built: Path, sparql: Endpoint) -> None:
    assert open_store(Settings(store=built, endpoint=sparql.address)).version == sparql.address


def test_a_reader_keeps_the_store_open(built: Path) -> None:
    reader = open_reader(Settings(store=built))
    assert reader.current() is reader.current()


WAYS = ("select", "ask", "construct", "results")


def ask_remote(address: str, way: str) -> None:
    store = RemoteStore(Settings(endpoint=address, endpoint_timeout=5))
    if way == "results":
        store.results(NAME, "csv")
    elif way == "select":
        store.select(NAME)
    elif way == "ask":
        store.ask("ASK { }")
    else:
        store.construct("CONSTRUCT WHERE { ?s a ?o }")


@pytest.mark.parametrize("way", WAYS)
def test_an_endpoint_that_is_down_is_unavailable(way: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/sparql"
    with pytest.raises(StoreUnavailable) as raised:
        ask_remote(address, way)
    assert address in str(raised.value)


@pytest.mark.parametrize("way", WAYS)
def test_an_endpoint_that_fails_is_unavailable(way: str, sparql: Endpoint) -> None:
    sparql.mode = "failing"
    with pytest.raises(StoreUnavailable):
        ask_remote(sparql.address, way)


@pytest.mark.parametrize("way", ["select", "ask", "construct"])
def test_an_answer_that_breaks_off_is_unavailable(way: str, sparql: Endpoint) -> None:
    sparql.mode = "broken"
    with pytest.raises(StoreUnavailable):
        ask_remote(sparql.address, way)


@pytest.mark.parametrize("address", ["http://256.0.0.1/", "nonsense", "", "ftp://127.0.0.1:1/x"])
def test_an_address_that_is_none_is_unavailable(address: str) -> None:
    with pytest.raises(StoreUnavailable):
        ask_remote(address, "select")


def test_a_question_reaches_the_endpoint_as_it_is(sparql: Endpoint) -> None:
    RemoteStore(Settings(endpoint=sparql.address)).select(TERMS)
    assert sparql.asked == [TERMS]
