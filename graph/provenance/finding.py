"""The search for the smallest set of passages behind a row: sets that may be enough, tried, and then made smaller.

What one query answers over the graph of some passages is kept, since the rows of an answer share many of their tries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rdflib import URIRef

from graph import queries
from graph.explain.sentences import Names, names
from graph.provenance.absences import Absence, absences
from graph.provenance.links import every_rule, rules_seen
from graph.provenance.patterns import Selection, read
from graph.provenance.rebuilding import Rebuilding, passage_of, report_of
from graph.provenance.solutions import Solution, Solutions
from graph.stores.base import Row, Store
from graph.why import ASSERTED, DERIVED, EXTRACTED

MOST_PASSAGES = 2_000
"""Passages that a search of whole reports may begin with: a dozen reports."""
TOGETHER = 8
"""Passages of a set from which on several are left out at once, to find what is not needed sooner."""
KEPT_ROWS = 100_000
"""Rows of earlier tries that are kept."""
ASKED = 400
"""Things whose passages are asked for at once."""

AUDIT = "figure-audit"
"""What stands among the rules of a row that rests on a verdict of the audit."""

Passages = frozenset[str]


@dataclass
class Ground:
    """What the rows of all queries of one version of a store share."""

    store: Store
    rebuilding: Rebuilding
    resting: dict[str, frozenset[str]] = field(default_factory=dict)
    """For a check, a derived link or a thing: the passages that it rests on."""
    links_are_objects: bool = field(init=False)
    """Whether a statement speaks of a derived link."""
    _names: Names | None = None

    def __post_init__(self) -> None:
        self.links_are_objects = bool(self.store.select(queries.page("provenance-linked-links").sparql).rows)

    def known(self) -> Names:
        """Return what things are called."""
        if self._names is None:
            self._names = names(self.store)
        return self._names

    def passages_under(self, things: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Return the passages that checks, derived links and lasting things rest on, by address."""
        unknown = [URIRef(thing) for thing in sorted(set(things) - self.resting.keys())]
        for first in range(0, len(unknown), ASKED):
            some = unknown[first : first + ASKED]
            found: dict[str, set[str]] = {str(thing): set() for thing in some}
            for thing, passage in self.store.select(
                queries.fill(queries.page("provenance-passages"), {"thing": some})
            ).rows:
                found[str(thing)].add(str(passage))
            self.resting.update((thing, frozenset(passages)) for thing, passages in found.items())
        return self.resting


@dataclass(frozen=True, slots=True)
class Found:
    """A set of passages that is enough for a row."""

    passages: Passages
    least: bool
    """Whether it was proved that none can be left out."""
    reports: tuple[str, ...]
    """The reports whose own statements are beside the passages."""


