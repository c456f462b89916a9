"""``explain``: what a query asks, in a sentence; and back."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from graph import queries
from graph.commands.base import DONE, AddCommand, parameters
from graph.errors import BadQuery, QueryNotFound
from graph.explain.formats import as_json
from graph.explain.sentences import explain, names, query_of
from graph.guard import read_only
from graph.settings import Settings
from graph.stores import open_store
from graph.stores.base import Store


def add(command: AddCommand) -> None:
    """Add the command to the command line."""
    sub = command(
        "explain", _explain, "say in English what a query asks; or, with --back, the query that a sentence is"
    )
    sub.add_argument("what", nargs="?", metavar="FILE|NAME", help="a file, a question's name; without: standard input")
    sub.add_argument(
        "--param", action="append", default=[], metavar="KEY=VALUE", help="for a question, may be repeated"
    )
    sub.add_argument("--back", action="store_true", help="read a sentence that explain made, and write its query")
    sub.add_argument("--format", choices=["text", "json"], default="text")


def _explain(options: argparse.Namespace, settings: Settings) -> int:
    store = open_store(settings)
    known = names(store)
    text = _text(store, options)
    if options.back:
        print(query_of(text, known), end="")
        return DONE
    said = explain(read_only(text), known)
    if options.format == "json":
        json.dump(as_json(said), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print(f"{said.headline}\n\n{said.text}")
        for one in said.unknown:
            # Beside the sentence, which can be read back as it stands.
            print(one.says, file=sys.stderr)
    return DONE


def _text(store: Store, options: argparse.Namespace) -> str:
    if options.what is None:
        return sys.stdin.read()
    if options.what in queries.catalogue():
        return queries.bind(store, queries.question(options.what), parameters(options.param))
    path = Path(options.what)
    if not path.is_file():
        near = ", ".join(queries.catalogue()) if not path.suffix else "no such file"
        raise QueryNotFound(f"{options.what} is neither a file nor a question of the catalogue: {near}")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuery(f"{path}: it cannot be read as text: {error}") from error
