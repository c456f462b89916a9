"""What the cover of a report says: title, force, quarter, version, date and publisher, however worded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Quarter, Vocabulary
from graph.namespaces import force_key

_YEAR = r"(?P<year>20\d\d)\s*[/\u2013-]\s*(?P<end>(?:20)?\d\d)"
_NUMBER = r"(?:Q\s?|quarter\s*)(?P<number>[1-4]|one|two|three|four)\b"
_ORDINAL = r"\b(?P<number>first|second|third|fourth|[1-4](?:st|nd|rd|th))\s+quarter\b"
_QUARTERS = (
    re.compile(rf"{_NUMBER}[\s,\u2013\u2014:()-]*(?:of\s+)?{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_YEAR}[\s,\u2013\u2014:()-]*{_NUMBER}", re.IGNORECASE),
    re.compile(rf"{_ORDINAL}[\s,\u2013\u2014:()-]*(?:of\s+)?{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_YEAR}[\s,\u2013\u2014:()-]*{_ORDINAL}", re.IGNORECASE),
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = rf"(?P<month>{'|'.join(m[:3] + '(?:' + m[3:] + ')?' for m in _MONTHS)})".replace("tember", "t(?:ember)?")
_TO = r"\s*(?:to|[-\u2013\u2014])\s*(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
_MONTH_RANGE = re.compile(
    rf"(?:{_MONTH.replace('month', 'first')})\s*(?:20\d\d)?{_TO}{_MONTH}\s*(?P<year>20\d\d)", re.IGNORECASE
)
_DATE = r"\b\d{1,2}[./]\d{1,2}[./](?:20)?\d\d"
_DATE_RANGE = re.compile(
    rf"{_DATE}\s*(?:to|[-\u2013\u2014])\s*\d{{1,2}}[./](?P<month>0?[1-9]|1[0-2])[./](?P<year>(?:20)?\d\d)\b",
    re.IGNORECASE,
)
_DATA_TO = re.compile(
    rf"\b(?:data|figures|period|position|performance|quarter|as)\s+(?:(?:is|are|ending|ended|up)\s+)?(?:to|at|until|ending|ended)?"
    rf"\s*(?:the\s+end\s+of\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\s+(?P<year>20\d\d)",
    re.IGNORECASE,
)
_PRODUCED = re.compile(
    rf"\b(?:produced|published|issued|prepared|date(?:\s+of\s+(?:report|publication|issue))?|(?:version|issue)\s*[\d.]+)\b"
    rf"\s*[:,]?\s*(?:on|in|by)?\s*(?P<day>\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\s+(?P<year>20\d\d)",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"\b(?:v(?:ersion|\.)?|issue|edition|revision|rev\.?)\s*:?\s*(?:no\.?\s*)?(?P<version>\d+(?:\.\d+)*)\b",
    re.IGNORECASE,
)
_FORCE_FORM = re.compile(
    r"\b(?:(?:[A-Z][a-z]+(?:[ ]+(?:and|&)[ ]+|[ ]+|-)){1,3}(?:Police|Constabulary)"
    r"|(?:[A-Z]{3,}(?:[ ]+(?:AND|&)[ ]+|[ ]+|-)){1,3}(?:POLICE|CONSTABULARY))\b"
)
_NUMBER_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
LONGEST_COVER = 100
"""Lines of which a cover may consist."""
SEARCHED = 200_000
"""Characters in which the quarter and the force are looked for if the cover does not name them: some 80 pages."""
UNKNOWN_FORCE = "unknown-force"


@dataclass(frozen=True, slots=True)
class Cover:
    """What the lines before the first heading say."""

    title: str
    force: str
    force_name: str
    quarter: Quarter | None
    version: str
    produced: str
    publisher: str


def read_cover(lines: Sequence[str], text: str, vocabulary: Vocabulary) -> Cover:
    """Read the cover from its ``lines``; what they do not say is looked for in the whole ``text``."""
    # A line longer than this is not one of a cover.
    lines = [line for line in lines[:LONGEST_COVER] if len(line) <= 1_000]
    joined = "\n".join(lines)[:SEARCHED]
    text = text[:SEARCHED]
    quarter = find_quarter(joined) or find_quarter(text)
    key, name = _force(joined, text, vocabulary)
    version = _VERSION.search(joined)
    return Cover(
        title=_title(lines),
        force=key,
        force_name=name,
        quarter=quarter,
        version=version["version"] if version else "",
        produced=_produced(joined),
        publisher=_publisher(lines, name),
    )


def find_quarter(text: str) -> Quarter | None:
    """Return the first quarter that ``text`` names: "Quarter 4 - 2021/22", "2021-22 Q4", "January to March 2022".

    The words that say it outright are looked for first, then a span of months or of dates, then "Data to March 2022".
    """
    found = [m for pattern in _QUARTERS if (m := pattern.search(text))]
    for match in sorted(found, key=lambda m: m.start()):
        word = match["number"].lower()
        year, end = int(match["year"]), int(match["end"]) % 100
        if end == (year + 1) % 100:
            return Quarter(year, _NUMBER_WORDS.get(word) or int(word))
    if month := _MONTH_RANGE.search(text):
        return _quarter_of(_month_number(month["month"]), int(month["year"]))
    if date := _DATE_RANGE.search(text):
        return _quarter_of(int(date["month"]), 2000 + int(date["year"]) % 100)
    if month := _DATA_TO.search(text):
        return _quarter_of(_month_number(month["month"]), int(month["year"]))
    return None


def _quarter_of(number: int, year: int) -> Quarter:
    """Return the quarter of the financial year that holds month ``number`` of ``year``."""
    return Quarter(year - 1, 4) if number <= 3 else Quarter(year, (number - 1) // 3)


def _month_number(month: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(month[:3].lower()))


def _produced(text: str) -> str:
    match = _PRODUCED.search(text)
    if not match:
        return ""
    day = re.sub(r"\D", "", match["day"] or "")
    month = f"{match['year']}-{_month_number(match['month']):02d}"
    return f"{month}-{int(day):02d}" if day else month


def _title(lines: Sequence[str]) -> str:
    parts: list[str] = []
    for line in lines:
        if find_quarter(line) or _VERSION.search(line) or _PRODUCED.search(line) or _DATA_TO.search(line):
            if parts:
                break
            # A running head above the title.
            continue
        if line not in parts:
            parts.append(line)
    return " \u2013 ".join(parts[:3])


def _publisher(lines: Sequence[str], force_name: str) -> str:
    """Return the line of the cover that says who made the report: it ends in the force's name, or names a unit."""
    for line in reversed(lines):
        if re.search(r"(?i)\b(unit|department|team|directorate|office|bureau)\b", line) and len(line.split()) <= 12:
            return line
    return next((line for line in lines if force_name and line.strip() == force_name), "")


def _force(cover: str, text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return key and name of the force the report is of: named on the cover, else named most often in the text."""
    for part in (cover, text):
        counts: Counter[tuple[str, str]] = Counter()
        for force in vocabulary.forces:
            for name in (force.name, *force.aliases):
                # Short forms (initials) are shared by too many things to decide a report's force.
                if " " in name:
                    counts[force.key, force.name] += len(re.findall(rf"(?i)\b{re.escape(name)}\b", part))
        best = [entry for entry in counts.most_common(1) if entry[1] > 0]
        if best:
            return best[0][0]
        forms = Counter(_in_title_case(m.group()) for m in _FORCE_FORM.finditer(part))
        if forms:
            name = forms.most_common(1)[0][0]
            return force_key(name), name
    return UNKNOWN_FORCE, ""


def _in_title_case(name: str) -> str:
    words = name.split()
    if not name.isupper():
        return " ".join(words)
    return " ".join(w.lower() if w in ("AND", "&") else w.title() for w in words)
