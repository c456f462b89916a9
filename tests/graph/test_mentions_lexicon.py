"""How far a name of the vocabulary may be taken at its word, on a vocabulary made for the purpose."""

from __future__ import annotations

import pytest

from graph.mentions.lexicon import Lexicon
from graph.mentions.words import Phrases, longest, words
from graph.model import Basis, Kind, Term, Vocabulary
from tests.reports import item, mentions, names, partners

TERMS = (
    Term(
        Kind.PARTNER,
        "harbour-crime-agency",
        "Harbour Crime Agency",
        ("HCA",),
        ("Agency",),
        type="law-enforcement-agency",
    ),
    Term(Kind.PARTNER, "dock-support", "Dock Support", (), ("DS",), type="charity"),
    Term(Kind.PARTNER, "shelter", "Shelter", type="charity", needs_context=True),
    Term(Kind.PARTNER, "volunteers", "Harbour Volunteers", (), ("Vols",), type="volunteer"),
    Term(Kind.PARTNER, "partners", "Partner agencies", (), ("partners",), type="unspecified", generic=True),
    Term(Kind.PARTNER, "dunmere", "Dunmere Constabulary", (), ("Dunmere",), type="other-police-force"),
    Term(Kind.PARTNER, "rescue", "Dunmere Fire Brigade", ("Fire and Rescue Service",), type="fire-and-rescue"),
    Term(Kind.PLACE, "wharf", "Wharf End", within="D1"),
    Term(Kind.PLACE, "birch", "Birch", within="D1", needs_context=True),
    Term(Kind.PLACE, "county", "Harbourshire"),
    Term(Kind.UNIT, "duty-sergeant", "Duty Sergeant", type="role"),
    Term(Kind.UNIT, "wharf-team", "Wharf Team", type="team"),
)
NAMES = {t.key: t for t in TERMS}


def found(text: str, *met: str, own: str = "") -> list[str]:
    lexicon = Lexicon(Vocabulary(TERMS, ()), frozenset({own.casefold()} if own else ()))
    known = frozenset((NAMES[key].kind, key) for key in met)
    return [hit.term.key for hit in lexicon.find(words(text), known)]


