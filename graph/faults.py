"""Faults of a store, found by asking it: the checks, and the shapes of complete data as queries.

The store holds the shapes that it must meet (the graph ``shapes``), and a query for each kind of constraint
(queries/shapes/) reads them there. That takes a hundredth of the time of a SHACL engine and works on any store, so
every build and ingest can afford it; ``graph.check`` asks pySHACL too, and tests show that both find the same
(docs/adr/0017-shapes-as-queries.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph import queries
from graph.namespaces import key_of, shortened
from graph.stores.base import Store
from graph.stores.together import together

SHOWN = 3
"""Faults of a kind that a message tells one by one."""


LONGEST = 60
"""Characters of a value that a message shows."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A place in a store where a shape is not met."""

    graph: str
    """Address of the named graph that says what class the thing is of."""
    focus: str
    """Address of the thing at fault."""
    path: str
    """Property at fault, as an address; "" where the thing itself is."""
    severity: str
    """"Violation", "Warning" or "Info"."""
    message: str
    """What complete data would look like, in plain English."""
    value: str = ""
    """The value at fault; "" where one is missing."""

    @property
    def line(self) -> str:
        """Where and what, in one line: graph, thing, property, message."""
        return f"{shortened(self.graph)}: {self.told}"

    @property
    def told(self) -> str:
        """What is said of the thing, without the graph: its property, what should be, and the value that is."""
        at = " ".join(shortened(part) for part in (self.focus, self.path) if part)
        return f"{at}: {self.message}" + (f" Here: {_shown(self.value)}" if self.value else "")


def failed_checks(store: Store) -> list[str]:
    """Return a line for each check query (queries/checks) that finds a fault in ``store``, with the first few."""
    faults = []
    checks = queries.checks()
    for name, table in zip(checks, together(store.select, [check.sparql for check in checks.values()]), strict=True):
        if table.rows:
            first = "; ".join(", ".join(str(v) for v in row) for row in table.rows[:SHOWN])
            faults.append(f"{name}: {len(table.rows)} found, first: {first}")
    return faults


def unmet_shapes(store: Store) -> list[Unmet]:
    """Return where ``store`` does not meet the shapes it holds: violations first, then by graph, thing and property."""
    found = {
        Unmet(
            str(row["graph"]),
            str(row["focus"]),
            str(row["path"] or ""),
            key_of(str(row["severity"])),
            str(row["message"]),
            str(row["value"] or ""),
        )
        for table in together(store.select, [query.sparql for query in queries.shapes().values()])
        for row in table.dicts()
    }
    return sorted(found, key=lambda u: (u.severity != "Violation", u.graph, u.focus, u.path, u.message, u.value))


def _shown(value: str) -> str:
    whole = shortened(value) if queries.is_address(value) else repr(value)
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST]}..."


def told(faults: Sequence[str]) -> str:
    """Return ``faults`` as one line: the first few, and how many more there are."""
    more = len(faults) - SHOWN
    return "; ".join(faults[:SHOWN]) + (f"; and {more} more" if more > 0 else "")
