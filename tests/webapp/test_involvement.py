"""Flows, and the table of partners by operation: sums that agree with the rows behind them, and nothing is lost."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from tests.webapp.conftest import Get
from webapp.presenters.involvement import flows, involvement
from webapp.presenters.operations import operations
from webapp.presenters.sankey import LEAST, UNIT, Flow, Stop, draw
from webapp.store import view

STOPS = [Stop(key, "pqr".index(key[0]), key, "partner", "/") for key in ("p1", "p2", "q1", "q2", "r1", "r9")]


def test_boxes_are_as_high_as_what_runs_through_them_and_do_not_overlap() -> None:
    flow = [Flow("p1", "q1", 5, ""), Flow("p2", "q1", 1, ""), Flow("p2", "q2", 2, ""), Flow("q1", "r1", 4, "")]
    found = draw(STOPS, flow)
    boxes = {box.stop.key: box for box in found.boxes}
    assert "r9" not in boxes
    assert boxes["q1"].value == 6
    assert boxes["q1"].height == 6 * UNIT
    assert boxes["q2"].height == LEAST
    for one in boxes.values():
        beside = [box for box in boxes.values() if box.x == one.x and box.y > one.y]
        assert all(box.y >= one.y + one.height for box in beside)
        assert 0 <= one.y <= one.y + one.height <= found.height
    assert {(band.source, band.target): band.thickness for band in found.bands} == {
        (f.source, f.target): f.value * UNIT for f in flow
    }


def test_nothing_to_draw_is_an_empty_drawing() -> None:
    assert draw(STOPS, []).bands == ()


def test_every_operation_of_the_flows_has_what_its_sentences_say(app: Flask) -> None:
    with app.test_request_context("/"):
        drawn = flows(view())
        known = {o.label: o for o in operations(view()).values()}
    into: dict[str, int] = {}
    for band in drawn.bands:
        if band.kind == "partner" and band.target in known:
            into[band.target] = into.get(band.target, 0) + band.flow.value
    assert into
    for label, value in into.items():
        said = [s for s in known[label].said if str(s[1]).endswith("workedWith")]
        assert len(set(said)) == value


def test_each_cell_of_the_table_leads_to_as_many_sentences(app: Flask, get: Get, client: FlaskClient) -> None:
    page = get("/map")
    with app.test_request_context("/"):
        table = involvement(view())
    assert table.caption in page.words
    cells = [cell for row in table.rows for cell in row.cells if cell.value]
    for cell in cells[:4]:
        told = client.get(cell.href.replace("/network?", "/network.json?")).get_json()
        assert told["ways"][0]["steps"][0]["items"] == cell.value
    assert all(row.total <= sum(cell.value for cell in row.cells) for row in table.rows)
