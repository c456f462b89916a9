"""The published report and the bundled restatement of it say the same: items, areas, operations, figures, places.

The expectations were counted by hand in the published report.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.build import sample_reports
from graph.model import Kind, Reading
from tests.reports import read_file

ITEMS = {
    "1.1": {"force": 10, "North": 2, "South": 2, "West": 6},
    "1.2": {"force": 4, "North": 7, "West": 5},
    "1.3": {"force": 9},
    "2.1": {"North": 6, "South": 3, "West": 8},
    "3.1": {"North": 4, "South": 1, "West": 4},
    "4.1": {"force": 9},
    "4.2": {"North": 3, "South": 1, "West": 4},
    "5.1": {"force": 4},
    "5.2": {"force": 2, "North": 3, "South": 1, "West": 2},
    "6.1": {"force": 7},
    "6.2": {"North": 6, "South": 4, "West": 6},
    "7.1": {"force": 11},
}
"""Items under each promise, by area."""

OPERATIONS = {
    "VINKA": {"West"}, "NIGHTSHADE": {"force", "North"}, "IRISH LION": {"West"}, "LOCKDOWN": {"North"},
    "MADAGASCAR": {"North"}, "VIMTO": {"South"}, "RATCHET": {"South"}, "CAESAR": {"West"}, "SENTRY": {"West"},
    "BYSON": {"West"}, "WARREN": {"North"}, "SOTERIA BLUESTONE": {"force"}, "COMPOUND": {"force"}, "AIDANT": {"force"},
    "RUDD": {"North"}, "RAPTOR": {"West"}, "TARANTULA": {"West"}, "LASER BLUE": {"West"}, "BURNS": {"North"},
    "LANDSEAR": {"North"}, "MONACO": {"North"}, "SWEEP": {"South"}, "SPITFIRE": {"West"}, "HENDERSON": {"force"},
}  # fmt: skip
"""Operations and the areas under whose headings they are named."""


@pytest.fixture(scope="session")
def published(shared: Path) -> Reading:
    return read_file(shared / "reports" / "essex-2021-22-q4.txt")


@pytest.fixture(scope="session")
def restated() -> Reading:
    return read_file(sample_reports()[0])


@pytest.fixture(params=["published", "restated"])
def found(request: pytest.FixtureRequest) -> Reading:
    value = request.getfixturevalue(request.param)
    assert isinstance(value, Reading)
    return value


def test_the_cover_says_which_report_it_is(found: Reading) -> None:
    report = found.report
    assert (report.id, report.force_name, report.version, report.produced) == (
        "essex-2021-22-q4", "Essex Police", "1.5", "2022-04",
    )  # fmt: skip
    assert "Performance Analysis Unit, Essex Police" in report.publisher


def test_seven_priorities_make_twelve_promises(found: Reading) -> None:
    assert [p.number for p in found.report.priorities] == [1, 2, 3, 4, 5, 6, 7]
    assert [c.id for c in found.report.commitments] == list(ITEMS)


def test_every_item_stands_under_its_promise_and_area(found: Reading) -> None:
    counted = Counter((i.commitment, i.area.name) for i in found.report.items)
    assert counted == {(c, area): n for c, areas in ITEMS.items() for area, n in areas.items()}
    assert len(found.report.items) == 134


def test_the_outcomes_below_the_last_bullet_are_its_sub_items(found: Reading) -> None:
    assert {i.number: i.parent for i in found.report.items if i.parent} == dict.fromkeys(range(131, 135), 130)


def test_the_items_stand_on_the_pages_that_the_contents_list_gives(found: Reading) -> None:
    pages: dict[int, set[int | None]] = {}
    for item in found.report.items:
        pages.setdefault(item.priority, set()).add(item.page)
    expected = {1: {3, 4, 5, 6, 7}, 2: {8, 9}, 3: {10}, 4: {11, 12}, 5: {13, 14}, 6: {15, 16}, 7: {17}}
    assert pages == expected


def test_exactly_these_operations_are_found_each_in_its_areas(found: Reading) -> None:
    areas: dict[str, set[str]] = {}
    for mention in found.mentions:
        if mention.kind is Kind.OPERATION and mention.item:
            areas.setdefault(mention.name, set()).add(found.report.items[mention.item - 1].area.name)
    assert areas == OPERATIONS


def test_the_one_plural_spelling_is_another_name_of_its_singular(found: Reading) -> None:
    assert found.aliases == {"irish-lion": ("IRISH LIONS",)}


def test_the_restatement_is_divided_as_the_published_report_is(published: Reading, restated: Reading) -> None:
    def divided(reading: Reading) -> list[tuple[object, ...]]:
        return [(i.number, i.commitment, i.area, i.page, i.parent) for i in reading.report.items]

    assert divided(restated) == divided(published)


def by_item(reading: Reading, *kinds: Kind) -> dict[int, set[str]]:
    return {
        i.number: {m.name for m in reading.mentions if m.item == i.number and m.kind in kinds}
        for i in reading.report.items
    }


def test_the_restatement_names_the_same_operations_item_by_item(published: Reading, restated: Reading) -> None:
    assert by_item(restated, Kind.OPERATION) == by_item(published, Kind.OPERATION)


def test_the_restatement_names_the_same_places_item_by_item(published: Reading, restated: Reading) -> None:
    assert by_item(restated, Kind.PLACE, Kind.DISTRICT) == by_item(published, Kind.PLACE, Kind.DISTRICT)


def test_the_restatement_states_the_same_values_item_by_item(published: Reading, restated: Reading) -> None:
    def values(reading: Reading) -> dict[int, list[float]]:
        return {i.number: sorted(f.value for f in reading.figures if f.item == i.number) for i in reading.report.items}

    assert values(restated) == values(published)
