"""A store behind any SPARQL 1.1 endpoint. The only module that knows SPARQLWrapper."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node
from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from graph.errors import BadQuery, StoreUnavailable
from graph.stores.base import Table

_ACCEPT = {"json": "json", "xml": "xml", "csv": "csv", "tsv": "tsv"}


class RemoteStore:
    """A SPARQL 1.1 endpoint whose default graph is the union of its named graphs.

    ``timeout`` is in seconds and ends our waiting; it does not stop the work on the other side.
    """

    def __init__(self, endpoint: str, timeout: int = 60) -> None:
        self._endpoint = endpoint
        self._timeout = timeout

    @property
    def version(self) -> str:
        """Remote data may change at any time, so the version is the endpoint's address alone."""
        return self._endpoint

    def select(self, query: str) -> Table:
        """Return the solutions of a SELECT query."""
        body = self._json(query, "SELECT")
        columns = tuple(body["head"].get("vars", ()))
        rows = (tuple(_term(b.get(c)) for c in columns) for b in body["results"]["bindings"])
        return Table(columns, tuple(rows))

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query."""
        return bool(self._json(query, "ASK")["boolean"])

    def construct(self, query: str) -> Graph:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""
        body = self._fetch(query, "n3", "CONSTRUCT", "DESCRIBE")
        graph = Graph()
        try:
            graph.parse(data=body, format="turtle")
        except (BadSyntax, ParserError, UnicodeDecodeError) as error:
            raise StoreUnavailable(f"{self._endpoint}: the answer broke off: it is not whole Turtle") from error
        return graph

    def results(self, query: str, format: str) -> bytes:
        """Return the solutions of a SELECT or ASK query as the endpoint serialises them."""
        return self._fetch(query, _ACCEPT[format], "SELECT", "ASK")

    def _json(self, query: str, form: str) -> dict[str, Any]:
        body = self._fetch(query, "json", form)
        try:
            content: Any = json.loads(body)
        except ValueError as error:
            # A cancelled query can arrive as HTTP 200 with half a body.
            raise StoreUnavailable(f"{self._endpoint}: the answer broke off: {error}") from error
        if not isinstance(content, dict) or not content.keys() & {"results", "boolean"}:
            raise StoreUnavailable(f"{self._endpoint}: the answer is not SPARQL results in JSON")
        return content

    def _fetch(self, query: str, accept: str, *forms: str) -> bytes:
        wrapper = SPARQLWrapper(self._endpoint)
        wrapper.setTimeout(self._timeout)
        wrapper.setMethod(POST)
        wrapper.setReturnFormat(accept)
        wrapper.setQuery(query)
        if wrapper.queryType not in forms:
            raise BadQuery(f"a query of the form {' or '.join(forms)} is needed here, not {wrapper.queryType}")
        try:
            body: bytes = wrapper.query().response.read()
        except QueryBadFormed as error:
            raise BadQuery(f"{self._endpoint} refused the query: {error}") from error
        except (SPARQLWrapperException, URLError, HTTPException, OSError, ValueError) as error:
            # An address that is none is a ValueError of urllib's.
            raise StoreUnavailable(f"{self._endpoint}: the endpoint does not answer: {error}") from error
        return body


def _term(binding: dict[str, str] | None) -> Node | None:
    if binding is None:
        return None
    value = binding["value"]
    if binding["type"] == "uri":
        return URIRef(value)
    if binding["type"] == "bnode":
        return BNode(value)
    if "xml:lang" in binding:
        return Literal(value, lang=binding["xml:lang"])
    return Literal(value, datatype=URIRef(binding["datatype"])) if "datatype" in binding else Literal(value)
