"""Invented quarterly reports, each as text and as what a person would find in it.

A force's plan, the layout of its reports, its partners by how often they are named (Zipf), operations that recur from
quarter to quarter and series of measures are its own; so is what is wrong: errors are planted in the changes of series,
and the gold says where.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import Any

from tests.corpus.forces import Body, MadeForce

Json = dict[str, Any]
FIRST_YEAR = 2012
WRONG = 0.05
"""The share of changes with an error planted."""
ITEMS = (100, 150)
SURVIVE = 0.8
"""How likely an operation goes on into the next quarter."""

PLAN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Quiet and Orderly Towns", ("Reduce anti-social behaviour in town centres.", "Give residents a say in patrols.")),
    ("Homes Without Fear", ("Protect people from domestic abuse at home.", "Bring more abusers before the courts.")),
    ("Streets Free of Drugs", ("Disrupt drug supply wherever it takes root.", "Steer young people away from gangs.")),
    ("Roads That Everyone Survives", ("Make roads safer for all who use them.", "Deal with speeding near schools.")),
    ("Villages Well Looked After", ("Tackle rural crime with farmers.", "Keep villages in touch with their officers.")),
    ("Nights Out in Safety", ("Prevent violence against women and girls.", "Deal with knife crime in public places.")),
    ("Fewer Victims of Fraud", ("Warn older people of fraud.", "Help shops to prevent shoplifting.")),
    ("Respect for Everyone", ("Act against hate crime with communities.", "Find and free victims of modern slavery.")),
)
THEMES = (
    "anti-social behaviour", "burglary", "domestic abuse", "drug supply", "fraud", "hate crime", "knife crime",
    "modern slavery", "rural crime", "shoplifting", "speeding", "vehicle crime", "violence against women and girls",
)  # fmt: skip
MEASURES = (
    ("Domestic abuse incidents", 4200), ("Hate crime offences", 480), ("Knife crime offences", 320),
    ("Anti-social behaviour incidents", 6100), ("Modern slavery referrals", 90), ("Missing person reports", 1500),
    ("Serious violence offences", 700), ("Stop and searches", 2600),
)  # fmt: skip
JOINT = (
    "Operation {operation} brought {partner} and officers together in {district} to tackle {theme}.",
    "With {partner}, Operation {operation} tackled {theme} in {district}.",
    "Officers of Operation {operation} worked with {partner} against {theme} in {district}.",
)
ALONE = (
    "Operation {operation} ran in {district} at weekends and dealt with {theme}.",
    "Patrols of Operation {operation} in {district} were aimed at {theme}.",
)
TOGETHER = (
    "{partner} worked with officers in {district} on {theme}.",
    "In {district}, officers and {partner} ran a street stall about {theme}.",
)
UNIT = ("The {unit} visited {place} about {theme}.", "The {unit} spoke to residents of {place} about {theme}.")
COUNTS = (
    ("Officers seized {n} vehicles.", (3, 60)),
    ("Officers arrested {n} people.", (2, 80)),
    ("Volunteers gave {n} hours.", (100, 3000)),
    ("Leaflets went to {n} households.", (40, 5000)),
    ("Officers visited {n} schools.", (3, 40)),
)
FILLER = (
    "What residents said afterwards will shape the patrols of the coming weeks.",
    "The work goes on, and those who asked for it have been told how it went.",
    "A sergeant leads it and writes to parish clerks at the end of every month.",
    "It began after complaints at a public meeting held early in the quarter.",
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a force lays its reports out."""

    priority: str
    promise: str
    done: str
    plans: str
    mark: str
    whole: str = "Force-wide"
    width: int = 0
    """Columns at which lines are broken; 0: a paragraph is one line."""


STYLES = (
    Style("Priority {n} - {label}", "We will:", "", "Next steps", "- "),
    Style("Strategic Objective {n}: {label}", "Our commitment:", "What we did", "What next", "• ", "County-wide", 96),
    Style("PILLAR {n}: {label}", "What we said we would do:", "Progress this quarter", "Looking ahead", "▪ "),
    Style("Theme {n} - {label}", "Our pledge:", "What has been achieved", "Our plans", "", "Across the force"),
)


