"""Figure checks: the numbers that were calculated again, the sentence, the calculation, and why the verdict holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import url_for
from rdflib import URIRef

from graph.model import FAULTS
from graph.namespaces import key_of
from webapp.addresses import kind_of, page_of, span_of
from webapp.presenters.areas import choices, districts, words
from webapp.presenters.facets import Described, Facet, ShownFacet, Value, matching, shown
from webapp.presenters.listing import Chip, chips, selection
from webapp.presenters.reader import Marked, Node, nest
from webapp.presenters.things import Link
from webapp.store import View
from webapp.terms import Solution, iri, number, solutions, text

SIGNS = {"agrees": "✓", "disagrees": "✗", "impossible": "✗", "possible": "○", "no-base": "○"}
"""A sign beside each verdict's words, so that colour alone tells nothing; the others ask a question."""

_FACETS = (("verdict", "Verdict"), ("kind", "What is checked"), ("commitment", "Commitment"), ("quarter", "Quarter"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict as a badge shows it."""

    key: str
    label: str
    meaning: str

    @property
    def sign(self) -> str:
        """The sign before its words."""
        return SIGNS.get(self.key, "?")

    @property
    def tone(self) -> str:
        """How loud it is: "good", "bad", "warn" for what asks for a look, or "note"."""
        if self.key == "agrees":
            return "good"
        if self.key in {"disagrees", "impossible"}:
            return "bad"
        return "warn" if self.key in FAULTS else "note"


@dataclass(slots=True)
class Check:
    """One check with its sentence, and the figures that it rests on."""

    iri: URIRef
    item: URIRef
    number: int
    report: str
    verdict: Verdict
    kind: str
    rule: str
    """What is calculated in a check of this kind: with the figures, why the verdict holds."""
    arithmetic: str
    cause: str
    quote: str
    begins: int
    """Where the quote begins in the stored text."""
    commitment: Link | None
    place: int = 0
    """Its place among all checks, newest report first."""
    spans: list[tuple[int, int]] = field(default_factory=list)
    figures: list[Link] = field(default_factory=list)
    stated: URIRef | None = None
    """The figure that the verdict is about; the others are what it was calculated from."""
    described: Described = field(default_factory=Described)

    @property
    def key(self) -> str:
        """The last part of its address, for anchors."""
        return f"{_item_key(self.item)}-{key_of(self.iri)}"

    @property
    def href(self) -> str:
        """The sentence in its report."""
        return page_of(self.item) or ""

    @property
    def audit(self) -> str:
        """Where the page of checks shows it, whatever page of the list it stands on."""
        return url_for("audit.index", item=_item_key(self.item), _anchor=self.key)

    @property
    def is_fault(self) -> bool:
        """Whether it asks for somebody's attention."""
        return self.verdict.key in FAULTS

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The words of the item with the figures of the check marked."""
        marked = [Marked(start - self.begins, end - self.begins, "cited") for start, end in self.spans]
        return nest(self.quote, 0, len(self.quote), marked)


def _item_key(item: URIRef) -> str:
    return "-".join(str(item).split("/report/")[-1].split("/item/"))


def checks(view: View) -> dict[str, Check]:
    """Return all checks by key, newest report first and in its order."""
    return view.recall("figure-checks", lambda: _read(view))


def faults_of_items(view: View) -> dict[URIRef, list[Check]]:
    """Return the checks that ask for attention, by the item that states the figure."""
    found: dict[URIRef, list[Check]] = {}
    for check in checks(view).values():
        if check.is_fault:
            found.setdefault(check.item, []).append(check)
    return found


def checks_of_figures(view: View) -> dict[URIRef, list[Check]]:
    """Return the checks of each figure that was calculated again from others."""
    found: dict[URIRef, list[Check]] = {}
    for check in checks(view).values():
        if check.stated:
            found.setdefault(check.stated, []).append(check)
    return found


def _read(view: View) -> dict[str, Check]:
    found: dict[str, Check] = {}
    for row in solutions(view.page("figure-checks")):
        check = found.setdefault(text(row, "check"), _check(row))
        check.place = check.place or len(found)
        start, end, passage = number(row, "start"), number(row, "end"), text(row, "inPassage")
        check.figures.append(Link(text(row, "words"), span_of(passage, start, end), "figure"))
        if passage == str(check.item):
            check.spans.append((start, end))
    by_item: dict[URIRef, list[Check]] = {}
    for check in found.values():
        by_item.setdefault(check.item, []).append(check)
    for row in solutions(view.page("item-areas")):
        area = URIRef(text(row, "area"))
        for check in by_item.get(URIRef(text(row, "item")), ()):
            check.described.say_whole("district" if kind_of(area) == "district" else "lpa", key_of(area))
    return {check.key: check for check in found.values()}


def _check(row: Solution) -> Check:
    commitment = text(row, "commitment")
    promise = f"{text(row, 'notation')} {text(row, 'promise')}"
    made = Check(
        iri=URIRef(text(row, "check")),
        item=URIRef(text(row, "item")),
        number=number(row, "number"),
        report=text(row, "reportLabel"),
        verdict=Verdict(key_of(text(row, "verdict")), text(row, "verdictLabel"), text(row, "meaning")),
        kind=text(row, "kindLabel"),
        rule=text(row, "rule"),
        arithmetic=text(row, "arithmetic"),
        # A cause is a key and a question: "wrong-base: was it divided by the later value?"
        cause=text(row, "cause").partition(": ")[2] or text(row, "cause"),
        quote=text(row, "quote"),
        stated=iri(row, "stated"),
        begins=number(row, "from"),
        commitment=Link(promise, page_of(commitment), "commitment") if commitment else None,
    )
    for facet, label in (("verdict", "verdictLabel"), ("kind", "kindLabel"), ("quarter", "quarterLabel")):
        made.described.say_whole(facet, key_of(text(row, facet)))
        made.described.say_whole(f"{facet} label", text(row, label))
    if commitment:
        made.described.say_whole("commitment", key_of(commitment))
        made.described.say_whole("commitment label", promise)
    made.described.say_whole("item", _item_key(made.item))
    return made


@dataclass(frozen=True, slots=True)
class Found:
    """The checks that meet the request's filters, and the filters as the page shows them."""

    rows: tuple[Check, ...]
    facets: tuple[ShownFacet, ...]
    chips: tuple[Chip, ...]
    total: int
    faults: int


def found(view: View) -> Found:
    """Return the checks that the request asks for."""
    known = checks(view)
    facets = _facets(list(known.values()))
    facets.append(Facet("lpa", words(view)[0], choices(view)))
    in_districts = tuple(Value(key_of(area.iri), area.label) for area in districts(view))
    facets.append(Facet("district", "District", in_districts, "select"))
    described = {key: check.described for key, check in known.items()}
    chosen = selection(facets)
    whole = [facet.name for facet in facets]
    rows = tuple(known[key] for key in matching(described, chosen, whole))
    return Found(
        rows=rows,
        facets=tuple(shown(facets, described, chosen, whole)),
        chips=tuple(chips(facets, chosen)),
        total=len(known),
        faults=sum(check.is_fault for check in rows),
    )


def filters(view: View) -> dict[str, list[str]]:
    """Return the request's filters as values of the question ``figure-checks``, which asks for the same checks."""
    known = checks(view).values()
    items = {key: str(check.item) for check in known for key in check.described.values("item")}
    chosen = {name: list(values) for name, values in selection(_facets(list(known))).items() if values}
    if "item" in chosen:
        chosen["item"] = [items.get(key, key) for key in chosen["item"]]
    return chosen


def _facets(known: Sequence[Check]) -> list[Facet]:
    """Return the filters with the values that any check has, in the order of their labels."""
    found = []
    for name, title in _FACETS:
        labels = {
            key: label
            for check in known
            for key in check.described.values(name)
            for label in check.described.values(f"{name} label")
        }
        values = tuple(Value(key, label) for key, label in sorted(labels.items(), key=lambda pair: pair[1]) if key)
        found.append(Facet(name, title, values, "folded" if name == "commitment" else "open"))
    items = {key: check for check in known for key in check.described.values("item")}
    found.append(
        Facet("item", "Item", tuple(Value(k, f"{c.report}, item {c.number}") for k, c in items.items()), "hidden")
    )
    return found
