"""Shares recomputed from part and whole, and tested against whole numbers where only the whole is stated (GRIM)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from graph.audit.arithmetic import outcome, shown
from graph.audit.intervals import Interval
from graph.audit.pairs import is_change
from graph.audit.setting import Setting
from graph.audit.words import nouns
from graph.model import Check, CheckKind, Figure, Role, Verdict

_OF = re.compile(
    r"\)?[^\d.;:(),]{0,60}?(?:\bout\s+of|\bof|\bfrom)\s+(?:(?:the|these|those|all|our|its|their|a\s+total\s+of|some|about|over)\s+)*$",
    re.IGNORECASE,
)
_OF_THE = re.compile(
    r"\s*(?:per\s+cent|%)?\)?\s*(?:out\s+)?of\s+(?:the|these|those|all|our|its|their|a\s+total\s+of)?\s*(?:the\s+)?(?:total\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\s*[(,–—-]?\s*(?:or|which\s+is|i\.e\.|that\s+is|equating\s+to|equivalent\s+to|representing|equal\s+to|making|about|around|some"
    r"|nearly|almost|just\s+over|just\s+under|over|a\s+rate\s+of|a)?\s*(?:about\s+|around\s+|some\s+|an?\s+)?$",
    re.IGNORECASE,
)
_OF_THESE = re.compile(
    r"\bof\s+(?:these|those|them|which|whom|the\s+total)\b(?!\s+(?:who|in|with|under|on|that|from|aged|at|using|given|taking)\b)",
    re.IGNORECASE,
)
_OF_THE_TOTAL = re.compile(r"\s*of\s+(?:the\s+total|them\s+all|all\b|the\s+whole)", re.IGNORECASE)
_IN_CASES = re.compile(r"\s*of\s+(?:the\s+|these\s+|those\s+)?(?:cases|occasions|instances|them)\b", re.IGNORECASE)
_OF_LEADING = re.compile(
    r"\b(?:(?:out\s+)?of|among|from)\s+(?:the|these|those|our|all|a\s+total\s+of)?\s*(?:\w+\s+){0,1}$", re.IGNORECASE
)
_OUTCOME = re.compile(
    r"[^\d.;]{0,50}?(?:[-–—:,(]|\bwith\b)[^\d.;]{0,40}?\b(?:outcomes?|rate|detected|solved|resolved|positive|charged|success\w*|satisf\w+"
    r"|compliance|conviction|closed|completed|attended|answered|passed)\b[^\d.;]{0,25}$",
    re.IGNORECASE,
)
_OF_WHICH_SHARE = re.compile(
    r"[^\d.;]{0,60}?(?:,|\band\b|\()\s*(?:and\s+)?(?:of\s+(?:which|whom|these|those|them)|(?:(?:a|an)\s+)?)[^\d.;]{0,30}$",
    re.IGNORECASE,
)
_CHANGE_WORDS = re.compile(
    r"\b(?:(?:increas|decreas|fall|reduc|improv|compar)\w*(?!\s+(?:plan|team|board|notice|programme|project|action)s?\b)|ris(?:e|es|en|ing)|fell|rose|more|fewer|higher|lower|than|up|down)\b",
    re.IGNORECASE,
)
_REST = re.compile(r"\bthe\s+(?:rest|others?|remaining|remainder)\b", re.IGNORECASE)
_NOT = re.compile(r"\s*(?:were|was|are|is|did|do|had|have|has|could)\s+not\b", re.IGNORECASE)
_ALL_BUT = re.compile(r"\ball\s+(?:but|except(?:\s+for)?|bar)\s+$", re.IGNORECASE)
_OF_THEM = re.compile(r"\s*of\s+(?:them|these|those|whom|which)\s*[,(–—-]\s*(?:or\s+)?", re.IGNORECASE)
_IN_OF_THEM = re.compile(
    r"\s*of\s+(?:them|these|those)\b[^\d.;:()]{0,50},\s*(?:or|that\s+is|i\.e\.|which\s+is)\s+(?:in\s+)?$", re.IGNORECASE
)
_CALLED_SHARE = re.compile(r"\b(?:share|rate|proportion|percentage|per\s+cent)\s*:?\s*$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[^\d.;:()]{0,60}\(\s*(?:or\s+|about\s+|around\s+)?")
_TOLD_AFTER = re.compile(r"[^\d.;()]{0,60}[(,–—:]\s*(?:(?:or|that\s+is|i\.e\.|which\s+is)\s+)?")
_RATE_OF = re.compile(r",\s*an?\s+(?:[a-z-]+\s+){0,2}?(?:rate|share|proportion)\s+of\s+$", re.IGNORECASE)
_IN = re.compile(r"\s+[a-z][^\d.;:(),]{0,40}\s(?:in|from|out\s+of)\s+(?:the\s+|these\s+|all\s+)?", re.IGNORECASE)
_RANKED = re.compile(
    r"(?:\b\d+(?:st|nd|rd|th)|\brank\w*\W+\w+|\bplace\w*)\s+(?:out\s+)?of\s+(?:the\s+)?$", re.IGNORECASE
)
"""Before how many were ranked: "3rd of 8"."""
_WERE = re.compile(
    r"\)?\s*,?\s*(?:were|was|are|is|made\s+up|accounted\s+for|represent\w*)\s+(?:\w+\s+)?", re.IGNORECASE
)
_PAIR_BEFORE = re.compile(r"\d\s+(?:out\s+)?of\s+(?:the\s+)?\d[\d,]*\s+(?:[a-z]+\s+){0,4}\($", re.IGNORECASE)
_AMONG_THEM = re.compile(r"\s+[a-z][^\d.;:(),]{0,30}\s(?:in|at|from|across|on)\s+(?:the\s+|our\s+)?", re.IGNORECASE)
_AIM = re.compile(
    r"\b(?:aim|target|goal|ambition|standard|expectation|threshold)\s+(?:is|was|being)\s+$", re.IGNORECASE
)
_APART = 90
_FEW = 3
_RELATIVE = frozenset({"percent", "ratio"})
_COUNTS = frozenset({"count", "GBP", "hour"})


@dataclass(frozen=True, slots=True)
class Share:
    """A share with the part and the whole that it is said to be of; one of them may not be stated."""

    share: Figure
    part: Figure | None
    whole: Figure


def shares(setting: Setting) -> list[Share]:
    """Return the shares of an item whose whole is stated."""
    stated = (
        f
        for f in setting.figures
        if f.unit in _RELATIVE and not is_change(setting, f) and (f.role is Role.SHARE_PCT or _is_of_then(setting, f))
    )
    # Of two shares told "respectively" which is of which is not said by what stands beside what.
    stated = (f for f in stated if not setting.in_turn(f) and not _AIM.search(setting.before(f, 30)))
    found = [share for figure in stated if (share := _share(setting, figure)) is not None]
    return [share for share in found if not _is_of_two_times(share)]


def _is_of_then(setting: Setting, figure: Figure) -> bool:
    """Whether a share of an earlier time stands in brackets behind its part and whole: "9 of 12 last year (75%)"."""
    return figure.role is Role.COMPARISON_VALUE and _PAIR_BEFORE.search(setting.before(figure, 60)) is not None


def _is_of_two_times(found: Share) -> bool:
    """Whether what looks like part and whole is a value now and one of an earlier time."""
    part, whole = found.part, found.whole
    of_then = found.share.role is Role.COMPARISON_VALUE
    return part is not None and part.role is Role.VALUE and whole.role is Role.COMPARISON_VALUE and not of_then


def _share(setting: Setting, share: Figure) -> Share | None:
    counts = [f for f in setting.figures if f.unit in _COUNTS and f.role in {Role.VALUE, Role.COMPARISON_VALUE}]
    if told := _bracketed_pair(setting, share, counts) or _part_named_first(setting, share, counts):
        return told
    before = [f for f in counts if f.start < share.start]
    after = [f for f in counts if f.start > share.start and setting.sentence(f) == setting.sentence(share)]
    following = setting.after(share, 60)
    # As in "64% of the 1,250 calls", with the part before it or after the whole in brackets
    if after and _OF_THE.fullmatch(setting.between(share, after[0])):
        whole = after[0]
        part = _beside(setting, share, [f for f in before if f.unit == whole.unit][-1:], whole)
        if part is None and len(after) > 1 and _TOLD_AFTER.fullmatch(setting.between(whole, after[1])):
            part = after[1]
        return Share(share, part, whole)
    # As in "48% (120 of 250)" and "48%, or 120 of the 250".
    if (
        len(after) > 1
        and _BESIDE.fullmatch(setting.between(share, after[0]))
        and _OF.fullmatch(setting.between(after[0], after[1]))
    ):
        return Share(share, after[0], after[1])
    # As in "120 of the 250 reports (48%)" and "120 out of 250, or 48%".
    if len(before) > 1 and _near(setting, before[-1], share) and _OF.fullmatch(setting.between(before[-2], before[-1])):
        return Share(share, before[-2], before[-1])
    if told := _told_before(setting, share, before):
        return told
    if not before:
        return None
    part = _beside(setting, share, before[-1:], None)
    if part is not None:
        of = _whole(setting, share, part, [f for f in before if f is not part], following)
        if of is not None:
            return Share(share, part, of)
        # As in "48% (120) of the 250".
        if after and _OF.fullmatch(setting.between(part, after[0]).partition(")")[2] or "\0"):
            return Share(share, part, after[0])
        return None
    if after and re.match(r"\s*\(\s*$", setting.between(share, after[0])):
        of = _whole(setting, share, after[0], before, following)
        return Share(share, after[0], of) if of is not None else None
    together = _together(setting, share, before, after)
    return together or _of_whole_only(setting, share, before[-1])


def _told_before(setting: Setting, share: Figure, before: list[Figure]) -> Share | None:
    """Return the share of "of our 150 cadets, 60 are girls, 40% of the total"."""
    near = [f for f in before if setting.sentence(f) == setting.sentence(share)]
    for part, whole in pairwise(near):
        # The age in "twelve of the 75 people were under 18: 16%" stands between a pair and its share.
        if _OF.fullmatch(setting.between(part, whole)) and re.search(
            r"[:(–—,]\s*(?:or\s+)?$", setting.before(share, 20)
        ):
            return Share(share, part, whole)
    if len(near) > 1 and _RATE_OF.search(setting.before(share, 40)) and near[-2].value <= near[-1].value:
        part, whole = near[-2:]
        if part.unit == whole.unit and _IN.fullmatch(setting.between(part, whole)):
            return Share(share, part, whole)
    if len(near) == 2 and _CALLED_SHARE.search(setting.before(share, 20)) and near[0].unit == near[1].unit:
        # "Tested 240; failed 84; share 35%".
        part, whole = sorted(near, key=lambda f: f.value)
        if re.search(r"[;,|)]", setting.between(near[0], near[1])):
            return Share(share, part, whole)
    if (
        len(near) == 2
        and _OF_LEADING.search(setting.before(near[0], 40))
        and _OF_THE_TOTAL.match(setting.after(share, 60))
    ):
        return Share(share, near[1], near[0])
    return None


def _bracketed_pair(setting: Setting, share: Figure, counts: list[Figure]) -> Share | None:
    """Return the share of "one in five drivers was over the limit (31 of 310)"."""
    after = [f for f in counts if f.start > share.start and setting.sentence(f) == setting.sentence(share)]
    if len(after) < 2 or after[0].value > after[1].value or not _OF.fullmatch(setting.between(after[0], after[1])):
        return None
    joint = setting.between(share, after[0])
    if (
        not re.search(r"[(,:–—-]\s*(?:[a-z]+\s+){0,2}$", joint)
        or len(joint) > _APART
        or ")" in joint
        or _CHANGE_WORDS.search(joint)
    ):
        return None
    return Share(share, after[0], after[1])


def _part_named_first(setting: Setting, share: Figure, counts: list[Figure]) -> Share | None:
    """Return the share of "seizures (54) were 18% of the 360 searches"."""
    before = [f for f in counts if f.start < share.start and setting.sentence(f) == setting.sentence(share)]
    after = [f for f in counts if f.start > share.start and setting.sentence(f) == setting.sentence(share)]
    if not before or not after or not _OF_THE.fullmatch(setting.between(share, after[0])):
        return None
    led = _WERE.fullmatch(setting.between(before[-1], share))
    return Share(share, before[-1], after[0]) if led and before[-1].unit == after[0].unit else None


def _together(setting: Setting, share: Figure, before: list[Figure], after: list[Figure]) -> Share | None:
    """Return the share of "two thirds of them, 63, had ..." after a whole."""
    same = [
        f
        for f in after
        if re.fullmatch(
            r"\s*(?:of\s+(?:them|these|those|which|whom)|of\s+the\s+\w+)?\s*[,(–—]\s*(?:or\s+)?",
            setting.between(share, f),
        )
    ]
    if not same or not before or before[-1].unit != same[0].unit:
        return None
    return Share(share, same[0], before[-1])


def _near(setting: Setting, count: Figure, share: Figure) -> bool:
    """Whether a share stands beside a count, with no more than what is counted in between."""
    joint = setting.between(count, share)
    return setting.sentence(count) == setting.sentence(share) and not _CHANGE_WORDS.search(joint) and len(joint) <= 90


def _beside(setting: Setting, share: Figure, counts: list[Figure], whole: Figure | None) -> Figure | None:
    """The count that a share restates: "2,060 (87.9%)", "2,060 people, or 87.9%"."""
    for count in counts:
        if setting.sentence(count) != setting.sentence(share) or count is whole:
            continue
        joint = setting.between(count, share)
        if _CHANGE_WORDS.search(joint):
            return None
        if (
            _IN_OF_THEM.fullmatch(joint)
            or _BESIDE.fullmatch(joint)
            or _OF_THEM.fullmatch(joint)
            or _IN_BRACKETS.fullmatch(joint)
        ):
            return count
        if re.fullmatch(
            r"[^\d.;:()]{0,60},\s*(?:or|i\.e\.|that\s+is|which\s+is|equating\s+to|representing|equivalent\s+to|a\s+(?:\w+\s+)?(?:rate|share|proportion)\s+of)\s+(?:\w+\s+)?",
            joint,
            re.IGNORECASE,
        ):
            return count
    return None


def _whole(setting: Setting, share: Figure, part: Figure, before: list[Figure], following: str) -> Figure | None:
    """The whole that a part is of: "2,343 were received ...; 2,060 (87.9%) of these", "Of the 250, 120 (48%)"."""
    wide = [f for f in before if f.value >= part.value and setting.sentence(share) - setting.sentence(f) <= 1]
    for whole in reversed(before):
        if whole.unit != part.unit or setting.sentence(share) - setting.sentence(whole) > 1:
            continue
        if whole.value < part.value and any(f.unit == part.unit for f in wide):
            # "240 shoppers on two market days, and 168 of them": what is less than its part is not meant.
            continue
        opening = setting.before(whole, 40)
        if _OF_LEADING.search(opening) and setting.sentence(whole) == setting.sentence(part):
            return whole
        taken_up = _OF_THESE.search(following) or _OF_THESE.search(setting.between(whole, part))
        if taken_up and whole.value >= part.value:
            return whole
        of_them = _OF_THEM.match(setting.after(part, 20)) or _IN_OF_THEM.fullmatch(setting.between(part, share))
        if _OF_THESE.search(setting.before(part, 40)) or of_them:
            return whole
        if len(before) == 1 and whole.value >= part.value and len(nouns(whole.what) & nouns(part.what)) > 0:
            # "112 were positive, which is 32%": counted among the 320 that stand before
            return whole
    return None


def _of_whole_only(setting: Setting, share: Figure, whole: Figure) -> Share | None:
    """A share of a stated number of cases: "95 offences - positive outcome 51.4%", "Of the 95, 51.4% were"."""
    if setting.sentence(whole) != setting.sentence(share):
        opening = setting.before(share, 40)
        if setting.sentence(share) - setting.sentence(whole) > 1 or not _OF_THESE.search(
            opening + setting.after(share, 40)
        ):
            return None
        return Share(share, None, whole)
    joint = setting.between(whole, share)
    if _CHANGE_WORDS.search(joint):
        return None
    if _inherits(setting, share, whole, joint):
        return Share(share, None, whole)
    if _IN_CASES.match(setting.after(share, 30)) and re.search(r"\band\s+in\s+$", joint):
        return Share(share, None, whole)
    if _OUTCOME.fullmatch(joint) or _OF_THESE.search(joint) or _OF_THESE.match(setting.after(share, 20).lstrip()):
        return Share(share, None, whole)
    if _OF_LEADING.search(setting.before(whole, 40)):
        return Share(share, None, whole)
    return None


def _inherits(setting: Setting, share: Figure, whole: Figure, joint: str) -> bool:
    """Whether a share has no subject of its own and goes on about what was counted: "66 applications; 47.5% led to"."""
    following = setting.after(share, 30)
    own = re.match(r"\s*(?:per\s+cent\s+)?of\s+(?!them\b|these\b|those\b|whom\b|which\b)", following, re.IGNORECASE)
    said = bool(nouns(share.what)) and (nouns(share.what) <= nouns(whole.what) or whole.text in share.what)
    opens = re.search(
        r"[;,:–—]\s*(?:and\s+|of\s+\w+,?\s+|just\s+|only\s+|some\s+)*$|\b(?:and|with)\s+$", joint, re.IGNORECASE
    )
    if re.search(
        r",\s*(?:a\s+(?:\w+\s+)?(?:rate|share|proportion)\s+of|or|which\s+is|representing)\s*$", joint, re.IGNORECASE
    ):
        return False
    return said and not own and bool(opens) and bool(re.match(r"\s+(?!of\b)[a-z]", following))


def checks_of(setting: Setting, found: Share) -> Iterator[Check]:
    """Yield the check of a share."""
    if found.part is not None:
        told = _share_check(setting, found, found.part)
        if found.part.value > found.whole.value:
            # "Feedback came from 40 people and was good from 36, nine in ten": the words name the whole first.
            turned = _share_check(setting, Share(found.share, found.whole, found.part), found.whole)
            told = turned if turned.verdict is Verdict.AGREES else told
        yield told
    elif not _RANKED.search(setting.before(found.whole, 30)) and (check := _granularity(setting, found)) is not None:
        if check.verdict is Verdict.IMPOSSIBLE and _may_be_of_another(setting, found):
            return
        yield (check.verdict is Verdict.IMPOSSIBLE and _of_another_pair(setting, found)) or check


def _may_be_of_another(setting: Setting, found: Share) -> bool:
    """Whether a larger number beside the whole could be meant: "480 pupils in 6 schools, and 92% learned much"."""
    same = [f for f in setting.figures if f.unit == "count" and setting.sentence(f) == setting.sentence(found.whole)]
    return any(
        _AMONG_THEM.fullmatch(setting.between(f, found.whole))
        and _possible(setting, Share(found.share, None, f)) is not False
        for f in same
        if f.start < found.whole.start and f.value > found.whole.value
    )


def _possible(setting: Setting, found: Share) -> bool | None:
    """Whether so many cases can make a share; None where any number of them can."""
    check = _granularity(setting, found)
    return None if check is None else check.verdict is Verdict.POSSIBLE


def _of_another_pair(setting: Setting, found: Share) -> Check | None:
    """Return the check of two other numbers of the sentence that make a share which so many cases cannot.

    "423 offences were recorded and 47 charged, a charge rate of 11.1%" is of the 423.
    """
    near = [
        f
        for f in setting.figures
        if f.unit == found.whole.unit and setting.sentence(f) == setting.sentence(found.share)
    ]
    told = (_share_check(setting, Share(found.share, part, whole), part) for whole in near for part in near
            if part is not whole and part.value < whole.value)  # fmt: skip
    return next((check for check in told if check.verdict is Verdict.AGREES), None)


def _claim(setting: Setting, share: Figure) -> Interval:
    interval = setting.interval(share)
    return interval.scaled(100) if share.unit == "ratio" else interval


def _share_check(setting: Setting, found: Share, part: Figure) -> Check:
    claim = _claim(setting, found.share)
    made = setting.interval(part).over(setting.interval(found.whole))
    value = found.share.value * (100 if found.share.unit == "ratio" else 1)
    p, w = shown(part.value, part.unit), shown(found.whole.value, found.whole.unit)
    if made is None or part.value > found.whole.value:
        return Check(
            item=setting.item.number, kind=CheckKind.SHARE, stated=value, recomputed=None, interval=None,
            verdict=Verdict.IMPOSSIBLE, arithmetic=f"{p} cannot be part of {w}",
            figures=(found.share, part, found.whole),
        )  # fmt: skip
    made = made.scaled(100)
    if _others(setting, found, part):
        made, p = Interval(100 - made.high, 100 - made.low), f"100 % − {p}"
    return Check(
        item=setting.item.number,
        kind=CheckKind.SHARE,
        stated=value,
        recomputed=round((made.low + made.high) / 2, 2),
        interval=(made.low, made.high),
        verdict=Verdict.AGREES if claim.meets(made) else Verdict.DISAGREES,
        arithmetic=f"{p} ÷ {w} = {outcome(made, 'percent')}; stated: {shown(value, 'percent')}",
        figures=(found.share, part, found.whole),
    )


def _others(setting: Setting, found: Share, part: Figure) -> bool:
    """Whether a share is of those that the part leaves: "65 of 520 declined and the rest, 87.5%, took it"."""
    joint = setting.between(part, found.share) if part.start < found.share.start else ""
    return bool(
        _ALL_BUT.search(setting.before(part, 20))
        or _REST.search(joint)
        or _REST.search(setting.after(found.share, 30))
        or _NOT.match(setting.after(found.share, 30))
    )


def _granularity(setting: Setting, found: Share) -> Check | None:
    """Test whether a whole number of cases gives the share; None where any share is possible of so many."""
    claim, whole = _claim(setting, found.share), setting.interval(found.whole)
    if found.whole.unit != "count" or whole.low != whole.high or found.share.unit == "ratio":
        return None
    n = int(whole.low)
    if n <= _FEW and found.whole.text.isalpha():
        # "Met in two of the three months, with 92% in one": the two are no cases.
        return None
    if n <= 0 or (claim.high - claim.low) * n / 100 >= 1:
        return None
    least = math.ceil(claim.low * n / 100 - 1e-9)
    possible = least <= claim.high * n / 100 + 1e-9
    near = sorted({max(0, math.floor(found.share.value * n / 100)), min(n, math.ceil(found.share.value * n / 100))})
    shares_near = ", ".join(f"{k} of {n} is {shown(100 * k / n, 'percent')}" for k in ([least] if possible else near))
    return Check(
        item=setting.item.number,
        kind=CheckKind.GRANULARITY,
        stated=float(found.share.value),
        recomputed=round(100 * least / n, 2) if possible else None,
        interval=None,
        verdict=Verdict.POSSIBLE if possible else Verdict.IMPOSSIBLE,
        arithmetic=f"{shares_near}; stated: {shown(float(found.share.value), 'percent')}",
        figures=(found.share, found.whole),
    )
