"""Calculations in words: numbers as a reader would write them."""

from __future__ import annotations

from graph.audit.intervals import Interval

_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


def shown(value: float, unit: str) -> str:
    """Return a value with its unit: "30.7 %", "2 min 43 s", "£1,200", "82,621"."""
    sign = "−" if value < 0 else ""
    size = abs(value)
    if unit in {"percent", "percentage-point"}:
        return f"{sign}{_plain(size)} {'%' if unit == 'percent' else 'points'}"
    if unit == "times":
        return f"{sign}{_plain(size)} times"
    if unit == "second" and size >= 60:
        minutes, seconds = divmod(round(size, 1), 60)
        hours, minutes = divmod(int(minutes), 60)
        parts = (
            [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes) + [f"{_plain(seconds)} s"] * bool(seconds)
        )
        return sign + " ".join(parts)
    if unit == "second":
        return f"{sign}{_plain(size)} s"
    return f"{sign}{_SIGNS.get(unit, '')}{_plain(size)}"


def _plain(value: float) -> str:
    rounded = round(value, 2)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.2f}".rstrip("0")


def outcome(result: Interval, unit: str) -> str:
    """Return a result, as a range where what it was made from is not exact."""
    low, high = shown(result.low, unit), shown(result.high, unit)
    return low if low == high else f"{low} to {high}"
