from __future__ import annotations

import re
import time

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadQuery
from graph.guard import Reading, read, read_only, repeatable

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


# What a parser takes for a federated query although no space, or the wrong quote, stands before the word.
GLUED = [
    "SELECT * { ?s ?p 1e5SERVICE <urn:x> { ?x ?y ?z } }",
    "SELECT * { ?s ?p trueSERVICE <urn:x> { ?x ?y ?z } }",
    "SELECT * { ?s ?p 'x'SERVICE?g { ?x ?y ?z } }",
    "PREFIX a: <urn:a> SELECT * { ?s a:b\\' ?o . SERVICE <urn:x> { ?x ?y ?z } } # '",
    "SELECT * { # comment\rSERVICE <urn:x> { ?x ?y ?z } }",
    "SELECT * { <urn:a/'\\u0041> ?p ?o . SERVICE <urn:x> { ?x ?y ?z } } # '",
    "PREFIX : <urn:x> SELECT * { ?s ?p ?o . SERVICE:x { ?x ?y ?z } }",
    "PREFIX SERVICE: <urn:y> PREFIX : <urn:x> SELECT * { ?s ?p ?o . SERVICE:x { ?x ?y ?z } }",
    "PREFIX a: <urn:x> SELECT * { SERVICESILENTa:x#\n{ ?x ?y ?z } }",
    "PREFIX : <urn:x> SELECT * { ?s ?p ?a FILTER(?a<?b)SERVICE:x#>\n{ ?x ?y ?z } }",
    "SELECT * { ?s ?p ?a FILTER(?a<'x>') SERVICE <urn:x> { ?x ?y ?z } # '\n }",
    'SELECT * { ?s ?p ?a VALUES ?v { """abc" } SERVICE <urn:x> { ?x ?y ?z } }',
    "SELECT * { ?s ?p ?a\u0301 FILTER(?a\u0301<'x>') SERVICE <urn:x> { ?x ?y ?z } # '\n }",
]


def parses(query: str) -> bool:
    """Return whether Oxigraph takes ``query`` for a query; whether it can answer it is another matter."""
    try:
        ox.Store().query(query)
    except SyntaxError:
        return False
    except (OSError, RuntimeError):
        return True
    return True


def fetches(query: str) -> bool:
    """Return whether Oxigraph takes SERVICE in ``query`` for a keyword: if so, no other word will do in its place."""
    return parses(query) and not parses(re.sub("SERVICE", "SERVICX", query, flags=re.IGNORECASE))


def refused(query: str) -> bool:
    try:
        read_only(query)
    except BadQuery:
        return True
    return False


@pytest.mark.parametrize("query", GLUED)
def test_what_the_parser_takes_for_a_federated_query_is_refused(query: str) -> None:
    assert fetches(query)
    assert refused(query)


PIECES = (
    *(
        "'",
        '"',
        '"""',
        "\\",
        "<",
        ">",
        "#",
        "#>",
        "\n",
        "\r",
        "?a",
        "a:b",
        ":",
        "@en",
        "1",
        "1e5",
        ".",
        "true",
        "(",
        ")",
        ")>",
    ),
    *(
        "{",
        "}",
        "<x>",
        "SERVICE",
        "service:",
        "FILTER(?a<",
        "a:\\'",
        "^^",
        "|",
        "\u0301",
        "%20",
        "\\u0027",
        "VALUES ?v {",
    ),
)
PATTERNS = (
    *(
        "?s ?p ?o .",
        "?s a:b 'x'.",
        "FILTER(?a<?b)",
        "FILTER(?a<'x>')",
        "FILTER(?a<a:b&&?c>1)",
        "FILTER(?a<'#'||'x'>?b)",
    ),
    *("?s a:q\\' ?o .", "<urn:b'c> a <urn:#d>.", "BIND(?x<'y' AS ?q)", "VALUES ?v{1 true 'x'}", 'VALUES ?v{"""abc"}'),
    *(
        "OPTIONAL{?s ?p 1e5}",
        "?s ?p true.",
        "{}",
        "?s ?p'x'@en.",
        '?s ?p """a"b""".',
        "?s ?p '''a'b'''.",
        "# c'\n",
        "#>\n",
    ),
    *(
        "?s a:b/a:c ?o.",
        "?s ?p(1 2 ?x).",
        "FILTER EXISTS{?s ?p 'SERVICE'}",
        "<http://a/service> ?p ?o.",
        "FILTER(?a<<urn:y>)",
    ),
    *("FILTER(?a<a:x)", "FILTER(?a<:)", "GRAPH ?g{?s ?p ?o}", "?service ?p ?o."),
)
CALLS = (
    *("SERVICE <urn:x> {?x ?y ?z}", "SERVICE<urn:x>{}", "SERVICE:x{}", "SERVICE a:x {}", "SERVICE?q{}"),
    *("SERVICE SILENT a:x#}\n{}", "SERVICEa:x{}", "SERVICE#\n:x{}", "sErViCeSILENT<urn:'x>{}"),
)


