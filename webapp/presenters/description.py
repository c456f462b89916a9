"""All that is stated of one thing, as rows for a page and as a graph for a file.

A concise description: every statement about the thing, its selectors and the links that rules derive for it, the
statements that point at it a page at a time, and the names of everything on the other end
(docs/adr/0014-linked-data.md).
"""

from __future__ import annotations

import difflib
import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import url_for
from rdflib import FOAF, PROV, RDF, RDFS, VOID, Graph, Literal, URIRef
from rdflib.term import Node

from graph import queries
from graph.errors import BadParameter, NotFound
from graph.namespaces import BASE, DATASET, GT, XHV
from graph.why import origin
from webapp.presenters.naming import Names, names, short, shorten
from webapp.presenters.things import Link
from webapp.store import View
from webapp.terms import Solution, iri, solutions

PAGE = 200
"""Statements that point at a thing on one page of its description."""
MOST = 2_000
"""Those looked at in all: as many as queries/pages/incoming.rq asks for, less the one that says there are more."""
LONGEST = 600
"""Characters of a value that a page shows; files hold it whole."""
_NONE = Link("not stated", None)
_COMPARED = 200
"""Names compared letter by letter when one is not found: those that share the most with it."""


@dataclass(frozen=True, slots=True)
class Value:
    """An object as a page shows it: a link, or words with their language or datatype."""

    words: str
    link: Link | None = None
    note: str = ""
    """Language, datatype, or how long the whole value is."""
    graph: Link | None = None
    origin: str = ""
    """Where the statement comes from: "asserted", "extracted" or "derived" (``graph.why``)."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property and its values, in the order of the graph."""

    link: Link
    values: tuple[Value, ...]

    @property
    def origins(self) -> tuple[str, ...]:
        """Where its values come from, each origin once."""
        return tuple(dict.fromkeys(value.origin for value in self.values if value.origin))


