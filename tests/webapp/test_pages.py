"""Every page that can be reached is well made, and every link on it leads somewhere."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.webapp.conftest import Get
from tests.webapp.crawl import crawl
from tests.webapp.html import Page


def test_every_page_is_well_made_and_every_link_leads_to_one(site: dict[str, Page | None]) -> None:
    families = {address.split("/")[1].split("?")[0].split(".")[0] for address in site}
    assert families >= {
        "",
        "operations",
        "partners",
        "commitments",
        "areas",
        "themes",
        "reports",
        "questions",
        "about",
        "how-well-it-reads",
        "accessibility",
        "id",
        "ns",
        "shapes",
        "data",
        "static",
    }


def test_every_link_and_facet_leads_somewhere(site: dict[str, Page | None]) -> None:
    # All were asked for and answered, or the crawl would have failed.
    assert len(site) >= 1000


def test_every_anchor_that_a_link_names_stands_on_its_page(site: dict[str, Page | None]) -> None:
    missing = []
    for address, page in site.items():
        for link in page.links if page else []:
            target = urlsplit(link)
            there = site.get(target.path or urlsplit(address).path)
            if target.fragment and there and unquote(target.fragment) not in there.ids:
                missing.append(f"{address} -> {link}")
    assert missing == []


def test_a_site_of_several_reports_and_forces_is_well_made_too(small_site: Flask) -> None:
    assert len(crawl(small_site.test_client())) > 40


def test_first_page_says_what_is_in_here_and_asks_the_question(get: Get) -> None:
    page = get("/")
    assert "134 evidence items" in page.words
    assert "24 operations" in page.words
    assert "3 Local Policing Areas" in page.words
    asked = "Which partner-linked operations tackle violence against women and girls, by Local Policing Area?"
    assert asked in page.words
    chosen = [e.attributes["value"] for e in page.all("option") if "selected" in e.attributes]
    assert chosen == ["vawg"]
    assert any(link.startswith("/reports/") and "#item-" in link for link in page.links)


def test_example_questions_on_the_first_page_have_rows(get: Get) -> None:
    page = get("/")
    block = next(e for e in page.all("ul") if "gt-examples" in (e.attributes.get("class") or ""))
    numbers = [int(n) for n in re.findall(r"(\d+) rows?", block.words)]
    assert len(numbers) == 6
    assert all(numbers)


def test_operation_page_gives_the_rule_and_the_sentence_for_each_link(get: Get) -> None:
    page = get("/operations/vinka")
    table = next(e for e in page.all("table") if "gt-why" in (e.attributes.get("class") or ""))
    for words in ("Carried out in", "West Local Policing Area", "Tackles", "Special Constabulary", "Item 17"):
        assert words in table.words
    assert "/reports/essex-2021-22-q4#item-17" in page.links


def test_themes_by_heading_alone_are_kept_apart(get: Get) -> None:
    page = get("/operations/henderson")
    assert "Tackles, by the commitment's heading only" in page.words


def test_partner_page_lists_the_names_it_goes_by_with_links_to_the_words(get: Get) -> None:
    page = get("/partners/special-constabulary")
    assert any(re.fullmatch(r"/reports/essex-2021-22-q4\?span=\d+-\d+#item-\d+", link) for link in page.links)
    assert "Volunteer" in page.words


@pytest.mark.parametrize("address", ["/commitments/1.1", "/commitments/essex-1.1"])
def test_commitment_is_found_by_number_and_by_key(get: Get, address: str) -> None:
    assert get(address).all("h1")[0].words == "Commitment 1.1"


def test_commitment_page_shows_each_area_and_names_the_gaps(get: Get) -> None:
    page = get("/commitments/1.2")
    heads = [e.words for e in page.all("h2") if (e.attributes.get("id") or "").startswith("area-")]
    assert len(heads) == 4
    assert "force-wide only" in page.words
    assert any(h.startswith("South Local Policing Area 0 items") for h in heads)


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("essex-west", "West Local Policing Area"),
        ("E07000068", "Brentwood"),
        ("essex", "Essex Police"),
    ],
)
def test_areas_of_all_three_kinds_have_pages(get: Get, slug: str, title: str) -> None:
    assert get(f"/areas/{slug}").all("h1")[0].words == title


@pytest.mark.parametrize("address", ["/operations/irish-lions", "/partners/special-constabulry", "/areas/essex-wets"])
def test_unknown_things_are_not_found_and_the_nearest_is_offered(get: Get, address: str) -> None:
    page = get(address, status=404)
    assert "Did you mean" in page.words


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/themes/nothing-like-it",
        "/reports/none",
        "/commitments/99.9",
        "/questions/none",
        "/areas/x",
        "/operations/",
        "/reports/essex-2021-22-q4/item/17",
    ],
)
def test_unknown_addresses_get_a_page_of_their_own(get: Get, address: str) -> None:
    assert "404" in get(address, status=404).words


def test_two_forces_with_the_same_number_of_a_commitment_need_its_key(small: Get) -> None:
    page = small("/commitments/1.1", status=404)
    assert any(link.startswith("/commitments/essex-1.1") for link in page.links)
    assert small("/commitments/essex-1.1").all("h1")[0].words == "Commitment 1.1"


def test_newest_report_stands_first(small: Get) -> None:
    quarters = [row.words[: len("2022-23 Q1")] for row in small("/reports").table_rows()[0]]
    assert len(quarters) == 3
    assert quarters == sorted(quarters, reverse=True)


def test_a_report_is_to_be_had_as_stratml(get: Get, client: FlaskClient) -> None:
    page = get("/reports/essex-2021-22-q4")
    assert "Plan and performance as StratML" in page.words
    answer = client.get("/reports/essex-2021-22-q4/stratml.xml")
    assert answer.status_code == 200
    assert answer.content_type == "application/xml"
    assert "filename=essex-2021-22-q4-stratml.xml" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"<?xml")
    assert b"<Objective>" in answer.data
    assert client.get("/reports/none/stratml.xml").status_code == 404
