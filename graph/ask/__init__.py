"""A question in English to rows: words are linked to the graph, become a form, the form SPARQL, and that is asked.

Nothing is guessed: every word has a meaning that the answer shows, or the question counts as unread. The stages are
pure functions over the values of ``graph.ask.model``; this module asks the store, ``saved`` that of the catalogue.
"""

from __future__ import annotations

import re
from dataclasses import replace

from graph.ask import acting, changes, reading, sparql, suggesting, verdicts
from graph.ask.accounting import unaccounted
from graph.ask.comparing import marked
from graph.ask.doubts import Problem
from graph.ask.figures import figures
from graph.ask.greatest import greatest
from graph.ask.known import Known, know
from graph.ask.lexicon import SAID, root, spelt
from graph.ask.linking import lightly, link
from graph.ask.model import (
    AMBIGUOUS,
    ANSWERED,
    BOOLEAN,
    EMPTY,
    NUMBER,
    ROWS,
    UNREAD,
    Answer,
    AnswerRow,
    Constraint,
    Entity,
    Form,
    Linked,
    Other,
)
from graph.ask.patterns import each_word
from graph.ask.saved import saved
from graph.ask.suggesting import unread
from graph.ask.tables import rows_of
from graph.ask.understanding import understand
from graph.mentions.words import words
from graph.stores.base import Store

__all__ = ["Answer", "Known", "answer", "know"]

LEFT_OUT = "an answer would leave these words out"
LONGEST = 300
"""Characters of a question; a longer one is no question."""


def answer(store: Store, question: str, known: Known | None = None) -> Answer:
    """Return the answer to ``question`` in English from ``store``.

    Raises: as ``Store.select``; never because of the question.
    """
    question = " ".join(question.split())
    known = known or know(store)
    linked = link(known.lexicon, question[:LONGEST])
    if not linked.words or len(question) > LONGEST:
        return unread(store, linked, Problem(UNREAD, f"a question is a line of up to {LONGEST} characters"))
    given = _answer(store, known, linked)
    if given.status == ANSWERED or (lighter := lightly(linked)) == linked:
        return given
    again = _answer(store, known, lighter)
    unsaid = tuple(s.words for s in lighter.having("filler", "unsaid"))
    return replace(again, reading=f"{again.reading} {reading.unsaid(unsaid)}") if again.status == ANSWERED else given


def _answer(store: Store, known: Known, linked: Linked) -> Answer:
    """Return the answer to a question whose words have been linked."""
    if found := verdicts.right(store, known, linked):
        return found
    if stated := changes.told(store, known, linked) or figures(store, known, linked):
        return stated
    if highest := greatest(store, known, linked):
        return highest
    if acted := acting.of_role(store, known, linked):
        return acted
    form = understand(linked, known.forces)
    if isinstance(form, Problem):
        return unread(store, linked, form)
    counted = form.kind == NUMBER or form.rank_by
    if (linked.having("ask", "figure") and not form.catalogue) or (linked.having("ask", "count") and not counted):
        texts = tuple(s.words for s in linked.having("words")) or (linked.question,)
        return unread(store, linked, Problem(UNREAD, "no figure of the reports is said in these words", texts))
    if form.target == "figure" and not form.catalogue:
        return unread(store, linked, Problem(UNREAD, "it is not said which figure is asked for"))
    if left := unaccounted(linked, form):
        return unread(store, linked, Problem(UNREAD, LEFT_OUT, tuple(s.words for s in left)))
    return _answered(store, known, linked, form)


def _answered(store: Store, known: Known, linked: Linked, form: Form) -> Answer:
    if form.catalogue:
        return saved(store, known, linked, form)
    said = reading.sentence(form)
    linked = marked(linked, form)
    if form.rank_by:
        return _ranked(store, linked, form, said)
    if form.against or form.bound:
        said = f"{said} {_told_apart(store, form)}"
    text = sparql.rows(form)
    rows, columns = rows_of(store.select(text))
    if form.kind == ROWS and rows and (besides := _named_besides(store, form, rows)):
        said = f"{said} Named as well, but not shown taking part: {besides}."
    made = Answer(linked.question, ANSWERED if rows else EMPTY, said, linked, ROWS, None, "", text, columns, rows)
    if form.kind == NUMBER:
        counting = sparql.count(form)
        number = int(str(store.select(counting).rows[0][0]))
        made = replace(made, status=ANSWERED, kind=NUMBER, value=number, sparql=counting, listing=text)
    elif form.kind == BOOLEAN:
        asking = sparql.ask(form)
        truth = store.ask(asking) is not form.every
        made = replace(made, status=ANSWERED, kind=BOOLEAN, value=truth, sparql=asking, listing=text)
        if form.every or form.bound:
            return made
        if not made.value and _only_named(store, form):
            said = f"{made.reading} It is named, but not shown taking part."
            return replace(made, status=AMBIGUOUS, value=None, reading=said, suggestions=suggesting.near(store, linked))
    return made if rows else _empty(store, known, linked, form, made)


