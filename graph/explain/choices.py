"""The values that a slot of a sentence can take: those for which the query then has rows, with how many.

Where the value stands in a statement it is freed, and the query's own patterns say what could stand there; elsewhere
things of its kind are tried. Each is then put into the query and the rows are counted, for as long as there is time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic

from rdflib import Literal, URIRef

from graph.errors import LimitExceeded
from graph.explain.parsing import parse
from graph.explain.phrases import Names
from graph.explain.printing import term
from graph.explain.sentences import Explanation, Slot, edited
from graph.explain.tree import Group, Iri, Lit, Pattern, Span, Triple, Union
from graph.stores.base import Table

MOST = 100
"""Values that are tried."""
SECONDS = 4.0
"""Time after which no further value is tried."""
_NUMBERS = (5, 10, 25, 50, 100, 1000)
_FREE = "anyValueHere"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value for a slot: what it is called, how the query writes it, and the rows that there are then."""

    label: str
    written: str
    rows: int


@dataclass(frozen=True, slots=True)
class Choices:
    """The values for a slot that give rows, most rows first, and how many were not tried for want of time."""

    found: tuple[Choice, ...]
    untried: int


Ask = Callable[[str], Table]
"""Asks a query, within limits. Raises: LimitExceeded."""


def choices(said: Explanation, slot: Slot, known: Names, ask: Ask, seconds: float = SECONDS) -> Choices:
    """Return the values that ``slot`` can take. Raises: as ``ask``, but for a limit, which leaves a value untried."""
    options = list(_options(said, slot, known, ask))[:MOST]
    written = [(label, one, counting(edited(said.query, slot, one))) for label, one in options]
    return counted(written, ask, seconds)


def counted(options: Iterable[tuple[str, str, str]], ask: Ask, seconds: float = SECONDS) -> Choices:
    """Return those ``options`` (label, value, query that counts) that have rows, tried while time lasts."""
    ends = monotonic() + seconds
    found, untried = [], 0
    for label, written, query in options:
        if monotonic() > ends:
            untried += 1
            continue
        try:
            rows = int(str(ask(query).rows[0][0]))
        except LimitExceeded:
            untried += 1
            continue
        if rows:
            found.append(Choice(label, written, rows))
    return Choices(tuple(sorted(found, key=lambda c: (-c.rows, c.label))), untried)


def counting(query: str) -> str:
    """Return the query that counts the rows of ``query``, or what its patterns find if it is no SELECT."""
    tree = parse(query)
    head, body = query[: tree.at[0]], query[slice(*tree.at)]
    if tree.form != "SELECT" or tree.dataset:
        body = f"SELECT * {query[slice(*tree.where.at)] if tree.where else '{ }'}"
    return f"{head}SELECT (COUNT(*) AS ?rowsThatThereAre) WHERE {{ {{ {body} }} }}"


def _options(said: Explanation, slot: Slot, known: Names, ask: Ask) -> Iterable[tuple[str, str]]:
    if isinstance(slot.value, int):
        return [(str(number), str(number)) for number in sorted({*_NUMBERS, slot.value})]
    where = said.tree.where
    if where is not None and _stated(where, slot.at):
        freed = edited(said.query, slot, f"?{_FREE}")
        text = freed[where.at[0] : where.at[1] + len(freed) - len(said.query)]
        head = said.query[: said.tree.at[0]]
        try:
            table = ask(f"{head}SELECT DISTINCT ?{_FREE} WHERE {text} ORDER BY ?{_FREE} LIMIT {MOST}")
        except LimitExceeded:
            return [(slot.text, term(slot.value))]
        return [_named(value, known) for (value,) in table.rows if isinstance(value, URIRef | Literal)]
    if isinstance(slot.value, Iri):
        return [(name, term(Iri(iri))) for iri, name in known.of_kind(slot.value.value)]
    return [(slot.text, term(slot.value))]


def _named(value: URIRef | Literal, known: Names) -> tuple[str, str]:
    if isinstance(value, URIRef):
        said = known.said(str(value))
        return (said[1] if said else term(Iri(str(value))), term(Iri(str(value))))
    literal = Lit(str(value), value.language or "", str(value.datatype or ""))
    return (str(value), term(literal))


def _stated(pattern: Pattern, at: Span) -> bool:
    """Return whether the value at ``at`` stands in a statement of the query itself, not of one within it."""
    if isinstance(pattern, Triple):
        return any(isinstance(one, Iri | Lit) and one.at == at for one in (pattern.subject, pattern.object))
    if isinstance(pattern, Group) and pattern.kind in {"", "graph"}:
        return any(_stated(part, at) for part in pattern.parts)
    return isinstance(pattern, Union) and any(_stated(group, at) for group in pattern.groups)
