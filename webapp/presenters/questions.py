"""Questions of the catalogue: the form to ask one, and its answer as a table, a file and a sentence count."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib import Literal, URIRef
from rdflib.term import Node

from graph import queries
from graph.heads import head
from graph.namespaces import key_of, slug
from graph.queries import KINDS, Param, Query
from graph.stores import Table
from webapp.addresses import item_number, kind_of, page_of
from webapp.presenters import areas
from webapp.presenters.themes import themes
from webapp.presenters.things import KIND_WORDS, Index, index
from webapp.store import View
from webapp.terms import is_number

_HOW = {
    "explicit": "said outright",
    "heading": "by heading only",
    "narrower": "narrower theme",
}
_OF_AREAS = frozenset({"lpa", "area"})
"""Columns whose head says that they hold areas, so that "West" will do."""
_FEW = 25
"""Choices that a person takes in at a glance; more are divided into those that reports name and the rest."""
_MANY = 300
"""Choices beyond which a form offers those alone that reports name; an address may give any."""
_NAMEABLE = ("operation", "partner", "unit", "programme", "theme", "district", "place")
"""Kinds of the things that reports name, in the order in which a form offers them."""
_LONG = 34
"""Characters that fit on two lines of a narrow column, about."""
_NAMED, _UNNAMED = "Named in reports", "Not named so far"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a parameter can be given."""

    key: str
    label: str
    depth: int = 0
    group: str = ""
    """The heading it stands under in a long list."""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as the form asks for it."""

    name: str
    label: str
    hint: str
    form: str
    """"select", "yes-no" or "text"."""
    value: str
    choices: tuple[Choice, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of an answer: words, and the page that they lead to."""

    text: str
    href: str | None = None
    form: str = "text"
    """"text", "thing", "item", "quote" or "number"."""
    kind: str = ""

    @property
    def is_long(self) -> bool:
        """Whether its words need room, and are cut after two lines where they lead to a page that has them whole."""
        return len(self.text) > _LONG


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer as the page shows it."""

    name: str
    title: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as the page shows it."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Shown, ...], ...]

    def only(self, names: Sequence[str], rows: int) -> Answer:
        """Return the first ``rows`` rows with the columns called ``names``."""
        places = [place for place, column in enumerate(self.columns) if column.name in names]
        return Answer(
            tuple(self.columns[p] for p in places), tuple(tuple(row[p] for p in places) for row in self.rows[:rows])
        )


def fields(view: View, query: Query, given: Mapping[str, Sequence[str]]) -> list[Field]:
    """Return the form of ``query``, filled with what was given or else its defaults.

    A field shows the first of several values; that the others are asked too stands in ``reading``.
    """
    return [_field(view, param, (given.get(param.name) or [param.default or ""])[0]) for param in query.params]


def _field(view: View, param: Param, value: str) -> Field:
    label = title(param.name)
    hint = param.description[:1].upper() + param.description[1:]
    if param.type == "boolean":
        yes_no = (Choice("true", "Yes"), Choice("false", "No"))
        return Field(param.name, label, hint, "select", value.lower(), yes_no, param.default is None)
    if param.type in KINDS and (known := choices(view, param.type)):
        return Field(param.name, label, hint, "select", value, known, param.default is None)
    return Field(param.name, label, hint, "text", value, (), param.default is None)


def choices(view: View, type_: str) -> tuple[Choice, ...]:
    """Return the values that a parameter of type ``type_`` can be given, as the graph names them."""
    known = index(view)
    if type_ == "theme":
        return tuple(Choice(v.key, v.label, v.depth) for v in themes(view).top_down())
    if type_ == "item":
        return view.recall("items to choose", lambda: _items(view))
    named = view.recall("named", lambda: {row[0] for row in view.page("mentioned").rows})
    if type_ == "thing":
        things = [t for kind in _NAMEABLE for t in known.of_kind(kind) if t.iri in named]
        return tuple(Choice(f"{t.kind}/{t.key}", t.title, group=KIND_WORDS[t.kind]) for t in things)
    found = [(thing.iri, Choice(thing.key, thing.title)) for thing in known.of_kind(KINDS[type_][0])]
    if len(found) <= _FEW:
        return tuple(choice for _, choice in found)
    if len(found) > _MANY:
        return tuple(choice for iri, choice in found if iri in named)
    grouped = [replace(choice, group=_NAMED if iri in named else _UNNAMED) for iri, choice in found]
    return tuple(sorted(grouped, key=lambda choice: choice.group))


def _items(view: View) -> tuple[Choice, ...]:
    """Return every item of every report, reports by name and items in the order of reading."""
    found = []
    for iri, (name, *_) in queries.names_of(view, "item").items():
        report, _, number = name.rpartition(", ")
        found.append((report, item_number(iri), Choice("/".join(str(iri).split("/")[-3:]), number, group=report)))
    return tuple(choice for _, _, choice in sorted(found, key=lambda one: one[:2]))


def reading(shown: Sequence[Field], given: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return what is asked, in words: each parameter that has a value, and the names of its values."""
    return [
        (field.label, " or ".join(_choice(field, value) for value in given.get(field.name) or [field.value]))
        for field in shown
        if field.value
    ]


