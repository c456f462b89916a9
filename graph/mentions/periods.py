"""The dates and periods that an item names, as written, and the days they cover.

A quarter of a police year is a quarter of the financial year, April to March. What a report leaves open is left
open: ``resolve_period`` answers None rather than guess.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from graph.model import Quarter

_FIRST_YEAR, _LAST_YEAR = 1900, 2099
MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH_OF = {name[:3]: number for name, number in MONTHS.items()}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
SMALL_NUMBERS = {
    word: value
    for value, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
} | {"twelve": 12, "eighteen": 18, "twenty-four": 24}

_MONTH = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d{2}"
_FINANCIAL = rf"{_YEAR}\s?[/–-]\s?(?:20)?\d{{2}}(?![\d/-])"
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(SMALL_NUMBERS)})"
_SPAN = r"(?:quarters?|years?|months?|weeks?|days?|weekends?)"
_ONE = (
    r"(?:(?:(?:financial|calendar|performance|reporting|corresponding)\s+)?(?:quarter|year|month|week|period"
    r"|weekend)|winter|spring|summer|autumn|christmas|time)"
)
_WHICH = r"(?:this|last|previous|preceding|prior|same|current|latest|next|past|following|coming|corresponding)"
_TAIL = (
    rf"(?:\s+(?:of\s+|in\s+)?(?:the\s+)?(?:last|previous|preceding|prior|this|current)\s+(?:financial\s+)?year"
    rf"|\s+(?:of|in)\s+(?:{_FINANCIAL}|{_YEAR}\b)|\s+a\s+year\s+(?:ago|earlier|before))"
)
_QUARTER = (
    r"(?:Q[1-4](?!\w)|(?:quarter\s+(?:[1-4](?!,\d)|one|two|three|four)\b)|(?:(?:first|second|third|fourth"
    r"|final)\s+quarter\b(?!\s+(?:in\s+a\s+row|running|in\s+succession)\b)))"
)
_POINT = (
    rf"(?:{_DAY}(?:\s*(?:-|–|,|&|to|and)\s*{_DAY})*\s+(?:of\s+)?{_MONTH}(?:,?\s*(?:{_YEAR}|'\d\d)\b)?"
    rf"|{_MONTH}\s+{_DAY}(?![\d,.])(?:,?\s+{_YEAR}\b)?(?!\s+[a-z])|{_MONTH}\s*(?:{_YEAR}|['-]\d\d)\b|{_MONTH})"
)
_LEAD = (
    r"(?:as\s+(?:of|at)\s+(?:the\s+end\s+of\s+)?|(?:at|by|to|since|until)\s+the\s+(?:end|start|beginning)\s+of\s+"
    r"|since\s+|until\s+)"
)
_PATTERNS = (
    ("days", (
        rf"(?:the\s+)?(?:rolling\s+)?{_NUMBER}[\s-]months?\s+(?:to|ended"
        rf"|ending)\s+(?:the\s+end\s+of\s+)?(?:{_POINT}|{_YEAR}\b)"
    )),
    ("year", rf"(?:the\s+)?year\s+(?:to|ended|ending)\s+(?:the\s+end\s+of\s+)?{_POINT}"),
    ("relative", rf"{_NUMBER}\s+{_SPAN}\s+(?:ago|earlier|later|previously|prior)\b"),
    ("relative", r"(?:a|one)\s+(?:year|month|week|quarter)\s+(?:ago|earlier|later|previously|prior|since)\b"),
    ("relative", rf"same\s+(?:{_NUMBER}\s+)?(?:months|weeks|days){_TAIL}?"),
    ("relative", (
        rf"(?:last|past|previous|next|first|final|coming|following|latest|preceding|same"
        rf"|rolling)\s+{_NUMBER}[\s-]{_SPAN}(?:\s+{_WHICH}\s+year)?"
    )),
    ("quarter", rf"{_QUARTER}(?:\s+(?:period\s+)?(?:of\s+|in\s+)?(?:FY\s?)?(?:{_FINANCIAL}|{_YEAR}\b)|{_TAIL})?"),
    ("quarter", rf"{_FINANCIAL}\s+Q[1-4]\b"),
    ("year", rf"(?:FY\s?|financial\s+year\s+(?:of\s+)?)?{_FINANCIAL}"),
    ("relative", rf"{_WHICH}\s+{_ONE}\b{_TAIL}?"),
    ("relative", r"(?:this|same)\s+time\s+last\s+year|year\s+to\s+date|year[\s-]on[\s-]year|so\s+far\s+this\s+year"),
    ("date", r"\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d{2}(?![\d/])|(?:19|20)\d{2}-\d{2}-\d{2}(?![\d-])"),
    ("date", (
        rf"{_MONTH}(?:\s+{_YEAR})?(?:\s+(?:to|and|-|–|till|until|through(?:\s+to)?|up\s+to)\s+|[-–])(?:the\s+end\s+of\s+)?{_MONTH}"
        rf"(?:\s+(?:of\s+)?{_YEAR}\b)?|{_MONTH},\s+{_MONTH},?\s+and\s+{_MONTH}(?:\s+(?:of\s+)?{_YEAR}\b)?"
    )),
    ("date", rf"between\s+{_POINT}\s+and\s+{_POINT}|(?<!\w){_POINT}\s+(?:to|-|–)\s+{_POINT}"),
    ("date", (
        rf"(?:(?<=on )|(?<=from )|(?<=between )){_MONTH}\s+{_DAY}\s*(?:-|–|to"
        rf"|and)\s*(?:{_MONTH}\s+)?{_DAY}(?![\w%]|,\d)"
    )),
    ("date", _POINT),
    ("year", rf"{_YEAR}(?![\d%]|[.,]\d)"),
    ("clock", rf"(?:\d{{1,2}}|eleven|{'|'.join(SMALL_NUMBERS)})\s+o['’]?\s?clock\b"),
    ("clock", (
        r"\d{1,2}(?:[.:]\d\d)?\s*(?:(?:-|–|to|and)\s*\d{1,2}(?:[.:]\d\d)?\s*)?(?:[ap]m|[ap]\.m\.)(?!\w)"
        r"|\d{4}\s?hrs\b"
    )),
    ("always", (
        r"(?:24|twenty-four)\s+hours\s+(?:a|per)\s+day|(?:7|seven)\s+days\s+(?:a|per)\s+week|365\s+days\s+(?:a"
        r"|per)\s+year"
    )),
)  # fmt: skip
_PERIOD = re.compile(
    rf"(?<![\w/£.,-])(?:{_LEAD})?(?:" + "|".join(f"(?P<k{i}>{p})" for i, (_, p) in enumerate(_PATTERNS)) + ")",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|during|by|since|from|until|till|throughout|late|early|mid|before|after|through|"
    r"winter|spring|summer|autumn|christmas|year|end|start|quarter|act|regulations|cop|euro|the|this)[\s(-]*$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s+(?!(?:figures|levels|data|results|was|is|has|statistics|totals|rates|sees|shows|this|targets|games|awards"
    r"|plans)\b)"
    r"(?:[a-z][a-z-]*\s+)?(?:[a-z][a-z-]*[^\Wsui]s|people|children|men|women)\b"
)


# "Over" is "more than" after these, and else says when: "it took over two days", "21 arrests over two days".
_WELL_OVER = "".join(
    rf"(?<!\b{word}\s)"
    for word in (
        "just well to for of in by at and was were is take takes took taken taking spent last lasts lasted lasting"
        " averaged averages averaging"
    ).split()
)
_ABOUT = (
    r"(?:(?:a|an|the|these|those|his|her|its|their|our|up\s+to|over|about|around|at\s+least|more\s+than|almost|nearly|just"
    r"|approximately|further|period\s+of|full)\s+)*"
)
_FRAME_BEFORE = re.compile(
    rf"(?:{_WELL_OVER}\bover|\b(?:during|across|throughout|every|each|per|after|following|since|past|last|next|previous|first"
    rf"|coming|rolling|another\s+of|same))\s+{_ABOUT}$"
    r"|\b(?:in|over|of)\s+(?:the|those|these)\s+$"
    rf"|\b\w+est\b[^.;,]{{0,60}}\s(?:for|in)\s+{_ABOUT}$"
    r"|\b(?:open|available|staffed|manned|on\s+call)\s*,?\s+$",
    re.IGNORECASE,
)
_LASTS_BEFORE = re.compile(rf"\b(?:for|took|takes|taking|lasted|lasting|of|within)\s+{_ABOUT}$", re.IGNORECASE)
_FRAME_LONG = re.compile(r"\bin\s+(?:a\s+|over\s+|more\s+than\s+|nearly\s+|almost\s+|about\s+)?$", re.IGNORECASE)
_FRAME_AFTER = re.compile(
    r"\s+(?:ago|away|later|earlier|before|after|prior|previously)\b"
    r"|\s+(?:a|an|per|each|every)\s+(?:day|night|week|month|quarter|year)\b|\s+at\s+a\s+time\b",
    re.IGNORECASE,
)
_FRAME_NOUN = re.compile(
    r"[\s-]+(?:periods?|averages?|rolling|totals?|figures?|comparisons?|rates?|windows?|trends?|baseline|forecast|high|low"
    r"|anniversary|mark|a\s+week)\b",
    re.IGNORECASE,
)
_ROUND_THE_CLOCK = re.compile(
    r"[\s-]+(?!(?:closure|dispersal|ban|curfew|search|delay|wait|standoff|stand-off|siege|shift|order)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A date or period as an item writes it. ``kind``: date, quarter, year, days, relative, clock, always."""

    start: int
    end: int
    text: str
    kind: str


