"""A filter's count is the number of rows after the click; nothing found is shown, not hidden."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import Get
from tests.webapp.html import Page
from webapp.presenters.facets import Described, Facet, Value, matching, shown


def described() -> dict[str, Described]:
    one, two = Described(), Described()
    one.say("item/1", "theme", "vawg")
    one.say("item/1", "lpa", "west")
    one.say("item/2", "lpa", "north")
    two.say("item/3", "theme", "vawg")
    two.say("item/3", "lpa", "north")
    one.say_whole("partners", "any")
    two.say_whole("partners", "none")
    return {"one": one, "two": two}


def test_filters_must_be_met_by_one_sentence() -> None:
    assert matching(described(), {"theme": ["vawg"], "lpa": ["north"]}) == ["two"]
    assert matching(described(), {"theme": ["vawg"], "lpa": ["west"]}) == ["one"]


def test_several_values_of_one_filter_are_alternatives() -> None:
    assert matching(described(), {"theme": ["vawg"], "lpa": ["north", "west"]}) == ["one", "two"]


def test_a_thing_that_no_item_speaks_of_is_there_while_nothing_is_chosen() -> None:
    things = {**described(), "silent": Described()}
    assert matching(things, {}) == ["one", "two", "silent"]
    assert matching(things, {"lpa": ["west"]}) == ["one"]


def test_counts_are_what_a_click_would_leave_and_zero_stays() -> None:
    areas = Facet("lpa", "Area", (Value("west", "West"), Value("north", "North"), Value("south", "South")))
    partners = Facet("partners", "Partners", (Value("any", "Any"), Value("none", "None")))
    area, whole = shown([areas, partners], described(), {"theme": ["vawg"], "partners": ["any"]}, ["partners"])
    assert [(o.key, o.count) for o in area.options] == [("west", 1), ("north", 0), ("south", 0)]
    assert [(o.key, o.count) for o in whole.options] == [("any", 1), ("none", 1)]


def counts(page: Page) -> list[tuple[str, str, int]]:
    """The unchosen boxes of the filter: name, value, count."""
    boxes = [e for e in page.all("input") if e.attributes.get("type") == "checkbox"]
    numbers = [int(e.words) for e in page.of_class("gt-check__count")]
    return [(b.attributes["name"] or "", b.attributes["value"] or "", n) for b, n in zip(boxes, numbers, strict=True)]


LISTS = ["/operations?", "/operations?theme=vawg&", "/partners?", "/partners?lpa=essex-west&"]


@pytest.mark.parametrize("address", LISTS)
def test_every_count_on_the_page_is_the_number_of_rows_after_the_click(get: Get, address: str) -> None:
    chosen = set(re.findall(r"(\w+)=", address))
    tried = [(name, value, n) for name, value, n in counts(get(address)) if name not in chosen]
    assert len(tried) > 15
    for name, value, n in tried:
        after = get(f"{address}{name}={value}").of_class("gt-summary__count")[0].words
        assert int(after.split()[0]) == n, (name, value)


def test_options_of_a_select_carry_true_counts_too(get: Get) -> None:
    options = [e for e in get("/operations").all("option") if e.attributes.get("value")]
    for option in options[::9]:
        found = re.search(r"\((\d+)\)$", option.words)
        assert found
        name = "district" if (option.attributes["value"] or "").startswith("E0") else "theme"
        after = get(f"/operations?{name}={option.attributes['value']}").of_class("gt-summary__count")[0].words
        assert int(after.split()[0]) == int(found[1])


def test_chips_take_one_value_away(get: Get) -> None:
    page = get("/operations?theme=vawg&lpa=essex-west&lpa=essex-south&page=1")
    chips = {e.words: e.attributes["href"] for e in page.of_class("gt-chip")}
    assert chips["Remove Local Policing Area: West ×"] == "/operations?theme=vawg&lpa=essex-south"
    assert chips["Remove Theme: Violence against women and girls ×"] == "/operations?lpa=essex-west&lpa=essex-south"


def test_unknown_value_of_a_filter_finds_nothing_and_says_so(get: Get) -> None:
    page = get("/operations?lpa=nowhere")
    assert "0 operations" in page.words
    assert "nowhere" in page.of_class("gt-chip")[0].words


def test_htmx_gets_the_part_that_changes(client: FlaskClient) -> None:
    answer = client.get("/operations?theme=vawg", headers={"HX-Request": "true"})
    body = answer.get_data(as_text=True)
    assert body.lstrip().startswith('<div class="gt-work" id="work">')
    assert "<html" not in body
    assert "HX-Request" in answer.headers["Vary"]
    restored = client.get("/operations", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in restored.get_data(as_text=True)


def test_sorting_by_evidence_puts_the_most_first_and_can_be_turned(get: Get) -> None:
    def numbers(address: str) -> list[int]:
        return [int(row.words.rsplit(" Read", 1)[0].split()[-1]) for row in get(address).table_rows()[0]]

    most_first = numbers("/operations?sort=-evidence")
    assert most_first == sorted(most_first, reverse=True)
    fewest_first = numbers("/operations?sort=evidence")
    assert fewest_first == sorted(fewest_first)


def test_long_lists_are_cut_into_pages_that_join_up(get: Get) -> None:
    first, second = get("/partners").table_rows()[0], get("/partners?page=2").table_rows()[0]
    assert len(first) == 25
    assert not {row.words for row in first} & {row.words for row in second}
    assert get("/partners?page=999").of_class("gt-pager")
