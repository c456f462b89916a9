"""Bodies whose names have no form of their own, found by the words that govern them."""

from __future__ import annotations

import pytest

from graph.mentions.governed import find_governed
from graph.mentions.words import words
from graph.model import Basis, Kind
from tests.reports import item, mentions, names, partners

COMMON = frozenset(("stock", "care"))


def found(text: str) -> list[str]:
    sequence = words(text)
    return [b.name for b in find_governed(text, sequence, [True] * len(sequence), (), COMMON)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We worked with Sanctuary Lodge to house ten people.", ["Sanctuary Lodge"]),
        ("In partnership with Redthorn, officers gave out kits.", ["Redthorn"]),
        ("Officers walked alongside Redthorn.", ["Redthorn"]),
        ("The drop-in is funded by Barrow & Sons.", ["Barrow & Sons"]),
        ("It was run with Larch Rovers in the Community.", ["Larch Rovers in the Community"]),
        ("It was paid for by Kelto, Marlgate and the Larch.", ["Kelto", "Marlgate", "Larch"]),
        ("Staff at Barlows stopped a payment.", ["Barlows"]),
        ("A caseworker from Mountview came.", ["Mountview"]),
        ("With the help of a grant from Open Hands we walked.", ["Open Hands"]),
        ("Families were referred to Redthorn.", ["Redthorn"]),
        ("Thanks to Redthorn's van, beds were moved.", ["Redthorn"]),
        ("Northgate Supplies donated 40 cameras.", ["Northgate Supplies"]),
        ("We worked with British Salt on it.", ["British Salt"]),
        ("IDVAs from Haven Marlgate are in both custody suites.", ["Haven Marlgate"]),
        ("Advisers from Redthorn House work in our control room.", ["Redthorn House"]),
    ],
)
def test_a_body_is_known_by_what_governs_it(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It was led by Jane Marl and Superintendent Marl.",
        "We worked with Romany families and Domestic Abuse victims.",
        "Working with Response Policing, Custody and Roads Policing helped.",
        "Working together with Criminal Behaviour Orders, it went down.",
        "He was charged with Wounding and armed with Stanley.",
        "We worked with Stock and with Care.",
        "Visits to Redthorn and to Sanctuary Lodge were made.",
        "Daniel Marl donated a bicycle.",
        "The work with Owlbury PCSOs went on in March.",
        "In partnership with us, redthorn came.",
    ],
)
def test_what_is_no_body_is_not_taken_for_one(text: str) -> None:
    assert found(text) == []


def test_a_body_told_once_is_known_wherever_it_stands_by_itself() -> None:
    said = item("We worked with Redthorn on it.", "Redthorn also trained us.", "Mr Redthorn Smith came.")
    assert [partners(said, n) for n in (1, 2, 3)] == [{"Redthorn": True}, {"Redthorn": True}, {}]
    [body] = mentions(said, Kind.PARTNER, 2)
    assert (body.key, body.basis, body.partner_type) == ("redthorn", Basis.FORM, "unspecified")


def test_a_place_is_no_body() -> None:
    said = item("Volunteers from Owlbury came.", "A shop in Owlbury was robbed.")
    assert "Owlbury" not in names(said, Kind.PARTNER)


def test_a_known_name_stays_what_it_is() -> None:
    assert partners(item("We worked with Victim Support on it.")) == {"Victim Support": True}