def find_periods(text: str) -> tuple[Period, ...]:
    """All dates, periods and times of day in the text, in reading order, none overlapping.

    Month names count only when capitalised, and "May" or "March" alone only where a date can stand.
    A bare year counts unless it counts things ("2060 offences").
    """
    found = []
    for match in _PERIOD.finditer(text):
        kind = _PATTERNS[int((match.lastgroup or "k0")[1:])][0]
        words = match[0]
        if kind == "date" and not _is_date(text, match.start(), words):
            continue
        if kind == "year" and words.isdigit() and not _is_year(text, match.start(), match.end()):
            continue
        found.append(Period(match.start(), match.end(), words, kind))
    return tuple(found)


def _is_date(text: str, start: int, words: str) -> bool:
    month = re.search(rf"(?i)(?<![a-z]){_MONTH}", words)
    if month is None:
        return True
    if not month[0][0].isupper():
        return False
    # "May" opens questions and "Mar", "Jan" and "Dec" stand in names: alone, only after a word that leads to a date.
    if words.rstrip(".") in {"May", "Mar", "Jan", "Dec", "Jun", "Sep"}:
        before = text[max(0, start - 24) : start]
        return bool(
            re.search(r"(?i)\b(?:in|during|of|to|by|until|since|and|from|for|last|this|early|late|mid)[\s-]+$", before)
        )
    return True


