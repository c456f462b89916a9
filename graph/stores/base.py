"""What every store can do; questions and pages know nothing else about where the graph lives.

The default graph of every query is the union of all named graphs (docs/adr/0007-union-default-graph.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Protocol

from rdflib import Graph
from rdflib.term import Node

Row = tuple[Node | None, ...]

MEDIA_TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
"""The four standard formats of SELECT results: name on the command line to media type."""


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT query: its variables in order, and a row of terms (None: unbound) for each."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def dicts(self) -> list[dict[str, Node | None]]:
        """Return each row as a mapping from column to term."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Store(Protocol):
    """A graph that can be asked. Implementations: ``oxigraph.OxigraphStore``, ``remote.RemoteStore``."""

    @property
    def version(self) -> str:
        """The data version: equal versions give equal answers."""
        ...

    @property
    def fixed(self) -> bool:
        """Whether equal versions mean equal data, so that answers may be kept for as long as the version lasts."""
        ...

    @property
    def lateral(self) -> bool:
        """Whether queries may have LATERAL in them (SEP 0006 of the SPARQL 1.2 community group)."""
        ...

    def select(self, query: str) -> Table:
        """Return the solutions of a SELECT query.

        Raises: BadQuery if it does not parse or is of another form; StoreUnavailable if the store fails.
        """
        ...

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query. Raises as ``select``."""
        ...

    def construct(self, query: str) -> Graph:
        """Return the triples of a CONSTRUCT or DESCRIBE query. Raises as ``select``."""
        ...

    def results(self, query: str, format: str) -> bytes:
        """Return the solutions of a SELECT or ASK query in a format of ``MEDIA_TYPES``. Raises as ``select``."""
        ...

    def write(self, query: str, format: str, output: BinaryIO) -> None:
        """Write what ``results`` returns to ``output`` as it arrives, for answers of any length. Raises as ``select``.

        Where an error comes after the first rows, these have been written.
        """
        ...
