"""What one thing of an answer is linked to, as lists by relation."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import URIRef

from graph.errors import NotFound
from graph.stores import Table
from webapp.addresses import kind_of, page_of
from webapp.presenters.description import describe
from webapp.presenters.naming import names
from webapp.presenters.things import Link
from webapp.store import View

THINGS = 100
"""Things of an answer that one can be chosen of."""
SHOWN = 12
"""Links of one relation that are listed; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Relation:
    """The things that the chosen one is linked to by one relation."""

    title: str
    links: tuple[Link, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing of the answer."""

    iri: URIRef
    label: str
    kind: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The things of an answer, and the links of the chosen one."""

    choices: tuple[Choice, ...]
    left_out: int
    label: str
    page: str | None
    """The page about the chosen thing."""
    data: str | None
    """Where everything that is stated of it stands."""
    derived: tuple[Relation, ...]
    stated: tuple[Relation, ...]
    incoming: tuple[Relation, ...]


def neighbourhood(view: View, table: Table, chosen: str = "") -> Neighbourhood:
    """Return the links of the thing at ``chosen``, by default the first one of ``table``."""
    things = [t for t in dict.fromkeys(t for row in table.rows for t in row) if isinstance(t, URIRef) and kind_of(t)]
    known = names(view, things[:THINGS])
    thing = next((t for t in things if str(t) == chosen), things[0])
    try:
        found = describe(view, thing, URIRef(""))
    except NotFound:
        found = None
    choices = tuple(Choice(t, known.of(t), kind_of(t), t == thing) for t in things[:THINGS])
    derived: dict[str, list[Link]] = {}
    for link in found.derived if found else ():
        derived.setdefault(link.relation.label, []).append(link.to)
    own = found.parts[0].properties if found and found.parts else ()
    return Neighbourhood(
        choices=choices,
        left_out=max(0, len(things) - THINGS),
        label=known.of(thing),
        page=page_of(thing),
        data=known.link(thing).href,
        derived=_relations(derived),
        stated=_relations({p.link.label: [v.link for v in p.values if v.link] for p in own}),
        incoming=_relations({i.link.label: list(i.subjects) for i in found.incoming} if found else {}),
    )


def _relations(found: dict[str, list[Link]]) -> tuple[Relation, ...]:
    return tuple(
        Relation(title, tuple(links[:SHOWN]), max(0, len(links) - SHOWN)) for title, links in found.items() if links
    )
