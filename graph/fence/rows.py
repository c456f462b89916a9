"""Counts solutions in their standard formats while they are written, byte by byte as the store gives them.

The store writes solutions several times faster than Python could, so the limit on rows is held against what it writes.
"""

from __future__ import annotations

import re

_ROWS = {
    # A binding set is an object that stands in a list; quotes within strings are escaped.
    "json": (re.compile(rb'(?:[^"\[,]++|"(?:[^"\\]++|\\.)*+"|[\[,](?!\{))*+[\[,]\{', re.DOTALL), 0),
    "xml": (re.compile(rb"(?:[^<]++|<(?!result>))*+<result>"), 0),
    # A line may go on within quotes, and quotes within quotes are doubled. The first one is the heading.
    "csv": (re.compile(rb'(?:[^"\n]++|"[^"]*+")*+\n'), 1),
    "tsv": (re.compile(rb"[^\n]*+\n"), 1),
}


class RowCounter:
    """Counts the solutions in a results document of a format (of ``wire.SOLUTIONS``) that is fed to it in parts."""

    def __init__(self, format: str) -> None:
        self._row, self._headings = _ROWS[format]
        self._rest = b""
        self._seen = 0

    @property
    def rows(self) -> int:
        """Solutions begun (XML, JSON) or ended (CSV, TSV) so far."""
        return max(0, self._seen - self._headings)

    def feed(self, part: bytes) -> None:
        """Take the next bytes of the document."""
        given, end = self._rest + part, 0
        # Matched from where the last one ended, not searched for: a row not yet whole is looked at once.
        while (row := self._row.match(given, end)) is not None:
            self._seen += 1
            end = row.end()
        self._rest = given[end:]
