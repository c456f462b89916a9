"""A question in English to rows: words are linked to the graph, become a form, the form SPARQL, and that is asked.

Nothing is guessed: every word has a meaning that the answer shows, or the question counts as unread. The stages are
pure functions over the values of ``graph.ask.model``; only this module asks the store.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rdflib import URIRef
from rdflib.term import Node

from graph import queries
from graph.ask import lexicon, quantities, reading, sparql, suggesting
from graph.ask.accounting import unaccounted, ungrouped
from graph.ask.conditions import conditions
from graph.ask.doubts import CORE, Problem, denies
from graph.ask.lexicon import root, spelt
from graph.ask.linking import link
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
    Cell,
    Constraint,
    Entity,
    Evidence,
    Form,
    Linked,
    Other,
    Quantity,
    Span,
)
from graph.ask.understanding import noun_of, understand
from graph.mentions.words import words
from graph.namespaces import key_of
from graph.stores.base import Store, Table

__all__ = ["Answer", "Known", "answer", "know"]

LEFT_OUT = "an answer would leave these words out"
LONGEST = 300
"""Characters of a question; a longer one is no question."""


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be read from a store once to understand questions about it."""

    lexicon: lexicon.Lexicon
    figures: tuple[quantities.Stated, ...]
    forces: tuple[Entity, ...]


def know(store: Store) -> Known:
    """Return what ``answer`` needs of ``store``; the same for as long as the data version is."""
    return Known(lexicon.build(store), quantities.stated(store), lexicon.force_entities(store))


def answer(store: Store, question: str, known: Known | None = None) -> Answer:
    """Return the answer to ``question`` in English from ``store``.

    Raises: as ``Store.select``; never because of the question.
    """
    question = " ".join(question.split())
    known = known or know(store)
    linked = link(known.lexicon, question[:LONGEST])
    if not linked.words or len(question) > LONGEST:
        return _unread(store, linked, Problem(UNREAD, f"a question is a line of up to {LONGEST} characters"))
    if figures := _figures(store, known, linked):
        return figures
    form = understand(linked, known.forces)
    if isinstance(form, Problem):
        return _unread(store, linked, form)
    counted = form.kind == NUMBER or form.rank_by
    if (linked.having("ask", "figure") and not form.catalogue) or (linked.having("ask", "count") and not counted):
        texts = tuple(s.words for s in linked.having("words")) or (question,)
        return _unread(store, linked, Problem(UNREAD, "no figure of the reports is said in these words", texts))
    if form.target == "figure" and not form.catalogue:
        return _unread(store, linked, Problem(UNREAD, "it is not said which figure is asked for"))
    if left := unaccounted(linked, form):
        return _unread(store, linked, Problem(UNREAD, LEFT_OUT, tuple(s.words for s in left)))
    return _answered(store, known, linked, form)


def _answered(store: Store, known: Known, linked: Linked, form: Form) -> Answer:
    if form.catalogue:
        return _saved(store, known, linked, form)
    said = reading.sentence(form)
    if form.rank_by:
        return _ranked(store, linked, form, said)
    text = sparql.rows(form)
    rows, columns = _rows(store.select(text))
    made = Answer(linked.question, ANSWERED if rows else EMPTY, said, linked, ROWS, None, "", text, columns, rows)
    if form.kind == NUMBER:
        counting = sparql.count(form)
        number = int(str(store.select(counting).rows[0][0]))
        made = replace(made, status=ANSWERED, kind=NUMBER, value=number, sparql=counting, listing=text)
    elif form.kind == BOOLEAN:
        asking = sparql.ask(form)
        made = replace(made, status=ANSWERED, kind=BOOLEAN, value=store.ask(asking), sparql=asking, listing=text)
        if not made.value and _only_named(store, form):
            said = f"{made.reading} It is named, but not shown taking part."
            return replace(made, status=AMBIGUOUS, value=None, reading=said, suggestions=suggesting.near(store, linked))
    return made if rows else _empty(store, known, linked, form, made)


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
        rows, columns = _rows(store.select(text))
        if rows:
            said = f"{made.reading} None is shown taking part; these are named."
            return replace(
                made,
                status=AMBIGUOUS,
                kind=ROWS,
                value=None,
                reading=said,
                sparql=text,
                rows=rows,
                columns=columns,
                suggestions=near,
            )
    if form.target == "item" and (stated := _figures(store, known, linked, named=True)):
        return stated
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


