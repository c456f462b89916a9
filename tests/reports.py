"""Readings and stores for tests, made once a run: pick the smallest that holds the trait.

``reading`` reads any text, ``item`` puts one sentence into a report, ``small_store`` holds the two small reports of
tests/documents, which are the same report in two quarters.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from rdflib import Literal, URIRef
from rdflib.term import Node

from graph import build
from graph.layout import lay_out
from graph.mentions import operation_names
from graph.mentions.operations import reconcile
from graph.model import Document, Kind, Mention, Reading, Report, Vocabulary
from graph.namespaces import key_of
from graph.stores.base import Table
from graph.stores.oxigraph import OxigraphStore
from graph.vocabulary import load_vocabulary

DOCUMENTS = Path(__file__).resolve().parent / "documents"
SMALL = (DOCUMENTS / "essex-small.txt", DOCUMENTS / "essex-small-next.txt")
OTHER_FORCE = DOCUMENTS / "harbourshire.txt"
COVER = "Police and Crime Plan\nQuarter 1 \u2013 2022/23\nEssex Police\n\n"
BODY = "Priority 1 - Safer Nights\n\nWe will:\n\nKeep the promise of the plan.\n\n"


def document(text: str, name: str = "report.txt") -> Document:
    return Document(name, "text/plain", hashlib.sha256(text.encode()).hexdigest(), text)


def layout(text: str, vocabulary: Vocabulary | None = None) -> Report:
    """Return what the layout of ``text`` shows."""
    return lay_out(document(text), vocabulary or load_vocabulary())


def reading(text: str) -> Reading:
    """Return all that ``text``, a whole report, names and counts."""
    vocabulary = load_vocabulary()
    return build.read_mentions(layout(text, vocabulary), vocabulary)


def item(*words: str, promise: str = "Keep the promise of the plan.", force: str = "Essex Police") -> Reading:
    """Return the reading of a report whose items are ``words``, one a bullet."""
    bullets = "\n".join(f"- {text}" for text in words)
    return reading(f"Plan\nQuarter 1 2022/23\n{force}\n\nPriority 1 - Nights\n\nWe will:\n\n{promise}\n\n{bullets}\n")


def mentions(found: Reading, kind: Kind, number: int | None = 1) -> list[Mention]:
    """Return the mentions of ``kind`` in item ``number`` (None: in the promises)."""
    return [m for m in found.mentions if m.kind is kind and m.item == number]


def names(found: Reading, kind: Kind, number: int | None = 1) -> list[str]:
    return [m.name for m in mentions(found, kind, number)]


def partners(found: Reading, number: int | None = 1) -> dict[str, bool]:
    """Return the name of each body in item ``number``, and whether any words say that it works with the police."""
    said: dict[str, bool] = {}
    for mention in mentions(found, Kind.PARTNER, number):
        said[mention.name] = said.get(mention.name, False) or mention.acting
    return said


@cache
def read_file(path: Path) -> Reading:
    vocabulary = load_vocabulary()
    return build.read_mentions(build.read_report(path, vocabulary), vocabulary)


@cache
def small_readings() -> tuple[Reading, ...]:
    """Return the two small reports as a build reads them: spellings of operations agreed between them."""
    vocabulary = load_vocabulary()
    reports = [build.read_report(path, vocabulary) for path in SMALL]
    spelt = reconcile(name for report in reports for name in operation_names(report, vocabulary))
    return tuple(build.read_mentions(report, vocabulary, spelt) for report in reports)


@cache
def small_store() -> OxigraphStore:
    return build.in_memory(small_readings())


@cache
def store_of(path: Path) -> OxigraphStore:
    return build.in_memory([read_file(path)])


def keys(table: Table, *columns: str) -> list[tuple[str, ...]]:
    """Return the rows of ``table`` in its order, only ``columns``, addresses as the last part of them."""
    return [tuple(_short(row[column]) for column in columns) for row in table.dicts()]


def as_csv(table: Table) -> str:
    """Return ``table`` as CSV that a person can read: addresses as their last part."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(_cells(row) for row in table.rows)
    return out.getvalue()


def _cells(row: Sequence[object]) -> list[str]:
    return [_short(term) for term in row]


def _short(term: object) -> str:
    if term is None:
        return ""
    if isinstance(term, URIRef):
        return "item " + key_of(term) if "/item/" in term else key_of(term)
    return str(term)


def by_value(triples: Iterable[tuple[Node, Node, Node]]) -> set[tuple[str, str, object]]:
    """Return ``triples`` with numbers as numbers: stores write 40 as 40.0, and every whole number as xsd:integer."""
    found: set[tuple[str, str, object]] = set()
    for subject, predicate, term in triples:
        value = term.toPython() if isinstance(term, Literal) else term
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            found.add((str(subject), str(predicate), Decimal(value)))
        else:
            found.add((str(subject), str(predicate), term))
    return found
