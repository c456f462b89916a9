"""/id: every individual as a page and as data, the same graph in every format."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import FOAF, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from graph.formats import FORMATS
from graph.namespaces import BASE, GT, XHV, mint
from graph.settings import Settings
from graph.stores import open_store
from tests.webapp.conftest import Get
from webapp.presenters.description import PAGE

ONE_OF_EACH = [
    "operation/vinka",
    "lpa/essex-north",
    "partner/special-constabulary",
    "district/E07000068",
    "force/essex",
    "report/essex-2021-22-q4",
    "report/essex-2021-22-q4/document",
    "report/essex-2021-22-q4/item/17",
    "commitment/essex-1.1",
    "theme/vawg",
    "rule/operation-theme",
    "basis/cue",
    "scheme/themes",
    "software/goldenthread-0.1.0",
]
TYPES = {**{s: f.media_type for s, f in FORMATS.items()}, "html": "text/html"}


def parsed(body: bytes, suffix: str) -> Graph:
    return Graph().parse(data=body, format=FORMATS[suffix].plugin)


def first_of_each_class(sample_store: Path) -> list[str]:
    store = open_store(Settings(store=sample_store))
    table = store.select("SELECT ?class (MIN(?thing) AS ?first) { ?thing a ?class } GROUP BY ?class ORDER BY ?class")
    return sorted({str(first) for _, first in table.rows if str(first).startswith(BASE)})


def test_an_individual_of_every_class_says_the_same_in_every_format(client: FlaskClient, sample_store: Path) -> None:
    things = first_of_each_class(sample_store)
    assert len(things) > 30
    for thing in things:
        address = f"/id/{thing.removeprefix(BASE)}"
        graphs = [parsed(client.get(f"{address}.{suffix}").data, suffix) for suffix in FORMATS]
        assert len(graphs[0]) > 3, address
        assert (URIRef(thing), None, None) in graphs[0]
        assert all(isomorphic(graphs[0], other) for other in graphs[1:]), address


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_accept_chooses_the_format(client: FlaskClient, name: str) -> None:
    for suffix, media_type in TYPES.items():
        answer = client.get(f"/id/{name}", headers={"Accept": media_type}, follow_redirects=True)
        assert (answer.status_code, answer.mimetype) == (200, media_type)
        if suffix in FORMATS:
            assert answer.data == client.get(f"/id/{name}.{suffix}").data
            assert answer.headers["Content-Location"] == f"/id/{name}.{suffix}"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle;q=0.3, application/ld+json;q=0.5", "application/ld+json"),
        ("application/rdf+xml, text/turtle;q=0.9, */*;q=0.1", "application/rdf+xml"),
        ("*/*, text/html;q=0", "text/turtle"),
        ("text/*;q=0.5, application/n-triples;q=0.4", "text/html"),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ("TEXT/TURTLE", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("*/*", "text/html"),
        ("", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/pdf, text/turtle;q=0.001", "text/turtle"),
    ],
)
def test_the_best_quality_wins_and_the_most_specific_range_counts(
    client: FlaskClient, accept: str, media_type: str
) -> None:
    assert client.get("/id/basis/cue", headers={"Accept": accept}).mimetype == media_type


@pytest.mark.parametrize("accept", ["image/png", "text/turtle;q=0", "*/*;q=0", "application/pdf, audio/*"])
def test_where_nothing_is_acceptable_the_answer_lists_what_there_is(client: FlaskClient, accept: str) -> None:
    answer = client.get("/id/operation/vinka", headers={"Accept": accept})
    assert answer.status_code == 406
    told = answer.get_data(as_text=True)
    for suffix, media_type in TYPES.items():
        assert f"{media_type}  http://localhost/id/operation/vinka.{suffix}\n" in told
    assert answer.headers["Link"].count('rel="alternate"') == len(TYPES)


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("operation/vinka", "/operations/vinka"),
        ("lpa/essex-north", "/areas/essex-north"),
        ("theme/vawg", "/themes/vawg"),
        ("commitment/essex-1.1", "/commitments/essex-1.1"),
        ("report/essex-2021-22-q4", "/reports/essex-2021-22-q4"),
        ("report/essex-2021-22-q4/item/17", "/reports/essex-2021-22-q4#item-17"),
    ],
)
def test_a_thing_with_a_page_of_its_own_sends_people_there(client: FlaskClient, name: str, page: str) -> None:
    answer = client.get(f"/id/{name}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert client.get(page).status_code == 200
    assert client.get(f"/id/{name}.html").status_code == 200


@pytest.mark.parametrize(
    "name", ["basis/cue", "partner-type/volunteer", "priority/essex-1", "report/essex-2021-22-q4/item/17/quote"]
)
def test_a_thing_without_one_is_described_where_it_is(get: Get, name: str) -> None:
    assert get(f"/id/{name}").all("h1")[0].words


def test_answers_say_where_the_other_formats_are_and_what_they_are_about(client: FlaskClient) -> None:
    answer = client.get("/id/operation/vinka.ttl")
    links = answer.headers["Link"]
    assert '</id/operation/vinka.jsonld>; rel="alternate"; type="application/ld+json"' in links
    assert ".ttl>" not in links
    assert '<http://localhost/id/operation/vinka>; rel="canonical"' in links
    assert f'<{mint("operation", "vinka")}>; rel="describes"' in links
    assert "Accept" in answer.vary
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("suffix", TYPES)
def test_head_and_etag_do_as_http_says(client: FlaskClient, suffix: str) -> None:
    got, head = client.get(f"/id/theme/vawg.{suffix}"), client.head(f"/id/theme/vawg.{suffix}")
    assert (head.status_code, head.data, head.content_type) == (200, b"", got.content_type)
    assert head.headers["Content-Length"] == str(len(got.data))
    again = client.get(f"/id/theme/vawg.{suffix}", headers={"If-None-Match": got.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_answer_holds_both_directions_and_the_names_of_the_neighbours(client: FlaskClient) -> None:
    vinka = mint("operation", "vinka")
    graph = parsed(client.get("/id/operation/vinka.ttl").data, "ttl")
    (item,) = graph.subjects(GT.namesOperation, vinka)
    assert item == mint("report", "essex-2021-22-q4/item/17")
    assert (vinka, GT.ofForce, mint("force", "essex")) in graph
    assert (mint("force", "essex"), SKOS.prefLabel, Literal("Essex Police", lang="en")) in graph
    partners = {o for s in graph.subjects(RDF.predicate, GT.workedWith) for o in graph.objects(s, RDF.object)}
    assert partners == {mint("partner", "special-constabulary")}
    document = URIRef("http://localhost/id/operation/vinka")
    assert set(graph.objects(document, FOAF.primaryTopic)) == {vinka}
    assert not set(graph.objects(document, RDFS.comment))


def test_a_long_description_says_that_it_goes_on_and_where(client: FlaskClient, sample_store: Path) -> None:
    """The pages of what points at a thing hold all of it, each part once."""
    cue = mint("basis", "cue")
    store = open_store(Settings(store=sample_store))
    expected = {s for (s,) in store.select(f"SELECT ?s {{ ?s ?p <{cue}> }}").rows}
    assert len(expected) > 2 * PAGE
    found: list[object] = []
    address = "http://localhost/id/basis/cue"
    page = URIRef(address)
    while True:
        name, _, query = page.removeprefix("http://localhost").partition("?")
        graph = parsed(client.get(f"{name}.ttl?{query}").data, "ttl")
        found += graph.subjects(GT.basis, cue)
        assert f"of {len(expected)} statements" in str(graph.value(page, RDFS.comment))
        following = graph.value(page, XHV.next)
        if following is None:
            break
        page = URIRef(str(following))
    assert len(found) == len(set(found))
    assert set(found) == expected
    shown = client.get("/id/basis/cue?page=2").get_data(as_text=True)
    assert f"{PAGE + 1}\u2013{2 * PAGE} of {len(expected)}" in shown


@pytest.mark.parametrize("page", ["0", "99", "-1", "two", "9" * 30])
def test_a_page_that_is_not_there_is_told_in_a_line(client: FlaskClient, page: str) -> None:
    assert client.get(f"/id/basis/cue?page={page}").status_code == 400


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("operation/vinkah", "Operation VINKA"),
        ("lpa/essex-norht", "North Local Policing Area"),
        ("unit/essex-demand-taem", "Demand Team"),
        ("report/essex-2021-22-q4/item/9999", "Essex Police, 2021-22 Q4"),
    ],
)
def test_an_unknown_name_is_404_with_the_nearest_there_are(get: Get, name: str, near: str) -> None:
    page = get(f"/id/{name}", 404)
    assert near in page.words


HOSTILE = [
    "operation/> <urn:x",
    "operation/vinka> ?p ?o } DELETE { ?s ?p ?o",
    "operation/}#",
    'operation/"quoted"',
    "operation/<script>alert(1)</script>",
    "operation/\u202evinka",
    "operation/caf\u00e9",
    "../../etc/passwd",
    "operation/%00",
    "operation/" + "x" * 5000,
    "{",
    "\\",
    "`",
    "^",
    "|",
    " ",
    "\n",
    "?thing",
    ".ttl",
    ".",
    "//",
    "operation/vinka/",
]


@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
@pytest.mark.parametrize("name", HOSTILE)
def test_odd_names_are_not_found_and_break_nothing(client: FlaskClient, name: str, accept: str) -> None:
    answer = client.get("/id/" + quote(name, safe="/"), headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer.mimetype == ("text/html" if accept == "text/html" else "application/json")
    assert answer.mimetype == "application/json" or "<script>alert" not in answer.get_data(as_text=True)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=40))
def test_no_name_makes_an_error_of_ours(client: FlaskClient, name: str) -> None:
    assert client.get("/id/" + quote(name, safe="", errors="replace")).status_code in {200, 303, 308, 404}


def test_where_the_thing_has_its_address_here_data_are_a_redirect_away(client: FlaskClient) -> None:
    home = BASE.removesuffix("/id/")
    answer = client.get("/id/theme/vawg", headers={"Accept": "text/turtle"}, base_url=home)
    # Served below a path, as w3id.org/golden-thread would be: the address asked is the theme's own.
    assert (answer.status_code, answer.headers["Location"]) == (303, "/golden-thread/id/theme/vawg.ttl")


def test_values_of_a_description_link_only_to_what_can_be_fetched(get: Get) -> None:
    schemes = {link.partition(":")[0] for link in get("/id/measure/cash-seized.html").links}
    assert not {s for s in schemes if s in {"javascript", "data", "urn"}}


def test_json_ld_carries_its_context_with_it(client: FlaskClient) -> None:
    content = json.loads(client.get("/id/operation/vinka.jsonld").data)
    assert isinstance(content["@context"], dict)
    assert content["@context"]["ofForce"] == {"@id": "gt:ofForce", "@type": "@id"}
    (vinka,) = (node for node in content["@graph"] if node["@id"] == str(mint("operation", "vinka")))
    assert vinka["ofForce"] == str(mint("force", "essex"))
    assert vinka["@type"] == "Operation"


@pytest.mark.parametrize("address", ["/operations/vinka", "/areas/essex-north", "/themes/vawg", "/commitments/1.1"])
def test_pages_of_things_lead_to_the_same_as_data(get: Get, client: FlaskClient, address: str) -> None:
    page = get(address)
    alternates = [e.attributes["href"] or "" for e in page.all("link") if e.attributes.get("rel") == "alternate"]
    assert len(alternates) == len(FORMATS)
    for href in alternates:
        assert client.get(href).status_code == 200
        assert href in page.links
