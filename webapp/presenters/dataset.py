"""What a store holds, told: as VoID, DCAT and SPARQL 1.1 Service Description for programs, as rows for a page.

All numbers are counted (``graph.statistics``), none is estimated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import current_app, url_for
from rdflib import DCAT, DCTERMS, OWL, PROV, RDF, VOID, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from graph.comparison.across import NAME as ACROSS
from graph.context import compact
from graph.formats import FORMATS
from graph.justifications import NAME as JUSTIFICATIONS
from graph.namespaces import (
    BASE,
    CATALOGUE,
    DATASET,
    GT,
    MEDIA_TYPE,
    ONTOLOGY,
    PREFIXES,
    REGISTER,
    RULES,
    SD,
    SHAPES,
    graph_name,
    mint,
    slug,
)
from graph.statistics import GraphSize
from graph.stores.oxigraph import GRAPH_FILES
from graph.vocabulary import ontology
from webapp.presenters.counted import Counted, counted
from webapp.presenters.things import Link
from webapp.store import View
from webapp.terms import solutions, text

_NOT_KEY = re.compile(r"[^A-Za-z0-9]+")

TITLE = "Golden Thread: what police plan reports say"
ABSTRACT = (
    "Priorities, commitments, evidence, operations, partners, areas, themes and figures in the reports that were read, "
    "each statement with the words that it rests on, and the vocabularies by which they were read."
)
RIGHTS = (
    "Names and codes of areas: Office for National Statistics, Open Government Licence v3.0. Names of places, in part: "
    "GeoNames, CC BY 4.0. What is quoted from a report stays under the terms of whoever published the report."
)
_KINDS = {
    "report": "What one report says",
    "derived": "Links that rules derive from one report",
    "register": "Lasting things that reports name",
    "across": "Checks of figures across reports",
    "justifications": "Reasons for gaps",
    "rules": "The rules that derive links",
    "ontology": "The terms",
    "shapes": "What complete data looks like",
    "vocabulary": "A vocabulary",
}
_OF_REPORTS = ("report", "derived")
"""Kinds of graph of which there is one for each report."""
_SHIPPED = ("rules", "ontology", "shapes", "vocabulary")
"""Kinds of graph that come with the program, and so under its licence."""


@dataclass(frozen=True, slots=True)
class GraphRow:
    """A named graph on a page."""

    name: str
    """What its address ends in, from the kind on: ``graph/themes``."""
    title: str
    kind: str
    triples: int
    files: tuple[tuple[str, str], ...]
    """Format and address of each download."""

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the dataset."""
        return anchor(self.name)


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """Everything that the page of the dataset shows."""

    counted: Counted
    graphs: tuple[GraphRow, ...]
    classes: tuple[tuple[Link, int], ...]
    links: tuple[tuple[Link, str, int], ...]
    """Property, title of what it leads to, number: of all statements together."""
    dump: str | None
    endpoint: str | None


def anchor(name: str) -> str:
    """Return the part of the page of the dataset that is about the named graph ``name`` (``graph/themes``)."""
    return slug(name)


def endpoint() -> str | None:
    """Return where queries are answered, None if this site answers none."""
    rules = {rule.rule: rule.endpoint for rule in current_app.url_map.iter_rules()}
    return url_for(rules["/sparql"], _external=True) if "/sparql" in rules else None


def graph_rows(view: View) -> tuple[GraphRow, ...]:
    """Return the named graphs: reports first, then what is made from them, then what comes with the program."""
    reports = _reports(view)
    rows = []
    for iri, size in counted(view).statistics.graphs.items():
        name = iri.removeprefix(BASE)
        kind, key = kind_of_graph(iri)
        known = reports.get(key)
        label = " \u00b7 ".join(filter(None, (text(known, "forceLabel"), text(known, "quarterLabel")))) if known else ""
        title = label or name.removeprefix("graph/").replace("/", ": ").replace("-", " ").capitalize()
        files = [(FORMATS[f].name, url_for("dataset.graph", name=f"{key_of_graph(iri)}.{f}")) for f in GRAPH_FILES]
        rows.append(GraphRow(name, title, _KINDS[kind], size.triples, tuple(files) if view.embedded else ()))
    order = list(_KINDS.values())
    return tuple(sorted(rows, key=lambda r: (order.index(r.kind), r.name)))


