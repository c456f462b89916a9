from __future__ import annotations

import pytest

from graph.mentions.organisation_words import type_of
from graph.mentions.organisations import find_organisations
from graph.mentions.words import words
from graph.model import Basis, Kind
from tests.reports import item, mentions, names, partners


def found(text: str) -> list[str]:
    sequence = words(text)
    return [o.name for o in find_organisations(text, sequence, [True] * len(sequence))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officers met Dunmere Youth Trust.", ["Dunmere Youth Trust"]),
        ("Officers met the Dunmere Youth Trust.", ["Dunmere Youth Trust"]),
        ("The Dunmere Fire and Rescue Service came.", ["Dunmere Fire and Rescue Service"]),
        ("Dunmere Housing and Harbour Council came.", ["Dunmere Housing", "Harbour Council"]),
        ("Dunmere Youth Trust and Harbour Trust came.", ["Dunmere Youth Trust", "Harbour Trust"]),
        ("Work with Friends of the Park Trust began.", ["Friends of the Park Trust"]),
        ("In Dunmere the Council came.", []),
        ("In Dunmere and the Council came.", []),
        ("It was taught at the University of Dunmere.", ["University of Dunmere"]),
        ("University of South Dunmere and Harbour Trust came.", ["University of South Dunmere", "Harbour Trust"]),
        ("At University of course people learn.", []),
        ("The University ran a course.", []),
        ("During March Dunmere Council came.", ["Dunmere Council"]),
        ("The Council and the School met.", []),
        ("Trust was built.", []),
        ("They trust a local council.", []),
        ("Dunmere BID, Dunmere Mind and Marl Logistics met.", ["Dunmere BID", "Dunmere Mind", "Marl Logistics"]),
        (
            "Dunmere Fire and Rescue and Dunmere Search and Rescue came.",
            ["Dunmere Fire and Rescue", "Dunmere Search and Rescue"],
        ),
        (
            "HMP Marlgate, Age UK Dunmere and Citizens Advice Marl met.",
            ["HMP Marlgate", "Age UK Dunmere", "Citizens Advice Marl"],
        ),
        (
            "The Harbour Master's Office and the Marl Women's Centre met.",
            ["Harbour Master's Office", "Marl Women's Centre"],
        ),
        ("The Department for Owls and the Bank of Marl wrote.", ["Department for Owls", "Bank of Marl"]),
        ("Hope Bridge, the Dunmere charity that housed them, came.", ["Hope Bridge"]),
        ("The housing association Larchwood came.", ["Larchwood"]),
        ("The Contact Centre, the Custody Office and the Crime Project met.", []),
    ],
)
def test_a_body_is_known_by_the_form_of_its_name(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Dunmere Fire and Rescue Service", "fire-and-rescue"),
        ("Dunmere Constabulary", "other-police-force"),
        ("Dunmere Borough Council", "local-authority"),
        ("Dunmere Hospital", "health"),
        ("Dunmere Housing Association", "housing"),
        ("Dunmere Academy", "education"),
        ("University of Dunmere", "education"),
        ("Dunmere Mosque", "faith"),
        ("Dunmere Youth Justice Service", "probation"),
        ("Dunmere Safeguarding Board", "multi-agency-board"),
        ("Dunmere Community Safety Partnership", "community-safety-partnership"),
        ("Dunmere Football Club", "business"),
        ("Dunmere Youth Trust", "charity"),
        ("Dunmere Speed Watch", "volunteer"),
        ("Dunmere Residents Association", "community-group"),
        ("Dunmere", "unspecified"),
        ("Dunmere Search and Rescue", "volunteer"),
        ("Dunmere Fire and Rescue", "fire-and-rescue"),
        ("Dunmere BID", "business"),
        ("Dunmere Trains", "transport"),
        ("Dunmere Adult Services", "social-care"),
    ],
)
def test_the_name_of_a_body_suggests_its_type(name: str, type_: str) -> None:
    assert type_of(name) == type_


def test_a_body_found_by_form_is_marked_so() -> None:
    [body] = mentions(item("Officers met Dunmere Youth Trust."), Kind.PARTNER)
    assert (body.name, body.key, body.partner_type, body.basis) == (
        "Dunmere Youth Trust", "dunmere-youth-trust", "charity", Basis.FORM,
    )  # fmt: skip


def test_a_university_is_of_the_type_of_its_first_word() -> None:
    [body] = mentions(item("Officers met the University of Dunmere."), Kind.PARTNER)
    assert body.partner_type == "education"


def test_initials_in_brackets_after_a_body_mean_it_from_then_on() -> None:
    two = item("Dunmere Youth Trust (DYT) joined.", "The DYT gave 40 hours.")
    assert names(two, Kind.PARTNER, 2) == ["Dunmere Youth Trust"]


def test_initials_that_nothing_introduces_mean_nothing() -> None:
    assert names(item("The DYT gave 40 hours."), Kind.PARTNER) == []


def test_the_force_itself_is_not_found_by_form() -> None:
    read = item("Harbourshire Constabulary worked with Dunmere Council.", force="Harbourshire Constabulary")
    assert partners(read) == {"Dunmere Council": True}


def test_a_body_the_vocabulary_knows_is_not_found_again_by_form() -> None:
    [body] = mentions(item("Officers met Brentwood Borough Council."), Kind.PARTNER)
    assert body.basis is not Basis.FORM


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tendring and Maldon District Councils met officers.",
            ["Tendring District Council", "Maldon District Council"],
        ),
        ("In Colchester the Council joined officers.", ["Colchester City Council"]),
        ("In Colchester, officers worked with the Council.", ["Colchester City Council"]),
        ("In Jaywick, officers worked with the Council.", ["Tendring District Council"]),
        ("Colchester and Harlow opened with the Council.", ["Council (not named)"]),
        ("Officers worked with the Council.", ["Council (not named)"]),
        ("Officers worked with Harlow District Council.", ["Harlow District Council"]),
        ("A council of war was held.", []),
    ],
)
def test_the_council_is_the_one_of_the_only_district(text: str, expected: list[str]) -> None:
    assert names(item(text), Kind.PARTNER) == expected


def test_each_of_two_councils_that_share_an_ending_has_its_own_words() -> None:
    found_ = mentions(item("Tendring and Maldon District Councils met officers."), Kind.PARTNER)
    assert [m.text for m in found_] == ["Tendring", "Maldon District Councils"]


@pytest.mark.parametrize(
    ("words", "name", "type_"),
    [
        ("The charity Dunmere Hearth lent a hall.", "Dunmere Hearth", "charity"),
        ("Quillan, a small support group, joined the walk.", "Quillan", "community-group"),
        ("Brackwater, the bus company, lent two buses.", "Brackwater", "business"),
    ],
)
def test_a_body_is_known_by_what_the_words_say_it_is(words: str, name: str, type_: str) -> None:
    assert [(m.name, m.partner_type) for m in mentions(item(words), Kind.PARTNER)] == [(name, type_)]


@pytest.mark.parametrize(
    "words",
    [
        "Sergeant Quillan, a keen walker, led them.",
        "Quillan, where a charity met, was quiet.",
        "A multi-agency DA hub opened.",
    ],
)
def test_a_name_that_no_words_call_a_body_is_none(words: str) -> None:
    assert mentions(item(words), Kind.PARTNER) == []


def test_the_force_s_own_team_is_no_part_of_the_name_joined_to_it() -> None:
    found = mentions(item("The Rural Crime Unit and Dunmere Farmers' Network walked."), Kind.PARTNER)
    assert [m.name for m in found] == ["Dunmere Farmers' Network"]
