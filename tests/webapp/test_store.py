"""Answers are kept while their data last, never longer; a site over an endpoint says the same as over a folder."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from graph.settings import Settings
from graph.stores import Store, Table, open_store
from graph.stores.base import MEDIA_TYPES
from tests.webapp.html import Page, faults
from webapp import create_app
from webapp.store import Memory, View


def test_memory_is_bounded_by_what_its_tables_hold() -> None:
    memory = Memory(size=9, terms=10)
    made: list[str] = []

    def table(name: str) -> Table:
        made.append(name)
        return Table(("a", "b"), ((None, None),) * lengths[name])

    lengths = {"one": 2, "two": 3, "long": 8}
    for name in ("one", "two", "one", "long", "one", "one", "two", "one"):
        memory.recall(name, partial(table, name))
    # The long one is kept, but alone; then the two short ones are, which fit beside one another.
    assert made == ["one", "two", "long", "one", "two"]


def test_memory_forgets_what_was_unused_longest() -> None:
    memory = Memory(size=2)
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key

    for key in ("a", "b", "a", "c", "a", "b"):
        assert memory.recall(key, partial(make, key)) == key
    assert made == ["a", "b", "c", "b"]


def test_what_could_not_be_made_is_not_kept() -> None:
    memory = Memory()

    def fail() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        memory.recall("x", fail)
    assert memory.recall("x", lambda: "made") == "made"


def wanted_by(threads: int, memory: Memory, make: Callable[[], str]) -> list[str]:
    """Return what ``threads`` threads that recall the same at once get; the name of an error where it is one."""
    together, got = threading.Barrier(threads), []

    def want() -> None:
        together.wait()
        try:
            got.append(memory.recall("x", make))
        except ZeroDivisionError as error:
            got.append(type(error).__name__)

    wanting = [threading.Thread(target=want) for _ in range(threads)]
    for thread in wanting:
        thread.start()
    for thread in wanting:
        thread.join()
    return got


def test_what_several_want_at_once_is_made_once() -> None:
    made: list[str] = []

    def make() -> str:
        time.sleep(0.2)
        made.append("made")
        return "made"

    assert wanted_by(6, Memory(), make) == ["made"] * 6
    assert made == ["made"]


def test_who_waited_for_what_could_not_be_made_makes_it() -> None:
    tried: list[str] = []

    def fail_at_first() -> str:
        tried.append("tried")
        time.sleep(0.2)
        if len(tried) == 1:
            raise ZeroDivisionError
        return "made"

    assert sorted(wanted_by(2, Memory(), fail_at_first)) == ["ZeroDivisionError", "made"]
    assert len(tried) == 2


def test_a_view_asks_the_same_question_once(sample_store: Path) -> None:
    store = open_store(Settings(store=sample_store))
    asked: list[str] = []

    class Counting(View):
        """A store that counts what it is asked."""

        def select(self, query: str) -> Table:
            asked.append(query)
            return store.select(query)

    counted: Store = Counting(store, Memory())
    view = View(counted, Memory())
    assert view.page("counts") is view.page("counts")
    assert len(asked) == 1


@pytest.fixture
def endpoint(sample_store: Path) -> Iterator[str]:
    """The sample behind a SPARQL endpoint."""
    store = open_store(Settings(store=sample_store))

    @Request.application
    def answer(request: Request) -> Response:
        return Response(store.results(request.values["query"], "json"), content_type=MEDIA_TYPES["json"])

    server = make_server("127.0.0.1", 0, answer, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_site_over_an_endpoint_says_the_same(client: FlaskClient, endpoint: str, tmp_path: Path) -> None:
    remote = create_app(Settings(store=tmp_path / "none", endpoint=endpoint)).test_client()
    for address in ("/operations.csv?theme=vawg", "/partners.json", "/questions/partner-operations-by-lpa.csv"):
        ours, theirs = client.get(address), remote.get(address)
        if address.endswith(".json"):
            assert json.loads(ours.data)["rows"] == json.loads(theirs.data)["rows"]
        else:
            assert ours.data == theirs.data
    page = Page(remote.get("/operations/vinka").get_data(as_text=True))
    assert faults(page) == []
    assert "Special Constabulary" in page.words


def test_search_over_an_endpoint_finds_the_same_and_says_how_fresh_it_is(
    client: FlaskClient, endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote = create_app(Settings(store=tmp_path / "none", endpoint=endpoint)).test_client()
    ours, theirs = (json.loads(c.get("/search.json?q=op+vinka").data) for c in (client, remote))
    assert {**ours, "version": ""} == {**theirs, "version": ""}
    assert "read anew every ten minutes" in Page(remote.get("/search?q=vinka").get_data(as_text=True)).words
    monkeypatch.setattr("graph.text_index.MOST_FETCHED", 10)
    large = create_app(Settings(store=tmp_path / "none", endpoint=endpoint)).test_client()
    page = Page(large.get("/search?q=vinka").get_data(as_text=True))
    assert faults(page) == []
    assert "too much evidence" in page.words
    assert "/operations/vinka" in page.links


def test_pages_over_an_endpoint_carry_no_tag_for_its_data_may_change(endpoint: str, tmp_path: Path) -> None:
    remote = create_app(Settings(store=tmp_path / "none", endpoint=endpoint)).test_client()
    assert "ETag" not in remote.get("/reports").headers


def test_the_editor_over_an_endpoint_answers_and_does_not_tell_its_address(endpoint: str, tmp_path: Path) -> None:
    remote = create_app(Settings(store=tmp_path / "none", endpoint=endpoint)).test_client()
    asked = {"query": "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3"}
    text = remote.get("/sparql", query_string=asked, headers={"Accept": "text/html"}).get_data(as_text=True)
    page = Page(text)
    assert faults(page) == []
    assert "3 rows" in page.words
    assert endpoint not in text
    assert endpoint not in remote.get("/sparql/vocabulary.json").get_data(as_text=True)
    link = next(e.attributes["value"] or "" for e in page.all("input") if e.attributes.get("id") == "share")
    assert "version" not in remote.get(link).location
