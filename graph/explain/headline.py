"""One line for what a query asks, before the reading clause by clause: what is listed, with what, for whom, by what.

It is made from the query's tree alone: columns, classes, chosen values, what must not be there, grouping and order.
What it leaves out the clauses say; nothing in it is written for one query.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rdflib import RDF, XSD

from graph.explain.phrases import Names, class_words
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
    Triple,
    Union,
    Values,
    Var,
)
from graph.explain.walking import leaves, variables
from graph.heads import WORDS, head
from graph.namespaces import PREFIXES
from graph.terms import terms

_TYPE, _OBJECT, _EXACT = str(RDF.type), str(RDF.object), f"{PREFIXES['oa']}exact"
_BOOLEAN = str(XSD.boolean)
_LABEL = "Label"
_MOST = 3
"""Things of a sort that are told by name; of more it is said how many."""
_LEAST = 3
"""Letters below which a variable's name says nothing."""
_OPENINGS = ("Lists", "Counts", "Tells", "Makes", "Describes")
_FORMS = {"ASK": "Tells whether there is", "CONSTRUCT": "Makes statements about", "DESCRIBE": "Describes"}


def headline(query: Query, known: Names) -> str:
    """Return the line for ``query``, with a capital and a full stop; ``known`` are the names of things."""
    return _Line(query, known).text()


def without(sentence: str) -> str:
    """Return an explanation without the headline that stands before it, for the reading back."""
    first, gap, rest = sentence.partition("\n\n")
    return rest if gap and "\n" not in first and first.split(" ", 1)[0] in _OPENINGS else sentence


def several(noun: str) -> str:
    """Return a noun as one speaks of several: "body" gives "bodies"; one that ends as several do stays."""
    if " or " in noun or " of " in noun:
        first, joint, last = noun.partition(" or " if " or " in noun else " of ")
        return f"{several(first)}{joint}{several(last) if joint == ' or ' else last}"
    if any(word.endswith("s") and not word.endswith("ss") for word in noun.split()):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("ss", "x", "ch", "sh")) else f"{noun}s"


