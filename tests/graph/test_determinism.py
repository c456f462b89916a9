"""The same reports give the same bytes: twice, in another order, in another process."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph import build
from graph.settings import Settings
from graph.stores import open_store
from graph.stores.oxigraph import OxigraphStore
from tests.reports import COVER, OTHER_FORCE, SMALL, small_readings, small_store

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import hashlib, sys
from tests.reports import small_store
sys.stdout.write(hashlib.sha256(small_store().dump("nquads")).hexdigest())
"""


def dump(folder: Path) -> bytes:
    store = open_store(Settings(store=folder))
    assert isinstance(store, OxigraphStore)
    return store.dump("nquads")


def test_writing_the_same_readings_again_gives_the_same_bytes() -> None:
    assert build.in_memory(small_readings()).dump("nquads") == small_store().dump("nquads")


def test_the_order_of_readings_makes_no_difference() -> None:
    assert build.in_memory(small_readings()[::-1]).dump("nquads") == small_store().dump("nquads")


def test_the_order_of_files_makes_no_difference_on_disk(tmp_path: Path) -> None:
    files = [*SMALL, OTHER_FORCE]
    build.build(tmp_path / "a", files)
    with ThreadPoolExecutor(2) as pool:
        build.build(tmp_path / "b", files[::-1], executor=pool)
    assert dump(tmp_path / "a") == dump(tmp_path / "b")


def test_a_store_in_memory_holds_what_a_build_writes(tmp_path: Path) -> None:
    build.build(tmp_path, SMALL)
    assert dump(tmp_path) == small_store().dump("nquads")


def test_two_spellings_in_two_files_are_reconciled_in_any_order(tmp_path: Path) -> None:
    body = "Priority 1 - Nights\n\nWe will:\n\nWalk.\n\n- Operation {} ran.\n"
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text(COVER + body.format("SNOW GOOSE"), encoding="utf-8")
    two.write_text(COVER.replace("Quarter 1", "Quarter 2") + body.format("SNOWGOOSE"), encoding="utf-8")
    build.build(tmp_path / "a", [one, two])
    build.build(tmp_path / "b", [two, one])
    assert dump(tmp_path / "a") == dump(tmp_path / "b")


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_another_process_with_another_hash_seed_gives_the_same_bytes(seed: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.stdout == hashlib.sha256(small_store().dump("nquads")).hexdigest()
