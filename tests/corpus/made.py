"""A corpus on disk: the same arguments give the same bytes.

DIR/forces/FORCE/*.ttl       what GOLDENTHREAD_FORCES is set to
DIR/reports/FORCE-QUARTER.txt
DIR/gold/FORCE-QUARTER.json  for ``goldenthread evaluate``, with the errors planted besides
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from tests.corpus.forces import made_forces, write_forces
from tests.corpus.reports import made_reports


@dataclass(slots=True)
class Corpus:
    """What was written."""

    folder: Path
    reports: list[Path] = field(default_factory=list)
    characters: int = 0
    items: int = 0
    errors: int = 0

    @property
    def forces(self) -> Path:
        """The folder of forces."""
        return self.folder / "forces"

    def gold(self, report: Path) -> Path:
        """Return the gold file of one of its reports."""
        return self.folder / "gold" / f"{report.stem}.json"


def write_corpus(folder: Path, forces: int, quarters: int, seed: int) -> Corpus:
    """Write a corpus into ``folder``; a smaller one is a part of a larger one of the same seed."""
    corpus = Corpus(folder)
    made = made_forces(forces, seed)
    write_forces(corpus.forces, made)
    for name in ("reports", "gold"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for force in made:
        for report in made_reports(force, quarters, seed):
            path = folder / "reports" / f"{report.key}.txt"
            path.write_text(report.text, encoding="utf-8")
            gold = json.dumps(report.gold, indent=1, ensure_ascii=False) + "\n"
            corpus.gold(path).write_text(gold, encoding="utf-8")
            corpus.reports.append(path)
            corpus.characters += len(report.text)
            corpus.items += len(report.gold["items"])
            corpus.errors += len(report.gold["errors"])
    return corpus
