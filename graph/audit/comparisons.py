"""Which values, bases and changes of an item belong together: "64,230 calls, a 6% increase on 60,789, 3,441 more".

Figures are taken in reading order. A value opens a comparison; what it is compared with and its changes join it, as
long as units agree, the nouns may mean the same and the sentence goes on about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.audit.setting import LEVELS, Setting
from graph.audit.words import ANAPHOR, same_subject
from graph.model import Figure, Role

_TO = re.compile(r"[^\d.;]{0,40}?\b(?:to|at|with)\s+(?:\w+\s+){0,3}$|\s*[,(–-]\s*(?:to|at|with|from)?\s*(?:\w+\s+){0,2}$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\b[^\d.;]{0,40}$", re.IGNORECASE)
_JOINS = re.compile(r"\b(?:and|while|whilst|whereas|but)\b|;", re.IGNORECASE)
_RELATIVE = frozenset({"percent", "ratio"})


@dataclass
class Comparison:
    """A value now, what it is compared with, and the change between them, as far as each is stated."""

    now: Figure | None = None
    base: Figure | None = None
    change: Figure | None = None
    """In the unit of the values, or in points."""
    relative: Figure | None = None
    """In per cent, or as a multiple ("doubled")."""
    last: Figure | None = field(default=None)
    """The figure that joined last."""

    def unit(self) -> str | None:
        """The unit of its values, if any is stated."""
        known = self.now or self.base
        if known is not None:
            return known.unit
        return None if self.change is None else "percent" if self.change.unit == "percentage-point" else self.change.unit

    def members(self) -> list[Figure]:
        """All of its figures in reading order."""
        return sorted(filter(None, (self.now, self.base, self.change, self.relative)), key=lambda f: f.start)


def comparisons(setting: Setting) -> list[Comparison]:
    """Return the comparisons of an item, in the order their first figures stand."""
    found: list[Comparison] = []
    for figure in setting.figures:
        if figure.role is Role.TARGET:
            continue
        for open_ in _candidates(found):
            if _joins(setting, open_, figure):
                _put(open_, figure)
                break
        else:
            again = _same_value_again(setting, found, figure)
            found.append(again or Comparison())
            _put(found[-1], figure)
    return found


def _candidates(found: list[Comparison]) -> Iterator[Comparison]:
    """Comparisons that a figure may join: those of the latest value, the one that waits longest first."""
    if not found:
        return
    latest = found[-1]
    family = [c for c in found if c.now is not None and c.now is latest.now]
    yield from family or [latest]


def _slot(figure: Figure) -> str:
    if figure.role in LEVELS:
        return "now"
    if figure.role is Role.COMPARISON_VALUE:
        return "base"
    return "relative" if figure.unit in _RELATIVE and figure.role is Role.CHANGE_PCT else "change"


def _put(comparison: Comparison, figure: Figure) -> None:
    setattr(comparison, _slot(figure), figure)
    comparison.last = figure


def _joins(setting: Setting, open_: Comparison, figure: Figure) -> bool:
    slot, last = _slot(figure), open_.last
    if last is None or getattr(open_, slot) is not None or not _goes_on(setting, last, figure):
        return False
    unit = open_.unit()
    if slot != "relative" and unit is not None and setting.level_unit(figure) != unit:
        return False
    if slot == "now":
        return _value_joins(setting, open_, figure)
    return all(same_subject(other.what, figure.what) for other in open_.members())


def _value_joins(setting: Setting, open_: Comparison, figure: Figure) -> bool:
    """Whether a value completes what stands before it: "fell by 6% to 340", "from 120 last year to 95"."""
    last = open_.last
    if last is None or setting.sentence(last) != setting.sentence(figure):
        return False
    joint = setting.between(last, figure)
    if last.role is Role.COMPARISON_VALUE:
        # "Compared with 120 last year, 95 were ..." or "from 120 to 95"
        return same_subject(last.what, figure.what)
    return bool(_TO.fullmatch(joint)) or same_subject_strictly(last, figure)


def same_subject_strictly(one: Figure, other: Figure) -> bool:
    """Whether both figures say what they count and it may be the same."""
    return bool(one.what and other.what) and same_subject(one.what, other.what)


def _goes_on(setting: Setting, last: Figure, figure: Figure) -> bool:
    """Whether the sentence of a figure is that of the one before, or the next one that takes it up."""
    here, there = setting.sentence(figure), setting.sentence(last)
    if here == there:
        return True
    if here - there > 1:
        return False
    opening = setting.text[slice(*setting.spans[here])]
    return bool(ANAPHOR.match(opening)) or same_subject_strictly(last, figure)


def _same_value_again(setting: Setting, found: list[Comparison], figure: Figure) -> Comparison | None:
    """A second comparison of the latest value: "1,200 calls, up 5% on last quarter and 10% on last year"."""
    if not found or found[-1].now is None or _slot(figure) == "now":
        return None
    latest = found[-1]
    last = latest.last
    if last is None or latest.now is None or not _goes_on(setting, last, figure):
        return None
    if _slot(figure) != "relative" and setting.level_unit(figure) != latest.now.unit:
        return None
    if not same_subject(latest.now.what, figure.what):
        return None
    return Comparison(now=latest.now)
