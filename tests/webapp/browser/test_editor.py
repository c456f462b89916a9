"""The query editor in a real browser: typing, completion, faults in place, views, links; and without scripts."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from graph import queries
from tests.webapp.browser.conftest import Visit
from webapp.presenters.editor import opened

PREFIX = "PREFIX gt: <https://w3id.org/golden-thread/ns#>\n"
COUNTS = opened(queries.examples()["evidence-by-district"], queries.examples()["evidence-by-district"].sparql)
WRONG = "SELECT * {\n  ?a ?b ?c .\n  ?d nonsense ?e\n}"


def address_of(query: str, **more: str) -> str:
    return f"/sparql?query={quote(query)}" + "".join(f"&{name}={quote(value)}" for name, value in more.items())


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="SPARQL query")


def write(page: Page, text: str) -> None:
    """Replace what stands in the editor by typing, as a person does."""
    box(page).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def text_of(page: Page) -> str:
    """What the form would send."""
    value: str = page.locator("textarea[name=query]").input_value()
    return value


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def choose(page: Page) -> None:
    """Take the first option. CodeMirror takes no key in the first moment, lest one meant for the text should choose."""
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")


def known_faults_aside(watched: list[str]) -> None:
    """Forget that the browser says of an answer with status 400 that it has one; that answer is asked for here."""
    watched[:] = [line for line in watched if "status of 400" not in line]


def test_typing_and_ctrl_enter_answer_in_place(visit: Visit) -> None:
    page = visit("/sparql")
    page.evaluate("window.stayed = true")
    write(page, PREFIX + "SELECT ?o WHERE { ?o a gt:Operation }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#editor-status")).to_contain_text(re.compile(r"^24 rows in \d"))
    expect(page.get_by_role("cell", name="Operation VINKA")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/sparql\?query=PREFIX"))
    assert page.evaluate("window.stayed") is True
    expect(box(page)).to_be_focused()


def test_back_leads_to_the_query_before(visit: Visit) -> None:
    page = visit(address_of("ASK { ?a ?b ?c }"))
    write(page, "SELECT (1 AS ?one) {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#editor-status")).to_contain_text("1 row")
    page.go_back()
    expect(page.locator("#editor-status")).to_contain_text("Yes")
    expect(box(page)).to_contain_text("ASK")


def test_classes_are_completed_with_counts_and_their_prefix_is_added(visit: Visit) -> None:
    page = visit("/sparql")
    write(page, "SELECT * WHERE { ?o a ")
    expect(options(page).filter(has_text="gt:EvidenceItem")).to_contain_text("134 things")
    page.keyboard.type("gt:Oper")
    expect(options(page).first).to_contain_text("gt:Operation")
    expect(options(page).first).to_contain_text("24 things")
    choose(page)
    assert text_of(page) == PREFIX + "\nSELECT * WHERE { ?o a gt:Operation}"


def test_properties_of_the_class_come_first(visit: Visit) -> None:
    page = visit("/sparql")
    write(page, PREFIX + "SELECT * WHERE { ?i a gt:EvidenceItem ; gt:")
    expect(options(page).first).to_contain_text(re.compile(r"\d uses$"))
    own = options(page).all_inner_texts()
    assert [text for text in own if text.startswith("gt:namesOperation")]
    first_elsewhere = next(n for n, text in enumerate(own) if "elsewhere" in text)
    assert first_elsewhere > 3
    assert any("134 uses" in text for text in own[:first_elsewhere])
    assert all("elsewhere" in text for text in own[first_elsewhere:])


def test_within_a_graph_its_own_classes_are_offered(visit: Visit) -> None:
    page = visit("/sparql")
    write(page, "SELECT * WHERE { GRAPH ")
    expect(options(page).filter(has_text="register")).to_contain_text("triples")
    page.keyboard.type("id:graph\\/themes")
    choose(page)
    page.keyboard.type(" { ?x a ")
    expect(options(page).filter(has_text="gt:Theme")).to_be_visible()
    assert not [text for text in options(page).all_inner_texts() if "EvidenceItem" in text]


def test_things_are_completed_by_name_and_variables_by_letter(visit: Visit) -> None:
    page = visit("/sparql")
    write(page, "SELECT ?item WHERE { ?item ?p VINK")
    expect(options(page).first).to_contain_text("Operation VINKA")
    choose(page)
    assert "id:operation\\/vinka" in text_of(page)
    assert text_of(page).startswith("PREFIX id: <")
    page.keyboard.type(" . ?it")
    expect(options(page).first).to_have_text("?item")


def test_a_fault_is_marked_and_said_while_typing(visit: Visit) -> None:
    page = visit("/sparql")
    write(page, "SELECT ?x WHERE { ?x a ; }")
    expect(page.locator(".cm-lintRange-error")).to_have_text(";")
    expect(page.locator(".cm-lint-marker-error")).to_be_visible()
    expect(page.locator("#editor-fault")).to_have_text("Line 1, column 24: “;” was not expected here")


def test_an_unknown_prefix_is_declared_by_a_button(visit: Visit) -> None:
    page = visit("/sparql")
    write(page, "SELECT ?x WHERE { ?x a skos:Concept }")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add PREFIX skos:").click()
    expect(page.locator("#editor-fault")).to_be_hidden()
    assert text_of(page).startswith("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n")
    expect(box(page)).to_be_focused()


def test_what_the_server_says_is_marked_in_place(visit: Visit, watched: list[str]) -> None:
    page = visit("/sparql")
    write(page, PREFIX + "SELECT * WHERE { ?a ?b ?c }\nINSERT DATA {}")
    page.get_by_role("button", name="Run query").click()
    expect(page.get_by_role("alert")).to_contain_text("INSERT at line 3")
    expect(page.locator("#editor-fault")).to_contain_text(re.compile("line 3, column 1", re.IGNORECASE))
    expect(page.locator("#editor-status")).to_contain_text("No answer")
    known_faults_aside(watched)


def test_tab_leaves_the_editor(visit: Visit) -> None:
    page = visit("/sparql")
    box(page).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run query")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(box(page)).to_be_focused()


def test_views_are_changed_in_place_and_have_addresses(visit: Visit) -> None:
    page = visit(address_of(COUNTS))
    page.get_by_role("link", name="Chart", exact=True).click()
    expect(page).to_have_url(re.compile("view=chart"))
    expect(page.locator(".gt-bars rect").first).to_be_visible()
    expect(page.get_by_role("link", name="Chart", exact=True)).to_be_focused()
    page.get_by_role("main").get_by_role("link", name="Map", exact=True).click()
    expect(page.locator(".gt-tile").filter(has_text="Colchester")).to_be_visible()
    page.get_by_role("link", name="Links", exact=True).click()
    page.get_by_role("navigation", name="Things in the answer").get_by_role("link", name="Brentwood").click()
    expect(page.get_by_role("heading", name="Brentwood")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Brentwood")).to_be_visible()


def test_a_link_is_copied_and_opens_the_same_answer(visit: Visit, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit(address_of(COUNTS, view="chart"))
    page.get_by_text("Share link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/q/[\w-]{40,400}\?view=chart", link)
    page.goto(link)
    expect(page.locator(".gt-bars rect").first).to_be_visible()
    assert text_of(page).rstrip() == COUNTS.rstrip()


def test_own_queries_are_remembered_until_they_are_cleared(visit: Visit) -> None:
    page = visit("/sparql")
    mine = page.get_by_role("heading", name="Your queries")
    expect(mine).to_be_hidden()
    write(page, "# What is one?\nSELECT (1 AS ?one) {")
    page.keyboard.press("Control+Enter")
    expect(mine).to_be_visible()
    visit("/sparql")
    page.get_by_role("button", name="What is one?").click()
    expect(box(page)).to_contain_text("SELECT (1 AS ?one)")
    page.get_by_role("button", name="Clear").click()
    expect(mine).to_be_hidden()
    visit("/sparql")
    expect(mine).to_be_hidden()


def test_a_question_opens_in_the_editor_from_its_page(visit: Visit) -> None:
    page = visit("/questions/operations?theme=vawg")
    page.get_by_text("Show the SPARQL").click()
    page.get_by_role("link", name="Open in the editor").click()
    expect(page.locator(".cm-content")).to_contain_text("# Which operations are there")
    expect(page.locator("#editor-status")).to_contain_text("rows in")
    expect(page.get_by_role("cell", name="Operation VINKA").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_a_query_is_written(visit: Visit, scheme: Any) -> None:
    page = visit("/sparql")
    page.emulate_media(color_scheme=scheme)
    write(page, "SELECT ?x WHERE { ?x a skos:")
    expect(page.locator("#editor-fault")).to_be_visible()
    expect(options(page).first).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [(violation["id"], [node["target"] for node in violation["nodes"]]) for violation in found] == []


@pytest.mark.parametrize("path", [address_of(WRONG), address_of(COUNTS), address_of(COUNTS, view="map")])
def test_nothing_runs_off_a_window_of_320_pixels(visit: Visit, path: str, watched: list[str]) -> None:
    page = visit("/about")
    page.set_viewport_size({"width": 320, "height": 800})
    visit(path)
    expect(box(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    known_faults_aside(watched)


def test_the_link_to_share_stands_within_a_narrow_window(visit: Visit) -> None:
    page = visit("/about")
    page.set_viewport_size({"width": 320, "height": 800})
    visit(address_of(COUNTS))
    page.get_by_text("Share link").click()
    box_ = page.locator(".gt-share__box").bounding_box()
    assert box_
    assert box_["x"] >= 0
    assert box_["x"] + box_["width"] <= 320


class TestWithoutScripts:
    """The form does it all."""

    @pytest.fixture
    def browser_context_args(self, browser_context_args: dict[str, Any]) -> dict[str, Any]:
        return {**browser_context_args, "java_script_enabled": False}

    def test_a_query_is_written_run_and_kept(self, visit: Visit) -> None:
        page = visit("/sparql")
        query = PREFIX + "SELECT ?o WHERE { ?o a gt:Operation }"
        page.get_by_label("SPARQL query").fill(query)
        page.get_by_role("button", name="Run query").click()
        expect(page.get_by_role("cell", name="Operation VINKA")).to_be_visible()
        expect(page.get_by_label("SPARQL query")).to_have_value(query)
        expect(page.locator("#editor-status")).to_contain_text("24 rows in")

    def test_a_fault_is_told_with_its_place(self, visit: Visit, watched: list[str]) -> None:
        page = visit("/sparql")
        page.get_by_label("SPARQL query").fill(WRONG)
        page.get_by_role("button", name="Run query").click()
        expect(page.get_by_role("alert")).to_contain_text("line 3, column 6")
        expect(page.get_by_label("The query around line 3")).to_contain_text("^")
        expect(page.get_by_label("SPARQL query")).to_have_value(WRONG)
        known_faults_aside(watched)

    def test_views_and_links_are_addresses(self, visit: Visit) -> None:
        page = visit(address_of(COUNTS))
        page.get_by_role("main").get_by_role("link", name="Map", exact=True).click()
        expect(page.locator(".gt-tile").filter(has_text="Colchester")).to_be_visible()
        page.get_by_text("Share link").click()
        page.goto(page.get_by_label("Link to this query").input_value())
        expect(page.locator(".gt-tile").filter(has_text="Colchester")).to_be_visible()
