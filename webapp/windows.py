"""A window of a long answer: which rows a program asked for, and where the other windows are (RFC 8288).

Without ``limit`` an answer is whole; nothing is ever cut that was not asked to be.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import Response, request
from rdflib import CSVW
from werkzeug.http import parse_options_header

from graph.errors import BadParameter
from webapp.presenters.listing import here

Row = TypeVar("Row")
METADATA = "metadata"
"""The name that asks for what describes a CSV file, in place of the file."""
FORM = "csvw"
"""Its one value: as CSV on the Web has it."""
RESERVED = frozenset({"limit", "offset", "evidence", METADATA})
"""Names that choose a window, its evidence or a description and can therefore not be parameters of a question."""
CSVM = "application/csvm+json"
CSVW_CONTEXT = str(CSVW).removesuffix("#")
_LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class Window:
    """Some rows of an answer: ``offset`` rows are left out, and at most ``limit`` (None: all) are given."""

    limit: int | None = None
    offset: int = 0

    def of(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return those of ``rows`` that stand in the window."""
        end = None if self.limit is None else self.offset + self.limit
        return rows[self.offset : end]

    def sparql(self, query: str) -> str:
        """Return a SELECT query that has no window of its own with this one."""
        clauses = [f"LIMIT {self.limit}"] if self.limit is not None else []
        clauses += [f"OFFSET {self.offset}"] if self.offset else []
        return "\n".join([query.rstrip(), *clauses, ""])


def window() -> Window:
    """Return the window that the request asks for. Raises: BadParameter."""
    return Window(_number("limit", least=1), _number("offset", least=0) or 0)


def _number(name: str, *, least: int) -> int | None:
    given = request.args.get(name, "").strip()
    if not given:
        return None
    if not (given.isascii() and given.isdecimal() and least <= int(given[:12]) <= _LARGEST):
        raise BadParameter(
            f"{name} is a whole number from {least} to {_LARGEST}, not {given!r}", param=name, value=given
        )
    return int(given)


def describe(answer: Response, chosen: Window, total: int, version: str) -> Response:
    """Say in the headers of ``answer`` how many rows there are in all, of which data, and where other windows are.

    A file to keep says so in its name too. CSV itself has no place for it, and columns or lines of our own would be
    data: a file beside it says it, as the W3C's "Metadata Vocabulary for Tabular Data" has it; its Link leads there.

    Raises: BadParameter if such a description is asked of another file.
    """
    links: list[str] = []
    is_csv, about = answer.mimetype == "text/csv", request.args.get(METADATA)
    if about and (about != FORM or not is_csv):
        raise BadParameter(
            f"{METADATA} has the one value {FORM!r}, and describes a CSV file alone", param=METADATA, value=about
        )
    if about:
        return _csvw(answer, len(chosen.of(range(total))), total, version)
    if is_csv:
        about = here(**{METADATA: FORM})
        links.append(f'<{about}>; rel="describedby"; type="{CSVM}"')
    _, kept = parse_options_header(answer.headers.get("Content-Disposition"))
    if name := kept.get("filename"):
        stem, _, suffix = name.rpartition(".")
        rows = len(chosen.of(range(total)))
        told = f"{stem}-{rows}-{'row' if rows == 1 else 'rows'}-data-{version}.{suffix}"
        answer.headers.set("Content-Disposition", "attachment", filename=told)
    answer.headers["X-Total-Count"] = str(total)
    answer.headers["X-Data-Version"] = version
    if chosen.limit is not None:
        links += [f'<{address}>; rel="{rel}"' for rel, address in _links(chosen, total)]
    if links:
        answer.headers["Link"] = ", ".join(links)
    return answer


def _csvw(file: Response, rows: int, total: int, version: str) -> Response:
    """Return the description of a CSV file: its address and columns, how many rows it has, and of which data."""
    heads = next(csv.reader(io.StringIO(file.get_data(as_text=True).removeprefix("\ufeff"))), [])
    told = {
        "@context": CSVW_CONTEXT,
        "url": here(**{METADATA: ""}),
        # Rows of this file, rows of the whole answer that it is a window of, and the data it is of.
        "schema:numberOfItems": rows,
        "schema:collectionSize": total,
        "schema:version": version,
        "tableSchema": {"columns": [{"titles": head} for head in heads]},
    }
    answer = Response(json.dumps(told, ensure_ascii=False, indent=2), mimetype=CSVM)
    answer.headers["X-Total-Count"], answer.headers["X-Data-Version"] = str(total), version
    return answer


def _links(chosen: Window, total: int) -> list[tuple[str, str]]:
    size = chosen.limit or 1
    starts = {"first": 0, "last": max(0, (total - 1) // size * size)}
    if chosen.offset:
        starts["prev"] = max(0, chosen.offset - size)
    if chosen.offset + size < total:
        starts["next"] = chosen.offset + size
    return [(rel, here(limit=str(size), offset=str(start) if start else "")) for rel, start in sorted(starts.items())]
