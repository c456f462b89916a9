"""``audit``: every relation between the numbers of the reports in the store, recomputed, with its verdict."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from rdflib import URIRef
from rdflib.term import Node

from graph import queries, tables
from graph.commands.base import DONE, FELL_SHORT, AddCommand
from graph.commands.pack import write
from graph.errors import BadParameter
from graph.model import FAULTS
from graph.namespaces import key_of
from graph.settings import Settings
from graph.stores import open_store
from graph.stores.base import Table

COLUMNS = (
    *("report", "commitment", "item", "kind", "stated", "recomputed", "lower", "upper", "unit"),
    *("verdict", "arithmetic", "cause", "quote"),
)
"""What CSV and JSON give of a check; addresses by their last part, as in the JSON of ``extract``."""

_SHOWN = ("itemLabel", "kindLabel", "figureLabel", "verdictLabel", "arithmetic", "cause")
_NUMBERS = frozenset({"stated", "recomputed", "lower", "upper"})


def add(command: AddCommand) -> None:
    """Add the command to the command line."""
    sub = command("audit", _audit, "list every figure check with its verdict")
    sub.add_argument("--report", metavar="ID", help="only checks of this report (default: of all)")
    sub.add_argument("--faults", action="store_true", help="only what does not add up, is incomplete or doubtful")
    sub.add_argument("--strict", action="store_true", help="exit with 1 if there is such a check")
    sub.add_argument("--format", choices=["table", "json", "csv", "pack"], default="table")
    sub.add_argument("-o", "--output", type=Path, metavar="FILE", help="with pack: file to write")


def _audit(options: argparse.Namespace, settings: Settings) -> int:
    if options.output is not None and options.format != "pack":
        raise BadParameter("--output goes with --format pack alone", param="output")
    question = queries.question("figure-checks")
    asked = {"report": [options.report]} if options.report else {}
    found = queries.run(open_store(settings), question, asked)
    verdict = found.columns.index("verdict")
    faults = [row for row in found.rows if key_of(str(row[verdict])) in FAULTS]
    rows = faults if options.faults else list(found.rows)
    if options.format == "pack":
        write(question, asked | ({"verdict": sorted(FAULTS)} if options.faults else {}), options.output, settings)
    else:
        _print(Table(found.columns, tuple(rows)), options.format)
    return FELL_SHORT if options.strict and faults else DONE


def _print(found: Table, format_: str) -> None:
    if format_ == "table":
        index = [found.columns.index(column) for column in _SHOWN]
        print(tables.as_text(Table(_SHOWN, tuple(tuple(row[i] for i in index) for row in found.rows))))
        return
    checks = [_plain(row) for row in found.dicts()]
    if format_ == "json":
        json.dump({"checks": checks}, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(checks)


def _plain(row: Mapping[str, Node | None]) -> dict[str, str | int | float | None]:
    """Return a check as JSON has it: numbers as numbers, things by the last part of their address."""
    plain: dict[str, str | int | float | None] = {}
    for column in COLUMNS:
        term = row.get(column)
        if term is None:
            plain[column] = None
        elif column in _NUMBERS:
            plain[column] = float(str(term))
        else:
            plain[column] = key_of(str(term)) if isinstance(term, URIRef) else str(term)
    plain["item"] = int(str(plain["item"]))
    return plain
