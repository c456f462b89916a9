"""What may have gone wrong, tried and offered as a question: other readings under which the stated number is right."""

from __future__ import annotations

from collections.abc import Sequence

from graph.audit.intervals import Interval
from graph.audit.pairs import Comparison
from graph.audit.setting import Setting
from graph.model import Figure

DIRECTION = "direction: is it the other way round?"
SWAPPED = "swapped-periods: are the two periods swapped?"
DECIMALS = "minutes-as-decimals: were minutes and seconds read as decimals?"
WRONG_BASE = "wrong-base: was the change divided by the later value?"
POINTS = "points-for-percent: is it percentage points?"
PER_CENT = "percent-for-points: is it per cent, not points?"
LABEL = "mislabelled-period: is it another period?"
LEFT_OUT = "category-left-out: is a category missing from the list?"
TWICE = "counted-twice: does something stand in two categories?"
SLIP = "digits: were two digits exchanged?"
_MINUTE = 60


def of_percentage(claim: Interval, comparison: Comparison, setting: Setting) -> str:
    """Return the likely cause of a wrong percentage, or "" if no other reading gives it."""
    now, base, change = comparison.now, comparison.base, comparison.change
    if now is not None and base is not None:
        n, b = setting.interval(now), setting.interval(base)
        if now.unit == "second" and min(now.value, base.value) >= _MINUTE:
            decimals = (_as_decimal(now.value) - _as_decimal(base.value)).over(_as_decimal(base.value))
            if decimals and claim.meets(decimals.scaled(100).magnitude()):
                return DECIMALS
        if now.unit == "percent" and claim.meets((n - b).magnitude()):
            return POINTS
        inverse = (n - b).over(n)
        if inverse and claim.meets(inverse.scaled(100).magnitude()):
            return WRONG_BASE
    if now is not None and change is not None:
        ratio = setting.interval(change).over(setting.interval(now))
        if ratio and claim.meets(ratio.scaled(100).magnitude()):
            return WRONG_BASE
    return ""


def of_difference(claim: Interval, now: Figure, base: Figure) -> str:
    """Return the likely cause of a wrong difference, or ""."""
    if now.unit == "second" and min(now.value, base.value) >= _MINUTE:
        apart = (_as_decimal(now.value) - _as_decimal(base.value)).magnitude().scaled(_MINUTE)
        if claim.meets(apart):
            return DECIMALS
    if now.unit == "percent" and base.value and claim.meets(Interval.at(100 * abs(now.value / base.value - 1))):
        return PER_CENT
    return SLIP if _exchanged(claim, abs(now.value - base.value)) else ""


def slip(stated: float, made: float) -> str:
    """Return that two digits were exchanged, if they were, or ""."""
    return SLIP if _exchanged(Interval.at(stated), made) else ""


def of_sum(total: float, made: float) -> str:
    """Return the likely cause of parts that do not make their total, or ""."""
    if _exchanged(Interval.at(total), made):
        return SLIP
    return LEFT_OUT if made < total else TWICE


def _as_decimal(seconds: float) -> Interval:
    """Minutes and seconds read as if the seconds were hundredths of a minute: 2 min 43 s as 2.43, so written."""
    minutes, rest = divmod(seconds, _MINUTE)
    value = minutes + rest / 100
    return Interval(value - 0.005, value + 0.005)


def _exchanged(claim: Interval, made: float) -> bool:
    """Whether two neighbouring digits exchanged make one number of the other."""
    if claim.low != claim.high or claim.low != int(claim.low) or made != int(made):
        return False
    one, other = str(int(claim.low)), str(int(made))
    return any(_swap(one, place) == other for place in range(len(one) - 1)) and one != other


def _swap(digits: Sequence[str], place: int) -> str:
    return "".join([*digits[:place], digits[place + 1], digits[place], *digits[place + 2 :]])
