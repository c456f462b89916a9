"""What makes a pattern empty: a misspelt term, an unknown name, a value of another form, or things never together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rdflib import RDF, Literal, URIRef
from rdflib.term import Node

from graph.explain.phrases import Names
from graph.explain.printing import fragment, term
from graph.explain.tree import Call, Exists, Expr, Filter, Group, Iri, Lit, Path, Pattern, Query, Triple, Values, Var
from graph.explain.walking import exchanged, existing, has_exists, leaves, variables
from graph.namespaces import BASE, GT, key_of, shortened
from graph.spelling import nearest
from graph.terms import terms

CAUSES = {
    "unknown-term": "a class or property is misspelt or not of the ontology",
    "nothing-of-kind": "the words are right, but nothing of that kind is in the reports",
    "unknown-name": "nothing here has that address",
    "unknown-value": "nothing here has that text or number",
    "wrong-literal": "the text is here, but with another language or datatype",
    "never-together": "each is here, but never with the other",
    "filter": "a filter lets none through",
    "taken-away": "MINUS or NOT EXISTS takes all away",
    "unbound": "a filter asks for a variable that nothing binds",
    "left-out": "there are solutions, but HAVING, LIMIT or OFFSET leaves them out",
    "unexplained": "it took too long to find out why",
}
"""Causes of an answer without rows: the key, and what it means."""
_TYPE = str(RDF.type)
_NAMES = 5_000
_ANY = Var("anyOfThem")


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a pattern has no solutions."""

    kind: str
    """A key of ``CAUSES``."""
    says: str
    at: Iri | Lit | None = None
    """The value in the query that is at fault, if it is one."""
    nearest: tuple[Iri | Lit, ...] = ()
    """What may have been meant by it, the likeliest first."""


class Data(Protocol):
    """What the store holds, as far as there is time to ask."""

    def some(self, parts: Sequence[Pattern]) -> bool | None:
        """Return whether patterns have a solution together; None if that is not known."""
        ...

    def values(self, parts: Sequence[Pattern], of: Var, most: int) -> list[Node]:
        """Return values of a variable in the solutions of patterns."""
        ...


def of_values(data: Data, known: Names, part: Pattern, given: Sequence[Pattern]) -> Cause | None:
    """Return what is wrong with a term, name or value in ``part`` or the data blocks ``given`` it, None if none is."""
    if isinstance(part, Triple):
        for iri in _properties(part.verb):
            if iri.value != _TYPE and not data.some([Triple(Var("s"), iri, Var("o"))]):
                return _term(iri, "property")
        if isinstance(part.verb, Iri) and part.verb.value == _TYPE and isinstance(part.object, Iri):
            return _term(part.object, "class") if not data.some([part]) else None
    blocks = [g for g in given if isinstance(g, Values) and variables(g) & variables(part)]
    named = [one for one in leaves((part, *blocks)) if isinstance(one, Iri) and _names(part, one)]
    for iri in named:
        if iri.value.startswith(str(GT)):
            if cause := _term(iri, "term", silent=True):
                return cause
        elif not _stands(data, iri):
            return _unknown(known, iri)
    if isinstance(part, Triple) and isinstance(part.object, Lit):
        return _literal(data, part, part.object)
    if named and isinstance(part, Triple):
        called = ", ".join(_called(known, iri) for iri in named)
        return Cause("nothing-of-kind", f"{called} is known, but nothing of this kind is in the reports.", named[0])
    return None


