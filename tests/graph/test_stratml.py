"""Plan and performance as StratML Part 2: valid, the same bytes again, and every figure with its sentence.

``stratml.rng`` is what we know of the standard, in our own words. The schema that AIIM publishes is not ours to copy:
``GOLDENTHREAD_STRATML_XSD=/path/PerformancePlanOrReport20160216.xsd`` holds the export against that too.
"""

from __future__ import annotations

import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from rdflib import RDFS, Graph

from graph import build
from graph.errors import BadParameter, NotFound
from graph.namespaces import STRATML
from graph.stores.oxigraph import OxigraphStore
from graph.stratml import choose, stratml
from tests.reports import OTHER_FORCE, item, read_file, small_readings, small_store, store_of

HERE = Path(__file__).parent
ALIGNMENT = HERE.parents[1] / "ontology" / "alignments" / "stratml.ttl"
GRAMMAR = etree.RelaxNG(etree.parse(HERE / "stratml.rng"))


def document(store: OxigraphStore, force: str = "", quarter: str = "") -> etree._Element:
    """Return the export of ``store``, which is valid whatever the test is about."""
    written = stratml(store, choose(store, force, quarter))
    root = etree.fromstring(written)
    assert GRAMMAR.validate(root), GRAMMAR.error_log
    identifiers = texts(root, "Identifier")
    assert len(set(identifiers)) == len(identifiers)
    return root


def texts(root: etree._Element, path: str) -> list[str]:
    """Return the texts of the elements of the last name in ``path``, in order."""
    steps = "//" + "/".join(f"s:{step}" for step in path.split("/"))
    found = root.xpath(f"{steps}/text()", namespaces={"s": STRATML})
    assert isinstance(found, list)
    return [str(text) for text in found]


@pytest.fixture(scope="module")
def small() -> etree._Element:
    return document(small_store(), quarter="2022-23 Q1")


def test_goals_are_priorities_and_objectives_commitments(small: etree._Element) -> None:
    assert texts(small, "Goal/Name") == ["Safer Nights", "Quiet Streets"]
    assert texts(small, "Goal/SequenceIndicator") == ["1", "2"]
    assert texts(small, "Objective/SequenceIndicator") == ["1.1", "2.1"]
    assert texts(small, "Objective/Description")[1] == "Reduce anti-social behaviour."
    assert texts(small, "Organization/Name") == ["Essex Police"]


def test_partners_and_units_are_stakeholders_and_bodies_only_named_are_not(small: etree._Element) -> None:
    names = texts(small, "Stakeholder/Name")
    assert {"Special Constabulary", "Northfield Youth Trust", "Kent Police"} <= set(names)
    assert "Metropolitan Police Service" not in names
    assert set(texts(small, "Stakeholder/Role/RoleType")) == {"Performer"}


def test_a_figure_is_a_result_with_its_time_and_its_sentence(small: etree._Element) -> None:
    assert texts(small, "PerformanceIndicator/MeasurementDimension") == ["radios", "hours", "staff"]
    assert texts(small, "ActualResult/NumberOfUnits") == ["12", "40", "30"]
    assert set(texts(small, "ActualResult/StartDate")) == {"2022-04-01"}
    assert "The force bought 12 radios." in texts(small, "ActualResult/Description")[0]


def test_without_a_quarter_all_of_a_force_are_told() -> None:
    root = document(small_store(), force="Essex Police")
    assert sorted(set(texts(root, "ActualResult/StartDate"))) == ["2022-04-01", "2022-07-01"]
    assert texts(root, "AdministrativeInformation/EndDate") == ["2022-09-30"]


def test_a_target_stands_before_what_was_reached_in_the_same_time_and_area() -> None:
    said = item("The average time to answer 999 calls was 12 seconds, against a target of 10 seconds.")
    root = document(build.in_memory([said]))
    assert texts(root, "MeasurementInstance/TargetResult/NumberOfUnits") == ["10"]
    assert texts(root, "MeasurementInstance/ActualResult/NumberOfUnits") == ["12"]


def test_an_earlier_value_has_its_own_time_and_a_change_is_no_result() -> None:
    said = item("There were 90 burglaries, five fewer than the 95 in the first quarter of 2021/22.")
    root = document(build.in_memory([said]))
    results = dict(zip(texts(root, "ActualResult/NumberOfUnits"), texts(root, "ActualResult/StartDate"), strict=True))
    assert results == {"90": "2022-04-01", "95": "2021-04-01"}


def test_characters_that_xml_cannot_hold_become_spaces() -> None:
    root = document(build.in_memory([item("The team\x0b met 12 owners & gave <advice>.")]))
    assert any("The team met 12 owners & gave <advice>." in said for said in texts(root, "ActualResult/Description"))


def test_equal_stores_give_equal_bytes() -> None:
    again = build.in_memory(reversed(small_readings()))
    assert stratml(again, choose(again)) == stratml(small_store(), choose(small_store()))


@pytest.mark.parametrize(
    ("force", "quarter", "reason"),
    [
        ("", "", "several forces report; say which with --force"),
        ("Kent Police", "", "there is no report of Kent Police"),
        ("essex", "1999-00 Q1", "there is no report of essex 1999-00 Q1"),
    ],
)
def test_a_choice_that_is_none_is_told_with_those_there_are(force: str, quarter: str, reason: str) -> None:
    store = build.in_memory([*small_readings(), read_file(OTHER_FORCE)])
    with pytest.raises(BadParameter) as raised:
        choose(store, force, quarter)
    assert str(raised.value) == f"{reason}. Forces with reports: Essex Police, Harbourshire Constabulary"


def test_a_store_without_a_plan_has_nothing_to_export() -> None:
    store = build.in_memory([])
    with pytest.raises(BadParameter, match="Forces with reports: none"):
        choose(store)
    chosen = choose(small_store())
    with pytest.raises(NotFound, match="no plan"):
        stratml(store, chosen)


def test_what_the_alignment_names_is_what_is_written(small: etree._Element) -> None:
    graph = Graph().parse(ALIGNMENT)
    said = {str(o).rsplit("#", 1)[-1] for o in graph.objects(None, RDFS.subClassOf)}
    assert said <= {etree.QName(element).localname for element in small.iter()}


@pytest.fixture(scope="module")
def real(shared: Path) -> etree._Element:
    return document(store_of(shared / "reports" / "essex-2021-22-q4.txt"))


def test_the_real_report_is_told_whole(real: etree._Element, shared: Path) -> None:
    reading = read_file(shared / "reports" / "essex-2021-22-q4.txt")
    assert len(texts(real, "Goal/Name")) == len(reading.report.priorities) == 7
    assert len(texts(real, "Objective/Name")) == len(reading.report.commitments) == 12
    levels = [f for f in reading.figures if not f.role.startswith("change") and not f.implied]
    told = [Decimal(n) for kind in ("ActualResult", "TargetResult") for n in texts(real, f"{kind}/NumberOfUnits")]
    assert Counter(told) == Counter(Decimal(str(f.value)) for f in levels)


def test_it_meets_the_published_schema_where_that_is_at_hand(small: etree._Element) -> None:
    path = os.environ.get("GOLDENTHREAD_STRATML_XSD")
    if not path:
        pytest.skip("$GOLDENTHREAD_STRATML_XSD names no schema of StratML Part 2")
    etree.XMLSchema(etree.parse(path)).assertValid(small)
