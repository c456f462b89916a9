"""``pack`` and ``verify``: an answer with all it rests on in one file, and whether a store still says the same."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from graph import queries
from graph.commands.base import DONE, FELL_SHORT, AddCommand, parameters
from graph.errors import BadParameter
from graph.pack import file
from graph.pack.content import content
from graph.pack.verify import compare
from graph.queries import Query, Values
from graph.settings import Settings
from graph.stores import open_store

MOST_LINES = 40
"""Differences told one by one; of more, the number."""


def add(command: AddCommand) -> None:
    """Add both commands to the command line."""
    sub = command("pack", _pack, "write an answer, with all it rests on, to one file that can be verified")
    sub.add_argument("name", metavar="QUESTION", help="a question of the catalogue; query --list lists them")
    sub.add_argument(
        "--param", action="append", default=[], metavar="KEY=VALUE", help="a parameter; may be given again"
    )
    sub.add_argument("-o", "--output", type=Path, metavar="FILE", help="file to write (default: standard output)")
    sub = command("verify", _verify, "ask the store again what an audit pack was asked, and tell what differs")
    sub.add_argument("pack", type=Path, metavar="PACK", help="file that pack, audit --format pack or a page has made")


def write(query: Query, values: Values, output: Path | None, settings: Settings) -> None:
    """Write the pack of ``query`` to ``output``, to standard output if that is None. Raises: BadParameter."""
    made = file.page(content(open_store(settings), query, values))
    if output is None:
        sys.stdout.buffer.write(made)
        return
    try:
        output.write_bytes(made)
    except OSError as error:
        raise BadParameter(f"{output}: cannot be written: {error.strerror}") from error


def _pack(options: argparse.Namespace, settings: Settings) -> int:
    write(queries.question(options.name), parameters(options.param), options.output, settings)
    return DONE


def _verify(options: argparse.Namespace, settings: Settings) -> int:
    pack, raw = file.read(options.pack)
    found = compare(pack, raw, settings)
    for line in found.differences[:MOST_LINES]:
        print(line)
    if (more := len(found.differences) - MOST_LINES) > 0:
        print(f"and {more:,} more differences")
    for line in found.notes:
        print(f"note: {line}")
    held = ", ".join(f"{len(pack[part]):,} {part}" for part in ("rows", "passages", "checks", "reports"))
    number = len(found.differences)
    print(f"differs: {number:,} difference{'' if number == 1 else 's'}" if number else f"identical: {held}")
    return FELL_SHORT if number else DONE