@dataclass(slots=True)
class MadeReport:
    """A report and its gold: ``gold`` is as ``goldenthread evaluate`` takes it, with the errors planted besides."""

    key: str
    text: str
    gold: Json


@dataclass(slots=True)
class _Item:
    """An item while it is being written."""

    text: list[str] = field(default_factory=list)
    operations: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    figures: list[Json] = field(default_factory=list)
    error: Json | None = None


def made_reports(force: MadeForce, quarters: int, seed: int) -> Iterator[MadeReport]:
    """Yield ``quarters`` reports of ``force`` in order; more of them never change those before."""
    chance = Random(f"plan {force.key} {seed}")  # noqa: S311 the same for the same seed is what it is for
    style = chance.choice(STYLES)
    plan = chance.sample(PLAN, chance.randint(4, len(PLAN)))
    names = iter(force.operations)
    active = [next(names) for _ in range(chance.randint(12, 24))]
    series = {name: [round(size * chance.uniform(0.5, 1.5))] for name, size in MEASURES}
    for number in range(quarters):
        chance = Random(f"report {force.key} {number} {seed}")  # noqa: S311
        for values in series.values():
            values.append(max(20, round(values[-1] * chance.uniform(0.85, 1.17))))
        yield _Writer(force, style, plan, active, series, chance).report(number)
        stay = [name for name in active if chance.random() < SURVIVE]
        active = [*stay, *(next(names, "") for _ in range(len(active) - len(stay)))]
        active = [name for name in active if name] or [force.operations[0]]


