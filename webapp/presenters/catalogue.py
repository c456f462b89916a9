"""The catalogue for programs: what each question asks and takes, as JSON and as SHACL's SPARQL executables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for
from rdflib import DCTERMS, RDF, RDFS, SH, XSD, Graph, Literal, URIRef

from graph.namespaces import PREFIXES, mint
from graph.queries import KINDS, Query

_DATATYPES = {"boolean": XSD.boolean, "integer": XSD.integer, "string": XSD.string}


def as_json(query: Query) -> dict[str, Any]:
    """Return what ``query`` asks, the parameters it takes, and the address of its answer."""
    params = [
        {"name": param.name, "type": param.type, "description": param.description, "default": param.default}
        for param in query.params
    ]
    return {
        "name": query.name,
        "question": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": params,
        "href": url_for("questions.file", name=query.name, suffix="json"),
    }


def as_turtle(known: Iterable[Query]) -> str:
    """Return the questions as ``sh:SPARQLSelectExecutable``s, each with its SPARQL and parameters.

    A parameter ``theme`` is the variable ``?_theme`` of the query; its ``sh:path`` is an address that ends in its name.
    """
    graph = Graph()
    for prefix, space in PREFIXES.items():
        graph.bind(prefix, space)
    for query in known:
        question = mint("question", query.name)
        graph.add((question, RDF.type, SH.SPARQLSelectExecutable))
        graph.add((question, RDF.type, SH.Parameterizable))
        graph.add((question, RDFS.label, Literal(query.summary, lang="en")))
        if query.description:
            graph.add((question, RDFS.comment, Literal(query.description, lang="en")))
        graph.add((question, SH.select, Literal(query.sparql)))
        for param in query.params:
            _add_parameter(graph, question, param.name, param.type, param.description)
            if param.default is not None:
                graph.add((_parameter(question, param.name), SH.defaultValue, Literal(param.default)))
        graph.add((question, DCTERMS.identifier, Literal(query.name)))
    return graph.serialize(format="turtle")


def _parameter(question: URIRef, name: str) -> URIRef:
    return URIRef(f"{question}/parameter/{name}")


def _add_parameter(graph: Graph, question: URIRef, name: str, type_: str, description: str) -> None:
    node = _parameter(question, name)
    graph.add((question, SH.parameter, node))
    graph.add((node, RDF.type, SH.Parameter))
    graph.add((node, SH.path, URIRef(f"{question}/{name}")))
    graph.add((node, SH.name, Literal(name)))
    graph.add((node, SH.description, Literal(description, lang="en")))
    graph.add((node, SH.optional, Literal("true", datatype=XSD.boolean)))
    if type_ in KINDS:
        for class_ in KINDS[type_][1][:1]:
            graph.add((node, SH["class"], class_))
    else:
        graph.add((node, SH.datatype, _DATATYPES[type_]))
