"""What can happen between us and an endpoint: a server on this machine that behaves as each test says."""

from __future__ import annotations

import gzip
import io
import json
import logging
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs
from urllib.request import Request, parse_http_list, parse_keqv_list

import pytest
from rdflib import XSD, BNode, Literal, URIRef

from graph.errors import BadQuery, StoreUnavailable
from graph.settings import Settings
from graph.stores import connection
from graph.stores.remote import RemoteStore

JSON = "application/sparql-results+json"
NAME = "SELECT ?s WHERE { ?s ?p ?o }"
ANSWER = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri", "value": "urn:a"}}]}})
SECRET = "open-sesame"  # noqa: S105 the word that must not be told


class Exchange(BaseHTTPRequestHandler):
    """One request, with what a behaviour needs to answer it."""

    protocol_version = "HTTP/1.1"
    server: Scripted

    def do_POST(self) -> None:
        self.text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.seen.append(self)
        behaviour = self.server.behaviours.pop(0) if len(self.server.behaviours) > 1 else self.server.behaviours[0]
        behaviour(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing on standard error."""

    def give(self, body: str | bytes = ANSWER, status: int = 200, kind: str = JSON, **headers: str) -> Self:
        content = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {"Content_Type": kind, "Content_Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)
        return self

    def begin(self, kind: str = JSON) -> Self:
        """Begin an answer whose end only ``piece("")`` tells."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        return self

    def piece(self, text: str) -> Self:
        self.wfile.write(f"{len(text.encode()):x}\r\n{text}\r\n".encode())
        return self

    def wait(self, seconds: float) -> Self:
        threading.Event().wait(seconds)  # not time.sleep, which tests of pauses replace
        return self

    def hang_up(self) -> Self:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)
        return self


Behaviour = Callable[[Exchange], object]


