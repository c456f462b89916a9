"""The class diagram: a box for each class with its links as rows, a line from each row to the class it leads to.

Links come from the ontology (domain and range) and, for the terms of other vocabularies that our data use, from the
shapes. Everything drawn is also a row of ``Diagram.relations``, for those who cannot see a drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from rdflib import URIRef

from graph.analysis.layered import Layout, layered
from graph.constraints import node_shapes
from graph.context import compact
from graph.namespaces import GT
from graph.terms import Term, modules, terms

ROW = 20
HEAD = 28
FOOT = 6
WIDTH = 162
BETWEEN = 46
"""Pixels: height of a row, of a box's head and foot, width of a box, and of the space between columns."""
GAP = 18
LANE = 9
MOST = 3
"""Classes that a link may lead to for lines to be drawn to them."""
FARTHEST = 3
"""Columns that a line may run."""
LONGEST = 24
NARROW = 21
"""Characters of a name that fit into a box, and of one that stands behind a sign."""

COLOURS = {
    "plan": "commitment",
    "evidence": "evidence",
    "operations": "operation",
    "places": "area",
    "performance": "theme",
    "audit": "partner",
    "definitions": "partner",
}
"""Module to the colour of its boxes, by the names of the palette; any other is drawn as evidence is."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A link between two classes, or that one is a kind of the other."""

    source: Term
    name: str
    term: URIRef | None
    """The property; None where the source is a kind of the target."""
    target: Term


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a box: a link, a class that this one takes in, or what a link leads to that is too far for a line."""

    name: str
    y: float
    term: URIRef
    kind: str
    """"link", "class" or "target"."""
    loop: bool = False
    """Whether the link may lead to the same class."""


@dataclass(frozen=True, slots=True)
class Box:
    """A class as it is drawn."""

    term: Term
    colour: str
    x: float
    y: float
    height: float
    rows: tuple[Row, ...]
    width: int = WIDTH
    head: int = HEAD

    @property
    def name(self) -> str:
        """What stands in its head."""
        return _fit(self.term.label)


@dataclass(frozen=True, slots=True)
class Line:
    """A line from a row to a box, as an SVG path."""

    path: str
    colour: str
    kind_of: bool
    name: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """The drawing, and the same in words."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float
    relations: tuple[Relation, ...]
    legend: tuple[tuple[str, str], ...]
    """Module and its colour."""


@cache
def diagram() -> Diagram:
    """Return the diagram of the whole ontology."""
    relations = tuple(_relations())
    nested = _nested(relations)
    drawn = [r for r in relations if r.source.iri not in nested and r.target.iri not in nested]
    shown = [t for t in terms().values() if t.kind == "class" and t.iri not in nested]
    near = [r for r in drawn if _targets(r, drawn) <= MOST]
    # Laid out twice: what turns out to be far apart is told in words, and neither pulls boxes apart nor crosses others.
    first = layered({str(t.iri): HEAD for t in shown}, map(_ends, near), GAP, LANE)
    column = {name: number for number, names in enumerate(first.columns) for name in names}
    near = [r for r in near if r.term is None or abs(column[_ends(r)[0]] - column[_ends(r)[1]]) <= FARTHEST]
    taken_in = {t.iri: [terms()[n] for n, above in nested.items() if above == t.iri] for t in shown}
    rows = {t.iri: _rows(t, drawn, near, taken_in[t.iri]) for t in shown}
    heights = {str(iri): HEAD + FOOT + ROW * len(names) for iri, names in rows.items()}
    layout = layered(heights, map(_ends, near), GAP, LANE)
    boxes = {box.term.iri: box for box in _boxes(layout, rows, heights)}
    return Diagram(
        tuple(boxes.values()),
        tuple(_line(r, boxes, layout) for r in near if r.source.iri != r.target.iri),
        len(layout.columns) * (WIDTH + BETWEEN),
        layout.height,
        relations,
        tuple((m.name, _colour(m.iri)) for m in modules() if m.iri in {box.term.module for box in boxes.values()}),
    )


def _ends(relation: Relation) -> tuple[str, str]:
    return str(relation.source.iri), str(relation.target.iri)


def _targets(relation: Relation, among: Iterable[Relation]) -> int:
    """Return how many classes the same link of the same class leads to; 1 for being a kind of something."""
    if relation.term is None:
        return 1
    return sum(r.source == relation.source and r.term == relation.term for r in among)


def _relations() -> Iterable[Relation]:
    known = {iri: t for iri, t in terms().items() if t.kind == "class"}
    found: dict[tuple[URIRef, URIRef | None, URIRef], Relation] = {}
    for source, property_, target in (*_stated(), *_shaped()):
        if source in known and target in known:
            relation = Relation(known[source], _name(property_), property_, known[target])
            found.setdefault((source, property_, target), relation)
    return sorted(found.values(), key=lambda r: (r.source.label, r.term is not None, r.name, r.target.label))


def _stated() -> Iterator[tuple[URIRef, URIRef | None, URIRef]]:
    """Yield the relations that the ontology states: what is a kind of what, and domains with ranges."""
    for term in terms().values():
        if term.kind == "class":
            yield from ((term.iri, None, above) for above in term.ours_above)
        for source in _classes(term.domain):
            yield from ((source, term.iri, target) for target in _classes(term.range))