def of_filter(
    data: Data, known: Names, pattern: Filter, before: Sequence[Pattern], left: int, given: Sequence[Pattern] = ()
) -> Cause:
    """Return why a filter lets none of ``left`` solutions of the patterns ``before`` it through.

    ``given`` are those of them that are data blocks.
    """
    if (found := existing(pattern)) and found.negated:
        return Cause("taken-away", f"What must not be holds for every one of {_solutions(left)} before it.")
    if not has_exists(pattern):
        if unbound := sorted(variables(pattern) - variables(tuple(before))):
            named = ", ".join(f"?{name}" for name in unbound)
            return Cause("unbound", f"Nothing gives {named} a value, so the filter lets none of {left:,} through.")
        if cause := of_values(data, known, pattern, given):
            return cause
    if chosen := [one for one in given if isinstance(one, Values) and variables(one) & variables(pattern)]:
        return _chosen(data, known, pattern, before, chosen)
    for call in _comparisons(pattern.condition):
        compared = next((a for a in call.args if isinstance(a, Lit) and not a.bare), None)
        if compared is None:
            continue
        args = tuple(Lit(a.text) if a is compared else Call("STR", (a,)) for a in call.args)
        loose = exchanged(pattern, call, Call("=", args))
        column = next((a for a in call.args if isinstance(a, Var)), None)
        if data.some([*before, loose]):
            there = data.values([*before, loose], column, 3) if column else []
            return _differs(compared, [_lit(value) for value in there if isinstance(value, Literal)])
    return Cause("filter", f"The filter lets none of {_solutions(left)} through.")


def _chosen(data: Data, known: Names, pattern: Filter, before: Sequence[Pattern], chosen: Sequence[Pattern]) -> Cause:
    """Return why a filter for chosen values lets none through: they are never said of anything, or not of these."""
    values = [one for one in leaves(tuple(chosen)) if not isinstance(one, Var)]
    called = ", ".join(_called(known, one) if isinstance(one, Iri) else term(one) for one in values)
    sought = variables(pattern) - variables(tuple(chosen))
    saying = [one for one in before if isinstance(one, Triple) and variables(one) & sought]
    if saying and sought <= variables(tuple(saying)) and data.some([*chosen, *saying, pattern]) is False:
        return Cause("nothing-of-kind", f"{called} is known, but nothing of this kind is in the reports.")
    return Cause("never-together", f"Nothing that the other conditions leave goes with {called}.")


def _solutions(left: int) -> str:
    return f"{left:,} solution{'' if left == 1 else 's'}"


def _comparisons(one: Expr) -> Iterator[Call]:
    if isinstance(one, Call):
        if one.name == "=":
            yield one
        for arg in one.args:
            yield from _comparisons(arg)


def _properties(verb: Iri | Var | Path) -> Iterator[Iri]:
    if isinstance(verb, Iri):
        yield verb
    elif isinstance(verb, Path) and verb.op in {"/", "^", "+"}:
        for part in verb.parts:
            yield from _properties(part)


def _names(part: Pattern, iri: Iri) -> bool:
    """Return whether an address in a part names a thing: it is no property, function or datatype there."""
    used = isinstance(part, Triple) and any(iri is one for one in leaves(part.verb))
    called = isinstance(part, Filter) and any(iri is one for one in _functions(part.condition))
    return not used and not called


def _functions(one: Expr) -> Iterator[Iri]:
    if isinstance(one, Exists):
        # What stands in there is looked at when its own patterns are.
        yield from (leaf for leaf in leaves(one) if isinstance(leaf, Iri))
    if isinstance(one, Call):
        if isinstance(one.name, Iri):
            yield one.name
        for arg in one.args:
            yield from _functions(arg)


def _stands(data: Data, iri: Iri) -> bool:
    """Return whether anything is said of or with an address; where time is up it is taken for known."""
    ways = (
        [Triple(iri, Var("p"), Var("o"))],
        [Triple(Var("s"), Var("p"), iri)],
        [Triple(Var("s"), iri, Var("o"))],
        [Group((Triple(Var("s"), Var("p"), Var("o")),), "graph", iri)],
    )
    return any(data.some(way) is not False for way in ways)


