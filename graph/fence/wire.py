"""How the web process and its workers speak: frames of one letter, a length and that many bytes.

A question is a frame ``QUESTION`` of JSON. Its answer is a frame ``HEAD`` of JSON, frames ``PART`` of the body as they
are written, and a frame ``END`` of JSON; or at any point a frame ``REFUSAL`` of JSON in place of the rest.
"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

QUESTION, READY, HEAD, PART, END, REFUSAL = b"Q", b"!", b"H", b"P", b"E", b"R"
_FRAME = struct.Struct("!cI")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one query from outside may take; what it takes beyond ends it, and is told."""

    seconds: float
    """Time."""
    memory: int
    """Bytes of address space."""
    rows: int
    """Solutions of a SELECT query, or triples of a CONSTRUCT or DESCRIBE query."""
    size: int
    """Bytes of the answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a store: a query, or with none its quads as they are."""

    query: str | None
    base: str | None = None
    """What relative addresses in the query are relative to."""
    default_graphs: tuple[str, ...] | None = None
    """Graphs whose union is the default graph; with ``named_graphs`` None, the query's own or else all there are."""
    named_graphs: tuple[str, ...] | None = None
    """Graphs that GRAPH can find. Give both or neither: both together are all that the query sees."""
    solutions: str | None = "json"
    """The format of an answer to SELECT or ASK, of ``SOLUTIONS``; None: none that was asked for will do."""
    triples: str | None = "turtle"
    """The format of an answer to CONSTRUCT or DESCRIBE, of ``TRIPLES``; None: none that was asked for will do."""


SOLUTIONS = ("json", "xml", "csv", "tsv")
TRIPLES = ("turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads")


def send(channel: socket.socket, kind: bytes, payload: bytes) -> None:
    """Send one frame. Raises: OSError if the other side is gone."""
    channel.sendall(_FRAME.pack(kind, len(payload)) + payload)


def receive(channel: socket.socket) -> tuple[bytes, bytes]:
    """Return the next frame, ``(b"", b"")`` at the end. Raises: OSError; TimeoutError as the channel is set."""
    head = _exactly(channel, _FRAME.size)
    if not head:
        return b"", b""
    kind, length = _FRAME.unpack(head)
    return kind, _exactly(channel, length)


def _exactly(channel: socket.socket, length: int) -> bytes:
    parts, missing = [], length
    while missing:
        part = channel.recv(min(missing, 1 << 18))
        if not part:
            return b""
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
