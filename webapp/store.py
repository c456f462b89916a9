"""The graph as one request sees it: a store held at one version, which remembers what it was asked.

The pages of one version of the data ask the same few questions again and again. A published generation
never changes, so its answers are kept until the next one is published. So it is with an endpoint that our writer
marked with a version; another may change at any time, so its answers live as long as the request.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import partial
from threading import Event, Lock
from time import monotonic, perf_counter
from typing import Any, BinaryIO, TypeVar, cast

from flask import Flask, current_app, g
from flask.typing import ResponseReturnValue
from rdflib import Graph

from graph import queries
from graph.endpoint import Endpoint, open_endpoint
from graph.errors import StoreChanged, StoreUnavailable
from graph.settings import Settings
from graph.stores import Reader, Store, Table, open_reader
from graph.stores.generations import current, kept
from graph.stores.oxigraph import OxigraphStore
from graph.text_index import TextIndex

T = TypeVar("T")
KEPT = 512
"""Answers kept for a version: some pages ask for long tables, so not without end."""
KEPT_TERMS = 4_000_000
"""Terms in the rows of all tables that are kept for a version, which bounds the memory that they take."""
PATIENCE = 30.0
"""Seconds to wait for what another thread is making."""
SELDOM = 600
"""Seconds for which what is made now and then is kept."""
ATTEMPTS = 3
"""Times that a page is begun before the visitor is told that the data are changing."""


class Memory:
    """A bounded memory of values, the longest unused forgotten first."""

    def __init__(self, size: int = KEPT, terms: int = KEPT_TERMS) -> None:
        self._size = size
        self._most = terms
        self._terms = 0
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, Event] = {}
        self._lock = Lock()

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value kept under ``key``, made by ``make`` if there is none.

        One thread makes it and the others wait: after an ingest all visitors want the same few things at once. If
        making fails, or takes longer than ``PATIENCE``, those who waited make it for themselves.
        """
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return cast("T", self._values[key])
            being_made = self._making.get(key)
            if being_made is None:
                made = self._making[key] = Event()
        if being_made is None:
            try:
                return self._keep(key, make())
            finally:
                with self._lock:
                    del self._making[key]
                made.set()
        being_made.wait(PATIENCE)
        with self._lock:
            if key in self._values:
                return cast("T", self._values[key])
        return self._keep(key, make())

    def _keep(self, key: Hashable, value: T) -> T:
        with self._lock:
            self._terms += _terms(value) - _terms(self._values.get(key))
            self._values[key] = value
            while len(self._values) > self._size or (self._terms > self._most and len(self._values) > 1):
                self._terms -= _terms(self._values.popitem(last=False)[1])
        return value


def _terms(value: object) -> int:
    return len(value.columns) * len(value.rows) if isinstance(value, Table) else 0


class View:
    """A store at one version. It is a ``Store`` itself, so that ``queries.run`` can be given it."""

    def __init__(self, store: Store, memory: Memory, timed: Callable[[str, float], None] | None = None) -> None:
        """``timed`` is told the name of each query that the store itself answered, and the seconds that it took."""
        self._store = store
        self._memory = memory
        self._timed = timed

    @property
    def version(self) -> str:
        """The data version."""
        return self._store.version

    @property
    def embedded(self) -> OxigraphStore | None:
        """The store itself where it is ours to read whole; None for an endpoint, which has downloads of its own."""
        return self._store if isinstance(self._store, OxigraphStore) else None

    @property
    def fixed(self) -> bool:
        """Whether equal versions mean equal data."""
        return self._store.fixed

    @property
    def lateral(self) -> bool:
        """Whether the store itself knows LATERAL."""
        return self._store.lateral

    def select(self, query: str) -> Table:
        """Return the solutions of a SELECT query, remembered."""
        return self._memory.recall(("select", query), lambda: self._select(query))

    def _select(self, query: str) -> Table:
        begun = perf_counter()
        table = self._store.select(query)
        if self._timed:
            self._timed(queries.asking.get(), perf_counter() - begun)
        return table

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query."""
        return self._store.ask(query)

    def construct(self, query: str) -> Graph:
        """Return the triples of a CONSTRUCT query."""
        return self._store.construct(query)

    def results(self, query: str, format: str) -> bytes:
        """Return the solutions as bytes of a standard format."""
        return self._store.results(query, format)

    def write(self, query: str, format: str, output: BinaryIO) -> None:
        """Write the solutions in a standard format as they arrive."""
        self._store.write(query, format, output)

    def page(self, name: str, **values: str) -> Table:
        """Return the solutions of the page query ``name``, its parameters bound to ``values``."""
        return queries.run(self, queries.page(name), values)

    def once(self, name: str) -> Table:
        """Return the solutions of the page query ``name``, not remembered: for who keeps what is made of them."""
        return queries.run(self._store, queries.page(name))

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` makes from this version, remembered under ``key``."""
        return self._memory.recall(key, make)


