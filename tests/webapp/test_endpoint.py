"""The whole site over a server of another make: every page, and what it says, against the site over the folder."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from graph import loading
from graph.settings import Settings
from graph.stores import open_store
from graph.stores.loading import WRITING
from tests.graph.test_servers import set_mark
from tests.reports import OTHER_FORCE, SMALL
from tests.servers import oxigraph
from tests.webapp.html import Page
from webapp import create_app

OWN = re.compile(r"/data\b|\.nq|void|version=|/static/|/ns/\w")
"""Downloads, what describes them, earlier versions, and examples of terms (the first a store meets) may differ."""
OF_A_KIND = 4
"""Pages of each kind that are compared."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A server with the reports of the small site in it."""
    with oxigraph(tmp_path_factory.mktemp("server")) as settings:
        loading.build(settings, [*SMALL, OTHER_FORCE])
        yield settings


@pytest.fixture
def remote(server: Settings) -> Iterator[Flask]:
    app = create_app(server)
    app.testing = True
    yield app
    app.extensions["goldenthread-endpoint"].close()


def words(answer: Response) -> str:
    """Return what a page says, but for versions of the data."""
    page = Page(answer.get_data(as_text=True))
    return re.sub(r"\d+-[0-9a-f]{8}\b", "VERSION", page.words)


def pages_of(site: Flask) -> dict[str, str]:
    """Return what the pages say that links lead to from the first one, a few of each kind."""
    client, rules = site.test_client(), site.url_map.bind("localhost")
    met: Counter[str] = Counter()
    said: dict[str, str] = {}
    waiting = ["/"]
    for address in waiting:
        kind, _ = rules.match(urlsplit(address).path)
        if address in said or met[kind] == OF_A_KIND or OWN.search(address):
            continue
        answer = client.get(address)
        if answer.mimetype == "text/html":
            met[kind] += 1
            said[address] = words(answer)
            waiting += [urldefrag(urljoin(address, link)).url for link in Page(answer.get_data(as_text=True)).links]
    return said


def test_every_page_says_the_same(small_site: Flask, remote: Flask) -> None:
    pages = pages_of(small_site)
    assert len(pages) > 40
    client = remote.test_client()
    answers = {address: client.get(address) for address in pages}
    assert {address: answer.status for address, answer in answers.items() if answer.status_code != 200} == {}
    assert [address for address, said in pages.items() if words(answers[address]) != said] == []


def test_its_pages_have_tags_and_are_not_made_again(remote: Flask) -> None:
    client = remote.test_client()
    first = client.get("/operations")
    assert first.headers["ETag"]
    assert client.get("/operations", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def version(client: FlaskClient) -> str:
    told = client.get("/readyz").get_json()["version"]
    assert isinstance(told, str)
    return told


def test_a_page_that_was_begun_before_the_data_changed_is_made_of_the_new(
    server: Settings, remote: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change comes between the first and the second question of one page."""
    client = remote.test_client()
    before = version(client)
    view = remote.extensions["goldenthread"].view()
    asked: list[str] = []
    plain = type(view._store).select

    def select(store: object, query: str) -> object:
        asked.append(query)
        if len(asked) == 2:
            loading.ingest(server, [OTHER_FORCE])
        return plain(store, query)

    monkeypatch.setattr(type(view._store), "select", select)
    answer = client.get("/operations/kestrel")
    monkeypatch.undo()
    assert answer.status_code == 200
    assert len(asked) > 2
    assert version(client) == open_store(server).version != before


def test_while_the_data_are_being_written_a_visitor_is_told(server: Settings, remote: Flask) -> None:
    set_mark(server, WRITING)
    client = remote.test_client()
    answer = client.get("/operations")
    assert answer.status_code == 503
    assert "being written" in Page(answer.get_data(as_text=True)).words
    loading.build(server, [*SMALL, OTHER_FORCE])


def test_a_server_that_is_gone_is_told_without_its_password(tmp_path: Path) -> None:
    settings = Settings(endpoint="http://ann:open-sesame@127.0.0.1:1/sparql", store=tmp_path)
    app = create_app(settings)
    answer = app.test_client().get("/operations")
    assert answer.status_code == 503
    assert "open-sesame" not in answer.get_data(as_text=True)
    assert app.test_client().get("/healthz").status_code == 200
