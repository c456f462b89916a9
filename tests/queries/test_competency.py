"""What the graph is for: questions of those who use it, in their words, with answers that a person has read.

And the other way round: every term of the ontology serves one of them, and every term that a query uses is defined.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, URIRef

from graph import queries
from graph.faults import failed_checks
from graph.namespaces import GT
from graph.queries import FOLDER, ROLES, Competency, Query
from graph.shapes import validate
from graph.vocabulary import ontology, shapes
from tests.queries.small_graph import small_graph
from tests.reports import as_csv

ASKED = queries.competency()
FILES = sorted((FOLDER / "competency").glob("*/*.rq"))
EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def terms() -> set[str]:
    """Return the names of the terms of our ontology."""
    sorts = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    known = {s for sort in sorts for s in ontology().subjects(RDF.type, sort) if isinstance(s, URIRef) and s in GT}
    return {term.removeprefix(str(GT)) for term in known}


def terms_in(query: Query) -> set[str]:
    """Return the names of the terms of ours that ``query`` uses."""
    return set(re.findall(r"\bgt:(\w+)", query.sparql))


@pytest.mark.parametrize(("query", "asked"), ASKED.values(), ids=list(ASKED))
class TestEveryQuestion:
    def test_it_has_the_answer_that_was_read(
        self, query: Query, asked: Competency, golden: Callable[[str, str], None]
    ) -> None:
        golden(f"competency/{asked.id}.csv", as_csv(queries.run(small_graph(), query, dict(asked.values))))

    def test_the_small_graph_answers_it(self, query: Query, asked: Competency) -> None:
        assert queries.run(small_graph(), query, dict(asked.values)).rows

    def test_it_is_asked_in_words(self, query: Query, asked: Competency) -> None:
        assert asked.question.endswith("?")
        assert "gt:" not in asked.question
        assert query.description

    def test_its_values_are_those_of_parameters(self, query: Query, asked: Competency) -> None:
        assert {name for name, _ in asked.values} <= {param.name for param in query.params}


def test_each_role_asks_ten_questions_or_more() -> None:
    for role in ROLES:
        numbers = [asked.number for _, asked in ASKED.values() if asked.role == role]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= 10
    assert len({asked.question for _, asked in ASKED.values()}) == len(ASKED)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_lies_in_the_folder_of_the_role_that_asks(path: Path) -> None:
    (asked,) = queries.load(path).competency
    assert asked.role == path.parent.name
    assert asked.question == queries.load(path).summary


def test_no_two_questions_have_the_same_id() -> None:
    every = [asked.id for query in {id(q): q for q, _ in ASKED.values()}.values() for asked in query.competency]
    assert sorted(every) == sorted(ASKED)


def test_every_term_of_the_ontology_serves_a_competency_question() -> None:
    served = set().union(*(terms_in(query) for query, _ in ASKED.values()))
    assert terms() - served == set(), "write the question that needs it, or take the term out"


def test_every_term_of_a_query_is_defined() -> None:
    used = {path.name: terms_in(queries.load(path)) - terms() for path in FOLDER.rglob("*.rq")}
    assert {name: unknown for name, unknown in used.items() if unknown} == {}


def test_the_small_graph_holds_every_term_of_the_ontology() -> None:
    graph = small_graph().construct(EVERYTHING)
    # A class counts when something is of it, or of a class below; a relation when it holds, or a rule has derived it.
    held = {*graph.predicates(), *graph.objects(None, RDF.type), *graph.objects(None, RDF.object)}
    held |= set(graph.objects(None, RDF.predicate))
    below = {above for term in set(held) for above in graph.transitive_objects(term, RDFS.subClassOf)}
    assert {term for term in terms() if GT[term] not in held | below} == set()


def test_the_small_graph_is_as_complete_as_one_that_is_published() -> None:
    assert failed_checks(small_graph()) == []
    assert validate(small_graph().construct(EVERYTHING), shapes(), ontology()) == ()
