"""What columns are called: every question of the catalogue has heads that a person reads, each its own."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from graph import queries
from graph.errors import VocabularyError
from graph.heads import head

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "catalogue"


def test_a_name_is_told_word_by_word_unless_it_says_too_little() -> None:
    told = {
        "partnerType": "Partner type",
        "items_by_heading": "Items by heading",
        "lpa": "Local Policing Area",
        "quarter2": "Quarter2",
        "ONScode": "ONScode",
        "n": "n",
    }
    assert {name: head(name) for name in told} == told


def test_every_column_of_the_catalogue_is_called_something_of_its_own_in_words() -> None:
    for query in queries.catalogue().values():
        with (GOLDEN / f"{query.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            names = next(csv.reader(file))
        shown = [name for name in names if not (name.endswith("Label") and name.removesuffix("Label") in names)]
        heads = [head(name, query) for name in shown]
        assert len(set(heads)) == len(heads), query.name
        assert [words for words in heads if not re.fullmatch(r"[A-Z][\w’,-]*( \S+)*", words)] == [], query.name
        assert [words for words in heads if re.search(r"[a-z][A-Z]|_", words)] == [], query.name
        assert [name for name, _ in query.columns if name not in names] == [], query.name


def test_a_head_for_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.rq"
    path.write_text("#+ summary: What?\n#+ columns:\n#+   y: Why\nSELECT ?x WHERE { ?x a ?z }\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="names the column 'y'"):
        queries.load(path)
