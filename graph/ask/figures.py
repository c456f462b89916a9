"""Questions for a number that reports state: which figure is meant, and the answer that gives it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

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
    Entity,
    Form,
    Linked,
    Meaning,
    Other,
    Quantity,
    Span,
)
from graph.ask.saved import items_that
from graph.ask.suggesting import unread
from graph.ask.tables import number, rows_of
from graph.ask.understanding import noun_of, target_of
from graph.stores.base import Store

_PARTICIPLES: Final = (
    "taken made given held sent seen laid put dealt brought found caught run driven won lost stolen spent met heard "
    "shown told taught built left kept paid cut struck spoken hurt set"
)
"""Forms of verbs without "ed" that say what was done to what is named before them: "arrests made"."""
LIKELY: Final = 0.7
"""How well a question must say what a figure is of where it does not ask for a number in so many words."""


def figures(store: Store, known: Known, linked: Linked, *, named: bool = False) -> Answer | None:
    """Return the answer if the question asks for a number that a report states, else None.

    With ``named`` the name of a number is enough: "fatalities this quarter", where no sentence has the words.
    """
    linked = _lightly_said(linked)
    content, constraints = parts(known, linked)
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
    if found is None and (counting or _counted(linked, content)):
        found, constraints = _by_theme(store, known, linked, content, constraints)
    if found is None or not (
        counting
        or measuring
        or changing
        or {"before", "year-before"} & set(times)
        or (named and found.complete)
        or _dated(linked, content, found)
        or (_counted(linked, content) and len(found.quantities) == 1 and (found.complete or found.score >= LIKELY))
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


def _by_theme(
    store: Store, known: Known, linked: Linked, content: list[Span], constraints: tuple[Constraint, ...]
) -> tuple[quantities.Found | None, tuple[Constraint, ...]]:
    """Return the figures that are meant where words name a subject that the sentence is of and need not say.

    "Letters to speeding drivers": of the figures of items about speeding, that of letters.
    """
    hinting = {s: themes for s in content if (themes := _themes(known, s))}
    for span, themes in hinting.items():
        # What stands on both sides of the subject stands together without it: "adult trafficking victims".
        rest = [replace(s, last=span.last) if s.last == span.first else s for s in content if s is not span]
        if not any(s.meaning.role in ("words", "type") and not _light(s) for s in rest):
            continue
        confined = (*constraints, Constraint("theme", themes))
        items = frozenset(items_that(store, confined))
        found = quantities.find(known.figures, linked, rest, items) if items else None
        if found and (found.complete or found.score >= LIKELY):
            return found, confined
    return None, constraints


def _themes(known: Known, span: Span) -> tuple[Entity, ...]:
    """Return the themes that a word or name of a question is of."""
    if span.meaning.role == "entity" and span.meaning.value == "theme":
        return span.meaning.entities
    if span.meaning.role != "words":
        return ()
    found = [e for r in lexicon.roots(span.read_as or span.words) for e in known.lexicon.sure.get(r, ())]
    return tuple(dict.fromkeys(found))


def _lightly_said(linked: Linked) -> Linked:
    """Return ``linked`` with words that only say that something was counted as read, though no report has them."""
    light = [
        s for s in linked.unknown if lexicon.folded(s.words) <= lexicon.folded(f"{thesaurus.LIGHT} {thesaurus.NEWLY}")
    ]
    read = [replace(s, meaning=Meaning("words")) for s in light]
    spans = tuple(sorted([*linked.spans, *read], key=lambda s: s.first))
    return replace(linked, spans=spans, unknown=tuple(s for s in linked.unknown if s not in light))


def _light(span: Span) -> bool:
    return lexicon.folded(span.words) <= lexicon.folded(thesaurus.LIGHT)


def _counted(linked: Linked, content: list[Span]) -> bool:
    """Whether a question is a noun and what was done to what it names: "e-scooters seized", "victims being supported".

    Who puts it like that asks how many; who asks for sentences says so, or names a subject alone.
    """
    if linked.having("ask") or linked.having("class") or linked.having("mention") or not content:
        return False
    first, last = content[0], max(s.last for s in content)
    opens = all(s.meaning.role == "filler" for s in linked.spans if s.first < first.first)
    several = any(linked.words[n].raw.casefold() != linked.words[n].norm for n in range(first.first, last))
    done = [w.raw.casefold() for w in linked.words[first.last :]]
    return opens and several and any(w.endswith("ed") or w in _PARTICIPLES.split() for w in done)


def _dated(linked: Linked, content: list[Span], found: quantities.Found) -> bool:
    """Whether a question is a noun and the time that one figure alone is of: "999 calls in March"."""
    if linked.having("ask") or linked.having("class") or linked.having("mention") or len(found.quantities) > 1:
        return False
    when = frozenset(lexicon.roots(found.quantities[0].period or ""))
    said = frozenset(r for s in content for r in lexicon.roots(s.read_as or s.words))
    return bool(when) and when < said and found.score >= LIKELY


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


def parts(known: Known, linked: Linked) -> tuple[list[Span], tuple[Constraint, ...]]:
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