def _saved(store: Store, known: Known, linked: Linked, form: Form) -> Answer:
    query = queries.question(form.catalogue)
    text = queries.bind(store, query, dict(form.values))
    for c in form.constraints:
        asked = _within(known, text, c)
        if asked is None:
            names = tuple(e.label for e in c.entities)
            return _unread(
                store, linked, Problem(UNREAD, f"the question \u201c{query.summary}\u201d cannot be asked of", names)
            )
        text = asked
    rows, columns = _rows(store.select(text))
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
    if form.catalogue == "cross-area-operations" and store.ask(
        sparql.ask(Form(ROWS, "operation", (Constraint("lpa", known.forces),)))
    ):
        said = f"{made.reading} None is told under two areas, but some of the force as a whole."
        return replace(made, status=AMBIGUOUS, reading=said, readings=(Other("Which operations are force-wide?"),))
    return replace(made, status=EMPTY, suggestions=suggesting.near(store, linked))


def _within(known: Known, text: str, condition: Constraint) -> str | None:
    """Return a question of the catalogue asked of some of the things of a column alone; None without that column."""
    kind, things = condition.kind, [e.iri for e in condition.entities]
    if kind == "priority":
        of = tuple(f"{str(iri).rpartition('/')[2]}." for iri in things)
        kind = "commitment"
        things = [e.iri for e in known.lexicon.kinds.values() if e.kind == kind and key_of(str(e.iri)).startswith(of)]
    name = f"?{sparql.variable(kind)}"
    head, where, body = text.partition("WHERE {")
    if condition.negated or not things or f"{name} " not in head.replace("\n", " "):
        return None
    # A filter holds for the whole group, optional parts too.
    return f"{head}{where}\n  FILTER({name} IN ({', '.join(queries.serialise(thing) for thing in things)})){body}"


def _ranked(store: Store, linked: Linked, form: Form, said: str) -> Answer:
    found = store.select(sparql.ranked(form)).rows
    numbers = [int(str(row[2])) for row in found]
    first = form.top or sum(number == numbers[0] for number in numbers) if numbers else 1
    text = sparql.ranked(form, max(first, 0))
    rows, columns = _rows(store.select(text))
    return Answer(linked.question, ANSWERED if rows else EMPTY, said, linked, ROWS, None, "", text, columns, rows)


