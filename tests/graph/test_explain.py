"""Sentences made from queries: they lead back to the same query, and are held in a file that people read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from rdflib.compare import isomorphic
from rdflib.plugins.sparql import algebra
from rdflib.plugins.sparql.parser import parseQuery

from graph import queries
from graph.errors import BadQuery
from graph.explain.parsing import parse
from graph.explain.phrases import relations
from graph.explain.printing import sparql, term
from graph.explain.sentences import Names, edited, explain, names, pieces, plain, query_of
from graph.explain.tree import Iri, Lit
from graph.namespaces import PREFIXES, mint
from graph.vocabulary import ontology
from tests.queries.small_graph import small_graph
from tests.reports import as_csv

TYPED = Path(__file__).resolve().parent.parent / "explain" / "typed.rq"
HEAD = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())


@cache
def known() -> Names:
    return names(small_graph())


@cache
def typed() -> dict[str, str]:
    """The queries of ``typed.rq`` by name."""
    parts = re.split(r"^### (.*)\n", TYPED.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {name: HEAD + text for name, text in zip(parts[::2], parts[1::2], strict=True)}


@cache
def catalogue() -> dict[str, str]:
    """The questions of the catalogue as they are asked when nothing is chosen."""
    return {name: queries.bind(small_graph(), query) for name, query in queries.catalogue().items()}


def everything() -> dict[str, str]:
    return {**catalogue(), **typed(), **{str(q.path): q.sparql for q in queries.everything()}}


def answer(query: str) -> object:
    form = parse(query).form
    store = small_graph()
    if form == "SELECT":
        return as_csv(store.select(query))
    return store.ask(query) if form == "ASK" else store.construct(query)


def test_sentences_stay_as_they_are_written_down(golden: Callable[[str, str], None]) -> None:
    said = (f"## {name}\n\n{explain(query, known()).text}\n" for name, query in {**catalogue(), **typed()}.items())
    golden("explain/sentences.md", "\n".join(said))


def test_the_line_before_a_sentence_stays_as_it_was_read(golden: Callable[[str, str], None]) -> None:
    every = {**catalogue(), **typed()}
    golden("explain/headlines.md", "".join(f"- {name}: {explain(q, known()).headline}\n" for name, q in every.items()))


def test_the_line_follows_what_a_question_is_asked_for_and_reads_back_with_its_sentence() -> None:
    query = queries.question("commitments-without-evidence")
    for_one = explain(queries.bind(small_graph(), query, {"priority": "Quiet Streets"}), known())
    assert for_one.headline.startswith(
        "Lists commitments with their priorities, without any evidenced commitment, for the"
    )
    assert explain(catalogue()["commitments-without-evidence"], known()).headline != for_one.headline
    assert query_of(f"{for_one.headline}\n\n{for_one.text}", known()) == query_of(for_one.text, known())


def test_a_term_that_the_ontology_does_not_have_is_named_with_rows_or_without() -> None:
    query = HEAD + "SELECT ?o ?x { ?o a gt:Operation . OPTIONAL { ?o gt:ofForse ?x } }"
    said = explain(query, known())
    assert small_graph().select(query).rows
    assert [one.says for one in said.unknown] == ["The ontology has no term gt:ofForse. Did you mean gt:ofForce?"]
    assert not any(explain(text, known()).unknown for text in catalogue().values())


def test_every_query_of_ours_and_those_typed_lead_back_to_themselves() -> None:
    assert len(typed()) >= 50
    for name, query in everything().items():
        said = explain(query, known())
        assert said.exact, name
        again = query_of(said.text, known())
        assert explain(again, known()).text == said.text, name


@pytest.mark.parametrize("name", [*queries.catalogue(), *typed()])
def test_a_sentence_and_back_has_the_same_answer(name: str) -> None:
    query = {**catalogue(), **typed()}[name]
    before, after = answer(query), answer(query_of(explain(query, known()).text, known()))
    if isinstance(before, str | bool):
        assert after == before
    else:
        assert isomorphic(before, after)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["shared-partners", "operations", "names of operations", "either or", "a named graph"])
def test_trees_are_what_rdflib_makes_of_a_query(name: str) -> None:
    query = {**catalogue(), **typed()}[name]
    ours = sparql(parse(query))
    assert _algebra(ours) == _algebra(query)


def _algebra(query: str) -> str:
    # rdflib numbers what is counted in the order met, and orders the names of a projection as it likes.
    return re.sub(r"\{rdflib[^}]*\}", "", str(algebra.translateQuery(parseQuery(query)).algebra))


def test_every_relation_of_the_ontology_has_a_phrase_of_its_own() -> None:
    phrases = relations()
    spoken = {iri for iri, _ in phrases.values()}
    query = (
        "SELECT ?p { ?p a ?k FILTER(?k IN (owl:ObjectProperty, owl:DatatypeProperty)) FILTER(STRSTARTS(STR(?p), ?n)) }"
    )
    declared = ontology().query(query.replace("?n)", f'"{PREFIXES["gt"]}")'))
    assert {str(row[0]) for row in declared} <= spoken  # type: ignore[index]
    assert not any(p == q or p.startswith(f"{q} something that") for p in phrases for q in phrases if p is not q)


def test_a_slot_edits_the_query_where_it_stands() -> None:
    query = "# which?\nSELECT ?o {\n  ?i gt:namesOperation ?o ; gt:aboutTheme <%s> . # “vawg”\n} LIMIT 10"
    text = HEAD + query % mint("theme", "vawg")
    said = explain(text, known())
    theme, limit = said.slots
    assert isinstance(theme.value, Iri)
    assert text[slice(*limit.at)] == "10"
    other = Iri(str(mint("theme", "domestic-abuse")))
    changed = edited(edited(text, limit, "25"), theme, term(other))
    assert "# which?" in changed
    assert changed.endswith("} LIMIT 25")
    again = explain(changed, known())
    assert [s.value for s in again.slots] == [other, 25]
    assert plain(said.written) == said.text == "".join(words for words, _ in pieces(said.written))


def test_what_there_are_no_words_for_is_quoted() -> None:
    said = explain("SELECT ?x { ?x ?y '\ue000' . FILTER(?x = ?y) }", known())
    assert not said.exact
    assert "as written: FILTER(?x = ?y)" in said.text
    assert "\ue000" in said.text


@pytest.mark.parametrize(
    ("query", "line", "column", "hint", "mended"),
    [
        ("SELECT ?o {\n ?o a gt:Operation }", 2, 7, "add PREFIX gt:", True),
        (HEAD + "SELECT ?o { ?o a gtt:Operation }", len(PREFIXES) + 1, 18, "", False),
        (HEAD + "SELECT ?o { ?o a skso:Concept }", len(PREFIXES) + 1, 18, "did you mean skos:", True),
        (HEAD + "SELECT ?o { ?o a gt:Operation", len(PREFIXES) + 1, 11, "put '}' at the end", True),
        (HEAD + "SELECT ?o { ?o a gt:Operation FILTER(?o = ?o }", len(PREFIXES) + 1, 46, "put ')' there", True),
        (HEAD + "SELECT ?o { ?o a gt:Operation ?o gt:ofForce ?f }", len(PREFIXES) + 1, 31, "put '.' there", True),
        ("SELECT ?o { ?o ?p 'open }", 1, 19, "", False),
        ("SELEKT ?o { }", 1, 1, "", False),
    ],
)
def test_an_error_says_where_and_what_would_mend_it(
    query: str, line: int, column: int, hint: str, *, mended: bool
) -> None:
    with pytest.raises(BadQuery) as caught:
        parse(query)
    told = caught.value.fields
    assert (told["line"], told["column"]) == (line, column)
    assert hint in str(told.get("hint", ""))
    if mended:
        parse(str(told["fix"]))


def test_brackets_without_end_are_refused_and_cost_nothing() -> None:
    with pytest.raises(BadQuery, match="deeper than"):
        parse("SELECT * { FILTER(" + "(" * 100_000)
    with pytest.raises(BadQuery, match="deeper than"):
        parse("SELECT * " + "{ " * 100_000)


@pytest.mark.parametrize(
    "sentence", ["", "Hello.", "List the x, where: the x dances with the y.", "List the x, where: ((("]
)
def test_other_sentences_are_refused(sentence: str) -> None:
    with pytest.raises(BadQuery, match="not understood"):
        query_of(sentence, known())


def test_values_of_every_kind_stand_in_a_sentence() -> None:
    values = '"a“b”c\\\\d\\n" 1 1.5 2e3 true "2020-01-01"^^xsd:date "x"@en'
    said = explain(f"{HEAD}SELECT * {{ VALUES ?x {{ {values} }} }}", known())
    assert said.exact
    assert [s.value.text for s in said.slots if isinstance(s.value, Lit)][:2] == ["a“b”c\\d\n", "1"]