@dataclass(frozen=True, slots=True)
class _Line:
    query: Query
    names: Names

    def text(self) -> str:
        """Return the line."""
        parts = [self._start(), *self._without(), *self._chosen(), *self._counting(), *self._order()]
        return f"{', '.join(parts)}."

    def _start(self) -> str:
        if self.query.form != "SELECT":
            one = next((n for n in self._subjects()), "something")
            several_ = self.query.form != "ASK"
            named = "\u201c" in one or one == "something"
            return f"{_FORMS[self.query.form]} {one if named else several(one) if several_ else f'any {one}'}"
        things = self._things()
        if self._columns() and all(self._is_count(name) for name in self._columns()):
            return f"Counts {_listed(self._counts())}"
        main = self._main(things)
        first = f"the first {self.query.limit} " if self.query.limit else ""
        others = [n for n in things[1:] if n not in self._by() and not self._is_quoted(n) and self._known(n)]
        beside = [noun for name in others if (noun := self._plural(name)) != main]
        said = f"Lists {first}{main}"
        said += f" with their {_listed(beside)}" if beside else ""
        quoted = self._quotes() & set(self._columns())
        return f"{said}, in the words of the reports" if quoted else said

    def _counts(self) -> list[str]:
        return [self._counted(name) for name in self._columns() if self._is_count(name)]

    def _counting(self) -> list[str]:
        """Return what is counted beside the things listed."""
        alone = all(self._is_count(name) for name in self._columns())
        return [f"counting {_listed(self._counts())}"] if self._counts() and not alone else []

    def _main(self, things: list[str]) -> str:
        """Return what is listed: the first thing, or the variables where nothing says what they are."""
        if things and (self._known(things[0]) or self._has_name(things[0])):
            return self._plural(things[0])
        shown = [f"?{name}" for name in (things[:1] or self._columns()) if not self._is_count(name)]
        return f"values of {_listed(shown)}" if shown else "what is found"

    def _known(self, name: str) -> bool:
        """Whether the word for a variable is a noun of the ontology's, so that it can be told of several."""
        noun = self._noun(name)
        return name in self._classes() or noun in WORDS.values() or noun.rpartition(" ")[2] in _nouns()

    def _columns(self) -> list[str]:
        """Return the columns, but for the names of things that are columns too; of ``*`` all variables in order."""
        if self.query.columns is None:
            found = [v.name for v in leaves(self.query.where) if isinstance(v, Var)]
        else:
            found = [name.name for c in self.query.columns if isinstance(name := c.name or c.value, Var)]
        named = list(dict.fromkeys(found))
        return [n for n in named if not (n.endswith(_LABEL) and n.removesuffix(_LABEL) in named)]

    def _things(self) -> list[str]:
        """Return the columns that are things: they have a name or a class, or something is said of them."""
        own = {
            str(c.name.name if c.name else c.value.name) for c in self.query.columns or () if isinstance(c.value, Var)
        }
        own |= {n.removesuffix(_LABEL) for n in own if n.endswith(_LABEL)}
        subjects = {t.subject.name for t in _triples(self.query) if isinstance(t.subject, Var)}
        classed = self._classes()
        told = own if self.query.columns is not None else subjects
        return [
            n
            for n in self._columns()
            if not self._is_count(n)
            and (n in classed or n in subjects or self._has_name(n))
            and (n in told or self._has_name(n))
        ]

    def _has_name(self, name: str) -> bool:
        return any(
            isinstance(c.name or c.value, Var) and _name(c) == f"{name}{_LABEL}" for c in self.query.columns or ()
        )

    def _classes(self) -> dict[str, str]:
        """Return the class of each variable that is said to have one, in words."""
        found: dict[str, str] = {}
        for t in _triples(self.query):
            if isinstance(t.subject, Var) and _last(t.verb) == _TYPE and isinstance(t.object, Iri):
                words = class_words(t.object.value)
                if words:
                    found.setdefault(t.subject.name, words)
        return found

    def _noun(self, name: str) -> str:
        own = name.lstrip("_")
        if len(own) < _LEAST or own in ("item", "lpa"):
            return self._classes().get(name) or {"item": "evidence item"}.get(own) or head(own).lower()
        return head(own).lower() if own not in WORDS else WORDS[own].lower()

    def _plural(self, name: str) -> str:
        return several(self._noun(name))

    def _subjects(self) -> Iterator[str]:
        made = self.query.template or tuple(_triples(self.query))
        described = [c.value for c in self.query.columns or ()] if self.query.form == "DESCRIBE" else []
        for one in [*described, *(t.subject for t in made)]:
            if isinstance(one, Var):
                yield self._noun(one.name)
            elif isinstance(one, Iri) and (said := self.names.said(one.value)):
                yield f"{_kind(said[0])} \u201c{said[1]}\u201d"

    def _definitions(self) -> dict[str, Expr]:
        """Return what each computed variable is computed from."""
        found: dict[str, Expr] = {}
        for part in _parts(self.query):
            if isinstance(part, Bind):
                found.setdefault(part.name.name, part.value)
            if isinstance(part, Query):
                found.update({c.name.name: c.value for c in part.columns or () if c.name})
        return found

    def _count(self, name: str) -> Call | None:
        """Return the count that a column is, straight or through the zero that stands where nothing was counted."""
        value, seen = self._definitions().get(name), {name}
        while value is not None:
            if isinstance(value, Call) and value.name == "COUNT":
                return value
            if isinstance(value, Call) and value.name == "COALESCE" and value.args:
                value = value.args[0]
            elif isinstance(value, Var) and value.name not in seen:
                seen.add(value.name)
                value = self._definitions().get(value.name)
            else:
                return None
        return None

    def _is_count(self, name: str) -> bool:
        return self._count(name) is not None

    def _counted(self, name: str) -> str:
        """Return what a column counts: by its own name, or by what is counted where that says nothing."""
        call = self._count(name)
        what = next((v.name for v in leaves(call) if isinstance(v, Var)), "") if call else ""
        if what and self._known(what) and not self._known(name) and not name.endswith("s"):
            return self._plural(what)
        says = self._known(name) or any(word.endswith("s") for word in self._noun(name).split())
        return self._plural(name) if says else f"\u201c{self._noun(name)}\u201d"

    def _quotes(self) -> frozenset[str]:
        """Return the variables that are the words of a passage."""
        return frozenset(
            t.object.name for t in _triples(self.query) if isinstance(t.object, Var) and _last(t.verb) == _EXACT
        )

    def _is_quoted(self, name: str) -> bool:
        """Whether a thing is there for its words alone, which are told as such."""
        return bool(self._quotes() & set(self._columns())) and name == "item"

    def _by(self) -> list[str]:
        """Return the things whose rows stand together: what they are ordered by before the main one."""
        things = self._things()
        found: list[str] = []
        for key in self.query.order_by:
            for name in sorted(variables(key.value)):
                of = name.removesuffix(_LABEL)
                if things and of == things[0]:
                    return found
                if of in things[1:] and of not in found and of != "item" and self._known(of):
                    found.append(of)
        return found if things and len(found) < len(things) - 1 else found[:1]

    def _order(self) -> list[str]:
        said = [f"by {_listed([self._noun(n) for n in self._by()])}"] if self._by() else []
        first = self.query.order_by[0] if self.query.order_by else None
        counts = [n for n in sorted(variables(first.value)) if self._is_count(n)] if first else []
        if counts and first:
            said.append(f"{'most' if first.descending else 'fewest'} {self._counted(counts[0])} first")
        return said

    def _chosen(self) -> list[str]:
        """Return for what the query was asked: things that it names, and values chosen for what it leaves open."""
        said: list[str] = []
        for part in _parts(self.query):
            if isinstance(part, Values):
                said += self._values(part)
            elif isinstance(part, Triple | Filter) and not _negated(part):
                said += [self._called([one]) for one in leaves(part) if isinstance(one, Iri)]
        told = [one for one in dict.fromkeys(said) if one]
        return [f"for {_listed(told)}"] if told else []

    def _values(self, block: Values) -> list[str]:
        found = []
        for place, name in enumerate(block.names):
            given = [row[place] for row in block.rows]
            things = [one for one in given if isinstance(one, Iri)]
            texts = [one.text for one in given if isinstance(one, Lit) and one.datatype != _BOOLEAN]
            if things:
                found.append(self._called(things))
            elif texts and name.name.startswith("_"):
                found.append(f"{self._noun(name.name)} {' or '.join(f'“{t}”' for t in texts)}")
        return found

    def _called(self, things: Sequence[Iri]) -> str:
        said = [one for thing in things if (one := self.names.said(thing.value))]
        if not said:
            return ""
        kind = _kind(said[0][0])
        return f"the {kind if len(said) == 1 else several(kind)} {' or '.join(f'“{name}”' for _, name in said[:_MOST])}"

    def _without(self) -> list[str]:
        """Return what must not be there, said of the rows as a whole: what inner parts leave out the clauses tell."""
        parts = self.query.where.parts if self.query.where else ()
        told = [self._missing(p, variables(tuple(o for o in parts if o is not p))) for p in parts if _negated(p)]
        said = [one for one in dict.fromkeys(told) if one]
        return [f"without {_listed(said)}"] if said else []

    def _missing(self, part: Pattern, outside: frozenset[str]) -> str:
        """Return the thing that a negated part is about: the newest in it, or the class or thing that it names."""
        triples = list(_triples_of(part))
        reified = [t for t in triples if _last(t.verb) == _OBJECT]
        for t in [*reified, *reversed(triples)]:
            if isinstance(t.object, Var) and t.object.name not in outside and self._known(t.object.name):
                return f"any {self._noun(t.object.name)}"
            if isinstance(t.object, Iri) and (said := self._called([t.object])):
                return said
            if isinstance(t.object, Iri) and t.object.value in map(str, terms()):
                return f"any {class_words(t.object.value)}"
            if isinstance(t.subject, Var) and t.subject.name not in outside and self._known(t.subject.name):
                return f"any {self._noun(t.subject.name)}"
        return ""


