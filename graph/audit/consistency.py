"""What no single calculation shows: words against numbers told elsewhere, one thing told twice, periods mislabelled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph.audit import causes
from graph.audit.arithmetic import shown
from graph.audit.pairs import Comparison, levels_of
from graph.audit.setting import LEVELS, Setting
from graph.audit.words import DOWN, GENERIC, UP, nouns, same_subject
from graph.model import Check, CheckKind, Figure, Role, Verdict

_DESPITE = re.compile(
    r"\b(?:despite|notwithstanding|in\s+spite\s+of|given|owing\s+to|due\s+to|because\s+of|as\s+a\s+result\s+of)\s+"
    r"(?:the\s+|an?\s+|this\s+|these\s+|continued\s+|further\s+|significant\s+|overall\s+|recent\s+|sharp\s+|small\s+|slight\s+)*"
    r"(?:(?P<up>increas\w+|ris(?:e|es|ing)|growth|growing|higher|more|surge|uplift)"
    r"|(?P<down>decreas\w+|reduction\w*|fall\w*|drop\w*|declin\w+|lower|fewer))"
    r"\s+(?:number\w*\s+of\s+|volume\w*\s+of\s+|levels?\s+of\s+|in\s+(?:the\s+)?(?:number\w*\s+of\s+|volume\w*\s+of\s+)?|of\s+)?"
    r"(?P<what>[a-z][\w'’() -]{2,40})",
    re.IGNORECASE,
)
_RAISED = re.compile(
    r"\b(?:although|though|even\s+though|while|whilst|despite)\s+(?:the\s+)?(?P<what>[a-z][\w'’() -]{2,40}?)\s+"
    r"(?:ha(?:s|ve)\s+)?(?:(?P<up>gone\s+up|went\s+up|risen|rose|increased|grown|grew|rising|increasing)"
    r"|(?P<down>gone\s+down|went\s+down|fallen|fell|decreased|dropped|declined))\b(?!\s*(?:by|to|from)?\s*\d)",
    re.IGNORECASE,
)
_COMPARED_TO = re.compile(
    r"\b(?:(?:by|in)\s+comparison|compar\w+\s+(?:to|with)|against|versus|vs\.?|down\s+from|up\s+from)\b", re.IGNORECASE
)
_OPENS_COMPARED = re.compile(r"\W*(?:compar\w+\s+(?:to|with)|against)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b(?:average|nation\w*|region\w*|county|target|forecast|forces?|plan\w*)\b", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:the|these|those|all|our|of\s+the|of\s+these)\s+$", re.IGNORECASE)
_OF_OLD = re.compile(
    r"\b(?:double|twice|half|treble|triple|times|third|quarter|on|from|against|than|over|under|below|above|to|with|of)\s+(?:the|our|those)\s+$",
    re.IGNORECASE,
)
"""Before a number that another is measured by in one sentence: "72, double the 36 of the spring"."""
_THE = re.compile(r"\b(?:the|these|those|our)\s+$", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;:]\s")
_LISTED = re.compile(r"[,:;]\s*\w+\s*$|\d\s*[,;]?\s*(?:and\s+)?\w*\s*$", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:other|another|further|more|additional|remaining|extra|first|second|third|last|of\s+these|of\s+which|of\s+the|including"
    r"|new|up\s+to|as\s+(?:many|much)\s+as|than|average|per)\b",
    re.IGNORECASE,
)


def one_period_twice(setting: Setting) -> Iterator[Check]:
    """Yield a check for each value that is compared with another of the quarter that is reported on itself."""
    own = (setting.quarter.start, setting.quarter.end) if setting.quarter is not None else None
    for first, second in pairwise(levels_of(setting)):
        if own is None or first.unit != second.unit or setting.sentence(first) != setting.sentence(second):
            continue
        if (
            first.dates == second.dates == own
            and (first.period != second.period or _names_twice(setting, first))
            and same_subject(first.what, second.what)
        ):
            joint = setting.between(first, second)
            opening = setting.text[setting.spans[setting.sentence(first)][0] : setting.at(first)[0]]
            if (_COMPARED_TO.search(joint) or _OPENS_COMPARED.match(opening)) and not _ELSEWHERE.search(joint):
                why = f"“{first.period}” and “{second.period}” are the same quarter"
                yield _doubtful(setting, second, first, why)


def _names_twice(setting: Setting, figure: Figure) -> bool:
    """Whether the sentence of a figure names its period in the same words again."""
    return setting.text[slice(*setting.spans[setting.sentence(figure)])].count(figure.period) > 1


def doubtful_periods(setting: Setting, found: Sequence[Comparison]) -> Iterator[Check]:
    """Yield a check for each value that is compared with the report's own quarter as if that were the past."""
    if setting.quarter is None:
        return
    own = setting.quarter.start, setting.quarter.end
    for comparison in found:
        now, base = comparison.now, comparison.base
        if now is None or base is None or base.dates is None or now is base:
            continue
        first, second = sorted((now, base), key=lambda f: f.start)
        joint = setting.between(first, second)
        if setting.sentence(second) - setting.sentence(first) > 1 or not _COMPARED_TO.search(joint):
            continue
        if _ELSEWHERE.search(joint):
            continue
        if base.dates[0] > own[1]:
            yield _doubtful(setting, base, now, f"“{base.period}” is still to come")
        elif second.dates is not None and second.dates == own and first.dates is not None and first.dates < own:
            yield _doubtful(
                setting, second, first, f"“{second.period}” is the quarter that is reported on, not an earlier one"
            )
        elif base.dates == own and (now.dates is None or now.dates == own) and base.period != now.period:
            yield _doubtful(setting, base, now, f"“{base.period}” is the quarter that is reported on itself")
        elif base.dates == now.dates and base.period and (base.period != now.period or _names_twice(setting, base)):
            yield _doubtful(setting, base, now, f"“{base.period}” and “{now.period}” are the same period")


