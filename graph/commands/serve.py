"""``serve``: the web application."""

from __future__ import annotations

import argparse
from dataclasses import replace

from graph.commands.base import DONE, AddCommand
from graph.errors import BadParameter
from graph.settings import Settings


def add(command: AddCommand) -> None:
    """Add the command to the command line."""
    sub = command("serve", _serve, "serve the web application")
    sub.add_argument("--host", metavar="H", help="address to listen at (default $GOLDENTHREAD_HOST or 127.0.0.1)")
    sub.add_argument("--port", type=int, metavar="P", help="port to listen at (default $GOLDENTHREAD_PORT or 8000)")
    sub.add_argument(
        "--workers", type=int, metavar="N", help="processes that serve pages (default $GOLDENTHREAD_WORKERS or 1)"
    )


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from graph.server import serve  # noqa: PLC0415  the server library is needed by no other command

    workers = settings.workers if options.workers is None else options.workers
    if workers < 1:
        raise BadParameter(f"--workers is a number of processes, at least 1, not {workers}")
    port = settings.port if options.port is None else options.port
    serve(replace(settings, host=options.host or settings.host, port=port, workers=workers))
    return DONE
