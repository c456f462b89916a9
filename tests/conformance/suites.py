"""The suites, each run as HTTP against a server: what it was asked and whether it answered as expected."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from tests.conformance.manifest import Entry, Request, entries, path_of, requests
from tests.conformance.reasons import REASONS
from tests.conformance.results import FORMATS, is_result_set, same, same_as_result_set

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
PASSED, FAILED, INAPPLICABLE = "passed", "failed", "inapplicable"
EVALUATION = (
    *("aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping", "negation"),
    *("project-expression", "property-path", "subquery", "csv-tsv-res", "json-res", "entailment"),
)
SYNTAX = ("syntax-query", "syntax-fed", "aggregates", "grouping", "construct")
UPDATES = (
    *("add", "basic-update", "clear", "copy", "delete", "delete-data", "delete-insert", "delete-where", "drop", "move"),
    *("syntax-update-1", "syntax-update-2", "update-silent"),
)
READ_ONLY = "refused: the service is read-only"
NO_FETCHING = "refused: the service sends no requests elsewhere"
_ACCEPT = {
    "xml": "application/sparql-results+xml",
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
_TYPES = {
    "srx": _ACCEPT["xml"],
    "srj": _ACCEPT["json"],
    "csv": _ACCEPT["csv"],
    "tsv": _ACCEPT["tsv"],
    "ttl": "text/turtle",
}
_PLACES = {"boolean": _ACCEPT.values(), "tabular": _ACCEPT.values(), "RDF": ("text/turtle",)}
_GSP = "http://www.example/gsp/"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a test ended, and why if not well."""

    test: Entry
    outcome: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """What the server answered."""

    status: int
    media_type: str
    body: bytes


class Client:
    """Sends requests to the server at ``address``, over one connection."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.address = address

    def send(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> Response:
        """Return the answer to one request."""
        self._connection.request(method, path, body, headers or {})
        answer = self._connection.getresponse()
        found = Response(answer.status, (answer.getheader("Content-Type") or "").split(";")[0], answer.read())
        if answer.status >= 400:
            # The server may not have read the body that it refused; the next request gets a connection of its own.
            self._connection.close()
        return found

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def run(folder: Path, client: Client) -> Iterator[Outcome]:
    """Yield the outcome of each test of each suite but those on the default graph (``default_graph``)."""
    for test in entries(folder, "protocol"):
        yield _protocol(test, client)
    for test in entries(folder, "service-description"):
        yield _description(test, client)
    for test in _of(folder, EVALUATION, "QueryEvaluationTest", "CSVResultFormatTest"):
        yield _evaluation(folder, test, client)
    for test in entries(folder, "service"):
        yield _refused(folder, test, client, NO_FETCHING)
    for test in _of(folder, SYNTAX, "PositiveSyntaxTest11", "NegativeSyntaxTest11"):
        yield _syntax(folder, test, client)
    for test in _of(folder, UPDATES):
        yield _update(folder, test, client)
    for test in entries(folder, "graph-store-protocol", "manifest-indirect.ttl"):
        if not _is_default(test):
            yield _graph_store(test, client)


def _of(folder: Path, suites: Iterable[str], *kinds: str) -> Iterator[Entry]:
    for suite in suites:
        yield from (test for test in entries(folder, suite) if not kinds or test.kind in kinds)


def default_graph(folder: Path, client: Client) -> Iterator[Outcome]:
    """Yield the outcomes of tests on the default graph, asked of a server whose only graph is ``states``'s of them."""
    for test in entries(folder, "graph-store-protocol", "manifest-indirect.ttl"):
        if _is_default(test):
            yield _graph_store(test, client)


def data_files(folder: Path) -> dict[str, Path]:
    """Return the files that the tests have as data, by address."""
    found = [file for suite in EVALUATION for test in entries(folder, suite) for file in (*test.data, *test.named)]
    return {address: path_of(folder, address) for address in sorted(set(found))}


def protocol_data(folder: Path) -> dict[str, Path]:
    """Return the data of the protocol tests, by the address that the tests use."""
    return {f"http://kasei.us/2009/09/sparql/data/data{n}.rdf": folder / "protocol" / f"data{n}.nt" for n in (1, 2, 3)}


