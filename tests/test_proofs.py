"""docs/proofs.md speaks of every question and leaves no row unproved, and what writes it counts rightly."""

from __future__ import annotations

import re
from pathlib import Path

from graph import queries
from graph.provenance import ABSENT, GIVEN, STATED, UNKNOWN, Evidence
from tests.proofs import HEAD, PAGE, SAMPLE, Line, measure, section
from tests.reports import small_store


def tables(page: Path) -> dict[str, dict[str, dict[str, str]]]:
    """Return the lines of each table by the name of its question, and the questions said to have no rows."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for part in page.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, text = part.partition("\n")
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
        lines = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[2:]}
        silent = re.search(r"Without rows: (.*)\.", text)
        found[title] = lines | {name: {} for name in (silent[1].split(", ") if silent else ())}
    return found


def test_every_row_of_every_question_is_proved_in_the_page() -> None:
    found = tables(PAGE)
    assert SAMPLE in found
    for title, lines in found.items():
        assert lines.keys() - {"**all**"} == queries.catalogue().keys(), f"{title}: run make proofs"
        for name, line in lines.items():
            counts = {key: int(line[key].replace(",", "")) for key in HEAD[1:9]} if line else {}
            proved = sum(counts.get(key, 0) for key in ("smallest", "absent", "given"))
            assert proved == counts.get("rows", 0), f"{title}: {name}"
            assert counts.get("again", 1) > 0, f"{title}: {name}"


def test_rows_are_counted_by_what_came_of_them() -> None:
    line = Line("one")
    for found in (
        Evidence(STATED, ()), Evidence(STATED, (), least=False), Evidence(ABSENT, ()), Evidence(GIVEN, ()),
    ):  # fmt: skip
        line.count(found)
    assert not line.proved
    line.count(Evidence(UNKNOWN, (), least=False))
    assert str(line) == "| one | 5 | 1 | 1 | 1 | 1 | 1 | 0 | 0 | 0.0 | 0.00 |"
    assert "Without rows: two." in section("A report", [line, Line("two")])


def test_a_measured_question_is_proved_once_more() -> None:
    (line,) = measure(small_store(), ["cross-force-operations"])
    assert line.proved
    assert line.again == 1
