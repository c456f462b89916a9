"""Writes a tree as SPARQL, with the prefixes it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rdflib import RDF, Literal, URIRef

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
from graph.namespaces import PREFIXES
from graph.queries import serialise

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_INFIX = frozenset({"||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/"})


def sparql(query: Query) -> str:
    """Return the text of ``query``."""
    body = "\n".join(_query(query)) + "\n"
    used = set(re.findall(r"(?<![\w<:])([a-z][a-z-]*):(?=[A-Za-z_])", _without_strings(body)))
    head = [f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in sorted(used & PREFIXES.keys())]
    return "\n".join([*head, *([""] if head else []), body])


def _without_strings(text: str) -> str:
    return re.sub(r'"(?:[^"\\]|\\.)*"|<[^<>\s]*>', '""', text)


def fragment(pattern: Pattern) -> str:
    """Return the text of one pattern on one line."""
    return " ".join(line.strip() for line in _pattern(pattern))


def term(one: Var | Iri | Lit | None) -> str:
    """Return a term as SPARQL has it."""
    if one is None:
        return "UNDEF"
    if isinstance(one, Var):
        return one.name if one.name.startswith("_:") else f"?{one.name}"
    if isinstance(one, Iri):
        fits = [(len(space), prefix, space) for prefix, space in PREFIXES.items() if one.value.startswith(space)]
        if fits:
            _, prefix, space = max(fits)
            if _LOCAL.fullmatch(local := one.value.removeprefix(space)):
                return f"{prefix}:{local}"
        return serialise(URIRef(one.value))
    if one.bare:
        return one.text
    if one.language or one.datatype:
        datatype = URIRef(one.datatype) if one.datatype else None
        return serialise(Literal(one.text, lang=one.language or None, datatype=datatype, normalize=False))
    return serialise(Literal(one.text))


def _query(query: Query) -> Iterator[str]:
    once = f" {query.once}" if query.once else ""
    if query.form == "CONSTRUCT":
        yield "CONSTRUCT {"
        for triple in query.template:
            yield f"  {_triple(triple)}"
        yield "}"
    elif query.form == "ASK":
        yield "ASK"
    else:
        columns = "*" if query.columns is None else " ".join(map(_column, query.columns))
        yield f"{query.form}{once} {columns}"
    for named, graph in query.dataset:
        yield f"FROM {'NAMED ' if named else ''}{term(graph)}"
    if query.where is not None:
        yield from _braces("WHERE", query.where.parts)
    if query.group_by:
        yield f"GROUP BY {' '.join(map(_key, query.group_by))}"
    if query.having:
        yield f"HAVING {' '.join(f'({expression(e)})' for e in query.having)}"
    if query.order_by:
        yield f"ORDER BY {' '.join(map(_key, query.order_by))}"
    if query.limit is not None:
        yield f"LIMIT {query.limit}"
    if query.offset is not None:
        yield f"OFFSET {query.offset}"
    if query.values is not None:
        yield from _pattern(query.values)


def _column(column: Column) -> str:
    return f"({expression(column.value)} AS {term(column.name)})" if column.name else expression(column.value)


def _key(column: Column) -> str:
    if column.name:
        return _column(column)
    if column.descending:
        return f"DESC({expression(column.value)})"
    text = expression(column.value)
    return text if isinstance(column.value, Var) else f"({text})"


def _braces(head: str, parts: Sequence[Pattern]) -> Iterator[str]:
    yield f"{head} {{".lstrip()
    for part in parts:
        for line in _pattern(part):
            yield f"  {line}"
    yield "}"


def _pattern(pattern: Pattern) -> Iterator[str]:
    if isinstance(pattern, Triple):
        yield _triple(pattern)
    elif isinstance(pattern, Filter):
        exists = isinstance(pattern.condition, Exists)
        text = expression(pattern.condition)
        yield f"FILTER {text}" if exists else f"FILTER({text})"
    elif isinstance(pattern, Bind):
        yield f"BIND({expression(pattern.value)} AS {term(pattern.name)})"
    elif isinstance(pattern, Values):
        names = " ".join(map(term, pattern.names))
        rows = " ".join(f"({' '.join(map(term, row))})" for row in pattern.rows)
        yield f"VALUES ({names}) {{ {rows} }}"
    elif isinstance(pattern, Union):
        for number, group in enumerate(pattern.groups):
            yield from _braces("UNION" if number else "", group.parts)
    elif isinstance(pattern, Group):
        name = f" {term(pattern.name)}" if isinstance(pattern.name, Var | Iri | Lit) else ""
        yield from _braces(f"{pattern.kind.upper()}{name}", pattern.parts)
    else:
        yield from _query(pattern)


def _triple(triple: Triple) -> str:
    return f"{term(triple.subject)} {path(triple.verb)} {term(triple.object)} ."


def path(one: Iri | Var | Path) -> str:
    """Return a property or a path as SPARQL has it."""
    if isinstance(one, Iri) and one.value == str(RDF.type):
        return "a"
    if not isinstance(one, Path):
        return term(one)
    parts = [f"({path(p)})" if isinstance(p, Path) else path(p) for p in one.parts]
    if one.op in {"/", "|"}:
        return one.op.join(parts)
    if one.op == "!":
        return f"!({'|'.join(path(p) for p in one.parts)})"
    return f"^{parts[0]}" if one.op == "^" else f"{parts[0]}{one.op}"


def expression(one: Expr) -> str:
    """Return an expression as SPARQL has it."""
    if isinstance(one, Exists):
        inside = " ".join(line.strip() for line in _braces("", one.group.parts))
        return f"{'NOT ' if one.negated else ''}EXISTS {inside}"
    if not isinstance(one, Call):
        return term(one)
    args = [f"({expression(a)})" if _is_infix(a) else expression(a) for a in one.args]
    if one.name in _INFIX:
        return f" {one.name} ".join(args)
    if one.name in {"IN", "NOT IN"}:
        return f"{args[0]} {one.name} ({', '.join(args[1:])})"
    if one.name in {"!", "negative"}:
        return f"{'!' if one.name == '!' else '- '}{args[0]}"
    name = term(one.name) if isinstance(one.name, Iri) else one.name
    distinct = "DISTINCT " if one.distinct else ""
    separator = "" if one.separator is None else f"; SEPARATOR = {serialise(Literal(one.separator))}"
    inside = ", ".join(args) if one.args or one.name != "COUNT" else "*"
    return f"{name}({distinct}{inside}{separator})"


def _is_infix(one: Expr) -> bool:
    return isinstance(one, Exists) or (isinstance(one, Call) and (one.name in _INFIX or one.name in {"IN", "NOT IN"}))