def _is_year(text: str, start: int, end: int) -> bool:
    if _YEAR_BEFORE.search(text[max(0, start - 24) : start]):
        return True
    return not _COUNTED_AFTER.match(text, end)


def resolve_period(text: str, quarter: Quarter | None) -> tuple[date, date] | None:
    """The first and last day that a period covers, seen from the report's quarter; None where the words leave it open.

    Without a quarter only full dates, months, quarters and years can be told.
    """
    words = re.sub(r"\s+", " ", text).strip().casefold()
    if words.startswith(("since ", "until ")) or any(
        not _FIRST_YEAR <= int(year) <= _LAST_YEAR for year in re.findall(r"(?<!\d)\d{4}(?!\d)", words)
    ):
        return None
    if days := _days(words, quarter) or _months_to(words, quarter):
        return days
    if any(m[1] in _MONTH_OF for m in re.finditer(r"\b\d{1,2}(?:st|nd|rd|th)? (?:of )?([a-z]{3})", words)):
        return None  # a day that the calendar does not have
    readings = (reading(words, quarter) for reading in (_quarter, _relative, _month, _year))
    return next((days for days in readings if days), None)


def _days(words: str, quarter: Quarter | None) -> tuple[date, date] | None:
    if found := re.search(r"\b(\d{4})-(\d\d)-(\d\d)\b|\b(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})\b", words):
        year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        return _day(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    points = re.findall(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]{3,9})\b\.?,?(?: (\d{4}))?", words)
    points = [p for p in points if p[1][:3] in _MONTH_OF]
    if not points or re.match(r"(?:since|until|by|to) |.*\bmonths? (?:to|end)|.*\byear (?:to|end)", words):
        return None
    last_year = points[-1][2]
    ends = [
        _day(_year_of_month(_MONTH_OF[m[:3]], y or last_year, quarter), _MONTH_OF[m[:3]], int(d)) for d, m, y in points
    ]
    first = re.match(r"(?:between )?(\d{1,2})(?:st|nd|rd|th)?(?: ?(?:-|–|to|and|,|&) ?\d)", words)
    if ends[0] is None or ends[-1] is None:
        return None
    start = ends[0][0].replace(day=int(first[1])) if first and len(ends) == 1 else ends[0][0]
    return (start, ends[-1][1]) if start <= ends[-1][1] else None


