"""Writing to an endpoint: named graphs replaced together, and the mark that tells readers which state they read.

The mark is the version that the graph ``STATE`` gives itself. How whole a change is depends on the way it is made
(docs/adr/0024-writing-to-endpoints.md): one update request, which servers with transactions make in one; or graph by
graph, during which the mark says that a writer is at work.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote
from urllib.request import Request as PlainRequest

from rdflib import DCTERMS, XSD, URIRef

from graph.errors import StoreUnavailable
from graph.namespaces import BASE, SCHEMA, STATE
from graph.settings import Settings
from graph.stores.connection import Answer, Connection, shown_address, split
from graph.stores.remote import RemoteStore, Request, reason

WRITING = "being written"
"""The mark while a writer replaces graph after graph."""
PATIENCE = 10
"""A load may take this many times as long as a question."""
TURTLE = "text/turtle"
WHOLE_DECIMAL = re.compile(rb'"([+-]?\d+)"(?=\^\^<' + XSD.decimal.encode() + rb">)")
"""Written with a point: TDB2 of Fuseki keeps 12 as it is, shows it as 12.0, and so cannot find it to delete it."""
Graphs = Mapping[URIRef, bytes]
"""Named graphs, each with its N-Triples."""


class EndpointWriter:
    """Writes named graphs of ours to the endpoint that ``settings`` name; others are left alone."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._connection = Connection(settings)
        self._store = RemoteStore(settings)

    @property
    def shown(self) -> str:
        """The endpoint's address as it may be shown."""
        return shown_address(self._settings.endpoint or "")

    @property
    def store(self) -> RemoteStore:
        """The endpoint as readers ask it."""
        return self._store

    def mark(self) -> str | None:
        """Return the version that the endpoint's data say they are, or None if they say none."""
        return self._store.mark()

    def graph_names(self) -> set[URIRef]:
        """Return the named graphs of ours that the endpoint holds, but for the one with the mark.

        A writer of ours left a list of them; only without one all graphs of the endpoint are looked through.
        """
        listed = self._store.select(f"SELECT ?graph WHERE {{ <{STATE}> <{DCTERMS.hasPart}> ?graph }}").rows
        found = listed or self._store.select("SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }").rows
        return {URIRef(str(row[0])) for row in found if str(row[0]).startswith(f"{BASE}graph/")} - {STATE}

    def replace(
        self, graphs: Graphs, removed: Iterable[URIRef] = (), *, before: str | None, fresh: bool = False
    ) -> str:
        """Make each graph what is given as N-Triples, take away ``removed``, and return the new version.

        ``before`` is the mark that was there when the new content was worked out; if it has changed since, nothing is
        written, unless the content is ``fresh``: made from nothing that was there.
        Raises: StoreUnavailable naming what failed; then run the same again.
        """
        if before == WRITING and not fresh:
            raise StoreUnavailable(
                f"{self.shown}: another build or ingest is writing to this endpoint. Try again when it has ended; if "
                f"it was broken off, make the graph anew with: goldenthread build --endpoint {self.shown} REPORT..."
            )
        graphs = {name: WHOLE_DECIMAL.sub(rb'"\1.0"', content) for name, content in graphs.items()}
        version = _next_version(before, graphs)
        removed = set(removed)
        names = (set() if fresh else self.graph_names() - removed) | set(graphs)
        if self._settings.endpoint_graphs:
            self._replace_one_by_one(graphs, removed, names, version)
        else:
            self._replace_at_once(graphs, removed, names, before, version)
        found = self.mark()
        if found != version:
            raise StoreUnavailable(
                f"{self.shown}: nothing was written, as another build or ingest wrote to this endpoint at the same "
                f"time (its version is {found}). Run the same again"
            )
        return version

    def _replace_at_once(
        self, graphs: Graphs, removed: set[URIRef], names: set[URIRef], before: str | None, version: str
    ) -> None:
        unchanged = (
            f"GRAPH <{STATE}> {{ <{STATE}> <{SCHEMA.version}> {_literal(before)} }}"
            if before
            else f"FILTER NOT EXISTS {{ GRAPH <{STATE}> {{ <{STATE}> <{SCHEMA.version}> ?any }} }}"
        )
        old_graphs = " ".join(f"<{name}>" for name in sorted({*graphs, *removed}))
        content = "\n".join(f"GRAPH <{name}> {{\n{graphs[name].decode()}}}" for name in sorted(graphs))
        old_state = f"GRAPH <{STATE}> {{ ?s ?p ?o }}" if before else ""
        # Each operation asks for the old mark, so that of two writers one finds nothing to do, and a repeat too.
        text = (
            f"DELETE {{ GRAPH ?graph {{ ?s ?p ?o }} }}\n"
            f"WHERE {{ {unchanged} VALUES ?graph {{ {old_graphs} }} GRAPH ?graph {{ ?s ?p ?o }} }} ;\n"
            f"INSERT {{\n{content}\n}}\nWHERE {{ {unchanged} }} ;\n"
            f"DELETE {{ {old_state} }}\nINSERT {{ GRAPH <{STATE}> {{\n{_state(version, names).decode()}}} }}\n"
            f"WHERE {{ {unchanged} {old_state} }}"
        )
        request = Request(self._connection, self._settings, "INSERT", "*/*", PATIENCE)
        with request.sent(text) as answer:
            if answer.status == 400:
                raise request.failed(f"the endpoint refused the update: {answer.words()}")
            if answer.status not in {200, 201, 202, 204}:
                raise request.failed(reason(answer))

    def _replace_one_by_one(self, graphs: Graphs, removed: set[URIRef], names: set[URIRef], version: str) -> None:
        # What a build that is broken off leaves behind is on the list, so that the next one can take it away.
        self._put(STATE, _state(WRITING, names | removed))
        for name in sorted(graphs):
            self._put(name, graphs[name])
        for name in sorted(removed):
            self._send("DELETE", name, None, {200, 202, 204, 404})
        self._put(STATE, _state(version, names))

    def _put(self, name: URIRef, content: bytes) -> None:
        self._send("PUT", name, content, {200, 201, 202, 204})

    def _send(self, method: str, name: URIRef, content: bytes | None, good: set[int]) -> None:
        place = split(self._settings.endpoint_graphs or "")[0]
        address = f"{place}{'&' if '?' in place else '?'}graph={quote(name, safe='')}"
        headers = {"User-Agent": "Golden Thread", **({"Content-Type": TURTLE} if content is not None else {})}
        request = PlainRequest(address, content, headers, method=method)  # noqa: S310 http or https, as was checked
        with self._connection.send(request, seconds=self._settings.endpoint_timeout * PATIENCE) as answer:
            if answer.status not in good:
                raise self._connection.unavailable(request, f"{name} could not be written: {_why(answer)}")


def _why(answer: Answer) -> str:
    return f"the content was refused: {answer.words()}" if answer.status == 400 else reason(answer)


def _next_version(before: str | None, graphs: Graphs) -> str:
    number = (before or "").partition("-")[0]
    digest = hashlib.sha256()
    for name in sorted(graphs):
        digest.update(name.encode() + b"\n" + graphs[name])
    return f"{int(number) + 1 if number.isdecimal() else 1}-{digest.hexdigest()[:8]}"


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _state(version: str, names: set[URIRef]) -> bytes:
    """Return what stands in the graph ``STATE``: the version of the data, and the graphs they are in."""
    parts = "".join(f"<{STATE}> <{DCTERMS.hasPart}> <{name}> .\n" for name in sorted(names))
    return f"<{STATE}> <{SCHEMA.version}> {_literal(version)} .\n{parts}".encode()
