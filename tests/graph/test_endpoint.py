"""Before another endpoint: what is passed on, and what is refused because only that endpoint could hold it in check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import RDF, Dataset

from graph.endpoint import LONGEST, open_endpoint
from graph.errors import BadQuery, LimitExceeded, NotAcceptable, StoreUnavailable
from graph.fence.wire import SOLUTIONS, TRIPLES, Question
from graph.namespaces import GT, REGISTER
from graph.settings import Settings
from tests.graph.conftest import Endpoint

SELECT = "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 7"
CONSTRUCT = f"CONSTRUCT {{ ?r a <{GT.Report}> }} WHERE {{ ?r a <{GT.Report}> }}"


@pytest.mark.parametrize("format", SOLUTIONS)
def test_solutions_are_passed_on(sparql: Endpoint, format: str) -> None:
    endpoint = open_endpoint(Settings(endpoint=sparql.address))
    answer = endpoint.ask(Question(SELECT, solutions=format))
    assert (answer.holds, answer.format, answer.rows) == ("solutions", format, 7)
    assert endpoint.ask(Question("ASK { }", solutions=format)).holds == "boolean"


@pytest.mark.parametrize("format", TRIPLES)
def test_triples_are_passed_on_in_every_format(sparql: Endpoint, format: str) -> None:
    answer = open_endpoint(Settings(endpoint=sparql.address)).ask(Question(CONSTRUCT, triples=format))
    names = {"ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}
    read = Dataset().parse(data=answer.body, format=names.get(format, format))
    found: set[object] = {p for _, p, _ in read.triples((None, None, None))}
    assert (answer.holds, found) == ("triples", {RDF.type})
    assert answer.rows == 2


@pytest.mark.parametrize(
    "question",
    [
        Question("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"),
        Question("INSERT DATA { <urn:a> <urn:b> <urn:c> }"),
        Question("SELECT * FROM <http://127.0.0.1:9/data.ttl> { ?s ?p ?o }"),
        Question("SELECT * FROM NAMED <http://127.0.0.1:9/data.ttl> { ?s ?p ?o }"),
        Question("PREFIX a: <http://127.0.0.1:9/> SELECT * FROM a:data { ?s ?p ?o }"),
        Question("SELECT * FROM <relative> { ?s ?p ?o }"),
        Question("SELECT * { ?s ?p ?o }", default_graphs=(str(REGISTER),), named_graphs=()),
        Question(None),
        Question("nonsense"),
    ],
)
def test_what_the_endpoint_might_fetch_or_write_is_not_passed_on(sparql: Endpoint, question: Question) -> None:
    with pytest.raises(BadQuery):
        open_endpoint(Settings(endpoint=sparql.address)).ask(question)
    assert question.query not in sparql.asked


def test_a_graph_that_the_endpoint_has_can_be_asked(sparql: Endpoint) -> None:
    endpoint = open_endpoint(Settings(endpoint=sparql.address))
    answer = endpoint.ask(Question(f"SELECT (COUNT(*) AS ?n) FROM <{REGISTER}> {{ ?s ?p ?o }}"))
    assert json.loads(answer.body)["results"]["bindings"][0]["n"]["value"] != "0"


def test_answers_of_the_endpoint_keep_to_the_limits(sparql: Endpoint) -> None:
    for settings, query, limit in (
        (Settings(endpoint=sparql.address, query_rows=6), SELECT, "rows"),
        (Settings(endpoint=sparql.address, query_rows=1), CONSTRUCT, "rows"),
        (Settings(endpoint=sparql.address, query_bytes=100), SELECT, "bytes"),
    ):
        with pytest.raises(LimitExceeded) as raised:
            open_endpoint(settings).ask(Question(query))
        assert raised.value.fields["limit"] == limit


def test_a_format_that_will_not_do_is_told_before_the_endpoint_is_asked(sparql: Endpoint) -> None:
    endpoint = open_endpoint(Settings(endpoint=sparql.address))
    with pytest.raises(NotAcceptable):
        endpoint.ask(Question(SELECT, solutions=None))
    with pytest.raises(NotAcceptable):
        endpoint.ask(Question(CONSTRUCT, triples=None))
    # It is asked for its version, and no more.
    assert not {SELECT, CONSTRUCT} & set(sparql.asked)


def test_no_fence_of_ours_holds_around_another_endpoint(sparql: Endpoint) -> None:
    assert open_endpoint(Settings(endpoint=sparql.address)).confinement() is None


def test_a_query_of_any_store_has_a_longest_length(sparql: Endpoint, built: Path) -> None:
    for settings in (Settings(endpoint=sparql.address), Settings(store=built)):
        endpoint = open_endpoint(settings)
        with pytest.raises(LimitExceeded):
            endpoint.ask(Question("ASK { }" + " " * LONGEST))
        endpoint.close()


def test_without_a_store_the_command_that_makes_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="goldenthread build --store"):
        open_endpoint(Settings(store=tmp_path)).ask(Question("ASK { }"))
