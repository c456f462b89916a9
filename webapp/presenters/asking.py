"""An answer to a question in English as its page shows it: the words marked, the rows, the sentences behind each."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from rdflib import Literal, URIRef

from graph.ask import reading
from graph.ask.formats import plain
from graph.ask.model import ANSWERED, Answer, Cell
from graph.ask.model import Evidence as Said
from graph.heads import head
from webapp.addresses import item_number, kind_of, page_of
from webapp.presenters.questions import Column, Shown

ROWS = 200
"""Rows shown on the page; the files hold all."""
_NEVER = ("quote",)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence behind a row, and the way to it."""

    number: int
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, and the sentences that say so."""

    cells: tuple[Shown, ...]
    quotes: tuple[Quote, ...]
    proof: str = ""
    """The address of the sentences that support the whole row, "" where rows of several readings stand together."""


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """Everything that the page shows of an answer."""

    status: str
    reading: str
    pieces: tuple[tuple[str, str], ...]
    """The question in pieces, each with its meaning, "" for words that have none to show."""
    value: str
    """The number or the yes or no, with its unit; "" where the answer is rows."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: int
    sparql: str
    editor: str
    readings: tuple[tuple[str, str], ...]
    """Other readings: the question, and its address."""
    suggestions: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    catalogue: str


def shown(answer: Answer) -> ShownAnswer:
    """Return ``answer`` as the page shows it."""
    names = [c for c in answer.columns if c not in _NEVER]
    columns = tuple(Column(c, head(c), _numeric(answer, c)) for c in names)
    rows = tuple(
        Row(
            tuple(_cell(row.cells.get(c)) for c in names),
            tuple(_quote(e) for e in row.evidence),
            url_for("proof.page", q=answer.question, row=number) if answer.status == ANSWERED else "",
        )
        for number, row in enumerate(answer.rows[:ROWS], 1)
    )
    return ShownAnswer(
        status=answer.status,
        reading=answer.reading,
        pieces=tuple(reading.marked(answer.linked)),
        value=_value(answer),
        columns=columns,
        rows=rows,
        total=len(answer.rows),
        sparql=answer.sparql,
        editor=url_for("sparql.ask", query=answer.sparql) if answer.sparql else "",
        readings=tuple((o.question, url_for("ask.page", q=o.question)) for o in answer.readings),
        suggestions=tuple((o.question, url_for("ask.page", q=o.question)) for o in answer.suggestions),
        files=tuple((s.upper(), url_for("ask.file", suffix=s, q=answer.question)) for s in ("csv", "json")),
        catalogue=url_for("questions.one", name=answer.catalogue) if answer.catalogue else "",
    )


def _numeric(answer: Answer, column: str) -> bool:
    cells = [cell for row in answer.rows if (cell := row.cells.get(column))]
    return bool(cells) and all(isinstance(c.term, Literal) and c.term.isnumeric() for c in cells)


def _cell(cell: Cell | None) -> Shown:
    if cell is None:
        return Shown("")
    if not isinstance(cell.term, URIRef):
        value = plain(cell.term)
        return Shown(_words(value), form="number" if isinstance(value, int | float) else "text")
    kind = kind_of(cell.term)
    return Shown(cell.label, page_of(cell.term), "item" if kind == "item" else "thing", kind)


def _quote(said: Said) -> Quote:
    return Quote(item_number(said.item), page_of(said.item) or "", said.quote)


def _value(answer: Answer) -> str:
    if answer.value is None:
        return ""
    unit = {"count": "", "percent": "per cent", "per-day": "a day", "GBP": "pounds"}.get(answer.unit, answer.unit)
    return f"{_words(answer.value)} {unit}{'s' if unit and unit == answer.unit and answer.value != 1 else ''}".strip()


def _words(value: bool | str | float) -> str:  # noqa: FBT001  a truth is what is shown
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return f"{value:,}" if isinstance(value, int | float) else value