class Source:
    """Gives each request its view; starts a new memory when the data version changes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reader: Reader = open_reader(settings)
        self._kept: tuple[str, Memory] = ("", Memory())
        self._seldom = Memory(8)
        self._lock = Lock()
        self.timed: Callable[[str, float], None] | None = None
        """Told of each query that the store answers: see ``View``."""

    def description(self, version: str) -> dict[str, Any]:
        """Return what the published generation of ``version`` says of itself, empty where there is none."""
        if self._settings.endpoint:
            return {}
        generation = current(self._settings.store)
        return generation.description if generation and generation.version == version else {}

    def now_and_then(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` makes, made anew every ten minutes: for what costs too much to ask each time."""
        return self._seldom.recall((key, int(monotonic() // SELDOM)), make)

    def text_index(self, view: View) -> TextIndex:
        """Return the text index of ``view``: the one that was published with it, else one made in memory.

        Of an endpoint it is made once a version, or every ten minutes where it has none, and holds names alone where
        there is more evidence than ``graph.text_index.MOST_FETCHED``. Raises: StoreUnavailable.
        """
        if view.embedded is not None:

            def published() -> TextIndex:
                generation = kept(self._settings.store, view.version)
                return TextIndex.beside(generation.folder if generation else None, view)

            return view.recall("text index", published)
        made = partial(TextIndex.fetched, view)
        return view.recall("text index", made) if view.fixed else self.now_and_then("text index", made)

    def version(self) -> str | None:
        """Return the data version of now, or None if answers of one moment say nothing about the next."""
        try:
            store = self._reader.current()
        except StoreUnavailable:
            return None
        return store.version if store.fixed else None

    def view(self) -> View:
        """Return the store as it is now. Raises: StoreUnavailable."""
        store = self._reader.current()
        if not store.fixed:
            return View(store, Memory(), self.timed)
        with self._lock:
            version, memory = self._kept
            if version != store.version:
                memory = Memory()
                self._kept = (store.version, memory)
        return View(store, memory, self.timed)

    def at(self, version: str) -> View | None:
        """Return the store as it was at ``version``, None if that is no longer kept. Raises: StoreUnavailable.

        An earlier state is asked now and then, so what it answers is remembered for one request only.
        """
        now = self.view()
        if now.version == version:
            return now
        store = self._reader.at(version)
        return View(store, Memory(), self.timed) if store else None


class Site(Flask):
    """An application whose pages are made again if the data change while they are being made."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer the request from one version of the data. Raises: StoreChanged if they never stand still."""
        for _ in range(ATTEMPTS - 1):
            try:
                return super().dispatch_request()
            except StoreChanged:
                g.pop("view", None)
        return super().dispatch_request()


def open_source(app: Flask, settings: Settings) -> Source:
    """Open the store that ``settings`` name for ``app``."""
    opened = app.extensions["goldenthread"] = Source(settings)
    app.extensions["goldenthread-endpoint"] = open_endpoint(settings)
    return opened


def source() -> Source:
    """Return the source of the current application."""
    return cast("Source", current_app.extensions["goldenthread"])


def endpoint() -> Endpoint:
    """Return what answers queries from outside for the current application."""
    return cast("Endpoint", current_app.extensions["goldenthread-endpoint"])


def view() -> View:
    """Return the view of the current request: the same one from its first question to its last."""
    if "view" not in g:
        g.view = source().view()
    return cast("View", g.view)