def kind_of_graph(iri: str) -> tuple[str, str]:
    """Return the kind of a named graph, a key of ``_KINDS``, and the key of the report that it is about, if any."""
    first, _, rest = key_of_graph(iri).partition("/")
    if first in {"report", "derived"} and rest:
        return first, rest
    for graph, kind in (
        (REGISTER, "register"),
        (ACROSS, "across"),
        (JUSTIFICATIONS, "justifications"),
        (RULES, "rules"),
        (graph_name("ontology"), "ontology"),
        (SHAPES, "shapes"),
    ):
        if iri == str(graph):
            return kind, ""
    return "vocabulary", ""


def key_of_graph(iri: str) -> str:
    """Return the key of a named graph: ``report/essex-2021-22-q4``, ``themes``."""
    return iri.removeprefix(f"{BASE}graph/")


def dataset_page(view: View) -> DatasetPage:
    """Return the page of the dataset."""
    numbers = counted(view)
    whole = numbers.statistics.whole
    titles = {row.name: row.title for row in graph_rows(view)}

    def title(iri: str) -> str:
        return titles.get(iri.removeprefix(BASE), iri)

    return DatasetPage(
        numbers,
        graph_rows(view),
        tuple(
            (_term(class_), number)
            for class_, number in sorted(whole.classes.items(), key=lambda c: (-c[1], c[0]))
            if class_.startswith(str(GT))
        ),
        tuple((_term(property_), title(target), number) for (property_, target), number in _links(numbers)),
        url_for("dataset.dump", suffix="nq.gz") if view.embedded else None,
        endpoint(),
    )


def _links(numbers: Counted) -> list[tuple[tuple[str, str], int]]:
    """Return how many links lead to each vocabulary, to the register and outside, by property; the most first.

    Those that lead to what a report says are told where the graph of that report is described: there are too many.
    """
    total: Counter[tuple[str, str]] = Counter()
    for links in (*numbers.statistics.links, *numbers.statistics.outside):
        if not links.target.startswith(BASE) or kind_of_graph(links.target)[0] not in _OF_REPORTS:
            total[links.property, links.target] += links.triples
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))


def _term(iri: str) -> Link:
    label = iri.removeprefix(str(GT)) if iri.startswith(str(GT)) else compact(iri)
    return Link(label, url_for("terms.one", name=label) if iri.startswith(str(GT)) else None)


def description(view: View) -> Graph:
    """Return the description of the dataset, its named graphs, its linksets and what can be had of it."""
    return view.recall(("dataset", url_for("dataset.page", _external=True)), lambda: _describe(view))


def graph_description(view: View, graph: URIRef) -> Graph:
    """Return the description of one named graph: also its classes and properties, and the links that lead from it."""
    found = Graph(bind_namespaces="none")
    statistics = counted(view).statistics
    _named_graph(found, view, graph, graph_rows(view))
    _partitions(found, graph, statistics.graphs[str(graph)])
    for links in statistics.links:
        if links.source == str(graph):
            _linkset(found, graph, links.property, links.target, links.triples)
    return found


