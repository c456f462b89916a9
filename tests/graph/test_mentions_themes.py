from __future__ import annotations

import pytest

from graph.mentions.themes import ThemeFinder
from graph.mentions.words import words
from graph.model import Kind, Term, Vocabulary
from graph.statements import item_themes
from tests.reports import item, mentions, reading

FINDER = ThemeFinder(
    Vocabulary(
        (
            Term(Kind.THEME, "theft", "Theft", ("stealing",), ("burglary",), ("stolen", "broken into")),
            Term(Kind.THEME, "exploitation", "Exploitation", (), ("sexual exploitation",)),
            Term(Kind.THEME, "child-exploitation", "Child exploitation", (), ("child sexual exploitation", "CSE")),
            Term(Kind.THEME, "knives", "Knife crime", (), ("knife point",)),
            Term(Kind.THEME, "robbery", "Robbery", (), ("knife point robbery",)),
        ),
        (),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theft fell.", {"theft"}),
        ("Thefts fell.", {"theft"}),
        ("They were stealing.", {"theft"}),
        ("A burglary was solved.", {"theft"}),
        ("A stolen car was found.", set()),
        ("A stolen, stolen car was found.", set()),
        ("A stolen car was broken into.", {"theft"}),
        ("Sexual exploitation fell.", {"exploitation"}),
        ("Child sexual exploitation fell.", {"child-exploitation"}),
        ("Child sexual exploitation and sexual exploitation fell.", {"child-exploitation", "exploitation"}),
        ("A knife point robbery was solved.", {"knives", "robbery"}),
        ("CSE fell.", {"child-exploitation"}),
        ("The cse fell.", set()),
        ("Nothing was said.", set()),
    ],
)
def test_a_theme_is_named_by_its_label_alias_or_cue(text: str, expected: set[str]) -> None:
    assert {hit.term.key for hit in FINDER.find(words(text))} == expected


def test_weak_cues_are_kept_beside_a_strong_one() -> None:
    text = "Theft: a stolen car."
    assert [words(text)[h.first].raw for h in FINDER.find(words(text))] == ["Theft", "stolen"]


NAMES = ThemeFinder(
    Vocabulary(
        (
            Term(Kind.THEME, "hate", "Hate crime", (), ("Specials", "J9")),
            Term(Kind.THEME, "wildlife", "Rural crime", (), ("wildlife", "Farm Watch"), ("farmers", "rural")),
        ),
        (),
    )
)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("The Wildlife Trust came.", "Wildlife Trust", set()),
        ("The Wildlife Trust counted wildlife.", "Wildlife Trust", {"wildlife"}),
        ("Rural farmers came.", "Rural farmers", set()),
        ("The Hate Crime Unit came.", "The Hate Crime Unit", {"hate"}),
        ("The Farm Watch came.", "The Farm Watch", {"wildlife"}),
        ("A special day.", "", set()),
        ("Two Specials came.", "", {"hate"}),
        ("The J9 scheme began.", "", {"hate"}),
    ],
)
def test_inside_a_bodys_name_only_a_themes_own_name_counts(text: str, name: str, expected: set[str]) -> None:
    first = words(text[: text.find(name)])
    ranges = [(len(first), len(first) + len(words(name)))] if name else []
    assert {hit.term.key for hit in NAMES.find(words(text), ranges)} == expected


def test_a_theme_in_the_title_of_a_priority_heads_the_items_of_all_its_promises() -> None:
    read = reading(
        "Essex Police\nPriority 1 - Tackle domestic abuse\n\nWe will:\n\nWalk.\n\n- Walked.\n\n"
        "We will:\n\nRun.\n\n- Ran.\n\nPriority 2 - Days\n\nWe will:\n\nSit.\n\n- Sat."
    )
    assert ["domestic-abuse" in item_themes(read, i)[1] for i in read.report.items] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Nine people were arrested.", "enforcement-activity"),
        ("Officers seized two cars.", "enforcement-activity"),
        ("The man was jailed for a year.", "criminal-justice-outcomes"),
        ("Staff trained forty teachers.", "training"),
        ("Three flats had been cuckooed.", "county-lines"),
        ("A burglar fled.", "burglary"),
        ("A woman had been spiked.", "drink-spiking"),
        ("Officers safeguarded two children.", "vulnerability"),
    ],
)
def test_inflected_cues_of_the_vocabulary_are_found(text: str, theme: str) -> None:
    assert theme in {m.key for m in mentions(item(text), Kind.THEME)}


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Two officers were warranted.", "enforcement-activity"),
        ("The evening trains ran late.", "training"),
        ("Demand spiked in July.", "drink-spiking"),
        ("We prevent delays and trust the survey of roads.", "terrorism-and-extremism"),
    ],
)
def test_words_that_look_alike_are_no_cues(text: str, theme: str) -> None:
    assert theme not in {m.key for m in mentions(item(text), Kind.THEME)}


