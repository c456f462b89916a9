"""A graph rebuilt from some passages alone: what they state, and what the register and the rules make of it.

The vocabularies stay, and what a report says of itself (its title, its quarter, which promises it reports on). Of the
things that passages name, the register gets those that the chosen passages name. A check stays if every passage whose
figures it compares does. Everything derived is derived anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rdflib import PROV, URIRef
from rdflib.term import Node

from graph import queries
from graph.comparison.across import NAME as ACROSS
from graph.comparison.across import across_statements
from graph.namespaces import BASE, GT, REGISTER, derived_graph, key_of, report_graph
from graph.stores.base import Store
from graph.stores.oxigraph import OxigraphStore, OxigraphWriter, Prepared, Triple, prepared

_PART = re.compile(r"report/[^/]+/[a-z]+/[^/]+")
_REPORT = re.compile(r"report/[^/]+")


def passage_of(address: str) -> str:
    """Return the part of a report, such as an item, that ``address`` is of or below; "" for anything else."""
    return _within(_PART, address)


def report_of(address: str) -> str:
    """Return the report that ``address`` is of or below; "" for anything else."""
    return _within(_REPORT, address)


def _within(form: re.Pattern[str], address: str) -> str:
    found = form.match(address.removeprefix(BASE)) if address.startswith(BASE) else None
    return BASE + found[0] if found else ""


@dataclass(slots=True)
class _Report:
    """What one report states, by what it depends on, in blocks that have no triple in common."""

    always: Prepared = ()
    passages: dict[str, Prepared] = field(default_factory=dict)
    checks: list[tuple[frozenset[str], Prepared]] = field(default_factory=list)
    """Verdicts of the audit, which stay where all of some passages do."""
    joint: list[tuple[frozenset[str], Prepared]] = field(default_factory=list)
    """Other statements that stay where all of some passages do."""
    namings: list[tuple[frozenset[str], Prepared]] = field(default_factory=list)
    """Statements that stay where any of some passages does."""

    def blocks(self, passages: frozenset[str], *, audited: bool) -> dict[str, Prepared]:
        """Return the blocks that ``passages`` make, each by a name of its own; ``audited`` with the verdicts."""
        kept = {"": self.always}
        kept.update((passage, self.passages[passage]) for passage in passages & self.passages.keys())
        if audited:
            kept.update((f"check {n}", some) for n, (needed, some) in enumerate(self.checks) if needed <= passages)
        kept.update((f"joint {n}", some) for n, (needed, some) in enumerate(self.joint) if needed <= passages)
        kept.update(
            (f"naming {n}", some) for n, (naming, some) in enumerate(self.namings) if not naming.isdisjoint(passages)
        )
        return kept


class Rebuilding:
    """Reference graphs of a store, loaded once, to which passages of its reports are added as they are asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # A store that is ours is read whole, which is faster than asking it.
        self._embedded = store if isinstance(store, OxigraphStore) else None
        self._writer = OxigraphWriter(None)
        names = [str(row[0]) for row in store.select(queries.page("graphs").sparql).rows]
        parts = ("report/", "derived/")
        made = {str(REGISTER), str(ACROSS)}
        self.reports = tuple(
            f"{BASE}report/{key_of(name)}" for name in names if name.startswith(f"{BASE}graph/report/")
        )
        """Addresses of the reports of the store."""
        self._across = str(ACROSS) in names
        self._read: dict[str, _Report] = {}
        self._rules: dict[str, tuple[dict[str, str], ...]] = {}
        self._named: object = None
        self._written: dict[str, dict[str, Prepared]] = {}
        for name in names:
            if not name.removeprefix(f"{BASE}graph/").startswith(parts) and name not in made:
                self._take(URIRef(name))

    def _take(self, name: URIRef) -> None:
        if self._embedded is not None:
            self._writer.copy(self._embedded, name)
        else:
            self._writer.replace(name, self._triples(name))

    def passages(self, reports: Iterable[str]) -> tuple[str, ...]:
        """Return the passages of ``reports``, in order of address."""
        return tuple(sorted(passage for report in reports for passage in self._report(report).passages))

    def is_audited(self, passages: frozenset[str]) -> bool:
        """Return whether there are verdicts of the audit that rest on ``passages`` alone."""
        reports = sorted({report_of(passage) for passage in passages} & set(self.reports))
        return self._across or any(
            needed <= passages for report in reports for needed, _ in self._report(report).checks
        )

    def only(
        self, passages: frozenset[str], reports: Iterable[str], rules: frozenset[str], *, audited: bool = True
    ) -> Store:
        """Return the graph that ``passages`` alone make, with what ``reports`` say of themselves and ``rules`` derive.

        ``audited`` with the verdicts of the audit. It lasts until the next call.
        """
        wanted = sorted({*reports, *(report_of(passage) for passage in passages)} & set(self.reports))
        now = {report: self._report(report).blocks(passages, audited=audited) for report in wanted}
        # One try and the next differ by a passage or two of a whole report.
        for report, before in self._written.items():
            for block in before.keys() - now.get(report, {}).keys():
                self._writer.take(before[block])
            if report not in now:
                self._writer.remove(derived_graph(key_of(report)))
        for report, blocks in now.items():
            for block in blocks.keys() - self._written.get(report, {}).keys():
                self._writer.put(blocks[block])
        self._written = now
        # What is registered is said by namings, of which no passage has any.
        named = frozenset(f"{report} {block}" for report, blocks in now.items() for block in blocks.keys() - passages)
        self._register((tuple(wanted), named))
        self._derive(wanted, rules)
        if self._across:
            self._writer.remove(ACROSS)
            if audited:
                self._writer.replace(ACROSS, dict.fromkeys(across_statements(self._writer.reader())))
        return self._writer.reader()

    def _register(self, named: object) -> None:
        if named != self._named:
            self._writer.remove(REGISTER)
            self._writer.infer(REGISTER, (query.sparql for query in queries.register().values()))
            self._named = named

    def _derive(self, reports: Sequence[str], rules: frozenset[str]) -> None:
        """Make the derived links anew, as a build does."""
        for report in reports:
            name = derived_graph(key_of(report))
            self._writer.remove(name)
            if report not in self._rules:
                bound = {"report": [URIRef(report)]}
                self._rules[report] = tuple(
                    {rule.name: queries.fill(rule, bound) for rule in stage} for stage in queries.rule_stages()
                )
            for stage in self._rules[report]:
                self._writer.infer(name, (text for rule, text in stage.items() if rule in rules))

    def _triples(self, name: URIRef) -> list[Triple]:
        if self._embedded is not None:
            return list(self._embedded.triples(name))
        rows = self._store.select(queries.fill(queries.page("provenance-triples"), {"graph": [name]})).rows
        return [(_term(s), _term(p), _term(o)) for s, p, o in rows]

    def _report(self, report: str) -> _Report:
        if report not in self._read:
            name = report_graph(key_of(report))
            self._read[report] = _divided(name, self._triples(name))
        return self._read[report]


