"""A query from outside gets its answer, or is ended at a limit; neither harms the next one."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from rdflib import Dataset, Graph

from graph.errors import BadQuery, LimitExceeded, NotAcceptable, ServiceBusy, StoreUnavailable
from graph.fence import pool as pools
from graph.fence.pool import Pool
from graph.fence.process import Answer
from graph.fence.refusals import RETRY
from graph.fence.wire import SOLUTIONS, TRIPLES, Limits, Question
from graph.stores.generations import current
from graph.stores.oxigraph import OxigraphStore

ROOT = Path(__file__).resolve().parents[2]
LIMITS = Limits(seconds=20, memory=2 << 30, rows=50_000, size=32 << 20)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f"
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="seccomp and limits of memory are Linux's")


@pytest.fixture(scope="module")
def folder(built: Path) -> Path:
    generation = current(built)
    assert generation
    return generation.rdf


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """A pool with ample limits. Take ``limited`` for a query that is to reach one."""
    made = Pool(LIMITS, 2)
    yield made
    made.close()


@pytest.fixture
def limited() -> Iterator[Callable[..., Pool]]:
    """Make a pool with the limits named, one worker and nothing else."""
    made: list[Pool] = []

    def make(workers: int = 1, **limits: float) -> Pool:
        made.append(Pool(replace(LIMITS, **limits), workers))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for one in made:
        one.close()


def gone(pid: int) -> bool:
    """Return whether the process is no more, not even as a zombie that nobody has asked how it ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def eventually(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


@pytest.mark.parametrize("format", SOLUTIONS)
def test_solutions_are_those_of_the_store(pool: Pool, folder: Path, format: str) -> None:
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 500"
    answer = pool.ask(folder, Question(query, solutions=format))
    assert (answer.holds, answer.format, answer.rows) == ("solutions", format, 500)
    assert answer.body == OxigraphStore.open(folder, "").results(query, format)


@pytest.mark.parametrize("format", SOLUTIONS)
def test_a_boolean_has_every_format(pool: Pool, folder: Path, format: str) -> None:
    answer = pool.ask(folder, Question("ASK { ?s ?p ?o }", solutions=format))
    assert (answer.holds, answer.rows) == ("boolean", 1)
    assert b"true" in answer.body


PARSERS = {
    "turtle": "turtle",
    "ntriples": "nt",
    "rdfxml": "xml",
    "jsonld": "json-ld",
    "trig": "trig",
    "nquads": "nquads",
}


@pytest.mark.parametrize("format", TRIPLES)
def test_triples_are_the_same_in_every_format(pool: Pool, folder: Path, format: str) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(isIRI(?s)) } ORDER BY ?s ?p ?o LIMIT 300"
    answer = pool.ask(folder, Question(query, triples=format))
    assert (answer.holds, answer.format, answer.rows) == ("triples", format, 300)
    read = Dataset()
    read.parse(data=answer.body, format=PARSERS[format])
    assert len(set(read.triples((None, None, None)))) == 300


def test_the_whole_dataset_can_be_had(pool: Pool, folder: Path) -> None:
    answer = pool.ask(folder, Question(None, triples="nquads"))
    assert answer.holds == "quads"
    assert len(answer.body.splitlines()) == OxigraphStore.open(folder, "").dump("nquads").count(b"\n")


def test_a_format_that_cannot_hold_the_answer_is_told(pool: Pool, folder: Path) -> None:
    with pytest.raises(NotAcceptable) as raised:
        pool.ask(folder, Question("ASK { }", solutions=None))
    assert raised.value.fields["holds"] == "boolean"
    with pytest.raises(NotAcceptable):
        pool.ask(folder, Question("CONSTRUCT WHERE { ?s ?p ?o }", triples=None))


def test_a_syntax_error_is_told_with_its_place(pool: Pool, folder: Path) -> None:
    with pytest.raises(BadQuery) as raised:
        pool.ask(folder, Question("SELECT ?x\nWHERE { ?x a }"))
    assert (raised.value.fields["line"], raised.value.fields["column"]) == (2, 14)


def test_what_the_guard_refuses_is_told_with_its_place(pool: Pool, folder: Path) -> None:
    with pytest.raises(BadQuery) as raised:
        pool.ask(folder, Question("SELECT *\n{ SERVICE <http://a/> { ?s ?p ?o } }"))
    assert raised.value.fields == {"word": "SERVICE", "line": 2, "column": 3}


