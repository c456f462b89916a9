"""Answers that are ready: kept as bytes, compressed once, given before Flask is asked, dropped with their data.

What an answer may be kept for is decided where it is made: only answers with an ETag are (``webapp.headers``), and an
ETag stands for data version, code, form and theme. The memory is bounded by bytes (docs/adr/0012-ready-answers.md).
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.datastructures import Headers
from werkzeug.http import parse_accept_header, parse_cookie, parse_etags
from werkzeug.wsgi import ClosingIterator

from webapp.appearance import COOKIE
from webapp.observing import KEPT, ROUTE

KEPT_BYTES = 64 * 1024 * 1024
LARGEST = 2 * 1024 * 1024
"""Bytes of the largest answer that is kept or compressed; a longer one goes straight through."""
_SHORTEST = 860
"""Bytes below which compression gains nothing."""
_COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/javascript",
    "application/sparql-results",
    "application/ld+json",
    "application/n-triples",
    "application/rdf+xml",
    "image/svg+xml",
)
_OF_A_304 = frozenset({"etag", "cache-control", "vary", "date", "x-total-count", "x-data-version"})

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    status: str
    headers: Headers
    body: bytes
    route: str
    """The rule that its address fits, for whoever counts answers."""

    @property
    def size(self) -> int:
        return len(self.body) + 1024


class ReadyAnswers:
    """WSGI middleware: gives the kept answer to a request that was answered before from the same data."""

    def __init__(self, app: WSGIApplication, version: Callable[[], str | None], kept_bytes: int = KEPT_BYTES) -> None:
        """``version`` returns the data version of now, or None while answers may not be kept."""
        self._app = app
        self._version = version
        self._limit = kept_bytes
        self._kept: OrderedDict[Key, _Ready] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "HTTP_RANGE" in environ:
            return self._app(environ, start_response)
        version = self._version()
        key = _key(environ, version or "")
        ready = self._recall(key) if version else None
        if ready is None:
            made = self._make(environ, start_response)
            if not isinstance(made, _Ready):
                return made
            ready = made
            may_be_kept = "ETag" in ready.headers and environ["REQUEST_METHOD"] == "GET"
            # The version is asked again: an answer made while new data were published is of neither.
            if may_be_kept and version and version == self._version():
                self._keep(key, ready)
        else:
            environ[ROUTE], environ[KEPT] = ready.route, True
        return _send(ready, environ, start_response)

    def _recall(self, key: Key) -> _Ready | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Key, ready: _Ready) -> None:
        with self._lock:
            if next(iter(self._kept), key)[0] != key[0]:
                # New data have been published: nothing that is kept will be asked for again.
                self._kept.clear()
                self._bytes = 0
            if before := self._kept.pop(key, None):
                self._bytes -= before.size
            self._kept[key] = ready
            self._bytes += ready.size
            while self._bytes > self._limit:
                self._bytes -= self._kept.popitem(last=False)[1].size

    def _make(self, environ: WSGIEnvironment, start_response: StartResponse) -> _Ready | Iterable[bytes]:
        """Ask the application; an answer that is no good to keep or compress is passed on as it comes."""
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        written: list[bytes] = []

        def begin(
            status: str, headers: list[tuple[str, str]], _exc_info: object = None, /
        ) -> Callable[[bytes], object]:
            begun[:] = [(status, headers)]
            return written.append

        body = self._app(environ, begin)
        status, listed = begun[0]
        headers = Headers(listed)
        length = headers.get("Content-Length", type=int)
        if not status.startswith("200") or length is None or length > LARGEST:
            send = start_response(status, listed)
            for part in written:
                send(part)
            return body
        try:
            whole = b"".join([*written, *body])
        finally:
            ClosingIterator((), [getattr(body, "close", lambda: None)]).close()
        if environ["REQUEST_METHOD"] == "GET" and headers.get("Content-Type", "").startswith(_COMPRESSIBLE):
            whole = _compressed(environ, headers, whole)
        return _Ready(status, headers, whole, environ.get(ROUTE, ""))


def _key(environ: WSGIEnvironment, version: str) -> Key:
    """Return all that an answer depends on, the data version first."""
    return (
        version,
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        environ.get("HTTP_HOST", ""),
        environ.get("HTTP_ACCEPT", ""),
        environ.get("HTTP_HX_REQUEST", ""),
        environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST", ""),
        parse_cookie(environ).get(COOKIE, ""),
        "gzip" if _takes_gzip(environ) else "",
    )


def _takes_gzip(environ: WSGIEnvironment) -> bool:
    accepted = parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING", ""))
    return any(name.lower() == "gzip" and quality > 0 for name, quality in accepted)


def _compressed(environ: WSGIEnvironment, headers: Headers, body: bytes) -> bytes:
    if len(body) < _SHORTEST:
        return body
    _add_vary(headers)
    if (tag := headers.get("ETag")) and not tag.startswith("W/"):
        # Compressed or not, it is the same answer, but no longer the same bytes.
        headers["ETag"] = f"W/{tag}"
    if not _takes_gzip(environ):
        return body
    small = gzip.compress(body, 6, mtime=0)
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(small))
    return small


def _add_vary(headers: Headers) -> None:
    told = [part.strip() for part in headers.get("Vary", "").split(",") if part.strip()]
    if "accept-encoding" not in [part.lower() for part in told]:
        headers["Vary"] = ", ".join([*told, "Accept-Encoding"])


def _send(ready: _Ready, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    held = environ.get("HTTP_IF_NONE_MATCH")
    tag = ready.headers.get("ETag", "")
    if held and tag and parse_etags(held).contains_weak(tag.removeprefix("W/").strip('"')):
        security = [(n, v) for n, v in ready.headers if n.lower() in _OF_A_304 or n.lower().startswith("x-content")]
        start_response("304 NOT MODIFIED", security)
        return ()
    start_response(ready.status, list(ready.headers))
    return () if environ["REQUEST_METHOD"] == "HEAD" else (ready.body,)
