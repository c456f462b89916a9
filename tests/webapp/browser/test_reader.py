"""The reader of a report: from mention to mention by keyboard, past those that rest."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.webapp.browser.conftest import Visit


def here(page: Page) -> str:
    """The classes of the mention that has the focus."""
    classes: str = page.evaluate("document.activeElement.className")
    return classes


def test_n_and_p_walk_from_mention_to_mention_unless_they_are_turned_off(visit: Visit) -> None:
    page = visit("/reports/essex-2021-22-q4#item-17")
    status = page.locator(".gt-walk__at")
    page.keyboard.press("n")
    first = status.inner_text()
    assert "gt-mark--here" in here(page)
    page.keyboard.press("n")
    assert status.inner_text() != first
    page.keyboard.press("p")
    assert status.inner_text() == first
    # In a field the letters are letters.
    page.locator("#find").press("n")
    expect(page.locator("#find")).to_have_value("n")
    assert status.inner_text() == first
    # What rests is passed over.
    for kind in ("operation", "area", "theme", "unit", "figure"):
        page.locator(f"#show-{kind}").uncheck()
    page.locator("#show-partner").press("n")
    assert "gt-mark--partner" in here(page)
    page.get_by_role("button", name="Next mention").click()
    assert "gt-mark--partner" in here(page)
    assert 0 < int(status.inner_text().split()[-1]) < int(first.split()[-1])
    page.locator("#walk-keys").uncheck()
    page.reload()
    expect(page.locator("#walk-keys")).not_to_be_checked()
    page.locator("#walk-keys").press("n")
    expect(status).to_have_text("")


def test_the_choice_of_marks_stands_in_the_address(visit: Visit) -> None:
    page = visit("/reports/essex-2021-22-q4")
    page.locator("#show-theme").uncheck()
    page.get_by_role("button", name="Keep in the address").click()
    assert "marks=chosen" in page.url
    assert "show=theme" not in page.url
    expect(page.locator("#show-theme")).not_to_be_checked()
    rests = page.locator(".gt-words .gt-mark--theme").first.evaluate("e => getComputedStyle(e).textDecorationLine")
    assert rests == "none"
