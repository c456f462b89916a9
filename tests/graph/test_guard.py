from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyparsing import ParseException
from rdflib.plugins.sparql.parser import parseQuery

from graph.errors import BadQuery
from graph.guard import read_only

WORDS = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "SERVICE")


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    "case", [str.upper, str.lower, str.title, str.swapcase], ids=["upper", "lower", "title", "swapped"]
)
def test_a_word_that_writes_or_fetches_is_refused_in_any_case(word: str, case: type[str]) -> None:
    with pytest.raises(BadQuery, match=rf"{word} at line 1, column 1:"):
        read_only(f"{case(word)} x")


@pytest.mark.parametrize(
    ("query", "word", "line", "column"),
    [
        ("SELECT * WHERE {\n  SERVICE <http://a/> { ?s ?p ?o } }", "SERVICE", 2, 3),
        ("# a comment\n#another\n  DROP ALL", "DROP", 3, 3),
        ("INSERT#\nDATA { }", "INSERT", 1, 1),
        ("PREFIX a: <urn:a>DELETE WHERE { ?s ?p ?o }", "DELETE", 1, 18),
        ("SELECT * { ?s ?p ?o }; LOAD <http://a/>", "LOAD", 1, 24),
        ("SELECT * { ?s ?p 'x'SERVICE?g { } }", "SERVICE", 1, 21),
        ("SELECT * { SERVICE SILENT <http://a/> { } }", "SERVICE", 1, 12),
        ("SELECT * { ?s ?p 1SERVICE <http://a/> { } }", "SERVICE", 1, 19),
        ("SELECT * { ?s ?p ?o FILTER(?a<?b) SERVICE<http://a/>{ } FILTER(?c>?d) }", "SERVICE", 1, 35),
        ("SELECT * { ?s ?p '''a''b''' SERVICE <http://a/> { } }", "SERVICE", 1, 29),
        ('SELECT * { ?s ?p "a\\"" SERVICE <http://a/> { } }', "SERVICE", 1, 24),
    ],
)
def test_the_word_is_named_with_line_and_column(query: str, word: str, line: int, column: int) -> None:
    with pytest.raises(BadQuery) as raised:
        read_only(query)
    assert (raised.value.fields["word"], raised.value.fields["line"], raised.value.fields["column"]) == (
        word,
        line,
        column,
    )


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE and DROP" }',
        "SELECT * { ?s ?p 'LOAD' }",
        'SELECT * { ?s ?p """a "SERVICE"\n DROP""" }',
        "SELECT * { ?s ?p '''a 'SERVICE'\n DROP''' }",
        'SELECT * { ?s ?p "a\\" SERVICE" }',
        "SELECT * # SERVICE\n{ ?s ?p ?o }",
        "SELECT * { <http://a/SERVICE> ?p ?o }",
        "SELECT ?service $drop { ?service ?p $drop }",
        "PREFIX service: <urn:s> SELECT * { service:load a service:drop }",
        "PREFIX : <urn:s> SELECT * { :drop a :load }",
        "SELECT * { ?s ?p 'x'@add }",
        "SELECT ?loaded ?added { ?s ?services ?p }",
        "ASK { ?dropped ?p ?o }",
        "",
    ],
)
def test_the_same_word_in_a_string_comment_address_or_name_passes(query: str) -> None:
    assert read_only(query) == query


def fetches(query: str) -> bool:
    """Return whether another parser than the guard's tokens finds a SERVICE in ``query``."""
    try:
        tree = parseQuery(query)
    except (ParseException, RecursionError, TypeError, ValueError, KeyError):
        return False
    return "ServiceGraphPattern" in repr(tree)


def test_the_other_parser_finds_a_service() -> None:
    assert fetches("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }")


PIECES = (
    "'",
    '"',
    '"""',
    "'''",
    "\\",
    "<",
    ">",
    "#",
    "\n",
    " ",
    "?a",
    "a:b",
    ":",
    "@en",
    "1",
    ".",
    "b",
    "<urn:y>",
    "'x'",
)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.sampled_from(["", " ", "\n", ". "]))
@settings(max_examples=150, deadline=None)
def test_no_query_that_the_guard_lets_pass_fetches(words: str, space: str) -> None:
    query = f"PREFIX a: <urn:a> SELECT * {{ ?s ?p {words}{space}SERVICE <urn:x> {{ ?s ?p ?o }} }}"
    try:
        read_only(query)
    except BadQuery:
        return
    assert not fetches(query)
