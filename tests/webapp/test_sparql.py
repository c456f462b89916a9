"""/sparql as programs see it: the protocol, the choice of formats, errors, caching, what it says of itself."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from rdflib import RDF, VOID, XSD, Dataset, Graph, Literal, URIRef
from werkzeug.test import TestResponse

from graph.namespaces import FORMAT, REGISTER, SD
from graph.settings import Settings
from graph.stores import open_store
from tests.webapp.conftest import Get
from tests.webapp.html import Page, faults
from webapp import create_app

DIRECT = "application/sparql-query"
RESULTS = "application/sparql-results+json"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
TRIPLES = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } ORDER BY ?s ?c LIMIT 5"


@pytest.fixture(scope="module")
def site(sample_store: Path) -> Iterator[Flask]:
    """The site with small limits for queries."""
    app = create_app(Settings(store=sample_store, query_seconds=2, query_rows=5_000, query_workers=1))
    yield app
    app.extensions["goldenthread-endpoint"].close()


@pytest.fixture
def http(site: Flask) -> FlaskClient:
    return site.test_client()


def counted(answer: TestResponse) -> int:
    [row] = json.loads(answer.data)["results"]["bindings"]
    return int(row["n"]["value"])


def ask(http: FlaskClient, query: str, accept: str | None = None, **more: Any) -> TestResponse:
    headers = {} if accept is None else {"Accept": accept}
    return http.get("/sparql", query_string={"query": query, **more}, headers=headers)


def test_a_query_can_be_sent_in_each_way(http: FlaskClient) -> None:
    answers = [
        http.get("/sparql", query_string={"query": COUNT}),
        http.get("/sparql/", query_string={"query": COUNT}),
        http.post("/sparql", data={"query": COUNT}),
        http.post("/sparql", data=COUNT, content_type=DIRECT),
        http.post("/sparql", data=COUNT.encode(), content_type=f"{DIRECT}; charset=UTF-8"),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.mimetype for answer in answers} == {RESULTS}
    assert len({counted(answer) for answer in answers}) == 1
    assert counted(answers[0]) > 1000


def test_letters_of_any_kind_arrive_as_they_are(http: FlaskClient) -> None:
    query = 'SELECT ?x { VALUES ?x { "caf\u00e9 \u4e2d + & = %41" } }'
    for answer in (
        http.get("/sparql", query_string={"query": query}),
        http.post("/sparql", data={"query": query}),
        http.post("/sparql", data=query.encode(), content_type=DIRECT),
    ):
        assert json.loads(answer.data)["results"]["bindings"][0]["x"]["value"] == "caf\u00e9 \u4e2d + & = %41"


@pytest.mark.parametrize("way", ["address", "form", "direct"])
def test_the_dataset_of_the_request_comes_before_that_of_the_query(http: FlaskClient, way: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM <urn:none> { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    dataset = {"default-graph-uri": str(REGISTER), "named-graph-uri": str(REGISTER)}
    if way == "address":
        answer = http.get("/sparql", query_string={"query": query, **dataset})
    elif way == "form":
        answer = http.post("/sparql", data={"query": query, **dataset})
    else:
        answer = http.post("/sparql", query_string=dataset, data=query, content_type=DIRECT)
    alone = counted(ask(http, f"SELECT (COUNT(*) AS ?n) FROM <{REGISTER}> {{ ?s ?p ?o }}"))
    assert counted(answer) == 2 * alone > 0


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_is_not_here_is_empty(http: FlaskClient, name: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    assert counted(ask(http, query, **{name: "http://127.0.0.1:9/data.ttl"})) == 0


SOLUTIONS = {
    RESULTS: RESULTS,
    "application/json": "application/json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "text/csv": "text/csv; charset=utf-8; header=present",
    "text/tab-separated-values": "text/tab-separated-values; charset=utf-8",
}


@pytest.mark.parametrize("accept", SOLUTIONS)
def test_solutions_come_in_every_standard_format(http: FlaskClient, accept: str) -> None:
    answer = ask(http, 'SELECT ?a ?b { VALUES (?a ?b) { ("x, \\"y\\"" 1) (UNDEF <urn:z>) } }', accept)
    assert answer.content_type == SOLUTIONS[accept]
    text = answer.get_data(as_text=True)
    if "json" in accept:
        assert json.loads(text)["results"]["bindings"][1] == {"b": {"type": "uri", "value": "urn:z"}}
    elif "xml" in accept:
        assert len(etree.fromstring(answer.data).findall(".//{*}result")) == 2
    elif accept == "text/csv":
        assert list(csv.reader(io.StringIO(text))) == [["a", "b"], ['x, "y"', "1"], ["", "urn:z"]]
    else:
        assert text == '?a\t?b\n"x, \\"y\\""\t1\n\t<urn:z>\n'


GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/json": "json-ld",
    "application/rdf+xml": "xml",
    "application/trig": "trig",
    "application/n-quads": "nquads",
}


@pytest.mark.parametrize("accept", GRAPHS)
def test_triples_come_in_every_standard_format(http: FlaskClient, accept: str) -> None:
    answer = ask(http, TRIPLES, accept)
    assert answer.mimetype == accept
    assert len(set(Dataset().parse(data=answer.data, format=GRAPHS[accept]).triples((None, None, None)))) == 5


@pytest.mark.parametrize(
    ("accept", "solutions", "triples"),
    [
        (None, RESULTS, "text/turtle"),
        ("*/*", RESULTS, "text/turtle"),
        ("text/*", "text/csv", "text/turtle"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.2, */*;q=0", "application/sparql-results+xml", None),
        ("application/rdf+xml, text/turtle;q=0.9", None, "application/rdf+xml"),
        ("application/xml", "application/xml", "application/xml"),
        ("text/html;q=0.1, text/csv", "text/csv", None),
        ("*/*, application/sparql-results+json;q=0, text/turtle;q=0", "application/json", "application/n-triples"),
        ("image/png", None, None),
    ],
)
def test_accept_chooses_the_format(
    http: FlaskClient, accept: str | None, solutions: str | None, triples: str | None
) -> None:
    for query, expected in ((COUNT, solutions), (TRIPLES, triples), ("ASK { }", solutions)):
        answer = ask(http, query, accept)
        assert (answer.status_code, answer.mimetype if expected else None) == (200 if expected else 406, expected)
        assert "Accept" in answer.headers["Vary"]


def test_what_cannot_be_chosen_is_told_with_what_there_is(http: FlaskClient) -> None:
    answer = ask(http, TRIPLES, "text/csv")
    assert answer.status_code == 406
    assert "text/turtle, application/n-triples" in answer.text
    assert "application/sparql-results+json" in ask(http, COUNT, "text/turtle").text


def test_the_format_can_be_named_in_the_address(http: FlaskClient) -> None:
    assert ask(http, COUNT, "text/html", format="csv").mimetype == "text/csv"
    assert ask(http, TRIPLES, format="rdfxml").mimetype == "application/rdf+xml"
    assert ask(http, TRIPLES, format="csv").status_code == 406
    answer = ask(http, COUNT, format="pdf")
    assert answer.status_code == 400
    assert "json, xml, csv" in answer.text


@pytest.mark.parametrize("accept", ["application/sparql-results+xml", "application/xml"])
def test_what_xml_cannot_hold_is_not_sent_as_xml(http: FlaskClient, accept: str) -> None:
    assert ask(http, 'SELECT ("a\\fb" AS ?x) { }', accept).status_code == 406
    assert ask(http, 'CONSTRUCT { <urn:a> <urn:b> "a\\fb" } { }', "application/rdf+xml").status_code == 406
    assert ask(http, 'CONSTRUCT { <urn:a> <urn:b/1> "x" } { }', "application/rdf+xml").status_code == 406
    assert ask(http, 'SELECT ("a\\tb\\uFFFD" AS ?x) { }', accept).status_code == 200


BAD: dict[str, tuple[dict[str, Any], int]] = {
    "no query in a form": ({"data": {"other": "x"}}, 400),
    "an empty query": ({"data": {"query": " \n"}}, 400),
    "an empty direct query": ({"data": "", "content_type": DIRECT}, 400),
    "two queries": ({"data": {"query": ["ASK { }", "SELECT * { }"]}}, 400),
    "a query in the address and in the body": (
        {"query_string": {"query": "ASK { }"}, "data": "ASK { }", "content_type": DIRECT},
        400,
    ),
    "a body of no type": ({"data": "ASK { }"}, 415),
    "a body of another type": ({"data": "ASK { }", "content_type": "text/plain"}, 415),
    "another charset": ({"data": "ASK { }".encode("utf-16"), "content_type": f"{DIRECT}; charset=utf-16"}, 415),
    "bytes that are no UTF-8": ({"data": b"ASK { ?s ?p '\xff' }", "content_type": DIRECT}, 400),
    "an update": ({"data": {"update": "CLEAR ALL"}}, 403),
    "a direct update": ({"data": "CLEAR ALL", "content_type": "application/sparql-update"}, 403),
    "an update as a query": ({"data": {"query": "CLEAR ALL"}}, 400),
    "a dataset for an update": ({"data": {"query": "ASK { }", "using-graph-uri": "urn:x"}}, 403),
    "a graph without an address": ({"data": {"query": "ASK { }", "default-graph-uri": "not an address"}}, 400),
    "a query of two megabytes": ({"data": {"query": "ASK { }" + " " * 2_000_000}}, 422),
    "a query of ten megabytes": ({"data": {"query": "ASK { }" + "#" * 10_000_000}}, 413),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_request_is_refused_with_a_reason(http: FlaskClient, name: str) -> None:
    request, status = BAD[name]
    answer = http.post("/sparql", **request)
    assert answer.status_code == status
    assert answer.mimetype == "text/plain"
    assert len(answer.text) > 20


@pytest.mark.parametrize(
    "query",
    [
        "update=CLEAR%20ALL",
        "query=ASK%7B%7D&query=ASK%7B%7D",
        "query=ASK%20%7B",
        "query=ASK%7B%3Fs%20%3Fp%20%27%FF%27%7D",
    ],
)
def test_a_bad_address_is_refused(http: FlaskClient, query: str) -> None:
    assert 400 <= http.get(f"/sparql?{query}").status_code < 500


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused_with_those_that_there_are(http: FlaskClient, method: str) -> None:
    answer = http.open("/sparql", method=method, data="ASK { }", content_type=DIRECT)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    answer = http.open("/rdf-graph-store?default", method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_an_update_is_told_that_this_is_read_only(http: FlaskClient) -> None:
    assert "read-only" in http.post("/sparql", data={"update": "CLEAR ALL"}).text
    assert "read-only" in http.post("/sparql", data={"query": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}).text


def test_a_syntax_error_points_at_its_place(http: FlaskClient) -> None:
    query = "SELECT ?x\nWHERE { ?x ?p ?o ,, }"
    answer = ask(http, query)
    assert answer.status_code == 400
    assert answer.text.splitlines()[1:] == ["   2 | WHERE { ?x ?p ?o ,, }", "     |                   ^"]
    assert "line 2, column 19" in answer.text


@pytest.mark.parametrize("accept", [RESULTS, "application/problem+json", "application/json", "application/ld+json"])
def test_whoever_reads_json_is_told_errors_in_it(http: FlaskClient, accept: str) -> None:
    answer = ask(http, "SELECT ?x\nWHERE { ?x ?p ?o ,, }", accept)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    problem = json.loads(answer.data)
    assert (problem["status"], problem["title"], problem["line"], problem["column"]) == (400, "Bad Request", 2, 19)
    assert "does not parse" in problem["detail"]


def test_a_place_in_a_long_line_is_shown_with_what_is_around_it(http: FlaskClient) -> None:
    answer = ask(http, "SELECT ?x { " + "?a ?b ?c . " * 100 + ",, }")
    shown, caret = answer.text.splitlines()[1:3]
    assert len(shown) < 120
    assert shown[caret.index("^")] == ","


@pytest.mark.parametrize(
    ("query", "limit"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "seconds"),
        ("SELECT * { ?s ?p ?o }", "rows"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "rows"),
    ],
)
def test_a_limit_that_is_reached_is_named(http: FlaskClient, query: str, limit: str) -> None:
    answer = ask(http, query, "application/problem+json, */*;q=0.1")
    assert answer.status_code == 422
    problem = json.loads(answer.data)
    assert problem["limit"] == limit
    assert "the limit of this service" in problem["detail"]
    assert ask(http, "ASK { }").status_code == 200


def test_when_all_places_are_taken_the_client_is_told_when_to_come_back(
    http: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.fence.pool.WAITING", 0)
    monkeypatch.setattr("graph.fence.pool.Pool._may_enter", lambda _: False)
    answer = ask(http, "ASK { <urn:not-kept> ?p ?o }")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_the_same_answer_is_not_sent_twice(http: FlaskClient) -> None:
    first = ask(http, COUNT)
    address = {"query": COUNT}
    again = http.get("/sparql", query_string=address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert first.headers["ETag"] != ask(http, COUNT, "text/csv").headers["ETag"]
    assert first.headers["X-Data-Version"]


@pytest.mark.parametrize(
    "query", ["SELECT (NOW() AS ?t) { }", "SELECT (rand() AS ?r) { }", "SELECT (%55UID() AS ?u) { }"]
)
def test_an_answer_that_changes_by_itself_is_not_kept(http: FlaskClient, query: str) -> None:
    answer = http.get("/sparql?query=" + query.replace(" ", "%20"))
    assert answer.status_code == 200
    assert "ETag" not in answer.headers


def test_head_tells_what_get_would(http: FlaskClient) -> None:
    got, told = ask(http, COUNT), http.head("/sparql", query_string={"query": COUNT})
    assert told.data == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert told.headers[name] == got.headers[name]


def test_scripts_of_other_sites_may_ask(http: FlaskClient) -> None:
    ahead = http.options(
        "/sparql",
        headers={"Origin": "http://a.example", "Access-Control-Request-Method": "POST"},
    )
    assert ahead.status_code == 204
    assert "POST" in ahead.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in ahead.headers["Access-Control-Allow-Headers"]
    assert "POST" in ahead.headers["Allow"]
    for answer in (ahead, ask(http, COUNT), ask(http, "nonsense"), http.get("/rdf-graph-store?default")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def described(http: FlaskClient, accept: str = "text/turtle") -> Graph:
    answer = http.get("/sparql", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (200, accept)
    return Graph().parse(data=answer.data, format=GRAPHS[accept])


SERVICE = URIRef("http://localhost/sparql")


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"]
)
def test_without_a_query_the_service_describes_itself(http: FlaskClient, accept: str) -> None:
    graph = described(http, accept)
    assert graph.value(SERVICE, SD.endpoint) == SERVICE
    assert set(graph.objects(SERVICE, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert set(graph.objects(SERVICE, SD.feature)) == {SD.UnionDefaultGraph}
    assert FORMAT.SPARQL_Results_CSV in set(graph.objects(SERVICE, SD.resultFormat))


def test_the_description_is_true_of_the_graphs(http: FlaskClient, sample_store: Path) -> None:
    graph = described(http)
    [dataset] = graph.objects(SERVICE, SD.defaultDataset)
    names = {str(graph.value(named, SD.name)) for named in graph.objects(dataset, SD.namedGraph)}
    table = open_store(Settings(store=sample_store)).select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert names == {str(name) for (name,) in table.rows}
    sizes: dict[str, int] = {}
    for named in graph.objects(dataset, SD.namedGraph):
        # The graph is to be had at its own address, and has as many triples as the description says.
        one = graph.value(named, SD.graph)
        triples = graph.value(one, VOID.triples)
        assert (named, RDF.type, SD.NamedGraph) in graph
        answer = http.get(str(one).removeprefix("http://localhost"), headers={"Accept": "application/n-triples"})
        assert answer.status_code == (200 if int(str(triples)) <= 5_000 else 422)
        if answer.status_code == 200:
            assert len(answer.data.splitlines()) == int(str(triples))
        sizes[str(named)] = int(str(triples))
    default = graph.value(dataset, SD.defaultGraph)
    assert graph.value(default, VOID.triples) == Literal(sum(sizes.values()), datatype=XSD.integer)
    assert counted(ask(http, COUNT)) == sum(sizes.values())


def test_every_result_format_of_the_description_is_offered(http: FlaskClient) -> None:
    known = {
        FORMAT.SPARQL_Results_JSON: RESULTS,
        FORMAT.SPARQL_Results_XML: "application/sparql-results+xml",
        FORMAT.SPARQL_Results_CSV: "text/csv",
        FORMAT.SPARQL_Results_TSV: "text/tab-separated-values",
        FORMAT.Turtle: "text/turtle",
        FORMAT["N-Triples"]: "application/n-triples",
        FORMAT.RDF_XML: "application/rdf+xml",
        FORMAT["JSON-LD"]: "application/ld+json",
        FORMAT.TriG: "application/trig",
        FORMAT["N-Quads"]: "application/n-quads",
    }
    told = set(described(http).objects(SERVICE, SD.resultFormat))
    assert told == set(known)
    for media_type in known.values():
        assert {ask(http, query, media_type).status_code for query in (COUNT, TRIPLES)} == {200, 406}


def test_a_graph_can_be_had_by_its_name(http: FlaskClient, sample_store: Path) -> None:
    answer = http.get("/rdf-graph-store", query_string={"graph": str(REGISTER)}, headers={"Accept": "text/turtle"})
    held = open_store(Settings(store=sample_store)).construct(
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{REGISTER}> {{ ?s ?p ?o }} }}"
    )
    assert set(Graph().parse(data=answer.data, format="turtle")) == set(held)
    head = http.head("/rdf-graph-store", query_string={"graph": str(REGISTER)}, headers={"Accept": "text/turtle"})
    assert (head.status_code, head.headers["Content-Length"]) == (200, answer.headers["Content-Length"])


@pytest.mark.parametrize(
    ("address", "accept", "status"),
    [
        ("?graph=urn:none", "*/*", 404),
        ("?graph=not%20an%20address", "*/*", 400),
        ("?graph=urn:a&graph=urn:b", "*/*", 400),
        ("?graph=urn:a&default", "*/*", 400),
        ("?default", "text/csv", 406),
        ("?default", "*/*", 422),
        ("", "text/turtle", 406),
        ("", "application/trig", 200),
        ("", "*/*", 200),
    ],
)
def test_other_requests_for_graphs_have_their_status(http: FlaskClient, address: str, accept: str, status: int) -> None:
    answer = http.get(f"/rdf-graph-store{address}", headers={"Accept": accept})
    assert answer.status_code == status


def test_a_browser_gets_the_page_with_the_answer(site: Flask, get: Get) -> None:
    page = get("/sparql", headers={"Accept": "text/html"})
    assert "SELECT ?operation" in "".join(page.all("textarea")[0].parts)
    client = site.test_client()
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for query, words in {"SELECT ?s { ?s ?p ?o } LIMIT 3": "3 rows", "ASK { }": "Yes", TRIPLES: "5 triples"}.items():
        for answer in (
            ask(client, query, browser),
            client.post("/sparql", data={"query": query}, headers={"Accept": browser}),
        ):
            assert (answer.status_code, answer.mimetype) == (200, "text/html"), query
            shown = Page(answer.get_data(as_text=True))
            assert faults(shown) == [], query
            assert words in shown.words, query


def test_the_page_shows_what_rdf_of_today_cannot_hold(http: FlaskClient) -> None:
    term = '<<( <urn:a> <urn:b> "c" )>>'
    row = ask(http, f'SELECT ({term} AS ?t) ("x"@en AS ?l) (1 AS ?n) (BNODE() AS ?b) {{ }}', "text/html")
    assert row.status_code == 200
    assert "urn:b" in row.get_data(as_text=True)
    triples = ask(http, f"CONSTRUCT {{ <urn:s> <urn:p> {term} }} {{ }}", "text/html")
    assert triples.status_code == 400
    assert "statements about statements" in triples.get_data(as_text=True)


def test_the_page_says_what_is_wrong_and_keeps_the_query(http: FlaskClient) -> None:
    answer = ask(http, "SELECT ?x { ?x ,, }", "text/html")
    assert answer.status_code == 400
    page = Page(answer.get_data(as_text=True))
    assert faults(page) == []
    assert "line 1, column 16" in page.words
    assert "".join(page.all("textarea")[0].parts).removeprefix("\n") == "SELECT ?x { ?x ,, }"


def test_the_service_says_which_fences_hold(http: FlaskClient) -> None:
    fences = json.loads(http.get("/readyz").data)["fences"]
    assert fences.keys() == {"network", "memory"}
