"""Why a query has no rows: the first of its patterns that empties the join, the cause, and what has rows nearby.

Patterns are taken in the order of their writer, but each after one that it shares a variable with, and filters last;
after each the solutions are counted. Everything is counted through a function that its caller gives, so that a query
from outside stays behind its fence, and there is a bound to how often and how long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from time import monotonic
from typing import Any

from rdflib import SKOS, URIRef
from rdflib.term import Node

from graph.errors import BadQuery, LimitExceeded, ServiceBusy
from graph.explain.causes import Cause, of_filter, of_values
from graph.explain.parsing import parse
from graph.explain.phrases import Names
from graph.explain.printing import fragment, sparql, term
from graph.explain.saying import Sayer, on_one_line
from graph.explain.sentences import LONGEST, plain
from graph.explain.tree import Call, Column, Filter, Group, Iri, Pattern, Query, Term, Triple, Union, Values, Var
from graph.explain.walking import exchanged, existing, leaves, variables
from graph.namespaces import GEO, shortened, with_short_addresses
from graph.stores.base import Table

SECONDS = 2.0
"""Time for one explanation; it ends with what has been found by then."""
ASKED = 80
"""Queries that one explanation asks at most."""
COUNTED = 10_000
"""Solutions that are counted at most of each step."""
MOST = 5
"""Relaxations that are told."""
_NUMBER = Var("counted")

Ask = Callable[[str], Table]
"""Answers a SELECT query within limits. Raises: LimitExceeded."""


@dataclass(frozen=True, slots=True)
class Step:
    """A pattern of the query, and how many solutions there are with it and all before it."""

    words: str
    pattern: str
    count: int | None
    """``COUNTED`` at most. None: not counted, as it took too long."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A query nearby that has rows."""

    says: str
    query: str
    rows: int


@dataclass(frozen=True, slots=True)
class Emptiness:
    """Why a query has no rows."""

    cause: str
    """A key of ``graph.explain.causes.CAUSES``."""
    says: str
    words: str
    """The pattern that empties the answer, in words; "" if it is none of them."""
    pattern: str
    """The same as SPARQL."""
    steps: tuple[Step, ...]
    relaxed: tuple[Relaxed, ...]


def why_empty(query: str, known: Names, ask: Ask, seconds: float = SECONDS) -> Emptiness | None:
    """Return why ``query`` has no rows; None for a query of another form than SELECT, or one that is too long to read.

    Raises: as ``ask``, but for limits, which leave a step uncounted.
    """
    if len(query) > LONGEST:
        return None
    try:
        tree = parse(query)
    except BadQuery:
        # The store reads a little more than we do; it has answered.
        return None
    if tree.form != "SELECT" or tree.where is None:
        return None
    return _Explaining(tree, known, _Limited(tree, ask, seconds)).explained()


def as_json(found: Emptiness) -> dict[str, Any]:
    """Return why there are no rows as plain JSON."""
    return {
        "cause": found.cause,
        "message": found.says,
        "pattern": {"words": found.words, "sparql": found.pattern} if found.pattern else None,
        "steps": [{"words": s.words, "sparql": s.pattern, "solutions": s.count} for s in found.steps],
        "nearest": [{"change": r.says, "sparql": r.query, "rows": r.rows} for r in found.relaxed],
    }


def beside(found: Emptiness | None) -> dict[str, Any]:
    """Return the member that stands beside the rows in JSON; none where there are rows."""
    return {"empty": as_json(found)} if found else {}


def as_text(found: Emptiness) -> str:
    """Return why there are no rows as lines for a terminal."""
    lines = [f"No rows: {found.says}"]
    lines += [f"  {'?' if s.count is None else _up_to(s.count):>8}  {s.words}" for s in found.steps]
    if found.relaxed:
        lines.append("What has rows nearby:")
        lines += [f"  {'row' if r.rows == 1 else 'rows'} {r.rows:,}: {r.says}" for r in found.relaxed]
    return "\n".join(lines)


def _up_to(count: int) -> str:
    return f"{count:,}{'+' if count == COUNTED else ''}"


class _Limited:
    """The store, asked for as long as there is time."""

    def __init__(self, tree: Query, ask: Ask, seconds: float) -> None:
        self._dataset = tree.dataset
        self._ask = ask
        self._until = monotonic() + seconds
        self._left = ASKED

    def table(self, query: Query | str) -> Table | None:
        """Return the answer, None where it takes more than there is."""
        if monotonic() > self._until or not self._left:
            return None
        self._left -= 1
        try:
            return self._ask(query if isinstance(query, str) else sparql(replace(query, dataset=self._dataset)))
        except (BadQuery, LimitExceeded, ServiceBusy):
            # A part alone may name a variable in a way that only the whole allows; it is not counted then.
            return None

    def count(self, parts: Sequence[Pattern], most: int = COUNTED) -> int | None:
        """Return how many solutions patterns have together."""
        inner = Query("SELECT", None, where=Group(tuple(parts)), limit=most)
        found = self.table(Query("SELECT", (Column(Call("COUNT", ()), _NUMBER),), where=Group((inner,))))
        return None if found is None else int(str(found.rows[0][0]))

    def some(self, parts: Sequence[Pattern]) -> bool | None:
        """Return whether patterns have a solution together."""
        count = self.count(parts, 1)
        return None if count is None else bool(count)

    def values(self, parts: Sequence[Pattern], of: Var, most: int) -> list[Node]:
        """Return values of a variable in the solutions of patterns."""
        found = self.table(Query("SELECT", (Column(of),), "DISTINCT", where=Group(tuple(parts)), limit=most))
        return [value for (value,) in found.rows if value is not None] if found else []


