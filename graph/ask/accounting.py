"""Every word of meaning is held by the form of a question, or named: an answer that left one out would answer another.

This is the last stage before the store is asked, whatever rule made the form, so that no rule can drop a word unseen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph.ask import cues
from graph.ask.comparing import DEGREES
from graph.ask.lexicon import turns
from graph.ask.model import NUMBER, Form, Linked, Span
from graph.ask.ordering import ALL
from graph.ask.patterns import each_word, either, holds, pattern

_LIKE: Final = {
    "partner": {"partner", "partner-type"},
    "partner-type": {"partner", "partner-type"},
    "lpa": {"lpa", "district", "place"},
    "district": {"lpa", "district", "place"},
    "place": {"lpa", "district", "place"},
    "commitment": {"commitment", "priority"},
    "priority": {"commitment", "priority"},
    "unit": {"unit", "partner", "partner-type"},
    "programme": {"programme", "partner", "theme", "words"},
    "theme": {"theme", "words"},
}
"""Kinds of condition that a noun for a sort of thing may go with: "the district of Harlow", "our partner the Met"."""
_SAYS_LITTLE: Final = ("item", "thing", "report", "who", "where")
"""Nouns that stand for whatever is told: "evidence of", "anything on"; the rows of every answer have it beside them."""
_WHEREVER: Final = ("lpa", "district", "place")
"""Sorts of thing that "any" takes the meaning from: "any area"."""
_PEOPLE_AND_WORK: Final = ("operation", "partner", "unit", "programme")
_BESIDE_THE_NUMBERS: Final = ("bound", "beyond", "change", "against", "period", "only")
"""Roles of words that ask for numbers at other times, or of one thing alone, unless a form holds them."""
_OVER_TIME: Final = ("figure-changes", "operation-changes", "partner-changes")
"""Questions of the catalogue that are about change."""


def unaccounted(linked: Linked, form: Form) -> tuple[Span, ...]:
    """Return the words of ``linked`` that mean something and that ``form`` does not hold."""
    form = replace(form, constraints=(*form.constraints, *form.against))
    alone = tuple(span for place, span in enumerate(linked.spans) if not _held(linked, span, place, form))
    return alone or tuple(span for group in either(linked) if not _together(group, form) for span in group)


def ungrouped(linked: Linked) -> Span | None:
    """Return what a number was to be told by, if the question says so: "999 calls per area"."""
    for place, span in enumerate(linked.spans):
        if span.meaning.role == "group" and (noun := _noun_after(linked.spans, place)):
            return noun
    return None


def _together(group: tuple[Span, ...], form: Form) -> bool:
    """Whether one condition holds all that "or" joins: parted, all of it would have to be true."""
    text = "|".join(pattern(span) for span in group)
    named = all(span.meaning.role in ("entity", "type") for span in group)
    things = {e for span in group for e in span.meaning.entities}
    return any(any(holds(w, text) for w in c.words) or (named and things <= set(c.entities)) for c in form.constraints)


def _held(linked: Linked, span: Span, place: int, form: Form) -> bool:
    role = span.meaning.role
    if role in ("entity", "type"):
        return _named(linked, span, place, form)
    if role == "words" and span.words.casefold() in DEGREES and (form.against or form.rank_by):
        return True
    if role == "words":
        return _spoken(linked, span, form)
    if role == "class":
        anywhere = span.meaning.value in _WHEREVER and linked.words[max(0, span.first - 1)].norm in ("any", "whichever")
        return anywhere or _sort(span, form)
    if role == "group":
        plain = span.words.casefold() == "by" and not _noun_after(linked.spans, place)
        return plain or bool(form.group or form.rank_by or form.catalogue)
    if form.bound or form.every or (form.rank_by and not linked.having("superlative")):
        if role in _BESIDE_THE_NUMBERS:
            return _compared(span, form)
    elif role in ("bound", "beyond", "change") and not form.catalogue:
        return bool(form.rank_by or form.quantity)
    if role in ("superlative", "rate"):
        return bool(form.rank_by if role == "superlative" else form.quantity)
    if role == "ask":
        return span.meaning.value != "count" or form.kind == NUMBER or bool(form.rank_by or form.catalogue)
    if form.catalogue and role in ("not", "only", "beyond", "change", "against", "period"):
        return form.catalogue in _OVER_TIME or (role == "period" and span.meaning.value == "now")
    return True


def _compared(span: Span, form: Form) -> bool:
    """Whether a form that holds numbers against each other holds a word of comparing, or of time, as well.

    "Than" and "more" are what it compares by; "all three" are all; of another quarter it says nothing.
    """
    role, word = span.meaning.role, span.words.casefold()
    if role == "bound":
        return bool(form.bound)
    if role == "beyond":
        listed = form.top == ALL and word in cues.COMPARING.split()
        return listed or (word == "than" and bool(form.against)) or (bool(span.meaning.value) and form.every)
    if role == "change":
        return word in DEGREES and bool(form.against or form.rank_by)
    return role == "period" and (span.meaning.value == "now" or bool(span.meaning.entities))


def _named(linked: Linked, span: Span, place: int, form: Form) -> bool:
    things = set(span.meaning.entities)
    after = linked.spans[place + 1 : place + 2]
    # "The road safety promise 7.1": what that promise is about.
    title = bool(after) and after[0].meaning.value in ("commitment", "priority")
    return (
        title
        or any(things & set(c.entities) for c in form.constraints)
        or any(holds(w, pattern(span)) for c in form.constraints for w in c.words)
        or any(set(each_word(span)) <= set(c.words) for c in form.constraints if c.words)
        or any(str(e.iri) == value for e in things for _, value in form.values)
    )


def _spoken(linked: Linked, span: Span, form: Form) -> bool:
    if form.catalogue:
        norms = {w.norm for w in linked.words[span.first : span.last]}
        return any(norms <= turn for turn in turns(form.catalogue)) or _looked_for(span, form)
    titled = set(span.meaning.entities)
    return (
        _looked_for(span, form)
        or any(titled & set(c.entities) for c in form.constraints)
        or (bool(form.top) and span.words == str(form.top))
    )


def _looked_for(span: Span, form: Form) -> bool:
    return any(holds(text, pattern(span)) for c in form.constraints for text in c.words)


def _sort(span: Span, form: Form) -> bool:
    value = span.meaning.value
    if form.catalogue in cues.SAVED_OF and value in _PEOPLE_AND_WORK:
        return value == cues.SAVED_OF[form.catalogue]
    kinds = {"words" if c.words else c.kind for c in form.constraints}
    if value in _SAYS_LITTLE or form.catalogue or value in (form.target, form.group, form.rank_by):
        return True
    return bool(kinds & _LIKE.get(value, {value}))


def _noun_after(spans: tuple[Span, ...], place: int) -> Span | None:
    after = next((s for s in spans[place + 1 :] if s.meaning.role not in ("filler", "ask")), None)
    return after if after is not None and after.meaning.role == "class" else None
