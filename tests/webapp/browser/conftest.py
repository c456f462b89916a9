"""The site in a real Chromium: served on a free loopback port, watched for anything that it should not do.

Pick ``visit`` to open a page: the test fails if the browser reports a breach of the policy, an error, or a request to
another host, on this page or any that is reached from it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect
from werkzeug.serving import WSGIRequestHandler, make_server

Visit = Callable[[str], Page]

# What is waited for is what is seen, not how soon: a machine that builds and tests at once is slow.
expect.set_options(timeout=20_000)


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: a test's log is for what went wrong."""


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """Where the site is served while tests run."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def watched() -> list[str]:
    """What the browser complained of."""
    return []


def watch(context: BrowserContext, address: str, watched: list[str]) -> None:
    """Write down every complaint and every request to another host in ``context``."""
    home = urlsplit(address).netloc

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} or "Content Security Policy" in message.text:
            watched.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme not in {"data", "blob"} and target.netloc != home:
            watched.append(f"request to {request.url}")

    context.on("console", heard)
    context.on("weberror", lambda error: watched.append(f"error: {error.error}"))
    context.on("request", asked)


@pytest.fixture
def visit(context: BrowserContext, page: Page, address: str, watched: list[str]) -> Iterator[Visit]:
    """Open a page of the site; complaints of the browser fail the test at its end."""
    watch(context, address, watched)

    def open_page(path: str) -> Page:
        page.goto(address + path)
        return page

    yield open_page
    assert watched == []
