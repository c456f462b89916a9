"""Each of our errors has a status; every code has a page, and JSON one shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from graph import errors
from graph.errors import GoldenThreadError
from graph.settings import Settings
from tests.webapp.conftest import Get
from tests.webapp.html import Page, faults
from webapp import create_app
from webapp.errors import STATUS, TITLES


def leaves(of: type[GoldenThreadError]) -> Iterator[type[GoldenThreadError]]:
    below = of.__subclasses__()
    if not below:
        yield of
    for one in below:
        yield from leaves(one)


def test_every_error_of_ours_has_a_status() -> None:
    ours = {leaf for leaf in leaves(GoldenThreadError) if leaf.__module__ == errors.__name__}
    assert ours - set(STATUS) == set()


@pytest.fixture
def broken(sample_store: Path) -> Flask:
    app = create_app(Settings(store=sample_store))

    @app.get("/break/<int:code>")
    def broken_page(code: int) -> str:
        abort(code)

    @app.get("/trip")
    def tripping_page() -> str:
        raise ZeroDivisionError("secret detail")

    return app


@pytest.mark.parametrize("code", [400, 403, 404, 405, 406, 410, 413, 414, 415, 418, 422, 429, 500, 503])
def test_every_code_has_a_page(broken: Flask, code: int) -> None:
    answer = broken.test_client().get(f"/break/{code}")
    assert answer.status_code == code
    page = Page(answer.get_data(as_text=True))
    assert faults(page) == []
    assert str(code) in page.words
    assert page.all("h1")[0].words == TITLES.get(code, TITLES[400])
    assert "/" in page.links


def test_an_address_that_leads_nowhere_offers_what_is_nearest_and_a_search(get: Get, tmp_path: Path) -> None:
    nearest = {
        "/vinka": "/operations/vinka",
        "/operatoins": "/operations",
        "/partners/specail-constabulary": "/partners/special-constabulary",
        "/questions/shared-partner": "/questions/shared-partners",
    }
    for address, led in nearest.items():
        page = get(address, status=404)
        after = page.elements[page.elements.index(page.of_class("gt-list")[0]) :]
        assert next(e.attributes["href"] for e in after if e.tag == "a") == led
        box = next(e for e in page.all("input") if e.attributes.get("id") == "astray-q")
        assert box.attributes["value"] == address.rsplit("/", 1)[-1].replace("-", " ")
    assert get("/qqqq/zzzz", status=404).of_class("gt-list") == []
    # Nothing is near an address while there are no data, and the page still says what to do.
    bare = create_app(Settings(store=tmp_path / "none")).test_client().get("/vinka")
    assert bare.status_code == 404
    assert "check its spelling" in Page(bare.get_data(as_text=True)).words


def test_what_nobody_foresaw_gets_a_page_that_gives_nothing_away(broken: Flask) -> None:
    answer = broken.test_client().get("/trip")
    assert answer.status_code == 500
    assert "secret" not in answer.get_data(as_text=True)
    assert faults(Page(answer.get_data(as_text=True))) == []


def test_json_errors_have_one_shape(client: FlaskClient, broken: Flask) -> None:
    answers = [
        client.get("/nothing", headers={"Accept": "application/json"}),
        client.get("/questions/none.json"),
        client.get("/questions/operations.json?nothing=1&lpa=nowhere"),
        broken.test_client().get("/break/418", headers={"Accept": "application/json"}),
    ]
    for answer in answers:
        error = json.loads(answer.data)["error"]
        assert error["status"] == answer.status_code >= 400
        assert {"status", "title", "message"} <= set(error)


def test_method_that_is_not_allowed_says_which_are(client: FlaskClient) -> None:
    answer = client.post("/operations")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_without_a_store_pages_say_how_to_make_one(tmp_path: Path) -> None:
    client = create_app(Settings(store=tmp_path / "none")).test_client()
    for address in ("/", "/operations", "/readyz"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "goldenthread build" in answer.get_data(as_text=True)
    assert client.get("/healthz").status_code == 200
    assert client.get("/about").status_code == 200
