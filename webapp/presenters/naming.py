"""What anything in the graph is called on a page of data: by its name, its words, or its shortened address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rdflib import RDF, Literal, URIRef
from rdflib.term import Node

from graph import queries
from graph.context import compact
from graph.namespaces import BASE, OA
from webapp.addresses import data_of, kind_of
from webapp.presenters.things import Link
from webapp.store import View

LONGEST = 90
"""Characters of a name that a page shows."""
AT_ONCE = 400
"""Things that one query asks the names of."""

_BORROWED = (OA.hasSelector, RDF.subject)
"""Properties by which queries/pages/labels.rq says that a name is another thing's."""


@dataclass(slots=True)
class Names:
    """The names of some things: what to show, and the statements that say so."""

    shown: dict[URIRef, str] = field(default_factory=dict)
    stated: list[tuple[URIRef, URIRef, Literal]] = field(default_factory=list)
    """Thing, property, name: only what is said of the thing itself."""

    def of(self, iri: URIRef | str) -> str:
        """Return what to call the thing at ``iri``."""
        return shorten(self.shown.get(URIRef(iri)) or short(iri))

    def plain(self, node: Node | None) -> str:
        """Return a literal, or anything else that has no address, on one line."""
        return shorten(str(node)) if isinstance(node, Literal) else "(a node without an address)"

    def link(self, iri: URIRef | str) -> Link:
        """Return a link to the data about the thing at ``iri``; to itself where it is not ours and can be fetched."""
        href = data_of(iri)
        if href is None and str(iri).startswith(("https://", "http://")):
            href = str(iri)
        return Link(self.of(iri), href, kind_of(iri))


def names(view: View, things: Iterable[Node | None]) -> Names:
    """Return the names of ``things``, those that are not addresses left out."""
    wanted = sorted({thing for thing in things if isinstance(thing, URIRef)})
    found = Names()
    for first in range(0, len(wanted), AT_ONCE):
        table = queries.run(view, queries.page("labels"), {"thing": wanted[first : first + AT_ONCE]})
        for thing, property_, label in table.rows:
            if not (isinstance(thing, URIRef) and isinstance(property_, URIRef) and isinstance(label, Literal)):
                continue
            found.shown.setdefault(thing, _quoted(label) if property_ == OA.hasSelector else str(label))
            if property_ not in _BORROWED:
                found.stated.append((thing, property_, label))
    return found


def _quoted(words: str) -> str:
    return f"\u201c{shorten(words, LONGEST - 2)}\u201d"


def short(iri: str) -> str:
    """Return an address as a person reads it: ours by kind and key, others with a prefix where one fits."""
    return str(iri).removeprefix(BASE) if str(iri).startswith(BASE) else compact(iri)


def shorten(words: str, longest: int = LONGEST) -> str:
    """Return ``words`` on one line, cut at ``longest`` characters with an ellipsis that says so."""
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "\u2026"
