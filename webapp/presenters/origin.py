"""Where rows come from: files that are handed on say of each row in which report its sentence stands, and where."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef
from rdflib.term import Node

from graph import queries
from graph.stores import Row, Table
from webapp.store import View

COLUMNS = ("report", "reportLabel", "start", "end", "quote")
"""What a row with an evidence item is given beside it, unless it says so itself; offsets are code points."""
AT_ONCE = 400
"""Items that one query asks the places of."""


def origins(view: View, items: Iterable[Node | None]) -> dict[Node, Row]:
    """Return for each evidence item its report, the report's title, start, end and words: as ``COLUMNS``."""
    wanted = sorted({item for item in items if isinstance(item, URIRef)})
    found: dict[Node, Row] = {}
    for first in range(0, len(wanted), AT_ONCE):
        table = queries.run(view, queries.page("item-places"), {"item": wanted[first : first + AT_ONCE]})
        found.update({row[0]: row[1:] for row in table.rows if row[0] is not None})
    return found


def with_origin(view: View, columns: tuple[str, ...], rows: Iterable[Row]) -> Table:
    """Return rows that name an ``item`` with the columns of ``COLUMNS`` that they lack; other rows as they are."""
    given = tuple(rows)
    if "item" not in columns:
        return Table(columns, given)
    place = columns.index("item")
    missing = [n for n, name in enumerate(COLUMNS) if name not in columns]
    known = origins(view, (row[place] for row in given))
    empty: Row = (None,) * len(COLUMNS)
    told = (known.get(item, empty) if (item := row[place]) is not None else empty for row in given)
    return Table(
        (*columns, *(COLUMNS[n] for n in missing)),
        tuple((*row, *(origin[n] for n in missing)) for row, origin in zip(given, told, strict=True)),
    )
