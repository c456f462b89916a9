"""What every command shares: how it is added to the command line, its exit status, and how it shows progress."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from graph.errors import BadParameter
from graph.settings import Settings

DONE, FELL_SHORT, USAGE, UNAVAILABLE = 0, 1, 2, 3
"""Exit status: done; some input was refused or fell short; wrong usage; store, endpoint or reasoner unavailable."""

Run = Callable[[argparse.Namespace, Settings], int]
"""A command: takes the options given and the settings, prints, and returns the exit status."""

AddCommand = Callable[[str, Run, str], argparse.ArgumentParser]
"""Adds a command by its name, what runs it, and one line of help; returns the parser its own options are added to."""


def progress(options: argparse.Namespace) -> Callable[[str], None]:
    """Return what shows progress: one line rewritten on a terminal, a line a step elsewhere, nothing if quiet."""
    if options.quiet:
        return lambda _: None
    if sys.stderr.isatty():
        return lambda message: print(f"\r\x1b[K{message[:78]}", end="", file=sys.stderr, flush=True)
    return lambda message: print(message, file=sys.stderr, flush=True)


def parameters(given: Sequence[str]) -> dict[str, list[str]]:
    """Return the values that ``--param KEY=VALUE`` gave, by key. Raises: BadParameter for one without a sign."""
    values: dict[str, list[str]] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise BadParameter(f"--param takes KEY=VALUE, not {one!r}", param=one)
        values.setdefault(name, []).append(value)
    return values
