"""The published error rate: document, README and page say the same, and it is what the rules give today."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from graph.evaluation import Score
from tests import evaluate

REMEDY = "the published numbers are not those of today: run make evaluate, read the diff, commit it"
RATES = ("right", "wrong", "missed", "precision", "recall", "f1")
DATA: dict[str, Any] = json.loads(evaluate.DATA.read_text(encoding="utf-8"))
DOCUMENT = evaluate.DOCUMENT.read_text(encoding="utf-8")
README = evaluate.README.read_text(encoding="utf-8")
NAMES = {kind["key"]: kind["name"] for kind in DATA["kinds"]}
GROUPS = {group["key"]: {report["key"]: report for report in group["reports"]} for group in DATA["groups"]}
REPORTS = {**GROUPS["real"], **GROUPS["fitted"]}
REAL = evaluate.REAL


def cells(lines: str) -> dict[str, list[str]]:
    """Return the rows of a table of Markdown by their first cell, its head left out."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines.splitlines() if line[:2] == "| "]
    return {first: rest for first, *rest in rows[2:]}


def sections(level: int, text: str) -> dict[str, str]:
    """Return what stands under each heading of a level."""
    parts = re.split(rf"^{'#' * level} (.*)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def written(kinds: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """Return a table as the document should show it."""
    return {
        NAMES[kind]: [str(s[r]) if isinstance(s[r], int) else f"{s[r]:.3f}" for r in RATES] for kind, s in kinds.items()
    }


def found_now(name: str) -> dict[str, Any]:
    gold = evaluate.GOLD / f"{name}.json"
    report = evaluate.report_of(gold)
    assert report, f"{name}: no report"
    return evaluate.as_data(evaluate.scores_of(gold, report))


def test_document_holds_the_numbers_of_the_site() -> None:
    parts = sections(2, DOCUMENT)
    for group in DATA["groups"]:
        tables = {head: cells(lines) for head, lines in sections(3, parts[group["title"]]).items()}
        expected = {f"{r['title']} ({r['key']})": written(r["kinds"]) for r in group["reports"]}
        if len(expected) > 1:
            expected[f"All {len(expected)} together"] = written(group["pooled"])
        assert tables == expected, REMEDY
        assert group["means"] in parts[group["title"]], REMEDY


def test_document_says_how_it_is_measured_and_what_is_left_out() -> None:
    said = [*DATA["how"], *DATA["left_out"], *(f"**{k['name']}**: {k['means']}." for k in DATA["kinds"])]
    assert [sentence for sentence in said if sentence not in DOCUMENT] == [], REMEDY


def test_readme_holds_the_numbers_of_the_site() -> None:
    shown = cells(README.partition(evaluate.OPENS)[2].partition(evaluate.CLOSES)[0])
    assert set(shown) == {NAMES[kind] for group in DATA["groups"] for kind in group["pooled"]}, REMEDY
    for place, group in enumerate(DATA["groups"]):
        for kind, name in NAMES.items():
            if name in shown:
                score = group["pooled"].get(kind)
                expected = (
                    f"{score['f1']:.3f} ({score['right']}, {score['wrong']}, {score['missed']})" if score else "–"
                )
                assert shown[name][place] == expected, REMEDY


@pytest.mark.parametrize("group", DATA["groups"], ids=lambda group: group["key"])
def test_pooled_counts_are_sums_and_rates_follow_from_them(group: dict[str, Any]) -> None:
    for kind, pooled in group["pooled"].items():
        parts = [report["kinds"][kind] for report in group["reports"] if kind in report["kinds"]]
        for s in (pooled, *parts):
            score = Score(s["right"], [""] * s["wrong"], [""] * s["missed"])
            rates = [round(rate, 3) for rate in (score.precision, score.recall, score.f1)]
            assert [s["precision"], s["recall"], s["f1"]] == rates
        assert [sum(p[count] for p in parts) for count in RATES[:3]] == [pooled[count] for count in RATES[:3]]


def test_every_gold_file_is_measured_or_left_out_by_name() -> None:
    assert {gold.stem for gold in evaluate.golds()} == {*REPORTS, *DATA["left_out"]}, REMEDY
    assert set(GROUPS["real"]) <= {REAL}, REMEDY


def test_a_first_run_stands_as_it_was_written_down() -> None:
    recorded = evaluate.first_runs()
    assert set(REPORTS) == {*GROUPS["real"], *evaluate.AT_HAND, *recorded}, REMEDY
    shown = {
        name: {kind: {count: s[count] for count in evaluate.COUNTS} for kind, s in report["kinds"].items()}
        for name, report in GROUPS["unseen"].items()
    }
    assert shown == recorded, REMEDY


def test_a_new_gold_file_is_measured_once_and_for_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    record = tmp_path / "first_runs.json"
    record.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(evaluate, "FIRST_RUNS", record)
    old = evaluate.GOLD / f"{evaluate.AT_HAND[0]}.json"
    new = evaluate.GOLD / "calderwick-2022-23-q3.json"
    monkeypatch.setattr(evaluate, "golds", lambda: [old, new])
    assert evaluate.record_first_runs() == [new.stem]
    written_down = record.read_bytes()
    monkeypatch.setattr(evaluate, "scores_of", lambda *_: {"items": Score()})
    assert evaluate.record_first_runs() == []
    assert record.read_bytes() == written_down


def test_a_report_that_is_not_at_hand_is_left_out_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOLDENTHREAD_SHARED", str(tmp_path))
    monkeypatch.setattr(evaluate, "golds", lambda: [evaluate.GOLD / f"{REAL}.json"])
    monkeypatch.setattr(evaluate, "first_runs", dict)
    data = evaluate.measure()
    assert data["left_out"] == [REAL]
    assert f"not at hand: {REAL}." in evaluate.as_document(data)
    assert [group["reports"] for group in data["groups"]] == [[], [], []]


def test_the_real_report_gives_the_published_numbers(shared: Path) -> None:
    assert evaluate.report_of(evaluate.GOLD / f"{REAL}.json") == shared / "reports" / f"{REAL}.txt"
    assert REAL in REPORTS, REMEDY
    assert found_now(REAL) == REPORTS[REAL]["kinds"], REMEDY


@pytest.mark.parametrize("name", [name for name in REPORTS if name != REAL])
def test_an_invented_report_gives_the_published_numbers(name: str) -> None:
    assert found_now(name) == REPORTS[name]["kinds"], REMEDY


def test_writing_again_changes_nothing() -> None:
    assert evaluate.as_text(DATA) == evaluate.DATA.read_text(encoding="utf-8")
    assert evaluate.as_document(DATA) == DOCUMENT, REMEDY
    assert evaluate.with_table(README, DATA) == README, REMEDY


def test_a_readme_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        evaluate.with_table("no marks", DATA)
