"""``goldenthread audit``: what it prints of a store, and how it exits."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from graph.__main__ import main
from graph.commands.base import DONE, FELL_SHORT, USAGE

REPORT = """Police and Crime Plan
Quarter 1 2022/23
Essex Police

Priority 1 - Nights

We will:

Keep the promise.

- Calls rose by 20%, from 500 to 590.
- Visits rose by 10%, from 500 to 550.
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    report = folder / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    assert main(["build", str(report), "--store", str(folder / "store"), "--quiet"]) == DONE
    return folder / "store"


def run(capsys: pytest.CaptureFixture[str], store: Path, *options: str) -> tuple[int, str]:
    status = main(["audit", "--store", str(store), *options])
    return status, capsys.readouterr().out


def test_every_check_is_listed_with_its_verdict(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = run(capsys, store, "--format", "json")
    checks = json.loads(out)["checks"]
    assert status == DONE
    assert [(c["item"], c["kind"], c["stated"], c["recomputed"], c["verdict"]) for c in checks] == [
        (1, "percent_change", 20.0, 18.0, "disagrees"),
        (2, "percent_change", 10.0, 10.0, "agrees"),
    ]


def test_faults_alone_as_csv(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(capsys, store, "--faults", "--format", "csv", "--report", "essex-2022-23-q1")
    assert [(row["item"], row["verdict"]) for row in csv.DictReader(io.StringIO(out))] == [("1", "disagrees")]


def test_a_table_tells_the_arithmetic(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(capsys, store)
    assert "Does not add up" in out
    assert "(590 − 500) ÷ 500 = 18 %" in out


def test_only_strict_turns_a_fault_into_an_exit_status(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, store)[0] == DONE
    assert run(capsys, store, "--strict")[0] == FELL_SHORT


def test_an_unknown_report_is_wrong_usage(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, store, "--report", "essex-1999-00-q1")[0] == USAGE
