"""Questions in English are answered rightly as often as they were, and hardly ever wrongly."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph import build
from graph.stores.oxigraph import OxigraphStore
from graph.vocabulary import load_vocabulary
from tests.questions.measure import HERE, PAGE, RIGHT, SETS, WRONG, judge_all, page
from tests.reports import read_file

AT_LEAST_AND_AT_MOST = {
    "english": (147, 3),
    "english-second": (59, 1),
    "english-third": (58, 0),
    "english-fourth": (55, 3),
    "english-fifth": (53, 1),
    "english-sixth": (53, 1),
    "english-seventh": (46, 4),
    "english-eighth": (117, 2),
    "english-ninth": (97, 9),
    "english-tenth": (58, 0),
    "english-eleventh": (47, 2),
    "english-twelfth": (108, 6),
    "english-thirteenth": (55, 2),
    "english-fourteenth": (47, 6),
    "english-fifteenth": (58, 1),
}
"""How many questions of a set are right, and how many are wrong."""


@pytest.fixture(scope="session")
def real_store(shared: Path) -> OxigraphStore:
    return build.in_memory([read_file(shared / "reports" / "essex-2021-22-q4.txt")], load_vocabulary())


def test_questions_are_answered_as_often_as_before(real_store: OxigraphStore) -> None:
    assert {path.stem for path in SETS} == set(AT_LEAST_AND_AT_MOST)
    now = {path.stem: judge_all(real_store, path) for path in SETS}
    for path in SETS:
        judged = now[path.stem]
        verdicts = Counter(j.verdict for j in judged)
        misses = [f"{j.verdict}: {j.question}: {j.said}" for j in judged if j.verdict != RIGHT]
        least, most = AT_LEAST_AND_AT_MOST[path.stem]
        assert verdicts[RIGHT] >= least, (path.stem, misses)
        assert verdicts[WRONG] <= most, (path.stem, misses)
    assert PAGE.read_text(encoding="utf-8") == page(now), "write it anew: see the head of tests/questions/measure.py"
    assert {path.stem for path in HERE.glob("english*.json")} == set(now), "first_runs.json lacks a set"
