"""The coverage pages: the table and its filters, the gaps as files, and what was looked for."""

from __future__ import annotations

import csv
import io

from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.queries.test_coverage import AREAS, COUNTED
from tests.webapp.conftest import Get


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).text)))


def test_the_files_hold_what_the_filters_leave(client: FlaskClient) -> None:
    every = rows(client, "/coverage.csv")
    assert len(every) == len(COUNTED) * len(AREAS)
    holes = rows(client, "/coverage.csv?gap=force-wide-only&gap=none-found&gap=unread")
    assert holes == [row for row in every if row["coverage"] == "force-wide only"]
    some = client.get("/coverage.json?gap=force-wide-only&area=essex-south&priority=essex-1").get_json()["rows"]
    assert [row["commitment"].split(" ")[0] for row in some] == ["1.2", "1.3"]
    book = load_workbook(io.BytesIO(client.get("/coverage.xlsx?area=essex-south").data))
    assert book["Rows"].max_row == len(COUNTED) + 1


def test_with_a_partner_only_its_evidence_counts(client: FlaskClient) -> None:
    found = client.get("/coverage.json?partner=special-constabulary").get_json()["rows"]
    here = {(row["commitment"].split(" ")[0], row["area"]) for row in found if row["coverage"] == "evidence here"}
    assert ("1.1", "South") in here
    assert ("2.1", "South") not in here


def test_the_page_has_a_link_in_every_cell_and_each_leads_somewhere(get: Get, client: FlaskClient) -> None:
    page = get("/coverage")
    of_cells = [a for a in page.links if a.startswith("/coverage/")]
    assert len(set(of_cells)) == len(COUNTED) * len(AREAS)
    hole, here = "/coverage/essex-2021-22-q4/essex-1.3/essex-south", "/coverage/essex-2021-22-q4/essex-1.1/essex-south"
    assert {hole, here} <= set(of_cells)
    assert "under this promise and about South Local Policing Area" in get(hole).words
    assert "gt:Justification" in client.get(hole).text
    assert "gt:Justification" not in client.get(here).text
    assert client.get("/coverage/essex-2021-22-q4/essex-9.9/essex-south").status_code == 404
    assert "meets all of these filters" in get("/coverage?priority=none").words


def test_quarters_are_told_apart(small_site: Flask) -> None:
    found = small_site.test_client().get("/coverage.json").get_json()["rows"]
    assert {row["report"] for row in found} == {"essex-2022-23-q1", "essex-2022-23-q2", "harbourshire-2023-24-q3"}
    one = small_site.test_client().get("/coverage.json?quarter=2022-23-q1").get_json()["rows"]
    assert {row["report"] for row in one} == {"essex-2022-23-q1"}
