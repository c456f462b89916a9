"""Questions of the catalogue asked in other words, of all things or only of those that a question names."""

from __future__ import annotations

from dataclasses import replace

from rdflib import URIRef

from graph import queries
from graph.ask import cues, lexicon, reading, sparql, suggesting
from graph.ask.doubts import Problem
from graph.ask.known import Known
from graph.ask.model import AMBIGUOUS, ANSWERED, EMPTY, ROWS, UNREAD, Answer, Constraint, Form, Linked, Other
from graph.ask.suggesting import unread
from graph.ask.tables import rows_of
from graph.namespaces import key_of, mint
from graph.stores.base import Store


def saved(store: Store, known: Known, linked: Linked, form: Form) -> Answer:
    """Return the answer of the question of the catalogue that ``form`` names, asked of what meets its conditions."""
    query = queries.question(form.catalogue)
    text = queries.bind(store, query, dict(form.values))
    for c in form.constraints:
        asked = _within(store, known, text, c)
        if asked is None and form.catalogue == "planned-steps":
            return _plans(store, linked, form)
        if asked is None:
            names = tuple(e.label for e in c.entities) or tuple(s.words for s in linked.having("words"))
            return unread(
                store, linked, Problem(UNREAD, f"the question \u201c{query.summary}\u201d cannot be asked of", names)
            )
        text = asked
    turn = {w.norm for s in linked.having("saved") for w in linked.words[s.first : s.last]}
    if form.catalogue == "failed-figure-checks" and turn & lexicon.folded(cues.ARITHMETIC):
        # A doubtful label is no sum that does not add up.
        text = _filtered(text, f"?verdict != {queries.serialise(mint('verdict', 'label-doubtful'))}")
    rows, columns = rows_of(store.select(text))
    made = Answer(
        linked.question,
        ANSWERED,
        reading.saved(query, form.constraints),
        linked,
        ROWS,
        None,
        "",
        text,
        columns,
        rows,
        catalogue=query.name,
    )
    if rows:
        return made
    if form.catalogue == "planned-steps":
        return _plans(store, linked, form)
    if form.catalogue == "cross-area-operations" and store.ask(
        sparql.ask(Form(ROWS, "operation", (Constraint("lpa", known.forces),)))
    ):
        said = f"{made.reading} None is told under two areas, but some of the force as a whole."
        return replace(made, status=AMBIGUOUS, reading=said, readings=(Other("Which operations are force-wide?"),))
    return replace(made, status=EMPTY, suggestions=suggesting.near(store, linked))


def _plans(store: Store, linked: Linked, form: Form) -> Answer:
    """Return the sentences that speak of what is planned or due, for reports that list no next steps."""
    asked = Form(
        ROWS, "item", (*(c for c in form.constraints if not c.negated), Constraint("words", words=(cues.PLANS,)))
    )
    text = sparql.rows(asked)
    rows, columns = rows_of(store.select(text))
    said = "No next steps are listed; these sentences speak of what is planned or due."
    status = ANSWERED if rows else EMPTY
    near = () if rows else suggesting.near(store, linked)
    return Answer(linked.question, status, said, linked, ROWS, None, "", text, columns, rows, suggestions=near)


def _within(store: Store, known: Known, text: str, condition: Constraint) -> str | None:
    """Return a question of the catalogue asked of some of the things of a column alone.

    Where it has no such column but tells of items, of the items that meet the condition; None without either.
    """
    kind, things = condition.kind, [e.iri for e in condition.entities]
    if kind == "priority":
        of = tuple(f"{str(iri).rpartition('/')[2]}." for iri in things)
        kind = "commitment"
        things = [e.iri for e in known.lexicon.kinds.values() if e.kind == kind and key_of(str(e.iri)).startswith(of)]
    head = text.partition("WHERE {")[0].replace("\n", " ")
    name = f"?{sparql.variable(kind)}"
    if condition.words or f"{name} " not in head:
        name, things = "?item", [i for c in _meant(known, condition) for i in items_that(store, (c,))]
    if condition.negated or (name == "?item" and f"{name} " not in head):
        return None
    return _filtered(text, f"{name} IN ({', '.join(queries.serialise(thing) for thing in things)})")


def items_that(store: Store, constraints: tuple[Constraint, ...]) -> list[URIRef]:
    """Return the evidence items that meet ``constraints``."""
    return [URIRef(str(row[0])) for row in store.select(sparql.items(constraints)).rows]


def _meant(known: Known, condition: Constraint) -> list[Constraint]:
    """Return what a word may stand for: itself, themes that it goes with, promises that have it in their wording."""
    found = [condition]
    for word in condition.words:
        things = [e for w in word.split("|") for e in known.lexicon.hints.get(w.removeprefix(r"\b"), ())]
        things += [e for w in word.split("|") for e in known.lexicon.titled.get(w.removeprefix(r"\b"), ())]
        found += [Constraint(e.kind, (e,)) for e in dict.fromkeys(things) if len(condition.words) == 1]
    return found


def _filtered(text: str, condition: str) -> str:
    """Return a query with one more filter; one holds for the whole group, optional parts too."""
    head, where, body = text.partition("WHERE {")
    return f"{head}{where}\n  FILTER({condition}){body}"
