"""Which rules a query can tell apart, so that a rebuilding runs no others."""

from __future__ import annotations

import pytest

from graph.provenance.links import every_rule, rules_seen

GT = "PREFIX gt: <https://w3id.org/golden-thread/ns#> PREFIX dcterms: <http://purl.org/dc/terms/> "
RDF = "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
LINK = "?link rdf:subject ?a ; rdf:object ?b ; "


@pytest.mark.parametrize(
    ("pattern", "seen"),
    [
        # A link is part of a report as an item is, but names no operation and is named by none.
        ("?item gt:namesOperation ?o ; dcterms:isPartOf ?report", set()),
        ("?item gt:inPassage ?passage . ?passage dcterms:isPartOf ?report", set()),
        ("{ SELECT ?item { ?item gt:inArea ?area } } ?item ?link ?thing", set()),
        ("?link a gt:Mention ; dcterms:isPartOf ?report", set()),
        ("?item gt:inArea ?area OPTIONAL { ?item dcterms:isPartOf ?report }", set()),
        (LINK + "rdf:predicate gt:reachesDistrict", {"operation-district"}),
        ("?i gt:inArea ?a FILTER NOT EXISTS { " + LINK + "rdf:predicate gt:workedWith }", {"operation-partner"}),
        ("?i gt:inArea ?a BIND(EXISTS { " + LINK + "rdf:predicate gt:workedWith } AS ?b)", {"operation-partner"}),
        ("{ ?x gt:inArea ?a } UNION { ?x gt:names ?a } ?x dcterms:isPartOf ?report", set()),
        # From here on a link of any rule may be what the pattern finds.
        ("?part dcterms:isPartOf ?report", None),
        ("?item gt:namesOperation ?o OPTIONAL { ?part dcterms:isPartOf ?report }", None),
        ("{ ?x gt:inArea ?a } UNION { ?y gt:names ?a } ?x dcterms:isPartOf ?report", None),
        ("OPTIONAL { ?x gt:inArea ?a } ?x dcterms:isPartOf ?report", None),
        ("{ SELECT ?area { ?item gt:inArea ?area } } ?item ?link ?thing", None),
        (LINK + "rdf:predicate ?how", None),
        ("?link a gt:DerivedLink", None),
        ("?s ?p ?o", None),
        ("?report ^dcterms:isPartOf ?part", None),
        ("?part gt:subItemOf?/dcterms:isPartOf ?report", None),
        ("?x gt:inArea* ?part . ?part dcterms:isPartOf ?report", None),
        ("<https://w3id.org/golden-thread/id/report/r/link/1> rdf:object ?b", None),
        ("?not sparql", None),
    ],
)
def test_a_query_sees_the_links_that_a_pattern_of_it_may_match(pattern: str, seen: set[str] | None) -> None:
    assert rules_seen(f"{GT}{RDF}SELECT * WHERE {{ {pattern} }}") == (every_rule() if seen is None else seen)


def test_the_rules_behind_a_rule_are_seen_with_it() -> None:
    tackled = f"{GT}{RDF}SELECT * WHERE {{ {LINK} rdf:predicate rdf:type }}"
    assert {"vawg-operation", "operation-theme", "cross-force-operation", "operation-partner"} <= rules_seen(tackled)
    assert "operation-district" not in rules_seen(tackled)
