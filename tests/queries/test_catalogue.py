"""The public questions, answered from the two small reports and held against answers that a person has read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph import queries
from graph.build import in_memory
from tests.reports import as_csv, item, keys, small_store, store_of

COLUMNS = {
    "partner-operations-by-lpa": "lpa operation partner partnerType theme how item quote",
    "operations": "operation lpa district theme commitment quarter items",
    "partner-involvement": "partner operation lpa commitment quarter item quote",
    "commitment-evidence": "commitment lpa item quote operation partner figure",
    "commitment-coverage": "commitment lpa items operations partners gap",
    "promised-but-silent": "commitment promised kind",
    "figures": "measure value unit period area item quote",
    "failed-figure-checks": "commitment item kind stated recomputed verdict quote",
    "shared-partners": "operationA operationB partner",
}
"""Columns that programs outside the project read; more may stand beside them."""

LITERAL = set(
    "how quote items operations partners gap promised kind value unit period stated recomputed verdict".split()
)


@pytest.mark.parametrize("name", queries.catalogue())
def test_a_question_has_the_answer_that_was_read(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"{name}.csv", as_csv(queries.run(small_store(), queries.question(name))))


@pytest.mark.parametrize("name", queries.catalogue())
def test_a_question_has_the_columns_that_programs_read(name: str) -> None:
    columns = queries.run(small_store(), queries.question(name)).columns
    assert set(COLUMNS[name].split()) <= set(columns)


@pytest.mark.parametrize("name", queries.catalogue())
def test_a_label_stands_beside_every_address(name: str) -> None:
    table = queries.run(small_store(), queries.question(name))
    assert {c for c in COLUMNS[name].split() if c not in LITERAL and f"{c}Label" not in table.columns} == set()


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


@pytest.mark.parametrize("name", queries.catalogue())
def test_a_parameter_left_out_is_no_filter_and_one_given_narrows(name: str) -> None:
    question = queries.question(name)
    everything = set(queries.run(small_store(), question).rows)
    for param in question.params:
        if param.type == "quarter" and name != "commitment-coverage":
            narrowed = set(queries.run(small_store(), question, {param.name: "2022-23 Q1"}).rows)
            assert narrowed < everything


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
