"""``force``: the folder of Turtle that a new force begins with."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from graph.commands.base import DONE, AddCommand
from graph.force import read_areas, skeleton, write_folder
from graph.settings import Settings
from graph.vocabulary import load_vocabulary


def add(command: AddCommand) -> None:
    """Add the command to the command line."""
    sub = command("force", _force, "make the folder of Turtle that a new force begins with")
    sub.add_argument("name", metavar="NAME", help="name of the force, or the key of one that the product knows")
    sub.add_argument(
        "--areas",
        required=True,
        metavar="AREAS",
        help="its parts and their districts: 'North Hub: First District E07000001, Second District; South Hub: ...'",
    )
    sub.add_argument(
        "--out", type=Path, metavar="DIR", help="folder of forces (default $GOLDENTHREAD_FORCES or ./forces)"
    )


def _force(options: argparse.Namespace, settings: Settings) -> int:
    areas = read_areas(options.areas)
    vocabulary = load_vocabulary()
    out = options.out or settings.forces or Path("forces")
    key, files = skeleton(options.name, areas, vocabulary)
    for path in write_folder(out / key, files):
        print(path)
    if not options.quiet:
        then = f"export GOLDENTHREAD_FORCES={out}; goldenthread check --reference"
        print(f"Fill in what the comments ask for, then: {then}", file=sys.stderr)
    return DONE
