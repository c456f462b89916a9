"""Stated changes recomputed: differences, per cent, points, multiples, and words of comparison."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.audit import causes
from graph.audit.arithmetic import outcome, shown
from graph.audit.comparisons import Comparison
from graph.audit.intervals import Interval
from graph.audit.setting import Setting
from graph.audit.words import DOWN, UP, direction
from graph.model import Check, CheckKind, Figure, Verdict

_MOVED = re.compile(
    r"\b(?P<up>increas\w+|rose|risen|rising|grew|grown|climb\w+|jumped|up|higher|more|above|exceed\w*|outnumber\w*|longer|slower)\b"
    r"|\b(?P<down>decreas\w+|reduc\w+|fell|fallen|falling|drop\w*|declin\w+|down|lower|fewer|less|below|shorter|quicker|faster"
    r"|cut)\b",
    re.IGNORECASE,
)
_STABLE = re.compile(r"\b(?:remain\w*|unchanged|the\s+same|stable|stayed|maintain\w*|no\s+change|static)\b", re.IGNORECASE)


def checks_of(setting: Setting, comparison: Comparison) -> Iterator[Check]:
    """Yield the checks that one comparison allows."""
    change, relative = comparison.change, comparison.relative
    if change is not None and comparison.now is not None and comparison.base is not None:
        yield _difference(setting, comparison, change, comparison.now, comparison.base)
    if relative is not None:
        yield _relative(setting, comparison, relative)
    if change is None and relative is None and (check := _words(setting, comparison)):
        yield check


def _difference(setting: Setting, comparison: Comparison, change: Figure, now: Figure, base: Figure) -> Check:
    made = setting.interval(now) - setting.interval(base)
    said = setting.direction(change)
    claim = setting.interval(change).magnitude()
    points = change.unit == "percentage-point"
    unit = change.unit
    verdict, cause = _judged(claim, made, said)
    if verdict is Verdict.DISAGREES and not cause:
        cause = causes.of_difference(claim, now, base)
    return Check(
        item=setting.item.number,
        kind=CheckKind.PERCENT_CHANGE if points else CheckKind.DIFFERENCE,
        stated=abs(float(change.value)),
        recomputed=_middle(made.magnitude()),
        interval=(made.low, made.high),
        verdict=verdict,
        arithmetic=f"{shown(now.value, now.unit)} − {shown(base.value, base.unit)} = {outcome(made, unit)}; "
        f"stated: {shown(_signed(change.value, said), unit)}",
        figures=(change, now, base),
        cause=cause,
    )


def _relative(setting: Setting, comparison: Comparison, relative: Figure) -> Check:
    said = setting.direction(relative)
    multiple = relative.unit == "ratio" and relative.value != 1 and not _is_fraction_of_change(relative)
    inputs = _inputs(setting, comparison, said)
    if inputs is None:
        return Check(
            item=setting.item.number,
            kind=CheckKind.PERCENT_CHANGE,
            stated=abs(_per_cent(relative)),
            recomputed=None,
            interval=None,
            verdict=Verdict.NO_BASE,
            arithmetic=f"{relative.text} cannot be recomputed: no other value of it is stated beside it",
            figures=(relative,),
        )
    now, base, used, words = inputs
    claim = setting.interval(relative)
    if multiple:
        made = now.over(base)
        words = words.partition(" ÷ ")[0].strip("()").replace(" − ", " ÷ ")
        unit = "times"
    else:
        change = (now - base).over(base)
        made = change.scaled(100) if change else None
        unit = "percent"
        if relative.unit == "ratio":
            claim = claim.scaled(100)
    if made is None:
        return Check(
            item=setting.item.number, kind=CheckKind.PERCENT_CHANGE, stated=abs(_per_cent(relative)),
            recomputed=None, interval=None, verdict=Verdict.NO_BASE,
            arithmetic=f"{relative.text} cannot be recomputed: its base is nothing", figures=(relative, *used),
        )  # fmt: skip
    if multiple:
        verdict, cause = (Verdict.AGREES, "") if claim.meets(made) else (Verdict.DISAGREES, "")
        stated = float(relative.value)
    else:
        verdict, cause = _judged(claim.magnitude(), made, said)
        stated = _signed(_per_cent(relative), said)
        if verdict is Verdict.DISAGREES and not cause:
            cause = causes.of_percentage(claim.magnitude(), comparison, setting)
    return Check(
        item=setting.item.number,
        kind=CheckKind.PERCENT_CHANGE,
        stated=abs(stated),
        recomputed=_middle(made.magnitude()),
        interval=(made.magnitude().low, made.magnitude().high),
        verdict=verdict,
        arithmetic=f"{words} = {outcome(made, unit)}; stated: {shown(stated, unit)}",
        figures=(relative, *used),
        cause=cause,
    )


def _is_fraction_of_change(relative: Figure) -> bool:
    """Whether a ratio says by how much ("fell by a third") and not how many times ("doubled", "halved")."""
    return not re.match(r"doubl|halv|trebl|tripl|quadrupl|twice|\w+[\s-]?(?:fold|times)", relative.text, re.IGNORECASE)


def _per_cent(relative: Figure) -> float:
    return relative.value * 100 if relative.unit == "ratio" and _is_fraction_of_change(relative) else float(relative.value)


def _inputs(
    setting: Setting, comparison: Comparison, said: int | None
) -> tuple[Interval, Interval, tuple[Figure, ...], str] | None:
    """Return value and base as intervals, the figures they came from, and the formula in words."""
    now, base, change = comparison.now, comparison.base, comparison.change
    if now is not None and base is not None:
        n, b = shown(now.value, now.unit), shown(base.value, base.unit)
        return setting.interval(now), setting.interval(base), (now, base), f"({n} − {b}) ÷ {b}"
    if change is None or change.unit == "percentage-point":
        return None
    sign = setting.direction(change) or said
    if sign is None:
        return None
    moved = setting.interval(change).magnitude().scaled(sign)
    c = shown(change.value, change.unit)
    if now is not None:
        n = shown(now.value, now.unit)
        return setting.interval(now), setting.interval(now) - moved, (now, change), f"{c} ÷ ({n} {'−' if sign > 0 else '+'} {c})"
    if base is not None:
        b = shown(base.value, base.unit)
        return setting.interval(base) + moved, setting.interval(base), (base, change), f"{c} ÷ {b}"
    return None


def _judged(claim: Interval, made: Interval, said: int | None) -> tuple[Verdict, str]:
    """Judge a change by its size, then by its direction where the words give one."""
    if not claim.meets(made.magnitude()):
        return Verdict.DISAGREES, ""
    if said is not None and not claim.meets(made.scaled(said)):
        return Verdict.DISAGREES, causes.DIRECTION
    return Verdict.AGREES, ""


def _words(setting: Setting, comparison: Comparison) -> Check | None:
    """Check words that say which of two values is larger, when no change is stated: "rose from 120 to 95"."""
    now, base = comparison.now, comparison.base
    if now is None or base is None:
        return None
    first, second = sorted((now, base), key=lambda f: f.start)
    if setting.sentence(first) != setting.sentence(second):
        return None
    said = _says(setting, first, second, now)
    if said is None:
        return None
    made = setting.interval(now) - setting.interval(base)
    agrees = made.high > 0 if said == UP else made.low < 0
    return Check(
        item=setting.item.number,
        kind=CheckKind.COMPARISON,
        stated=float(now.value),
        recomputed=_middle(made),
        interval=(made.low, made.high),
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        arithmetic=f"{shown(now.value, now.unit)} − {shown(base.value, base.unit)} = {outcome(made, now.unit)}; "
        f"the words say {'up' if said == UP else 'down'}",
        figures=(now, base),
        cause="" if agrees else causes.SWAPPED,
    )


def _says(setting: Setting, first: Figure, second: Figure, now: Figure) -> int | None:
    """Which way the words between and before two values say that the first listed went to the other."""
    joint = setting.between(first, second)
    if re.search(r"\b(?:compar\w+|against|versus|vs)\b", joint, re.IGNORECASE) and not re.search(r"\bthan\b", joint):
        return None
    lead = setting.before(first, 60)
    if re.search(r"\bthan\b", joint, re.IGNORECASE) or re.search(r"\b(?:up|down)\s+(?:from|on)\b", joint, re.IGNORECASE):
        found = list(_MOVED.finditer(joint))
        return (UP if found[-1]["up"] else DOWN) if found and now is first else None
    if re.search(r"\bfrom\W+(?:\w+\W+){0,4}$", lead, re.IGNORECASE) and now is second:
        found = list(_MOVED.finditer(lead))
        return (UP if found[-1]["up"] else DOWN) if found and not _STABLE.search(lead) else None
    if re.search(r"\b(?:to|at)\W+(?:\w+\W+){0,3}$", lead) and re.search(r"\bfrom\b", joint) and now is first:
        found = list(_MOVED.finditer(lead))
        return (UP if found[-1]["up"] else DOWN) if found and not _STABLE.search(lead) else None
    return None


def _signed(value: float, said: int | None) -> float:
    return -abs(float(value)) if said == DOWN else float(value)


def _middle(interval: Interval) -> float:
    return round((interval.low + interval.high) / 2, 2)


__all__ = ["checks_of", "direction"]
