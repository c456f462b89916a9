"""Totals spread over time ("an average of 236 per day") or over things ("an average of 3 per officer")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from graph.audit.arithmetic import outcome, shown
from graph.audit.intervals import Interval
from graph.audit.setting import Setting
from graph.audit.sums import counts_the_rest
from graph.audit.words import nouns, same_subject
from graph.model import Check, CheckKind, Figure, Role, Verdict

_LINKED = re.compile(
    r"\b(?:equat\w+|equal\w*|equivalent|averag\w+|that\s+is|which\s+is|i\.e\.|works?\s+out|amount\w*|represent\w*|in\s+other\s+words|making|meaning|mean(?:s|t)?"
    r"|i\.e|rate|giving|around|about|roughly|or|nearly|almost|just\s+over|just\s+under|over|more\s+than|so|some)\b|[(,;:=–—]\s*$",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\baverag\w+(?:\s+of)?\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_EACH = re.compile(
    r"\s*(?:[\w'’-]+\s+){0,3}?(?:per|for\s+each|for\s+every|each|to\s+each|a)\s+(?P<what>[a-z][\w'’ -]*)", re.IGNORECASE
)
_PER = re.compile(
    r"\s*(?:(?!(?:to|in|by|with|for|of|at|on|from|got|get|had|have|has|received|made|gave|was|were|took|led|sent)\b)[a-z]+\s+){0,2}?(?:per|an?|for\s+each|for\s+every)\s+(?P<what>[a-z]+)\b",
    re.IGNORECASE,
)
_PER_TIME = re.compile(r"\s*(?:an?|per|each|every)\s+(day|week|month|quarter|year|hour)\b", re.IGNORECASE)
_APIECE = re.compile(r"\s*(?:[\w'’-]+\s+){0,2}?(?:apiece|each|a\s+head|per\s+(?:head|person|officer))\b", re.IGNORECASE)
_EACH_OF_WHICH = re.compile(
    r"\beach\s+(?:of\s+(?:which|whom|them)\s+)?(?:got|received|had|was\s+given|took)\s+$", re.IGNORECASE
)
_MEAN = re.compile(
    r"\b(?:averag\w+|mean)(?:\s+(?:of|was|is))?\s+(?:\w+\s+)?$"
    r"|^\W*(?:the\s+)?(?:averag\w+|mean)\b[^.;]*\)\s+(?:was|is|came\s+to|stands\s+at)\s+$",
    re.IGNORECASE,
)
_MEAN_AFTER = re.compile(r"[^\d.;:(]{0,20}\bon\s+average\b", re.IGNORECASE)
_LIST_GAP = 40
_NEAR_ALL = 0.25
"""How far off a total may be and is still that of so many each, by all appearance."""
_COUNT_TOTAL_MEAN = 3
"""Figures of a sentence that tells of how many, how much in all and how much each."""
_EACH_OF = re.compile(r"^\W*(?:each|every\s+one)\s+of\s+(?:the\s+|our\s+|its\s+)?$", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\s*(?:[a-z]+\s+){0,2}?(?:between\s+them|together|in\s+(?:all|total)|altogether)\b", re.IGNORECASE
)
_EVENLY = re.compile(r"\b(?:averag\w+|mean|equally|evenly)\b", re.IGNORECASE)
_SO_MEAN = re.compile(r"\b(?:so|giving|making|for)\s[^\d.;]{0,30}\b(?:averag\w+|mean)\b[^\d.;]{0,30}$", re.IGNORECASE)
_SO_ALL = re.compile(
    r"\b(?:so|giving|making|meaning|hence|thus|therefore|which\s+is|that\s+is|a\s+total\s+of|in\s+all|altogether)\s+(?:[a-z]+\s+){0,3}$",
    re.IGNORECASE,
)
_THAT_IS = re.compile(r",\s*(?:or|that\s+is|i\.e\.|which\s+is|making)\s+$", re.IGNORECASE)
_IN_QUARTER = re.compile(
    r"\s*(?:[a-z]+\s+){0,2}?(?:over|in|during|across|for)\s+(?:the|this)\s+(?:whole\s+|entire\s+)?(?:quarter|three\s+months"
    r"|(?:13|thirteen)\s+weeks)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:[-–—]|to)\s*", re.IGNORECASE)
_FROM_TO = re.compile(
    r"\bfrom\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+to\s+the\b"
)
"""Of a time whose end is not told by its date."""
_WORKING = re.compile(r"\bworking\s+day|\bweekday", re.IGNORECASE)
_UNITS = {"per-hour": 1 / 24, "per-day": 1.0, "per-night": 1.0, "per-week": 7.0, "per-weekend": 7.0}
_MONTHS = {"per-month": 1, "per-quarter": 3, "per-year": 12}
_DAYS = {"day": 1.0, "night": 1.0, "week": 7.0, "weekend": 1.0}
_UNIT_AFTER = re.compile(
    r"\s+(day|night|week|weekend)s\b(?!\s+(?:earlier|before|ago|later|of\s+action))", re.IGNORECASE
)
_UNIT_IN = re.compile(r"\b(day)s\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:within|every|under|last|past|previous|next|than|after|least)\s+(?:the\s+)?(?:\w+\s+)?$", re.IGNORECASE
)
"""Before a time that limits something, and is not how long it lasted."""
_TIME_WORDS = frozenset("day week month quarter year hour night weekend".split())


@dataclass(frozen=True, slots=True)
class Spread:
    """A rate that restates a total: what was said, the end of its range if it has one, the total and the count."""

    rate: Figure
    to: Figure | None
    total: Figure
    count: Figure | None = None
    """How many things the total is spread over; None: time."""
    exact: bool = False
    """Each got just so many, not so many on average."""
    per: str = ""
    """Over which unit of time ("per-day"), where the rate's own unit or the words right behind it do not say so."""


