"""Queries without rows: the cause that is told is the one a person found, and what is offered instead has rows."""

from __future__ import annotations

from functools import cache

import pytest

from graph import queries
from graph.errors import LimitExceeded
from graph.explain.causes import CAUSES
from graph.explain.emptiness import ASKED, MOST, Emptiness, as_json, as_text, why_empty
from graph.explain.sentences import names
from graph.namespaces import BASE, PREFIXES
from graph.stores.base import Table
from tests.queries.small_graph import small_graph

HEAD = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in PREFIXES.items())

# A question of the catalogue with its values, or SPARQL in which @kind/key is a thing; then the cause, and words of the
# pattern at fault. Written from the three small reports and their vocabularies.
EMPTY = [
    # Nothing in the reports is of the kind that was chosen, though its name is known.
    ("bodies-only-named?partner=partner/basildon-borough-council", "nothing-of-kind", "the partner"),
    ("commitment-evidence?commitment=commitment/essex-2.2", "nothing-of-kind", "the commitment"),
    ("commitment-evidence?lpa=force/harbourshire", "nothing-of-kind", "the given lpa"),
    ("figure-series?measure=measure/volunteer-hours", "nothing-of-kind", "the measure"),
    ("names-in-reports?thing=district/E07000069", "nothing-of-kind", "the mention refers to"),
    ("operations?lpa=force/harbourshire", "nothing-of-kind", "the given lpa"),
    ("partner-operations-by-lpa?theme=theme/domestic-abuse", "nothing-of-kind", "the given theme"),
    ("partner-involvement?partner=partner/basildon-borough-council", "nothing-of-kind", "the given partner"),
    ("partner-roles?role=partner-role/attends", "nothing-of-kind", "the given role"),
    ("partners-by-area?partner_type=partner-type/business", "nothing-of-kind", "the given partner-type"),
    ("programmes-and-funds?kind=programme-kind/awareness-day", "nothing-of-kind", "the given kind"),
    ("figure-checks?kind=check-kind/average", "nothing-of-kind", "the given kind"),
    # It is said of something, but of nothing that meets the rest.
    ("programmes-and-funds?lpa=force/essex", "never-together", "the given lpa"),
    ("partner-roles?partner=partner/basildon-borough-council", "nothing-of-kind", "the given partner"),
    ("targets?commitment=commitment/essex-1.2", "never-together", "the given commitment"),
    ("planned-steps?commitment=commitment/essex-1.1", "never-together", "the given commitment"),
    ("theme-evidence?theme=theme/rural-crime", "never-together", "the item is about the theme"),
    ("partners-not-involved?partner_type=partner-type/central-government", "taken-away", "without a case where"),
    # Typed: a term that is misspelt, or right and not used.
    ("SELECT ?o { ?o a gt:Operatoin }", "unknown-term", "the o is an"),
    ("SELECT ?o { ?i a gt:EvidenceItem ; gt:nameOperation ?o }", "unknown-term", "has as"),
    ("SELECT ?o { ?i gt:namesOperation ?o . ?o a/gt:nonsense ?x }", "unknown-term", "something that"),
    ("SELECT ?x { ?x a gt:PoliceUnits }", "unknown-term", "the x is"),
    ("SELECT ?x { ?x a schema:Person }", "nothing-of-kind", "the x is"),
    ("SELECT ?x ?y { ?x gt:periodEnd ?y }", "unknown-term", "has as"),
    # A name that nobody knows.
    ("SELECT ?o { ?i gt:namesOperation ?o ; gt:aboutTheme @theme/vawgg }", "unknown-name", "the i is about"),
    ("SELECT ?i { VALUES ?p { @partner/kent-polise } ?i gt:involvesPartner ?p }", "unknown-name", "at work"),
    ("SELECT ?i { ?i gt:inArea ?a FILTER(?a = @lpa/essex-west) }", "unknown-name", "only where"),
    ("SELECT ?l { @operation/herron skos:prefLabel ?l }", "unknown-name", "is called"),
    ("SELECT ?s { GRAPH @graph/nowhere { ?s a gt:Operation } }", "unknown-name", "the s is"),
    # A text of another form, or that nothing has.
    ('SELECT ?o { ?o skos:prefLabel "Operation HERON" }', "wrong-literal", "is called"),
    (
        'SELECT ?o { ?o a gt:Operation ; skos:prefLabel ?l FILTER(?l = "Operation HERON") }',
        "wrong-literal",
        "only where",
    ),
    ('SELECT ?i { ?i gt:itemNumber "1" }', "wrong-literal", "the i"),
    ('SELECT ?o { ?o a gt:Operation ; skos:prefLabel "operation heron"@en }', "unknown-value", "is called"),
    ("SELECT ?i { ?i gt:itemNumber 4711 }", "unknown-value", "the i"),
    # Each is there, but never so.
    ("SELECT ?o { ?o a gt:Operation , gt:Partner }", "never-together", "is a partner"),
    ("SELECT ?i { ?i gt:namesOperation @operation/wheel ; gt:inArea @lpa/essex-north }", "never-together", "from"),
    ("SELECT ?i { { ?i a gt:Plan ; a gt:Report } UNION { ?i a gt:Plan ; a gt:Figure } }", "never-together", "the i is"),
    ("SELECT ?o { { SELECT ?o { ?o a gt:Opperation } } ?i gt:namesOperation ?o }", "unknown-term", "the o is"),
    # What comes after the patterns.
    ('SELECT ?o { ?o a gt:Operation ; skos:prefLabel ?l FILTER(CONTAINS(?l, "ZEBRA")) }', "filter", "contains"),
    ("SELECT ?o { ?o a gt:Operation FILTER(?label != 'x') }", "unbound", "the label"),
    ("SELECT ?o { ?o a gt:Operation FILTER EXISTS { ?o a gt:Operratin } }", "unknown-term", "the o is"),
    ("SELECT ?o { ?o a gt:Operation MINUS { ?o skos:prefLabel ?l } }", "taken-away", "leaving out"),
    ("SELECT ?o { ?o a gt:Operation FILTER NOT EXISTS { ?o skos:prefLabel ?l } }", "taken-away", "without"),
    ("SELECT ?o (COUNT(?i) AS ?n) { ?i gt:namesOperation ?o } GROUP BY ?o HAVING(COUNT(?i) > 999)", "left-out", ""),
    ("SELECT ?o { ?o a gt:Operation } ORDER BY ?o OFFSET 999", "left-out", ""),
    ("SELECT ?o { ?o a gt:Operation } LIMIT 0", "left-out", ""),
]