@cache
def _nouns() -> frozenset[str]:
    """Return the last words of the names of the ontology's classes: "theme", "type" of "partner type"."""
    named = (class_words(str(iri)) for iri, term in terms().items() if term.kind == "class")
    return frozenset(words.rpartition(" ")[2] for words in named if words)


def _name(column: Column) -> str:
    name = column.name or column.value
    return name.name if isinstance(name, Var) else ""


def _kind(key: str) -> str:
    return head(key.replace("-", "_")).lower()


def _listed(words: Sequence[str]) -> str:
    """Return words in a row, of many the first and how many more there are."""
    told = list(dict.fromkeys(words))
    if len(told) > _MOST + 1:
        told = [*told[:_MOST], f"{len(told) - _MOST} more"]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def _last(verb: Iri | Var | Path) -> str:
    """Return the relation that a path ends with."""
    if isinstance(verb, Path):
        return _last(verb.parts[-1]) if verb.op in ("/", "*", "+", "?") else ""
    return verb.value if isinstance(verb, Iri) else ""


def _negated(part: object) -> bool:
    if isinstance(part, Group):
        return part.kind == "minus"
    return isinstance(part, Filter) and isinstance(part.condition, Exists) and part.condition.negated


def _parts(node: object) -> Iterator[Pattern]:
    """Yield the patterns of a query at any depth, not those inside what must not be there."""
    if isinstance(node, Query):
        yield node
        yield from _parts(node.where)
        if node.values:
            yield node.values
    elif isinstance(node, Group):
        if _negated(node):
            yield node
            return
        for part in node.parts:
            yield from _parts(part)
    elif isinstance(node, Union):
        for group in node.groups:
            yield from _parts(group)
    elif isinstance(node, Triple | Filter | Bind | Values):
        yield node


def _triples(query: Query) -> Iterator[Triple]:
    for part in _parts(query):
        if isinstance(part, Triple):
            yield part


def _triples_of(part: Pattern) -> Iterator[Triple]:
    group = part.condition.group if isinstance(part, Filter) and isinstance(part.condition, Exists) else part
    for one in group.parts if isinstance(group, Group) else ():
        if isinstance(one, Triple):
            yield one
        elif isinstance(one, Group):
            yield from _triples_of(one)
