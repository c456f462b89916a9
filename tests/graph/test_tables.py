from __future__ import annotations

import pytest
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from graph.namespaces import GT, mint
from graph.stores.base import Table
from graph.tables import WIDEST, as_text, short


def test_a_table_has_a_heading_a_rule_a_line_a_row_and_a_count() -> None:
    table = Table(("name", "n"), ((Literal("Heron"), Literal(2)), (None, Literal(10))))
    assert as_text(table) == "name   n\n-----  --\nHeron  2\n       10\n(2 rows)"


def test_one_row_is_one_row_and_none_is_told() -> None:
    assert as_text(Table(("a",), ((Literal("x"),),))).endswith("(1 row)")
    assert as_text(Table(("a",), ())) == "a\n-\n(0 rows)"


def test_only_the_label_is_shown_where_there_is_one() -> None:
    table = Table(("lpa", "lpaLabel"), ((URIRef("urn:x"), Literal("North")),))
    assert as_text(table).splitlines() == ["lpa", "-----", "North", "(1 row)"]


def test_a_long_cell_is_cut_and_line_ends_are_spaces() -> None:
    lines = as_text(Table(("a",), ((Literal("one\n  two " + "x" * 99),),))).splitlines()
    assert lines[2].startswith("one two x")
    assert len(lines[2]) == WIDEST
    assert lines[2].endswith("\u2026")


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (GT.Operation, "gt:Operation"),
        (mint("theme", "vawg"), "id:theme/vawg"),
        (URIRef("http://example.org/x"), "http://example.org/x"),
    ],
)
def test_an_address_is_shown_with_its_prefix_where_one_fits(iri: URIRef, expected: str) -> None:
    assert str(short(iri)) == expected


@pytest.mark.parametrize(("term", "shown"), [(BNode("b1"), "_:b1"), (GT.Report, "gt:Report"), (None, "")])
def test_each_kind_of_term_is_shown(term: Node | None, shown: str) -> None:
    assert as_text(Table(("a",), ((term,),))).splitlines()[2] == shown
