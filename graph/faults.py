"""Faults of a store, found by asking it: the checks, and the shapes of complete data as queries.

The store holds the shapes that it must meet (the graph ``shapes``), and a query for each kind of constraint
(queries/shapes/) reads them there. That takes a hundredth of the time of a SHACL engine and works on any store, so
every build and ingest can afford it, part by part (``graph.parts``); ``graph.check`` asks pySHACL too, and tests show
that both find the same (docs/adr/0017-shapes-as-queries.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from graph import queries
from graph.namespaces import key_of, shortened
from graph.parts import parts
from graph.stores.base import Row, Store
from graph.stores.oxigraph import OxigraphStore
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


class Faults:
    """What keeps a store from being published, found part by part; what two parts share is told once."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[Row, None]] = {}
        self._unmet: dict[Unmet, None] = {}

    def look_at(self, store: Store) -> None:
        """Look for faults in ``store``, a part of the whole with all that it refers to."""
        for name, rows in _found(store).items():
            self._rows.setdefault(name, {}).update(dict.fromkeys(rows))
        self._unmet.update(dict.fromkeys(u for u in unmet_shapes(store) if u.severity == "Violation"))

    @property
    def told(self) -> dict[str, int]:
        """How often each check found something, and how many places break each shape, by message."""
        return {name: len(rows) for name, rows in self._rows.items()} | Counter(u.message for u in self._unmet)

    @property
    def lines(self) -> list[str]:
        """A line for each check that found something, and for each place where a shape is violated."""
        return [*_failed(self._rows), *(unmet.line for unmet in sorted(self._unmet, key=_worst_first))]


def faults_of(store: OxigraphStore) -> list[str]:
    """Return a line for each fault that keeps ``store`` from being published."""
    faults = Faults()
    for part in parts(store):
        faults.look_at(part.store)
    return faults.lines


def failed_checks(store: Store) -> list[str]:
    """Return a line for each check query (queries/checks) that finds a fault in ``store``, with the first few."""
    return _failed(_found(store))


def _found(store: Store) -> dict[str, tuple[Row, ...]]:
    checks = queries.checks()
    tables = together(store.select, [check.sparql for check in checks.values()])
    return {name: table.rows for name, table in zip(checks, tables, strict=True) if table.rows}


def _failed(found: Mapping[str, Collection[Row]]) -> list[str]:
    return [
        f"{name}: {len(rows)} found, first: "
        + "; ".join(", ".join(str(value) for value in row) for row in islice(rows, SHOWN))
        for name, rows in sorted(found.items())
    ]


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
    return sorted(found, key=_worst_first)


def _worst_first(unmet: Unmet) -> tuple[bool, str, str, str, str, str]:
    return unmet.severity != "Violation", unmet.graph, unmet.focus, unmet.path, unmet.message, unmet.value


def _shown(value: str) -> str:
    whole = shortened(value) if queries.is_address(value) else repr(value)
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST]}..."


def told(faults: Sequence[str]) -> str:
    """Return ``faults`` as one line: the first few, and how many more there are."""
    more = len(faults) - SHOWN
    return "; ".join(faults[:SHOWN]) + (f"; and {more} more" if more > 0 else "")
