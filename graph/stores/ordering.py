"""The order of rows made here: Oxigraph looks up each term anew at every comparison, longer than it takes to find them.

Only orders are taken over that mean the same here: of columns that are answered, each all addresses, exact numbers,
days, truth values or words (docs/adr/0035-what-a-build-asks.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from rdflib import XSD, Literal, URIRef
from rdflib.term import Node

from graph.stores.base import Row

_ORDER = re.compile(r"\bORDER\s+BY((?:\s+(?:DESC\s*\()?\s*(?:(?:STR|LANG)\(\s*)?\?\w+[\s)]*)+)\Z")
_KEY = re.compile(r"(?P<down>DESC\s*\()?\s*(?:(?P<of>STR|LANG)\(\s*)?\?(?P<name>\w+)")
_HEAD = re.compile(r"\A(?:PREFIX[^\n]*\n|#[^\n]*\n|\s)*SELECT\s([^{]*)", re.DOTALL)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""A day without a time zone: such days follow one another as their words do."""
_EXACT = frozenset({XSD.integer, XSD.decimal})


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that rows are ordered by."""

    name: str
    of: str
    """STR or LANG, by which words are ordered; "" for the term itself."""
    down: bool


def without_order(query: str) -> tuple[str, tuple[Key, ...]]:
    """Return ``query`` without its ORDER BY, and what that says; the query as it is, and nothing, if it stays."""
    query = query.rstrip()
    found, head = _ORDER.search(query), _HEAD.match(query)
    if not found or not head or "}" in query[found.start() :]:
        return query, ()
    keys = tuple(Key(key["name"], key["of"] or "", bool(key["down"])) for key in _KEY.finditer(found[1]))
    if not {key.name for key in keys} <= set(re.findall(r"\?(\w+)", head[1])):
        return query, ()
    return query[: found.start()], keys


def ordered(columns: tuple[str, ...], rows: Iterable[Row], keys: tuple[Key, ...]) -> tuple[Row, ...] | None:
    """Return ``rows`` in the order of ``keys``; None if a column holds what is compared by other rules."""
    some = list(rows)
    # From the least key to the first: a sort leaves what is equal as it stands.
    for key in reversed(keys):
        if key.name not in columns:
            return None
        at = columns.index(key.name)
        made = {term: _value(term, key.of) for term in {row[at] for row in some}}
        if len({rank for rank, _ in made.values() if rank}) > 1 or any(rank < 0 for rank, _ in made.values()):
            return None
        values = {term: (rank, value) for term, (rank, value) in made.items()}
        some.sort(key=lambda row, at=at, values=values: values[row[at]], reverse=key.down)  # type: ignore[misc]
    return tuple(some)


def _value(term: Node | None, of: str) -> tuple[int, str | Decimal]:
    """Return the sort of ``term`` and what it is compared by: 0 for nothing, which comes first, -1 if not known."""
    if term is None or (of == "LANG" and not isinstance(term, Literal)):
        return 0, ""
    if of == "LANG" and isinstance(term, Literal):
        return 1, term.language or ""
    if isinstance(term, URIRef):
        return (1, str(term)) if of else (2, str(term))
    if not isinstance(term, Literal):
        return -1, ""
    if of or (term.datatype is None and term.language is None):
        return 1, str(term)
    if term.datatype in _EXACT:
        return 3, Decimal(str(term))
    if term.datatype == XSD.date and _DAY.fullmatch(str(term)):
        return 4, str(term)
    if term.datatype == XSD.boolean and str(term) in ("false", "true"):
        return 5, str(term)
    return -1, ""
