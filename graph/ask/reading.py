"""A form in words: one English sentence that says how a question was understood."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.ask import cues
from graph.ask.model import BOOLEAN, KINDS, NUMBER, Constraint, Form, Linked, Span
from graph.namespaces import key_of
from graph.queries import Query

_LINKS = {
    "operation": "to do with {}",
    "partner": "with {} taking part",
    "partner-type": "with a body of the type {} taking part",
    "lpa": "in {}",
    "district": "in the district {}",
    "place": "that name the place {}",
    "theme": "about {} (or a narrower theme)",
    "commitment": "under commitment {}",
    "priority": "under priority {}",
    "unit": "that name the unit {}",
    "programme": "that name {}",
    "quarter": "in {}",
    "item": "in {}",
    "figure": "with a figure",
}
_ROLES = {"comparison_value": "as it was before", "change_abs": "the change", "change_pct": "the change in per cent"}


_SIGNS = {">": "more than", ">=": "at least", "<": "fewer than", "<=": "at most", "=": "exactly"}


def sentence(form: Form) -> str:
    """Return what is asked, as it was understood."""
    ordered = _together(tuple(sorted(form.constraints, key=lambda c: c.negated)))
    said = " ".join(filter(None, (_condition(c, form) for c in ordered)))
    if form.quantity:
        role = _ROLES.get(key_of(str(form.quantity.role)), "")
        parts = [
            "The figure that reports state for",
            f"\u201c{form.quantity.label or form.quantity.what}\u201d",
            f"({form.quantity.what})" if form.quantity.what and form.quantity.what != form.quantity.label else "",
            f"\u2013 {role} \u2013" if role else "",
            f"({form.quantity.period})" if form.quantity.period else "",
            said,
        ]
        return " ".join(filter(None, parts)) + "."
    one, several = KINDS[form.target]
    if form.every:
        wanted = " ".join(
            _condition(replace(c, negated=False), form).removeprefix("with ")
            for c in form.constraints
            if c.kind != "item"
        )
        beside = "evidence " if any(c.kind == "item" for c in form.constraints) else ""
        return f"Whether all {several} have {beside}{wanted}".rstrip() + "."
    if form.against and form.bound:
        other = " ".join(filter(None, (_condition(c, form) for c in form.against)))
        which = "more" if form.bound.sign == ">" else "fewer"
        return f"Whether there are {which} {several} {said} than {several} {other}."
    if form.bound and not form.rank_by:
        return f"Whether there are {_SIGNS[form.bound.sign]} {form.bound.number} {several} {said}".rstrip() + "."
    if form.rank_by and form.bound:
        counted = KINDS[form.rank_by][form.bound.number != 1]
        start = f"How many {several} there are" if form.kind == NUMBER else f"All {several}"
        told = f"{start} with {_SIGNS[form.bound.sign]} {form.bound.number} {counted} {said}"
        return f"{told.rstrip()}."
    if form.rank_by:
        if form.top < 0:
            named = [c for c in ordered if c.kind == form.target and c.entities and not c.negated]
            said = " ".join(filter(None, (_condition(c, form) for c in ordered if c not in named)))
            each = " or ".join(_name(e.label, c.kind, str(e.iri)) for c in named for e in c.entities)
            start = f"How many {KINDS[form.rank_by][1]} there are"
            return " ".join(filter(None, (start, said, f"for each of {each}" if each else f"for each {one}"))) + "."
        which = "most" if form.descending else "fewest"
        return (
            " ".join(
                filter(
                    None,
                    (
                        f"The {f'{form.top} ' if form.top else ''}{several} with the {which} {KINDS[form.rank_by][1]}",
                        said,
                    ),
                )
            )
            + "."
        )
    start = {NUMBER: f"How many {several} there are", BOOLEAN: f"Whether there is any {one}"}.get(
        form.kind, f"All {several}"
    )
    group = f"by {KINDS[form.group][0]}" if form.group else ""
    return " ".join(filter(None, (start, said, group))) + "."


def _together(constraints: tuple[Constraint, ...]) -> tuple[Constraint, ...]:
    """Return what is to be said where evidence is what there is not: the other things say which evidence."""
    none = [c for c in constraints if c.negated and c.kind == "item" and not c.entities]
    if not none:
        return constraints
    which = (replace(c, negated=False) for c in constraints if c.negated and c not in none)
    return (*(c for c in constraints if not c.negated), *none, *which)


def _condition(c: Constraint, form: Form) -> str:
    if c.words == (cues.PLANS,):
        return "in sentences that speak of what is planned or due"
    if c.words:
        words = " and ".join(_either(w) for w in c.words)
        return f"{'not ' if c.negated else ''}with the words {words} in the sentence"
    names = " or ".join(dict.fromkeys(_name(e.label, c.kind, str(e.iri)) for e in c.entities))
    if c.beside:
        return f"beside {names}"
    if c.kind == form.target and c.entities:
        return f"{'other than' if c.negated else 'called'} {names}"
    if not c.entities:
        many = KINDS[c.kind][1]
        return f"{'without any' if c.negated else 'with some'} {many}"
    if c.mention:
        return f"that mention {names}"
    text = _LINKS[c.kind].format(names)
    if c.called:
        text += f", called \u201c{c.called}\u201d"
    if c.only:
        text += " and nobody else"
    return f"not {text}" if c.negated else text


def _name(label: str, kind: str, iri: str) -> str:
    if kind in ("commitment", "priority"):
        return key_of(iri).rpartition("-")[2]
    if kind == "lpa" and "/force/" in iri:
        return "the force as a whole"
    return label


def _either(pattern: str) -> str:
    return " or ".join(f"\u201c{_plain(one)}\u2026\u201d" for one in re.split(r"\|(?![^(]*\))", pattern))


def _plain(pattern: str) -> str:
    text = pattern.removeprefix("\\b").replace("(?:", "").replace(")", "")
    return text.replace("\\w*\\W+", " ").removesuffix("\\b").replace("\\", "")


def quantity_question(form: Form) -> str:
    """Return a question that asks for the figure of ``form`` and nothing else."""
    quantity = form.quantity
    if quantity is None:
        return ""
    return f"How many {quantity.what or quantity.label}?"


def saved(query: Query, constraints: tuple[Constraint, ...] = ()) -> str:
    """Return how a question of the catalogue is introduced, asked only of the things in ``constraints``."""
    names = [_name(e.label, c.kind, str(e.iri)) for c in constraints for e in c.entities]
    names += [" and ".join(_either(w) for w in c.words) for c in constraints if c.words]
    of = f" Only for {', '.join(names)}." if names else ""
    return f"The question of the catalogue: {query.summary}{of}"


def problem(reason: str, words: tuple[str, ...]) -> str:
    """Return why there is no answer."""
    quoted = ", ".join(f"\u201c{w}\u201d" for w in words)
    sentence_ = f"{reason[:1].upper()}{reason[1:]}"
    return f"{sentence_}: {quoted}." if quoted else f"{sentence_}."


def unsaid(words: tuple[str, ...]) -> str:
    """Return which words of a question nothing was looked for by, as a sentence."""
    quoted = ", ".join(f"\u201c{w}\u201d" for w in words)
    return f"Not looked for: {quoted}."


def meaning(span: Span) -> str:
    """Return what a span was read as, in a few words; "" for words that say nothing."""
    what = span.meaning
    if what.role in ("entity", "type"):
        names = " or ".join(dict.fromkeys(e.label for e in what.entities))
        kind = KINDS[what.entities[0].kind][0] if what.entities else ""
        return f"{kind}: {names}" if kind else names
    if what.role == "class":
        return {"who": "partners", "where": "areas", "thing": "evidence items"}.get(what.value) or KINDS[what.value][1]
    if what.role == "words":
        return "these words in a sentence"
    return _CUES.get(what.role, "")


_CUES = {
    "not": "must not be there",
    "only": "nothing else",
    "group": "row by row",
    "mention": "any naming counts",
    "force-wide": "the force as a whole",
    "superlative": "by how many there are",
    "period": "when",
    "change": "a change",
    "saved": "a question of the catalogue",
    "unanswerable": "not in the reports",
    "unknown": "not read",
    "beyond": "a comparison",
    "bound": "how many there must be",
    "rate": "so many in each",
}


def marked(linked: Linked) -> list[tuple[str, str]]:
    """Return the question in pieces, each with its meaning, "" for what has none to show."""
    pieces: list[tuple[str, str]] = []
    place = 0
    for span in sorted([*linked.spans, *linked.unknown], key=lambda s: s.start):
        if said := meaning(span):
            if span.start > place:
                pieces.append((linked.question[place : span.start], ""))
            read_as = f" (read as \u201c{span.read_as}\u201d)" if span.read_as else ""
            pieces.append((linked.question[span.start : span.end], said + read_as))
            place = span.end
    if place < len(linked.question):
        pieces.append((linked.question[place:], ""))
    return pieces