def _term(term: Node | None) -> Node:
    if term is None:
        raise TypeError("a triple has no empty place")
    return term


def _divided(name: URIRef, triples: Iterable[Triple]) -> _Report:
    parts: dict[str, list[Triple]] = {}
    for triple in triples:
        parts.setdefault(passage_of(str(triple[0])) or "", []).append(triple)
    quoted = {part for part, some in parts.items() if part and any(p == PROV.wasQuotedFrom for _, p, _ in some)}
    named: dict[Node, set[str]] = {}
    for part in quoted:
        for _, predicate, thing in parts[part]:
            if predicate == GT.refersTo:
                named.setdefault(thing, set()).add(part)
    report = _Report(passages={part: prepared(name, parts[part]) for part in sorted(quoted)})
    always: list[Triple] = []
    for part, some in parts.items():
        if part not in quoted:
            always += _placed(report, name, some, quoted, named)
    report.always = prepared(name, always)
    return report


def _placed(
    report: _Report, name: URIRef, triples: list[Triple], quoted: set[str], named: Mapping[Node, set[str]]
) -> Iterator[Triple]:
    """Put the triples of one part that is no passage where they belong; yield those that always stay (the report's)."""
    # A check of several figures, or a naming; a part may be neither: what the report says of its own quality, say.
    by_subject: dict[str, list[Triple]] = {}
    for triple in triples:
        naming = str(triple[0]).split("/naming/")[0] != str(triple[0])
        by_subject.setdefault(str(triple[0]) if naming else passage_of(str(triple[0])), []).append(triple)
    for some in by_subject.values():
        needed = frozenset(
            part
            for _, predicate, object_ in some
            if predicate in {PROV.wasDerivedFrom, GT.inPassage} and (part := passage_of(str(object_))) in quoted
        )
        things = [object_ for _, predicate, object_ in some if predicate == GT.names and object_ in named]
        if needed:
            verdict = "/check/" in str(some[0][0])
            (report.checks if verdict else report.joint).append((needed, prepared(name, some)))
        elif things:
            report.namings.append((frozenset(named[things[0]]), prepared(name, some)))
        else:
            yield from some
