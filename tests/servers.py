"""SPARQL servers of other makes, started on this machine with nothing in them, and stopped again.

``available()`` says which there are here; ``.ci/servers.sh`` gets those that can be had. Each gives the settings with
which the product reaches it, and answers on 127.0.0.1 only. GOLDENTHREAD_REQUIRE_SERVERS names those whose absence is
a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from graph.errors import StoreUnavailable
from graph.settings import Settings
from graph.stores.remote import RemoteStore
from tests.serving import free_port

JARS = Path(__file__).resolve().parent.parent / "build" / "servers"
PATIENCE = 90.0
"""Seconds until a server has to answer: a machine that is busy with other tests takes its time."""

VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{own}
DisableUnixSocket = 1
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
CheckpointInterval = 0
ThreadsPerQuery = 1
AsyncQueueMaxThreads = 10
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 20
[SPARQL]
MaxQueryExecutionTime = 60
"""


def oxigraph_program() -> str | None:
    """Return the path of the server that comes with the development packages."""
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


def virtuoso_program() -> str | None:
    """Return the path of Virtuoso (Debian: virtuoso-opensource)."""
    return shutil.which("virtuoso-t")


def fuseki_jar() -> Path | None:
    """Return the newest Apache Jena Fuseki that was fetched, where there is a Java to run it."""
    found = sorted(JARS.glob("jena-fuseki-server-*.jar"))
    return found[-1] if found and shutil.which("java") else None


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[Settings]:
    """Run Oxigraph's server."""
    port = free_port()
    command = [oxigraph_program() or "oxigraph", "serve", "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    at = f"http://127.0.0.1:{port}"
    settings = Settings(endpoint=f"{at}/query", endpoint_update=f"{at}/update")
    with _running([*command, *options], folder, settings):
        yield settings


@contextmanager
def fuseki(folder: Path) -> Iterator[Settings]:
    """Run Apache Jena Fuseki over a store with transactions."""
    port = free_port()
    (folder / "tdb").mkdir()
    command = ["java", "-Xmx1g", "-jar", str(fuseki_jar()), "--port", str(port), "--localhost", "--update", "--tdb2"]
    command += ["--loc", str(folder / "tdb"), "--set", "tdb2:unionDefaultGraph=true", "/graph"]
    at = f"http://127.0.0.1:{port}/graph"
    settings = Settings(endpoint=f"{at}/query", endpoint_update=f"{at}/update")
    with _running(command, folder, settings):
        yield settings


@contextmanager
def virtuoso(folder: Path) -> Iterator[Settings]:
    """Run Virtuoso, which takes graphs one by one from a user it knows."""
    port = free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(own=free_port(), port=port), encoding="utf-8")
    at = f"http://127.0.0.1:{port}"
    settings = Settings(
        endpoint=f"{at}/sparql",
        endpoint_graphs=f"{at}/sparql-graph-crud-auth",
        endpoint_user="dba",
        endpoint_password="dba",  # noqa: S106 what a fresh Virtuoso has
        endpoint_auth="digest",
    )
    command = [virtuoso_program() or "virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"]
    with _running(command, folder, settings):
        yield settings


SERVERS: dict[str, Callable[[Path], AbstractContextManager[Settings]]] = {
    "oxigraph": oxigraph,
    "fuseki": fuseki,
    "virtuoso": virtuoso,
}
NAMES = {"oxigraph": "Oxigraph server", "fuseki": "Apache Jena Fuseki", "virtuoso": "Virtuoso"}


def available() -> dict[str, bool]:
    """Return for each server whether it can be started here."""
    return {
        "oxigraph": oxigraph_program() is not None,
        "fuseki": fuseki_jar() is not None,
        "virtuoso": virtuoso_program() is not None,
    }


def required() -> set[str]:
    """Return the servers that must be here."""
    return set(os.environ.get("GOLDENTHREAD_REQUIRE_SERVERS", "").split())


def versions() -> dict[str, str]:
    """Return the version of each server that is here, as it tells it."""
    told = {}
    if program := oxigraph_program():
        told["oxigraph"] = _said([program, "--version"]).split()[-1]
    if jar := fuseki_jar():
        told["fuseki"] = jar.stem.removeprefix("jena-fuseki-server-")
    if program := virtuoso_program():
        told["virtuoso"] = _said([program, "-?"]).partition("Version ")[2].partition("-")[0]
    return told


def _said(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@contextmanager
def _running(command: list[str], folder: Path, settings: Settings) -> Iterator[None]:
    """Run ``command`` until the block ends; it begins when the endpoint answers."""
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            _wait(process, settings, folder / "log.txt")
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], settings: Settings, log: Path) -> None:
    store = RemoteStore(settings)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            store.ask("ASK { }")
        except StoreUnavailable as error:
            if process.poll() is not None or time.monotonic() > until:
                said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
                raise RuntimeError(f"the server does not answer: {error}\n{said}") from error
            time.sleep(0.2)
        else:
            return