@dataclass(frozen=True, slots=True)
class _Fault:
    part: Pattern
    cause: Cause
    given: tuple[Values, ...]
    """The data blocks that hold the values it was asked with."""


class _Explaining:
    def __init__(self, tree: Query, known: Names, data: _Limited) -> None:
        self._tree = tree
        self._known = known
        self._data = data
        self._steps: list[Step] = []

    def explained(self) -> Emptiness:
        fault = self._walk(_parts(self._tree), steps=self._steps)
        relaxed = tuple(self._relaxed(fault))
        if fault is None:
            cause = self._after()
            return Emptiness(cause.kind, cause.says, "", "", tuple(self._steps), relaxed)
        said = fragment(fault.part)
        return Emptiness(fault.cause.kind, fault.cause.says, self._say(fault.part), said, tuple(self._steps), relaxed)

    def _after(self) -> Cause:
        tree = self._tree
        if any(step.count is None for step in self._steps):
            return Cause("unexplained", "It took too long to count what each pattern leaves.")
        which = "HAVING" if tree.having else "OFFSET" if tree.offset else "LIMIT" if tree.limit == 0 else ""
        return Cause("left-out", f"The patterns have solutions; {which or 'what follows them'} leaves all of them out.")

    def _say(self, part: Pattern) -> str:
        # These words are for people only; nobody reads them back.
        return with_short_addresses(plain(on_one_line(Sayer(self._known).pattern(part))))

    def _walk(
        self, parts: Sequence[Pattern], given: tuple[Values, ...] = (), steps: list[Step] | None = None
    ) -> _Fault | None:
        """Return the first part that leaves nothing of what those before it left, and why; None if none does."""
        taken: list[Pattern] = list(given)
        left = 1
        for part in _ordered(parts):
            count = self._data.count([*taken, part])
            if steps is not None:
                steps.append(Step(self._say(part), fragment(part), count))
            if count == 0:
                blocks = tuple(one for one in taken if isinstance(one, Values))
                return self._fault(part, taken, blocks, left)
            left = left if count is None else count
            taken.append(part)
        return None

    def _fault(self, part: Pattern, before: Sequence[Pattern], given: tuple[Values, ...], left: int) -> _Fault:
        data = self._data
        if isinstance(part, Filter):
            inner = existing(part)
            if inner and not inner.negated and (fault := self._walk(inner.group.parts, given)):
                return fault
            near = tuple(one for one in given if variables(one) & variables(part))
            return _Fault(part, of_filter(data, self._known, part, before, left, near), near)
        if isinstance(part, Group) and part.kind == "minus":
            return _Fault(part, Cause("taken-away", f"MINUS takes away every one of {left:,} solutions."), given)
        near = tuple(one for one in given if variables(one) & variables(part))
        if not data.some([*near, part]):
            if isinstance(part, Group | Union | Query) and (fault := self._inside(part, given)):
                return fault
            if cause := of_values(data, self._known, part, near):
                return _Fault(part, cause, near)
        told = f": this goes with none of the {left:,} that the parts before it leave" if before else ""
        return _Fault(part, Cause("never-together", f"Each part is in the reports, but not together{told}."), near)

    def _inside(self, part: Group | Union | Query, given: tuple[Values, ...]) -> _Fault | None:
        if isinstance(part, Union):
            found = (self._walk(_unnested(group), given) for group in part.groups)
            return next((fault for fault in found if fault), None)
        if isinstance(part, Query):
            # What is given outside does not reach into a selection.
            return self._walk(_parts(part)) if part.where else None
        if part.kind == "graph" and isinstance(part.name, Iri):
            anything = Group((Triple(Var("s"), Var("p"), Var("o")),), "graph", part.name)
            if not self._data.some([anything]):
                cause = Cause("unknown-name", f"No graph here has that name: {shortened(part.name.value)}.", part.name)
                return _Fault(part, cause, ())
        return self._walk(_unnested(part), given)

    def _relaxed(self, fault: _Fault | None) -> Iterator[Relaxed]:
        """Yield the nearest queries that have rows: another value, a wider one, any one, and then without the part."""
        told: set[str] = set()
        for says, tree in self._changes(fault):
            if len(told) == MOST:
                return
            query = sparql(tree)
            if query not in told and (rows := self._rows(tree)):
                told.add(query)
                yield Relaxed(says, query, rows)

    def _rows(self, tree: Query) -> int:
        inner = replace(tree, dataset=(), limit=COUNTED if tree.limit is None else min(tree.limit, COUNTED))
        found = self._data.table(Query("SELECT", (Column(Call("COUNT", ()), _NUMBER),), where=Group((inner,))))
        return int(str(found.rows[0][0])) if found else 0

    def _changes(self, fault: _Fault | None) -> Iterator[tuple[str, Query]]:
        tree = self._tree
        if fault is not None:
            yield from self._other_values(fault)
            yield from self._less(fault)
            return
        if tree.having:
            yield "without the condition on groups", replace(tree, having=())
        if tree.offset or tree.limit == 0:
            yield "from the first row on", replace(tree, offset=None, limit=tree.limit or None)

    def _other_values(self, fault: _Fault) -> Iterator[tuple[str, Query]]:
        tree, cause = self._tree, fault.cause
        if cause.at is not None:
            for other in cause.nearest:
                yield f"{self._name(other)} in place of {self._name(cause.at)}", exchanged(tree, cause.at, other)
        for place in (fault.part, *fault.given):
            for value in leaves(place) if isinstance(place, Triple | Values) else ():
                if isinstance(value, Iri) and not _is_verb(place, value):
                    for wider in self._wider(value):
                        yield f"{self._name(wider)} in place of {self._name(value)}", exchanged(tree, value, wider)
        for block in dict.fromkeys((*fault.given, *_blocks(tree.where))):
            if len(block.names) == 1 and block.rows != ((None,),):
                yield f"any {_noun(block.names[0])}", exchanged(tree, block, replace(block, rows=((None,),)))
        if isinstance(fault.part, Triple) and not isinstance(fault.part.object, Var) and not _is_type(fault.part):
            anything = replace(fault.part, object=Var("any"))
            yield f"anything in place of {self._name(fault.part.object)}", exchanged(tree, fault.part, anything)

    def _less(self, fault: _Fault) -> Iterator[tuple[str, Query]]:
        """Yield the query without the part at fault, and without each other one where it is one of them too many."""
        tree = self._tree
        shown = variables((tree.columns or (), tree.group_by)) & variables(tree.where)
        others = _parts(tree) if fault.cause.kind in {"never-together", "filter"} else []
        # A condition on a chosen value is left out by choosing none.
        for part in () if fault.given else (fault.part, *others):
            changed: Query = exchanged(tree, part, None)
            # What is asked for must still be looked for.
            if changed.where and changed.where.parts and shown <= variables(changed.where):
                yield f"without: {self._say(part)}", changed

    def _wider(self, value: Iri) -> Iterator[Iri]:
        for relation in (SKOS.broader, GEO.sfWithin):
            for found in self._data.values([Triple(value, Iri(str(relation)), Var("wider"))], Var("wider"), 1):
                if isinstance(found, URIRef):
                    yield Iri(str(found))

    def _name(self, value: Term) -> str:
        if isinstance(value, Iri) and (said := self._known.said(value.value)):
            return f"“{said[1]}”"
        return shortened(value.value) if isinstance(value, Iri) else term(value)