@pytest.mark.parametrize(
    ("text", "met", "expected"),
    [
        ("with the Harbour Crime Agency", (), ["harbour-crime-agency"]),
        ("with the Harbour Crime Agency's boat", (), ["harbour-crime-agency"]),
        ("with the harbour crime agency", (), []),
        ("with HCA", (), ["harbour-crime-agency"]),
        ("with hca", (), []),
        ("HCAs met", (), ["harbour-crime-agency"]),
        ("with DS Jones", (), []),
        ("with DS", ("dock-support",), ["dock-support"]),
        ("the Agency said", (), []),
        ("the Agency said", ("harbour-crime-agency",), ["harbour-crime-agency"]),
        ("working with the Agency", (), ["harbour-crime-agency"]),
        ("people seek Shelter", (), []),
        ("with Harbour Crime Agency, Shelter and others", (), ["harbour-crime-agency", "shelter"]),
        ("people seek Shelter", ("shelter",), ["shelter"]),
        ("Vols gave hours", (), ["volunteers"]),
        ("our partners met", (), ["partners"]),
        ("forces such as Dunmere", (), ["dunmere"]),
        ("a walk in Dunmere", (), []),
    ],
)
def test_a_name_is_accepted_as_far_as_form_and_surroundings_allow(
    text: str, met: tuple[str, ...], expected: list[str]
) -> None:
    assert found(text, *met) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("patrols in Wharf End ran", ["wharf"]),
        ("the wharf end of the dock", []),
        ("patrols in Birch ran", ["birch"]),
        ("Birch wood burned", []),
        ("patrols at Birch, Wharf End", ["birch", "wharf"]),
        ("patrols in Wharf End and Birch", ["wharf", "birch"]),
        ("a day in Harbourshire", []),
    ],
)
def test_a_place_that_is_also_a_word_needs_to_stand_as_a_place_does(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_role_may_be_written_small_and_a_team_may_not() -> None:
    assert found("the duty sergeant and the wharf team") == ["duty-sergeant"]


def test_a_service_may_be_written_small_where_its_name_says_only_what_it_does() -> None:
    assert found("with the fire and rescue service") == ["rescue"]
    assert found("the dunmere fire brigade") == []


def test_the_forces_own_name_is_not_looked_for() -> None:
    assert found("with Dunmere Constabulary", own="Dunmere Constabulary") == []
    assert set(found("with Dunmere Constabulary")) == {"dunmere"}


def test_names_with_a_hint_are_found_by_context() -> None:
    lexicon = Lexicon(Vocabulary(TERMS, ()))
    text = "working with the Agency"
    assert [h.basis for h in lexicon.find(words(text), frozenset())] == [Basis.CONTEXT]


def test_the_word_ends_that_do_not_matter_are_left_off() -> None:
    assert [w.norm for w in words("Teams' cities & Police's CPTs bus class")] == [
        "team", "city", "and", "police", "cpt", "bus", "class",
    ]  # fmt: skip


def test_words_stand_where_they_stood() -> None:
    text = "Door-to-door\u2019s \u00a35 (caf\u00e9)."
    assert all(text[w.start : w.end] == w.raw for w in words(text))


def test_all_phrases_are_found_and_the_longest_kept() -> None:
    phrases: Phrases[str] = Phrases()
    for phrase in ("speed watch", "community speed watch", "watch"):
        phrases.add(phrase, phrase)
    spans = [(first, last, values[0]) for first, last, values in phrases.find(words("a Community Speed Watch group"))]
    assert sorted(s[2] for s in spans) == ["community speed watch", "speed watch", "watch"]
    assert [s[2] for s in longest(spans)] == ["community speed watch"]


def test_a_phrase_without_words_is_never_found() -> None:
    phrases: Phrases[str] = Phrases()
    phrases.add(" - ", "nothing")
    assert (phrases.size, list(phrases.find(words("a - b")))) == (0, [])


def test_a_place_in_the_name_of_a_team_still_tells_where() -> None:
    read = item("Brentwood Community Policing Team met residents.")
    assert names(read, Kind.PLACE) == ["Brentwood"]
    assert names(read, Kind.UNIT) == ["Community Policing Team"]


def test_a_place_in_the_name_of_a_body_does_not() -> None:
    read = item("Officers met Brentwood Borough Council.")
    assert names(read, Kind.PLACE) + names(read, Kind.DISTRICT) == []


def test_initials_of_a_body_need_the_body_to_be_named_in_full_somewhere() -> None:
    full = item("Officers met Communities and Asylum Seekers Together (CAST).", "Officers met CAST.")
    assert names(full, Kind.PARTNER, 2) == ["Communities and Asylum Seekers Together"]
    assert names(item("Officers met CAST."), Kind.PARTNER) == []


def test_what_belongs_to_the_folder_of_one_force_is_not_found_in_another_forces_report() -> None:
    text = "Officers met Brentwood Borough Council in Jaywick."
    assert [m.key for m in mentions(item(text), Kind.PLACE)] == ["jaywick"]
    assert [m.key for m in mentions(item(text, force="Kent Police"), Kind.PLACE)] == ["kent-jaywick"]


def test_a_possessive_is_no_part_of_a_name() -> None:
    [body] = mentions(item("Kent Police's boat came."), Kind.PARTNER)
    assert body.text == "Kent Police"


def test_forces_named_by_their_county_are_known_beside_talk_of_forces() -> None:
    said = partners(item("Teams work with neighbouring forces such as Hertfordshire and Kent."))
    assert {"Hertfordshire Constabulary", "Kent Police"} <= said.keys()
    said = partners(item("Officers from neighbouring forces Gwent, Dorset and Cumbria came."))
    assert {"Gwent Police", "Dorset Police", "Cumbria Constabulary"} <= said.keys()
    assert "Kent Police" not in partners(item("The train left for Kent."))