@st.composite
def federated(draw: st.DrawFn) -> str:
    """A query that calls a service among other patterns, some of its characters spoilt."""
    patterns = st.lists(st.sampled_from(PATTERNS), max_size=4)
    body = draw(st.sampled_from(["", " "])).join([*draw(patterns), draw(st.sampled_from(CALLS)), *draw(patterns)])
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(body)))
        body = body[:at] + draw(st.sampled_from(["", *PIECES])) + body[at + draw(st.integers(0, 1)) :]
    end = draw(st.sampled_from(["", "\n", "#'", '#"', "#'''", " ORDER BY ?x"]))
    return f"PREFIX service: <urn:s> PREFIX a: <urn:a> PREFIX : <urn:b> SELECT * {{ {body}}}{end}"


@given(federated())
@settings(max_examples=1500)
def test_no_query_that_the_guard_lets_pass_fetches(query: str) -> None:
    assert refused(query) or not fetches(query)


@given(st.lists(st.sampled_from([*PATTERNS, *PIECES]), max_size=8).map("".join))
@settings(max_examples=300)
def test_any_text_is_read_or_refused(text: str) -> None:
    assert refused(text) or isinstance(read(text), Reading)


# Each made so that a token runs long, or is begun anew at every character.
BOMBS = {
    "strings that never end": '\\"""\n',
    "long strings": '"""' + "'''",
    "signs that may be less than": "(<a>",
    "open addresses": "?a<b",
    "dots": "a.",
    "hyphens": "a-",
    "escapes": "a:\\'",
    "services in prefixes": "service:a#\n",
}


@pytest.mark.parametrize("piece", BOMBS.values(), ids=BOMBS)
def test_no_text_takes_the_guard_long(piece: str) -> None:
    begun = time.process_time()
    refused(piece * 80_000)
    # A look back at everything from every piece takes minutes; one look at each, well below a second.
    assert time.process_time() - begun < 15


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT ?ask { }", "SELECT"),
        ("# DESCRIBE\nPREFIX ask: <urn:construct> ASK { }", "ASK"),
        ("construct { } where { ?select ?p ?o }", "CONSTRUCT"),
        ("DESCRIBE<urn:select>", "DESCRIBE"),
        ("SELECTDISTINCT*{}", "SELECT"),
        ("", None),
    ],
)
def test_the_form_of_a_query_is_told(query: str, form: str | None) -> None:
    assert read(query).form == form


@pytest.mark.parametrize(
    ("query", "dataset"),
    [
        ("SELECT * { ?from ?p 'FROM <urn:a>' }", ()),
        ("SELECT * FROM <urn:a> FROM # c\n NAMED\t<urn:b>{ }", ("urn:a", "urn:b")),
        ("PREFIX a: <urn:a> ASK FROM a:b { }", ("",)),
        ("ASK from<urn:\\u0061>{ }", ("",)),
    ],
)
def test_the_dataset_of_a_query_is_told(query: str, dataset: tuple[str, ...]) -> None:
    assert read(query).dataset == dataset
    assert read(query).has_dataset == bool(dataset)


@pytest.mark.parametrize(("query", "same"), [("ASK { }", True), ("SELECT (now() AS ?t) { }", False)])
def test_a_query_about_time_or_chance_is_not_repeatable(query: str, same: object) -> None:
    assert repeatable(query) is same