PROMISE = "Protect people from domestic abuse."


def test_a_theme_that_only_the_promise_names_is_kept_apart() -> None:
    read = item("Officers bought radios.", "Domestic abuse training was given.", promise=PROMISE)
    own, heading = zip(*(item_themes(read, i) for i in read.report.items), strict=True)
    assert "domestic-abuse" not in own[0]
    assert "domestic-abuse" in heading[0]
    assert "domestic-abuse" in own[1]
    assert "domestic-abuse" not in heading[1]


def test_the_title_of_a_priority_heads_the_items_below_it() -> None:
    read = reading(
        "Essex Police\nPriority 1 - Tackle Burglary\n\nWe will:\n\nWalk.\n\n- Solved a burglary.\n\n- Walked.\n\n"
        "Priority 2 - Nights\n\nWe will:\n\nRun.\n\n- Ran."
    )
    assert [item_themes(read, i) for i in read.report.items] == [(("burglary",), ()), ((), ("burglary",)), ((), ())]
    [title] = [m for m in read.mentions if m.priority is not None]
    assert (title.text, title.priority, title.item, title.commitment) == ("Burglary", 1, None, None)


def test_a_theme_of_another_promise_is_no_heading_theme() -> None:
    read = reading(
        f"Essex Police\nPriority 1 - Nights\n\nWe will:\n\n{PROMISE}\n\n- Bought radios.\n\n"
        "We will:\n\nWalk.\n\n- Walked."
    )
    assert item_themes(read, read.report.items[1]) == ((), ())


def test_a_theme_in_a_promise_stands_in_the_promise() -> None:
    [mention] = [m for m in mentions(item("Walked.", promise=PROMISE), Kind.THEME, None) if m.key == "domestic-abuse"]
    assert (mention.commitment, mention.text) == ("1.1", "domestic abuse")


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Patrols tackled violence against women and girls.", "vawg"),
        ("Patrols tackled anti-social behaviour.", "anti-social-behaviour"),
        ("Patrols tackled ASB.", "anti-social-behaviour"),
        ("Staff spoke about drink spiking.", "drink-spiking"),
    ],
)
def test_the_themes_of_the_vocabulary_are_found(text: str, theme: str) -> None:
    assert theme in {m.key for m in mentions(item(text), Kind.THEME)}


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("A rogue trader cost one household its savings.", "fraud"),
        ("Two vans were stopped after van thefts in the lanes.", "vehicle-crime"),
        ("Riders doing wheelies were warned.", "vehicle-nuisance"),
        ("The men were sent to prison.", "criminal-justice-outcomes"),
        ("Three families were moved to a safe address.", "victim-support"),
        ("He was groped on the bus.", "public-sexual-harassment"),
        ("Walks after violence at home was reported.", "domestic-abuse"),
        ("The money laundered through the shop was traced.", "organised-crime"),
        ("A persistent thief was visited.", "offender-management"),
        ("A boxing club took in ten boys.", "youth-diversion"),
        ("Visits were made after cuckooing in two flats.", "county-lines"),
        ("Bins were set fire to.", "criminal-damage-and-arson"),
        ("Fixed penalties were handed out.", "enforcement-activity"),
        ("Drivers were over the speed limit.", "speeding"),
        ("Break-ins fell by half.", "burglary"),
        ("Advice was given on domestic and sexual abuse.", "domestic-abuse"),
        ("Work on hate and knife crime went on.", "hate-crime"),
        ("Plans for rural or business crime were drawn up.", "rural-crime"),
    ],
)
def test_ordinary_words_of_the_field_name_their_theme(text: str, theme: str) -> None:
    assert theme in item_themes(item(text), item(text).report.items[0])[0]


def test_words_that_share_the_last_one_are_quoted_whole() -> None:
    (found,) = (m for m in mentions(item("Officers spoke of domestic and sexual abuse."), Kind.THEME))
    assert found.text == "domestic and sexual abuse"


def test_a_word_before_and_shares_nothing_that_is_no_name() -> None:
    assert not mentions(item("Staff and young people met."), Kind.THEME)
