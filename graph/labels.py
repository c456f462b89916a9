"""Labels that begin what a report tells: "Delivery update: 702 homes were entered ..."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from graph.headings import Headings
from graph.lines import Line

_LABEL = re.compile(r"^(?P<label>[A-Z][A-Za-z'\u2019]*(?:[ -][A-Za-z'\u2019]+){0,4}):[ \t]+(?=\S)")
_REPEATS = 3
"""So many lines with one label make it a mark, whatever its words."""
_WORDS = 5
"""Fewer words behind a label are no report: "Status: Green"."""


def with_labels(lines: Sequence[Line], headings: Headings) -> list[Line]:
    """Return ``lines``, those that begin with a label of what was done with that label for a mark.

    A label is one by its words ("Update:") or because line after line tells something behind it.
    """
    told = {n: label for n, line in enumerate(lines) if (label := _label(line, headings))}
    often = Counter(label.casefold() for label in told.values())
    return [
        replace(line, mark=f"{told[n]}:", body=line.start + _LABEL.match(line.text).end())  # type: ignore[union-attr]
        if n in told and (often[told[n].casefold()] >= _REPEATS or headings.is_done(told[n]))
        else line
        for n, line in enumerate(lines)
    ]


def _label(line: Line, headings: Headings) -> str:
    """Return the label that a line tells something behind, or "" where it has none, or one that does something else."""
    found = None if line.mark or line.running else _LABEL.match(line.text)
    if found is None or headings.does_something(found["label"]):
        return ""
    return found["label"] if len(line.text[found.end() :].split()) >= _WORDS else ""
