"""Questions near to one that could not be answered, of which each has rows."""

from __future__ import annotations

from graph import queries
from graph.ask import reading, sparql
from graph.ask.doubts import Problem
from graph.ask.model import AMBIGUOUS, ROWS, Answer, Constraint, Entity, Form, Linked, Other
from graph.stores.base import Store

MOST = 4
_ASKED = {
    "operation": (
        ("item", "What does the report say about {}?"),
        ("partner", "Who are the partners of {}?"),
        ("lpa", "Which area is {} in?"),
    ),
    "partner": (("item", "Where is {} mentioned?"), ("operation", "Which operations is {} involved in?")),
    "partner-type": (
        ("partner", "Which partners are of the type {}?"),
        ("operation", "Which operations involve {} partners?"),
    ),
    "lpa": (("operation", "Which operations are in {}?"), ("partner", "Who do we work with in {}?")),
    "district": (
        ("operation", "Which operations are in {}?"),
        ("partner", "Who do we work with in {}?"),
        ("item", "What evidence is there from {}?"),
    ),
    "place": (("operation", "Which operations are in {}?"), ("item", "What evidence is there from {}?")),
    "theme": (
        ("operation", "Which operations tackle {}?"),
        ("item", "What evidence is there on {}?"),
        ("partner", "Which partners are involved in {}?"),
    ),
    "commitment": (("item", "What evidence is there for {}?"), ("operation", "Which operations serve {}?")),
    "priority": (("item", "What evidence is there under {}?"), ("operation", "Which operations are under {}?")),
    "unit": (("item", "What does the report say about {}?"),),
    "programme": (("item", "What does the report say about {}?"),),
}
_ALWAYS = (
    ("Which operations have partners?", Form(ROWS, "operation", (Constraint("partner"),))),
    ("Which commitment has the most operations?", Form(ROWS, "commitment", (Constraint("operation"),))),
    ("Which figures do not add up?", Form(ROWS, "figure", catalogue="failed-figure-checks")),
)


def near(store: Store, linked: Linked) -> tuple[Other, ...]:
    """Return questions about what ``linked`` names that have rows; without any, questions that every report answers."""
    named = [e for s in linked.spans if s.meaning.role in ("entity", "type") for e in s.meaning.entities[:1]]
    found = []
    for entity in dict.fromkeys(named):
        for target, words in _ASKED.get(entity.kind, ()):
            form = Form(ROWS, target, (Constraint(entity.kind, (entity,)),))
            question = words.format(_called(entity))
            if question.casefold() != linked.question.casefold() and store.ask(sparql.ask(form)):
                found.append(Other(question))
    return tuple(found[:MOST]) or tuple(Other(q) for q, form in _ALWAYS if _has_rows(store, form))


def _has_rows(store: Store, form: Form) -> bool:
    if form.catalogue:
        return bool(store.select(queries.bind(store, queries.question(form.catalogue), {})).rows)
    return store.ask(sparql.ask(form))


def question(target: str, entity: Entity) -> str:
    """Return a question for things of ``target`` about ``entity``."""
    known = dict(_ASKED.get(entity.kind, ()))
    return known.get(target, known.get("item", "Where is {} mentioned?")).format(_called(entity))


def _called(entity: Entity) -> str:
    if entity.kind in ("commitment", "priority"):
        return f"{entity.kind} {str(entity.iri).rpartition('-')[2]}"
    if entity.kind == "partner-type":
        return entity.label[:1].lower() + entity.label[1:]
    return entity.label


def unread(store: Store, linked: Linked, problem: Problem) -> Answer:
    """Return the answer to a question that has no form: why, and which questions are near."""
    found = near(store, linked)
    said = reading.problem(problem.reason, problem.words)
    if problem.status == AMBIGUOUS:
        meant = tuple(Other(q) for q in problem.readings)
        return Answer(linked.question, AMBIGUOUS, said, linked, readings=meant or found)
    return Answer(linked.question, problem.status, said, linked, suggestions=found)
