"""A question in English to rows: words are linked to the graph, become a form, the form SPARQL, and that is asked.

Nothing is guessed: every word has a meaning that the answer shows, or the question counts as unread. The stages are
pure functions over the values of ``graph.ask.model``; this module asks the store, ``saved`` that of the catalogue.
"""

from __future__ import annotations

from dataclasses import replace

from graph.ask import cues, lexicon, quantities, reading, sparql, suggesting, thesaurus
from graph.ask.accounting import unaccounted, ungrouped
from graph.ask.comparing import marked
from graph.ask.conditions import conditions
from graph.ask.doubts import CORE, Problem, denies
from graph.ask.known import Known, know
from graph.ask.lexicon import root, spelt
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
    Constraint,
    Entity,
    Form,
    Linked,
    Meaning,
    Other,
    Quantity,
    Span,
)
from graph.ask.saved import items_that, saved
from graph.ask.suggesting import unread
from graph.ask.tables import number, rows_of
from graph.ask.understanding import noun_of, understand
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
    if figures := _moved(store, known, linked) or _figures(store, known, linked):
        return figures
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
    if form.target == "item" and (stated := _figures(store, known, linked, named=True)):
        return stated
    for other in (_themed(known, form), _of_bodies(known, form)):
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


def _themed(known: Known, form: Form) -> Form | None:
    """Return ``form`` with the theme that a word alone goes with in its place; None if no word goes with one."""
    kept: list[Constraint] = []
    for c in form.constraints:
        hints = {w: _hinted(known, w) for w in c.words} if not c.negated else {}
        rest = tuple(w for w in c.words if not hints.get(w))
        if rest or not c.words:
            kept.append(replace(c, words=rest))
        kept += [Constraint("theme", found) for found in hints.values() if found]
    changed = any(hints for hints in kept if hints.kind == "theme" and hints not in form.constraints)
    return replace(form, constraints=tuple(kept)) if changed else None


def _of_bodies(known: Known, form: Form) -> Form | None:
    """Return ``form`` with the police of a place for the place, beside other bodies: "the Met and Kent"."""
    if form.target not in ("item", "operation") or not any(
        c.kind == "partner" and c.entities for c in form.constraints
    ):
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


def _figures(store: Store, known: Known, linked: Linked, *, named: bool = False) -> Answer | None:
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
    return _of_quantities(store, linked, found.quantities, constraints)


def _moved(store: Store, known: Known, linked: Linked) -> Answer | None:
    """Return whether a number went up or down, by its values of now and then; None for any other question.

    A question of that sort whose two values are not both stated is not answered by a number alone.
    """
    said = {w.norm for w in linked.words}
    ways = {way for way, text in (("up", cues.ROSE), ("down", cues.FELL)) if said & lexicon.folded(text)}
    asks = linked.words[0].raw.casefold() in cues.YES_NO.split() if linked.words else False
    if not asks or len(ways) != 1 or not (linked.having("change") or linked.having("against")):
        return None
    left_out = (*linked.having("change"), *linked.having("against"), *linked.having("period"))
    told = " ".join(s.words.casefold() for s in left_out)
    when = Meaning("period", "year-before" if "year" in told else "before")
    kept = tuple(s for s in linked.spans if s not in left_out)
    end = Span(len(linked.words), len(linked.words), when, "")
    now = _figures(store, known, replace(linked, spans=kept), named=True)
    then = _figures(store, known, replace(linked, spans=(*kept, end)), named=True)
    if now is None or then is None or now.value is None or then.value is None:
        stated = _figures(store, known, linked)
        return replace(stated, status=AMBIGUOUS, value=None, kind=ROWS) if stated else None
    truth = now.value > then.value if ways == {"up"} else now.value < then.value
    told = f"{now.reading} Whether it went {next(iter(ways))}: {now.value:,} now, {then.value:,} before."
    return replace(now, linked=linked, kind=BOOLEAN, value=truth, reading=told, unit="", rows=(*now.rows, *then.rows))


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
