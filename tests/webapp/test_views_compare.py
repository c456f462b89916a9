"""The page that holds two reports against each other, and its JSON."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from tests.webapp.conftest import Get


def test_two_quarters_are_compared_by_default(small: Get, small_site: Flask) -> None:
    page = small("/compare")
    assert "Essex Police, 2022-23 Q1 against Essex Police, 2022-23 Q2" in page.words
    assert [e.words for e in page.all("del", "ins")] == ["KESTRELS,", "KESTREL,"]
    same = small("/compare?from=essex-2022-23-q1&to=essex-2022-23-q2&kind=same")
    told = small_site.test_client().get("/compare.json").get_json()
    assert len(same.of_class("gt-diff")) == told["counts"]["sentences"]["same"] == 10
    assert told["counts"]["statements"] == {"added": 0, "removed": 0}


def test_two_forces_are_put_side_by_side(small: Get) -> None:
    assert "Harbourshire" in small("/compare?from=harbourshire-2023-24-q3&to=essex-2022-23-q2").words


def test_where_there_is_nothing_to_compare_the_page_says_so(get: Get, client: FlaskClient) -> None:
    assert "no two reports of one force" in get("/compare").words
    assert client.get("/compare.json").status_code == 404
    assert client.get("/compare?from=nowhere").status_code == 404
