"""/ask keeps the question, shows how each word was read, and links each row to its sentences."""

from __future__ import annotations

import json

from flask.testing import FlaskClient

from tests.webapp.conftest import Get

ASKED = "/ask?q=Which+operatons+tackle+ASB+without+partners+in+the+West%3F"


def test_the_page_shows_question_reading_rows_and_query(get: Get, client: FlaskClient) -> None:
    page = get(ASKED)
    assert "Operation SENTRY" in page.words
    assert "Anti-social behaviour" in page.words
    assert "read as \u201coperation\u201d" in page.words
    assert any(link.startswith("/reports/") and "#item-" in link for link in page.links)
    assert any(link.startswith("/sparql?query=") for link in page.links)
    boxes = [e.attributes.get("value") for e in page.all("input") if e.attributes.get("id") == "ask-q"]
    assert boxes == ["Which operatons tackle ASB without partners in the West?"]
    told = json.loads(client.get(ASKED.replace("/ask?", "/ask.json?")).get_data(as_text=True))
    assert told["rows"][0]["operation"]["label"] == "Operation SENTRY"
    assert client.get(ASKED, headers={"Accept": "application/json"}).get_json() == told
    assert client.get(ASKED.replace("/ask?", "/ask.csv?")).content_type.startswith("text/csv")


def test_what_is_not_read_is_said_with_questions_that_are(get: Get) -> None:
    page = get("/ask?q=what+is+the+weather+in+Harlow")
    assert "Not read" in page.words
    assert any(link.startswith("/ask?q=Which+operations") for link in page.links)
    scripts = len(get("/ask").all("script"))
    assert len(get("/ask?q=%3Cscript%3E+operations").all("script")) == scripts


def test_the_first_page_has_the_box(get: Get) -> None:
    assert any(e.attributes.get("action") == "/ask" for e in get("/").all("form"))
