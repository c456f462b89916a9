"""Pages and answers over HTTP: requests a second and how long they take, beside servers that give the same rows."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from graph import queries
from graph.stores.base import Table
from graph.stores.oxigraph import OxigraphStore
from tests.bench.base import ROOT, Bench, Json, ratio, table
from tests.bench.questions import SMALL
from tests.bench.questions import serving as serving_peer
from tests.servers import available
from tests.serving import PATIENCE, free_port, serving

TITLE = "Over HTTP"
QUESTION = "partner-operations-by-lpa"
CLIENTS = 4
SECONDS = 3.0
DATASETTE = ROOT / "build" / "servers" / "datasette" / "bin" / "datasette"
CUTS = ("p50", "p95", "p99")
ACCEPT = "application/json, application/sparql-results+json, */*;q=0.1"
_fresh = count()


def measure(bench: Bench) -> Json:
    """Ask at each size."""
    return {str(size): _at(bench, size) for size in bench.sizes}


def _at(bench: Bench, size: int) -> Json:
    generation = bench.built(size)
    store = OxigraphStore.open(generation.rdf, generation.version)
    query = queries.question(QUESTION)
    rows, text = queries.run(store, query), queries.bind(store, query)
    operations = queries.run(store, queries.page("operations"))
    operation = urlsplit(str(operations.rows[0][0])).path.rpartition("/")[2]
    found: Json = {}
    port = free_port()
    place = str(generation.folder.parent.parent)
    command = [sys.executable, "-m", "graph", "serve", "--store", place, "--port", str(port)]
    with serving(command, port) as address:
        json_ = f"/questions/{QUESTION}.json"
        for name, path in (
            ("home", lambda: "/"),
            ("results, asked again", lambda: f"/questions/{QUESTION}"),
            ("results, new address", lambda: f"/questions/{QUESTION}?limit={10**6 + next(_fresh)}"),
            ("operations, asked again", lambda: "/operations"),
            ("evidence, asked again", lambda: "/evidence"),
            ("operation, asked again", lambda: f"/operations/{quote(operation)}"),
            ("question as JSON, asked again", lambda: json_),
            ("question as JSON, new address", lambda: f"{json_}?limit={10**6 + next(_fresh)}"),
            ("SPARQL, guarded", lambda: "/sparql?" + urlencode({"query": f"{text}\n#{next(_fresh)}"})),
        ):
            found[name] = load(address, path)
    with ExitStack() as stack:
        for name, here in available().items():
            if here and name != "fuseki" and (size <= SMALL or name == "oxigraph"):
                endpoint = stack.enter_context(serving_peer(bench, size, name, store)).endpoint or ""
                asked = f"{urlsplit(endpoint).path}?{urlencode({'query': text})}"
                found[f"{name} server: the question"] = load(endpoint, partial(str, asked))
    if program := datasette():
        with _datasette(program, bench.folder / f"rows-{size}.db", rows) as address:
            rows_ = "/rows/rows.json?_size=max&_shape=array"
            found["Datasette: the question's rows as JSON"] = load(address, lambda: rows_)
            found["Datasette: the question's rows as a page"] = load(address, lambda: "/rows/rows?_size=max")
    return {"rows": len(rows.rows), "answers": found}


def load(address: str, path: Callable[[], str], span: float = SECONDS) -> Json:
    """Fetch ``path()`` for ``span`` seconds by ``CLIENTS`` connections. Raises: RuntimeError if an answer is none."""
    taken: list[float] = []
    statuses: set[int] = set()

    def client() -> None:
        with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection:
            while not taken or time.perf_counter() < until:
                sent = time.perf_counter()
                connection.request("GET", path(), headers={"Accept": ACCEPT})
                answer = connection.getresponse()
                answer.read()
                taken.append(time.perf_counter() - sent)
                statuses.add(answer.status)

    # One alone: what is made once is told by itself, and no mean is of both.
    until = time.perf_counter()
    client()
    first = taken.pop()
    begun = time.perf_counter()
    until = begun + span
    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if statuses != {200}:
        raise RuntimeError(f"{address}{path()}: answered with {sorted(statuses)}")
    spent = time.perf_counter() - begun
    cuts = statistics.quantiles(taken, n=100) if len(taken) > 1 else [taken[0]] * 99
    return {"first": first, "rate": len(taken) / spent, "p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}


def datasette() -> str | None:
    """Return the path of Datasette, if it is here (.ci/servers.sh gets it)."""
    return str(DATASETTE) if DATASETTE.exists() else shutil.which("datasette")


@contextmanager
def _datasette(program: str, path: Path, rows: Table) -> Iterator[str]:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        columns = ", ".join(f'"{column}"' for column in rows.columns)
        connection.execute(f"CREATE TABLE rows ({columns})")
        places = ", ".join("?" * len(rows.columns))
        connection.executemany(
            f"INSERT INTO rows VALUES ({places})", [[None if t is None else str(t) for t in row] for row in rows.rows]
        )
    path.rename(path.with_name("rows.db"))
    port = free_port()
    command = [program, "serve", str(path.with_name("rows.db")), "--port", str(port), "--setting", "max_returned_rows",
               "100000"]  # fmt: skip
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/-/versions.json")
            json.loads(connection.getresponse().read())
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return
        finally:
            connection.close()


def page(found: Json) -> str:
    """Return the section."""
    text = (
        f"{CLIENTS} connections that are kept, each asking again as soon as it is answered, for {SECONDS:.0f} s,\n"
        f"from a client in Python on the same {os.cpu_count()} cores: cheap answers are limited by the client. Times\n"
        "are in milliseconds; *first* is the one request before. *Asked again* is told from memory; a *new address*\n"
        "has a `limit` that no other had: it is made anew, but from rows kept with the version of the data.\n"
        f"Only *guarded* has the store asked each time. The question is `{QUESTION}` with its defaults; servers get\n"
        "the SPARQL that our page asks, and keep nothing.\n"
    )
    for size, at in found.items():
        answers = at["answers"]
        rows = [(name, a["first"] * 1000, a["rate"], *(a[p] * 1000 for p in CUTS)) for name, a in answers.items()]
        text += f"\n### {size} reports, {at['rows']} rows\n\n"
        text += table(("what", "first", "requests/s", *CUTS), rows)
        lines = [
            (ours, theirs, ratio(answers[theirs]["rate"], answers[ours]["rate"]))
            for ours, part in (
                ("SPARQL, guarded", "server"), ("question as JSON, new address", "server"),
                ("question as JSON, asked again", "server"), ("question as JSON, new address", "as JSON"),
                ("results, new address", "as a page"),
            )
            for theirs in answers if part in theirs and ours != theirs and ":" in theirs
        ]  # fmt: skip
        if lines:
            text += "\nRequests a second of ours for each of theirs:\n\n" + table(("ours", "theirs", "ratio"), lines)
    return text
