"""Says a query in English that can be read back (``graph.explain.hearing``): clauses, and in them the slots.

A clause with others inside it has them on lines below it, indented; on one line they would stand in brackets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from rdflib import RDF, SKOS, XSD

from graph.explain import phrases, printing
from graph.explain.tree import (
    NOWHERE,
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
    Span,
    Term,
    Triple,
    Union,
    Values,
    Var,
)

OPEN, SHUT = "\ue000", "\ue001"
"""What stands around a slot while a sentence is made."""
_TYPE = str(RDF.type)
_MARKERS = {"*": "by any number of steps or none", "+": "by one or more steps", "?": "by one step or none"}
_REIFIED = tuple(map(str, (RDF.subject, RDF.predicate, RDF.object)))
_KINDS = {"": "all of these", "optional": "where known", "minus": "leaving out cases where"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, the clauses inside it, and where what it says stands in the query."""

    text: str
    inside: tuple[Clause, ...] = ()
    at: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Slot:
    """A value in a sentence, and where it stands in the query."""

    text: str
    at: Span
    value: Term | int


@dataclass
class Sayer:
    """Says queries with the names of things; ``plain`` writes variables as the query does."""

    names: phrases.Names
    plain: bool = False
    slots: list[Slot] = field(default_factory=list)

    def query(self, query: Query) -> list[Clause]:
        """Return the clauses that say ``query``: what is asked for and where, then grouping, order and number."""
        head = self._head(query)
        inside: tuple[Clause, ...] = ()
        if query.form == "CONSTRUCT":
            made = self._block("Make the statements", self._parts(query.template), NOWHERE)
            return [made, self._block("where", self._parts(_parts_of(query)), query.at), *self._tail(query)]
        if query.where is not None:
            inside = tuple(self._parts(query.where.parts))
            head = f"{head}, where" if query.form != "ASK" else head
            return [self._block(head, inside, query.at), *self._tail(query)]
        return [Clause(head, at=query.at), *self._tail(query)]

    def _head(self, query: Query) -> str:
        if query.form == "ASK":
            head = "Tell whether"
        else:
            verb = "List" if query.form == "SELECT" else "Describe"
            once = {"DISTINCT": ", each row once", "REDUCED": ", repeats left out or not"}.get(query.once, "")
            head = f"{verb} {self._columns(query.columns)}{once}"
        for named, graph in query.dataset:
            head += f", {'with at hand' if named else 'from'} the graph {self.term(graph)}"
        return head

    def _columns(self, columns: Sequence[Column] | None) -> str:
        if columns is None:
            return "everything named"
        said: list[str] = []
        before = ""
        for column in columns:
            own = column.value.name if isinstance(column.value, Var) and column.name is None else ""
            if before and own == f"{before}Label" and not self.plain:
                said[-1] += " with its name"
            else:
                said.append(self._keyed(column))
            before = own
        return ", ".join(said)

    def _keyed(self, column: Column) -> str:
        text = self._operand(column.value)
        if column.name:
            text += f" as {self.term(column.name)}"
        return f"{text} from highest to lowest" if column.descending else text

    def _tail(self, query: Query) -> Iterator[Clause]:
        if query.group_by:
            yield Clause(f"Grouped by {', '.join(map(self._keyed, query.group_by))}")
        for condition in query.having:
            yield Clause(f"Only groups where {self.expression(condition)}")
        if query.order_by:
            yield Clause(f"Ordered by {', '.join(map(self._keyed, query.order_by))}")
        if query.limit is not None:
            yield Clause(f"At most {self._slot(str(query.limit), query.limit_at, query.limit)} rows")
        if query.offset is not None:
            yield Clause(f"Without the first {query.offset} rows")
        if query.values is not None:
            yield Clause(f"Finally {self._values(query.values)}")

    def _block(self, head: str, inside: Sequence[Clause], at: Span) -> Clause:
        if not inside:
            return Clause(f"{head}: nothing more", at=at)
        if len(inside) == 1 and not inside[0].inside:
            return Clause(f"{head}: {inside[0].text}", at=at)
        return Clause(f"{head}:", tuple(inside), at)

    def _parts(self, parts: Sequence[Pattern]) -> list[Clause]:
        said: list[Clause] = []
        for subject, run in groupby(parts, key=lambda p: p.subject if isinstance(p, Triple) else None):
            if subject is None:
                said += map(self.pattern, run)
            else:
                said.append(self._chain(subject, [t for t in run if isinstance(t, Triple)]))
        return list(self._named(said))

    def _named(self, said: Sequence[Clause]) -> Iterator[Clause]:
        """Put clauses that only take names, one after another, together."""
        for taking, run in groupby(said, key=lambda c: c.text.startswith("take the name of ") and not c.inside):
            clauses = list(run)
            if taking:
                text = ", ".join([clauses[0].text, *(c.text.removeprefix("take the name ") for c in clauses[1:])])
                yield Clause(text, at=_around(clauses))
            else:
                yield from clauses

    def _chain(self, subject: Term, triples: Sequence[Triple]) -> Clause:
        at = (triples[0].at[0], triples[-1].at[1])
        first = triples[0]
        own = subject.name if isinstance(subject, Var) else ""
        naming = Triple(subject, Iri(str(SKOS.prefLabel)), Var(f"{own}Label"))
        if len(triples) == 1 and own and not self.plain and first == naming:
            return Clause(f"take the name of {self.term(subject)}", at=at)
        said: list[str] = []
        index = 0
        while index < len(triples):
            three = triples[index : index + 3]
            relation = three[1].object if len(three) == 3 else None
            if isinstance(relation, Iri) and tuple(_address(t.verb) for t in three) == _REIFIED:
                stated = Triple(three[0].object, relation, three[2].object)
                said.append(f"says that ({self.term(stated.subject)} {self._predicate(stated)})")
                index += 3
            else:
                said.append(self._predicate(triples[index]))
                index += 1
        text = ", and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else said[0]
        return Clause(f"{self.term(subject)} {text}", at=at)

    def _predicate(self, triple: Triple) -> str:
        verb = triple.verb
        if isinstance(verb, Var):
            return f"relates by {self.term(verb)} to {self.term(triple.object)}"
        if _address(verb) == _TYPE and isinstance(triple.object, Iri):
            words = phrases.class_words(triple.object.value) or _code(printing.term(triple.object))
            return f"is {'an' if words[0] in 'aeiou' else 'a'} {words}"
        said = self._path(verb)
        noun, thing = phrases.implied(said), self.term(triple.object)
        if noun and thing == f"the {noun}":
            return said
        # "is of the quarter" is followed by its name alone.
        return f"{said} {thing.removeprefix(f'the {noun} ') if noun and self._is_thing(triple.object) else thing}"

    def _is_thing(self, term: Term) -> bool:
        return isinstance(term, Iri) and self.names.said(term.value) is not None

    def _path(self, path: Iri | Path) -> str:
        if isinstance(path, Iri):
            known = phrases.readings().get(path.value)
            return known[0] if known else f"has as {_code(printing.term(path))}"
        if path.op == "/":
            both = phrases.joined(*map(_address, path.parts)) if len(path.parts) == 2 else None
            if both:
                return both
            return " something that ".join(map(self._step, path.parts))
        if path.op == "|":
            return "either " + " or ".join(f"({self._path(p)})" for p in path.parts)
        if path.op == "!":
            return f"by anything but ({', '.join(map(self._step, path.parts))}) leads to"
        if path.op == "^":
            back = phrases.readings().get(_address(path.parts[0]), ())
            return back[1] if len(back) > 1 else f"conversely {self._step(path.parts[0])}"
        return f"{_MARKERS[path.op]} {self._step(path.parts[0])}"

    def _step(self, path: Iri | Path) -> str:
        said = self._path(path)
        spaced = isinstance(path, Path) and path.op == "/" and " something that " in said
        return f"({said})" if spaced else said

    def pattern(self, pattern: Pattern) -> Clause:
        """Return the clause that says one pattern."""
        if isinstance(pattern, Triple):
            return self._chain(pattern.subject, [pattern])
        if isinstance(pattern, Filter):
            return self._filter(pattern)
        if isinstance(pattern, Bind):
            return Clause(f"let {self.term(pattern.name)} be {self.expression(pattern.value)}", at=pattern.at)
        if isinstance(pattern, Values):
            return Clause(self._values(pattern), at=pattern.at)
        if isinstance(pattern, Union):
            cases = [self._block("case", self._parts(g.parts), g.at) for g in pattern.groups]
            return Clause("any of these:", tuple(cases), pattern.at)
        if isinstance(pattern, Group):
            if not pattern.kind and len(pattern.parts) == 1 and isinstance(pattern.parts[0], Query):
                return self.pattern(pattern.parts[0])
            named = f"in the graph {self.term(pattern.name)}" if pattern.name is not None else _KINDS[pattern.kind]
            return self._block(named, self._parts(pattern.parts), pattern.at)
        return Clause("the answers to:", tuple(self.query(pattern)), pattern.at)

    def _filter(self, pattern: Filter) -> Clause:
        condition = pattern.condition
        if isinstance(condition, Exists):
            head = f"{'without' if condition.negated else 'with'} a case where"
            return self._block(head, self._parts(condition.group.parts), pattern.at)
        if isinstance(condition, Call) and condition.name == "||" and (chosen := _optional(condition.args[0])):
            rest = condition.args[1] if len(condition.args) == 2 else Call("||", condition.args[1:])
            return Clause(f"if {self.term(chosen)} is set, only where {self.expression(rest)}", at=pattern.at)
        return Clause(f"only where {self.expression(condition)}", at=pattern.at)

    def _values(self, block: Values) -> str:
        if not block.rows:
            return f"take {', '.join(map(self.term, block.names))} to be nothing at all"
        if len(block.names) == 1:
            name = self.term(block.names[0])
            if block.rows == ((None,),):
                return f"leave {name} open"
            return f"take {name} to be {' or '.join(self._datum(row[0]) for row in block.rows)}"
        rows = (f"({', '.join(map(self._datum, row))})" for row in block.rows)
        return f"take ({', '.join(map(self.term, block.names))}) to be {' or '.join(rows)}"

    def _datum(self, value: Iri | Lit | None) -> str:
        return "anything" if value is None else self.term(value)

    def term(self, term: Term) -> str:
        """Return the words for a term; a value is a slot."""
        if isinstance(term, Var):
            if self.plain and not term.name.startswith("_:"):
                return f"the ?{term.name}"
            return phrases.noun(term.name)
        if isinstance(term, Iri):
            said = self.names.said(term.value)
            # A name with a line end or a mark of ours in it would not be read back as it is.
            if said and said[1].isprintable():
                return f"the {said[0]} {self._slot(_quoted(said[1]), term.at, term)}"
            return self._slot(_code(printing.term(term)), term.at, term)
        if term.bare:
            return self._slot(term.text, term.at, term)
        said_as = f" in the language {term.language}" if term.language else ""
        if term.datatype and term.datatype != str(XSD.string):
            said_as = f" taken as {_code(printing.term(Iri(term.datatype)))}"
        return self._slot(_quoted(term.text), term.at, term) + said_as

    def _slot(self, text: str, at: Span, value: Term | int) -> str:
        if at == NOWHERE:
            return text
        self.slots.append(Slot(text.strip("“”‹›"), at, value))
        return f"{OPEN}{len(self.slots) - 1}{OPEN}{text}{SHUT}"

    def _operand(self, one: Expr) -> str:
        text = self.expression(one)
        joined = isinstance(one, Call) and (_spoken(one) or one.name == "IF")
        return f"({text})" if joined else text

    def expression(self, one: Expr) -> str:
        """Return the words for an expression."""
        if isinstance(one, Exists):
            clauses = "; ".join(map(on_one_line, self._parts(one.group.parts))) or "nothing more"
            return f"it {'does not hold' if one.negated else 'holds'} that ({clauses})"
        if not isinstance(one, Call):
            return self.term(one)
        if one.name in phrases.AGGREGATES:
            return self._aggregate(one)
        if one.name == "REGEX" and len(one.args) == 3 and one.args[2] == Lit("i"):
            one = Call("REGEX i", one.args[:2])
        said = [self._operand(a) for a in one.args]
        if isinstance(one.name, str) and _spoken(one):
            return self._joined(one.name, said)
        if one.name == "!":
            return f"it is untrue that {said[0]}"
        if one.name == "IF" and len(said) == 3:
            return f"if {said[0]} then {said[1]} else {said[2]}"
        name = phrases.FUNCTIONS.get(str(one.name), "") if isinstance(one.name, str) else ""
        name = name or _code(printing.term(one.name) if isinstance(one.name, Iri) else str(one.name))
        return f"the {name} of {said[0] if len(said) == 1 else '(' + ', '.join(said) + ')'}"

    def _joined(self, name: str, said: Sequence[str]) -> str:
        if name == "BOUND":
            return f"{said[0]} is known"
        if name == "!":
            return f"{said[0].removeprefix('(').removesuffix(' is known)')} is unknown"
        if name in {"IN", "NOT IN"}:
            return f"{said[0]} is {'one' if name == 'IN' else 'none'} of ({', '.join(said[1:])})"
        return f" {phrases.INFIX[name]} ".join(said)

    def _aggregate(self, one: Call) -> str:
        noun = phrases.AGGREGATES[str(one.name)]
        different = "different " if one.distinct else ""
        if not one.args:
            return f"the {noun} of {different}rows"
        values = "values of " if one.name == "COUNT" or one.distinct else ""
        said = f"the {noun} of {different}{values}{self._operand(one.args[0])}"
        return said if one.separator is None else f"{said} joined by {_quoted(one.separator)}"


