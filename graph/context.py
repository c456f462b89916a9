"""The JSON-LD context of our terms, made from the ontology: short names, and of what type their values are."""

from __future__ import annotations

from functools import cache
from typing import Any

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef

from graph.namespaces import GT, PREFIXES
from graph.vocabulary import ontology

_LINKS = (OWL.ObjectProperty,)
_VALUES = (OWL.DatatypeProperty, OWL.AnnotationProperty)
_BUILT_IN_LINKS = (RDF.subject, RDF.predicate, RDF.object, RDFS.subClassOf, RDFS.isDefinedBy, RDFS.domain, RDFS.range)
"""Properties of RDF itself, which no ontology declares, whose values are addresses."""


@cache
def context() -> dict[str, Any]:
    """Return the context: prefixes, our terms by their own names, terms of others by their prefixed ones.

    A link's value is an address (``@type: @id``); a value has the datatype that is its property's range, where the
    ontology gives one. ``xsd:string`` is left out, for it is what a plain string has anyway.
    """
    terms: dict[str, Any] = {}
    graph = ontology()
    for property_ in sorted({*_BUILT_IN_LINKS, *_properties(graph)}):
        name = short_name(property_)
        if name is None:
            continue
        range_ = graph.value(property_, RDFS.range)
        if property_ in _BUILT_IN_LINKS or (property_, RDF.type, OWL.ObjectProperty) in graph:
            terms[name] = {"@id": compact(property_), "@type": "@id"}
        elif isinstance(range_, URIRef) and str(range_).startswith(str(XSD)) and range_ != XSD.string:
            terms[name] = {"@id": compact(property_), "@type": compact(range_)}
        elif property_ in GT:
            terms[name] = {"@id": compact(property_)}
    for class_ in sorted(c for c in graph.subjects(RDF.type, OWL.Class) if isinstance(c, URIRef)):
        if class_ in GT:
            terms[class_.removeprefix(str(GT))] = {"@id": compact(class_)}
    return {**PREFIXES, **terms}


def context_for(graph: Graph) -> dict[str, Any]:
    """Return as much of the context as ``graph`` uses: reading it back gives the same graph.

    A link that leads to a node without an address is given no type here: rdflib's writer would drop that node.
    """
    used = {str(node) for triple in graph for node in triple if isinstance(node, URIRef)}
    datatypes = {str(o.datatype) for o in graph.objects() if isinstance(o, Literal) and o.datatype}
    whole = context()
    nested = {str(p) for _, p, o in graph if isinstance(o, BNode)}
    terms = {
        name: {"@id": term["@id"]} if expand(term["@id"]) in nested else term
        for name, term in whole.items()
        if isinstance(term, dict) and expand(term["@id"]) in used
    }
    spaces = {
        prefix: space for prefix, space in PREFIXES.items() if any(iri.startswith(space) for iri in used | datatypes)
    }
    return {**spaces, **terms}


def _properties(graph: Graph) -> set[URIRef]:
    found = (s for sort in (*_LINKS, *_VALUES) for s in graph.subjects(RDF.type, sort))
    return {s for s in found if isinstance(s, URIRef)}


def short_name(term: URIRef) -> str | None:
    """Return the name of ``term`` in the context: ``evidences``, ``skos:broader``; None where no prefix fits."""
    if term in GT:
        return term.removeprefix(str(GT))
    name = compact(term)
    return name if name != str(term) else None


def compact(iri: str) -> str:
    """Return ``iri`` with the prefix that fits best, or as it is where none does."""
    fits = [(len(space), prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space)]
    if not fits:
        return str(iri)
    _, prefix, space = max(fits)
    return f"{prefix}:{iri.removeprefix(space)}"


def expand(name: str) -> str:
    """Return the address that a prefixed name stands for."""
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest if prefix in PREFIXES else name
