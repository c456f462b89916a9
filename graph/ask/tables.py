"""Rows of the store as rows of an answer: a thing once, with all the sentences that say so."""

from __future__ import annotations

from rdflib import URIRef
from rdflib.term import Node

from graph.ask.model import AnswerRow, Cell, Evidence
from graph.stores.base import Table


def rows_of(table: Table) -> tuple[tuple[AnswerRow, ...], tuple[str, ...]]:
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


def number(text: str) -> int | float:
    """Return a number of the store, a whole one as such."""
    value = float(text)
    return int(value) if value.is_integer() else value
