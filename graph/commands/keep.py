"""``check`` and ``export``: is the store sound, and what is in it as a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from graph import export
from graph.commands.base import DONE, FELL_SHORT, AddCommand, progress
from graph.errors import GoldenThreadError
from graph.settings import Settings
from graph.stores import open_store
from graph.vocabulary import ontology


def add(command: AddCommand) -> None:
    """Add both commands to the command line."""
    sub = command("check", _check, "check the store: shapes, checks, and vocabulary rules")
    sub.add_argument(
        "--reason", action="store_true", help="reason over ontology and reports too, and compare with the rules (Java)"
    )
    sub = command("export", _export, "write the graph to a file or standard output")
    sub.add_argument("--format", choices=list(export.FORMATS), default="nquads")
    sub.add_argument("-o", "--output", type=Path, metavar="FILE")


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from graph.check import check_store  # noqa: PLC0415  pySHACL takes a second to load; no other command needs it

    store = open_store(settings)
    if options.reason:
        from graph.reasoning import java  # noqa: PLC0415  owlready2 is needed here alone

        java()
    faults = check_store(store, progress(options))
    if options.reason:
        from graph.agreement import check_by_reasoning  # noqa: PLC0415  as above

        found = check_by_reasoning(store, ontology(), progress(options))
        for line in found.results:
            print(line)
        faults += found.faults
    for fault in faults:
        print(fault)
    print(f"{len(faults)} fault(s) found" if faults else "no fault found", file=sys.stderr)
    return FELL_SHORT if faults else DONE


def _export(options: argparse.Namespace, settings: Settings) -> int:
    content = export.export(open_store(settings), options.format)
    if options.output is None:
        sys.stdout.buffer.write(content)
        return DONE
    try:
        options.output.write_bytes(content)
    except OSError as error:
        raise GoldenThreadError(f"{options.output}: cannot be written: {error.strerror}") from error
    return DONE
