"""The numbers that promises bind a force to."""

from __future__ import annotations

import pytest

from graph.mentions.promises import find_targets
from graph.model import Commitment, Span
from tests.reports import item


def targets(words: str) -> list[tuple[float, str, str]]:
    promise = Commitment("1.1", 1, words, Span(100, 100 + len(words), words))
    found = find_targets([promise])
    for target in found:
        start, end = (place - 100 for place in target.clause)
        assert words[start:end] == target.text
        assert start <= target.start - 100 < target.end - 100 <= end
    return [(t.value, t.unit, t.text) for t in found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Grow, doubling the Specials, and more.", [(2, "ratio", "doubling the Specials")]),
        ("Recruit 40 officers by 2024.", [(40, "count", "Recruit 40 officers by 2024")]),
        ("Work hard; reduce burglary by 10%.", [(10, "percent", "reduce burglary by 10%")]),
        ("Put an additional 30 officers there, and listen.", [(30, "count", "Put an additional 30 officers there")]),
        ("Halve the delay.", [(0.5, "ratio", "Halve the delay")]),
        ("Treble the cadets.", [(3, "ratio", "Treble the cadets")]),
        ("Raise charges from 6% to 9%.", [(9, "percent", "Raise charges from 6% to 9%")]),
        ("Cut waits to 12 minutes.", [(720, "second", "Cut waits to 12 minutes")]),
        ("Invest £2m in cameras.", [(2_000_000, "GBP", "Invest £2m in cameras")]),
        ("Keep at least 3,000 officers.", [(3000, "count", "Keep at least 3,000 officers")]),
    ],
)
def test_a_number_to_be_reached_is_a_target_with_its_clause(words: str, expected: list[tuple[float, str, str]]) -> None:
    assert targets(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "Answer every call.",
        "Work with all 14 councils to tackle the 5 most common crimes.",
        "Act through our 3 areas.",
        "Be there 24 hours a day, seven days a week.",
        "Improve the 101 service and answer 999 calls.",
    ],
)
def test_a_number_that_tells_how_things_are_is_no_target(words: str) -> None:
    assert targets(words) == []


def test_a_target_is_quoted_from_the_stored_text() -> None:
    found = item("We did.", promise="Grow the family,\ndoubling the Specials.")
    (target,) = found.targets
    assert found.report.document.text[slice(*target.clause)] == target.text
    assert (target.commitment, target.value, target.what) == ("1.1", 2, "Specials")
