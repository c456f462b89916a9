"""A graph rebuilt from some passages alone: what they state, and what the register and the rules make of it.

The vocabularies stay, and what a report says of itself (its title, its quarter, which promises it reports on). Of the
things that passages name, the register gets those that the chosen passages name. A check stays if every passage whose
figures it compares does. Everything derived is derived anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from rdflib import PROV, URIRef
from rdflib.term import Node

from graph import queries
from graph.comparison.across import NAME as ACROSS
from graph.comparison.across import across_statements
from graph.namespaces import BASE, GT, REGISTER, derived_graph, key_of, report_graph
from graph.stores.base import Store
from graph.stores.oxigraph import OxigraphStore, OxigraphWriter, Triple

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

    always: list[Triple] = field(default_factory=list)
    passages: dict[str, list[Triple]] = field(default_factory=dict)
    checks: list[tuple[frozenset[str], list[Triple]]] = field(default_factory=list)
    """Triples that stay where all of some passages do."""
    namings: list[tuple[frozenset[str], list[Triple]]] = field(default_factory=list)
    """Triples that stay where any of some passages does."""

    def blocks(self, passages: frozenset[str]) -> dict[str, list[Triple]]:
        """Return the blocks that ``passages`` make, each by a name of its own."""
        kept = {"": self.always}
        kept.update((passage, self.passages[passage]) for passage in passages & self.passages.keys())
        kept.update((f"check {n}", some) for n, (needed, some) in enumerate(self.checks) if needed <= passages)
        kept.update((f"naming {n}", some) for n, (naming, some) in enumerate(self.namings) if naming & passages)
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
        self._written: dict[URIRef, dict[str, list[Triple]]] = {}
        self._derived: list[URIRef] = []
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

    def only(self, passages: frozenset[str], reports: Iterable[str]) -> Store:
        """Return the graph that ``passages`` alone make, with what ``reports`` say of themselves.

        It lasts until the next call.
        """
        wanted = sorted({*reports, *(report_of(passage) for passage in passages)} & set(self.reports))
        blocks = {report_graph(key_of(report)): self._report(report).blocks(passages) for report in wanted}
        for name in self._written.keys() | blocks.keys():
            # One try and the next differ by a passage or two of a whole report.
            before, now = self._written.get(name, {}), blocks.get(name, {})
            self._writer.discard(name, chain.from_iterable(before[block] for block in before.keys() - now.keys()))
            self._writer.add_all({name: chain.from_iterable(now[block] for block in now.keys() - before.keys())})
        self._written = blocks
        self._derive(wanted)
        return self._writer.reader()

    def _derive(self, reports: Sequence[str]) -> None:
        """Make the register and the derived links anew, as a build does."""
        store = self._writer.reader()
        register = (triple for query in queries.register().values() for triple in store.construct(query.sparql))
        self._writer.replace(REGISTER, dict.fromkeys(register))
        for name in self._derived:
            self._writer.remove(name)
        self._derived = [derived_graph(key_of(report)) for report in reports]
        for report, name in zip(reports, self._derived, strict=True):
            links: dict[Triple, None] = {}
            for stage in queries.rule_stages():
                for rule in stage:
                    links.update(dict.fromkeys(store.construct(queries.fill(rule, {"report": [URIRef(report)]}))))
                self._writer.replace(name, links)
        if self._across:
            self._writer.replace(ACROSS, dict.fromkeys(across_statements(store)))

    def _triples(self, name: URIRef) -> list[Triple]:
        if self._embedded is not None:
            return list(self._embedded.triples(name))
        rows = self._store.select(queries.fill(queries.page("provenance-triples"), {"graph": [name]})).rows
        return [(_term(s), _term(p), _term(o)) for s, p, o in rows]

    def _report(self, report: str) -> _Report:
        if report not in self._read:
            self._read[report] = _divided(self._triples(report_graph(key_of(report))))
        return self._read[report]


def _term(term: Node | None) -> Node:
    if term is None:
        raise TypeError("a triple has no empty place")
    return term


def _divided(triples: Iterable[Triple]) -> _Report:
    parts: dict[str, list[Triple]] = {}
    for triple in triples:
        parts.setdefault(passage_of(str(triple[0])) or "", []).append(triple)
    quoted = {part for part, some in parts.items() if part and any(p == PROV.wasQuotedFrom for _, p, _ in some)}
    named: dict[Node, set[str]] = {}
    for part in quoted:
        for _, predicate, thing in parts[part]:
            if predicate == GT.refersTo:
                named.setdefault(thing, set()).add(part)
    report = _Report(passages={part: parts[part] for part in sorted(quoted)})
    for part, some in parts.items():
        if part not in quoted:
            _place(report, some, quoted, named)
    return report


def _place(report: _Report, triples: list[Triple], quoted: set[str], named: Mapping[Node, set[str]]) -> None:
    """Put the triples of one part that is no passage where they belong. What no part is (the report) stays always."""
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
            report.checks.append((needed, some))
        elif things:
            report.namings.append((frozenset(named[things[0]]), some))
        else:
            report.always += some
