"""Measure how soon pages begin to arrive from a warm server, beside the same bytes read from a file by such a server.

python -m tests.bench_pages [--store DIR]

Prints a table and ends with 1 if a page takes more than three times as long. Both servers are granian with as many
threads, both answer over connections that stay open, and the two take turns, so that a busy machine weighs on both.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

from graph.build import build, sample_reports
from graph.server import THREADS
from tests.serving import free_port, serving

PAGES = (
    "/",
    "/operations",
    "/operations?lpa=essex-west&view=network",
    "/partners/special-constabulary",
    "/commitments",
    "/evidence",
    "/areas/essex",
    "/reports/essex-2021-22-q4",
    "/questions/partner-operations-by-lpa?theme=vawg",
    "/audit",
    "/map",
    "/glossary",
)
"""One address of each family of ordinary pages. The query page is none: it runs what it is given, and its policy has a
word that is new for each answer."""
ROUNDS = 200
MOST = 3.0
"""How many times as long as the file a page may take."""
ASKED = {"Accept": "text/html", "Accept-Encoding": "gzip"}
FOLDER = "BENCH_FOLDER"


def files(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with the file that the address names: the WSGI application that pages are measured against."""
    name = environ["PATH_INFO"].strip("/")
    body = b"" if name == "healthz" else (Path(os.environ[FOLDER]) / name).read_bytes()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return (body,)


def seconds(connection: http.client.HTTPConnection, path: str) -> float:
    """Return how long it takes from asking to the first byte of the body."""
    begun = time.perf_counter()
    connection.request("GET", path, headers=ASKED)
    answer = connection.getresponse()
    answer.read(1)
    taken = time.perf_counter() - begun
    answer.read()
    return taken


def keep(connection: http.client.HTTPConnection, folder: Path) -> None:
    """Write each page as it is sent, compressed, into ``folder``; asking for it warms the server too."""
    for number, path in enumerate(PAGES):
        connection.request("GET", path, headers=ASKED)
        answer = connection.getresponse()
        (folder / str(number)).write_bytes(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")


def compare(site: str, plain: str, folder: Path) -> float:
    """Print the table; return the greatest ratio."""
    pages = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
    kept = http.client.HTTPConnection(urlsplit(plain).netloc, timeout=60)
    keep(pages, folder)
    worst = 0.0
    print(f"{'page':52} {'KiB':>6} {'ms':>7} {'file ms':>8} {'ratio':>6}")
    for number, path in enumerate(PAGES):
        taken: tuple[list[float], list[float]] = ([], [])
        for _ in range(ROUNDS):
            taken[0].append(seconds(pages, path))
            taken[1].append(seconds(kept, f"/{number}"))
        page, file = (1000 * statistics.median(of) for of in taken)
        worst = max(worst, page / file)
        size = (folder / str(number)).stat().st_size / 1024
        print(f"{path:52} {size:6.1f} {page:7.2f} {file:8.2f} {page / file:6.2f}")
    return worst


def main() -> int:
    """Measure over ``--store``, else over the sample."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_pages")
    parser.add_argument("--store", type=Path)
    store: Path | None = parser.parse_args().store
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "pages"
        folder.mkdir()
        os.environ[FOLDER] = str(folder)
        if store is None:
            store = Path(scratch) / "store"
            build(store, sample_reports())
        ports = free_port(), free_port()
        site = [sys.executable, "-m", "graph", "serve", "--store", str(store), "--port", str(ports[0])]
        granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--no-log"]
        # As in graph.server: Ctrl+C reaches the worker twice.
        granian += ["--workers-kill-timeout", "1"]
        plain = [*granian, "--port", str(ports[1]), "--blocking-threads", str(THREADS), "tests.bench_pages:files"]
        with serving(site, ports[0]) as pages, serving(plain, ports[1]) as kept:
            worst = compare(pages, kept, folder)
    print(f"the slowest: {worst:.2f} times the file; aim: {MOST:.0f}")
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
