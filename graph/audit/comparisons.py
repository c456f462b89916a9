"""Which values a stated change is the change of: "64,230 calls, a 6% increase on 60,789, 3,441 more".

A change is bound to a value of now and one of then: of one unit, of what may be one subject, the one told as earlier by
its role or by words ("last year", "had been", "from"). Pairs are tried from the nearest on. Where a sentence leaves
several pairs open, any that bears the change out is taken: nobody is accused by a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from graph.audit.setting import LEVELS, Setting
from graph.audit.words import ANAPHOR, same_subject
from graph.model import Figure, Role

_LED_BY_PAST = re.compile(
    r"\b(?:had\s+been|having\s+been|(?:last|previous|preceding|prior)\s+(?:year|quarter|month|period|summer|autumn|winter|spring)|previously"
    r"|a\s+year\s+(?:earlier|ago)|earlier|before|after|when\s+it\s+was)\W+(?:(?!(?:with|to|now|this|but|and|while|whilst|whereas|although)\b)[\w'’-]+\W+){0,8}$",
    re.IGNORECASE,
)
_PAST_AFTER = re.compile(
    r"(?:(?!\b(?:where|when|whereas|while|against|compar\w+|after)\b)[^\d.;:,()]){0,40}?\b(?:last|previous\w*|earlier|prior|preceding|before|then|ago|a\s+year\s+before|in\s+the\s+first)\b",
    re.IGNORECASE,
)
_HAD_BEEN = re.compile(
    r"\b(?:had\s+been|(?:last|previous)\s+(?:year|quarter|month)(?:['’]s)?)\s+(?:only\s+|just\s+)?$", re.IGNORECASE
)
_NOW_WORDS = re.compile(r"\b(?:this|now|currently|latest|current|in\s+the\s+second)\b", re.IGNORECASE)
_MOVE_OF = re.compile(
    r"\b(?:cut|rise|fall|drop|sav\w+|gain|gap|difference|increase|decrease|reduction|improvement|jump|dip|decline|growth|swing|leap"
    r"|change|uplift|shortfall)\s+of\s+(?:about\s+|around\s+|some\s+|nearly\s+|over\s+|just\s+(?:over|under)\s+)?$",
    re.IGNORECASE,
)
_MOVED_BY = re.compile(
    r"\b(?:increas|decreas|r[io]se|ris|gr[eo]w|climb|jump|fell|fall|drop|declin|reduc|shr[aiu]nk|cut|up|down|improv|shorten|slipp?|eas"
    r"|lengthen|worsen|chang|swell|swoll|swelled|expand|contract)\w*\s+by\s+(?:about\s+|around\s+|some\s+|nearly\s+|over\s+|a\s+)?$",
    re.IGNORECASE,
)
_APART_BY = re.compile(
    r"\b(?:exceed|beat|top|surpass|outstrip|outnumber|trail)\w*\b[^.;]*\bby\s+$|\b(?:gap|difference|margin)\b[^.;]*\b(?:is|was|of|being)\s+$"
    r"|\b(?:reduction|rise|fall|increase|decrease|drop|growth)\b[^.;]*\b(?:is|was)\s+(?:one\s+of\s+)?$",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    r"(?!\s*(?:is|was|are|were|remain\w*|stood|stands?)\b)\s*(?:(?:up|down)\s+on|(?:[a-z]+\s+)?(?:more|fewer|less|longer|shorter|higher|lower|quicker|slower)\s+than)\b"
    r"|\s*[a-z]+\s+(?:more|fewer|less)\s*(?:[.;,)]|$|than\b)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"\b(?:up|down|rise|fall|drop|decline|reduction|change|risen|fallen|rose|fell|increas\w+|decreas\w+|reduc\w+|grown|dropped|climbed)\b[^\d()]{0,20}\([+−–-]?\s*$",
    re.IGNORECASE,
)
_MOVED_AFTER = re.compile(
    r"\s*(?:above|below|over|under|up|down|more|fewer|less|higher|lower|better|worse|quicker|slower|longer|shorter|off)\b(?!\s+to\b)",
    re.IGNORECASE,
)
_THAN_LAST = re.compile(r"\bthan\s+(?:last|before|then|previously)\s*\(\s*$", re.IGNORECASE)
_BARE = re.compile(r"\d\s*\($")
"""A number right behind another, alone in brackets, is the earlier one: "345 (300)"."""
_TIMES_THE = re.compile(
    r"\s*(?:the|that\s+of\s+the|as\s+(?:many|much|high)\s+as\s+(?:the\s+)?)\s*(?:(?:figure|total)\s+of\s+)?"
)
_SO = re.compile(r"\b(?:so|thus|hence|that\s+is|making\s+it)\s+$", re.IGNORECASE)
_SET_AGAINST = re.compile(
    r"(?:[^\d.;:]{0,60}?[\s,(–—-])?(?:as\s+against|against|versus|vs?\.?|compar\w+\s+(?:with|to)|as\s+opposed\s+to|up\s+(?:from|on)|down\s+(?:from|on)"
    r"|(?:more|fewer|less|higher|lower|greater|smaller|longer|shorter)\s+than|(?:above|below)(?=\s+(?:the|last))"
    r"|where\s+(?:before|previously)\s+(?:it|there)\s+(?:was|were|had\s+been))\s+(?:(?:the|a|our|its|only|just|some|about|around|last|this"
    r"|previous|total|figure|of|year['’]s|quarter['’]s)\s+){0,5}$",
    re.IGNORECASE,
)
"""What stands between a value and the one that it is held against, which the words name second."""
_LED_BY_COMPARED = re.compile(
    r"(?:^|[,;]\s)\W*(?:as\s+)?(?:compar\w+\s+(?:with|to)|against|up\s+from|down\s+from|having\s+(?:been|stood\s+at|[a-z]+(?:ed|en|de|ad)))\s+"
    r"(?:[a-z]+\s+){0,4}$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:[a-z]+\s+){0,3}$", re.IGNORECASE)
_BACK = re.compile(r"\W*(?:it|this|they|there|the\s+(?:figure|number|total|quarter|year|previous))\b", re.IGNORECASE)
_RELATIVE = frozenset({"percent", "ratio"})
_AS_MANY = re.compile(r"\s*(?:as|the\s+number)\b", re.IGNORECASE)
_APART = 160
_SEVERAL = 11
_POINTING = re.compile(r"\b(?:the|these|those|all|both|its|our|their)\s+$", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:it|there|they|that|the\s+(?:number|figure|total|time|rate|average))\s+(?:was|were|had\s+been|stood\s+at|is|are)\s+(?:only\s+|just\s+)?$",
    re.IGNORECASE,
)
_ON_THE = re.compile(
    r"\s*(?:percentage\s+)?(?:points?\s+)?(?:[a-z]+\s+){0,4}?(?:on|than|from|over|above|below|against|up\s+on|down\s+on|compared\s+(?:with|to))\s+"
    r"(?:(?:the|a|our|last\s+year['’]s|last\s+quarter['’]s|previous|its|target\s+of|figure\s+of|total\s+of|level\s+of|some|about|around"
    r"|average\s+of|[a-z]+\s+of)\s+){0,3}$",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\b(?:while|whilst|whereas|but|although)\b|;", re.IGNORECASE)
_TOLD_AFTER = re.compile(
    r"[^.;:\d]{0,25}?[–—,(:-]\s*(?:(?!\b(?:and|with|while|whilst|but|whereas)\b)[a-z]+\s+){0,4}$", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:[/-]\d\d)?\b")
_THAT_IS_BY = re.compile(r"\b(?:that\s+is|i\.e\.|or|so)\s+(?:up\s+|down\s+)?by\s+$", re.IGNORECASE)
_LEADS_ON = re.compile(r"^\W*(?:when|as|from|with|where|because|after)\b|^\W*\(|:\s*$", re.IGNORECASE)
_CHANGES = frozenset({Role.CHANGE_ABS, Role.CHANGE_PCT})
_ABROAD = re.compile(
    r"\b(?:national\w*|regional|(?:force|county|england\w*|family)\s+average)\b[^\d.;]{0,30}$", re.IGNORECASE
)


@dataclass(frozen=True)
class Comparison:
    """A value now, what it is compared with, and the change between them, as far as each is stated."""

    now: Figure | None = None
    base: Figure | None = None
    change: Figure | None = None
    """In the unit of the values, or in points."""
    relative: Figure | None = None
    """In per cent, or as a multiple ("doubled")."""

    def members(self) -> list[Figure]:
        """All of its figures in reading order."""
        return sorted(filter(None, (self.now, self.base, self.change, self.relative)), key=lambda f: f.start)


@dataclass(frozen=True)
class Claim:
    """A stated change with the comparisons that it may be part of, the likeliest first."""

    stated: Figure
    readings: tuple[Comparison, ...]


def is_relative(figure: Figure) -> bool:
    """Whether a change is in per cent or a multiple of what it changed."""
    return figure.unit in _RELATIVE


def is_change(setting: Setting, figure: Figure) -> bool:
    """Whether a figure is told as a change: by its role, or by the words that stand against it."""
    if figure.role in _CHANGES or figure.unit == "percentage-point":
        return True
    before = setting.before(figure, 60)
    if (
        _THAT_IS_BY.search(before)
        or _MOVE_OF.search(before)
        or _MOVED_BY.search(before)
        or _APART_BY.search(setting.before(figure, 120))
        or _MORE_THAN.match(setting.after(figure, 40))
    ):
        return True
    if (
        figure.unit in _RELATIVE
        and _BRACKETED.search(setting.before(figure, 90))
        and re.match(r"\s*\)", setting.after(figure, 4))
    ):
        return True
    return (
        figure.unit in _RELATIVE
        and figure.role is Role.SHARE_PCT
        and bool(_MOVED_AFTER.match(setting.after(figure, 20)))
    )


def claims(setting: Setting) -> list[Claim]:
    """Return the stated changes of an item, each with what it may be the change of."""
    changes = [f for f in setting.figures if is_change(setting, f)]
    pairs_ = pairs(setting)
    return [Claim(change, tuple(_readings(setting, change, changes, pairs_))) for change in changes]


def pairs(setting: Setting) -> list[Comparison]:
    """Return all values now and then of an item that may be set against each other, neighbours first."""
    levels = levels_of(setting)
    found = []
    for place, first in enumerate(levels):
        for second in levels[place + 1 :]:
            pair = pair_of(setting, first, second)
            if pair is not None and _is_taken(setting, pair, levels):
                continue
            if pair is not None and abs(setting.sentence(first) - setting.sentence(second)) <= 1:
                found.append((second.start - first.start, pair))
    return [pair for _, pair in sorted(found, key=lambda f: f[0])]


def _is_taken(setting: Setting, pair: Comparison, levels: list[Figure]) -> bool:
    """Whether a base of another sentence has a value of its own beside it: it is that one's, not this one's."""
    now, base = pair.now, pair.base
    if now is None or base is None or setting.sentence(now) == setting.sentence(base):
        return False
    beside = [
        f for f in levels if setting.sentence(f) == setting.sentence(base) and f.unit == base.unit and f is not base
    ]
    return any(not is_past(setting, f) and f.start < base.start for f in beside)


def levels_of(setting: Setting) -> list[Figure]:
    """Return the figures of an item that say how things stand or stood."""
    return [
        f
        for f in setting.figures
        if (f.role in LEVELS or f.role is Role.COMPARISON_VALUE)
        and not is_change(setting, f)
        and not _is_known(setting, f)
    ]


def _is_known(setting: Setting, figure: Figure) -> bool:
    """Whether a small number only points back ("the two campaigns")."""
    return (
        figure.text.isalpha() and figure.value < _SEVERAL and _POINTING.search(setting.before(figure, 20)) is not None
    )


def pair_of(setting: Setting, first: Figure, second: Figure) -> Comparison | None:
    """Return two values as now and then, or None where they are not of one thing at two times."""
    if first.unit != second.unit or not same_subject(_subject(setting, first), _subject(setting, second)):
        return None
    old = _set_against(setting, first, second) or [is_past(setting, figure) for figure in (first, second)]
    if all(old):
        # Both are told beside an earlier period: the words right before each decide.
        old = [_is_told_past(setting, figure) for figure in (first, second)]
    if old[0] == old[1]:
        return None
    now, base = (second, first) if old[0] else (first, second)
    if setting.sentence(first) != setting.sentence(second):
        later = setting.text[slice(*setting.spans[setting.sentence(second)])]
        if not (ANAPHOR.match(later) or _BACK.match(later) or (first.what and second.what) or old[1]):
            return None
    return Comparison(now=now, base=base)


def _set_against(setting: Setting, first: Figure, second: Figure) -> list[bool]:
    """Which of two values of one sentence its words name as the one to compare with; nothing where they do not."""
    if setting.sentence(first) != setting.sentence(second):
        return []
    if _SET_AGAINST.fullmatch(setting.between(first, second)):
        # As in "this year's 440 against 400"; a base that is called this year's is left to the periods
        return [] if _NOW_WORDS.search(setting.after(second, 20)) else [False, True]
    if re.fullmatch(r"\s*\(\s*", setting.between(first, second)) and _PAST_AFTER.match(setting.after(second, 45)):
        return [False, True]
    if _LED_BY_COMPARED.search(setting.before(first, 60)) and "," in setting.between(first, second):
        return [True, False]
    return []


def _subject(setting: Setting, figure: Figure) -> str:
    """What a value counts, or "" where its clause only points back to it ("the number was 440")."""
    return "" if _POINTS_BACK.search(setting.before(figure, 30)) else figure.what


def is_past(setting: Setting, figure: Figure) -> bool:
    """Whether a value is told as one of an earlier time, by its role, its period or the words around it."""
    if figure.role is Role.COMPARISON_VALUE:
        return True
    if figure.dates is not None and setting.quarter is not None and figure.dates[1] < setting.quarter.start:
        return True
    return _is_told_past(setting, figure)


def _is_told_past(setting: Setting, figure: Figure) -> bool:
    """Whether the words right before or after a value say that it is an earlier one."""
    before = re.sub(r"\([^()]*\)", " ", setting.before(figure, 90))
    if _HAD_BEEN.search(before):
        return True
    told = max((m.end() for m in re.finditer(r"\d|\(|;", before)), default=0)
    # What follows another number up to the comma is of that one: "2,028 in the previous quarter, we took 2,688".
    before = re.sub(r"^[^,]*,", "", before[told:], count=1) if re.search(r"\d$", before[:told]) else before[told:]
    if _THAN_LAST.search(setting.before(figure, 30)):
        return True
    if _BARE.search(setting.before(figure, 12)) and setting.after(figure, 1) == ")":
        return True
    if _FROM.search(before) and (
        re.search(r"\bto\b|\bit\b", setting.after(figure, 60))
        or re.search(r"\bto\s+(?:\w+\s+){0,2}[£\d]", setting.before(figure, 90))
    ):
        return True
    after = setting.after(figure, 45)
    digit = re.search(r"\d", after)
    after = after[: digit.start()] if digit else after
    if _NOW_WORDS.search(re.split(r"[,;]|\band\b", after)[0]) and not _PAST_AFTER.match(after):
        return False
    return bool(_PAST_AFTER.match(after) or _LED_BY_PAST.search(before))


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
    before = [f for f in levels_of(setting) if f.start < stated.start and f.unit == base.unit]
    now = before[-1] if before else None
    if now is None or setting.sentence(stated) - setting.sentence(now) > 1:
        return None
    between = [f for f in setting.figures if now.start < f.start < stated.start and f.role in LEVELS]
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
    members = pair.members()
    places = [setting.sentence(f) for f in members]
    here = setting.sentence(stated)
    if not any(abs(here - place) <= 1 for place in places) or max(places) - min(places) > 1:
        return False
    if here not in places:
        later = max(here, min(places)) if here > max(places) else min(places)
        opening = setting.text[slice(*setting.spans[later])]
        if not ANAPHOR.match(opening) and not _BACK.match(opening):
            return False
    lead = setting.before(stated, 60)
    if _ABROAD.search(lead):
        return False
    if all(same_subject(_subject(setting, f), stated.what) for f in members) or _between(stated, members):
        return True
    # "Turnover fell 10% when leavers went from 110 to 121": the only values of the sentence, and it leads on to them.
    alone = [f for f in levels_of(setting) if setting.sentence(f) == here]
    if len(alone) != len(members) or here not in places:
        return False
    if stated.start > members[-1].start:
        return bool(_TOLD_AFTER.fullmatch(_YEAR.sub("", setting.between(members[-1], stated))))
    return bool(_LEADS_ON.search(setting.between(stated, members[0])))


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


def neighbours(setting: Setting) -> list[Comparison]:
    """Return the pairs of values that stand next to each other among the values of an item."""
    levels = levels_of(setting)
    near = {frozenset({id(a), id(b)}) for a, b in pairwise(levels)}
    return [p for p in pairs(setting) if frozenset({id(p.now), id(p.base)}) in near]
