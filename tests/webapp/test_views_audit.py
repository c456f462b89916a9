"""The audit page: every number that was calculated again, why, and badges that lead to it."""

from __future__ import annotations

import csv
import io
import re

from flask.testing import FlaskClient

from graph.build import sample_reports
from graph.model import FAULTS
from tests.reports import read_file

SAMPLE = read_file(sample_reports()[0])


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.text


def test_every_check_of_the_sample_is_listed_with_words_for_its_verdict(client: FlaskClient) -> None:
    rows = client.get("/audit.json").get_json()["rows"]
    assert [row["item"] for row in rows] == [check.item for check in SAMPLE.checks]
    assert "Does not add up" in page(client, "/audit")


def test_what_asks_for_a_look_stands_first(client: FlaskClient) -> None:
    verdicts = re.findall(r'class="gt-verdict gt-verdict--\w+"><span[^>]*>[^<]*</span>([^<]+)<', page(client, "/audit"))
    faulty = sum(check.is_fault for check in SAMPLE.checks)
    assert 0 < faulty < len(verdicts)
    assert not {"Adds up", "Possible"} & set(verdicts[:faulty])
    assert set(verdicts[faulty:]) <= {"Adds up", "Possible", "No base stated"}


def test_a_filter_leaves_only_what_it_names(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/audit.csv?verdict=impossible").text.lstrip("\ufeff"))))
    wrong = [check.item for check in SAMPLE.checks if check.verdict == "impossible"]
    assert [int(row["item"]) for row in rows] == wrong


def test_a_check_says_why_with_rule_and_figures(client: FlaskClient) -> None:
    html = page(client, "/audit?kind=rate&verdict=disagrees")
    assert "calculated again as the total divided by the length of its period" in html
    assert "span=" in html
    assert "gt-mark--cited" in html


def test_a_badge_in_the_reader_leads_to_the_check(client: FlaskClient) -> None:
    html = page(client, f"/reports/{SAMPLE.report.id}")
    faulty = {check.item for check in SAMPLE.checks if check.verdict in FAULTS}
    assert {f'href="/audit?item={SAMPLE.report.id}-{item}#' in html for item in faulty} == {True}


def test_a_badge_leads_to_an_anchor_that_is_there(client: FlaskClient) -> None:
    item = next(check.item for check in SAMPLE.checks if check.is_fault)
    check = next(check for check in SAMPLE.checks if check.item == item and check.is_fault)
    html = page(client, f"/audit?item={SAMPLE.report.id}-{item}")
    assert f'-{item}-{check.kind}-{check.figures[0].start}"' in html
