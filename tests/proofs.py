"""Prove the evidence of every row of every question, and write what came of it: ``make proofs``.

python -m tests.proofs [REPORT ...]

Of the bundled sample, and of each report that is named; where none is, of the published one that lies beside the
repository, if it does. Writes docs/proofs.md. Each row has ``SECONDS``. The first row of each question is proved once
more by graphs that are built whole for each try (``tests.rebuilt``). Ends with status 1 if a row is not proved.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from graph import build, queries
from graph.provenance import ABSENT, GIVEN, MOST_ROWS, STATED, UNKNOWN, Evidence, Proofs
from graph.stores.oxigraph import OxigraphStore
from tests.conftest import shared_folder
from tests.rebuilt import Rebuilt, faults
from tests.reports import store_of

PAGE = Path(__file__).resolve().parent.parent / "docs" / "proofs.md"
PUBLISHED = Path("reports", "essex-2021-22-q4.txt")
SAMPLE = "The bundled sample"
SECONDS = 60.0
"""Seconds that one row may take."""
HEAD = (
    "question", "rows", "smallest", "enough", "absent", "given", "ran out", "most", "again", "seconds", "first rows",
)  # fmt: skip
HOW = f"""\
# The evidence of every row

Written by `make proofs`, which takes each row of each question of the catalogue, with its defaults, and looks for the
smallest set of sentences that supports it ([how](adr/0031-evidence-of-a-row.md), [how it is
quick](adr/0032-tries-of-evidence.md)). Every set below was tried: a graph rebuilt from its sentences alone has the row,
and no graph that lacks one of them has it.

- *smallest*: rows whose set was tried and is enough, and of which no sentence can be left out;
- *enough*: rows whose set is enough, but time ran out before each sentence was left out once;
- *absent*: rows that tell what was not found, so that no sentence stands for them; all passages were searched;
- *given*: rows that stand in the vocabularies, or in what a report says of itself;
- *ran out*: rows without a set after {SECONDS:.0f} seconds;
- *most*: sentences of the largest set; a row that counts a hundred of them rests on a hundred;
- *again*: rows tried once more, by graphs built whole for each try with every rule (the first of each question);
- *seconds*: for all rows; *first rows*: for the first {MOST_ROWS} of them, as many as a file may be asked for at once.
"""


@dataclass
class Line:
    """What came of the rows of one question."""

    name: str
    rows: int = 0
    smallest: int = 0
    enough: int = 0
    absent: int = 0
    given: int = 0
    ran_out: int = 0
    most: int = 0
    again: int = 0
    seconds: float = 0
    first: float = 0

    def count(self, found: Evidence) -> None:
        """Add a row."""
        self.rows += 1
        self.smallest += found.kind == STATED and found.least
        self.enough += found.kind == STATED and not found.least
        self.absent += found.kind == ABSENT
        self.given += found.kind == GIVEN
        self.ran_out += found.kind == UNKNOWN
        self.most = max(self.most, len(found.sentences))

    @property
    def proved(self) -> bool:
        """Whether every row was."""
        return self.smallest + self.absent + self.given == self.rows

    def __str__(self) -> str:
        """A line of the table."""
        counts = (
            self.rows, self.smallest, self.enough, self.absent, self.given, self.ran_out, self.most, self.again,
        )  # fmt: skip
        return f"| {self.name} | {' | '.join(f'{n:,}' for n in counts)} | {self.seconds:.1f} | {self.first:.2f} |"


def measure(store: OxigraphStore, names: Iterable[str]) -> Iterator[Line]:
    """Yield what comes of each question. Raises: AssertionError where a proof does not hold against whole graphs."""
    proofs, rebuilt = Proofs(store, SECONDS), Rebuilt(store)
    for name in names:
        line = Line(name)
        text = queries.bind(store, queries.question(name))
        table = store.select(text)
        begun = monotonic()
        for row in table.rows:
            found = proofs.of_row(text, table.columns, row)
            line.count(found)
            if line.rows <= MOST_ROWS:
                line.first = monotonic() - begun
            if line.rows == 1:
                first = found
        line.seconds = monotonic() - begun
        if table.rows and first.least:
            wrong = list(faults(rebuilt, text, table.rows[0], first))
            if wrong:
                raise AssertionError(f"{name}: {'; '.join(wrong)}")
            line.again = 1
        yield line


def total(lines: Sequence[Line]) -> Line:
    """Return the lines added up; the largest set of all is the most."""
    added = Line("**all**", most=max(line.most for line in lines))
    for name in ("rows", "smallest", "enough", "absent", "given", "ran_out", "again", "seconds", "first"):
        setattr(added, name, sum(getattr(line, name) for line in lines))
    return added


def section(title: str, lines: Sequence[Line]) -> str:
    """Return the table of one report."""
    ruler = "|".join([" --- ", *[" ---: "] * (len(HEAD) - 1)])
    told = (line for line in lines if line.rows)
    empty = ", ".join(line.name for line in lines if not line.rows)
    silent = f"\nWithout rows: {empty}.\n" if empty else ""
    return "\n".join(
        [f"\n## {title}\n", f"| {' | '.join(HEAD)} |", f"|{ruler}|", *map(str, (*told, total(lines))), silent]
    )


def main() -> int:
    """Measure, write the page, and return the exit status."""
    folder = shared_folder()
    beside = [folder / PUBLISHED] if folder and (folder / PUBLISHED).is_file() else []
    reports = [Path(name) for name in sys.argv[1:]] or beside
    named = [(SAMPLE, build.sample_reports()[0]), *((path.name, path) for path in reports)]
    page, proved = HOW, True
    for title, path in named:
        lines = []
        for line in measure(store_of(path), queries.catalogue()):
            print(f"{title}: {line}", file=sys.stderr, flush=True)
            lines.append(line)
        proved = proved and all(line.proved for line in lines)
        page += section(title, lines)
    PAGE.write_text(page, encoding="utf-8")
    return 0 if proved else 1


if __name__ == "__main__":
    sys.exit(main())
