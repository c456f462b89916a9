"""An error names the token at which the query breaks off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadQuery
from graph.stores.oxigraph import OxigraphStore, complaint
from graph.syntax import syntax_error

STORE = OxigraphStore.in_memory({})


def error(query: str) -> BadQuery:
    with pytest.raises(BadQuery) as raised:
        STORE.select(query)
    return raised.value


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELEKT ?x", 1, 1),
        ("SELECT ?x WHERE { ?x ?p ?o ,, }", 1, 29),
        ("SELECT ?x WHERE { ?x ?p }\n\n", 1, 25),
        ("SELECT ?x WHERE { ?x a: ?o }", 1, 22),
        ("SELECT ?x\nWHERE { ?x a }", 2, 14),
        ("SELECT ?x\n{ ?s ?p '''a\nb''' , \n )}", 4, 2),
        ("SELECT ?x\r\n{ ?s ?p ?o FILTER(?o <= 3 && ) }", 2, 30),
        ("SELECT ?x { \u00e9 ?s ?p }", 1, 13),
        ("SELECT * { ?s ?p -1.5e3 , 'x'@en, 'y'^^<urn:x>; a:b 1 }", 1, 49),
        ("SELECT * { ?s ?p ?o } LIMIT -1", 1, 29),
        ("ASK { } ASK { }", 1, 9),
        ("ASK { ?s ?p 'never closed }", 1, 13),
        ("SELECT ?x WHERE { ?x ?p ?o ", 1, 27),
        ("", 1, 1),
    ],
)
def test_the_place_is_that_of_the_token(query: str, line: int, column: int) -> None:
    told = error(query).fields
    assert (told["line"], told["column"]) == (line, column)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?x { ?x a b:c }", "near 'b:c }': Prefix not found"),
        ("SELECT ?x { ?x <ab> ?o }", "IRI parsing failed"),
        ("SELECT (1 AS ?x) { ?x ?p ?o }", "The SELECT overrides an existing variable"),
        ("SELECT ?x { ?x a", "at its end"),
        ("SELECT ?x { ?x a '", "not closed"),
    ],
)
def test_the_reason_is_told_where_the_parser_gives_one(query: str, words: str) -> None:
    assert words in str(error(query))


def test_a_long_query_has_the_place_that_the_parser_gives() -> None:
    found = error("SELECT ?x {\n" + "?x ?p ?o .\n" * 2_000 + "?x }")
    assert found.fields["line"] == 2_002


@given(st.text(alphabet="SELCTASK {}?x:a'\"<>.,;()#\n1-", max_size=40))
def test_every_error_lies_within_its_query(query: str) -> None:
    said = complaint(query)
    if said is None:
        return
    told = syntax_error(query, said, complaint)
    lines = query.split("\n")
    line, column = told.fields["line"], told.fields["column"]
    assert isinstance(line, int)
    assert isinstance(column, int)
    assert 1 <= line <= len(lines)
    assert 1 <= column <= len(lines[line - 1]) + 1
