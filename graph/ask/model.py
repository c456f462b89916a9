"""What the stages of ``ask`` hand to one another: words, what they mean, the form of a question, and its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from rdflib import URIRef
from rdflib.term import Node

from graph.mentions.words import Word

ANSWERED, EMPTY, AMBIGUOUS, UNREAD = "answered", "empty", "ambiguous", "unread"
"""What became of a question: rows, or a number or truth; read, but nothing found; two readings; not read."""

ROWS, NUMBER, BOOLEAN = "rows", "number", "boolean"


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that a question can name."""

    kind: str
    """``operation``, ``partner``, ``partner-type``, ``lpa``, ``district``, ``place``, ``theme``, ..."""
    iri: URIRef
    label: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What words of a question were read as: a cue of the language, or things that they name."""

    role: str
    """``class``, ``ask``, ``not``, ... of ``cues``; ``entity``; ``words`` (looked for as they are); ``filler``."""
    value: str = ""
    entities: tuple[Entity, ...] = ()
    rank: int = 1
    """For things: 1 by their own name, 2 another name, 3 a short name or hint, 4 a weak hint."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some words in a row of a question, and their meaning. ``first`` and ``last`` (exclusive) count words."""

    first: int
    last: int
    meaning: Meaning
    words: str
    read_as: str = ""
    """The word that a typing mistake was taken for, if any."""
    start: int = 0
    end: int = 0
    """Characters of the question, ``end`` exclusive."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A question whose words have been linked."""

    question: str
    words: tuple[Word, ...]
    spans: tuple[Span, ...]
    unknown: tuple[Span, ...]
    """Words that neither name anything nor belong to the language of questions."""

    def having(self, role: str, value: str | None = None) -> list[Span]:
        """Return the spans of ``role`` (and ``value``) in order."""
        return [s for s in self.spans if s.meaning.role == role and (value is None or s.meaning.value == value)]


@dataclass(frozen=True, slots=True)
class Constraint:
    """What rows must meet: linked to one of ``entities``, to anything of ``kind``, or having ``words`` in them."""

    kind: str
    entities: tuple[Entity, ...] = ()
    words: tuple[str, ...] = ()
    negated: bool = False
    mention: bool = False
    """Whether any naming counts, not only a body's taking part."""
    only: bool = False
    """Whether nothing but these may be linked."""
    beside: bool = False
    """Whether what is asked for stands beside these and is none of them: who is in a hub."""
    called: str = ""
    """What names of bodies of a type have in them, where people mean no others of it: "councils"."""
    apart: bool = False
    """Whether another item than that of the other conditions may say so: "partners in both North and West"."""


@dataclass(frozen=True, slots=True)
class Bound:
    """How many there must be of what is counted, or how two numbers must stand to each other."""

    sign: str
    """``>``, ``>=``, ``<``, ``<=``, ``=``."""
    number: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """Figures of one sort: a measure, or the words that say what is counted, with the role they have."""

    measure: URIRef | None
    label: str
    what: str | None
    role: URIRef
    unit: str
    period: str | None
    item_words: tuple[str, ...] = ()
    """Words of the question that stand only in the sentence around the figure."""
    sign: int = 0
    """Of a change: 1 where the words beside it say that it went up, -1 for down."""


@dataclass(frozen=True, slots=True)
class Form:
    """A question as it was understood: what is asked for, of what, and in which order."""

    kind: str
    target: str
    """The sort of thing asked for: ``operation``, ``partner``, ``item``, ``figure``, ..."""
    constraints: tuple[Constraint, ...] = ()
    group: str = ""
    """A second column to tell rows apart by ("by LPA")."""
    loose: bool = False
    """Whether rows without anything in the second column count as well."""
    rank_by: str = ""
    """Count things of this sort for each row ..."""
    descending: bool = True
    """... and begin with the most, or the fewest ..."""
    top: int = 0
    """... this many of them; 0: those that are first, equals with them."""
    quantity: Quantity | None = None
    named: bool = False
    """Whether bodies count that are named and not shown taking part."""
    bound: Bound | None = None
    """How many there must be of ``rank_by`` for each row; without that, of what is asked for."""
    against: tuple[Constraint, ...] = ()
    """Conditions of a second number, that the first is held against by ``bound``."""
    every: bool = False
    """Whether rows say that something is not so of all."""
    catalogue: str = ""
    """The question of the catalogue that answers this one."""
    values: tuple[tuple[str, str], ...] = ()
    """Its parameters."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence behind a row."""

    item: URIRef
    label: str
    quote: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a row: a thing with its label, or a literal."""

    term: Node
    label: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row, by column, and the sentences that say so."""

    cells: dict[str, Cell | None]
    evidence: tuple[Evidence, ...] = ()
    first: int = 0
    """Number, from 0, of the first row of the query's answer that says so."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another question that the words might mean, or one that is near."""

    question: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is said in answer to a question."""

    question: str
    status: str
    reading: str
    """One sentence: what was asked, as it was understood, or what could not be read."""
    linked: Linked
    kind: str = ROWS
    value: int | float | bool | None = None
    unit: str = ""
    sparql: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[AnswerRow, ...] = ()
    readings: tuple[Other, ...] = ()
    suggestions: tuple[Other, ...] = ()
    catalogue: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)
    listing: str = ""
    """The query that has the rows, where it is not ``sparql``: behind a number or a truth, the things counted."""
    quantity: Quantity | None = None
    """What number it is, where it is one that reports state."""


KINDS: Final = {
    "operation": ("operation", "operations"),
    "partner": ("partner", "partners"),
    "partner-type": ("type of partner", "types of partner"),
    "lpa": ("policing area", "policing areas"),
    "district": ("district", "districts"),
    "place": ("place", "places"),
    "theme": ("theme", "themes"),
    "commitment": ("commitment", "commitments"),
    "priority": ("priority", "priorities"),
    "unit": ("police unit", "police units"),
    "programme": ("scheme or programme", "schemes and programmes"),
    "item": ("evidence item", "evidence items"),
    "figure": ("figure", "figures"),
    "report": ("report", "reports"),
    "quarter": ("quarter", "quarters"),
}
"""Sorts of thing, one and several."""