def _is_verb(place: Pattern, value: Iri) -> bool:
    return isinstance(place, Triple) and any(value is one for one in leaves(place.verb))


def _is_type(triple: Triple) -> bool:
    return isinstance(triple.verb, Iri) and triple.verb.value.endswith("#type")


def _blocks(node: object) -> Iterator[Values]:
    """Yield the data blocks in a tree."""
    if isinstance(node, Values):
        yield node
    for one in node if isinstance(node, tuple) else (getattr(node, name, ()) for name in ("parts", "where", "groups")):
        if isinstance(one, tuple | Group | Union | Query | Values):
            yield from _blocks(one)


def _noun(name: Var) -> str:
    return name.name.lstrip("_").replace("_", " ")


def _parts(query: Query) -> list[Pattern]:
    """Return the parts of a query's pattern, what follows it as VALUES among them."""
    parts = _unnested(query.where) if query.where else []
    # A selection beside something else needs braces of its own.
    parts = [Group((one,)) if isinstance(one, Query) and query.values else one for one in parts]
    return [*parts, query.values] if query.values else parts


def _unnested(group: Group) -> list[Pattern]:
    return list(group.parts)


def _ordered(parts: Sequence[Pattern]) -> list[Pattern]:
    """Return patterns in the order of counting: as written, each after one it shares a variable with, filters last."""
    rest = [part for part in parts if not isinstance(part, Filter)]
    taken: list[Pattern] = []
    bound: frozenset[str] = frozenset()
    while rest:
        # What stands behind an OPTIONAL or BIND may need it, so it stays there.
        near = (part for part in takewhile(_narrows, rest) if variables(part) & bound)
        chosen = rest[0] if not bound or not _narrows(rest[0]) else next(near, rest[0])
        rest = [part for part in rest if part is not chosen]
        taken.append(chosen)
        bound |= variables(chosen)
    return taken + [part for part in parts if isinstance(part, Filter)]


def _narrows(part: Pattern) -> bool:
    """Return whether a part can be moved before another: it takes solutions away and needs nothing before it."""
    return isinstance(part, Triple | Values) or (isinstance(part, Group) and not part.kind)
