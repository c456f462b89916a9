"""A collection as a page shows it: the rows that meet the filters, what every next click would leave, and its views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from flask import request, url_for
from rdflib import URIRef
from werkzeug.utils import cached_property

from graph import queries
from webapp.addresses import AREA_KINDS
from webapp.presenters import programs
from webapp.presenters.areas import Area, choices, districts, local_areas, words
from webapp.presenters.choosing import VIEWS, State, state
from webapp.presenters.collections import Collection, ColumnOf, FacetOf
from webapp.presenters.commitments import Cell, plan
from webapp.presenters.editor import opened
from webapp.presenters.facets import Facet, Said, ShownFacet, Value, chosen_of, matching, shown
from webapp.presenters.facts import Entry, Facts, facts
from webapp.presenters.listing import PAGE_SIZE, Chip, Listing, Order, listing
from webapp.presenters.themes import themes
from webapp.presenters.things import Link, index
from webapp.store import View

_TITLES = {"table": "Table", "map": "Map", "trend": "Trend", "network": "Network"}
NUMBERS = frozenset({"count", "number", "value", "bar"})
"""Forms of columns of numbers."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A view of the same rows."""

    title: str
    href: str
    current: bool


def facets_of(view: View, collection: Collection) -> list[Facet]:
    """Return the facets of ``collection`` with all their values, whether or not a row has them."""
    return view.recall(("facets", collection.name), lambda: [_facet(view, collection, f) for f in collection.facets])


def _facet(view: View, collection: Collection, facet: FacetOf) -> Facet:
    form = "open" if facet.unfolded else "folded"
    title = words(view)[0] if facet.kind == "lpa" else facet.title
    return Facet(facet.name, title, _values(view, collection, facet), form)


def _values(view: View, collection: Collection, facet: FacetOf) -> tuple[Value, ...]:
    if facet.words:
        return tuple(Value(*word) for word in facet.words)
    if facet.kind == "theme":
        return tuple(themes(view).top_down())
    if facet.kind == "lpa":
        return choices(view)
    if facet.kind == "district":
        return tuple(Value(area.iri.rpartition("/")[2], area.label) for area in districts(view))
    met = facts(view, collection).values.get(facet.name, {})
    if not facet.kind:
        return tuple(sorted((Value(key, link.label) for key, link in met.items()), key=lambda value: value.label))
    every = index(view).of_kind(facet.kind)
    return tuple(Value(thing.key, thing.title) for thing in every if not facet.in_use or thing.key in met)


def asked(view: View, collection: Collection, also: Iterable[str] = ()) -> State:
    """Return what the request chooses in ``collection``; ``also`` are parameters that it may have beside.

    Raises: BadParameter naming the parameter.
    """
    allowed = {f.name: [t.key for t in index(view).of_kind(f.kind)] for f in collection.facets if f.in_use}
    columns = (column.name for column in collection.columns if column.form != "areas")
    orders = [collection.by_itself, *(sign + name for name in columns for sign in ("", "-"))]
    return state(request.args, facets_of(view, collection), allowed, orders, frozenset(also))