def text_of(case: str) -> str:
    if case.startswith("SELECT"):
        words = (f"<{BASE}{word[1:]}>" if word.startswith("@") else word for word in case.replace(")", " )").split(" "))
        return HEAD + " ".join(words)
    name, _, value = case.partition("?")
    key, _, thing = value.partition("=")
    return queries.bind(small_graph(), queries.question(name), {key: thing})


@cache
def explained(case: str) -> tuple[Emptiness, int]:
    asked = []

    def ask(query: str) -> Table:
        asked.append(query)
        return small_graph().select(query)

    found = why_empty(text_of(case), names(small_graph()), ask, seconds=60)
    assert found is not None
    return found, len(asked)


def test_the_cause_told_is_the_one_a_person_found() -> None:
    assert len(EMPTY) >= 40
    wrong = []
    for case, cause, words in EMPTY:
        assert not small_graph().select(text_of(case)).rows, case
        found, asked = explained(case)
        assert asked <= ASKED
        if found.cause != cause or words not in found.words:
            wrong.append(f"{case}: {found.cause} ({found.words}) {found.says}")
    assert not wrong, "\n".join(wrong)
    assert {cause for _, cause, _ in EMPTY} | {"unexplained"} == CAUSES.keys()


def test_what_is_offered_instead_has_as_many_rows_as_told() -> None:
    without = []
    for case, *_ in EMPTY:
        found, _ = explained(case)
        assert len(found.relaxed) <= MOST
        for one in found.relaxed:
            assert len(small_graph().select(one.query).rows) == one.rows > 0, f"{case}: {one.says}"
        if not found.relaxed:
            without.append(case)
    assert len(without) <= 6, without


def test_counts_lead_up_to_the_pattern_at_fault() -> None:
    found, _ = explained("SELECT ?o { ?i gt:namesOperation ?o ; gt:aboutTheme @theme/vawgg }")
    first, last = found.steps
    assert (first.words, last.count) == ("the i names the operation the o", 0)
    assert first.count
    assert "Violence against women and girls" in found.says
    text = as_text(found)
    assert f"{first.count}  {first.words}" in text
    assert "in place of id:theme/vawgg" in text
    told = as_json(found)
    assert told["cause"] == "unknown-name"
    assert told["steps"][1]["solutions"] == 0


def test_what_takes_too_long_is_said_to() -> None:
    def ask(_: str) -> Table:
        raise LimitExceeded("the query took longer than 1 second", limit="seconds", value=1)

    query = text_of("SELECT ?o { ?o a gt:Operatoin }")
    found = why_empty(query, names(small_graph()), ask)
    assert found is not None
    assert (found.cause, [step.count for step in found.steps], found.relaxed) == ("unexplained", [None], ())


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", "SELEKT", f"SELECT * {{ }} #{'x' * 20_001}"])
def test_other_queries_have_no_explanation(query: str) -> None:
    assert why_empty(query, names(small_graph()), small_graph().select) is None
