"""How good a reading and its report are, as measurements of the Data Quality Vocabulary in the report's own graph.

Each measurement is of one metric (ontology/schemes/quality.ttl) and computed on the report; together they are a data
cube of their own. Source: https://www.w3.org/TR/vocab-dqv/.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rdflib import DCTERMS, QB, RDF, SKOS, Literal, URIRef

from graph.model import FAULTS, Reading, Verdict
from graph.namespaces import DQV, mint
from graph.statements import Triple, report_iri
from graph.unread import find_unread

_PLACES = 4
"""Decimal places of a share."""


def quality_statements(reading: Reading) -> Iterator[Triple]:
    """Yield the statements that measure ``reading`` and its report; of nothing there is no share, and so none."""
    report = report_iri(reading.report)
    measured = {metric: share for metric, share in _shares(reading) if share is not None}
    if not measured:
        return
    name = reading.report.title or reading.report.document.name
    cube = URIRef(f"{report}/quality")
    yield cube, RDF.type, DQV.QualityMeasurementDataset
    yield cube, SKOS.prefLabel, Literal(f"Quality of {name}", lang="en")
    yield cube, DCTERMS.isPartOf, report
    yield cube, QB.structure, mint("structure", "quality")
    for metric, share in measured.items():
        node = URIRef(f"{cube}/{metric}")
        yield node, RDF.type, DQV.QualityMeasurement
        yield node, QB.dataSet, cube
        yield node, DCTERMS.isPartOf, report
        yield node, DQV.computedOn, report
        yield node, DQV.isMeasurementOf, mint("metric", metric)
        yield node, DQV.value, Literal(share)


def _shares(reading: Reading) -> Iterator[tuple[str, Decimal | None]]:
    """Yield each metric with its value, None where there is nothing to take a share of."""
    verdicts = [check.verdict for check in reading.checks]
    borne_out = verdicts.count(Verdict.AGREES)
    yield "checks-borne-out", _share(borne_out, borne_out + sum(verdict in FAULTS for verdict in verdicts))
    unread = find_unread(reading)
    sentences = sum(part.sentences for part in unread.coverage.values())
    yield "sentences-read", _share(sum(part.read for part in unread.coverage.values()), sentences)
    yield "numbers-read", _share(len(reading.figures), len(reading.figures) + len(unread.numbers))


def _share(part: int, whole: int) -> Decimal | None:
    return round(Decimal(part) / Decimal(whole), _PLACES) if whole else None