@pytest.mark.parametrize("query", ["SELECT (<urn:f>(1) AS ?x) { }", "SELECT * FROM <nowhere> { }"])
def test_a_query_that_cannot_be_answered_is_a_bad_query(pool: Pool, folder: Path, query: str) -> None:
    with pytest.raises(BadQuery):
        pool.ask(folder, Question(query))


def count(answer: Answer) -> int:
    [row] = json.loads(answer.body)["results"]["bindings"]
    return int(row["n"]["value"])


@pytest.mark.parametrize(
    ("query", "default", "named", "sees"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", None, None, "all"),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", None, None, "all"),
        ("SELECT (COUNT(*) AS ?n) FROM <%s> { ?s ?p ?o }", None, None, "one"),
        ("SELECT (COUNT(*) AS ?n) FROM <urn:unknown> { ?s ?p ?o }", None, None, "none"),
        ("SELECT (COUNT(*) AS ?n) FROM NAMED <%s> { ?s ?p ?o }", None, None, "none"),
        ("SELECT (COUNT(*) AS ?n) FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }", None, None, "one"),
        ("SELECT (COUNT(*) AS ?n) FROM <urn:unknown> { ?s ?p ?o }", ("%s",), (), "one"),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", ("%s", "urn:unknown"), (), "one"),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", (), ("%s",), "none"),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", (), ("%s",), "one"),
        ("SELECT (COUNT(*) AS ?n) { GRAPH <%s> { ?s ?p ?o } }", ("urn:unknown",), (), "none"),
    ],
)
def test_a_query_sees_the_graphs_it_is_given_and_no_others(
    pool: Pool, folder: Path, query: str, default: tuple[str, ...] | None, named: tuple[str, ...] | None, sees: str
) -> None:
    store = OxigraphStore.open(folder, "")
    name = store.graph_names()[0]
    triples = {"all": store.dump("nquads").count(b"\n"), "one": len(store.graph(name)), "none": 0}

    def put(given: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if given is None else tuple(graph.replace("%s", name) for graph in given)

    answer = pool.ask(folder, Question(query.replace("%s", name), default_graphs=put(default), named_graphs=put(named)))
    assert count(answer) == triples[sees]


def test_a_new_generation_is_seen_by_the_next_question(pool: Pool, folder: Path, tmp_path: Path) -> None:
    before = count(pool.ask(folder, Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))
    with pytest.raises(StoreUnavailable, match="cannot open the store"):
        pool.ask(tmp_path, Question("ASK { }"))
    assert count(pool.ask(folder, Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))) == before > 0


@pytest.mark.parametrize(
    ("limit", "value", "query"),
    [
        ("seconds", 1.5, ENDLESS),
        ("rows", 10, "SELECT * { ?s ?p ?o }"),
        ("rows", 10, "CONSTRUCT WHERE { ?s ?p ?o }"),
        ("size", 2_000, "SELECT * { ?s ?p ?o }"),
        ("size", 2_000, "CONSTRUCT WHERE { ?s ?p ?o }"),
        pytest.param("memory", 1500 << 20, GREEDY, marks=on_linux),
    ],
)
def test_a_query_is_ended_at_each_limit_and_the_next_is_answered(
    limited: Callable[..., Pool], folder: Path, limit: str, value: float, query: str
) -> None:
    # The limits that are not looked at are far away: a busy machine takes its time to fill the memory.
    pool = limited(**{"seconds": 300, limit: value})
    pool.confinement()
    before = {worker.pid for worker in pool._all}
    with pytest.raises(LimitExceeded) as raised:
        pool.ask(folder, Question(query))
    assert raised.value.fields == {"limit": {"size": "bytes"}.get(limit, limit), "value": value}
    assert pool.ask(folder, Question("ASK { ?s ?p ?o }")).body == b'{"head":{},"boolean":true}'
    assert eventually(lambda: len(pool._all) == 2 and all(gone(pid) for pid in before - {w.pid for w in pool._all}))


def test_an_answer_at_the_limit_is_whole(limited: Callable[..., Pool], folder: Path) -> None:
    pool = limited(rows=10)
    assert pool.ask(folder, Question("SELECT * { ?s ?p ?o } LIMIT 10")).rows == 10
    assert pool.ask(folder, Question("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 10")).rows == 10


def test_a_worker_that_dies_is_replaced(limited: Callable[..., Pool], folder: Path) -> None:
    pool = limited()
    pool.confinement()
    for _ in range(3):
        assert eventually(lambda: len(pool._idle) == 2)
        for worker in list(pool._idle):
            os.kill(worker.pid, signal.SIGKILL)
        with pytest.raises(StoreUnavailable, match="ended with status"):
            pool.ask(folder, Question("ASK { }"))
        with pytest.raises(StoreUnavailable, match="ended with status"):
            pool.ask(folder, Question("ASK { }"))
        assert pool.ask(folder, Question("ASK { }")).rows == 1


