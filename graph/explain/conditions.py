"""Reads the words for terms and conditions in an explaining sentence."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeVar

from rdflib import XSD

from graph.errors import BadQuery
from graph.explain import phrases
from graph.explain.parsing import parse_term
from graph.explain.tree import Call, Exists, Expr, Group, Iri, Lit, Term, Var

T = TypeVar("T")
_TOKEN = re.compile(
    r"(?P<string>“(?:[^”\\]|\\.)*”)|(?P<code>‹[^›]*›)"
    r"|(?P<number>[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w-]))|(?P<word>\??\w[\w’-]*|\?\w+)|(?P<sign>\S)"
)
_ESCAPE = re.compile(r"\\(.)")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}
_SPECIAL = {"is known": "BOUND", "is unknown": "unknown", "is one of": "IN", "is none of": "NOT IN"}
_DEEPEST = 200


@cache
def _words(phrase: str) -> tuple[str, ...]:
    return tuple(found[0].casefold() for found in _TOKEN.finditer(phrase))


class Conditions(ABC):
    """A reader of words that knows terms and conditions."""

    def __init__(self, text: str, names: phrases.Names) -> None:
        """Stand at the first word of ``text``."""
        self._tokens = [(str(m.lastgroup), m[0]) for m in _TOKEN.finditer(text)]
        self._folded = [t.casefold() for _, t in self._tokens]
        self._at = 0
        self._depth = 0
        self.names = names
        self.last = ""
        """The phrase that ``longest`` met last."""

    @property
    def text(self) -> str:
        """The word at hand, "" after the last."""
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    @property
    def kind(self) -> str:
        """What the word at hand is: "string", "code", "number", "word" or "sign"."""
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def ended(self) -> bool:
        """Return whether all words are read."""
        return self._at >= len(self._tokens)

    def take(self) -> str:
        """Return the word at hand and go on."""
        text = self.text
        self._at += 1
        return text

    def at_phrase(self, phrase: str) -> bool:
        """Return whether ``phrase`` stands here."""
        words = _words(phrase)
        return tuple(self._folded[self._at : self._at + len(words)]) == words

    def phrase(self, phrase: str) -> bool:
        """Go on if ``phrase`` stands here; return whether it did."""
        if not self.at_phrase(phrase):
            return False
        self._at += len(_words(phrase))
        return True

    accept = phrase

    def expect(self, phrase: str) -> None:
        """Go on from ``phrase``. Raises: BadQuery if it does not stand here."""
        if not self.phrase(phrase):
            raise self.error(f"{phrase!r} is needed here")

    def longest(self, known: Mapping[str, T]) -> T | None:
        """Go on from the longest known phrase that stands here and return what it means; None if there is none."""
        first = self._folded[self._at] if not self.ended() else ""
        fits = [p for p in _by_first(tuple(known)).get(first, ()) if self.at_phrase(p)]
        if not fits:
            return None
        best = max(fits, key=lambda p: len(_words(p)))
        self.phrase(best)
        self.last = best
        return known[best]

    def at_relation(self) -> bool:
        """Return whether a known relation stands here."""
        before = self._at
        found = self.longest(phrases.relations())
        self._at = before
        return found is not None

    def error(self, reason: str) -> BadQuery:
        """Return the error for the word at hand."""
        rest = " ".join(text for _, text in self._tokens[self._at : self._at + 8])
        return BadQuery(f"the sentence is not understood {f'at {rest!r}' if rest else 'at its end'}: {reason}")

    @abstractmethod
    def group(self) -> Group:
        """Read clauses in brackets: of ``hearing``."""

    def number(self) -> int:
        """Read a whole number."""
        if not self.text.isdigit():
            raise self.error("a whole number is needed here")
        return int(self.take())

    def variable(self) -> Var:
        """Read the words for a variable."""
        found = self.term()
        if not isinstance(found, Var):
            raise self.error("a variable is needed before this")
        return found

    def address(self) -> Iri:
        """Read an address between the marks for code."""
        found = parse_term(self.take()[1:-1])
        if not isinstance(found, Iri):
            raise self.error("an address is needed before this")
        return found

    def term(self) -> Term:
        """Read a variable or a value."""
        if self.kind == "string":
            return self._literal()
        if self.kind == "code":
            return self.address()
        if self.kind == "number":
            text = self.take()
            kind = XSD.double if "e" in text.lower() else XSD.decimal if "." in text else XSD.integer
            return Lit(text, "", str(kind), bare=True)
        if self.text in {"true", "false"}:
            return Lit(self.take(), "", str(XSD.boolean), bare=True)
        if self.phrase("something ("):
            name = self.take()
            self.expect(")")
            return Var(f"_:{name}")
        if self.text.casefold() not in {"the", "a", "an"}:
            raise self.error("a thing, a value or a variable is needed here")
        self.take()
        return self._noun()

    def _noun(self) -> Term:
        words = self.take()
        if words == "given" and self.kind == "word":
            words = f"given {self.take()}"
        elif words.endswith("’s"):
            words = f"{words} {self.take()}"
        if self.kind != "string":
            return Var(phrases.variable_of(words))
        name = _unquoted(self.text)
        if (found := self.thing(words)) is None:
            raise self.error(f"no {words} is called {name!r}, or several are")
        return found

    def thing(self, kind: str) -> Iri | None:
        """Read the quoted name of a thing of this kind; None, and nothing read, if it is not the name of one."""
        found = self.names.meant(kind, _unquoted(self.text))
        if found is None:
            return None
        self.take()
        return Iri(found)

    def _literal(self) -> Lit:
        text = _unquoted(self.take())
        if self.phrase("in the language"):
            return Lit(text, self.take())
        if self._typed():
            return Lit(text, "", self.address().value)
        return Lit(text)

    def _typed(self) -> bool:
        before = self._at
        if self.phrase("taken as") and self.kind == "code":
            return True
        self._at = before
        return False

    def operand(self) -> Expr:
        """Read a part of a condition: in brackets, or one that needs none."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self.error("brackets stand too deep in one another here")
        found = self._operand()
        self._depth -= 1
        return found

    def _operand(self) -> Expr:
        if self.accept("("):
            inside = self.expression()
            self.expect(")")
            return inside
        for words, negated in (("it holds that", False), ("it does not hold that", True)):
            if self.phrase(words):
                return Exists(self.group(), negated)
        if self.phrase("it is untrue that"):
            return Call("!", (self.operand(),))
        if self.phrase("if"):
            chosen = self.operand()
            self.expect("then")
            one = self.operand()
            self.expect("else")
            return Call("IF", (chosen, one, self.operand()))
        found = self.longest(_NOUNS)
        if found is not None:
            return self._aggregate(found) if found in phrases.AGGREGATES else Call(found, self._arguments())
        if self.at_phrase("the") and self._tokens[self._at + 1 : self._at + 2] and self._called():
            self.take()
            name = self.take()
            self.expect("of")
            function = parse_term(name[1:-1]) if ":" in name else None
            return Call(function if isinstance(function, Iri) else name[1:-1], self._arguments())
        return self.term()

    def _called(self) -> bool:
        return self._tokens[self._at + 1][0] == "code"

    def _aggregate(self, name: str) -> Call:
        distinct = self.phrase("different")
        if self.phrase("rows"):
            return Call(name, (), distinct)
        self.phrase("values of")
        value = self.operand()
        separator = _unquoted(self.take()) if self.phrase("joined by") else None
        return Call(name, (value,), distinct, separator)

    def _arguments(self) -> tuple[Expr, ...]:
        if not self.accept("("):
            return (self.operand(),)
        args: list[Expr] = []
        if not self.accept(")"):
            args.append(self.expression())
            while self.accept(","):
                args.append(self.expression())
            self.expect(")")
        return tuple(args)

    def expression(self) -> Expr:
        """Read a condition."""
        left = self.operand()
        special = self.longest(_SPECIAL)
        if special in {"IN", "NOT IN"}:
            return Call(special, (left, *self._arguments()))
        if special:
            known = Call("BOUND", (left,))
            return known if special == "BOUND" else Call("!", (known,))
        name = self.longest(_INFIX)
        if name is None:
            return left
        args = [left, self.operand()]
        while name in phrases.CHAINED and self.phrase(phrases.INFIX[name]):
            args.append(self.operand())
        return Call("REGEX", (*args, Lit("i"))) if name == "REGEX i" else Call(name, tuple(args))


_INFIX = {words: name for name, words in phrases.INFIX.items()}
_NOUNS = {f"the {words} of": name for name, words in (*phrases.FUNCTIONS.items(), *phrases.AGGREGATES.items())}


@cache
def _by_first(known: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase in known:
        found.setdefault(_words(phrase)[0], []).append(phrase)
    return found


def _unquoted(text: str) -> str:
    return _ESCAPE.sub(lambda m: _SIGNS.get(m[1], m[1]), text[1:-1])
