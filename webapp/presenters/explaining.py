"""The sentence of a query as pages show it: clauses, with its values as buttons; and the values that each can take."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from rdflib import URIRef

from graph import queries
from graph.errors import BadParameter, BadQuery
from graph.explain.choices import Choices, counted, counting
from graph.explain.phrases import expanded
from graph.explain.printing import term
from graph.explain.sentences import Clause, Explanation, Names, Slot, explain, names, pieces
from graph.explain.tree import Iri, Lit, Values, Var
from graph.namespaces import BASE, PREFIXES, with_short_addresses
from graph.queries import KINDS, Param, Query
from webapp.addresses import kind_of
from webapp.presenters import naming
from webapp.store import View

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Said:
    """A clause as a page shows it."""

    pieces: tuple[tuple[str, str], ...]
    """Words, and the value of the button that they are; "" for words that are none."""
    inside: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a page shows it, and the hidden fields that its buttons send."""

    clauses: tuple[Said, ...]
    button: str
    """The name that its buttons have: "slot", or "param" for a question of the catalogue."""
    fields: tuple[tuple[str, str], ...]
    headline: str
    warnings: tuple[str, ...] = ()
    """Terms that the ontology does not have."""


def known(view: View) -> Names:
    """Return what the things of ``view`` are called, remembered."""
    return view.recall("explain", lambda: names(view))


def explained(view: View, query: str) -> Explanation:
    """Return what ``query`` asks, remembered. Raises: BadQuery."""
    return view.recall(("explain", query), lambda: explain(query, known(view)))


def sentence(said: Explanation, *, run: bool = False) -> Sentence:
    """Return the sentence of any query; with ``run`` a chosen value leads to the answer, not to the new sentence."""
    shown = {number: str(number) for number in range(len(said.slots))}
    fields = (("query", said.query), *((("run", "1"),) if run else ()))
    return _sentence(said, shown, "slot", fields)


def of_question(view: View, query: Query, given: Mapping[str, Sequence[str]]) -> Sentence:
    """Return the sentence of a question with values ``given``; its parameters are what can be chosen."""
    said = explained(view, queries.bind(view, query, given))
    params = {f"_{param.name}": param.name for param in query.params}
    places = {
        value.at: params[name.name]
        for name, value in _values(said.tree)
        if isinstance(value, Iri | Lit) and name.name in params
    }
    shown = {number: places[slot.at] for number, slot in enumerate(said.slots) if slot.at in places}
    fields = (("question", query.name), *((name, value) for name, values in given.items() for value in values))
    return _sentence(said, shown, "param", fields)


def _sentence(
    said: Explanation, shown: Mapping[int, str], button: str, fields: tuple[tuple[str, str], ...]
) -> Sentence:
    warnings = tuple(one.says for one in said.unknown)
    return Sentence(_clauses(said.clauses, shown), button, fields, said.headline, warnings)


def _values(node: object) -> list[tuple[Var, Iri | Lit | None]]:
    """Return what data blocks of one variable give it, wherever they stand in a tree."""
    if isinstance(node, Values):
        return [(node.names[0], row[0]) for row in node.rows if len(node.names) == 1]
    if isinstance(node, tuple):
        return [found for part in node for found in _values(part)]
    inside = getattr(node, "__slots__", ()) if not isinstance(node, Iri | Lit | Var) else ()
    return [found for name in inside for found in _values(getattr(node, name))]


def _clauses(clauses: Sequence[Clause], shown: Mapping[int, str]) -> tuple[Said, ...]:
    return tuple(
        Said(
            tuple(
                (with_short_addresses(words), shown.get(slot, "") if slot is not None else "")
                for words, slot in pieces(clause.text)
            ),
            _clauses(clause.inside, shown),
        )
        for clause in clauses
    )


def param_choices(view: View, query: Query, param: Param, given: Mapping[str, Sequence[str]]) -> Choices:
    """Return the values of a parameter for which the question has rows, the others as ``given``.

    Raises: BadParameter if values of its type cannot be listed.
    """
    if param.type == "boolean":
        known_values = [("yes", "true"), ("no", "false")]
    elif param.type in KINDS:
        things = queries.names_of(view, param.type)
        known_values = [(called[0], str(iri).removeprefix(BASE)) for iri, called in things.items()]
    else:
        raise BadParameter(f"{param.name}: write the value into the question's form", param=param.name)

    def count(value: str) -> str:
        return counting(queries.bind(view, query, {**given, param.name: value}))

    return counted(((label, value, count(value)) for label, value in known_values), view.select)


def written(slot: Slot, value: str, called: Names) -> str:
    """Return the value that a person wrote for ``slot`` as SPARQL has it. Raises: BadParameter."""
    if isinstance(slot.value, int):
        if not value.isdigit():
            raise BadParameter(f"a number of rows is a whole number, not {value!r}", value=value)
        return value
    if isinstance(slot.value, Lit):
        if slot.value.bare and not _NUMBER.fullmatch(value) and value not in {"true", "false"}:
            raise BadParameter(f"{value!r} is no number", value=value)
        return value if slot.value.bare else term(Lit(value, slot.value.language, slot.value.datatype))
    named = [
        iri for iri, name in called.of_kind(getattr(slot.value, "value", "")) if name.casefold() == value.casefold()
    ]
    prefix, colon, _ = value.partition(":")
    whole = expanded(value) if colon and prefix in PREFIXES else value.strip("<>")
    if named or queries.is_address(whole):
        return term(Iri(named[0] if named else whole))
    raise BadParameter(f"nothing of that kind is called {value!r}", value=value)


def chosen(said: Explanation, number: str) -> Slot:
    """Return the slot of this number. Raises: BadQuery if the sentence has none."""
    if not number.isdigit() or int(number) >= len(said.slots):
        raise BadQuery(f"the sentence has no value of the number {number!r}")
    return said.slots[int(number)]


def called(view: View, thing: URIRef) -> str | None:
    """Return what ``thing`` is called, None if the graph has no name for it."""
    return naming.names(view, [thing]).shown.get(thing)


def continuing(view: View, thing: URIRef) -> Choices:
    """Return the questions about ``thing`` that have rows: summary, name with its parameter, and how many rows."""
    kind = kind_of(thing)
    value = str(thing).removeprefix(BASE)
    options = []
    for query in queries.catalogue().values():
        fitting = [p for p in query.params if _takes(view, p, kind, thing)]
        for param in fitting[:1]:
            text = queries.bind(view, query, {param.name: value})
            options.append((query.summary, f"{query.name}?{urlencode({param.name: value})}", counting(text)))
    return counted(options, view.select)


def _takes(view: View, param: Param, kind: str, thing: URIRef) -> bool:
    if param.type not in KINDS:
        return False
    fits = param.type == kind or (param.type == "lpa" and kind == "force") or param.type == "thing"
    return fits and thing in queries.names_of(view, param.type)