@dataclass(frozen=True, slots=True)
class Part:
    """The thing itself, or a selector of it."""

    title: str
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """A link that a rule derived for the thing: itself, what it says, and the items that it rests on."""

    link: Link
    relation: Link
    to: Link
    rule: Link
    because: tuple[Link, ...]
    why: str
    """The page that tells rule, premises and sentences."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A property by which other things point at this one, and those of them on this page."""

    link: Link
    subjects: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """One thing, described."""

    iri: URIRef
    label: str
    types: tuple[Link, ...]
    parts: tuple[Part, ...]
    derived: tuple[Derived, ...]
    incoming: tuple[Incoming, ...]
    page: int
    pages: int
    total: int
    """Statements that point at it, as far as they were looked at."""
    more: bool
    """Whether there are more than that."""
    graphs: tuple[Link, ...]
    """The named graphs that its own statements stand in."""
    graph: Graph

    @property
    def reasoned(self) -> bool:
        """Whether it is a derived link or a verdict, which have reasons."""
        return any((self.iri, RDF.type, kind) in self.graph for kind in (GT.DerivedLink, GT.FigureCheck))

    @property
    def first(self) -> int:
        """The number of the first statement on this page that points at the thing."""
        return (self.page - 1) * PAGE + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last one."""
        return min(self.page * PAGE, self.total)


def describe(view: View, thing: URIRef, document: URIRef, page: int = 1) -> Description:
    """Return the description of ``thing`` that stands at ``document``.

    Raises: NotFound with the nearest there are, if no statement holds it; BadParameter if there is no such page.
    """
    outgoing = list(solutions(queries.run(view, queries.page("description"), {"thing": thing})))
    pointing = [_pair(row) for row in solutions(queries.run(view, queries.page("incoming"), {"thing": thing}))]
    if not outgoing and not pointing:
        raise NotFound(f"There is nothing at \u201c{short(thing)}\u201d here.", near=near(view, short(thing)))
    more = len(pointing) > MOST
    pointing = pointing[:MOST]
    pages = max(1, -(-len(pointing) // PAGE))
    if not 1 <= page <= pages:
        raise BadParameter(f"page is a number from 1 to {pages} here, not {page}", param="page", value=str(page))
    shown = pointing[(page - 1) * PAGE : page * PAGE]
    around = [row[column] for row in outgoing for column in ("about", "predicate", "object", "graph")]
    known = names(view, [thing, *around, *(node for pair in shown for node in pair)])
    links = {row["about"] for row in outgoing if (row["predicate"], row["object"]) == (RDF.subject, thing)}
    return Description(
        iri=thing,
        label=known.of(thing),
        types=tuple(known.link(o) for o in _types(outgoing, thing)),
        parts=_parts([row for row in outgoing if row["about"] not in links], thing, known),
        derived=_derived([row for row in outgoing if row["about"] in links], known),
        incoming=tuple(
            Incoming(known.link(predicate), tuple(known.link(str(subject)) for _, subject in pairs))
            for predicate, pairs in groupby(shown, key=lambda pair: pair[0])
        ),
        page=page,
        pages=pages,
        total=len(pointing),
        more=more,
        graphs=tuple(known.link(g) for g in dict.fromkeys(iri(row, "graph") for row in outgoing) if g),
        graph=_graph(thing, document, outgoing, shown, known, _told(len(shown), len(pointing), more=more), page, pages),
    )


def _pair(row: Solution) -> tuple[URIRef, Node]:
    predicate, subject = row["predicate"], row["subject"]
    if not isinstance(predicate, URIRef) or subject is None:
        raise TypeError(f"not a statement: {row!r}")
    return predicate, subject


def _types(rows: Sequence[Solution], thing: URIRef) -> list[URIRef]:
    found = [row["object"] for row in rows if row["about"] == thing and row["predicate"] == RDF.type]
    return sorted((t for t in found if isinstance(t, URIRef)), key=lambda t: (t not in GT, t))


def _parts(rows: Sequence[Solution], thing: URIRef, known: Names) -> tuple[Part, ...]:
    parts = []
    for about, stated in groupby(rows, key=lambda row: row["about"]):
        properties = tuple(
            Property(known.link(str(predicate)), tuple(_value(row, known) for row in same))
            for predicate, same in groupby(stated, key=lambda row: row["predicate"])
        )
        title = "What is stated of it" if about == thing else f"Its {str(about).rsplit('/', 1)[-1]}"
        parts.append((about != thing, Part(title, properties)))
    return tuple(part for _, part in sorted(parts, key=lambda p: p[0]))


def _derived(rows: Sequence[Solution], known: Names) -> tuple[Derived, ...]:
    links = []
    for about, stated in groupby(rows, key=lambda row: row["about"]):
        objects: dict[Node | None, list[Link]] = {}
        for row in stated:
            objects.setdefault(row["predicate"], []).append(known.link(str(row["object"])))
        relation, to, rule = (objects.get(p, [_NONE])[0] for p in (RDF.predicate, RDF.object, GT.derivedBy))
        because = tuple(objects.get(PROV.wasDerivedFrom, ()))
        links.append(Derived(known.link(str(about)), relation, to, rule, because, url_for("why.one", link=about)))
    return tuple(sorted(links, key=lambda d: (d.relation.label, d.to.label)))


def _value(row: Solution, known: Names) -> Value:
    value = row["object"]
    source = iri(row, "graph")
    graph = known.link(source) if source else None
    kind = origin(source) if source else ""
    if isinstance(value, URIRef):
        return Value(known.of(value), known.link(value), "", graph, kind)
    if not isinstance(value, Literal):
        return Value("(a node without an address)", None, "", graph, kind)
    notes = [value.language or (short(value.datatype) if value.datatype else "")]
    if len(value) > LONGEST:
        notes.append(f"{len(value):,} characters, whole in the files")
    whole = str(value).strip()
    words = whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "\u2026"
    return Value(words, None, ", ".join(filter(None, notes)), graph, kind)


def _told(shown: int, total: int, *, more: bool) -> str:
    """Return what a page that does not hold all says about that; "" where it does."""
    if shown == total and not more:
        return ""
    whole = f"more than {total:,}" if more else f"{total:,}"
    return f"This document holds {shown:,} of {whole} statements that point at the thing it describes."


def _graph(
    thing: URIRef,
    document: URIRef,
    outgoing: Sequence[Solution],
    pointing: Sequence[tuple[URIRef, Node]],
    known: Names,
    told: str,
    page: int,
    pages: int,
) -> Graph:
    graph = Graph(bind_namespaces="none")
    for row in outgoing:
        about, predicate, object_ = row["about"], row["predicate"], row["object"]
        if about is not None and predicate is not None and object_ is not None:
            graph.add((about, predicate, object_))
    for predicate, subject in pointing:
        graph.add((subject, predicate, thing))
    for triple in known.stated:
        graph.add(triple)
    here = URIRef(f"{document}?page={page}") if page > 1 else document
    graph.add((here, RDF.type, FOAF.Document))
    graph.add((here, FOAF.primaryTopic, thing))
    graph.add((here, VOID.inDataset, DATASET))
    if told:
        graph.add((here, RDFS.comment, Literal(told, lang="en")))
    if page < pages:
        graph.add((here, XHV.next, URIRef(f"{document}?page={page + 1}")))
    return graph


def near(view: View, name: str) -> list[Link]:
    """Return links to what ``name``, a kind and a key, may mean: what it would be part of, and keys most like it."""
    kind, _, key = name.partition("/")
    known = _keys(view).get(kind, {})
    wanted = _trigrams(key)
    likely = heapq.nlargest(_COMPARED, known, key=lambda other: (len(wanted & known[other][1]), other))
    close = difflib.get_close_matches(key, likely, n=5, cutoff=0.6)
    above = [f"{kind}/{other}" for other in known if key.startswith(f"{other}/")]
    found = [*above, *(f"{kind}/{other}" for other in close)]
    return [Link(known[name.partition("/")[2]][0], _address(name), kind) for name in dict.fromkeys(found)]


def _address(name: str) -> str | None:
    return Names().link(f"{BASE}{name}").href


def _keys(view: View) -> dict[str, dict[str, tuple[str, frozenset[str]]]]:
    """Return what has a name by kind and key, each with the name and the three-letter pieces of its key."""

    def make() -> dict[str, dict[str, tuple[str, frozenset[str]]]]:
        kinds: dict[str, dict[str, tuple[str, frozenset[str]]]] = {}
        for row in solutions(view.page("named")):
            kind, _, key = str(row["thing"]).removeprefix(BASE).partition("/")
            kinds.setdefault(kind, {}).setdefault(key, (shorten(str(row["name"])), _trigrams(key)))
        return kinds

    return view.recall("keys", make)


def _trigrams(words: str) -> frozenset[str]:
    padded = f"  {words} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))