def _choice(field: Field, value: str) -> str:
    return next((choice.label for choice in field.choices if choice.key == value), value)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions about one thing, under its heading."""

    heading: str
    questions: tuple[Query, ...]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return slug(self.heading)


_HEADINGS = (
    ("Operations", {"operations"}),
    ("Partners", {"partners"}),
    ("Commitments", {"commitments"}),
    ("Themes, places and teams", {"themes", "places", "units", "programmes"}),
    ("Figures", {"figures"}),
    ("Evidence and where it comes from", {"evidence", "origin", "names", "data"}),
)
"""Headings of the list of questions, and the tags that stand under each: the first that is not "catalogue" decides."""


def asked_by(query: Query) -> set[str]:
    """Return the roles whose competency questions ``query`` answers."""
    return {asked.role for asked in query.competency}


def grouped(known: Iterable[Query]) -> list[Group]:
    """Return the questions under their headings, in order of name; those of no heading last."""
    subjects = {query: next((tag for tag in query.tags if tag != "catalogue"), "") for query in known}
    groups = [
        Group(heading, tuple(query for query, subject in subjects.items() if subject in tags))
        for heading, tags in _HEADINGS
    ]
    placed = set().union(*(tags for _, tags in _HEADINGS))
    groups.append(Group("Others", tuple(query for query, subject in subjects.items() if subject not in placed)))
    return [group for group in groups if group.questions]


def title(name: str) -> str:
    """Return the name of a parameter in words: "partner_type" gives "Partner type"."""
    return KIND_WORDS.get(name) or head(name.replace("-", "_"))


def columns_of(
    view: View, names: Iterable[str], numeric: Container[str], query: Query | None = None
) -> tuple[Column, ...]:
    """Return the columns called ``names`` in words; areas by the word that the forces in the graph have for theirs."""
    called = {"lpa": areas.words(view)[0]}
    return tuple(Column(name, called.get(name) or head(name, query), name in numeric) for name in names)


def answer(view: View, table: Table, query: Query | None = None) -> Answer:
    """Return the answer ``table`` of ``query`` as a page shows it: labels stand in for their addresses."""
    places = {name: place for place, name in enumerate(table.columns)}
    shown = [name for name in table.columns if not (name.endswith("Label") and name[: -len("Label")] in places)]
    numeric = {name for name in shown if any(is_number(row[places[name]]) for row in table.rows)}
    known, called = index(view), {value.key: value.label for value in areas.choices(view)}
    rows = tuple(
        tuple(_shown(known, called, name, row[places[name]], _label(row, places, name)) for name in shown)
        for row in table.rows
    )
    return Answer(columns_of(view, shown, numeric, query), rows)


def _label(row: tuple[Node | None, ...], places: Mapping[str, int], name: str) -> str:
    place = places.get(f"{name}Label")
    term = row[place] if place is not None else None
    return "" if term is None else str(term)


def _shown(known: Index, called: Mapping[str, str], name: str, term: Node | None, label: str) -> Shown:
    if term is None:
        return Shown("")
    if isinstance(term, URIRef):
        kind = kind_of(term)
        if kind == "item":
            return Shown(label or f"item {item_number(term)}", page_of(term), "item")
        words = label or known.label(term)
        if name in _OF_AREAS:
            words = called.get(key_of(term), words)
        return Shown(words, page_of(term), "thing", kind)
    if is_number(term):
        return Shown(number_words(term), None, "number")
    if name == "quote":
        return Shown(str(term), None, "quote")
    value = term.toPython() if isinstance(term, Literal) else str(term)
    if isinstance(value, bool):
        return Shown("yes" if value else "no")
    return Shown(_HOW.get(str(term), str(term)) if name == "how" else str(term))


def number_words(term: Node) -> str:
    """Return a number as people read it: thousands apart, and no zeros at the end."""
    words = str(term)
    whole, point, part = words.partition(".")
    part = part.rstrip("0")
    return f"{int(whole):,}{point + part if part else ''}" if whole.lstrip("+-").isdigit() else words
