"""A query of ours as the groups it is made of, so that it can be put in another way: cut up, nothing understood.

Only what our own queries have is told apart; everything else stays a piece of text (``other``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_SILENT = re.compile(r'"(?:[^"\\]|\\.)*"|<[^<>\s]*>|#[^\n]*', re.DOTALL)
_HEAD = re.compile(r"\b(?:VALUES|FILTER|BIND|OPTIONAL|MINUS|SELECT|GRAPH|SERVICE|LATERAL)\b|\{")
_VARIABLE = re.compile(r"\?(\w+)")
_BLOCK = re.compile(r"VALUES\s+\?(\w+)\s*\{([^{}]*)\}")


@dataclass(slots=True)
class Piece:
    """One element of a group."""

    kind: str
    """triples, values, filter, bind, optional, minus, groups (one, or several by UNION), select, or other."""
    text: str = ""
    """Its text, of ``optional`` and ``minus`` the keyword, of ``select`` all before its group."""
    groups: list[Group] = field(default_factory=list)
    tail: str = ""
    """Of ``select``: what follows its group."""

    def __str__(self) -> str:
        inner = " UNION ".join(f"{{\n{group}\n}}" for group in self.groups)
        return " ".join(part for part in (self.text, inner, self.tail) if part)

    @property
    def variables(self) -> frozenset[str]:
        """The names of all variables that it has anywhere."""
        return frozenset(_VARIABLE.findall(_masked(str(self))))


@dataclass(slots=True)
class Group:
    """What stands between two braces."""

    pieces: list[Piece]

    def __str__(self) -> str:
        return "\n".join(_line(piece) for piece in self.pieces)

    @property
    def bound(self) -> frozenset[str]:
        """The variables that its own triples and data blocks bind, in every row."""
        pieces = [piece for piece in self.pieces if piece.kind in ("triples", "values") and "UNDEF" not in piece.text]
        return frozenset(name for piece in pieces for name in piece.variables)

    def of(self, kind: str) -> Iterator[Piece]:
        """Yield its pieces of one kind."""
        return (piece for piece in self.pieces if piece.kind == kind)


def _line(piece: Piece) -> str:
    # Triples end in a full stop: others may come to stand behind them.
    return f"{piece.text.rstrip(' .')} ." if piece.kind == "triples" else str(piece)


def cut(sparql: str) -> tuple[str, Group, str]:
    """Return what stands before the outermost group of ``sparql``, that group, and what stands behind it."""
    clear = "".join(" " * len(part) if part.startswith("#") else part for part in _parts(sparql))
    mask = _masked(clear)
    start = mask.find("{")
    end = _closing(mask, start)
    return clear[:start], _group(clear, mask, start + 1, end), clear[end + 1 :]


def blocks(sparql: str) -> Iterator[tuple[str, str]]:
    """Yield the variable and the content of each data block of one variable."""
    return ((found[1], found[2]) for found in _BLOCK.finditer(sparql))


def _parts(sparql: str) -> Iterator[str]:
    at = 0
    for found in _SILENT.finditer(sparql):
        yield sparql[at : found.start()]
        yield found[0]
        at = found.end()
    yield sparql[at:]


def _masked(sparql: str) -> str:
    """Return ``sparql`` with nothing in its literals and addresses that could be taken for more than it is."""
    return _SILENT.sub(lambda found: f"{found[0][0]}{'_' * (len(found[0]) - 2)}{found[0][-1]}", sparql)


def _closing(mask: str, start: int) -> int:
    opening, depth = mask[start], 0
    closing = {"{": "}", "(": ")"}[opening]
    for at in range(start, len(mask)):
        depth += (mask[at] == opening) - (mask[at] == closing)
        if not depth:
            return at
    raise ValueError(f"nothing closes the {opening!r} at character {start}")


def _group(text: str, mask: str, at: int, end: int) -> Group:
    pieces: list[Piece] = []
    while at < end:
        if mask[at].isspace() or mask[at] == ".":
            at += 1
            continue
        found = _HEAD.search(mask, at, end)
        if found is None or found.start() > at:
            until = found.start() if found else end
            pieces.append(Piece("triples", text[at:until].strip()))
        else:
            piece, until = _piece(text, mask, found, end)
            pieces.append(piece)
        at = until
    return Group(pieces)


def _piece(text: str, mask: str, found: re.Match[str], end: int) -> tuple[Piece, int]:
    """Return the piece that begins with ``found``, and where it ends."""
    at, word = found.start(), found[0]
    brace = mask.find("{", at)
    if word in ("FILTER", "BIND"):
        paren = mask.find("(", at)
        last = _closing(mask, paren if brace < 0 or 0 <= paren < brace else brace)
        return Piece(word.lower(), text[at : last + 1]), last + 1
    last = _closing(mask, brace)
    inner = _group(text, mask, brace + 1, last) if word in ("OPTIONAL", "MINUS", "SELECT", "{") else Group([])
    if word in ("OPTIONAL", "MINUS"):
        return Piece(word.lower(), word, [inner]), last + 1
    if word == "SELECT":
        return Piece("select", text[at:brace].strip(), [inner], text[last + 1 : end].strip()), end
    if word != "{":
        return Piece("values" if word == "VALUES" else "other", text[at : last + 1]), last + 1
    union = Piece("groups", "", [inner])
    while more := re.compile(r"\s*UNION\s*\{").match(mask, last + 1, end):
        brace, last = more.end() - 1, _closing(mask, more.end() - 1)
        union.groups.append(_group(text, mask, brace + 1, last))
    return union, last + 1
