"""What may be given for a parameter, and that nothing given can change a query."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Literal, URIRef

from graph import queries
from graph.build import in_memory
from graph.errors import BadParameter, BadQuery, GoldenThreadError, VocabularyError
from graph.namespaces import key_of, mint
from graph.queries import Param, Query, bind, fill, resolve
from tests.reports import item, small_store
from tests.strategies import addresses, parameter_values

PARAMS = {
    "theme": ("vawg", mint("theme", "vawg")),
    "lpa": ("essex-north", mint("lpa", "essex-north")),
    "district": ("E07000071", mint("district", "E07000071")),
    "partner": ("kent-police", mint("partner", "kent-police")),
    "partner-type": ("volunteer", mint("partner-type", "volunteer")),
    "commitment": ("essex-1.1", mint("commitment", "essex-1.1")),
    "priority": ("essex-1", mint("priority", "essex-1")),
    "quarter": ("2022-23-q1", mint("quarter", "2022-23-q1")),
    "operation": ("heron", mint("operation", "heron")),
    "report": ("essex-2022-23-q1", mint("report", "essex-2022-23-q1")),
}
TEXT = "SELECT ?x WHERE { VALUES ?_x { UNDEF } VALUES ?_y { UNDEF } BIND(?_x AS ?x) }"


def query(type_: str = "string", default: str | None = None, text: str = TEXT) -> Query:
    params = (Param("x", type_, "x", default), Param("y", "string", "y"))
    return Query("q", "q?", "", (), params, text, Path("q.rq"))


def resolved(type_: str, value: str) -> tuple[object, ...]:
    return resolve(small_store(), query(type_), Param("x", type_, "x"), value)


@pytest.mark.parametrize("type_", PARAMS)
def test_an_address_or_a_key_will_do(type_: str) -> None:
    key, iri = PARAMS[type_]
    assert resolved(type_, key) == resolved(type_, str(iri)) == resolved(type_, f"  {key} ") == (iri,)


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ("lpa", "North", mint("lpa", "essex-north")),
        ("lpa", "north lpa", mint("lpa", "essex-north")),
        ("lpa", "North Local Policing Area", mint("lpa", "essex-north")),
        ("lpa", "Essex Police", mint("force", "essex")),
        ("lpa", "essex", mint("force", "essex")),
        ("district", "colchester", mint("district", "E07000071")),
        ("commitment", "2.1", mint("commitment", "essex-2.1")),
        ("quarter", "2022-23 Q1", mint("quarter", "2022-23-q1")),
        ("operation", "HERON", mint("operation", "heron")),
        ("operation", "Operation Heron", mint("operation", "heron")),
        ("operation", "Operation KESTRELS", mint("operation", "kestrel")),
        ("partner", "MPS", mint("partner", "metropolitan-police-service")),
        ("partner", "Special Constables", mint("partner", "special-constabulary")),
        ("theme", "ASB", mint("theme", "anti-social-behaviour")),
        ("theme", "Violence against women and girls", mint("theme", "vawg")),
    ],
)
def test_a_notation_name_or_alias_will_do(type_: str, value: str, expected: URIRef) -> None:
    assert resolved(type_, value) == (expected,)


@pytest.mark.parametrize(("value", "expected"), [("true", True), ("No", False), ("1", True), ("OFF", False)])
def test_a_boolean_may_be_said_in_many_ways(value: str, *, expected: bool) -> None:
    assert resolved("boolean", value) == (Literal(expected),)


def test_numbers_and_words_are_literals() -> None:
    assert resolved("integer", "-12") == (Literal(-12),)
    assert resolved("string", 'a "b"') == (Literal('a "b"'),)


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("boolean", "perhaps"), ("integer", "1.5"), ("integer", "ten"), ("integer", "9" * 30), ("theme", "zzzzz"),
        ("theme", "urn:x"), ("lpa", "<>"), ("operation", 'x" } #'), ("quarter", "\n}"), ("commitment", "9.9"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_with_its_parameter(type_: str, value: str) -> None:
    with pytest.raises(BadParameter) as raised:
        resolved(type_, value)
    assert raised.value.fields["param"] == "x"
    assert raised.value.fields["value"] == value.strip()
    assert str(raised.value).startswith("x")


def test_the_nearest_names_are_told() -> None:
    with pytest.raises(BadParameter, match="Nearest: Operation HERON"):
        resolved("operation", "Operation HERUN")
    with pytest.raises(BadParameter, match="There are: Operation HERON, Operation KESTREL, Operation WHEEL"):
        resolved("operation", "zzzz")


def test_a_parameter_the_question_does_not_take_is_refused_with_those_it_takes() -> None:
    with pytest.raises(BadParameter, match="it takes: x, y"):
        bind(small_store(), query(), {"z": "1"})


def test_an_unknown_type_is_a_fault_of_our_file() -> None:
    with pytest.raises(VocabularyError, match="unknown type"):
        resolved("colour", "red")


def test_several_values_are_alternatives_and_each_stands_once() -> None:
    text = bind(small_store(), query("theme"), {"x": ["vawg", "ASB", "vawg"]})
    vawg, asb = (mint("theme", key).n3() for key in ("vawg", "anti-social-behaviour"))
    assert f"VALUES ?_x {{ {vawg} {asb} }}" in text


@pytest.mark.parametrize("value", ["", "  ", [], [""]])
def test_an_empty_value_is_none(value: str | list[str]) -> None:
    assert "VALUES" not in bind(small_store(), query(), {"x": value})
    assert 'VALUES ?_x { "d" }' in bind(small_store(), query(default="d"), {"x": value})


def test_a_block_that_holds_an_address_keeps_it_where_nothing_is_given() -> None:
    kept = query(text=TEXT.replace("UNDEF", "<urn:none>", 1))
    assert bind(small_store(), kept).startswith("SELECT ?x WHERE { VALUES ?_x { <urn:none> }  BIND")


def test_a_name_that_several_things_share_gives_them_all() -> None:
    two = in_memory([item("Operation HERON ran."), item("Operation HERON ran.", force="Kent Police")])
    param = Param("x", "operation", "x")
    assert [key_of(str(t)) for t in resolve(two, query("operation"), param, "Operation Heron")] == [
        "heron",
        "kent-heron",
    ]
    assert [key_of(str(t)) for t in resolve(two, query("operation"), param, "kent-heron")] == ["kent-heron"]


TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"(?:@[\w-]+|\^\^<[^<>]*>)?|<[^<>"{}|^`\\\x00-\x20]*>|\?\w+|\w+|\S')


def outside(text: str) -> list[str]:
    """Return the tokens of ``text`` outside the data blocks of parameters; a string or an address is one token."""
    found: list[str] = []
    inside = False
    for part in TOKEN.findall(text):
        if inside:
            inside = part != "}"
        else:
            found.append(part)
            inside = part == "{" and found[-2][:2] == "?_"
    return found


def shape(*given: str) -> list[str]:
    """Return the tokens outside data blocks that the query has where these parameters, and no others, are given."""
    absent = {"x", "y"} - set(given)
    return outside(re.sub(rf"VALUES \?_[{''.join(absent)}] {{ UNDEF }}", "", TEXT) if absent else TEXT)


def test_the_tokens_outside_data_blocks_are_the_query() -> None:
    assert outside(TEXT) == "SELECT ?x WHERE { VALUES ?_x { VALUES ?_y { BIND ( ?_x AS ?x ) }".split()
    assert outside(TEXT.replace("UNDEF", '"} \\" {" <urn:}>')) != outside(TEXT)
    assert outside(TEXT.replace("UNDEF", '"} \\" {" <urn:a>')) == outside(TEXT)


@given(st.lists(parameter_values(), min_size=1, max_size=3), st.lists(parameter_values(), max_size=2))
@settings(max_examples=100, deadline=None)
def test_no_words_given_for_a_parameter_change_the_shape_of_a_query(one: list[str], two: list[str]) -> None:
    text = bind(small_store(), query(), {"x": one, "y": two})
    used = [name for name, values in (("x", one), ("y", two)) if any(value.strip() for value in values)]
    assert outside(text) == shape(*used)
    rows = small_store().select(text).rows
    wanted = {value.strip() for value in one if value.strip()}
    assert {str(row[0]) for row in rows if row[0] is not None} == wanted


@given(st.one_of(addresses(), parameter_values()), st.sampled_from(sorted(PARAMS)))
@settings(max_examples=100, deadline=None)
def test_no_address_given_for_a_parameter_changes_the_shape_of_a_query(value: str, type_: str) -> None:
    try:
        text = bind(small_store(), query(type_), {"x": value})
    except BadParameter:
        return
    assert outside(text) == shape(*(["x"] if value.strip() else []))


@given(addresses())
@settings(max_examples=100, deadline=None)
def test_no_address_given_by_our_own_code_changes_the_shape_of_a_query(value: str) -> None:
    try:
        text = fill(query(), {"x": [URIRef(value)]})
    except GoldenThreadError:
        return
    assert outside(text) == shape("x", "y")
    try:
        [(found,)] = small_store().select(text).rows
    except BadQuery:
        return
    assert found == URIRef(value)


def test_only_terms_that_stand_alone_can_be_parameters() -> None:
    from rdflib import BNode

    with pytest.raises(TypeError):
        fill(query(), {"x": [BNode()]})


def test_a_value_for_one_parameter_cannot_open_the_block_of_another() -> None:
    text = bind(small_store(), query(), {"x": "VALUES ?_y { UNDEF }", "y": "safe"})
    assert 'VALUES ?_y { "safe" }' in text
    assert [str(row[0]) for row in small_store().select(text).rows] == ["VALUES ?_y { UNDEF }"]


@pytest.mark.parametrize("value", ['\n\\"', '"""\n', "\\\n", '\n""', '\r"', "\\"], ids=repr)
def test_quotes_and_backslashes_beside_line_ends_stay_in_their_string(value: str) -> None:
    text = bind(small_store(), query(), {"x": f"a{value}b", "y": " } UNION { ?s ?p ?o } #"})
    assert [str(row[0]) for row in small_store().select(text).rows] == [f"a{value}b"]


@pytest.mark.parametrize("name", queries.catalogue())
@pytest.mark.parametrize("value", ['" } #', "UNDEF } { ?s ?p ?o", "\\", "\n"], ids=repr)
def test_no_question_can_be_broken_by_what_is_given(name: str, value: str) -> None:
    question = queries.question(name)
    everything = queries.run(small_store(), question)
    for param in question.params:
        try:
            table = queries.run(small_store(), question, {param.name: value})
        except BadParameter:
            continue
        assert table.columns == everything.columns
        assert set(table.rows) <= set(everything.rows)
