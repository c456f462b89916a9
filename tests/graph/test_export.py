from __future__ import annotations

import io

import networkx as nx
import pytest
from rdflib import BNode, Dataset, Graph

from graph.analysis.projection import network
from graph.errors import StoreUnavailable
from graph.export import FORMATS, export
from graph.namespaces import PREFIXES, graph_name
from graph.settings import Settings
from graph.stores.oxigraph import OxigraphStore
from graph.stores.remote import RemoteStore
from tests.reports import by_value


def quads(data: bytes, format_: str) -> dict[str, set[tuple[str, str, object]]]:
    """Return the triples of each named graph, by value."""
    dataset = Dataset()
    dataset.parse(data=data, format=format_)
    found = {str(graph.identifier): by_value(graph) for graph in dataset.graphs()}
    return {name: triples for name, triples in found.items() if triples}


@pytest.fixture(scope="module")
def report_only(small: OxigraphStore) -> OxigraphStore:
    """The graphs of the two reports alone: small enough to compare term by term."""
    wanted = [name for name in small.graph_names() if "/graph/report/" in name or name.endswith("register")]
    return OxigraphStore.in_memory({name: small.graph(name) for name in wanted})


def test_n_quads_are_sorted_and_each_stands_once(small: OxigraphStore) -> None:
    lines = export(small, "nquads").splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(set(lines)) > 10_000


@pytest.mark.parametrize(("format_", "parser"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_formats_with_named_graphs_parse_back_to_the_same_quads(
    report_only: OxigraphStore, format_: str, parser: str
) -> None:
    assert quads(export(report_only, format_), parser) == quads(export(report_only, "nquads"), "nquads")


def test_turtle_parses_back_to_all_triples_in_one_graph(report_only: OxigraphStore) -> None:
    expected = {t for name in report_only.graph_names() for t in by_value(report_only.graph(name))}
    assert by_value(Graph().parse(data=export(report_only, "turtle"), format="turtle")) == expected


@pytest.mark.parametrize("format_", FORMATS)
def test_equal_stores_give_equal_bytes(report_only: OxigraphStore, format_: str) -> None:
    assert export(report_only, format_) == export(report_only, format_)


@pytest.mark.parametrize("format_", ["trig", "turtle", "jsonld"])
def test_the_blank_nodes_of_the_ontology_keep_their_names(small: OxigraphStore, format_: str) -> None:
    ontology = small.graph(graph_name("ontology"))
    assert any(isinstance(s, BNode) for s in ontology.subjects())
    alone = OxigraphStore.in_memory({graph_name("ontology"): ontology})
    assert export(alone, format_) == export(alone, format_)


def test_turtle_has_our_prefixes(report_only: OxigraphStore) -> None:
    text = export(report_only, "turtle").decode()
    assert f"@prefix gt: <{PREFIXES['gt']}> ." in text


def read_network(data: bytes, format_: str) -> nx.Graph[str]:
    if format_ == "graphml":
        return nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    return nx.read_gexf(io.BytesIO(data))


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_the_network_is_read_back_whole(small: OxigraphStore, format_: str) -> None:
    expected = network(small)
    found = read_network(export(small, format_), format_)
    assert set(found.nodes) == set(expected.nodes)
    assert found.number_of_edges() == expected.number_of_edges() > 10
    assert all(data["label"] and data["kind"] for _, data in found.nodes(data=True))


def test_a_link_of_the_network_says_its_kind_and_how_many_items_say_so(small: OxigraphStore) -> None:
    links = [data for _, _, data in network(small).edges(data=True)]
    assert {"workedWith", "carriedOutIn", "servesCommitment"} <= {data["kind"] for data in links}
    assert all(data["items"] >= 1 for data in links)


def test_an_endpoint_is_not_exported_whole() -> None:
    with pytest.raises(StoreUnavailable, match="endpoint"):
        export(RemoteStore(Settings(endpoint="http://127.0.0.1:1/")), "nquads")
