"""Answers of other stores, read as they arrive and brought into one form; the parsers are pyoxigraph's.

A cancelled or broken answer can arrive with status 200, so an answer counts only once its last byte has been parsed.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Generator, Iterator
from decimal import Decimal
from typing import BinaryIO, TypeVar

import pyoxigraph as ox
from rdflib import XSD, Graph

from graph.stores.base import MEDIA_TYPES, Row
from graph.stores.oxigraph import RESULTS, rdf_term, rdf_triple

READABLE = {
    MEDIA_TYPES["json"]: ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    MEDIA_TYPES["xml"]: ox.QueryResultsFormat.XML,
}
"""Forms of results whose end can be told; a CSV or TSV that breaks off between two lines looks whole."""
VIRTUOSO_ASK = ("__ASK_RETVAL",)
"""The column of the table, with a 1 in it or a 0, that Virtuoso 7 makes of a boolean in JSON."""
_VIRTUOSO_NODE = re.compile(rb'("bnode"\s{0,9},\s{0,9}"value"\s{0,9}:\s{0,9}")nodeID://')
"""How Virtuoso 7 names a blank node in JSON: no name that the standard's parsers take."""
_LONGEST_NODE = 80
"""Bytes of that at most."""
Term = ox.NamedNode | ox.BlankNode | ox.Literal


T = TypeVar("T")


class BrokenAnswer(Exception):
    """An answer that breaks off or is not what its head says; the message tells where."""


class Solutions:
    """The answer of a SELECT query: its variables, and its solutions once, as they arrive. Close it."""

    def __init__(self, columns: tuple[str, ...], found: Generator[ox.QuerySolution]) -> None:
        self.columns = columns
        self.count = 0
        self._found = found

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        for solution in self._found:
            self.count += 1
            yield tuple(None if term is None else _plain(term) for term in solution)

    def rows(self) -> Iterator[Row]:
        """Yield the solutions as rows of rdflib's terms."""
        for solution in self:
            yield tuple(None if term is None else rdf_term(term) for term in solution)

    def close(self) -> None:
        """Let go of the parser, here and now."""
        self._found.close()


Answer = Solutions | bool
"""What a SELECT query, or an ASK query, is answered with."""


def read_results(body: BinaryIO, media_type: str) -> Answer:
    """Return the answer of a SELECT or ASK query. Raises: BrokenAnswer, here or while solutions are read."""
    form = READABLE[media_type]
    if form == ox.QueryResultsFormat.JSON:
        body = io.BufferedReader(_Json(_renamed(body)))
    try:
        results = ox.parse_query_results(body, form)
    except SyntaxError as error:
        raise BrokenAnswer(str(error)) from error
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    found = Solutions(tuple(v.value for v in results.variables), _each(results))
    if found.columns == VIRTUOSO_ASK:
        return any(term is not None and term.value == "1" for row in found for term in row)
    return found


def _renamed(body: BinaryIO) -> Iterator[bytes]:
    """Yield ``body`` as it arrives, with blank nodes named as the standard's parsers take them."""
    held = b""
    while part := body.read1(1 << 16) if isinstance(body, io.BufferedReader) else body.read(1 << 16):
        held = _VIRTUOSO_NODE.sub(rb"\1", held + part)
        # What may be the beginning of a name waits for the rest of it.
        if len(held) > _LONGEST_NODE:
            yield held[:-_LONGEST_NODE]
            held = held[-_LONGEST_NODE:]
    if held:
        yield held


def read_triples(body: BinaryIO, media_type: str) -> Graph:
    """Return the answer of a CONSTRUCT or DESCRIBE query. Raises: BrokenAnswer."""
    format_ = ox.RdfFormat.from_media_type(media_type) or ox.RdfFormat.N_TRIPLES
    graph = Graph()
    for quad in _each(ox.parse(body, format_)):
        graph.add(rdf_triple(ox.Triple(quad.subject, quad.predicate, _plain(quad.object))))
    return graph


def _each(parser: Iterator[T]) -> Generator[T]:
    """Yield what ``parser`` finds. Raises: BrokenAnswer.

    A parser of pyoxigraph has to end in the thread that began it. An error's traceback keeps the variables of this
    function alive, and who collects it is anybody's guess: so the parser is let go before the error leaves.
    """
    held = [parser]
    del parser
    try:
        while True:
            try:
                found = next(held[0])
            except StopIteration:
                return
            except SyntaxError as error:
                message = str(error)
                break
            yield found
    finally:
        held.clear()
    raise BrokenAnswer(message)


def write_results(answer: Answer, format: str, output: BinaryIO) -> None:
    """Write an answer in a format of ``MEDIA_TYPES``, solution by solution, as the embedded store would."""
    whole = io.BufferedReader(_Json(_pieces(answer)))
    ox.parse_query_results(whole, ox.QueryResultsFormat.JSON).serialize(output, RESULTS[format])


def _plain(term: Term) -> Term:
    """Return ``term`` with a decimal in the canonical form of XSD 1.1: stores write 12 as "12", "12.0" or "12.00"."""
    if isinstance(term, ox.Literal) and term.datatype.value == str(XSD.decimal):
        value = Decimal(term.value)
        shown = format(value.normalize() if value else Decimal(0), "f")
        return ox.Literal(shown, datatype=term.datatype)
    return term


def _pieces(answer: Answer) -> Iterator[bytes]:
    """Yield an answer as SPARQL results in JSON: the one form that the serialisers of pyoxigraph can be given."""
    if isinstance(answer, bool):
        yield json.dumps({"head": {}, "boolean": answer}).encode()
        return
    yield f'{{"head":{json.dumps({"vars": answer.columns})},"results":{{"bindings":['.encode()
    comma = ""
    for solution in answer:
        bound = {c: _json(term) for c, term in zip(answer.columns, solution, strict=True) if term is not None}
        yield f"{comma}{json.dumps(bound)}".encode()
        comma = ","
    yield b"]}}"


def _json(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


class _Json(io.RawIOBase):
    """A file that holds ``pieces``, each made when it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._rest or next(self._pieces, b"")
        taken, self._rest = piece[: len(buffer)], piece[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)
