"""The evidence about one thing as a table and as a graph: the sentences, where they stand, and what they name."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import DCTERMS, RDF, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from graph.errors import NotFound
from graph.namespaces import GT, OA, PREFIXES, RS, SCHEMA
from graph.stores import Row, Table
from webapp.addresses import item_number, kind_of
from webapp.presenters.evidence import area_name
from webapp.presenters.origin import origins
from webapp.presenters.things import Thing, index
from webapp.store import View
from webapp.terms import Solution, iri, solutions, text

FILTERS = {
    "operation": "operation",
    "partner": "partner",
    "commitment": "commitment",
    "lpa": "lpa",
    "force": "lpa",
    "district": "district",
    "theme": "theme",
    "report": "report",
}
"""Kinds of thing that evidence is about, and the parameter of queries/pages/items.rq that chooses it."""
NAMED = {
    "operation": GT.namesOperation,
    "partner": GT.involvesPartner,
    "bodyNamed": GT.namesBody,
    "theme": GT.aboutTheme,
    "district": GT.locatedIn,
}
"""Columns with what an item names: addresses, and names under the same with "Label"."""
_PLACED = ("quarter", "page", "commitment", "commitmentNumber", "commitmentLabel", "area", "areaLabel", "heading")
COLUMNS = (
    "item",
    "number",
    "quote",
    "report",
    "reportLabel",
    "start",
    "end",
    *_PLACED,
    *(column for name in NAMED for column in (name, f"{name}Label")),
)
BETWEEN = "; "


def subject(view: View, name: str) -> tuple[Thing, str]:
    """Return the thing that ``name`` ("operation/vinka") is, and the filter that chooses its evidence.

    Raises: NotFound, with the nearest of that kind.
    """
    kind, _, key = name.partition("/")
    if kind not in FILTERS or not key:
        raise NotFound(f"Evidence is kept of {', '.join(FILTERS)}; “{name}” is none of these.")
    return index(view).find(kind, key), FILTERS[kind]


def table(view: View, thing: Thing, filter_: str) -> Table:
    """Return the evidence about ``thing``: a row an item, newest report first; columns are ``COLUMNS``.

    Where an item names several things of a kind, their addresses and their names share a cell, in the same order.
    """
    given = {filter_: str(thing.iri)}
    rows = [*solutions(view.page("items", **given))]
    named: dict[tuple[str, URIRef], dict[URIRef, str]] = {}
    for row in solutions(view.page("item-links", **given)):
        if (link := iri(row, "link")) and (other := iri(row, "thing")):
            named.setdefault((text(row, "item"), link), {})[other] = text(row, "thingLabel")
    places = origins(view, (row["item"] for row in rows))
    return Table(COLUMNS, tuple(_row(row, places, named) for row in rows))


def _row(row: Solution, places: dict[Node, Row], named: dict[tuple[str, URIRef], dict[URIRef, str]]) -> Row:
    item, area = URIRef(text(row, "item")), iri(row, "area")
    cells: list[Node | None] = [item, row["number"], row["quote"], *places[item][:4]]
    cells += [row["quarterLabel"], row["page"], row["commitment"], row["commitmentNotation"], row["commitmentLabel"]]
    cells += [area, Literal(area_name(area, text(row, "areaLabel"))) if area else None, row["heading"]]
    for relation in NAMED.values():
        things = named.get((str(item), relation), {})
        cells += [_joined(things), _joined(things.values())]
    return tuple(cells)


def _joined(values: Iterable[str]) -> Literal | None:
    return Literal(words) if (words := BETWEEN.join(values)) else None


def graph(view: View, thing: Thing, rows: Table) -> Graph:
    """Return the evidence as triples of the graph's own terms, with what the file holds said of ``<>``."""
    made = Graph()
    for prefix, space in PREFIXES.items():
        made.bind(prefix, space)
    document = URIRef("")
    made.add((document, DCTERMS.title, Literal(f"Evidence about {thing.title}", lang="en")))
    made.add((document, DCTERMS.subject, thing.iri))
    made.add((document, SCHEMA.version, Literal(view.version)))
    made.add((document, RS.size, Literal(len(rows.rows), datatype=XSD.integer)))
    made.add((thing.iri, SKOS.prefLabel, Literal(thing.label, lang="en")))
    for row in rows.dicts():
        _add(made, row)
    return made


def _add(made: Graph, row: Solution) -> None:
    item, report = URIRef(text(row, "item")), URIRef(text(row, "report"))
    position, quote = URIRef(f"{item}/position"), URIRef(f"{item}/quote")
    made.add((item, RDF.type, GT.EvidenceItem))
    made.add((item, DCTERMS.isPartOf, report))
    made.add((report, DCTERMS.title, Literal(text(row, "reportLabel"), lang="en")))
    made.add((item, OA.hasSelector, position))
    made.add((item, OA.hasSelector, quote))
    for node, property_, column in (
        (item, GT.itemNumber, "number"),
        (position, OA.start, "start"),
        (position, OA.end, "end"),
        (quote, OA.exact, "quote"),
        (item, SCHEMA.pageStart, "page"),
        (item, GT.underHeading, "heading"),
        (item, GT.evidences, "commitment"),
        (item, GT.inArea, "area"),
    ):
        if (value := row[column]) is not None:
            made.add((node, property_, value))
    for column in ("commitment", "area"):
        if (named := iri(row, column)) and kind_of(named) != "force":
            made.add((named, SKOS.prefLabel, Literal(text(row, f"{column}Label"), lang="en")))
    for column, relation in NAMED.items():
        labels = text(row, f"{column}Label").split(BETWEEN)
        for address, label in zip(text(row, column).split(BETWEEN), labels, strict=True):
            if address:
                made.add((item, relation, URIRef(address)))
                made.add((URIRef(address), SKOS.prefLabel, Literal(label, lang="en")))


def as_json(view: View, thing: Thing, rows: Table) -> dict[str, object]:
    """Return the evidence as plain JSON: what shares a cell of the table is a list of addresses and names."""
    return {
        "about": {"iri": str(thing.iri), "label": thing.title},
        "total": len(rows.rows),
        "rows": [_object(row) for row in rows.dicts()],
        "version": view.version,
    }


def _object(row: Solution) -> dict[str, object]:
    told: dict[str, object] = {
        "item": text(row, "item"),
        "number": item_number(text(row, "item")),
        "quote": text(row, "quote"),
        "report": {"iri": text(row, "report"), "label": text(row, "reportLabel")},
        "start": int(text(row, "start")),
        "end": int(text(row, "end")),
        "quarter": text(row, "quarter") or None,
        "page": int(text(row, "page")) if row["page"] is not None else None,
        "heading": text(row, "heading") or None,
        "commitment": {
            "iri": text(row, "commitment"),
            "number": text(row, "commitmentNumber"),
            "label": text(row, "commitmentLabel"),
        },
        "area": {"iri": text(row, "area"), "label": text(row, "areaLabel")} if row["area"] is not None else None,
    }
    for name in NAMED:
        pairs = zip(text(row, name).split(BETWEEN), text(row, f"{name}Label").split(BETWEEN), strict=True)
        told[name] = [{"iri": address, "label": label} for address, label in pairs if address]
    return told
