"""Tables as text for a terminal."""

from __future__ import annotations

from rdflib import Literal, URIRef
from rdflib.term import Node

from graph.namespaces import PREFIXES
from graph.stores.base import Table

WIDEST = 60
"""Characters of a cell that are shown."""


def as_text(table: Table) -> str:
    """Return a table as aligned text: a heading, a rule, a line a row, and how many rows there are.

    Where a column has a label column beside it (``lpa`` and ``lpaLabel``) only the label is shown.
    """
    shown = [c for c in table.columns if f"{c}Label" not in table.columns]
    index = [table.columns.index(c) for c in shown]
    rows = [[_cell(row[i]) for i in index] for row in table.rows]
    heads = [c.removesuffix("Label") for c in shown]
    widths = [max(len(r[i]) for r in [heads, *rows]) for i in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in [heads, *rows]
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([*lines, f"({len(rows)} row{'' if len(rows) == 1 else 's'})"])


def _cell(term: Node | None) -> str:
    if term is None:
        return ""
    text = " ".join(str(term).split())
    if isinstance(term, URIRef):
        text = short(text)
    elif not isinstance(term, Literal):
        text = f"_:{text}"
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "\u2026"


def short(iri: str) -> str:
    """Return an address with its prefix, where one fits: ``gt:Operation``."""
    fits = [(len(space), prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space)]
    if not fits:
        return iri
    _, prefix, space = max(fits)
    return f"{prefix}:{iri.removeprefix(space)}"
