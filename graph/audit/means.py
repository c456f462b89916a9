"""Passages of a total and how much of it fell on a day, a week or a month, or on each of so many things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.audit import rates
from graph.audit.passages import COUNTS, MOVES, Passage, is_bare
from graph.audit.setting import Setting
from graph.audit.words import ANAPHOR, nouns
from graph.model import Check, Figure, Role

_PER_TIME = re.compile(r"(?:\b(?:an?|per|each|every)\s+|/\s?)(day|week|month)\b|\b(dai|week|month)ly\b", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"\bper\s+\w+|\b(?:rough\w*|dai\w*|week\w*|month\w*|averag\w*|mak\w+|giv\w+|work\w*|equat\w+|thereabouts)\b|/\w+",
    re.IGNORECASE,
)
_SPREADS = re.compile(
    r"\b(?:averag\w+|mean|work\w*\s+out|equat\w+|equivalent|that\s+is|that['’]s|which\s+is|or|roughly|about|around|nearly|almost|some|making|meaning"
    r"|in\s+(?:all|total|the\s+quarter)|for\s+the\s+quarter|altogether|total\w*|amount\w*|at|ran\s+at|every|each)\b|[(/]|\s[–—-]\s",
    re.IGNORECASE,
)
_PER_TIMES = frozenset({"per-day", "per-week", "per-month"})
_AT_FIRST = re.compile(r"\W*(?:at|with)\s+(?:about\s+|around\s+|some\s+)?$", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:each|apiece|a\s+head|per\s+(?!cent)(?P<per>[a-z]+)|(?:to|for)\s+(?:a|each|every)\s+(?P<to>[a-z]+)"
    r"|an?\s+(?P<a>session|officer|shift|event|visit|patrol|day|person|school|meeting|household|case|project|team))\b",
    re.IGNORECASE,
)
_MEAN_OPENS = re.compile(
    r"\W*(?:this|that|it|which|each|an\s+average|on\s+average|the\s+(?:average|mean))\b", re.IGNORECASE
)
_THE_MEAN = re.compile(r"\W*(?:the|our|an)\s+(?:[a-z]+\s+)?(?:average|mean)\b", re.IGNORECASE)
_MEAN = re.compile(r"\b(?:averag\w+(?!-)|mean|apiece|each|per|works?\s+out)\b", re.IGNORECASE)
_NEAR_BY = 40


def told_per_time(passage: Passage) -> Iterator[Check]:
    """The check of a passage of a total and how much of it fell on a day, week or month."""
    setting = passage.setting
    if len(passage.figures) > 2:
        yield from _rates(passage)
    if len(passage.figures) != 2:
        return
    rate, total = sorted(passage.figures, key=lambda f: f.value)
    if passage.last > passage.first and not ANAPHOR.match(setting.text[slice(*setting.spans[passage.last])]):
        return
    if setting.sentence(rate) < passage.last or not (rate.unit.startswith("per-") or rate.unit == total.unit):
        return
    per = _per_time(setting, rate)
    if per is None or _PER_TIME.search(re.split(r"\d", setting.after(total, 24))[0]) or MOVES.search(passage.text):
        return
    if total.role is not Role.VALUE or total.unit not in COUNTS or rate.role not in {Role.RATE, Role.VALUE}:
        return
    if total.value < 2 * rate.value or (rate.text.isalpha() and rate.role is Role.VALUE):
        return
    said, counted = nouns(_SAYS_NOTHING.sub("", rate.what)), nouns(_SAYS_NOTHING.sub("", total.what))
    alike = (
        said & counted or not counted or is_bare(setting, total) or not said or _PER_TIME.match(setting.after(rate, 20))
    )
    if alike and (_SPREADS.search(passage.text) or _AT_FIRST.match(setting.before(rate, 20))):
        yield from rates.checks_of(setting, rates.Spread(rate, None, total, per=per))


def _rates(passage: Passage) -> Iterator[Check]:
    """The checks of a passage of a total and of how much fell on a day and a week: "45 a day, 315 a week"."""
    setting = passage.setting
    total = max(passage.figures, key=lambda f: f.value)
    each = [f for f in passage.figures if f is not total]
    told = setting.between(total, each[0]) if total.start < each[0].start else ";"
    if re.search(r"[.;:\d]", told) or len(told) > _NEAR_BY or total.unit.startswith("per-"):
        return
    if len({f.unit for f in each}) == len(each) and all(f.unit in _PER_TIMES for f in each):
        for one in each:
            yield from rates.checks_of(setting, rates.Spread(one, None, total, per=one.unit))


def _per_time(setting: Setting, rate: Figure) -> str | None:
    """Per what a number is told, by its own unit or by the words around it."""
    if rate.unit.startswith("per-"):
        return rate.unit if rate.unit in {"per-day", "per-week", "per-month"} else None
    after, before = setting.after(rate, 40), setting.before(rate, 24)
    found = _PER_TIME.search(re.split(r"[,;:.(]", after)[0]) or _PER_TIME.search(before)
    return f"per-{(found[1] or found[2]).lower().replace('dai', 'day')}" if found else None


def average(passage: Passage) -> Iterator[Check]:
    """The check of a passage of a total, of how many things, and how much of it fell on each."""
    setting = passage.setting
    if len(passage.figures) != 3 or not _MEAN.search(passage.text) or MOVES.search(passage.text):
        return
    if passage.last > passage.first and not _MEAN_OPENS.match(setting.text[slice(*setting.spans[passage.last])]):
        return
    means = [f for f in passage.figures if _is_mean(setting, f)]
    if len(means) != 1:
        return
    mean, rest = means[0], [f for f in passage.figures if f is not means[0]]
    if any(f.unit not in COUNTS or f.role in {Role.TARGET, Role.COMPARISON_VALUE} for f in rest):
        return
    each = _EACH.search(setting.after(mean, 40))
    over = nouns(each["per"] or each["to"] or each["a"] or "") if each else frozenset()
    total, count = sorted(rest, key=lambda f: -f.value)
    named = [f for f in rest if over and nouns(f.what) & over]
    if len(named) == 1:
        count, total = named[0], next(f for f in rest if f is not named[0])
    elif over:
        return
    unit = "count" if mean.unit.startswith("per-") else mean.unit
    if total.unit == unit and count.unit == "count" and total.value > count.value:
        yield from rates.checks_of(setting, rates.Spread(mean, None, total, count))


def _is_mean(setting: Setting, figure: Figure) -> bool:
    """Whether the words beside a number call it an average, or that of each."""
    lead = re.split(r"\d", setting.before(figure, 40))[-1]
    following = next((f for f in setting.figures if f.start > figure.start), None)
    after = setting.after(figure, 40)
    if following is not None:
        after = after[: max(0, setting.at(following)[0] - setting.at(figure)[1])]
    return bool(
        re.search(r"\b(?:averag\w+|mean)\b", lead, re.IGNORECASE) or _EACH.search(after)
    ) or figure.unit.startswith("per-")


def mean_of_list(passage: Passage) -> Iterator[Check]:
    """The check of "the average for May (12), June (14) and July (13) was 13"."""
    if len(passage.figures) > 3 and _THE_MEAN.match(passage.text):
        *listed, mean = passage.figures
        if re.search(r"\b(?:was|is|of|at|being)\s+$", passage.setting.before(mean, 12)):
            yield from rates.mean_check(passage.setting, mean, listed)
