"""Periods: which words name one, and the days it covers."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.mentions.periods import days_between, find_periods, frames, resolve_period
from graph.model import Quarter

Q4 = Quarter(2021, 4)
THIS = (date(2022, 1, 1), date(2022, 3, 31))
LAST_YEARS = (date(2021, 1, 1), date(2021, 3, 31))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It opened on 18 March 2022.", ["18 March 2022"]),
        ("The days were 8 and 9 March.", ["8 and 9 March"]),
        ("It ran between February 17 and 21 there.", ["February 17 and 21"]),
        ("The figure (as of 18 March 2022) rose.", ["as of 18 March 2022"]),
        ("In Q4 of 2021/22 and Q3.", ["Q4 of 2021/22", "Q3"]),
        ("Over the last six months and this quarter.", ["last six months", "this quarter"]),
        ("In the same quarter the previous year.", ["same quarter the previous year"]),
        ("In the 12 months to September 2023.", ["the 12 months to September 2023"]),
        ("It came in 2018, not in May.", ["2018", "May"]),
        ("By 31/03/2022 at 9.30am.", ["By 31/03/2022", "9.30am"]),
        ("It is open 24 hours a day.", ["24 hours a day"]),
        ("In the same months of 2022.", ["same months of 2022"]),
        ("Before nine o'clock.", ["nine o'clock"]),
    ],
)
def test_periods_as_written(text: str, found: list[str]) -> None:
    assert [p.text.removeprefix("By ") for p in find_periods(text)] == [f.removeprefix("By ") for f in found]


@pytest.mark.parametrize(
    "text", ["They may march on.", "There were over 2060 offences.", "Mar a Lago", "12 arrests and 9 calls"]
)
def test_words_that_name_no_period(text: str) -> None:
    assert find_periods(text) == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("18 March 2022", (date(2022, 3, 18), date(2022, 3, 18))),
        ("8 and 9 March", (date(2022, 3, 8), date(2022, 3, 9))),
        ("between 1 January and 31 March 2022", THIS),
        ("31/03/2022", (date(2022, 3, 31), date(2022, 3, 31))),
        ("March 2022", (date(2022, 3, 1), date(2022, 3, 31))),
        ("November", (date(2021, 11, 1), date(2021, 11, 30))),
        ("January to March 2022", THIS),
        ("Q4", THIS),
        ("Q4 of 2021/22", THIS),
        ("Q4 last year", LAST_YEARS),
        ("Q3", (date(2021, 10, 1), date(2021, 12, 31))),
        ("this quarter", THIS),
        ("last quarter", (date(2021, 10, 1), date(2021, 12, 31))),
        ("same quarter the previous year", LAST_YEARS),
        ("same period last year", LAST_YEARS),
        ("same months of 2021", LAST_YEARS),
        ("same three months last year", LAST_YEARS),
        ("2021/2022", (date(2021, 4, 1), date(2022, 3, 31))),
        ("previous year", (date(2020, 4, 1), date(2021, 3, 31))),
        ("2018", (date(2018, 1, 1), date(2018, 12, 31))),
        ("last six months", (date(2021, 10, 1), date(2022, 3, 31))),
        ("12 months to September 2023", (date(2022, 10, 1), date(2023, 9, 30))),
        ("year ending June 2023", (date(2022, 7, 1), date(2023, 6, 30))),
        ("at the end of February 2022", (date(2022, 2, 28), date(2022, 2, 28))),
    ],
)
def test_the_days_a_period_covers(text: str, days: tuple[date, date]) -> None:
    assert resolve_period(text, Q4) == days


@pytest.mark.parametrize(
    "text",
    [
        "since 2019",
        "two months later",
        "a year ago",
        "9.30am",
        "31 February 2022",
        "2021/25",
        "some time",
        "March 0000",
    ],
)
def test_what_the_words_leave_open_is_not_guessed(text: str) -> None:
    assert resolve_period(text, Q4) is None


def test_without_a_quarter_only_full_dates_can_be_told() -> None:
    assert resolve_period("this quarter", None) is None
    assert resolve_period("March", None) is None
    assert resolve_period("Q4 of 2021/22", None) == THIS


@pytest.mark.parametrize(
    ("before", "after", "dates"),
    [
        ("21 arrests over ", " in town", True),
        ("it took over ", "", False),
        ("they meet every ", "", True),
        ("in the ", " to May", True),
        ("jailed for ", "", False),
        ("the highest for ", "", True),
        ("on duty ", " a week", True),
    ],
)
def test_a_length_of_time_that_dates_something_else_is_told_from_one_that_lasted(
    before: str, after: str, *, dates: bool
) -> None:
    assert frames(before, after, 3, "month", attributive=False) is dates


def test_a_quarter_has_its_days() -> None:
    assert days_between(THIS) == 90


@given(st.text(max_size=200) | st.lists(st.sampled_from(
    ["18", "March", "2022", "Q4", "of", "last", "year", "12", "months", "to", "and", "the end of", "2021/22",
    "31/04/2021", "same",
     "quarter", "ago", "30 February", "99", "first", "since", "0000",
     "month"]), max_size=12).map(" ".join))  # fmt: skip
def test_any_text_is_read_without_a_fault(text: str) -> None:
    periods = find_periods(text)
    assert all(text[p.start : p.end] == p.text for p in periods)
    assert all(a.end <= b.start for a, b in pairwise(periods))
    for words in [text, *(p.text for p in periods)]:
        for quarter in (Q4, None):
            days = resolve_period(words, quarter)
            assert days is None or days[0] <= days[1]
