"""The names of a thing, sorted by how far a reader may trust them, and reviewed corrections to them.

The tables give names as somebody collected them. What review found (an alias that is an event, a
name that is a common word) stands in ``corrections.toml`` beside the vocabulary, with the reason in
a comment, so that making the Turtle again keeps it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rdflib import RDF, SKOS, Graph, Literal, URIRef

from graph.namespaces import GT
from graph.tabular.tables import fault


@dataclass(frozen=True, slots=True)
class Names:
    """What a thing is called. No name stands in two of the four places."""

    preferred: str
    other: tuple[str, ...] = ()
    """Safe to match wherever they stand."""
    hidden: tuple[str, ...] = ()
    """Short, generic or hinting: to be read with what stands around them."""
    weak: tuple[str, ...] = ()
    """Cues that count only together with others."""


@dataclass(slots=True)
class Corrections:
    """Reviewed corrections, by table ("partners") and key; ``unused`` tells which of them changed nothing."""

    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    _used: set[tuple[str, ...]] = field(default_factory=set)

    @classmethod
    def read(cls, *paths: Path) -> Corrections:
        """Read the correction files that exist among ``paths``; the tables of several are put together.

        Raises: VocabularyError, if a file is not TOML.
        """
        tables: dict[str, dict[str, Any]] = {}
        for path in paths:
            if not path.is_file():
                continue
            try:
                content = tomllib.loads(path.read_text(encoding="utf-8"))
            except tomllib.TOMLDecodeError as error:
                raise fault(path.name, str(error)) from error
            for table, rules in content.items():
                _add(tables.setdefault(table, {}), rules)
        return cls(tables)

    def listed(self, table: str, rule: str, key: str) -> bool:
        """Say whether ``rule`` ("drop", "generic", "needs-context") of ``table`` lists ``key``."""
        found = key in self.tables.get(table, {}).get(rule, ())
        if found:
            self._used.add((table, rule, key))
        return found

    def value(self, table: str, rule: str) -> str | None:
        """Return the text that ``table`` gives for ``rule``, or None."""
        found = self.tables.get(table, {}).get(rule)
        if found is not None:
            self._used.add((table, rule, str(found)))
        return found

    def named(self, table: str, rule: str, key: str, among: Iterable[str] | None = None) -> tuple[str, ...]:
        """Return the names that ``rule`` ("without", "hidden", "weak", "also", "split") of ``table`` gives ``key``.

        With ``among``, only those that are in it: the rule is about names that the tables give.
        """
        listed = tuple(self.tables.get(table, {}).get(rule, {}).get(key, ()))
        found = listed if among is None else tuple(name for name in listed if name in among)
        self._used |= {(table, rule, key, name) for name in found}
        return found

    def apply(self, table: str, key: str, names: Names) -> Names:
        """Return ``names`` of the thing with ``key`` as review left them, each in one place only."""
        given = {*names.other, *names.hidden}
        gone = self.named(table, "without", key, given)
        hidden = self.named(table, "hidden", key)
        common = [name for name in self.tables.get(table, {}).get("weak-cues", ()) if name in given]
        self._used |= {(table, "weak-cues", name) for name in common}
        weak = (*self.named(table, "weak", key), *common)
        moved = {*gone, *hidden, *weak}
        return tidy(
            Names(
                names.preferred,
                (*(name for name in names.other if name not in moved), *self.named(table, "also", key)),
                (*(name for name in names.hidden if name not in moved), *hidden),
                (*names.weak, *weak),
            )
        )

    def unused(self) -> tuple[str, ...]:
        """Return the corrections that met nothing to correct, in words and in order."""
        wanted: list[tuple[str, ...]] = []
        for table, rules in self.tables.items():
            for rule, content in rules.items():
                if isinstance(content, dict):
                    wanted += [(table, rule, key, name) for key, listed in content.items() for name in listed]
                else:
                    wanted += [(table, rule, name) for name in ([content] if isinstance(content, str) else content)]
        return tuple(": ".join(entry) for entry in wanted if entry not in self._used)


def _add(into: dict[str, Any], rules: Mapping[str, Any]) -> None:
    for rule, content in rules.items():
        if isinstance(content, dict):
            into.setdefault(rule, {}).update(content)
        elif isinstance(content, list):
            into[rule] = [*into.get(rule, []), *content]
        else:
            into[rule] = content


def tidy(names: Names) -> Names:
    """Return ``names`` with each name once, in the most trusted place that has it; sorted.

    Spellings that differ in capitals only are one name, except among the safe ones, where
    "Street Pastors" and "street pastors" may both be listed.
    """
    other = {name for name in names.other if name != names.preferred}
    taken = {name.casefold() for name in (names.preferred, *other)}
    hidden = _fresh(names.hidden, taken)
    weak = _fresh(names.weak, taken)
    return Names(names.preferred, tuple(sorted(other)), hidden, weak)


def _fresh(candidates: Iterable[str], taken: set[str]) -> tuple[str, ...]:
    fresh = []
    for name in sorted(set(candidates)):
        if name.casefold() not in taken:
            taken.add(name.casefold())
            fresh.append(name)
    return tuple(fresh)


def add_names(graph: Graph, iri: URIRef, names: Names, *kinds: URIRef) -> None:
    """Add to ``graph`` that ``iri`` is of the classes ``kinds`` and is called ``names``, in English."""
    for kind in kinds:
        graph.add((iri, RDF.type, kind))
    graph.add((iri, SKOS.prefLabel, Literal(names.preferred, lang="en")))
    for predicate, listed in (
        (SKOS.altLabel, names.other),
        (SKOS.hiddenLabel, names.hidden),
        (GT.weakCue, names.weak),
    ):
        for name in listed:
            graph.add((iri, predicate, Literal(name, lang="en")))
