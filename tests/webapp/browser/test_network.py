"""The drawing of the network: it is there, it grows on demand, the list points into it, and the policy stays whole."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.webapp.browser.conftest import Visit


def test_the_drawing_is_made_and_grows_when_it_is_asked_to(visit: Visit) -> None:
    page = visit("/network?thing=operation/vinka")
    box = page.locator("#network")
    expect(box).to_have_attribute("data-drawn", "9")
    expect(box.locator("canvas").first).to_be_visible()
    page.get_by_role("link", name="Special Constabulary").first.focus()
    expect(page.get_by_role("status")).to_contain_text("Special Constabulary:")
    page.get_by_role("button", name="Expand").click()
    expect(page.get_by_role("status")).to_contain_text("more things around Special Constabulary")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download PNG").click()
    assert saved.value.suggested_filename == "network-operation-vinka.png"
