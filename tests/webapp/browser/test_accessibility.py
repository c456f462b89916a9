"""axe finds nothing, in light and dark; the keyboard reaches everything; nothing runs off a narrow window."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from graph import queries
from tests.webapp.browser.conftest import Visit
from tests.webapp.html import Page as Crawled
from tests.webapp.routes import route_pages

COUNTS = queries.examples()["evidence-by-district"].sparql
PAGES = [
    "/",
    "/operations",
    "/operations?partners=any&theme=vawg",
    "/operations?view=map",
    "/partners?view=network",
    "/measures",
    "/measures?checks=fail&view=trend",
    "/evidence?q=special",
    "/operations/vinka",
    "/partners",
    "/partners/special-constabulary",
    "/commitments",
    "/commitments/1.2",
    "/areas",
    "/areas/essex-west",
    "/areas/E07000068",
    "/map?count=operations",
    "/network",
    "/network?thing=operation/vinka&hops=2",
    "/network?thing=operation/vinka&to=partner/street-pastors",
    "/themes",
    "/themes/vawg",
    "/reports",
    "/reports/essex-2021-22-q4#item-17",
    "/questions",
    "/questions/partner-operations-by-lpa",
    "/questions/commitment-coverage",
    "/sparql",
    "/sparql?question=operations",
    f"/sparql?query={quote(COUNTS)}&view=chart",
    f"/sparql?query={quote(COUNTS)}&view=map",
    f"/sparql?query={quote(COUNTS)}&view=links",
    "/search?q=south",
    "/about",
    "/how-well-it-reads",
    "/accessibility",
    "/help",
    "/glossary",
    "/measures/answer-time-101",
    "/id/operation/vinka.html",
    "/id/report/essex-2021-22-q4/item/17.html",
    "/id/basis/cue?page=2",
    "/ns",
    "/ns/PartnershipOperation",
    "/ns/evidences",
    "/shapes",
    "/data",
    "/nothing",
]


@pytest.fixture(scope="module")
def addresses(app: Flask, site: dict[str, Crawled | None]) -> list[str]:
    """The pages above, and one of each route that the crawl reached: new routes are looked at by themselves."""
    return sorted({*PAGES, *route_pages(app, site)})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_route(page: Page, address: str, addresses: list[str], scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    found = []
    for path in addresses:
        page.goto(address + path)
        found += [
            f"{path} {violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in Axe().run(page).response["violations"]
            for node in violation["nodes"]
        ]
    assert found == []


def test_no_route_is_wider_than_a_window_of_320_pixels(visit: Visit, addresses: list[str], watched: list[str]) -> None:
    # So is a window of 1280 pixels at 400 % zoom (WCAG 2.2, 1.4.10).
    page = visit("/about")
    page.set_viewport_size({"width": 320, "height": 800})
    wide = {}
    for path in addresses:
        visit(path)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[path] = width
    # The browser reports the page that is not there; that is the page this asks for.
    watched[:] = [w for w in watched if "404" not in w]
    assert wide == {}


def test_tables_that_are_read_across_fit_the_window(visit: Visit) -> None:
    page = visit("/about")
    looked_at = {
        1200: [
            *("/operations", "/partners", "/commitments", "/measures", "/evidence"),
            *("/partners/special-constabulary", "/questions/partner-operations-by-lpa"),
        ],
        390: ["/partners/special-constabulary", "/map"],
    }
    # On a telephone lists scroll; a table of promises by area is short enough to be seen whole.
    tables = {1200: "table", 390: ".gt-matrix, .gt-heat:not(.gt-heat--upright)"}
    for width, paths in looked_at.items():
        page.set_viewport_size({"width": width, "height": 900})
        for path in paths:
            visit(path)
            page.evaluate("document.fonts.ready")
            found = page.locator(f".gt-scroll:has({tables[width]})")
            assert found.count(), path
            for table in found.all():
                over = table.evaluate("e => e.scrollWidth - e.clientWidth")
                assert over <= 1, (width, path, table.get_attribute("aria-label"), over)


def test_what_the_search_box_asks_for_can_be_read_at_every_width(visit: Visit) -> None:
    page = visit("/about")
    page.evaluate("document.fonts.ready")
    for width in (320, 390, 768, 1180, 1181, 1200, 1300, 1301, 1460, 1461, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        needed, room = page.locator("#find").evaluate(
            "e => { const s = getComputedStyle(e), c = document.createElement('canvas').getContext('2d');"
            " c.font = s.font;"
            # The box of a search has a cross to empty it, which takes its room whether or not it is shown.
            " return [c.measureText(e.placeholder).width + parseFloat(s.fontSize),"
            " e.clientWidth - parseFloat(s.paddingLeft) - parseFloat(s.paddingRight)]; }"
        )
        assert needed <= room, width


def test_forced_colours_keep_marks_and_rings_apart_from_the_ground(visit: Visit) -> None:
    page = visit("/search?q=op+vinka")
    page.emulate_media(forced_colors="active")
    found = page.locator(".gt-found").first
    ground = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert found.evaluate("e => getComputedStyle(e).backgroundColor") != ground
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def focused(page: Page) -> str:
    """The words of what has the focus, or its label."""
    words: str = page.evaluate(
        "() => { const e = document.activeElement;"
        " return (e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.innerText || '').trim(); }"
    )
    return words.split("\n", maxsplit=1)[0]


def tab_until(page: Page, words: str, most: int = 60) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            return
    pytest.fail(f"{most} Tabs do not reach {words!r}")


def test_keyboard_alone_leads_from_question_to_sentence(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to main content"
    page.keyboard.press("Enter")
    tab_until(page, "Theme")
    tab_until(page, "Ask")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("rows")
    tab_until(page, "Read the sentence", most=90)
    page.keyboard.press("Enter")
    expect(page.locator(".gt-line--item:target")).to_be_in_viewport()


def test_what_has_the_focus_is_ringed(visit: Visit) -> None:
    page = visit("/operations")
    seen = set()
    for _ in range(24):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle !== 'none' && s.outlineWidth !== '0px', s.boxShadow !== 'none'].join(); }"
        )
        seen.add(style)
    assert "false,false" not in seen


def test_focus_stays_where_it_was_when_a_filter_answers(visit: Visit) -> None:
    page = visit("/operations")
    box = page.locator("#filter-lpa-essex-west")
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).not_to_have_text("24 operations")
    expect(page.locator("#filter-lpa-essex-west")).to_be_focused()


def test_filtering_with_scripts_asks_once_and_leaves_empty_fields_out(visit: Visit) -> None:
    page = visit("/operations")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#filter-lpa-essex-west").check()
    expect(page.get_by_role("status")).not_to_have_text("24 operations")
    pages = [url.split("/", 3)[3] for url in asked if "/static/" not in url]
    assert pages == ["operations?lpa=essex-west"]
    assert page.url.endswith("/operations?lpa=essex-west")


def test_words_typed_into_the_filter_are_asked_once(visit: Visit) -> None:
    page = visit("/operations")
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.locator("#filter-q").fill("vinka")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 operation")
    page.wait_for_load_state("networkidle")
    assert [url.split("/", 3)[3] for url in asked if "/static/" not in url] == ["operations?q=vinka"]


def test_printed_page_is_light_and_keeps_the_matter_alone(visit: Visit) -> None:
    page = visit("/reports/essex-2021-22-q4")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("banner")).not_to_be_visible()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("#item-17")).to_be_visible()
    assert len(page.pdf()) > 20_000
