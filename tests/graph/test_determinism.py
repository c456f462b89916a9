"""The same reports give the same bytes: twice, in another order, in another process."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph import build
from graph.settings import Settings
from graph.stores import open_store
from graph.stores.oxigraph import OxigraphStore
from tests.reports import SMALL, small_readings, small_store

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


def test_the_order_of_files_and_who_reads_them_makes_no_difference_on_disk(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        build.build(tmp_path, SMALL[::-1], executor=pool)
    assert dump(tmp_path) == small_store().dump("nquads")


def test_a_store_in_memory_holds_what_a_build_writes(built: Path) -> None:
    assert dump(built) == small_store().dump("nquads")


def test_two_spellings_in_two_files_are_reconciled_in_any_order(
    built: Path, tmp_path: Path, write_report: Callable[..., Path]
) -> None:
    files = [
        write_report("three.txt", "Operation SNOW GOOSE ran.", quarter=3),
        write_report("four.txt", "Operation SNOWGOOSE ran.", quarter=4),
    ]
    for name, order in (("a", files), ("b", files[::-1])):
        shutil.copytree(built, tmp_path / name, symlinks=True)
        build.ingest(tmp_path / name, order)
    assert dump(tmp_path / "a") == dump(tmp_path / "b")


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_another_process_with_another_hash_seed_gives_the_same_bytes(seed: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.stdout == hashlib.sha256(small_store().dump("nquads")).hexdigest()
