"""A filter's count is the number of rows after the click; nothing found is shown, not hidden."""

from __future__ import annotations

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
