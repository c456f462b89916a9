"""One frozen Settings, read from the environment once, at the edge."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from graph.errors import BadParameter
from graph.namespaces import DEFAULT_BASE, is_base

DEFAULT_STORE = Path(".goldenthread")
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
AUTHENTICATIONS = ("basic", "digest")
LOGS = ("errors", "requests")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run of Golden Thread needs to know about its surroundings."""

    store: Path = DEFAULT_STORE
    """Folder of the embedded store (GOLDENTHREAD_STORE)."""
    endpoint: str | None = None
    """Address of a SPARQL 1.1 endpoint to use in place of the embedded store (GOLDENTHREAD_ENDPOINT)."""
    endpoint_update: str | None = None
    """Address that takes SPARQL updates, where it is not the endpoint's (GOLDENTHREAD_ENDPOINT_UPDATE)."""
    endpoint_graphs: str | None = None
    """Graph Store Protocol address: load graph by graph there, not by update (GOLDENTHREAD_ENDPOINT_GRAPHS)."""
    endpoint_default_graph: str | None = None
    """Name by which the endpoint calls the union of its graphs, if that must be asked for
    (GOLDENTHREAD_ENDPOINT_DEFAULT_GRAPH)."""
    endpoint_user: str | None = None
    """User name at the endpoint (GOLDENTHREAD_ENDPOINT_USER)."""
    endpoint_password: str | None = field(default=None, repr=False)
    """Its password (GOLDENTHREAD_ENDPOINT_PASSWORD)."""
    endpoint_auth: str = AUTHENTICATIONS[0]
    """How name and password are shown: "basic" or "digest" (GOLDENTHREAD_ENDPOINT_AUTH)."""
    endpoint_token: str | None = field(default=None, repr=False)
    """Bearer token in place of name and password (GOLDENTHREAD_ENDPOINT_TOKEN)."""
    endpoint_timeout: float = 60
    """Seconds that a question to the endpoint may take, from first to last byte (GOLDENTHREAD_ENDPOINT_TIMEOUT)."""
    host: str = DEFAULT_HOST
    """Address to serve at (GOLDENTHREAD_HOST)."""
    port: int = DEFAULT_PORT
    """Port to serve at (GOLDENTHREAD_PORT)."""
    workers: int = 1
    """Processes that serve pages (GOLDENTHREAD_WORKERS)."""
    rate: int = 0
    """Tokens a minute that each client has for answers that must be worked out; 0: no limit (GOLDENTHREAD_RATE)."""
    proxies: int = 0
    """Proxies in front that are believed about who asks, and at which address (GOLDENTHREAD_PROXIES)."""
    site: str | None = None
    """Address of the site in answers that are read elsewhere; none: that of host and port (GOLDENTHREAD_SITE)."""
    query_seconds: float = 15.0
    """Time that one SPARQL query from outside may take (GOLDENTHREAD_QUERY_SECONDS)."""
    query_memory: int = 2048
    """Memory that it may take, in MiB of address space (GOLDENTHREAD_QUERY_MEMORY); an idle worker reserves 1 GiB."""
    query_rows: int = 100_000
    """Rows or triples that its answer may have (GOLDENTHREAD_QUERY_ROWS)."""
    query_bytes: int = 64 * 1024 * 1024
    """Bytes that its answer may have (GOLDENTHREAD_QUERY_BYTES)."""
    query_workers: int = 0
    """Long ones answered at once, by a process each; 0: as many as there are cores (GOLDENTHREAD_QUERY_WORKERS)."""
    base: str = DEFAULT_BASE
    """What the addresses of individuals begin with, when a store is built and while it is used (GOLDENTHREAD_BASE)."""
    log: str = LOGS[0]
    """What is written to standard error: "errors", or "requests", a JSON object for each (GOLDENTHREAD_LOG)."""
    slow_seconds: float = 1.0
    """Seconds from which on a question to the store is logged and counted as slow (GOLDENTHREAD_SLOW_SECONDS)."""
    forces: Path | None = None
    """Folder with a folder of Turtle for each force that does not come with the product (GOLDENTHREAD_FORCES)."""
    boundaries: Path | None = None
    """GeoJSON file of district boundaries, to be drawn on the map in place of tiles (GOLDENTHREAD_BOUNDARIES)."""
    justifications: Path | None = None
    """Turtle file with the reasons that named people give for gaps (GOLDENTHREAD_JUSTIFICATIONS)."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Return the settings that ``environment`` (default: the process's) gives.

        Raises: BadParameter naming the variable that cannot be used.
        """
        env = os.environ if environment is None else environment
        usual = cls()
        return cls(
            store=Path(env.get("GOLDENTHREAD_STORE") or DEFAULT_STORE),
            base=_base(env.get("GOLDENTHREAD_BASE") or DEFAULT_BASE),
            boundaries=_path(env, "GOLDENTHREAD_BOUNDARIES"),
            forces=_path(env, "GOLDENTHREAD_FORCES"),
            justifications=_path(env, "GOLDENTHREAD_JUSTIFICATIONS"),
            endpoint=env.get("GOLDENTHREAD_ENDPOINT") or None,
            endpoint_update=env.get("GOLDENTHREAD_ENDPOINT_UPDATE") or None,
            endpoint_graphs=env.get("GOLDENTHREAD_ENDPOINT_GRAPHS") or None,
            endpoint_default_graph=env.get("GOLDENTHREAD_ENDPOINT_DEFAULT_GRAPH") or None,
            endpoint_user=env.get("GOLDENTHREAD_ENDPOINT_USER") or None,
            endpoint_password=env.get("GOLDENTHREAD_ENDPOINT_PASSWORD") or None,
            endpoint_auth=_one_of(env, "GOLDENTHREAD_ENDPOINT_AUTH", AUTHENTICATIONS),
            endpoint_token=env.get("GOLDENTHREAD_ENDPOINT_TOKEN") or None,
            endpoint_timeout=_number(env, "GOLDENTHREAD_ENDPOINT_TIMEOUT", usual.endpoint_timeout, float, 0.1),
            host=env.get("GOLDENTHREAD_HOST") or DEFAULT_HOST,
            port=_port(env.get("GOLDENTHREAD_PORT") or str(DEFAULT_PORT)),
            workers=_number(env, "GOLDENTHREAD_WORKERS", usual.workers, int, 1),
            rate=_number(env, "GOLDENTHREAD_RATE", usual.rate, int, 0),
            proxies=_number(env, "GOLDENTHREAD_PROXIES", usual.proxies, int, 0),
            site=_site(env.get("GOLDENTHREAD_SITE") or None),
            log=_one_of(env, "GOLDENTHREAD_LOG", LOGS),
            slow_seconds=_number(env, "GOLDENTHREAD_SLOW_SECONDS", usual.slow_seconds, float, 0.0),
            query_seconds=_number(env, "GOLDENTHREAD_QUERY_SECONDS", usual.query_seconds, float, 0.1),
            query_memory=_number(env, "GOLDENTHREAD_QUERY_MEMORY", usual.query_memory, int, 1536),
            query_rows=_number(env, "GOLDENTHREAD_QUERY_ROWS", usual.query_rows, int, 1),
            query_bytes=_number(env, "GOLDENTHREAD_QUERY_BYTES", usual.query_bytes, int, 1024),
            query_workers=_number(env, "GOLDENTHREAD_QUERY_WORKERS", usual.query_workers, int, 0),
        )