def _day(year: int | None, month: int, day: int) -> tuple[date, date] | None:
    if year is None or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day), date(year, month, day)


def _year_of_month(month: int, year: str, quarter: Quarter | None) -> int | None:
    """The year given; else the year in which that month last began by the end of the quarter."""
    if year:
        return int(year)
    if quarter is None:
        return None
    return quarter.end.year if month <= quarter.end.month else quarter.end.year - 1


def _months_to(words: str, quarter: Quarter | None) -> tuple[date, date] | None:
    """Read "12 months to March 2022", "year ending June 2023", "last six months"."""
    ending = re.search(r"(?:(\S+)[ -]months?|year) (?:to|ended|ending)(?: the end of)? (.+)$", words)
    if ending:
        until = resolve_period(ending[2], quarter)
        count = _count(ending[1]) if ending[1] else 12
    else:
        recent = re.search(r"\b(?:last|past|latest|rolling|previous) (\S+)[ -]months?", words)
        if not recent or quarter is None:
            return None
        until, count = (quarter.start, quarter.end), _count(recent[1])
    return _back(until[1], count) if until and count else None


def _count(word: str) -> int | None:
    return int(word) if word.isdigit() else SMALL_NUMBERS.get(word)


def _back(end: date, months: int) -> tuple[date, date] | None:
    first = end.year * 12 + (end.month - 1) - months + 1
    if first < 12 * 1900 or end.day < calendar.monthrange(end.year, end.month)[1]:
        return None
    return date(first // 12, first % 12 + 1, 1), end


def _quarter(words: str, quarter: Quarter | None) -> tuple[date, date] | None:
    found = re.search(
        r"\bq([1-4])\b|\bquarter (?:([1-4])|(one|two|three|four))\b|\b(first|second|third|fourth|final) quarter", words
    )
    if not found:
        return None
    number = int(found[1] or found[2] or SMALL_NUMBERS.get(found[3] or "") or ORDINALS[found[4]])
    if year := re.search(r"\b(\d{4}) ?[/–-] ?\d\d", words):
        return _covered(Quarter(int(year[1]), number))
    if quarter is None or re.search(r"\b\d{4}\b", words):
        return None
    if re.search(r"\b(?:last|previous|preceding|prior) (?:financial )?year|year (?:ago|earlier|before)", words):
        return _covered(Quarter(quarter.year - 1, number))
    return _covered(Quarter(quarter.year if number <= quarter.number else quarter.year - 1, number))


def _covered(quarter: Quarter) -> tuple[date, date]:
    return quarter.start, quarter.end


def _before(quarter: Quarter) -> Quarter:
    return Quarter(quarter.year, quarter.number - 1) if quarter.number > 1 else Quarter(quarter.year - 1, 4)


def _relative(words: str, quarter: Quarter | None) -> tuple[date, date] | None:
    if quarter is None:
        return None
    last_year = re.search(r"(?:last|previous|preceding|prior) (?:financial )?year", words)
    if last_year and re.search(
        r"\b(?:same|this|corresponding) (?:reporting )?(?:quarter|period|time|(?:three )?months)\b", words
    ):
        return _covered(Quarter(quarter.year - 1, quarter.number))
    if same := re.search(r"\bsame (?:quarter|period|(?:three )?months) (?:of|in) (\d{4})(?: ?[/–-] ?\d\d)?", words):
        offset = 0 if re.search(r"\d{4} ?[/–-]", words) or quarter.number < 4 else 1
        return _covered(Quarter(int(same[1]) - offset, quarter.number))
    if re.search(r"\b(?:this|current|latest) (?:reporting )?(?:quarter|period)\b|\bthe quarter$", words):
        return _covered(quarter)
    if re.search(r"\b(?:last|previous|preceding|prior) (?:reporting )?quarter$", words):
        return _covered(_before(quarter))
    if re.search(r"\b(?:this|current) (?:financial )?year$", words):
        return date(quarter.year, 4, 1), date(quarter.year + 1, 3, 31)
    if last_year and last_year.end() == len(words):
        return date(quarter.year - 1, 4, 1), date(quarter.year, 3, 31)
    return None


def _month(words: str, quarter: Quarter | None) -> tuple[date, date] | None:
    if re.match(r"(?:since|until|by) |.*\bago\b", words):
        return None
    words = re.sub(r" of (?=\d{4}\b)", " ", words)
    months = [
        m
        for m in re.finditer(r"\b([a-z]{3,9})\b\.?(?: ?(\d{4})| ['-]?(\d\d)\b)?", words)
        if m[1] in MONTHS or m[1] in _MONTH_OF
    ]
    if not months:
        return None
    last = months[-1][2] or (f"20{months[-1][3]}" if months[-1][3] else "")
    first_month, last_month = (_MONTH_OF[m[1][:3]] for m in (months[0], months[-1]))
    year = _year_of_month(last_month, last, quarter)
    if year is None:
        return None
    begins = int(months[0][2]) if months[0][2] else (year if first_month <= last_month else year - 1)
    end = date(year, last_month, calendar.monthrange(year, last_month)[1])
    if "end of" in words and len(months) == 1:
        return end, end
    return (date(begins, first_month, 1), end) if date(begins, first_month, 1) <= end else None


def _year(words: str, _quarter_of_report: Quarter | None) -> tuple[date, date] | None:
    if re.match(r"since |until |by |at ", words):
        return None
    if found := re.search(r"\b(\d{4}) ?[/–-] ?(\d{2,4})\b", words):
        year = int(found[1])
        return (date(year, 4, 1), date(year + 1, 3, 31)) if int(found[2]) % 100 == (year + 1) % 100 else None
    if found := re.search(r"\b((?:19|20)\d\d)\b", words):
        return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)
    return None


def days_between(period: tuple[date, date]) -> int:
    """Days that a resolved period covers, both ends included."""
    return (period[1] - period[0] + timedelta(days=1)).days


def frames(before: str, after: str, value: float, unit: str, *, attributive: bool) -> bool:
    """Whether a length of time only dates or repeats something else: "over 12 months", "every two weeks".

    ``before`` and ``after`` are the words around it. What lasted, was waited or was given for that long is a
    measure: "a six-week trial", "jailed for two years", "found in nine days".
    """
    if attributive:
        day = (value, unit) in {(24, "hour"), (7, "day"), (365, "day")}
        return bool(_FRAME_NOUN.match(after) or (day and _ROUND_THE_CLOCK.match(after)))
    long = unit in {"month", "year", "decade"} and _FRAME_LONG.search(before)
    since = _FRAME_AFTER.match(after) and not _LASTS_BEFORE.search(before)
    return bool(long or since or _FRAME_BEFORE.search(before))
