from __future__ import annotations

import pytest

from graph.mentions.inflections import cue_form, readings
from graph.mentions.words import Phrases, words


@pytest.mark.parametrize(
    ("cue", "text", "met"),
    [
        ("arrest", "arrest arrests arrested arresting", 4),
        ("seize", "seized seizing seizes", 3),
        ("training", "trained training", 2),
        ("training", "trains train", 0),
        ("stop and search", "stopped and searched, stops and searches", 2),
        ("stalking", "stalked", 1),
        ("stalking", "stalks", 0),
        ("jailed", "jailing", 1),
        ("control", "controlled", 1),
        ("speed", "speed speeds", 2),
        ("warrant", "warrants; warranted", 1),
        ("bring", "brings", 1),
        ("knife", "knives", 1),
        ("search", "searches", 1),
        ("convict", "conviction", 0),
    ],
)
def test_a_cue_is_met_in_the_forms_of_its_words(cue: str, text: str, met: int) -> None:
    phrases: Phrases[str] = Phrases(inflected=True)
    phrases.add(cue, cue)
    assert len(list(phrases.find(words(text)))) == met


def test_names_are_met_only_as_they_are_written() -> None:
    phrases: Phrases[str] = Phrases()
    phrases.add("Safer Streets", "fund")
    assert list(phrases.find(words("They walk safer streets."))) == [(2, 4, ("fund",))]
    phrases.add("Walk", "walk")
    assert [v for _, _, v in phrases.find(words("They walked."))] == []


@pytest.mark.parametrize("word", ["arrested", "ring", "need", "sing", "tied", "robbing", "agreed", "red"])
def test_a_word_is_met_by_itself(word: str) -> None:
    assert cue_form(word) in readings(word)
    assert word in readings(word)
