"""Rows as an Excel workbook: typed cells, a heading that stays in sight, and a sheet that says where they come from."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from rdflib import Literal
from rdflib.term import Node

from graph.errors import GoldenThreadError

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""Characters that Excel allows in a cell."""
MOST_ROWS = 1_048_575
"""Rows of a sheet below its heading."""
_WIDEST = 80
Value = Node | str | int | float | None


def workbook(columns: Sequence[str], rows: Sequence[Sequence[Value]], sources: Mapping[str, str]) -> bytes:
    """Return ``rows`` as an .xlsx file with the sheets "Rows" and "Sources".

    Numbers, booleans and dates are typed; every other cell is text, also one that begins like a formula.
    Raises: GoldenThreadError if the rows do not fit a sheet; nothing is cut.
    """
    if len(rows) > MOST_ROWS:
        raise GoldenThreadError(f"a sheet holds {MOST_ROWS:,} rows, not {len(rows):,}: ask for CSV or in windows")
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        dated = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Rows")
        sheet.write_row(0, 0, columns, bold)
        sheet.freeze_panes(1, 0)
        if columns and rows:
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                _write(sheet, number, place, value, dated)
        for place, width in enumerate(_widths(columns, rows)):
            sheet.set_column(place, place, width)
        told = book.add_worksheet("Sources")
        told.set_column(0, 0, 18)
        told.set_column(1, 1, _WIDEST)
        for number, (name, value) in enumerate(sources.items()):
            told.write_string(number, 0, name, bold)
            told.write_string(number, 1, _fitting(value))
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, value: Value, dated: Any) -> None:
    plain = value.toPython() if isinstance(value, Literal) else value
    if plain is None:
        return
    if isinstance(plain, bool):
        sheet.write_boolean(row, column, plain)
    elif isinstance(plain, int | float | Decimal):
        sheet.write_number(row, column, plain)
    elif isinstance(plain, date) and not isinstance(plain, datetime):
        sheet.write_datetime(row, column, datetime(plain.year, plain.month, plain.day), dated)  # noqa: DTZ001  no zone
    else:
        sheet.write_string(row, column, _fitting(str(value)))


def _fitting(text: str) -> str:
    if len(text) > LONGEST_CELL:
        raise GoldenThreadError(f"a cell of a sheet holds {LONGEST_CELL:,} characters, not {len(text):,}: ask for CSV")
    return text


def _widths(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> list[int]:
    widths = [len(name) for name in columns]
    for row in rows:
        for place, value in enumerate(row):
            widths[place] = max(widths[place], len(str(value)) if value is not None else 0)
    return [min(width, _WIDEST) + 2 for width in widths]
