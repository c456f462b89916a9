"""Which values a stated change is the change of: "64,230 calls, a 6% increase on 60,789, 3,441 more".

A change is bound to a value of now and one of then: of one unit, of what may be one subject, the one told as earlier by
its role or by words ("last year", "had been", "from"). Pairs are tried from the nearest on. Where a sentence leaves
several pairs open, any that bears the change out is taken: nobody is accused by a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.audit.pairs import (
    TOLD_ON,
    Comparison,
    is_change,
    is_past,
    is_relative,
    levels_of,
    named_second,
    pairs,
    subject_of,
)
from graph.audit.setting import LEVELS, Setting
from graph.audit.words import ANAPHOR, same_subject
from graph.model import Figure, Role

_TIMES_THE = re.compile(
    r"\s*(?:the|that\s+of\s+the|as\s+(?:many|much|high)\s+as\s+(?:the\s+)?)\s*(?:(?:figure|total)\s+of\s+)?"
)
_SO = re.compile(r"\b(?:so|thus|hence|that\s+is|making\s+it)\s+$", re.IGNORECASE)
_AS_MANY = re.compile(r"\s*(?:as|the\s+number)\b", re.IGNORECASE)
_MONTHS = r"\b(January|February|March|April|May|June|July|August|September|October|November|December)\b"
_THAN_IN = re.compile(
    rf"\s*(?:[a-z]+\s+)?(?:more|fewer|less|higher|lower)\s+than\s+(?:in|during|for)\s+{_MONTHS}", re.IGNORECASE
)
_MONTH = re.compile(_MONTHS, re.IGNORECASE)
_APART_FROM = re.compile(r"[,;:()]|\band\b|\d")
_APART = 160
_ON_THE = re.compile(
    r"\s*(?:percentage\s+)?(?:points?\s+)?(?:[a-z]+\s+){0,4}?(?:on|than|from|over|above|below|beneath|against|up\s+on|down\s+on|compared\s+(?:with|to))\s+"
    r"(?:(?:the|a|our|last\s+year['’]s|last\s+quarter['’]s|previous|its|target\s+of|figure\s+of|total\s+of|level\s+of|some|about|around"
    r"|average\s+of|[a-z]+\s+of)\s+){0,3}$",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\b(?:while|whilst|whereas|but|although)\b|;", re.IGNORECASE)
_TOLD_AFTER = re.compile(
    r"[^.;:\d]{0,25}?[–—,(:-]\s*(?:(?!\b(?:and|with|while|whilst|but|whereas)\b)[a-z]+\s+){0,4}$", re.IGNORECASE
)
_OPENED = re.compile(r"\s*\(\s*(?:from\s+|was\s+)?")
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:[/-]\d\d)?\b")
_LEADS_ON = re.compile(r"^\W*(?:when|as|from|with|where|because|after)\b|^\W*\(|:\s*$", re.IGNORECASE)
_ABROAD = re.compile(
    r"\b(?:national\w*|regional|(?:force|county|england\w*|family)\s+average)\b[^\d.;]{0,30}$", re.IGNORECASE
)


@dataclass(frozen=True)
class Claim:
    """A stated change with the comparisons that it may be part of, the likeliest first."""

    stated: Figure
    readings: tuple[Comparison, ...]


def claims(setting: Setting) -> list[Claim]:
    """Return the stated changes of an item, each with what it may be the change of."""
    # "82% and 64%, 3 and 8 points up respectively": which belongs to which is not told by what stands beside what.
    changes = [f for f in setting.figures if is_change(setting, f) and not setting.in_turn(f)]
    begun = {change: found for change in changes if (found := _begun_at(setting, change, changes))}
    bases = {reading.base for reading in begun.values()}
    changes = [f for f in changes if f not in bases]
    pairs_ = pairs(setting)
    return [
        Claim(change, (begun[change],) if change in begun else tuple(_readings(setting, change, changes, pairs_)))
        for change in changes
    ]


def _begun_at(setting: Setting, stated: Figure, changes: list[Figure]) -> Comparison | None:
    """The value and its base of "9,744 crimes, a rise of five per cent (9,280)".

    What stands in brackets behind a percentage and is as large as the value itself is no change but where it began.
    """
    behind = next((f for f in changes if f.start > stated.start), None)
    if not is_relative(stated) or behind is None or not _OPENED.fullmatch(setting.between(stated, behind)):
        return None
    led = [
        f
        for f in setting.figures
        if f.start < stated.start and setting.sentence(f) == setting.sentence(stated) and f.role in LEVELS
    ]
    large = [f for f in led if f.unit == behind.unit and abs(behind.value) > abs(f.value) / 2]
    return Comparison(now=large[-1], base=behind, relative=stated) if large else None


def _readings(setting: Setting, stated: Figure, changes: list[Figure], known: list[Comparison]) -> list[Comparison]:
    """What a change may be the change of, the nearest first."""
    beside = _beside(setting, stated, changes)
    if (bound := _bound(setting, stated)) is not None:
        return [_with(bound, stated, beside)]
    found = []
    for pair in known:
        if pair.now is None or pair.base is None:
            continue
        if not is_relative(stated) and setting.level_unit(stated) != pair.now.unit:
            continue
        if not _belongs(setting, stated, pair):
            continue
        found.append((_distance(stated, pair), pair))
    readings = [_with(pair, stated, beside) for _, pair in sorted(found, key=lambda f: f[0])]
    if not readings and not is_relative(stated) and _SO.search(setting.before(stated, 20)):
        readings = _told_apart(setting, stated)
    if not readings and stated.unit == "ratio":
        readings = _of_two(setting, stated)
    if readings:
        return readings
    if not is_relative(stated):
        near = [f for f in levels_of(setting) if f.unit == setting.level_unit(stated)]
        near = [f for f in near if _tells_of(setting, f, stated)]
        near.sort(key=lambda f: abs(f.start - stated.start))
        return [Comparison(now=f, change=stated) for f in near[:1]]
    return _from_change(setting, stated, beside)


def _bound(setting: Setting, stated: Figure) -> Comparison | None:
    """The values of a change that names its base right behind it: "10% up on the 2,100 carried out last year"."""
    values = [f for f in setting.figures if f.start > stated.start and not is_change(setting, f)]
    base = next(iter(values), None)
    if (
        base is None
        or setting.sentence(base) != setting.sentence(stated)
        or not (
            _ON_THE.fullmatch(setting.between(stated, base))
            or (stated.unit == "ratio" and stated.value > 1 and _TIMES_THE.fullmatch(setting.between(stated, base)))
        )
    ):
        return None
    if base.role is not Role.TARGET and base.role is not Role.COMPARISON_VALUE and base.role not in LEVELS:
        return None
    if not is_relative(stated) and setting.level_unit(stated) != base.unit:
        return None
    # "540, 8% up on the 500 of summer though 10% down on the 600 of last year": both are of the 540.
    before = [
        f for f in levels_of(setting) if f.start < stated.start and f.unit == base.unit and not named_second(setting, f)
    ]
    now = before[-1] if before else None
    if now is None or setting.sentence(stated) - setting.sentence(now) > 1:
        return None
    if base.role is Role.TARGET and now.what and base.what and not same_subject(now.what, base.what):
        # "72 visits were made and 30 letters sent, 20% over the target of 60 visits": the letters have no target
        return None
    if base.role is Role.TARGET and is_past(setting, now):
        # "94% (92% last quarter), 2 points better on a target of 90%": the change is of the two values
        return None
    between = [
        f for f in setting.figures
        if now.start < f.start < stated.start and f.role in LEVELS and not named_second(setting, f)
    ]  # fmt: skip
    opening = setting.text[slice(*setting.spans[setting.sentence(stated)])]
    told_on = setting.sentence(stated) == setting.sentence(now) or ANAPHOR.match(opening) is not None
    if between or not told_on or _JOINS.search(setting.between(now, stated)):
        return None
    return Comparison(now=now, base=base)


def _of_two(setting: Setting, stated: Figure) -> list[Comparison]:
    """Readings of "twice as many calls from parents (84) as from teachers (56)": the two values of its sentence."""
    alone = [f for f in levels_of(setting) if setting.sentence(f) == setting.sentence(stated)]
    if len(alone) != 2 or alone[0].unit != alone[1].unit:
        return []
    one, other = alone
    if _AS_MANY.match(setting.after(stated, 40)):
        return [Comparison(now=one, base=other, relative=stated)]
    if not re.search(r":\s*(?:there\s+were\s+)?$|\bfrom\s+$", setting.between(stated, one)) or not same_subject(
        one.what, other.what
    ):
        return []
    # Told one after the other, the later time last; the other order is tried too.
    return [Comparison(now=other, base=one, relative=stated), Comparison(now=one, base=other, relative=stated)]


def _told_apart(setting: Setting, stated: Figure) -> list[Comparison]:
    """Readings of "206 in the west; 241 in the east, so 35 more": the two values of its sentence."""
    before = [
        f for f in levels_of(setting) if setting.sentence(f) == setting.sentence(stated) and f.start < stated.start
    ]
    if len(before) != 2 or {f.unit for f in before} != {setting.level_unit(stated)}:
        return []
    one, other = before
    return [Comparison(other, one, stated), Comparison(one, other, stated)]


def _with(pair: Comparison, stated: Figure, beside: Figure | None) -> Comparison:
    if is_relative(stated):
        return Comparison(pair.now, pair.base, None, stated)
    return Comparison(pair.now, pair.base, stated, beside if beside is not None and is_relative(beside) else None)


def _belongs(setting: Setting, stated: Figure, pair: Comparison) -> bool:
    """Whether a change and a pair of values may be of one thing and are told together."""
    if pair.base is not None and is_of_other_month(setting, stated, pair.base):
        return False
    members = pair.members()
    places = [setting.sentence(f) for f in members]
    here = setting.sentence(stated)
    if not any(abs(here - place) <= 1 for place in places) or max(places) - min(places) > 1:
        return False
    if here not in places:
        later = max(here, min(places)) if here > max(places) else min(places)
        opening = setting.text[slice(*setting.spans[later])]
        if not ANAPHOR.match(opening) and not TOLD_ON.match(opening):
            return False
    lead = setting.before(stated, 60)
    if _ABROAD.search(lead):
        return False
    if all(same_subject(subject_of(setting, f), stated.what) for f in members) or _between(stated, members):
        return True
    # "Turnover fell 10% when leavers went from 110 to 121": the only values of the sentence, and it leads on to them.
    alone = [f for f in levels_of(setting) if setting.sentence(f) == here]
    if len(alone) != len(members) or here not in places:
        return False
    if stated.start > members[-1].start:
        return bool(_TOLD_AFTER.fullmatch(_YEAR.sub("", setting.between(members[-1], stated))))
    return bool(_LEADS_ON.search(setting.between(stated, members[0])))


def is_of_other_month(setting: Setting, stated: Figure, base: Figure) -> bool:
    """Whether a change is one from a month that a number is not of: "ten more than in May, and 58 in June"."""
    than = _THAN_IN.match(setting.after(stated, 60))
    if than is None:
        return False
    own = _APART_FROM.split(setting.after(base, 40))[0]
    month = _MONTH.search(own) or _MONTH.search(_APART_FROM.split(setting.before(base, 40))[-1])
    return month is not None and month[0].casefold() != than[1].casefold()


def _between(stated: Figure, members: list[Figure]) -> bool:
    return members[0].start < stated.start < members[-1].start


def _distance(stated: Figure, pair: Comparison) -> int:
    places = [f.start for f in pair.members()]
    return max(*places, stated.start) - min(*places, stated.start)


def _beside(setting: Setting, stated: Figure, changes: list[Figure]) -> Figure | None:
    """The same change told the other way, in brackets or after a comma: "19.5% (8,205 more)"."""
    place = changes.index(stated)
    near = [changes[n] for n in (place - 1, place + 1) if 0 <= n < len(changes)]
    for other in near:
        joint = setting.between(stated, other)
        between = [
            f for f in setting.figures if min(stated.start, other.start) < f.start < max(stated.start, other.start)
        ]
        foreign = [f for f in between if f.role in LEVELS and not same_subject(f.what, stated.what)]
        if is_relative(other) is is_relative(stated) or len(joint) > _APART or foreign or len(between) > 1:
            continue
        if _JOINS.search(joint):
            continue
        if _goes_on(setting, stated, other) and same_subject(stated.what, other.what):
            return other
    return None


def _goes_on(setting: Setting, one: Figure, other: Figure) -> bool:
    first, second = sorted((one, other), key=lambda f: f.start)
    apart = setting.sentence(second) - setting.sentence(first)
    return apart == 0 or (
        apart == 1 and bool(ANAPHOR.match(setting.text[slice(*setting.spans[setting.sentence(second)])]))
    )


def _from_change(setting: Setting, stated: Figure, beside: Figure | None) -> list[Comparison]:
    """Readings of a percentage whose absolute change stands beside it and one of whose values is stated."""
    if beside is None or beside.unit == "percentage-point":
        return []
    levels = [
        f for f in setting.figures if f.unit == beside.unit and (f.role in LEVELS or f.role is Role.COMPARISON_VALUE)
    ]
    near = [f for f in levels if _tells_of(setting, f, stated) or _tells_of(setting, f, beside)]
    near.sort(key=lambda f: min(abs(f.start - stated.start), abs(f.start - beside.start)))
    return [
        Comparison(base=f, change=beside, relative=stated)
        if f.role is Role.COMPARISON_VALUE or (len(near) > 1 and is_past(setting, f))
        else Comparison(now=f, change=beside, relative=stated)
        for f in near
    ]


def _tells_of(setting: Setting, level: Figure, change: Figure) -> bool:
    """Whether a value may be what a change is of."""
    apart = setting.sentence(change) - setting.sentence(level)
    if not -1 <= apart <= 1 or not same_subject(level.what, change.what):
        return False
    if apart == 0:
        return True
    later = setting.text[slice(*setting.spans[max(setting.sentence(change), setting.sentence(level))])]
    return bool(ANAPHOR.match(later)) or bool(level.what and change.what)
