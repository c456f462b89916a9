"""How much a store holds, counted once when it is published: what VoID and the pages of terms tell from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph import queries
from graph.stores.base import Store
from graph.stores.together import together

SIZES = (
    *("distinct-sizes", "outside-links", "use-sizes", "derived-sizes", "link-sizes", "property-sizes"),
    *("graph-sizes", "class-sizes"),
)
"""Page queries that count, those that take longest first."""


@dataclass(frozen=True, slots=True)
class GraphSize:
    """One named graph, or all together: statements, and how many by class and by property (addresses to numbers)."""

    triples: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Use:
    """Statements with one property that a graph makes about the things of a class; fields are addresses."""

    graph: str
    class_: str
    property: str
    triples: int


@dataclass(frozen=True, slots=True)
class Links:
    """Statements with one property that lead from the things of one graph to those of another, or outside.

    Fields are addresses; ``source`` is "" where it does not matter, ``target`` a graph or what addresses begin with.
    """

    source: str
    property: str
    target: str
    triples: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything counted of one version of a store."""

    graphs: Mapping[str, GraphSize]
    """Name of the graph to its size."""
    entities: int
    """Things with an address that have statements."""
    subjects: int
    objects: int
    links: tuple[Links, ...]
    outside: tuple[Links, ...]
    derived: Mapping[str, int]
    """Links that rules derived, by relation, and by class where they say of what class a thing is."""
    uses: tuple[Use, ...]
    """What graphs say about the things of each class, rdf:type left out; a thing of two classes counts for both."""

    @property
    def whole(self) -> GraphSize:
        """All graphs together: the sums, as no triple stands in two graphs (queries/checks)."""
        sizes = self.graphs.values()
        return GraphSize(
            sum(size.triples for size in sizes),
            _sum(size.classes for size in sizes),
            _sum(size.properties for size in sizes),
        )

    def as_json(self) -> dict[str, Any]:
        """Return it as ``from_json`` reads it."""
        return {
            "graphs": {
                name: {"triples": g.triples, "classes": dict(g.classes), "properties": dict(g.properties)}
                for name, g in self.graphs.items()
            },
            "entities": self.entities,
            "subjects": self.subjects,
            "objects": self.objects,
            "links": [[x.source, x.property, x.target, x.triples] for x in self.links],
            "outside": [[x.source, x.property, x.target, x.triples] for x in self.outside],
            "derived": dict(self.derived),
            "uses": [[x.graph, x.class_, x.property, x.triples] for x in self.uses],
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Statistics:
        """Return what ``as_json`` wrote."""
        return cls(
            {name: GraphSize(g["triples"], g["classes"], g["properties"]) for name, g in content["graphs"].items()},
            content["entities"],
            content["subjects"],
            content["objects"],
            tuple(Links(*row) for row in content["links"]),
            tuple(Links(*row) for row in content["outside"]),
            content["derived"],
            tuple(Use(*row) for row in content["uses"]),
        )


def count(store: Store) -> Statistics:
    """Count ``store``. Linear in its size: for a build, not for a request. Raises: as ``Store.select``."""
    asked = dict(zip(SIZES, together(store.select, [queries.page(name).sparql for name in SIZES]), strict=True))
    classes: dict[str, dict[str, int]] = {}
    properties: dict[str, dict[str, int]] = {}
    for graph, class_, entities in asked["class-sizes"].rows:
        classes.setdefault(str(graph), {})[str(class_)] = int(str(entities))
    for graph, property_, triples in asked["property-sizes"].rows:
        properties.setdefault(str(graph), {})[str(property_)] = int(str(triples))
    things, subjects, objects = (int(str(n)) for n in asked["distinct-sizes"].rows[0])
    return Statistics(
        {
            str(graph): GraphSize(int(str(triples)), classes.get(str(graph), {}), properties.get(str(graph), {}))
            for graph, triples in asked["graph-sizes"].rows
        },
        things,
        subjects,
        objects,
        tuple(Links(str(a), str(p), str(b), int(str(n))) for a, p, b, n in asked["link-sizes"].rows),
        tuple(Links("", str(p), str(space), int(str(n))) for p, space, n in asked["outside-links"].rows),
        {str(term): int(str(links)) for term, links in asked["derived-sizes"].rows},
        tuple(Use(str(g), str(c), str(p), int(str(n))) for g, c, p, n in asked["use-sizes"].rows),
    )


def _sum(sizes: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for size in sizes:
        total.update(size)
    return dict(sorted(total.items()))
