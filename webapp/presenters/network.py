"""The network for readers: what stands around a thing, how two things are connected, who holds it all together.

Every number has words beside it that say what it counts, and every link leads to its sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from rdflib import URIRef

from graph.analysis.connections import Way, ways
from graph.analysis.network import TOGETHER, Network, Thing, read
from graph.analysis.network import Link as Tie
from graph.analysis.roles import Roles, roles
from graph.errors import NotFound
from graph.namespaces import BASE, mint
from webapp.addresses import page_of
from webapp.presenters.areas import FORCE_WIDE
from webapp.presenters.things import KIND_WORDS, Link, index
from webapp.store import View
from webapp.terms import solutions, text

DRAWN = 60
"""Things that a drawing begins with."""
EXPANDED = 150
"""Things that a drawing may grow to by expanding."""
QUOTES = 2
"""Sentences shown for a step of a way."""
LISTED = 60
"""Things of one relation in the list beside the drawing: the drawn ones first, and how many more there are."""
KINDS = ("operation", "partner", "lpa", "district", "force", "theme", "commitment")
"""Kinds of thing in the network, in the order of the form."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How a link is told, from either end: as words of a sentence, and as the heading of a list."""

    forward: str
    inverse: str
    from_subject: str
    from_object: str


RELATIONS = {
    "workedWith": Relation("worked with {}", "worked on {}", "Worked with", "Worked on"),
    "activeIn": Relation("was at work in {}", "saw {} at work", "At work in", "Partners at work here"),
    "carriedOutIn": Relation(
        "was carried out in {}", "is where {} was carried out", "Carried out in", "Operations carried out here"
    ),
    "reachesDistrict": Relation("reached {}", "was reached by {}", "Reaches district", "Operations that reach it"),
    "tackles": Relation("tackles {}", "is tackled by {}", "Tackles", "Operations that tackle it"),
    "tacklesByHeading": Relation(
        "tackles {} by the heading it is reported under",
        "is tackled, by heading only, by {}",
        "Tackles, by heading only",
        "Operations that tackle it by heading only",
    ),
    "servesCommitment": Relation("serves commitment {}", "is served by {}", "Serves", "Operations that serve it"),
    TOGETHER: Relation(
        "stands at work in the same evidence as {}",
        "stands at work in the same evidence as {}",
        "At work in the same evidence",
        "At work in the same evidence",
    ),
}
_OTHER = Relation("is linked to {}", "is linked to {}", "Linked to", "Linked from")


def network(view: View) -> Network:
    """Return the network of this version of the data."""
    return view.recall("network", lambda: _read(view))


def _read(view: View) -> Network:
    found = read(view)
    # What no report links to anything has a page of its own too: that nothing is linked to it is an answer.
    for thing in index(view).of_kind(*KINDS):
        found.things.setdefault(str(thing.iri), Thing(str(thing.iri), thing.kind, thing.label))
    return found


def key(iri: str) -> str:
    """Return how the address of a page names a thing: ``operation/vinka``."""
    return iri.removeprefix(BASE)


def find(view: View, named: str) -> Thing:
    """Return the thing of the network that ``named`` ("operation/vinka") means. Raises: NotFound."""
    kind, _, slug = named.partition("/")
    known = network(view)
    if found := known.things.get(str(mint(kind, slug)) if kind and slug else ""):
        return found
    names = index(view)
    near = [
        Link(thing.title, url_for("network.index", thing=key(thing.iri)), thing.kind)
        for thing in names.near(slug.replace("-", " ") or named)
        if str(thing.iri) in known.things
    ]
    raise NotFound(
        f"“{named}” is no thing of the network: a kind, a slash and a name, such as operation/vinka.", near=near
    )


def title(view: View, thing: Thing) -> str:
    """Return what a thing is called: a commitment with its number, a force as a whole."""
    if thing.kind == "force":
        return f"{thing.label}, {FORCE_WIDE.lower()}"
    known = index(view).get(URIRef(thing.iri))
    return known.title if known else thing.label


def address_of(iri: URIRef | str) -> str | None:
    """Return the page of what stands around the thing at ``iri``, None if it is of no kind that the network has."""
    kind, _, rest = key(str(iri)).partition("/")
    return url_for("network.index", thing=key(str(iri))) if kind in KINDS and rest and "/" not in rest else None