def test_short_questions_do_not_wait_for_long_ones(
    limited: Callable[..., Pool], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = limited(seconds=8)
    ended: list[str] = []

    def ask() -> None:
        with pytest.raises((LimitExceeded, ServiceBusy)) as raised:
            pool.ask(folder, Question(ENDLESS))
        ended.append(type(raised.value).__name__)

    monkeypatch.setattr(pools, "PARKED", 1)
    pool.confinement()
    long = [threading.Thread(target=ask) for _ in range(3)]

    def settled() -> int:
        return pool._taken["long"] + pool._taken["parked"] + len(ended)

    for number, thread in enumerate(long, 1):
        assert eventually(lambda: bool(pool._idle))
        thread.start()
        assert eventually(lambda number=number: settled() == number)  # type: ignore[misc]
    # One has the place for long questions, one is parked until there is one, and there was nothing for the third.
    assert eventually(lambda: pool._taken["long"] == pool._taken["parked"] == len(ended) == 1)
    assert ended == ["ServiceBusy"]
    # How long "short" is depends on the machine, and a busy one would make a long question of any.
    monkeypatch.setattr("graph.fence.process.YOUNG", 5.0)
    for _ in range(5):
        assert pool.ask(folder, Question("ASK { ?s ?p ?o }")).rows == 1
    assert pool._taken == {"short": 0, "long": 1, "parked": 1, "waiting": 0}
    for thread in long:
        thread.join()
    # The one that was parked came to the end of its patience before there was a place.
    assert sorted(ended) == ["LimitExceeded", "ServiceBusy", "ServiceBusy"]
    assert set(pool._taken.values()) == {0}
    assert eventually(lambda: len(pool._all) == 2)


def test_a_parked_question_goes_on_when_there_is_a_place(limited: Callable[..., Pool], folder: Path) -> None:
    pool = limited(seconds=4)
    ended: list[str] = []

    def ask() -> None:
        with pytest.raises(LimitExceeded) as raised:
            pool.ask(folder, Question(ENDLESS))
        ended.append(str(raised.value.fields["limit"]))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    threads[0].start()
    assert eventually(lambda: pool._taken["long"] == 1)
    time.sleep(1)
    threads[1].start()
    assert eventually(lambda: pool._taken["parked"] == 1)
    assert eventually(lambda: len(ended) == 1)
    assert eventually(lambda: pool._taken["parked"] == 0)
    assert pool._taken["long"] == 1
    for thread in threads:
        thread.join()
    assert ended == ["seconds", "seconds"]


def test_too_many_questions_are_sent_away_at_once(
    limited: Callable[..., Pool], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = limited(seconds=2)
    pool.confinement()
    monkeypatch.setattr(pools, "WAITING", 0)
    monkeypatch.setattr(pools, "SHORT", 0)
    with pytest.raises(ServiceBusy) as raised:
        pool.ask(folder, Question("ASK { }"))
    assert raised.value.fields["retry_after"] == RETRY


def test_the_memory_of_the_server_does_not_count_as_that_of_a_worker(folder: Path) -> None:
    # A process of its own, as memory that this one once had is told of it for ever.
    script = """
import sys
from pathlib import Path
from graph.fence.pool import Pool
from graph.fence.wire import Limits, Question
ballast = b"x" * (600 << 20)
pool = Pool(Limits(10.0, 1 << 30, 1000, 1 << 20), 1)
asked = []
for _ in range(4):
    pool.ask(Path(sys.argv[1]), Question("ASK { ?s ?p ?o }"))
    asked.append(sorted(worker.pid for worker in pool._idle))
pool.close()
print(all(set(first) <= set(later) for first, later in zip(asked, asked[1:])))
"""
    command = [sys.executable, "-c", script, str(folder)]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert run.stdout.strip() == "True", run.stderr


def test_a_worker_that_holds_much_memory_is_replaced_and_keeps_no_place(
    limited: Callable[..., Pool], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = limited()
    pool.ask(folder, Question("ASK { ?s ?p ?o }"))
    first = pool._idle[-1].pid
    monkeypatch.setattr("graph.fence.process.WORN", 0.0)
    for _ in range(6):
        assert pool.ask(folder, Question("ASK { ?s ?p ?o }")).rows == 1
    assert eventually(lambda: gone(first))
    assert set(pool._taken.values()) == {0}


def test_closing_ends_every_process(folder: Path) -> None:
    pool = Pool(LIMITS, 2)
    pool.ask(folder, Question("ASK { }"))
    assert eventually(lambda: len(pool._all) == 3)
    pids = [worker.pid for worker in pool._all]
    pool.close()
    assert all(map(gone, pids))
    with pytest.raises(StoreUnavailable):
        pool.ask(folder, Question("ASK { }"))


def test_a_worker_that_cannot_start_is_told(limited: Callable[..., Pool], folder: Path, tmp_path: Path) -> None:
    pool = limited()
    patch = pytest.MonkeyPatch()
    with patch.context() as patched:
        patched.setattr(sys, "executable", str(tmp_path / "no-python"))
        for _ in range(2):
            with pytest.raises(StoreUnavailable, match="cannot be started"):
                pool.ask(folder, Question("ASK { }"))
    assert eventually(lambda: pool.ask(folder, Question("ASK { }")).rows == 1)


def run(code: str, *arguments: str) -> str:
    """Run Python ``code`` in a process of its own and return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-c", code, *arguments]
    return subprocess.run(call, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout


@on_linux
def test_a_confined_process_opens_no_connection_and_starts_no_program() -> None:
    code = """
import os, socket, subprocess, sys, threading
import pyoxigraph as ox
from graph.fence.confine import confine
print(confine(2 << 30, os.getppid()))
def attempt(what):
    try:
        what()
    except OSError as error:
        print(type(error).__name__)
    else:
        print("done")
address = sys.argv[1]
host, port = address.split(":")
query = f"SELECT * {{ SERVICE <http://{address}/> {{ ?s ?p ?o }} }}"
attempt(lambda: socket.socket(socket.AF_INET))
attempt(lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM))
attempt(lambda: socket.socket(socket.AF_UNIX))
attempt(lambda: socket.create_connection((host, int(port))))
attempt(lambda: list(ox.Store().query(query)))
thread = threading.Thread(target=attempt, args=(lambda: list(ox.Store().query(query)),))
thread.start(); thread.join()
attempt(lambda: ox.Store().update(f"LOAD <http://{address}/>"))
attempt(lambda: os.execv("/bin/true", ["true"]))
attempt(lambda: subprocess.run(["/bin/true"]))
"""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        printed = run(code, f"127.0.0.1:{listener.getsockname()[1]}").splitlines()
        with pytest.raises(TimeoutError):
            listener.accept()
    assert printed == ["Confinement(network=True, memory=True)", *["PermissionError"] * 9]


@on_linux
def test_without_the_fence_the_same_query_would_have_been_sent() -> None:
    code = "import sys, pyoxigraph as ox\nprint(len(list(ox.Store().query(sys.argv[1]))))"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(20)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        query = f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}"
        with subprocess.Popen([sys.executable, "-c", code, query], stdout=subprocess.DEVNULL) as asking:
            connection, _ = listener.accept()
            assert connection.recv(4) == b"POST"
            connection.close()
            assert asking.wait(20) == 0


@on_linux
def test_workers_end_with_the_process_that_started_them(folder: Path) -> None:
    code = """
import sys, threading, time
from pathlib import Path
from graph.fence.pool import Pool
from graph.fence.wire import Limits, Question
pool = Pool(Limits(**eval(sys.argv[1])), 1)
folder = Path(sys.argv[2])
pool.ask(folder, Question("ASK { }"))
while len(pool._all) < 2:
    time.sleep(0.01)
threading.Thread(target=pool.ask, args=(folder, Question(sys.argv[3]))).start()
while not pool._taken["long"]:
    time.sleep(0.01)
print(*(worker.pid for worker in pool._all), flush=True)
"""
    call = [sys.executable, "-c", code, str(asdict(LIMITS)), str(folder), ENDLESS]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(call, env=environment, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout
        pids = [int(pid) for pid in started.stdout.readline().split()]
        assert len(pids) == 2
        assert not any(map(gone, pids))
        started.kill()
    # They are no children of ours; whoever inherits them asks how they ended, or they stay as zombies.
    assert eventually(lambda: all(gone(pid) or "State:\tZ" in status(pid) for pid in pids))


def status(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return "State:\tZ"


def test_what_is_not_whole_turtle_would_not_be_taken_for_it(pool: Pool, folder: Path) -> None:
    answer = pool.ask(folder, Question("DESCRIBE ?r { ?r a ?c } LIMIT 1"))
    assert answer.holds == "triples"
    assert len(Graph().parse(data=answer.body, format="turtle")) == answer.rows