def _protocol(test: Entry, client: Client) -> Outcome:
    asked = requests(test)
    if test.name.startswith(("UPDATE", "update")) or test.iri.split("#")[1].startswith("update"):
        # The service takes none of these; the queries that follow an update ask for what it did.
        first = _send(client, asked[0])
        refused = 400 <= first.status < 500 and b"read-only" in first.body
        return Outcome(test, INAPPLICABLE if refused else FAILED, READ_ONLY if refused else f"answered {first.status}")
    for request in asked:
        if reason := _differs(request, _send(client, request)):
            return Outcome(test, FAILED, reason)
    return Outcome(test, PASSED)


def _send(client: Client, request: Request, path: str | None = None) -> Response:
    return client.send(request.method, path or request.path, request.headers, request.body)


def _differs(request: Request, answer: Response) -> str:
    """Return in what way an answer is not as expected, "" if it is."""
    if not any(_fits(answer.status, status) for status in request.statuses):
        return f"{request.method}: answered {answer.status}, expected {' or '.join(request.statuses)}"
    if request.holds and answer.media_type not in _PLACES[request.holds]:
        return f"answered with {answer.media_type}, expected {request.holds}"
    if request.boolean is not None and (b"true" in answer.body) != request.boolean:
        return f"answered {answer.body!r}, expected {request.boolean}"
    if request.content is not None and request.method == "GET":
        given = Graph().parse(data=answer.body, format="turtle")
        if not isomorphic(given, Graph().parse(data=request.content, format="turtle", publicID=_GSP)):
            return "the graph given is not the one expected"
    return ""


