"""Reading solutions: what a row holds under a name, as Python values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from rdflib import Literal, URIRef
from rdflib.term import Node

from graph.stores import Table

Solution = Mapping[str, Node | None]


def solutions(table: Table) -> Iterator[Solution]:
    """Yield the rows of ``table`` as mappings from column to term."""
    return iter(table.dicts())


def text(row: Solution, column: str) -> str:
    """Return the term under ``column`` as text, "" where it is unbound."""
    term = row.get(column)
    return "" if term is None else str(term)


def iri(row: Solution, column: str) -> URIRef | None:
    """Return the address under ``column``, None where it is unbound or a literal."""
    term = row.get(column)
    return term if isinstance(term, URIRef) else None


def number(row: Solution, column: str) -> int:
    """Return the whole number under ``column``, 0 where it is unbound."""
    term = row.get(column)
    return int(str(term)) if term is not None else 0


def is_number(term: object) -> bool:
    """Return whether ``term`` is a literal whose datatype makes it a number, and whose text is one."""
    if not isinstance(term, Literal) or term.datatype is None:
        return False
    value = term.toPython()
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def flag(row: Solution, column: str) -> bool:
    """Return whether ``column`` holds true."""
    term = row.get(column)
    return isinstance(term, Literal) and term.toPython() is True
