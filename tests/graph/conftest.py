"""Stores for the tests of ``graph``.

``small`` is the store in memory of the two small reports, ``built`` the same on disk (for reading alone), ``sparql``
the address of an endpoint on this machine that answers from it. Copy ``built`` to write to it: ``copy_of_built``.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from rdflib import Graph
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from graph import build
from graph.errors import BadQuery
from graph.stores.base import MEDIA_TYPES
from graph.stores.oxigraph import OxigraphStore
from tests.reports import SMALL, small_store


@dataclass
class Endpoint:
    """A SPARQL 1.1 endpoint on this machine; ``mode`` "broken" breaks its answers off, "failing" refuses with 500."""

    address: str = ""
    mode: str = "well"
    asked: list[str] = field(default_factory=list)

    def answer(self, store: OxigraphStore, request: Request) -> Response:
        query = request.values.get("query", "")
        self.asked.append(query)
        if self.mode == "failing":
            return Response("out of memory", status=500)
        try:
            kind, body = self._body(store, query, request.headers.get("Accept", ""))
        except BadQuery as error:
            return Response(str(error), status=400)
        if self.mode == "broken":
            # Never at the end of a statement, where the half would be whole.
            body = body[: len(body) // 2].rstrip(b" .\n")
        return Response(body, content_type=kind)

    def _body(self, store: OxigraphStore, query: str, accept: str) -> tuple[str, bytes]:
        wanted = next((f for f, kind in MEDIA_TYPES.items() if kind in accept), "json")
        try:
            return MEDIA_TYPES[wanted], store.results(query, wanted)
        except BadQuery as error:
            if "is needed here" not in str(error):
                raise
            found: Graph = store.construct(query)
            return "text/turtle", found.serialize(format="turtle").encode()


@pytest.fixture(scope="session")
def small() -> OxigraphStore:
    return small_store()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build.build(folder, SMALL)
    return folder


@pytest.fixture
def copy_of_built(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "store", symlinks=True))


@pytest.fixture(scope="session")
def _endpoint(small: OxigraphStore) -> Iterator[Endpoint]:
    endpoint = Endpoint()

    @Request.application
    def application(request: Request) -> Response:
        return endpoint.answer(small, request)

    server = make_server("127.0.0.1", 0, application, threaded=True)
    endpoint.address = f"http://127.0.0.1:{server.server_port}/sparql"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield endpoint
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def sparql(_endpoint: Endpoint) -> Iterator[Endpoint]:
    """An endpoint that answers well until its ``mode`` says otherwise."""
    _endpoint.mode = "well"
    _endpoint.asked.clear()
    yield _endpoint
    _endpoint.mode = "well"


@pytest.fixture
def write_report(tmp_path: Path) -> Callable[..., Path]:
    """Write a small report whose items are given, and return its path."""

    def write(name: str, *items: str, quarter: int = 1, force: str = "Essex Police") -> Path:
        bullets = "\n".join(f"- {text}" for text in items)
        path = tmp_path / name
        path.write_text(
            f"Plan\nQuarter {quarter} 2022/23\n{force}\n\nPriority 1 - Nights\n\nWe will:\n\nWalk.\n\n{bullets}\n",
            encoding="utf-8",
        )
        return path

    return write