class Scripted(ThreadingHTTPServer):
    """A server that does one behaviour after another, the last for ever, and remembers what it saw."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.seen: list[Exchange] = []
        self.behaviours: list[Behaviour] = [Exchange.give]
        self.connections = 0

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections += 1
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that go away: tests make them."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sparql"


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@dataclass
class Sleeps:
    """Pauses that were asked for, and none taken."""

    asked: list[float] = field(default_factory=list)


@pytest.fixture
def sleeps(monkeypatch: pytest.MonkeyPatch) -> Sleeps:
    kept = Sleeps()
    monkeypatch.setattr("graph.stores.connection.time.sleep", kept.asked.append)
    return kept


def store(server: Scripted, **settings: Any) -> RemoteStore:
    return RemoteStore(Settings(**{"endpoint": server.address, "endpoint_timeout": 10.0, **settings}))


def test_a_question_is_sent_as_the_protocol_says(server: Scripted) -> None:
    store(server).select(NAME)
    [request] = server.seen
    assert parse_qs(request.text) == {"query": [NAME]}
    assert request.headers["Accept"] == JSON
    assert request.path == "/sparql"


def test_the_address_keeps_parameters_of_its_own(server: Scripted) -> None:
    store(server, endpoint=f"{server.address}?reasoning=true").select(NAME)
    assert server.seen[0].path == "/sparql?reasoning=true"


def test_the_union_of_graphs_can_be_asked_for_by_its_name(server: Scripted) -> None:
    store(server, endpoint_default_graph="urn:x-arq:UnionGraph").select(NAME)
    assert parse_qs(server.seen[0].text)["default-graph-uri"] == ["urn:x-arq:UnionGraph"]


@pytest.mark.parametrize("word", ["drop", "ask", "construct"])
def test_the_form_of_a_question_is_not_guessed_from_its_words(word: str, server: Scripted) -> None:
    query = f"PREFIX x: <urn:{word}#> # {word}\nSELECT ?s WHERE {{ ?s x:{word} ?o }}"
    store(server).select(query)
    assert parse_qs(server.seen[0].text) == {"query": [query]}


class TestConnections:
    def test_one_connection_serves_many_questions(self, server: Scripted) -> None:
        asked = store(server)
        for _ in range(20):
            asked.select(NAME)
            server.behaviours = [lambda r: r.begin().piece(ANSWER).piece("")]
        assert len(server.seen) == 20
        assert server.connections == 1

    def test_threads_share_the_pool(self, server: Scripted) -> None:
        asked = store(server)

        def ask() -> None:
            for _ in range(10):
                assert len(asked.select(NAME).rows) == 1

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(server.seen) == 40
        assert server.connections <= 4

    def test_a_connection_that_the_server_closed_is_replaced(self, server: Scripted) -> None:
        server.behaviours = [
            lambda r: r.give().hang_up(),
            Exchange.give,
        ]
        asked = store(server)
        assert asked.select(NAME) == asked.select(NAME)

    def test_an_answer_that_was_packed_is_unpacked(self, server: Scripted) -> None:
        server.behaviours = [lambda r: r.give(gzip.compress(ANSWER.encode()), Content_Encoding="gzip")]
        assert store(server).select(NAME).rows == ((URIRef("urn:a"),),)
        assert "gzip" in server.seen[0].headers["Accept-Encoding"]

    def test_the_proxy_of_the_environment_is_used(self, server: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", server.address)
        monkeypatch.setenv("no_proxy", "")
        store(server, endpoint="http://store.example/sparql").select(NAME)
        assert server.seen[0].path == "http://store.example/sparql"


class TestRepeats:
    @pytest.mark.parametrize("status", sorted(connection.BUSY))
    def test_a_server_that_is_busy_is_asked_again_later_and_later(
        self, status: int, server: Scripted, sleeps: Sleeps
    ) -> None:
        busy: Behaviour = lambda r: r.give("busy", status)  # noqa: E731
        server.behaviours = [busy, busy, Exchange.give]
        assert len(store(server).select(NAME).rows) == 1
        first, second = sleeps.asked
        assert 0 < first < second

    def test_a_connection_that_breaks_is_tried_again(self, server: Scripted, sleeps: Sleeps) -> None:
        server.behaviours = [Exchange.hang_up, Exchange.give]
        assert len(store(server).select(NAME).rows) == 1
        assert len(sleeps.asked) == 1

    @pytest.mark.usefixtures("sleeps")
    def test_after_some_attempts_it_is_given_up(self, server: Scripted) -> None:
        server.behaviours = [lambda r: r.give("too busy", 503, "text/plain")]
        with pytest.raises(StoreUnavailable, match="503: too busy"):
            store(server).select(NAME)
        assert len(server.seen) == connection.ATTEMPTS

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 500])
    def test_what_repeating_cannot_mend_is_not_repeated(self, status: int, server: Scripted) -> None:
        server.behaviours = [lambda r: r.give("no", status)]
        with pytest.raises((StoreUnavailable, BadQuery)):
            store(server).select(NAME)
        assert len(server.seen) == 1

    def test_the_pause_that_the_server_asks_for_is_kept(self, server: Scripted, sleeps: Sleeps) -> None:
        server.behaviours = [lambda r: r.give("busy", 503, Retry_After="3"), Exchange.give]
        store(server).select(NAME)
        assert sleeps.asked == [3.0]

    def test_a_pause_beyond_the_deadline_is_not_waited_for(self, server: Scripted, sleeps: Sleeps) -> None:
        server.behaviours = [lambda r: r.give("busy", 503, Retry_After="3600")]
        with pytest.raises(StoreUnavailable, match="503"):
            store(server).select(NAME)
        assert sleeps.asked == []

    def test_a_server_that_worked_for_long_in_vain_is_not_made_to_again(
        self, server: Scripted, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connection, "QUICK", 0.05)
        server.behaviours = [lambda r: r.wait(0.1).give("the query timed out", 503)]
        with pytest.raises(StoreUnavailable, match="timed out"):
            store(server).select(NAME)
        assert len(server.seen) == 1


def dripping(text: str) -> Behaviour:
    """Send ``text`` over and over, a little at a time."""

    def drip(request: Exchange) -> None:
        request.begin()
        request.piece('{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:a"}}')
        for _ in range(200):
            request.piece(text).wait(0.05)

    return drip


class TestDeadlines:
    @pytest.mark.parametrize(
        "behaviour",
        [
            lambda r: r.wait(5),
            lambda r: r.begin().piece('{"head":').wait(5),
            dripping(',{"s":{"type":"uri","value":"urn:a"}}'),
            dripping(" "),
        ],
        ids=["silent", "stops half way", "goes on for ever", "says nothing for ever"],
    )
    def test_a_slow_answer_ends_in_time(self, behaviour: Behaviour, server: Scripted) -> None:
        server.behaviours = [behaviour]
        began = time.monotonic()
        with pytest.raises(StoreUnavailable, match="in time"):
            store(server, endpoint_timeout=0.5).select(NAME)
        assert 0.4 < time.monotonic() - began < 2

    def test_a_host_that_does_not_answer_ends_in_time(self) -> None:
        with socket.socket() as full:
            full.bind(("127.0.0.1", 0))
            full.listen(0)
            port = full.getsockname()[1]
            waiting = [socket.create_connection(("127.0.0.1", port)) for _ in range(1)]
            began = time.monotonic()
            with pytest.raises(StoreUnavailable):
                RemoteStore(Settings(endpoint=f"http://127.0.0.1:{port}/", endpoint_timeout=0.5)).select(NAME)
            assert time.monotonic() - began < 3
            for each in waiting:
                each.close()


BROKEN = {
    "cancelled, as Oxigraph does it": ANSWER[:-3] + "The SPARQL operation has been cancelled",
    "cut": ANSWER[:-3],
    "empty": "",
    "a page": "<html>oops</html>",
    "other JSON": '{"error": "no"}',
    "no names": '{"results":{"bindings":[{"s":{"type":"uri","value":"urn:a"}}]}}x',
}


def take_slowly(listener: socket.socket, length: int, taken: list[int]) -> None:
    """Take ``length`` bytes of a body in small pieces with pauses, then say that all is well."""
    with listener.accept()[0] as client:
        head, _, body = client.recv(1 << 12).partition(b"\r\n\r\n")
        assert f"Content-Length: {length}".encode() in head
        count = len(body)
        while count < length and (piece := client.recv(1 << 16)):
            count += len(piece)
            threading.Event().wait(0.01)
        taken.append(count)
        client.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")


@pytest.mark.parametrize("seconds", [60.0, 0.4])
def test_a_server_may_take_what_it_is_sent_slowly_until_the_deadline(
    seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "CONNECT", 0.2)
    body, taken, whole = b"x" * (8 << 20), list[int](), seconds > 1
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        thread = threading.Thread(target=take_slowly, args=(listener, len(body), taken))
        thread.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        way = connection.Connection(Settings(endpoint=address))
        request = Request(address, body, {"Content-Type": "text/plain"}, method="POST")
        if whole:
            assert way.send(request, seconds=seconds).status == 204
        else:
            with pytest.raises(StoreUnavailable, match="no whole answer in time"):
                way.send(request, seconds=seconds)
        thread.join()
    assert (taken == [len(body)]) is whole


class TestBodies:
    @pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
    @pytest.mark.parametrize("way", ["select", "ask", "csv"])
    def test_a_broken_answer_with_status_200_is_none(self, body: str, way: str, server: Scripted) -> None:
        server.behaviours = [lambda r: r.give(body)]
        asked = store(server)
        with pytest.raises((StoreUnavailable, BadQuery)) as raised:
            asked.results(NAME, "csv") if way == "csv" else getattr(asked, way)(NAME)
        assert isinstance(raised.value, StoreUnavailable) or way == "ask"

    def test_fewer_bytes_than_were_promised_are_no_answer(self, server: Scripted) -> None:
        server.behaviours = [lambda r: r.give(ANSWER[:-20], Content_Length=str(len(ANSWER))).hang_up()]
        with pytest.raises(StoreUnavailable, match="broke off"):
            store(server).select(NAME)

    def test_pieces_without_an_end_are_no_answer(self, server: Scripted) -> None:
        server.behaviours = [lambda r: r.begin().piece(ANSWER[:-20]).hang_up()]
        with pytest.raises(StoreUnavailable, match="broke off"):
            store(server).select(NAME)

    @pytest.mark.parametrize("rest", ["<urn:a> <urn:b", "cancelled"])
    def test_broken_triples_are_no_answer(self, rest: str, server: Scripted) -> None:
        server.behaviours = [lambda r: r.give(f"<urn:a> <urn:b> <urn:c> .\n{rest}", kind="application/n-triples")]
        with pytest.raises(StoreUnavailable, match="broke off"):
            store(server).construct("CONSTRUCT WHERE { ?s ?p ?o }")

    @pytest.mark.parametrize(("value", "meant"), [("1", True), ("0", False)])
    def test_a_boolean_that_virtuoso_made_a_table_of_is_a_boolean(
        self,
        value: str,
        meant: bool,  # noqa: FBT001
        server: Scripted,
    ) -> None:
        number = {"type": "typed-literal", "datatype": str(XSD.integer), "value": value}
        table = {"head": {"link": [], "vars": ["__ASK_RETVAL"]}, "results": {"bindings": [{"__ASK_RETVAL": number}]}}
        server.behaviours = [lambda r: r.give(json.dumps(table))]
        assert store(server).ask("ASK { }") is meant
        assert json.loads(store(server).results("ASK { }", "json"))["boolean"] is meant

    def test_blank_nodes_of_virtuoso_are_named_as_the_standard_has_it(self, server: Scripted) -> None:
        # Enough of them that a name lies across the parts in which the answer is read.
        told = 'of a "bnode", "value": "nodeID://b7"'
        rows = [
            {"x": {"type": "bnode", "value": f"nodeID://b{n}"}, "y": {"type": "literal", "value": told}}
            for n in range(4000)
        ]
        table = {"head": {"vars": ["x", "y"]}, "results": {"bindings": rows}}
        server.behaviours = [lambda r: r.give(json.dumps(table))]
        found = store(server).select("SELECT * { ?x ?p ?y }").rows
        assert len({x for x, _ in found}) == 4000
        assert all(isinstance(x, BNode) for x, _ in found)
        assert {str(y) for _, y in found} == {told}

    def test_an_answer_that_virtuoso_cut_is_refused(self, server: Scripted) -> None:
        server.behaviours = [lambda r: r.give(X_SPARQL_MaxRows="1")]
        with pytest.raises(StoreUnavailable, match="cut at 1 rows"):
            store(server).select(NAME)
        server.behaviours = [lambda r: r.give(X_SPARQL_MaxRows="2")]
        assert len(store(server).select(NAME).rows) == 1

    def test_an_answer_that_virtuoso_gave_up_half_way_is_refused(self, server: Scripted) -> None:
        server.behaviours = [lambda r: r.give(X_SQL_State="S1TAT", X_SQL_Message="RC...: Returning incomplete results")]
        with pytest.raises(StoreUnavailable, match="incomplete results"):
            store(server).select(NAME)

    @pytest.mark.parametrize(("written", "meant"), [("12.0", "12"), ("12.50", "12.5"), ("-0.0", "0"), ("1200", "1200")])
    def test_a_decimal_is_the_same_however_a_store_writes_it(self, written: str, meant: str, server: Scripted) -> None:
        number = {"type": "typed-literal", "value": written, "datatype": str(XSD.decimal)}
        server.behaviours = [lambda r: r.give(ANSWER.replace('{"type": "uri", "value": "urn:a"}', json.dumps(number)))]
        assert store(server).select(NAME).rows == ((Literal(meant, datatype=XSD.decimal),),)
        assert store(server).results(NAME, "csv") == f"s\r\n{meant}\r\n".encode()

    def test_a_long_answer_is_never_held_whole(self, server: Scripted) -> None:
        row = ',{"s":{"type":"literal","value":"' + "x" * 1000 + '"}}'

        def much(request: Exchange) -> None:
            request.begin()
            request.piece(ANSWER[:-3])
            for _ in range(300):
                request.piece(row * 100)
            request.piece("]}}").piece("")

        class Counter(io.RawIOBase):
            """A file that keeps the length of what is written."""

            length = 0

            def writable(self) -> bool:
                return True

            def write(self, content: Any) -> int:
                self.length += len(content)
                return len(content)

        server.behaviours = [much]
        output = Counter()
        tracemalloc.start()
        store(server, endpoint_timeout=60.0).write(NAME, "csv", output)  # type: ignore[arg-type]
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert output.length > 30_000_000
        assert peak < 5_000_000


class TestSecrets:
    def told(self, server: Scripted, caplog: pytest.LogCaptureFixture, **settings: Any) -> str:
        """Return all that is said of a failure by a server that repeats what it was sent."""
        server.behaviours = [lambda r: r.give(f"not you: {r.headers} {r.path} {r.text}", 500, "text/plain")]
        with caplog.at_level(logging.DEBUG), pytest.raises(StoreUnavailable) as raised:
            store(server, **settings).select(NAME)
        assert "not you" in raised.value.message
        return f"{raised.value!r} {raised.value.fields} {caplog.text}"

    def test_a_name_and_password_are_sent_and_not_told(
        self, server: Scripted, caplog: pytest.LogCaptureFixture
    ) -> None:
        said = self.told(server, caplog, endpoint_user="ann", endpoint_password=SECRET)
        assert server.seen[0].headers["Authorization"] == "Basic YW5uOm9wZW4tc2VzYW1l"
        assert SECRET not in said
        assert "YW5uOm9wZW4tc2VzYW1l" not in said

    def test_a_token_is_sent_and_not_told(self, server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
        said = self.told(server, caplog, endpoint_token=SECRET)
        assert server.seen[0].headers["Authorization"] == f"Bearer {SECRET}"
        assert SECRET not in said

    def test_a_password_in_the_address_is_used_and_not_told(
        self, server: Scripted, caplog: pytest.LogCaptureFixture
    ) -> None:
        address = server.address.replace("//", f"//ann:{SECRET}@")
        said = self.told(server, caplog, endpoint=address)
        assert server.seen[0].headers["Authorization"] == "Basic YW5uOm9wZW4tc2VzYW1l"
        assert SECRET not in said
        assert SECRET not in RemoteStore(Settings(endpoint=address)).version

    def test_a_key_in_the_address_is_used_and_not_shown(self, server: Scripted) -> None:
        server.behaviours = [lambda r: r.give("no", 500)]
        with pytest.raises(StoreUnavailable) as raised:
            store(server, endpoint=f"{server.address}?apikey={SECRET}").select(NAME)
        assert SECRET in server.seen[0].path
        assert SECRET not in str(raised.value)

    def test_nothing_secret_follows_a_redirect(self, server: Scripted) -> None:
        with Scripted() as other:
            server.behaviours = [lambda r: r.give("", 307, Location=other.address)]
            with pytest.raises(StoreUnavailable, match=f"it has moved to {other.address}"):
                store(server, endpoint_token=SECRET).select(NAME)
            assert other.seen == []

    @pytest.mark.parametrize("status", [401, 403])
    def test_who_is_refused_reads_which_settings_help(self, status: int, server: Scripted) -> None:
        server.behaviours = [lambda r: r.give("", status)]
        with pytest.raises(StoreUnavailable, match="GOLDENTHREAD_ENDPOINT_USER"):
            store(server).select(NAME)

    def test_digest_answers_the_challenge_and_remembers_it(self, server: Scripted) -> None:
        def guarded(request: Exchange) -> None:
            kind, _, words = request.headers.get("Authorization", "").partition(" ")
            shown = parse_keqv_list(parse_http_list(words)) if kind == "Digest" else {}
            if shown.get("nonce") == "abc" and shown["username"] == "dba" and len(shown["response"]) == 32:
                request.give()
            else:
                request.give("", 401, WWW_Authenticate='Digest realm="SPARQL", nonce="abc", qop="auth", algorithm=MD5')

        server.behaviours = [guarded]
        asked = store(server, endpoint_user="dba", endpoint_password=SECRET, endpoint_auth="digest")
        assert asked.select(NAME) == asked.select(NAME)
        assert len(server.seen) == 3
        assert all(SECRET not in str(request.headers) for request in server.seen)
        wrong = replace(Settings(endpoint=server.address), endpoint_auth="digest", endpoint_user="eve")
        with pytest.raises(StoreUnavailable, match="GOLDENTHREAD_ENDPOINT_USER"):
            RemoteStore(wrong).select(NAME)