def _shaped() -> Iterator[tuple[URIRef, URIRef | None, URIRef]]:
    """Yield the relations that shapes demand: the class they are about, the property, the class of its values."""
    for shape in node_shapes():
        for constraint in shape.constraints:
            if len(constraint.path) == 1 and isinstance(constraint.path[0], URIRef):
                classes = _classes(d for d in constraint.demands if d[0] == "of class")
                yield from ((c, constraint.path[0], target) for c in shape.classes for target in classes)


def _name(property_: URIRef | None) -> str:
    if property_ is None:
        return "is a kind of"
    return terms()[property_].label if property_ in terms() else compact(property_)


def _classes(lines: Iterable[tuple[str | URIRef, ...]]) -> list[URIRef]:
    """Return the classes of ours that a domain or range names, alone or as one of several."""
    return [part for line in lines for part in line if isinstance(part, URIRef) and part in GT]


def _nested(relations: Iterable[Relation]) -> dict[URIRef, URIRef]:
    """Return the classes that are drawn as a row of the class above them, as nothing else is said of them."""
    above: dict[URIRef, set[URIRef]] = {}
    busy: set[URIRef] = set()
    for relation in relations:
        if relation.term is None:
            above.setdefault(relation.source.iri, set()).add(relation.target.iri)
            busy.add(relation.target.iri)
        else:
            busy |= {relation.source.iri, relation.target.iri}
    return {iri: next(iter(over)) for iri, over in above.items() if len(over) == 1 and iri not in busy}


def _rows(term: Term, drawn: Iterable[Relation], near: Iterable[Relation], taken_in: Iterable[Term]) -> list[Row]:
    """Return the rows of a box, not yet placed: each link, below it what it leads to without a line, then classes."""
    rows: list[Row] = []
    links: dict[URIRef, list[Relation]] = {}
    for r in drawn:
        if r.source.iri == term.iri and r.term is not None:
            links.setdefault(r.term, []).append(r)
    for iri, relations in links.items():
        rows.append(Row(_fit(relations[0].name), 0, iri, "link", any(r.target.iri == term.iri for r in relations)))
        far = [r.target for r in relations if r not in near and r.target.iri != term.iri]
        if len(far) > MOST:
            rows.append(Row(f"{len(far)} classes", 0, iri, "target"))
        else:
            rows += [Row(_fit(target.label, NARROW), 0, target.iri, "target") for target in far]
    return rows + [Row(_fit(t.label, NARROW), 0, t.iri, "class") for t in sorted(taken_in, key=lambda t: t.label)]


def _boxes(layout: Layout, rows: Mapping[URIRef, list[Row]], heights: Mapping[str, float]) -> Iterable[Box]:
    for number, column in enumerate(layout.columns):
        for name in column:
            iri, y = URIRef(name), layout.tops[name]
            placed = (replace(row, y=round(y + HEAD + ROW * (i + 0.5), 1)) for i, row in enumerate(rows[iri]))
            colour = _colour(terms()[iri].module)
            yield Box(terms()[iri], colour, number * (WIDTH + BETWEEN), round(y, 1), heights[name], tuple(placed))


def _line(relation: Relation, boxes: Mapping[URIRef, Box], layout: Layout) -> Line:
    source, target = boxes[relation.source.iri], boxes[relation.target.iri]
    rows = (row.y for row in source.rows if row.kind == "link" and row.term == relation.term)
    start = next(rows, source.y + HEAD / 2)
    end = target.y + HEAD / 2
    lanes = layout.lanes.get((str(relation.source.iri), str(relation.target.iri)), ())
    colour = target.colour
    name = f"{relation.source.label} {relation.name} {relation.target.label}"
    return Line(_path(source.x, start, target.x, end, lanes), colour, relation.term is None, name)


def _path(x: float, y: float, other_x: float, other_y: float, lanes: tuple[float, ...]) -> str:
    """Return a curve from one box to another: straight through each lane it passes, bending in the spaces between."""
    if x == other_x:
        # Both in one column: out on the right, and back.
        side, bend = x + WIDTH, x + WIDTH + BETWEEN * 0.55
        return f"M{side:g} {y:g}C{bend:g} {y:g} {bend:g} {other_y:g} {side:g} {other_y:g}"
    forwards = other_x > x
    step = 1 if forwards else -1
    at, height = (x + WIDTH if forwards else x), y
    path = f"M{at:g} {height:g}"
    for passed in (*lanes, other_y):
        reach = at + step * BETWEEN
        middle = (at + reach) / 2
        path += f"C{middle:g} {height:g} {middle:g} {passed:g} {reach:g} {passed:g}"
        at, height = reach, passed
        if abs(at - (other_x if forwards else other_x + WIDTH)) > 1:
            at += step * WIDTH
            path += f"H{at:g}"
    return path


def _colour(module: URIRef | None) -> str:
    name = next((m.name for m in modules() if m.iri == module), "")
    return COLOURS.get(name, "evidence")


def _fit(words: str, longest: int = LONGEST) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "\u2026"
