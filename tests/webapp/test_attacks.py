"""Queries and requests made to harm: none leaves the process, none stays, and others are answered meanwhile."""

from __future__ import annotations

import http.client
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from rdflib import Literal

from graph import queries
from graph.errors import BadParameter
from graph.guard import tokens
from graph.settings import Settings
from graph.stores import open_store
from tests.serving import free_port, serving
from webapp.store import Memory, View

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 3
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="seccomp, and what is told of processes, are Linux's")


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class Server:
    """A server that runs; ``send`` opens a connection for each request, as strangers do."""

    address: str

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(), dict(answer.getheaders()))
        finally:
            connection.close()

    def ask(self, query: str, *dataset: tuple[str, str]) -> Answer:
        body = urlencode([("query", query), *dataset]).encode()
        return self.send("POST", "/sparql", body, Content_Type="application/x-www-form-urlencoded")


@pytest.fixture(scope="module")
def server(sample_store: Path) -> Iterator[Server]:
    port = free_port()
    patch = pytest.MonkeyPatch()
    patch.setenv("GOLDENTHREAD_QUERY_SECONDS", str(SECONDS))
    patch.setenv("GOLDENTHREAD_QUERY_WORKERS", "2")
    command = [sys.executable, "-m", "graph", "serve", "--store", str(sample_store), "--port", str(port)]
    with serving(command, port) as address:
        yield Server(address)
    patch.undo()