class Explored:
    """The rows of a collection that meet what is chosen, and everything that their page says."""

    def __init__(self, view: View, collection: Collection, chosen: State) -> None:
        self._view = view
        self.collection = collection
        self.state = chosen
        self.facts: Facts = facts(view, collection)
        self._whole = collection.whole
        spoken = chosen.q.casefold()
        self._searched = {
            key: entry.described
            for key, entry in self.facts.entries.items()
            if not spoken or any(spoken in name for name in entry.spoken)
        }
        """What the words leave: filters and their counts are about these."""

    @cached_property
    def rows(self) -> list[Entry]:
        """The rows that meet what is chosen, in the order of the collection."""
        return [self.facts.entries[key] for key in matching(self._searched, self.state.chosen, self._whole)]

    def met(self, entry: Entry) -> list[Said]:
        """Return what is said of a row where all that is chosen is met: what holds as a whole, then item by item."""
        return entry.described.left(chosen_of(self.state.chosen, self._whole))

    @property
    def total(self) -> int:
        """How many rows there are without filters."""
        return len(self.facts.entries)

    @cached_property
    def facets(self) -> list[ShownFacet]:
        """The filters, each value with the number of rows that a click on it leaves."""
        make = partial(shown, facets_of(self._view, self.collection), self._searched, self.state.chosen, self._whole)
        if self.state.q or any(self.state.chosen.values()):
            return make()
        return self._view.recall(("unfiltered", self.collection.name), make)

    @cached_property
    def chips(self) -> list[Chip]:
        """The choices, each with the address of the page without it."""
        path, found = self.path, []
        for facet in facets_of(self._view, self.collection):
            labels = {value.key: value.label for value in facet.values}
            for value in self.state.chosen[facet.name]:
                href = self.state.without(facet.name, value).address(path)
                found.append(Chip(facet.title, labels.get(value) or self.thing(facet.name, value).label, href))
        if self.state.q:
            without = replace(self.state, q="", page=1).address(path)
            found.append(Chip("Words", f"\u201c{self.state.q}\u201d", without))
        return found

    def thing(self, facet: str, key: str) -> Link:
        """Return a link to what a value of a facet is, whether or not a row has it."""
        if met := self.facts.values.get(facet, {}).get(key):
            return met
        known = self.collection.facet(facet)
        kinds = AREA_KINDS if known and known.kind == "lpa" else (known.kind,) if known else ()
        found = (thing for thing in index(self._view).of_kind(*kinds) if thing.key == key)
        return next((replace(thing.link(), iri=str(thing.iri)) for thing in found), Link(key, None))

    @property
    def path(self) -> str:
        """The address of the collection."""
        return url_for(f"{self.collection.endpoint}.index")

    @cached_property
    def listing(self) -> Listing[Entry]:
        """One page of the rows, sorted."""
        orders = [self._order(column) for column in self.collection.columns if column.form != "areas"]
        return listing(self.rows, orders, by_itself=self.collection.by_itself)

    def _order(self, column: ColumnOf) -> Order:
        if column.form == "thing":
            return Order(column.name, column.title, lambda entry: entry.place)
        if column.form in NUMBERS:
            return Order(column.name, column.title, partial(self.number, column), numeric=True)
        return Order(
            column.name, column.title, lambda entry: [one.label.casefold() for one in self.facts.links(entry, column)]
        )

    def number(self, column: ColumnOf, entry: Entry) -> int:
        """Return what a column of numbers shows."""
        if not column.facets:
            return entry.items
        return sum(len(entry.keys(facet, column.where)) for facet in column.facets)

    def note(self, entry: Entry) -> str:
        """Return what stands beside the name of a row, "" for most."""
        if self.collection.noted is None:
            return ""
        facet, value, note = self.collection.noted
        return "" if value in entry.keys(facet) else note

    @property
    def settled(self) -> State:
        """What is shown: as chosen, but for a page behind the last, which is the last."""
        last = max(1, -(-len(self.rows) // PAGE_SIZE)) if self.state.view == VIEWS[0] else 1
        return replace(self.state, page=min(self.state.page, last))

    @cached_property
    def areas(self) -> list[Area]:
        """The areas that evidence is told by: columns of a table that shows it by area."""
        return local_areas(self._view)

    def cells(self, entry: Entry) -> list[Cell | None]:
        """Return the evidence for a commitment in each of ``areas``; None where the area is not of its force."""
        known = {cell.area.iri: cell for cell in self._commitments.get(entry.iri, ())}
        return [known.get(area.iri) for area in self.areas]

    @cached_property
    def _commitments(self) -> dict[URIRef, tuple[Cell, ...]]:
        return {one.iri: one.cells for priority in plan(self._view) for one in priority.commitments}

    @property
    def tabs(self) -> list[Tab]:
        """The views of these rows."""
        return [
            Tab(_TITLES[name], self.state.seen_as(name).address(self.path), name == self.state.view) for name in VIEWS
        ]

    def narrowed(self, facet: str, value: str) -> str:
        """Return the address of the rows that a count is about: those with this value of a facet and no other."""
        return self.state.only(facet, value).address(self.path)

    def given(self) -> Mapping[str, Sequence[str]]:
        """Return what is chosen as parameters of the collection's query: things by their addresses."""
        found = {
            name.replace("-", "_"): [self._term(name, value) for value in values]
            for name, values in self.state.chosen.items()
            if values
        }
        return {**found, **({"q": [self.state.q]} if self.state.q else {})}

    def _term(self, facet: str, key: str) -> str:
        return self.facts.terms.get((facet, key)) or self.thing(facet, key).iri or key

    @cached_property
    def sparql(self) -> str:
        """The query whose answer are these rows, with what is chosen in its data blocks."""
        query = queries.page(self.collection.rows_query)
        return opened(query, queries.bind(self._view, query, self.given()))

    @property
    def editor(self) -> str:
        """The address of the editor with this query."""
        return url_for("sparql.ask", query=self.sparql)

    def file(self, suffix: str, *, external: bool = False) -> str:
        """Return the address of these rows as a file."""
        path = url_for(f"{self.collection.endpoint}.file", suffix=suffix, _external=external)
        return self.state.filters().address(path)

    @property
    def programs(self) -> list[programs.Program]:
        """How programs get these rows."""
        return programs.programs(
            self.collection.name, self.file("csv", external=True), self.file("json", external=True)
        )
