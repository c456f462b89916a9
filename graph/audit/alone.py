"""Passages that tell of one thing only: a change, share, sum, rate or average whose numbers have no others beside them.

The finders bind numbers by the words that join them. Where they leave a passage unjudged, and it holds just the numbers
that one calculation takes, their kinds say which one it is, in whatever words. A passage is a sentence or two in a row.
A number that was not read, an average of elsewhere or a target says that it is not so simple, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from graph.audit import changes, directions, shares, sums
from graph.audit.comparisons import Claim, is_of_other_month
from graph.audit.means import average, every_so_long, mean_of_list, told_per_time
from graph.audit.pairs import Comparison, is_change, is_relative, pair_of, points_back
from graph.audit.passages import COUNTS, MOVES, Passage, is_bare
from graph.audit.setting import LEVELS, Setting
from graph.audit.words import ANAPHOR, DOWN, nouns
from graph.model import Check, Figure, Role, Verdict

_RESTATES = re.compile(
    r"(?:[(,:;–—-]|\b(?:or|say|in\s+other\s+words|hence|thus|therefore|so|i\.e\.|is|was|are|giving|gives|gave|meaning|represent\w*|equat\w+(?:\s+to)?|equivalent\s+to|mak\w+|ma[dk]e\s+up|account\w*\s+for"
    r"|(?:rate|share|proportion|percentage)\s+(?:of|is|was|being)|accuracy\s+of|success\s+of|some|just|about|around|roughly|nearly|almost"
    r"|over|under|an?|the|at|to))\s*$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s*(?:$|[.,;:)–—-]|of\s+(?:the|all|our|its|these|those|them|which|whom|that|cases|arrests|total)\b"
    r"|(?:\w+\s+)?(?:rate|share|satisfaction|accuracy|success|compliance|attendance|altogether|in\s+all|overall)\b|or\b)",
    re.IGNORECASE,
)
_AND_ANOTHER = re.compile(r"\b(?:and|while|but|whose)\b(?!\s+(?:so|that\s+is|this|thus)\b)", re.IGNORECASE)
_OPENS_OF = re.compile(r"\W*(?:(?:out\s+)?of|from|among)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(r"\s*of\s+(?:all\s+|the\s+|our\s+)?(?P<what>[a-z][\w'’ -]{2,40})", re.IGNORECASE)
_PRONOUNS = re.compile(r"^(?:these|those|them|which|whom|that|total|all|whole)\b", re.IGNORECASE)
_MADE_OF = re.compile(
    r"\W*(?:these|they|this|it|the\s+\w+)\s+(?:were|was|are|is|comprise[sd]?|consist(?:s|ed)?\s+of|break\s+down|breaks\s+down|divide[sd]?|split)\b"
    r"|\W*(?:made\s+up\s+of|comprising|broken\s+down|in\s+detail)\b",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:includ\w+|such\s+as|among|of\s+(?:which|whom|these|those|them)|for\s+example|notably|e\.g|at\s+least|after|when|result\w*|led\s+to)\b",
    re.IGNORECASE,
)
_MOST = re.compile(r"\b(?:most\s+of|majority|minority)\b", re.IGNORECASE)
_OF_THESE = re.compile(r"\bof\s+(?:whom|which|these|those|them)\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"\b(?:total\w*|altogether|together|in\s+all|all\s+told|combined|in\s+sum|sum|makes?|making|gives?|giving|add(?:s|ed|ing)?\s+up|bring\w*|com(?:es?|ing)\s+to|came\s+to|between\s+them"
    r"|(?:over|across|in)\s+the\s+(?:three\s+months|quarter|year))\b|=",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:[;,|\u2013\u2014-]|\s{2})\s*(?:all|total|overall|sum)\s*:?\s*$|\bbringing\s+the\s+(?:quarter|year|total|tally)\s+to\s+$"
    r"|\b(?:disposes|accounts)\s+(?:of|for)\s+all\s+(?:the\s+)?$|\bthat\s+is\s+how\s+$|\bin\s+(?:all|sum)\s*:?\s*$",
    re.IGNORECASE,
)
"""Words right before a number that make it the total of those before it: "North 3; south 4; all 7"."""
_VERB = re.compile(r"\b(?:ha(?:s|ve|d)|led|went|came|said)\b", re.IGNORECASE)
_JOINED = re.compile(r"[,;+/&]|\band\b|\bplus\b|\bwith\b", re.IGNORECASE)
_NEW_CLAUSE = re.compile(r"[^:(–—]*;\s*(?:[a-z'’-]+\s+){2,}$", re.IGNORECASE)
"""A semicolon and a clause of its own: "71 calls; the dog section found 23 people"."""
_DOES = re.compile(
    r"\s+[a-z]+\s+(?:took|paid|had|have|got|made|gave|came|went|asked|attended|received|chose)\b", re.IGNORECASE
)
_LABEL = re.compile(r"\W*(?:[a-z'’-]+\s+){0,3}[a-z'’-]+,?\s+", re.IGNORECASE)
_LABEL_NEXT = re.compile(r"\s*[;,]\s*(?:[a-z'’-]+\s+){0,3}[a-z'’-]+,?\s+", re.IGNORECASE)
"""Names before their numbers, one after the other: "delay 40, manner 25": the first is a part as the others are."""
_ON_TOP = re.compile(r"\W*(?:on\s+top\s+of|besides|in\s+addition\s+to|as\s+well\s+as|alongside)\b", re.IGNORECASE)
_GAINED = re.compile(
    r"\b(?:clear(?:ing|ed)|los(?:ing|t)|gain(?:ing|ed)|add(?:ing|ed)|shed(?:ding)?|sav(?:ing|ed))\s+(?:some\s+|another\s+|just\s+)?$",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"\b(?:another|(?:a|an)\s+(?:further|extra|additional)|some|further)\s+$", re.IGNORECASE)
_TAKING = re.compile(
    r"\b(?:tak(?:e|es|ing|en)|took|bring(?:s|ing)?|brought|lift(?:s|ed|ing)?|push(?:es|ed|ing)?)\b[^.;]*\bto\s+[\d,]+\s+(?:\w+\s+)?from\b"
    r"|\bfrom\s+[\d,]+\s+(?:\w+\s+)?to\s+[\d,]+",
    re.IGNORECASE,
)
"""Words by which what was added takes a number from one value to another."""
_TIMES = {"second": 1.0, "minute": 60.0, "hour": 3600.0}
_SAID_OF = re.compile(r"\s+(?:[a-z]+(?:ed|en)|made|run|put\s+in|spent|lost)\b", re.IGNORECASE)
"""A participle right behind a number, which so has no noun: "the 9,360 given before Christmas"."""
_THEN_MOVED = re.compile(r"\s+(?:up|down|more|fewer|less|higher|lower|above|below|over|under)\b", re.IGNORECASE)
_DAYS = {"day": 1.0, "week": 7.0}
_TIME_APART = re.compile(
    r"\s*(?:sooner|quicker|faster|speedier|slower|shorter|longer|later|earlier|less|more|inside|outside|better|worse)\b"
    r"(?!\s+than\s+(?:planned|target))",
    re.IGNORECASE,
)
"""Words behind a time that say how far two others lie apart: "55 minutes sooner"."""
_COME = re.compile(r"\b(?:joiners?|starters?|arrivals?|recruits?|admissions?|openings?)\b", re.IGNORECASE)
_GONE = re.compile(r"\b(?:leavers?|departures?|resignations?|discharges?|closures?)\b", re.IGNORECASE)
"""Those who come and those who go: what is left of them is a change."""
_APART = re.compile(r"\b(?:difference|gap|spread|range|margin)\s+of\s+$", re.IGNORECASE)
_HALF_OF_THEN = re.compile(
    r"\s+(?:as\s+(?:many|much)|what\s+(?:it|they|there)\b|last\s+(?:year|quarter)"
    r"|(?:the|that)\b(?:[^.;]|\.(?=\d))*\b(?:last|previous|before|earlier|ago)\b)",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:last|previous\w*|earlier|ago|before|then|had\s+been|was|were|year\s+on\s+year|compared|against|from"
    r"|(?:gap|difference)\s+between)\b",
    re.IGNORECASE,
)
_THEN_OPENS = re.compile(
    r"\W*(?:a\s+year\s+(?:ago|earlier|before)|last|previously|(?:in|for|during)\s+the\s+(?:same|previous|corresponding))\b",
    re.IGNORECASE,
)
_BECAME = re.compile(
    r"\s*(?:to|→|->|(?:having\s+)?become|became|becoming)\s+(?:now\s+|just\s+|only\s+)?", re.IGNORECASE
)
_WAS = re.compile(r"\b(?:was|were)\s+(?:only\s+|just\s+)?$", re.IGNORECASE)
_AND_IS = re.compile(
    r"[^\d.;:]{0,40}\b(?:and|but)\s+(?:(?:it|they|there)\s+)?(?:is|are)\s+(?:now\s+|just\s+|only\s+)?", re.IGNORECASE
)
_OBJECT_OF = re.compile(
    r"\b(?!(?:compared|recorded|reported|counted|logged|numbered|totalled|reached|averaged|stood|followed)\b)[a-z]+(?:[^e]ed)\s+$"
)
"""A verb of which a number is the object: "numbers had sunk to nine, trained seven recruits"."""
_SAMPLED = re.compile(
    r"\b(?:interview|survey|sampl|respon[ds]|question|poll|dip-|audit|review|inspect|assess|rat(?:ed|ing)|return|feedback)\w*\b|\bn\s*=",
    re.IGNORECASE,
)
"""Words of looking at each of so many: a share beside them is of those."""
_NEAR_ALL, _NEAR_SOME = 0.25, 0.1
"""How far, of a total, the sum of what stands beside it may be off and is still its sum by all appearance."""
_SEVERAL = 11


def checks_of(setting: Setting, judged: set[Figure]) -> Iterator[Check]:
    """Yield the checks of the passages of an item none of whose figures is ``judged`` by another check."""
    done = set(judged)
    for size, finders in _BY_SIZE:
        for first in range(len(setting.spans) - size):
            passage = Passage(setting, first, first + size)
            if len(passage.figures) < 2 or done & set(passage.figures) or not passage.is_plain:
                continue
            found = next(filter(None, (list(find(passage)) for find in finders)), [])
            done |= {f for check in found if check.verdict is not Verdict.NO_BASE for f in check.figures}
            yield from found


def _change(passage: Passage) -> Iterator[Check]:
    """The check of a passage of two values and one change."""
    setting = passage.setting
    told = [f for f in passage.figures if _is_told_change(passage, f)]
    values = [f for f in passage.figures if f not in told and not points_back(setting, f)]
    if len(told) != 1 or len(values) != 2:
        return
    stated, (one, other) = told[0], _of_one_unit(setting, *values)
    if one.unit == other.unit == "second" and stated.unit in _TIMES:
        stated = replace(stated, value=stated.value * _TIMES[stated.unit], unit="second")
    if one.unit == other.unit == "week" and stated.unit == "week" and not is_relative(stated):
        stated = replace(stated, role=Role.CHANGE_ABS)
    if one.unit == other.unit == "day" and stated.unit in _DAYS:
        stated = replace(stated, value=stated.value * _DAYS[stated.unit], unit="day")
    if (
        stated.unit == "count"
        and one.unit == other.unit
        and one.unit != values[1].unit
        and _THEN_MOVED.match(setting.after(stated, 20))
    ):
        stated = replace(stated, unit=one.unit)
    if not is_relative(stated) and setting.level_unit(stated) != one.unit:
        return
    made = None if is_relative(stated) else stated
    if all(is_of_other_month(setting, stated, f) for f in (one, other)):
        return
    if (ordered := _now_and_then(setting, one, other)) is not None:
        yield from changes.checks_of(setting, Claim(stated, (Comparison(*ordered, made),)))
    elif (
        one.unit == other.unit
        and not setting.interval(one).meets(setting.interval(other))
        and (
            _THEN.search(passage.text) or setting.direction(stated) is not None or _APART.search(setting.before(stated))
        )
        and setting.sentence(one) == setting.sentence(other)
    ):
        turnover = _COME.search(setting.after(one, 30)) and _GONE.search(setting.after(other, 30))
        if not is_bare(setting, one) and not is_bare(setting, other) and not turnover and one.unit != "second":
            return
        # Two values of one thing, and no word says which is the later: either order may bear the change out.
        both = Comparison(other, one, made), Comparison(one, other, made)
        yield from changes.checks_of(setting, Claim(stated, both if setting.direction(stated) != DOWN else both[::-1]))


def _of_one_unit(setting: Setting, one: Figure, other: Figure) -> tuple[Figure, Figure]:
    """Return two values, a bare number in the unit of the other: "it was 13 days and is now 8"."""
    if one.unit == other.unit or other.unit != "count":
        return one, other
    if not is_bare(setting, other) and not _SAID_OF.match(setting.after(other, 20)):
        return one, other
    if one.role is Role.DURATION or one.unit in _DAYS:
        return one, replace(other, unit=one.unit, role=one.role if other.role is Role.VALUE else other.role)
    return one, replace(other, unit=one.unit) if one.unit in {"hour", "GBP", "mile"} else other


def _is_told_change(passage: Passage, figure: Figure) -> bool:
    """Whether a figure is a change, also by words that say so only where nothing else can be meant."""
    setting = passage.setting
    return (
        is_change(setting, figure)
        or bool(_ANOTHER.search(setting.before(figure, 20)) and _TAKING.search(passage.text))
        or (figure.text.casefold() == "half" and bool(_HALF_OF_THEN.match(setting.after(figure, 40))))
        or (figure.unit in COUNTS - {"hour", "day"} and bool(_GAINED.search(setting.before(figure, 40))))
        or (figure.unit in _TIMES and bool(_TIME_APART.match(setting.after(figure, 20))))
    )


def _now_and_then(setting: Setting, one: Figure, other: Figure) -> tuple[Figure, Figure] | None:
    """The later and the earlier of two values, where their words tell."""
    joint = setting.between(one, other)
    was_is = _WAS.search(setting.before(one, 30)) and _AND_IS.fullmatch(joint)
    if one.unit == other.unit and (was_is or _BECAME.fullmatch(joint)):
        return other, one
    opening = setting.text[slice(*setting.spans[setting.sentence(other)])]
    told_on = setting.sentence(one) == setting.sentence(other) or _THEN_OPENS.match(opening) or ANAPHOR.match(opening)
    pair = pair_of(setting, *(replace(f, what="") if told_on and is_bare(setting, f) else f for f in (one, other)))
    if pair is None or pair.now is None or pair.base is None:
        return None
    return (one, other) if pair.now.start == one.start else (other, one)


def _share(passage: Passage) -> Iterator[Check]:
    """The check of a passage of a part, a whole and a share."""
    setting = passage.setting
    told = [f for f in passage.figures if f.unit in {"percent", "ratio"} and not is_change(setting, f)]
    counts = [f for f in passage.figures if f.unit in COUNTS and f.role in LEVELS | {Role.COMPARISON_VALUE}]
    if len(told) != 1 or len(counts) != 2 or len(passage.figures) != 3 or MOVES.search(passage.text):
        return
    share, part, whole = told[0], *sorted(counts, key=lambda f: f.value)
    if part.unit != whole.unit or part.value == whole.value or share.role is not Role.SHARE_PCT:
        return
    if any(f.text.isalpha() and f.value < _SEVERAL for f in counts) and not _OPENS_OF.match(passage.text):
        return
    lead, after = setting.before(share, 40), setting.after(share, 60)
    opens = not lead.strip()
    part_of = _OPENS_OF.match(passage.text) is not None
    if not ((_RESTATES.search(lead) or opens) and (part_of or _ENDS.match(after))):
        return
    if setting.sentence(share) < max(setting.sentence(f) for f in counts):
        return
    last = max((f for f in counts if f.start < share.start), key=lambda f: f.start, default=share)
    if _AND_ANOTHER.search(setting.between(last, share)):
        return
    other = _OF_OTHERS.match(after)
    said = nouns(other["what"]) if other and not _PRONOUNS.match(other["what"]) else frozenset()
    if said and not said & (nouns(whole.what) | nouns(part.what)):
        return
    yield from shares.checks_of(setting, shares.Share(share, part, whole))


def _sample(passage: Passage) -> Iterator[Check]:
    """The check of a passage of how many were asked or looked at, and the share of them that something was so of."""
    setting = passage.setting
    if len(passage.figures) != 2 or not _SAMPLED.search(passage.text) or MOVES.search(passage.text):
        return
    asked, share = sorted(passage.figures, key=lambda f: f.unit == "percent")
    told = asked.unit == "count" and asked.role is Role.VALUE and asked.start < share.start
    if told and share.unit == "percent" and share.role is Role.SHARE_PCT:
        yield from shares.checks_of(setting, shares.Share(share, None, asked))


def _sum(passage: Passage) -> Iterator[Check]:
    """The check of a passage of a total and its parts, told before it or after it or in the next sentence."""
    setting, figures = passage.setting, list(passage.figures)
    if (_MADE_OF.match(passage.text) and passage.first > 0) or _MOST.search(passage.text):
        return
    if len(figures) > 3 and figures[0].text.isalpha() and figures[0].value == len(figures) - 2:
        figures = figures[1:]
    if len(figures) < 3 or len({(f.unit, f.role) for f in figures}) > 1 or figures[0].unit not in COUNTS:
        return
    if figures[0].role not in {Role.VALUE, Role.COMPARISON_VALUE} or any(is_change(setting, f) for f in figures):
        return
    for total, parts in ((figures[0], figures[1:]), (figures[-1], figures[:-1])):
        if total.value <= max(f.value for f in parts):
            continue
        weight = sum(f.value for f in parts)
        off = abs(weight - total.value) / total.value
        if total is figures[0]:
            open_, room = _listed_after(passage, total, parts)
        else:
            open_, room = _listed_before(passage, total, parts)
        if room is None or off > room:
            continue
        yield from sums.checks_of([setting], sums.Sum(total, tuple(parts), whole=not open_))
        return


def _listed_after(passage: Passage, total: Figure, parts: Sequence[Figure]) -> tuple[bool, float | None]:
    """Whether parts that follow their total may be some of it only, and how far off they may be; None: no list."""
    setting = passage.setting
    joints = [re.sub(r"\([^()]*\)", " ", setting.between(a, b)) for a, b in pairwise(parts)]
    if not all(_JOINED.search(joint) for joint in joints) or not _JOINED.search(joints[-1]):
        return False, None
    joint = setting.between(total, parts[0])
    if passage.last > passage.first:
        opening = setting.text[setting.spans[passage.last][0] :]
        apart = setting.sentence(total) == passage.first and all(setting.sentence(f) == passage.last for f in parts)
        return False, _NEAR_ALL if apart and _MADE_OF.match(opening) and not _SOME.search(opening) else None
    if MOVES.search(passage.text):
        return False, None
    if _SOME.search(joint):
        over = sum(f.value for f in parts) > total.value and _OF_THESE.search(joint)
        return True, _NEAR_SOME if len(parts) > 2 or over else None
    if not re.search(r"\band\b|;|,", joints[-1]):
        return False, None
    if not re.search(r"[:(–—]", joint) and any(_VERB.search(j) for j in joints):
        return False, None
    if ";" in joint and _DOES.match(setting.after(parts[0], 40)) and not nouns(parts[0].what) & nouns(total.what):
        # "9,800 offences; 7,100 drivers took a course and 1,950 paid"
        return False, None
    if _NEW_CLAUSE.match(joint) or (_LABEL_NEXT.fullmatch(joint) and _LABEL.fullmatch(setting.before(total, 60))):
        return False, None
    led = re.search(r"\b(?:of|were|are|consist\w*)\b|[,:;(–—-]|\s-\s", joint)
    return False, _NEAR_ALL if led else None


def _listed_before(passage: Passage, total: Figure, parts: Sequence[Figure]) -> tuple[bool, float | None]:
    """The same of a total that stands behind its parts: "12, 14 and 9 visits make 35 in all"."""
    setting = passage.setting
    joints = [re.sub(r"\([^()]*\)", " ", setting.between(a, b)) for a, b in pairwise(parts)]
    joined = all(_JOINED.search(joint) for joint in joints) or (len(parts) == 2 and _ON_TOP.match(passage.text))
    if not joined or _SOME.search(passage.text) or MOVES.search(passage.text):
        return False, None
    beside = setting.between(parts[-1], total) + " " + setting.after(total, 40)
    if _ALL.search(setting.before(total, 30)):
        return False, _NEAR_ALL
    ends_in_colon = setting.between(parts[-1], total).rstrip().endswith(":")
    opening = passage.text[: setting.at(parts[0])[0] - setting.spans[passage.first][0]]
    return False, _NEAR_ALL if _TOTAL.search(beside) or _TOTAL.search(opening) or ends_in_colon else None


def _words(passage: Passage) -> Iterator[Check]:
    """The check of a passage of two values and words that say which way they went."""
    if len(passage.figures) == 2:
        setting = passage.setting
        one, other = passage.figures
        ordered = _now_and_then(setting, one, other)
        if (
            ordered is None
            or any(_OBJECT_OF.search(setting.before(f, 30)) for f in ordered)
            or any(is_change(setting, f) or f.role not in LEVELS | {Role.COMPARISON_VALUE} for f in ordered)
        ):
            return
        bracket = re.match(r"[^()]*\([^()]*\)", passage.text)
        if bracket and all("(" in setting.before(f, 400) and ")" not in setting.before(f, 400) for f in ordered):
            # Both in one bracket: "despite a drop in calls (870, previously 420) the waits lengthened"
            yield from directions.told(setting, *ordered, bracket[0])
            return
        start, before = setting.spans[passage.first][0], setting.spans[max(0, passage.first - 1)]
        led = passage.first > 0 and not any(setting.sentence(f) == passage.first - 1 for f in setting.figures)
        led = led and not re.search(r"\d", setting.text[slice(*before)])
        yield from directions.told(
            setting, *ordered, setting.text[before[0] if led else start : setting.spans[passage.last][1]]
        )


_FINDERS = (_change, _share, _sample, every_so_long, told_per_time, mean_of_list, average, _sum, _words)
_BY_SIZE = ((0, _FINDERS), (1, _FINDERS), (2, (_change, _share, average, _sum)), (3, (_sum,)))
"""What is looked for in one sentence, in two in a row, in three and in four."""
