from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.mentions.operations import find_operations, reconcile
from graph.model import Kind
from tests.reports import item, mentions, names, reading

STOPS = frozenset({"ASB", "CPT"})


def found(text: str, *known: str) -> list[str]:
    return [o.name for o in find_operations(text, known, STOPS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Operation HERON ran all week.", ["HERON"]),
        ("The town was calm (Operation HERON).", ["HERON"]),
        ("The town was calm (Op HERON).", ["HERON"]),
        ("Op. Heron ran.", ["HERON"]),
        ("OPERATION HERON ran.", ["HERON"]),
        ("operation HERON ran.", ["HERON"]),
        ("Operation Heron ran.", ["HERON"]),
        ("Operation 'HERON' ran.", ["HERON"]),
        ("Op Heron/Op Owl ran, then OP HERON/OP OWL.", ["HERON", "OWL", "HERON", "OWL"]),
        ("Operation \u2018HERON\u2019 ran.", ["HERON"]),
        ("Operation GREY HERON ran.", ["GREY HERON"]),
        ("Operation SNOW-GOOSE ran.", ["SNOW GOOSE"]),
        ("Operations HERON, KESTREL and WHEEL ran.", ["HERON", "KESTREL", "WHEEL"]),
        ("Operations Heron and Gannet ran.", ["HERON", "GANNET"]),
        ("Operation HERON and Operation KESTREL ran.", ["HERON", "KESTREL"]),
        ("Operation HERON's team met.", ["HERON"]),
        ("Operation HERON\u2019s team met.", ["HERON"]),
        ("Operation HERON ASB patrols ran.", ["HERON"]),
        ("Operation HERON CPT officers met.", ["HERON"]),
        ("Operation\nHERON ran.", ["HERON"]),
    ],
)
def test_an_operation_is_known_however_it_is_written(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Operational Policing went on.",
        "The Operations Manager and the Operation Commander met.",
        "An Operations Room opened.",
        "The operation ran all week.",
        "This operation Heron watchers liked.",
        "In operation. HERON is a bird.",
        "Operation 12 began.",
        "Co-operation with Kent was good.",
        "Operations in Harlow went on.",
        "A week of action (Operation) in Harlow.",
        "",
    ],
)
def test_the_word_operation_alone_names_none(text: str) -> None:
    assert found(text) == []


def test_in_a_list_that_is_not_headed_by_operations_only_the_first_is_one() -> None:
    assert found("Operation HERON, CID and KENT met.") == ["HERON"]


def test_a_name_met_elsewhere_is_known_without_the_word_if_in_capitals() -> None:
    assert found("Three days of 'HERON' action.", "HERON") == ["HERON"]
    assert found("Three days of heron action and a Heron.", "HERON") == []


def test_a_name_of_two_words_is_known_bare_only_whole() -> None:
    assert found("GREY HERON action, then a GREY day.", "GREY HERON") == ["GREY HERON"]


def test_bare_names_do_not_overlap_the_full_one() -> None:
    [only] = find_operations("Operation GREY HERON ran.", ["HERON", "GREY"], STOPS)
    assert (only.name, only.bare) == ("GREY HERON", False)


def test_the_span_holds_the_word_operation_and_leaves_the_possessive() -> None:
    text = "By Operation HERON's team."
    [only] = find_operations(text)
    assert text[only.start : only.end] == "Operation HERON"


