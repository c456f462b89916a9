"""``compare``: what changed between two reports of the store."""

from __future__ import annotations

import argparse
import json
import sys

from graph.commands.base import DONE, AddCommand
from graph.comparison import compare, pair
from graph.comparison.told import as_json, lines
from graph.settings import Settings
from graph.stores import open_store


def add(command: AddCommand) -> None:
    """Add the command to the command line."""
    sub = command("compare", _compare, "show what changed between two reports: figures, sentences, links")
    sub.add_argument("before", nargs="?", default="", metavar="FROM", help="report (default: the one before TO)")
    sub.add_argument("after", nargs="?", default="", metavar="TO", help="report (default: the latest of the force)")
    sub.add_argument("--format", choices=["table", "json"], default="table")


def _compare(options: argparse.Namespace, settings: Settings) -> int:
    store = open_store(settings)
    found = compare(store, *pair(store, options.before, options.after))
    if options.format == "json":
        json.dump(as_json(found), sys.stdout, ensure_ascii=False, indent=1)
        print()
        return DONE
    for line in lines(found):
        print(line)
    return DONE