def _fits(status: int, expected: str) -> bool:
    return str(status) == expected or (expected.endswith("xx") and status // 100 == int(expected[0]))


def _description(test: Entry, client: Client) -> Outcome:
    answer = client.send("GET", "/sparql", {"Accept": "text/turtle"})
    if answer.status != 200 or answer.media_type != "text/turtle":
        return Outcome(test, FAILED, f"answered {answer.status} with {answer.media_type}")
    graph = Graph().parse(data=answer.body, format="turtle")
    name = test.iri.split("#")[1]
    endpoint = URIRef(f"{client.address}/sparql")
    faults: dict[str, Callable[[], str]] = {
        "returns-rdf": lambda: "" if len(graph) else "the description is empty",
        "has-endpoint-triple": lambda: "" if (None, SD.endpoint, endpoint) in graph else "no sd:endpoint is this one",
        "conforms-to-schema": lambda: _breaks_schema(graph),
    }
    reason = faults[name]()
    return Outcome(test, FAILED if reason else PASSED, reason)


# What the vocabulary (https://www.w3.org/ns/sparql-service-description) says stands at both ends of each property.
_SCHEMA = {
    "endpoint": ("Service", None),
    "supportedLanguage": ("Service", None),
    "feature": ("Service", None),
    "resultFormat": ("Service", None),
    "defaultEntailmentRegime": ("Service", None),
    "defaultDataset": ("Service", "Dataset"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}


def _breaks_schema(graph: Graph) -> str:
    for subject, predicate, value in graph:
        name = str(predicate).removeprefix(str(SD))
        if name == str(predicate):
            continue
        if name not in _SCHEMA:
            return f"sd:{name} is no property of the vocabulary that this service uses"
        domain, range_ = _SCHEMA[name]
        if (subject, RDF.type, SD[str(domain)]) not in graph:
            return f"sd:{name} belongs to no sd:{domain}"
        if range_ and (value, RDF.type, SD[range_]) not in graph:
            return f"sd:{name} leads to no sd:{range_}"
        if not isinstance(value, URIRef):
            return f"sd:{name} leads to no address"
    services = set(graph.subjects(RDF.type, SD.Service))
    return "" if services and all(graph.value(s, SD.endpoint) for s in services) else "a service has no endpoint"


def _evaluation(folder: Path, test: Entry, client: Client) -> Outcome:
    expected, suffix = path_of(folder, test.result).read_bytes(), test.result.rsplit(".", 1)[-1]
    rows = suffix == "ttl" and is_result_set(expected)
    given = _ask(folder, test, client, _TYPES["srj" if rows else suffix])
    if given.status != 200:
        return _miss(test, f"answered {given.status}: {given.body[:120].decode(errors='replace')}")
    if rows:
        right = same_as_result_set(expected, test.result, given.body)
    elif suffix in FORMATS:
        right = same(expected, given.body, suffix)
    else:
        wanted = Graph().parse(data=expected, publicID=test.result, format="turtle")
        right = isomorphic(Graph().parse(data=given.body, format="turtle"), wanted)
    return Outcome(test, PASSED) if right else _miss(test, "another result than expected")


def _miss(test: Entry, reason: str) -> Outcome:
    if test.has_regime:
        return Outcome(test, INAPPLICABLE, "needs an entailment regime; the service answers from what is stated")
    return Outcome(test, FAILED, REASONS.get(f"{test.suite}/{test.iri.rsplit('#', 1)[-1]}", " ".join(reason.split())))


def _ask(folder: Path, test: Entry, client: Client, accept: str) -> Response:
    """Ask a test's query. Its data are graphs of the store, and the request says which of them is the dataset."""
    text = path_of(folder, test.query).read_text(encoding="utf-8")
    # What is relative in a query is relative to its file, which an endpoint cannot know.
    text = f"BASE <{test.query}>\n{text}"
    dataset = [("default-graph-uri", g) for g in test.data] + [("named-graph-uri", g) for g in test.named]
    if "FROM" in text.upper().split():
        dataset = []
    elif not dataset:
        dataset = [("default-graph-uri", "urn:nothing")]
    body = urlencode([("query", text), *dataset]).encode()
    headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
    return client.send("POST", "/sparql", headers, body)


def _syntax(folder: Path, test: Entry, client: Client) -> Outcome:
    query = path_of(folder, test.query).read_bytes()
    answer = client.send("POST", "/sparql", {"Content-Type": "application/sparql-query"}, query)
    if test.kind.startswith("Negative"):
        return Outcome(test, PASSED if answer.status == 400 else FAILED, "" if answer.status == 400 else "was accepted")
    if test.suite == "syntax-fed":
        return _as_refused(test, answer, NO_FETCHING)
    if b"does not parse" not in answer.body:
        # Whether it can also be answered (there may be no such function) is not what a test of syntax asks.
        return Outcome(test, PASSED)
    return Outcome(test, FAILED, f"answered {answer.status}: {' '.join(answer.body.decode().split())[:120]}")


def _refused(folder: Path, test: Entry, client: Client, reason: str) -> Outcome:
    return _as_refused(test, _ask(folder, test, client, _ACCEPT["json"]), reason)


def _as_refused(test: Entry, answer: Response, reason: str) -> Outcome:
    if answer.status in {400, 403, 405}:
        return Outcome(test, INAPPLICABLE, reason)
    return Outcome(test, FAILED, f"answered {answer.status}, and should have refused")


def _update(folder: Path, test: Entry, client: Client) -> Outcome:
    update = path_of(folder, test.query).read_bytes()
    answer = client.send("POST", "/sparql", {"Content-Type": "application/sparql-update"}, update)
    return _as_refused(test, answer, READ_ONLY)


def _is_default(test: Entry) -> bool:
    return any("?default" in request.path for request in requests(test))


def states(folder: Path, *, default: bool) -> dict[str, str]:
    """Return the graphs, as Turtle, that reading is expected to find in the tests of the graph store.

    The service is not written to, so each state in which a test reads a graph is there from the start, as a graph of
    its own: what is tried is whether it can be had.
    """
    found = {}
    for test in entries(folder, "graph-store-protocol", "manifest-indirect.ttl"):
        for number, request in enumerate(requests(test)):
            exists = request.method in {"GET", "HEAD"} and "404" not in request.statuses
            if exists and _is_default(test) == default:
                found[unquote(_state(test, number, request))] = request.content or "<urn:s> <urn:p> <urn:o> ."
    return found


def _state(test: Entry, number: int, request: Request) -> str:
    """Return the graph that a request reads, escaped as the test has it, with its place in the test added."""
    named = request.path.partition("graph=")[2].replace("$LOCATION$", f"{_GSP}new") or f"{_GSP}default"
    return f"{named}/{test.iri.split('#')[1]}/{number}"


def _graph_store(test: Entry, client: Client) -> Outcome:
    written, read = 0, 0
    for number, request in enumerate(requests(test)):
        if request.method not in {"GET", "HEAD"}:
            answer = _send(client, request, request.path.replace("/gsp", "/rdf-graph-store"))
            if answer.status != 405:
                return Outcome(test, FAILED, f"{request.method} was answered {answer.status}, not 405")
            written += 1
            continue
        graph = "default" if _is_default(test) else f"graph={_state(test, number, request)}"
        path = f"/rdf-graph-store?{graph}"
        if reason := _differs(replace(request, holds=None), _send(client, request, path)):
            return Outcome(test, FAILED, reason)
        read += 1
    if written:
        return Outcome(test, INAPPLICABLE, f"writing is refused (405); what is read ({read}) is as expected")
    return Outcome(test, PASSED)
