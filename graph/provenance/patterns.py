"""The parts of a SELECT query as they are written: its head, its pattern, its tail, and the selections inside it.

Only what the terminals of the grammar tell is read (``graph.guard.tokens``), so the pattern stays as its writer has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib.term import Node

from graph.guard import tokens
from graph.queries import serialise

Token = tuple[str, int, int]
"""Kind, start and end, as ``graph.guard.tokens`` tells them."""

_COUNTING = re.compile(r"COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Selection:
    """A SELECT query, or a SELECT inside another."""

    prologue: str
    """Prefixes and base of the whole query."""
    head: str
    """From SELECT to the brace that opens the pattern."""
    body: str
    """The pattern, without its braces."""
    tail: str
    """What follows the pattern: grouping, order, limits."""
    variables: frozenset[str]
    """Variables of the pattern, by name, those of inner selections included."""
    inner: tuple[Selection, ...]
    """Selections right inside the pattern."""
    words: frozenset[str]
    """Words of the whole selection in capitals: keywords among them."""

    @property
    def aggregated(self) -> bool:
        """Whether its rows are groups of solutions."""
        return bool(re.search(r"\bGROUP\b", self.tail, re.IGNORECASE)) or any(
            kind == "word" and _COUNTING.fullmatch(self.head[start:end]) for kind, start, end in tokens(self.head)
        )

    @property
    def counts(self) -> bool:
        """Whether it, or a selection inside it, groups its solutions."""
        return self.aggregated or any(inner.counts for inner in self.inner)

    @property
    def tells_absence(self) -> bool:
        """Whether a row can rest on something that was not found: NOT EXISTS or MINUS."""
        return bool(self.words & {"MINUS", "EXISTS"}) and bool(self.words & {"MINUS", "NOT"})

    def projects(self, name: str) -> bool:
        """Return whether the variable called ``name`` is the same inside and outside."""
        shown = {self.head[start + 1 : end] for kind, start, end in tokens(self.head) if kind == "var"}
        return name in self.variables and (name in shown or "*" in self.head)

    def solutions(self, keys: Sequence[Mapping[str, Node]], limit: int) -> str:
        """Return the query for all variables of the solutions behind rows: no grouping, nothing left out.

        ``keys`` hold what is known of each row, by variable; variables that are not of the pattern are passed by.
        """
        names = sorted({name for key in keys for name in key if self.projects(name)})
        block = ""
        if names:
            lines = dict.fromkeys(
                "(" + " ".join(serialise(key[n]) if n in key else "UNDEF" for n in names) + ")" for key in keys
            )
            block = f"\n  VALUES ({' '.join('?' + n for n in names)}) {{ {' '.join(lines)} }}"
        return f"{self.prologue}SELECT DISTINCT * WHERE {{\n  {{ {self.body} }}{block}\n}}\nLIMIT {limit}\n"


def read(query: str) -> Selection | None:
    """Return the parts of a SELECT query, None for a query of another form or one whose braces do not match."""
    known = [token for token in tokens(query) if token[0] != "space"]
    for at, token in enumerate(known):
        if _word(query, token) == "SELECT":
            return _selection(query, known, at, len(known), query[: token[1]])
        if _word(query, token) in {"ASK", "CONSTRUCT", "DESCRIBE"}:
            return None
    return None


def closing(query: str, known: Sequence[Token], at: int) -> int | None:
    """Return the place in ``known`` of the brace that closes the one at ``at``, None if none does."""
    depth = 0
    for place in range(at, len(known)):
        kind, start, _ = known[place]
        if kind == "sign" and query[start] in "{}":
            depth += 1 if query[start] == "{" else -1
            if not depth:
                return place
    return None


def _word(query: str, token: Token) -> str:
    kind, start, end = token
    return query[start:end].upper() if kind == "word" else ""


def _selection(query: str, known: Sequence[Token], at: int, until: int, prologue: str) -> Selection | None:
    opens = next((n for n in range(at, until) if known[n][0] == "sign" and query[known[n][1]] == "{"), None)
    closes = closing(query, known, opens) if opens is not None else None
    if opens is None or closes is None or closes >= until:
        return None
    inner, place = [], opens + 1
    while place < closes:
        if known[place][0] == "sign" and query[known[place][1]] == "{" and _word(query, known[place + 1]) == "SELECT":
            end = closing(query, known, place)
            found = _selection(query, known, place + 1, end, prologue) if end is not None else None
            if found is None or end is None:
                return None
            inner.append(found)
            place = end
        place += 1
    last = query[known[until - 1][1] : known[until - 1][2]] if until > closes + 1 else ""
    return Selection(
        prologue=prologue,
        head=query[known[at][1] : known[opens][1]],
        body=query[known[opens][2] : known[closes][1]],
        tail=query[known[closes][2] : known[until - 1][2]] if last else "",
        variables=frozenset(query[s + 1 : e] for kind, s, e in known[opens:closes] if kind == "var"),
        inner=tuple(inner),
        words=frozenset(_word(query, token) for token in known[at:until]),
    )
