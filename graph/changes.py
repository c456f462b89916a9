"""What changed in the ontology from version to version: terms that came, that went, that mean something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rdflib import DCTERMS, OWL, RDFS, SKOS, Graph, URIRef

from graph.errors import VocabularyError
from graph.namespaces import ONTOLOGY
from graph.terms import terms
from graph.vocabulary import FOLDER, parse

FILE = FOLDER / "history" / "changes.ttl"
_NOTE = re.compile(r"(\d+\.\d+\.\d+): (.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the ontology, and how it differs from the one before."""

    number: str
    summary: str
    terms: frozenset[URIRef]
    added: tuple[URIRef, ...]
    """Terms that the one before had not; all of them, if this is the first."""
    removed: tuple[URIRef, ...]
    notes: tuple[tuple[URIRef, str], ...]
    """Term that stayed, and what is different about it."""
    first: bool


@cache
def changes() -> Graph:
    """Return the file of changes as a graph."""
    return parse(FILE)


@cache
def versions() -> tuple[Version, ...]:
    """Return all versions, the latest first: it has the terms that the modules define now.

    Raises: VocabularyError if a note names no version that there is.
    """
    graph = changes()
    numbers = {str(graph.value(v, OWL.versionInfo)): v for v in graph.subjects(DCTERMS.isVersionOf, ONTOLOGY)}
    order = sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
    had: dict[str, frozenset[URIRef]] = {}
    for number in order:
        listed = (o for o in graph.objects(numbers[number], DCTERMS.hasPart) if isinstance(o, URIRef))
        had[number] = frozenset(terms()) if number == order[-1] else frozenset(listed)
    notes = _notes(graph, had)
    made = []
    for i, number in enumerate(order):
        before = had[order[i - 1]] if i else frozenset()
        made.append(
            Version(
                number,
                str(graph.value(numbers[number], RDFS.comment) or ""),
                had[number],
                tuple(sorted(had[number] - before)),
                tuple(sorted(before - had[number])),
                tuple(sorted(notes.get(number, {}).items())),
                i == 0,
            )
        )
    return tuple(reversed(made))


def changes_of(term: URIRef) -> tuple[tuple[str, str], ...]:
    """Return number and change of each version in which ``term`` changed, the latest first."""
    found = []
    for version in versions():
        told = [words for noted, words in version.notes if noted == term]
        if term in version.added:
            told.append("New." if not version.first else "There from the first version.")
        if term in version.removed:
            told.append("Gone.")
        found += [(version.number, words) for words in told]
    return tuple(found)


def _notes(graph: Graph, known: Mapping[str, object]) -> dict[str, dict[URIRef, str]]:
    notes: dict[str, dict[URIRef, str]] = {}
    for term, words in graph.subject_objects(SKOS.changeNote):
        found = _NOTE.fullmatch(str(words))
        if not isinstance(term, URIRef) or found is None or found[1] not in known:
            raise VocabularyError(f"{FILE}: a note begins with the number of a version, not {str(words)[:60]!r}")
        notes.setdefault(found[1], {})[term] = found[2]
    return notes
