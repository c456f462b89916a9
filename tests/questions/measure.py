"""How many English questions are answered rightly.

    python -m tests.questions.measure --store DIR [--misses] [--write FILE]

Right: the status fits, and the rows, number or truth are those of the gold file (README.md beside this file). Wrong:
shown as an answer (or as empty) and not that. Unread: said not to have been read, or two readings offered, where there
is an answer.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.ask import Answer, answer, know
from graph.ask.model import AnswerRow
from graph.settings import Settings
from graph.stores import open_store
from graph.stores.base import Store

HERE = Path(__file__).resolve().parent
OPEN = HERE / "english.json"
RIGHT, WRONG, UNREAD = "right", "wrong", "unread"
FIRST_RUNS = HERE / "first_runs.json"
_FIRST: dict[str, dict[str, int]] = json.loads(FIRST_RUNS.read_text(encoding="utf-8"))
SETS = (OPEN, *(HERE / f"{name}.json" for name in _FIRST))
"""The open set, and those that were asked once unseen, in the order in which they were."""
PAGE = HERE.parents[1] / "docs" / "questions.md"
_PAGE = """# How well questions in plain words are answered

Written by `python -m tests.questions.measure --store DIR --write docs/questions.md`, for a store of the real report; a
test holds it to the program. What counts as right, wrong and unread, and who wrote the sets:
[tests/questions](../tests/questions/README.md).

The first run is the one that tells how unseen questions fare: nobody who works on `ask` had read the set. Its misses
were looked at afterwards, so what the sets give now says only that nothing was lost.

"""
_FORCE = {"Force-wide": "force"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, what became of it, and why."""

    question: str
    verdict: str
    said: str


