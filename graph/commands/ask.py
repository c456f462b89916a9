"""``query`` and ``sparql``: questions to the store, and their rows."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from graph import export, queries, tables
from graph.commands.base import DONE, USAGE, AddCommand, parameters
from graph.errors import BadParameter, BadQuery
from graph.explain.emptiness import as_text, why_empty
from graph.explain.sentences import names
from graph.guard import read_only
from graph.settings import Settings
from graph.stores import open_store


def add(command: AddCommand) -> None:
    """Add both commands to the command line."""
    sub = command("query", _query, "run a question of the catalogue")
    sub.add_argument("name", nargs="?", metavar="NAME")
    sub.add_argument("--list", action="store_true", help="list the questions and their parameters")
    sub.add_argument(
        "--param", action="append", default=[], metavar="KEY=VALUE", help="a parameter; may be given again"
    )
    sub.add_argument("--sparql", action="store_true", help="print the SPARQL that would run, with the values in place")
    sub.add_argument("--format", choices=["table", "json", "csv", "tsv", "xml"], default="table")
    sub = command("sparql", _sparql, "run SPARQL, read-only")
    sub.add_argument("query", nargs="?", metavar="QUERY", help="the query (default: read from standard input)")
    sub.add_argument("-f", "--file", type=Path, help="read the query from a file")
    sub.add_argument("--format", choices=["table", "json", "csv", "tsv", "xml", "turtle"], default="table")


def _query(options: argparse.Namespace, settings: Settings) -> int:
    if options.list or not options.name:
        for query in queries.catalogue().values():
            params = ", ".join(p.name + (f"={p.default}" if p.default is not None else "") for p in query.params)
            print(f"{query.name}\n    {query.summary}\n    parameters: {params or 'none'}")
        return DONE if options.list else USAGE
    query = queries.question(options.name)
    store = open_store(settings)
    text = queries.bind(store, query, parameters(options.param))
    if options.sparql:
        print(text, end="")
        return DONE
    return _print_results(text, options.format, settings)


def _sparql(options: argparse.Namespace, settings: Settings) -> int:
    if options.file is not None:
        try:
            text = options.file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadParameter(f"{options.file}: cannot be read: {error}") from error
    else:
        text = options.query if options.query is not None else sys.stdin.read()
    try:
        return _print_results(read_only(text), options.format, settings)
    except BadQuery as error:
        # Who is told where the fault is sees the place too.
        raise BadQuery(error.message, **{**error.fields, "query": text}) from error


def _print_results(query: str, format_: str, settings: Settings) -> int:
    store = open_store(settings)
    if format_ == "table":
        table = store.select(query)
        print(tables.as_text(table))
        empty = None if table.rows else why_empty(query, names(store), store.select)
        if empty:
            print(as_text(empty))
    elif format_ == "turtle":
        print(export.as_turtle(store.construct(query)), end="")
    else:
        sys.stdout.buffer.write(store.results(query, format_))
        if format_ in ("json", "xml"):
            print(flush=True)
    return DONE
