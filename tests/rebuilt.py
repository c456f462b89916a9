"""Graphs rebuilt from chosen passages, in a way of the tests' own: whole, with every rule, nothing kept between tries.

What ``graph.provenance`` proves is held against it.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import PROV, URIRef
from rdflib.term import Node

from graph import queries
from graph.comparison.across import across_statements
from graph.namespaces import BASE, GT, REGISTER
from graph.provenance import ABSENT, GIVEN, STATED, Evidence
from graph.stores.base import Row
from graph.stores.oxigraph import OxigraphStore, OxigraphWriter, Triple

LARGE = 3
"""Sentences of a set up to which each is left out; of larger ones the first, the last and one between are."""
LINKS = "/graph/derived/"


class Rebuilt:
    """Graphs of chosen passages: statements of the passages, vocabularies, what they mention, and rules run anew."""

    def __init__(self, store: OxigraphStore) -> None:
        names = store.graph_names()
        self.writer = OxigraphWriter(None)
        for name in names:
            if "/report/" not in name and LINKS not in name and name not in {REGISTER, URIRef(f"{BASE}graph/across")}:
                self.writer.replace(name, store.triples(name))
        self.said = {n: list(store.triples(n)) for n in names if n.startswith(f"{BASE}graph/report/")}
        everything: list[Triple] = [triple for triples in self.said.values() for triple in triples]
        self.passages = {str(s) for s, p, _ in everything if p == PROV.wasQuotedFrom}
        self.stands = {str(s): str(o) for s, p, o in everything if p == GT.inPassage}
        self.premises: dict[str, set[str]] = {}
        self.named: dict[Node, set[str]] = {}
        for s, p, o in everything:
            if p == PROV.wasDerivedFrom and "/check/" in str(s):
                self.premises.setdefault(str(s), set()).add(self.stands[str(o)])
            if p == GT.refersTo:
                self.named.setdefault(o, set()).add(self.stands[str(s)])
        self.introduced = {str(s): o for s, p, o in everything if p == GT.names}

    def keeps(self, subject: str, chosen: frozenset[str]) -> bool:
        """Return whether what is said of ``subject`` is said by ``chosen``, or by the report as a whole."""
        while subject not in self.passages and subject not in self.stands and "/" in subject.removeprefix(BASE):
            if subject in self.premises or subject in self.introduced:
                break
            subject = subject.rpartition("/")[0]
        if subject in self.premises:
            return self.premises[subject] <= chosen
        if subject in self.introduced:
            thing = self.introduced[subject]
            return thing not in self.named or bool(self.named[thing] & chosen)
        return self.stands.get(subject, subject) in chosen or subject not in self.passages

    def of(self, chosen: Iterable[str]) -> OxigraphStore:
        """Return the graph of ``chosen`` passages, which lasts until the next call."""
        kept = frozenset(chosen)
        for name, triples in self.said.items():
            self.writer.replace(name, [triple for triple in triples if self.keeps(str(triple[0]), kept)])
        store = self.writer.reader()
        made = (triple for query in queries.register().values() for triple in store.construct(query.sparql))
        self.writer.replace(REGISTER, dict.fromkeys(made))
        links: list[Triple] = []
        for stage in queries.rule_stages():
            self.writer.replace(URIRef(f"{BASE}graph{LINKS}all"), links)
            for name in self.said:
                report = URIRef(str(name).replace("/graph/report/", "/report/"))
                for rule in stage:
                    links += store.construct(queries.fill(rule, {"report": [report]}))
        self.writer.replace(URIRef(f"{BASE}graph{LINKS}all"), links)
        self.writer.replace(URIRef(f"{BASE}graph/across"), across_statements(store))
        return store


def faults(rebuilt: Rebuilt, text: str, row: Row, found: Evidence) -> Iterable[str]:
    """Yield what is wrong with the evidence of a row."""
    passages = [sentence.passage for sentence in found.sentences]
    if found.kind not in {STATED, ABSENT, GIVEN} or not found.least:
        yield f"{found.kind}, least {found.least}"
        return
    if row not in rebuilt.of(passages).select(text).rows:
        yield f"{len(passages)} sentences do not suffice"
    tried = passages if len(passages) <= LARGE else [passages[0], passages[len(passages) // 2], passages[-1]]
    for one in tried:
        if row in rebuilt.of(p for p in passages if p != one).select(text).rows:
            yield f"{one} is not needed"
