"""Pages of things: what an operation, a partner, a promise, an area, a theme and a measure are told by."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient
from rdflib import URIRef

from tests.webapp.conftest import Get
from tests.webapp.html import Element, Page
from webapp.presenters.company import company
from webapp.presenters.glossary import short_forms
from webapp.presenters.operations import operations
from webapp.presenters.partners import Partner, involvement, partners
from webapp.presenters.related import WORDS, related
from webapp.presenters.standing import CONTINUING, FIRST, MISSING, NEW, standings
from webapp.store import view


def section(page: Page, anchor: str) -> str:
    """The words of the section under the heading with that id."""
    return next(e.words for e in page.all("section") if e.attributes.get("aria-labelledby") == anchor)


def test_related_operations_say_what_is_shared_and_where(get: Get, app: Flask) -> None:
    page = get("/operations/irish-lion")
    words = section(page, "related")
    assert "Related because" in words
    assert "both tackle" in words
    with app.test_request_context():
        lion = operations(view())["irish-lion"]
        for other in related(view(), lion).shown:
            assert other.operation.href in page.links
            for path in other.paths:
                assert path.words in WORDS.values()
                for shared in path.shared:
                    assert {shared.thing.href, shared.here.href, shared.there.href} <= set(page.links)


def test_what_all_operations_share_relates_none_and_rare_things_count_most(app: Flask) -> None:
    with app.test_request_context():
        known = operations(view())
        generic = {p.label for p in partners(view()).values() if p.generic}
        told = [(o, other) for o in known.values() for other in related(view(), o).shown]
        assert told
        for operation, other in told:
            assert other.weight > 0
            for path in other.paths:
                for shared in path.shared:
                    having = [o for o in known.values() if any(x.href == shared.thing.href for x in o.links_to())]
                    assert 1 < len(having) < len(known), (operation.label, shared)
                    assert shared.thing.label not in generic
        weights = [other.weight for other in related(view(), known["irish-lion"]).shown]
        assert weights == sorted(weights, reverse=True)


def test_what_reports_say_of_a_partner_is_told_in_good_english() -> None:
    words = {
        (0, 0): "No report names it.",
        (0, 1): "Named in 1 evidence item, which does not show it working with the police.",
        (0, 2): "Named in 2 evidence items, none of which shows it working with the police.",
        (1, 0): "Works with the police in 1 evidence item.",
        (3, 1): "Works with the police in 3 evidence items. Another item only names it.",
        (1, 4): "Works with the police in 1 evidence item. Another 4 items only name it.",
    }
    for (acting, named), said in words.items():
        items = {str(n) for n in range(acting + named)}
        partner = Partner(iri=URIRef("x"), label="X", unreviewed=False, types=(), generic=False, district=None)
        partner.items, partner.acting = items, {str(n) for n in range(acting)}
        assert partner.told == said


def test_a_partner_s_table_leads_to_the_evidence_of_each_cell(get: Get, app: Flask) -> None:
    with app.test_request_context():
        _, rows = involvement(view(), partners(view())["special-constabulary"])
        cells = [(cell.href, cell.items) for row in rows for cell in row.cells if cell.items]
    page = get("/partners/special-constabulary")
    assert len(cells) > 3
    for href, items in cells:
        assert href in page.links
        narrowed = get(href.split("#")[0])
        assert len(narrowed.of_class("gt-item")) >= items, href
        assert "Show all" in section(narrowed, "evidence")


def test_a_cell_that_is_none_is_not_found(client: FlaskClient) -> None:
    assert client.get("/partners/special-constabulary?lpa=nowhere-at-all").status_code == 404


def test_company_in_a_short_sentence_is_closer_than_in_a_list(app: Flask) -> None:
    with app.test_request_context():
        known = partners(view())
        pastors = company(view(), known["street-pastors"])
        first, last = pastors.shown[0], pastors.shown[-1]
        assert first.closeness > last.closeness
        assert not any(known[c.partner.href.rsplit("/", 1)[-1]].generic for c in pastors.shown if c.partner.href)


def test_standing_is_told_against_the_report_before(small_site: Flask) -> None:
    with small_site.test_request_context():
        every = {item for operation in operations(view()).values() for item in operation.items}
        earlier = {item for item in every if "/essex-2022-23-q1/" in item}
        later = {item for item in every if "/essex-2022-23-q2/" in item}
        assert earlier
        assert later
        told = {
            name: [(s.quarter, s.word) for s in standings(view(), items)]
            for name, items in {"both": earlier | later, "earlier": earlier, "later": later, "none": set()}.items()
        }
    # The newest stands first; a report of another force does not count.
    assert told == {
        "both": [("2022-23 Q2", CONTINUING), ("2022-23 Q1", FIRST)],
        "earlier": [("2022-23 Q2", MISSING), ("2022-23 Q1", FIRST)],
        "later": [("2022-23 Q2", NEW), ("2022-23 Q1", MISSING)],
        "none": [],
    }


def test_a_commitment_gives_its_figures_its_checks_and_its_neighbours(get: Get) -> None:
    page = get("/commitments/1.3")
    assert "calculated again" in section(page, "figures")
    assert any(re.fullmatch(r"/reports/essex-2021-22-q4\?span=\d+-\d+#item-\d+", link) for link in page.links)
    assert any(link.startswith("/audit?item=") for link in page.links)
    assert "/commitments/essex-1.2" in page.links
    assert get("/commitments/essex-1.1").of_class("gt-steps")[0].words.startswith("1.2")


def test_a_measure_gives_each_value_with_its_sentence_and_unit(get: Get, client: FlaskClient) -> None:
    page = get("/measures/answer-time-101")
    assert page.all("h1")[0].words == "Average time to answer 101 calls"
    assert "Lower is better" in page.words
    for words in ("second", "Force-wide", "Item 41", "Does not add up", "Changes and targets"):
        assert words in page.words
    assert "/commitments/essex-1.3" in page.links
    assert client.get("/measures/no-such-measure").status_code == 404
    assert "No report read so far gives a value" in get("/measures/abandonment-101").words


def test_a_theme_tells_how_each_operation_is_known_to_tackle_it(get: Get) -> None:
    words = get("/themes/vawg").words
    assert "said outright" in words
    assert "by a narrower theme" in words


def test_a_long_page_of_evidence_is_cut_into_pages_that_hold_it_all(get: Get) -> None:
    first = get("/areas/essex")
    total = int(re.search(r"Evidence (\d+) items", first.words)[1])  # type: ignore[index]  # a miss fails the test
    pages = {int(found[1]) for link in first.links if (found := re.search(r"\?page=(\d+)#evidence", link))}
    assert sum(len(get(f"/areas/essex?page={n}").of_class("gt-item")) for n in range(1, max(pages) + 1)) == total


def test_the_reader_gives_each_figure_s_checks_in_the_margin(get: Get, client: FlaskClient) -> None:
    page = get("/reports/essex-2021-22-q4")
    margin = next(e for e in page.all("article") if e.attributes.get("id") == "item-41").words
    assert "30.7% ✗ Does not add up" in margin
    assert "more stated, with nothing to check them by" in margin
    chosen = get("/reports/essex-2021-22-q4?marks=chosen&show=partner")
    ticked = [e.attributes["value"] for e in chosen.all("input") if e.attributes.get("name") == "show"]
    assert len(ticked) == 6
    assert [
        e.attributes["value"]
        for e in chosen.all("input")
        if e.attributes.get("name") == "show" and "checked" in e.attributes
    ] == ["partner"]
    assert client.get("/reports/essex-2021-22-q4?marks=chosen&show=nothing").status_code == 400


def test_the_glossary_explains_short_forms_with_their_sources_and_the_words_of_the_pages(get: Get) -> None:
    pages = {part: get(f"/glossary{part}") for part in ("", "/words", "/verdicts")}
    for anchor, words in {
        "abbreviation-lpa": "LPA Local Policing Area: One of the parts into which a force divides its territory",
        "abbreviation-vawg": "VAWG violence against women and girls:",
        "abbreviation-da": "Domestic Abuse Act 2021",
        "abbreviation-msg": "MSG Most Similar Group:",
        "term-EvidenceItem": "Evidence item",
        "verdict-disagrees": "Does not add up",
    }.items():
        entry = next(e for page in pages.values() for e in page.all("div") if e.attributes.get("id") == anchor)
        assert words in entry.words, anchor
    assert "/glossary/words" in pages[""].links
    assert "/glossary" in get("/help").links
    get("/glossary/none-such", status=404)


def test_short_forms_are_explained_below_the_sentences_that_use_them(get: Get, app: Flask) -> None:
    below = get("/partners/street-pastors").of_class("gt-short")[0]
    assert "LPSU Local Policing Support Unit" in below.words
    assert "gt-short" in {c for e in get("/reports/essex-2021-22-q4").all("div") for c in _classes(e)}
    with app.test_request_context():
        found = {entry.word for entry in short_forms(view(), ["The CPTs met NIGHTSHADE teams of an lpa; ASB fell."])}
    assert found == {"ASB", "CPT"}


def _classes(element: Element) -> list[str]:
    return (element.attributes.get("class") or "").split()


def test_help_gives_six_questions_that_have_rows_and_every_key(get: Get) -> None:
    page = get("/help")
    stops = page.of_class("gt-tour__question")
    assert len(stops) == 6
    for stop in stops:
        assert int(re.search(r"(\d[\d,]*) rows?", stop.words)[1].replace(",", "")) > 0  # type: ignore[index]  # a miss fails
    for link in page.links:
        if link.startswith("/questions/"):
            get(link)
    keys = page.table_rows()[0]
    assert [row.words for row in keys if row.words.startswith("n, p")]
