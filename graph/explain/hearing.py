"""Reads the sentences of ``graph.explain.saying`` back: plain text to a tree, with nothing to go by but the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rdflib import RDF, SKOS

from graph.errors import BadQuery
from graph.explain import phrases
from graph.explain.conditions import Conditions
from graph.explain.tree import (
    Bind,
    Call,
    Column,
    Exists,
    Expr,
    Filter,
    Group,
    Iri,
    Lit,
    Path,
    Pattern,
    Query,
    Term,
    Triple,
    Union,
    Values,
    Var,
    tidy,
)

LONGEST = 40_000
"""Characters of a sentence that is read."""
_BULLET = re.compile(r"( *)- ")
_FORMS = {
    "List": "SELECT",
    "Tell whether": "ASK",
    "Describe": "DESCRIBE",
    "Make the statements": "CONSTRUCT",
}
_AFTER_COLUMNS = (", each row once", ", repeats left out", ", with at hand", ", from the graph", ", where")
_MARKERS = {"*": "by any number of steps or none", "+": "by one or more steps", "?": "by one step or none"}
_BEGIN_TERMS = frozenset({"the", "a", "an", "true", "false", "something"})
_REIFIED = (RDF.subject, RDF.predicate, RDF.object)
_GROUPS = {
    "all of these": "",
    "where known": "optional",
    "leaving out cases where": "minus",
}


def hear(text: str, names: phrases.Names) -> Query:
    """Return the tree of the query that a sentence says.

    ``names`` are those of the things that it may speak of.
    Raises: BadQuery with the words at which reading ended.
    """
    if len(text) > LONGEST:
        raise BadQuery(f"a sentence is read up to {LONGEST:,} characters")
    try:
        return _Hearer(_flat(text), names).whole()
    except RecursionError as error:
        raise BadQuery("the sentence is not understood: its clauses lie too deep in one another") from error


def _flat(text: str) -> str:
    """Return a text with its indented lines in brackets."""
    lines: list[tuple[int, str]] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        found = _BULLET.match(line)
        lines.append((len(found[1]) // 2 + 1, line[found.end() :]) if found else (0, line.strip()))
    parts: list[str] = []
    for (depth, line), (below, _) in pairwise([*lines, (0, "")]):
        parts.append(line)
        if below > depth:
            parts.append(" (" * (below - depth))
        else:
            parts.append(" )" * (depth - below) + (" ; " if below else " "))
    return "".join(parts)


class _Hearer(Conditions):
    """Reads a sentence from its words, from left to right."""

    def whole(self) -> Query:
        query = self.query(top=True)
        if not self.ended():
            raise self.error("nothing can follow the end of the sentence")
        return query

    def query(self, *, top: bool = False) -> Query:
        form = next((f for w, f in _FORMS.items() if self.phrase(w)), None)
        if form is None:
            raise self.error("a sentence begins with List, Tell whether, Describe or Make the statements")
        columns: tuple[Column, ...] | None = ()
        template: tuple[Triple, ...] = ()
        where, once = None, ""
        dataset: list[tuple[bool, Iri]] = []
        if form == "CONSTRUCT":
            self.expect(":")
            template = tuple(p for p in self.block(top=False) if isinstance(p, Triple))
            self._apart()
        elif form != "ASK":
            columns = self._columns()
            once = "DISTINCT" if self.phrase(", each row once") else ""
            once = once or ("REDUCED" if self.phrase(", repeats left out or not") else "")
        while (named := self.phrase(", with at hand the graph")) or self.phrase(", from the graph"):
            graph = self.term()
            if not isinstance(graph, Iri):
                raise self.error("a graph has an address")
            dataset.append((named, graph))
        if form == "ASK" or self.phrase(", where") or self.phrase("where"):
            self.expect(":")
            where = Group(tidy(tuple(self.block(top=top))))
        return self._tail(Query(form, columns, once, template, tuple(dataset), where))

    def _apart(self) -> bool:
        return self.accept(";") or self.accept(".")

    def _tail(self, query: Query) -> Query:
        group_by: tuple[Column, ...] = ()
        order_by: tuple[Column, ...] = ()
        having: list[Expr] = []
        limit = offset = None
        values = None
        while self._apart() or not self.ended():
            if self.phrase("Grouped by"):
                group_by = self._keys()
            elif self.phrase("Only groups where"):
                having.append(self.expression())
            elif self.phrase("Ordered by"):
                order_by = self._keys()
            elif self.phrase("At most"):
                limit = self.number()
            elif self.phrase("Without the first"):
                offset = self.number()
            elif self.phrase("Finally take"):
                values = self._values()
            else:
                break
            self.phrase("rows")
        return Query(
            query.form,
            query.columns,
            query.once,
            query.template,
            query.dataset,
            query.where,
            group_by,
            tuple(having),
            order_by,
            limit,
            offset,
            values,
        )

    def _columns(self) -> tuple[Column, ...] | None:
        if self.phrase("everything named"):
            return None
        columns = [self._key()]
        while True:
            last = columns[-1].value
            if isinstance(last, Var) and self.phrase("with its name"):
                columns.append(Column(Var(f"{last.name}Label")))
            elif self.text == "," and not any(map(self.at_phrase, _AFTER_COLUMNS)):
                self.take()
                columns.append(self._key())
            else:
                return tuple(columns)

    def _keys(self) -> tuple[Column, ...]:
        keys = [self._key()]
        while self.accept(","):
            keys.append(self._key())
        return tuple(keys)

    def _key(self) -> Column:
        value = self.operand()
        name = self.variable() if self.phrase("as") else None
        return Column(value, name, self.phrase("from highest to lowest"))

    def block(self, *, top: bool = False) -> list[Pattern]:
        """Read the clauses of a group: in brackets, or one alone; at the top, up to the full stop."""
        if self.phrase("nothing more"):
            return []
        bracket = self.accept("(")
        if bracket and self.phrase("nothing more"):
            self.expect(")")
            return []
        parts = self._clause()
        while (bracket or top) and self.accept(";"):
            parts += self._clause()
        if bracket:
            self.expect(")")
        return parts

    def group(self) -> Group:
        """Read a group that stands in brackets within a condition."""
        return Group(tidy(tuple(self.block())))

    def _clause(self) -> list[Pattern]:
        for words, kind in _GROUPS.items():
            if self.phrase(f"{words}:"):
                return [Group(tidy(tuple(self.block())), kind)]
        if self.phrase("any of these: ("):
            return [self._cases()]
        if self.phrase("in the graph"):
            name = self.term()
            self.expect(":")
            return [Group(tidy(tuple(self.block())), "graph", name)]
        if self.phrase("the answers to: ("):
            query = self.query()
            self.expect(")")
            return [Group((query,))]
        for words, negated in (("with a case where:", False), ("without a case where:", True)):
            if self.phrase(words):
                return [Filter(Exists(Group(tidy(tuple(self.block()))), negated))]
        if self.phrase("only where"):
            return [Filter(self.expression())]
        if self.phrase("if"):
            return [self._if_set()]
        if self.phrase("let"):
            name = self.variable()
            self.expect("be")
            return [Bind(self.expression(), name)]
        return self._stating()

    def _cases(self) -> Union:
        groups = []
        while True:
            self.expect("case")
            self.expect(":")
            groups.append(Group(tidy(tuple(self.block()))))
            if not self.accept(";"):
                break
        self.expect(")")
        return Union(tuple(groups))

    def _if_set(self) -> Filter:
        chosen = self.variable()
        if not self.phrase("is set, only where"):
            raise self.error("say what holds if it is set")
        rest = self.expression()
        unset = Call("!", (Call("BOUND", (chosen,)),))
        others = rest.args if isinstance(rest, Call) and rest.name == "||" else (rest,)
        return Filter(Call("||", (unset, *others)))

    def _stating(self) -> list[Pattern]:
        if self.phrase("take the name"):
            named = []
            while self.phrase("of"):
                one = self.variable()
                named.append(Triple(one, Iri(str(SKOS.prefLabel)), Var(f"{one.name}Label")))
                self.phrase(",") if self.at_phrase(", of") else None
            return list(named)
        if self.phrase("take"):
            return [self._values()]
        if self.phrase("leave"):
            name = self.variable()
            self.expect("open")
            return [Values((name,), ((None,),))]
        return list(self._chain())

    def _values(self) -> Values:
        several = self.accept("(")
        names = [self.variable()]
        while self.accept(","):
            names.append(self.variable())
        if several:
            self.expect(")")
        if not self.phrase("to be"):
            raise self.error("say what it is taken to be")
        if self.phrase("nothing at all"):
            return Values(tuple(names), ())
        rows = [self._row(several=several)]
        while self.phrase("or"):
            rows.append(self._row(several=several))
        return Values(tuple(names), tuple(rows))

    def _row(self, *, several: bool) -> tuple[Iri | Lit | None, ...]:
        if not several:
            return (self._datum(),)
        self.expect("(")
        row = [self._datum()]
        while self.accept(","):
            row.append(self._datum())
        self.expect(")")
        return tuple(row)

    def _datum(self) -> Iri | Lit | None:
        if self.phrase("anything"):
            return None
        found = self.term()
        if isinstance(found, Var):
            raise self.error("a value is needed here")
        return found

    def _chain(self) -> list[Triple]:
        subject = self.term()
        found = self._predicate(subject)
        while self.text == "," and not self.at_phrase(", of"):
            self.take()
            self.phrase("and")
            found += self._predicate(subject)
        return found

    def _predicate(self, subject: Term) -> list[Triple]:
        if self.phrase("says that ("):
            stated = self.term()
            inner = self._predicate(stated)
            self.expect(")")
            if len(inner) != 1 or not isinstance(inner[0].verb, Iri):
                raise self.error("what it says is one statement")
            parts: Sequence[Term] = (stated, inner[0].verb, inner[0].object)
            return [Triple(subject, Iri(str(v)), o) for v, o in zip(_REIFIED, parts, strict=True)]
        if self.phrase("relates by"):
            verb = self.variable()
            self.expect("to")
            return [Triple(subject, verb, self.term())]
        known = self.relation()
        if known is None and (self.phrase("is an") or self.phrase("is a")):
            return [Triple(subject, Iri(str(RDF.type)), self._class())]
        path = known if known is not None else self._path()
        return [Triple(subject, path, self._object())]

    def _object(self) -> Term:
        noun = phrases.implied(self.last)
        if noun and self.kind == "string" and (named := self.thing(noun)) is not None:
            return named
        if noun and not (self.kind in {"string", "code", "number"} or self.text in _BEGIN_TERMS):
            return Var(phrases.variable_of(noun))
        return self.term()

    def _class(self) -> Iri:
        if self.kind == "code":
            return self.address()
        words = []
        while self.kind == "word":
            words.append(self.take())
        return Iri(phrases.class_of(" ".join(words)))

    def _path(self) -> Iri | Path:
        steps = [self._step()]
        while self.phrase("something that"):
            steps.append(self._step())
        return steps[0] if len(steps) == 1 else Path("/", tuple(steps))

    def relation(self) -> Iri | Path | None:
        """Read a path that begins with a known relation, None if there is none here."""
        return self._path() if self.at_relation() else None

    def _step(self) -> Iri | Path:
        if self.accept("("):
            inside = self._path()
            self.expect(")")
            return inside
        if self.phrase("either"):
            return self._either()
        if self.phrase("by anything but ("):
            return self._barred()
        if self.phrase("conversely"):
            return Path("^", (self._step(),))
        for sign, words in _MARKERS.items():
            if self.phrase(words):
                return Path(sign, (self._step(),))
        if self.phrase("has as") and self.kind == "code":
            return self.address()
        found = self.longest(phrases.relations())
        if found is None:
            raise self.error("a relation is needed here")
        first, *second = map(Iri, found[0].split("|"))
        if second:
            return Path("/", (first, *second))
        return Path("^", (first,)) if found[1] else first

    def _either(self) -> Path:
        parts = [self._bracketed()]
        while self.phrase("or"):
            parts.append(self._bracketed())
        return Path("|", tuple(parts))

    def _barred(self) -> Path:
        barred = [self._step()]
        while self.accept(","):
            barred.append(self._step())
        if not self.phrase(") leads to"):
            raise self.error("say where it leads")
        return Path("!", tuple(barred))

    def _bracketed(self) -> Iri | Path:
        self.expect("(")
        inside = self._path()
        self.expect(")")
        return inside
