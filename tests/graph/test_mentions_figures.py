"""Figures of items: against gold files (the published report and two invented ones), by rule, and for any text."""

from __future__ import annotations

import csv
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.mentions.figures import find_figures
from graph.mentions.measures import MeasurePattern
from graph.model import FORCE_WIDE, Figure, Item, Quarter, Role

HERE = Path(__file__).resolve().parent
ROLES = dict(zip("vcapsrdt", Role, strict=True))
MARK = re.compile(r"\{([^{}|]+)\|([a-z])(?:\|([^{}|]*))?(?:\|([^{}|]*))?\}")
BULLET = re.compile(r"^ ?- (.*)$", re.MULTILINE)
Q4 = Quarter(2021, 4)
Gold = list[tuple[float, str]]
MEASURES = (
    MeasurePattern.of("burglary", "Burglary offences", "NUM", ["burglary offences", "burglaries"]),
    MeasurePattern.of("wait", "Average wait", "SEC", ["average wait"]),
)


def item(text: str, start: int = 0) -> Item:
    return Item(7, "1.1", 1, FORCE_WIDE, "", None, start, start + len(text), text)


def read(text: str, quarter: Quarter | None = Q4) -> tuple[Figure, ...]:
    return find_figures(item(text), quarter, MEASURES)


def roles(text: str) -> list[tuple[float, str, str]]:
    return [(f.value, f.unit, f.role.value) for f in read(text)]