def _parts_of(query: Query) -> tuple[Pattern, ...]:
    return query.where.parts if query.where else ()


def _around(clauses: Sequence[Clause]) -> Span:
    return (clauses[0].at[0], clauses[-1].at[1])


def _address(path: Iri | Var | Path) -> str:
    return path.value if isinstance(path, Iri) else ""


def _optional(one: Expr) -> Var | None:
    """Return the variable of a parameter that ``one`` says is not bound."""
    if isinstance(one, Call) and one.name == "!" and isinstance(one.args[0], Call) and one.args[0].name == "BOUND":
        chosen = one.args[0].args[0]
        return chosen if isinstance(chosen, Var) and chosen.name.startswith("_") else None
    return None


def _spoken(one: Call) -> bool:
    """Return whether a call is said with words between, or after, its arguments."""
    if one.name in phrases.CHAINED:
        return len(one.args) > 1
    if one.name == "!":
        inside = one.args[0]
        return isinstance(inside, Call) and inside.name == "BOUND"
    if one.name == "REGEX" and len(one.args) == 3:
        return one.args[2] == Lit("i")
    return one.name in {"BOUND", "IN", "NOT IN"} or (one.name in phrases.INFIX and len(one.args) == 2)


def _quoted(text: str) -> str:
    escaped = (
        text.replace("\\", "\\\\").replace("”", "\\”").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    )
    return f"“{escaped}”"


def _code(text: str) -> str:
    return f"‹{text}›"


def on_one_line(clause: Clause) -> str:
    """Return a clause with those inside it in brackets."""
    if not clause.inside:
        return clause.text
    return f"{clause.text} ({'; '.join(map(on_one_line, clause.inside))})"
