"""Operations: the list with its filters, and one with its links and why they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from flask import url_for
from rdflib import URIRef

from graph.namespaces import GT, key_of, mint
from webapp.addresses import item_number, kind_of, page_of
from webapp.presenters.areas import FORCE_WIDE, areas
from webapp.presenters.listed import Listed
from webapp.presenters.things import Link, index
from webapp.store import View
from webapp.terms import Solution, flag, solutions, text

LINKS = {
    GT.carriedOutIn: "Carried out in",
    GT.reachesDistrict: "Reaches district",
    GT.tackles: "Tackles",
    GT.tacklesByHeading: "Tackles, by heading only",
    GT.workedWith: "Worked with",
    GT.servesCommitment: "Serves commitment",
}
"""Derived relations in the order that an operation's page shows them."""


@dataclass(slots=True, kw_only=True)
class Operation(Listed):
    """An operation with everything it is linked to."""

    links: dict[URIRef, list[Link]] = field(default_factory=dict)
    said: list[tuple[str, URIRef, URIRef]] = field(default_factory=list)
    """Each link once more, with the item that it rests on: item, relation, to what."""

    def of(self, relation: str) -> list[Link]:
        """Return what it is linked to by ``relation``, the name of a term of ours ("workedWith")."""
        return self.links.get(GT[relation], [])

    def links_to(self) -> list[Link]:
        """Return everything that it is linked to."""
        return [link for links in self.links.values() for link in links]

    @property
    def themes(self) -> list[Link]:
        """Themes said outright, then those by heading only."""
        outright = self.of("tackles")
        known = {link.label for link in outright}
        return outright + [link for link in self.of("tacklesByHeading") if link.label not in known]


def operations(view: View) -> dict[str, Operation]:
    """Return all operations by key, in order of name."""
    return view.recall("operations", lambda: _read(view))


def _read(view: View) -> dict[str, Operation]:
    found = {}
    for row in solutions(view.page("operations")):
        here = URIRef(text(row, "operation"))
        found[here] = Operation(iri=here, label=text(row, "operationLabel"), unreviewed=flag(row, "unreviewed"))
    types: dict[str, list[str]] = {}
    for row in solutions(view.page("partners")):
        if type_ := text(row, "type"):
            types.setdefault(text(row, "partner"), []).append(key_of(type_))
    for row in solutions(view.page("operation-links")):
        if operation := found.get(URIRef(text(row, "operation"))):
            _link(view, operation, row, types)
    return {operation.key: operation for operation in found.values()}


def _link(view: View, operation: Operation, row: Solution, types: Mapping[str, Sequence[str]]) -> None:
    relation, value, item = URIRef(text(row, "link")), URIRef(text(row, "value")), text(row, "item")
    note = ", ".join(index(view).label(mint("partner-type", type_)) for type_ in types.get(str(value), ()))
    link = Link(_name(text(row, "valueLabel"), text(row, "notation"), value), page_of(value), kind_of(value), note)
    known = operation.links.setdefault(relation, [])
    if link not in known:
        known.append(link)
        if relation == GT.carriedOutIn:
            area = areas(view).get(value)
            operation.areas.append(Link(area.short if area else link.label, link.href, link.kind))
    operation.said.append((item, relation, value))
    operation.items.add(item)


def how_known(operation: Operation, theme: URIRef) -> str:
    """Return how it is known that ``operation`` has to do with ``theme``."""
    said = {relation for _, relation, value in operation.said if value == theme}
    if GT.tackles in said:
        return "said outright"
    return "by heading only" if GT.tacklesByHeading in said else "by a narrower theme"


def _name(label: str, notation: str, value: URIRef) -> str:
    if kind_of(value) == "force":
        return FORCE_WIDE
    return f"{notation} {label}" if kind_of(value) == "commitment" and notation else label


@dataclass(frozen=True, slots=True)
class Sentence:
    """An item that a link rests on."""

    link: Link
    quote: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A link of an operation and the sentences that it rests on."""

    to: Link
    because: tuple[Sentence, ...]
    why: str
    """The page that tells rule, premises and sentences."""


@dataclass(frozen=True, slots=True)
class Relation:
    """The links of one kind that an operation has, and the rule that makes them."""

    name: str
    rule: str
    reasons: tuple[Reason, ...]


def relations(view: View, operation: Operation, quotes: Mapping[URIRef, str]) -> list[Relation]:
    """Return the links of one operation in the order of ``LINKS``; ``quotes`` are the words of its items."""
    found: dict[tuple[str, str], dict[Link, list[Sentence]]] = {}
    reasons_of: dict[tuple[str, Link], str] = {}
    for row in solutions(view.page("operation-links", operation=operation.iri)):
        value, item = URIRef(text(row, "value")), URIRef(text(row, "item"))
        link = Link(_name(text(row, "valueLabel"), text(row, "notation"), value), page_of(value), kind_of(value))
        rule = text(row, "ruleDefinition") or key_of(text(row, "rule")).replace("-", " ")
        sentence = Sentence(Link(f"Item {item_number(item)}", page_of(item), "item"), quotes.get(item, ""))
        statement = {"subject": operation.iri, "predicate": text(row, "link"), "object": value}
        reasons_of[text(row, "link"), link] = url_for("why.one", **cast("dict[str, Any]", statement))
        found.setdefault((text(row, "link"), rule), {}).setdefault(link, []).append(sentence)
    order = [str(relation) for relation in LINKS]
    return [
        Relation(
            LINKS[URIRef(relation)],
            rule,
            tuple(Reason(to, tuple(because), reasons_of[relation, to]) for to, because in reasons.items()),
        )
        for (relation, rule), reasons in sorted(found.items(), key=lambda r: order.index(r[0][0]))
    ]
