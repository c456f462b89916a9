"""Ready answers: the same as made ones, gone with their data, bounded, and compressed for those who can read that."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask.testing import FlaskClient
from werkzeug.test import Client

from webapp.cache import ReadyAnswers

ADDRESSES = ["/", "/operations", "/questions/figures.csv", "/questions/figures.json", "/questions/figures.xlsx"]


class Application:
    """An application that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.body = b"words " * 1000
        self.headers = [("Content-Type", "text/html"), ("ETag", 'W/"one"')]

    def __call__(self, _environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.asked += 1
        start_response("200 OK", [*self.headers, ("Content-Length", str(len(self.body)))])
        return [self.body]


@pytest.fixture
def inner() -> Application:
    return Application()


def asked_of(inner: Application, version: Callable[[], str | None] = lambda: "1", **limits: Any) -> Client:
    return Client(ReadyAnswers(inner, version, **limits))


def test_the_same_request_is_answered_once(inner: Application) -> None:
    client = asked_of(inner)
    first, again = client.get("/a?x=1"), client.get("/a?x=1")
    assert (first.data, dict(first.headers)) == (again.data, dict(again.headers))
    assert inner.asked == 1


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/b"},
        {"query_string": "x=2"},
        {"headers": {"Accept": "text/csv"}},
        {"headers": {"HX-Request": "true"}},
        {"headers": {"Host": "elsewhere.example"}},
        {"headers": {"Cookie": "theme=dark"}},
        {"headers": {"Accept-Encoding": "gzip"}},
    ],
    ids=str,
)
def test_a_request_that_differs_is_made(inner: Application, other: dict[str, Any]) -> None:
    # Cookies are given as a header here; the client would put its own in their place.
    client = Client(ReadyAnswers(inner, lambda: "1"), use_cookies=False)
    client.get("/a", query_string="x=1")
    client.get(**{"path": "/a", "query_string": "x=1", **other})
    assert inner.asked == 2


def test_new_data_make_new_answers_and_free_the_old(inner: Application) -> None:
    version = ["1"]
    client = asked_of(inner, lambda: version[0])
    client.get("/a")
    version[0] = "2"
    client.get("/a")
    client.get("/a")
    assert inner.asked == 2


@pytest.mark.parametrize("fault", ["no version", "no tag", "post", "too long", "too much"])
def test_what_may_not_be_kept_is_made_again(inner: Application, fault: str) -> None:
    if fault == "no tag":
        inner.headers = inner.headers[:1]
    if fault == "too long":
        inner.body = b"x" * (2 * 1024 * 1024 + 1)
    limits = {"kept_bytes": 100} if fault == "too much" else {}
    client = asked_of(inner, (lambda: None) if fault == "no version" else (lambda: "1"), **limits)
    ask = client.post if fault == "post" else client.get
    bodies = {ask("/a").data, ask("/a").data}
    assert bodies == {inner.body}
    assert inner.asked == 2


def test_memory_is_bounded(inner: Application) -> None:
    client = asked_of(inner, kept_bytes=3 * (len(inner.body) + 1024))
    for number in (1, 2, 3, 4):
        client.get(f"/{number}")
    client.get("/4")
    assert inner.asked == 4
    client.get("/1")
    assert inner.asked == 5


@pytest.mark.parametrize("address", ADDRESSES)
def test_compressed_or_kept_an_answer_is_the_same(client: FlaskClient, address: str) -> None:
    plain = client.get(address)
    assert "Content-Encoding" not in plain.headers
    for _ in range(2):
        small = client.get(address, headers={"Accept-Encoding": "gzip, br;q=0.5"})
        if small.headers.get("Content-Encoding") == "gzip":
            assert gzip.decompress(small.data) == plain.data
            assert "Accept-Encoding" in small.headers["Vary"]
        else:
            assert address.endswith(".xlsx")
        assert client.get(address, headers={"Accept-Encoding": "gzip;q=0"}).data == plain.data
        head = client.head(address)
        assert (head.data, head.headers["Content-Length"]) == (b"", str(len(plain.data)))
        held = client.get(address, headers={"If-None-Match": small.headers["ETag"]})
        assert (held.status_code, held.data) == (304, b"")
        assert held.headers["Cache-Control"] == plain.headers["Cache-Control"]
