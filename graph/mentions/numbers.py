"""Amounts in running text, in digits or in words: value and unit of each, wherever it stands.

This stage only reads; whether an amount measures anything (or is a date, a telephone name, a page) is for
``figures`` to say. Offsets count code points of the text given; ``end`` is exclusive. Every pattern is
anchored to one place and bounded in length, so reading is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
MULTIPLES = {"doubl": 2.0, "halv": 0.5, "trebl": 3.0, "tripl": 3.0, "quadrupl": 4.0, "twice": 2.0}
SCALES = {
    "hundred": 100, "thousand": 1_000, "k": 1_000, "million": 1_000_000, "m": 1_000_000, "mn": 1_000_000,
    "billion": 1_000_000_000, "bn": 1_000_000_000, "b": 1_000_000_000,
}  # fmt: skip
CURRENCIES = {"£": "GBP", "€": "EUR", "$": "USD"}
TIME_UNITS = ("second", "minute", "hour", "day", "week", "month", "year", "decade")
LONG_SPANS = frozenset(TIME_UNITS[3:])
QUANTITIES = {
    "kg": "kilogram", "kilo": "kilogram", "kilogram": "kilogram", "g": "gram", "gram": "gram", "tonne": "tonne",
    "mile": "mile", "km": "kilometre", "kilometre": "kilometre", "metre": "metre", "mph": "mile-per-hour",
    "litre": "litre",
}  # fmt: skip

_ONE = "|".join(sorted(ONES, key=len, reverse=True))
_TEN = "|".join(TENS)
_SMALL = rf"(?:(?:{_TEN})(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine)\b)?|(?:{_ONE}))"
_HUNDRED = rf"(?:(?:{_SMALL}|a)\s+hundred(?:\s+and\s+{_SMALL}\b)?)"
_THOUSAND = rf"(?:(?:{_HUNDRED}|{_SMALL}|a)\s+thousand(?:\s+(?:and\s+)?(?:{_HUNDRED}|{_SMALL})\b)?)"
_DOZEN = r"(?:(?:half\s+a|a|two|three|four|five)\s+dozen)"
_SPELLED = rf"(?:{_DOZEN}|{_THOUSAND}|{_HUNDRED}|{_SMALL})"
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,4})?|\d{1,15}(?:\.\d{1,4})?)"
_AND_PART = r"(?:[\s-]{1,9}and[\s-]{1,9}a[\s-]{1,9}(?:half|quarter)\b(?!\s+of\b))"
_NUMBER = rf"(?:{_DIGITS}|{_SPELLED}\b){_AND_PART}?"
# What may stand between a number and its unit: nothing, spaces, or a line's end and the indent of the next.
_GAP = r"\s{0,12}"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_START = _compiled(
    rf"[£€$]|(?<![\w#@])\d|(?<![\w-])(?:(?:{_SPELLED}|half)\b|(?:an?|one)\s+(?:{'|'.join(PARTS)})\b|a\s+million\b"

                   r"|doubl(?:e|ed|ing)\b|halv(?:ed|ing)\b|trebl(?:ed|ing)\b|tripl(?:ed|ing)\b|quadrupl(?:ed|ing)\b"
                   r"|twice\b|(?:two|three|four|five|six|seven|eight|nine|ten)fold\b)")  # fmt: skip
_IN = _compiled(
    rf"({_NUMBER})\s+(in|out\s+of)\s+(?:every\s+)?({_NUMBER})(?!\w|%|-\w|[,.]\d)(?!\s+(?:day|week|month|year|hour"
    rf"|minute))"
)
_PART = _compiled(
    r"(?:(an?|one|two|three|four|five|six|seven|eight|nine)[\s-]+)?(half|third|quarter|fifth|sixth|seventh|eighth"
    r"|ninth|tenth)"
    r"(s?)(?![\w-])"
)
_AFTER_PART = _compiled(
    r"\s*(?:$|[.,;:)–]|of\b|the\b|more\b|fewer\b|less\b|lower\b|higher\b|below\b|above\b|year\s+on\s+year\b|at\b|from\b|against\b|compared\b|up\b|down\b|increase|decrease|reduction|rise\b|fall\b"
    r"|drop\b|to\s+(?:[a-z]+\s+)?[£\d])"
)
_NOT_HALF = _compiled(r"\s*(?:-|term|day|hour|year|past|way|an?\b|time|marathon|price)")
_BY = re.compile(
    r"\bby\s+(?:(?:about|around|almost|nearly|over|roughly|some|more\s+than|just\s+\w+)\s+)?$", re.IGNORECASE
)
_MULTIPLE = _compiled(
    r"(?:(doubl|halv|trebl|tripl|quadrupl)(?:ed|ing)\b|(doubl)e(?=\s+(?:the|that|what|its|our|last|this)\b)"
    r"|(twice)(?=\s+(?:as|the|that|what|its|our|last|this)\b)"
    rf"|({_NUMBER})\s+times(?=\s+(?:as|what|its|our|last|the|that|more|higher|greater|larger|lower|likelier)\b)"
    r"|(two|three|four|five|six|seven|eight|nine|ten)-?fold\b)"
)
_MONEY = _compiled(rf"([£€$])\s?({_DIGITS})(?:{_GAP}(k|m|mn|bn|b|thousand|million|billion)(?!\w))?")
_PERCENT = _compiled(
    rf"({_NUMBER}){_GAP}(?:(percentage[\s-]points?|ppts?|pps?|p\.p\.|%\s?(?:pts?|points?))|(%"
    rf"|per\s?cent)(?:\s(points?)\b)?)(?!\w)"
)
_H = r"(?:hours?|hrs?)(?!\w)"
_M = r"(?:minutes?|mins?)(?!\w)"
_S = r"(?:seconds?|secs?)(?!\w)"
_AND = (
    r"(?:\s*|\s+and\s+|\s*,\s*(?=[^,;.]{1,20}?s\b(?!\s+(?:quicker|faster|slower|longer|shorter|less|more|better"
    r"|worse))))"
)
_CLOCKED = _compiled(
    rf"({_NUMBER}){_GAP}(?:{_H}|h(?=\s?\d)){_AND}({_NUMBER}){_GAP}(?:{_M}|m(?!\w))()"
    rf"|()({_NUMBER}){_GAP}(?:{_M}{_AND}|m\s?(?=\d))({_NUMBER}){_GAP}(?:{_S}|s(?!\w))"
)
_COLONS = _compiled(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\w:])(\s?(?:minutes|mins|seconds|secs)\b)?")
_TIME = _compiled(
    rf"({_NUMBER})(?:[\s-](?:working|calendar|full))?(?:{_GAP}|-)"
    r"(seconds?|secs?|s|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|decades?)(?!\w|-(?!long\b))"
)
_HALF_HOUR = _compiled(r"half\s+an\s+hour\b|half[\s-]hour(?!\w)")
_GROUP_BEFORE = re.compile(r"\b(?:under|over|the|late|early|mid)[- ]$", re.IGNORECASE)
_PLURAL_AFTER = re.compile(r"\s+[a-z][a-z-]*[^s\W]s\b")
_QUANTITY = _compiled(
    rf"({_NUMBER}){_GAP}(kg|kilos?|kilograms?|g|grams?|tonnes?|miles?|km|kilometres?|metres?|mph|litres?)(?!\w)"
)
_PLAIN = _compiled(rf"({_NUMBER}|(?:half\s+)?a(?=\s+million))(?:\s?(k|bn|(?<=\s)(?:thousand|million|billion))(?!\w))?")
_POINTS = _compiled(
    rf"{_GAP}(?:of\s+a\s+(?:percentage\s+)?)?(?:points?|pts?)\b(?!\s+(?:of\s+(?:entry|contact|failure|sale|view|interest)|on\s+(?:\w+\s+){{0,2}}licen))"
)
_POINTS_REACH = 160
_CLOSE_TOGETHER = 5
"""How far two numbers that "or" joins may lie apart and still be a range."""
_JOIN = _compiled(r"\s?[-–—]\s?|\s+(?:to|or|and)\s+")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the words that make its value: its sign, currency, scale and unit."""

    start: int
    end: int
    value: float | int
    unit: str
    """"count", "percent", "percentage-point", "ratio", "second", "hour", "day", "GBP", "kilogram", ..."""
    spelled: bool = False
    """Written in words."""
    change: bool = False
    """Written as a change: with a plus or minus, or as "doubled", "halved", "three times higher"."""
    attributive: bool = False
    """A length of time in the singular before its noun: "a 12 month programme", "a six-week trial"."""


