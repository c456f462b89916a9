"""Periods that their own label contradicts: "last quarter (Q2 2022/23)" in the report of its fourth quarter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from graph.audit import causes
from graph.audit.pairs import is_change
from graph.audit.setting import Setting
from graph.audit.words import same_subject
from graph.mentions.periods import Period, find_periods, resolve_period
from graph.model import Check, CheckKind, Figure, Quarter, Role, Verdict

_RELATIVE = re.compile(
    r"(?:the\s+)?(?:same\s+(?:quarter|period|time)\s+)?(?:of\s+)?(?:last|previous|preceding|prior|this|current|a)\s+(?:quarter|year)(?:\s+(?:ago|earlier|before))?",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s*[,(–—-]?\s*(?:in|of|that\s+is|i\.e\.|being|during|or)?\s*$", re.IGNORECASE)
_LABELS = re.compile(r"\s*[:=]\s*[£\d]")
"""Behind a period in brackets that is the label of a value of its own: "414 this quarter (Q2: 360)"."""
_BEST_SINCE = re.compile(
    r"\b(?:best|worst|highest|lowest|fewest|most|largest|smallest)\b[^.;,\d]{0,30}\bsince\s+(?:the\s+)?[^.;,]{0,30}$",
    re.IGNORECASE,
)
_BOTH_OF = re.compile(r"[^().;]*[(;]\s*", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:coming|next|following|forthcoming)\s+(?:quarter|year|month)\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:compar\w+|against|versus|vs|on|from|than|up|down)\b[^.;]*$", re.IGNORECASE)
_HELD_AGAINST = re.compile(
    r"\b(?:against|compar\w+\s+(?:with|to)|than|versus|vs\.?|(?:up|down|increase|rise|decrease|reduction|fall|drop|cut|improvement|advance)\s+(?:on|from)|since|below|beneath|above|that\s+of|those\s+of)"
    r"\s+(?:(?:that\s+of|those\s+of|those|that|the|\d[\d,.]*(?:\s+(?:[a-z]+\s+)?[a-z]+(?=\s+(?:in|for|during|of)\s+$))?|figure|level|total|number|of|in|for|seen|recorded)\s+){0,5}$",
    re.IGNORECASE,
)
"""What leads up to the period that something is compared with."""
_SET_AGAINST = re.compile(
    r"^\s*(?:with|against|to|versus|vs\.?|than)\s+$|\b(?:compar\w+|against|versus|vs\.?)\b[^.]*$", re.IGNORECASE
)
_DATED = re.compile(r"\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
"""A period that is told by its date, and not as the last one or the same one."""
_SINCE = re.compile(r"since\s+(?=Q[1-4]\b|quarter\b)", re.IGNORECASE)
"""Before a quarter: "up 50% since Q2" is held against it; "since April" may be the time that is told of."""
_NEAR = 80
Days = tuple[date, date]


def checks_of(setting: Setting) -> Iterator[Check]:
    """Yield a check for each figure whose period is called by a name that its dates contradict."""
    if setting.quarter is None:
        return
    found = sorted(find_periods(setting.text), key=lambda p: p.start)
    seen: set[Figure] = set()
    for one, other in pairwise(found):
        between = setting.text[one.end : other.start]
        if not _BESIDE.fullmatch(between) or ("(" in between and _LABELS.match(setting.text[other.end :])):
            continue
        called, dated = (one, other) if _is_relative(one) else (other, one)
        if not _is_relative(called) or _is_relative(dated):
            continue
        if (why := _contradiction(setting, called, dated)) and (figure := _nearest(setting, one.start, other.end)):
            seen.add(figure)
            yield _check(setting, figure, why)
    told = [*_held_against_this(setting, found), *_beside_itself(setting, found), *_held_against_itself(setting, found)]
    for figure, why in told:
        if figure not in seen:
            seen.add(figure)
            yield _check(setting, figure, why)
    for ahead in _AHEAD.finditer(setting.text):
        figure = _nearest(setting, ahead.start(), ahead.end())
        if figure is not None and figure not in seen and figure.role is Role.COMPARISON_VALUE:
            yield _check(setting, figure, f"“{ahead[0]}” is still to come")


def _held_against_this(setting: Setting, found: list[Period]) -> Iterator[tuple[Figure, str]]:
    """Yield what is compared with a period that it cannot be compared with."""
    for period in found:
        if setting.quarter is None or not _is_held_against(setting, period):
            continue
        figure = _moved_beside(setting, period) or _named_base(setting, period)
        if figure is None and _BEST_SINCE.search(setting.text[: period.start] + period.text):
            figure = _nearest(setting, period.start, period.end, first=False)
        if figure is not None and (why := _impossible(period, setting.quarter)):
            yield figure, why


def _held_against_itself(setting: Setting, found: list[Period]) -> Iterator[tuple[Figure, str]]:
    """Yield what is told of one dated period as if it were two: "April to June 2024 with April to June 2024"."""
    for one, other in pairwise(found):
        joint = setting.text[one.end : other.start]
        figure = _nearest(setting, other.start, other.end)
        if figure is None or one.text.casefold() != other.text.casefold() or len(joint) > _NEAR:
            continue
        if _DATED.search(one.text) and _SET_AGAINST.search(joint):
            yield figure, f"“{other.text}” is held against itself"


def _beside_itself(setting: Setting, found: list[Period]) -> Iterator[tuple[Figure, str]]:
    """Yield the second of two values of one thing that is dated as if it were the first: "65 (Q3 2024/25: 72)".

    The sentence holds the two and no other number; a first value that is as large may be of a longer time, and the
    second then a part of it.
    """
    if setting.quarter is None:
        return
    own = setting.quarter.start, setting.quarter.end
    for place, (start, end) in enumerate(setting.spans):
        two = [f for f in setting.figures if setting.sentence(f) == place]
        dated = [p for p in found if start <= p.start < end and _DATED.search(p.text)]
        if len(two) != 2 or len(dated) != 1 or resolve_period(dated[0].text, setting.quarter) != own:
            continue
        one, other = two
        at = dated[0]
        if one.unit != other.unit or one.role is not other.role or at.start < setting.at(one)[1]:
            continue
        if not _BOTH_OF.fullmatch(setting.text[setting.at(one)[1] : min(at.start, setting.at(other)[0])]):
            continue
        label = setting.text[at.end : setting.at(other)[0]] if at.start < setting.at(other)[0] else None
        if label is not None and not re.fullmatch(r"\s*[:=,]?\s*", label):
            continue
        if label is None and not re.fullmatch(
            r"\s*(?:[a-z]+\s+)?(?:in|for|during)\s+", setting.text[setting.at(other)[1] : at.start]
        ):
            continue
        said_now = re.match(r"[^(;,]*\b(?:in|this)\s+(?:the\s+)?quarter\b", setting.after(one, 60), re.IGNORECASE)
        if (said_now or one.value < other.value) and same_subject(one.what, other.what):
            yield other, f"“{at.text}” is the quarter that is reported on, held against itself"


def _is_held_against(setting: Setting, period: Period) -> bool:
    """Whether something is compared with a period that is told by its date."""
    since = _SINCE.match(period.text) is not None
    return bool(_DATED.search(period.text) and (since or _HELD_AGAINST.search(setting.text[: period.start])))


def _impossible(period: Period, quarter: Quarter) -> str:
    """Why nothing of ``quarter`` can be compared with a period, or ""."""
    days = resolve_period(_SINCE.sub("", period.text), quarter)
    if days == (quarter.start, quarter.end):
        return f"“{period.text}” is the quarter that is reported on, held against itself"
    return f"“{period.text}” is still to come" if days is not None and days[0] > quarter.end else ""


def _is_relative(period: Period) -> bool:
    return _RELATIVE.fullmatch(period.text.strip()) is not None


def _contradiction(setting: Setting, called: Period, dated: Period) -> str:
    """Why two names of one period cannot both be right, or ""."""
    days, quarter = resolve_period(dated.text, setting.quarter), setting.quarter
    if days is None or quarter is None:
        return ""
    name = called.text.casefold()
    own = quarter.start, quarter.end
    if re.search(r"\b(?:this|current)\b", name):
        return "" if _overlap(days, own) else f"“{dated.text}” is not “{called.text}” in a report of {quarter.label}"
    if days == own:
        return f"“{dated.text}” is the quarter that is reported on, not “{called.text}”"
    if "quarter" in name and "same" not in name and "year" not in name:
        before = quarter.start.toordinal() - days[1].toordinal()
        return (
            ""
            if before == 1 or days[0].month == days[1].month
            else f"“{dated.text}” is not the quarter before {quarter.label}"
        )
    return ""


def _overlap(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _moved_beside(setting: Setting, period: Period) -> Figure | None:
    """The change or earlier value of the same sentence that a period is told of."""
    near = (_nearest(setting, period.start, period.end), _nearest(setting, period.start, period.end, first=False))
    return next((f for f in near if f and (is_change(setting, f) or f.role is Role.COMPARISON_VALUE)), None)


def _named_base(setting: Setting, period: Period) -> Figure | None:
    """The value that stands between the words of comparison and the period: "an increase on the 8,870 run in Q3"."""
    found = _HELD_AGAINST.search(setting.text[: period.start])
    inside = [f for f in setting.figures if found and found.start() <= setting.at(f)[0] < period.start]
    return inside[0] if len(inside) == 1 else None


def _nearest(setting: Setting, start: int, end: int, *, first: bool = True) -> Figure | None:
    """The figure of the same sentence that stands nearest to a stretch of the text: after it, else before.

    Without ``first`` before it alone.
    """
    place = next((n for n, (first, last) in enumerate(setting.spans) if first <= start < last), 0)
    same = [f for f in setting.figures if setting.sentence(f) == place]
    after = [f for f in same if end <= setting.at(f)[0] <= end + _NEAR]
    before = [f for f in same if start - _NEAR <= setting.at(f)[1] <= start]
    return after[0] if after and first else before[-1] if before else None


def _check(setting: Setting, figure: Figure, why: str) -> Check:
    return Check(
        item=setting.item.number,
        kind=CheckKind.PERIOD,
        stated=float(figure.value),
        recomputed=None,
        interval=None,
        verdict=Verdict.LABEL_DOUBTFUL,
        arithmetic=f"{figure.text}: {why}",
        figures=(figure,),
        cause=causes.LABEL,
    )
