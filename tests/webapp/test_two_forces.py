"""Two forces on one site: areas are called what they are, and two of one name are told apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from graph.build import build
from graph.settings import Settings
from tests.reports import DOCUMENTS, SMALL
from tests.webapp.conftest import Get, getter
from webapp import create_app
from webapp.presenters import commitments, gallery
from webapp.store import view

FORCES = Path(__file__).resolve().parents[1] / "forces"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A site over Essex and a force of hubs."""
    store = tmp_path_factory.mktemp("two") / "store"
    build(store, [SMALL[0], DOCUMENTS / "fenmarch.txt"], forces=FORCES)
    site = create_app(Settings(store=store))
    site.testing = True
    return site


@pytest.fixture(scope="module")
def two(site: Flask) -> Get:
    """Fetch a checked page of the site."""
    return getter(site.test_client())


@pytest.mark.parametrize("address", ["/operations", "/partners"])
def test_a_filter_tells_areas_of_one_name_apart(two: Get, address: str) -> None:
    words = two(address).words
    assert "North (Essex Police)" in words
    assert "North (Fenmarch Police)" in words
    assert "Saltings" in words
    assert "Saltings (" not in words
    assert "Policing area" in words


def test_a_filter_finds_what_lies_in_one_of_them(two: Get) -> None:
    page = two("/operations?lpa=fenmarch-north-hub")
    assert "Operation LANTERN" in page.words
    assert "Operation KESTREL" not in page.words


def test_areas_are_called_what_they_are(two: Get) -> None:
    words = two("/areas").words
    for said in ("North Hub Policing area", "Tollwick District", "North Local Policing Area Local Policing Area"):
        assert said in words
    assert "Policing area" in two("/areas/fenmarch-saltings-hub").words


def test_the_first_page_counts_and_asks_by_policing_area(two: Get) -> None:
    words = two("/").words
    assert "5 Policing areas" in words
    assert "Which partner-linked operations tackle violence against women and girls, by policing area?" in words


def test_plans_of_one_name_have_a_table_and_an_order_each(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with site.test_request_context():
        told = view()
        named = [replace(priority, plan="The plan") for priority in commitments.plan(told)]
        for module in (gallery, commitments):
            monkeypatch.setattr(module, "plan", lambda _view: named)
        tables = gallery._commitments_by_area(told)
        assert sorted(len(table.columns) for table in tables) == sorted({len(priority.areas) for priority in named})
        assert [row for table in tables for row in table.rows if len(row.cells) != len(table.columns)] == []
        starts = [c for p in named for c in p.commitments if commitments.neighbours(told, c)[0] is None]
    assert len(tables) == len(starts) == 2
