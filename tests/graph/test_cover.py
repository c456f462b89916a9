from __future__ import annotations

from datetime import date

import pytest

from graph.cover import UNKNOWN_FORCE, Cover, find_quarter, read_cover
from graph.model import Quarter
from graph.vocabulary import load_vocabulary


def cover(*lines: str, text: str = "") -> Cover:
    return read_cover(lines, text or "\n".join(lines), load_vocabulary())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Quarter 4 \u2013 2021/22", "2021-22 Q4"),
        ("Q3 2023-24", "2023-24 Q3"),
        ("2021/22 Q4", "2021-22 Q4"),
        ("Quarter Four 2021/22", "2021-22 Q4"),
        ("quarter one, 2024/2025", "2024-25 Q1"),
        ("Quarter 2 of 2022\u201323", "2022-23 Q2"),
        ("Q1 (2020/21)", "2020-21 Q1"),
        ("January to March 2022", "2021-22 Q4"),
        ("Apr - Jun 2022", "2022-23 Q1"),
        ("Period: 1 January 2023 \u2013 31 March 2023", "2022-23 Q4"),
        ("1 July to 30 September 2021", "2021-22 Q2"),
        ("01/10/2022 to 31/12/2022", "2022-23 Q3"),
        ("1.4.22 - 30.6.22", "2022-23 Q1"),
        ("October 2022 to December 2022", "2022-23 Q3"),
        ("Data to March 2022", "2021-22 Q4"),
        ("data up to the end of 30 September 2023", "2023-24 Q2"),
        ("2099/00 Q1", "2099-00 Q1"),
    ],
)
def test_a_quarter_is_found_however_it_is_worded(words: str, expected: str) -> None:
    found = find_quarter(f"Plan\n{words}\nForce")
    assert found is not None
    assert found.label == expected


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2021/22",
        "Quarter 5 2021/22",
        "Q1 2021/23",
        "Q4 in due course",
        "Produced April 2022",
        "a quarter of 2022 calls",
    ],
)
def test_no_quarter_is_made_of_words_that_name_none(words: str) -> None:
    assert find_quarter(words) is None


def test_what_says_the_quarter_outright_comes_before_the_months() -> None:
    assert find_quarter("Data to March 2020. Q2 2022/23") == Quarter(2022, 2)


def test_the_cover_decides_the_quarter_before_the_text_does() -> None:
    assert cover("Quarter 1 2022/23", text="Q4 2019/20 and Quarter 1 2022/23").quarter == Quarter(2022, 1)


def test_a_quarter_that_only_the_text_gives_is_taken() -> None:
    assert cover("Plan", text="Plan\nQ4 2019/20").quarter == Quarter(2019, 4)


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [
        (Quarter(2021, 1), date(2021, 4, 1), date(2021, 6, 30)),
        (Quarter(2021, 2), date(2021, 7, 1), date(2021, 9, 30)),
        (Quarter(2021, 3), date(2021, 10, 1), date(2021, 12, 31)),
        (Quarter(2021, 4), date(2022, 1, 1), date(2022, 3, 31)),
    ],
)
def test_a_quarter_is_of_a_year_that_runs_from_april(quarter: Quarter, first: date, last: date) -> None:
    assert (quarter.start, quarter.end) == (first, last)
    assert quarter.key == f"2021-22-q{quarter.number}"


@pytest.mark.parametrize(
    ("line", "version"), [("Version 1.5", "1.5"), ("v2", "2"), ("V: 1.0.3", "1.0.3"), ("Revision", "")]
)
def test_the_version_is_read_as_written(line: str, version: str) -> None:
    assert cover("Plan", line).version == version


@pytest.mark.parametrize(
    ("line", "produced"),
    [
        ("Produced April 2022", "2022-04"),
        ("Published 14 February 2024", "2024-02-14"),
        ("Issued on 3rd May 2023", "2023-05-03"),
        ("Date: Sept 2022", "2022-09"),
        ("Data to March 2022", ""),
        ("Made in a hurry", ""),
    ],
)
def test_the_day_or_month_it_was_made_is_read(line: str, produced: str) -> None:
    assert cover("Plan", line).produced == produced


def test_the_publisher_is_the_line_that_names_a_unit() -> None:
    assert (
        cover("Plan", "Performance Analysis Unit, Essex Police").publisher == "Performance Analysis Unit, Essex Police"
    )


def test_the_publisher_is_the_force_where_no_unit_is_named() -> None:
    assert cover("Plan", "Essex Police").publisher == "Essex Police"


def test_no_publisher_is_made_up() -> None:
    assert cover("Plan", "Quarter 1 2022/23").publisher == ""


def test_the_title_is_what_stands_above_quarter_and_version() -> None:
    assert (
        cover("Police and Crime Plan", "Update", "Q1 2022/23", "Version 1").title
        == "Police and Crime Plan \u2013 Update"
    )


@pytest.mark.parametrize(
    ("line", "key", "name"),
    [
        ("Essex Police", "essex", "Essex Police"),
        ("ESSEX POLICE", "essex", "Essex Police"),
        ("Essex Constabulary", "essex", "Essex Police"),
        ("Metropolitan Police", "metropolitan", "Metropolitan Police Service"),
        ("Harbourshire Constabulary", "harbourshire", "Harbourshire Constabulary"),
        ("HARBOURSHIRE CONSTABULARY", "harbourshire", "Harbourshire Constabulary"),
        ("North Moor and Vale Police", "north-moor-and-vale", "North Moor and Vale Police"),
        ("The County Council", UNKNOWN_FORCE, ""),
    ],
    ids=str,
)
def test_the_force_is_known_by_name_alias_form_or_not_at_all(line: str, key: str, name: str) -> None:
    found = cover("Plan", line)
    assert (found.force, found.force_name) == (key, name)


def test_the_force_on_the_cover_comes_before_the_one_named_most() -> None:
    assert cover("Essex Police", text="Essex Police " + "Kent Police " * 9).force == "essex"


def test_a_force_only_the_text_names_is_the_one_named_most() -> None:
    assert cover("Plan", text="Plan. Kent Police met Essex Police. Kent Police left.").force == "kent"


def test_initials_do_not_decide_the_force() -> None:
    assert cover("Plan", "MPS").force == UNKNOWN_FORCE
