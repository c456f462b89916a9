"""Values now and then: which figures of an item say how things stand, which changed, and which two are one thing's.

A pair is of one unit and of what may be one subject, the one told as earlier by its role or by words ("last year", "had
been", "from", "against").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from graph.audit.setting import LEVELS, Setting
from graph.audit.words import ANAPHOR, same_subject
from graph.mentions.movement import A_CHANGE, A_FALL, A_RISE, FALLEN, RISEN
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
_IS_NOW = re.compile(r"\bthis\s+(?:year|quarter|month)(?:['’]s)?\s+$", re.IGNORECASE)
_HAD_BEEN = re.compile(
    r"\b(?:then|had\s+been|having\s+(?:been|had|stood\s+at)|(?:start|beg[au]n|open)(?:ed)?\s+(?:(?:it|the\s+(?:year|quarter|month))\s+)?(?:with|at|on)"
    r"|(?:last|previous)\s+(?:year|quarter|month)(?:['’]s)?)\s+(?:only\s+|just\s+)?$",
    re.IGNORECASE,
)
_NOW_WORDS = re.compile(r"\b(?:this|now|currently|latest|current|in\s+the\s+second)\b", re.IGNORECASE)
_PART_OF = re.compile(r"\s+(?:out\s+)?of\s+(?:the\s+|our\s+|these\s+)?", re.IGNORECASE)
_MOVE_OF = re.compile(
    rf"\b(?:{A_RISE}|{A_FALL}|{A_CHANGE}|saving|gap|shortfall|spread|range|margin)\s+of\s+(?:about\s+|around\s+|some\s+|nearly\s+|over\s+|just\s+(?:over|under)\s+)?$",
    re.IGNORECASE,
)
_MOVED_BY = re.compile(
    rf"\b(?:{RISEN}|{FALLEN}|up|down|improv\w+|worsen\w*|chang\w+|moved|bettered)\s+by\s+(?:about\s+|around\s+|some\s+|nearly\s+|over\s+|a\s+)?$",
    re.IGNORECASE,
)
_APART_BY = re.compile(
    r"\b(?:exceed|beat|top|surpass|outstrip|outnumber|trail)\w*\b[^.;]*\bby\s+$|\b(?:up|down)\s+on\b[^.;,\d]*\bby\s+$|\b(?:gap|difference|margin)\b[^.;]*\b(?:is|was|of|being)\s+$"
    rf"|\b(?:{A_RISE}|{A_FALL})\b[^.;]*\b(?:is|was)\s+(?:one\s+of\s+)?$",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    r"(?!\s*(?:is|was|are|were|remain\w*|stood|stands?)\b)\s*(?:(?:up|down)\s+on|(?:[a-z]+\s+)?(?:more|fewer|less|longer|shorter|higher|lower|quicker|slower|sooner|later)\s+than)\b"
    r"|\s*[a-z]+\s+(?:more|fewer|less)\s*(?:[.;,)]|$|than\b)",
    re.IGNORECASE,
)
_AWAY_FROM = re.compile(
    r"\s*(?:above|below|beneath|ahead\s+of|beyond)\s+(?:(?:last|the|that|our|its)\s+)?(?:[a-z'’]+\s+){0,3}\d",
    re.IGNORECASE,
)
"""Of how far a value is from another: "eighteen beneath last year's 110"."""
_AFTER = re.compile(r"\b(?:after|once|when|since)\s+(?:the\s+|our\s+|another\s+)?$", re.IGNORECASE)
_HAPPENED = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:officers?|constables|pcsos|staff|people|men|cameras|patrols|volunteers|teams)\s+(?:were|was|had|joined|left|began|started|arrived|moved)\b",
    re.IGNORECASE,
)
_SINGLE_LOSS = re.compile(
    r"\b(?:largest|biggest|smallest|single|average|mean|worst|total)\s+(?:[a-z]+\s+)?(?:loss|saving|gain)\s+(?:of|was|being)\s+$",
    re.IGNORECASE,
)
"""Before what one of many lost, which changed nothing."""
_UP_FROM = re.compile(r"\d[^.;]*\b(?:up|down)\s+(?:from|on)\s+(?:the\s+)?$", re.IGNORECASE)
_BRACKETED = re.compile(
    rf"\b(?:up|down|{A_RISE}|{A_FALL}|{A_CHANGE}|{RISEN}|{FALLEN})\b(?!\s+(?:plan|team|board|notice|programme)s?\b)"
    r"[^\d()]{0,20}\([+−–-]?\s*$",
    re.IGNORECASE,
)
_MOVED_AFTER = re.compile(
    r"\s*(?:above|below|beneath|over|under|up|down|upwards?|downwards?|more|fewer|less|higher|lower|better|worse|quicker|slower|longer|shorter|off|larger|bigger"
    r"|greater|smaller|stronger|dearer|cheaper)\b(?!\s+to\b)",
    re.IGNORECASE,
)
_THAN_LAST = re.compile(r"\bthan\s+(?:last|before|then|previously)\s*\(\s*$", re.IGNORECASE)
_BARE = re.compile(r"\d\s*\($")
"""A number right behind another, alone in brackets, is the earlier one: "345 (300)"."""
_SET_AGAINST = re.compile(
    r"(?:[^\d.;:]{0,60}?[\s,(–—-])?(?:as\s+against|against|versus|vs?\.?|compar\w+\s+(?:with|to)|as\s+opposed\s+to|up\s+(?:from|on)|down\s+(?:from|on)"
    r"|(?:more|fewer|less|higher|lower|greater|smaller|longer|shorter)\s+than|(?:above|below|beneath)(?=\s+(?:the|last))"
    r"|where\s+(?:(?:before|previously)\s+)?(?:it|there)\s+(?:was|were|had\s+been))\s+(?:(?:the|a|our|its|only|just|some|about|around|last|this"
    r"|previous|total|figure|of|year['’]s|quarter['’]s)\s+){0,5}$",
    re.IGNORECASE,
)
"""What stands between a value and the one that it is held against, which the words name second."""
_HELD_AGAINST = re.compile(
    r"\b(?:on|from|against|than|(?:compared\s+)?with|compared\s+to|versus|over)\s+(?:(?:the|a|our|its|just|only|some|about)\s+){0,2}$",
    re.IGNORECASE,
)
_LED_BY_COMPARED = re.compile(
    r"(?:^|[,;]\s)\W*(?:as\s+)?(?:compar\w+\s+(?:with|to)|against|up\s+from|down\s+from|having\s+(?:been|had|stood\s+at|[a-z]+(?:ed|en|de|ad)))\s+"
    r"(?:[a-z]+\s+){0,4}$",
    re.IGNORECASE,
)
_NOW_STANDS = re.compile(r"\b(?:is|are)\s+now\s+$|\bnow\s+(?:at|is|are|stands?\s+at|numbers?)\s+$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:[a-z]+\s+){0,3}$", re.IGNORECASE)
TOLD_ON = re.compile(r"\W*(?:it|this|they|there|the\s+(?:figure|number|total|quarter|year|previous))\b", re.IGNORECASE)
_RELATIVE = frozenset({"percent", "ratio"})
_SEVERAL = 11
_POINTING = re.compile(r"\b(?:the|these|those|all|both|its|our|their)\s+$", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:it|there|they|that|the\s+(?:number|figure|total|time|rate|average))\s+(?:was|were|had\s+been|stood\s+at|is|are)\s+(?:only\s+|just\s+)?$",
    re.IGNORECASE,
)
_THAT_IS_BY = re.compile(r"\b(?:that\s+is|i\.e\.|or|so)\s+(?:up\s+|down\s+)?by\s+$", re.IGNORECASE)
_CHANGES = frozenset({Role.CHANGE_ABS, Role.CHANGE_PCT})


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


def is_relative(figure: Figure) -> bool:
    """Whether a change is in per cent or a multiple of what it changed."""
    return figure.unit in _RELATIVE


def is_change(setting: Setting, figure: Figure) -> bool:
    """Whether a figure is told as a change: by its role, or by the words that stand against it."""
    if _SINGLE_LOSS.search(setting.before(figure, 40)):
        return False
    if figure.role in _CHANGES or figure.unit == "percentage-point":
        return True
    before = setting.before(figure, 60)
    if (
        _THAT_IS_BY.search(before)
        or _MOVE_OF.search(before)
        or _MOVED_BY.search(before)
        or _APART_BY.search(setting.before(figure, 120))
        or _MORE_THAN.match(setting.after(figure, 40))
        or (figure.unit == "count" and _AWAY_FROM.match(setting.after(figure, 60)))
    ):
        return True
    if figure.unit in _RELATIVE and re.search(r"\b(?:plus|minus)\s+$", before, re.IGNORECASE):
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
        and not points_back(setting, f)
    ]


def points_back(setting: Setting, figure: Figure) -> bool:
    """Whether a small number only points back ("the two campaigns")."""
    return (
        figure.text.isalpha() and figure.value < _SEVERAL and _POINTING.search(setting.before(figure, 20)) is not None
    )


def pair_of(setting: Setting, first: Figure, second: Figure) -> Comparison | None:
    """Return two values as now and then, or None where they are not of one thing at two times."""
    if not _of_one_unit(first, second) or not same_subject(subject_of(setting, first), subject_of(setting, second)):
        return None
    if _PART_OF.fullmatch(setting.between(first, second)):
        # "9 of 12" are a part and its whole, and no value now and then.
        return None
    if any(_AFTER.search(setting.before(f, 20)) and _HAPPENED.match(setting.after(f, 60)) for f in (first, second)):
        # "Reports fell by half after 3 officers were posted there; 26 came in": what happened is no earlier value
        return None
    old = _set_against(setting, first, second) or [is_past(setting, figure) for figure in (first, second)]
    if all(old) and all(named_second(setting, f) for f in (first, second)):
        # Two values that something else is held against: "up on the 500 of summer, down on the 600 of last year".
        return None
    if all(old):
        # Both are told beside an earlier period: the words right before each decide.
        old = [_is_told_past(setting, figure) for figure in (first, second)]
    if old[0] == old[1]:
        return None
    if old[0] and _UP_FROM.search(setting.before(first, 80)) and re.search(r"[;:]", setting.between(first, second)):
        # "14 parishes have a scheme, up from 12; 6 more are planned": what follows is of something else
        return None
    now, base = (second, first) if old[0] else (first, second)
    if setting.sentence(first) != setting.sentence(second):
        later = setting.text[slice(*setting.spans[setting.sentence(second)])]
        if not (ANAPHOR.match(later) or TOLD_ON.match(later) or (first.what and second.what) or old[1]):
            return None
    return Comparison(now=now, base=base)


def _of_one_unit(first: Figure, second: Figure) -> bool:
    """Whether two values are of one unit; so many a quarter are so many in the report of a quarter."""
    return first.unit == second.unit or {first.unit, second.unit} == {"count", "per-quarter"}


def named_second(setting: Setting, figure: Figure) -> bool:
    """Whether the words right before a value name it as what another is compared with."""
    return figure.role is Role.COMPARISON_VALUE and _HELD_AGAINST.search(setting.before(figure, 40)) is not None


def _set_against(setting: Setting, first: Figure, second: Figure) -> list[bool]:
    """Which of two values of one sentence its words name as the one to compare with; nothing where they do not."""
    if setting.sentence(first) != setting.sentence(second):
        return []
    if _SET_AGAINST.fullmatch(setting.between(first, second)):
        # As in "this year's 440 against 400"; a base that is called this year's is left to the periods
        return [] if _NOW_WORDS.search(setting.after(second, 20)) else [False, True]
    if re.fullmatch(r"\s*\(\s*", setting.between(first, second)) and _PAST_AFTER.match(setting.after(second, 45)):
        return [False, True]
    if _NOW_STANDS.search(setting.between(first, second)):
        return [True, False]
    if _LED_BY_COMPARED.search(setting.before(first, 60)) and "," in setting.between(first, second):
        return [True, False]
    return []


def subject_of(setting: Setting, figure: Figure) -> str:
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
    if _IS_NOW.search(before):
        return False
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


def neighbours(setting: Setting) -> list[Comparison]:
    """Return the pairs of values that stand next to each other among the values of an item."""
    levels = levels_of(setting)
    near = {frozenset({id(a), id(b)}) for a, b in pairwise(levels)}
    return [p for p in pairs(setting) if frozenset({id(p.now), id(p.base)}) in near]
