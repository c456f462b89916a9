"""Reads the terms and expressions of a query, by the precedence of SPARQL's operators."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from rdflib import XSD

from graph.explain.tokens import Tokens
from graph.explain.tree import Call, Exists, Expr, Iri, Lit, Term, Var
from graph.namespaces import PREFIXES
from graph.spelling import nearest

if TYPE_CHECKING:
    from graph.explain.tree import Group

_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_MODIFIERS = frozenset({"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})
"""Keywords that can follow a grouping, and may stand before a bracket as a function does."""
_LEVELS = (("||",), ("&&",), ("=", "!=", "<", ">", "<=", ">="), ("+", "-"), ("*", "/"))
_COMPARING = 2
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_SIGNS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LOCAL = re.compile(r"\\(.)")


class Expressions(Tokens, ABC):
    """A reader that knows terms and expressions."""

    def __init__(self, query: str) -> None:
        """Stand at the first token of ``query``, without any prefix."""
        super().__init__(query)
        self.prefixes: dict[str, str] = {}
        self.base = ""
        self._blanks = 0

    @abstractmethod
    def group(self) -> Group:
        """Read a group in braces: of ``parsing``."""

    def blank(self) -> Var:
        """Return a blank node that has not been met."""
        self._blanks += 1
        return Var(f"_:b{self._blanks}")

    def variable(self) -> Var:
        """Read a variable."""
        if self.kind != "var":
            raise self.error("a variable is needed here")
        return Var(self.take()[1:])

    def iri(self) -> Iri:
        """Read an address, in full or with a prefix."""
        at = (self.start, self.end)
        if self.kind == "iri":
            written = _unescaped(self.take()[1:-1])
            return Iri(urljoin(self.base, written) if self.base else written, at)
        if self.kind != "word" or ":" not in self.text:
            raise self.error("an address, or a name with a prefix, is needed here")
        prefix, _, local = self.text.partition(":")
        if prefix not in self.prefixes:
            raise self._unknown_prefix(prefix)
        self.take()
        return Iri(self.prefixes[prefix] + _LOCAL.sub(r"\1", local), at)

    def _unknown_prefix(self, prefix: str) -> Exception:
        error = self.error(f"the prefix {prefix}: is not declared")
        if prefix in PREFIXES:
            line = f"PREFIX {prefix}: <{PREFIXES[prefix]}>"
            error.fields.update(hint=f"add PREFIX {prefix}: with its address", fix=f"{line}\n{self.query}")
        elif near := nearest(prefix, [*self.prefixes, *PREFIXES], 1):
            mended = f"{self.query[: self.start]}{near[0]}{self.query[self.start + len(prefix) :]}"
            error.fields.update(hint=f"did you mean {near[0]}:?", fix=mended)
        return error

    def term(self) -> Term:
        """Read a variable, an address, a literal or the name of a blank node."""
        start = self.start
        if self.kind == "var":
            return self.variable()
        if self.text.startswith("_:"):
            return Var(f"_:{self.take()[2:]}")
        if self.kind == "string":
            return self._string(start)
        if self.word() in {"TRUE", "FALSE"}:
            return Lit(self.take().lower(), "", str(XSD.boolean), bare=True, at=(start, self.before))
        if self.kind == "number" or self.text in {"+", "-", "."}:
            return self._number(start)
        if self.kind == "open":
            raise self.error("this string is not closed")
        return self.iri()

    def _string(self, start: int) -> Lit:
        token = self.take()
        quotes = 3 if len(token) >= 6 and token[:3] in {'"""', "'''"} else 1
        text = _unescaped(token[quotes:-quotes])
        if self.kind == "tag":
            language = self.take()[1:]
            return Lit(text, language, at=(start, self.before))
        if self.accept("^^"):
            return Lit(text, "", self.iri().value, at=(start, self.before))
        return Lit(text, at=(start, self.before))

    def _number(self, start: int) -> Lit:
        if self.text in {"+", "-"}:
            self.take()
        if self.text == ".":
            self.take()
        if self.kind != "number":
            raise self.error("a number is needed here")
        self.take()
        text = self.query[start : self.before]
        kind = XSD.double if "e" in text.lower() else XSD.decimal if "." in text else XSD.integer
        return Lit(text, "", str(kind), bare=True, at=(start, self.before))

    def calls(self) -> bool:
        """Return whether a function is called here."""
        if self.word() in _MODIFIERS:
            return False
        return self.kind in {"word", "iri"} and (self.peek() == "(" or self.word() in {"EXISTS", "NOT"})

    def constraint(self) -> Expr:
        """Read an expression in brackets, a call, or a variable."""
        return self._atom()

    def expression(self) -> Expr:
        """Read an expression."""
        self.deeper(1)
        found = self._level(0)
        self.deeper(-1)
        return found

    def _level(self, level: int) -> Expr:
        if level == len(_LEVELS):
            return self._unary()
        left = self._level(level + 1)
        if level == _COMPARING:
            return self._compared(left)
        while self.text in _LEVELS[level]:
            sign = self.take()
            right = self._level(level + 1)
            # "Or" and "and" of several are one, however they are bracketed.
            sides = [_sides(sign, one) if sign in {"||", "&&"} else (one,) for one in (left, right)]
            left = Call(sign, (*sides[0], *sides[1]))
        return left

    def _compared(self, left: Expr) -> Expr:
        if self.text in _LEVELS[_COMPARING]:
            sign = self.take()
            return Call(sign, (left, self._level(_COMPARING + 1)))
        negated = self.word() == "NOT" and self.peek().upper() == "IN"
        if negated:
            self.take()
        if negated or self.word() == "IN":
            self.take()
            return Call("NOT IN" if negated else "IN", (left, *self._arguments()))
        return left

    def _unary(self) -> Expr:
        if self.text == "!":
            self.take()
            self.deeper(1)
            inside = self._unary()
            self.deeper(-1)
            return Call("!", (inside,))
        if self.text == "-" and not self.peek()[:1].isdigit():
            self.take()
            self.deeper(1)
            inside = self._unary()
            self.deeper(-1)
            return Call("negative", (inside,))
        return self._atom()

    def _atom(self) -> Expr:
        if self.text == "(":
            opened = self.start
            self.take()
            inside = self.expression()
            if not self.kind:
                raise self.error("this bracket is never closed", at=opened, close=")")
            self.expect(")")
            return inside
        word = self.word()
        if word == "EXISTS":
            self.take()
            return Exists(self.group(), negated=False)
        if word == "NOT":
            self.take()
            self.expect_word("EXISTS")
            return Exists(self.group(), negated=True)
        if self.peek() == "(" and self.kind == "word" and word:
            self.take()
            return self._aggregate(word) if word in _AGGREGATES else Call(word, self._arguments())
        found = self.term()
        if isinstance(found, Iri) and self.text == "(":
            return Call(Iri(found.value), self._arguments())
        return found

    def _aggregate(self, name: str) -> Call:
        self.expect("(")
        distinct = self.accept_word("DISTINCT")
        args = () if self.accept("*") else (self.expression(),)
        separator = None
        if self.accept(";"):
            self.expect_word("SEPARATOR")
            self.expect("=")
            separator = self._string(self.start).text
        self.expect(")")
        return Call(name, args, distinct, separator)

    def _arguments(self) -> tuple[Expr, ...]:
        self.expect("(")
        args: list[Expr] = []
        if not self.accept(")"):
            args.append(self.expression())
            while self.accept(","):
                args.append(self.expression())
            self.expect(")")
        return tuple(args)


def _sides(sign: str, one: Expr) -> tuple[Expr, ...]:
    return one.args if isinstance(one, Call) and one.name == sign else (one,)


def _unescaped(text: str) -> str:
    def sign(found: re.Match[str]) -> str:
        escape = found[1]
        return chr(int(escape[1:], 16)) if escape[0] in "uU" and len(escape) > 1 else _SIGNS.get(escape, escape)

    return _ESCAPE.sub(sign, text)
