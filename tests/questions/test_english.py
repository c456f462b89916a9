"""Questions in English are answered rightly as often as they were, and hardly ever wrongly."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph import build
from graph.stores.oxigraph import OxigraphStore
from graph.vocabulary import load_vocabulary
from tests.questions.measure import OPEN, RIGHT, WRONG, judge_all
from tests.reports import read_file

RIGHT_AT_LEAST = 142
WRONG_AT_MOST = 6


@pytest.fixture(scope="session")
def real_store(shared: Path) -> OxigraphStore:
    return build.in_memory([read_file(shared / "reports" / "essex-2021-22-q4.txt")], load_vocabulary())


def test_open_questions_are_answered_as_often_as_before(real_store: OxigraphStore) -> None:
    judged = judge_all(real_store, OPEN)
    verdicts = Counter(j.verdict for j in judged)
    misses = [f"{j.verdict}: {j.question}: {j.said}" for j in judged if j.verdict != RIGHT]
    assert verdicts[RIGHT] >= RIGHT_AT_LEAST, misses
    assert verdicts[WRONG] <= WRONG_AT_MOST, misses
