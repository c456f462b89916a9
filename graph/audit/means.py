"""Passages of a total and how much of it fell on a day, a week or a month, or on each of so many things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.audit import rates
from graph.audit.arithmetic import shown
from graph.audit.intervals import Interval
from graph.audit.passages import COUNTS, MOVES, Passage, is_bare
from graph.audit.setting import Setting
from graph.audit.words import ANAPHOR, nouns
from graph.model import Check, CheckKind, Figure, Role, Verdict

_PER_TIME = re.compile(r"(?:\b(?:an?|per|each|every)\s+|/\s?)(day|week|month)\b|\b(dai|week|month)ly\b", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"\bper\s+\w+|\b(?:times|occasions|rough\w*|dai\w*|week\w*|month\w*|averag\w*|mak\w+|giv\w+|work\w*|equat\w+|thereabouts)\b|/\w+",
    re.IGNORECASE,
)
_SPREADS = re.compile(
    r"\b(?:averag\w+|mean|work\w*\s+out|equat\w+|equivalent|that\s+is|that['’]s|which\s+is|or|roughly|about|around|nearly|almost|some|making|meaning"
    r"|in\s+(?:all|total|the\s+quarter)|for\s+the\s+quarter|altogether|total\w*|amount\w*|at|ran\s+at|every|each)\b|[(/]|\s[–—-]\s|,\s(?=[\w-]+(?:\s\w+)?\s(?:an?|per|each|every)\s(?:day|week|month)\b)",
    re.IGNORECASE,
)
_PER_TIMES = frozenset({"per-day", "per-week", "per-month"})
_AT_FIRST = re.compile(r"\W*(?:at|with)\s+(?:about\s+|around\s+|some\s+)?$", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:each(?!\s+(?!day\b|week\b|month\b|on\b|of\b|in\b|and\b|over\b|for\b|c[ao]me\b|ma[dk]e\b|to\b|from\b|at\b|by\b|with\b|across\b|this\b|during\b)[a-z])|apiece|a\s+head|per\s+(?!cent)(?P<per>[a-z]+)|(?:to|for)\s+(?:a|each|every)\s+(?P<to>[a-z]+)"
    r"|an?\s+(?P<a>session|officer|shift|event|visit|patrol|day|person|school|meeting|household|case|project|team|hour|mile|night|head|unit|pair"
    r"|place|ticket|child|pupil|student|van|vehicle|car|bike|home|house|class|group|street|club|match|game|call|arrest|warrant))\b",
    re.IGNORECASE,
)
_MEAN_OPENS = re.compile(
    r"\W*(?:this|that|it|which|each|an\s+average|on\s+average|(?:the\s+)?(?:(?:daily|weekly|monthly)\s+)?(?:average|mean|typical)|per\s+[a-z]+)\b",
    re.IGNORECASE,
)
_RATE_OPENS = re.compile(
    r"\W*(?:an?|the|our)?\s*(?:(?:daily|weekly|monthly)\s+(?:[a-z]+\s+)?(?:average|mean|rate|figure|total|number)"
    r"|(?:average|mean|rate)\s+(?:[a-z]+\s+)?(?:an?|per|each|every)\s+(?:day|week|month)|(?:an?|per|each|every)\s+(?:day|week|month))\b",
    re.IGNORECASE,
)
"""How a sentence or a cell of its own begins that gives the rate of the total before it: "Daily average: 9"."""
_THE_MEAN = re.compile(r"\W*(?:the|our|an)\s+(?:[a-z]+\s+)?(?:average|mean)\b", re.IGNORECASE)
_MEAN = re.compile(
    r"\b(?:averag\w+(?!-)|mean|typical|apiece|each|per|works?\s+out|at\s+£[\d.]+\s+an?)\b", re.IGNORECASE
)
_EVERY = re.compile(
    r"\s+(?:[a-z]+\s+){0,2}?every\s+(?:(other|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+)?(hour|day|week)s?\s*(?:$|[.,;:)–—]|on\s+average\b|(?:in|over|during)\s+the\s+quarter\b)",
    re.IGNORECASE,
)
_OTHER = ("", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LOOSE = 0.1
_EXTREMES = re.compile(
    r"\b(?:youngest|oldest|longest|shortest|highest|lowest|largest|smallest|biggest|quickest|slowest|median|range)\b",
    re.IGNORECASE,
)
"""Words of what lies on both sides of an average, and is not what it was worked from."""
_APIECE = re.compile(r"\s*(?:apiece|each|a\s+head)\b", re.IGNORECASE)
_OF_A_PART = re.compile(r"\s+(?:in|for|at|on|among)\b", re.IGNORECASE)
_PER_BEFORE = re.compile(
    r"\b(?:per|for\s+(?:each|every))\s+(?!cent\b|day\b|week\b|month\b)([a-z]+)\s*(?:\b(?:is|was|stands\s+at|comes\s+to|came\s+to|now|of|at|being)\s+|:\s*)+$",
    re.IGNORECASE,
)
"""Before a number that is of each: "Caseload per detective is 18"."""
_MEAN_LABEL = re.compile(r"\W*(?:the\s+)?(?:mean|average)\s[^\d.:;]{2,40}:", re.IGNORECASE)
_OF_THEM = re.compile(r"\s*(?:of\s+(?:them|these|those|whom|which)|in\s+all)\b", re.IGNORECASE)
_BOUND = re.compile(
    r"\b(?:at\s+least|at\s+most|up\s+to|no\s+(?:more|fewer|less)\s+than|minimum(?:\s+of)?|maximum(?:\s+of)?)\s+$",
    re.IGNORECASE,
)
_PER_TIME_MEAN = re.compile(r"\b(?:dai|week|month)ly\s+(?:average|mean)\b", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|across|among)\s+(?:the\s+)?$", re.IGNORECASE)
_NEAR_BY = 40


def told_per_time(passage: Passage) -> Iterator[Check]:
    """The check of a passage of a total and how much of it fell on a day, week or month."""
    setting = passage.setting
    if len(passage.figures) > 2:
        yield from _rates(passage)
    if len(passage.figures) != 2:
        return
    rate, total = sorted(passage.figures, key=lambda f: f.value)
    opening = setting.text[slice(*setting.spans[passage.last])]
    if passage.last > passage.first and not (ANAPHOR.match(opening) or _RATE_OPENS.match(opening)):
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
    if alike and (
        _SPREADS.search(passage.text) or _RATE_OPENS.match(opening) or _AT_FIRST.match(setting.before(rate, 20))
    ):
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


def every_so_long(passage: Passage) -> Iterator[Check]:
    """The check of a total of the quarter and how long it took to the next one: "30 call-outs, one every two days"."""
    setting = passage.setting
    if len(passage.figures) != 2 or setting.quarter is None or MOVES.search(passage.text):
        return
    total, one = passage.figures
    said = _EVERY.match(setting.after(one, 30))
    if said is None or one.value != 1 or total.unit != "count" or total.role is not Role.VALUE:
        return
    if not re.search(
        r"(?:[,(–—:-]|\bor|\bis|\babout|\bequivalent\s+to|\baverag\w+(?:\s+of)?)\s*(?:about\s+|roughly\s+|around\s+)?$",
        setting.before(one, 24),
    ):
        return
    first, last = total.dates or (setting.quarter.start, setting.quarter.end)
    days, word = (last - first).days + 1, (said[1] or "1").casefold()
    word = "two" if word == "other" else word
    told = float(word) if word.isdigit() else float(_OTHER.index(word) + 1)
    size = {"hour": 1 / 24, "day": 1.0, "week": 7.0}[said[2].casefold()]
    made = days / size / total.value
    slack = told * _LOOSE if re.search(r"\b(?:about|around|roughly|almost|nearly)\s+$", setting.before(one, 12)) else 0
    claim = Interval(told - 0.5 - slack, told + 0.5 + slack)
    yield Check(
        item=setting.item.number,
        kind=CheckKind.RATE,
        stated=told,
        recomputed=round(made, 2),
        interval=(made, made),
        verdict=Verdict.AGREES if claim.meets(Interval.at(made)) else Verdict.DISAGREES,
        arithmetic=f"{days} days ÷ {shown(total.value, 'count')} = one every {shown(made * size, 'day')}; "
        f"stated: {one.text}{said[0].rstrip(' .,;:)')}",
        figures=(one, total),
    )


def _per_time(setting: Setting, rate: Figure) -> str | None:
    """Per what a number is told, by its own unit or by the words around it."""
    if rate.unit.startswith("per-"):
        return rate.unit if rate.unit in {"per-day", "per-week", "per-month"} else None
    after, before = setting.after(rate, 40), setting.before(rate, 60)
    before = before if _RATE_OPENS.match(before) else before[-24:]
    found = _PER_TIME.search(re.split(r"[,;:.(]", after)[0]) or _PER_TIME.search(before)
    return f"per-{(found[1] or found[2]).lower().replace('dai', 'day')}" if found else None


def average(passage: Passage) -> Iterator[Check]:
    """The check of a passage of a total, of how many things, and how much of it fell on each."""
    setting = passage.setting
    if len(passage.figures) != 3 or not _MEAN.search(passage.text) or MOVES.search(passage.text):
        return
    last = setting.text[slice(*setting.spans[passage.last])]
    if passage.last > passage.first and not (_MEAN_OPENS.match(last) or _MEAN_LABEL.match(passage.text)):
        return
    if _PER_TIME_MEAN.search(passage.text) or _EXTREMES.search(passage.text):
        return
    means = [f for f in passage.figures if _is_mean(setting, f) and not _BOUND.search(setting.before(f, 30))]
    if len(means) != 1:
        return
    mean, rest = means[0], [f for f in passage.figures if f is not means[0]]
    if any(f.unit not in COUNTS | {mean.unit} or not _is_counted(setting, f) for f in rest):
        return
    if all(_OF_A_PART.match(setting.after(f, 10)) for f in rest):
        # "17 on average, with 12 in the north and 21 in the south"
        return
    each = _EACH.search(re.split(r"\d", setting.after(mean, 40))[0])
    led = _PER_BEFORE.search(setting.before(mean, 60))
    over = nouns(led[1]) if led else nouns(each["per"] or each["to"] or each["a"] or "") if each else frozenset()
    if (found := _total_and_count(setting, mean, rest, over)) is not None:
        yield from rates.checks_of(setting, rates.Spread(mean, None, *found))


def _total_and_count(
    setting: Setting, mean: Figure, rest: list[Figure], over: frozenset[str]
) -> tuple[Figure, Figure] | None:
    """Which of two numbers is the total that a mean is of, and which counts those that the words call ``over``."""
    unit = "count" if mean.unit.startswith("per-") else mean.unit
    total, count = sorted(rest, key=lambda f: -f.value)
    named = [f for f in rest if over and nouns(f.what) & over]
    if sorted(f.unit == unit for f in rest) == [False, True]:
        # Of pounds and of people the pounds are shared out, whatever each of the people is called.
        total, count = sorted(rest, key=lambda f: f.unit != unit)
        if mean.unit == "count" and _APIECE.match(setting.after(mean, 12)):
            # "1,300 hours, 25 apiece": what nothing is said of is of the unit of the total.
            total, count, unit = count, total, count.unit
        if over and not named and not (_OF_THEM.match(setting.after(count, 20)) or is_bare(setting, count)):
            # "£2,800 came from 40 pupils, £90 for each winner": each is one of others.
            return None
    elif len(named) == 1:
        count, total = named[0], next(f for f in rest if f is not named[0])
    elif over:
        return None
    shared = (
        total.unit == unit and count.unit in {"count", "hour", "mile"} and total.value > max(mean.value, count.value)
    )
    return (total, count) if shared else None


def _is_counted(setting: Setting, figure: Figure) -> bool:
    """Whether a number of an average is a total or a count: money that was raised is, and what it came from."""
    if figure.role is Role.COMPARISON_VALUE:
        return _FROM.search(setting.before(figure, 12)) is not None
    return figure.role is not Role.TARGET


def _is_mean(setting: Setting, figure: Figure) -> bool:
    """Whether the words beside a number call it an average, or that of each."""
    lead = re.split(r"\d", setting.before(figure, 40))[-1]
    following = next((f for f in setting.figures if f.start > figure.start), None)
    after = setting.after(figure, 40)
    if following is not None:
        after = after[: max(0, setting.at(following)[0] - setting.at(figure)[1])]
    if (led := _PER_BEFORE.search(setting.before(figure, 60))) is not None:
        # "Six per shift: 480 incidents" is no number of each shift.
        per = setting.at(figure)[0] - len(led[0])
        return not any(0 <= per - setting.at(f)[1] <= len("visits ") for f in setting.figures)
    return bool(
        re.search(r"\b(?:averag\w+|mean|typical)\b", lead, re.IGNORECASE) or _EACH.search(after)
    ) or figure.unit.startswith("per-")


def mean_of_list(passage: Passage) -> Iterator[Check]:
    """The check of "the average for May (12), June (14) and July (13) was 13"."""
    if len(passage.figures) > 3 and _THE_MEAN.match(passage.text):
        *listed, mean = passage.figures
        if re.search(r"\b(?:was|is|of|at|being)\s+$", passage.setting.before(mean, 12)):
            yield from rates.mean_check(passage.setting, mean, listed)
