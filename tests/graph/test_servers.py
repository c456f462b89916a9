"""Real servers of other makes: loaded, asked and written to as the embedded store is."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import BNode, URIRef

from graph import loading
from graph.__main__ import main
from graph.build import build
from graph.errors import StoreChanged, StoreUnavailable
from graph.namespaces import SCHEMA, STATE
from graph.settings import Settings
from graph.stores import Row, Store, Table, open_reader, open_store
from graph.stores.connection import Connection
from graph.stores.loading import WRITING, EndpointWriter
from graph.stores.oxigraph import OxigraphStore
from graph.stores.remote import Request
from tests.reports import OTHER_FORCE, SMALL
from tests.servers import NAMES, SERVERS, available, required

COUNT = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"


@pytest.fixture(scope="module", params=SERVERS)
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A server of each make that is here."""
    name: str = request.param
    if not available()[name]:
        assert name not in required(), f"{NAMES[name]} is required and not here"
        pytest.skip(f"{NAMES[name]} is not here: .ci/servers.sh gets it where that can be done")
    with SERVERS[name](tmp_path_factory.mktemp(name)) as settings:
        yield settings


@pytest.fixture
def server(empty: Settings) -> Settings:
    """The server, with the first small report in it."""
    loading.build(empty, SMALL[:1])
    return empty


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> OxigraphStore:
    """The embedded store with the same reports as ``test_an_ingest...`` has put in."""
    folder = tmp_path_factory.mktemp("expected")
    build(folder, [*SMALL, OTHER_FORCE])
    store = open_store(Settings(store=folder))
    assert isinstance(store, OxigraphStore)
    return store


def sizes(store: Store) -> dict[str, int]:
    return {
        str(name): int(str(count))
        for name, count in store.select(COUNT).rows
        if "golden-thread/id/graph/" in str(name) and name != STATE
    }


def nameless(table: Table) -> Counter[Row]:
    """Return the rows, blank nodes all alike: the ontology and its shapes have them, and servers name them anew."""
    return Counter(tuple(BNode("any") if isinstance(term, BNode) else term for term in row) for row in table.rows)


def test_an_ingest_gives_the_graph_that_a_build_of_all_gives(server: Settings, expected: OxigraphStore) -> None:
    loading.ingest(server, [SMALL[1], OTHER_FORCE, SMALL[0]])
    found = open_store(server)
    assert sizes(found) == sizes(expected)
    for name in expected.graph_names():
        triples = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
        assert nameless(found.select(triples)) == nameless(expected.select(triples)), name


def test_a_build_leaves_nothing_of_before_and_the_graphs_of_others_alone(server: Settings) -> None:
    writer = EndpointWriter(server)
    other = URIRef("urn:of-somebody-else")
    writer.replace({other: b"<urn:a> <urn:b> <urn:c> .\n"}, before=writer.mark())
    loading.build(server, [OTHER_FORCE])
    found = open_store(server)
    assert [name for name in sizes(found) if "/report/" in name] == [
        "https://w3id.org/golden-thread/id/graph/report/harbourshire-2023-24-q3"
    ]
    assert found.ask(f"ASK {{ GRAPH <{other}> {{ ?s ?p ?o }} }}")
    writer.replace({}, [other], before=writer.mark())


def test_a_version_says_that_the_data_are_those(server: Settings) -> None:
    before = open_store(server)
    assert before.fixed
    assert before.version == open_store(server).version
    outcome = loading.ingest(server, [SMALL[1]])
    after = open_store(server)
    assert after.version == outcome.version != before.version
    assert int(after.version.split("-")[0]) == int(before.version.split("-")[0]) + 1


def test_an_answer_from_other_data_than_the_version_is_thrown_away(server: Settings) -> None:
    held = open_store(server)
    assert held.select(COUNT).rows
    loading.ingest(server, [SMALL[1]])
    for ask in (
        lambda: held.select(COUNT),
        lambda: held.ask("ASK { ?s ?p ?o }"),
        lambda: held.construct("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 1"),
        lambda: held.results(COUNT, "csv"),
    ):
        with pytest.raises(StoreChanged, match="ask again"):
            ask()


