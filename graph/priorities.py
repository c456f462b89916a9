"""Which lines of a document begin a priority: by number, else by the word alone, else by the promise below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.headings import Headings
from graph.lines import LONGEST_HEADING, Line

HEADING_WORDS = 12
"""A line of more words is prose, not a heading."""
CONTENTS_LINE = re.compile(r"^(?P<heading>.*?\S)(?:\t+|\s*\.{3,}\s*|\s{3,})\d{1,3}(?:\s*[-\u2013]\s*\d{1,3})?\s*$")
"""A heading with dots or space, and the number of a page."""
FEWEST_ALONE = 3
"""Headings without any mark that a report of sections has at the least."""
SENTENCE_END = re.compile(r"[.!?][\"'\u2019\u201d)\]]*$")


_PART = re.compile(
    r"^(?:part|section|chapter)\s+(?:[A-Z]|\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\b\s*[-\u2013\u2014:.]?\s*(?P<label>\S.*)$",
    re.IGNORECASE,
)
_TOP = re.compile(r"\d{1,2}\.?")


@dataclass(frozen=True, slots=True)
class Opening:
    """The heading of a priority: its number, its name, where it ends, and the number of the line after it."""

    number: int
    label: str
    end: int
    after: int


def find_openings(lines: Sequence[Line], headings: Headings) -> Mapping[int, Opening]:
    """Return the headings of priorities by the number of the line that they begin at.

    "Priority 2: Safer homes", or "Priority 2" above "Safer homes". A document without any may have the number in its
    list of contents alone; or none, "Priority: Safer homes"; or but plain headings right above "We will:". Without
    numbers they count in the order they come in.
    """
    for found in (
        _numbered(lines, headings),
        _listed(lines, headings),
        _unnumbered(lines, headings),
        _plain(lines, headings),
    ):
        openings = dict(found)
        if openings:
            return _with_sections(lines, openings)
    return {}


def _with_sections(lines: Sequence[Line], openings: dict[int, Opening]) -> Mapping[int, Opening]:
    """Return ``openings`` with the sections that stand beside them: "1. Overview" above "2. Priority one: Safer homes".

    Only where every priority is such a numbered section: what such a section tells is told of none of them.
    """
    if not all(_TOP.fullmatch(lines[n].mark) for n in openings):
        return openings
    number = max(opening.number for opening in openings.values())
    found = dict(openings)
    for n, opening in find_sections(lines).items():
        if n not in openings:
            number += 1
            found[n] = replace(opening, number=number)
    return dict(sorted(found.items()))


def reads_as_heading(text: str) -> bool:
    """Return whether ``text`` is as short as a heading and no sentence."""
    return len(text) <= LONGEST_HEADING and len(text.split()) <= HEADING_WORDS and not SENTENCE_END.search(text)


def _numbered(lines: Sequence[Line], headings: Headings) -> Iterator[tuple[int, Opening]]:
    for n, line in enumerate(lines):
        if len(line.text) > LONGEST_HEADING or CONTENTS_LINE.match(line.text):
            continue
        if found := headings.priority(line.text):
            yield n, Opening(*found, line.end, n + 1)
        elif (number := headings.priority_number(line.text)) and (below := _next(lines, n)) is not None:
            name = lines[below]
            if not name.mark and reads_as_heading(name.text) and not headings.known(name.text):
                yield n, Opening(number, name.text, name.end, below + 1)


def _listed(lines: Sequence[Line], headings: Headings) -> Iterator[tuple[int, Opening]]:
    """Find headings that only the list of contents gives a number."""
    listed: dict[str, tuple[int, str]] = {}
    for line in lines:
        contents = CONTENTS_LINE.match(line.text) if len(line.text) <= LONGEST_HEADING else None
        if contents and (found := headings.priority(contents["heading"])):
            listed.setdefault(found[1].casefold(), found)
    for n, line in enumerate(lines):
        if found := listed.get(line.text.rstrip(":").strip().casefold()):
            yield n, Opening(*found, line.end, n + 1)


def _unnumbered(lines: Sequence[Line], headings: Headings) -> Iterator[tuple[int, Opening]]:
    numbers: dict[str, int] = {}
    for n, line in enumerate(lines):
        label = headings.priority_name(line.text) if reads_as_heading(line.text) else None
        if label and not line.mark and not CONTENTS_LINE.match(line.text):
            yield n, Opening(numbers.setdefault(label.casefold(), len(numbers) + 1), label, line.end, n + 1)


def _plain(lines: Sequence[Line], headings: Headings) -> Iterator[tuple[int, Opening]]:
    numbers: dict[str, int] = {}
    for n, line in enumerate(lines):
        if line.mark or line.running or line.row or not reads_as_heading(line.text) or headings.known(line.text):
            continue
        below = _next(lines, n)
        if below is not None and len(lines[below].text) <= LONGEST_HEADING and headings.promise(lines[below].text):
            label = line.text.rstrip(":").strip()
            yield n, Opening(numbers.setdefault(label.casefold(), len(numbers) + 1), label, line.end, n + 1)


def find_sections(lines: Sequence[Line]) -> Mapping[int, Opening]:
    """Return the headings of the sections of a report that has no plan's priorities, by the number of the line.

    "PART B - ANSWERING THE PUBLIC", or "2. Picking up the phone" above prose; without those, three or more lines as
    short as a heading that stand alone above prose; nothing if there is but one.
    """
    found: dict[int, Opening] = {}
    for n, line in enumerate(lines):
        if line.running or line.row or CONTENTS_LINE.match(line.text):
            continue
        part = None if line.mark else _PART.match(line.text)
        named = part["label"] if part else line.text[line.body - line.start :] if _TOP.fullmatch(line.mark) else ""
        below = _next(lines, n)
        if named[:1].isupper() and reads_as_heading(named) and below is not None and lines[below].blank_before:
            found[n] = Opening(len(found) + 1, named.strip(), line.end, n + 1)
    return found if len(found) > 1 else _alone(lines)


def _alone(lines: Sequence[Line]) -> Mapping[int, Opening]:
    """Return the lines that stand alone above prose, as headings do, unless they are few."""
    found: dict[int, Opening] = {}
    for n, line in enumerate(lines):
        below = _next(lines, n)
        if line.running or line.row or line.mark or below is None or not lines[below].blank_before:
            continue
        prose = len(lines[below].text) > LONGEST_HEADING or bool(SENTENCE_END.search(lines[below].text))
        if line.blank_before and prose and line.text[:1].isupper() and reads_as_heading(line.text):
            found[n] = Opening(len(found) + 1, line.text.rstrip(":").strip(), line.end, n + 1)
    return found if len(found) >= FEWEST_ALONE else {}


def _next(lines: Sequence[Line], n: int) -> int | None:
    """Return the number of the next line after ``n`` that is no running line, or None."""
    return next((m for m in range(n + 1, len(lines)) if not lines[m].running), None)
