"""One frozen Settings, read from the environment once, at the edge."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadParameter

DEFAULT_STORE = Path(".goldenthread")
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run of Golden Thread needs to know about its surroundings."""

    store: Path = DEFAULT_STORE
    """Folder of the embedded store (GOLDENTHREAD_STORE)."""
    endpoint: str | None = None
    """Address of a SPARQL 1.1 endpoint to use in place of the embedded store (GOLDENTHREAD_ENDPOINT)."""
    host: str = DEFAULT_HOST
    """Address to serve at (GOLDENTHREAD_HOST)."""
    port: int = DEFAULT_PORT
    """Port to serve at (GOLDENTHREAD_PORT)."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Return the settings that ``environment`` (default: the process's) gives.

        Raises: BadParameter naming the variable that cannot be used.
        """
        env = os.environ if environment is None else environment
        return cls(
            store=Path(env.get("GOLDENTHREAD_STORE") or DEFAULT_STORE),
            endpoint=env.get("GOLDENTHREAD_ENDPOINT") or None,
            host=env.get("GOLDENTHREAD_HOST") or DEFAULT_HOST,
            port=_port(env.get("GOLDENTHREAD_PORT") or str(DEFAULT_PORT)),
        )


def _port(text: str) -> int:
    if not text.strip().isdecimal():
        raise BadParameter(f"GOLDENTHREAD_PORT is the number of a port, not {text!r}", param="GOLDENTHREAD_PORT")
    return int(text)
