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


PROMISE = "Protect people from domestic abuse."


def test_a_theme_that_only_the_promise_names_is_kept_apart() -> None:
    read = item("Officers bought radios.", "Domestic abuse training was given.", promise=PROMISE)
    own, heading = zip(*(item_themes(read, i) for i in read.report.items), strict=True)
    assert "domestic-abuse" not in own[0]
    assert "domestic-abuse" in heading[0]
    assert "domestic-abuse" in own[1]
    assert "domestic-abuse" not in heading[1]


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
