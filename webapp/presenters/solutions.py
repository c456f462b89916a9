"""The answer to any query, as the page to ask on shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from graph.fence.pool import Answer
from graph.tables import short
from webapp.addresses import data_of, page_of

ROWS = 200
"""Rows shown; a file holds them all."""
_TEXT = 20_000
"""Characters of Turtle shown."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A term: its words, where it leads, and its language or datatype."""

    text: str
    href: str | None = None
    note: str = ""
    is_address: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as the page shows it: rows, yes or no, or triples as Turtle."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: int = 0
    boolean: bool | None = None
    turtle: str = ""
    is_cut: bool = False
    """Whether there is more than is shown."""


def shown(answer: Answer) -> Shown:
    """Return what the page shows of an answer in JSON (solutions, boolean) or Turtle."""
    if answer.holds == "triples":
        text = answer.body.decode("utf-8")
        return Shown(total=answer.rows, turtle=text[:_TEXT], is_cut=len(text) > _TEXT)
    content = json.loads(answer.body)
    if answer.holds == "boolean":
        return Shown(total=1, boolean=bool(content["boolean"]))
    columns = tuple(content["head"]["vars"])
    bindings = content["results"]["bindings"]
    rows = tuple(tuple(_cell(row.get(column)) for column in columns) for row in bindings[:ROWS])
    return Shown(columns, rows, len(bindings), is_cut=len(bindings) > ROWS)


def _cell(term: dict[str, str] | None) -> Cell:
    if term is None:
        return Cell("")
    value = term["value"]
    if not isinstance(value, str):
        # A statement about a statement: no data of ours has one, a query can make one.
        return Cell(json.dumps(value, ensure_ascii=False))
    if term["type"] == "uri":
        return Cell(short(value), page_of(value) or data_of(value), is_address=True)
    if term["type"] == "bnode":
        return Cell(f"_:{value}", is_address=True)
    return Cell(value, note=term.get("xml:lang") or (short(term["datatype"]) if "datatype" in term else ""))