def _named_besides(store: Store, form: Form, rows: tuple[AnswerRow, ...]) -> str:
    """Return the bodies of a type that are asked for, where reports name some that they do not show taking part."""
    if (
        form.target != "partner"
        or form.named
        or form.group
        or not any(c.kind == "partner-type" for c in form.constraints)
    ):
        return ""
    if any(c.negated or c.only for c in form.constraints):
        return ""
    told = {cell.label for row in rows if (cell := row.cells["partner"])}
    others, _ = rows_of(store.select(sparql.rows(replace(form, named=True))))
    more = dict.fromkeys(cell.label for row in others if (cell := row.cells["partner"]) and cell.label not in told)
    return ", ".join(more)


def _told_apart(store: Store, form: Form) -> str:
    """Return the numbers that a question holds against each other, as a sentence."""
    forms = [form, *([replace(form, constraints=form.against)] if form.against else [])]
    numbers = [str(store.select(sparql.count(replace(f, bound=None))).rows[0][0]) for f in forms]
    return f"There are {' against '.join(numbers)}."


def _only_named(store: Store, form: Form) -> bool:
    """Whether a body that does not take part in anything asked about is named there all the same."""
    bodies = [c for c in form.constraints if c.kind in ("partner", "partner-type") and c.entities and not c.negated]
    if form.target != "item" or not bodies:
        return False
    return store.ask(sparql.ask(replace(form, target="partner", named=True)))


def _empty(store: Store, known: Known, linked: Linked, form: Form, made: Answer) -> Answer:
    """Return an answer without rows, unless that says more than is known."""
    near = suggesting.near(store, linked)
    if form.target == "partner" and form.kind != BOOLEAN and any(c.kind == "partner-type" for c in form.constraints):
        text = sparql.rows(replace(form, named=True))
        rows, columns = rows_of(store.select(text))
        if rows:
            said = f"{made.reading} None is shown taking part; these are named."
            return replace(
                made,
                status=ANSWERED if linked.having("mention") else AMBIGUOUS,
                kind=ROWS,
                value=None,
                reading=said,
                sparql=text,
                rows=rows,
                columns=columns,
                suggestions=near,
            )
    bodies = [c for c in form.constraints if c.kind in ("partner", "partner-type") and c.entities and not c.negated]
    if form.target == "item" and form.kind == ROWS and any(not c.mention and not c.only for c in bodies):
        # Nothing says that the body takes part; what names it is told as what it is.
        loosely = tuple(replace(c, mention=True) if c in bodies else c for c in form.constraints)
        named = _answered(store, known, linked, replace(form, constraints=loosely))
        if named.rows:
            return replace(named, reading=f"{named.reading} None tells of taking part; these name it.")
    if form.target == "item" and (stated := figures(store, known, linked, named=True)):
        return stated
    # Words that say little are left out before others are taken for the theme they go with.
    others_ = (_themed(known, linked, form), _of_bodies(known, form)) if lightly(linked) == linked else ()
    for other in (*others_, _at_places(form)):
        if other and (named := _answered(store, known, linked, other)).rows:
            return named
    if others := _meant_otherwise(store, known, linked, form):
        said = f"{made.reading} Nothing says so, but the words may mean something else."
        return replace(made, status=AMBIGUOUS, reading=said, readings=others)
    spoken = [root(spelt(w.norm)) for s in linked.having("words") for w in words(s.read_as or s.words)]
    # A subject alone, as "burglary", may be missing; of "large operations" nothing is known.
    vague = (
        len(spoken) > 1
        or (form.target == "item" and not linked.having("class"))
        or not any(w in known.lexicon.hints for w in spoken)
    )
    if spoken and vague and all(w in known.lexicon.corpus for w in spoken):
        # Each word is said somewhere: that they are not said together proves nothing about the thing asked for.
        texts = tuple(s.words for s in linked.having("words"))
        said = reading.problem("no sentence that tells of what is asked for has these words", texts)
        return Answer(linked.question, UNREAD, said, linked, suggestions=near)
    return replace(made, suggestions=near)


