"""The search page: by kind, with what was matched, the sentences below; whole as JSON."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import Get


def search(client: FlaskClient, typed: str) -> dict[str, object]:
    content: dict[str, object] = json.loads(client.get(f"/search.json?{urlencode({'q': typed})}").data)
    return content


@pytest.mark.parametrize("typed", ["Op Vinka", "vinka", "vinkaa"])
def test_the_thing_that_is_meant_stands_first(get: Get, typed: str) -> None:
    page = get(f"/search?{urlencode({'q': typed})}")
    assert next(link for link in page.links if link.startswith("/operations/")) == "/operations/vinka"
    assert page.all("h2")[0].words == "Operations 1"


def test_the_page_says_what_was_matched(get: Get) -> None:
    assert "alias “Met Police”" in get("/search?q=met+police").words
    assert "Nothing here has the word “counsil”. Shown instead: council." in get("/search?q=southend+counsil").words
    assert "0 found" in get("/search?q=zzzzzz").words


def test_a_sentence_is_shown_with_the_words_marked_and_leads_to_itself(get: Get, client: FlaskClient) -> None:
    page = get("/search?q=op+vinka")
    assert [e.words for e in page.of_class("gt-found")] == ["Operation VINKA"]
    link = next(link for link in page.links if "?span=" in link)
    assert link.endswith("#item-17")
    report = get(link.partition("#")[0])
    hit = search(client, "op vinka")["evidence"]["hits"][0]  # type: ignore[index]  # JSON
    assert "VINKA" in hit["sentence"]
    assert " ".join(hit["sentence"].split()) in " ".join(e.words for e in report.of_class("gt-mark--cited"))


def test_what_does_not_fit_beside_the_rest_is_a_click_away(get: Get) -> None:
    page = get("/search?q=south")
    more = [link for link in page.links if "kind=" in link]
    assert more
    for link in more:
        number = next(e.words for e in page.all("a") if e.attributes["href"] == link).split()[1]
        assert get(link).all("h2")[0].words.endswith(f" {number}")


def test_all_that_was_found_is_to_be_had_as_json(client: FlaskClient) -> None:
    content = search(client, "south")
    assert content["total"] == sum(g["total"] for g in content["groups"]) + content["evidence"]["total"]  # type: ignore[attr-defined,index]
    assert all(len(g["hits"]) == g["total"] for g in content["groups"])  # type: ignore[attr-defined]
    assert content["version"]
    negotiated = client.get("/search?q=south", headers={"Accept": "application/json"})
    assert json.loads(negotiated.data) == content


def test_an_empty_search_is_a_form(get: Get) -> None:
    assert "found" not in get("/search").words
