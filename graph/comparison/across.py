"""What reports of one force say of the same thing and days, as figure checks of a graph that all of them share.

It is made anew whenever a report is written, so it is never about a report that is there no longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rdflib import DCTERMS, PROV, RDF, Literal, URIRef

from graph.comparison import stated
from graph.comparison.figures import Quoted, quotations
from graph.model import CheckKind, Verdict
from graph.namespaces import EARL, GT, graph_name, key_of, mint
from graph.statements import VERSION, Triple
from graph.stores.base import Store

NAME = graph_name("across")
"""The named graph of checks that rest on several reports."""
RESTATED = "restated: was the value corrected after the report of its own quarter, or is one of the two a slip?"


def across_statements(store: Store) -> Iterator[Triple]:
    """Yield a check for each value that one report gives of another's quarter; ``goldenthread audit`` lists them."""
    for quoted in quotations(stated(store)):
        yield from _check(quoted)


def _check(quoted: Quoted) -> Iterator[Triple]:
    said, other = quoted.said, quoted.quoted
    node = URIRef(f"{other.report}/check/{other.number}-{CheckKind.COMPARISON}-{other.start}-{key_of(said.report)}")
    verdict, result = mint("verdict", Verdict.AGREES if quoted.agrees else Verdict.DISAGREES), URIRef(f"{node}/result")
    yield node, RDF.type, GT.FigureCheck
    yield node, DCTERMS.isPartOf, URIRef(other.report)
    yield node, GT.inPassage, URIRef(other.item)
    yield node, GT.checkKind, mint("check-kind", CheckKind.COMPARISON)
    yield node, GT.verdict, verdict
    yield node, GT.stated, Literal(Decimal(str(other.value)))
    yield node, GT.recomputed, Literal(Decimal(str(said.value)))
    yield node, GT.arithmetic, Literal(quoted.words)
    if not quoted.agrees:
        yield node, GT.likelyCause, Literal(RESTATED)
    yield node, GT.statedFigure, URIRef(other.iri)
    yield node, GT.inputFigure, URIRef(said.iri)
    for figure in (other, said):
        yield node, PROV.wasDerivedFrom, URIRef(figure.iri)
    yield node, EARL.assertedBy, mint("software", f"goldenthread-{VERSION}")
    yield node, EARL.mode, EARL.automatic
    yield node, EARL.result, result
    yield result, RDF.type, EARL.TestResult
    yield result, EARL.outcome, verdict
