"""Start the web application as a person would, wait until it answers, and stop it again."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

Result = TypeVar("Result")
PATIENCE = 60.0
"""Seconds to wait for the first answer; long enough to build the sample."""


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run ``work`` to its end in a thread of its own: in this one a browser of other tests may have a loop running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(command: list[str], port: int, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Run ``command``, which serves at ``port``, and give its address once it answers.

    ``settings`` are its environment, if not ours.

    Raises: RuntimeError if it ends or stays silent instead, or does not stop when told to as by Ctrl+C.
    """
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, env=settings)
    try:
        deadline = time.monotonic() + PATIENCE
        while not _answers(f"{address}/healthz"):
            if process.poll() is not None:
                raise RuntimeError(f"{' '.join(command)} ended with status {process.returncode}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"{address} did not answer within {PATIENCE:.0f} s")
            time.sleep(0.05)
        yield address
    finally:
        _stop(process)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    # As Ctrl+C does: make, the server and its workers are one group of processes, and all are told.
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise RuntimeError("Ctrl+C did not stop it within 10 s") from error
