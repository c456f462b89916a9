"""The words that the stages of the pipeline share.

document -> reader -> items -> mentions -> statements. All are frozen: a stage makes new values
and alters none. Offsets count code points of ``Document.text``, which is stored as read and never
altered; ``end`` is exclusive; ``document.text[x.start:x.end] == x.text`` for everything with a span.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its stored text and where it came from."""

    name: str
    media_type: str
    sha256: str
    """Hex digest of the file's bytes."""
    text: str
    page_starts: tuple[int, ...] = ()
    """Offset at which each page begins, where the format has pages; else empty."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the stored text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Priority:
    """A priority of the plan as a heading of the report gives it."""

    number: int
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise below a priority: the words after "We will"."""

    id: str
    """Number of the priority and place under it in order of first appearance, such as ``1.2``."""
    priority: int
    text: str
    span: Span
    lead: str = ""
    """The words that introduce it, such as "Working with partners we will"."""
    lead_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """The part of the force that a heading places items in: an LPA, a district, or the whole force."""

    key: str
    """Key of the area in the vocabulary (``essex-west``); "" for the whole force.

    An area that no vocabulary knows has the force's key and the heading's slug: ``kent-eastern-division``.
    """
    name: str
    """Short name: "West"; "force" for the whole force."""
    district: str = ""
    """Key of the district that the heading names, where that lies in the area; "" where it names the area."""


FORCE_WIDE = Area("", "force")


@dataclass(frozen=True, slots=True)
class Item:
    """An evidence item: a bullet, a numbered sub-item or a paragraph that reports something done."""

    number: int
    """Place in reading order, from 1."""
    commitment: str
    """Id of the commitment it stands under."""
    priority: int
    area: Area
    heading: str
    """The nearest topic heading above it ("Special Constabulary"), or ""."""
    page: int | None
    start: int
    end: int
    text: str
    parent: int | None = None
    """Number of the item that this one is a sub-item of."""
    gaps: tuple[tuple[int, int], ...] = ()
    """Stretches within it that are no part of it: a running header or footer between two halves of a sentence."""

    @property
    def words(self) -> str:
        """The text with spaces in place of what stands in its gaps: every offset stays what it was."""
        said = self.text
        for start, end in self.gaps:
            first, last = start - self.start, end - self.start
            said = said[:first] + " " * (last - first) + said[last:]
        return said


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A plan that a report tells under a heading such as "Next steps": no evidence that anything was done."""

    commitment: str
    """Id of the commitment it stands under."""
    priority: int
    span: Span


@dataclass(frozen=True, slots=True)
class Unplaced(Span):
    """Prose that is neither cover, heading, item nor plan, and the headings it stands under."""

    commitment: str = ""
    """Id of the commitment it stands under, "" for none."""
    area: Area = FORCE_WIDE


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a financial year, April to March: Q4 of 2021-22 is January to March 2022."""

    year: int
    """Calendar year in which the financial year begins."""
    number: int

    @property
    def label(self) -> str:
        """The quarter as people write it: ``2021-22 Q4``."""
        return f"{self.year}-{(self.year + 1) % 100:02d} Q{self.number}"

    @property
    def key(self) -> str:
        """The quarter as part of an address: ``2021-22-q4``."""
        return self.label.lower().replace(" ", "-")

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, 4 + 3 * (self.number - 1), 1) if self.number < 4 else date(self.year + 1, 1, 1)

    @property
    def end(self) -> date:
        """Last day, included."""
        return (date(self.year, 6, 30), date(self.year, 9, 30), date(self.year, 12, 31), date(self.year + 1, 3, 31))[
            self.number - 1
        ]


