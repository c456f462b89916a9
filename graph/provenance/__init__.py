"""Which sentences of the reports a row of an answer rests on: the smallest set that supports the whole row.

That is the why-provenance of the row (Buneman, Khanna and Tan, "Why and Where", ICDT 2001), told in passages of
reports. It is found from the query's own pattern, and proved: a graph rebuilt from the set alone has the row, and a
graph rebuilt from all but one of the set has not (docs/adr/0031-evidence-of-a-row.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from rdflib import URIRef
from rdflib.term import Node

from graph import queries
from graph.errors import BadParameter
from graph.fence.refusals import busy
from graph.provenance.patterns import Selection, read
from graph.provenance.rebuilding import Rebuilding, passage_of, report_of
from graph.stores.base import Row, Store, Table

SOLUTIONS = 5_000
"""Solutions behind one row that are looked at; what they leave out is found by the search of the whole reports."""
MOST_PASSAGES = 2_000
"""Passages that a search of whole reports may begin with: a dozen reports."""
SECONDS = 10.0
"""Time for one row, where nobody says how much."""
PATIENCE = 5.0
"""Seconds that one who asks waits for another's row."""
TOGETHER_TIMES = 3
"""Rows that are asked for together have as many times the time of one."""
MOST_ROWS = 50
"""Rows whose evidence may be asked for together."""
TOGETHER = 8
"""Passages of a set from which on several are left out at once, to find what is not needed sooner."""

STATED, ABSENT, GIVEN, UNKNOWN = "stated", "absent", "given", "unknown"
KINDS = {
    STATED: "these sentences together support the whole row; without any one of them it is not there",
    ABSENT: "the row tells what was not found, so no sentence supports it: the reports were searched",
    GIVEN: "the row stands in the vocabularies or in what a report says of itself, so no sentence is needed",
    UNKNOWN: "the sentences behind the row were not found in the time there is",
}
"""What the evidence of a row can be."""


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


class Proofs:
    """Finds the evidence of rows in one version of a store. One row at a time; threads wait for one another."""

    def __init__(self, store: Store, seconds: float = SECONDS) -> None:
        """``seconds`` is the time for one row; rows that are asked for together have ``TOGETHER_TIMES`` as much."""
        self._store = store
        self._seconds = seconds
        self._rebuilding: Rebuilding | None = None
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
            if self._rebuilding is None:
                self._rebuilding = Rebuilding(self._store)
            search = _Search(self._store, self._rebuilding, query, Table(tuple(columns), (row,)))
            return search.found(min(until or now + self._seconds, now + self._seconds))
        finally:
            self._lock.release()


