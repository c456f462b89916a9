"""Serves the web application with granian: one process or several, each with as many threads as cores ask for."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from granian import Granian
from granian.constants import Interfaces

from graph.errors import AddressInUse
from graph.fence.pool import places
from graph.settings import Settings
from graph.stores import open_reader

_ARENA_MAX, ARENAS = -8, 2
"""The C library's name for the most heaps that it keeps (malloc.h), and how many we let it have."""
_METRICS = "PROMETHEUS_MULTIPROC_DIR"
"""What Prometheus's client calls the folder in which processes keep their metrics."""
THREADS = 2
"""Threads for pages. The store answers outside Python's lock, so a second one uses a second core (ADR 0010).

Queries from outside have threads of their own beside these, which do nothing but wait for a worker's answer.
"""


def serve(settings: Settings) -> None:
    """Serve until stopped, and print the address. Raises: AddressInUse, StoreUnavailable before anything starts."""
    if settings.endpoint is None:
        open_reader(settings).current()
    port = _free_port(settings.host, settings.port)
    os.environ["GOLDENTHREAD_STORE"] = str(settings.store.resolve())
    if settings.endpoint:
        os.environ["GOLDENTHREAD_ENDPOINT"] = settings.endpoint
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"Golden Thread is at http://{shown}:{port}/  (stop it with Ctrl+C)", file=sys.stderr, flush=True)
    keep_few_heaps()
    server = Granian(
        "webapp:create_app",
        address=settings.host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=settings.workers,
        # A process that is killed is replaced; the others go on meanwhile.
        respawn_failed_workers=True,
        blocking_threads=THREADS + places(settings),
        log_enabled=False,
        # A terminal's Ctrl+C reaches the worker twice, directly and from here; granian 2.8 may then wait for ever.
        workers_kill_timeout=1,
    )
    with _counted_together(settings.workers):
        server.serve()


def keep_few_heaps() -> None:
    """Have glibc keep ``ARENAS`` heaps in this process and in those it forks; other C libraries do as they do.

    With a heap for each of some twenty threads, what a generation of the store leaves in one is of no use to the
    others, and the process grows with every ingest (docs/adr/0037-few-heaps.md).
    """
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).mallopt(_ARENA_MAX, ARENAS)


@contextmanager
def _counted_together(workers: int) -> Iterator[None]:
    """Have several processes keep their metrics where each can read them all, unless a folder for that is set."""
    if workers == 1 or _METRICS in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="goldenthread-metrics-") as folder:
        os.environ[_METRICS] = folder
        yield


def _free_port(host: str, port: int) -> int:
    """Return ``port`` (0: any that is free) if nothing listens there. Raises: AddressInUse."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            return int(probe.getsockname()[1])
    except (OSError, OverflowError) as error:
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        reason = "something is already listening there" if taken else str(error)
        raise AddressInUse(
            f"cannot serve at {host}:{port}: {reason}. Choose another with --port", host=host, port=port
        ) from error
