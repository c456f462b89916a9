"""What goes wrong around a running site ends in a clear state, and in a good one by itself once it is over.

Full disks, writers killed and a store that goes are in tests/graph/test_processes.py and test_crash.py; queries that
run away in tests/webapp/test_attacks.py. ``make soak`` does the first of these for long.
"""

from __future__ import annotations

import re
import socket
import struct
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import TypeVar

import pytest

from graph.build import build, ingest
from graph.settings import Settings
from tests.reports import OTHER_FORCE, SMALL
from tests.serving import free_port, serving
from tests.soak import Plan, Seen, soak, told
from webapp import create_app

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
STALLED = (
    b"GET /operations HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    b"GET /operations HTTP/1.1\r\nHost: x\r\n\r\n" * 5,
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 99\r\n\r\nASK",
)
"""Some clients never end their request, some never read their answers, some promise a body that never comes."""
Got = TypeVar("Got")
SLOW, BROKEN = 90, 40
"""Connections of slow and of broken clients; a site has places for far fewer at once."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults") / "store"
    build(folder, [*SMALL, OTHER_FORCE])
    return folder


def site(port: int, *options: str) -> list[str]:
    return [sys.executable, "-m", "graph", "serve", "--port", str(port), *options]


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    port = free_port()
    with serving(site(port, "--store", str(store)), port) as running:
        yield running


def fetched(url: str | urllib.request.Request) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 our own address
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@on_linux
def test_users_see_nothing_of_reports_that_come_and_workers_that_die() -> None:
    plan = Plan(users=5, seconds=8, thinking=(0.05, 0.3), ingest_every=1, kill_every=1, measure_every=0.5)
    seen = soak(plan)
    assert (seen.broken, seen.wrong) == ({}, [])
    assert seen.statuses[200] >= plan.users
    assert seen.statuses.keys() <= {200, 503}
    assert seen.ingested
    assert seen.killed
    assert f"| Workers killed meanwhile | {seen.killed} |" in told(plan, seen)


def test_a_leak_would_be_noticed() -> None:
    seconds = range(0, 600, 2)
    steady = Seen(memory=[(float(s), 200.0 + min(s, 200) / 10 + s % 7) for s in seconds])
    leaking = Seen(memory=[(float(s), 200.0 + s / 20) for s in seconds])
    assert abs(steady.growth()) < 0.5
    assert leaking.growth() == pytest.approx(3)


def connected(address: str) -> socket.socket:
    host, port = re.findall(r"//(.*):(\d+)", address)[0]
    return socket.create_connection((host, int(port)), timeout=20)


def sent_to(address: str) -> tuple[int, str | None]:
    """Return the status and Retry-After of the answer to a request with a body; a redirect is not followed."""
    host, port = re.findall(r"//(.*):(\d+)", address)[0]
    with closing(HTTPConnection(host, int(port), timeout=20)) as client:
        client.request("POST", "/theme", b"choice=dark", {"Content-Type": "application/x-www-form-urlencoded"})
        answer = client.getresponse()
        return answer.status, answer.getheader("Retry-After")


def until_it_is(ask: Callable[[], Got], wanted: object, seconds: float = 20) -> Got:
    """Return what ``ask`` returns, asked again until that is ``wanted``: a server notices who comes and goes a moment
    later than the test does, and on a busy machine much later."""
    until = time.monotonic() + seconds
    while (found := ask()) != wanted and time.monotonic() < until:
        time.sleep(0.05)
    return found


def test_slow_and_broken_clients_keep_nobody_waiting(address: str) -> None:
    slow = [connected(address) for _ in range(SLOW)]
    try:
        for number, client in enumerate(slow):
            client.sendall(STALLED[number % len(STALLED)])
        for number in range(BROKEN):
            client = connected(address)
            client.sendall(
                (b"\x16\x03\x01\x02\x00\x01", b"GET / HTTP/9.9\r\n\r\n", b"GET /evidence HTTP/1.1\r\n")[number % 3]
            )
            # Reset, in place of a proper end.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
        assert until_it_is(lambda: sent_to(address), (503, "2")) == (503, "2"), "those who send must wait"
        for path in ("/healthz", "/operations", "/sparql?query=ASK%7B%7D&format=json", "/commitments"):
            assert fetched(f"{address}{path}")[0] == 200, path
    finally:
        for client in slow:
            client.close()
    sent = urllib.request.Request(f"{address}/sparql", b"ASK {}", {"Content-Type": "application/sparql-query"})  # noqa: S310
    assert until_it_is(lambda: fetched(sent)[0], 200) == 200, "and have their places again when the slow ones are gone"


def test_an_endpoint_that_goes_is_told_and_found_again(store: Path) -> None:
    behind, before = free_port(), free_port()
    asked = ("/operations", "/questions/operations.json", "/sparql?query=ASK%7B%7D&format=json")
    with serving(site(before, "--endpoint", f"http://127.0.0.1:{behind}/sparql"), before) as front:

        def is_told() -> None:
            gone = {path: fetched(f"{front}{path}") for path in (*asked, "/readyz")}
            assert {status for status, _ in gone.values()} == {503}, gone
            assert "Traceback" not in "".join(body for _, body in gone.values())
            assert fetched(f"{front}/healthz")[0] == 200

        is_told()
        with serving(site(behind, "--store", str(store)), behind):
            there = {path: fetched(f"{front}{path}")[0] for path in (*asked, "/readyz")}
            assert set(there.values()) == {200}, there
        is_told()


def test_a_clock_that_jumps_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "store"
    build(folder, SMALL)
    made = create_app(Settings(store=folder, rate=1000))
    client, real = made.test_client(), time.time
    query = "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+3&format=json"
    try:
        before = {path: client.get(path).get_data() for path in ("/readyz", "/questions/operations.csv", query)}
        for jump in (86400.0, -10 * 365 * 86400.0):
            monkeypatch.setattr(time, "time", lambda jump=jump: real() + jump)
            monkeypatch.setattr(time, "time_ns", lambda jump=jump: int((real() + jump) * 1e9))
            for path, body in before.items():
                answer = client.get(path)
                assert (answer.status_code, answer.get_data() == body) == (200, True), path
        # Ten years ago by the clock, what is published is the newest all the same.
        outcome = ingest(folder, [OTHER_FORCE])
        assert client.get("/readyz").get_json()["version"].startswith(f"{outcome.generation}-")
        assert client.get("/questions/operations.csv").get_data() != before["/questions/operations.csv"]
    finally:
        made.extensions["goldenthread-endpoint"].close()
