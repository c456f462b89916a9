"""Reasons for gaps, as a named person gives them in a Turtle file: who, when, why, for which promise and area."""

from __future__ import annotations

from pathlib import Path

from rdflib import RDF, BNode, Graph

from graph.errors import VocabularyError
from graph.namespaces import GT, graph_name
from graph.vocabulary import parse

NAME = graph_name("justifications")
"""The named graph that holds the file given to a build; those in a force's folder lie in a graph of that force."""


def read_justifications(path: Path) -> Graph:
    """Return the file at ``path`` as a graph; what each must say is for the shapes (gts:JustificationShape).

    Raises: VocabularyError naming file, place and reason if it is no Turtle, or tells of anything but justifications.
    """
    graph = parse(path)
    for subject in sorted(set(graph.subjects()), key=str):
        if isinstance(subject, BNode):
            raise VocabularyError(f"{path}: a justification has an address; one here has none", path=str(path))
        if (subject, RDF.type, GT.Justification) not in graph:
            raise VocabularyError(f"{path}: {subject}: this file is for justifications only", path=str(path))
    if not len(graph):
        raise VocabularyError(f"{path}: there is no justification in it", path=str(path))
    return graph