def _doubtful(setting: Setting, figure: Figure, other: Figure, words: str) -> Check:
    return Check(
        item=setting.item.number,
        kind=CheckKind.PERIOD,
        stated=float(figure.value),
        recomputed=None,
        interval=None,
        verdict=Verdict.LABEL_DOUBTFUL,
        arithmetic=f"{shown(figure.value, figure.unit)} is what {shown(other.value, other.unit)} is compared with, "
        f"but {words}",
        figures=(figure, other),
        cause=causes.SWAPPED,
    )


_DISTANCE = re.compile(r"(?:5|10|15)\s?[kK]")
"""A run: "the 10K" are no ten thousand."""


def repeated(settings: Sequence[Setting]) -> Iterator[Check]:
    """Yield a check where a report states one thing twice: same words, area and period, or taken up by "the"."""
    seen: dict[tuple[object, ...], tuple[Setting, Figure]] = {}
    for setting in settings:
        for figure in setting.figures:
            if figure.role not in LEVELS or figure.unit.startswith("per-"):
                continue
            if len(nouns(figure.what) - GENERIC) == 0 or _DISTANCE.fullmatch(figure.text):
                continue
            lead = setting.before(figure, 30)
            if _PART.search(lead) or _PART.search(figure.what):
                continue
            subject = nouns(figure.what), figure.unit, figure.role
            own = figure.dates is not None and len(nouns(figure.what)) >= 2
            before = seen.get((setting.item.area, figure.dates, *subject)) if own and not _LISTED.search(lead) else None
            if before is None and _AGAIN.search(lead):
                before = seen.get((setting.item.number, *subject)) or seen.get((setting.item.parent, *subject))
            if before is not None and figure != before[1] and not _goes_on(setting, figure, *before):
                yield _twice(setting, figure, *before)
            else:
                seen.setdefault((setting.item.number, *subject), (setting, figure))
                if own:
                    seen.setdefault((setting.item.area, figure.dates, *subject), (setting, figure))


def _goes_on(setting: Setting, figure: Figure, other: Setting, first: Figure) -> bool:
    """Whether a number only goes on about the other in one sentence ("540 long, is 85 shorter at 455")."""
    together = setting is other and setting.sentence(figure) == setting.sentence(first)
    if together and _OF_OLD.search(setting.before(figure, 40)):
        return True
    return together and not _AGAIN.search(setting.before(figure, 30))