def spreads(setting: Setting) -> list[Spread]:
    """Return the rates and averages of an item that restate a total beside them."""
    found = []
    figures = setting.figures
    for place, figure in enumerate(figures):
        if figure.role is Role.RATE and _lasted(setting, figure):
            continue
        if figure.role is Role.RATE and _per(setting, figure) in _UNITS | _MONTHS:
            if place and _is_range(setting, figures[place - 1], figure):
                continue
            to = (
                figures[place + 1]
                if place + 1 < len(figures) and _is_range(setting, figure, figures[place + 1])
                else None
            )
            if total := _total(setting, figure):
                found.append(Spread(figure, to, total))
        elif (
            (
                (figure.role is not Role.RATE or not _per(setting, figure))
                and (_APIECE.match(setting.after(figure)) or _EACH_OF_WHICH.search(setting.before(figure, 40)))
                and (spread := _apiece(setting, figure))
            )
            or (
                figure.role is Role.VALUE
                and (per := _PER.match(setting.after(figure)))
                and (spread := _over_things(setting, figure, nouns(per["what"]), alone=True))
            )
            or (
                _AVERAGE.search(setting.before(figure))
                and (each := _EACH.match(setting.after(figure)))
                and (spread := _over_things(setting, figure, nouns(each["what"])))
            )
        ):
            found.append(spread)
    known = {spread.rate for spread in found}
    return found + [spread for spread in _of_each(setting) if spread.rate not in known]


def _of_each(setting: Setting) -> Iterator[Spread]:
    """Yield the average of "each of 30 wardens walked 90 miles on average, 2,700 miles together" and its like."""
    for place in range(len(setting.spans)):
        near = [f for f in setting.figures if setting.sentence(f) == place]
        if len(near) != _COUNT_TOTAL_MEAN or near[0].unit != "count":
            continue
        count, second, third = near
        if not all(f.role in {Role.VALUE, Role.DURATION} for f in near):
            continue
        if _EACH_OF.search(setting.before(count, 30)) and _MEAN_AFTER.match(setting.after(second, 40)):
            if second.unit == third.unit and _TOGETHER.match(setting.after(third, 40)):
                yield Spread(second, None, third, count)
        elif (
            _EACH_OF.search(setting.before(count, 30))
            and second.unit == third.unit
            and (_SO_ALL.search(setting.before(third, 30)) or _TOGETHER.match(setting.after(third, 40)))
            and abs(third.value - count.value * second.value) <= _NEAR_ALL * third.value
        ):
            yield Spread(second, None, third, count, exact=not _EVENLY.search(setting.text))
        elif _SO_MEAN.search(setting.before(third, 60)) and _TOGETHER.match(setting.after(second, 40)):
            yield Spread(third, None, second, count)


