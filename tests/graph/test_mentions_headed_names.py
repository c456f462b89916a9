"""Police teams and programmes that no vocabulary knows, found by the word their names end in."""

from __future__ import annotations

import pytest
from rdflib.namespace import ORG

from graph.build import in_memory
from graph.mentions.headed_names import find_headed
from graph.mentions.words import words
from graph.model import Basis, Kind
from graph.namespaces import GT, mint
from tests.reports import item

PLACES = frozenset(("Marlgate", "Lower Dene"))


def found(text: str) -> list[tuple[str, str, str]]:
    sequence = words(text)
    headed = find_headed(text, sequence, [True] * len(sequence), (), PLACES.__contains__)
    return [(h.kind.value, h.name, h.type) for h in headed]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Proactive Investigation Team arrested nine.", ("unit", "Proactive Investigation Team", "team")),
        (
            "Our new Modern Slavery and Exploitation Unit helped.",
            ("unit", "Modern Slavery and Exploitation Unit", "unit"),
        ),
        ("Case Review teams and others met.", ("unit", "", "")),
        ("The Case Review team met.", ("unit", "Case Review Team", "team")),
        ("PC Marl of the Drone Units said so.", ("unit", "Drone Unit", "unit")),
        ("The Lower Dene Patrol Squad met.", ("unit", "Patrol Squad", "team")),
        ("Officers in the Rural Task Force met.", ("unit", "Rural Task Force", "team")),
        ("Prevention Command's work went on.", ("unit", "Prevention Command", "command")),
        ("We launched the Lantern Scheme.", ("programme", "Lantern Scheme", "scheme")),
        ("The Police Property Act Fund paid.", ("programme", "Police Property Act Fund", "fund")),
        ("National Stalking Awareness Week came.", ("programme", "National Stalking Awareness Week", "event")),
        ("We promoted the Walk Me Home App.", ("programme", "Walk Me Home App", "system")),
    ],
)
def test_a_name_is_told_by_the_word_it_ends_in(text: str, expected: tuple[str, str, str]) -> None:
    assert found(text) == ([expected] if expected[1] else [])


@pytest.mark.parametrize(
    "text",
    [
        "The Housing Options Team and the Social Care Team came.",
        "Marlgate Borough Council Noise Team came.",
        "Redthorn's Missing Team came.",
        "The Regional Intelligence Unit came.",
        "Thefts of GPS units rose.",
        "Team Leaders and Section 60 orders; Public Order Section 12.",
        "The Department for Transport came.",
        "The team, a Marlgate team, our Teams and the Unit.",
        "It was the best week; in December we closed. Christmas Day and the Annual Strategy.",
        "A recruitment campaign and the Open Day.",
        "The Home Day, Police Day.",
    ],
)
def test_what_is_no_name_or_anothers_team_is_left_out(text: str) -> None:
    assert found(text) == []


def test_two_names_joined_by_and_are_two() -> None:
    text = "The Change Programme and the Safety Charter, and the Dog Unit and Patrol Team."
    assert [name for _, name, _ in found(text)] == ["Change Programme", "Safety Charter", "Dog Unit", "Patrol Team"]


def test_a_team_is_not_part_of_the_body_before_it() -> None:
    text = "Redthorn Support Team came."
    sequence = words(text)
    assert find_headed(text, sequence, [False, True, True, True, True], {1}, PLACES.__contains__) == []


def test_initials_given_to_a_team_stand_for_it_everywhere() -> None:
    found = item("The Harm Reduction Team (HRT) arrested nine.", "HRT officers seized a car.")
    units = [m for m in found.mentions if m.kind is Kind.UNIT]
    assert [(m.item, m.text) for m in units] == [(1, "Harm Reduction Team"), (1, "HRT"), (2, "HRT")]
    assert {(m.key, m.basis, m.sort) for m in units} == {("essex-harm-reduction-team", Basis.FORM, "team")}


def test_what_is_found_is_in_the_register_with_its_kind_and_not_yet_reviewed() -> None:
    store = in_memory([item("The Harm Reduction Team set up the Lantern Fund.")])
    rows = store.select(
        f"""SELECT ?thing ?kind WHERE {{
          ?thing <{GT.unreviewed}> true ; <{ORG.classification}>|<{GT.programmeKind}> ?kind
        }} ORDER BY ?thing"""
    ).rows
    assert rows == (
        (mint("programme", "lantern-fund"), mint("programme-kind", "fund")),
        (mint("unit", "essex-harm-reduction-team"), mint("unit-kind", "team")),
    )
    assert store.select(f"SELECT ?force {{ <{rows[1][0]}> <{ORG.unitOf}> ?force }}").rows == (
        (mint("force", "essex"),),
    )
