from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, PROV, RDF, BNode, Graph, Literal, URIRef

from graph.namespaces import GT, OA, SCHEMA, slug
from graph.statements import Triple, report_iri, report_statements
from graph.stores.oxigraph import OxigraphStore
from graph.vocabulary import load_vocabulary
from tests.reports import DOCUMENTS, by_value, item, read_file
from tests.strategies import HOSTILE

PATHS = sorted(DOCUMENTS.glob("*.txt"))


def statements(path: Path) -> list[Triple]:
    return report_statements(read_file(path), load_vocabulary())


def graph_of(triples: list[Triple]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
class TestStatements:
    def test_every_subject_belongs_to_the_report(self, path: Path) -> None:
        report = str(report_iri(read_file(path).report))
        assert {s for s, _, _ in statements(path) if str(s) != report and not str(s).startswith(report + "/")} == set()

    def test_no_node_is_blank(self, path: Path) -> None:
        assert [t for t in statements(path) if any(isinstance(term, BNode) for term in t)] == []

    def test_each_statement_is_given_once(self, path: Path) -> None:
        given_ = statements(path)
        assert len(given_) == len(set(given_))

    def test_everything_quoted_reaches_the_document(self, path: Path) -> None:
        graph = graph_of(statements(path))
        [document] = graph.subjects(RDF.type, GT.Document)
        for node in graph.subjects(RDF.type, GT.Mention):
            passage = graph.value(node, GT.inPassage)
            assert graph.value(node, OA.hasSource) == document
            assert graph.value(passage, PROV.wasQuotedFrom) == document
        for node in set(graph.subjects(OA.hasSelector)):
            assert graph.value(node, OA.hasSource) == document

    def test_every_quote_is_what_stands_at_its_position(self, path: Path) -> None:
        graph = graph_of(statements(path))
        text = str(next(graph.objects(None, GT.text)))
        for node in set(graph.subjects(OA.hasSelector)):
            selectors = list(graph.objects(node, OA.hasSelector))
            [start] = [o for s in selectors for o in graph.objects(s, OA.start)]
            [end] = [o for s in selectors for o in graph.objects(s, OA.end)]
            [quote] = [o for s in selectors for o in graph.objects(s, OA.exact)]
            assert text[int(str(start)) : int(str(end))] == str(quote)

    def test_the_report_tells_how_it_was_read(self, path: Path) -> None:
        graph = graph_of(statements(path))
        report = report_iri(read_file(path).report)
        how = graph.value(report, PROV.wasGeneratedBy)
        document = graph.value(report, DCTERMS.source)
        assert graph.value(how, PROV.used) == document
        assert graph.value(document, SCHEMA.sha256) == Literal(read_file(path).report.document.sha256)
        assert graph.value(how, PROV.wasAssociatedWith) is not None

    def test_they_survive_turtle_and_back(self, path: Path) -> None:
        graph = graph_of(statements(path))
        again = Graph().parse(data=graph.serialize(format="turtle"), format="turtle")
        assert by_value(again) == by_value(graph)


BREAKERS = ('<X>"; DROP', 'X" . <urn:a> <urn:b> "', "X\\", "X{}|^`Y", "X%0AY", "X\u2028Y", "X 'Y' Z", "\u0416\u0418")


@pytest.mark.parametrize("name", BREAKERS)
def test_a_name_made_to_break_an_address_or_turtle_is_only_a_name(name: str) -> None:
    read = item(f"Operation {name} ran with {name} Youth Trust and Kent Police.")
    triples = report_statements(read, load_vocabulary())
    store = OxigraphStore.in_memory({URIRef("urn:g"): triples})
    assert len(store.dump("nquads").splitlines()) == len(triples)
    assert by_value(store.graph(URIRef("urn:g"))) == by_value(triples)
    for term in {term for triple in triples for term in triple if isinstance(term, URIRef)}:
        assert not set(term) & set('<>"{}|^`\\ \n\t')


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=6)), max_size=6).map("".join))
def test_any_name_gives_a_key_of_plain_letters_digits_and_hyphens(name: str) -> None:
    key = slug(name)
    assert key
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.text(max_size=60))
@settings(max_examples=15, deadline=None)
def test_any_item_gives_statements_that_a_store_takes_and_gives_back(words: str) -> None:
    read = item(f"x {words.replace(chr(10), ' ')}")
    triples = report_statements(read, load_vocabulary())
    store = OxigraphStore.in_memory({URIRef("urn:g"): triples})
    assert by_value(store.graph(URIRef("urn:g"))) == by_value(triples)


def test_a_quarter_of_two_reports_has_one_address_and_a_report_its_own() -> None:
    assert str(report_iri(read_file(PATHS[0]).report)).endswith("/report/essex-2022-23-q2")
    assert len({report_iri(read_file(path).report) for path in PATHS}) == len(PATHS)


def test_an_unknown_force_is_named_by_the_report() -> None:
    graph = graph_of(statements(DOCUMENTS / "harbourshire.txt"))
    classes = {str(o).rsplit("#", 1)[-1] for o in graph.objects(None, GT.givenClass)}
    assert {"PoliceForce", "PolicingArea", "Operation", "Partner"} <= classes


def test_a_figure_is_a_number_with_its_unit_and_quote() -> None:
    graph = graph_of(statements(PATHS[0]))
    figures = list(graph.subjects(RDF.type, GT.Figure))
    assert len(figures) == len(read_file(PATHS[0]).figures) > 0
    for figure in figures:
        assert graph.value(figure, GT.unitName) is not None
        assert graph.value(figure, GT.role) is not None