@pytest.fixture
def listener() -> Iterator[Callable[[], bool]]:
    """Listen on this machine; what it gives says whether anybody has connected. Its address: ``listener.address``."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)

        def reached() -> bool:
            try:
                listening.accept()[0].close()
            except BlockingIOError:
                return False
            return True

        reached.address = f"127.0.0.1:{listening.getsockname()[1]}"  # type: ignore[attr-defined]
        yield reached


# %s is the address of a listener; whatever reaches it has left the process.
FETCHES = {
    "FROM": "SELECT * FROM <http://%s/d.ttl> { ?s ?p ?o }",
    "FROM NAMED": "SELECT * FROM NAMED <http://%s/d.ttl> { GRAPH ?g { ?s ?p ?o } }",
    "FROM a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "FROM NAMED a file": "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
    "GRAPH": "SELECT * { GRAPH <http://%s/d.ttl> { ?s ?p ?o } }",
    "SERVICE": "SELECT * { SERVICE <http://%s/> { ?s ?p ?o } }",
    "SERVICE SILENT": "SELECT * { SERVICE SILENT <http://%s/> { ?s ?p ?o } }",
    "SERVICE to a file": "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
    "SERVICE by a variable": "SELECT * { BIND(IRI('http://%s/') AS ?g) SERVICE ?g { ?s ?p ?o } }",
    "SERVICE by LATERAL": "SELECT * { ?a ?b ?c LATERAL { SERVICE SILENT ?a { ?s ?p ?o } } }",
    "SERVICE in EXISTS": "ASK { FILTER EXISTS { SERVICE <http://%s/> { ?s ?p ?o } } }",
    "SERVICE in a subquery": "SELECT * { { SELECT * { SERVICE <http://%s/> { ?s ?p ?o } } } }",
    "SERVICE without a space": "SELECT * { ?s ?p 1e5SERVICE <http://%s/> { ?x ?y ?z } }",
    "SERVICE as a prefix": "PREFIX : <http://%s/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SERVICE after a comparison": "SELECT * { FILTER(?a<'x>') SERVICE <http://%s/> { ?s ?p ?o } # '\n }",
    "SERVICE after a carriage return": "SELECT * { # \rSERVICE <http://%s/> { ?s ?p ?o }\n }",
    "DESCRIBE": "DESCRIBE <http://%s/d.ttl>",
    "LOAD": "LOAD <http://%s/d.ttl>",
    "LOAD SILENT": "LOAD SILENT <http://%s/d.ttl> INTO GRAPH <urn:g>",
    "LOAD a file": "LOAD <file:///etc/passwd>",
    "a function's address": "SELECT (<http://%s/f>(1) AS ?x) { }",
}


@pytest.mark.parametrize("name", FETCHES)
def test_no_query_leaves_the_process(server: Server, listener: Callable[[], bool], name: str) -> None:
    query = FETCHES[name].replace("%s", listener.address)  # type: ignore[attr-defined]
    answer = server.ask(query)
    assert not listener()
    assert b"root:" not in answer.body
    if answer.status == 200:
        # It was a graph's name: a graph that is not here, and so is empty.
        assert name in {"FROM", "FROM NAMED", "FROM a file", "FROM NAMED a file", "GRAPH", "DESCRIBE"}
        assert b'"bindings":[]' in answer.body or name == "DESCRIBE"
    else:
        assert answer.status == 400


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri"])
@pytest.mark.parametrize("graph", ["http://%s/d.ttl", "file:///etc/passwd", "ftp://%s/d", "http://169.254.169.254/"])
def test_no_dataset_leaves_the_process(server: Server, listener: Callable[[], bool], name: str, graph: str) -> None:
    address = graph.replace("%s", listener.address)  # type: ignore[attr-defined]
    query = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    answers = [server.ask(query, (name, address)), server.send("GET", f"/rdf-graph-store?graph={quote(address)}")]
    assert not listener()
    assert answers[0].status == (403 if "using" in name else 200)
    assert b'"bindings":[]' in answers[0].body or answers[0].status == 403
    assert answers[1].status == 404


CONTEXT = '{"@context": "http://%s/context.jsonld", "@id": "urn:a", "urn:p": "x"}'
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "http://%s/x"><!ENTITY y SYSTEM "file:///etc/passwd">]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description><rdf:value>&x;&y;'
    "</rdf:value></rdf:Description></rdf:RDF>"
)


@pytest.mark.parametrize(
    ("media_type", "document"),
    [
        ("application/ld+json", CONTEXT),
        ("application/rdf+xml", ENTITIES),
        ("application/sparql-query", ENTITIES),
        ("text/turtle", "@prefix : <http://%s/> . :a :b :c ."),
    ],
)
@pytest.mark.parametrize("path", ["/sparql", "/rdf-graph-store?default", "/rdf-graph-store?graph=urn:g"])
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_no_document_that_is_sent_is_read(
    server: Server, listener: Callable[[], bool], media_type: str, document: str, path: str, method: str
) -> None:
    body = document.replace("%s", listener.address).encode()  # type: ignore[attr-defined]
    answer = server.send(method, path, body, Content_Type=media_type)
    assert not listener()
    assert answer.status in {400, 405, 415}
    assert b"root:" not in answer.body


def descendants(pid: int) -> Iterator[int]:
    """Yield the processes that ``pid`` has started, and those that they have."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and told(int(entry.name)).get("PPid") == str(pid):
            yield int(entry.name)
            yield from descendants(int(entry.name))


