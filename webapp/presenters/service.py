"""What the SPARQL service says of itself (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from urllib.parse import quote

from rdflib import RDF, RDFS, VOID, XSD, Graph, Literal, URIRef

from graph.namespaces import ENTAILMENT, FORMAT, SD
from webapp.store import View
from webapp.terms import iri, number, solutions

_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "TriG",
    "N-Quads",
)


def description(view: View, address: str, store: str, *, fenced: bool) -> Graph:
    """Return what is true of the service at ``address``, whose graphs are to be had at ``store``.

    ``fenced`` says that it answers from the embedded store, whose graphs are counted; another endpoint's are not.
    """
    service, dataset = URIRef(address), URIRef(f"{address}#dataset")
    graph = Graph()
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    graph.add((service, SD.feature, SD.UnionDefaultGraph))
    graph.add((service, SD.defaultEntailmentRegime, ENTAILMENT.Simple))
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((service, RDFS.comment, Literal("Read-only. The default graph is the union of all named graphs.", "en")))
    for name in _RESULTS:
        graph.add((service, SD.resultFormat, FORMAT[name]))
    default = URIRef(f"{store}?default")
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    if fenced:
        _add_graphs(graph, view, dataset, default, store)
    return graph


def _add_graphs(graph: Graph, view: View, dataset: URIRef, default: URIRef, store: str) -> None:
    total = 0
    for place, row in enumerate(solutions(view.page("graphs")), 1):
        name, triples = iri(row, "graph"), number(row, "triples")
        if name is None:
            continue
        total += triples
        named, one = URIRef(f"{dataset}-{place}"), URIRef(f"{store}?graph={quote(name, safe='')}")
        graph.add((dataset, SD.namedGraph, named))
        graph.add((named, RDF.type, SD.NamedGraph))
        graph.add((named, SD.name, name))
        graph.add((named, SD.graph, one))
        graph.add((one, RDF.type, SD.Graph))
        graph.add((one, VOID.triples, Literal(triples, datatype=XSD.integer)))
    # No triple stands in two graphs, so the union has as many as all of them.
    graph.add((default, VOID.triples, Literal(total, datatype=XSD.integer)))
