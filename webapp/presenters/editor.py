"""The query editor's page: what was asked, its answer in one of four views, and what to start from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from graph import queries
from graph.stores import Table
from webapp.presenters import pictures
from webapp.presenters.listing import here
from webapp.presenters.neighbourhood import Neighbourhood, neighbourhood
from webapp.presenters.questions import Answer
from webapp.presenters.solutions import Roles, Showing, Solved, roles
from webapp.presenters.vocabulary import classes
from webapp.sharing import Shared, pack
from webapp.store import View

ROWS = 100
"""Rows of the table on one page; a file holds them all."""
STARTER = "operations-with-most-partners"
"""The example that the editor opens with."""
CLASSES = 14
"""Classes that are listed beside the editor."""
AROUND = 1
"""Lines shown before and after the one that is at fault."""
RESERVED = frozenset({"query", "question", "version", "view", "page", "value", "of"})
"""Names that the editor's address uses itself, and that can therefore not be parameters of a question."""
DATASET = ("default-graph-uri", "named-graph-uri")
KEPT = ("version", *DATASET)
"""What the address may say beside the query, and the form sends with the next one."""
SOLUTION_FILES = (("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML"))
TRIPLE_FILES = (("turtle", "Turtle"), ("ntriples", "N-Triples"), ("jsonld", "JSON-LD"), ("rdfxml", "RDF/XML"))
"""Formats (of ``webapp.protocol.NAMES``) that an answer is offered in, and what they are called."""