def _describe(view: View) -> Graph:
    graph = Graph(bind_namespaces="none")
    numbers = counted(view)
    statistics = numbers.statistics

    def say(subject: Node, predicate: Node, *values: Node) -> None:
        for value in values:
            graph.add((subject, predicate, value))

    say(DATASET, RDF.type, VOID.Dataset, DCAT.Dataset, SD.Dataset)
    say(DATASET, DCTERMS.title, Literal(TITLE, lang="en"))
    say(DATASET, DCTERMS.description, Literal(ABSTRACT, lang="en"))
    say(DATASET, DCTERMS.license, *ontology().objects(ONTOLOGY, DCTERMS.license))
    say(DATASET, DCTERMS.rights, Literal(RIGHTS, lang="en"))
    for predicate, moment in ((DCTERMS.issued, numbers.issued), (DCTERMS.modified, numbers.modified)):
        if moment:
            say(DATASET, predicate, Literal(moment, datatype=XSD.dateTime))
    say(DATASET, OWL.versionInfo, Literal(view.version))
    say(DATASET, DCTERMS.conformsTo, ONTOLOGY)
    say(DATASET, VOID.uriSpace, Literal(BASE))
    say(DATASET, VOID.feature, *(f.iri for f in FORMATS.values()))
    say(DATASET, VOID.exampleResource, *_examples(view))
    say(DATASET, VOID.entities, _number(statistics.entities))
    say(DATASET, VOID.distinctSubjects, _number(statistics.subjects))
    say(DATASET, VOID.distinctObjects, _number(statistics.objects))
    say(DATASET, DCAT.landingPage, URIRef(url_for("dataset.page", _external=True)))
    _sizes(graph, DATASET, statistics.whole)
    _partitions(graph, DATASET, statistics.whole)
    used = {*statistics.whole.classes, *statistics.whole.properties}
    say(DATASET, VOID.vocabulary, *(URIRef(s) for p, s in PREFIXES.items() if any(t.startswith(s) for t in used)))
    say(CATALOGUE, RDF.type, DCAT.Catalog)
    say(CATALOGUE, DCTERMS.title, Literal(TITLE, lang="en"))
    say(CATALOGUE, DCAT.dataset, DATASET)
    if asked := endpoint():
        service = URIRef(f"{asked}#service")
        say(DATASET, VOID.sparqlEndpoint, URIRef(asked))
        say(CATALOGUE, DCAT.service, service)
        say(service, RDF.type, SD.Service, DCAT.DataService)
        say(service, SD.endpoint, URIRef(asked))
        say(service, DCAT.endpointURL, URIRef(asked))
        say(service, DCAT.servesDataset, DATASET)
        say(service, SD.defaultDataset, DATASET)
    if view.embedded:
        dump = url_for("dataset.dump", suffix="nq.gz", _external=True)
        _distribution(graph, DATASET, "dump", dump, "application/n-quads")
        say(DATASET, VOID.dataDump, URIRef(dump))
    rows = graph_rows(view)
    for iri in statistics.graphs:
        _named_graph(graph, view, URIRef(iri), rows)
    for (property_, target), number in _links(numbers):
        _linkset(graph, DATASET, property_, target, number)
    return graph


