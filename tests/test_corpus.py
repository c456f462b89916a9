"""The corpus that scale is measured on: always the same, spread as real reports are, and known in every detail."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from graph import build
from graph.evaluation import Score, evaluate
from graph.extract import as_json
from graph.vocabulary import load_vocabulary
from tests.corpus.forces import SHIRES, made_forces
from tests.corpus.made import Corpus, write_corpus
from tests.corpus.reports import STYLES, made_reports


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return write_corpus(tmp_path_factory.mktemp("corpus"), 3, 1, 1)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_is_the_same_to_the_byte_and_a_smaller_one_is_part_of_a_larger(corpus: Corpus, tmp_path: Path) -> None:
    write_corpus(tmp_path / "larger", 4, 2, 1)
    larger, smaller = files(tmp_path / "larger"), files(corpus.folder)
    assert smaller.items() < larger.items()
    write_corpus(tmp_path / "other", 3, 1, 2)
    assert files(tmp_path / "other") != smaller
    with pytest.raises(ValueError, match=f"1 to {len(SHIRES)}"):
        made_forces(len(SHIRES) + 1, 1)


def test_names_are_spread_as_in_real_reports() -> None:
    force, styles = made_forces(1, 1)[0], set()
    reports = list(made_reports(force, 12, 1))
    named = Counter(p for report in reports for item in report.gold["items"] for p in item["partners"])
    counts = sorted(named.values(), reverse=True)
    # Zipf: the first is named some ten times as often as the tenth, and half of all namings are of a few.
    assert counts[0] > 4 * counts[9]
    assert sum(counts[:6]) > sum(counts) / 2
    assert len(counts) > 25
    operations = [set(report.gold["operations"]) for report in reports]
    assert all(now & then for then, now in pairwise(operations))
    assert operations[0] - operations[-1]
    assert sum(len(report.gold["errors"]) for report in reports) > 0
    for other in made_forces(12, 1):
        text = next(made_reports(other, 1, 1)).text
        styles |= {style.promise for style in STYLES if style.promise in text}
    assert styles == {style.promise for style in STYLES}


def test_it_is_read_as_its_gold_says(corpus: Corpus) -> None:
    vocabulary = load_vocabulary(forces=corpus.forces)
    totals: dict[str, Score] = {}
    for path in corpus.reports:
        gold = json.loads(corpus.gold(path).read_text(encoding="utf-8"))
        reading = build.read_mentions(build.read_report(path, vocabulary), vocabulary)
        for kind, score in evaluate(as_json(reading, vocabulary), gold, vocabulary).items():
            total = totals.setdefault(kind, Score())
            total.right += score.right
            total.wrong += score.wrong
            total.missed += score.missed
        assert {c.item for c in reading.checks if c.is_fault} == {error["item"] for error in gold["errors"]}
    # The layouts and the names of the vocabulary are to be read without a miss; how well prose is read is measured
    # on reports written by people (make evaluate).
    for kind in ("items", "commitment", "area", "priority", "operations", "figures"):
        assert (totals[kind].wrong, totals[kind].missed) == ([], []), kind
    assert totals["partners"].f1 > 0.85


def test_errors_that_are_planted_are_wrong() -> None:
    for report in made_reports(made_forces(2, 1)[1], 6, 1):
        for error in report.gold["errors"]:
            figures = {f["role"]: f["value"] for f in report.gold["items"][error["item"] - 1]["figures"][:3]}
            change = abs(figures["value"] - figures["comparison_value"]) / figures["comparison_value"] * 100
            assert abs(change - error["right"]) < 0.06
            assert abs(change - error["stated"]) > 3