def marked(name: str) -> Iterator[tuple[str, Gold]]:
    """The items of an invented report with their figures."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            gold = [
                (float(m[3]) if m[3] else float(re.sub(r"[^\d.+-]", "", m[1])), ROLES[m[2]].value)
                for m in MARK.finditer(line)
            ]
            yield MARK.sub(lambda m: m[1], line), gold


def score(items: Iterable[tuple[str, Gold]], quarter: Quarter) -> tuple[float, float, list[str]]:
    """F1 of values within their items, the share of those values with the right role, and what went wrong."""
    right = given_count = wanted = in_role = 0
    faults = []
    for text, marks in items:
        figures = [f for f in find_figures(item(text), quarter, ()) if not f.implied]
        optional = [v for v, role in marks if role == "may"]
        gold = [(v, role) for v, role in marks if role != "may"]
        found = [(round(float(f.value), 3), f.role.value) for f in figures if f.value not in optional]
        right += (Counter(v for v, _ in gold) & Counter(v for v, _ in found)).total()
        in_role += (Counter(gold) & Counter(found)).total()
        given_count, wanted = given_count + len(found), wanted + len(gold)
        if Counter(gold) != Counter(found):
            faults.append(f"{text[:60]}: {Counter(found) - Counter(gold)} for {Counter(gold) - Counter(found)}")
    return 2 * right / (given_count + wanted), in_role / right, faults


@pytest.mark.parametrize(
    ("name", "quarter"),
    [
        ("figures_invented_northmoor.txt", Quarter(2023, 2)),
        ("figures_invented_wessmere.txt", Quarter(2022, 4)),
        ("figures_invented_haverholt.txt", Quarter(2023, 4)),
    ],
)
def test_invented_reports_of_other_forces_are_read(name: str, quarter: Quarter) -> None:
    f1, role_share, faults = score(marked(name), quarter)
    assert f1 >= 0.99, faults
    assert role_share >= 0.97, faults


def test_the_published_report_is_read(shared: Path) -> None:
    text = (shared / "reports" / "essex-2021-22-q4.txt").read_text(encoding="utf-8")
    gold: dict[str, list[tuple[float, str]]] = json.loads((HERE / "figures_gold.json").read_text(encoding="utf-8"))
    items = [(m[1], [(float(v), r) for v, r in gold.get(str(n), [])]) for n, m in enumerate(BULLET.finditer(text), 1)]
    f1, role_share, faults = score(items, Q4)
    assert f1 >= 0.99, faults
    assert role_share >= 0.97, faults


def test_measures_of_the_reference_data_find_their_figures(shared: Path) -> None:
    with (shared / "data" / "metrics.csv").open(encoding="utf-8") as file:
        measures = [
            MeasurePattern.of(r["id"], r["label"], r["unit"], r["patterns"].split(";")) for r in csv.DictReader(file)
        ]
    found = find_figures(
        item("The Special Constabulary headcount is now 480, with 9 student officers due to attest."), Q4, measures
    )
    assert [f.measure for f in found] == ["specials-headcount", "specials-student-officers"]


def test_offsets_are_those_of_the_document() -> None:
    (figure,) = find_figures(item("Cash of £25,733 was seized.", start=400), Q4, ())
    assert (figure.start, figure.end, figure.text, figure.value, figure.unit) == (408, 415, "£25,733", 25733, "GBP")
    assert figure.item == 7


@pytest.mark.parametrize(
    "text",
    [
        "Callers may use 101 or 999, or ring 101 (not 999).",
        "The 999 average answer time improved.",
        "Since 18 March 2022, in Q4 of 2021/22, on 8 and 9 April, in September 2018 and over the last 12 months.",
        "A week-long course ended; they met every two weeks, over three nights and for the first time in six years.",
        "In the three months, over the 12 months and after ten days; in a 12-month period; a 24-hour helpline.",
        "Doors open at nine o'clock, two days a week.",
        "Class A and Class B drugs, Grade 1 calls, Section 60 powers, Year 6 pupils, page 4 and Version 1.5.",
        "It is among the top five areas and the third instalment, under the 4Ves and 4P approach, day and night, 24/7.",
        "[p. 3, bullet 1] Patrols on the A12 and M25 went on; see reference 42/10987/23 or call 01245 491491.",
        "One of the main areas, one alternative, at one stage, no one, one or two, the two of them.",
        "A man aged 34 and two-way talks with under 18s between 6 and 9pm at 10:30.",
        "1. Patrols\n2) Talks\n(3) Visits",
        "1.2 Boost volunteering across the county.",
    ],
)
def test_numbers_that_measure_nothing_are_left_out(text: str) -> None:
    assert [f.text for f in read(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There were 12 arrests.", [(12, "count", "value")]),
        ("Burglary fell by 6% to 431.", [(6, "percent", "change_pct"), (431, "count", "value")]),
        ("There were 50 calls, compared to 61 last year.", [(50, "count", "value"), (61, "count", "comparison_value")]),
        ("This is 14 fewer calls than last quarter.", [(14, "count", "change_abs")]),
        ("20 (40%) of these were solved.", [(20, "count", "value"), (40, "percent", "share_pct")]),
        ("It rose by 2.5 percentage points.", [(2.5, "percentage-point", "change_abs")]),
        ("We took an average of 40 calls per day.", [(40, "per-day", "rate")]),
        ("We took 60-80 calls per day.", [(60, "per-day", "rate"), (80, "per-day", "rate")]),
        ("The average wait was 2 mins 43 secs.", [(163, "second", "duration")]),
        ("The wait was 32 seconds longer.", [(32, "second", "change_abs")]),
        ("The wait was 2 minutes, when it was 3 minutes.", [(120, "second", "duration"), (180, "second",
     "comparison_value")]),
        ("We met our target of 80%.", [(80, "percent", "target")]),
        ("We aim to reach 600 by March.", [(600, "count", "target")]),
        ("One in five was arrested.", [(0.2, "ratio", "share_pct")]),
        ("Thefts have doubled.", [(2, "ratio", "change_pct")]),
        ("Officers gave 1,200 hours of their time.", [(1200, "hour", "value")]),
        ("Thefts fell from 30 to 20.", [(30, "count", "comparison_value"), (20, "count", "value")]),
        ("Thefts fell by 12 offences (8%).", [(12, "count", "change_abs"), (8, "percent", "change_pct")]),
        ("Thefts rose by 8% (30 offences to 34).",
         [(8, "percent", "change_pct"), (30, "count", "comparison_value"), (34, "count", "value")]),
        ("Calls take over 20 mins to answer.", [(1200, "second", "duration")]),
        ("Patrols lasted for 15 minutes.", [(900, "second", "duration")]),
        ("He was jailed for 28 months after a six-week trial.", [(28, "month", "duration"), (6, "week", "duration")]),
        ("Homes were visited within 48 hours.", [(48, "hour", "duration")]),
        ("The standard is a visit within 48 hours.", [(48, "hour", "target")]),
        ("Some 92% were answered within ten seconds.", [(92, "percent", "share_pct"), (10, "second", "target")]),
        ("Calls were answered within 9 seconds on average.", [(9, "second", "duration")]),
        ("On average callers waited 11 seconds.", [(11, "second", "duration")]),
        ("Every report is read within 12 hours.", [(12, "hour", "target")]),
        ("A child was found within 12 hours.", [(12, "hour", "duration")]),
        ("Seventeen Owlbury tower blocks were relit.", [(17, "count", "value")]),
        ("It is 6.8% above the 81 of last year.", [(6.8, "percent", "change_pct"), (81, "count", "comparison_value")]),
        ("Some 91% were answered (target 90%).", [(91, "percent", "share_pct"), (90, "percent", "target")]),
        ("It has 142 roles (130 in March 2019).", [(142, "count", "value"), (130, "count", "comparison_value")]),
        ("They made 40 arrests (29 last).", [(40, "count", "value"), (29, "count", "comparison_value")]),
        ("Mentors help 83 children at a cost of £412 each.", [(83, "count", "value"), (412, "GBP", "rate")]),
        ("Crime is 7% down at 412 offences.", [(7, "percent", "change_pct"), (412, "count", "value")]),
        ("Between 40 and 55 victims a day chose it.", [(40, "per-day", "rate"), (55, "per-day", "rate")]),
        ("They waited 8 seconds; the standard is 10.", [(8, "second", "duration"), (10, "count", "target")]),
        ("They gave 90 hours, of which 20 were at night.", [(90, "hour", "value"), (20, "hour", "value")]),
        ("It met its first 14 cases and one premises was shut.", [(14, "count", "value"), (1, "count", "value")]),
        ("Confidence is 61%, two points up on May.", [(61, "percent", "share_pct"), (2, "percentage-point",
     "change_abs")]),
        ("The scheme was taken up by 58 firms.", [(58, "count", "value")]),
        ("Five more men were charged.", [(5, "count", "value")]),
        ("Five more men were charged than in May.", [(5, "count", "change_abs")]),
        ("Last winter there were 17 thefts.", [(17, "count", "comparison_value")]),
        ("In the same months of 2021 there were fourteen.", [(14, "count", "comparison_value")]),
        ("In January 41% were late, while in March only 12% were.",
         [(41, "percent", "comparison_value"), (12, "percent", "share_pct")]),
        ("Compared with Q1, thefts rose by 12 to 88.", [(12, "count", "change_abs"), (88, "count", "value")]),
        ("101 calls 12,345 11,900 +3.7%",
         [(12345, "count", "value"), (11900, "count", "comparison_value"), (3.7, "percent", "change_pct")]),
        ("Robbery | 240 | 212 | -11.7%",
         [(240, "count", "comparison_value"), (212, "count", "value"), (-11.7, "percent", "change_pct")]),
        ("Officers seized £2,000-worth of tools.", [(2000, "GBP", "value")]),
        ("We will cut thefts by a further 10%.", [(10, "percent", "target")]),
        ("Thefts: 20 (25 last quarter).", [(20, "count", "value"), (25, "count", "comparison_value")]),
        ("An increase of 12 cadets and 3 leaders.", [(12, "count", "change_abs"), (3, "count", "change_abs")]),
        ("Q4 last year saw 30 thefts compared to 20 during Q4 of 2021/22.",
         [(30, "count", "comparison_value"), (20, "count", "value")]),
    ],
)  # fmt: skip
def test_value_unit_and_role(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("There were 12 non-emergency (101) calls in May.", ["non-emergency (101) calls"]),
        ("The cadet headcount is now 61.", ["cadet headcount"]),
        ("The 101 average answer time was 9 seconds.", ["101 average answer time"]),
        ("14 people were stopped and 5 processed for speeding.", ["people", "people processed for speeding"]),
        ("30 cases were heard; 20 (67%) of these were closed.", ["cases", "cases closed", "cases"]),
        ("This compares to 9.", [""]),
    ],
)
def test_what_is_counted(text: str, what: list[str]) -> None:
    assert [f.what for f in read(text)] == what


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("In Q4, we made 5 arrests and held 6 events.", ["Q4", "Q4"]),
        ("There were 9 calls this quarter, compared to 8 in the previous year.", ["this quarter", "previous year"]),
        ("The headcount is 61 (as of 18 March 2022).", ["as of 18 March 2022"]),
        ("There were 9 calls.", [""]),
        ("Calls rose by 9% compared to last quarter.", [""]),
    ],
)
def test_period_is_that_of_the_numbers_clause(text: str, periods: list[str]) -> None:
    assert [f.period for f in read(text)] == periods


@pytest.mark.parametrize(
    ("text", "implied"),
    [
        ("There were 82 calls, 9 fewer than last quarter.", [(91, "9 fewer than last quarter", "last quarter")]),
        ("Arrests came to 45 (5 more than in Q3).", [(40, "5 more than in Q3", "Q3")]),
        ("The wait was 60 seconds, 5 seconds longer than in Q3.", [(55, "5 seconds longer than in Q3", "Q3")]),
        ("Thefts fell by 12 to 88 on the previous quarter.", [(100, "12 to 88 on the previous quarter",
     "previous quarter")]),
        ("Thefts fell by 12 on the previous quarter.", []),
        ("There were 82 calls, 9 below target.", []),
        ("There were 82 calls against 91 last quarter, 9 fewer than in Q3.", []),
        ("We hold 82 dogs and 9 more cars than last quarter.", []),
    ],
)  # fmt: skip
def test_an_earlier_value_that_a_change_implies_is_marked(text: str, implied: list[tuple[float, str, str]]) -> None:
    found = [f for f in read(text) if f.implied]
    assert [(f.value, f.text, f.period) for f in found] == implied
    assert all(f.role is Role.COMPARISON_VALUE for f in found)


def test_a_change_belongs_to_the_measure_of_the_figure_before() -> None:
    assert [f.measure for f in read("There were 90 burglary offences. This is 6 fewer offences.")] == [
        "burglary",
        "burglary",
    ]


@given(st.text(max_size=300) | st.lists(st.sampled_from(
    ["12", "5,000", "two", "one", "half", "a third", "%", "£", "(", ")", "per day", "compared to", "from",
    "to", "and", "-", ",",
     ".", "Q4", "March", "2022", "last quarter", "increase of", "mins", "seconds", "hours", "of these", "101",
     "calls", "target of",
     "doubled", "in", "five", "A12", "\n", "£1.2m", "twenty-one", "hundred", "days", "1:30", "+", "arrests", "were"]
), max_size=40).map(" ".join))  # fmt: skip
def test_any_text_gives_sorted_figures_whose_spans_slice_back(text: str) -> None:
    offset = 31
    figures = find_figures(item(text, start=offset), Q4, MEASURES)
    for figure in figures:
        assert text[figure.start - offset : figure.end - offset] == figure.text != ""
    stated = [f for f in figures if not f.implied]
    assert all(a.end <= b.start for a, b in pairwise(stated))


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        " ",
        "(",
        "1-",
        "1.",
        "£",
        "two and ",
        "increase in the number of calls of ",
        "12 calls, and ",
        "5 6 7% ",
        "9 more than last quarter, 5 ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        begun = time.process_time()
        read(text)
        return time.process_time() - begun

    # Of the processor, and with room for what a busy machine adds: time that grows with the square takes minutes.
    assert seconds(20_000) < 20 * seconds(4_000) + 5
