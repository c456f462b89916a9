"""Rows are counted right however they are written, and in whatever parts they come."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.fence.rows import RowCounter
from graph.fence.wire import SOLUTIONS

FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
NASTY = st.text(alphabet='a"\\,{[]}\n\r\t<>&\u00e9\'}},{"', max_size=12)


@given(
    format=st.sampled_from(SOLUTIONS),
    rows=st.lists(st.tuples(st.none() | NASTY, st.none() | NASTY), max_size=12),
    size=st.integers(1, 40),
)
def test_every_row_is_counted(format: str, rows: list[tuple[str | None, str | None]], size: int) -> None:
    def term(text: str | None) -> str:
        return "UNDEF" if text is None else str(ox.Literal(text))

    values = " ".join(f"({term(a)} {term(b)})" for a, b in rows)
    results = ox.Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}")
    assert isinstance(results, ox.QuerySolutions)
    document = results.serialize(format=FORMATS[format]) or b""
    counter = RowCounter(format)
    for at in range(0, len(document), size):
        counter.feed(document[at : at + size])
    assert counter.rows == len(rows)


@pytest.mark.parametrize("format", SOLUTIONS)
def test_a_row_in_a_triple_term_is_none(format: str) -> None:
    results = ox.Store().query("SELECT ?t { VALUES ?t { <<( <urn:a> <urn:b> 'x' )>> } }")
    assert isinstance(results, ox.QuerySolutions)
    counter = RowCounter(format)
    counter.feed(results.serialize(format=FORMATS[format]) or b"")
    assert counter.rows == 1
