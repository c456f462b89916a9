"""Partners: the list with its filters, and one with where it works and what it is called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from rdflib import URIRef

from graph.namespaces import GT, key_of
from webapp.addresses import item_number, kind_of, page_of, span_of
from webapp.presenters.areas import FORCE_WIDE, Area, areas, local_areas
from webapp.presenters.listed import Listed, first_of
from webapp.presenters.things import Link, index
from webapp.store import View
from webapp.terms import Solution, flag, iri, number, solutions, text

SHADES: Final = 6


@dataclass(slots=True, kw_only=True)
class Partner(Listed):
    """A body with everything that evidence links it to."""

    types: tuple[Link, ...]
    generic: bool
    district: Link | None
    acting: set[str] = field(default_factory=set)
    """Those of its items in which it works with the police; in the others it is only named."""
    links: dict[URIRef, dict[Link, set[str]]] = field(default_factory=dict)
    """Relation to what an item is linked to, with the items in which the body acts."""

    @property
    def type_words(self) -> str:
        """Its types in words."""
        return ", ".join(link.label for link in self.types)

    def of(self, relation: str) -> list[Link]:
        """Return what it is linked to through evidence by ``relation``, the name of a term of ours ("inArea")."""
        return list(self.links.get(GT[relation], {}))

    def items_with(self, relation: str, link: Link) -> int:
        """Return in how many items the body acts together with what ``link`` names."""
        return len(self.links.get(GT[relation], {}).get(link, ()))

    @property
    def told(self) -> str:
        """What reports say of it, in words: in how many evidence items it works with the police or is only named."""
        acting, named = len(self.acting), len(self.items - self.acting)
        if not acting:
            if not named:
                return "No report names it."
            shows = "which does not show" if named == 1 else "none of which shows"
            return f"Named in {_items(named)}, {shows} it working with the police."
        works = f"Works with the police in {_items(acting)}."
        if not named:
            return works
        return f"{works} Another {'item only names' if named == 1 else f'{named} items only name'} it."

    @property
    def first_item(self) -> str:
        """The page of the first sentence in which it acts, or else is named."""
        return first_of(self.acting or self.items)


def _items(number: int) -> str:
    return f"{number} evidence {'item' if number == 1 else 'items'}"


def partners(view: View) -> dict[str, Partner]:
    """Return all bodies by key, in order of name, those in no report included."""
    return view.recall("partners", lambda: _read(view))


def seen(view: View) -> dict[str, Partner]:
    """Return the bodies that stand in a report."""
    return {key: partner for key, partner in partners(view).items() if partner.items}


def _read(view: View) -> dict[str, Partner]:
    found: dict[str, Partner] = {}
    for row in solutions(view.page("partners")):
        here, district, type_ = text(row, "partner"), iri(row, "district"), iri(row, "type")
        types = (Link(text(row, "typeLabel"), page_of(type_), "partner-type"),) if type_ else ()
        if here in found:
            found[here].types += tuple(t for t in types if t not in found[here].types)
        else:
            found[here] = Partner(
                iri=URIRef(here),
                label=text(row, "partnerLabel"),
                unreviewed=flag(row, "unreviewed"),
                types=types,
                generic=flag(row, "generic"),
                district=Link(text(row, "districtLabel"), page_of(district), "district") if district else None,
            )
    for row in solutions(view.page("partner-links")):
        if partner := found.get(text(row, "partner")):
            _link(view, partner, row)
    return {partner.key: partner for partner in found.values()}


def _link(view: View, partner: Partner, row: Solution) -> None:
    item, relation, value = text(row, "item"), URIRef(text(row, "link")), URIRef(text(row, "value"))
    partner.items.add(item)
    if not flag(row, "acts"):
        return
    partner.acting.add(item)
    link = Link(_name(text(row, "valueLabel"), text(row, "notation"), value), page_of(value), kind_of(value))
    known = partner.links.setdefault(relation, {})
    if relation == GT.inArea and link not in known:
        area = areas(view).get(value)
        partner.areas.append(Link(area.short if area else link.label, link.href, link.kind))
    known.setdefault(link, set()).add(item)


def _name(label: str, notation: str, value: URIRef) -> str:
    if kind_of(value) == "force":
        return FORCE_WIDE
    return f"{notation} {label}" if kind_of(value) == "commitment" and notation else label


@dataclass(frozen=True, slots=True)
class Spelling:
    """The words by which reports name a thing, how often, and where each stands."""

    words: str
    places: tuple[Link, ...]
    basis: str


_BASIS = {
    "label": "its name",
    "alias": "another name",
    "cue": "words that mean it",
    "form": "found by its form, not yet reviewed",
    "context": "short for it here",
}


def spellings(view: View, **thing: str) -> list[Spelling]:
    """Return the words that name the operation or partner given, most frequent first."""
    places: dict[str, dict[Link, None]] = {}
    bases: dict[str, Counter[str]] = {}
    for row in solutions(view.page("spellings", **thing)):
        words, passage = text(row, "words"), text(row, "passage")
        at = span_of(passage, number(row, "start"), number(row, "end"))
        item = item_number(passage)
        where = f"item {item}" if item else f"commitment {key_of(passage)}"
        note = index(view).label(URIRef(text(row, "report")))
        places.setdefault(words, {})[Link(where, at, "item", note)] = None
        bases.setdefault(words, Counter())[key_of(text(row, "basis"))] += 1
    return [
        Spelling(words, tuple(places[words]), _BASIS.get(bases[words].most_common(1)[0][0], ""))
        for words in sorted(places, key=lambda w: (-len(places[w]), w))
    ]


@dataclass(frozen=True, slots=True)
class InvolvementCell:
    """In how many items a partner acts for a commitment in an area, and where those are shown alone."""

    items: int
    shade: int
    href: str


@dataclass(frozen=True, slots=True)
class InvolvementRow:
    """A commitment with a cell for each area."""

    commitment: Link
    cells: tuple[InvolvementCell, ...]


def involvement(view: View, partner: Partner) -> tuple[list[Area], list[InvolvementRow]]:
    """Return where a partner works: the areas, and a row for each commitment that it works for."""
    in_area = {link.href: items for link, items in partner.links.get(GT.inArea, {}).items()}
    by_commitment = partner.links.get(GT.evidences, {})
    # Areas of other forces would be columns of noughts.
    columns = [area for force in _forces_of(view, partner) for area in local_areas(view, force)]
    counts = {
        link: [len(items & in_area.get(page_of(area.iri), set())) for area in columns]
        for link, items in by_commitment.items()
    }
    most = max((n for row in counts.values() for n in row), default=0)
    rows = [
        InvolvementRow(
            link,
            tuple(
                InvolvementCell(n, max(1, round(SHADES * n / most)) if n else 0, _cell(partner, link, area))
                for n, area in zip(row, columns, strict=True)
            ),
        )
        for link, row in counts.items()
    ]
    return columns, sorted(rows, key=lambda r: _in_plan_order(r.commitment.label))


def _forces_of(view: View, partner: Partner) -> list[URIRef]:
    known = areas(view)
    pages = {link.href for link in partner.of("inArea")}
    here = [area for area in known.values() if page_of(area.iri) in pages]
    found = [area.iri if area.kind == "force" else area.parent for area in here]
    return list(dict.fromkeys(force for force in found if force))


def _cell(partner: Partner, commitment: Link, area: Area) -> str:
    number = (commitment.href or "").rsplit("/", 1)[-1]
    return f"{partner.href}?{urlencode({'commitment': number, 'lpa': key_of(area.iri)})}#evidence"


def _in_plan_order(label: str) -> tuple[int, ...]:
    return tuple(int(n) for n in label.split(" ", 1)[0].split(".") if n.isdigit())
