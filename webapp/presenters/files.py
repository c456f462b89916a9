"""A list of a page as a file: the same rows, whole and in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Response

from webapp.negotiation import csv_file, json_file

Value = str | int | Sequence[str]
Row = Mapping[str, Value]


def rows_file(name: str, columns: Sequence[str], rows: Sequence[Row], suffix: str, version: str) -> Response:
    """Return ``rows`` as CSV, where several values share a cell, or as JSON, where they are a list."""
    if suffix == "csv":
        return csv_file(name, columns, ([_cell(row[c]) for c in columns] for row in rows))
    return json_file({"list": name, "columns": list(columns), "rows": list(rows), "version": version})


def _cell(value: Value) -> str | int:
    return value if isinstance(value, str | int) else "; ".join(value)
