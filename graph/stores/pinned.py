"""An endpoint held at one version: an answer counts only if the data did not change while it was made."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import BinaryIO

from rdflib import Graph

from graph.errors import StoreChanged, StoreUnavailable
from graph.settings import Settings
from graph.stores.base import Store, Table
from graph.stores.connection import shown_address
from graph.stores.loading import WRITING
from graph.stores.remote import RemoteStore

FRESH = 0.5
"""Seconds for which the endpoint is not asked again whether it has changed."""


SETTLED = 0.1
"""Seconds after which an endpoint without a mark is believed to have none."""


class PinnedStore:
    """An endpoint at ``version``, which the writer's mark in its data gave it.

    The mark is read again after each answer: had a writer been at work meanwhile, it would be another one.
    Raises, beside what ``RemoteStore`` raises: StoreChanged.
    """

    def __init__(self, store: RemoteStore, version: str, note: Callable[[str | None], None] = lambda _: None) -> None:
        """``note`` is told each mark that is found."""
        self._store = store
        self._version = version
        self._note = note

    @property
    def version(self) -> str:
        """The data version."""
        return self._version

    @property
    def fixed(self) -> bool:
        """What is answered for this version is what any other question of this version is answered from."""
        return True

    @property
    def lateral(self) -> bool:
        """Whether the store itself knows LATERAL."""
        return self._store.lateral

    def select(self, query: str) -> Table:
        """Return the solutions of a SELECT query."""
        table = self._store.select(query)
        self._check()
        return table

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query."""
        answer = self._store.ask(query)
        self._check()
        return answer

    def construct(self, query: str) -> Graph:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""
        graph = self._store.construct(query)
        self._check()
        return graph

    def results(self, query: str, format: str) -> bytes:
        """Return the solutions of a SELECT or ASK query as bytes of a standard format."""
        written = io.BytesIO()
        self.write(query, format, written)
        return written.getvalue()

    def write(self, query: str, format: str, output: BinaryIO) -> None:
        """Write the solutions of a SELECT or ASK query in a standard format as they arrive."""
        self._store.write(query, format, output)
        self._check()

    def _check(self) -> None:
        found = self._store.mark()
        self._note(found)
        if found != self._version:
            raise StoreChanged(f"the data changed from version {self._version} to {found} meanwhile; ask again")


class EndpointReader:
    """Gives the endpoint at its current version; without a mark of ours, as it is."""

    def __init__(self, settings: Settings) -> None:
        self._store = RemoteStore(settings)
        self._shown = shown_address(settings.endpoint or "")
        self._seen: tuple[float, str | None] = (float("-inf"), None)
        self._marked = False

    def current(self) -> Store:
        """Return the store as it is now. Raises: StoreUnavailable, also while a writer is replacing its graphs."""
        when, mark = self._seen
        if time.monotonic() - when > FRESH:
            mark = self._store.mark()
            if mark is None and not self._marked:
                time.sleep(SETTLED)
                mark = self._store.mark()
            self._note(mark)
        if mark == WRITING or (mark is None and self._marked):
            # A server that is given a graph may empty it first: then the mark is gone for a moment.
            raise StoreUnavailable(f"{self._shown}: the data are being written. Try again in a moment")
        return PinnedStore(self._store, mark, self._note) if mark else self._store

    def at(self, version: str) -> Store | None:
        """Return the store as it was at ``version``: an endpoint keeps no earlier one."""
        now = self.current()
        return now if now.version == version else None

    def _note(self, mark: str | None) -> None:
        self._marked = self._marked or mark is not None
        self._seen = (time.monotonic(), mark)
