"""Coverage of promises by area: held against a count by hand, and every kind of gap where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import queries
from graph.build import in_memory
from graph.stores.base import Table
from graph.stores.oxigraph import OxigraphStore
from tests.reports import COVER, keys, reading, store_of

COUNTED = {
    # Bullets below each promise of the published report, counted by a person: North, South, West, the whole force.
    "1.1": (2, 2, 6, 10),
    "1.2": (7, 0, 5, 4),
    "1.3": (0, 0, 0, 9),
    "2.1": (6, 3, 8, 0),
    "3.1": (4, 1, 4, 0),
    "4.1": (0, 0, 0, 9),
    "4.2": (3, 1, 4, 0),
    "5.1": (0, 0, 0, 4),
    "5.2": (3, 1, 2, 2),
    "6.1": (0, 0, 0, 7),
    "6.2": (6, 4, 6, 0),
    "7.1": (0, 0, 0, 11),
}
AREAS = ("essex-north", "essex-south", "essex-west", "essex")


def coverage(store: OxigraphStore, **values: str) -> Table:
    return queries.run(store, queries.question("commitment-coverage"), values)


def by_cell(table: Table, column: str) -> dict[tuple[str, str], str]:
    return {(commitment, lpa): value for commitment, lpa, value in keys(table, "commitment", "lpa", column)}


def test_the_published_report_has_what_was_counted_by_hand(shared: Path) -> None:
    table = coverage(store_of(shared / "reports" / "essex-2021-22-q4.txt"))
    cells = {(f"essex-{n}", area): count for n, row in COUNTED.items() for area, count in zip(AREAS, row, strict=True)}
    assert {cell: int(items) for cell, items in by_cell(table, "items").items()} == cells
    # All of its promises have evidence somewhere, and no prose is left over where there is none.
    missing = {cell: "areas only" if cell[1] == "essex" else "force-wide only" for cell in cells}
    gaps = {cell: "" if items else missing[cell] for cell, items in cells.items()}
    assert by_cell(table, "gap") == gaps
    assert list(gaps.values()).count("force-wide only") == 16


MADE = (
    COVER
    + """Priority 1 - Safer Nights

We will:

Walk the lanes.

North LPA

- Officers walked the lanes with Street Pastors.

South LPA

A number of walks are in place in the lanes of the whole south of the county, and these include:

We will:

Count the owls.

- Owls were counted.

We will:

Feed the owls.
"""
)


@pytest.fixture(scope="module")
def made() -> OxigraphStore:
    return in_memory([reading(MADE)])


def test_prose_that_was_not_read_is_a_gap_of_its_own_promise_and_area(made: OxigraphStore) -> None:
    gaps = by_cell(coverage(made), "gap")
    assert gaps == {
        ("essex-1.1", "essex-north"): "",
        ("essex-1.1", "essex-south"): "sentences unread",
        ("essex-1.1", "essex-west"): "none found",
        ("essex-1.1", "essex"): "areas only",
        **{("essex-1.2", area): "force-wide only" for area in AREAS[:3]},
        ("essex-1.2", "essex"): "",
        **{("essex-1.3", area): "none found" for area in AREAS},
    }


def test_with_a_partner_only_its_evidence_counts(made: OxigraphStore) -> None:
    found = coverage(made, partner="street-pastors", commitment="1.1", lpa="North")
    assert keys(found, "items", "gap") == [("1", "")]
    found = coverage(made, partner="kent-police", commitment="1.1", lpa="North")
    assert keys(found, "items", "gap") == [("0", "none found")]
    table = queries.run(made, queries.question("commitment-partner-coverage"))
    assert keys(table, "partner", "lpa", "gap") == [
        ("street-pastors", "essex", "areas only"),
        ("street-pastors", "essex-north", ""),
        ("street-pastors", "essex-south", "none found"),
        ("street-pastors", "essex-west", "none found"),
    ]
