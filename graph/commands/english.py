"""``ask``: a question in English, how it was read, and its rows."""

from __future__ import annotations

import argparse
import csv
import json
import sys

from rdflib import Literal

from graph import tables
from graph.ask import Answer, answer
from graph.ask.formats import as_json, flat
from graph.commands.base import DONE, FELL_SHORT, AddCommand
from graph.explain.emptiness import as_text, beside, why_empty
from graph.explain.sentences import names
from graph.settings import Settings
from graph.stores import open_store
from graph.stores.base import Table


def add(command: AddCommand) -> None:
    """Add the command to the command line."""
    sub = command("ask", _ask, "answer a question in English, and show how it was read")
    sub.add_argument("question", nargs="+", metavar="QUESTION")
    sub.add_argument("--format", choices=["table", "json", "csv"], default="table")


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    store = open_store(settings)
    given = answer(store, " ".join(options.question))
    empty = why_empty(given.sparql, names(store), store.select) if given.status == "empty" and given.sparql else None
    if options.format == "json":
        json.dump({**as_json(given), **beside(empty)}, sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif options.format == "csv":
        header, lines = flat(given)
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)
    else:
        _print(given)
        if empty:
            print(as_text(empty))
    return FELL_SHORT if given.status == "unread" else DONE


def _print(given: Answer) -> None:
    print(given.reading)
    if given.value is not None:
        print({True: "yes", False: "no"}.get(given.value) if isinstance(given.value, bool) else given.value, given.unit)
    if given.rows:
        print(tables.as_text(_table(given)))
    elif given.status == "empty":
        print("Nothing in the reports answers this.")
    for heading, others in (("It may mean:", given.readings), ("Nearest questions with an answer:", given.suggestions)):
        if others:
            print(heading)
            for other in others:
                print(f"  {other.question}")


def _table(given: Answer) -> Table:
    """Return the rows as people read them: names in place of addresses, and where each is said."""
    shown = [c for c in given.columns if c != "quote"]
    rows = []
    for row in given.rows:
        cells = [Literal(cell.label) if (cell := row.cells.get(c)) else None for c in shown]
        rows.append((*cells, Literal("; ".join(e.label for e in row.evidence))))
    return Table((*shown, "saidIn"), tuple(rows))
