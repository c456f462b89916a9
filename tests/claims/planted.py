"""Errors planted in reports that add up, and how many the audit finds: ``python -m tests.claims.planted [SEED]``.

A number that takes part in a calculation is changed by a tenth to a fourth, or has two digits swapped: 14 a report, or
as many as it has, one at a time. It counts as found where a check that takes the number in finds fault. Words of
comparison are left out, since they may hold for another number too.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from graph.audit import audit
from graph.build import read_figures, read_report
from graph.layout import lay_out
from graph.model import Check, CheckKind, Figure, Reading, Report, Verdict, Vocabulary
from graph.vocabulary import load_vocabulary

REPORTS = sorted((Path(__file__).parent.parent / "gold").glob("*.txt"))
ERRORS = 14
NOT_EXACT = frozenset({CheckKind.COMPARISON, CheckKind.PERIOD})
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def checks_of(report: Report, vocabulary: Vocabulary) -> tuple[Check, ...]:
    """Return what the audit says of a report; it looks at nothing but the figures."""
    return audit(Reading(report, (), read_figures(report, vocabulary), {}))


def planted(path: Path, seed: int) -> Iterator[tuple[Figure, str, bool]]:
    """Yield each number that was changed in the report at ``path``, what it became, and whether that was found."""
    vocabulary, chance = load_vocabulary(), random.Random(f"{path.stem} {seed}")  # noqa: S311  no secret
    report = read_report(path, vocabulary)
    judged = [c for c in checks_of(report, vocabulary) if c.verdict is Verdict.AGREES and c.kind not in NOT_EXACT]
    taking_part = dict.fromkeys(f for check in judged for f in check.figures)
    changeable = [f for f in taking_part if _DIGITS.search(f.text)]
    for figure in chance.sample(changeable, min(ERRORS, len(changeable))):
        text, wrong = report.document.text, _changed(figure.text, chance)
        text = text[: figure.start] + wrong + text[figure.end :]
        again = lay_out(replace(report.document, text=text), vocabulary)
        faults = [check for check in checks_of(again, vocabulary) if check.is_fault]
        found = any(f.start <= figure.start < f.end for check in faults for f in check.figures)
        yield figure, wrong, found


def _changed(text: str, chance: random.Random) -> str:
    """Return ``text`` with its first number changed, written as precisely as it was."""
    number = _DIGITS.search(text)
    assert number is not None
    digits = number[0].replace(",", "")
    places = len(digits.partition(".")[2])
    swaps = [
        digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]
        for n in range(len(digits) - 1)
        if digits[n : n + 2].isdigit() and digits[n] != digits[n + 1]
    ]
    swaps = [s for s in swaps if abs(float(s) - float(digits)) >= float(digits) / 10 and not s.startswith("0")]
    if swaps and chance.random() < 1 / 2:
        digits = chance.choice(swaps)
    else:
        by = max(float(digits) * chance.uniform(0.1, 0.25), 10.0**-places)
        digits = f"{float(digits) + chance.choice((1, -1)) * by:.{places}f}"
    whole, point, rest = digits.partition(".")
    shown = f"{int(whole):,}" if "," in number[0] else whole
    return text[: number.start()] + shown + point + rest + text[number.end() :]


def main() -> None:
    """Print how many were found in each report, and those that were not."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    every: list[bool] = []
    for path in REPORTS:
        made = list(planted(path, seed))
        every += (found := [ok for *_, ok in made])
        print(f"{path.stem}: {sum(found)} of {len(found)} planted errors found")
        for figure, wrong, ok in made:
            if not ok:
                print(f"    item {figure.item}: “{figure.text}” made “{wrong}” ({figure.what})")
    print(f"all: {sum(every)} of {len(every)} ({sum(every) / len(every):.3f})")


if __name__ == "__main__":
    main()
