"""The first page: how much is in here, the question and the first rows of its answer, more questions to try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from flask import url_for

from graph import queries
from graph.queries import Query
from webapp.presenters import areas, questions
from webapp.presenters.reports import ReportRow, report_rows
from webapp.presenters.themes import themes
from webapp.presenters.things import index as things
from webapp.store import View
from webapp.terms import number, solutions

MAIN = "partner-operations-by-lpa"
"""The question that the project was made to answer (docs: the catalogue)."""

FIRST_ROWS = 6
FIRST_COLUMNS = ("lpa", "operation", "partner", "how", "item", "quote")
"""Columns that the first page has room for; the question's own page shows them all."""

EXAMPLES = 6

COUNTS = (
    ("reports", "report", "reports", "reports.index"),
    ("quarters", "quarter", "quarters", "reports.index"),
    ("priorities", "priority", "priorities", "commitments.index"),
    ("commitments", "commitment", "commitments", "commitments.index"),
    ("items", "evidence item", "evidence items", "items.index"),
    ("operations", "operation", "operations", "operations.index"),
    ("partners", "partner", "partners", "partners.index"),
    ("areas", *areas.LOCAL, "areas.index"),
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a kind of thing there are, and where they are listed."""

    number: int
    word: str
    href: str


@dataclass(frozen=True, slots=True)
class Example:
    """A question that has rows, and how many."""

    words: str
    href: str
    rows: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything that the first page says."""

    counts: tuple[Count, ...]
    question: str
    fields: tuple[questions.Field, ...]
    answer: questions.Answer
    rows: int
    href: str
    examples: tuple[Example, ...]
    reports: tuple[ReportRow, ...]


def home_page(view: View) -> HomePage:
    """Return the first page of this version of the data."""
    amounts = next(solutions(view.page("counts")))
    question = queries.question(MAIN)
    table = queries.run(view, question)
    shown = questions.answer(view, table, question)
    called = {"areas": areas.words(view)}
    return HomePage(
        counts=tuple(
            Count(number(amounts, name), called.get(name, (one, many))[number(amounts, name) != 1], url_for(endpoint))
            for name, one, many, endpoint in COUNTS
        ),
        question=_in_words(view, question),
        fields=tuple(f for f in questions.fields(view, question, {}) if f.name == "theme"),
        answer=shown.only(FIRST_COLUMNS, FIRST_ROWS),
        rows=len(table.rows),
        href=url_for("questions.one", name=MAIN),
        examples=tuple(_examples(view)),
        reports=tuple(report_rows(view)[:5]),
    )


def _in_words(view: View, question: Query) -> str:
    """Return the main question with the theme that it asks about unless told otherwise."""
    theme = things(view).find("theme", question.param("theme").default or "")
    one, _ = areas.words(view)
    area = one if one == areas.LOCAL[0] else one.lower()
    return f"Which partner-linked operations tackle {theme.label.lower()}, by {area}?"


def _first_asked(query: Query) -> tuple[int, str]:
    """Return what puts first the questions that somebody asks first: by their numbers among those of a role."""
    return min((asked.number for asked in query.competency), default=len(queries.catalogue())), query.name


def _examples(view: View) -> list[Example]:
    """Return questions with rows, about something else each while there are such; then the main one of other themes."""
    found: list[Example] = []
    groups = [sorted(group.questions, key=_first_asked) for group in questions.grouped(queries.catalogue().values())]
    in_turn = (query for turn in zip_longest(*groups) for query in turn if query and query.name != MAIN)
    asked: list[tuple[Query, Mapping[str, Any], str]] = [(query, {}, query.summary) for query in in_turn]
    main = queries.question(MAIN)
    asked += [
        (main, {"theme": theme.key}, f"Which partner-linked operations are about {theme.label.lower()}?")
        for theme in themes(view).top_down()
        if theme.key != main.param("theme").default
    ]
    for query, values, words in asked:
        if len(found) == EXAMPLES:
            break
        if rows := len(queries.run(view, query, values).rows):
            found.append(Example(words, url_for("questions.one", name=query.name, **values), rows))
    return found
