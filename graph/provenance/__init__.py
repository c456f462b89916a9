"""Which sentences of the reports a row of an answer rests on: the smallest set that supports the whole row.

That is the why-provenance of the row (Buneman, Khanna and Tan, "Why and Where", ICDT 2001), told in passages of
reports. It is found from the query's own pattern, and proved: a graph rebuilt from the set alone has the row, and a
graph rebuilt from all but one of the set has not (docs/adr/0031-evidence-of-a-row.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from rdflib import URIRef

from graph import queries
from graph.errors import BadParameter
from graph.fence.refusals import busy
from graph.provenance.absences import Absence
from graph.provenance.finding import Ground, Question
from graph.provenance.patterns import read
from graph.provenance.rebuilding import Rebuilding
from graph.provenance.solutions import SOLUTIONS
from graph.stores.base import Row, Store

SECONDS = 10.0
"""Time for one row, where nobody says how much."""
PATIENCE = 5.0
"""Seconds that one who asks waits for another's row."""
TOGETHER_TIMES = 3
"""Rows that are asked for together have as many times the time of one."""
MOST_ROWS = 50
"""Rows whose evidence may be asked for together."""
QUESTIONS = 8
"""Queries whose tries are kept for rows that are asked for later."""

STATED, ABSENT, GIVEN, UNKNOWN = "stated", "absent", "given", "unknown"
KINDS = {
    STATED: "these sentences together support the whole row; without any one of them it is not there",
    ABSENT: "the row tells what was not found, so no sentence supports it: the reports were searched",
    GIVEN: "the row stands in the vocabularies or in what a report says of itself, so no sentence is needed",
    UNKNOWN: "the sentences behind the row were not found in the time there is",
}
"""What the evidence of a row can be."""
_ALONE = "this sentence supports the whole row; without it the row is not there"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage of a report that a row rests on."""

    passage: str
    """Its address."""
    label: str
    """Its report and number."""
    quote: str
    start: int
    end: int
    """Where it stands in the stored text, in code points."""
    report: str
    """The address of the report."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a row rests on."""

    kind: str
    """A key of ``KINDS``."""
    sentences: tuple[Sentence, ...]
    least: bool = True
    """Whether it was proved that no sentence can be left out; False where time was up before."""
    absence: bool = False
    """Whether the row also says that something was not found."""
    searched: int = 0
    """Passages that were searched where the row tells of something that was not found."""
    absences: tuple[Absence, ...] = ()
    """What was searched for there and not found; ``MOST`` of them at most."""
    origin: str = ""
    """What the links it rests on are at the last: asserted, extracted or derived (``why.ORIGINS``); "" if not known."""
    rules: tuple[str, ...] = ()
    """The rules without which the same sentences do not have the row, ``figure-audit`` for the audit's verdicts."""

    @property
    def means(self) -> str:
        """Its kind in words."""
        return _ALONE if len(self.sentences) == 1 and self.least else KINDS[self.kind]


class Proofs:
    """Finds the evidence of rows in one version of a store. One row at a time; threads wait for one another."""

    def __init__(self, store: Store, seconds: float = SECONDS) -> None:
        """``seconds`` is the time for one row; rows that are asked for together have ``TOGETHER_TIMES`` as much."""
        self._store = store
        self._seconds = seconds
        self._ground: Ground | None = None
        self._questions: dict[str, Question] = {}
        self._lock = Lock()

    def of_rows(self, query: str, columns: Sequence[str], rows: Sequence[Row]) -> tuple[Evidence, ...]:
        """Return the evidence of each of ``rows``, which ``query`` answered; unknown where time was up before.

        ``query`` is trusted to end: give it no query from outside. Raises: BadParameter for more than ``MOST_ROWS``.
        """
        if len(rows) > MOST_ROWS:
            raise BadParameter(
                f"evidence is found for at most {MOST_ROWS} rows at a time, not {len(rows):,}: add a limit",
                param="evidence",
                rows=len(rows),
            )
        until = monotonic() + TOGETHER_TIMES * self._seconds
        return tuple(self.of_row(query, columns, row, until) for row in rows)

    def of_row(self, query: str, columns: Sequence[str], row: Row, until: float | None = None) -> Evidence:
        """Return the evidence of one row that ``query`` answered, sought until a moment of the monotonic clock.

        Raises: ServiceBusy where others ask for so much that no turn comes.
        """
        if not self._lock.acquire(timeout=PATIENCE + self._seconds):
            raise busy()
        try:
            now = monotonic()
            limit = min(until or now + self._seconds, now + self._seconds)
            return self._evidence(query, columns, row, lambda: monotonic() < limit)
        finally:
            self._lock.release()

    def _question(self, query: str) -> Question:
        if self._ground is None:
            self._ground = Ground(self._store, Rebuilding(self._store))
        # The last used stands last.
        question = self._questions.pop(query, None) or Question(self._ground, query)
        self._questions[query] = question
        if len(self._questions) > QUESTIONS:
            del self._questions[next(iter(self._questions))]
        return question

    def _evidence(self, query: str, columns: Sequence[str], row: Row, in_time: Callable[[], bool]) -> Evidence:
        question = self._question(query)
        bound = {name: term for name, term in zip(columns, row, strict=True) if term is not None}
        found = question.find(row, bound, in_time)
        if found is None:
            return Evidence(UNKNOWN, (), least=False)
        missing = question.absences(bound, in_time)
        origin, rules = question.origin(row, found, in_time)
        if found.passages:
            searched = len(question.passages(found.reports)) if missing else 0
            told = sentences(self._store, found.passages)
            return Evidence(STATED, told, found.least, bool(missing), searched, missing, origin, rules)
        negated = question.selection is not None and question.selection.tells_absence
        absence = negated or bool(missing) or any(str(term) == "0" for term in bound.values())
        searched = len(question.passages(found.reports))
        return Evidence(ABSENT if absence else GIVEN, (), found.least, absence, searched, missing, origin, rules)


def sentences(store: Store, passages: Iterable[str]) -> tuple[Sentence, ...]:
    """Return passages with their words, in the order of their reports."""
    wanted = [URIRef(passage) for passage in sorted(passages)]
    if not wanted:
        return ()
    rows = store.select(queries.fill(queries.page("provenance-sentences"), {"passage": wanted})).dicts()
    return tuple(
        Sentence(
            passage=str(row["passage"]),
            label=str(row["label"]),
            quote=str(row["quote"]),
            start=int(str(row["start"])),
            end=int(str(row["end"])),
            report=str(row["report"]),
        )
        for row in rows
    )


def drill_down(query: str, columns: Sequence[str], row: Row) -> str | None:
    """Return the query for the solutions behind one row of an answer that counts, None where rows count nothing."""
    selection = read(query)
    if selection is None or not selection.counts:
        return None
    bound = {name: term for name, term in zip(columns, row, strict=True) if term is not None}
    return selection.solutions([bound], SOLUTIONS)