def _named_graph(graph: Graph, view: View, iri: URIRef, rows: Iterable[GraphRow]) -> None:
    kind, key = kind_of_graph(iri)
    row = next(row for row in rows if f"{BASE}{row.name}" == str(iri))
    for type_ in (VOID.Dataset, DCAT.Dataset, SD.NamedGraph, SD.Graph):
        graph.add((iri, RDF.type, type_))
    graph.add((DATASET, VOID.subset, iri))
    graph.add((DATASET, SD.namedGraph, iri))
    graph.add((CATALOGUE, DCAT.dataset, iri))
    graph.add((iri, SD.name, iri))
    graph.add((iri, SD.graph, iri))
    graph.add((iri, DCTERMS.isPartOf, DATASET))
    graph.add((iri, DCTERMS.title, Literal(f"{row.kind}: {row.title}", lang="en")))
    _sizes(graph, iri, counted(view).statistics.graphs[str(iri)])
    if kind in _SHIPPED:
        for licence in ontology().objects(ONTOLOGY, DCTERMS.license):
            graph.add((iri, DCTERMS.license, licence))
    if kind == "report":
        report = mint("report", key)
        graph.add((iri, PROV.wasDerivedFrom, URIRef(f"{report}/document")))
        graph.add((iri, PROV.wasGeneratedBy, URIRef(f"{report}/reading")))
        told = _reports(view).get(key, {})
        for predicate, column in (
            (DCTERMS.issued, "issued"),
            (DCTERMS.publisher, "force"),
            (DCTERMS.temporal, "quarter"),
        ):
            if (value := told.get(column)) is not None:
                graph.add((iri, predicate, value))
    if kind == "derived":
        graph.add((iri, PROV.wasDerivedFrom, graph_name(f"report/{key}")))
    if view.embedded:
        for suffix in GRAPH_FILES:
            address = url_for("dataset.graph", name=f"{key_of_graph(iri)}.{suffix}", _external=True)
            _distribution(graph, iri, suffix, address, FORMATS[suffix].media_type)
            graph.add((iri, VOID.dataDump, URIRef(address)))


def _sizes(graph: Graph, about: URIRef, size: GraphSize) -> None:
    graph.add((about, VOID.triples, _number(size.triples)))
    graph.add((about, VOID.classes, _number(len(size.classes))))
    graph.add((about, VOID.properties, _number(len(size.properties))))


def _partitions(graph: Graph, about: URIRef, size: GraphSize) -> None:
    for link, of, number, sizes in (
        (VOID.classPartition, VOID["class"], VOID.entities, size.classes),
        (VOID.propertyPartition, VOID.property, VOID.triples, size.properties),
    ):
        for term, count in sizes.items():
            part = _part(about, "class" if of == VOID["class"] else "property", term)
            graph.add((about, link, part))
            graph.add((part, of, URIRef(term)))
            graph.add((part, number, _number(count)))


def _linkset(graph: Graph, source: URIRef, property_: str, target: str, triples: int) -> None:
    node = _part(source, "links", property_, target)
    graph.add((node, RDF.type, VOID.Linkset))
    graph.add((source, VOID.subset, node))
    graph.add((node, VOID.subjectsTarget, source))
    graph.add((node, VOID.objectsTarget, URIRef(target)))
    graph.add((node, VOID.linkPredicate, URIRef(property_)))
    graph.add((node, VOID.triples, _number(triples)))
    if not target.startswith(BASE):
        graph.add((URIRef(target), RDF.type, VOID.Dataset))
        graph.add((URIRef(target), VOID.uriSpace, Literal(target)))


def _distribution(graph: Graph, of: URIRef, name: str, address: str, media_type: str) -> None:
    node = URIRef(f"{of}#file-{name}")
    graph.add((of, DCAT.distribution, node))
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCAT.downloadURL, URIRef(address)))
    graph.add((node, DCAT.accessURL, URIRef(address)))
    graph.add((node, DCAT.mediaType, URIRef(f"{MEDIA_TYPE}{media_type}")))
    if address.endswith(".gz"):
        graph.add((node, DCAT.compressFormat, URIRef(f"{MEDIA_TYPE}application/gzip")))


def _part(about: URIRef, kind: str, *terms: str) -> URIRef:
    """Return the address of a part of a description: made from what it is about, so that it never changes."""
    return URIRef(f"{about}#{kind}-{'-'.join(_NOT_KEY.sub('-', compact(term)).strip('-') for term in terms)}")


def _reports(view: View) -> dict[str, Mapping[str, Node | None]]:
    """Return what is told of each report, by its key."""
    return {text(row, "report").removeprefix(f"{BASE}report/"): row for row in solutions(view.page("reports"))}


def _examples(view: View) -> Iterable[URIRef]:
    return [mint("report", key) for key in sorted(_reports(view))[:3]]


def _number(value: int) -> Literal:
    return Literal(value, datatype=XSD.integer)
