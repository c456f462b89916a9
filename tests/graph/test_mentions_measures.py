"""Measures: the pattern near a number that says which measure it gives a value for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.mentions.measures import MeasurePattern, match_measure
from graph.model import Role

MEASURES = (
    MeasurePattern.of("calls", "Calls", "NUM", ["emergency (999) calls received", "emergency calls"]),
    MeasurePattern.of("hours", "Hours", "http://qudt.org/vocab/unit/HR", ["total of hours work"]),
    MeasurePattern.of("patrol", "Patrol hours", "HR", ["hours of patrol"]),
    MeasurePattern.of("wait-999", "Wait on 999", "SEC", ["999 average answer time"]),
    MeasurePattern.of("wait-101", "Wait on 101", "SEC", ["101 average answer time"]),
    MeasurePattern.of("arrests", "Arrests", "NUM", ["arrests", "arrest of suspects"]),
    MeasurePattern.of("solved", "Solved rate", "PERCENT", ["solved rate"]),
    MeasurePattern.of("daily", "Calls a day", "PER-DAY", ["average of per day"]),
)


def match(
    sentence: str,
    number: str,
    unit: str = "count",
    role: Role = Role.VALUE,
    measures: Sequence[MeasurePattern] = MEASURES,
) -> str:
    start = sentence.index(number)
    return match_measure(sentence, (start, start + len(number)), unit, role, measures)


@pytest.mark.parametrize(
    ("sentence", "number", "unit", "key"),
    [
        ("We had 900 emergency (999) calls.", "900", "count", "calls"),
        ("We had 900 emergency (999) calls received here.", "900", "count", "calls"),
        ("A total of 40 hours work was done.", "40 hours", "hour", "hours"),
        ("They gave 40 hours of town patrol.", "40 hours", "hour", "patrol"),
        ("The 999 average answer time was 9 secs; 101 average answer time was 2 mins.", "9 secs", "second", "wait-999"),
        ("The 999 average answer time was 9 secs; 101 average answer time was 2 mins.", "2 mins", "second", "wait-101"),
        ("This led to the arrest of 19 suspects.", "19", "count", "arrests"),
        ("The solved rate is 14%.", "14%", "percent", "solved"),
        ("That is an average of 236 per day.", "236", "per-day", "daily"),
        ("The ARREST was one of 12.", "12", "count", "arrests"),
        ("Nothing fits 12 here.", "12", "count", ""),
    ],
)
def test_words_in_order_near_the_number_say_the_measure(sentence: str, number: str, unit: str, key: str) -> None:
    assert match(sentence, number, unit) == key


def test_a_measure_of_another_unit_does_not_fit() -> None:
    assert match("The solved rate rose with 14 arrests.", "14", "percent") == "solved"
    assert match("The solved rate is 14.", "14", "count") == ""


def test_a_change_in_per_cent_belongs_to_the_measure_that_changed() -> None:
    assert match("The arrests rose by 5%.", "5%", "percent", Role.CHANGE_PCT) == "arrests"
    assert match("The arrests: 5%.", "5%", "percent", Role.SHARE_PCT) == ""


def test_a_single_word_needs_the_words_of_the_label_beside_it() -> None:
    watch = (MeasurePattern.of("watch", "Community Speed Watch volunteers", "NUM", ["volunteers"]),)
    assert match("There were 7 volunteers.", "7", measures=watch) == ""
    assert match("The Speed Watch has 7 volunteers.", "7", measures=watch) == "watch"


def test_the_more_specific_pattern_wins() -> None:
    general = MeasurePattern.of("general", "Calls", "NUM", ["calls"])
    assert match("We had 9 emergency calls.", "9", measures=(general, *MEASURES)) == "calls"


def test_each_number_takes_the_words_beside_it() -> None:
    dogs = MeasurePattern.of("dogs", "Dogs", "NUM", ["dogs"])
    sentence = "There were 7 arrests and 3 dogs."
    assert (match(sentence, "7", measures=(dogs, *MEASURES)), match(sentence, "3", measures=(dogs, *MEASURES))) == (
        "arrests",
        "dogs",
    )


def test_words_after_the_next_number_are_that_numbers() -> None:
    referred = (MeasurePattern.of("referred", "Victims referred", "NUM", ["referred people to Victim Support"]),)
    sentence = "The officer safeguarded 40 victims of hate crime and referred 11 people to Victim Support."
    assert match(sentence, "40", measures=referred) == ""
    assert match(sentence, "11", measures=referred) == "referred"


@given(
    st.lists(
        st.sampled_from(["arrests", "emergency", "calls", "7", "of", ";", "(", ")", "total", "hours", "work", "."]),
        max_size=30,
    )
)
def test_any_sentence_gives_a_known_key_or_none(words: list[str]) -> None:
    sentence = " ".join([*words, "55", *reversed(words)])
    assert match(sentence, "55") in {"", *(m.key for m in MEASURES)}
