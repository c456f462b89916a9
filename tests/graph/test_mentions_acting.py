"""Whether the words say that a body works with the police, or only name it."""

from __future__ import annotations

import pytest

from graph.model import Kind
from tests.reports import item, mentions, partners

KENT = "Kent Police"
NCA = "National Crime Agency"


@pytest.mark.parametrize(
    "text",
    [
        "Patrols were run in partnership with Kent Police.",
        "Patrols were run alongside Kent Police.",
        "Kent Police joined the patrols.",
        "In Harlow, Kent Police have run patrols.",
        "Patrols were supported by Kent Police.",
        "Intelligence was shared between Essex Police and Kent Police.",
        "The meeting included Kent Police.",
        "Three cases were referred to Kent Police.",
        "Working with colleagues from Kent Police, officers made an arrest.",
        "Staff at the desk and at Kent Police rang us.",
    ],
)
def test_a_body_that_the_words_say_works_with_the_police_is_acting(text: str) -> None:
    assert partners(item(text))[KENT]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Cars were stopped along the border with Kent Police.", KENT),
        ("Cars were stopped near the border with the Metropolitan Police Service.", "Metropolitan Police Service"),
        ("The National Crime Agency threat assessment was read.", NCA),
        ("The National Crime Agency report was read.", NCA),
        ("Officers stood outside the Kent Police station.", KENT),
        ("The work was done without Kent Police.", KENT),
        ("The force, unlike Kent Police, has such a team.", KENT),
        ("Goods were stolen from Tesco.", "Tesco"),
        ("Staff of Greater Anglia were assaulted.", "Greater Anglia"),
    ],
)
def test_a_body_that_the_words_only_name_is_not(text: str, name: str) -> None:
    assert partners(item(text)) == {name: False}


@pytest.mark.parametrize(
    ("text", "acting"),
    [
        ("Officers made visits to local businesses.", False),
        ("The operation targets licensed premises.", False),
        ("Officers have been visiting local schools.", False),
        ("Work was done with local schools.", True),
        ("Local schools completed a course.", True),
        ("In Harlow, local schools completed a course.", True),
        ("A course was welcomed locally and local schools are quiet.", False),
    ],
)
def test_a_kind_of_body_works_with_the_police_only_where_the_words_say_so(text: str, *, acting: bool) -> None:
    assert set(partners(item(text)).values()) == {acting}


def test_partner_agencies_are_partners_by_their_name() -> None:
    assert partners(item("It is a joint initiative of police and partner agencies.")) == {"Partner agencies": True}


def test_the_members_of_a_list_share_what_governs_it() -> None:
    said = partners(item("Cars were stopped along the border with Kent Police and Suffolk Constabulary."))
    assert said == {KENT: False, "Suffolk Constabulary": False}
    said = partners(item("A meeting was held with Kent Police, Suffolk Constabulary and the National Crime Agency."))
    assert said == {KENT: True, "Suffolk Constabulary": True, NCA: True}


def test_a_body_in_a_list_after_its_initials_still_shares_what_governs_it() -> None:
    said = partners(item("Cars were stopped on the border with the Metropolitan Police Service (MPS) and Kent Police."))
    assert set(said.values()) == {False}


def test_after_an_opening_phrase_a_body_is_the_subject() -> None:
    assert partners(item("Near Harlow, Suffolk Constabulary have run patrols."))["Suffolk Constabulary"]


def test_a_sentence_does_not_govern_the_next() -> None:
    said = partners(item("Officers visited Harlow. Kent Police joined them."))
    assert said == {KENT: True}


def test_a_body_that_acts_anywhere_in_an_item_is_a_partner_of_it() -> None:
    said = partners(item("Near the border with Kent Police, cars were stopped. Kent Police joined the patrols."))
    assert said == {KENT: True}


def test_the_force_whose_report_it_is_is_nobodys_partner() -> None:
    assert partners(item("Essex Police worked with Kent Police.")) == {KENT: True}
    assert partners(item("Essex Police worked with Kent Police.", force=KENT)) == {"Essex Police": True}


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Kent Police led the evening.", "leads"),
        ("The evening was funded by Kent Police.", "funds"),
        ("The evening was hosted by Colchester Institute.", "hosts"),
        ("Kent Police have kindly provided a van.", "provides"),
        ("Two people were referred to Victim Support.", "receives-referrals"),
        ("Victim Support referred two people.", "refers"),
        ("Officers worked with Kent Police.", ""),
        ("Kent Police were provided with vans by officers.", ""),
        ("Officers met Kent Police leads, who agreed.", ""),
    ],
)
def test_a_partner_has_the_role_that_the_words_give_it(words: str, role: str) -> None:
    assert [m.role for m in mentions(item(words), Kind.PARTNER)] == [role]


@pytest.mark.parametrize(
    ("text", "acting"),
    [
        ("Tesco, Morrisons and the Co-op funded guards.", {"Tesco", "Morrisons", "Co-op"}),
        ("Linden Academy, Marl Primary School and the charity Mind ran lessons.", {"Linden Academy", "Mind"}),
        ("The rural team, the NFU and the Environment Agency set up checks.", {"National Farmers' Union"}),
        ("After a theft at Tesco, the Environment Agency lent a camera.", {"Environment Agency"}),
        ("After a theft at Tesco, the Environment Agency and Mind lent a camera.", {"Environment Agency", "Mind"}),
        ("Pupils at Linden Academy helped with a poster.", {"Linden Academy"}),
    ],
)
def test_the_members_of_a_list_that_acts_all_act(text: str, acting: set[str]) -> None:
    found = partners(item(text))
    assert acting <= {name for name, acts in found.items() if acts}
    assert "Tesco" in acting or not found.get("Tesco")


@pytest.mark.parametrize(
    "text",
    [
        "Visits to Tesco led to an arrest.",
        "Thefts from Tesco led to a charge.",
        "Tesco was targeted by thieves.",
        "Greater Anglia was defrauded.",
        "A man was arrested for thefts from Morrisons, Boots and Tesco.",
        "Disorder near Linden Academy led to patrols.",
    ],
)
def test_what_was_done_to_a_body_or_at_its_place_is_no_work_of_its_own(text: str) -> None:
    found = partners(item(text))
    assert found
    assert not any(found.values())
