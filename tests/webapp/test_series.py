"""A measure over time: gaps stay gaps, what a later report says differently is marked, unlike periods lie apart."""

from __future__ import annotations

from datetime import date

from flask import Flask, render_template_string
from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from graph.namespaces import mint
from tests.webapp.html import Page, faults
from webapp.presenters import series as present
from webapp.presenters.series import Series
from webapp.store import view
from webapp.terms import Solution

IMPLIED = Literal(True)
DRAWN = """{% extends "base.html" %}{% from "components/pictures.html" import series %}
{% block title %}Lanterns{% endblock %}{% block main %}<h1>Lanterns</h1>{{ series(one) }}{% endblock %}"""


def row(quarter: str, item: int, value: str, start: str, end: str, **more: Literal) -> Solution:
    return {
        "measureLabel": Literal("Lanterns lit"),
        "areaLabel": Literal("North"),
        "unit": Literal("count"),
        "value": Literal(value, datatype=XSD.decimal),
        "item": URIRef(f"{mint('report', f'essex-{quarter}')}/item/{item}"),
        "itemLabel": Literal(f"{quarter}, item {item}"),
        "quote": Literal("Lanterns were lit."),
        "from": Literal(date.fromisoformat(start)),
        "to": Literal(date.fromisoformat(end)),
        **more,
    }


def made(app: Flask, *rows: Solution) -> Series:
    with app.test_request_context("/"):
        return present.of_rows(rows, "quarter")


def test_a_quarter_without_a_value_is_a_gap_and_a_value_said_anew_is_marked(app: Flask) -> None:
    one = made(
        app,
        row("2021-22-q4", 3, "40.0", "2022-01-01", "2022-03-31"),
        row("2022-23-q4", 5, "42", "2022-01-01", "2022-03-31", implied=IMPLIED),
        row("2022-23-q1", 4, "44", "2022-04-01", "2022-06-30"),
        row("2022-23-q3", 6, "60", "2022-10-01", "2022-12-31"),
        row("2022-23-q4", 6, "50", "2023-01-01", "2023-03-31"),
        row("2022-23-q4", 7, "51", "2023-01-01", "2023-03-31"),
    )
    assert [point.period for point in one.points] == [
        "Jan–Mar 2022", "Apr–Jun 2022", "Jul–Sep 2022", "Oct–Dec 2022", "Jan–Mar 2023"
    ]  # fmt: skip
    assert [point.said.value if point.said else None for point in one.points] == ["42", "44", None, "60", "51"]
    assert [point.restated for point in one.points] == [True, False, False, False, False]
    assert one.gaps == 1
    assert [line.count(",") for line in one.lines] == [2, 2]
    with app.test_request_context("/"):
        page = Page(render_template_string(DRAWN, one=one))
    assert faults(page) == []
    points = [e for e in page.all("a") if e.words.startswith(("Jan", "Apr", "Oct"))]
    assert [e.words for e in points][:2] == [
        "Jan–Mar 2022: 42, restated, implied by a stated change",
        "Apr–Jun 2022: 44",
    ]
    assert str(points[0].attributes["href"]).endswith("/reports/essex-2022-23-q4#item-5")
    assert "also stated" in page.words
    assert "No value found" in page.words


def test_the_last_point_is_where_the_axis_says_it_is(app: Flask) -> None:
    one = made(app, row("a", 1, "0", "2022-01-01", "2022-03-31"), row("b", 1, "60", "2022-04-01", "2022-06-30"))
    assert [tick.value for tick in one.ticks] == ["0", "20", "40", "60"]
    assert [(point.x, point.y) for point in one.points] == [(0, present.HEIGHT), (present.WIDTH, 0)]


def test_years_that_end_in_different_months_stand_as_they_are(app: Flask) -> None:
    with app.test_request_context("/"):
        one = present.of_rows(
            [row("a", 1, "7", "2020-04-01", "2021-03-31"), row("b", 1, "8", "2021-01-01", "2021-12-31")], "year"
        )
    assert [point.period for point in one.points] == ["Year to Mar 2021", "Year to Dec 2021"]


def test_measures_of_the_reports_have_a_line_for_each_area_and_unit(small_site: Flask) -> None:
    with small_site.test_request_context("/"):
        found = {key: present.series(view(), mint("measure", key)) for key in ("specials-headcount", "cash-seized")}
    for lines in found.values():
        assert len({(one.area, one.unit, one.length) for one in lines}) == len(lines)
        assert all(point.said for one in lines for point in one.drawn)
