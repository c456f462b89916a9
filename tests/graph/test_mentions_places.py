"""Places and districts that no gazetteer knows: found by the words around them and within their names."""

from __future__ import annotations

import pytest

from graph.mentions.places import find_places
from graph.mentions.words import words
from graph.model import Basis, Kind
from tests.reports import COVER, item, mentions, names, reading

COMMON = frozenset(("stock", "training", "market", "stone"))


def found(text: str, kind: str) -> list[str]:
    """Return the names of ``kind`` that a text tells by their form."""
    sequence = words(text)
    return [p.name for p in find_places(text, sequence, [True] * len(sequence), COMMON) if p.kind == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officers in Owlbury stopped a van.", ["Owlbury"]),
        ("In Owlbury, thefts fell.", ["Owlbury"]),
        ("Patrols near Owl-on-the-Water grew.", ["Owl-on-the-Water"]),
        ("A dealer was arrested in Owlbury's market hall.", ["Owlbury"]),
        ("Across Owlbury, Fenwick and Upper Marl, thefts fell.", ["Owlbury", "Fenwick", "Upper Marl"]),
        ("Trains between Owlbury and Fenwick were searched.", ["Owlbury", "Fenwick"]),
        ("Halls in Owlbury and Fenwick host a clinic.", ["Owlbury", "Fenwick"]),
        ("Residents of Little Marl wrote to us.", ["Little Marl"]),
        ("Farms across the Isle of Larks or in Vale of Eden itself were marked.", ["Isle of Larks", "Vale of Eden"]),
        ("Owlbury town centre was quiet.", ["Owlbury"]),
        ("A stall at Owlbury railway station drew crowds.", ["Owlbury"]),
        ("Lights went up in the Marl Hill area.", ["Marl Hill"]),
        ("Owlbury High Street was closed.", ["Owlbury High Street"]),
        ("Warrants in Cobble Lane, Owlbury, found drugs.", ["Cobble Lane"]),
        ("Flats on the Larkfield estate were closed.", ["Larkfield"]),
        ("Doors around Cobbler's Green and in Bishop's Road opened.", ["Cobbler's Green", "Bishop's Road"]),
        ("Drinking in the Cornmarket and at the Guildhall went on.", ["Cornmarket", "Guildhall"]),
        ("Sheep above Tarn End were taken on the Dunmere Pass.", ["Tarn End", "Dunmere Pass"]),
        ("Horses walked the Drovers' Way.", ["Drovers' Way"]),
        ("We spoke to families in Lark Park.", ["Lark Park"]),
    ],
)
def test_places_are_told_by_what_stands_around_them(text: str, expected: list[str]) -> None:
    assert found(text, "place") == expected


@pytest.mark.parametrize(
    "text",
    [
        "In March and on Friday thefts fell.",
        "In Spring, around Christmas and at Easter we walked.",
        "Officers were trained in Adult Safeguarding and Taser.",
        "There was an increase in Wheelie Bin fires.",
        "In Hate Crime Awareness Week we met at Redgate Academy.",
        "Staff at Barrow Logistics rang us.",
        "Work in Contact Management and within Finance went on.",
        "Work with Owlbury and visits by Fenwick.",
        "In Stock checks, in Training and at Market.",
        "The High Street and Car Park were swept, at the Pier, in the City and at the Gurdwara.",
        "We listened in Romanian communities.",
        "Pupils in Year 7, at Key Stage 3 and in NR3.",
        "Turning Point, Hope Bridge and Red Cross came.",
        "It was heard at Owlbury Crown Court and in Parliament.",
        "Messages went out on Nextdoor, in Facebook groups and across Instagram.",
        "Fraud in England and Wales rose.",
        "Racing on the A595 and the M62 was stopped.",
        "At Superintendent Marl's request, in Operation Kite, cars were seized.",
    ],
)
def test_what_is_no_place_is_not_taken_for_one(text: str) -> None:
    assert found(text, "place") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thefts in Owlbury district fell.", ["Owlbury"]),
        ("Thefts fell in the Owlbury and Fenwick districts.", ["Owlbury", "Fenwick"]),
        ("The Owlbury, Fenwick and Upper Marl boroughs paid.", ["Owlbury", "Fenwick", "Upper Marl"]),
        ("It covers the boroughs of Owlbury and Fenwick.", ["Owlbury", "Fenwick"]),
        ("Owlbury Borough is quiet.", ["Owlbury"]),
        ("Owlbury district council, each District, the district nurse and the borough commander came.", []),
        ("In North and Central districts thefts fell.", []),
        ("We walked in the Lake District.", []),
    ],
)
def test_districts_are_told_by_the_word(text: str, expected: list[str]) -> None:
    assert found(text, "district") == expected


def test_a_name_told_to_be_a_place_once_is_one_wherever_it_stands_by_itself() -> None:
    said = item("Thefts in Owlbury fell.", "Owlbury's fair was quiet.", "Ms Owlbury Smith and Owlbury Ltd helped.")
    assert [names(said, Kind.PLACE, n) for n in (1, 2, 3)] == [["Owlbury"], ["Owlbury"], []]


def test_the_council_of_a_place_tells_that_it_is_one() -> None:
    said = item("Fenwick Borough Council paid.", "A Fenwick nurse and Fenwick PCSOs came.", force="Owlshire Police")
    assert names(said, Kind.PLACE) == []
    assert set(names(said, Kind.PLACE, 2)) == {"Fenwick"} == set(names(said, Kind.DISTRICT, 2))


def test_a_place_and_the_district_of_its_name_are_both_named() -> None:
    said = item("Thefts in Owlbury borough fell.", "A shop in Owlbury was robbed.", force="Owlshire Police")
    assert (names(said, Kind.PLACE), names(said, Kind.DISTRICT)) == ([], ["Owlbury"])
    assert (names(said, Kind.PLACE, 2), names(said, Kind.DISTRICT, 2)) == (["Owlbury"], ["Owlbury"])


def test_found_places_belong_to_the_force_and_await_review() -> None:
    [place] = mentions(item("A shop in Owlbury was robbed.", force="Owlshire Police"), Kind.PLACE)
    assert (place.key, place.basis) == ("owlshire-owlbury", Basis.FORM)


def test_the_gazetteer_goes_first() -> None:
    said = item("Thefts in Jaywick, near Lakeside and in Owlbury fell.")
    assert {m.key for m in mentions(said, Kind.PLACE)} == {"jaywick", "lakeside", "essex-owlbury"}


def test_the_territory_of_a_force_is_no_place_in_it() -> None:
    said = item("Thefts across Owlshire and in Kent fell, and in Owlbury too.", force="Owlshire Police")
    assert names(said, Kind.PLACE) == ["Owlbury"]


def test_a_district_that_the_layout_names_is_one() -> None:
    body = "Priority 1 - Nights\n\nWe will:\n\nWalk.\n\nFenwick District\n\n- A shop in Fenwick was robbed.\n"
    said = reading(COVER.replace("Essex Police", "Owlshire Police") + body)
    assert names(said, Kind.DISTRICT) == ["Fenwick"]


def test_an_operation_s_and_a_body_s_name_hold_no_place() -> None:
    said = item("Thefts in Owlbury fell.", "Operation Owlbury and the Owlbury Youth Trust met.")
    assert names(said, Kind.PLACE, 2) == []
