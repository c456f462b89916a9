"""Explains a query: a sentence made from the SPARQL itself, that can be read back, and its values, which can change.

``explain`` reads a query (``parsing``) and says it (``saying``); ``query_of`` reads such a sentence (``hearing``) and
writes the query (``printing``). Each explanation is read back before it is given: where the words would not lead to the
same query variables stand as they are written, and a pattern for which there are no words is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.errors import BadQuery
from graph.explain.causes import Unknown, unknown_terms
from graph.explain.headline import headline, without
from graph.explain.hearing import hear
from graph.explain.parsing import parse
from graph.explain.phrases import Names, names
from graph.explain.printing import sparql
from graph.explain.saying import OPEN, SHUT, Clause, Sayer, Slot
from graph.explain.tree import NOWHERE, Query, Span

__all__ = ["Clause", "Explanation", "Names", "Piece", "Slot", "edited", "explain", "names", "pieces", "query_of"]

LONGEST = 20_000
"""Characters of a query that is explained."""
LINE = 320
"""Characters up to which a sentence stands on one line."""
_MARKED = re.compile(f"{OPEN}(\\d+){OPEN}(.*?){SHUT}", re.DOTALL)
Piece = tuple[str, int | None]
"""Words, and the number of the slot they are, None for words between slots."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A query, what it asks in words, and the values in it."""

    query: str
    tree: Query
    clauses: tuple[Clause, ...]
    slots: tuple[Slot, ...]
    exact: bool
    """Whether the words lead back to the query; False only where they quote it whole."""
    headline: str = ""
    """One line before the reading clause by clause: what the query asks, in short."""
    unknown: tuple[Unknown, ...] = ()
    """Terms of our namespace in the query that the ontology does not have: such a query may answer with nothing."""

    @property
    def text(self) -> str:
        """The sentence as plain text: on one line if it is short, else a clause a line, indented."""
        return plain(self.written)

    @property
    def written(self) -> str:
        """The sentence with marks around its slots (see ``pieces``)."""
        line = _one_line(self.clauses)
        return line if line and len(plain(line)) <= LINE else "\n".join(_lines(self.clauses, 0))


def explain(query: str, known: Names) -> Explanation:
    """Return what ``query`` asks. ``known`` are the names of things. Raises: BadQuery as ``parsing.parse``."""
    if len(query) > LONGEST:
        raise BadQuery(f"a query is explained up to {LONGEST:,} characters")
    tree = parse(query)
    said = _said(query, tree, known)
    return replace(said, headline=headline(tree, known), unknown=unknown_terms(tree))


def _said(query: str, tree: Query, known: Names) -> Explanation:
    if OPEN in query or SHUT in query:
        # Our marks would be taken for slots; no text that people write has them.
        return Explanation(query, tree, _quoting(tree, query), (), exact=False)
    for bare in (False, True):
        sayer = Sayer(known, bare)
        said = Explanation(query, tree, tuple(sayer.query(tree)), tuple(sayer.slots), exact=True)
        if _leads_back(said, known):
            return said
    return Explanation(query, tree, _quoting(tree, query), (), exact=False)


def _leads_back(said: Explanation, known: Names) -> bool:
    try:
        heard = hear(said.text, known)
    except BadQuery:
        return False
    return parse(sparql(heard)) == parse(sparql(said.tree))


def _quoting(tree: Query, query: str) -> tuple[Clause, ...]:
    """Return the honest reading of what there are no words for: each part of the query, quoted."""
    parts = tree.where.parts if tree.where else ()
    inside = tuple(Clause(f"as written: {' '.join(_quote(query, p.at).split())}", at=p.at) for p in parts)
    return (Clause(f"{tree.form.capitalize()}, in the words of the query, where:", inside, tree.at),)


def _quote(query: str, at: Span) -> str:
    return query[at[0] : at[1]] if at != NOWHERE else ""


def query_of(sentence: str, known: Names) -> str:
    """Return the SPARQL that an explaining sentence says. Raises: BadQuery naming the words not understood."""
    return sparql(hear(without(sentence), known))


def edited(query: str, slot: Slot, written: str) -> str:
    """Return ``query`` with ``written``, a term as SPARQL has it, where the value of ``slot`` stands."""
    return f"{query[: slot.at[0]]}{written}{query[slot.at[1] :]}"


def pieces(written: str) -> list[Piece]:
    """Return a sentence with marks as its words and slots, in order."""
    found: list[Piece] = []
    at = 0
    for mark in _MARKED.finditer(written):
        found += [(written[at : mark.start()], None), (mark[2], int(mark[1]))]
        at = mark.end()
    return [piece for piece in [*found, (written[at:], None)] if piece[0]]


def plain(written: str) -> str:
    """Return a sentence without marks."""
    return _MARKED.sub(r"\2", written)


def _one_line(clauses: Sequence[Clause]) -> str:
    """Return the sentence on one line, "" if clauses lie deeper in it than that allows."""
    head, *tail = clauses
    if any(c.inside for c in head.inside) or any(c.inside for c in tail):
        return ""
    said = f"{head.text} {'; '.join(c.text for c in head.inside)}" if head.inside else head.text
    return " ".join(f"{part}." for part in (said, *(c.text for c in tail)))


def _lines(clauses: Sequence[Clause], depth: int) -> Iterator[str]:
    for clause in clauses:
        yield f"{'  ' * (depth - 1)}- {clause.text}" if depth else clause.text + ("" if clause.inside else ".")
        yield from _lines(clause.inside, depth + 1)