def _per(setting: Setting, rate: Figure) -> str:
    """Per what a rate is: its unit says so for counts, the words after it for money."""
    if rate.unit.startswith("per-"):
        return rate.unit
    found = _PER_TIME.match(setting.after(rate, 30))
    return f"per-{found[1].lower()}" if found else ""


def _is_range(setting: Setting, first: Figure, second: Figure) -> bool:
    joint = setting.between(first, second)
    told = _RANGE.fullmatch(joint) or (joint.strip().lower() == "and" and _BETWEEN.search(setting.before(first, 20)))
    return first.unit == second.unit and bool(told)


def _total(setting: Setting, rate: Figure) -> Figure | None:
    """The total that a rate restates: the value before it that the words lead on from, else one in its brackets."""
    units = {"count", "GBP", rate.unit}
    values = [f for f in setting.figures if f.role is Role.VALUE and f.unit in units]
    values = [f for f in values if not _lasted(setting, f)]
    # "8,100 reports (about 81 per day)": the rate in brackets has made one of the total.
    rates = [f for f in setting.figures if f.role is Role.RATE and not _lasted(setting, f)]
    first = [f for f in rates if f.start < rate.start and f.unit == rate.unit]
    if len(first) == 1 and re.search(r"\(\s*(?:[a-z]+\s+){0,2}$", setting.between(first[0], rate)):
        return first[0]
    earlier = [f for f in rates if f.start < rate.start]
    quarterly = [f for f in earlier if _per(setting, f) == "per-quarter"]
    if quarterly and _per(setting, rate) != "per-quarter" and _LINKED.search(setting.between(quarterly[-1], rate)):
        return quarterly[-1]
    before = [f for f in values if f.start < rate.start]
    after = [f for f in values if f.start > rate.start and setting.sentence(f) == setting.sentence(rate)]
    if (
        len(after) == 1
        and not before
        and (
            re.search(r"[:(]|\bin\s+(?:all|total)\b|\btotal\b|\bquarter['’]s\b", setting.between(rate, after[0]))
            or (_IN_QUARTER.match(setting.after(after[0])) and _same_things(after[0], rate))
        )
    ):
        return after[0]
    for total in reversed(before):
        apart = setting.sentence(rate) - setting.sentence(total)
        joint = setting.between(total, rate)
        if apart > 1 or not _LINKED.search(joint) or any(f in rates for f in _within(setting, total, rate)):
            return None
        if _same_things(total, rate):
            return total
    return None


def _within(setting: Setting, first: Figure, second: Figure) -> list[Figure]:
    return [f for f in setting.figures if first.start < f.start < second.start]


def _same_things(total: Figure, rate: Figure) -> bool:
    said = (
        nouns(rate.what.split(" per ")[0])
        - _TIME_WORDS
        - {
            "per",
            "averag",
            "work",
            "works",
            "out",
            "equat",
            "make",
            "mak",
            "giv",
            "represent",
            "which",
            "that",
            "equal",
            "average",
            "mean",
            "monthl",
            "weekl",
            "dail",
            "quarterl",
        }
    )
    return (
        not said or same_subject(total.what, " ".join(said)) or said <= {"contact", "interaction", "enquiry", "enquiri"}
    )


def _apiece(setting: Setting, average: Figure) -> Spread | None:
    """Return the total and count of "our 360 Specials worked 18,720 hours between them, on average 52 hours apiece"."""
    around = setting.before(average) + setting.after(average, 40)
    if not _THAT_IS.search(setting.before(average, 20)) and not _EVENLY.search(around):
        return None
    before = [f for f in setting.figures if f.start < average.start and f.role in {Role.VALUE, Role.DURATION}]
    before = [f for f in before if setting.sentence(average) - setting.sentence(f) <= 1]
    if len(before) != 2:
        return None
    lasted = [f for f in before if f.unit in {"day", "hour", "mile"}]
    if average.unit == "count" and len(lasted) == 1:
        # "The 18 officers lost 216 days, on average 12 each."
        return Spread(average, None, lasted[0], next(f for f in before if f is not lasted[0]))
    totals = [f for f in before if f.unit == average.unit]
    if len(totals) == 1:
        return Spread(average, None, totals[0], next(f for f in before if f is not totals[0]))
    large, small = sorted(before, key=lambda f: -f.value)
    return (
        Spread(average, None, large, small) if average.unit == "count" and large.unit == small.unit == "count" else None
    )


