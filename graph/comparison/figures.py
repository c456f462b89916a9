"""Figures of two reports: what each says now, and what one says of a period against what the other said of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.audit.arithmetic import shown
from graph.audit.intervals import Interval, stated
from graph.model import Figure, Role

_ARTICLES = re.compile(r"\b(?:the|a|an|total|of|number)\b")


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a report gives, of what, where and for which days (ISO dates; "" where the words settle none)."""

    iri: str
    report: str
    report_label: str
    quarter: tuple[str, str]
    """First and last day of the report's own quarter."""
    force: str
    item: str
    number: int
    commitment: str
    area: str
    """Label of the area; "Force-wide"."""
    measure: str
    measure_label: str
    what: str
    value: float
    unit: str
    role: str
    implied: bool
    days: tuple[str, str]
    start: int
    end: int
    text: str
    before: str
    """The words of the item up to it."""
    quote: str

    @property
    def own(self) -> bool:
        """Whether it is for the report's own quarter."""
        return self.days == self.quarter and self.days[0] != "" and self.role != "comparison_value"

    @property
    def subject(self) -> tuple[str, ...]:
        """What is counted, so that it can be found in another report: a measure, else words under one promise."""
        if self.measure:
            return (self.measure, self.area, self.unit)
        return (self.commitment, self.words, self.area, self.unit)

    @property
    def words(self) -> str:
        """What is counted, without articles."""
        return " ".join(_ARTICLES.sub(" ", self.what.casefold()).split())

    @property
    def label(self) -> str:
        """What is counted, in words."""
        return self.measure_label or self.what

    @property
    def interval(self) -> Interval:
        """What it can stand for, as precisely as it is written."""
        if self.implied:
            return Interval.at(self.value)
        role = Role(self.role)
        figure = Figure(self.value, self.unit, self.what, "", role, self.start, self.end, self.text, self.number)
        return stated(figure, self.before)

    @property
    def shown(self) -> str:
        """Value and unit as a reader would write them."""
        return shown(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Step:
    """The value of one thing in two reports, each for its own quarter."""

    before: Stated
    after: Stated

    @property
    def difference(self) -> float:
        """The later value less the earlier."""
        return round(self.after.value - self.before.value, 6)

    @property
    def per_cent(self) -> float | None:
        """The difference in per cent of the earlier value; None where that is nothing, or a percentage itself."""
        if not self.before.value or self.before.unit in {"percent", "percentage-point"}:
            return None
        return round(100 * self.difference / abs(self.before.value), 1)


@dataclass(frozen=True, slots=True)
class Quoted:
    """What two reports say of one thing for the same days: the one whose quarter that is, and one that quotes it."""

    said: Stated
    quoted: Stated

    @property
    def agrees(self) -> bool:
        """Whether both can be right, as precisely as they are written."""
        return self.said.interval.meets(self.quoted.interval)

    @property
    def words(self) -> str:
        """Which report said what."""
        same = "the same" if self.agrees else "not the same"
        return (
            f"{self.quoted.shown} for {self.said.days[0]} to {self.said.days[1]}, says {self.quoted.report_label}; "
            f"{self.said.report_label} said {self.said.shown}: {same}"
        )


@dataclass(frozen=True, slots=True)
class Unjoined:
    """What both reports count for their own quarters in the same words, and why its values are not held together."""

    before: tuple[Stated, ...]
    after: tuple[Stated, ...]
    why: str

    @property
    def label(self) -> str:
        """What is counted, in words."""
        return self.after[0].label


def steps(before: Iterable[Stated], after: Iterable[Stated]) -> list[Step]:
    """Return what both reports give for their own quarters, joined by what is counted and where."""
    old, new = _by_subject(f for f in before if f.own), _by_subject(f for f in after if f.own)
    return [Step(*pair) for subject in new for pair in _joined(old.get(subject, []), new[subject])]


def unjoined(before: Iterable[Stated], after: Iterable[Stated], joined: Sequence[Step]) -> list[Unjoined]:
    """Return what both reports count and none of ``joined`` is of: whether it is one thing is in doubt."""
    seen = {(figure.measure or figure.words) for step in joined for figure in (step.before, step.after)}
    old, new = (_by_thing(f for f in side if f.own) for side in (before, after))
    return [
        Unjoined(tuple(old[thing]), tuple(new[thing]), _why_not(old[thing], new[thing]))
        for thing in new
        if thing in old and thing not in seen
    ]


def _why_not(before: Sequence[Stated], after: Sequence[Stated]) -> str:
    """Return the first thing that keeps every value of one side from every value of the other."""
    pairs = [(old, new) for old in before for new in after]
    if not (pairs := [(old, new) for old, new in pairs if old.area == new.area]):
        return "told of different areas"
    if not (pairs := [(old, new) for old, new in pairs if old.unit == new.unit]):
        return "in different units"
    if any(old.subject == new.subject for old, new in pairs):
        return "several values, and no words that tell which belongs to which"
    if all(old.force != new.force for old, new in pairs):
        return "the same words of two forces, for which the vocabulary has no measure"
    return "told under different promises, and the vocabulary has no measure for it"


def quotations(figures: Sequence[Stated]) -> list[Quoted]:
    """Return what reports of one force say of the same thing and days; a report is not held against itself.

    Said is what the report of that very quarter gives, quoted what another one does, whichever came first.
    """
    found = []
    for same in _by_subject(f for f in figures if f.days[0]).values():
        # By force and days at once: subjects such as a measure of the whole force are told by every report there is.
        told_of: dict[tuple[str, tuple[str, str]], list[Stated]] = defaultdict(list)
        for figure in same:
            told_of[figure.force, figure.days].append(figure)
        for (_, days), told in told_of.items():
            here = [f for f in told if f.quarter == days and f.role != "comparison_value"]
            for report in dict.fromkeys(f.report for f in told):
                said = [f for f in here if f.report != report]
                quoted = [f for f in told if f.report == report and f.quarter != days]
                found += [Quoted(*pair) for pair in _joined(said, quoted)]
    return found


def _by_subject(figures: Iterable[Stated]) -> dict[tuple[str, ...], list[Stated]]:
    found: dict[tuple[str, ...], list[Stated]] = defaultdict(list)
    for figure in figures:
        if figure.label:
            found[figure.subject].append(figure)
    return found


def _by_thing(figures: Iterable[Stated]) -> dict[str, list[Stated]]:
    found: dict[str, list[Stated]] = defaultdict(list)
    for figure in figures:
        if thing := figure.measure or figure.words:
            found[thing].append(figure)
    return found


def _joined(before: Sequence[Stated], after: Sequence[Stated]) -> list[tuple[Stated, Stated]]:
    """Pair two values of one thing; where a report gives several, those whose words say the same, else none."""
    if not before or not after:
        return []
    if _one(before) and _one(after):
        return [(before[0], after[0])]
    pairs = []
    for words in dict.fromkeys(f.words for f in after):
        old, new = ([f for f in side if f.words == words] for side in (before, after))
        if _one(old) and _one(new):
            pairs.append((old[0], new[0]))
    return pairs


def _one(figures: Sequence[Stated]) -> bool:
    return len({f.value for f in figures}) == 1