def main() -> None:
    """Print how many questions are right, wrong and unread, and with ``--misses`` which are not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True, help="a store of the report that the questions are about")
    parser.add_argument("--misses", action="store_true", help="list the questions that are not right")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page of results there")
    options = parser.parse_args()
    store = open_store(Settings(store=options.store))
    now: dict[str, list[Judged]] = {}
    for path in SETS:
        judged = now[path.stem] = judge_all(store, path)
        first = _FIRST.get(path.stem)
        before = f" (first run: {_told(first)}, of {first['questions']})" if first else ""
        print(f"{path.stem}: {_told(counts(judged))}, of {len(judged)}{before}")
        if options.misses:
            for miss in judged:
                if miss.verdict != RIGHT:
                    print(f"  {miss.verdict}: {miss.question}\n    {miss.said}")
    if options.write:
        options.write.write_text(page(now), encoding="utf-8")


def counts(judged: Iterable[Judged]) -> dict[str, int]:
    """Return how many questions have each verdict."""
    verdicts = [j.verdict for j in judged]
    return {verdict: verdicts.count(verdict) for verdict in (RIGHT, WRONG, UNREAD)}


def _told(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{verdict} {numbers[verdict]}" for verdict in (RIGHT, WRONG, UNREAD))


def page(now: Mapping[str, Sequence[Judged]]) -> str:
    """Return the page of results, in Markdown: each set's first run, and what it gives now."""
    lines = [
        "| set | questions | first run: right | wrong | unread | now: right | wrong | unread |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for path in SETS:
        first, after = _FIRST.get(path.stem, {}), counts(now[path.stem])
        cells = [path.stem, len(now[path.stem])]
        cells += [first.get(verdict, "") for verdict in (RIGHT, WRONG, UNREAD)]
        cells += [after[verdict] for verdict in (RIGHT, WRONG, UNREAD)]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return _PAGE + "\n".join(lines) + "\n"


def judge_all(store: Store, path: Path) -> list[Judged]:
    """Return the verdict on each question of a gold file."""
    known = know(store)
    asked = json.loads(path.read_text(encoding="utf-8"))
    return [judge(gold, answer(store, gold["question"], known)) for gold in asked]


def judge(gold: Mapping[str, Any], given: Answer) -> Judged:
    """Return whether ``given`` is the answer that ``gold`` has."""
    shown = ", ".join(_labels(given.rows, _main(given)))[:200]
    said = f"{given.status} {given.kind} {given.value} [{shown}] {given.reading}"
    expected = {gold["status"], *gold.get("also", ())}
    if _fits(gold, given, expected):
        return Judged(gold["question"], RIGHT, said)
    if "rows" in gold and given.rows:
        said = f"{_differences(gold, given)} {said}"
    verdict = UNREAD if given.status in ("unread", "ambiguous") else WRONG
    return Judged(gold["question"], verdict, f"{said} | {json.dumps(gold, ensure_ascii=False)[:300]}")


def _fits(gold: Mapping[str, Any], given: Answer, expected: set[str]) -> bool:
    if given.status in ("unread", "ambiguous"):
        return given.status in expected
    if gold["status"] == "ambiguous":
        return given.status in expected
    nothing = given.status == "empty" or given.value is False or (given.kind == "number" and given.value == 0)
    if gold["status"] == "unread" or (nothing and "empty" in expected):
        return nothing and "empty" in expected
    if gold.get("kind") == "boolean":
        return given.value is gold["value"] and given.kind == "boolean"
    if gold.get("kind") == "number":
        return _number(gold, given)
    return _same_rows(gold, given)


def _number(gold: Mapping[str, Any], given: Answer) -> bool:
    wanted = {float(v) for v in (gold["value"], *gold.get("values_may", ()))}
    if given.kind == "number" and given.value is not None:
        return float(given.value) in wanted
    values = [float(row.cells["value"].term) for row in given.rows if row.cells.get("value")]  # type: ignore[union-attr,arg-type]
    return len(given.rows) == 1 and bool(values) and values[0] in wanted


def _main(given: Answer) -> str:
    return given.columns[0] if given.columns else ""


def _labels(rows: Iterable[AnswerRow], column: str) -> list[str]:
    return [cell.label for row in rows if (cell := row.cells.get(column))]


def _same_rows(gold: Mapping[str, Any], given: Answer) -> bool:
    key = gold.get("key")
    found = _found(given, key)
    must = {_key(str(r), key) for r in gold["rows"]}
    may = {_key(str(r), key) for r in gold.get("may", ())}
    if not (must <= found <= must | may):
        return False
    if "by" not in gold:
        return True
    by: dict[str, set[str]] = {}
    numbers = {
        _area(a.label): n.label for row in given.rows if (a := row.cells.get("lpa")) and (n := row.cells.get("number"))
    }
    if numbers:
        return all(numbers.get(area) == str(expected) for area, expected in gold["by"].items())
    for row in given.rows:
        area, thing = row.cells.get("lpa"), row.cells.get(key or "")
        if area and thing:
            by.setdefault(_area(area.label), set()).add(_key(thing.label, key))
    return all(
        len(by.get(area, ())) == expected
        if isinstance(expected, int)
        else {_key(str(e), key) for e in expected} - may <= by.get(area, set())
        for area, expected in gold["by"].items()
    )


def _found(given: Answer, key: str | None) -> set[str]:
    """Return what was found: labels of the column asked for, or the items behind rows that are of something else."""
    if key == "item" and "item" not in given.columns:
        return {_key(said.label or str(said.item), key) for row in given.rows for said in row.evidence}
    if key == "partner" and "other" in given.columns:
        return set(_labels(given.rows, "other"))
    return {_key(label, key) for label in _labels(given.rows, key if key in given.columns else _main(given))}


def _differences(gold: Mapping[str, Any], given: Answer) -> str:
    """Return what is missing and what is too much."""
    key = gold.get("key")
    found = _found(given, key)
    must, may = {_key(str(r), key) for r in gold["rows"]}, {_key(str(r), key) for r in gold.get("may", ())}
    return f"missing {sorted(must - found)} too much {sorted(found - must - may)}"


def _area(label: str) -> str:
    return _FORCE.get(label, label.split(maxsplit=1)[0])


def _key(label: str, key: str | None) -> str:
    """Return a label as gold files have it: an operation's code name, a number, the first word of an area."""
    if key == "operation":
        return label.removeprefix("Operation ").upper()
    if key == "item":
        return label.rpartition(" ")[2]
    if key in ("commitment", "priority"):
        return label.split(maxsplit=1)[0]
    return _area(label) if key == "lpa" else label


if __name__ == "__main__":
    main()
