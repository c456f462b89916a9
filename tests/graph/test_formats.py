"""A graph written in any format and read again is the same graph."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import OWL, RDFS, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from graph.context import context, expand
from graph.export import as_turtle, export
from graph.formats import FORMATS, holds, serialise, trig
from graph.namespaces import GT, mint
from tests.reports import small_store

VINKA = mint("operation", "vinka")
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
NUMBERS = [("23", XSD.decimal), ("23.0", XSD.decimal), ("23.50", XSD.decimal), ("1123.456789", XSD.double)]


def read(body: bytes, suffix: str) -> Graph:
    return Graph().parse(data=body, format=FORMATS[suffix].plugin)


@pytest.mark.parametrize("suffix", FORMATS)
@given(
    words=st.text(CHARACTERS),
    how=st.one_of(
        st.just({}), st.just({"lang": "en"}), st.just({"lang": "cy"}), st.just({"datatype": URIRef("urn:x:own")})
    ),
)
def test_any_text_survives(suffix: str, words: str, how: dict[str, str]) -> None:
    graph = Graph()
    graph.add((VINKA, GT.what, Literal(words, **how)))  # type: ignore[arg-type]
    if holds(suffix, graph):
        assert set(read(serialise(graph, suffix), suffix)) == set(graph)
    else:
        assert suffix == "rdf"


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(("digits", "datatype"), NUMBERS)
def test_a_number_stays_as_it_was_written(suffix: str, digits: str, datatype: URIRef) -> None:
    graph = Graph()
    graph.add((VINKA, GT.what, Literal(digits, datatype=datatype, normalize=False)))
    (value,) = read(serialise(graph, suffix), suffix).objects()
    assert (str(value), getattr(value, "datatype", None)) == (digits, datatype)


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_graph_of_a_store_survives_in_every_format(suffix: str) -> None:
    for name in small_store().graph_names():
        graph = small_store().graph(name)
        assert isomorphic(read(serialise(graph, suffix), suffix), graph), name


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("property_", [GT.evidences, RDFS.range, GT.what])
def test_what_hangs_on_a_node_without_an_address_survives(suffix: str, property_: URIRef) -> None:
    graph, node, members = Graph(), BNode(), BNode()
    graph.add((VINKA, property_, node))
    graph.add((node, OWL.unionOf, members))
    Collection(graph, members, [GT.Operation, GT.Partner])
    assert isomorphic(read(serialise(graph, suffix), suffix), graph)


@pytest.mark.parametrize("suffix", FORMATS)
def test_equal_graphs_give_equal_bytes(suffix: str) -> None:
    name = max(small_store().graph_names(), key=lambda n: len(small_store().graph(n)))
    triples = sorted(small_store().graph(name))
    one, other = Graph(), Graph()
    for triple in triples:
        one.add(triple)
    for triple in reversed(triples):
        other.add(triple)
    assert serialise(one, suffix) == serialise(other, suffix)


def test_xml_does_not_hold_what_it_cannot_write() -> None:
    graph = Graph()
    graph.add((VINKA, GT.text, Literal("one page\fthe next")))
    assert [suffix for suffix in FORMATS if not holds(suffix, graph)] == ["rdf"]


def test_exports_keep_numbers_as_they_were_written() -> None:
    whole = Graph()
    for name in small_store().graph_names():
        whole += small_store().graph(name)
    for turtle in (as_turtle(whole), export(small_store(), "turtle").decode()):
        assert isomorphic(Graph().parse(data=turtle, format="turtle"), whole)
    dataset = Dataset()
    dataset.parse(data=export(small_store(), "trig"), format="trig")
    merged = Graph()
    for subject, predicate, value, _ in dataset.quads():
        merged.add((subject, predicate, value))
    assert isomorphic(merged, whole)


def test_trig_names_its_graphs() -> None:
    dataset = Dataset()
    dataset.graph(URIRef("urn:g")).add((VINKA, GT.what, BNode()))
    assert b"<urn:g> {" in trig(dataset)


def test_the_context_names_every_term_of_ours_once() -> None:
    terms = {name: term for name, term in context().items() if isinstance(term, dict)}
    addresses = [expand(term["@id"]) for term in terms.values()]
    assert len(set(addresses)) == len(addresses)
    assert terms["evidences"] == {"@id": "gt:evidences", "@type": "@id"}
    assert terms["itemNumber"] == {"@id": "gt:itemNumber", "@type": "xsd:integer"}
    assert terms["skos:broader"]["@type"] == "@id"


def test_no_json_ld_is_read_from_or_written_with_anything_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    graph = small_store().graph(small_store().graph_names()[0])
    assert isomorphic(read(serialise(graph, "jsonld"), "jsonld"), graph)
