"""What the service tells those who run it: metrics, a line for each request, and questions that took long.

Every request has an id: the one that a proxy in front gave it (``X-Request-ID``), else one made here. Answers carry it,
and so does every line of the log that is written on its way. Neither words of a search nor addresses of visitors are
logged. Settings: ``GOLDENTHREAD_LOG`` and ``GOLDENTHREAD_SLOW_SECONDS``.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from time import perf_counter
from uuid import uuid4
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from werkzeug.wsgi import ClosingIterator

from graph.settings import Settings
from webapp.store import Source

ROUTE, KEPT = "goldenthread.route", "goldenthread.kept"
"""Keys of a request's environment: the rule that its address fits, and whether its answer was ready."""
BUCKETS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)
"""Seconds; three to each power of ten would be more than anyone reads."""
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_OURS = ("graph", "webapp")
_request_id: ContextVar[str] = ContextVar("request_id", default="")
log = logging.getLogger(__name__)


class Meters:
    """What is counted of one application, as Prometheus reads it."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "goldenthread_requests", "Answers given.", ("route", "method", "status", "ready"), registry=self.registry
        )
        self.seconds = Histogram(
            "goldenthread_request_seconds",
            "Seconds from a request to the last byte of its answer.",
            ("route",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.slow = Counter(
            "goldenthread_slow_questions",
            "Questions to the store that took longer than GOLDENTHREAD_SLOW_SECONDS.",
            ("question",),
            registry=self.registry,
        )
        self.started = Gauge(
            "goldenthread_start_time_seconds",
            "When this process began to serve, in seconds since 1970.",
            registry=self.registry,
            multiprocess_mode="max",
        )
        self.started.set_to_current_time()

    def exposition(self) -> tuple[bytes, str]:
        """Return the metrics of all processes that share ``PROMETHEUS_MULTIPROC_DIR``, and their media type."""
        registry = self.registry
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry), CONTENT_TYPE_LATEST


class Observed:
    """WSGI middleware, the outermost: counts, times and names every request."""

    def __init__(self, app: WSGIApplication, meters: Meters) -> None:
        self._app = app
        self._meters = meters

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        begun = perf_counter()
        given = environ.get("HTTP_X_REQUEST_ID", "")
        name = given if _ID.fullmatch(given) else uuid4().hex
        _request_id.set(name)
        told: list[str] = []

        def begin(status: str, headers: list[tuple[str, str]], exc_info: object = None, /) -> Callable[[bytes], object]:
            told[:] = [status[:3]]
            return start_response(status, [*headers, ("X-Request-ID", name)], exc_info)  # type: ignore[arg-type]

        def done() -> None:
            # The server may end an answer on another thread than it began.
            _request_id.set(name)
            self._count(environ, told[0] if told else "500", perf_counter() - begun)

        try:
            body = self._app(environ, begin)
        except BaseException:
            done()
            raise
        close = getattr(body, "close", None)
        return ClosingIterator(_parts(body), [*([close] if close else []), done])

    def _count(self, environ: WSGIEnvironment, status: str, seconds: float) -> None:
        method = environ["REQUEST_METHOD"]
        method = method if method in _KNOWN_METHODS else "other"
        # Not the address: there are as many of those as visitors care to type.
        route, ready = environ.get(ROUTE, ""), "yes" if KEPT in environ else "no"
        self._meters.requests.labels(route, method, status, ready).inc()
        self._meters.seconds.labels(route).observe(seconds)
        log.info(
            "%s %s %s",
            method,
            environ.get("PATH_INFO", ""),
            status,
            extra={
                "told": {
                    "method": method,
                    "path": environ.get("PATH_INFO", ""),
                    "route": route,
                    "status": int(status),
                    "milliseconds": round(seconds * 1000, 2),
                    "ready": ready == "yes",
                }
            },
        )


def _parts(body: Iterable[bytes]) -> Iterator[bytes]:
    yield from body


class AsJson(logging.Formatter):
    """A line of the log as a JSON object: time, level, who says it, the words, and the id of the request."""

    def format(self, record: logging.LogRecord) -> str:
        """Return ``record`` as one line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if name := _request_id.get():
            line["request"] = name
        line |= getattr(record, "told", {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def register(app: Flask, source: Source, settings: Settings) -> Meters:
    """Have ``app`` tell its routes, write its log as ``settings`` say, and count; returns what it counts.

    ``source`` is timed as well.

    The outermost layer is put on by whoever makes the application, after every other.
    """
    meters = Meters()
    app.extensions["goldenthread-meters"] = meters

    @app.before_request
    def name_the_route() -> None:
        request.environ[ROUTE] = request.url_rule.rule if request.url_rule else ""

    def timed(question: str, seconds: float) -> None:
        if seconds >= settings.slow_seconds:
            meters.slow.labels(question).inc()
            told = {"question": question, "milliseconds": round(seconds * 1000, 2)}
            log.warning("slow question: %s, %.2f s", question or "without a name", seconds, extra={"told": told})

    source.timed = timed
    if settings.log == "requests":
        _write_lines()
    return meters


def _write_lines() -> None:
    """Write what our loggers say to standard error, a JSON object a line; once a process."""
    for name in _OURS:
        logger = logging.getLogger(name)
        if any(isinstance(handler.formatter, AsJson) for handler in logger.handlers):
            continue
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(AsJson())
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False
