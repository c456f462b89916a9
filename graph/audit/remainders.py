"""What is left when some are taken from a whole, and what joining and leaving come to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.audit import causes
from graph.audit.arithmetic import outcome, shown
from graph.audit.intervals import Interval
from graph.audit.setting import Setting
from graph.model import Check, CheckKind, Figure, Role, Verdict

_LEFT = re.compile(
    r"\b(?:leav(?:es|ing)|which\s+leaves|left\s+with|leaving\s+(?:us\s+)?with|the\s+(?:other|remaining)|remain(?:s|ing|der\s+of)?"
    r"|the\s+(?:remainder|rest|balance)\s*(?:,|\(|of|was|were|is|being|[–—-]))"
    r"\s*(?:just\s+|only\s+|some\s+|a\s+(?:balance|total)\s+of\s+)?$",
    re.IGNORECASE,
)
_NET = re.compile(
    r"\bnet\s+(?:(?P<gain>gain|increase|growth|rise|addition)|(?P<loss>loss|decrease|reduction|fall)|change)(?:\s+(?:of|was|is))?\s+$",
    re.IGNORECASE,
)
_CAME = re.compile(
    r"\b(?:join\w*|recruit\w*|start\w*|arriv\w*|gain\w*|open\w*|new|hir\w+|appoint\w*|attest\w*|added|taken\s+on)\b",
    re.IGNORECASE,
)
_WENT = re.compile(
    r"\b(?:left|leav\w+|retir\w*|resign\w*|depart\w*|los[et]|clos\w*|leavers|dismiss\w*)\b", re.IGNORECASE
)

_DEALT_WITH = re.compile(
    r"\s+(?:of\s+(?:these|those|them)\s+)?(?:(?:have|has|had)(?:\s+now)?\s+been|were|are(?:\s+now)?)\s+(?:now\s+|since\s+)?"
    r"(?:filled|closed|completed|discharged|executed|visited|inspected|delivered|actioned|resolved|finali[sz]ed|cleared"
    r"|dealt\s+with|implemented|spent|returned|traced|found|arrested|seen|signed\s+off|concluded)\b",
    re.IGNORECASE,
)
"""What makes a part of a whole told before it, and makes it less."""
_PAST = re.compile(r"\b(?:last\s+(?:year|quarter)|previous|year\s+before)\b", re.IGNORECASE)
_REMAINING = re.compile(r"\W*(?:the\s+)?(?:remaining|other|rest\W+)\s*", re.IGNORECASE)
_OF_THE = re.compile(r"\b(?:out\s+)?of\s+(?:the|our|these|those|all)?\s*$", re.IGNORECASE)
_ALL_BUT = re.compile(r"\ball\s+(?:but|bar|except(?:\s+for)?)\s+$", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\s+(?:(?:is|are|was|were|remain|remains|remained)\s+)?(?:still\s+)?(?:outstanding|open|unfilled|vacant|unresolved|incomplete|pending|overdue"
    r"|awaited|unspent|undetected|unsolved|live|unaccounted\s+for|at\s+large|to\s+(?:go|come|do|follow)|left|remain(?:s|ing)?|in\s+hand)\s*(?:$|[.,;:)–—])",
    re.IGNORECASE,
)
"""What makes what is left of a whole: "26 of the 40 are complete; 14 are outstanding"."""
_OF_SOME = re.compile(r"[^.;]{0,40}\bof\s+(?:whom|which|these|those|them)\b", re.IGNORECASE)
_RESTATED = re.compile(r"[,–—(-]\s*(?:that\s+is|i\.e\.|or|so|making|in\s+other\s+words),?\s+$|[(–—]\s*$", re.IGNORECASE)
_IN_HAND = re.compile(
    r"\s+(?:is\s+|was\s+)?(?:still\s+)?(?:in\s+hand|left|remaining|unspent|to\s+spend|over)\b", re.IGNORECASE
)
_SPENT = re.compile(r"\b(?:spent|used|paid\s+out|committed|allocated|drawn)\s+(?:some\s+|about\s+)?$", re.IGNORECASE)
_OF_ALL = re.compile(r"\b(?:all|total(?:ling)?(?:\s+of)?|making|altogether)\s+$", re.IGNORECASE)
_COUNTED = frozenset({Role.VALUE, Role.RATE})
_WHOLES = frozenset({Role.VALUE, Role.COMPARISON_VALUE, Role.TARGET})
"""An establishment is a target, and what is left of it is what is there."""


def checks_of(setting: Setting) -> Iterator[Check]:
    """Yield the checks of what is said to be left or to have been gained."""
    for figure in setting.figures:
        same = [f for f in setting.figures if setting.sentence(f) == setting.sentence(figure) and f.unit == figure.unit]
        before = [f for f in same if f.start < figure.start and f.role in _WHOLES]
        lead = setting.before(figure, 50)
        if any(_OF_ALL.search(setting.before(f, 20)) for f in same if f.start > figure.start):
            # "The other 90 charged, which disposes of all 520": one part of a whole that is told after it.
            continue
        if _LEFT.search(lead) and any(_came(setting, f) for f in before[1:]):
            # "60 closed and five new ones opened, leaving 25": those that came are not taken away.
            continue
        if _LEFT.search(lead) and (earlier := _told_before(setting, figure, before)) is not None:
            yield _check(setting, figure, earlier, before)
        elif (taken := _part_and_whole(setting, figure, before)) is not None:
            yield _check(setting, figure, *taken)
        elif _LEFT.search(lead) and len(before) >= 2 and before[0].value >= max(f.value for f in before):
            yield _check(setting, figure, before[0], before[1:])
        elif _REMAINING.fullmatch(lead) and (found := _sentence_before(setting, figure)) is not None:
            yield _check(setting, figure, found[0], [found[1]])
        elif (
            len(before) == 2
            and _SPENT.search(setting.before(before[1], 20))
            and _IN_HAND.match(setting.after(figure, 20))
        ):
            yield _check(setting, figure, before[0], before[1:])
        elif (whole := _all_but(setting, figure, before)) is not None:
            yield _check(setting, figure, whole[0], [whole[1]])
        elif (net := _NET.search(lead)) and len(before) == 2:
            came, went = _came_and_went(setting, before)
            if came is not None and went is not None:
                yield _check(setting, figure, *((went, [came]) if net["loss"] else (came, [went])))


def _told_before(setting: Setting, figure: Figure, before: list[Figure]) -> Figure | None:
    """Return the whole of an earlier sentence, as in "There are 64 posts. 48 were filled, leaving 16 empty".

    The part has no noun of its own, so that it counts what the whole does, and no other number stands in the item
    up to there.
    """
    here = setting.sentence(figure)
    told = [f for f in setting.figures if f.start < figure.start]
    if len(before) != 1 or len(told) != 2 or told[1] is not before[0] or setting.sentence(told[0]) >= here:
        return None
    whole, part = told
    if whole.unit != figure.unit or whole.role not in _WHOLES or whole.value <= part.value:
        return None
    if _PAST.search(setting.text[slice(*setting.spans[setting.sentence(whole)])]):
        return None
    return whole if _DEALT_WITH.match(setting.after(part, 40)) else None


def _part_and_whole(setting: Setting, figure: Figure, before: list[Figure]) -> tuple[Figure, list[Figure]] | None:
    """Return the whole and the part of "33 of 55 parishes had a contact, leaving 22" or "...; 22 are still open".

    Nothing where another number stands between, or where what is left is said to be of something else.
    """
    if len(before) != 2 or figure.role not in _COUNTED or figure.value > before[1].value:
        return None
    part, whole = before
    near = [f for f in setting.figures if part.start <= f.start < figure.start]
    if near != before or part.value > whole.value or not _OF_THE.search(setting.between(part, whole)):
        return None
    lead, after = setting.before(figure, 50), setting.after(figure, 60)
    left = _LEFT.search(lead) or (
        _NOT_YET.match(after) and re.search(r"[;,–—]\s*(?:and\s+|so\s+|but\s+)?(?:the\s+other\s+|another\s+)?$", lead)
    )
    return (whole, [part]) if left and not _OF_SOME.match(after) else None


def _came(setting: Setting, figure: Figure) -> bool:
    """Whether the words right behind a number tell of coming, and not of leaving."""
    words = re.split(r"[,;.]|\band\b|\d", setting.after(figure, 40))[0]
    return bool(_CAME.search(words)) and not _WENT.search(words)


def _sentence_before(setting: Setting, figure: Figure) -> tuple[Figure, Figure] | None:
    """Return the whole and the part that the sentence before tells of: "17 of the 29 ... The remaining 12 ..."."""
    place = setting.sentence(figure) - 1
    near = [f for f in setting.figures if setting.sentence(f) == place and f.role in _COUNTED]
    near = [f for f in near if f.unit in {figure.unit, "per-day", "per-week"}]
    if len(near) != 2:
        return None
    whole, part = sorted(near, key=lambda f: -f.value)
    joint = setting.between(whole, part)
    of = _OF_THE.search(joint if part.start < whole.start else setting.before(whole, 20))
    return (whole, part) if of else None


def _all_but(setting: Setting, figure: Figure, before: list[Figure]) -> tuple[Figure, Figure] | None:
    """Return the whole and the exception of "12 reports, all but three at churches (nine)"."""
    if len(before) < 2:
        return None
    whole, part = before[-2:]
    restated = _RESTATED.search(setting.before(figure, 20)) and _ALL_BUT.search(setting.before(whole, 16))
    if restated and _OF_THE.search(setting.between(whole, part)):
        # "All but nine of the 72 vehicles, that is 63": the exception stands first
        return part, whole
    if not re.search(r"\(\s*$", setting.before(figure, 4)):
        return None
    return (whole, part) if _ALL_BUT.search(setting.before(part, 16)) else None


def _came_and_went(setting: Setting, pair: list[Figure]) -> tuple[Figure | None, Figure | None]:
    """Which of two figures counts those that came and which those that left, by the words that follow each."""
    came = went = None
    for place, figure in enumerate(pair):
        end = setting.at(pair[1])[0] if place == 0 else setting.at(figure)[1] + 40
        words = setting.text[setting.at(figure)[1] : end]
        if _WENT.search(words):
            went = figure
        elif _CAME.search(words):
            came = figure
    return came, went


def _check(setting: Setting, figure: Figure, whole: Figure, parts: list[Figure]) -> Check:
    made: Interval = setting.interval(whole)
    for part in parts:
        made = made - setting.interval(part)
    agrees = setting.interval(figure).magnitude().meets(made)
    words = " − ".join(shown(f.value, f.unit) for f in (whole, *parts))
    middle = round((made.low + made.high) / 2, 2)
    return Check(
        item=setting.item.number,
        kind=CheckKind.DIFFERENCE,
        stated=float(figure.value),
        recomputed=middle,
        interval=(made.low, made.high),
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        arithmetic=f"{words} = {outcome(made, figure.unit)}; stated: {shown(figure.value, figure.unit)}",
        figures=(figure, whole, *parts),
        cause="" if agrees else causes.slip(float(figure.value), middle),
    )
