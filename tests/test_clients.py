"""Clients that others wrote work against /sparql of a running server as they are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef, Variable
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from graph.namespaces import GT, mint
from tests.serving import free_port, serving

ROOT = Path(__file__).resolve().parent.parent
NAMES = f"SELECT ?name {{ ?o a <{GT.Operation}> ; <{SKOS.prefLabel}> ?name }} ORDER BY ?name"
TYPES = f"CONSTRUCT {{ ?o a <{GT.Operation}> }} WHERE {{ ?o a <{GT.Operation}> }}"
VINKA = mint("operation", "vinka")
JAVASCRIPT = Path(__file__).resolve().parent / "clients"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = str(tmp_path_factory.mktemp("clients") / "store")
    python = [sys.executable, "-m", "graph"]
    subprocess.run([*python, "build", "--quiet", "--store", store], cwd=ROOT, check=True, timeout=300)
    port = free_port()
    with serving([*python, "serve", "--store", store, "--port", str(port)], port) as address:
        yield f"{address}/sparql"


def answered(endpoint: str, query: str, format: str, method: str | None = None) -> Any:
    """Return what SPARQLWrapper makes of the answer: another type for each format."""
    return wrapper(endpoint, query, format, method).queryAndConvert()


def wrapper(endpoint: str, query: str, format: str, method: str | None = None) -> SPARQLWrapper:
    asking = SPARQLWrapper(endpoint)
    asking.setQuery(query)
    asking.setReturnFormat(format)
    if method is not None:
        asking.setMethod(POST)
        asking.setRequestMethod(method)
    return asking


@pytest.mark.parametrize("method", [None, "urlencoded", POSTDIRECTLY])
def test_sparqlwrapper_reads_solutions_however_it_asks(endpoint: str, method: str | None) -> None:
    found = answered(endpoint, NAMES, JSON, method)
    names = [row["name"]["value"] for row in found["results"]["bindings"]]
    assert "Operation VINKA" in names
    assert names == sorted(names)


def test_sparqlwrapper_reads_every_format(endpoint: str) -> None:
    assert answered(endpoint, NAMES, XML).getElementsByTagName("result")
    assert b"Operation VINKA" in answered(endpoint, NAMES, CSV)
    assert b'"Operation VINKA"@en' in answered(endpoint, NAMES, TSV)
    assert answered(endpoint, "ASK { }", JSON)["boolean"] is True
    for kind in (RDFXML, JSONLD):
        assert (VINKA, RDF.type, GT.Operation) in answered(endpoint, TYPES, kind)
    turtle = answered(endpoint, TYPES, TURTLE)
    assert (VINKA, RDF.type, GT.Operation) in Graph().parse(data=turtle, format="turtle")


def test_sparqlwrapper_is_told_what_is_wrong(endpoint: str) -> None:
    with pytest.raises(QueryBadFormed, match="line 1, column 12"):
        wrapper(endpoint, "SELECT * { ,, }", JSON).query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_a_graph_of_rdflib_can_be_the_endpoint(endpoint: str, method: str) -> None:
    graph = Graph(SPARQLStore(endpoint, method=method))
    assert (VINKA, RDF.type, GT.Operation) in graph
    assert Literal("Operation VINKA", lang="en") in set(graph.objects(VINKA, SKOS.prefLabel))
    # rdflib sends what is bound as VALUES at the end, which joins what is grouped by.
    counting = "SELECT ?type (COUNT(DISTINCT ?o) AS ?n) { ?o a ?type } GROUP BY ?type"
    [row] = graph.query(counting, initBindings={"type": GT.Operation}).bindings
    assert int(str(row[Variable("n")])) == len(set(graph.subjects(RDF.type, GT.Operation))) > 10
    assert not list(graph.triples((URIRef("urn:nothing"), None, None)))


def node() -> str:
    """Return Node, that of the environment first. Skips where it or the clients are not installed."""
    beside = Path(sys.executable).with_name("node")
    found = str(beside) if beside.exists() else shutil.which("node")
    if found is None or not (JAVASCRIPT / "node_modules").is_dir():
        said = "clients in JavaScript are not installed: npm ci, in tests/clients"
        assert "GOLDENTHREAD_REQUIRE_CLIENTS" not in os.environ, said
        pytest.skip(said)
    return found


@pytest.mark.parametrize("client", ["comunica", "sparql-http-client"])
def test_clients_in_javascript(client: str, endpoint: str) -> None:
    command = [node(), "ask.mjs", client, endpoint, NAMES]
    done = subprocess.run(command, cwd=JAVASCRIPT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    expected = [str(row[0]) for row in Graph(SPARQLStore(endpoint)).query(NAMES)]  # type: ignore[index]
    assert [row["name"] for row in json.loads(done.stdout)] == expected
    assert "Operation VINKA" in expected
