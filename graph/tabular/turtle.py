"""Turtle as people read it: the same graph always gives the same text, a paragraph to a subject.

rdflib's own serialiser writes full addresses for anything below ``id/``, where a slash follows the
prefix. Here each kind of individual has a prefix of its own (``theme:vawg``, ``place:jaywick``).
"""

from __future__ import annotations

import re
from typing import Final

from rdflib import RDF, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from graph.namespaces import BASE, GT, PREFIXES, QUDT

_FIRST: Final = (
    RDF.type, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, GT.weakCue, SKOS.notation, SKOS.definition,
    SKOS.scopeNote, SKOS.inScheme, SKOS.topConceptOf, SKOS.broader, SKOS.related,
)  # fmt: skip
"""Properties that come first under a subject, in this order; the others follow by address."""

_WIDTH: Final = 110
"""A longer list of objects is written one to a line."""

_LOCAL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$")
_KIND = re.compile(re.escape(BASE) + r"([a-z-]+)/")
_UNITS: Final = {"qudt-unit": str(QUDT).replace("schema/qudt/", "vocab/unit/"),
                 "qudt-kind": str(QUDT).replace("schema/qudt/", "vocab/quantitykind/")}  # fmt: skip


def to_turtle(graph: Graph, heading: str) -> str:
    """Return ``graph`` as Turtle under ``heading``, whose lines become comments.

    Concept schemes come first, then subjects by address; objects in order, one blank line between
    subjects, and only the prefixes that are used. The graph may hold no blank nodes.
    """
    prefixes: dict[str, str] = {}
    subjects = sorted(set(graph.subjects()), key=lambda s: (not _is_scheme(graph, s), str(s)))
    paragraphs = [_paragraph(graph, subject, prefixes) for subject in subjects]
    declared = "\n".join(f"@prefix {prefix}: <{prefixes[prefix]}> ." for prefix in sorted(prefixes))
    comment = "\n".join(f"# {line}".rstrip() for line in heading.strip().splitlines())
    return "\n\n".join([comment, declared, *paragraphs]) + "\n"


def _is_scheme(graph: Graph, subject: Node) -> bool:
    return (subject, RDF.type, SKOS.ConceptScheme) in graph


def _paragraph(graph: Graph, subject: Node, prefixes: dict[str, str]) -> str:
    order = {str(predicate): place for place, predicate in enumerate(_FIRST)}
    predicates = sorted(set(graph.predicates(subject)), key=lambda p: (order.get(str(p), len(order)), str(p)))
    lines = []
    for predicate in predicates:
        verb = "a" if predicate == RDF.type else _term(predicate, prefixes)
        objects = sorted(_term(node, prefixes) for node in graph.objects(subject, predicate))
        line = f"{verb} {', '.join(objects)}"
        lines.append(line if len(line) < _WIDTH else f"{verb}\n        " + ",\n        ".join(objects))
    return f"{_term(subject, prefixes)} " + " ;\n    ".join(lines) + " ."


def _term(node: Node, prefixes: dict[str, str]) -> str:
    if isinstance(node, Literal):
        return _literal(node, prefixes)
    iri = str(node)
    for prefix, namespace in _namespaces(iri):
        local = iri.removeprefix(namespace)
        if local != iri and _LOCAL.match(local.replace("_", "-")):
            prefixes[prefix] = namespace
            return f"{prefix}:{local}"
    return URIRef(iri).n3()


def _namespaces(iri: str) -> list[tuple[str, str]]:
    kind = _KIND.match(iri)
    own = [(kind[1], kind[0])] if kind else []
    return [*own, *_UNITS.items(), *PREFIXES.items()]


def _literal(node: Literal, prefixes: dict[str, str]) -> str:
    if node.datatype == XSD.boolean:
        return str(node).lower()
    text = str(node).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    if node.language:
        return f'"{text}"@{node.language}'
    datatype = f"^^{_term(node.datatype, prefixes)}" if node.datatype and node.datatype != XSD.string else ""
    return f'"{text}"{datatype}'
