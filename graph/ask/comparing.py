"""Questions that hold one number against another: "more operations in A than in B", "more than one partner", "all".

Each becomes a form whose number, or whose lack of rows, the store is asked for; none is worked out here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph.ask import cues
from graph.ask.conditions import conditions
from graph.ask.doubts import Problem
from graph.ask.model import BOOLEAN, NUMBER, ROWS, Bound, Constraint, Entity, Form, Linked, Meaning, Span
from graph.ask.ordering import ALL
from graph.ask.sparql import LINKED

DEGREES: Final = {"more": ">", "fewer": "<", "less": "<", "greater": ">", "higher": ">", "lower": "<"}
"""Words that hold two numbers against each other."""
_EVERY: Final = ("every", "all", "each")
_WHOLE: Final = ("lpa", "district", "commitment", "priority")
"""Sorts of thing that are there whether or not a report speaks of them, so that "all" of them can fail."""
_STANDS_FOR: Final = {"thing": "item", "who": "partner", "where": "lpa"}


def sort_of(span: Span) -> str:
    """Return the sort of thing that a noun stands for."""
    return _STANDS_FOR.get(span.meaning.value, span.meaning.value)


def held_against(linked: Linked, target: str, kind: str, forces: tuple[Entity, ...]) -> Form | Problem | None:
    """Return the form of a question that holds numbers against each other, None for any other."""
    return (
        _bounded(linked, target, kind, forces)
        or _compared(linked, kind, forces)
        or _either_more(linked, forces)
        or _of_all(linked, kind, forces)
    )


def marked(linked: Linked, form: Form) -> Linked:
    """Return ``linked`` with the words that hold two numbers against each other marked as what they are."""
    if not form.against and not (form.rank_by and not linked.having("superlative")):
        return linked
    spans = [
        replace(s, meaning=Meaning("beyond")) if s.meaning.role == "words" and s.words.casefold() in DEGREES else s
        for s in linked.spans
    ]
    return replace(linked, spans=tuple(spans))


def _bounded(linked: Linked, target: str, kind: str, forces: tuple[Entity, ...]) -> Form | Problem | None:
    """Return the form of a question that says how many there must be, None for any other: "more than one partner"."""
    said = linked.having("bound")
    if not said:
        return None
    times = [s for s in said if linked.words[s.last - 1].norm in cues.TIMES]
    if times and linked.having("mention") and len(said) == 1:
        return _mentioned_so_often(linked, target, kind, times[0], forces)
    counted = next((s for s in linked.having("class") if s.first >= said[0].last), None)
    problem = Problem("unread", "it is not clear of what there should be so many", (said[0].words,))
    if counted is None or len(said) > 1 or sort_of(counted) not in LINKED:
        return problem
    sign, number = said[0].meaning.value[:2].strip(), int(said[0].meaning.value[2:])
    bound = Bound(sign, number)
    of = sort_of(counted)
    others = [sort_of(s) for s in linked.having("class") if s is not counted and sort_of(s) not in (of, "report")]
    asked = next((o for o in others if o in LINKED), "")
    named = [s.meaning.value for s in linked.having("entity") if s.first < said[0].first]
    if kind == BOOLEAN and not asked:
        # "Does the South have more than one operation?"
        found = conditions(linked, of, forces)
        return Form(BOOLEAN, of, found, bound=bound)
    if not asked or (target == of and named):
        return problem
    found = tuple(c for c in conditions(linked, asked, forces) if c.entities or c.words or c.kind != of)
    return Form(NUMBER if kind == NUMBER else ROWS, asked, found, rank_by=of, top=ALL, bound=bound)


def _mentioned_so_often(
    linked: Linked, target: str, kind: str, said: Span, forces: tuple[Entity, ...]
) -> Form | Problem:
    """Return the form for things that so many items tell of: "partners mentioned only once"."""
    if target not in LINKED or target == "item":
        return Problem("unread", "it is not clear of what there should be so many", (said.words,))
    bound = Bound(said.meaning.value[:2].strip(), int(said.meaning.value[2:]))
    found = tuple(c for c in conditions(linked, target, forces) if c.entities or c.words)
    return Form(NUMBER if kind == NUMBER else ROWS, target, found, rank_by="item", top=ALL, bound=bound)


def _compared(linked: Linked, kind: str, forces: tuple[Entity, ...]) -> Form | None:
    """Return the form that holds two numbers against each other: "are there more operations in A than in B"."""
    place = next((n for n, s in enumerate(linked.spans) if (s.meaning.role, s.words.casefold()) == _THAN), -1)
    if kind != BOOLEAN or place < 0:
        return None
    first, rest = linked.spans[:place], linked.spans[place + 1 :]
    degree = [w.norm for w in linked.words[: linked.spans[place].first] if w.norm in DEGREES]
    counted = [s for s in first if s.meaning.role == "class" and sort_of(s) in LINKED]
    beyond = [s for s in (*first, *rest) if s.meaning.role in ("beyond", "against", "not", "only", "superlative")]
    if len(degree) != 1 or not counted or beyond or any(s.meaning.role == "class" for s in rest):
        return None
    target = sort_of(counted[-1])
    left, right = (conditions(_plain(linked, part), target, forces) for part in (first, rest))
    kinds = {c.kind for c in right}
    if not right or not kinds <= {c.kind for c in left}:
        return None
    other = (*(c for c in left if c.kind not in kinds), *right)
    return Form(BOOLEAN, target, left, bound=Bound(DEGREES[degree[0]], 0), against=other)


_THAN: Final = ("beyond", "than")


def _plain(linked: Linked, spans: tuple[Span, ...]) -> Linked:
    """Return a part of a question without the words that only hold it against another."""
    degrees = ("change", "words")
    return replace(
        linked, spans=tuple(s for s in spans if s.meaning.role not in degrees or s.words.casefold() not in DEGREES)
    )


def _either_more(linked: Linked, forces: tuple[Entity, ...]) -> Form | None:
    """Return the form that ranks things that are named: "which has more evidence, North or South"."""
    degree = [w for w in linked.words if w.norm in DEGREES]
    counted = linked.having("class")
    named = [s for s in linked.having("entity") if s.meaning.value in ("lpa", "district", "commitment", "priority")]
    comparing = [s for s in linked.having("beyond") if s.words.casefold() in cues.COMPARING.split()]
    joined = any(w.norm == "or" for w in linked.words)
    if len(named) < 2 or len({s.meaning.value for s in named}) > 1 or not (comparing or (joined and len(degree) == 1)):
        return None
    kind = named[0].meaning.value
    of = [sort_of(s) for s in counted if sort_of(s) in LINKED and sort_of(s) != kind] or ["item"] * bool(comparing)
    if len(of) != 1 or set(linked.having("beyond")) - set(comparing) or linked.having("not"):
        return None
    things = tuple(dict.fromkeys(e for s in named for e in s.meaning.entities))
    rest = tuple(
        c for c in conditions(_plain(linked, linked.spans), of[0], forces) if c.kind != kind and (c.entities or c.words)
    )
    found = (Constraint(kind, things), *rest)
    if comparing:
        return Form(ROWS, kind, found, rank_by=of[0], top=ALL)
    return Form(ROWS, kind, found, rank_by=of[0], descending=DEGREES[degree[0].norm] == ">")


def _of_all(linked: Linked, kind: str, forces: tuple[Entity, ...]) -> Form | None:
    """Return the form whose rows say that something is not so of all: "do all districts have a partner"."""
    every = [w for w in linked.words[1:] if w.norm in _EVERY]
    nouns = [s for s in linked.having("class") if every and s.start > every[0].start and sort_of(s) in _WHOLE]
    if kind != BOOLEAN or len(every) != 1 or not nouns or linked.having("not"):
        return None
    target = sort_of(nouns[0])
    rest = replace(linked, spans=tuple(s for s in linked.spans if s is not nouns[0]))
    found = [replace(c, negated=True) for c in conditions(rest, "item", forces) if c.kind != "item"]
    if linked.having("class", "item") or linked.having("class", "thing") or not found:
        found.append(Constraint("item", negated=True))
    if any(c.only or c.mention for c in found):
        return None
    if not any(c.kind == "item" for c in found) and len(found) > 1:
        found.append(Constraint("item", negated=True))
    return Form(BOOLEAN, target, tuple(found), every=True)
