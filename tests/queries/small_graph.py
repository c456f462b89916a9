"""The small graph that questions are held against: three invented reports, read with vocabularies of a few entries.

``tests/queries/small`` holds both. It is made by the same line as every store, so that no row is true of a hand-written
graph alone, and it is small enough that a person can read every report and know what each question must answer.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from graph import build
from graph.mentions import operation_names
from graph.mentions.operations import reconcile
from graph.stores.oxigraph import OxigraphStore
from graph.vocabulary import FOLDER, load_vocabulary

SMALL = Path(__file__).resolve().parent / "small"
KINDS = ("figures", "headings", "kinds", "partner-types", "quality")
"""Lists of kinds, which questions name and every force shares: those of the ontology itself."""


@cache
def small_graph() -> OxigraphStore:
    """Return a store in memory that holds the three small reports and their vocabularies."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "vocabulary"
        shutil.copytree(SMALL / "vocabulary", folder)
        for name in KINDS:
            shutil.copy(FOLDER / "schemes" / f"{name}.ttl", folder / "schemes")
        vocabulary = load_vocabulary(folder)
        reports = [build.read_report(path, vocabulary) for path in sorted(SMALL.glob("*.txt"))]
        spelt = reconcile(name for report in reports for name in operation_names(report, vocabulary))
        return build.in_memory([build.read_mentions(r, vocabulary, spelt) for r in reports], vocabulary, folder)
