"""The page of the error rate shows the numbers of its file, each group by itself, and owns up to having none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.settings import Settings
from tests.webapp.conftest import Get, getter
from webapp import create_app
from webapp.presenters import evaluation

ADDRESS = "/how-well-it-reads"
DATA: dict[str, Any] = json.loads(evaluation.FILE.read_text(encoding="utf-8"))
NAMES = {kind["key"]: kind["name"] for kind in DATA["kinds"]}


def rows_of(kinds: dict[str, dict[str, Any]]) -> list[str]:
    """Return the rows of a table as the page should show them."""
    return [
        f"{NAMES[kind]}{s['right']}{s['wrong']}{s['missed']}{s['precision']:.3f}{s['recall']:.3f}{s['f1']:.3f}"
        for kind, s in kinds.items()
    ]


def test_page_shows_the_numbers_of_its_file(get: Get) -> None:
    page = get(ADDRESS)
    expected = []
    for group in DATA["groups"]:
        assert group["title"] in [e.words for e in page.all("h2")]
        tables = [report["kinds"] for report in group["reports"]]
        expected += [rows_of(kinds) for kinds in ([group["pooled"], *tables] if len(tables) > 1 else tables)]
    shown = [["".join(row.words.split()) for row in rows] for rows in page.table_rows()]
    assert shown[1:] == [["".join(row.split()) for row in rows] for rows in expected]


def test_page_says_what_each_kind_means_and_gives_f1_by_group(get: Get) -> None:
    summary = [row.words for row in get(ADDRESS).table_rows()[0]]
    kinds = [kind for kind in DATA["kinds"] if any(kind["key"] in group["pooled"] for group in DATA["groups"])]
    assert len(summary) == len(kinds)
    for row, kind in zip(summary, kinds, strict=True):
        scores = [group["pooled"].get(kind["key"]) for group in DATA["groups"]]
        rates = "".join(f"{score['f1']:.3f}" if score else "–nothing to judge" for score in scores)
        assert row == f"{kind['name']}{kind['means']}{rates}"


def test_page_says_how_it_is_measured(get: Get) -> None:
    page = get(ADDRESS)
    said = [*DATA["how"], *DATA["left_out"], *(group["means"] for group in DATA["groups"])]
    assert [sentence for sentence in said if sentence not in page.words] == []


@pytest.mark.parametrize("address", ["/", "/about"])
def test_page_is_found_from_others(get: Get, address: str) -> None:
    assert get(address).links.count(ADDRESS) == (2 if address == "/about" else 1)


@pytest.fixture
def fresh(sample_store: Path) -> Get:
    """Fetch a checked page of a site that has not been asked before, and so has no answer ready."""
    return getter(create_app(Settings(store=sample_store)).test_client())


def test_page_without_numbers_says_so(fresh: Get, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(evaluation, "FILE", tmp_path / "evaluation.json")
    page = fresh(ADDRESS)
    assert "Not measured" in page.words
    assert page.all("table") == []


def test_page_names_what_was_left_out(fresh: Get, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "evaluation.json"
    groups = [{**group, "pooled": {}, "reports": []} for group in DATA["groups"]]
    file.write_text(json.dumps({**DATA, "groups": groups, "left_out": ["somewhere-2020-21-q1"]}), encoding="utf-8")
    monkeypatch.setattr(evaluation, "FILE", file)
    page = fresh(ADDRESS)
    assert "somewhere-2020-21-q1" in page.words
    assert page.words.count("None yet.") == len(groups)
