"""The public questions, answered from small reports and held against answers that a person has read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import URIRef

from graph import queries
from graph.build import in_memory
from tests.queries.small_graph import small_graph
from tests.reports import as_csv, item, keys, small_store, store_of

COLUMNS = {
    "partner-operations-by-lpa": "lpa operation partner partnerType theme how item quote",
    "operations": "operation lpa district theme commitment quarter items",
    "partner-involvement": "partner operation lpa commitment quarter item quote",
    "commitment-evidence": "commitment lpa item quote operation partner figure",
    "commitment-coverage": "commitment lpa items operations partners gap",
    "figures": "measure value unit period area item quote",
    "shared-partners": "operationA operationB partner",
    "failed-figure-checks": "commitment item kind stated recomputed verdict quote",
    "promised-but-silent": "commitment promised kind",
}
"""Columns that programs outside the project read; more may stand beside them."""


@pytest.mark.parametrize("name", queries.catalogue())
def test_a_question_has_the_answer_that_was_read(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"catalogue/{name}.csv", as_csv(queries.run(small_graph(), queries.question(name))))


@pytest.mark.parametrize("name", queries.catalogue())
def test_the_small_graph_has_something_for_every_question_to_find(name: str) -> None:
    assert queries.run(small_graph(), queries.question(name)).rows


@pytest.mark.parametrize("name", COLUMNS)
def test_a_question_has_the_columns_that_programs_read(name: str) -> None:
    assert set(COLUMNS[name].split()) <= set(queries.run(small_graph(), queries.question(name)).columns)


@pytest.mark.parametrize("name", queries.catalogue())
def test_a_label_stands_beside_every_address(name: str) -> None:
    table = queries.run(small_graph(), queries.question(name))
    for row in table.dicts():
        addresses = {column for column, term in row.items() if isinstance(term, URIRef)}
        assert {column for column in addresses if row.get(f"{column}Label") is None} == set()


def ask(name: str, *columns: str, **values: str) -> list[tuple[str, ...]]:
    return keys(queries.run(small_store(), queries.question(name), values), *columns)


@pytest.mark.parametrize(
    ("name", "values", "columns", "expected"),
    [
        ("operations", {"lpa": "North"}, ("operation",), {("kestrel",)}),
        ("operations", {"lpa": "essex"}, ("operation",), {("heron",)}),
        ("operations", {"lpa": "Force-wide"}, ("operation",), {("heron",)}),
        ("operations", {"district": "Colchester"}, ("operation",), {("kestrel",)}),
        ("operations", {"partner": "Street Pastors"}, ("operation",), {("heron",)}),
        ("operations", {"theme": "anti-social-behaviour"}, ("operation",), {("wheel",)}),
        ("operations", {"commitment": "2.1"}, ("operation",), {("wheel",)}),
        ("operations", {"quarter": "2022-23 Q2", "lpa": "South"}, ("operation", "quarter"), {("wheel", "2022-23-q2")}),
        ("partner-involvement", {"partner": "kent-police"}, ("partner", "lpa"), {("kent-police", "essex-west")}),
        ("commitment-evidence", {"commitment": "2.1"}, ("commitment", "item"), {("essex-2.1", "item 6")}),
        ("commitment-evidence", {"lpa": "West"}, ("lpa", "item"), {("essex-west", "item 5")}),
        ("partner-operations-by-lpa", {"theme": "drink-spiking"}, ("operation",), {("kestrel",)}),
        ("partner-operations-by-lpa", {"theme": "road-safety"}, ("operation",), set()),
        ("partner-operations-by-lpa", {"partner_type": "volunteer"}, ("partner",), {("special-constabulary",)}),
        ("shared-partners", {"partner": "kent-police"}, ("operationA",), set()),
    ],
    ids=str,
)
def test_a_parameter_leaves_only_what_it_names(
    name: str, values: dict[str, str], columns: tuple[str, ...], expected: set[tuple[str, ...]]
) -> None:
    assert set(ask(name, *columns, **values)) == expected


CHOICES = [(name, p.name) for name, q in queries.catalogue().items() for p in q.params if p.type in queries.KINDS]


@pytest.mark.parametrize(("name", "given"), CHOICES)
def test_a_parameter_left_out_is_no_filter_and_one_given_matters(name: str, given: str) -> None:
    store, question = small_graph(), queries.question(name)
    known = queries.names_of(store, question.param(given).type)
    answers = {iri: queries.run(store, question, {given: str(iri)}).rows for iri in known}
    everything = queries.run(store, question).rows
    # A question may have one row to find, whose only value was chosen: then leaving it out must give the same.
    assert any(rows != everything for rows in answers.values()) or (len(known) == 1 and len(everything) == 1)


SMALL: list[tuple[str, dict[str, str], str, set[tuple[str, ...]]]] = [
    ("bodies-only-named", {"lpa": "North"}, "partner", set()),
    ("commitments-without-evidence", {"priority": "2"}, "commitment report",
     {("essex-2.2", "essex-2022-23-q1"), ("essex-2.2", "essex-2022-23-q2")}),
    ("cross-force-operations", {"partner": "Kent Police"}, "operation item", {("heron", "item 5")}),
    ("district-coverage", {"lpa": "South"}, "district gap", {("E07000066", ""), ("E07000069", "none found")}),
    ("evidence-in-words", {"words": "NAIL bars"}, "item", {("item 4",)}),
    ("evidence-in-words", {"words": "nail.bars"}, "item", set()),
    ("failed-figure-checks", {"quarter": "2022-23 Q2"}, "commitment item kind verdict",
     {("essex-2.1", "item 11", "percent_change", "disagrees")}),
    ("failed-figure-checks", {"quarter": "2022-23 Q1"}, "item", set()),
    ("figure-checks", {"commitment": "1.2"}, "item verdict", {("item 6", "agrees")}),
    ("item-trace", {"item": "Essex Police, 2022-23 Q2, item 10"}, "link thing",
     {("subItemOf", "item 9"), ("inArea", "essex-south"), ("evidences", "essex-2.1"), ("locatedIn", "E07000066"),
      ("underTheme", "anti-social-behaviour")}),
    ("item-trace", {"item": "essex-2022-23-q2/item/2", "report": "essex-2022-23-q1"}, "link", set()),
    ("names-in-reports", {"thing": "KESTREL"}, "words", {("Operation KESTREL",), ("Operation KESTRELS",)}),
    ("partner-changes", {"quarter": "2022-23 Q1"}, "partner", set()),
    ("partner-changes", {"partner_type": "central-government"}, "change partner", {("new", "home-office")}),
    ("partner-roles", {"role": "hosts"}, "partner", {("victim-support",)}),
    ("partners-by-commitment", {"partner_type": "charity", "commitment": "2.1"}, "commitment partner",
     {("essex-2.1", "")}),
    ("partners-not-involved", {"district": "Basildon"}, "partner", {("basildon-borough-council",)}),
    ("partners-together", {"partner": "Street Pastors"}, "partner other",
     {("street-pastors", "special-constabulary"), ("street-pastors", "wharfside-housing-association")}),
    ("place-evidence", {"place": "Stock"}, "district place", {("E07000066", "stock")}),
    ("programmes-and-funds", {"kind": "fund"}, "programme sponsor", {("safer-streets-fund", "home-office")}),
    ("programmes-and-funds", {"kind": "campaign"}, "programme", set()),
    ("promised-but-silent", {"quarter": "2022-23 Q2"}, "commitment promised kind",
     {("essex-2.2", "special-constabulary", "Partner"), ("essex-2.1", "1036-1038", "Target")}),
    ("theme-evidence", {"theme": "vawg", "narrower": "false"}, "theme item", {("vawg", "item 1")}),
    ("theme-evidence", {"theme": "vawg"}, "theme", {("vawg",), ("domestic-abuse",), ("drink-spiking",)}),
    ("unit-involvement", {"unit": "CID"}, "unit operation", {("criminal-investigation-department", "heron")}),
    ("why-linked", {"rule": "cross-area-operation"}, "subject object", {("lantern", "CrossAreaOperation")}),
    ("why-linked", {"partner": "home-office"}, "subject link object",
     {("kestrel", "workedWith", "home-office"), ("home-office", "activeIn", "essex-north")}),
]  # fmt: skip
"""Question, parameters, columns and what stands in them, in the small graph."""


@pytest.mark.parametrize(
    ("name", "values", "columns", "expected"), SMALL, ids=[f"{name} {values}" for name, values, *_ in SMALL]
)
def test_what_a_parameter_leaves_of_the_small_graph(
    name: str, values: dict[str, str], columns: str, expected: set[tuple[str, ...]]
) -> None:
    assert set(keys(queries.run(small_graph(), queries.question(name), values), *columns.split())) == expected


def test_without_narrower_only_the_theme_itself_counts() -> None:
    wide = ask("partner-operations-by-lpa", "operation", "theme", theme="vawg")
    tight = ask("partner-operations-by-lpa", "operation", "theme", theme="vawg", narrower="false")
    assert {theme for _, theme in tight} == {"vawg"}
    assert {theme for _, theme in wide} == {"vawg", "drink-spiking"}
    assert {operation for operation, _ in tight} == {operation for operation, _ in wide}


def test_what_the_promise_alone_says_counts_as_heading() -> None:
    rows = ask("partner-operations-by-lpa", "operation", "how", theme="vawg", narrower="false")
    assert set(rows) == {("heron", "explicit"), ("kestrel", "heading")}


def test_an_operation_named_in_passing_is_linked_by_its_own_sentence_alone() -> None:
    rows = ask("partner-operations-by-lpa", "operation", "lpa", "theme", theme="domestic-abuse")
    assert rows == []
    assert ask("operations", "operation", theme="domestic-abuse") == []
    assert ask("operations", "operation", partner="kent-police", lpa="West") == [("heron",)] * 2


def test_operations_that_share_a_partner_are_paired_once_and_kinds_of_body_left_out() -> None:
    store = in_memory(
        [
            item(
                "Operation HERON ran with Kent Police and partner agencies.",
                "Operation WHEEL ran with Kent Police and partner agencies.",
                "Teams work with CID, Operation KESTREL and others. Separately, Kent Police gave training.",
            )
        ]
    )
    table = queries.run(store, queries.question("shared-partners"))
    assert keys(table, "operationA", "operationB", "partner") == [("heron", "wheel", "kent-police")]
    involved = keys(
        queries.run(store, queries.question("partner-involvement"), {"partner": "kent-police"}), "operation"
    )
    assert involved == [("heron",), ("wheel",), ("",)]


ROWS = ("lpa", "operation", "partner", "theme", "how")


@pytest.fixture(scope="module")
def real(shared: Path) -> list[tuple[str, ...]]:
    """Answer the first question from the published report."""
    store = store_of(shared / "reports" / "essex-2021-22-q4.txt")
    table = queries.run(store, queries.question("partner-operations-by-lpa"))
    assert all(row["item"] is not None and row["quote"] is not None for row in table.dicts())
    return keys(table, *ROWS, "item", "quote")


def test_the_first_question_finds_what_the_published_report_says(real: list[tuple[str, ...]]) -> None:
    found = {row[:3] + row[4:5] for row in real}
    assert ("essex-west", "vinka", "special-constabulary", "explicit") in found
    assert ("essex", "compound", "partner-agencies", "explicit") in found
    assert any(row[:2] == ("essex", "soteria-bluestone") and row[4] == "narrower" for row in real)


def test_the_first_question_leaves_out_operations_without_a_partner(real: list[tuple[str, ...]]) -> None:
    assert {row[1] for row in real} & {"sentry", "rudd", "aidant", "warren"} == set()


def test_every_row_of_the_first_question_quotes_words_that_name_the_operation(real: list[tuple[str, ...]]) -> None:
    assert [row[:2] for row in real if row[1].replace("-", " ").upper() not in row[6].upper()] == []


def test_a_series_holds_what_two_reports_say_of_one_period() -> None:
    table = queries.run(small_graph(), queries.question("figure-series"), {"measure": "answer-time-999"})
    assert keys(table, "from", "value", "implied") == [
        ("2022-01-01", "12", "false"),
        ("2022-04-01", "9", "false"),
        ("2022-04-01", "9", "true"),
        ("2022-07-01", "8", "false"),
    ]
