"""Home, the question, a row, the highlighted sentence: with scripts, and without."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.webapp.browser.conftest import Visit


@pytest.fixture(params=[True, False], ids=["scripts-on", "scripts-off"])
def browser_context_args(browser_context_args: dict[str, Any], request: pytest.FixtureRequest) -> dict[str, Any]:
    return {**browser_context_args, "java_script_enabled": request.param}


def test_from_the_first_page_to_the_highlighted_sentence(visit: Visit) -> None:
    page = visit("/")
    page.get_by_label("Theme").select_option("vawg")
    page.get_by_role("region", name="Which partner-linked").get_by_role("button", name="Ask").click()
    expect(page).to_have_url(re.compile(r"/questions/partner-operations-by-lpa\?theme=vawg"))
    row = page.get_by_role("row").filter(has_text="Operation VINKA")
    row.get_by_role("link", name="Read the sentence").click()
    expect(page).to_have_url(re.compile(r"/reports/essex-2021-22-q4#item-17$"))
    item = page.locator("#item-17")
    expect(item).to_be_in_viewport()
    expect(item).to_contain_text("Operation VINKA")
    lit = item.locator(".gt-words")
    expect(lit).to_have_css("background-color", "rgb(255, 229, 138)")
    expect(page.locator("#item-16 .gt-words")).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_filters_narrow_the_list_and_back_restores_it(visit: Visit) -> None:
    page = visit("/operations")
    expect(page.get_by_role("status")).to_have_text("24 operations")
    page.locator("#filter-lpa-essex-west").check()
    if not scripts(page):
        page.get_by_role("button", name="Show results").click()
    expect(page).to_have_url(re.compile("lpa=essex-west"))
    expect(page.get_by_role("status")).not_to_have_text("24 operations")
    expect(page.locator("#filter-lpa-essex-west")).to_be_checked()
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("24 operations")


def scripts(page: Page) -> bool:
    """Whether the page's own script has run: GOV.UK Frontend's sign on the body."""
    return "govuk-frontend-supported" in (page.locator("body").get_attribute("class") or "")


def test_theme_is_switched_and_stays(visit: Visit) -> None:
    page = visit("/operations?theme=vawg")
    page.get_by_role("button", name="Dark theme").click()
    expect(page).to_have_url(re.compile(r"/operations\?theme=vawg$"))
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(14, 20, 29)")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Partners").click()
    expect(page.locator("body")).to_have_css("background-color", "rgb(14, 20, 29)")
    page.get_by_role("button", name="Light theme").click()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_search_box_leads_to_the_thing(visit: Visit) -> None:
    page = visit("/")
    page.get_by_label("Find an operation, partner or area").fill("vinka")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("found")
    page.get_by_role("main").get_by_role("link", name="Operation VINKA").click()
    expect(page).to_have_url(re.compile("/operations/vinka$"))


def test_words_of_a_name_are_marked_where_a_link_points_at_them(visit: Visit) -> None:
    page = visit("/partners/special-constabulary")
    page.get_by_role("table", name="Names in the reports").get_by_role("link").first.click()
    cited = page.locator(".gt-mark--cited").first
    expect(cited).to_be_in_viewport()
    expect(cited).to_have_css("background-color", "rgb(255, 229, 138)")


def test_whole_quote_opens_without_leaving_the_page(visit: Visit) -> None:
    page = visit("/questions/partner-operations-by-lpa")
    quote = page.locator(".gt-quoted").first
    closed = quote.bounding_box()
    quote.locator("summary").click()
    opened = quote.bounding_box()
    assert closed
    assert opened
    assert opened["height"] > closed["height"]


def test_sparql_is_shown_on_demand(visit: Visit) -> None:
    page = visit("/questions/partner-operations-by-lpa")
    code = page.get_by_label("SPARQL of this question")
    expect(code).not_to_be_visible()
    page.get_by_text("Show the SPARQL").click()
    expect(code).to_be_visible()
