"""Stated changes recomputed: differences, per cent, points and multiples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.audit import causes
from graph.audit.arithmetic import outcome, shown
from graph.audit.comparisons import Claim
from graph.audit.intervals import Interval
from graph.audit.pairs import Comparison, is_relative
from graph.audit.setting import Setting
from graph.audit.words import DOWN
from graph.model import Check, CheckKind, Figure, Verdict

_TIMES = re.compile(r"doubl|halv|trebl|tripl|quadrupl|twice|[\w\s.,-]+?[\s-]?(?:fold|times)", re.IGNORECASE)


def checks_of(setting: Setting, claim: Claim) -> Iterator[Check]:
    """Yield the check of a stated change: of the first reading, or of one that bears it out if there is one."""
    made = [check for reading in claim.readings if (check := _check(setting, claim.stated, reading)) is not None]
    if made:
        yield next((check for check in made if check.verdict is Verdict.AGREES), made[0])
    elif is_relative(claim.stated):
        yield Check(
            item=setting.item.number,
            kind=CheckKind.PERCENT_CHANGE,
            stated=abs(_per_cent(claim.stated)),
            recomputed=None,
            interval=None,
            verdict=Verdict.NO_BASE,
            arithmetic=f"“{claim.stated.text}” cannot be recomputed: what it is a change of is not stated beside it",
            figures=(claim.stated,),
        )


def _check(setting: Setting, stated: Figure, reading: Comparison) -> Check | None:
    if not is_relative(stated):
        return _difference(setting, stated, reading)
    inputs = _inputs(setting, reading)
    if inputs is None:
        return None
    if stated.unit == "ratio" and _TIMES.match(stated.text):
        return _multiple(setting, stated, *inputs)
    return _percentage(setting, stated, reading, *inputs)


def _difference(setting: Setting, stated: Figure, reading: Comparison) -> Check | None:
    now, base = reading.now, reading.base
    if now is None or base is None:
        return None
    made, said = setting.interval(now) - setting.interval(base), setting.direction(stated)
    claim = setting.interval(stated).magnitude()
    verdict, cause = _judged(claim, made, said)
    if verdict is Verdict.DISAGREES:
        cause = cause or causes.of_difference(claim, now, base)
    points = stated.unit == "percentage-point"
    recomputed, interval = _towards(made, said)
    return Check(
        item=setting.item.number,
        kind=CheckKind.PERCENT_CHANGE if points else CheckKind.DIFFERENCE,
        stated=abs(float(stated.value)),
        recomputed=recomputed,
        interval=interval,
        verdict=verdict,
        arithmetic=f"{shown(now.value, now.unit)} − {shown(base.value, base.unit)} = {outcome(made, stated.unit)}; "
        f"stated: {_stated(stated, said, abs(float(stated.value)), stated.unit)}",
        figures=(stated, now, base),
        cause=cause,
    )


def _multiple(
    setting: Setting, stated: Figure, now: Interval, base: Interval, used: tuple[Figure, ...], words: str
) -> Check | None:
    made = now.over(base)
    if made is None:
        return None
    claim = setting.interval(stated)
    # "Twice as many as" may name the larger first or last.
    agrees = claim.meets(made)
    change = (made - Interval.at(1)).scaled(100 if stated.value >= 1 else -100)
    return Check(
        item=setting.item.number,
        kind=CheckKind.PERCENT_CHANGE,
        stated=abs(100 * (stated.value - 1)),
        recomputed=round((change.low + change.high) / 2, 2),
        interval=(change.low, change.high),
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        arithmetic=f"{words.partition(') ÷')[0].strip('()').replace(' − ', ' ÷ ')} = {outcome(made, 'times')}; "
        f"stated: {stated.text}",
        figures=(stated, *used),
    )


def _percentage(
    setting: Setting,
    stated: Figure,
    reading: Comparison,
    now: Interval,
    base: Interval,
    used: tuple[Figure, ...],
    words: str,
) -> Check | None:
    change = (now - base).over(base)
    if change is None:
        return None
    made, said = change.scaled(100), setting.direction(stated)
    claim = setting.interval(stated).magnitude()
    claim = claim.scaled(100) if stated.unit == "ratio" else claim
    verdict, cause = _judged(claim, made, said)
    if verdict is Verdict.DISAGREES:
        cause = cause or causes.of_percentage(claim, replace(reading, relative=stated), setting)
    value = abs(_per_cent(stated))
    recomputed, interval = _towards(made, said)
    return Check(
        item=setting.item.number,
        kind=CheckKind.PERCENT_CHANGE,
        stated=value,
        recomputed=recomputed,
        interval=interval,
        verdict=verdict,
        arithmetic=f"{words} = {outcome(made, 'percent')}; stated: {_stated(stated, said, value, 'percent')}",
        figures=(stated, *used),
        cause=cause,
    )


def _stated(stated: Figure, said: int | None, value: float, unit: str) -> str:
    return shown(-value if said == DOWN else value, unit) + (
        "" if said is not None or stated.unit != "ratio" else f" ({stated.text})"
    )


def _towards(made: Interval, said: int | None) -> tuple[float, tuple[float, float]]:
    """The result and its bounds, counted in the direction that the words say, or without sign where they say none."""
    counted = made.scaled(said) if said is not None else made.magnitude()
    middle = (made.low + made.high) / 2
    return round(middle * said if said is not None else abs(middle), 2), (counted.low, counted.high)


def _per_cent(relative: Figure) -> float:
    if relative.unit != "ratio":
        return float(relative.value)
    return 100 * (relative.value - 1 if _TIMES.match(relative.text) else float(relative.value))


def _inputs(setting: Setting, reading: Comparison) -> tuple[Interval, Interval, tuple[Figure, ...], str] | None:
    """Return value and base as intervals, the figures they came from, and the formula in words."""
    now, base, change = reading.now, reading.base, reading.change
    if now is not None and base is not None:
        n, b = shown(now.value, now.unit), shown(base.value, base.unit)
        return setting.interval(now), setting.interval(base), (now, base), f"({n} − {b}) ÷ {b}"
    if change is None:
        return None
    relative = reading.relative
    sign = setting.direction(change) or (setting.direction(relative) if relative is not None else None)
    if sign is None:
        return None
    moved, c = setting.interval(change).magnitude().scaled(sign), shown(abs(change.value), change.unit)
    c = f"−{c}" if sign < 0 else c
    if now is not None:
        n = shown(now.value, now.unit)
        return (
            setting.interval(now),
            setting.interval(now) - moved,
            (now, change),
            f"{c} ÷ ({n} − {c})".replace("− −", "+ "),
        )
    if base is not None:
        return (
            setting.interval(base) + moved,
            setting.interval(base),
            (base, change),
            f"{c} ÷ {shown(base.value, base.unit)}",
        )
    return None


def _judged(claim: Interval, made: Interval, said: int | None) -> tuple[Verdict, str]:
    """Judge a change by its size, then by its direction where the words give one."""
    if not claim.meets(made.magnitude()):
        return Verdict.DISAGREES, ""
    if said is not None and not claim.meets(made.scaled(said)):
        return Verdict.DISAGREES, causes.DIRECTION
    return Verdict.AGREES, ""
