"""The map: what a tile says is what stands behind it, on tiles or within boundaries, with a layout or without."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import URIRef

from graph.errors import GoldenThreadError
from graph.settings import Settings
from tests.webapp.conftest import Get, getter
from tests.webapp.html import Page
from webapp import create_app
from webapp.boundaries import Boundary, draw, read_boundaries
from webapp.presenters.heat import shade, steps
from webapp.presenters.maps import COUNTS, place

SQUARE: list[list[float]] = [[0, 50], [1, 50], [1, 51], [0, 51], [0, 50]]
HOLE = [[0.4, 50.4], [0.6, 50.4], [0.6, 50.6], [0.4, 50.6], [0.4, 50.4]]


def behind(page: Page, count: str) -> int:
    """How many rows the page that a tile leads to shows."""
    if count != "items":
        status = next(e for e in page.elements if e.attributes.get("role") == "status")
        return int(status.words.split()[0])
    heading = next(e for e in page.elements if e.attributes.get("id") == "evidence")
    return int(heading.words.split()[1])


@pytest.mark.parametrize("count", [one.key for one in COUNTS])
def test_each_number_is_that_of_the_rows_behind_it(get: Get, client: FlaskClient, count: str) -> None:
    page = get(f"/map?count={count}")
    tiles = [e for e in page.all("a") if "gt-shade-" in (e.attributes.get("class") or "")]
    assert len(tiles) == 14
    for tile in tiles:
        assert behind(get(str(tile.attributes["href"])), count) == int(tile.words.rsplit(" ", 2)[1]), tile.words
    named = (" Local Policing Area", " Essex Police")
    wholes = [e for e in page.all("a") if e.words.endswith(named) and e.words[0].isdigit()]
    assert len(wholes) == 4
    for whole in wholes:
        assert behind(get(str(whole.attributes["href"])), count) == int(whole.words.split()[0]), whole.words
    rows = client.get(f"/map.json?count={count}").get_json()["rows"]
    told = {row["district"]: row["value"] for row in rows if row["district"]}
    assert told == {e.words.rsplit(" ", 2)[0]: int(e.words.rsplit(" ", 2)[1]) for e in tiles}


def test_the_layout_of_the_force_is_followed_and_parts_its_areas(get: Get) -> None:
    page = get("/map")
    tiles = [(e.words, str(e.attributes.get("class"))) for e in page.all("li")]
    of = {words.split()[0]: classes.split() for words, classes in tiles if "gt-row-" in classes}
    assert of["Colchester"] == ["gt-row-1", "gt-column-3"]
    assert of["Harlow"] == ["gt-row-2", "gt-column-1", "gt-border-n", "gt-border-e"]


@pytest.mark.parametrize(("slug", "set_off"), [("essex-west", 4), ("E07000071", 1), ("essex", 0)])
def test_the_page_of_an_area_sets_it_off_on_the_map(get: Get, slug: str, set_off: int) -> None:
    page = get(f"/areas/{slug}")
    assert len(page.of_class("gt-tilemap__here")) == set_off
    assert len(page.of_class("gt-tilemap")) == 1


def test_forces_without_a_layout_get_blocks(small: Get) -> None:
    page = small("/map")
    assert len(page.of_class("gt-map__force")) == 2
    assert "in a block for its policing area" in page.words or "No districts of this force" in page.words


def test_what_has_no_place_stands_in_blocks_below_what_has_one() -> None:
    a, b, c, d, e = (URIRef(f"urn:{n}") for n in "abcde")
    assert place([[a, b], [c, d, e]], {a: (2, 2), c: (2, 2)}) == {
        a: (2, 2), b: (3, 1), c: (3, 2), d: (3, 3), e: (4, 2)
    }  # fmt: skip


def test_shades_begin_at_one_and_end_at_the_largest() -> None:
    assert [shade(n, 12) for n in (0, 1, 2, 3, 12)] == [0, 1, 1, 2, 6]
    assert [(s.shade, s.words) for s in steps(3)] == [(0, "none"), (2, "1"), (4, "2"), (6, "3")]
    assert all(shade(int(s.words.split("–")[0]), 40) == s.shade for s in steps(40)[1:])


class TestBoundaries:
    def test_holes_are_holes_whichever_way_rings_are_wound(self) -> None:
        ways: list[list[list[list[float]]]] = [[SQUARE, HOLE], [SQUARE[::-1], HOLE], [SQUARE, HOLE[::-1]]]
        for rings in ways:
            boundary = Boundary(tuple(tuple((x, y) for x, y in ring) for ring in rings))
            drawn = draw({"E07000071": boundary})
            outline = drawn.outlines["E07000071"]
            assert outline.path.count("M") == outline.path.count("Z") == 2
            # A degree of latitude is longer than one of longitude: at 50.5 degrees by 1 / cos 50.5.
            assert drawn.height == pytest.approx(720 / 0.636, abs=0.5)
            assert (outline.x, outline.y) == pytest.approx((360, drawn.height / 2), abs=0.2)

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            ("{", "is no JSON"),
            ("[]", "is no GeoJSON"),
            ({"features": [{"properties": {}}]}, "feature 1: its geometry is a Polygon or a MultiPolygon, not None"),
            ({"features": [7]}, "feature 1: "),
            ({"features": []}, "no feature bears an ONS code"),
            ({"features": [([[0, 0], [1, 1], [0, 0]], "E07000071")]}, "feature 1: a ring has at least four positions"),
            ({"features": [([[550000, 220000], *SQUARE], "E07000071")]}, "no degrees of longitude and latitude"),
            (
                {"features": [(SQUARE, "E07000071"), (SQUARE, "E07000071")]},
                "feature 2: the code E07000071 is there twice",
            ),
        ],
    )
    def test_a_file_that_cannot_be_drawn_is_refused_in_a_line(
        self, tmp_path: Path, content: str | dict[str, list[object]], reason: str
    ) -> None:
        path = tmp_path / "areas.geojson"
        if isinstance(content, dict):
            content = json.dumps({"features": [_feature(one) for one in content["features"]]})
        path.write_text(str(content), encoding="utf-8")
        with pytest.raises(GoldenThreadError, match="GOLDENTHREAD_BOUNDARIES") as raised:
            read_boundaries(path)
        assert str(path) in raised.value.message
        assert reason in raised.value.message
        assert "\n" not in raised.value.message

    def test_a_file_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(GoldenThreadError, match=r"none\.geojson: cannot be read"):
            read_boundaries(tmp_path / "none.geojson")

    def test_official_boundaries_take_the_place_of_tiles(self, sample_store: Path, shared: Path) -> None:
        path = shared / "data" / "essex_districts.geojson"
        page = getter(_site(sample_store, path).test_client())("/map?count=operations")
        outlines = [e for e in page.all("path") if "gt-fill-" in (e.attributes.get("class") or "")]
        assert len(outlines) == 14
        # Maldon has islands: as many parts as the file has rings.
        islands = {f["id"]: f["geometry"] for f in json.loads(path.read_text("utf-8"))["features"]}["E07000074"]
        rings = sum(len(polygon) for polygon in islands["coordinates"])
        assert rings in {str(e.attributes["d"]).count("M") for e in outlines}
        assert "Office for National Statistics" in page.words
        assert page.of_class("gt-tilemap") == []

    def test_a_force_that_the_file_does_not_cover_keeps_its_tiles(self, sample_store: Path, tmp_path: Path) -> None:
        path = tmp_path / "one.geojson"
        path.write_text(json.dumps({"features": [_feature((SQUARE, "E07000071"))]}), encoding="utf-8")
        page = getter(_site(sample_store, path).test_client())("/map")
        assert len(page.of_class("gt-tilemap")) == 1


def _feature(one: object) -> object:
    if not isinstance(one, tuple):
        return one
    ring, code = one
    return {"properties": {"LAD22CD": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def _site(store: Path, boundaries: Path) -> Flask:
    made = create_app(Settings(store=store, boundaries=boundaries))
    made.testing = True
    return made
