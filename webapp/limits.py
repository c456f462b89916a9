"""How much a request may be, and how many one client may send: 413, 414, 431, 429 and 503.

An answer that is ready (``webapp.cache``) or unchanged costs nothing here; one that has to be worked out costs tokens
of the client's bucket, which fills steadily (GOLDENTHREAD_RATE tokens a minute, and as many at once after a quiet
minute).
Time is the monotonic clock's, so that setting the system's clock gives nobody more or less. Each process counts for
itself. Reasons: docs/adr/0028-limits-of-requests.md.
"""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock, Semaphore
from time import monotonic
from typing import BinaryIO

from flask import Flask, request
from werkzeug.exceptions import (
    RequestHeaderFieldsTooLarge,
    RequestURITooLarge,
    ServiceUnavailable,
    TooManyRequests,
)

from graph.settings import Settings

BODY, ADDRESS, HEADERS = 64 * 1024, 32 * 1024, 32 * 1024
"""Bytes of a request's body (``/sparql`` takes more: ``webapp.protocol``), of its address, and of all its headers."""
SENDERS = 6
"""Requests whose bodies may be waited for at once, of all clients. A thread waits for each, and nothing ends a client
that sends slowly: without this, a few would hold all threads. It takes a moment to read a body that is really sent."""
RETRY = 2
"""Seconds after which to try again, for those who are sent away."""
CLIENTS = 10_000
"""Clients that are remembered; the one that was longest silent is forgotten first, and begins with a full bucket."""
FREE = frozenset({"static", "health.alive", "health.ready", "health.metrics", "appearance.choose"})
"""Endpoints that cost nothing, and that must answer when all else is refused."""
DEAR = {"sparql.ask": 5, "sparql.graphs": 5, "questions.pack": 5, "compare.index": 2, "network.index": 2}
"""Tokens of endpoints that cost more than one."""


class Body:
    """The body of a request, which is read only while one of ``places`` is free."""

    def __init__(self, stream: BinaryIO, places: Semaphore) -> None:
        self._stream = stream
        self._places = places

    def read(self, size: int = -1) -> bytes:
        """Return as ``read`` of a file. Raises: ServiceUnavailable."""
        if not self._places.acquire(blocking=False):
            raise ServiceUnavailable("Too many requests are still being sent; try again soon.", retry_after=RETRY)
        try:
            return self._stream.read(size)
        finally:
            self._places.release()


class Buckets:
    """A bucket of tokens for each client: ``rate`` a minute, ``rate`` at most."""

    def __init__(self, rate: int, clock: Callable[[], float] = monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, client: str, tokens: int) -> float:
        """Take ``tokens`` from the bucket of ``client``; return 0, or the seconds until there are as many."""
        # What costs more than a bucket holds can be had from a full one.
        tokens = min(tokens, self._rate)
        with self._lock:
            now = self._clock()
            held, then = self._buckets.pop(client, (float(self._rate), now))
            held = min(float(self._rate), held + (now - then) * self._rate / 60)
            wait = max(0.0, (tokens - held) * 60 / self._rate)
            self._buckets[client] = (held if wait else held - tokens, now)
            while len(self._buckets) > CLIENTS:
                self._buckets.popitem(last=False)
        return wait


def client_of(address: str | None) -> str:
    """Return what stands for the client at ``address``: the network of an IPv6 address, as one client has all of it."""
    try:
        known = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)


def register(app: Flask, settings: Settings) -> None:
    """Have ``app`` refuse what is too much. Call it after ``headers.register``, so that a 304 costs nothing."""
    app.config["MAX_CONTENT_LENGTH"] = BODY
    buckets = Buckets(settings.rate) if settings.rate else None
    places = Semaphore(SENDERS)

    @app.before_request
    def refuse_what_is_too_much() -> None:
        if len(request.environ.get("QUERY_STRING", "")) + len(request.environ.get("PATH_INFO", "")) > ADDRESS:
            raise RequestURITooLarge(f"An address may have {ADDRESS:,} characters; a longer query can be sent by POST.")
        if sum(len(name) + len(value) for name, value in request.headers.items()) > HEADERS:
            raise RequestHeaderFieldsTooLarge(f"The headers of a request may have {HEADERS:,} characters.")
        request.environ["wsgi.input"] = Body(request.environ["wsgi.input"], places)
        if buckets is None or request.endpoint in FREE:
            return
        wait = buckets.take(client_of(request.remote_addr), DEAR.get(request.endpoint or "", 1))
        if wait:
            raise TooManyRequests("Too many requests came from your address; wait a little.", retry_after=int(wait) + 1)
