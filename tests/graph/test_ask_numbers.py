"""Questions for numbers that reports state: which number is meant, where it is highest, which way it went, if right."""

from __future__ import annotations

import pytest

from graph import build
from graph.ask import Answer, Known, answer, know
from graph.stores.oxigraph import OxigraphStore
from tests.reports import reading

REPORT = """Police and Crime Plan
Quarterly Update 2022/23 Q4
Essex Police

Priority 1 - Nights

We will:

Keep nights safe.

North LPA

- The Hate Crime Officer safeguarded 40 victims of hate crime and referred 11 people to Victim Support.

South LPA

- The Hate Crime Officer safeguarded 22 victims of hate crime.

West LPA

- The Hate Crime Officer safeguarded 31 victims of hate crime.
- The number of Volunteer Police Cadets increased by 30 to 150.
- Nail bars were visited in Harlow during Operation LANTERN.

Force-wide

- The number of 999 calls came to 70,000: 25,000 in January, 21,000 in February and 23,000 in March.
- The average time to answer 101 calls was 4 minutes 10 seconds, compared with 5 minutes 50 seconds in Q3.
- There were 44 e-scooters seized; six e-scooters were involved in collisions.
- The Roads Policing team made 60 arrests for drink driving.
"""


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    return build.in_memory([reading(REPORT)])


@pytest.fixture(scope="module")
def known(store: OxigraphStore) -> Known:
    return know(store)


def labels(given: Answer) -> list[str]:
    return [cell.label for row in given.rows if (cell := row.cells[given.columns[0]])]


def test_whether_a_figure_is_right_is_told_by_what_was_calculated(store: OxigraphStore, known: Known) -> None:
    # 25,000, 21,000 and 23,000 make 69,000.
    for question, value in (
        ("does the 999 total add up", False),
        ("is the 999 total wrong", True),
        ("do the 999 figures hold up", False),
    ):
        given = answer(store, question, known)
        assert (given.status, given.kind, given.value) == ("answered", "boolean", value), question
        assert {e.label.rsplit(" ", 1)[-1] for row in given.rows for e in row.evidence} == {"6"}
        assert "1 of 1 numbers" in given.reading
    # Nothing was calculated of these arrests, so they are neither right nor wrong.
    assert answer(store, "is the number of arrests for drink driving right", known).kind != "boolean"


def test_the_area_with_the_highest_number_is_found_by_the_numbers(store: OxigraphStore, known: Known) -> None:
    for question, area in (("most", "North"), ("highest number of", "North"), ("fewest", "South")):
        given = answer(store, f"which LPA safeguarded the {question} hate crime victims", known)
        assert labels(given) == [f"{area} Local Policing Area"], question
        assert "of 3." in given.reading
        assert all("victims of hate crime" in e.quote for row in given.rows for e in row.evidence)
    # One number alone is neither the highest nor the lowest.
    assert "Where it is" not in answer(store, "which LPA had the most cadets", known).reading


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("999 calls in March", 23_000),
        ("999 calls in January", 25_000),
        ("e-scooters seized", 44),
        ("how many e-scooters were in collisions", 6),
        ("new cadets this quarter", 30),
        ("how many cadets were recruited", 30),
        ("how many cadets are there in the West", 150),
        ("arrests made for drink driving", 60),
        ("number of hate crime victims safeguarded in the South", 22),
        ("how long until 101 calls are answered", 250),
    ],
)
def test_a_number_is_found_by_what_is_said_of_it(
    store: OxigraphStore, known: Known, question: str, value: float
) -> None:
    given = answer(store, question, known)
    assert (given.status, given.kind, given.value) == ("answered", "number", value), given.reading


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("is the time to answer 101 calls slower than in Q3", False),
        ("are 101 calls answered faster than last quarter", True),
        ("has the time to answer 101 calls improved", True),
        ("has the time to answer 101 calls gone up", False),
        ("did the time to answer 101 calls get longer than in Q3", False),
    ],
)
def test_which_way_a_time_went_is_told_by_its_two_values(
    store: OxigraphStore, known: Known, question: str, *, value: bool
) -> None:
    given = answer(store, question, known)
    assert (given.status, given.kind, given.value) == ("answered", "boolean", value), given.reading
    assert "250 now, 350 before" in given.reading


def test_how_much_apart_two_values_are_is_a_number(store: OxigraphStore, known: Known) -> None:
    given = answer(store, "what is the difference in the time to answer 101 calls from last quarter", known)
    assert (given.kind, given.value) == ("number", 100), given.reading


def test_bars_leave_nothing_out_and_nothing_at_all_asks_for_nothing_of_all(store: OxigraphStore, known: Known) -> None:
    assert labels(answer(store, "operation visiting nail bars", known)) == ["Operation LANTERN"]
    given = answer(store, "is there anything at all about nail bars", known)
    assert (given.kind, given.value) == ("boolean", True), given.reading


def test_what_only_one_scheme_has_is_not_all_there_are() -> None:
    """A word that the best figure's name is narrower than asks which is meant, if another is of it too."""
    several = build.in_memory(
        [
            reading(
                "Plan\nQuarter 4 2022/23\nEssex Police\n\nPriority 1 - Nights\n\nWe will:\n\nKeep nights safe.\n\n"
                "- There are 80 Active Citizen volunteers.\n- There are 340 Volunteer Police Cadets.\n"
                "- Community Speed Watch has 1,130 volunteers.\n"
            )
        ]
    )
    given = answer(several, "how many volunteers", know(several))
    assert given.status == "ambiguous", given.reading
    assert len(given.readings) > 1