def _over_things(setting: Setting, average: Figure, over: frozenset[str], *, alone: bool = False) -> Spread | None:
    """The total and the count that an average is of; ``alone``: only where the sentence holds no other number."""
    if over & _TIME_WORDS:
        return None
    near = [f for f in setting.figures if f is not average and f.role is Role.VALUE]
    near = [f for f in near if abs(setting.sentence(f) - setting.sentence(average)) <= 1]
    count = next((f for f in near if f.unit == "count" and nouns(f.what) & over), None)
    if count is None:
        return None
    totals = [f for f in near if f is not count and f.unit == average.unit]
    totals = [f for f in totals if f.unit != "count" or not nouns(f.what) & over]
    if alone and (len(totals) != 1 or setting.sentence(totals[0]) != setting.sentence(average)):
        return None
    matching = [f for f in totals if nouns(f.what) & nouns(average.what)] or totals
    return Spread(average, None, matching[0], count) if len(matching) == 1 else None


def mean_of_list(setting: Setting) -> Iterator[Check]:
    """Yield checks of an average of numbers that are listed: "120, 132 and 144, averaging 132"."""
    for average in setting.figures:
        around = setting.before(average, 90), setting.after(average, 30)
        if not (_MEAN.search(around[0]) or _MEAN_AFTER.match(around[1])) or average.role is Role.COMPARISON_VALUE:
            continue
        unit = "count" if average.unit.startswith("per-") else average.unit
        same = [f for f in setting.figures if f is not average and setting.sentence(f) == setting.sentence(average)]
        listed = [f for f in same if f.unit == unit]
        if counts_the_rest(listed):
            same = listed = listed[1:]
        if len(listed) < 3 or listed != same or not _is_list(setting, listed, average):
            continue
        yield from mean_check(setting, average, listed)


def mean_check(setting: Setting, average: Figure, listed: Sequence[Figure]) -> Iterator[Check]:
    """Yield the check of an average of ``listed`` numbers, which are of one unit."""
    unit = listed[0].unit
    if {f.unit for f in listed} != {unit} or average.unit not in {
        unit,
        *(u for u in [average.unit] if u.startswith("per-")),
    }:
        return
    made = Interval.at(0)
    for figure in listed:
        made = made + setting.interval(figure)
    made, claim = made.scaled(1 / len(listed)), setting.interval(average)
    if claim.low == claim.high:
        claim = Interval(claim.low - 0.5, claim.high + 0.5)
    yield Check(
        item=setting.item.number,
        kind=CheckKind.AVERAGE,
        stated=float(average.value),
        recomputed=round((made.low + made.high) / 2, 2),
        interval=(made.low, made.high),
        verdict=Verdict.AGREES if claim.meets(made) else Verdict.DISAGREES,
        arithmetic=f"({' + '.join(shown(f.value, unit) for f in listed)}) ÷ {len(listed)} = {outcome(made, unit)}; "
        f"stated: {shown(average.value, unit)}",
        figures=(average, *listed),
    )


def _is_list(setting: Setting, listed: list[Figure], average: Figure) -> bool:
    """Whether figures stand in one list, all on one side of the average."""
    if not (average.start < listed[0].start or average.start > listed[-1].start):
        return False
    joints = [setting.between(a, b) for a, b in pairwise(listed)]
    return all(len(joint) <= _LIST_GAP and re.search(r"[,;]|\band\b", joint) for joint in joints)