class _Writer:
    def __init__(
        self,
        force: MadeForce,
        style: Style,
        plan: Sequence[tuple[str, tuple[str, ...]]],
        active: Sequence[str],
        series: dict[str, list[int]],
        chance: Random,
    ) -> None:
        self._force, self._style, self._plan, self._chance = force, style, plan, chance
        self._active, self._series = active, series
        self._of_operation = list(accumulate(1 / rank for rank in range(1, len(active) + 1)))
        self._of_body = list(accumulate(1 / rank for rank in range(1, len(force.bodies) + 1)))
        self._lines: list[str] = []
        self._items: list[Json] = []
        self._errors: list[Json] = []
        self._to_tell = list(series)

    def report(self, number: int) -> MadeReport:
        year, quarter = FIRST_YEAR + number // 4, number % 4 + 1
        years = f"{year}-{(year + 1) % 100:02}"
        self._lines = [f"{self._force.name}", "Progress against the Police and Crime Plan",
                       f"Quarter {quarter} {year}/{(year + 1) % 100:02}", "Version 1.0", ""]  # fmt: skip
        self._chance.shuffle(self._to_tell)
        promises = [(n, m) for n, (_, own) in enumerate(self._plan, 1) for m in range(1, len(own) + 1)]
        areas = len(self._force.areas) + 1
        most = max(1, round(self._chance.randint(*ITEMS) / len(promises) / areas * 2) - 1)
        for n, m in promises:
            if m == 1:
                self._say(self._style.priority.format(n=n, label=self._plan[n - 1][0]))
            self._say(self._style.promise)
            self._say(self._plan[n - 1][1][m - 1])
            if self._style.done:
                self._say(self._style.done)
            for area in (None, *self._force.areas):
                self._area(n, m, area, self._chance.randint(1 if area is None else 0, most))
            self._say(self._style.plans)
            self._say(f"{self._style.mark}The next quarter brings a review of this promise with those it serves.")
        key = f"{self._force.key}-{years}-q{quarter}"
        return MadeReport(key, "\n".join(self._lines).strip() + "\n", self._gold(f"{years} Q{quarter}"))

    def _area(self, priority: int, promise: int, area: str | None, items: int) -> None:
        if items:
            self._say(self._style.whole if area is None else f"{area} {self._force.area_word}")
        for _ in range(items):
            item = self._item(area)
            text = " ".join(item.text)
            number = len(self._items) + 1
            self._items.append({
                "number": number, "priority": priority, "commitment": f"{priority}.{promise}",
                "area": area or "force", "starts": " ".join(text.split()[:9]), "operations": item.operations,
                "partners": item.partners, "figures": item.figures,
            })  # fmt: skip
            if item.error:
                self._errors.append({"item": number, **item.error})
            self._say(self._style.mark + text)

    def _item(self, area: str | None) -> _Item:
        item, chance = _Item(), self._chance
        districts = [d for d in self._force.districts if area in (None, d.area)]
        words = {"district": chance.choice(districts).name, "theme": chance.choice(THEMES)}
        kind = chance.random()
        if area is None and self._to_tell and kind < 0.7:
            self._change(item, self._to_tell.pop())
        elif kind < 0.35:
            self._operation(item, words, self._body())
        elif kind < 0.5:
            self._operation(item, words, None)
        elif kind < 0.75:
            body = self._body()
            item.partners.append(body.name)
            item.text.append(chance.choice(TOGETHER).format(**words, partner=body.name))
        else:
            place, unit = chance.choice(self._force.places)[0], chance.choice(self._force.units)
            item.text.append(chance.choice(UNIT).format(**words, place=place, unit=unit))
        if chance.random() < 0.6:
            self._count(item)
        if chance.random() < 0.85:
            item.text += chance.sample(FILLER, chance.randint(1, 3))
        return item

    def _operation(self, item: _Item, words: dict[str, str], body: Body | None) -> None:
        name = self._chance.choices(self._active, cum_weights=self._of_operation)[0]
        item.operations.append(name)
        if body:
            item.partners.append(body.name)
            item.text.append(self._chance.choice(JOINT).format(**words, operation=name, partner=body.name))
        else:
            item.text.append(self._chance.choice(ALONE).format(**words, operation=name))

    def _body(self) -> Body:
        return self._chance.choices(self._force.bodies, cum_weights=self._of_body)[0]

    def _count(self, item: _Item) -> None:
        words, (low, high) = self._chance.choice(COUNTS)
        n = self._chance.randint(low, high)
        item.figures.append({"value": n, "role": "value"})
        item.text.append(words.format(n=f"{n:,}"))

    def _change(self, item: _Item, measure: str) -> None:
        """Write the newest value of a series, how it changed, and now and then a change that is wrong."""
        before, now = self._series[measure][-2:]
        percent = round(abs(now - before) / before * 100, 1)
        told = percent
        if self._chance.random() < WRONG:
            told = round(percent + self._chance.choice((4.0, 7.0, 12.0)), 1)
            item.error = {"measure": measure, "stated": told, "right": percent}
        verb = "rose" if now >= before else "fell"
        item.text.append(f"{measure} {verb} by {told}% from {before:,} in the previous quarter to {now:,}.")
        item.figures += [{"value": told, "role": "change_pct"}, {"value": before, "role": "comparison_value"},
                         {"value": now, "role": "value"}]  # fmt: skip

    def _say(self, line: str) -> None:
        if self._style.width and len(line) > self._style.width:
            line = textwrap.fill(line, self._style.width, subsequent_indent="  ", break_on_hyphens=False)
        self._lines += [line, ""]

    def _gold(self, quarter: str) -> Json:
        operations: dict[str, Json] = {}
        for item in self._items:
            for name in item["operations"]:
                told = operations.setdefault(name, {"lpas": [], "partner_linked": False})
                told["lpas"] = sorted({*told["lpas"], item["area"]})
                told["partner_linked"] = told["partner_linked"] or bool(item["partners"])
        promises = [(n, m) for n, (_, own) in enumerate(self._plan, 1) for m in range(1, len(own) + 1)]
        return {
            "report": {"force": self._force.name, "quarter": quarter},
            "commitments": [{"id": f"{n}.{m}", "priority": n} for n, m in promises],
            "items": self._items,
            "operations": operations,
            "errors": self._errors,
        }
