"""The words of explaining sentences: relations, functions, operators, classes, names of things and of variables.

Each table is read in both directions, so a phrase stands for one thing only.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache

from graph import queries
from graph.namespaces import BASE, GT, PREFIXES, at_home
from graph.stores.base import Store
from graph.vocabulary import FOLDER

INFIX = {
    "||": "or",
    "&&": "and",
    "=": "is",
    "!=": "is not",
    "<": "is less than",
    ">": "is more than",
    "<=": "is at most",
    ">=": "is at least",
    "+": "plus",
    "-": "minus",
    "*": "times",
    "/": "divided by",
    "REGEX": "matches the pattern",
    "REGEX i": "matches in any case the pattern",
    "CONTAINS": "contains",
    "STRSTARTS": "begins with",
    "STRENDS": "ends with",
    "LANGMATCHES": "is in the language range",
    "CONCAT": "followed by",
    "STRBEFORE": "before the first",
    "STRAFTER": "after the first",
    "STRDT": "taken as a value of",
}
"""Operators and functions of two that stand between what they join; the first two and CONCAT join any number."""
CHAINED = frozenset({"||", "&&", "CONCAT"})
FUNCTIONS = {
    "STR": "text",
    "LANG": "language",
    "DATATYPE": "kind of value",
    "LCASE": "lower-case form",
    "UCASE": "capital form",
    "STRLEN": "length",
    "YEAR": "year",
    "MONTH": "month",
    "DAY": "day",
    "ABS": "size without sign",
    "ROUND": "rounded value",
    "FLOOR": "value rounded down",
    "CEIL": "value rounded up",
    "COALESCE": "first known",
    "REPLACE": "replacement",
    "SUBSTR": "part",
    "IRI": "address",
    "negative": "negative",
}
"""Functions named by a noun: "the text of ..."."""
AGGREGATES = {
    "COUNT": "number",
    "SUM": "sum",
    "AVG": "average",
    "MIN": "least",
    "MAX": "greatest",
    "SAMPLE": "any one",
    "GROUP_CONCAT": "list",
}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z])")
_NOUN = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:’s name)?")
_RESERVED = frozenset({"given", "different", "values", "rows"})
_THING = re.compile(rf"{re.escape(BASE)}([a-z][a-z-]*)/[^/]+")


def noun(variable: str) -> str:
    """Return the words for a variable: "partnerType" is "the partner-type", "lpaLabel" "the lpa’s name".

    Where no words would lead back the variable stands as it is written: "the ?x_1".
    """
    if variable.startswith("_:"):
        return f"something ({variable[2:]})"
    if variable.startswith("_"):
        words = f"given {variable[1:].replace('_', '-')}"
    else:
        parts = _CAMEL.split(variable)
        owner, last = "-".join(p.lower() for p in parts[:-1]), parts[-1].lower()
        words = f"{owner}’s name" if owner and last == "label" else "-".join(p.lower() for p in parts)
    plain = words.removeprefix("given ")
    whole = _NOUN.fullmatch(plain) and plain not in _RESERVED and variable_of(words) == variable
    return f"the {words}" if whole else f"the ?{variable}"


def variable_of(words: str) -> str:
    """Return the variable for which ``noun`` gives these words, without their article."""
    if words.startswith("?"):
        return words[1:]
    if words.startswith("given "):
        return "_" + words.removeprefix("given ").replace("-", "_")
    if words.endswith("’s name"):
        return variable_of(words.removesuffix("’s name")) + "Label"
    first, *others = words.split("-")
    return first + "".join(part[:1].upper() + part[1:] for part in others)


def class_words(iri: str) -> str | None:
    """Return the words for a class of ours, "evidence item"; None where they would not lead back to it."""
    if not iri.startswith(str(GT)):
        return None
    words = " ".join(part.lower() for part in _CAMEL.split(iri.removeprefix(str(GT))))
    return words if class_of(words) == iri and re.fullmatch(r"[a-z]+(?: [a-z]+)*", words) else None


def class_of(words: str) -> str:
    """Return the address of the class that ``class_words`` gives these words."""
    return str(GT) + "".join(word.capitalize() for word in words.split(" "))


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """Return how relations are read, by address: from subject to object and, for some, from object to subject.

    The addresses of two that are read as one, the first followed by the second, have "|" between them.
    """
    path = FOLDER / "readings.toml"
    table = tomllib.loads(at_home(path.read_text(encoding="utf-8")))["readings"]
    return {"|".join(map(expanded, name.split("/"))): tuple(phrases) for name, phrases in table.items()}


def joined(first: str, second: str) -> str | None:
    """Return the phrase for two relations, one after the other; None if each has to be said."""
    return (readings().get(f"{first}|{second}") or (None,))[0]


def implied(phrase: str) -> str:
    """Return the noun that a phrase ends in and that need not be said again: "names the operation"; "" for none."""
    found = re.search(r" the ([a-z-]+)$", phrase)
    return found[1] if found else ""


@cache
def relations() -> dict[str, tuple[str, bool]]:
    """Return what each phrase means: the address of a relation, and whether it is read from object to subject."""
    return {phrase: (iri, bool(way)) for iri, both in readings().items() for way, phrase in enumerate(both)}


def expanded(name: str) -> str:
    """Return the address that a name with one of our prefixes stands for."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


class Names:
    """What things are called: by address, and back by kind and name where that is one thing."""

    def __init__(self, known: Iterable[tuple[str, str]] = ()) -> None:
        """``known`` are addresses and names."""
        self._names: dict[str, str] = {}
        self._things: dict[tuple[str, str], list[str]] = {}
        for iri, name in known:
            kind = _THING.fullmatch(iri)
            if kind and iri not in self._names:
                self._names[iri] = name
                self._things.setdefault((kind[1], name), []).append(iri)

    def said(self, iri: str) -> tuple[str, str] | None:
        """Return kind and name of a thing; None where they would not lead back to it alone."""
        kind, name = _THING.fullmatch(iri), self._names.get(iri)
        return (kind[1], name) if kind and name and self._things[kind[1], name] == [iri] else None

    def meant(self, kind: str, name: str) -> str | None:
        """Return the one thing of this kind and name, None where there is none or are several."""
        found = self._things.get((kind, name), [])
        return found[0] if len(found) == 1 else None

    def of_kind(self, iri: str) -> list[tuple[str, str]]:
        """Return address and name of all things of the kind of ``iri``, by name."""
        kind = _THING.fullmatch(iri)
        if not kind:
            return []
        return sorted(((i, n) for (k, n), of in self._things.items() if k == kind[1] for i in of), key=lambda p: p[1])


def names(store: Store) -> Names:
    """Return what the things of ``store`` are called."""
    table = store.select(queries.page("called").sparql)
    return Names((str(thing), str(name)) for thing, name in table.rows)
