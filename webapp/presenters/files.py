"""A list of a page as a file: the same rows, whole and in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Response, request

from webapp.negotiation import csv_file, download, json_file
from webapp.spreadsheets import MEDIA_TYPE as XLSX
from webapp.spreadsheets import workbook
from webapp.windows import Window, describe

Value = str | int | Sequence[str]
Row = Mapping[str, Value]


def rows_file(name: str, columns: Sequence[str], rows: Sequence[Row], suffix: str, version: str) -> Response:
    """Return ``rows`` as CSV or an Excel workbook, where several values share a cell, or as JSON with lists.

    How many there are and of which data stands in the headers, and in the file or its name.
    """
    cells = [[_cell(row[c]) for c in columns] for row in rows]
    if suffix == "csv":
        answer = csv_file(name, columns, cells)
    elif suffix == "xlsx":
        sources = {"List": name, "Rows": str(len(rows)), "Data version": version, "Address": request.url}
        answer = download(workbook(columns, cells, sources), XLSX, f"{name}.xlsx")
    else:
        told = {"list": name, "columns": list(columns), "total": len(rows), "rows": list(rows), "version": version}
        answer = json_file(told)
    return describe(answer, Window(), len(rows), version)


def _cell(value: Value) -> str | int:
    return value if isinstance(value, str | int) else "; ".join(value)
