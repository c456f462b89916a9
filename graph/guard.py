"""Refuses SPARQL from outside that would do more than read this graph, before any of it runs.

Only words of the query are looked at: strings, addresses, comments, variables and prefixed names are
skipped, so that a report about a "service" can be asked for. A keyword cannot be hidden by escapes:
the grammar has none in keywords.
"""

from __future__ import annotations

import re

from graph.errors import BadQuery

_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*\''''
    r"|<[^<>\"{}|^`\\\x00-\x20]*>|\#[^\n]*|[?$]\w+|@[A-Za-z-]+|[\w-]*:[\w:.%\\-]*|(?P<word>[A-Za-z_]\w*)|\s+|.",
    re.DOTALL,
)
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY".split())
_FETCHES = frozenset(("SERVICE",))


def read_only(query: str) -> str:
    """Return ``query`` if it only reads this graph. Raises: BadQuery naming the word, line and column."""
    for match in _TOKEN.finditer(query):
        word = (match["word"] or "").upper()
        if word in _UPDATES or word in _FETCHES:
            before = query[: match.start()]
            line, column = before.count("\n") + 1, match.start() - before.rfind("\n")
            reason = "reads from other addresses are refused" if word in _FETCHES else "this graph is read-only"
            raise BadQuery(f"{word} at line {line}, column {column}: {reason}", word=word, line=line, column=column)
    return query