def _themed(known: Known, linked: Linked, form: Form) -> Form | None:
    """Return ``form`` with the theme that words go with in their place; None if no words go with one."""
    kept: list[Constraint] = []
    hinting = {each_word(s): s.meaning.entities for s in linked.having("entity", "theme") if s.meaning.rank >= SAID}
    alone = sum(bool(c.words) or c.kind == "theme" for c in form.constraints) == 1
    for c in form.constraints:
        if (things := hinting.get(c.words)) and alone:
            kept.append(Constraint("theme", things))
            continue
        hints = {w: _hinted(known, w) for w in c.words} if not c.negated else {}
        rest = tuple(w for w in c.words if not hints.get(w))
        if rest or not c.words:
            kept.append(replace(c, words=rest))
        kept += [Constraint("theme", found) for found in hints.values() if found]
    changed = any(hints for hints in kept if hints.kind == "theme" and hints not in form.constraints)
    return replace(form, constraints=tuple(kept)) if changed else None


def _at_places(form: Form) -> Form | None:
    """Return ``form`` with the word for a place that is named only as part of others: "Wickford High Street"."""
    kept = [
        Constraint("words", words=("|".join(rf"\b{re.escape(e.label)}\b" for e in c.entities),))
        if c.kind == "place" and c.entities and not c.negated
        else c
        for c in form.constraints
    ]
    return replace(form, constraints=tuple(kept)) if tuple(kept) != form.constraints else None


def _of_bodies(known: Known, form: Form) -> Form | None:
    """Return ``form`` with the police of a place for the place, beside other bodies: "the Met and Kent"."""
    if form.target not in ("item", "operation"):
        return None
    kept = []
    for c in form.constraints:
        names = {f"{e.label.casefold()} {head}" for e in c.entities for head in ("police", "constabulary")}
        meant = [e for e in known.lexicon.kinds.values() if e.kind == "partner" and e.label.casefold() in names]
        kept.append(Constraint("partner", tuple(meant)) if c.kind in ("place", "district") and meant else c)
    changed = tuple(kept) != form.constraints
    return replace(form, constraints=tuple(kept)) if changed else None


def _hinted(known: Known, pattern_: str) -> tuple[Entity, ...]:
    """Return the themes that a word looked for goes with."""
    found = [e for w in pattern_.split("|") for e in known.lexicon.sure.get(w.removeprefix(r"\b"), ())]
    return tuple(dict.fromkeys(found))


def _meant_otherwise(store: Store, known: Known, linked: Linked, form: Form) -> tuple[Other, ...]:
    """Return questions with rows about what words may mean that were looked for as they are, or taken for a place."""
    meant: list[Entity] = []
    for span in linked.spans:
        if span.meaning.role == "words":
            meant += [e for w in words(span.read_as or span.words) for e in known.lexicon.hints.get(root(w.norm), ())]
        elif span.meaning.value in ("place", "district"):
            named = span.words.casefold()
            meant += [
                e
                for e in known.lexicon.kinds.values()
                if e.kind == "partner"
                and "council" not in e.label.casefold()
                and e.label.casefold().startswith(f"{named} ")
            ]
    found = []
    for entity in dict.fromkeys(meant):
        asked = Form(ROWS, form.target, (Constraint(entity.kind, (entity,)),))
        if store.ask(sparql.ask(asked)):
            found.append(Other(suggesting.question(form.target, entity), reading.sentence(asked)))
    return tuple(found)


def _ranked(store: Store, linked: Linked, form: Form, said: str) -> Answer:
    found = store.select(sparql.ranked(form)).rows
    if form.kind == NUMBER:
        text = sparql.ranked(form)
        rows, columns = rows_of(store.select(text))
        return Answer(linked.question, ANSWERED, said, linked, NUMBER, len(found), "", text, columns, rows)
    numbers = [int(str(row[2])) for row in found]
    first = form.top or sum(number == numbers[0] for number in numbers) if numbers else 1
    text = sparql.ranked(form, max(first, 0))
    rows, columns = rows_of(store.select(text))
    return Answer(linked.question, ANSWERED if rows else EMPTY, said, linked, ROWS, None, "", text, columns, rows)
