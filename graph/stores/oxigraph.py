"""The embedded store: Oxigraph, on disk or in memory. The only module that knows pyoxigraph."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox
from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from graph.errors import BadQuery, StoreUnavailable
from graph.stores.answers import Answers
from graph.stores.base import Table
from graph.stores.ordering import ordered, without_order
from graph.syntax import syntax_error

Triple = tuple[Node, Node, Node]
Prepared = tuple[ox.Quad, ...]
"""Triples of a named graph as ``prepared`` makes them: for code outside this module, something to hand back."""

RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
"""The formats of ``MEDIA_TYPES`` as pyoxigraph knows them."""
_DUMPS = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}
_FILES = {"nt": ox.RdfFormat.N_TRIPLES, "ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}
GRAPH_FILES = tuple(_FILES)
"""Formats in which a named graph is to be had as a file."""


class OxigraphStore:
    """An Oxigraph store opened for reading, or a store in memory.

    A store on disk is a folder that one generation holds and nothing writes to any more
    (``graph.stores.generations``), so that any number of processes may read it.
    """

    def __init__(self, store: ox.Store, version: str, answers: Answers | None = None) -> None:
        """``answers`` are what was asked of this store when it was published."""
        self._store = store
        self._version = version
        self._answers = answers

    @classmethod
    def open(cls, folder: Path, version: str, answers: Answers | None = None) -> OxigraphStore:
        """Open the store in ``folder`` for reading. Raises: StoreUnavailable if there is none that opens."""
        try:
            return cls(ox.Store.read_only(str(folder)), version, answers)
        except (OSError, RuntimeError) as error:  # RuntimeError: files that are there but broken
            raise StoreUnavailable(f"{folder}: cannot open the store: {error}", path=str(folder)) from error

    @classmethod
    def in_memory(cls, graphs: Mapping[URIRef, Iterable[Triple]], version: str = "memory") -> OxigraphStore:
        """Return a store in memory that holds ``graphs``: named graph to triples."""
        store = ox.Store()
        for name, triples in graphs.items():
            store.extend(_quads(name, triples))
        return cls(store, version)

    @property
    def version(self) -> str:
        """The data version."""
        return self._version

    @property
    def fixed(self) -> bool:
        """A published generation never changes."""
        return True

    @property
    def lateral(self) -> bool:
        """Oxigraph knows it, on disk and in memory."""
        return True

    def select(self, query: str) -> Table:
        """Return the solutions of a SELECT query."""
        if self._answers and (table := self._answers.find(query)):
            return table
        plain, keys = without_order(query)
        table = self._selected(plain)
        if not keys:
            return table
        rows = ordered(table.columns, table.rows, keys)
        return self._selected(query) if rows is None else Table(table.columns, rows)

    def _selected(self, query: str) -> Table:
        results = self._query(query)
        if not isinstance(results, ox.QuerySolutions):
            raise BadQuery("a SELECT query is needed here")
        columns = tuple(v.value for v in results.variables)
        made = _Terms()
        return Table(columns, tuple(tuple(None if term is None else made[term] for term in row) for row in results))

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query."""
        results = self._query(query)
        if not isinstance(results, ox.QueryBoolean):
            raise BadQuery("an ASK query is needed here")
        return bool(results)

    def construct(self, query: str) -> Graph:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""
        graph = Graph()
        for triple in self.constructed(query):
            graph.add(rdf_triple(triple))
        return graph

    def constructed(self, query: str) -> ox.QueryTriples:
        """Return the triples of a CONSTRUCT or DESCRIBE query in terms of pyoxigraph's: for this module."""
        results = self._query(query)
        if not isinstance(results, ox.QueryTriples):
            raise BadQuery("a CONSTRUCT or DESCRIBE query is needed here")
        return results

    def results(self, query: str, format: str) -> bytes:
        """Return the solutions of a SELECT or ASK query as bytes of a standard format."""
        written = io.BytesIO()
        self.write(query, format, written)
        return written.getvalue()

    def write(self, query: str, format: str, output: BinaryIO) -> None:
        """Write the solutions of a SELECT or ASK query in a standard format as they are found."""
        results = self._query(query)
        if isinstance(results, ox.QueryTriples):
            raise BadQuery("a SELECT or ASK query is needed here")
        results.serialize(output, RESULTS[format])

    def dump(self, format: str) -> bytes:
        """Return the whole store as sorted N-Quads, or as TriG; equal stores give equal N-Quads.

        No node of ours is blank but in the ontology and shapes, whose blank nodes are named
        canonically (RDFC-1.0) when they are loaded.
        """
        if format == "nquads":
            lines = (ox.serialize([quad], format=ox.RdfFormat.N_QUADS) for quad in self._store)
            return b"".join(sorted(line for line in lines if line))
        return self._store.dump(format=_DUMPS[format]) or b""

    def stream(self) -> Iterator[bytes]:
        """Yield the whole store as N-Quads, a piece at a time, in no order: for downloads of any size."""
        for some in _batched(self._store, 4096):
            yield ox.serialize(some, format=ox.RdfFormat.N_QUADS) or b""

    def graph_file(self, name: URIRef, format: str, prefixes: Mapping[str, str]) -> bytes:
        """Return the triples of one named graph in a format of ``GRAPH_FILES``, far faster than rdflib writes them."""
        triples = (quad.triple for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(name)))
        known = dict(prefixes) if format == "ttl" else None
        return ox.serialize(triples, format=_FILES[format], prefixes=known) or b""

    def ntriples(self, name: URIRef) -> bytes:
        """Return the triples of one named graph as sorted N-Triples."""
        quads = self._store.quads_for_pattern(None, None, None, ox.NamedNode(name))
        lines = (ox.serialize([quad.triple], format=ox.RdfFormat.N_TRIPLES) for quad in quads)
        return b"".join(sorted(line for line in lines if line))

    def graph_names(self) -> tuple[URIRef, ...]:
        """Return the names of all named graphs, sorted."""
        return tuple(sorted(URIRef(g.value) for g in self._store.named_graphs() if isinstance(g, ox.NamedNode)))

    def triples(self, name: URIRef) -> Iterator[Triple]:
        """Yield the triples of one named graph, in no order."""
        return (rdf_triple(quad.triple) for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(name)))

    def graph(self, name: URIRef) -> Graph:
        """Return the triples of one named graph."""
        graph = Graph()
        for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(name)):
            graph.add(rdf_triple(quad.triple))
        return graph

    def _query(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._store.query(query, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise syntax_error(query, str(error), complaint) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreUnavailable(f"the store failed: {error}") from error


class _Terms(dict[object, Node]):
    """Terms of rdflib's for those of pyoxigraph's, each made once: in long tables most stand in many rows."""

    def __missing__(self, term: object) -> Node:
        self[term] = made = rdf_term(term)
        return made


class OxigraphWriter:
    """The one writer of a store that is being made: a folder nobody reads yet, or memory."""

    def __init__(self, folder: Path | None) -> None:
        try:
            self._store = ox.Store(str(folder)) if folder else ox.Store()
        except (OSError, RuntimeError) as error:
            raise StoreUnavailable(f"{folder}: cannot write a store here: {error}", path=str(folder)) from error

    def replace(self, name: URIRef, triples: Iterable[Triple]) -> int:
        """Make ``triples`` the whole content of the named graph; returns how many there are."""
        graph = ox.NamedNode(name)
        quads = list(_quads(name, triples))
        self._store.remove_graph(graph)
        if quads:
            self._store.bulk_extend(quads)
        return len(quads)

    def replace_all(self, graphs: Mapping[URIRef, Iterable[Triple]]) -> None:
        """Make each of ``graphs`` the whole content of its named graph, all in one load."""
        for name in graphs:
            self._store.remove_graph(ox.NamedNode(name))
        self.add_all(graphs)

    def add_all(self, graphs: Mapping[URIRef, Iterable[Triple]]) -> None:
        """Add to each named graph, all in one load."""
        self._store.bulk_extend(quad for name, triples in graphs.items() for quad in _quads(name, triples))

    def discard(self, name: URIRef, triples: Iterable[Triple]) -> None:
        """Remove triples from a named graph."""
        for quad in _quads(name, triples):
            self._store.remove(quad)

    def put(self, statements: Prepared) -> None:
        """Add what ``prepared`` made."""
        self._store.extend(statements)

    def take(self, statements: Prepared) -> None:
        """Remove what ``prepared`` made."""
        for quad in statements:
            self._store.remove(quad)

    def infer(self, name: URIRef, queries: Iterable[str]) -> None:
        """Add what CONSTRUCT queries say to the named graph, without a detour over other terms."""
        graph = ox.NamedNode(name)
        reader = self.reader()
        quads = [
            ox.Quad(triple.subject, triple.predicate, triple.object, graph)
            for query in queries
            for triple in reader.constructed(query)
        ]
        self._store.extend(quads)

    def copy(self, store: OxigraphStore, name: URIRef, beginning: tuple[str, ...] = ("",)) -> None:
        """Add one named graph of another store of ours, far faster than triple by triple.

        Of it only what is said of things whose address begins with one of ``beginning``.
        """
        quads: Iterable[ox.Quad] = store._store.quads_for_pattern(None, None, None, ox.NamedNode(name))  # noqa: SLF001 - both are of this module
        if beginning != ("",):
            quads = (q for q in quads if isinstance(q.subject, ox.NamedNode) and q.subject.value.startswith(beginning))
        self._store.extend(quads)

    def copy_all(self, store: OxigraphStore, names: Iterable[URIRef]) -> None:
        """Add named graphs of another store of ours, all in one load."""
        of = store._store  # noqa: SLF001 - both are of this module
        self._store.bulk_extend(
            quad for name in names for quad in of.quads_for_pattern(None, None, None, ox.NamedNode(name))
        )

    def forget(self, name: URIRef, beginning: Iterable[str]) -> None:
        """Remove from a named graph what it says of things whose address begins with one of ``beginning``."""
        begins = tuple(beginning)
        found = list(self._store.quads_for_pattern(None, None, None, ox.NamedNode(name)))
        for quad in found:
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(begins):
                self._store.remove(quad)

    def remove(self, name: URIRef) -> None:
        """Remove the named graph."""
        self._store.remove_graph(ox.NamedNode(name))

    def reader(self) -> OxigraphStore:
        """Return a view of what has been written so far, for rules and checks that run before it is published."""
        return OxigraphStore(self._store, "unpublished")

    def count(self) -> int:
        """Return the number of quads. Linear in the size of the store: never in a request."""
        return len(self._store)

    def close(self) -> None:
        """Flush everything to disk and give up the store."""
        self._store.flush()
        del self._store


def complaint(query: str) -> str | None:
    """Return what Oxigraph's parser has to say against ``query``, None if nothing."""
    try:
        ox.Store().query(query)
    except SyntaxError as error:
        return str(error)
    except (OSError, RuntimeError, ValueError):
        # It parses; that it could not be answered is another matter.
        return None
    return None


def _batched(quads: Iterable[ox.Quad], size: int) -> Iterator[list[ox.Quad]]:
    """Yield ``quads`` in lists of ``size`` (itertools.batched comes with Python 3.12 only)."""
    rest = iter(quads)
    while some := list(islice(rest, size)):
        yield some


def canonical(triples: Iterable[Triple], label: str = "") -> Iterator[Triple]:
    """Yield ``triples`` with their blank nodes named by RDFC-1.0, so that equal graphs have equal N-Quads.

    The names begin with ``label``, which tells the blank nodes of one graph from those of another in the same store.
    """
    given = list(triples)
    if not any(isinstance(term, BNode) for triple in given for term in triple):
        # Nothing to name: most graphs of ours, and half the time of a build.
        yield from given
        return
    dataset = ox.Dataset(_quad(triple, ox.DefaultGraph()) for triple in given)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    for quad in dataset:
        subject, predicate, object_ = rdf_triple(quad.triple)
        yield _labelled(subject, label), predicate, _labelled(object_, label)


def _labelled(term: Node, label: str) -> Node:
    return BNode(label + term) if isinstance(term, BNode) else term


def prepared(name: URIRef, triples: Iterable[Triple]) -> Prepared:
    """Return triples of a named graph in the form in which a writer puts and takes them again and again."""
    return tuple(_quads(name, triples))


def _quads(name: URIRef, triples: Iterable[Triple]) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(name)
    return (_quad(triple, graph) for triple in triples)


def _quad(triple: Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    subject, predicate, object_ = (_to_ox(term) for term in triple)
    if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
        raise TypeError(f"not a triple: {triple!r}")
    return ox.Quad(subject, predicate, object_, graph)


def rdf_triple(triple: ox.Triple) -> Triple:
    """Return a triple of pyoxigraph's as one of rdflib's."""
    return rdf_term(triple.subject), rdf_term(triple.predicate), rdf_term(triple.object)


def _to_ox(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(term, URIRef):
        return ox.NamedNode(term)
    if isinstance(term, BNode):
        return ox.BlankNode(term)
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=ox.NamedNode(term.datatype)) if term.datatype else ox.Literal(str(term))
    raise TypeError(f"not an RDF term: {term!r}")


def rdf_term(term: object) -> Node:
    """Return a term of pyoxigraph's as one of rdflib's. Raises: TypeError for a triple or a default graph."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        return Literal(term.value) if datatype == str(XSD.string) else Literal(term.value, datatype=URIRef(datatype))
    raise TypeError(f"not a term that our graphs hold: {term!r}")
