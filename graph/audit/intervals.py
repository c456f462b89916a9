"""What a stated number can stand for: from how precisely it is written, and words such as "about" before it.

"6%" is anything that rounds to it, 82,621 calls are exactly that, "over 500" may be more. Intervals are closed; both
ends of a rounding are taken, since nobody says which way halves were rounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.model import Figure, Role

_ABOUT = re.compile(
    r"\b(?:about|around|approximately|approx\.?|roughly|some|circa|c\.|close\s+to|in\s+the\s+region\s+of|an?\s+estimated)"
    r"\s+(?:an?\s+|the\s+)?(?:average\s+of\s+)?$",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?P<just>just\s+|slightly\s+|a\s+little\s+)?(?:over|more\s+than|above|upwards\s+of|at\s+least|in\s+excess\s+of"
    r"|exceeding|no\s+fewer\s+than)\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_FAR = re.compile(
    r"\b(?:well|far|way|much|significantly|considerably|substantially)\s+(?:over|under|above|below|more\s+than|less\s+than|fewer\s+than"
    r"|in\s+excess\s+of|short\s+of)\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
"""Words that say only on which side of a number something lies, however far."""
_SIDE_ONLY = re.compile(
    r"(?<!just\s)(?<!slightly\s)(?<!little\s)\b(?:over|under|more\s+than|less\s+than|fewer\s+than)\s+$", re.IGNORECASE
)
"""Before "half": "fewer than half" may be a fifth."""
_UNDER = re.compile(
    r"\b(?:almost|nearly|just\s+under|just\s+below|just\s+short\s+of|(?<!add\s)(?<!adds\s)(?<!adding\s)up\s+to|under|below|fewer\s+than|less\s+than|not\s+quite"
    r"|close\s+on)\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\d(?:\s*(?:%|per\s+cent|points?|[a-z]+))?\s+(?:[a-z]+\s+)?(?:than|above|below|over|under)\s+(?:an?\s+)?$",
    re.IGNORECASE,
)
"""Words that compare with a number before them ("12 more than 80") and do not say that the next is only near."""
_FROM_ONE_TO = re.compile(r"\bfrom\s+\S*\d[^.;()]{0,40}?\bup\s+to\s+$", re.IGNORECASE)
"""Of a move ("from 45 up to 72"), not of a bound."""
_ROUND_ENOUGH = 100
_SIDE = 0.02
_DECIMALS = re.compile(r"\d\.(\d+)")
_SCALE = re.compile(r"\d\s?(k|thousand|m|mn|million|bn|b|billion)\b", re.IGNORECASE)
_SCALES = {"k": 1e3, "t": 1e3, "m": 1e6, "b": 1e9}
_SMALLEST_TIME = (("sec", 1.0), ("min", 60.0), ("hour", 3600.0), ("hr", 3600.0))
_LOOSE, _SLIGHT, _AT_MOST, _AT_LEAST = 0.06, 0.05, 0.85, 1.2
_FAR_OVER = 10
_SHORT = 0.07
"""How far "nearly nine in ten" may fall short of it."""
_MULTIPLE, _FRACTION = 0.05, 0.034
"""How far from a multiple ("doubled") and from a fraction ("a third") a fair writer still says the word."""
_LOOSE_POINTS = 1.5
"""Points that "about 64%" may be off: a tenth of a percentage is more than anybody means."""
_FRACTION_OF_ITSELF = 0.14
"""And of itself: "one in eight" is no tenth."""
_REACH = 40
_HALF_AN_HOUR = 300.0
"""Seconds that "half an hour" may be off."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from ``low`` to ``high``."""

    low: float
    high: float

    @classmethod
    def at(cls, value: float) -> Interval:
        """The interval that holds one value."""
        return cls(value, value)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def scaled(self, factor: float) -> Interval:
        """The interval with every value multiplied by ``factor``."""
        ends = self.low * factor, self.high * factor
        return Interval(min(ends), max(ends))

    def over(self, other: Interval) -> Interval | None:
        """The quotient, or None where the divisor may be nothing or of either sign."""
        if other.low <= 0:
            return None
        quotients = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(quotients), max(quotients))

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both, up to what floating point blurs."""
        blur = 1e-9 * max(1.0, abs(self.low), abs(self.high), abs(other.low), abs(other.high))
        return self.low <= other.high + blur and other.low <= self.high + blur

    def magnitude(self) -> Interval:
        """The interval of the values without their signs."""
        if self.low >= 0:
            return self
        return -self if self.high <= 0 else Interval(0.0, max(-self.low, self.high))


def stated(figure: Figure, before: str, *, to_the_second: bool = False) -> Interval:
    """Return what ``figure`` can stand for; ``before`` is the text that leads up to it.

    ``to_the_second``: times beside it are told to the second, so that whole minutes are whole.
    """
    value, half = float(figure.value), _half_step(figure)
    if to_the_second and figure.unit == "second":
        half = min(half, 0.5)
    low, high = value - half, value + half
    lead = before[-_REACH:]
    if _OF_ANOTHER.search(lead):
        return Interval(low, high)
    if _FROM_ONE_TO.search(lead):
        return Interval(low, high)
    if _ABOUT.search(lead):
        if figure.unit == "count" and value % 10 and value > _ROUND_ENOUGH:
            # "Some 512 cameras" were counted; nobody rounds to 512.
            return Interval(low, high)
        slack = max(abs(value) * _LOOSE, half)
        if figure.unit in {"percent", "percentage-point"}:
            slack = min(slack, max(_LOOSE_POINTS, half))
        return Interval(value - slack, value + slack)
    if figure.unit == "ratio" and figure.text.casefold().startswith("halv"):
        # To halve is to go down: what has more than halved is less than half of what it was.
        return Interval(0.0 if _OVER.search(lead) else low, value * _AT_LEAST if _UNDER.search(lead) else high)
    half = figure.text.casefold() == "half"
    if _FAR.search(lead) or (half and figure.role is Role.SHARE_PCT and _SIDE_ONLY.search(lead)):
        return Interval(value, max(value * _FAR_OVER, 1.0)) if _OVER.search(lead) else Interval(0.0, value)
    if figure.unit == "ratio" and value < 1 and (_OVER.search(lead) or _UNDER.search(lead)):
        return _beside_a_fraction(lead, value, low, high)
    if found := _OVER.search(lead):
        return Interval(low, max(high, value * (1 + _SLIGHT if found["just"] else _AT_LEAST)))
    if _UNDER.search(lead):
        return Interval(min(low, value * _AT_MOST), high)
    return Interval(low, high)


def _beside_a_fraction(lead: str, value: float, low: float, high: float) -> Interval:
    """What "over a third" and "nearly nine in ten" can stand for: the word says on which side it lies."""
    near = value * _SIDE
    if over := _OVER.search(lead):
        return Interval(value - near, high + near if over["just"] else max(high, value * _AT_LEAST))
    return Interval(max(low * _AT_MOST, value - _SHORT), value + near)


def _half_step(figure: Figure) -> float:
    """Half of the last place that is written; nothing for whole numbers of things, which are exact."""
    text, value = figure.text.casefold(), abs(float(figure.value))
    decimals = _DECIMALS.search(text)
    step = 10.0 ** -len(decimals[1]) if decimals else 1.0
    if figure.unit == "ratio":
        if decimals:
            return step / 2
        return value * _MULTIPLE if value > 1 else min(_FRACTION, value * _FRACTION_OF_ITSELF)
    if figure.unit in {"percent", "percentage-point"}:
        return step / 2
    if figure.unit == "second":
        if text.startswith("half an hour"):
            return _HALF_AN_HOUR
        smallest = next((size for name, size in _SMALLEST_TIME if name in text), 1.0)
        return step * smallest / 2
    if scale := _SCALE.search(text):
        return step * _SCALES[scale[1][0].lower()] / 2
    if figure.unit.startswith("per-"):
        return step / 2
    return step / 2 if decimals else 0.0
