"""``mcp``: the questions as tools for assistants, over the Model Context Protocol."""

from __future__ import annotations

import argparse

from graph.commands.base import DONE, AddCommand
from graph.errors import BadParameter, GoldenThreadError
from graph.settings import Settings
from graph.stores import open_store


def add(command: AddCommand) -> None:
    """Add the command to the command line."""
    sub = command("mcp", _mcp, "answer an assistant's questions over the Model Context Protocol")
    sub.add_argument(
        "--http", type=int, metavar="PORT", help="over HTTP on this machine, at /mcp (default: standard input, output)"
    )


def _mcp(options: argparse.Namespace, settings: Settings) -> int:
    if options.http is not None and not 0 < options.http < 2**16:
        raise BadParameter(f"--http is the number of a port, not {options.http}", param="http")
    open_store(settings)
    try:
        from graph import mcp_server  # noqa: PLC0415  the extra may not be installed, and only this needs it
    except ModuleNotFoundError as error:
        raise GoldenThreadError(
            f"{error.name} is not installed: pip install 'goldenthread[mcp]' brings the Model Context Protocol"
        ) from error
    if options.http is None:
        mcp_server.serve_stdio(settings)
    else:
        mcp_server.serve_http(settings, options.http)
    return DONE