def told(pid: int) -> dict[str, str]:
    """Return what the kernel says of a process; nothing of one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def workers(server: Server) -> list[int]:
    """Return the workers of a server that this process has started, and of no other that runs beside it."""
    port = str(urlsplit(server.address).port).encode()

    def words(pid: int) -> list[bytes]:
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            return []

    serving_it = [pid for pid in descendants(os.getpid()) if {b"serve", b"--port", port} <= set(words(pid))]
    below = {child for pid in serving_it for child in descendants(pid)}
    return sorted(pid for pid in below if b"graph.fence.worker" in words(pid))


@on_linux
def test_every_worker_of_a_running_server_is_fenced(server: Server) -> None:
    fences = json.loads(server.send("GET", "/readyz").body)["fences"]
    assert fences == {"network": True, "memory": True}
    assert server.ask("ASK { }").status == 200
    # Two, and a warm one beside them; one that has just been started confines itself first of all.
    assert eventually(lambda: [told(pid).get("Seccomp") for pid in workers(server)] == ["2"] * 3)
    for pid in workers(server):
        limits = " ".join(Path(f"/proc/{pid}/limits").read_text(encoding="utf-8").split())
        assert (told(pid)["NoNewPrivs"], told(pid)["State"][0] != "Z") == ("1", True)
        assert f"Max address space {2 << 30} " in limits
        assert "Max core file size 0 " in limits


def eventually(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def is_served(server: Server) -> bool:
    """Whether pages and short queries are answered."""
    return {
        server.send("GET", "/operations?q=" + str(time.monotonic())).status,
        server.ask("SELECT * { ?s ?p ?o } LIMIT 2").status,
    } == {200}


CROSS = " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(6))
GROWING = " ".join(f"BIND(REPLACE(?t{n}, '.', '$0$0$0$0$0$0$0$0') AS ?t{n + 1})" for n in range(9))
GREEDY = {
    "cross product": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    "sorted cross product": f"SELECT * {{ {CROSS} }} ORDER BY ?o1 ?o2",
    "distinct cross product": f"SELECT DISTINCT * {{ {CROSS} }}",
    "grouped cross product": f"SELECT ?o1 (SAMPLE(?o2) AS ?x) {{ {CROSS} }} GROUP BY ?o1 ?o2 ?o3",
    "deep path": f"SELECT (COUNT(*) AS ?n) {{ ?a {'/'.join(['(!<urn:x>)*'] * 6)} ?b }}",
    "path of both ways": "SELECT (COUNT(*) AS ?n) { ?a (!(<urn:x>|^<urn:x>))* ?b . ?b (!(<urn:x>|^<urn:x>))* ?c }",
    "text that grows": "SELECT (STRLEN(?t9) AS ?n) { ?s ?p ?o BIND(STR(?o) AS ?t0) " + GROWING + " }",
    "all there is": "SELECT * { ?s ?p ?o . ?s ?q ?r }",
    "all there is, built": "CONSTRUCT { ?s ?p ?o . ?o ?p ?s . ?s ?q ?r } WHERE { ?s ?p ?o . ?s ?q ?r }",
}
LARGE = {
    "regular expression of repeats": "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '((a{1,100}){1,100}){1,100}$')) }",
    "regular expression of alternatives": (
        f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER(REGEX(STR(?o), '({'|'.join(['(.*)*x'] * 500)})+$')) }}"
    ),
    "giant VALUES": f"SELECT (COUNT(*) AS ?n) {{ VALUES ?v {{ {'<urn:v> ' * 120_000} }} ?s ?p ?o }}",
    "deep brackets": f"SELECT * {{ {'{' * 20_000} ?s ?p ?o {'}' * 20_000} }}",
    "deep expression": f"SELECT * {{ ?s ?p ?o FILTER({'(' * 20_000}1{')' * 20_000}) }}",
    "deep negation": f"SELECT * {{ ?s ?p ?o FILTER({'!' * 200_000}true) }}",
    "long chain": f"SELECT * {{ {' . '.join(f'?x{n} ?p ?x{n + 1}' for n in range(3_000))} }} LIMIT 1",
    "many unions": f"SELECT (COUNT(*) AS ?n) {{ {' UNION '.join(['{ ?s ?p ?o }'] * 3_000)} }}",
    "ten megabytes": "SELECT * { ?s ?p ?o } #" + "x" * 10_000_000,
}


@pytest.mark.parametrize("name", [*GREEDY, *LARGE])
def test_a_query_that_takes_too_much_is_ended_and_others_are_answered(server: Server, name: str) -> None:
    answers: list[Answer] = []
    attack = threading.Thread(target=lambda: answers.append(server.ask((GREEDY | LARGE)[name])))
    attack.start()
    assert is_served(server)
    attack.join(SECONDS + 30)
    assert not attack.is_alive()
    if name in GREEDY:
        assert (answers[0].status, b"the limit of this service" in answers[0].body) == (422, True)
    else:
        # Some are more than a worker can take, some are refused for their size, some are answered after all.
        expected = {413} if name == "ten megabytes" else {200, 400, 422, 503}
        assert answers[0].status in expected
    assert is_served(server)


@on_linux
def test_no_worker_is_lost_for_good_in_a_storm(server: Server) -> None:
    answers: list[int] = []

    def storm(query: str) -> None:
        answers.append(server.ask(query).status)

    threads = [threading.Thread(target=storm, args=(query,)) for query in list(GREEDY.values()) * 2]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert server.send("GET", "/healthz").status == 200
        time.sleep(0.1)
    # Those that had no place were told to come back.
    assert set(answers) <= {422, 503}
    assert 422 in answers
    assert eventually(lambda: [told(pid).get("State", "Z")[0] == "Z" for pid in workers(server)] == [False] * 3)
    assert is_served(server)


@on_linux
def test_killed_workers_are_replaced(server: Server) -> None:
    assert server.ask("ASK { }").status == 200
    before = set(workers(server))
    for pid in before:
        os.kill(pid, 9)
    assert eventually(lambda: server.ask("ASK { <urn:again> ?p ?o }").status == 200)
    assert not before & set(workers(server))


INJECTIONS = (
    *(
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        '\\"',
        "<",
        ">",
        "{",
        "}",
        "}}",
        "#",
        "\n",
        "\r\n",
        ";",
        "|",
        "`",
        "\x00",
        "?x",
        "$x",
    ),
    *(
        '" } # ',
        "' } # ",
        '"@en . ?s ?p ?o . "',
        '" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } "',
        "UNDEF",
        "UNDEF }",
    ),
    *("vawg> } INSERT DATA { <urn:a> <urn:b> <urn:c> } #", "<urn:a> <urn:b>", "urn:a> <urn:b", "vawg } VALUES ?x { 1"),
    *("VALUES ?_lpa { UNDEF }", "\\u0022 } #", "%22%20%7D", "&param=1", "1; DROP ALL", "1 OR 1=1", "../../etc/passwd"),
    *(
        "https://w3id.org/golden-thread/id/theme/vawg> } #",
        "\U0001f600",
        "\u2028 } #",
        "{{ 7 * 7 }}",
        "$(id)",
        "true || true",
    ),
)


def shape(query: str) -> list[tuple[str, str]]:
    """Return a query with the content of strings and addresses left out: what is left is its shape."""
    parts = ((kind, query[start:end]) for kind, start, end in tokens(query) if kind != "space")
    return [(kind, "" if kind in {"string", "iri"} else text) for kind, text in parts]


@pytest.mark.parametrize("name", queries.catalogue())
def test_nothing_given_for_a_parameter_changes_the_shape_of_a_question(sample_store: Path, name: str) -> None:
    assert len(INJECTIONS) >= 40
    # A view remembers the names that values are looked up among.
    store, question = View(open_store(Settings(store=sample_store)), Memory()), queries.question(name)
    for param in question.params:
        plain = shape(queries.fill(question, {param.name: [Literal("plain")]}))
        for attempt in INJECTIONS:
            assert shape(queries.fill(question, {param.name: [Literal(attempt)]})) == plain
            try:
                bound = queries.bind(store, question, {param.name: attempt})
            except BadParameter as error:
                assert error.fields.get("param", param.name) == param.name  # noqa: PT017 - several may be raised
            else:
                # Only words are free; anything else is a name that the graph knows, or is not given at all.
                given = {param.name: "plain"} if attempt.strip() else {}
                assert shape(bound) == shape(queries.bind(store, question, given))


@pytest.mark.parametrize("attempt", INJECTIONS)
def test_nothing_given_for_a_parameter_is_our_fault(server: Server, attempt: str) -> None:
    given: dict[str, Any] = {"theme": attempt, "partner_type": attempt}
    answer = server.send("GET", f"/questions/partner-operations-by-lpa.json?{urlencode(given)}")
    assert answer.status in {200, 400}