def _figures(store: Store, known: Known, linked: Linked, *, named: bool = False) -> Answer | None:
    """Return the answer if the question asks for a number that a report states, else None.

    With ``named`` the name of a number is enough: "fatalities this quarter", where no sentence has the words.
    """
    content, constraints = _parts(known, linked)
    counting, measuring = linked.having("ask", "count"), linked.having("ask", "figure")
    changing = linked.having("change") or linked.having("against")
    target = noun_of(linked)
    if (
        linked.unknown
        or linked.having("unanswerable")
        or len(counting) > 1
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
    items = None
    if constraints:
        items = frozenset(URIRef(str(row[0])) for row in store.select(sparql.items(constraints)).rows)
    found = quantities.find(known.figures, linked, content, items)
    if found is None or not (
        counting
        or measuring
        or changing
        or "before" in times
        or (named and found.complete)
        or _says_figure(linked, found, content, constraints, target)
    ):
        return None
    if all(s.meaning.role == "type" for s in content) and not found.complete:
        # "How many councils ...": the bodies are counted, whatever figure has the word beside it.
        return None
    if (counting or measuring or changing) and target in CORE:
        return None
    return _of_quantities(store, linked, found.quantities, constraints)


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
    several = len(content) > 1 or any(c.isdigit() for c in content[0].words)
    when = sum(s.last - s.first for s in linked.having("period"))
    # "Road deaths this quarter": a name of several words, and nothing else.
    alone = content[0].last - content[0].first > 1 and len(linked.words) == content[0].last - content[0].first + when
    if found.complete and alone and when:
        return True
    return (found.complete and (several or about_operation)) or (several and found.score > 0.75)


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
        rows, columns = _rows(store.select(text))
        if rows:
            answers.append((form, text, rows, columns))
    if not answers:
        return Answer(linked.question, EMPTY, reading.sentence(forms[0]), linked, NUMBER, sparql=tables[0][1])
    form, text, rows, columns = answers[0]
    values = {str(row.cells["value"].term) for *_, rs, _ in answers for row in rs if row.cells["value"]}
    said = reading.sentence(form)
    if len(values) == 1 and (group := ungrouped(linked)) and len(rows) == 1:
        return _unread(store, linked, Problem(UNREAD, "the reports do not tell this number by", (group.words,)))
    if len(values) == 1:
        number = _number(next(iter(values)))
        unit = form.quantity.unit if form.quantity else ""
        return Answer(linked.question, ANSWERED, said, linked, NUMBER, number, unit, text, columns, rows)
    if len(answers) == 1:
        return Answer(linked.question, ANSWERED, said, linked, ROWS, None, "", text, columns, rows)
    others = tuple(Other(reading.quantity_question(f), reading.sentence(f)) for f, *_ in answers)
    everything = tuple(row for *_, rs, _ in answers for row in rs)
    said = "Several figures may be meant: say which."
    return Answer(linked.question, AMBIGUOUS, said, linked, ROWS, None, "", text, columns, everything, others)


def _number(text: str) -> int | float:
    value = float(text)
    return int(value) if value.is_integer() else value


def _rows(table: Table) -> tuple[tuple[AnswerRow, ...], tuple[str, ...]]:
    """Return rows with their sentences: what several items say is one row."""
    plain = [c for c in table.columns if not (c.endswith("Label") and c.removesuffix("Label") in table.columns)]
    about_items = plain[:1] == ["item"] and plain[-1] == "quote"
    shown = tuple(plain if about_items else [c for c in plain if c not in ("item", "quote", "figure")])
    found: dict[tuple[Node | None, ...], list[Evidence]] = {}
    cells: dict[tuple[Node | None, ...], dict[str, Cell | None]] = {}
    first: dict[tuple[Node | None, ...], int] = {}
    for place, row in enumerate(table.dicts()):
        key = tuple(row.get(c) for c in shown)
        first.setdefault(key, place)
        cells.setdefault(key, {c: _cell(row.get(c), row.get(f"{c}Label")) for c in shown})
        said = found.setdefault(key, [])
        if row.get("item") is not None and row.get("quote") is not None:
            evidence = Evidence(URIRef(str(row["item"])), str(row.get("itemLabel") or ""), str(row["quote"]))
            if evidence not in said:
                said.append(evidence)
    return tuple(AnswerRow(cells[key], tuple(evidence), first[key]) for key, evidence in found.items()), shown


def _cell(term: Node | None, label: Node | None) -> Cell | None:
    if term is None:
        return None
    return Cell(term, str(term if label is None else label))


def _unread(store: Store, linked: Linked, problem: Problem) -> Answer:
    near = suggesting.near(store, linked)
    said = reading.problem(problem.reason, problem.words)
    if problem.status == AMBIGUOUS:
        meant = tuple(Other(q) for q in problem.readings)
        return Answer(linked.question, AMBIGUOUS, said, linked, readings=meant or near)
    return Answer(linked.question, problem.status, said, linked, suggestions=near)
