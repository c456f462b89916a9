"""The map: a number for each district, and the plan and the partners as pictures beside it."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from webapp.presenters import maps as present
from webapp.presenters.files import Row, rows_file
from webapp.presenters.gallery import commitments_by_area
from webapp.presenters.involvement import flows, involvement
from webapp.store import view

pages = Blueprint("maps", __name__)

COLUMNS = ("force", "area", "district", "code", "count", "value")


@pages.get("/map")
def index() -> str:
    """Show the map of each force, shaded by what the request counts."""
    page = present.map_page(view(), request.args.get("count", ""))
    return render_template(
        "pages/map.html",
        page=page,
        counts=present.COUNTS,
        commitments=commitments_by_area(view()),
        flows=flows(view()),
        involvement=involvement(view()),
    )


@pages.get("/map.<any(csv, json):suffix>")
def file(suffix: str) -> Response:
    """Give the numbers of the map as a file, a row for each area and each district."""
    page = present.map_page(view(), request.args.get("count", ""))
    rows: list[Row] = [
        {
            "force": one.force.label,
            "area": region.tile.area.short,
            "district": tile.area.label if tile.area.kind == "district" else "",
            "code": tile.area.notation if tile.area.kind == "district" else "",
            "count": page.count.key,
            "value": tile.value,
        }
        for one in page.maps
        for region in one.regions
        for tile in (region.tile, *region.districts)
    ]
    return rows_file("map", COLUMNS, rows, suffix, view().version)
