"""Measure how well the reports of tests/gold are read, and write the tables that say so.

python -m tests.evaluate

Writes docs/evaluation.md, webapp/evaluation.json and the table between two marks in README.md. A gold file that is new
has its first run written to tests/first_runs.json, which nothing rewrites. The same
reports and rules give the same files, to the byte; tests/test_evaluation.py holds them against each other and against
the rules.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from graph.evaluation import Score, evaluate
from graph.extract import as_json
from graph.vocabulary import load_vocabulary
from tests.conftest import shared_folder
from tests.reports import read_file

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
DOCUMENT = ROOT / "docs" / "evaluation.md"
DATA = ROOT / "webapp" / "evaluation.json"
README = ROOT / "README.md"
FIRST_RUNS = ROOT / "tests" / "first_runs.json"
OPENS, CLOSES = "<!-- evaluation: written by make evaluate -->", "<!-- end of evaluation -->"

Json = dict[str, Any]
COUNTS = ("right", "wrong", "missed")
RATES = ("precision", "recall", "f1")

HOW = (
    (
        "Each report has a gold file: what a careful person finds in it, item by item. What the program finds is "
        "compared with it, kind by kind."
    ),
    (
        "Right is what both hold, wrong what only the program holds, missed what only the gold file holds. Where one "
        "value stands in place of another (an item under another commitment), that is one wrong and one missed."
    ),
    (
        "Precision is the share of what was found that is right, recall the share of what is there that was found, F1 "
        "their harmonic mean. Where nothing was found, precision is 1: look at what was missed."
    ),
    (
        "A gold file says what must be found and what may be found: a name that can be defended either way is a “may”, "
        "which is neither right nor wrong when it is found, and not missed when it is not."
    ),
    (
        "Tables of several reports are micro averages: right, wrong and missed are added up over the reports first, "
        "and precision, recall and F1 are worked out from the sums. So every name weighs the same, and a long report "
        "weighs more than a short one."
    ),
    "A kind that a gold file does not judge, or that a report does not hold, has no row.",
)

KINDS = {
    "items": ("Items", "Evidence items: the bullets and numbered sentences that say what was done"),
    "commitment": ("Commitment", "The promise of the plan that an item stands under"),
    "area": ("Area", "The Local Policing Area that an item is about, or the whole force"),
    "priority": ("Priority", "The priority of the plan that an item stands under"),
    "page": ("Page", "The page of the report that an item begins on"),
    "operations": ("Operations", "The named operations in an item"),
    "partners": ("Partners", "Bodies that an item says work with the police, volunteers too; not those only named"),
    "units": ("Units", "Teams, units and roles of the police"),
    "places": ("Places", "Named places smaller than a district, such as a town or an estate"),
    "districts": ("Districts", "The districts of what an item names: districts themselves, and places in them"),
    "schemes": ("Schemes", "Named programmes, funds, events and systems"),
    "themes": ("Themes", "What an item's own words are about, such as burglary"),
    "heading_themes": ("Themes by heading", "Themes that an item has only by the promise or priority it is under"),
    "figures": ("Figures", "Numbers that measure something, by their value; each counts, repeats too"),
    "figure roles": ("Roles of figures", "The same numbers, each with what it is: a value, an earlier value, a change"),
    "operation partner_linked": (
        "Operation has partners",
        "Whether any item names the operation with a partner in that work",
    ),
    "operation volunteer_only": ("Only volunteers", "Whether the partners of an operation are volunteers alone"),
    "operation areas": ("Areas of operations", "The areas that an operation is carried out in"),
}
"""Kind to its name and what it means, in the order of the tables."""

GROUPS = {
    "real": (
        "Real report",
        "The real report",
        (
            "A published report of Essex Police. The rules were written with it at hand: this says how well it is "
            "read, not how well the next one will be. After the first comparison two items of its gold file were "
            "changed: in each, a body that had to be found became a “may”."
        ),
    ),
    "fitted": (
        "Fitted",
        "Invented reports that the rules were fitted to",
        (
            "Written for tests, in layouts and words of their own, and read with the rules of today. What was missed "
            "in them was read while the rules were written, and the rules were changed for it."
        ),
    ),
    "unseen": (
        "Unseen",
        "First runs, on reports never looked at while rules were written",
        (
            "Invented reports, written with their gold files before the program first read them. These are the numbers "
            "of that first run, with the rules and the gold file of that moment; they are never measured again, for "
            "from then on the misses were known and rules could be changed for them. They are the nearest to what to "
            "expect of a new report, though a published one may be harder. The same reports with the rules of today, "
            "and with more that counts as “may”, are among the fitted ones."
        ),
    ),
}
"""Group to the head of its column, its title and what it is worth."""

REAL = "essex-2021-22-q4"
AT_HAND = ("essex-invented-2022-23-q2", "northmoor-2023-24-q1", "westvale-2022-23-q4")
"""Reports that were at hand from the beginning: they have no first run."""


def golds() -> list[Path]:
    """Return the gold files, by name."""
    return sorted(GOLD.glob("*.json"))


def report_of(gold: Path) -> Path | None:
    """Return the report that a gold file judges: beside it, else in the shared folder, else None."""
    shared = shared_folder()
    places = [gold.with_suffix(".txt"), *([shared / "reports" / f"{gold.stem}.txt"] if shared else [])]
    return next((place for place in places if place.exists()), None)


def scores_of(gold: Path, report: Path) -> dict[str, Score]:
    """Read ``report`` as a build does, and return how well, by kind; kinds of which there is nothing are left out."""
    vocabulary = load_vocabulary()
    extracted = as_json(read_file(report), vocabulary)
    scores = evaluate(extracted, json.loads(gold.read_text(encoding="utf-8")), vocabulary)
    return {kind: score for kind, score in scores.items() if score.right or score.wrong or score.missed}


def as_data(scores: Mapping[str, Score]) -> Json:
    """Return counts and rates by kind, in the order of the tables."""
    return {
        kind: {
            "right": scores[kind].right,
            "wrong": len(scores[kind].wrong),
            "missed": len(scores[kind].missed),
            "precision": round(scores[kind].precision, 3),
            "recall": round(scores[kind].recall, 3),
            "f1": round(scores[kind].f1, 3),
        }
        for kind in sorted(scores, key=list(KINDS).index)
    }


def first_runs() -> Json:
    """Return the counts of each first run by report."""
    recorded: Json = json.loads(FIRST_RUNS.read_text(encoding="utf-8"))
    return recorded


def record_first_runs() -> list[str]:
    """Measure the reports that have never been measured, write that down for good, and return their names."""
    recorded = first_runs()
    new = {
        gold.stem: as_data(scores_of(gold, report))
        for gold in golds()
        if gold.stem not in {REAL, *AT_HAND, *recorded} and (report := report_of(gold))
    }
    if new:
        counts = {name: {k: {c: s[c] for c in COUNTS} for k, s in kinds.items()} for name, kinds in new.items()}
        FIRST_RUNS.write_text(json.dumps({**recorded, **counts}, indent=1) + "\n", encoding="utf-8")
    return list(new)


def pooled(reports: Iterable[Mapping[str, Score]]) -> dict[str, Score]:
    """Return the scores of several reports added up: the micro average."""
    total: dict[str, Score] = {}
    for scores in reports:
        for kind, score in scores.items():
            into = total.setdefault(kind, Score())
            into.right += score.right
            into.wrong += score.wrong
            into.missed += score.missed
    return total


def measure() -> Json:
    """Read every report that has a gold file; return what the page, the document and the table of README show."""
    scores: dict[str, dict[str, Any]] = {group: {} for group in GROUPS}
    left_out = []
    for gold in golds():
        report = report_of(gold)
        if report is None:
            left_out.append(gold.stem)
        else:
            scores["real" if gold.stem == REAL else "fitted"][gold.stem] = scores_of(gold, report)
    for name, kinds in first_runs().items():
        scores["unseen"][name] = {
            kind: Score(counts["right"], [name] * counts["wrong"], [name] * counts["missed"])
            for kind, counts in kinds.items()
        }
    return {
        "how": list(HOW),
        "kinds": [{"key": key, "name": name, "means": means} for key, (name, means) in KINDS.items()],
        "groups": [
            {
                "key": group,
                "short": short,
                "title": title,
                "means": means,
                "pooled": as_data(pooled(scores[group].values())),
                "reports": [
                    {"key": key, "title": title_of(GOLD / f"{key}.json"), "kinds": as_data(found)}
                    for key, found in scores[group].items()
                ],
            }
            for group, (short, title, means) in GROUPS.items()
        ],
        "left_out": left_out,
    }


def title_of(gold: Path) -> str:
    """Return whose report it is, and of which quarter: "Essex Police, 2021-22 Q4"."""
    cover = json.loads(gold.read_text(encoding="utf-8"))["report"]
    return f"{cover['force']}, {cover['quarter']}"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table of Markdown, all columns but the first to the right."""
    names = list(head)
    lines = [names, ["---", *["---:"] * (len(names) - 1)], *([str(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def as_table(data: Json, kinds: Json) -> str:
    """Return counts and rates, a line for each kind."""
    rows = (
        (kind["name"], *(s[count] for count in COUNTS), *(f"{s[rate]:.3f}" for rate in RATES))
        for kind in data["kinds"]
        if (s := kinds.get(kind["key"]))
    )
    return table(("kind", "right", "wrong", "missed", "precision", "recall", "F1"), rows)


def as_document(data: Json) -> str:
    """Return docs/evaluation.md."""
    parts = [
        "# How well it reads\n",
        (
            "Written by `make evaluate`, which measures anew; the site shows the same numbers at `/how-well-it-reads`. "
            "How the gold files were made: [tests/gold](../tests/gold/README.md). To see every miss of a report:\n"
        ),
        "    .venv/bin/goldenthread evaluate REPORT GOLD --misses\n",
        "## How it is measured\n",
        "".join(f"- {sentence}\n" for sentence in data["how"]),
    ]
    if data["left_out"]:
        parts.append(f"Left out, because the report itself is not at hand: {', '.join(data['left_out'])}.\n")
    parts += ["## What the kinds mean\n", "".join(f"- **{k['name']}**: {k['means']}.\n" for k in data["kinds"])]
    for group in data["groups"]:
        parts += [f"## {group['title']}\n", f"{group['means']}\n"]
        if not group["reports"]:
            parts.append("None yet.\n")
        elif len(group["reports"]) > 1:
            parts += [f"### All {len(group['reports'])} together\n", as_table(data, group["pooled"])]
        for report in group["reports"]:
            parts += [f"### {report['title']} ({report['key']})\n", as_table(data, report["kinds"])]
    return "\n".join(parts)


def as_short_table(data: Json) -> str:
    """Return the table of README: F1 by kind and group, and the counts it comes from."""
    groups = data["groups"]
    rows = (
        (kind["name"], *(short(group["pooled"].get(kind["key"])) for group in groups))
        for kind in data["kinds"]
        if any(kind["key"] in group["pooled"] for group in groups)
    )
    return table(("kind", *(group["short"].lower() for group in groups)), rows)


def short(score: Json | None) -> str:
    """Return F1 and counts in a few signs, a dash where nothing of the kind is judged."""
    return f"{score['f1']:.3f} ({score['right']}, {score['wrong']}, {score['missed']})" if score else "–"


def with_table(readme: str, data: Json) -> str:
    """Return ``readme`` with the table between its two marks written anew.

    Raises: ValueError if the marks are not there.
    """
    before, opens, rest = readme.partition(OPENS)
    _, closes, after = rest.partition(CLOSES)
    if not opens or not closes:
        raise ValueError(f"README.md lacks the marks {OPENS} and {CLOSES}")
    return f"{before}{OPENS}\n\n{as_short_table(data)}\n{CLOSES}{after}"


def as_text(data: Json) -> str:
    """Return the contents of webapp/evaluation.json."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Measure, write the three, and say what was measured for the first time and what was left out."""
    for name in record_first_runs():
        print(f"first run: {name}: written to {FIRST_RUNS.relative_to(ROOT)}, once and for all")
    data = measure()
    DOCUMENT.write_text(as_document(data), encoding="utf-8")
    DATA.write_text(as_text(data), encoding="utf-8")
    README.write_text(with_table(README.read_text(encoding="utf-8"), data), encoding="utf-8")
    print(as_short_table(data), end="")
    print(f"written: {', '.join(path.relative_to(ROOT).as_posix() for path in (DOCUMENT, DATA, README))}")
    for name in data["left_out"]:
        print(f"left out: {name}: its report is neither beside its gold file nor in the shared folder", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
