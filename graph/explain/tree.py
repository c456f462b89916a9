"""A SPARQL query as a tree: the algebra's operators in the order in which they are written, each with its place.

rdflib's parser forgets where things stood, and nested brackets cost it time without bound; a sentence whose slots edit
the query needs the one and a site that reads what strangers type must not have the other. So the query is read by
``graph.explain.parsing``; tests hold the trees against rdflib's algebra.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]
NOWHERE: Span = (-1, -1)
"""The place of what was not read from a query."""


@dataclass(frozen=True, slots=True)
class Var:
    """A variable, without its question mark; a blank node begins with ``_:``."""

    name: str


@dataclass(frozen=True, slots=True)
class Iri:
    """An address."""

    value: str
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Lit:
    """A literal; ``bare`` if it is written without quotes (a number, true, false)."""

    text: str
    language: str = ""
    datatype: str = ""
    bare: bool = field(default=False, compare=False)
    at: Span = field(default=NOWHERE, compare=False)


Term = Var | Iri | Lit


@dataclass(frozen=True, slots=True)
class Path:
    """A property path: ``op`` is "/", "|", "^", "*", "+", "?" or "!"."""

    op: str
    parts: tuple[Iri | Path, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """An operator, a built-in in capitals, or an ``Iri`` called as a function, with its arguments."""

    name: str | Iri
    args: tuple[Expr, ...]
    distinct: bool = False
    separator: str | None = None


@dataclass(frozen=True, slots=True)
class Exists:
    """EXISTS or NOT EXISTS within an expression."""

    group: Group
    negated: bool


Expr = Term | Call | Exists


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple pattern."""

    subject: Term
    verb: Iri | Var | Path
    object: Term
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A group graph pattern; ``kind`` is "", "optional", "minus" or "graph" (then with its ``name``)."""

    parts: tuple[Pattern, ...]
    kind: str = ""
    name: Term | None = None
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Union:
    """Alternatives."""

    groups: tuple[Group, ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on the solutions of its group."""

    condition: Expr
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Bind:
    """A value computed and named."""

    value: Expr
    name: Var
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Values:
    """A data block; None stands for UNDEF."""

    names: tuple[Var, ...]
    rows: tuple[tuple[Iri | Lit | None, ...], ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column, grouping or order: an expression, its name if it has one, and whether the highest come first."""

    value: Expr
    name: Var | None = None
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query, or one within another."""

    form: str
    """"SELECT", "ASK", "CONSTRUCT" or "DESCRIBE"."""
    columns: tuple[Column, ...] | None
    """What is selected or described, None for ``*``."""
    once: str = ""
    """"DISTINCT", "REDUCED" or ""."""
    template: tuple[Triple, ...] = ()
    dataset: tuple[tuple[bool, Iri], ...] = ()
    """The graphs of FROM and, if marked, FROM NAMED."""
    where: Group | None = None
    group_by: tuple[Column, ...] = ()
    having: tuple[Expr, ...] = ()
    order_by: tuple[Column, ...] = ()
    limit: int | None = None
    offset: int | None = None
    values: Values | None = None
    limit_at: Span = field(default=NOWHERE, compare=False)
    at: Span = field(default=NOWHERE, compare=False)


Pattern = Triple | Group | Union | Filter | Bind | Values | Query


def tidy(parts: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    """Return the parts of a group without braces that change nothing: around a query that is all it holds."""
    only = parts[0] if len(parts) == 1 else None
    if isinstance(only, Group) and not only.kind and len(only.parts) == 1 and isinstance(only.parts[0], Query):
        return only.parts
    return parts
