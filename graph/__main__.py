"""The command line: the options that every command takes, and what a failure becomes.

Results go to standard output, everything else to standard error. Exit status: 0 done; 1 something in
the input was refused or fell short; 2 wrong usage; 3 store, endpoint or reasoner unavailable.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from graph.commands import COMMANDS
from graph.commands.base import DONE, FELL_SHORT, UNAVAILABLE, USAGE, Run
from graph.errors import (
    AddressInUse,
    BadParameter,
    GoldenThreadError,
    QueryNotFound,
    ReasonerUnavailable,
    StoreUnavailable,
)
from graph.settings import Settings
from graph.statements import VERSION


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of ``goldenthread`` and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        settings = Settings.from_environment()
        settings = replace(
            settings,
            store=options.store or settings.store,
            endpoint=options.endpoint or settings.endpoint,
        )
        command: Run = options.run
        return command(options, settings)
    except (StoreUnavailable, AddressInUse, ReasonerUnavailable) as error:
        return _fail(error, UNAVAILABLE)
    except (QueryNotFound, BadParameter) as error:
        return _fail(error, USAGE)
    except GoldenThreadError as error:
        return _fail(error, FELL_SHORT)
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough; leave without a message.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return FELL_SHORT


def _fail(error: GoldenThreadError, status: int) -> int:
    print(f"goldenthread: {' '.join(error.message.split())}", file=sys.stderr)
    for line in _pointed(error.fields):
        print(line, file=sys.stderr)
    return status


def _pointed(fields: Mapping[str, object]) -> Iterator[str]:
    """Yield the line of a query at fault with a caret below the place, and the query mended where that is known.

    Empty where an error names no place in a query.
    """
    query, line, column = fields.get("query"), fields.get("line"), fields.get("column")
    if isinstance(query, str) and isinstance(line, int) and isinstance(column, int):
        lines = query.splitlines()
        shown = lines[line - 1] if 1 <= line <= len(lines) else ""
        # A tab stays a tab, so that the caret stands where a terminal puts what is above it.
        before = "".join("\t" if sign == "\t" else " " for sign in shown[: column - 1].ljust(column - 1))
        yield from (f"  {shown}", f"  {before}^")
        if isinstance(fix := fields.get("fix"), str):
            yield from ("Likely meant:", *(f"  {one}" for one in fix.splitlines()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="goldenthread", description="A graph of what a police force promises and reports."
    )
    parser.add_argument("--version", action="version", version=f"goldenthread {VERSION}")
    everywhere = argparse.ArgumentParser(add_help=False)
    everywhere.add_argument(
        "--store", type=Path, metavar="DIR", help="folder of the store (default $GOLDENTHREAD_STORE or ./.goldenthread)"
    )
    everywhere.add_argument("--endpoint", metavar="URL", help="ask a SPARQL 1.1 endpoint in place of the store")
    everywhere.add_argument("--quiet", action="store_true", help="no progress on standard error")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Run, help_: str) -> argparse.ArgumentParser:
        sub = subparsers.add_parser(name, parents=[everywhere], help=help_, description=help_)
        sub.set_defaults(run=run)
        return sub

    for module in COMMANDS:
        module.add(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
