"""A store behind any SPARQL 1.1 endpoint. The only module that knows SPARQLWrapper, which makes its requests."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from typing import Any, BinaryIO, cast
from urllib.request import Request as PlainRequest

from rdflib import Graph
from SPARQLWrapper import POST, POSTDIRECTLY, SPARQLWrapper

from graph.errors import BadQuery, StoreUnavailable
from graph.namespaces import SCHEMA, STATE
from graph.settings import Settings
from graph.stores.base import MEDIA_TYPES, Table
from graph.stores.connection import Answer, Connection, split
from graph.stores.results import READABLE, BrokenAnswer, Solutions, read_results, read_triples, write_results

RESULTS_ACCEPTED = MEDIA_TYPES["json"]
TRIPLES_ACCEPTED = "application/n-triples"
TRIPLES = frozenset({TRIPLES_ACCEPTED, "text/turtle", "text/plain", "text/ntriples", "application/x-turtle"})
"""What stores call the N-Triples they are asked for; each is read as Turtle or N-Triples."""
REMEDIES = {
    401: "it asks who is there. Set GOLDENTHREAD_ENDPOINT_USER and _PASSWORD, or _TOKEN",
    403: "it refuses this user. Set GOLDENTHREAD_ENDPOINT_USER and _PASSWORD, or _TOKEN",
    404: "there is no endpoint at this address",
    405: "there is no endpoint at this address that takes POST",
}


class Request(SPARQLWrapper):
    """One request as SPARQLWrapper makes it, told by us whether it asks or updates, and sent over our connection."""

    def __init__(self, connection: Connection, settings: Settings, form: str, accept: str, patience: float = 1) -> None:
        self._form = form
        self._seconds = settings.endpoint_timeout * patience
        self._connection = connection
        endpoint, update = (split(a or "")[0] for a in (settings.endpoint, settings.endpoint_update))
        super().__init__(endpoint, update or endpoint, agent="Golden Thread")
        self.setMethod(POST)
        # The address's own parameters stay as they are, and no others but the protocol's are added.
        self.setOnlyConneg(True)
        self.addCustomHttpHeader("Accept", accept)
        if form == "INSERT":
            # As it is: a form of this length is refused by some servers.
            self.setRequestMethod(POSTDIRECTLY)
        elif settings.endpoint_default_graph:
            self.addDefaultGraph(settings.endpoint_default_graph)

    def _parseQueryType(self, _: str) -> str:  # noqa: N802 SPARQLWrapper looks for the first word that is a form
        return self._form

    def _query(self) -> Any:
        return self._connection.send(self._made(), seconds=self._seconds), self.returnFormat

    def _made(self) -> PlainRequest:
        request = self._createRequest()
        if self.isSparqlUpdateRequest():
            # SPARQLWrapper puts a question mark behind the address, even where there is one.
            request.full_url = self.updateEndpoint
        return request

    def sent(self, text: str) -> Answer:
        """Send ``text`` and return the answer, whatever it says. Raises: StoreUnavailable."""
        self.setQuery(text)
        return cast("Answer", self.query().response)

    def failed(self, reason: str) -> StoreUnavailable:
        """Return the error that what was asked is not to be had."""
        return self._connection.unavailable(self._made(), reason)


class RemoteStore:
    """A SPARQL 1.1 endpoint whose default graph is the union of its named graphs. Threads may share it.

    ``settings.endpoint_timeout`` ends our waiting; it does not stop the work on the other side.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._connection = Connection(settings)

    @property
    def version(self) -> str:
        """Remote data may change at any time, so the version is the endpoint's address alone."""
        return split(self._settings.endpoint or "")[0]

    @property
    def fixed(self) -> bool:
        """Equal versions do not mean equal data: an endpoint by itself does not say when it changes."""
        return False

    def mark(self) -> str | None:
        """Return the version that a writer of ours left in the data (``loading.EndpointWriter``), if one did."""
        rows = self.select(f"SELECT ?version WHERE {{ <{STATE}> <{SCHEMA.version}> ?version }}").rows
        return str(rows[0][0]) if rows else None

    @property
    def lateral(self) -> bool:
        """A server need not know more than SPARQL 1.1."""
        return False

    def select(self, query: str) -> Table:
        """Return the solutions of a SELECT query."""
        with self._results(query) as found:
            if isinstance(found, bool):
                raise BadQuery("a SELECT query is needed here")
            return Table(found.columns, tuple(found.rows()))

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query."""
        with self._results(query) as found:
            if not isinstance(found, bool):
                raise BadQuery("an ASK query is needed here")
            return found

    def construct(self, query: str) -> Graph:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""
        with self._answer("CONSTRUCT", query, TRIPLES_ACCEPTED, TRIPLES) as (answer, request):
            try:
                graph = read_triples(answer.body, answer.media_type)
            except BrokenAnswer as error:
                raise request.failed(f"the answer broke off or is not RDF: {error}") from error
            _check_whole(answer, request, len(graph))
            return graph

    def results(self, query: str, format: str) -> bytes:
        """Return the solutions of a SELECT or ASK query as bytes of a standard format."""
        written = io.BytesIO()
        self.write(query, format, written)
        return written.getvalue()

    def write(self, query: str, format: str, output: BinaryIO) -> None:
        """Write the solutions of a SELECT or ASK query in a standard format as they arrive."""
        with self._results(query) as found:
            write_results(found, format, output)

    @contextmanager
    def _results(self, query: str) -> Iterator[Solutions | bool]:
        with self._answer("SELECT", query, RESULTS_ACCEPTED, frozenset(READABLE)) as (answer, request):
            try:
                found = read_results(answer.body, answer.media_type)
                with nullcontext() if isinstance(found, bool) else closing(found):
                    yield found
            except BrokenAnswer as error:
                raise request.failed(f"the answer broke off or is not what it says: {error}") from error
            _check_whole(answer, request, 0 if isinstance(found, bool) else found.count)

    @contextmanager
    def _answer(self, form: str, query: str, accept: str, readable: frozenset[str]) -> Iterator[tuple[Answer, Request]]:
        """Give the answer to ``query`` once its head says that it is one. Raises: BadQuery, StoreUnavailable."""
        request = Request(self._connection, self._settings, form, accept)
        with request.sent(query) as answer:
            if answer.status == 400:
                raise BadQuery(f"the endpoint refused the query: {answer.words()}")
            if answer.status == 406 or (answer.status == 200 and answer.media_type not in readable):
                asked = "SELECT or ASK" if form == "SELECT" else "CONSTRUCT or DESCRIBE"
                raise BadQuery(f"a {asked} query is needed here: the endpoint has no such answer to this one")
            if answer.status != 200:
                raise request.failed(reason(answer))
            yield answer, request


def reason(answer: Answer) -> str:
    """Return why an answer with another status than 200 is none."""
    if 300 <= answer.status < 400:
        return f"it has moved to {answer.headers.get('Location', 'nowhere')}; give that address"
    said = answer.words()
    remedy = REMEDIES.get(answer.status)
    return remedy or f"the endpoint answered {answer.status}{': ' + said if said else ''}"


def _check_whole(answer: Answer, request: Request, count: int) -> None:
    """Refuse an answer that the server says, or lets guess, to be a part. Virtuoso does both with status 200."""
    answer.body.read(1)  # to the end of what was sent, so that the connection can be used again
    most = answer.headers.get("X-SPARQL-MaxRows", "")
    if most.isdecimal() and 0 < int(most) <= count:
        raise request.failed(f"the answer was cut at {most} rows (ResultSetMaxRows of Virtuoso)")
    if "X-SQL-State" in answer.headers:
        raise request.failed(f"the answer is a part: {answer.headers.get('X-SQL-Message', 'the time was up')}")