def _path(env: Mapping[str, str], name: str) -> Path | None:
    return Path(env[name]) if env.get(name) else None


def _port(text: str) -> int:
    if not text.strip().isdecimal():
        raise BadParameter(f"GOLDENTHREAD_PORT is the number of a port, not {text!r}", param="GOLDENTHREAD_PORT")
    return int(text)


N = TypeVar("N", int, float)


def _number(env: Mapping[str, str], name: str, default: N, kind: Callable[[str], N], least: N) -> N:
    text = env.get(name)
    if not text:
        return default
    wrong = BadParameter(f"{name} is a number, at least {least}, not {text!r}", param=name)
    try:
        value = kind(text)
    except ValueError as error:
        raise wrong from error
    # Not infinite, and not "not a number", which is neither below nor above any.
    if not least <= value < 2**53:
        raise wrong
    return value


def _base(text: str) -> str:
    if not is_base(text):
        raise BadParameter(
            f"GOLDENTHREAD_BASE is a web address that ends in a slash, such as {DEFAULT_BASE}, not {text!r}",
            param="GOLDENTHREAD_BASE",
        )
    return text


def _site(text: str | None) -> str | None:
    if text is not None and not is_base(f"{text.rstrip('/')}/"):
        raise BadParameter(
            f"GOLDENTHREAD_SITE is a web address, such as https://thread.example, not {text!r}",
            param="GOLDENTHREAD_SITE",
        )
    return text


def _one_of(env: Mapping[str, str], name: str, known: Sequence[str]) -> str:
    """Return what ``env`` says of ``name``, one of ``known``; the first if it says nothing. Raises: BadParameter."""
    text = env.get(name) or known[0]
    if text.lower() not in known:
        raise BadParameter(f"{name} is {' or '.join(known)}, not {text!r}", param=name)
    return text.lower()
