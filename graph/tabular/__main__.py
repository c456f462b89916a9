"""The command line of the tables: see the package."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from graph.errors import VocabularyError
from graph.tabular import generate, write


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the tables, write the Turtle, say what was written; 1 if a table cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m graph.tabular", description="CSV tables into vocabularies.")
    parser.add_argument("tables", type=Path, metavar="CSV_DIR", help="folder of the CSV tables")
    parser.add_argument("--force", default="essex", help="police.uk id of the force they describe (default: essex)")
    parser.add_argument("--out", type=Path, default=Path("ontology"), help="ontology folder (default: ontology)")
    options = parser.parse_args(arguments)
    try:
        if not options.tables.is_dir():
            parser.error(f"{options.tables} is not a folder")
        files, unused = generate(options.tables, options.out, options.force)
    except VocabularyError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    write(files, options.out)
    for file in files:
        sys.stderr.write(f"wrote {options.out / file.path}\n")
    for correction in unused:
        sys.stderr.write(f"correction without effect: {correction}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
