"""Answers SPARQL from outside: over the embedded store in the fence, over another endpoint through the guard.

What stands before another endpoint is less: it is that endpoint which reads the query, spends the time and the memory,
and which may fetch what it does not know. So a query's own dataset is taken from graphs that it has only, a dataset of
the request's is refused, and so is the dump of everything.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from rdflib import Dataset, Graph, URIRef

from graph import queries
from graph.errors import BadQuery, LimitExceeded, NotAcceptable, NotFound
from graph.fence.confine import Confinement
from graph.fence.pool import Pool, cores, pool_for
from graph.fence.process import Answer
from graph.fence.refusals import RETRY, busy, exceeded
from graph.fence.rows import RowCounter
from graph.fence.wire import Question
from graph.formats import serialise, trig
from graph.guard import read
from graph.settings import Settings
from graph.stores import Reader, Store, current_generation, open_reader
from graph.stores.generations import kept

LONGEST = 1 << 20
"""Characters that a query may have."""
_OURS = {"turtle": "ttl", "ntriples": "nt", "rdfxml": "rdf", "jsonld": "jsonld"}


class Endpoint(Protocol):
    """Answers questions from outside."""

    def ask(self, question: Question, version: str = "") -> Answer:
        """Return the answer of the data ``version``; "": of today's.

        Raises: NotFound if that version is not kept; BadQuery; NotAcceptable; LimitExceeded naming the limit;
        ServiceBusy; StoreUnavailable.
        """
        ...

    def confinement(self) -> Confinement | None:
        """Return which fences hold around queries; None if they run elsewhere. Raises: StoreUnavailable."""
        ...

    def close(self) -> None:
        """End all processes."""
        ...


def open_endpoint(settings: Settings) -> Endpoint:
    """Return what answers SPARQL from outside over the store or endpoint that ``settings`` name."""
    return _Proxy(settings) if settings.endpoint else _Fenced(settings)


class _Fenced:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool: Pool = pool_for(settings)

    def ask(self, question: Question, version: str = "") -> Answer:
        _measure(question)
        store = self._settings.store
        generation = kept(store, version) if version else current_generation(self._settings)
        if generation is None:
            raise _gone(version)
        return self._pool.ask(generation.rdf, question)

    def confinement(self) -> Confinement | None:
        return self._pool.confinement()

    def close(self) -> None:
        self._pool.close()


class _Proxy:
    def __init__(self, settings: Settings) -> None:
        self._reader: Reader = open_reader(settings)
        self._settings = settings
        self._places = threading.BoundedSemaphore(settings.query_workers or cores())

    def ask(self, question: Question, version: str = "") -> Answer:
        _measure(question)
        if version not in {"", self._reader.current().version}:
            raise _gone(version)
        if question.query is None or question.default_graphs is not None or question.named_graphs is not None:
            raise BadQuery("this service stands before another one: write the graphs to ask as FROM into the query")
        reading = read(question.query)
        if reading.form is None:
            raise BadQuery("the query is neither SELECT, ASK, CONSTRUCT nor DESCRIBE")
        store = self._reader.current()
        with self._place():
            for graph in reading.dataset:
                _refuse_unknown(store, graph)
            answer = (
                _solutions(store, question, reading.form)
                if reading.form in {"SELECT", "ASK"}
                else _triples(store, question)
            )
        return self._within_limits(answer)

    def confinement(self) -> Confinement | None:
        return None

    def close(self) -> None:
        """Do nothing: no process is ours."""

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=RETRY):
            raise busy()
        try:
            yield
        finally:
            self._places.release()

    def _within_limits(self, answer: Answer) -> Answer:
        rows = answer.rows
        if answer.holds == "solutions":
            counter = RowCounter(answer.format)
            counter.feed(answer.body)
            rows = counter.rows
        if rows > self._settings.query_rows:
            raise exceeded("rows", self._settings.query_rows)
        if len(answer.body) > self._settings.query_bytes:
            raise exceeded("bytes", self._settings.query_bytes)
        return replace(answer, rows=rows)


def _gone(version: str) -> NotFound:
    return NotFound(f"data version {version} is not kept here, or never was")


def _measure(question: Question) -> None:
    if len(question.query or "") > LONGEST:
        raise LimitExceeded(f"the query is longer than {LONGEST:,} characters", limit="query", value=LONGEST)


def _refuse_unknown(store: Store, graph: str) -> None:
    asked = queries.fill(queries.page("graph"), {"graph": [URIRef(graph)]}) if queries.is_address(graph) else None
    known = asked is not None and store.select(asked).rows
    if not known:
        raise BadQuery(f"FROM <{graph}>: the endpoint behind this service has no such graph, and may try to fetch it")


def _solutions(store: Store, question: Question, form: str) -> Answer:
    holds = "boolean" if form == "ASK" else "solutions"
    if question.solutions is None:
        raise NotAcceptable(f"none of the formats asked for can hold {holds}", holds=holds)
    return Answer(holds, question.solutions, store.results(question.query or "", question.solutions), 1)


def _triples(store: Store, question: Question) -> Answer:
    if question.triples is None:
        raise NotAcceptable("none of the formats asked for can hold triples", holds="triples")
    graph = store.construct(question.query or "")
    return Answer("triples", question.triples, _written(graph, question.triples), len(graph))


def _written(graph: Graph, format: str) -> bytes:
    if format in _OURS:
        return serialise(graph, _OURS[format])
    dataset = Dataset()
    for triple in graph:
        dataset.add(triple)
    return trig(dataset) if format == "trig" else dataset.serialize(format="nquads", encoding="utf-8")
