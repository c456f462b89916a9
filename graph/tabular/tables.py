"""CSV tables as rows that know where they stand, so that every fault names its file and line."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import VocabularyError


def fault(file: str, reason: str, line: int | None = None) -> VocabularyError:
    """Return the error for a file of ours: its name, the line where one is known, and what is wrong."""
    place = f"{file} line {line}" if line else file
    return VocabularyError(f"{place}: {reason}", file=file, line=line, reason=reason)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, with the name of its file and the line it begins on."""

    file: str
    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return what ``column`` holds, or "" where it is empty or the table lacks that column."""
        return self.cells.get(column, "")

    def needed(self, column: str) -> str:
        """Return what ``column`` holds.

        Raises: VocabularyError, if the cell is empty.
        """
        value = self.text(column)
        if not value:
            raise self.fault(f"{column} is empty")
        return value

    def names(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell that semicolons separate, in their order and without blanks."""
        return tuple(part for part in (piece.strip() for piece in self.text(column).split(";")) if part)

    def fault(self, reason: str) -> VocabularyError:
        """Return the error that says what is wrong with this row."""
        return fault(self.file, reason, self.line)


def read(path: Path, columns: tuple[str, ...], key: str = "") -> tuple[Row, ...]:
    """Read the table at ``path``: UTF-8, commas, a header row that has at least ``columns``.

    With ``key``, the cells of that column must be filled and differ from one another.

    Raises: VocabularyError, if a column is missing, a row has too many or too few cells, or a key is given twice.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        missing = [column for column in columns if column not in header]
        if missing:
            raise fault(path.name, f"no column {', '.join(missing)}", 1)
        rows = []
        begins = reader.line_num + 1
        for cells in reader:
            if cells and len(cells) != len(header):
                raise fault(path.name, f"{len(cells)} cells where the header has {len(header)}", begins)
            if cells:
                filled = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
                rows.append(Row(path.name, begins, filled))
            begins = reader.line_num + 1
    if key:
        _check_keys(rows, key)
    return tuple(rows)


def added(path: Path) -> dict[str, tuple[Row, ...]]:
    """Read the entries of a TOML file that no table has, as rows of its tables that are national; none without it.

    Raises: VocabularyError, if the file is not TOML.
    """
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise fault(path.name, str(error)) from error
    return {
        table: tuple(Row(path.name, 0, _cells(key, entry)) for key, entry in entries.items())
        for table, entries in content.items()
    }


def _cells(key: str, entry: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells of an entry, in the columns of whichever table it belongs to."""
    lists = {name: ";".join(entry.get(name, ())) for name in ("also", "hidden", "themes")}
    name = str(entry.get("name", ""))
    return {
        "id": key,
        **dict.fromkeys(("canonical_name", "full_name", "name"), name),
        "aliases": lists["also"],
        "context_aliases": lists["hidden"],
        "themes": lists["themes"],
        "type": str(entry.get("type", "")),
        "kind": str(entry.get("kind", "")),
        "scope": "national",
        "generic": "yes" if entry.get("generic") else "",
    }


def _check_keys(rows: list[Row], key: str) -> None:
    lines: dict[str, int] = {}
    for row in rows:
        value = row.needed(key)
        if value in lines:
            raise row.fault(f"{key} {value!r} stands on line {lines[value]} already")
        lines[value] = row.line
