"""Says where a query breaks off, more precisely than Oxigraph does.

Oxigraph's parser tries every keyword that could stand at a place and reports how far it read, which is past the place
by the length of the longest keyword it tried. So the query is parsed once more with its tokens set far apart: what it
then reports lies in the room of the token at which no reading could go on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from graph.errors import BadQuery
from graph.explain.parsing import parse as read
from graph.guard import place, tokens

Parse = Callable[[str], str | None]
"""Parses a query; returns the parser's complaint, or None if it has none."""
_ROOM = " " * 32
"""More than any keyword is long."""
_LONGEST = 20_000
"""Characters up to which a query is set apart; beyond, the parser's own place has to do."""
_PLACE = re.compile(r"error at (\d+):(\d+)")
_SAID = re.compile(r"(?:IRI|The|[A-Z][a-z]+) [A-Za-z][A-Za-z ]*[a-z]")
"""What the parser says in words among the tokens that it expected, such as "Prefix not found"."""
_PAIRS = frozenset("&& || ^^ != <= >= << >> {| |} <( )> [] ()".split())
_SHOWN = 60


def syntax_error(query: str, complaint: str, parse: Parse) -> BadQuery:
    """Return the error for a ``query`` about which the parser complained: line, column, and what stands there.

    Where our own reader knows a likely remedy, ``hint`` says it and ``fix`` is the query mended.
    """
    error = _placed(query, complaint, parse)
    if len(query) <= _LONGEST and (remedy := _remedy(query)):
        error.fields.update(remedy)
        error.message += f"; {remedy['hint']}"
        error.args = (error.message,)
    return error


def _remedy(query: str) -> dict[str, object]:
    try:
        read(query)
    except BadQuery as told:
        return {name: told.fields[name] for name in ("hint", "fix") if name in told.fields}
    return {}


def _placed(query: str, complaint: str, parse: Parse) -> BadQuery:
    opened = next((start for kind, start, end in tokens(query) if kind == "open" and end == len(query)), None)
    if opened is not None:
        return _error(query, opened, "this string is not closed")
    if len(query) <= _LONGEST:
        apart, places = _set_apart(query)
        told = _told(apart, parse(apart) or "")
        if told is not None:
            number = bisect_right(places, (told[0], len(apart))) - 1
            return _error(query, places[number][1] if number >= 0 else 0, told[1])
    told = _told(query, complaint)
    if told is None:
        return BadQuery(f"the query does not parse: {' '.join(complaint.split())[:200]}")
    return _error(query, *told)


def _set_apart(query: str) -> tuple[str, list[tuple[int, int]]]:
    """Return ``query`` with room between its tokens, and where each stands there and stood before."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    length, before, ended = 0, "", 0
    for kind, start, end in tokens(query):
        if kind == "space":
            continue
        token = query[start:end]
        # Signs of two characters, signed numbers, and strings with their language or datatype are one.
        close = start == ended and (
            before[-1:] + token[:1] in _PAIRS
            or (kind == "number" and before[-1:] in {"+", "-", "."})
            or (before[-1:] in {'"', "'"} and token[0] in "@^")
            or before.endswith("^^")
        )
        if not close:
            parts.append(_ROOM)
            length += len(_ROOM)
            places.append((length, start))
        parts.append(token)
        length += len(token)
        before, ended = (before + token if close else token), end
    places.append((length + len(_ROOM), len(query.rstrip())))
    return "".join(parts) + _ROOM, places


def _told(query: str, complaint: str) -> tuple[int, str] | None:
    """Return the place, as an offset, and the words of a complaint."""
    found = _PLACE.search(complaint)
    if found is None:
        return None
    lines = query.split("\n")
    before = sum(len(line) + 1 for line in lines[: int(found[1]) - 1])
    said = _SAID.search(" ".join(complaint[found.end() :].split()))
    return min(before + int(found[2]) - 1, len(query)), said[0] if said else ""


def _error(query: str, at: int, said: str) -> BadQuery:
    line, column = place(query, at)
    rest = query[at:].split("\n", 1)[0].strip()[:_SHOWN]
    here = f"near {rest!r}" if rest else "at its end"
    reason = f": {said}" if said else ""
    message = f"the query does not parse at line {line}, column {column}, {here}{reason}"
    return BadQuery(message, line=line, column=column)
