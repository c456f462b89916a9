"""Which rules a query can tell apart: those whose derived links a pattern of it may match.

A rebuilding runs the rules for every try, so it runs none whose links the query cannot see. A derived link is the
subject of few properties (those of the rules' templates), and the object of none (``Ground`` looks). A pattern with one
of them sees links, unless its subject must have another property too or be an object; and it sees those of some rules
only where it asks for a link's ``rdf:predicate`` by name. Where that is not plain from the query, every rule is run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache

from rdflib import RDF

from graph import queries
from graph.errors import BadQuery
from graph.explain.parsing import parse
from graph.explain.tree import Bind, Exists, Group, Iri, Path, Pattern, Query, Triple, Union, Var
from graph.namespaces import GT

_TYPE, _PREDICATE, _LINK = str(RDF.type), str(RDF.predicate), str(GT.DerivedLink)

Asked = Mapping[str, frozenset[str]]
"""Variables that stand for links, each with the relations that its links are asked for by."""


class _AnyError(Exception):
    """The query may see links of any rule."""


@dataclass(frozen=True, slots=True)
class _Rules:
    trees: dict[str, Query]
    properties: frozenset[str]
    """What links are subjects of."""

    def makers(self, relation: str) -> Iterator[str]:
        """Yield the rules whose links may state ``relation``."""
        for name, tree in self.trees.items():
            made = [t.object for t in tree.template if isinstance(t.verb, Iri) and t.verb.value == _PREDICATE]
            stated = {object_.value for object_ in made if isinstance(object_, Iri)}
            for part in tree.where.parts if tree.where else ():
                if isinstance(part, Bind) and isinstance(part.value, Iri) and part.name in made:
                    stated.add(part.value.value)
            if len(stated) < len(made) or relation in stated:
                yield name


@cache
def _rules() -> _Rules:
    trees = {rule.name: parse(rule.sparql) for stage in queries.rule_stages() for rule in stage}
    verbs = (triple.verb for tree in trees.values() for triple in tree.template)
    return _Rules(trees, frozenset(verb.value for verb in verbs if isinstance(verb, Iri)))


def every_rule() -> frozenset[str]:
    """Return the names of all rules."""
    return frozenset(_rules().trees)


def rules_seen(query: str) -> frozenset[str]:
    """Return the names of the rules whose links ``query`` may see, and of those whose links these rules see.

    That holds as long as no statement has a link as its object.
    """
    rules = _rules()
    found: set[str] = set()
    try:
        new = _seen(parse(query))
        while new:
            found |= new
            new = frozenset[str]().union(*(_seen(rules.trees[name]) for name in new)) - found
    except (_AnyError, BadQuery):
        # The store reads a little more than we do.
        return every_rule()
    return frozenset(found)


def _seen(tree: Query) -> frozenset[str]:
    relations = set(_query(tree))
    return frozenset(name for relation in relations for name in _rules().makers(relation))


def _query(tree: Query) -> Iterator[str]:
    if tree.where is None:
        raise _AnyError
    yield from _parts(tree.where.parts, frozenset(), {})
    for one in (tree.columns or (), tree.having, tree.group_by, tree.order_by):
        yield from _within(one, frozenset(), {})


def _parts(parts: Sequence[Pattern], others: frozenset[str], asked: Asked) -> Iterator[str]:
    """Yield the relations of the links that a group may match. ``others`` are variables that stand for no link."""
    others |= _no_links(parts)
    asked = {**asked, **_asked(parts)}
    for part in parts:
        if isinstance(part, Triple):
            yield from _triple(part, others, asked)
        elif isinstance(part, Query):
            yield from _query(part)
        else:
            yield from _within(part, others, asked)


def _within(node: object, others: frozenset[str], asked: Asked) -> Iterator[str]:
    """Yield the same for the groups anywhere in a part or an expression."""
    if isinstance(node, Exists):
        yield from _parts(node.group.parts, others, asked)
    elif isinstance(node, Group):
        yield from _parts(node.parts, others, asked)
    elif isinstance(node, tuple):
        for one in node:
            yield from _within(one, others, asked)
    elif is_dataclass(node) and not isinstance(node, Var | Iri):
        for field in fields(node):
            yield from _within(getattr(node, field.name), others, asked)


def _triple(triple: Triple, others: frozenset[str], asked: Asked) -> Iterator[str]:
    if isinstance(triple.verb, Path) and _has_inverse(triple.verb):
        raise _AnyError
    if not _matches(triple) or (isinstance(triple.subject, Var) and triple.subject.name in others):
        return
    relations = asked.get(triple.subject.name) if isinstance(triple.subject, Var) else None
    if not relations:
        raise _AnyError
    yield from relations


def _matches(triple: Triple) -> bool:
    """Return whether a link can be the subject of a pattern, as far as the pattern itself tells."""
    if isinstance(triple.verb, Var):
        return True
    first = _first(triple.verb)
    if first == {_TYPE} and isinstance(triple.verb, Iri) and isinstance(triple.object, Iri):
        return triple.object.value == _LINK
    return not first or bool(first & _rules().properties)


def _first(verb: Iri | Path) -> frozenset[str]:
    """Return the properties that the subject of a path may have for its first step; none where that is not plain."""
    if isinstance(verb, Iri):
        return frozenset({verb.value})
    if verb.op == "/":
        return _first(verb.parts[0])
    if verb.op == "|":
        each = [_first(part) for part in verb.parts]
        return frozenset[str]().union(*each) if all(each) else frozenset()
    return _first(verb.parts[0]) if verb.op == "+" else frozenset()


def _has_inverse(verb: Iri | Path) -> bool:
    """Return whether a path goes from an object to its subject, or may."""
    return isinstance(verb, Path) and (verb.op in {"^", "!"} or any(map(_has_inverse, verb.parts)))


def _returns(path: Path) -> bool:
    """Return whether the end of a path may be where it began, or be no object of its last step."""
    if path.op in {"/", "|"}:
        ends = path.parts if path.op == "|" else path.parts[-1:]
        return any(isinstance(part, Path) and _returns(part) for part in ends)
    return path.op != "+" or (isinstance(path.parts[0], Path) and _returns(path.parts[0]))


def _no_links(parts: Sequence[Pattern]) -> frozenset[str]:
    """Return the variables that every solution of a group binds to what is no link."""
    found: set[str] = set()
    for part in parts:
        if isinstance(part, Triple):
            if isinstance(part.subject, Var) and not _matches(part):
                found.add(part.subject.name)
            if isinstance(part.object, Var) and not (isinstance(part.verb, Path) and _returns(part.verb)):
                found.add(part.object.name)
        elif isinstance(part, Group) and part.kind in {"", "graph"}:
            found |= _no_links(part.parts)
        elif isinstance(part, Union):
            each = [_no_links(group.parts) for group in part.groups]
            found |= each[0].intersection(*each[1:])
        elif isinstance(part, Query) and part.where is not None:
            shown = None if part.columns is None else {c.value.name for c in part.columns if isinstance(c.value, Var)}
            inner = _no_links(part.where.parts)
            found |= inner if shown is None else inner & shown
    return frozenset(found)


def _asked(parts: Sequence[Pattern]) -> Asked:
    found: dict[str, frozenset[str]] = {}
    for part in parts:
        if (
            isinstance(part, Triple)
            and isinstance(part.subject, Var)
            and isinstance(part.verb, Iri)
            and part.verb.value == _PREDICATE
            and isinstance(part.object, Iri)
        ):
            found[part.subject.name] = frozenset({part.object.value})
    return found