def _term(iri: Iri, kind: str, *, silent: bool = False) -> Cause | None:
    """Return why a class or property has nothing; with ``silent`` only if the ontology does not know it."""
    called = shortened(iri.value)
    if iri.value in {str(one) for one in terms()} or not iri.value.startswith(str(GT)):
        words = "is of the ontology" if iri.value.startswith(str(GT)) else "is of another vocabulary"
        kind_ = Cause("nothing-of-kind", f"The {kind} {called} {words}, but nothing of that kind is in the reports.")
        return None if silent else kind_
    near = near_terms(iri.value)
    meant = f" Did you mean {' or '.join(shortened(one.value) for one in near)}?" if near else ""
    return Cause("unknown-term", f"The ontology has no {kind} {called}.{meant}", iri, near)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A term of our namespace that the ontology does not have, and the terms that are written most like it."""

    term: Iri
    near: tuple[Iri, ...]

    @property
    def says(self) -> str:
        """What is wrong, and what may be meant."""
        meant = f" Did you mean {' or '.join(shortened(one.value) for one in self.near)}?" if self.near else ""
        return f"The ontology has no term {shortened(self.term.value)}.{meant}"


def unknown_terms(query: Query) -> tuple[Unknown, ...]:
    """Return the terms of ours in a query that the ontology does not have, in their order."""
    ours = {one.value: one for one in leaves(query) if isinstance(one, Iri) and one.value.startswith(str(GT))}
    known = {str(one) for one in terms()}
    return tuple(Unknown(one, near_terms(one.value)) for value, one in ours.items() if value not in known)


def near_terms(address: str) -> tuple[Iri, ...]:
    """Return the terms of ours that are written most like ``address``."""
    by_name: dict[str, str] = {}
    for iri in sorted(map(str, terms())):
        by_name.setdefault(key_of(iri).casefold(), iri)
    return tuple(Iri(by_name[name]) for name in nearest(key_of(address).casefold(), by_name))


def _called(known: Names, iri: Iri) -> str:
    said = known.said(iri.value)
    if said:
        return f"The {said[0]} “{said[1]}”"
    ours = terms().get(URIRef(iri.value))
    return f"“{ours.label}” ({shortened(iri.value)})" if ours else shortened(iri.value)


def _unknown(known: Names, iri: Iri) -> Cause:
    others = dict(known.of_kind(iri.value))
    by_key = {key_of(address): address for address in others}
    near = tuple(Iri(by_key[key]) for key in nearest(key_of(iri.value), by_key))
    meant = f" Nearest: {', '.join(f'{others[one.value]} ({shortened(one.value)})' for one in near)}." if near else ""
    kind = iri.value.removeprefix(BASE).partition("/")[0] if iri.value.startswith(BASE) else ""
    what = f"No {kind} here has that name" if others else "Nothing here has that address"
    return Cause("unknown-name", f"{what}: {shortened(iri.value)}.{meant}", iri, near)


def _lit(value: Literal) -> Lit:
    return Lit(str(value), value.language or "", str(value.datatype or ""))


def _differs(given: Lit, there: Sequence[Lit]) -> Cause:
    forms = " and ".join(term(one) for one in there) or "the same text"
    words = f"{term(given)} is not there, but {forms} is: language and datatype count."
    return Cause("wrong-literal", words, given, tuple(there))


def _literal(data: Data, part: Triple, value: Lit) -> Cause:
    free = Triple(part.subject, part.verb, _ANY)
    same = Filter(Call("=", (Call("STR", (_ANY,)), Lit(value.text))))
    if there := [_lit(found) for found in data.values([free, same], _ANY, 3) if isinstance(found, Literal)]:
        return _differs(value, there)
    by_text = {str(v).casefold(): v for v in data.values([free], _ANY, _NAMES) if isinstance(v, Literal)}
    near = tuple(_lit(by_text[text]) for text in nearest(value.text.casefold(), by_text))
    exact = tuple(_lit(by_text[text]) for text in by_text if text == value.text.casefold())
    meant = f" Nearest: {', '.join(term(one) for one in exact or near)}." if exact or near else ""
    return Cause("unknown-value", f"Nothing here has this: {fragment(part)}{meant}", value, exact or near)
