"""A question's page, its CSV and its JSON hold the same rows; values are told, faults are explained."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from graph import queries
from tests.webapp.conftest import Get
from webapp.views.questions import ROWS

NAMES = sorted(queries.catalogue())
MAIN = "/questions/partner-operations-by-lpa"
BROWSER = {"Accept": "text/html"}


def rows_of(client: FlaskClient, address: str) -> list[dict[str, str]]:
    body = client.get(address).get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(body, newline="")))


@pytest.mark.parametrize("name", NAMES)
def test_page_csv_and_json_hold_the_same_rows_in_the_same_order(get: Get, client: FlaskClient, name: str) -> None:
    page = get(f"/questions/{name}")
    asked = queries.question(name).sparql.partition("WHERE")[0]
    rows = rows_of(client, f"/questions/{name}.csv")
    answer = json.loads(client.get(f"/questions/{name}.json").get_data(as_text=True))
    said = int(page.of_class("gt-summary__count")[0].words.split()[0].replace(",", ""))
    assert said == len(rows) == len(answer["rows"])
    shown = page.table_rows()[0] if rows else []
    assert len(shown) == min(len(rows), ROWS)
    for row, told, seen in zip(rows, answer["rows"], shown, strict=False):
        for column in answer["columns"]:
            value = told[column]
            if isinstance(value, dict):
                assert row[column] == value["iri"]
                assert row.get(f"{column}Label", "") == value.get("label", "")
                if column != "item" and value.get("label") and f"?{column}" in asked:
                    # Under a head that says what areas are called each has its short name.
                    label = value["label"].removesuffix(" Local Policing Area")
                    assert label in seen.words
            elif column == "quote":
                assert f"?{column}" not in asked or " ".join(value.split()) in seen.words
            elif isinstance(value, bool):
                assert row[column] == json.dumps(value)
            elif value is not None:
                assert row[column].removeprefix("'") == str(value)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_with_an_item_leads_to_its_sentence(get: Get, client: FlaskClient, name: str) -> None:
    if "item" not in json.loads(client.get(f"/questions/{name}.json").get_data(as_text=True))["columns"]:
        return
    page = get(f"/questions/{name}")
    to_items = [link for link in page.links if re.fullmatch(r"/reports/[\w-]+#item-\d+", link)]
    assert len(to_items) >= page.rows()


def test_files_carry_the_parameters_of_the_page(get: Get, client: FlaskClient) -> None:
    page = get(f"{MAIN}?theme=anti-social-behaviour")
    assert f"{MAIN}.csv?theme=anti-social-behaviour" in page.links
    themes = {row["themeLabel"] for row in rows_of(client, f"{MAIN}.csv?theme=anti-social-behaviour")}
    assert themes
    assert themes != {row["themeLabel"] for row in rows_of(client, f"{MAIN}.csv")}


def test_json_says_what_was_asked_and_of_which_data(client: FlaskClient) -> None:
    answer = json.loads(client.get(f"{MAIN}.json").get_data(as_text=True))
    assert list(answer) == [
        *("question", "name", "parameters", "columns"),
        *("total", "offset", "limit", "rows", "version"),
    ]
    given = {"theme": "vawg", "narrower": "true", "partner_type": None, "lpa": None, "report": None}
    assert answer["parameters"] == given
    assert answer["rows"][0]["operation"]["label"].startswith("Operation ")


def test_standard_formats_of_sparql_are_given_by_suffix_and_by_accept(client: FlaskClient) -> None:
    told = client.get(MAIN, headers={"Accept": "application/sparql-results+json"})
    assert told.mimetype == "application/sparql-results+json"
    assert json.loads(told.data)["results"]["bindings"]
    assert client.get(f"{MAIN}.srj").data == told.data
    assert client.get(f"{MAIN}.tsv").get_data(as_text=True).startswith("?lpa\t")
    assert client.get(f"{MAIN}.xml").get_data(as_text=True).startswith("<?xml")
    assert client.get(MAIN, headers={"Accept": "text/csv"}).mimetype == "text/csv"
    assert client.get(MAIN, headers={"Accept": "application/json"}).mimetype == "application/json"


def test_form_is_made_from_the_parameters_with_names_of_the_graph(get: Get) -> None:
    page = get(MAIN)
    by_name = {e.attributes.get("name"): e for e in page.all("select")}
    assert set(by_name) == {"theme", "narrower", "partner_type", "lpa", "report"}
    assert "Local authority" in by_name["partner_type"].words
    chosen = [e.attributes["value"] for e in page.all("option") if "selected" in e.attributes]
    assert chosen == ["vawg", "true"]


def test_empty_fields_of_a_form_leave_the_address(client: FlaskClient) -> None:
    answer = client.get(f"{MAIN}?theme=vawg&partner_type=")
    assert (answer.status_code, answer.location) == (303, f"{MAIN}?theme=vawg")


def test_value_that_means_nothing_is_explained_on_the_page(get: Get) -> None:
    page = get(f"{MAIN}?theme=domestic-abus", status=400)
    assert "That cannot be asked" in page.words
    assert "domestic-abuse" in page.words or "Domestic abuse" in page.words


def test_value_that_means_nothing_is_explained_in_json(client: FlaskClient) -> None:
    answer = client.get(f"{MAIN}.json?theme=nothing-at-all")
    assert answer.status_code == 400
    error = json.loads(answer.data)["error"]
    assert (error["status"], error["param"], error["value"]) == (400, "theme", "nothing-at-all")


def test_values_are_bound_as_terms_never_as_text(client: FlaskClient) -> None:
    answer = client.get(f"{MAIN}.json", query_string={"theme": "vawg } } SELECT * { ?s ?p ?o"})
    assert answer.status_code == 400


def test_page_shows_the_sparql_with_the_values_in_it(get: Get) -> None:
    shown = get(f"{MAIN}?theme=domestic-abuse").all("pre")[0].words
    assert "theme/domestic-abuse" in shown.replace("\\", "")
    assert "#+" not in shown


def test_unknown_question_is_not_found_and_names_are_suggested(get: Get) -> None:
    assert "partner-operations-by-lpa" in get("/questions/partner-operations-by-lp", status=404).words


def test_every_question_stands_under_one_heading_for_everybody_and_for_who_asks_it(get: Get) -> None:
    page = get("/questions")
    listed = [link for link in page.links if re.fullmatch(r"/questions/[a-z-]+", link)]
    assert sorted(listed) == [f"/questions/{name}" for name in NAMES]
    assert "Others" not in page.words
    for role in queries.ROLES:
        here = get(f"/questions?for={role}").links
        theirs = {name for name, query in queries.catalogue().items() if any(c.role == role for c in query.competency)}
        assert theirs
        assert {link.rpartition("/")[2] for link in here if re.fullmatch(r"/questions/[a-z-]+", link)} == theirs


def test_questions_of_a_role_that_nobody_has_lead_back_to_all(get: Get) -> None:
    page = get("/questions?for=nobody")
    assert "There is no such question" in page.words
    assert "/questions" in page.links


def test_a_long_list_of_choices_is_divided_by_what_reports_name(get: Get) -> None:
    page = get("/questions/unit-involvement")
    groups = [e.attributes["label"] for e in page.all("optgroup")]
    assert groups[:2] == ["Named in reports", "Not named so far"]


def test_of_very_many_choices_those_are_offered_that_reports_name(get: Get) -> None:
    assert get("/questions/place-evidence").all("optgroup") == []
    assert len(get("/questions/place-evidence").all("option")) < 200


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_of_a_known_kind_has_a_picker(small: Get, name: str) -> None:
    fields = {e.attributes.get("name") for e in small(f"/questions/{name}").all("select")}
    assert {p.name for p in queries.question(name).params if p.type in {*queries.KINDS, "boolean"}} <= fields


def test_columns_are_called_by_words_on_pages_and_by_variables_in_files(get: Get, client: FlaskClient) -> None:
    page = get("/questions/failed-figure-checks")
    heads = {e.words: e.attributes.get("title") for e in page.all("th") if e.attributes.get("scope") == "col"}
    assert {"Kind of check": "?kind", "Unit": "?unit", "Sentence": "?item"}.items() <= heads.items()
    names = client.get("/questions/failed-figure-checks.csv").get_data(as_text=True).splitlines()[0].split(",")
    assert {"kind", "unit", "item"} <= set(names)
    saved = get("/sparql?question=failed-figure-checks", headers=BROWSER)
    assert {e.words for e in saved.all("th") if "title" in e.attributes} >= {"Kind of check", "Verdict"}
    asked = get(
        "/sparql?" + urlencode({"query": "SELECT ?partnerType ?lpa (1 AS ?n) { ?lpa a ?partnerType } LIMIT 1"}),
        headers=BROWSER,
    )
    own = [(e.words, e.attributes["title"]) for e in asked.all("th") if "title" in e.attributes]
    assert own == [("Partner type", "?partnerType"), ("Local Policing Area", "?lpa"), ("n", "?n")]
