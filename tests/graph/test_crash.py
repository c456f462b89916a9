"""A few rounds of what ``make crash`` does a hundred times, and that it would notice what it looks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import ingest
from graph.stores.generations import current
from tests import crash
from tests.crash import Scene, Seen, check, digest, prepare

ROUNDS = 12


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return prepare(tmp_path_factory.mktemp("scene"))


def test_writers_and_web_processes_may_be_killed_at_any_moment(scene: Scene) -> None:
    told: list[str] = []
    seen = crash.run(scene, ROUNDS, told.append, seed=7)
    assert seen.faults == []
    assert [line.split(":")[0] for line in told] == [f"{n}/{ROUNDS}" for n in range(1, ROUNDS + 1)]
    assert seen.writers_killed.total() + seen.acknowledged == seen.rounds == ROUNDS
    assert seen.writers_killed.total() > 0
    assert seen.read["whole"] > 0


def faults(scene: Scene, before: str, after: str, status: int) -> list[str]:
    seen = Seen()
    check(scene, before, after, status, seen)
    return seen.faults


def test_a_store_in_neither_state_would_be_noticed(scene: Scene) -> None:
    other = next(state for state in scene.states if state != digest(scene.store))
    assert faults(scene, other, "another", -9) == ["the store is in neither state"]


def test_an_ingest_that_is_lost_would_be_noticed(scene: Scene) -> None:
    now = digest(scene.store)
    other = next(state for state in scene.states if state != now)
    assert faults(scene, now, other, -9) == []
    assert faults(scene, now, other, 0) == ["an ingest that said it was done is lost"]


def test_a_store_that_is_gone_would_be_noticed(scene: Scene, tmp_path: Path) -> None:
    gone = Scene(tmp_path, scene.reports, scene.states, scene.answers)
    assert faults(gone, *scene.states, -9) == ["there is no store any more"]


def test_the_two_states_are_those_of_the_two_reports(scene: Scene) -> None:
    for report, state in zip(scene.reports, scene.states, strict=True):
        ingest(scene.store, [report])
        assert digest(scene.store) == state
    assert current(scene.store) is not None
