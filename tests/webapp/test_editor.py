"""The query editor's page: what is asked is kept, answered, shown in four views, shared with its data version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from graph import queries
from graph.build import build, ingest
from graph.settings import Settings
from tests.reports import SMALL
from tests.webapp.conftest import Get, getter
from tests.webapp.html import Page, faults
from webapp import create_app
from webapp.presenters.editor import RESERVED, ROWS
from webapp.sharing import unpack

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PREFIXES = "PREFIX gt: <https://w3id.org/golden-thread/ns#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
OPERATIONS = PREFIXES + "SELECT ?operation ?name { ?operation a gt:Operation ; skos:prefLabel ?name } ORDER BY ?name"


def ask(client: FlaskClient, query: str, status: int = 200, **more: str) -> Page:
    """Fetch the page with the answer of ``query``, checked as every page is."""
    answer = client.get("/sparql", query_string={"query": query, **more}, headers=BROWSER)
    assert answer.status_code == status, answer.status
    page = Page(answer.get_data(as_text=True))
    assert faults(page) == []
    return page


def cells(page: Page) -> list[str]:
    return [e.words for e in page.all("td")]


def text_of(page: Page) -> str:
    (area,) = page.all("textarea")
    return "".join(area.parts).removeprefix("\n")


def share_of(page: Page) -> str:
    return next(e.attributes["value"] or "" for e in page.all("input") if e.attributes.get("id") == "share")


def test_without_a_query_there_is_one_to_begin_with_and_nothing_is_asked(client: FlaskClient) -> None:
    page = Page(client.get("/sparql", headers=BROWSER).get_data(as_text=True))
    assert faults(page) == []
    assert "SELECT ?operation" in text_of(page)
    assert page.all("td") == []


def test_the_query_is_kept_and_answered_with_names_that_lead_to_pages(client: FlaskClient) -> None:
    page = ask(client, OPERATIONS)
    assert text_of(page) == OPERATIONS
    assert "Operation VINKA" in cells(page)
    assert "/operations/vinka" in page.links
    assert "24 rows" in page.words
    assert [e.words for e in page.all("th")] == ["Operation", "Name"]


def test_text_that_looks_like_markup_is_text(client: FlaskClient) -> None:
    words = '</textarea><script>alert("x")</script>'
    page = ask(client, f"SELECT (STR('''{words}''') AS ?x) {{}}")
    assert words in text_of(page)
    assert cells(page) == [words]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ASK { ?a ?b ?c }", "Yes"),
        ("ASK { <urn:a> <urn:b> <urn:c> }", "No"),
        (PREFIXES + "CONSTRUCT { ?o skos:prefLabel ?n } { ?o a gt:Operation ; skos:prefLabel ?n }", "24 triples"),
        ("SELECT * { <urn:a> <urn:b> ?c }", "Nothing in the graph matches"),
    ],
)
def test_every_form_of_query_is_answered(client: FlaskClient, query: str, words: str) -> None:
    assert words in ask(client, query).words


def test_values_are_shown_as_people_read_them(client: FlaskClient) -> None:
    page = ask(client, 'SELECT ("x" AS ?a) (1.50 AS ?b) (true AS ?c) (1234567 AS ?d) {}')
    assert cells(page) == ["x", "1.5", "yes", "1,234,567"]


def test_a_long_answer_comes_in_pages_and_says_how_long_it_is(client: FlaskClient) -> None:
    query = "SELECT ?s ?p { ?s ?p ?o } ORDER BY ?s ?p LIMIT 250"
    page = ask(client, query)
    assert page.rows() == ROWS
    assert "1\u2013100 of 250" in page.words
    last = ask(client, query, page="3")
    assert last.rows() == 50
    assert "201\u2013250 of 250" in last.words


def test_a_fault_is_told_with_line_column_and_caret_and_the_query_is_kept(client: FlaskClient) -> None:
    query = "SELECT * {\n  ?a ?b ?c .\n  ?d nonsense ?e\n}"
    page = ask(client, query, status=400)
    assert text_of(page) == query
    assert "line 3, column 6" in page.words
    (shown,) = page.all("pre")
    lines = "".join(shown.parts).splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip() == "^")
    assert lines[at - 1][lines[at].index("^") :].startswith("nonsense")
    (section,) = page.of_class("gt-results")
    assert (section.attributes["data-line"], section.attributes["data-column"]) == ("3", "6")


@pytest.mark.parametrize("query", ["INSERT DATA { <urn:a> <urn:b> 1 }", "SELECT * { SERVICE <http://127.0.0.1/> {} }"])
def test_what_is_not_allowed_is_refused_on_the_page(client: FlaskClient, query: str) -> None:
    assert "cannot be answered" in ask(client, query, status=400).words


def test_a_limit_that_cuts_is_told_and_fewer_rows_are_offered(sample_store: Path) -> None:
    small = create_app(Settings(store=sample_store, query_rows=50, query_workers=1)).test_client()
    page = ask(small, "SELECT ?s { ?s ?p ?o }", status=422)
    assert "more than 50 rows" in page.words
    offered = next(link for link in page.links if "LIMIT" in link)
    assert parse_qs(urlsplit(offered).query)["query"] == ["SELECT ?s { ?s ?p ?o }\nLIMIT 1000\n"]
    limited = ask(small, "SELECT ?s { ?s ?p ?o } LIMIT 60", status=422)
    assert "Ask for the first 1,000 rows" not in limited.words


COUNTS = queries.examples()["evidence-by-district"].sparql


def test_the_chart_draws_a_bar_a_row_as_long_as_its_number(client: FlaskClient) -> None:
    page = ask(client, COUNTS, view="chart")
    numbers = [int(e.words) for e in page.of_class("gt-number")]
    lengths = [float(e.attributes["width"] or 0) for e in page.all("rect") if e.attributes.get("height") == "10"]
    assert len(numbers) > 5
    assert numbers == sorted(numbers, reverse=True)
    assert lengths == [pytest.approx(100 * n / max(numbers), abs=0.01) for n in numbers]


def values(rows: str, names: str = "?name ?n") -> str:
    return f"SELECT {names} {{ VALUES ({names}) {{ {rows} }} }}"


def test_a_chart_of_periods_is_a_line_in_the_order_of_time(client: FlaskClient) -> None:
    page = ask(client, values('("2022-23 Q1" 30) ("2021-22 Q3" 10) ("2021-22 Q4" 25)'), view="chart")
    (drawing,) = [e for e in page.all("svg") if e.attributes.get("role") == "img"]
    assert drawing.attributes["aria-label"] == "n by Name: 2021-22 Q3 10, 2021-22 Q4 25, 2022-23 Q1 30"
    (line,) = page.all("polyline")
    points = [tuple(map(float, point.split(","))) for point in (line.attributes["points"] or "").split()]
    assert [x for x, _ in points] == [0, 360, 720]
    heights = [260 - y for _, y in points]
    assert [h / heights[0] for h in heights] == [pytest.approx(ratio, abs=0.02) for ratio in (1, 2.5, 3)]
    assert page.all("rect") == [] or all(e.attributes.get("height") != "10" for e in page.all("rect"))


def test_bars_of_numbers_below_nought_begin_at_nought(client: FlaskClient) -> None:
    page = ask(client, values('("a" -20) ("b" 60) ("c" 0)'), view="chart")
    bars = [e.attributes for e in page.all("rect") if e.attributes.get("height") == "10"]
    assert [(float(b["x"] or 0), float(b["width"] or 0)) for b in bars] == [(0, 25), (25, 75), (25, 0)]


def test_a_chart_says_how_many_rows_it_leaves_out(client: FlaskClient) -> None:
    rows = " ".join(f'("row {n}" {n})' for n in range(75))
    assert "15 of 75 rows are not drawn" in ask(client, values(rows), view="chart").words


def test_another_column_of_numbers_can_be_drawn(client: FlaskClient) -> None:
    query = values('("a" 1 30) ("b" 2 20)', "?name ?small ?large")
    assert [e.words for e in ask(client, query, view="chart").of_class("gt-number")] == ["30", "20"]
    other = ask(client, query, view="chart", value="small")
    assert [e.words for e in other.of_class("gt-number")] == ["1", "2"]
    assert any("value=large" in link for link in other.links)


def test_a_map_counts_rows_where_an_area_has_several(client: FlaskClient) -> None:
    base = "https://w3id.org/golden-thread/id/lpa/essex-"
    rows = f"(<{base}west> 5) (<{base}west> 7) (<{base}north> 1) (<urn:elsewhere> 1)"
    page = ask(client, values(rows, "?area ?n"), view="map")
    assert "Rows by Area" in page.words
    assert {"West 2", "North 1"} <= {e.words for e in page.of_class("gt-tile")}
    assert "1 of 4 rows name no area that has a tile" in page.words


def test_the_map_has_a_tile_for_each_district_with_its_number(client: FlaskClient) -> None:
    page = ask(client, COUNTS, view="map")
    tiles = {e.words for e in page.of_class("gt-tile")}
    rows = [row.words.rsplit(" ", 1) for row in ask(client, COUNTS).table_rows()[0]]
    assert {f"{name} {n}" for name, n in rows} <= tiles
    assert "/areas/E07000071" in page.links


def test_links_lists_what_the_chosen_thing_is_linked_to(client: FlaskClient) -> None:
    page = ask(client, OPERATIONS, view="links", of="https://w3id.org/golden-thread/id/operation/vinka")
    assert [e.words for e in page.all("a") if e.attributes.get("aria-current") == "true" and "id" in e.attributes] == [
        "Links",
        "Operation VINKA",
    ]
    relations = [e.words for e in page.all("dt")]
    assert {"carried out in", "tackles", "worked with", "names operation"} <= set(relations)
    assert "Special Constabulary" in [e.words for e in page.all("dd")]


def test_a_view_that_the_answer_has_nothing_for_says_why(client: FlaskClient) -> None:
    page = ask(client, OPERATIONS, view="chart")
    assert "A chart needs a column of names and one of numbers" in page.words
    assert "Operation VINKA" in cells(page)


def test_files_hold_the_same_rows_as_the_page(client: FlaskClient) -> None:
    page = ask(client, OPERATIONS)
    files = {e.words: e.attributes["href"] or "" for e in page.all("a") if "download" in e.attributes}
    assert list(files) == ["CSV", "TSV", "JSON", "XML"]
    told: dict[str, Any] = json.loads(client.get(files["JSON"]).data)
    names = [row["name"]["value"] for row in told["results"]["bindings"]]
    assert names == cells(page)[1::2]
    assert client.get(files["CSV"]).get_data(as_text=True).count("\r\n") == 25
    graph = ask(client, PREFIXES + "CONSTRUCT { ?s a gt:Operation } { ?s a gt:Operation }")
    (turtle,) = [e.attributes["href"] or "" for e in graph.all("a") if e.words == "Turtle"]
    assert client.get(turtle).mimetype == "text/turtle"


@pytest.mark.parametrize("query", queries.examples().values(), ids=lambda query: str(query.name))
def test_every_example_says_what_it_shows_and_has_rows(client: FlaskClient, query: queries.Query) -> None:
    assert query.description.endswith(".")
    assert not query.params
    assert ask(client, query.sparql).rows() > 0


@pytest.mark.parametrize("query", queries.catalogue().values(), ids=lambda query: str(query.name))
def test_every_question_opens_in_the_editor_and_gives_its_rows(client: FlaskClient, query: queries.Query) -> None:
    page = Page(client.get("/sparql", query_string={"question": query.name}, headers=BROWSER).get_data(as_text=True))
    assert faults(page) == []
    assert f"# {query.summary}" in text_of(page)
    total = client.get(f"/questions/{query.name}.json").get_json()["total"]
    assert f"{total:,} row" in page.words or total == 0


def test_a_question_opens_with_the_values_it_was_asked_with(get: Get, client: FlaskClient) -> None:
    link = next(a for a in get("/questions/operations?theme=vawg&lpa=essex-west").links if a.startswith("/sparql?"))
    page = Page(client.get(link, headers=BROWSER).get_data(as_text=True))
    assert "theme/vawg" in text_of(page)
    assert "lpa/essex-west" in text_of(page)
    assert not any(line.isspace() for line in text_of(page).splitlines())


def test_no_parameter_of_a_question_has_a_name_that_the_editor_uses() -> None:
    assert {param.name for query in queries.catalogue().values() for param in query.params} & RESERVED == set()


def test_a_link_opens_the_query_with_the_data_version_it_was_asked_of(client: FlaskClient) -> None:
    link = share_of(ask(client, OPERATIONS, view="links"))
    assert len(link) < 300
    held = unpack(urlsplit(link).path.removeprefix("/q/"))
    assert held.query == OPERATIONS
    opened = client.get(link, headers=BROWSER)
    assert opened.status_code == 303
    asked = parse_qs(urlsplit(opened.location).query)
    assert asked == {"query": [OPERATIONS], "version": [held.version], "view": ["links"]}
    assert "Newer data" not in client.get(opened.location, headers=BROWSER).get_data(as_text=True)


def test_a_damaged_link_is_a_page_that_says_so(client: FlaskClient) -> None:
    answer = client.get("/q/abc", headers=BROWSER)
    assert answer.status_code == 400
    assert "damaged" in answer.get_data(as_text=True)


def test_a_link_asks_the_data_it_was_made_with_while_they_are_kept(tmp_path: Path) -> None:
    store = tmp_path / "store"
    build(store, [SMALL[0]])
    client = create_app(Settings(store=store, query_workers=1)).test_client()
    reports = PREFIXES + "SELECT ?report { ?report a gt:Report }"
    link = share_of(ask(client, reports))
    ingest(store, [SMALL[1]])
    assert "2 rows" in ask(client, reports).words

    pinned = client.get(client.get(link).location, headers=BROWSER).get_data(as_text=True)
    page = Page(pinned)
    assert "1 row" in page.words
    assert "Newer data have been published" in page.words
    today = next(e.attributes["href"] or "" for e in page.all("a") if e.words == "Run on today's data")
    assert "2 rows" in Page(client.get(today, headers=BROWSER).get_data(as_text=True)).words

    ingest(store, [SMALL[0]])
    ingest(store, [SMALL[1]])
    gone = Page(client.get(client.get(link).location, headers=BROWSER).get_data(as_text=True))
    assert "is no longer kept" in gone.words
    assert gone.all("td") == []
    assert text_of(gone) == reports


def test_the_policy_allows_this_answers_own_style_element_and_no_other(client: FlaskClient) -> None:
    def nonce() -> str:
        answer = client.get("/sparql", headers=BROWSER)
        (script,) = [e for e in Page(answer.get_data(as_text=True)).all("script") if "nonce" in e.attributes]
        told = script.attributes["nonce"] or ""
        assert f"style-src 'self' 'nonce-{told}';" in answer.headers["Content-Security-Policy"]
        assert "ETag" not in answer.headers
        return told

    assert nonce() != nonce()
    assert "nonce" not in client.get("/").headers["Content-Security-Policy"]


def test_the_script_gets_the_answer_alone(client: FlaskClient) -> None:
    headers = {**BROWSER, "HX-Request": "true"}
    answer = client.get("/sparql", query_string={"query": OPERATIONS}, headers=headers).get_data(as_text=True)
    assert "<html" not in answer
    assert 'data-status="24 rows in ' in answer


def test_the_vocabulary_counts_what_is_there(client: FlaskClient) -> None:
    told = client.get("/sparql/vocabulary.json").get_json()
    classes = [one["name"] for one in told["classes"]]
    properties = [one["name"] for one in told["properties"]]
    uses: dict[tuple[str, str], int] = {}
    for graph in told["graphs"]:
        for class_, property_, n in graph["uses"]:
            key = (classes[class_], "a" if property_ < 0 else properties[property_])
            uses[key] = uses.get(key, 0) + n
    assert uses["gt:Operation", "a"] == 24
    assert uses["gt:EvidenceItem", "a"] == 134
    assert uses["gt:EvidenceItem", "gt:itemNumber"] == 134
    assert ("gt:Operation", "gt:itemNumber") not in uses
    assert {"name": "id:operation\\/vinka", "label": "Operation VINKA"} in told["things"]
    assert dict(told["prefixes"])["gt"] == "https://w3id.org/golden-thread/ns#"
    assert sum(graph["n"] for graph in told["graphs"]) > 10_000


def test_every_name_in_the_vocabulary_is_one_that_a_query_can_use(client: FlaskClient) -> None:
    told = client.get("/sparql/vocabulary.json").get_json()
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in told["prefixes"])
    terms = [one["name"] for kind in ("classes", "properties", "graphs", "things") for one in told[kind]]
    assert len(terms) > 500
    query = prefixes + "SELECT ?x { VALUES ?x { " + " ".join(terms) + " } }"
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "application/sparql-results+json"})
    assert len(json.loads(answer.data)["results"]["bindings"]) == len(terms)


def test_a_site_without_data_says_so(tmp_path: Path) -> None:
    client = create_app(Settings(store=tmp_path / "none", query_workers=1)).test_client()
    getter(client)("/sparql", status=503, headers=BROWSER)
