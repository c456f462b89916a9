"""Pages of terms: names for what the ontology says, and what the data and the questions have of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import DCTERMS, OWL, RDF, RDFS, URIRef

from graph import queries
from graph.changes import Version, changes_of
from graph.constraints import Constraint, Shape, constraints_on, node_shapes, shapes_of
from graph.context import compact
from graph.expressions import Line
from graph.namespaces import GT, GTS, ONTOLOGY
from graph.queries import Query
from graph.terms import Module, Term, modules, terms, uses
from graph.vocabulary import ontology
from webapp.addresses import data_of
from webapp.presenters.counted import counted
from webapp.presenters.naming import names
from webapp.presenters.things import Link
from webapp.store import View

KINDS = {"class": "Class", "link": "Link to a thing", "value": "Value", "note": "Note"}
"""Kind of term to what a page calls it."""

_PUBLIC = ("catalogue", "competency")
"""Folders of queries that people ask by name; the others are asked by our own code."""


@dataclass(frozen=True, slots=True)
class Row:
    """A term in a list."""

    term: Term
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Section:
    """A module with its terms."""

    module: Module
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A thing of a class, or a statement with a property."""

    subject: Link
    object: Link | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A constraint with its shape, for a page."""

    shape: Link
    path: tuple[Link, ...]
    demands: tuple[tuple[Link, ...], ...]
    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class ShapeSection:
    """A shape with the classes that it is about and its constraints, for a page."""

    shape: Shape
    targets: tuple[tuple[Link, ...], ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class TermPage:
    """Everything that the page of a term shows."""

    term: Term
    kind: str
    module: Module | None
    relations: tuple[tuple[str, tuple[tuple[Link, ...], ...]], ...]
    """What a relation is called, and each thing it leads to, as words and links in a line."""
    rules: tuple[Rule, ...]
    count: int
    examples: tuple[Example, ...]
    asked: tuple[Query, ...]
    """Questions that people ask which use it."""
    elsewhere: tuple[tuple[str, int], ...]
    """Folder of our own queries to how many of them use it."""
    changes: tuple[tuple[str, str], ...]
    """Version and what changed in it."""


def sections(view: View) -> tuple[Section, ...]:
    """Return the modules that define terms, each with its terms and how many of each there are."""
    known, numbers = terms(), counted(view)
    return tuple(
        Section(m, tuple(Row(known[t], KINDS[known[t].kind], numbers.of(t)) for t in m.terms))
        for m in modules()
        if m.terms
    )


def alignments() -> tuple[tuple[Module, tuple[tuple[Link, Link], ...]], ...]:
    """Return the alignment modules, each with the pairs of our term and theirs that it states."""
    found = []
    for module in modules():
        if module.terms or not module.name.startswith("alignments/"):
            continue
        pairs = sorted(
            (s, o) for s, _, o in module.graph if isinstance(s, URIRef) and isinstance(o, URIRef) and s in GT
        )
        found.append((module, tuple((link(s), link(o)) for s, o in pairs)))
    return tuple(found)


def term_page(view: View, term: Term) -> TermPage:
    """Return the page of ``term``."""
    public = [q for q in uses().get(term.iri, ()) if q.path.parent.name in _PUBLIC]
    others: dict[str, int] = {}
    for query in uses().get(term.iri, ()):
        if query not in public:
            others[query.path.parent.name] = others.get(query.path.parent.name, 0) + 1
    return TermPage(
        term=term,
        kind=KINDS[term.kind],
        module=next((m for m in modules() if m.iri == term.module), None),
        relations=tuple(_relations(term)),
        rules=tuple(_rules(term)),
        count=counted(view).of(term.iri),
        examples=tuple(_examples(view, term)),
        asked=tuple(public),
        elsewhere=tuple(sorted(others.items())),
        changes=changes_of(term.iri),
    )


def notes(version: Version) -> list[tuple[Link, str]]:
    """Return the terms that stayed but changed in ``version``, each with what is different about it."""
    return [(link(term), words) for term, words in version.notes]


def shape_sections() -> tuple[ShapeSection, ...]:
    """Return all shapes."""
    return tuple(
        ShapeSection(shape, tuple(line(t) for t in shape.targets), tuple(_rule(shape, c) for c in shape.constraints))
        for shape in node_shapes()
    )


def _relations(term: Term) -> Iterable[tuple[str, tuple[tuple[Link, ...], ...]]]:
    shown: tuple[tuple[str, Iterable[Line]], ...] = (
        ("Is defined as", term.defined_as),
        ("Is a kind of", _lines(term.ours_above)),
        ("Takes in", _lines(term.subs)),
        ("Leads from", term.domain),
        ("Leads to" if term.kind == "link" else "Has values of", term.range),
        ("Is the inverse of", _lines(term.inverses)),
        ("Aligned with", _lines(term.aligned)),
        ("What leads from it", _lines(term.from_it)),
        ("What leads to it", _lines(term.to_it)),
        ("Nothing is both it and", ((_spaced(term.disjoint),) if term.disjoint else ())),
        ("Is replaced by", _lines(term.replaced_by)),
    )
    return ((name, tuple(line(each) for each in lines)) for name, lines in shown if lines)


def _lines(iris: Iterable[URIRef]) -> tuple[Line, ...]:
    return tuple((iri,) for iri in iris)


def _spaced(iris: Iterable[URIRef]) -> Line:
    parts: list[str | URIRef] = []
    for iri in iris:
        parts += [*(["\u00b7"] if parts else []), iri]
    return tuple(parts)


def _rules(term: Term) -> Iterable[Rule]:
    if term.kind == "class":
        return [_rule(shape, constraint) for shape in shapes_of(term.iri) for constraint in shape.constraints]
    return [_rule(shape, constraint) for shape, constraint in constraints_on(term.iri)]


def _rule(shape: Shape, constraint: Constraint) -> Rule:
    return Rule(
        Link(shape.name, data_of(shape.iri)),
        line(constraint.path),
        tuple(line(demand) for demand in constraint.demands),
        constraint.message,
        constraint.severity,
    )


def _examples(view: View, term: Term) -> list[Example]:
    if term.kind == "class":
        rows = queries.run(view, queries.page("examples-of-class"), {"class": term.iri}).rows
        if not rows:
            given = {"property": str(RDF.type), "object": str(term.iri)}
            rows = tuple((s,) for _, s, _ in queries.run(view, queries.page("examples-of-link"), given).rows)
    else:
        rows = queries.run(view, queries.page("examples-of-property"), {"property": term.iri}).rows
        if not rows:
            derived = queries.run(view, queries.page("examples-of-link"), {"property": term.iri}).rows
            rows = tuple((s, o) for _, s, o in derived)
    known = names(view, [node for row in rows for node in row])
    shown = [[known.link(n) if isinstance(n, URIRef) else Link(known.plain(n), None) for n in row] for row in rows]
    return [Example(*row) for row in shown]


def line(parts: Line) -> tuple[Link, ...]:
    """Return words and addresses as links: an address of ours by its label, others with a prefix."""
    return tuple(link(part) if isinstance(part, URIRef) else Link(part, None) for part in parts)


def link(iri: URIRef) -> Link:
    """Return a link to the term, shape or thing at ``iri``, by the name that documentation gives it."""
    if term := terms().get(iri):
        return Link(term.label, data_of(iri))
    if iri in GTS:
        return Link(iri.removeprefix(str(GTS)), data_of(iri))
    here = data_of(iri)
    return Link(compact(iri), here or (str(iri) if str(iri).startswith(("http://", "https://")) else None))


@dataclass(frozen=True, slots=True)
class About:
    """What the ontology says of itself."""

    title: str
    definition: str
    version: str
    licence: str
    created: str
    terms: tuple[tuple[str, int], ...]
    """Kind of term to how many there are."""


def about() -> About:
    """Return what the ontology says of itself."""
    graph = ontology()
    numbers = Counter(KINDS[t.kind] for t in terms().values())

    def text(predicate: URIRef) -> str:
        return str(graph.value(ONTOLOGY, predicate) or "")

    return About(
        text(DCTERMS.title),
        text(RDFS.comment),
        text(OWL.versionInfo),
        text(DCTERMS.license),
        text(DCTERMS.created),
        tuple((kind, numbers[kind]) for kind in KINDS.values() if numbers[kind]),
    )