def set_mark(settings: Settings, mark: str | None) -> None:
    """Have the data say that they are of version ``mark``; None: have them say nothing."""
    said = f'<{STATE}> <{SCHEMA.version}> "{mark}" .' if mark else ""
    if settings.endpoint_graphs:
        writer = EndpointWriter(settings)
        writer._send("PUT" if mark else "DELETE", STATE, said.encode() or None, {200, 201, 204})
        return
    text = f"DROP SILENT GRAPH <{STATE}> ; INSERT DATA {{ GRAPH <{STATE}> {{ {said} }} }}"
    with Request(Connection(settings), settings, "INSERT", "*/*").sent(text) as answer:
        assert answer.status in {200, 204}


def test_of_two_writers_one_is_told_and_has_written_nothing(server: Settings) -> None:
    if server.endpoint_graphs:
        pytest.skip("graph by graph, nothing can be asked of the server but to do as it is told")
    writer = EndpointWriter(server)
    before = writer.mark()
    loading.ingest(server, [SMALL[1]])
    after = sizes(open_store(server))
    with pytest.raises(StoreUnavailable, match="nothing was written"):
        writer.replace({URIRef("urn:late"): b"<urn:a> <urn:b> <urn:c> .\n"}, before=before)
    found = open_store(server)
    assert sizes(found) == after
    assert not found.ask("ASK { GRAPH <urn:late> { ?s ?p ?o } }")


def test_while_a_writer_is_at_work_readers_and_writers_are_told(server: Settings) -> None:
    set_mark(server, WRITING)
    with pytest.raises(StoreUnavailable, match="being written"):
        open_store(server)
    with pytest.raises(StoreUnavailable, match="another build or ingest is writing"):
        loading.ingest(server, [SMALL[1]])
    loading.build(server, SMALL[:1])
    assert open_store(server).version.startswith("1-")


def test_the_data_of_somebody_else_are_asked_without_a_version(server: Settings) -> None:
    set_mark(server, None)
    store = open_store(server)
    assert not store.fixed
    assert store.select(COUNT).rows
    with pytest.raises(StoreUnavailable, match="goldenthread build --endpoint"):
        loading.ingest(server, [SMALL[1]])


def test_readers_see_the_old_report_or_the_new_one(server: Settings) -> None:
    """Ask for a page's worth of answers over and over while reports come and go."""
    allowed = []
    for paths in (SMALL[:1], SMALL):
        loading.build(server, paths)
        allowed.append(sizes(open_store(server)))
    reader = open_reader(server)
    wrong: list[object] = []
    seen: set[int] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                store = reader.current()
                first, second = sizes(store), sizes(store)
            except StoreUnavailable:
                stop.wait(0.01)
                continue
            if first != second or first not in allowed:
                wrong.append((first, second))
            seen.add(len(first))

    thread = threading.Thread(target=read)
    thread.start()
    for paths in (SMALL[:1], SMALL) * 3:
        loading.build(server, paths)
    stop.set()
    thread.join()
    assert wrong == []
    assert len(seen) == 2


def test_the_command_line_writes_to_an_endpoint_and_asks_it(
    empty: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("update", "graphs", "user", "password", "auth"):
        monkeypatch.setenv(f"GOLDENTHREAD_ENDPOINT_{name.upper()}", getattr(empty, f"endpoint_{name}") or "")
    address = ("--endpoint", empty.endpoint or "", "--store", str(tmp_path / "none"))
    assert main(["build", *address, str(SMALL[0])]) == 0
    assert main(["ingest", *address, str(SMALL[1])]) == 0
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith(f"{empty.endpoint}: 1 report(s)")
    assert re.search(r"version \d+-\w{8}$", said)
    assert main(["query", "operations", "--format", "csv", *address]) == 0
    assert "Operation KESTREL" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()