_LIMIT = re.compile(r"\bLIMIT\s+\d+\s*(?:OFFSET\s+\d+\s*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the page says."""

    query: str
    version: str
    """The data version that the query is to be asked of; "" for today's."""
    view: str
    page: int
    value: str
    of: str
    of_question: queries.Query | None = None
    """The question of the catalogue that the address opens, if it does."""


@dataclass(frozen=True, slots=True)
class Start:
    """A query to start from."""

    title: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the views of an answer; without an address the answer has nothing to show there."""

    key: str
    title: str
    href: str | None
    current: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the query near a fault."""

    number: int
    text: str
    caret: str
    """Spaces up to the fault and a caret, on the line at fault; else ""."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer."""

    title: str
    message: str
    line: int | None
    column: int | None
    lines: tuple[Line, ...]
    limited: str | None
    """Address of the same query with a LIMIT, where that may help."""
    mended: str | None = None
    """Address of the query with its likely fault mended, where one is known."""


@dataclass(frozen=True, slots=True)
class Pin:
    """The data version that the address names, where it is not today's."""

    version: str
    today: str
    kept: bool
    """Whether that version can still be asked."""
    href: str
    """Address of the same query on today's data."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as the page shows it."""

    told: str
    """How many rows there are, in words."""
    time: str
    truth: bool | None
    tabs: tuple[Tab, ...]
    table: Answer | None
    first: int
    total: int
    page: int
    pages: int
    chart: pictures.Chart | None
    tiles: pictures.Tiles | None
    links: Neighbourhood | None
    files: tuple[tuple[str, str], ...]
    share: str | None
    version: str
    """The data version that was asked; "" where versions are not told apart."""

    @property
    def view(self) -> str:
        """The key of the view that is shown."""
        return next((tab.key for tab in self.tabs if tab.current), "table")


def shown(view: View, asked: Asked, solved: Solved, seconds: float, version: str) -> Shown:
    """Return the answer ``solved`` in the view that ``asked`` names or else as a table.

    It took ``seconds``, and ``version`` is what to share it with.
    """
    table = solved.table
    columns = roles(table)
    possible = _possible(view, table, columns)
    now = asked.view if possible.get(asked.view) == "" else "table"
    pages = max(1, -(-len(table.rows) // ROWS))
    page = min(asked.page, pages)
    first = (page - 1) * ROWS
    rows = table.rows[first : first + ROWS]
    as_table = now == "table" and solved.holds != "boolean"
    return Shown(
        told=told(solved),
        time=duration(seconds),
        truth=solved.truth,
        tabs=_tabs(asked, possible, now) if solved.holds != "boolean" and table.rows else (),
        table=Showing(view, Table(table.columns, rows)).table(columns, rows, asked.of_question) if as_table else None,
        first=first,
        total=len(table.rows),
        page=page,
        pages=pages,
        chart=pictures.chart(view, table, columns, asked.value) if now == "chart" else None,
        tiles=pictures.tiles(view, table, columns, asked.value) if now == "map" else None,
        links=neighbourhood(view, table, asked.of) if now == "links" else None,
        files=_files(asked, solved),
        share=share(asked.query, version, asked.view if now == asked.view else ""),
        version=version,
    )


def told(solved: Solved) -> str:
    """Return in words how much ``solved`` holds: "20 rows"."""
    if solved.holds == "boolean":
        return "Yes" if solved.truth else "No"
    count, word = len(solved.table.rows), "row" if solved.holds == "solutions" else "triple"
    return f"{count:,} {word if count == 1 else word + 's'}"


def duration(seconds: float) -> str:
    """Return a time in words: "118 ms", "2.4 s"."""
    return f"{max(1, round(seconds * 1000))} ms" if seconds < 1 else f"{seconds:.1f} s"


def _possible(view: View, table: Table, columns: Roles) -> dict[str, str]:
    """Return the views by key, each with the reason why it cannot be shown, "" where it can."""
    return {
        "table": "",
        "chart": "" if pictures.can_chart(columns) else "A chart needs a column of names and one of numbers",
        "map": "" if pictures.can_map(view, table, columns) else "A map needs a column of areas",
        "links": "" if columns.things else "Links need a column of things",
    }


_TITLES = {"table": "Table", "chart": "Chart", "map": "Map", "links": "Links"}


def _tabs(asked: Asked, possible: Mapping[str, str], now: str) -> tuple[Tab, ...]:
    return tuple(
        Tab(
            key,
            _TITLES[key],
            None if why_not else address(asked, view="" if key == "table" else key, page="", value="", of=""),
            key == now,
            why_not,
        )
        for key, why_not in possible.items()
    )


def _files(asked: Asked, solved: Solved) -> tuple[tuple[str, str], ...]:
    offered = {"solutions": SOLUTION_FILES, "boolean": SOLUTION_FILES[2:], "triples": TRIPLE_FILES}[solved.holds]
    given: dict[str, Any] = {name: request.values.getlist(name) for name in KEPT}
    return tuple((title, url_for("sparql.ask", query=asked.query, format=name, **given)) for name, title in offered)


def share(query: str, version: str, view: str) -> str | None:
    """Return the short link to ``query`` asked of the data ``version``, shown as ``view``; None if it is too long."""
    word = pack(Shared(query, version))
    return url_for("editor.shared", word=word, view=view or None, _external=True) if word else None


_PROBLEMS = {
    400: "The query cannot be answered",
    403: "The query cannot be answered",
    422: "The query takes more than one query may",
    503: "There is no answer just now",
}


def problem(query: str, status: int, message: str, fields: Mapping[str, Any]) -> Problem:
    """Return why there is no answer to ``query``, with the lines around the place that ``fields`` name."""
    line, column = (value if isinstance(value := fields.get(name), int) else None for name in ("line", "column"))
    may_limit = fields.get("limit") in {"rows", "bytes"} and not _LIMIT.search(query.rstrip())
    limited = f"{query.rstrip()}\nLIMIT {10 * ROWS}\n"
    return Problem(
        _PROBLEMS.get(status, "There is no answer"),
        message[:1].upper() + message[1:],
        line,
        column,
        _lines(query, line, column),
        url_for("sparql.ask", query=limited) if may_limit else None,
        url_for("sparql.ask", query=fix) if isinstance(fix := fields.get("fix"), str) else None,
    )


def _lines(query: str, line: int | None, column: int | None) -> tuple[Line, ...]:
    lines = query.splitlines()
    if line is None or not 1 <= line <= len(lines):
        return ()
    first, last = max(1, line - AROUND), min(len(lines), line + AROUND)
    return tuple(
        Line(n, lines[n - 1], " " * ((column or 1) - 1) + "^" if n == line else "") for n in range(first, last + 1)
    )


def pin(asked: Asked, today: str, *, kept: bool) -> Pin | None:
    """Return what to say about the version that ``asked`` names, None where it is today's or none."""
    if asked.version in {"", today}:
        return None
    return Pin(asked.version, today, kept, address(asked, version=""))


def address(asked: Asked, **changes: str) -> str:
    """Return the address of the page with ``changes`` made to it; it holds the query even where that was sent."""
    sent = {} if {"query", "question"} & request.args.keys() else {"query": asked.query}
    return here(**{**sent, **changes})


def opened(query: queries.Query, text: str) -> str:
    """Return the SPARQL ``text`` of a question as the editor opens it: its words first, no empty lines in between.

    What the question could also filter by leaves empty lines where nothing was chosen.
    """
    lines = [line.rstrip() for line in text.splitlines()]
    first = next((n for n, line in enumerate(lines) if line.upper().startswith(("SELECT", "CONSTRUCT"))), 0)
    kept = [*lines[:first], f"# {query.summary}", *(line for line in lines[first:] if line)]
    return "\n".join(kept) + "\n"


def starter() -> str:
    """Return the query that stands in the editor when nothing was asked for."""
    first = queries.examples()[STARTER]
    return opened(first, first.sparql)


def saved_questions() -> list[tuple[str, list[Start]]]:
    """Return the questions of the catalogue by what they are about, each with the address that opens it in the editor.

    What a question is about is its first tag after "catalogue"; those that stand alone there are together at the end.
    """
    groups: dict[str, list[Start]] = {}
    for query in queries.catalogue().values():
        start = Start(query.summary, url_for("sparql.ask", question=query.name))
        groups.setdefault(next((tag for tag in query.tags if tag != "catalogue"), ""), []).append(start)
    alone = [start for starts in groups.values() if len(starts) == 1 for start in starts]
    together = [(tag.capitalize(), starts) for tag, starts in groups.items() if tag and len(starts) > 1]
    ordered = sorted(together, key=lambda group: (-len(group[1]), group[0]))
    return [*ordered, ("Others", alone)] if alone else ordered


def examples() -> list[Start]:
    """Return the queries that show what can be asked, and how."""
    return [
        Start(q.summary, url_for("sparql.ask", query=opened(q, q.sparql)), q.description)
        for q in queries.examples().values()
    ]


def class_starts(view: View) -> list[Start]:
    """Return a query for each of the classes that have most things: what is there of it."""
    text = queries.page("of-class")
    return [
        Start(c.name, url_for("sparql.ask", query=queries.fill(text, {"class": [c.iri]})), f"{c.things:,}")
        for c in classes(view)[:CLASSES]
    ]
