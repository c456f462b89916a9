"""What compares the answers of stores can tell them apart, and says where they differ."""

from __future__ import annotations

from rdflib import BNode, Literal

from graph.stores import Table
from tests.compare_stores import Line, difference, page
from tests.servers import NAMES

ONE = Table(("a",), ((Literal("1"),), (Literal("2"),)))


def test_what_differs_is_told() -> None:
    assert difference(ONE, ONE) == ""
    assert difference(ONE, Table(("b",), ONE.rows)) == "columns b"
    assert difference(ONE, Table(("a",), ONE.rows[::-1])) == "another order, from row 1 on"
    other = Table(("a",), (ONE.rows[0], (BNode("any"),)))
    assert difference(ONE, other) == "2 rows expected, 2 found (1 missing, 1 others)"


def test_the_page_names_what_differs() -> None:
    lines = [Line("catalogue", "one", 2, 5), Line("catalogue", "two", 1, 0, {"virtuoso": ["two: another order"]})]
    written = page(lines, NAMES, {"virtuoso": "7"})
    assert "Of 2 questions, asked in 3 ways, 1 have the same answers on every store." in written
    assert "| one | 2 | 5 | same | same | same |" in written
    assert "- Virtuoso: two: another order" in written