class Question:
    """A query whose rows are traced to passages."""

    def __init__(self, ground: Ground, query: str) -> None:
        self._ground = ground
        self._query = query
        self.selection = read(query)
        """The query in its parts, None if it is no SELECT."""
        self._rules = every_rule() if ground.links_are_objects else rules_seen(query)
        self._solutions = Solutions(ground.store, self.selection) if self.selection else None
        self._answers: dict[tuple[tuple[str, ...], Passages, frozenset[str], bool], frozenset[Row]] = {}
        self._kept = 0

    def find(self, row: Row, bound: Solution, in_time: Callable[[], bool]) -> Found | None:
        """Return the set behind ``row``, whose columns that have a value are ``bound``; None if none was found."""
        for reports, tries in self._stages(bound, in_time):
            for few in tries:
                if not in_time():
                    return None
                if self._holds(row, few, reports):
                    return Found(*self._least(row, few, reports, in_time), reports)
        return None

    def passages(self, reports: Iterable[str]) -> tuple[str, ...]:
        """Return all passages of ``reports``: what was searched where nothing was found."""
        return self._ground.rebuilding.passages(reports)

    def absences(self, bound: Solution, in_time: Callable[[], bool]) -> tuple[Absence, ...]:
        """Return the searches that found nothing where the row comes from."""
        return absences(self._ground.store, self._ground.known(), list(self._levels(bound, in_time)))

    def _levels(self, bound: Solution, in_time: Callable[[], bool]) -> Iterator[tuple[Selection, list[Solution]]]:
        return self._solutions.behind(bound, in_time) if self._solutions else iter(())

    def _stages(
        self, bound: Solution, in_time: Callable[[], bool]
    ) -> Iterator[tuple[tuple[str, ...], Iterable[Passages]]]:
        """Yield reports, and sets of passages that may be enough, from the likeliest to all there are."""
        rebuilding = self._ground.rebuilding
        everything = rebuilding.reports
        own = set(bound.values())
        solutions = [set(one.values()) for _, level in self._levels(bound, in_time) for one in level] or [own]
        terms = {str(term) for term in own.union(*solutions) if isinstance(term, URIRef)}
        resting = self._ground.passages_under(term for term in terms if report_of(term) and not _is_passage(term))
        sets = dict.fromkeys(_passages(map(str, some), resting) for some in solutions)
        union = frozenset[str]().union(*sets)
        named = tuple(sorted({report for term in terms if (report := report_of(term))} & set(everything)))
        single = self.selection is not None and not self.selection.counts
        each = sorted(sets, key=lambda few: (len(few), sorted(few))) if single else []

        def tries() -> Iterator[Passages]:
            yield frozenset()
            yield from each
            yield union
            around = self._ground.passages_under(str(term) for term in own if isinstance(term, URIRef))
            yield union.union(*(around[str(term)] for term in own if isinstance(term, URIRef)))

        if named:
            yield named, tries()
        if named != everything:
            yield everything, tries()
        for reports in dict.fromkeys((named, everything)):
            if reports and len(whole := rebuilding.passages(reports)) <= MOST_PASSAGES:
                yield reports, (frozenset(whole),)

    def origin(self, row: Row, found: Found, in_time: Callable[[], bool]) -> tuple[str, tuple[str, ...]]:
        """Return what ``row`` rests on at the last, a key of ``why.ORIGINS``, and the rules that derive it.

        Each rule is tried: without it, the same passages do not have the row. ``AUDIT`` is the arithmetic of the audit.
        Both are empty where time was up before.
        """
        rules = self._rules
        if rules and self._holds(row, found.passages, found.reports, frozenset()):
            rules = frozenset()
        for rule in sorted(rules):
            if not in_time():
                return "", ()
            if self._holds(row, found.passages, found.reports, rules - {rule}):
                rules -= {rule}
        made = tuple(sorted(rules))
        if self._ground.rebuilding.is_audited(found.passages):
            if not in_time():
                return "", ()
            if not self._holds(row, found.passages, found.reports, audited=False):
                made = (*made, AUDIT)
        if made:
            return DERIVED, made
        read_in = found.passages or (found.reports and not self._holds(row, frozenset(), ()))
        return EXTRACTED if read_in else ASSERTED, ()

    def _holds(
        self,
        row: Row,
        passages: Passages,
        reports: tuple[str, ...],
        rules: frozenset[str] | None = None,
        *,
        audited: bool = True,
    ) -> bool:
        """Return whether the graph that ``passages`` alone make has the row; with all rules, if not told which."""
        rules = self._rules if rules is None else rules
        key = reports, passages, rules, audited
        if key not in self._answers:
            rows = self._ground.rebuilding.only(passages, reports, rules, audited=audited).select(self._query).rows
            self._kept += len(rows) + 1
            if self._kept > KEPT_ROWS:
                self._answers.clear()
                self._kept = len(rows) + 1
            self._answers[key] = frozenset(rows)
        return row in self._answers[key]

    def _least(
        self, row: Row, enough: Passages, reports: tuple[str, ...], in_time: Callable[[], bool]
    ) -> tuple[Passages, bool]:
        """Return a part of ``enough`` that is enough still and of which nothing can be left out; and if that is proved.

        Absence can make a row come back when more is left out, so all is tried again after each find.
        """
        kept = sorted(enough)
        size = 1
        if len(kept) > TOGETHER:
            # Where the first, the last and one between are all needed, so will be most of what a number counts.
            probes = (kept[0], kept[len(kept) // 2], kept[-1])
            spare = any(in_time() and self._holds(row, enough - {probe}, reports) for probe in probes)
            size = len(kept) // 2 if spare else 1
        while size:
            at, shorter = 0, False
            while at < len(kept):
                if not in_time():
                    return frozenset(kept), False
                rest = kept[:at] + kept[at + size :]
                if self._holds(row, frozenset(rest), reports):
                    kept, shorter = rest, True
                else:
                    at += size
            size = 1 if size == 1 and shorter else size // 2
        return frozenset(kept), True


def _is_passage(address: str) -> bool:
    return passage_of(address) == address and "/check/" not in address and "/link/" not in address


def _passages(terms: Iterable[str], resting: Mapping[str, frozenset[str]]) -> Passages:
    """Return the passages that the terms of one solution are of, or rest on."""
    found: set[str] = set()
    for term in terms:
        if part := passage_of(term):
            found |= resting.get(term, frozenset()) or {part}
    return frozenset(found)
