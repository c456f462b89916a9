"""The quality of a report and its reading, measured as the Data Quality Vocabulary says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from rdflib import DCTERMS, Graph, URIRef

from graph.model import FAULTS, Verdict
from graph.namespaces import DQV, mint
from graph.quality import quality_statements
from graph.statements import report_iri
from graph.unread import find_unread
from tests.reports import BODY, COVER, SMALL, read_file


def measured(path: Path) -> tuple[Graph, dict[str, Decimal]]:
    graph = Graph()
    for triple in quality_statements(read_file(path)):
        graph.add(triple)
    values = {}
    for node, metric in graph.subject_objects(DQV.isMeasurementOf):
        value = graph.value(node, DQV.value)
        assert value is not None
        values[str(metric).rpartition("/")[2]] = Decimal(str(value))
    return graph, values


def test_shares_are_those_of_the_checks_and_of_what_was_left_over() -> None:
    reading = read_file(SMALL[0])
    graph, values = measured(SMALL[0])
    unread = find_unread(reading)
    sentences = [part.sentences for part in unread.coverage.values()]
    left = sum(sentences) - sum(part.read for part in unread.coverage.values())
    assert values["sentences-read"] == round(1 - Decimal(left) / Decimal(sum(sentences)), 4)
    assert values["numbers-read"] <= 1
    faults = sum(check.verdict in FAULTS for check in reading.checks)
    agreed = sum(check.verdict == Verdict.AGREES for check in reading.checks)
    assert ("checks-borne-out" in values) == bool(faults + agreed)
    assert set(graph.objects(None, DQV.computedOn)) == {report_iri(reading.report)}


def test_a_number_that_does_not_add_up_lowers_the_share(tmp_path: Path) -> None:
    text = SMALL[0].read_text(encoding="utf-8")
    path = tmp_path / "report.txt"
    heading = "- Arrests rose by 50%, from 100 to 150.\n- Visits rose by 50%, from 100 to 110.\n"
    at = text.index("\n- ") + 1
    path.write_text(text[:at] + heading + text[at:], encoding="utf-8")
    before, after = measured(SMALL[0])[1], measured(path)[1]
    assert after["checks-borne-out"] < before.get("checks-borne-out", Decimal(2))


def test_there_is_no_share_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(COVER + BODY + "- Officers walk the town at night.\n", encoding="utf-8")
    assert set(measured(path)[1]) == {"sentences-read"}


def test_every_measurement_is_in_the_cube_of_its_report() -> None:
    graph, _ = measured(SMALL[0])
    report = report_iri(read_file(SMALL[0]).report)
    nodes = set(graph.subjects(DQV.computedOn, report))
    assert {URIRef(f"{report}/quality/sentences-read")} <= nodes
    assert all(graph.value(node, DCTERMS.isPartOf) == report for node in nodes)
    assert mint("metric", "sentences-read") in set(graph.objects(None, DQV.isMeasurementOf))
