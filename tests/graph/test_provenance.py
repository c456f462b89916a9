"""Evidence of rows, held against graphs that are rebuilt from the sentences alone, in a way of the test's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from graph import queries
from graph.errors import BadParameter
from graph.provenance import ABSENT, KINDS, STATED, Proofs, drill_down, patterns
from graph.stores.base import Row, Table
from graph.stores.oxigraph import OxigraphStore
from graph.why import ASSERTED, DERIVED, EXTRACTED
from tests.rebuilt import Rebuilt, faults
from tests.reports import small_store, store_of

FEW = 2
"""Rows of each question that are tried: some questions answer with hundreds."""


def rows_of(store: OxigraphStore, query: queries.Query) -> tuple[str, Table, list[Row]]:
    """Return the SPARQL of a question, its answer, and the rows of it that are tried."""
    text = queries.bind(store, query)
    table = store.select(text)
    step = max(1, len(table.rows) // FEW)
    return text, table, list(table.rows[::step])[:FEW]


@cache
def proofs() -> Proofs:
    return Proofs(small_store(), seconds=60)


@cache
def rebuilt() -> Rebuilt:
    return Rebuilt(small_store())


def test_the_whole_graph_is_rebuilt_from_all_passages() -> None:
    store = rebuilt().of(rebuilt().passages)
    for query in queries.catalogue().values():
        assert set(queries.run(store, query).rows) == set(queries.run(small_store(), query).rows), query.name


@pytest.mark.parametrize("name", queries.catalogue())
def test_the_sentences_of_a_row_suffice_and_none_can_be_left_out(name: str) -> None:
    text, table, rows = rows_of(small_store(), queries.question(name))
    for row in rows:
        found = proofs().of_row(text, table.columns, row)
        assert list(faults(rebuilt(), text, row, found)) == [], row
        assert all(s.quote and s.end > s.start for s in found.sentences)


def test_a_row_of_absence_says_so_and_how_much_was_searched() -> None:
    text, table, rows = rows_of(small_store(), queries.question("partners-not-involved"))
    found = proofs().of_row(text, table.columns, rows[0])
    assert (found.kind, found.sentences) == (ABSENT, ())
    assert found.searched == len(rebuilt().passages)
    assert len(found.absences) == 2
    assert [small_store().select(absence.query).rows for absence in found.absences] == [(), ()]


@pytest.mark.parametrize(
    ("name", "column", "value", "words"),
    [
        ("theme-coverage", "gap", "none found", "belongs to the report"),
        ("commitment-coverage", "items", "0", "is evidence for the commitment"),
        ("measure-coverage", "gap", "none found", "is a figure of the measure"),
    ],
)
def test_an_absence_is_told_by_the_search_that_found_nothing(name: str, column: str, value: str, words: str) -> None:
    text, table, _ = rows_of(small_store(), queries.question(name))
    place = table.columns.index(column)
    row = next(row for row in table.rows if str(row[place]) == value)
    found = proofs().of_row(text, table.columns, row)
    assert found.absence
    assert any(words in absence.words for absence in found.absences)
    assert all(small_store().select(absence.query).rows == () for absence in found.absences)


def test_what_vocabularies_lack_is_no_search_of_reports() -> None:
    text, table, rows = rows_of(small_store(), queries.question("figures"))
    assert patterns.read(text)
    assert proofs().of_row(text, table.columns, rows[0]).absences == ()


def test_what_a_number_counts_can_be_asked_for() -> None:
    text, table, rows = rows_of(small_store(), queries.question("evidence-by-priority"))
    number = table.columns.index("items")
    behind = drill_down(text, table.columns, rows[0])
    assert behind is not None
    found = small_store().select(behind)
    assert len({row[found.columns.index("item")] for row in found.rows}) == int(str(rows[0][number]))
    text, table, rows = rows_of(small_store(), queries.question("operations"))
    assert drill_down("ASK { ?s ?p ?o }", (), ()) is None


def test_a_row_is_asserted_extracted_or_derived_by_rules_that_it_needs() -> None:
    known = {
        "measure-coverage": (ASSERTED, ()),
        "figures": (EXTRACTED, ()),
        "report-quality": (EXTRACTED, ()),
        "partners-by-area": (DERIVED, ("operation-partner",)),
        "volunteer-operations": (DERIVED, ("operation-partner", "volunteer-supported-operation")),
    }
    for name, origin in known.items():
        text, table, rows = rows_of(small_store(), queries.question(name))
        found = proofs().of_row(text, table.columns, rows[0])
        assert (found.origin, found.rules) == origin, name


def test_a_verdict_is_derived_by_the_audit() -> None:
    path = Path(__file__).parents[1] / "claims" / "reports" / "planted-1.txt"
    store = store_of(path)
    text, table, rows = rows_of(store, queries.question("failed-figure-checks"))
    found = Proofs(store, seconds=60).of_row(text, table.columns, rows[0])
    assert (found.kind, found.origin, found.rules) == (STATED, DERIVED, ("figure-audit",))


def test_many_rows_are_refused() -> None:
    with pytest.raises(BadParameter, match="add a limit"):
        proofs().of_rows("SELECT ?x WHERE { }", ("x",), [(None,)] * 51)


def test_parts_of_a_query_are_told_from_what_only_looks_like_them() -> None:
    query = (
        'PREFIX : <x:> SELECT (COUNT(?a) AS ?n) { ?a :p "} SELECT {" # }\n . { SELECT ?a { ?a :q ?b } } } GROUP BY ?c'
    )
    found = patterns.read(query)
    assert found is not None
    assert found.aggregated
    assert found.inner[0].body.strip() == "?a :q ?b"
    assert (found.projects("a"), found.projects("n"), found.inner[0].projects("b")) == (True, False, False)
    assert patterns.read("SELECT * { ?s ?p ?o") is None
    assert patterns.read("DESCRIBE <x:y>") is None
    assert set(KINDS) > {STATED}
