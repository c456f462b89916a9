"""``check`` and ``export``: is the store sound, and what is in it as a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from graph import export
from graph.commands.base import DONE, FELL_SHORT, AddCommand, progress
from graph.errors import BadParameter, GoldenThreadError
from graph.settings import Settings
from graph.stores import open_store
from graph.vocabulary import ontology

STRATML = "stratml"
"""The export that is of one force: its plan and performance, for other programs of public bodies."""


def add(command: AddCommand) -> None:
    """Add both commands to the command line."""
    sub = command("check", _check, "look for faults in ontology, vocabularies and store: shapes, and the checks")
    sub.add_argument(
        "--reference", action="store_true", help="only the ontology and the vocabularies, as files; needs no store"
    )
    sub.add_argument(
        "--reason", action="store_true", help="reason over ontology and reports too, beside the rules; needs Java"
    )
    sub = command("export", _export, "write the graph to a file or standard output")
    sub.add_argument("--format", choices=[*export.FORMATS, STRATML], default="nquads")
    sub.add_argument("--force", default="", metavar="FORCE", help="with stratml: the force, where several report")
    sub.add_argument("--quarter", default="", metavar="QUARTER", help="with stratml: this quarter alone (2021-22 Q4)")
    sub.add_argument("-o", "--output", type=Path, metavar="FILE")


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from graph import check  # noqa: PLC0415  pySHACL takes a second to load; no other command needs it

    store = None if options.reference else open_store(settings)
    if options.reason:
        from graph.reasoning import java  # noqa: PLC0415  owlready2 is needed here alone

        java()
    found = check.check_reference(settings.forces, progress(options))
    if store is not None:
        in_store = check.check_store(store, progress(options))
        found.faults += in_store.faults
        found.warnings += in_store.warnings
    if options.reason:
        from graph.agreement import check_by_reasoning  # noqa: PLC0415  as above

        reasoned = check_by_reasoning(store, ontology(), progress(options))
        for line in reasoned.results:
            print(line)
        found.faults += reasoned.faults
    # What files and store both say is told once, by the file.
    for line in dict.fromkeys(found.faults + found.warnings):
        print(line)
    faults = f"{len(found.faults)} fault(s) found" if found.faults else "no fault found"
    print(faults + (f", {len(found.warnings)} warning(s)" if found.warnings else ""), file=sys.stderr)
    return FELL_SHORT if found.faults else DONE


def _export(options: argparse.Namespace, settings: Settings) -> int:
    store = open_store(settings)
    if options.format == STRATML:
        from graph.stratml import choose, stratml  # noqa: PLC0415  lxml loads slowly, only this needs it

        content = stratml(store, choose(store, options.force, options.quarter))
    elif options.force or options.quarter:
        raise BadParameter("--force and --quarter choose what --format stratml tells; other formats hold everything")
    else:
        content = export.export(store, options.format)
    if options.output is None:
        sys.stdout.buffer.write(content)
        return DONE
    try:
        options.output.write_bytes(content)
    except OSError as error:
        raise GoldenThreadError(f"{options.output}: cannot be written: {error.strerror}") from error
    return DONE
