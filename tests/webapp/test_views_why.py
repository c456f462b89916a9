"""/why: what a link or verdict follows from, and marks that tell asserted, extracted and derived apart."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import Get


def test_a_link_of_an_operation_leads_to_its_rule_premises_and_sentence(get: Get) -> None:
    page = get("/operations/vinka")
    assert "derived" in page.words
    address = next(link for link in page.links if link.startswith("/why?"))
    told = get(address)
    assert "It rests on" in told.words
    assert "extracted" in told.words
    assert any("span=" in link for link in told.links)


def test_a_verdict_leads_to_the_figures_that_it_rests_on(get: Get) -> None:
    address = next(link for link in get("/audit").links if link.startswith("/why?"))
    told = get(address)
    assert "states" in told.words
    assert "Kind of check" in told.words


def test_the_page_of_a_thing_as_data_marks_where_each_statement_comes_from(get: Get) -> None:
    assert "asserted" in get("/id/theme/vawg.html").words
    operation = get("/id/operation/vinka.html")
    assert "extracted" in operation.words
    assert re.search(r"/why\?link=", " ".join(operation.links))


def test_without_a_thing_it_says_where_to_ask(get: Get) -> None:
    assert {"/operations", "/audit", "/questions/why-linked"} <= set(get("/why").links)


REFUSED = [("/why?subject=operation/vinka", 400), ("/why?link=operation/none", 404), ("/why?link=%3Cx%3E%20y", 400)]


@pytest.mark.parametrize(("address", "status"), REFUSED)
def test_what_cannot_be_explained_is_refused(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status
