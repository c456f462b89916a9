"""Run as a process of its own: answers the questions that come over a socket from one generation after another.

It confines itself before it opens anything. Oxigraph cannot be told to stop, so whoever asks kills this process when
time is up; should they be gone, its own alarm does. Nothing is imported here but Oxigraph and the standard library,
so that a killed worker is replaced soon.
"""

from __future__ import annotations

import json
import re
import resource
import signal
import socket
import sys
from collections.abc import Iterable
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import IO, Any, NoReturn, cast

import pyoxigraph as ox

from graph.errors import BadQuery
from graph.fence import wire
from graph.fence.confine import confine
from graph.fence.rows import RowCounter
from graph.fence.wire import Limits, Question
from graph.guard import read
from graph.syntax import syntax_error

GRACE = 1.0
"""Seconds past the time limit after which a worker that nobody killed ends itself."""
_SOLUTIONS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_TRIPLES = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}


_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""Characters, in UTF-8, that XML 1.0 cannot hold in any way; Oxigraph writes them all the same."""
_XML_NAME = re.compile(r"[^\W\d][\w.-]*$")
"""How a property must end so that RDF/XML has a name for it."""
_PEAK = re.compile(r"^VmHWM:\s*([0-9]+) kB$", re.MULTILINE)
"""What Linux says of the most memory that a program has had since it began (man 5 proc)."""


class Refused(Exception):
    """The question gets no answer; ``told`` says why, as the frame ``REFUSAL`` carries it."""

    def __init__(self, kind: str, **fields: object) -> None:
        super().__init__(kind)
        self.told = {"kind": kind, **fields}


class Writer:
    """Passes on what a serialiser writes, in parts; stops it when the answer is longer than the limits allow."""

    PART = 1 << 16

    def __init__(self, channel: socket.socket, limits: Limits, format: str, counter: RowCounter | None = None) -> None:
        self._channel = channel
        self._limits = limits
        self._is_xml = format in {"xml", "rdfxml"}
        self._counter = counter
        self._held = bytearray()
        self._size = 0
        self._stopped: Refused | None = None

    def __enter__(self) -> IO[bytes]:
        # Oxigraph needs no more of a file than these two methods.
        return cast("IO[bytes]", self)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if self._stopped is not None:
            # Oxigraph may have given the error on as one of its own.
            raise self._stopped from error
        if error is None:
            self._flush()

    def write(self, part: bytes) -> int:
        """Take the next bytes. Raises: Refused, at the limit of bytes or rows."""
        self._size += len(part)
        if self._size > self._limits.size:
            self.exceed("bytes", self._limits.size)
        if self._is_xml and _NOT_XML.search(part):
            self.give_up("XML cannot hold a character of the answer")
        if self._counter is not None:
            self._counter.feed(part)
            if self._counter.rows > self._limits.rows:
                self.exceed("rows", self._limits.rows)
        self._held += part
        if len(self._held) >= self.PART:
            self._flush()
        return len(part)

    def flush(self) -> None:
        """Do nothing: what is held is sent in parts of some size."""

    def exceed(self, limit: str, value: int) -> NoReturn:
        """End the answer here, as it is too large. Raises: Refused."""
        self._stopped = Refused("limit", limit=limit, value=value)
        raise self._stopped

    def give_up(self, reason: str) -> NoReturn:
        """End the answer here, as the format cannot hold it. Raises: Refused."""
        self._stopped = Refused("format", message=f"{reason}: ask for another format", holds="")
        raise self._stopped

    def _flush(self) -> None:
        if self._held:
            wire.send(self._channel, wire.PART, bytes(self._held))
            self._held.clear()


class Worker:
    """Answers over ``channel`` until it is closed."""

    def __init__(self, channel: socket.socket, limits: Limits, prefixes: dict[str, str]) -> None:
        self._channel = channel
        self._limits = limits
        self._prefixes = prefixes
        self._opened: tuple[str, ox.Store] = ("", ox.Store())

    def serve(self) -> None:
        """Answer one question after another until there are no more."""
        while True:
            kind, payload = wire.receive(self._channel)
            if kind != wire.QUESTION:
                return
            asked: dict[str, Any] = json.loads(payload)
            # No handler: the system ends the process, whatever Oxigraph is doing.
            signal.setitimer(signal.ITIMER_REAL, self._limits.seconds + GRACE)
            try:
                told = self._answer(asked.pop("folder"), Question(**asked))
            except Refused as refused:
                wire.send(self._channel, wire.REFUSAL, json.dumps(refused.told).encode())
            else:
                wire.send(self._channel, wire.END, json.dumps(told).encode())
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _answer(self, folder: str, question: Question) -> dict[str, int]:
        """Send an answer; returns how long it is and how much memory this process has come to hold."""
        try:
            store = self._store(folder)
            rows = self._query(store, question) if question.query is not None else self._dump(store, question)
        except BadQuery as error:
            raise Refused("query", message=error.message, fields=error.fields) from error
        except SyntaxError as error:
            told = syntax_error(question.query or "", str(error), lambda text: _complaint(text, question.base))
            raise Refused("query", message=told.message, fields=told.fields) from error
        except PermissionError as error:
            raise Refused("query", message="reads from other addresses are refused", fields={}) from error
        except MemoryError as error:
            raise Refused("limit", limit="memory", value=self._limits.memory) from error
        except OSError as error:
            raise Refused("store", message=f"the store failed: {error}") from error
        except (RuntimeError, ValueError) as error:
            raise Refused("query", message=f"the query cannot be answered: {error}", fields={}) from error
        return {"rows": rows, "held": _held()}

    def _store(self, folder: str) -> ox.Store:
        if folder != self._opened[0]:
            try:
                self._opened = (folder, ox.Store.read_only(folder))
            except (OSError, RuntimeError) as error:
                raise Refused("store", message=f"{folder}: cannot open the store: {error}") from error
        return self._opened[1]

    def _query(self, store: ox.Store, question: Question) -> int:
        text = question.query or ""
        given = question.default_graphs is not None or question.named_graphs is not None
        results = store.query(
            text,
            base_iri=question.base,
            # FROM in the query says which graphs make up the default graph; only without it are they all.
            use_default_graph_as_union=not read(text).has_dataset and not given,
            default_graph=_names(question.default_graphs) if given else None,
            named_graphs=_names(question.named_graphs) if given else None,
        )
        if isinstance(results, ox.QueryTriples):
            return self._triples(results, self._head("triples", question.triples))
        if isinstance(results, ox.QueryBoolean):
            self._write(results, self._head("boolean", question.solutions), None)
            return 1
        chosen = self._head("solutions", question.solutions)
        counter = RowCounter(chosen)
        self._write(results, chosen, counter)
        return counter.rows

    def _head(self, holds: str, format: str | None) -> str:
        """Say what is to follow. Raises: Refused, if no format that was asked for can hold it."""
        if format is None:
            raise Refused("format", message=f"none of the formats asked for can hold {holds}", holds=holds)
        wire.send(self._channel, wire.HEAD, json.dumps({"holds": holds, "format": format}).encode())
        return format

    def _write(self, results: ox.QuerySolutions | ox.QueryBoolean, format: str, counter: RowCounter | None) -> None:
        with Writer(self._channel, self._limits, format, counter) as stream:
            results.serialize(stream, _SOLUTIONS[format])

    def _triples(self, results: Iterable[ox.Triple], format: str) -> int:
        writer = Writer(self._channel, self._limits, format)
        with writer as stream:
            triples = list(islice(results, self._limits.rows + 1))
            if len(triples) > self._limits.rows:
                writer.exceed("rows", self._limits.rows)
            if format == "rdfxml" and not all(_XML_NAME.search(t.predicate.value) for t in triples):
                writer.give_up("RDF/XML has no name for a property of the answer")
            prefixes = self._used(triples)
            if format in {"trig", "nquads"}:
                quads = [ox.Quad(t.subject, t.predicate, t.object, ox.DefaultGraph()) for t in triples]
                ox.serialize(quads, stream, _TRIPLES[format], prefixes=prefixes)
            else:
                ox.serialize(triples, stream, _TRIPLES[format], prefixes=prefixes)
        return len(triples)

    def _used(self, triples: Iterable[ox.Triple]) -> dict[str, str]:
        """Return those of our prefixes that make an address in ``triples`` shorter."""
        terms = {term for t in triples for term in (t.subject, t.predicate, t.object) if isinstance(term, ox.NamedNode)}
        used = {value[: max(value.rfind("#"), value.rfind("/")) + 1] for value in (term.value for term in terms)}
        return {prefix: space for prefix, space in self._prefixes.items() if space in used}

    def _dump(self, store: ox.Store, question: Question) -> int:
        chosen = self._head("quads", question.triples)
        with Writer(self._channel, self._limits, chosen) as stream:
            store.dump(stream, _TRIPLES[chosen], prefixes=self._prefixes)
        return 0


def _held() -> int:
    """Return the most memory that this process has had at once, in bytes.

    Not what getrusage tells on Linux: that counts the process which started this one too, and a large web process
    would make every worker of its own look worn.
    """
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
    found = _PEAK.search(status)
    return int(found[1]) * 1024 if found else 0


def _complaint(query: str, base: str | None) -> str | None:
    try:
        ox.Store().query(query, base_iri=base)
    except SyntaxError as error:
        return str(error)
    return None


def _names(graphs: tuple[str, ...] | None) -> list[Any]:
    return [ox.NamedNode(name) for name in graphs or ()]


def main(descriptor: str, parent: str, limits: str, prefixes: str) -> None:
    """Confine this process, say which fences hold, and serve."""
    given = Limits(**json.loads(limits))
    held = confine(given.memory, int(parent))
    with socket.socket(fileno=int(descriptor)) as channel:
        wire.send(channel, wire.READY, json.dumps(asdict(held)).encode())
        Worker(channel, given, json.loads(prefixes)).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