def checks_of(setting: Setting, spread: Spread) -> Iterator[Check]:
    """Yield the check of a rate or average; nothing where the length of its period is not known."""
    claim = setting.interval(spread.rate)
    if spread.to is not None:
        claim = Interval(claim.low, setting.interval(spread.to).high)
    if claim.low == claim.high and not spread.exact:
        claim = Interval(claim.low - 0.5, claim.high + 0.5)
    total, unit = setting.interval(spread.total), spread.total.unit
    t = shown(spread.total.value, unit)
    if spread.count is not None:
        made = total.over(setting.interval(spread.count))
        words = f"{t} ÷ {shown(spread.count.value, 'count')}"
    else:
        length = _length(setting, spread)
        if length is None:
            return
        parts, described = length
        made = total.scaled(1 / parts)
        words = f"{t} ÷ {described}"
        weeks = round(parts)
        if (spread.per or _per(setting, spread.rate)) == "per-week" and claim.meets(total.scaled(1 / weeks)):
            # A quarter is thirteen weeks to most writers.
            made, words = total.scaled(1 / weeks), f"{t} ÷ {weeks} weeks"
    if made is None:
        return
    figures = tuple(filter(None, (spread.rate, spread.to, spread.total, spread.count)))
    agrees = claim.meets(made)
    said = shown(spread.rate.value, unit)
    if spread.to is not None:
        said = f"a range of {said} to {shown(spread.to.value, unit)}"
        if not agrees:
            said += ", which the count " + ("does not reach" if made.high < claim.low else "goes beyond")
    yield Check(
        item=setting.item.number,
        kind=CheckKind.RATE if spread.count is None else CheckKind.AVERAGE,
        stated=float(spread.rate.value),
        recomputed=round((made.low + made.high) / 2, 2),
        interval=(made.low, made.high),
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        arithmetic=f"{words} = {outcome(made, unit)}; stated: {said}",
        figures=figures,
    )


def _length(setting: Setting, spread: Spread) -> tuple[float, str] | None:
    """How many of the rate's units of time the total covers, and that in words."""
    own = _own_time(setting, spread)
    if own is not None:
        return own
    period = spread.total.dates or ((setting.quarter.start, setting.quarter.end) if setting.quarter else None)
    if period is None or _FROM_TO.search(setting.text):
        return None
    days = (period[1] - period[0]).days + 1
    unit = spread.per or _per(setting, spread.rate)
    if unit in _MONTHS:
        months = round(days / 30.44)
        return (months / _MONTHS[unit], f"{months} months") if months >= _MONTHS[unit] else None
    if unit == "per-day" and _WORKING.search(setting.after(spread.rate)):
        working = _weekdays(*period)
        return working, f"{working} working days"
    return (
        days / _UNITS[unit],
        f"{days} days" if unit == "per-day" else f"({days} days ÷ {shown(_UNITS[unit], 'count')})",
    )


def _own_time(setting: Setting, spread: Spread) -> tuple[float, str] | None:
    """Return the time that the words give themselves, in the rate's unit: "390 vehicles in ten nights (39 a night)"."""
    unit = (spread.per or _per(setting, spread.rate)).removeprefix("per-")
    told = [f for f in setting.figures if f is not spread.rate and f is not spread.total and _lasted(setting, f)]
    near = [f for f in told if 0 <= setting.sentence(spread.rate) - setting.sentence(f) <= 1]
    for figure in reversed(near):
        lasted = _lasted(setting, figure)
        if _DAYS.get(lasted) and _DAYS.get(unit) and (unit != "weekend" or lasted == unit):
            parts = figure.value * _DAYS[lasted] / _DAYS[unit] if lasted != unit else float(figure.value)
            return parts, f"{shown(figure.value, 'count')} {lasted}s"
    return None


def _lasted(setting: Setting, figure: Figure) -> str:
    """Return the unit of time that a figure counts, as "ten nights" does; "" for anything else, and for a limit."""
    found = _UNIT_AFTER.match(setting.after(figure, 20)) if figure.unit != "day" else _UNIT_IN.search(figure.text)
    if found is None or _LIMIT.search(setting.before(figure, 25)):
        return ""
    return found[1].casefold()


def _weekdays(first: date, last: date) -> int:
    return sum((first + timedelta(days=n)).weekday() < 5 for n in range((last - first).days + 1))
