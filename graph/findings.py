"""Figure checks to statements: what the audit of a report found, in the report's own named graph.

A check is an assertion of EARL with our terms for what was calculated (ontology/audit.ttl). Its rule is the definition
of its kind and its premises are the figures, so a query can answer why a verdict is what it is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from rdflib import DCTERMS, PROV, RDF, Literal, URIRef

from graph.model import Check, Figure, Reading
from graph.namespaces import EARL, GT, mint
from graph.statements import VERSION, Triple, report_iri

_PLACES = 4
"""Decimal places of what was calculated: more than any report states."""


def finding_statements(reading: Reading) -> Iterator[Triple]:
    """Yield the statements of a report's checks; ``report_statements`` makes those of the items and figures."""
    report = report_iri(reading.report)
    met: Counter[str] = Counter()
    for check in reading.checks:
        name = f"{check.item}-{check.kind}-{check.figures[0].start}"
        met[name] += 1
        # A figure may be checked twice in one way: against the parts in its sentence and against its sub-items, say.
        node = URIRef(f"{report}/check/{name}" + (f"-{met[name]}" if met[name] > 1 else ""))
        yield from _check(node, report, check)


def _check(node: URIRef, report: URIRef, check: Check) -> Iterator[Triple]:
    verdict, result = mint("verdict", check.verdict), URIRef(f"{node}/result")
    yield node, RDF.type, GT.FigureCheck
    yield node, DCTERMS.isPartOf, report
    yield node, GT.inPassage, URIRef(f"{report}/item/{check.item}")
    yield node, GT.checkKind, mint("check-kind", check.kind)
    yield node, GT.verdict, verdict
    yield node, GT.stated, _decimal(check.stated)
    if check.recomputed is not None:
        yield node, GT.recomputed, _decimal(check.recomputed)
    for bound, value in zip((GT.lowerBound, GT.upperBound), check.interval or (), strict=False):
        if math.isfinite(value):
            yield node, bound, _decimal(value)
    yield node, GT.arithmetic, Literal(check.arithmetic)
    if check.cause:
        yield node, GT.likelyCause, Literal(check.cause)
    yield node, GT.statedFigure, _figure(report, check.figures[0])
    for figure in check.figures[1:]:
        yield node, GT.inputFigure, _figure(report, figure)
    for figure in check.figures:
        yield node, PROV.wasDerivedFrom, _figure(report, figure)
    yield node, EARL.assertedBy, mint("software", f"goldenthread-{VERSION}")
    yield node, EARL.mode, EARL.automatic
    yield node, EARL.result, result
    yield result, RDF.type, EARL.TestResult
    yield result, EARL.outcome, verdict


def _figure(report: URIRef, figure: Figure) -> URIRef:
    return URIRef(f"{report}/item/{figure.item}/figure/{figure.start}-{figure.end}")


def _decimal(value: float) -> Literal:
    return Literal(Decimal(str(round(float(value), _PLACES))))