@dataclass(frozen=True, slots=True)
class Choice:
    """Things to choose from, of one kind."""

    title: str
    things: tuple[tuple[str, str], ...]
    """Key and name."""


def choices(view: View) -> tuple[Choice, ...]:
    """Return everything in the network, by kind."""
    return view.recall("network choices", lambda: _choices(view))


def _choices(view: View) -> tuple[Choice, ...]:
    known = network(view)
    found = []
    for kind in KINDS:
        mine = [t for t in index(view).of_kind(kind) if known.of(str(t.iri))]
        if mine:
            found.append(Choice(KIND_WORDS[kind], tuple((key(t.iri), t.title) for t in mine)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Near:
    """A thing in the list beside the drawing."""

    key: str
    link: Link
    around: str
    """Where its own network is."""
    items: int
    evidence: str
    """Where the sentences of its link with the thing in the middle are."""


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one relation, or those two steps away."""

    title: str
    things: tuple[Near, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a thing."""

    thing: Thing
    title: str
    page: str | None
    hops: int
    drawn: int
    links: int
    left_out: int
    groups: tuple[Group, ...]


def around(view: View, thing: Thing, hops: int) -> Around:
    """Return what is within ``hops`` steps of ``thing``, grouped by how it is linked."""
    known = network(view)
    found = known.around(thing.iri, hops, DRAWN)
    groups: dict[str, list[Near]] = {}
    ordered = sorted(
        known.of(thing.iri), key=lambda tie: list(RELATIONS).index(tie.relation) if tie.relation in RELATIONS else 99
    )
    for tie in ordered:
        groups.setdefault(_heading(tie, thing.iri), []).append(
            _near(view, thing, known.things[tie.other(thing.iri)], tie.items)
        )
    far = [one for one in found.things if found.steps[one.iri] == 2]
    if far:
        groups["Two steps away"] = [_near(view, thing, one, 0) for one in far]
    return Around(
        thing,
        title(view, thing),
        page_of(thing.iri),
        hops,
        len(found.things),
        len(found.links),
        found.left_out,
        tuple(_group(heading, near, {key(iri) for iri in found.steps}) for heading, near in groups.items()),
    )


def _group(heading: str, near: list[Near], drawn: set[str]) -> Group:
    ranked = sorted(near, key=lambda one: (one.key not in drawn, -one.items, one.link.label))
    return Group(heading, tuple(ranked[:LISTED]), max(0, len(ranked) - LISTED))


def _heading(tie: Tie, here: str) -> str:
    relation = RELATIONS.get(tie.relation, _OTHER)
    return relation.from_subject if tie.subject == here else relation.from_object


def _near(view: View, thing: Thing, other: Thing, items: int) -> Near:
    return Near(
        key(other.iri),
        Link(title(view, other), page_of(other.iri), other.kind),
        url_for("network.index", thing=key(other.iri)),
        items,
        url_for("network.index", thing=key(thing.iri), to=key(other.iri)),
    )


def as_json(view: View, thing: Thing, hops: int) -> dict[str, Any]:
    """Return what stands around ``thing`` as a program takes it, and as the drawing does."""
    found = network(view).around(thing.iri, hops, DRAWN)
    return {
        "thing": key(thing.iri),
        "hops": hops,
        "things": [
            {
                "key": key(one.iri),
                "iri": one.iri,
                "kind": one.kind,
                "label": title(view, one),
                "steps": found.steps[one.iri],
                "page": page_of(one.iri),
                "links": len(network(view).of(one.iri)),
            }
            for one in found.things
        ],
        "links": [
            {"from": key(tie.subject), "relation": tie.relation, "to": key(tie.object), "items": tie.items,
             "words": RELATIONS.get(tie.relation, _OTHER).from_subject}
            for tie in found.links
        ],
        "left_out": found.left_out,
        "most": EXPANDED,
        "version": view.version,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a step rests on."""

    label: str
    href: str
    quote: str
    again: bool
    """Whether it has been quoted before, for another step."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a way: in words, and the first sentences that it rests on."""

    subject: Link
    words: str
    object: Link
    items: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A way between two things as a sentence, with its steps."""

    sentence: str
    steps: tuple[Step, ...]
    length: float


def connections(view: View, start: Thing, end: Thing) -> list[Told]:
    """Return the ways from ``start`` to ``end``, the shortest first."""
    return view.recall(("ways", start.iri, end.iri), lambda: _connections(view, start, end))


def _connections(view: View, start: Thing, end: Thing) -> list[Told]:
    quoted: set[str] = set()
    return [_told(view, way, quoted) for way in ways(network(view), start.iri, end.iri)]


def _told(view: View, way: Way, quoted: set[str]) -> Told:
    things = network(view).things
    names = [title(view, things[iri]) for iri in way.things]
    phrases = []
    for place, tie in enumerate(way.links):
        relation = RELATIONS.get(tie.relation, _OTHER)
        words = relation.forward if tie.subject == way.things[place] else relation.inverse
        phrases.append(words.format(names[place + 1]))
    steps = tuple(_step(view, tie, quoted) for tie in way.links)
    return Told(f"{names[0]} {', which '.join(phrases)}.", steps, way.length)


def _step(view: View, tie: Tie, quoted: set[str]) -> Step:
    things = network(view).things
    rows = [
        row
        for row in solutions(view.page("network-evidence", subject=tie.subject, object=tie.object))
        if text(row, "relation").rpartition("#")[2] == tie.relation
    ]
    sentences = []
    for row in rows[:QUOTES]:
        label, item = f"{text(row, 'reportLabel')}, item {text(row, 'number')}", text(row, "item")
        sentences.append(Sentence(label, page_of(item) or "", text(row, "quote"), item in quoted))
        quoted.add(item)
    words = RELATIONS.get(tie.relation, _OTHER).forward.replace(" {}", "").replace("{} ", "")
    ends = (_link(view, things[tie.subject]), _link(view, things[tie.object]))
    return Step(ends[0], words, ends[1], len(rows), tuple(sentences))


def _link(view: View, thing: Thing) -> Link:
    return Link(title(view, thing), page_of(thing.iri), thing.kind)


@dataclass(frozen=True, slots=True)
class Row:
    """A body or operation of the analysis, with its numbers."""

    link: Link
    around: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Community:
    """A group that works together more than with others."""

    names: str
    things: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Who holds the network together."""

    roles: Roles
    connected: tuple[Row, ...]
    brokers: tuple[Row, ...]
    communities: tuple[Community, ...]


def analysis(view: View) -> Analysis:
    """Return who holds the network of this version of the data together."""
    found = view.recall("network roles", lambda: roles(network(view)))
    return Analysis(
        found,
        tuple(_row(view, c.iri, f"{c.operations}", f"{c.bodies}") for c in found.connected),
        tuple(_row(view, b.iri, f"{b.share:.1%}", f"{b.parted}") for b in found.brokers),
        tuple(_community(view, members) for members in found.communities),
    )


def _row(view: View, iri: str, *numbers: str) -> Row:
    thing = network(view).things[iri]
    return Row(_link(view, thing), url_for("network.index", thing=key(iri)), numbers)


def _community(view: View, members: Sequence[str]) -> Community:
    things = network(view).things
    first = [title(view, things[iri]) for iri in members[:2]]
    rest = len(members) - len(first)
    return Community(
        f"{' and '.join(first)}, with {rest} {'other' if rest == 1 else 'others'}",
        tuple(_row(view, iri) for iri in members),
    )


def analysis_json(view: View) -> dict[str, Any]:
    """Return the analysis as a program takes it."""
    found = analysis(view).roles
    return {
        "things": found.things,
        "links": found.links,
        "pieces": found.pieces,
        "connected": [{"key": key(c.iri), "operations": c.operations, "bodies": c.bodies} for c in found.connected],
        "brokers": [{"key": key(b.iri), "share": round(b.share, 4), "parted": b.parted} for b in found.brokers],
        "communities": [[key(iri) for iri in members] for members in found.communities],
        "sampled": found.sampled,
        "modularity": found.modularity,
        "version": view.version,
    }


def connections_json(view: View, start: Thing, end: Thing) -> dict[str, Any]:
    """Return the ways between two things as a program takes them."""
    return {
        "thing": key(start.iri),
        "to": key(end.iri),
        "ways": [
            {
                "sentence": told.sentence,
                "length": told.length,
                "steps": [
                    {
                        "subject": step.subject.label,
                        "words": step.words,
                        "object": step.object.label,
                        "items": step.items,
                        "evidence": [{"item": s.label, "href": s.href, "quote": s.quote} for s in step.sentences],
                    }
                    for step in told.steps
                ],
            }
            for told in connections(view, start, end)
        ],
        "version": view.version,
    }
