"""The searches that found nothing where a row comes from: what it says of absence, told instead of quoted.

Such are NOT EXISTS and MINUS, and an OPTIONAL that binds nothing in any solution behind the row (a count of nought
rests on one). Each search is a query of its own, with the row's values in place, which has been asked and has no rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from rdflib import Literal, URIRef
from rdflib.term import Node

from graph.errors import BadQuery
from graph.explain.parsing import parse
from graph.explain.phrases import Names
from graph.explain.printing import sparql
from graph.explain.saying import Sayer, on_one_line
from graph.explain.sentences import plain
from graph.explain.tree import Bind, Filter, Group, Iri, Lit, Pattern, Query, Union, Values, Var
from graph.explain.walking import existing, leaves, variables
from graph.namespaces import with_short_addresses
from graph.provenance.patterns import Selection
from graph.provenance.rebuilding import passage_of, report_of
from graph.provenance.solutions import Solution
from graph.stores.base import Store

MOST = 5
"""Searches that are told of one row."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A search that found nothing."""

    words: str
    """What was searched for, in English."""
    query: str
    """The search as SPARQL, which has no rows."""


def absences(store: Store, known: Names, levels: Sequence[tuple[Selection, Sequence[Solution]]]) -> tuple[Absence, ...]:
    """Return what was searched for and not found behind a row, of which ``levels`` are the solutions."""
    found: dict[str, Absence] = {}
    for selection, solutions in levels:
        tree = _tree(selection)
        if tree is None or tree.where is None or not solutions:
            continue
        for group in _searches(tree.where.parts, solutions):
            if not _of_reports(store, group):
                continue
            for given in _given(group, solutions):
                if len(found) == MOST:
                    return tuple(found.values())
                query = _query(group.parts, given)
                if query not in found and not _rows(store, query):
                    found[query] = Absence(_words(known, group.parts, given), query)
    return tuple(found.values())


def _tree(selection: Selection) -> Query | None:
    try:
        return parse(f"{selection.prologue}{selection.head}{{{selection.body}}}{selection.tail}")
    except BadQuery:
        # The store reads a little more than we do.
        return None


def _searches(parts: Sequence[Pattern], solutions: Sequence[Solution]) -> Iterator[Group]:
    """Yield the groups of a pattern that found nothing, or had to find nothing, for any of ``solutions``."""
    for part in parts:
        if isinstance(part, Filter):
            condition = existing(part)
            if condition is not None and condition.negated:
                yield condition.group
        elif isinstance(part, Union):
            for group in part.groups:
                yield from _searches(group.parts, solutions)
        elif isinstance(part, Group) and part.kind == "minus":
            yield part
        elif isinstance(part, Group):
            own = _bound_by(part.parts).difference(*(_bound_by((one,)) for one in parts if one is not part))
            if part.kind == "optional" and own and not any(own & one.keys() for one in solutions):
                yield part
            else:
                yield from _searches(part.parts, solutions)


def _bound_by(parts: Sequence[Pattern]) -> frozenset[str]:
    """Return the variables that patterns may bind for what stands around them."""
    found: frozenset[str] = frozenset()
    for part in parts:
        if isinstance(part, Query):
            columns = part.columns
            shown = (
                variables(part.where) if columns is None else frozenset(_name(one.name or one.value) for one in columns)
            )
            found |= shown
        elif isinstance(part, Group):
            found |= _bound_by(part.parts) if part.kind != "minus" else frozenset()
        elif isinstance(part, Union):
            found = found.union(*(_bound_by(group.parts) for group in part.groups))
        elif isinstance(part, Bind):
            found |= {part.name.name}
        elif not isinstance(part, Filter):
            found |= variables(part)
    return found


def _name(column: object) -> str:
    return column.name if isinstance(column, Var) else ""


def _given(group: Group, solutions: Sequence[Solution]) -> Iterator[Mapping[str, Node]]:
    """Yield what the solutions give to a search, each once; nothing that is a part of a report."""
    seen: set[tuple[tuple[str, Node], ...]] = set()
    for one in solutions:
        given = {name: one[name] for name in sorted(variables(group)) if name in one}
        key = tuple(given.items())
        # Whether a mention is in passing, say, is told by its own sentence: nothing is searched for.
        if key not in seen and not any(passage_of(str(term)) for term in given.values()):
            seen.add(key)
            yield given


def _of_reports(store: Store, group: Group) -> bool:
    """Return whether what is searched for is said by reports: what vocabularies say needs no search of these."""
    anything = _rows(store, _query(_inside(group.parts), {}))
    return not anything or any(report_of(str(term)) for term in anything[0] if term is not None)


def _inside(parts: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    """Return the patterns of a group, those of the selection that is all it holds where it is one."""
    only = parts[0] if len(parts) == 1 else None
    if isinstance(only, Group) and not only.kind:
        return _inside(only.parts)
    return only.where.parts if isinstance(only, Query) and only.where is not None else parts


def _query(parts: Sequence[Pattern], given: Mapping[str, Node]) -> str:
    names = tuple(Var(name) for name in given)
    block = (Values(names, (tuple(_term(term) for term in given.values()),)),) if given else ()
    # A selection beside something else needs braces of its own.
    parts = [Group((part,)) if isinstance(part, Query) else part for part in parts]
    return sparql(Query("SELECT", None, where=Group((*block, *parts)), limit=1))


def _rows(store: Store, query: str) -> tuple[tuple[Node | None, ...], ...]:
    return store.select(query).rows


def _words(known: Names, parts: tuple[Pattern, ...], given: Mapping[str, Node]) -> str:
    clause = Sayer(known).pattern(Group(_filled(tuple(_searching(_inside(parts), given)), given)))
    said = "; ".join(map(on_one_line, clause.inside)) or clause.text.partition(": ")[2]
    return with_short_addresses(plain(said))


def _searching(parts: Sequence[Pattern], given: Mapping[str, Node]) -> Iterator[Pattern]:
    """Yield the patterns that a search must find: nothing that it only adds, or that a parameter left open says."""
    for part in parts:
        unset = any(name.startswith("_") and name not in given for name in variables(part))
        if isinstance(part, Group) and not part.kind:
            yield Group(tuple(_searching(_inside(part.parts), given)))
        elif not (isinstance(part, Group) and part.kind == "optional") and not (
            isinstance(part, Bind | Filter | Values) and (unset or isinstance(part, Bind))
        ):
            yield part


def _filled(node: Any, given: Mapping[str, Node]) -> Any:
    """Return a part of a tree with values where variables stand."""
    if isinstance(node, Var):
        return _term(given[node.name]) if node.name in given else node
    if isinstance(node, tuple):
        return tuple(_filled(one, given) for one in node)
    if not is_dataclass(node) or isinstance(node, type | Query) or not any(True for _ in leaves(node)):
        return node
    return type(node)(**{field.name: _filled(getattr(node, field.name), given) for field in fields(node)})


def _term(term: Node) -> Iri | Lit:
    if isinstance(term, URIRef):
        return Iri(str(term))
    if isinstance(term, Literal):
        return Lit(str(term), term.language or "", str(term.datatype or ""))
    raise TypeError(f"not a term of our graphs: {term!r}")
