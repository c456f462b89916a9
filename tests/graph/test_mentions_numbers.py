"""Amounts: every way of writing a value and its unit, and what is no amount at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.mentions.numbers import ONES, TENS, number_of, read_amounts


def amounts(text: str) -> list[tuple[str, float, str]]:
    return [(text[a.start : a.end], a.value, a.unit) for a in read_amounts(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("33,750", 33750, "count"),
        ("12.5", 12.5, "count"),
        ("3 million", 3_000_000, "count"),
        ("12k", 12_000, "count"),
        ("twenty-two", 22, "count"),
        ("two hundred and five", 205, "count"),
        ("twelve thousand", 12_000, "count"),
        ("half a million", 500_000, "count"),
        ("a dozen", 12, "count"),
        ("half a dozen", 6, "count"),
        ("87.9%", 87.9, "percent"),
        ("6 per cent", 6, "percent"),
        ("twenty-five per cent", 25, "percent"),
        ("-12.8%", -12.8, "percent"),
        ("+4%", 4, "percent"),
        ("2.3 percentage points", 2.3, "percentage-point"),
        ("1.9ppts", 1.9, "percentage-point"),
        ("5% points", 5, "percentage-point"),
        ("£25,733", 25733, "GBP"),
        ("£1.2m", 1_200_000, "GBP"),
        ("£86k", 86_000, "GBP"),
        ("£2.35 million", 2_350_000, "GBP"),
        ("£3bn", 3_000_000_000, "GBP"),
        ("2 mins 43 seconds", 163, "second"),
        ("3m 05s", 185, "second"),
        ("1 hour 20 minutes", 4800, "second"),
        ("00:02:43", 163, "second"),
        ("41 mins", 2460, "second"),
        ("9 secs", 9, "second"),
        ("48 hours", 48, "hour"),
        ("4.2 days", 4.2, "day"),
        ("1.4kg", 1.4, "kilogram"),
        ("one in five", 0.2, "ratio"),
        ("1 in 4", 0.25, "ratio"),
        ("nine out of ten", 0.9, "ratio"),
        ("two thirds", 0.667, "ratio"),
        ("three-quarters", 0.75, "ratio"),
        ("a third", 0.333, "ratio"),
        ("half", 0.5, "ratio"),
        ("eight-week", 8, "week"),
        ("30-minute", 1800, "second"),
        ("two and a half minutes", 150, "second"),
        ("seven-and-a-half-year", 7.5, "year"),
        ("three and a half per cent", 3.5, "percent"),
        ("half an hour", 0.5, "hour"),
        ("doubled", 2, "ratio"),
        ("halved", 0.5, "ratio"),
    ],
)
def test_an_amount_is_its_value_and_unit(text: str, value: float, unit: str) -> None:
    assert amounts(f"about {text}, then") == [(text, value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "A12", "M25", "4Vs", "4P", "B1010", "COVID-19", "24/7", "2021/22", "42/10987/23", "1.5.2", "3rd", "0800",
        "1980s", "#17",
        "14-year-old", "two-way", "five- to ten-mile", "third instalment",
        "a third instalment", "half-term", "one-to-one",
    ],
)  # fmt: skip
def test_what_is_no_amount(text: str) -> None:
    assert amounts(f"the {text} began") == []


def test_two_counts_are_not_a_ratio() -> None:
    assert amounts("87 out of 112 actions") == [("87", 87, "count"), ("112", 112, "count")]


def test_a_range_shares_the_unit_of_its_end() -> None:
    assert amounts("5-10%") == [("5", 5, "percent"), ("10%", 10, "percent")]
    assert amounts("between two and three minutes") == [("two", 120, "second"), ("three minutes", 180, "second")]
    assert amounts("12 arrests and 5% more") == [("12", 12, "count"), ("5%", 5, "percent")]


def test_minutes_and_the_seconds_of_another_clause_stay_apart() -> None:
    assert [a[1] for a in amounts("11 minutes, 40 seconds quicker")] == [660, 40]


def test_a_number_and_its_unit_may_stand_on_two_lines() -> None:
    assert [a[1:] for a in amounts("some 40\n   seconds, £2\n  million and 9\n  per cent")] == [
        (40, "second"), (2_000_000, "GBP"), (9, "percent"),
    ]  # fmt: skip


def test_points_are_percentage_points_beside_a_percentage_alone() -> None:
    assert [a[1:] for a in amounts("from 13.1% to 14.6%, a rise of 1.5 points")][-1] == (1.5, "percentage-point")
    assert amounts("three points on his licence and a 5% surcharge")[0] == ("three", 3, "count")
    assert amounts("won by two points") == [("two", 2, "count")]


def test_a_singular_unit_before_its_noun_is_attributive() -> None:
    assert [a.attributive for a in read_amounts("a 12 month project, 12 months, one month")] == [True, False, False]


@given(st.integers(1, 99))
def test_every_small_number_can_be_spelled(number: int) -> None:
    names = {value: word for word, value in (ONES | TENS).items()}
    words = names.get(number) or f"{names[number - number % 10]}-{names[number % 10]}"
    assert number_of(words) == number
    assert amounts(words) == [(words, number, "count")]


@given(st.text(alphabet="0123456789,.%£-+ abchimnorstu()/:\n", max_size=120))
def test_amounts_are_sorted_and_slice_back(text: str) -> None:
    found = read_amounts(text)
    assert all(0 <= a.start < a.end <= len(text) for a in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