@dataclass(frozen=True, slots=True)
class Report:
    """A report as its layout shows it: cover, headings, items. Nothing linked yet."""

    document: Document
    title: str
    force: str
    """Key of the force ("essex"), or the slug of its name if no vocabulary knows it."""
    force_name: str
    quarter: Quarter | None
    version: str
    produced: str
    """When the report says it was made: ``2022-04`` or ``2022-04-20``; "" if it does not say."""
    publisher: str
    priorities: tuple[Priority, ...]
    commitments: tuple[Commitment, ...]
    items: tuple[Item, ...]
    plans: tuple[PlannedStep, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    """Prose that is shown as not read."""

    @property
    def id(self) -> str:
        """Key of the report: force and quarter, ``essex-2021-22-q4``; the file's digest where no quarter is given."""
        return f"{self.force}-{self.quarter.key if self.quarter else self.document.sha256[:12]}"


class Kind(StrEnum):
    """What a mention names."""

    OPERATION = "operation"
    PARTNER = "partner"
    UNIT = "unit"
    THEME = "theme"
    PLACE = "place"
    DISTRICT = "district"
    AREA = "lpa"
    PROGRAMME = "programme"


class Basis(StrEnum):
    """Why a mention was taken for what it is linked to."""

    LABEL = "label"
    ALIAS = "alias"
    CUE = "cue"
    FORM = "form"
    """Found by its form alone ("Operation X", "... Housing Association"): a new entry, not yet reviewed."""
    CONTEXT = "context"
    """A short or common name read with the help of what stands around it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A named thing of the vocabularies, with the names that text may use for it."""

    kind: Kind
    key: str
    name: str
    """Preferred name."""
    aliases: tuple[str, ...] = ()
    """Other names that are safe to match."""
    hints: tuple[str, ...] = ()
    """Short or generic names, or cue words, that need something around them to agree."""
    weak: tuple[str, ...] = ()
    """Words that count only together with others (themes)."""
    type: str = ""
    """Key of its type: a partner's type, a place's kind."""
    within: str = ""
    """Key of the area it lies in: a place's district, a district's LPA, a local body's district."""
    generic: bool = False
    """Names a kind of body, not one body: "partner agencies"."""
    needs_context: bool = False
    """Its name is also a common word."""
    force: str = ""
    """Key of the force whose folder names it; "" for a national vocabulary."""
    broader: tuple[str, ...] = ()
    """Keys of the broader themes."""


def _without(term: Term, taken: set[tuple[Kind, str]]) -> Term:
    """Return ``term`` without the names in ``taken``; the first of its other names stands in for a taken name."""
    aliases = tuple(a for a in term.aliases if (term.kind, a.casefold()) not in taken)
    hints = tuple(h for h in term.hints if (term.kind, h.casefold()) not in taken)
    name = term.name
    if (term.kind, name.casefold()) in taken:
        name, aliases = (aliases[0], aliases[1:]) if aliases else ("", ())
    return replace(term, name=name, aliases=aliases, hints=hints)


@dataclass(frozen=True, slots=True)
class Force:
    """A police force that a report may be of."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    operation_prefix: str = ""
    """What stands before the slug in the address of an operation of this force."""


@dataclass(frozen=True)
class Vocabulary:
    """All that is known before a report is opened: the lexicon of extraction."""

    terms: tuple[Term, ...]
    forces: tuple[Force, ...]
    abbreviations: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Abbreviation to what it can stand for."""
    measures: tuple[tuple[str, str, str, tuple[str, ...]], ...] = ()
    """Key, label, unit and word patterns of each measure."""
    partner_types: dict[str, str] = field(default_factory=dict)
    """Key of a type of partner to the word that the JSON of ``extract`` uses for it."""
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind of heading ("priority", "promise", "done", "plans", "area", ...) to the words that open one."""

    @cached_property
    def district_of_place(self) -> dict[str, str]:
        """Key of each place to the key of the district it lies in."""
        return {t.key: t.within for t in self.of(Kind.PLACE)}

    def of(self, *kinds: Kind) -> tuple[Term, ...]:
        """Return the terms of the given kinds."""
        return tuple(t for t in self.terms if t.kind in kinds)

    def find(self, kind: Kind, key: str) -> Term | None:
        """Return the term of ``kind`` with ``key``, or None."""
        return next((t for t in self.terms if t.kind is kind and t.key == key), None)

    def for_force(self, force: str) -> Vocabulary:
        """Return the vocabulary without what belongs to the folders of other forces.

        A name that a body or unit of the force has is no longer one of a kind of body: in that force's reports
        "Fire and Rescue Service" is its own.
        """
        own = {
            (t.kind, name.casefold()) for t in self.terms if t.force == force for name in (t.name, *t.aliases, *t.hints)
        }
        terms = (t for t in self.terms if t.force in ("", force))
        return replace(self, terms=tuple(_without(t, own) if t.generic and not t.force else t for t in terms))


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of an item, or of a commitment's words, that names something of the vocabulary or the register."""

    kind: Kind
    key: str
    """Key of what is named, as in its address: ``irish-lion``, ``E07000071``."""
    name: str
    """Preferred name of what is named."""
    start: int
    end: int
    text: str
    basis: Basis
    item: int | None = None
    """Number of the item it stands in, or None when it stands in the words of a commitment or a priority."""
    commitment: str | None = None
    priority: int | None = None
    """Number of the priority in whose title it stands, or None."""
    partner_type: str = ""
    """Key of the partner's type; only for partners."""
    sort: str = ""
    """Key of the kind of unit or programme that the name of a newly met one suggests."""
    acting: bool = True
    """For bodies: whether the words say that it works with the police (False: it is only named)."""
    sentence: tuple[int, int] = (0, 0)
    """Start and end of the sentence it stands in."""
    role: str = ""
    """For bodies that work with the police: what the words say they do ("leads", "funds", "attends", "refers", "hosts",
    "provides"), or "" where they say no more than that they work together."""
    in_passing: bool = False
    """For operations: named only as one more party of something else ("teams work with CID, Operation X and ...");
    the rest of the item then says nothing of it, only that sentence does."""


class Role(StrEnum):
    """What part a figure plays in the sentence (docs: contract of ``extract``)."""

    VALUE = "value"
    COMPARISON_VALUE = "comparison_value"
    CHANGE_ABS = "change_abs"
    CHANGE_PCT = "change_pct"
    SHARE_PCT = "share_pct"
    RATE = "rate"
    DURATION = "duration"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that measures something, as one item states it.

    ``value`` is a number: seconds for minutes and seconds, whole pounds for money, 6.0 for "6%".
    """

    value: float | int
    unit: str
    """"count", "percent", "percentage-point", "second", "hour", "GBP", "ratio", "per-day", ..."""
    what: str
    """The noun phrase that is measured: "emergency (999) calls received"."""
    period: str
    """The period the words give, as written ("last quarter"), or "" for the report's own."""
    role: Role
    start: int
    end: int
    text: str
    item: int
    measure: str = ""
    """Key of the measure in the vocabulary, where one matches."""
    implied: bool = False
    """Not stated but implied by a stated value and its change: the earlier value of "90, five more than last year"."""
    dates: tuple[date, date] | None = None
    """First and last day of the period that the words give, where they settle it."""


@dataclass(frozen=True, slots=True)
class Target:
    """A number that the words of a commitment bind the force to."""

    commitment: str
    """Id of the commitment."""
    value: float
    """What is to be reached, or by how much it is to change; a ratio for "doubling" (2) and "halve" (0.5)."""
    unit: str
    role: Role
    what: str
    """The noun phrase that is counted or measured, as written; "" where there is none."""
    start: int
    end: int
    """Where the number stands in the stored text."""
    clause: tuple[int, int]
    """Start and end of the clause that states it."""
    text: str
    """The words of the clause, as stored."""


class CheckKind(StrEnum):
    """What relation between stated numbers a check recomputes (docs: contract of ``audit``)."""

    PERCENT_CHANGE = "percent_change"
    DIFFERENCE = "difference"
    SHARE = "share"
    SUM = "sum"
    RATE = "rate"
    AVERAGE = "average"
    COMPARISON = "comparison"
    """Words of comparison against numbers, and the same thing stated twice."""
    GRANULARITY = "granularity"
    """Whether any whole number of cases gives the percentage of the stated n (the GRIM test)."""
    PERIOD = "period"


class Verdict(StrEnum):
    """What a check found."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    INCOMPLETE = "incomplete"
    """What is listed makes less than the whole, and the words do not say that it is all."""
    NO_BASE = "no-base"
    """A change whose base is not stated: nothing to recompute it from."""
    LABEL_DOUBTFUL = "label-doubtful"


FAULTS = frozenset({Verdict.DISAGREES, Verdict.IMPOSSIBLE, Verdict.INCOMPLETE, Verdict.LABEL_DOUBTFUL})
"""The verdicts that ask for somebody's attention."""


@dataclass(frozen=True, slots=True)
class Check:
    """One relation between stated numbers, recomputed."""

    item: int
    """Number of the item that states it."""
    kind: CheckKind
    stated: float
    """The value as stated: per cent, seconds, pounds or a count; signed where the words say up or down."""
    recomputed: float | None
    """What the other numbers make, in the same unit; None where they make nothing."""
    interval: tuple[float, float] | None
    """Between what the recomputed value lies, given how precisely its inputs are written."""
    verdict: Verdict
    arithmetic: str
    """The calculation in words and figures."""
    figures: tuple[Figure, ...]
    """The stated figure, then what it was recomputed from."""
    cause: str = ""
    """A likely cause, as a question to the author; "" where none fits."""

    @property
    def is_fault(self) -> bool:
        """Whether it asks for somebody's attention."""
        return self.verdict in FAULTS


@dataclass(frozen=True)
class Reading:
    """All that was read in one report: the value that statements, JSON and pages are made from."""

    report: Report
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...] = ()
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For each operation key: the other spellings met, such as ``irish-lion`` -> ("IRISH LIONS",)."""
    checks: tuple[Check, ...] = ()
    """The relations between its figures, recomputed (``graph.audit``), in order of item and place."""
    targets: tuple[Target, ...] = ()
    """The numbers that its commitments bind the force to, in order."""

    @cached_property
    def of_item(self) -> dict[int, list[Mention]]:
        """The mentions of each item, by its number, in reading order."""
        mentions: dict[int, list[Mention]] = {item.number: [] for item in self.report.items}
        for mention in self.mentions:
            if mention.item is not None:
                mentions[mention.item].append(mention)
        return mentions

    @cached_property
    def figures_of(self) -> dict[int, list[Figure]]:
        """The figures of each item, by its number, in reading order."""
        figures: dict[int, list[Figure]] = {item.number: [] for item in self.report.items}
        for figure in self.figures:
            figures[figure.item].append(figure)
        return figures

    @cached_property
    def in_headings(self) -> tuple[Mention, ...]:
        """The mentions in promises and in the titles of priorities."""
        return tuple(m for m in self.mentions if m.item is None)

    def said_with(self, operation: Mention) -> tuple[Mention, ...]:
        """Return the mentions whose item also names ``operation``, by the mention given, and speaks of it."""
        if operation.item is None:
            return ()
        beside = self.of_item[operation.item]
        return tuple(m for m in beside if not operation.in_passing or m.sentence == operation.sentence)
