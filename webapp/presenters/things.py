"""The things of the graph by name: for links, forms and the nearest suggestion."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from graph.errors import NotFound
from graph.namespaces import key_of, mint
from webapp.addresses import kind_of, page_of
from webapp.store import View
from webapp.terms import number, solutions, text

KIND_WORDS = {
    "operation": "Operation",
    "partner": "Partner",
    "partner-type": "Partner type",
    "priority": "Priority",
    "commitment": "Commitment",
    "force": "Police force",
    "lpa": "Local Policing Area",
    "district": "District",
    "theme": "Theme",
    "quarter": "Quarter",
    "report": "Report",
    "measure": "Measure",
    "place": "Place",
    "unit": "Unit or team",
    "programme": "Scheme or programme",
    "programme-kind": "Kind of programme",
    "partner-role": "Role",
    "rule": "Rule",
    "check-kind": "Kind of check",
    "verdict": "Verdict",
}


@dataclass(frozen=True, slots=True)
class Link:
    """Something named on a page, with the page about it where there is one."""

    label: str
    href: str | None
    kind: str = ""
    note: str = ""
    iri: str = ""
    """Its address in the graph, where whoever made the link knew it and who reads it may want it."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that can be looked up, with its names, the preferred one first."""

    iri: URIRef
    kind: str
    label: str
    notation: str
    names: tuple[str, ...]

    @property
    def key(self) -> str:
        """The last part of its address."""
        return key_of(self.iri)

    @property
    def title(self) -> str:
        """Its name as a list or form shows it: commitments and priorities with their number."""
        return f"{self.notation} {self.label}" if self.kind in {"commitment", "priority"} else self.label

    def link(self, note: str = "") -> Link:
        """Return a link to its page."""
        return Link(self.title, page_of(self.iri), self.kind, note)


class Index:
    """All things that have a page or stand in a form, found by address or name."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._things = {thing.iri: thing for thing in things}

    def get(self, iri: URIRef) -> Thing | None:
        """Return the thing at ``iri``, if there is one."""
        return self._things.get(iri)

    def all(self) -> list[Thing]:
        """Return all things, by kind, then as ``of_kind`` does."""
        return sorted(self._things.values(), key=_order)

    def of_kind(self, *kinds: str) -> list[Thing]:
        """Return the things of these kinds, numbered ones in the order of their numbers, others by name."""
        return sorted((t for t in self._things.values() if t.kind in kinds), key=_order)

    def find(self, kind: str, key: str) -> Thing:
        """Return the thing of ``kind`` with ``key``. Raises: NotFound with links to the nearest of that kind."""
        if thing := self.get(mint(kind, key)):
            return thing
        word = KIND_WORDS.get(kind, kind).lower()
        near = [t.link() for t in self.near(key.replace("-", " "), self.of_kind(kind))]
        raise NotFound(f"There is no {word} called “{key}” here.", near=near)

    def link_of(self, kind: str, key: str) -> Link:
        """Return a link to the thing of ``kind`` with ``key``; the areas of a force and the force itself are one kind.

        Raises: NotFound with links to the nearest of that kind.
        """
        if kind == "lpa" and (force := self.get(mint("force", key))):
            return force.link()
        return self.find(kind, key).link()

    def label(self, iri: URIRef) -> str:
        """Return the preferred name of the thing at ``iri``; words made from its key if it has none here."""
        thing = self.get(iri)
        return thing.label if thing else key_of(iri).replace("-", " ")

    def near(self, words: str, among: Iterable[Thing] | None = None, cutoff: float = 0.5) -> list[Thing]:
        """Return up to five things whose names are spelt most like ``words``; ``cutoff`` is how much alike, up to 1."""
        names = {name.casefold(): t for t in (among or self._things.values()) for name in t.names}
        found = [names[n] for n in difflib.get_close_matches(words.casefold(), names, n=8, cutoff=cutoff)]
        return [thing for thing in dict.fromkeys(found) if thing.link().href][:5]


def _order(thing: Thing) -> tuple[str, tuple[int, ...], str, str]:
    numbers = tuple(int(p) for p in thing.notation.split(".") if p.isdigit())
    return thing.kind, numbers if thing.kind in {"commitment", "priority"} else (), thing.label.casefold(), thing.iri


def index(view: View) -> Index:
    """Return the index of this version of the data."""
    return view.recall("things", lambda: _read(view))


def _read(view: View) -> Index:
    names: dict[URIRef, list[str]] = {}
    notations: dict[URIRef, str] = {}
    for row in solutions(view.page("things")):
        thing, name = URIRef(text(row, "thing")), text(row, "name")
        if name not in names.setdefault(thing, []):
            names[thing].append(name)
        if number(row, "rank") == 2:
            notations.setdefault(thing, name)
    return Index(
        Thing(iri, kind_of(iri), known[0], notations.get(iri, ""), tuple(known)) for iri, known in names.items()
    )
