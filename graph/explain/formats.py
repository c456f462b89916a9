"""An explanation as JSON: the sentence, its clauses with the part of the query that each says, and its slots."""

from __future__ import annotations

from typing import Any

from graph.errors import BadQuery
from graph.explain.printing import term
from graph.explain.saying import Clause, Slot
from graph.explain.sentences import Explanation, plain
from graph.explain.tree import NOWHERE
from graph.guard import place

_PROBLEM = ("line", "column", "hint", "fix")


def as_json(said: Explanation) -> dict[str, Any]:
    """Return an explanation as JSON. ``start`` and ``end`` count the query's code points, end exclusive."""
    return {
        "query": said.query,
        "form": said.tree.form,
        "headline": said.headline,
        "sentence": said.text,
        "exact": said.exact,
        "clauses": [_clause(said, clause) for clause in said.clauses],
        "unknown": [{"term": term(one.term), "message": one.says} for one in said.unknown],
        "slots": [{"slot": number, **_slot(said.query, slot)} for number, slot in enumerate(said.slots)],
    }


def as_problem(error: BadQuery) -> dict[str, Any]:
    """Return why a query is not understood, as JSON: message, place and, if it is known, the remedy."""
    return {"message": error.message, **{name: error.fields[name] for name in _PROBLEM if name in error.fields}}


def _clause(said: Explanation, clause: Clause) -> dict[str, Any]:
    start, end = clause.at
    quoted = {"start": start, "end": end, "quote": said.query[start:end]} if clause.at != NOWHERE else {}
    return {"text": plain(clause.text), **quoted, "clauses": [_clause(said, inside) for inside in clause.inside]}


def _slot(query: str, slot: Slot) -> dict[str, Any]:
    line, column = place(query, slot.at[0])
    value = slot.value if isinstance(slot.value, int) else term(slot.value)
    return {"text": slot.text, "value": value, "start": slot.at[0], "end": slot.at[1], "line": line, "column": column}