@given(st.text(max_size=120))
def test_any_text_gives_operations_in_order_with_names_in_capitals(text: str) -> None:
    spans = [(o.start, o.end) for o in find_operations(text, ["HERON"], STOPS)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_a_plural_is_the_singular_only_where_the_singular_is_met() -> None:
    assert reconcile(["LION", "LIONS"]) == {"LION": "LION", "LIONS": "LION"}
    assert reconcile(["BURNS"]) == {"BURNS": "BURNS"}


def test_spaces_and_hyphens_make_no_other_operation() -> None:
    assert len(set(reconcile(["SNOW GOOSE", "SNOWGOOSE", "SNOW-GOOSE"]).values())) == 1


def test_a_name_of_the_register_comes_before_a_new_spelling() -> None:
    assert reconcile(["SNOWGOOSE"], {"SNOW GOOSE": "SNOW GOOSE"})["SNOWGOOSE"] == "SNOW GOOSE"
    assert reconcile(["LIONS"], {"LION": "LION"})["LIONS"] == "LION"


def test_a_spelling_known_to_the_register_stays_what_it_is_a_spelling_of() -> None:
    assert reconcile(["LIONS"], {"LIONS": "LION", "LION": "LION"})["LIONS"] == "LION"


@given(st.lists(st.sampled_from(["LION", "LIONS", "BURNS", "SNOW GOOSE", "SNOWGOOSE", "HERON"]), unique=True))
def test_reconciling_does_not_depend_on_the_order_of_names(spelt: list[str]) -> None:
    assert reconcile(spelt) == reconcile(spelt[::-1])


def test_a_report_agrees_on_one_spelling_and_keeps_the_other_as_an_alias() -> None:
    both = item("Operation LIONS ran.", "Operation LION ran.")
    assert [m.key for n in (1, 2) for m in mentions(both, Kind.OPERATION, n)] == ["lion", "lion"]
    assert both.aliases == {"lion": ("LIONS",)}


def test_an_operation_belongs_to_its_force() -> None:
    assert mentions(item("Operation HERON ran."), Kind.OPERATION)[0].key == "heron"
    assert mentions(item("Operation HERON ran.", force="Kent Police"), Kind.OPERATION)[0].key == "kent-heron"
    unknown = item("Operation HERON ran.", force="Harbourshire Constabulary")
    assert mentions(unknown, Kind.OPERATION)[0].key == "harbourshire-heron"


def test_a_name_introduced_in_one_item_is_known_bare_in_another() -> None:
    two = item("Operation HERON ran.", "Three days of 'HERON' action.")
    assert names(two, Kind.OPERATION, 2) == ["HERON"]


def test_an_operation_in_a_promise_stands_under_the_promise() -> None:
    promised = reading("Essex Police\nPriority 1 - Nights\n\nWe will:\n\nExtend Operation HERON.\n\n- Done.")
    [only] = mentions(promised, Kind.OPERATION, None)
    assert (only.name, only.commitment) == ("HERON", "1.1")


PASSING = "Teams work with CID, Operation HERON and Kent Police. Separately, Brentwood opened."


def test_an_operation_named_as_one_more_party_is_named_in_passing() -> None:
    [only] = mentions(item(PASSING), Kind.OPERATION)
    assert only.in_passing


@pytest.mark.parametrize(
    "text",
    [
        "Operation HERON works with CID and Kent Police.",
        "CID runs Operation HERON in Brentwood.",
        "Officers work with Operation HERON in Brentwood.",
    ],
)
def test_an_operation_that_the_words_speak_of_is_not(text: str) -> None:
    [only] = mentions(item(text), Kind.OPERATION)
    assert not only.in_passing


def test_an_operation_named_in_passing_has_only_its_own_sentence() -> None:
    read = item(PASSING)
    [only] = mentions(read, Kind.OPERATION)
    said = {m.name for m in read.said_with(only)}
    assert "Kent Police" in said
    assert "Brentwood" not in said


@pytest.mark.parametrize(
    "words",
    [
        "The teams work with CID, Operation WREN and Kent Police.",
        "The teams work with Operation WREN, CID and Kent Police.",
        "The teams work with Operation WREN and the Probation Service.",
    ],
)
def test_an_operation_anywhere_in_a_list_of_parties_is_named_in_passing(words: str) -> None:
    [wren] = mentions(item(words), Kind.OPERATION)
    assert wren.in_passing


@pytest.mark.parametrize(
    "words",
    [
        "Kent Police worked with Operation WREN, which ran for a week.",
        "Operation WREN and Kent Police worked with schools.",
        "Officers worked with partners on Operation WREN, an evening patrol.",
    ],
)
def test_an_operation_that_the_words_speak_of_is_not_named_in_passing(words: str) -> None:
    [wren] = mentions(item(words), Kind.OPERATION)
    assert not wren.in_passing
