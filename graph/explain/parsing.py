"""Reads SPARQL 1.1 queries into trees that remember where everything stands (https://www.w3.org/TR/sparql11-query/)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from rdflib import RDF

from graph.explain.expressions import Expressions
from graph.explain.tree import (
    Bind,
    Column,
    Expr,
    Filter,
    Group,
    Iri,
    Lit,
    Path,
    Pattern,
    Query,
    Span,
    Term,
    Triple,
    Union,
    Values,
    Var,
    tidy,
)
from graph.namespaces import PREFIXES

_STARTS_TERM = re.compile(r"[?$<\"'\[(_A-Za-z0-9+\-:]")


def parse(text: str) -> Query:
    """Return the tree of a query.

    Raises: BadQuery with line, column and, where there is a likely one, ``fix`` (the query mended) and ``hint``.
    """
    return _Parser(text).whole()


def parse_term(text: str) -> Term:
    """Return the term that ``text`` writes with our prefixes. Raises: BadQuery."""
    parser = _Parser(text)
    parser.prefixes = dict(PREFIXES)
    return parser.term()


class _Parser(Expressions):
    """Reads a query from its tokens, from left to right, looking one token ahead."""

    def whole(self) -> Query:
        self.prologue()
        query = self.asked()
        if self.kind:
            raise self.error("nothing can follow the end of the query")
        return query

    def prologue(self) -> None:
        while self.word() in {"PREFIX", "BASE"}:
            declares = self.take().upper()
            if declares == "BASE":
                self.base = urljoin(self.base, self._address())
                continue
            name = self.take()
            if not name.endswith(":"):
                raise self.error("a prefix ends in a colon")
            address = self._address()
            self.prefixes[name[:-1]] = urljoin(self.base, address) if self.base else address

    def _address(self) -> str:
        if self.kind != "iri":
            raise self.error("an address in < > is needed here")
        return self.take()[1:-1]

    def asked(self, *, inner: bool = False) -> Query:
        start = self.start
        form = self.word()
        if form not in (("SELECT",) if inner else ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")):
            raise self.error("a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE")
        self.take()
        once = self.take().upper() if form == "SELECT" and self.word() in {"DISTINCT", "REDUCED"} else ""
        columns: tuple[Column, ...] | None = ()
        template: tuple[Triple, ...] = ()
        short = False
        if form in {"SELECT", "DESCRIBE"}:
            columns = self._columns()
        elif form == "CONSTRUCT":
            short = self.text != "{"
            template = () if short else self._template()
        dataset = []
        while not inner and self.accept_word("FROM"):
            named = self.accept_word("NAMED")
            dataset.append((named, self.iri()))
        has_where = self.accept_word("WHERE")
        where = None
        if form != "DESCRIBE" or has_where or self.text == "{":
            where = self.group()
        if short and where is not None:
            template = tuple(part for part in where.parts if isinstance(part, Triple))
            if len(template) != len(where.parts):
                raise self.error("CONSTRUCT WHERE takes triples only")
        return self._modified(Query(form, columns, once, template, tuple(dataset), where), start)

    def _modified(self, query: Query, start: int) -> Query:
        group_by: list[Column] = []
        having: list[Expr] = []
        order_by: list[Column] = []
        if self.accept_word("GROUP"):
            self.expect_word("BY")
            while self.text[:1] in {"(", "?", "$"} or self.calls():
                group_by.append(self._grouping())
        if self.accept_word("HAVING"):
            while self.text == "(" or self.calls():
                having.append(self.constraint())
        if self.accept_word("ORDER"):
            self.expect_word("BY")
            while self.text[:1] in {"(", "?", "$"} or self.word() in {"ASC", "DESC"} or self.calls():
                order = self.take().upper() if self.word() in {"ASC", "DESC"} else ""
                order_by.append(Column(self.constraint(), descending=order == "DESC"))
        limit, offset, limit_at = None, None, (-1, -1)
        while self.word() in {"LIMIT", "OFFSET"}:
            which = self.take().upper()
            at = (self.start, self.end)
            if not self.text.isdigit():
                raise self.error(f"{which} takes a whole number")
            number = int(self.take())
            if which == "LIMIT":
                limit, limit_at = number, at
            else:
                offset = number
        values = self._values() if self.word() == "VALUES" else None
        return Query(
            query.form,
            query.columns,
            query.once,
            query.template,
            query.dataset,
            query.where,
            tuple(group_by),
            tuple(having),
            tuple(order_by),
            limit,
            offset,
            values,
            limit_at,
            (start, self.before),
        )

    def _columns(self) -> tuple[Column, ...] | None:
        if self.accept("*"):
            return None
        columns: list[Column] = []
        while True:
            if self.text == "(":
                columns.append(self._named())
            elif self.kind in {"var", "iri"} or (self.kind == "word" and ":" in self.text):
                columns.append(Column(self.term()))
            else:
                break
        if not columns:
            raise self.error("say what is asked for: variables, or *")
        return tuple(columns)

    def _named(self) -> Column:
        self.expect("(")
        value = self.expression()
        self.expect_word("AS")
        name = self.variable()
        self.expect(")")
        return Column(value, name)

    def _grouping(self) -> Column:
        if self.text != "(":
            return Column(self.constraint())
        self.expect("(")
        value = self.expression()
        name = self.variable() if self.accept_word("AS") else None
        self.expect(")")
        return Column(value, name)

    def _template(self) -> tuple[Triple, ...]:
        self.expect("{")
        found: list[Triple] = []
        while self.text != "}":
            found += self._triples()
            if not self.accept("."):
                break
        self.expect("}")
        return tuple(found)

    def group(self, kind: str = "", name: Term | None = None, start: int | None = None) -> Group:
        """Read a group in braces."""
        begun = self.start if start is None else start
        self.deeper(1)
        opened = self.start
        self.expect("{")
        parts: list[Pattern] = []
        if self.word() == "SELECT":
            parts.append(self.asked(inner=True))
        while self.text != "}":
            if not self.kind:
                raise self.error("this brace is never closed", at=opened, close="}")
            self._part(parts)
        self.expect("}")
        self.deeper(-1)
        return Group(tidy(tuple(parts)), kind, name, (begun, self.before))

    def _part(self, parts: list[Pattern]) -> None:
        start, word = self.start, self.word()
        if word == "OPTIONAL":
            self.take()
            parts.append(self.group("optional", start=start))
        elif word == "MINUS":
            self.take()
            parts.append(self.group("minus", start=start))
        elif word == "GRAPH":
            self.take()
            name = self.term()
            parts.append(self.group("graph", name, start))
        elif word == "FILTER":
            self.take()
            parts.append(Filter(self.constraint(), (start, self.before)))
        elif word == "BIND":
            self.take()
            column = self._named()
            parts.append(Bind(column.value, column.name or Var(""), (start, self.before)))
        elif word == "VALUES":
            parts.append(self._values())
        elif word == "SERVICE":
            raise self.error("reads from other addresses are refused")
        elif self.text == "{":
            parts.append(self._alternatives(start))
        else:
            parts += self._triples()
            if self.text not in {".", "}"} and self._begins_triples():
                raise self.error("a full stop or semicolon is missing before this", insert=". ")
        self.accept(".")

    def _begins_triples(self) -> bool:
        return self.kind in {"var", "iri"} or (self.kind == "word" and ":" in self.text)

    def _alternatives(self, start: int) -> Pattern:
        groups = [self.group()]
        while self.accept_word("UNION"):
            groups.append(self.group())
        only = groups[0]
        return only if len(groups) == 1 else Union(tuple(groups), (start, self.before))

    def _values(self) -> Values:
        start = self.start
        self.expect_word("VALUES")
        several = self.accept("(")
        names = []
        while self.kind == "var":
            names.append(self.variable())
            if not several:
                break
        if several:
            self.expect(")")
        self.expect("{")
        rows: list[tuple[Iri | Lit | None, ...]] = []
        while self.text != "}":
            if several:
                self.expect("(")
                row = []
                while self.text != ")":
                    row.append(self._datum())
                self.expect(")")
                rows.append(tuple(row))
            else:
                rows.append((self._datum(),))
        self.expect("}")
        return Values(tuple(names), tuple(rows), (start, self.before))

    def _datum(self) -> Iri | Lit | None:
        if self.accept_word("UNDEF"):
            return None
        found = self.term()
        if isinstance(found, Var):
            raise self.error("a data block holds values, no variables")
        return found

    def _triples(self) -> list[Triple]:
        return list(self._subject())

    def _subject(self) -> Iterator[Triple]:
        start = self.start
        found: list[Triple] = []
        bracket = self.text in {"[", "("}
        subject = self._node(found)
        yield from found
        if bracket and found and self.text in {".", "}"}:
            return
        yield from self._properties(subject, start)

    def _properties(self, subject: Term, start: int, end: str = "") -> Iterator[Triple]:
        while True:
            begun = self.start
            verb = self._verb()
            while True:
                nested: list[Triple] = []
                value = self._node(nested)
                yield Triple(subject, verb, value, (start if start >= 0 else begun, self.before))
                yield from nested
                start = begun
                if not self.accept(","):
                    break
            if not self.accept(";"):
                return
            while self.accept(";"):
                pass
            if self.text in {".", "}", "]", end} or not self.kind:
                return
            start = -1

    def _node(self, found: list[Triple]) -> Term:
        """Read a term, or a bracket that stands for a blank node; its triples are added to ``found``."""
        start = self.start
        if self.text == "[":
            self.take()
            self.deeper(1)
            blank = self.blank()
            if self.text != "]":
                found += self._properties(blank, start, "]")
            self.expect("]")
            self.deeper(-1)
            return blank
        if self.text == "(":
            return self._list(found)
        if not self.kind or not _STARTS_TERM.match(self.text):
            raise self.error("a variable, an address or a value is needed here")
        return self.term()

    def _list(self, found: list[Triple]) -> Term:
        start = self.start
        self.expect("(")
        self.deeper(1)
        first: Term = Iri(str(RDF.nil))
        last: Var | None = None
        while self.text != ")":
            cell = self.blank()
            nested: list[Triple] = []
            value = self._node(nested)
            at: Span = (start, self.before)
            if last is None:
                first = cell
            else:
                found.append(Triple(last, Iri(str(RDF.rest)), cell, at))
            found += [Triple(cell, Iri(str(RDF.first)), value, at), *nested]
            last = cell
        self.expect(")")
        self.deeper(-1)
        if last is not None:
            found.append(Triple(last, Iri(str(RDF.rest)), Iri(str(RDF.nil)), (start, self.before)))
        return first

    def _verb(self) -> Iri | Var | Path:
        if self.kind == "var":
            return self.variable()
        return self._path()

    def _path(self) -> Iri | Path:
        return self._many("|", self._sequence)

    def _sequence(self) -> Iri | Path:
        return self._many("/", self._step)

    def _many(self, sign: str, part: object) -> Iri | Path:
        read = self._sequence if part == self._sequence else self._step
        parts = [read()]
        while self.accept(sign):
            parts.append(read())
        return parts[0] if len(parts) == 1 else Path(sign, tuple(parts))

    def _step(self) -> Iri | Path:
        inverse = self.accept("^")
        step = self._primary()
        if self.text in {"*", "+", "?"}:
            step = Path(self.take(), (step,))
        return Path("^", (step,)) if inverse else step

    def _primary(self) -> Iri | Path:
        if self.accept("("):
            self.deeper(1)
            inside = self._path()
            self.expect(")")
            self.deeper(-1)
            return inside
        if self.accept("!"):
            if self.accept("("):
                parts = [self._not()]
                while self.accept("|"):
                    parts.append(self._not())
                self.expect(")")
                return Path("!", tuple(parts))
            return Path("!", (self._not(),))
        return self._property()

    def _not(self) -> Iri | Path:
        return Path("^", (self._property(),)) if self.accept("^") else self._property()

    def _property(self) -> Iri:
        if self.text == "a":
            at = (self.start, self.end)
            self.take()
            return Iri(str(RDF.type), at)
        return self.iri()
