"""Queries that stores answer sooner: the values of a parameter put where they confine, in place of a test of each row.

``FILTER(!BOUND(?_lpa) || ?lpa = ?_lpa)`` says that a parameter that is not given filters nothing. Where it is given, a
store that does not see through the words tries every row of the whole graph. With addresses for values the same rows
come of a data block of ``?lpa`` itself, and of a pattern in place of ``EXISTS`` (docs/adr/0034-values-that-confine.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.groups import Group, Piece, blocks, cut

_ADDRESSES = re.compile(r"\s*(?:<[^<>]*>\s*)+")
_WORDS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_UNLESS = r"FILTER\(!BOUND\(\?_(?P<name>\w+)\) \|\| "
_EQUAL = re.compile(_UNLESS + r"\(?(?:BOUND\(\?\w+\) && )?\?(?P<of>\w+) = \?_(?P=name)\)?\)")
_EITHER = re.compile(_UNLESS + r"\?(?P<one>\w+) = \?_(?P=name) \|\| \?(?P<two>\w+) = \?_(?P=name)\)")
_EXISTS = re.compile(_UNLESS + r"EXISTS \{ (?P<pattern>\?\w+ [\w:/]+ \?_(?P=name)) \}\)")
_LISTED = re.compile(r"\bEXISTS \{ (?P<thing>\?\w+) (?P<listed>[^{};.]+(?: ; [^{};.]+)+)(?P<rest> \. [^{}]+)? \}")
_PLAIN = re.compile(r"(?<!AS )\?(\w+)")
_BOUND = re.compile(r"\bAS \?(\w+)\)|VALUES \?(\w+)")
_PATH = re.compile(r"\w[*+]\s")
_KEYS = re.compile(r"GROUP BY((?:\s+\?\w+)+)")

Values = Mapping[str, str]
"""What a data block holds, by the name of its variable."""


def confined(sparql: str, *, lateral: bool = False) -> str:
    """Return a query that selects what ``sparql`` does, a query of ours with its values in place.

    Only the forms of filter that our queries have are looked at, and only addresses: numbers and words may be equal
    without being the same term. ``lateral``: the store knows LATERAL, by which it is told to look up what is optional
    row by row, as there are few rows, and to test the patterns of an EXISTS one after another.
    """
    if any("FILTER" in words or "VALUES" in words for words in _WORDS.findall(sparql)):
        # Somebody looks for words of SPARQL: a value stays the value that it is.
        return sparql
    if lateral:
        sparql = one_by_one(sparql)
    values = {name[1:]: " ".join(held.split()) for name, held in blocks(sparql)
              if name.startswith("_") and _ADDRESSES.fullmatch(held)}  # fmt: skip
    values = {name: held for name, held in values.items() if not _goes_together(name, held, sparql)}
    if not values:
        return sparql
    head, group, tail = cut(sparql)
    confining = _Confining(values)
    confining.gather(group)
    if not confining.changed:
        return sparql
    confining.spread(group, {}, lateral=lateral)
    made = f"{head}{{\n{group}\n}}{tail}"
    for name in values:
        # A block that nothing reads any more would only multiply the rows.
        if len(re.findall(rf"\?_{name}\b", made)) == len(re.findall(rf"VALUES\s+\?_{name}\s*\{{", made)):
            made = re.sub(rf"VALUES\s+\?_{name}\s*\{{[^{{}}]*\}}", "", made)
    return made


def one_by_one(sparql: str) -> str:
    """Return a query of ours for a store that knows LATERAL, which is to test the patterns of an EXISTS in their order.

    It would join all that match either of them before it looks at the row.
    """
    return _LISTED.sub(_patterns, sparql)


def _patterns(found: re.Match[str]) -> str:
    listed = [f"{found['thing']} {one}" for one in found["listed"].split(" ; ")]
    if found["rest"]:
        listed.append(found["rest"].removeprefix(" . "))
    return f"EXISTS {{ {' LATERAL { '.join(listed)}{' }' * len(listed)}"


def _goes_together(name: str, held: str, sparql: str) -> bool:
    """Return whether one row must meet several filters with the same one of several values."""
    used = len(re.findall(rf"\?_{name}\b(?!\) \|\|)", sparql))
    return held.count("<") > 1 and used > 2 * len(re.findall(rf"VALUES\s+\?_{name}\b", sparql))


class _Confining:
    def __init__(self, values: Values) -> None:
        self._values = values
        self._known: dict[int, dict[str, str]] = {}
        """Of a group, by ``id``: the variables that have but certain values in all its rows."""
        self._few: set[int] = set()
        """Groups with few rows, of which no one variable has but certain values."""
        self.changed = False

    def gather(self, group: Group, *, optional: bool = False) -> dict[str, str]:
        """Put values in place of filters, innermost first; returns which variables have none but which values."""
        known: dict[str, str] = {}
        for piece in group.pieces:
            for inner in piece.groups:
                told = self.gather(inner, optional=piece.kind == "optional")
                if piece.kind in ("groups", "select") and len(piece.groups) == 1:
                    known.update({name: held for name, held in told.items() if _comes_out(piece, name)})
        for piece in list(group.of("filter")):
            self._replace(group, piece, known, optional=optional)
        self._known[id(group)] = known
        return known

    def _replace(self, group: Group, piece: Piece, known: dict[str, str], *, optional: bool) -> None:
        if (found := _EXISTS.fullmatch(piece.text)) and found["name"] in self._values:
            piece.kind, piece.text = "triples", found["pattern"]
        elif (found := _EQUAL.fullmatch(piece.text)) and (held := self._values.get(found["name"])):
            if optional and held.count("<") > 1:
                # A server loses rows of an OPTIONAL that has several values in it.
                return
            if found["of"] not in group.bound and not _demand(group, found["of"]):
                return
            group.pieces.remove(piece)
            known[found["of"]] = held
        elif (found := _EITHER.fullmatch(piece.text)) and (held := self._values.get(found["name"])):
            triples = next(group.of("triples"), None)
            if triples is None or not {found["one"], found["two"]} <= triples.variables:
                return
            group.pieces.remove(piece)
            self._few.add(id(group))
            other = Piece("filter", f"FILTER(?{found['one']} != ?{found['two']})")
            at, same = group.pieces.index(triples), Piece("triples", triples.text)
            group.pieces[at] = Piece("groups", "", [
                Group([_block(found["one"], held), triples]), Group([_block(found["two"], held), same, other]),
            ])  # fmt: skip
        else:
            return
        self.changed = True

    def spread(self, group: Group, around: Values, *, lateral: bool, few: bool = False, optional: bool = False) -> None:
        """Say the values wherever a part that is joined by them would be made without; look up what comes after.

        ``few``: the group is itself looked up row by row, or within one that is.
        """
        own = self._known.get(id(group), {})
        known = {**around, **own}
        said = own if optional or few else known
        here = [_block(name, held) for name, held in said.items() if name in group.bound]
        around_few, few = few, few or bool(own or here) or id(group) in self._few
        follows, met = False, set(known)
        for piece in group.pieces:
            looked_up = lateral and few and follows and self._can_be_looked_up(group, piece, met)
            follows = follows or piece.kind in ("triples", "groups")
            met |= piece.variables
            for inner in piece.groups:
                told = {n: held for n, held in known.items() if piece.kind != "select" or _comes_out(piece, n)}
                within = looked_up or (around_few and piece.kind != "select")
                self.spread(inner, told, lateral=lateral, few=within, optional=piece.kind == "optional")
            if looked_up:
                piece.groups = [Group([Piece(piece.kind, piece.text, piece.groups)])]
                piece.kind, piece.text = "other", "LATERAL"
        # First of all: of several values the engine begins with those that it meets first.
        group.pieces[:0] = here

    def _can_be_looked_up(self, group: Group, piece: Piece, met: set[str]) -> bool:
        """Return whether a piece means the same row by row; ``met``: the variables of what stands before it."""
        if piece.kind == "triples":
            # They are found sooner by what one of two variables has.
            return id(group) in self._few
        if len(piece.groups) > 1 and _PATH.search(str(piece)):
            # A path of any length is walked anew for each row.
            return False
        return (
            (piece.kind == "optional" or len(piece.groups) > 1)
            and not any(map(_is_made_whole, piece.groups))
            # What is bound may not be bound again.
            and met.isdisjoint(name for found in _BOUND.findall(str(piece)) for name in found)
            and met.isdisjoint(self._confined_in(piece))
        )

    def _confined_in(self, piece: Piece) -> frozenset[str]:
        inner = [self._confined_in(part) for group in piece.groups for part in group.pieces]
        return frozenset().union(*inner, *(self._known.get(id(group), {}) for group in piece.groups))


def _block(name: str, held: str) -> Piece:
    return Piece("values", f"VALUES ?{name} {{ {held} }}")


def _demand(group: Group, name: str) -> bool:
    """Make the one OPTIONAL of ``group`` that binds a variable a part that must match; returns whether that is right.

    A filter that wants a value of the variable takes the rows that the OPTIONAL adds nothing to.
    """
    having = [piece for piece in group.pieces if name in piece.variables and piece.kind not in ("filter", "bind")]
    if len(having) != 1 or having[0].kind != "optional":
        return False
    piece = having[0]
    inner, at = piece.groups[0], group.pieces.index(piece)
    if name not in inner.bound or any(part.kind not in ("triples", "optional") for part in inner.pieces):
        return False
    sure = group.bound
    before = [n for n, part in enumerate(group.pieces[:at]) if part.kind in ("optional", "bind", "minus")]
    if any(piece.variables & group.pieces[n].variables - sure for n in before):
        return False
    group.pieces.remove(piece)
    place = min([at, *before])
    group.pieces[place:place] = inner.pieces
    return True


def _comes_out(piece: Piece, name: str) -> bool:
    """Return whether a variable of a piece's group is one outside it, row by row."""
    if piece.kind != "select":
        return True
    keys = _KEYS.search(piece.tail)
    plain = _PLAIN.findall(re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", piece.text))
    return name in plain and (keys is None or f"?{name}" in keys[1].split()) and "LIMIT" not in piece.tail


def _is_made_whole(group: Group) -> bool:
    """Return whether a group has a part that means something else for one row than for all."""
    return any(
        piece.kind == "other"
        or (piece.kind == "select" and bool(re.search("GROUP|LIMIT|COUNT", piece.text + piece.tail)))
        or any(map(_is_made_whole, piece.groups))
        for piece in group.pieces
    )
