"""What the audit found is in the graph: each check with its verdict, its calculation and the figures it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import PROV, RDF, Graph, URIRef

from graph import queries
from graph.findings import finding_statements
from graph.model import Check, Reading
from graph.namespaces import EARL, GT, key_of
from graph.statements import report_statements
from graph.vocabulary import load_vocabulary
from tests.reports import item, keys, read_file, store_of


def statements(reading: Reading) -> Graph:
    graph = Graph()
    for triple in [*report_statements(reading, load_vocabulary()), *finding_statements(reading)]:
        graph.add(triple)
    return graph


def checks_of(graph: Graph) -> list[URIRef]:
    return sorted(s for s in graph.subjects(RDF.type, GT.FigureCheck) if isinstance(s, URIRef))


@pytest.fixture(scope="module")
def rise() -> Graph:
    return statements(item("Calls rose by 20%, from 500 to 590."))


def test_a_check_is_addressed_by_item_kind_and_place(rise: Graph) -> None:
    start = item("Calls rose by 20%, from 500 to 590.").checks[0].figures[0].start
    assert [key_of(check) for check in checks_of(rise)] == [f"1-percent_change-{start}"]


def test_a_check_tells_what_was_calculated(rise: Graph) -> None:
    [check] = checks_of(rise)
    said = {p: rise.value(check, GT[p]) for p in ("stated", "recomputed", "verdict", "checkKind", "arithmetic")}
    assert (str(said["stated"]), str(said["recomputed"])) == ("20.0", "18.0")
    assert (key_of(str(said["verdict"])), key_of(str(said["checkKind"]))) == ("disagrees", "percent_change")
    assert "590" in str(said["arithmetic"])


def test_a_check_rests_on_figures_of_the_same_graph(rise: Graph) -> None:
    [check] = checks_of(rise)
    figures = set(rise.objects(check, PROV.wasDerivedFrom))
    assert figures == {rise.value(check, GT.statedFigure), *rise.objects(check, GT.inputFigure)}
    assert {rise.value(figure, RDF.type) for figure in figures} == {GT.Figure}
    assert len(figures) == 3


def test_a_check_is_an_assertion_of_earl_with_its_outcome(rise: Graph) -> None:
    [check] = checks_of(rise)
    result = rise.value(check, EARL.result)
    assert rise.value(result, RDF.type) == EARL.TestResult
    assert rise.value(result, EARL.outcome) == rise.value(check, GT.verdict)


def test_two_checks_of_one_figure_in_one_way_have_two_addresses() -> None:
    reading = item("Calls rose by 20%, from 500 to 590.")
    twice = Reading(reading.report, reading.mentions, reading.figures, checks=(reading.checks[0],) * 2)
    first, second = checks_of(statements(twice))
    assert str(second) == f"{first}-2"


def _key(check: Check) -> tuple[str, ...]:
    return (f"item {check.item}", str(check.kind), str(check.verdict))


def test_the_published_report_has_its_faults_in_the_store(shared: Path) -> None:
    path = shared / "reports" / "essex-2021-22-q4.txt"
    table = queries.run(store_of(path), queries.question("failed-figure-checks"))
    faults = sorted(_key(check) for check in read_file(path).checks if check.is_fault)
    assert sorted(keys(table, "item", "kind", "verdict")) == faults
    assert len(faults) == 8
