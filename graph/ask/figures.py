"""Questions for a number that reports state: which figure is meant, and the answer that gives it."""

from __future__ import annotations

from dataclasses import replace

from graph.ask import cues, lexicon, quantities, reading, sparql, thesaurus
from graph.ask.accounting import ungrouped
from graph.ask.conditions import conditions
from graph.ask.doubts import CORE, Problem, denies
from graph.ask.known import Known
from graph.ask.model import (
    AMBIGUOUS,
    ANSWERED,
    EMPTY,
    NUMBER,
    ROWS,
    UNREAD,
    Answer,
    Constraint,
    Form,
    Linked,
    Other,
    Quantity,
    Span,
)
from graph.ask.saved import items_that
from graph.ask.suggesting import unread
from graph.ask.tables import number, rows_of
from graph.ask.understanding import noun_of, target_of
from graph.stores.base import Store


def figures(store: Store, known: Known, linked: Linked, *, named: bool = False) -> Answer | None:
    """Return the answer if the question asks for a number that a report states, else None.

    With ``named`` the name of a number is enough: "fatalities this quarter", where no sentence has the words.
    """
    content, constraints = _parts(known, linked)
    counting = linked.having("ask", "count")
    measuring = linked.having("ask", "figure") or linked.having("class", "figure")
    changing = linked.having("change") or linked.having("against")
    target = noun_of(linked)
    if (
        linked.unknown
        or linked.having("unanswerable")
        or linked.having("saved")
        or len([s for s in counting if s.words.casefold() not in ("in total", "total", "count")]) > 1
        or linked.having("ask", "times")
        or (linked.having("mention") and not linked.having("ask", "count"))
        or not content
    ):
        return None
    times = [s.meaning.value for s in linked.having("period")]
    if len({t for t in times if t.startswith("q")}) > 1 or any(not s.meaning.value for s in linked.having("beyond")):
        return None
    if (counting and target in CORE) or _denied(linked) or linked.having("superlative"):
        return None
    which = linked.words[0].norm in ("which", "who")
    of_body = target_of(linked) == "partner" or any(s.first == 1 and s.meaning.value == "partner" for s in linked.spans)
    if which and of_body and not (counting or measuring or changing or named):
        # "Which council is behind the Epping officers": a body, and no number that is told of it.
        return None
    asks = linked.words[0].raw.casefold() in cues.YES_NO.split()
    if asks and not (counting or measuring or changing or named):
        return None
    items = None
    if constraints:
        items = frozenset(items_that(store, constraints))
    found = quantities.find(known.figures, linked, content, items)
    if found is None or not (
        counting
        or measuring
        or changing
        or {"before", "year-before"} & set(times)
        or (named and found.complete)
        or _says_figure(linked, found, content, constraints, target)
    ):
        return None
    if all(s.meaning.role == "type" for s in content) and not found.complete:
        # "How many councils ...": the bodies are counted, whatever figure has the word beside it.
        return None
    if (counting or measuring or changing) and target in CORE:
        return None
    made = _of_quantities(store, linked, found.quantities, constraints)
    names = {(q.label, q.sign) for q in found.quantities}
    return replace(made, quantity=found.quantities[0]) if len(names) == 1 else made


def _denied(linked: Linked) -> bool:
    return any(s.meaning.role == "not" and denies(linked.spans, place) for place, s in enumerate(linked.spans))


def _says_figure(
    linked: Linked, found: quantities.Found, content: list[Span], constraints: tuple[Constraint, ...], target: str
) -> bool:
    """Whether words that do not ask for a number are the name of one all the same: "Special Constabulary headcount"."""
    if target in CORE:
        return False
    about_operation = any(c.kind == "operation" for c in constraints)
    # "999 calls": a number in a name is of what is counted.
    heavy = [s for s in content if not lexicon.folded(s.words) <= lexicon.folded(thesaurus.LIGHT)]
    telling = len(heavy) > 1 or any(s.meaning.role != "words" or s.words[:1].isdigit() for s in heavy)
    several = len(content) > 1 or any(c.isdigit() for c in content[0].words)
    when = sum(s.last - s.first for s in linked.having("period"))
    # "Road deaths this quarter": a name of several words, and nothing else.
    alone = content[0].last - content[0].first > 1 and len(linked.words) == content[0].last - content[0].first + when
    if found.complete and alone and when:
        return True
    return (found.complete and (several or about_operation)) or (several and telling and found.score > 0.75)


def _parts(known: Known, linked: Linked) -> tuple[list[Span], tuple[Constraint, ...]]:
    """Return the words that say what is counted, and the conditions on where."""
    places = ("operation", "lpa", "commitment", "priority", "quarter", "district")
    content = [
        s
        for s in linked.spans
        if s.meaning.role in ("words", "type")
        or (s.meaning.role == "entity" and s.meaning.value not in places)
        or (s.meaning.role == "class" and s.meaning.value in ("unit", "programme", "place", "partner"))
    ]
    chosen = tuple(
        c for c in conditions(linked, "figure", known.forces) if c.kind in places and c.entities and not c.negated
    )
    return content, chosen


def _of_quantities(
    store: Store, linked: Linked, found: tuple[Quantity, ...], constraints: tuple[Constraint, ...]
) -> Answer:
    forms = [Form(NUMBER, "figure", constraints, quantity=q) for q in found]
    tables = [(form, sparql.rows(form)) for form in forms]
    answers = []
    for form, text in tables:
        rows, columns = rows_of(store.select(text))
        if rows:
            answers.append((form, text, rows, columns))
    if not answers:
        return Answer(linked.question, EMPTY, reading.sentence(forms[0]), linked, NUMBER, sparql=tables[0][1])
    form, text, rows, columns = answers[0]
    values = {str(row.cells["value"].term) for *_, rs, _ in answers for row in rs if row.cells["value"]}
    said = reading.sentence(form)
    if len(values) == 1 and (group := ungrouped(linked)) and len(rows) == 1:
        return unread(store, linked, Problem(UNREAD, "the reports do not tell this number by", (group.words,)))
    if len(values) == 1:
        value = number(next(iter(values)))
        unit = form.quantity.unit if form.quantity else ""
        return Answer(linked.question, ANSWERED, said, linked, NUMBER, value, unit, text, columns, rows)
    if len(answers) == 1:
        return Answer(linked.question, ANSWERED, said, linked, ROWS, None, "", text, columns, rows)
    others = tuple(Other(reading.quantity_question(f), reading.sentence(f)) for f, *_ in answers)
    everything = tuple(row for *_, rs, _ in answers for row in rs)
    said = "Several figures may be meant: say which."
    return Answer(linked.question, AMBIGUOUS, said, linked, ROWS, None, "", text, columns, everything, others)
