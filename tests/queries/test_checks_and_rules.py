"""Checks find their fault where it is and nothing where all is well; rules say what they derived from what."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from rdflib import DCTERMS, PROV, RDF, SKOS, Graph, Literal, URIRef

from graph import build, queries
from graph.errors import VocabularyError
from graph.faults import failed_checks
from graph.namespaces import GT, OA, derived_graph, graph_name, key_of, report_graph
from graph.stores.oxigraph import OxigraphStore, OxigraphWriter, Triple
from graph.vocabulary import load_vocabulary
from tests.queries import faults
from tests.reports import BODY, COVER, item, keys, reading, small_store

EX = "urn:fault:"
A, B, C = (URIRef(EX + name) for name in "abc")


def quote(passage: URIRef, start: int, end: int, text: str) -> list[Triple]:
    return [
        (passage, OA.hasSource, C), (C, GT.text, Literal("one two")),
        (passage, OA.hasSelector, A), (A, OA.start, Literal(start)), (A, OA.end, Literal(end)),
        (passage, OA.hasSelector, B), (B, OA.exact, Literal(text)),
    ]  # fmt: skip


P = URIRef(EX + "passage")
REPORT = URIRef("urn:graph:of/report/a")
FAULTS: dict[str, dict[str, list[Triple]]] = {
    "triple-in-two-graphs-violation": {"x": [(A, RDF.type, B)], "y": [(A, RDF.type, B)]},
    "dangling-reference-violation": {"x": [(A, GT.refersTo, B)]},
    "quote-differs-from-text-violation": {"x": quote(P, 0, 3, "two")},
    "report-speaks-of-its-own-violation": {"of/graph/report/a": [(REPORT, RDF.type, GT.Report), (A, RDF.type, B)]},
    **{check: {"x": faults.triples(data), "y": faults.triples(bad)} for check, (data, bad) in faults.FAULTS.items()},
}  # fmt: skip
"""For each check, graphs with the fault it looks for."""

SOUND: dict[str, dict[str, list[Triple]]] = {
    "triple-in-two-graphs-violation": {"x": [(A, RDF.type, B)], "y": [(A, RDF.type, C)]},
    "dangling-reference-violation": {"x": [(A, GT.refersTo, B)], "y": [(B, SKOS.prefLabel, Literal("b", lang="en"))]},
    "quote-differs-from-text-violation": {"x": quote(P, 4, 7, "two")},
    "report-speaks-of-its-own-violation": {
        "of/graph/report/a": [(REPORT, RDF.type, GT.Report), (REPORT + "/item/1", RDF.type, GT.EvidenceItem)],
        "of/graph/derived/a": [(REPORT + "/link/1", RDF.type, GT.DerivedLink)],
        "x": [(A, RDF.type, B)],
    },
    **{name: {"x": faults.triples(sound)} for name, (sound, _) in faults.FAULTS.items()},
}  # fmt: skip


def store_with(graphs: dict[str, list[Triple]]) -> OxigraphStore:
    return OxigraphStore.in_memory({URIRef(f"urn:graph:{name}"): triples for name, triples in graphs.items()})


@pytest.mark.parametrize("name", queries.checks())
class TestChecks:
    def test_a_check_finds_its_fault(self, name: str) -> None:
        assert store_with(FAULTS[name]).select(queries.checks()[name].sparql).rows

    def test_a_check_finds_nothing_where_that_is_sound(self, name: str) -> None:
        assert store_with(SOUND[name]).select(queries.checks()[name].sparql).rows == ()

    def test_a_check_finds_nothing_in_a_store_that_was_built(self, name: str) -> None:
        assert small_store().select(queries.checks()[name].sparql).rows == ()

    def test_a_fault_is_told_with_the_check_that_found_it(self, name: str) -> None:
        told = failed_checks(store_with(FAULTS[name]))
        assert any(re.match(rf"{name}: [12] found, first: ", line) for line in told)


def links(store: OxigraphStore, report: str = "essex-2022-23-q1") -> Graph:
    return store.graph(derived_graph(report))


def triples_of(graph: Graph) -> set[tuple[str, str, str]]:
    """Return the links as subject, predicate, object: last parts of their addresses."""
    return {
        (key_of(str(graph.value(n, RDF.subject))), key_of(str(graph.value(n, RDF.predicate))),
         key_of(str(graph.value(n, RDF.object))))
        for n in graph.subjects(RDF.type, GT.DerivedLink)
    }  # fmt: skip


def test_every_derived_link_names_its_rule_and_its_items() -> None:
    store = small_store()
    items = set(store.graph(report_graph("essex-2022-23-q1")).subjects(RDF.type, GT.EvidenceItem))
    rules = set(store.graph(graph_name("rules")).subjects(RDF.type, GT.Rule))
    graph = links(store)
    found = list(graph.subjects(RDF.type, GT.DerivedLink))
    assert found
    for link in found:
        assert graph.value(link, GT.derivedBy) in rules
        assert set(graph.objects(link, PROV.wasDerivedFrom)) <= items
        assert graph.value(link, PROV.wasDerivedFrom) is not None
        assert str(link).startswith(str(graph.value(link, DCTERMS.isPartOf)) + "/link/")
        assert all(len(list(graph.objects(link, part))) == 1 for part in (RDF.subject, RDF.predicate, RDF.object))


def test_every_rule_derives_something_and_stands_in_the_store() -> None:
    store = small_store()
    used = {key_of(str(rule)) for found in (store, crossing()) for rule in links(found).objects(None, GT.derivedBy)}
    assert used == set(queries.rules())
    described = store.graph(graph_name("rules"))
    assert {key_of(str(r)) for r in described.subjects(RDF.type, GT.Rule)} == set(queries.rules())
    assert {str(o) for o in described.objects(None, GT.ruleText)} == {q.sparql for q in queries.rules().values()}


def crossing() -> OxigraphStore:
    """Return a store of one report in which an operation and a partner are in two areas."""
    bullets = "".join(f"{area} LPA\n\n- Operation HERON ran with Kent Police.\n\n" for area in ("North", "West"))
    return build.in_memory([reading(COVER + BODY + bullets)])


EXPECTED = {
    ("heron", "workedWith", "special-constabulary"),
    ("heron", "workedWith", "street-pastors"),
    ("heron", "workedWith", "kent-police"),
    ("heron", "carriedOutIn", "essex"),
    ("heron", "carriedOutIn", "essex-west"),
    ("heron", "reachesDistrict", "E07000068"),
    ("heron", "reachesDistrict", "E07000073"),
    ("heron", "tackles", "vawg"),
    ("heron", "servesCommitment", "essex-1.1"),
    ("kestrel", "workedWith", "colchester-city-council"),
    ("kestrel", "workedWith", "northfield-youth-trust"),
    ("kestrel", "carriedOutIn", "essex-north"),
    ("kestrel", "reachesDistrict", "E07000071"),
    ("kestrel", "reachesDistrict", "E07000076"),
    ("kestrel", "tackles", "drink-spiking"),
    ("kestrel", "tacklesByHeading", "vawg"),
    ("kestrel", "servesCommitment", "essex-1.1"),
    ("wheel", "carriedOutIn", "essex-south"),
    ("wheel", "tackles", "anti-social-behaviour"),
    ("wheel", "servesCommitment", "essex-2.1"),
    ("special-constabulary", "activeIn", "essex"),
    ("street-pastors", "activeIn", "essex"),
    ("colchester-city-council", "activeIn", "essex-north"),
    ("northfield-youth-trust", "activeIn", "essex-north"),
    ("kent-police", "activeIn", "essex-west"),
    ("heron", "type", "PartnershipOperation"),
    ("heron", "type", "VolunteerSupportedOperation"),
    ("heron", "type", "CrossForceOperation"),
    ("heron", "type", "VawgOperation"),
    ("kestrel", "type", "PartnershipOperation"),
    ("kestrel", "type", "VawgOperation"),
    ("essex-1.1", "type", "EvidencedCommitment"),
    ("essex-1.1", "type", "PartnershipCommitment"),
    ("essex-1.1", "type", "QuantifiedCommitment"),
    ("essex-2.1", "type", "EvidencedCommitment"),
}
"""What a reader of tests/documents/essex-small.txt would link, themes of cues such as street pastors aside."""


def test_the_rules_link_what_a_reader_would() -> None:
    found = triples_of(links(small_store()))
    assert found >= EXPECTED
    assert {t for t in found if not t[1].startswith("tackles")} == {
        t for t in EXPECTED if not t[1].startswith("tackles")
    }


def test_a_body_only_named_is_linked_to_nothing() -> None:
    assert not [t for t in triples_of(links(small_store())) if t[2] == "metropolitan-police-service"]


def test_named_in_passing_an_operation_gets_nothing_from_other_sentences() -> None:
    assert ("heron", "tackles", "domestic-abuse") not in triples_of(links(small_store()))


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Operation HERON ran in Jaywick.", ("heron", "reachesDistrict", "E07000076")),
        ("Operation HERON ran with Kent Police.", ("heron", "workedWith", "kent-police")),
        ("Operation HERON tackled anti-social behaviour.", ("heron", "tackles", "anti-social-behaviour")),
        ("Operation HERON ran.", ("heron", "tacklesByHeading", "domestic-abuse")),
        ("Operation HERON ran.", ("heron", "servesCommitment", "essex-1.1")),
        ("Operation HERON ran.", ("heron", "carriedOutIn", "essex")),
        ("Operation HERON ran with Kent Police.", ("kent-police", "activeIn", "essex")),
        ("Operation HERON ran with Kent Police.", ("heron", "type", "PartnershipOperation")),
        ("Operation HERON ran with Kent Police.", ("heron", "type", "CrossForceOperation")),
        ("Operation HERON ran with the Special Constabulary.", ("heron", "type", "VolunteerSupportedOperation")),
        ("Operation HERON tackled stalking.", ("heron", "type", "VawgOperation")),
        ("Operation HERON ran.", ("essex-1.1", "type", "EvidencedCommitment")),
        ("Patrols were made with Kent Police.", ("essex-1.1", "type", "PartnershipCommitment")),
        ("Officers made 12 arrests.", ("essex-1.1", "type", "QuantifiedCommitment")),
    ],
)
def test_each_rule_derives_its_link(text: str, link: tuple[str, str, str]) -> None:
    store = build.in_memory([item(text, promise="Help people harmed by domestic abuse.")])
    assert link in triples_of(links(store))


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Operation HERON ran with Kent Police.", ("heron", "type", "VolunteerSupportedOperation")),
        ("Operation HERON ran with the Special Constabulary.", ("heron", "type", "CrossForceOperation")),
        ("Operation HERON tackled burglary.", ("heron", "type", "VawgOperation")),
        ("Operation HERON ran.", ("heron", "type", "VawgOperation")),
        ("Operation HERON ran.", ("heron", "type", "PartnershipOperation")),
        ("Operation HERON ran with Kent Police.", ("heron", "type", "CrossAreaOperation")),
        ("Operation HERON ran.", ("essex-1.1", "type", "PartnershipCommitment")),
        ("Operation HERON ran.", ("essex-1.1", "type", "QuantifiedCommitment")),
    ],
)
def test_a_class_has_no_member_whose_definition_is_not_met(text: str, link: tuple[str, str, str]) -> None:
    store = build.in_memory([item(text, promise="Help people harmed by domestic abuse.")])
    assert link not in triples_of(links(store))


def test_two_areas_of_one_report_make_a_cross_area_operation_and_partner() -> None:
    store = crossing()
    found = triples_of(links(store))
    assert {("heron", "type", "CrossAreaOperation"), ("kent-police", "type", "CrossAreaPartner")} <= found
    [link] = links(store).subjects(RDF.object, GT.CrossAreaOperation)
    assert {key_of(str(i)) for i in links(store).objects(link, PROV.wasDerivedFrom)} == {"1", "2"}


def test_areas_of_two_quarters_are_not_added_up() -> None:
    """A membership is what one report says; over several, ask for the links themselves."""
    bullet = "- Operation HERON ran with Kent Police.\n"
    later = COVER.replace("Quarter 1", "Quarter 2")
    readings = [reading(COVER + BODY + "North LPA\n\n" + bullet), reading(later + BODY + "West LPA\n\n" + bullet)]
    store = build.in_memory(readings)
    found = [triples_of(links(store, f"essex-2022-23-q{number}")) for number in (1, 2)]
    assert ("heron", "carriedOutIn", "essex-north") in found[0]
    assert ("heron", "carriedOutIn", "essex-west") in found[1]
    assert not [link for each in found for link in each if link[2].startswith("CrossArea")]


def test_a_rule_runs_after_those_whose_links_it_reads() -> None:
    made = {
        relation: name
        for name, rule in queries.rules().items()
        for relation in re.findall(r"BIND\(gt:(\w+) AS \?predicate\)", rule.sparql)
    }
    for rule in queries.rules().values():
        read = set(re.findall(r"rdf:predicate gt:(\w+)", rule.sparql))
        assert set(rule.after) == {made[relation] for relation in read}, rule.name
    order = list(queries.rules())
    for rule in queries.rules().values():
        assert all(order.index(before) < order.index(rule.name) for before in rule.after)
    assert len(queries.rule_stages()) == 2


def test_rules_that_wait_for_one_another_or_for_nothing_are_refused() -> None:
    rule = queries.rules()["vawg-operation"]
    one, two = replace(rule, name="one", after=("two",)), replace(rule, name="two", after=("one",))
    with pytest.raises(VocabularyError, match="rules wait for one another: "):
        queries.staged({"one": one, "two": two})
    with pytest.raises(VocabularyError, match="after two, and there is no such rule"):
        queries.staged({"one": one})


def test_what_a_report_no_longer_says_is_no_premise() -> None:
    """Ingesting a report again derives from its new items alone."""
    writer = OxigraphWriter(None)
    member = ("heron", "type", "PartnershipOperation")
    for text, is_one in (("Operation HERON ran with Kent Police.", True), ("Operation HERON ran.", False)):
        build.write_readings(writer, [item(text)], load_vocabulary(), lambda _: None)
        assert (member in triples_of(links(writer.reader()))) is is_one


def test_a_theme_of_the_items_own_is_no_heading_theme() -> None:
    store = build.in_memory([item("Operation HERON tackled domestic abuse.", promise="Tackle domestic abuse.")])
    found = {predicate for _, predicate, value in triples_of(links(store)) if value == "domestic-abuse"}
    assert found == {"tackles"}


def test_what_several_items_say_is_one_link_with_all_of_them() -> None:
    graph = links(small_store())
    [link] = [
        n for n in graph.subjects(RDF.object, URIRef("https://w3id.org/golden-thread/id/lpa/essex-north"))
        if graph.value(n, RDF.predicate) == GT.carriedOutIn
    ]  # fmt: skip
    assert len(list(graph.objects(link, PROV.wasDerivedFrom))) == 2


def test_the_register_holds_what_reports_name(golden: Callable[[str, str], None]) -> None:
    store = small_store()
    table = store.select(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?thing ?name ?p ?other WHERE { "
        "GRAPH <https://w3id.org/golden-thread/id/graph/register> { ?thing skos:prefLabel ?name "
        "OPTIONAL { VALUES ?p { skos:altLabel skos:notation } ?thing ?p ?other } } } ORDER BY ?thing ?name ?p ?other"
    )
    rows = keys(table, *table.columns)
    assert ("kestrel", "Operation KESTREL", "altLabel", "Operation KESTRELS") in rows
    assert ("kestrel", "Operation KESTREL", "notation", "KESTREL") in rows
    assert not [row for row in rows if row[0] == "kestrels"]
    golden("register.txt", "\n".join(" | ".join(row) for row in rows) + "\n")
