"""Evidence items as a page lists them: the words, where they stand, and what they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import URIRef

from graph.namespaces import GT, mint
from webapp.addresses import AREA_KINDS, kind_of, page_of
from webapp.presenters.areas import FORCE_WIDE
from webapp.presenters.checks import Check, faults_of_items
from webapp.presenters.listing import Listing, Order, listing
from webapp.presenters.things import Link
from webapp.store import View
from webapp.terms import iri, number, solutions, text

_GROUPS = (
    (GT.namesOperation, "operation", "Operations"),
    (GT.involvesPartner, "partner", "Works with"),
    (GT.namesBody, "partner", "Also named"),
    (GT.aboutTheme, "theme", "Themes"),
    (GT.locatedIn, "area", "Districts"),
    (GT.namesPlace, "area", "Places"),
    (GT.namesUnit, "unit", "Police units"),
    (GT.namesProgramme, "unit", "Schemes"),
    (GT.underTheme, "theme", "Themes by heading only"),
)

PAGE = 20
"""Items on a page: with what each names they are the longest part of it."""


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one relation that an item names; ``mark`` is the kind of sign they carry."""

    mark: str
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """An evidence item: its words, its place, and what it names."""

    iri: URIRef
    number: int
    quote: str
    href: str
    report: Link
    quarter: str
    page: int
    area: Link | None
    commitment: Link
    commitment_number: str
    heading: str
    groups: tuple[Group, ...]
    faults: tuple[Check, ...]
    """What of its figures does not add up, is incomplete or doubtful."""


def evidence(view: View, **filters: str) -> list[Evidence]:
    """Return the items that meet ``filters`` (the parameters of ``items.rq``), newest report first."""
    named = named_by_items(view, **filters)
    faults = faults_of_items(view)
    found = []
    for row in solutions(view.page("items", **filters)):
        item = URIRef(text(row, "item"))
        area = iri(row, "area")
        commitment = URIRef(text(row, "commitment"))
        report = URIRef(text(row, "report"))
        found.append(
            Evidence(
                iri=item,
                number=number(row, "number"),
                quote=text(row, "quote"),
                href=page_of(item) or "",
                report=Link(text(row, "reportTitle"), page_of(report), "report"),
                quarter=text(row, "quarterLabel"),
                page=number(row, "page"),
                area=Link(area_name(area, text(row, "areaLabel")), page_of(area), kind_of(area)) if area else None,
                commitment=Link(text(row, "commitmentLabel"), page_of(commitment), "commitment"),
                commitment_number=text(row, "commitmentNotation"),
                heading=text(row, "heading"),
                groups=named.get(item, ()),
                faults=tuple(faults.get(item, ())),
            )
        )
    return found


def in_pages(found: Sequence[Evidence]) -> Listing[Evidence]:
    """Return the page of ``found`` that the request asks for, in their own order."""
    return listing(found, (Order("report", "Report", lambda _: 0),), PAGE)


def within(found: Sequence[Evidence], *, commitment: str = "", lpa: str = "") -> list[Evidence]:
    """Return those of ``found`` that are told under the commitment and of the area with these keys; "" is any."""
    commitments = {page_of(mint("commitment", commitment))} if commitment else set()
    areas = {page_of(mint(kind, lpa)) for kind in AREA_KINDS} if lpa else set()
    return [
        e
        for e in found
        if (not commitments or e.commitment.href in commitments) and (not areas or (e.area and e.area.href in areas))
    ]


def linked(found: Sequence[Evidence], title: str) -> list[tuple[Link, int]]:
    """Return what ``found`` name in the group called ``title``, with in how many items, the most frequent first."""
    counts = Counter(link for e in found for group in e.groups if group.title == title for link in group.links)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].label.casefold()))


def by_area(found: Sequence[Evidence]) -> list[tuple[Link, int]]:
    """Return the areas that ``found`` are told of, with how many items each, the most first."""
    counts = Counter(e.area for e in found if e.area)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].label))


def area_name(area: URIRef, label: str) -> str:
    """Return how an item's area is called: what is said of the force as a whole is "force-wide"."""
    return FORCE_WIDE if kind_of(area) == "force" else label


def named_by_items(view: View, **filters: str) -> dict[URIRef, tuple[Group, ...]]:
    """Return what each item names, grouped by relation in the order that pages show."""
    links: dict[URIRef, dict[URIRef, list[Link]]] = {}
    for row in solutions(view.page("item-links", **filters)):
        item, relation, thing = (URIRef(text(row, column)) for column in ("item", "link", "thing"))
        note = text(row, "typeLabel") if kind_of(thing) == "partner" else ""
        link = Link(text(row, "thingLabel"), page_of(thing), kind_of(thing), note)
        known = links.setdefault(item, {}).setdefault(relation, [])
        if link not in known:
            known.append(link)
    return {
        item: tuple(
            Group(mark, title, tuple(by_relation[relation]))
            for relation, mark, title in _GROUPS
            if relation in by_relation
        )
        for item, by_relation in links.items()
    }
