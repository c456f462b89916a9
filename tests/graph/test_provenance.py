"""Evidence of rows, held against graphs that are rebuilt from the sentences alone, in a way of the test's own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest
from rdflib import PROV, URIRef
from rdflib.term import Node

from graph import queries
from graph.comparison.across import across_statements
from graph.errors import BadParameter
from graph.namespaces import BASE, GT, REGISTER
from graph.provenance import ABSENT, GIVEN, KINDS, STATED, Evidence, Proofs, drill_down, patterns
from graph.stores.base import Row, Table
from graph.stores.oxigraph import OxigraphStore, OxigraphWriter, Triple
from tests.reports import small_store

LARGE = 3
"""Sentences of a set up to which each is left out; of larger ones the first, the last and one between are."""
FEW = 2
"""Rows of each question that are tried: some questions answer with hundreds."""
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


def rows_of(store: OxigraphStore, query: queries.Query) -> tuple[str, Table, list[Row]]:
    """Return the SPARQL of a question, its answer, and the rows of it that are tried."""
    text = queries.bind(store, query)
    table = store.select(text)
    step = max(1, len(table.rows) // FEW)
    return text, table, list(table.rows[::step])[:FEW]


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


@cache
def proofs() -> Proofs:
    return Proofs(small_store(), seconds=60)


@cache
def rebuilt() -> Rebuilt:
    return Rebuilt(small_store())


def test_the_whole_graph_is_rebuilt_from_all_passages() -> None:
    store = rebuilt().of(rebuilt().passages)
    for query in queries.catalogue().values():
        assert set(queries.run(store, query).rows) == set(queries.run(small_store(), query).rows), query.name


@pytest.mark.parametrize("name", queries.catalogue())
def test_the_sentences_of_a_row_suffice_and_none_can_be_left_out(name: str) -> None:
    text, table, rows = rows_of(small_store(), queries.question(name))
    for row in rows:
        found = proofs().of_row(text, table.columns, row)
        assert list(faults(rebuilt(), text, row, found)) == [], row
        assert all(s.quote and s.end > s.start for s in found.sentences)


def test_a_row_of_absence_says_so_and_how_much_was_searched() -> None:
    text, table, rows = rows_of(small_store(), queries.question("partners-not-involved"))
    found = proofs().of_row(text, table.columns, rows[0])
    assert (found.kind, found.sentences) == (ABSENT, ())
    assert found.searched == len(rebuilt().passages)


def test_what_a_number_counts_can_be_asked_for() -> None:
    text, table, rows = rows_of(small_store(), queries.question("evidence-by-priority"))
    number = table.columns.index("items")
    behind = drill_down(text, table.columns, rows[0])
    assert behind is not None
    found = small_store().select(behind)
    assert len({row[found.columns.index("item")] for row in found.rows}) == int(str(rows[0][number]))
    text, table, rows = rows_of(small_store(), queries.question("operations"))
    assert drill_down("ASK { ?s ?p ?o }", (), ()) is None


def test_many_rows_are_refused() -> None:
    with pytest.raises(BadParameter, match="add a limit"):
        proofs().of_rows("SELECT ?x WHERE { }", ("x",), [(None,)] * 51)


def test_parts_of_a_query_are_told_from_what_only_looks_like_them() -> None:
    query = (
        'PREFIX : <x:> SELECT (COUNT(?a) AS ?n) { ?a :p "} SELECT {" # }\n . { SELECT ?a { ?a :q ?b } } } GROUP BY ?c'
    )
    found = patterns.read(query)
    assert found is not None
    assert found.aggregated
    assert found.inner[0].body.strip() == "?a :q ?b"
    assert (found.projects("a"), found.projects("n"), found.inner[0].projects("b")) == (True, False, False)
    assert patterns.read("SELECT * { ?s ?p ?o") is None
    assert patterns.read("DESCRIBE <x:y>") is None
    assert set(KINDS) > {STATED}
