"""``query`` and ``sparql``: questions to the store, and their rows."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from graph import export, queries, tables
from graph.commands.base import DONE, USAGE, AddCommand, parameters
from graph.errors import BadParameter, BadQuery
from graph.explain.emptiness import as_text, why_empty
from graph.explain.sentences import names
from graph.guard import read_only
from graph.provenance import Proofs
from graph.settings import Settings
from graph.stores import Store, Table, open_store


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
    sub.add_argument("--evidence", action="store_true", help="tell the sentences behind each row (table or json)")
    sub.add_argument("--offset", type=int, default=0, metavar="N", help="with --evidence: rows to leave out first")
    sub.add_argument("--limit", type=int, default=10, metavar="N", help="with --evidence: rows at most (default 10)")
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
    if options.evidence:
        return _print_evidence(store, text, options)
    return _print_results(text, options.format, settings)


def _print_evidence(store: Store, text: str, options: argparse.Namespace) -> int:
    if options.format not in ("table", "json"):
        raise BadParameter(f"{options.format} has no place for evidence; table and json have", param="format")
    if options.offset < 0 or options.limit < 1:
        raise BadParameter("--offset is 0 or more, and --limit 1 or more", param="limit")
    whole = store.select(text)
    part = Table(whole.columns, whole.rows[options.offset : options.offset + options.limit])
    found = Proofs(store).of_rows(text, part.columns, part.rows)
    if options.format == "json":
        rows = [{n: None if t is None else str(t) for n, t in row.items()} for row in part.dicts()]
        told = [{**row, "evidence": asdict(one)} for row, one in zip(rows, found, strict=True)]
        print(json.dumps({"total": len(whole.rows), "rows": told}, ensure_ascii=False, indent=1))
        return DONE
    for number, (row, one) in enumerate(zip(part.rows, found, strict=True), options.offset + 1):
        print(f"row {number} of {len(whole.rows)}")
        print("  " + tables.as_text(Table(part.columns, (row,))).rpartition("\n")[0].replace("\n", "\n  "))
        print(f"  {one.kind}: {one.means}" + (f" ({one.searched} passages searched)" if one.searched else ""))
        for absence in one.absences:
            print(f"  searched without a find: {absence.words}")
        for sentence in one.sentences:
            print(f"  {sentence.label}, characters {sentence.start} to {sentence.end}:")
            print(f"    \u201c{' '.join(sentence.quote.split())}\u201d")
    return DONE


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