def number_of(words: str) -> float | int:
    """The value of a bare number in digits ("33,750") or in words ("two hundred and five").

    Raises: ValueError, if the words are not a number as ``read_amounts`` finds them.
    """
    if part := re.search(r"[\s-]+and[\s-]+a[\s-]+(half|quarter)$", words, re.IGNORECASE):
        return number_of(words[: part.start()]) + 1 / PARTS[part[1].casefold()]
    if words[0].isdigit():
        digits = words.replace(",", "")
        return float(digits) if "." in digits else int(digits)
    total = current = 0
    for word in re.split(r"[\s-]+", words.casefold()):
        if word in ONES or word in TENS:
            current += ONES.get(word, TENS.get(word, 0))
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word == "dozen":
            current = 6 if words.casefold().startswith("half") else max(current, 1) * 12
        elif word in SCALES:
            total, current = total + max(current, 1) * SCALES[word], 0
        elif word not in {"a", "and", "half"}:
            raise ValueError(words)
    return total + current


def _tidy(value: float) -> float | int:
    """Whole numbers as int, the rest without the noise of binary multiplication."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _ratio(text: str, at: int) -> Amount | None:
    """Shares and multiples: "one in five", "nine out of ten", "two thirds", "doubled", "three times higher"."""
    if found := _IN.match(text, at):
        part, whole = number_of(found[1]), number_of(found[3])
        # "87 out of 112" counts two things; "one in five" and "nine out of ten" say a share.
        if 0 < part < whole and part <= 10 and (whole <= 10 or whole in {12, 15, 20, 25, 30, 40, 50, 100, 1000}):
            return Amount(at, found.end(), round(part / whole, 3), "ratio", not found[1][0].isdigit())
    if found := _MULTIPLE.match(text, at):
        word = (found[1] or found[2] or found[3] or "").casefold()
        times = MULTIPLES[word] if word else float(number_of(found[4] or found[5]))
        return Amount(at, found.end(), _tidy(times), "ratio", True, change=True)
    if (found := _PART.match(text, at)) and not _NOT_HALF.match(text, found.end()):
        count = 1 if (found[1] or "a").casefold() in {"a", "an", "one"} else ONES[found[1].casefold()]
        bare_half = found[1] is None and found[2].casefold() == "half"
        several = count > 1 and found[3] and _AFTER_PART.match(text, found.end())
        single = found[1] and count == 1 and not found[3] and _AFTER_PART.match(text, found.end())
        cut = single or (found[1] and count == 1 and not found[3] and _BY.search(text[max(0, at - 32) : at]))
        if (bare_half and not found[3]) or several or cut:
            return Amount(at, found.end(), round(count / PARTS[found[2].casefold()], 3), "ratio", True)
    return None


def _money(text: str, at: int) -> Amount | None:
    # "£000" heads a column of thousands.
    if (found := _MONEY.match(text, at)) and set(found[2]) != {"0"}:
        value = number_of(found[2]) * (SCALES[found[3].casefold()] if found[3] else 1)
        return Amount(at, found.end(), _tidy(value), CURRENCIES[found[1]])
    return None


def _percent(text: str, at: int) -> Amount | None:
    if found := _PERCENT.match(text, at):
        unit = "percentage-point" if found[2] or found[4] else "percent"
        return Amount(at, found.end(), number_of(found[1]), unit, not found[1][0].isdigit())
    return None


def _time(text: str, at: int) -> Amount | None:
    """Lengths of time: hours, minutes and seconds together are seconds; hours alone stay hours."""
    if found := _HALF_HOUR.match(text, at):
        return Amount(at, found.end(), 0.5, "hour", True, attributive=" an " not in found[0].replace("\n", " "))
    if found := _CLOCKED.match(text, at):
        hours, minutes, seconds = (found[1], found[2], "") if found[1] else ("", found[5], found[6])
        value = sum(number_of(n) * size for n, size in ((hours, 3600), (minutes, 60), (seconds, 1)) if n)
        return Amount(at, found.end(), _tidy(value), "second")
    if found := _COLONS.match(text, at):
        a, b, c = int(found[1]), int(found[2]), int(found[3] or 0)
        if found[3]:
            return Amount(at, found.end(), a * 3600 + b * 60 + c, "second")
        return Amount(at, found.end(), a * 60 + b, "second" if found[4] else "clock")
    if found := _TIME.match(text, at):
        word = found[2].casefold()
        if word == "s" and (
            _GROUP_BEFORE.search(text[max(0, at - 8) : at])
            or found[1][0].isalpha()
            or not text[found.start(2) - 1].isalnum()
            or number_of(found[1]) > 120
        ):
            return None
        if word == "second" and _PLURAL_AFTER.match(text, found.end()):
            return None
        unit = next(unit for unit in TIME_UNITS if unit.startswith(word.rstrip("s").replace("hr", "hour") or "s"))
        value = number_of(found[1])
        singular = value != 1 and word in TIME_UNITS
        if unit == "minute":
            value, unit = _tidy(value * 60), "second"
        return Amount(at, found.end(), value, unit, not found[1][0].isdigit(), attributive=singular)
    return None


def _quantity(text: str, at: int) -> Amount | None:
    if found := _QUANTITY.match(text, at):
        word = found[2].casefold()
        unit = QUANTITIES.get(word) or QUANTITIES[word.rstrip("s")]
        return Amount(at, found.end(), number_of(found[1]), unit, not found[1][0].isdigit())
    return None


def _plain(text: str, at: int) -> Amount | None:
    if found := _PLAIN.match(text, at):
        alone = {"a": 1.0, "half a": 0.5}.get(re.sub(r"\s+", " ", found[1].casefold()))
        value = (number_of(found[1]) if alone is None else alone) * (SCALES[found[2].casefold()] if found[2] else 1)
        return Amount(at, found.end(), _tidy(value), "count", not found[1][0].isdigit())
    return None


_READERS = (_ratio, _money, _percent, _time, _quantity, _plain)
_BROKEN_AFTER = re.compile(r"\w|-(?!(?:worth|odd|plus)\b)[A-Za-z]|[./:,]\d|[-–]\s+(?:and|or|to)\s")
_OUT_OF = re.compile(
    r"(?<![\w,./])\d[\d,]{0,9}/\d[\d,]{0,9}(?=[\s,(=:–—-]{1,4}(?:or\s{1,3})?\d[\d.]{0,5}\s?(?:%|per\s?cent))"
)
"""A part and its whole with their share behind them: "171/190 (90%)"."""
_BROKEN_BEFORE = re.compile(r"(?:[A-Za-z]-|\d[./:,]|[#@_/])$")


def read_amounts(text: str) -> tuple[Amount, ...]:
    """All amounts of the text, in reading order, none overlapping.

    Left out, because no amount: digits glued to letters or to other digits ("A12", "4Vs", "COVID-19", "1.5.2",
    "24/7", "3rd"), numbers with a leading nought ("0800"), the first part of a compound ("eight-week").
    """
    amounts: list[Amount] = []
    out_of = [found.span() for found in _OUT_OF.finditer(text)]
    at = 0
    while started := _START.search(text, at):
        at = started.start()
        amount = next((read for reader in _READERS if (read := reader(text, at))), None)
        if amount is None or amount.end <= at:
            at = _skip(text, at)
            continue
        broken = not any(first <= at < last for first, last in out_of) and bool(
            _BROKEN_AFTER.match(text, amount.end) or _BROKEN_BEFORE.search(text[max(0, at - 2) : at])
        )
        nought = text[at] == "0" and text[at + 1 : at + 2].isdigit() and amount.unit != "second"
        if broken or nought:
            at = _skip(text, at)
            continue
        amounts.append(_with_sign(text, amount))
        at = amount.end
    return _share_units(text, _points(text, amounts))


def _skip(text: str, at: int) -> int:
    """The end of the run of characters that is not an amount: "24/7" is passed over whole, "week-long" too."""
    run = re.compile(r"[\w£€$](?:[\w'’]|[-./:,](?=\w))*").match(text, at)
    return run.end() if run else at + 1


def _with_sign(text: str, amount: Amount) -> Amount:
    """Take in a sign that stands directly before the number and is not the dash of a range."""
    sign = text[amount.start - 1 : amount.start]
    before = text[max(0, amount.start - 2) : amount.start - 1]
    if sign and sign in "+-−–" and (not before or before.isspace() or before in "(["):
        value = amount.value if sign == "+" else -amount.value
        return replace(amount, start=amount.start - 1, value=value, change=True)
    return amount


def _share_units(text: str, amounts: list[Amount]) -> tuple[Amount, ...]:
    """Give the first number of a range the unit of the second: "5-10%", "between two and three minutes"."""
    for i in range(len(amounts) - 2, -1, -1):
        first, second = amounts[i], amounts[i + 1]
        joint = text[first.end : second.start]
        if (
            first.unit != "count"
            or second.unit in {"count", "ratio", "clock", "GBP", "EUR", "USD"}
            or not _JOIN.fullmatch(joint)
        ):
            continue
        if "and" not in joint or re.search(
            r"\bbetween\s+$", text[max(0, first.start - 12) : first.start], re.IGNORECASE
        ):
            minutes = second.unit == "second" and re.search(r"min", text[second.start : second.end], re.IGNORECASE)
            value = first.value * 60 if minutes else first.value
            if "or" in joint.split() and not 0 < second.value - value <= _CLOSE_TOGETHER:
                # "A fall of 192 or 2%" tells one change in two ways; "two or three per cent" is a range.
                continue
            if value > second.value and joint.strip() in ("-", "\u2013", "\u2014"):
                # "dipped to 188 - 6% fewer": a dash between two numbers of which the second is the smaller is no range
                continue
            amounts[i] = replace(first, unit=second.unit, value=value, attributive=second.attributive)
    return tuple(amounts)


def _points(text: str, amounts: list[Amount]) -> list[Amount]:
    """Read "1.5 points" as percentage points where a percentage stands near by in the same stretch of text."""
    for i, amount in enumerate(amounts):
        found = _POINTS.match(text, amount.end) if amount.unit == "count" else None
        if found is None:
            continue
        near = [a for a in amounts[max(0, i - 3) : i + 3] if abs(a.start - amount.start) < _POINTS_REACH]
        if any(a.unit in {"percent", "percentage-point"} for a in near):
            amounts[i] = replace(amount, end=found.end(), unit="percentage-point")
    return amounts
