"""The ten first tasks of those who come here (analyst, partnership lead, auditor, data engineer, newcomer), walked.

In light and dark, with scripts and without: the site is the same to all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.webapp.browser.conftest import watch


@pytest.fixture(params=["light-scripts", "light-plain", "dark-scripts", "dark-plain"])
def walked(browser: Browser, address: str, watched: list[str], request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in one scheme, with scripts or without; complaints of the browser fail the test at its end."""
    scheme, scripts = str(request.param).split("-")
    settings: dict[str, Any] = {"color_scheme": scheme, "java_script_enabled": scripts == "scripts"}
    context = browser.new_context(base_url=address, **settings)
    watch(context, address, watched)
    yield context.new_page()
    context.close()
    assert watched == []


def main_link(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow the first link of that name in the matter of the page."""
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def test_ten_first_tasks(walked: Page) -> None:
    page = walked
    # 1. Newcomer: what is in here, and a question that works.
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text("evidence items")
    # 2. Analyst: the question of the first page, as a table.
    page.get_by_label("Theme").select_option("vawg")
    page.get_by_role("region", name="Which partner-linked").get_by_role("button", name="Ask").click()
    expect(page.get_by_role("status").first).to_contain_text("rows")
    # 3. Analyst: from a row to the very sentence.
    page.get_by_role("link", name="Read the sentence").first.click()
    expect(page.locator(".gt-line--item:target")).to_be_in_viewport()
    # 4. Analyst: the same answer as a file.
    page.goto("/questions/partner-operations-by-lpa?theme=vawg")
    href = page.get_by_role("link", name="CSV").first.get_attribute("href") or ""
    assert page.request.get(href).text().startswith("lpa,")
    # 5. Partnership lead: a partner by what it is called.
    page.goto("/")
    page.locator("#find").fill("special constabulry")
    page.locator("#find").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Shown instead")
    main_link(page, "Special Constabulary")
    expect(page.get_by_role("heading", level=1)).to_have_text("Special Constabulary")
    # 6. Partnership lead: a briefing for the meeting.
    main_link(page, "Briefing for print")
    expect(page.get_by_role("heading", level=1)).to_have_text("Special Constabulary: briefing")
    # 7. Auditor: a promise, area by area, with its gaps.
    page.goto("/commitments")
    main_link(page, re.compile(r"^1\.2\b"))
    expect(page.get_by_role("main")).to_contain_text("force-wide only")
    # 8. Auditor: the figures that do not add up.
    page.goto("/audit")
    expect(page.get_by_role("status").first).to_contain_text("check")
    # 9. Data engineer: a query of one's own.
    page.goto("/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D")
    expect(page.get_by_role("main")).to_contain_text(re.compile("yes|true", re.IGNORECASE))
    # 10. Data engineer: the data itself.
    page.goto("/data")
    assert page.request.get("/id/operation/vinka.ttl").text().count("VINKA")
