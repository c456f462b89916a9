"""A store whose every question passes the fence: for questions of which any part comes from outside.

It asks what ``/sparql`` asks, with the same limits of time, memory, rows and bytes.
"""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

from rdflib import Graph

from graph.endpoint import Endpoint
from graph.errors import BadQuery
from graph.fence.wire import Question
from graph.stores.base import MEDIA_TYPES, Table
from graph.stores.results import Answer, read_results, read_triples

_TRIPLES = "application/n-triples"


class FencedStore:
    """A ``Store`` of the data ``version`` behind ``endpoint``. All methods raise as ``Endpoint.ask``."""

    def __init__(self, endpoint: Endpoint, version: str, *, fixed: bool) -> None:
        self._endpoint = endpoint
        self.version = version
        self.fixed = fixed
        self.lateral = False
        """Questions from outside are SPARQL 1.1."""

    def select(self, query: str) -> Table:
        """Return the solutions of a SELECT query."""
        found = self._answer(query)
        if isinstance(found, bool):
            raise BadQuery("a SELECT query is needed here")
        return Table(found.columns, tuple(found.rows()))

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query."""
        found = self._answer(query)
        if not isinstance(found, bool):
            raise BadQuery("an ASK query is needed here")
        return found

    def construct(self, query: str) -> Graph:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""
        question = Question(query, solutions=None, triples="ntriples")
        return read_triples(BytesIO(self._endpoint.ask(question, self._asked).body), _TRIPLES)

    def results(self, query: str, format: str) -> bytes:
        """Return the solutions as bytes of a standard format."""
        return self._endpoint.ask(Question(query, solutions=format, triples=None), self._asked).body

    def write(self, query: str, format: str, output: BinaryIO) -> None:
        """Write the solutions in a standard format: all or nothing, as an answer that is cut is none."""
        output.write(self.results(query, format))

    @property
    def _asked(self) -> str:
        # What changes under the same version cannot be asked for by version.
        return self.version if self.fixed else ""

    def _answer(self, query: str) -> Answer:
        return read_results(BytesIO(self.results(query, "json")), MEDIA_TYPES["json"])
