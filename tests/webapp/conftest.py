"""The site over the bundled sample, and pages that are checked as they are fetched.

Pick ``get`` to fetch a page: it fails on a page that is not well made, whatever the test is about. Pick ``client``
where the answer is a file or an error, ``small`` for a site of two quarters and two forces.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.build import build, sample_reports
from graph.settings import Settings
from tests.reports import OTHER_FORCE, SMALL
from tests.webapp.crawl import crawl
from tests.webapp.html import Page, faults
from webapp import create_app

Get = Callable[..., Page]


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store built from the bundled sample."""
    store = tmp_path_factory.mktemp("sample") / "store"
    build(store, sample_reports())
    return store


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A site over two quarters of one invented report and one of another force."""
    store = tmp_path_factory.mktemp("small") / "store"
    build(store, [*SMALL, OTHER_FORCE])
    return _site(store)


@pytest.fixture(scope="session")
def app(sample_store: Path) -> Flask:
    """The site over the bundled sample."""
    return _site(sample_store)


def _site(store: Path) -> Flask:
    made = create_app(Settings(store=store))
    made.testing = True
    return made


@pytest.fixture(scope="session")
def site(app: Flask) -> dict[str, Page | None]:
    """Every page of the site over the sample that links and facets lead to: parsed, or None for a file."""
    return crawl(app.test_client(), every_facet=True)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def small(small_site: Flask) -> Get:
    """Fetch a checked page of the small site."""
    return getter(small_site.test_client())


@pytest.fixture
def get(client: FlaskClient) -> Get:
    """Fetch a checked page of the site over the sample."""
    return getter(client)


def getter(client: FlaskClient) -> Get:
    def fetch(address: str, status: int = 200, headers: dict[str, str] | None = None) -> Page:
        answer = client.get(address, headers=headers)
        assert answer.status_code == status, f"{address}: {answer.status}"
        assert answer.content_type == "text/html; charset=utf-8"
        page = Page(answer.get_data(as_text=True))
        assert faults(page) == [], address
        return page

    return fetch
