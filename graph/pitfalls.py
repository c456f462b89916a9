"""Common mistakes of ontologies, looked for in ours: each a query (queries/pitfalls/) that must find nothing.

Most are of the catalogue of OOPS!, the OntOlogy Pitfall Scanner (https://oops.linkeddata.es/catalogue.jsp).
``python -m graph.pitfalls`` looks for them all.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import DCTERMS, OWL, RDF, Graph, URIRef

from graph import queries
from graph.namespaces import GT, graph_name, key_of, mint
from graph.stores.oxigraph import OxigraphStore, Triple
from graph.vocabulary import ontology, shapes, vocabularies

_TERM = re.compile(r"\bgt:([A-Za-z]\w*)")


@dataclass(frozen=True, slots=True)
class Pitfall:
    """A place in the ontology where a mistake was found."""

    name: str
    """Of the query."""
    code: str
    """What the field calls it, such as "OOPS! P08"."""
    question: str
    """The query's question, to which the answer should have been no."""
    found: tuple[str, ...]
    """The term at fault, and what else the query tells of it, as last parts of addresses."""

    def __str__(self) -> str:
        return f"{self.code}, {self.name}: {self.question} {' '.join(self.found)}"


def material() -> dict[URIRef, Iterable[Triple]]:
    """Return what is looked at: ontology, vocabularies, and which query or shape uses which term of ours."""
    return {graph_name("ontology"): ontology(), **vocabularies(), graph_name("usage"): _usage()}


def scan(graphs: Mapping[URIRef, Iterable[Triple]]) -> tuple[Pitfall, ...]:
    """Return the pitfalls found in ``graphs``, in order of query and of its rows."""
    store = OxigraphStore.in_memory(graphs)
    return tuple(
        Pitfall(name, query.pitfall, query.summary, tuple(key_of(str(value)) for value in row))
        for name, query in queries.pitfalls().items()
        for row in store.select(query.sparql).rows
    )


def _usage() -> Graph:
    """Return which query (by its folder and name) and whether a shape refers to which term of ours."""
    usage = Graph()
    usage.add((DCTERMS.references, RDF.type, OWL.AnnotationProperty))
    for query in queries.everything():
        if query.pitfall:
            continue
        node = mint("query", f"{query.path.parent.name}/{query.name}")
        for word in _TERM.findall(query.sparql):
            usage.add((node, DCTERMS.references, GT[word]))
    for term in {term for triple in shapes() for term in triple if isinstance(term, URIRef) and term in GT}:
        usage.add((graph_name("shapes"), DCTERMS.references, term))
    return usage


def main() -> int:
    """Print what was found and return the exit status: 1 if anything was."""
    found = scan(material())
    for pitfall in found:
        print(pitfall)
    print(f"{len(queries.pitfalls())} pitfalls looked for, {len(found)} found", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