def transposed(settings: Sequence[Setting]) -> Iterator[Check]:
    """Yield a check where a number is taken up by "the" a moment later with its digits in another order.

    Different numbers of things that go by one name are common; the same digits among the same words are a slip.
    """
    for earlier, setting in zip([None, *settings], settings, strict=False):
        before = [(s, f) for s in (earlier, setting) if s is not None for f in s.figures if f.role in LEVELS]
        for figure in setting.figures:
            if figure.role not in LEVELS or not _THE.search(setting.before(figure, 30)):
                continue
            about = _around(setting, figure)
            for other, first in before:
                if first.unit != figure.unit or not _is_transposed(first, figure):
                    continue
                told_on = first.start < figure.start and _CLAUSE.search(setting.between(first, figure))
                if (told_on or other is not setting) and about & _around(other, first):
                    yield _twice(setting, figure, other, first)
                    break


def _is_transposed(one: Figure, other: Figure) -> bool:
    first, second = (str(int(f.value)) for f in (one, other))
    return first != second and len(set(first)) > 1 and sorted(first) == sorted(second)


def _around(setting: Setting, figure: Figure) -> frozenset[str]:
    """The nouns right before and after a number."""
    words = f"{setting.before(figure, 40)} {setting.after(figure, 40)}"
    return nouns(re.sub(r"\b(?:total|number|figure)\b", "", words))


def _twice(setting: Setting, figure: Figure, other: Setting, first: Figure) -> Check:
    agrees = setting.interval(figure).meets(other.interval(first))
    return Check(
        item=setting.item.number,
        kind=CheckKind.COMPARISON,
        stated=float(figure.value),
        recomputed=float(first.value),
        interval=(other.interval(first).low, other.interval(first).high),
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        arithmetic=f"{first.what}: {shown(first.value, first.unit)} in item {first.item}, "
        f"{shown(figure.value, figure.unit)} in item {figure.item}",
        figures=(figure, first),
    )


def against_totals(settings: Sequence[Setting], found: dict[int, list[Comparison]]) -> Iterator[Check]:
    """Yield a check for each "despite the increase in X" where the values of X are stated under the same promise."""
    for setting in settings:
        for claim in (*_DESPITE.finditer(setting.text), *_RAISED.finditer(setting.text)):
            about = nouns(claim["what"].split(" and ")[0].split(",")[0])
            if not about:
                continue
            near = [
                s for s in settings if s.item.commitment == setting.item.commitment and s.item.area == setting.item.area
            ]
            # What is told twice (all of it, and a team's part) counts once, as the larger.
            moved = [
                pair
                for s in near
                for c in found.get(s.item.number, ())
                if (pair := _moved(s, c)) and _is_of(pair[0], about)
            ]
            if not moved:
                continue
            by_name: dict[frozenset[str], tuple[Figure, float]] = {}
            for figure, size in sorted(moved, key=lambda pair: -abs(pair[1])):
                by_name.setdefault(nouns(figure.what), (figure, size))
            moved = list(by_name.values())
            change = sum(size for _, size in moved)
            said = UP if claim["up"] else DOWN
            agrees = change * said > 0
            listed = "; ".join(
                f"{figure.what}: {'+' if size > 0 else ''}{shown(size, figure.unit)}" for figure, size in moved
            )
            yield Check(
                item=setting.item.number,
                kind=CheckKind.COMPARISON,
                stated=float(said),
                recomputed=change,
                interval=(change, change),
                verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
                arithmetic=f"the words say {'up' if said == UP else 'down'} (“{claim[0].strip()}”); {listed}; "
                f"together: {'+' if change > 0 else ''}{shown(change, moved[0][0].unit)}",
                figures=tuple(figure for figure, _ in moved),
                cause="" if agrees else causes.DIRECTION,
            )


def _moved(setting: Setting, comparison: Comparison) -> tuple[Figure, float] | None:
    """The value of a comparison and by how much it changed, where both are stated."""
    now, base, change = comparison.now, comparison.base, comparison.change
    if now is None or now.unit != "count" or now.role is not Role.VALUE:
        return None
    if change is not None and (said := setting.direction(change)) is not None:
        return now, said * abs(float(change.value))
    return (now, float(now.value) - float(base.value)) if base is not None else None


def _is_of(figure: Figure, about: frozenset[str]) -> bool:
    """Whether a figure counts what the words are about: the last noun of theirs is among its own."""
    return bool(nouns(figure.what) & about)