class _Search:
    """The search for the evidence of one row."""

    def __init__(self, store: Store, rebuilding: Rebuilding, query: str, table: Table) -> None:
        self._store = store
        self._rebuilding = rebuilding
        self._query = query
        self._row = table.rows[0]
        self._bound = {name: term for name, term in table.dicts()[0].items() if term is not None}
        self._reports: tuple[str, ...] = ()
        self._known: dict[frozenset[str], bool] = {}
        self._until = 0.0

    def found(self, until: float) -> Evidence:
        """Return the evidence."""
        self._until = until
        selection = read(self._query)
        absence = selection is not None and selection.tells_absence
        enough: frozenset[str] | None = None
        for reports, tries in self._stages(selection):
            self._reports = reports
            self._known.clear()
            enough = next((few for few in tries if self._in_time() and self._holds(few)), None)
            if enough is not None:
                break
        if enough is None:
            return Evidence(UNKNOWN, (), least=False)
        least, proved = self._least(enough)
        searched = len(self._rebuilding.passages(self._reports)) if absence or not least else 0
        if not least:
            zero = any(str(term) == "0" for term in self._bound.values())
            return Evidence(ABSENT if absence or zero else GIVEN, (), proved, absence or zero, searched)
        return Evidence(STATED, sentences(self._store, least), proved, absence, searched)

    def _in_time(self) -> bool:
        return monotonic() < self._until

    def _stages(self, selection: Selection | None) -> Iterator[tuple[tuple[str, ...], Iterable[frozenset[str]]]]:
        """Yield reports, and sets of passages that may be enough, from the likeliest to all there are."""
        everything = self._rebuilding.reports
        solutions = list(self._solutions(selection)) if selection else [set(self._bound.values())]
        terms = set().union(*solutions) | set(self._bound.values())
        resting = self._resting(terms)
        sets = [_passages(terms, resting) for terms in solutions]
        union = frozenset().union(*sets)
        named = tuple(sorted({report for term in terms if (report := report_of(str(term)))} & set(everything)))
        single = selection is not None and not selection.counts
        tries = [
            frozenset[str](),
            *(sorted(set(sets), key=lambda few: (len(few), sorted(few))) if single else ()),
            union,
        ]
        around = union | frozenset().union(*(resting.get(str(term), set()) for term in self._bound.values()))
        if named:
            yield named, (*tries, around)
        if named != everything:
            yield everything, (*tries, around)
        for reports in dict.fromkeys((named, everything)):
            if reports and len(whole := self._rebuilding.passages(reports)) <= MOST_PASSAGES:
                yield reports, (frozenset(whole),)

    def _solutions(self, selection: Selection) -> Iterator[set[Node]]:
        """Yield the terms of each solution behind the row; of an inner selection, those behind its own rows."""
        levels: list[tuple[Selection, list[Mapping[str, Node]]]] = [(selection, [self._bound])]
        while levels:
            level, keys = levels.pop()
            if not self._in_time():
                return
            found = self._store.select(level.solutions(keys, SOLUTIONS)).dicts()
            rows = [{name: term for name, term in one.items() if term is not None} for one in found]
            for one in rows:
                yield set(one.values())
            for inner in level.inner:
                outside = [{n: t for n, t in one.items() if inner.projects(n)} for one in rows]
                levels.append((inner, [dict(key) for key in dict.fromkeys(tuple(sorted(o.items())) for o in outside)]))

    def _resting(self, terms: Iterable[Node]) -> dict[str, set[str]]:
        """Return the passages that checks, derived links and the things of the row rest on."""
        bound = set(self._bound.values())
        asked = [
            term
            for term in sorted(term for term in terms if isinstance(term, URIRef))
            if term in bound or (report_of(term) and not _is_passage(term))
        ]
        found: dict[str, set[str]] = {}
        for first in range(0, len(asked), 400):
            text = queries.fill(queries.page("provenance-passages"), {"thing": asked[first : first + 400]})
            for thing, passage in self._store.select(text).rows:
                found.setdefault(str(thing), set()).add(str(passage))
        return found

    def _holds(self, passages: frozenset[str]) -> bool:
        """Return whether the graph that ``passages`` alone make has the row."""
        if passages not in self._known:
            rows = self._rebuilding.only(passages, self._reports).select(self._query).rows
            self._known[passages] = self._row in rows
        return self._known[passages]

    def _least(self, enough: frozenset[str]) -> tuple[frozenset[str], bool]:
        """Return a part of ``enough`` that is enough still and of which nothing can be left out; and if that is proved.

        Absence can make a row come back when more is left out, so all is tried again after each find.
        """
        kept = sorted(enough)
        size = len(kept) // 2 if len(kept) > TOGETHER else 1
        while size:
            at, shorter = 0, False
            while at < len(kept):
                if not self._in_time():
                    return frozenset(kept), False
                rest = kept[:at] + kept[at + size :]
                if self._holds(frozenset(rest)):
                    kept, shorter = rest, True
                else:
                    at += size
            size = 1 if size == 1 and shorter else size // 2
        return frozenset(kept), True


def _is_passage(address: str) -> bool:
    return passage_of(address) == address and "/check/" not in address and "/link/" not in address


def _passages(terms: Iterable[Node], resting: Mapping[str, set[str]]) -> frozenset[str]:
    """Return the passages that the terms of one solution are of, or rest on."""
    found: set[str] = set()
    for term in map(str, terms):
        if part := passage_of(term):
            found |= resting.get(term, set()) or {part}
    return frozenset(found)


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
