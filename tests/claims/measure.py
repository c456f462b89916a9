"""How well the audit judges statements: ``python -m tests.claims.measure [second|third|...] [--misses] [--part=N]``."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.audit import audit
from graph.build import read_figures
from graph.model import FORCE_WIDE, Check, Document, Item, Quarter, Reading, Report
from graph.vocabulary import load_vocabulary

PARTS = 4
"""Into so many parts the corpus falls."""

FOLDER = Path(__file__).parent
CORPUS = FOLDER / "corpus.json"
FIRST_RUNS: dict[str, dict[str, int]] = json.loads((FOLDER / "first_runs.json").read_text(encoding="utf-8"))
CORPORA = {path.stem: path for path in (CORPUS, *(FOLDER / f"{n}.json" for n in FIRST_RUNS if "reports" not in n))}
"""By name: the first, and those that were measured once before anybody who writes rules had read them."""


@dataclass(frozen=True)
class Outcome:
    """One statement, what the audit said of it, and which of its wrong claims it found."""

    entry: dict[str, Any]
    checks: tuple[Check, ...]
    found: tuple[bool, ...]
    """For each wrong claim, whether a check finds fault with it."""
    exact: tuple[bool, ...]
    """For each wrong claim, whether the verdict is the one written down."""
    stray: tuple[Check, ...]
    """Of a wrong statement, the faults found that are of none of its wrong claims: accusations in disguise."""

    @property
    def accused(self) -> bool:
        """Whether a statement that is right is found at fault."""
        return bool(self.entry["right"]) and any(check.is_fault for check in self.checks)


def report_of(entry: dict[str, Any]) -> Report:
    """Return a report that holds nothing but one statement, its sub-items below it."""
    lines = entry["items"] if "items" in entry else [entry["text"]]
    text, items = "", []
    for number, line in enumerate(lines, 1):
        start = len(text)
        text += line + "\n"
        parent = 1 if number > 1 else None
        items.append(Item(number, "1.1", 1, FORCE_WIDE, "", None, start, start + len(line), line, parent))
    year, quarter = entry["quarter"].split(" Q")
    return Report(
        document=Document("statement.txt", "text/plain", "", text),
        title="", force="essex", force_name="Essex Police", quarter=Quarter(int(year[:4]), int(quarter)), version="",
        produced="", publisher="", priorities=(), commitments=(), items=tuple(items),
    )  # fmt: skip


def measure(part: int | None = None, corpus: Path = CORPUS) -> list[Outcome]:
    """Return the outcome of every statement of ``corpus``, or of every fourth from number ``part`` on."""
    vocabulary = load_vocabulary()
    outcomes = []
    for number, entry in enumerate(json.loads(corpus.read_text(encoding="utf-8"))):
        if part is not None and number % PARTS != part:
            continue
        report = report_of(entry)
        # The audit looks at figures alone, and they are found in a tenth of the time that all mentions take.
        checks = audit(Reading(report, (), read_figures(report, vocabulary), {}))
        wrong = [
            claim
            for claim in entry["claims"]
            if claim["verdict"] in {"disagrees", "impossible", "incomplete", "label-doubtful"}
        ]
        about = [[c for c in checks if c.is_fault and _is_about(report, c, claim)] for claim in wrong]
        outcomes.append(
            Outcome(
                entry,
                checks,
                tuple(bool(checks_) for checks_ in about),
                tuple(
                    any(
                        c.verdict in (claim["verdict"], *(claim.get("also") or ())) and c.kind == claim["kind"]
                        for c in checks_
                    )
                    for claim, checks_ in zip(wrong, about, strict=True)
                ),
                tuple(c for c in checks if c.is_fault and wrong and not any(c in checks_ for checks_ in about)),
            )
        )
    return outcomes


def _is_about(report: Report, check: Check, claim: dict[str, Any]) -> bool:
    """Whether a check is of the words that a claim quotes, or takes them into its calculation."""
    text, quote = report.document.text, claim["quote"]
    at = text.find(quote)
    while at >= 0:
        if any(f.start < at + len(quote) and at < f.end for f in check.figures):
            return True
        at = text.find(quote, at + 1)
    return False


def main() -> None:
    """Print the figures, and every miss where ``--misses`` is given."""
    part = next((int(a.partition("=")[2]) for a in sys.argv if a.startswith("--part=")), None)
    chosen = next((path for name, path in CORPORA.items() if name in sys.argv), CORPUS)
    outcomes = measure(part, chosen)
    wrong = [ok for o in outcomes for ok in o.found]
    exact = [ok for o in outcomes for ok in o.exact]
    right = [o for o in outcomes if o.entry["right"]]
    accused = [o for o in right if o.accused]
    share = sum(wrong) / len(wrong)
    print(f"wrong claims found: {sum(wrong)} of {len(wrong)} ({share:.3f}), with that verdict {sum(exact)}")
    print(f"right statements accused: {len(accused)} of {len(right)} ({len(accused) / len(right):.3f})")
    stray = [o for o in outcomes if o.stray]
    print(f"wrong statements with a fault that is of none of their wrong claims: {len(stray)}")
    judged = Counter(str(c.verdict) for o in outcomes for c in o.checks)
    print("verdicts:", dict(judged.most_common()))
    if "--misses" in sys.argv:
        for o in outcomes:
            if o.accused or o.stray or not all(o.found):
                said = o.entry.get("text") or o.entry["items"]
                what = "ACCUSED" if o.accused else "MISSED" if not all(o.found) else "STRAY"
                print(f"\n{what} {o.entry['id']} {o.entry['quarter']}: {said}")
                for claim in o.entry["claims"]:
                    print("   claim", {k: claim[k] for k in ("kind", "stated", "verdict", "recomputed", "cause")})
                for check in o.checks:
                    print("   check", check.kind, check.verdict, check.arithmetic)


if __name__ == "__main__":
    main()
