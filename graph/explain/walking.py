"""Trees of queries walked and rebuilt: terms and variables of a part, and a tree with one part exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from graph.explain.tree import Exists, Filter, Iri, Lit, Pattern, Var


def leaves(node: object) -> Iterator[Var | Iri | Lit]:
    """Yield the variables, addresses and literals in any part of a tree, in their order."""
    if isinstance(node, Var | Iri | Lit):
        yield node
    elif isinstance(node, tuple):
        for one in node:
            yield from leaves(one)
    elif is_dataclass(node):
        for part in fields(node):
            yield from leaves(getattr(node, part.name))


def variables(node: object) -> frozenset[str]:
    """Return the names of the variables in a part of a tree."""
    return frozenset(one.name for one in leaves(node) if isinstance(one, Var))


def has_exists(pattern: Pattern) -> bool:
    """Return whether a filter asks if something exists: its variables need not be bound outside."""
    return isinstance(pattern, Filter) and any(True for _ in _existing(pattern.condition))


def existing(pattern: Filter) -> Exists | None:
    """Return the EXISTS of a filter, None if it has none or several."""
    found = list(_existing(pattern.condition))
    return found[0] if len(found) == 1 else None


def _existing(node: object) -> Iterator[Exists]:
    if isinstance(node, Exists):
        yield node
        return
    for part in getattr(node, "args", ()):
        yield from _existing(part)


def exchanged(node: Any, old: object, new: object | None) -> Any:
    """Return a tree with ``new`` where ``old``, the very object, stands; None takes it out of the row it stands in."""
    if node is old:
        return new
    if isinstance(node, tuple):
        made = [exchanged(one, old, new) for one in node]
        kept = tuple(m for one, m in zip(node, made, strict=True) if one is not old or new is not None)
        return node if len(kept) == len(node) and all(a is b for a, b in zip(node, kept, strict=True)) else kept
    if not is_dataclass(node) or isinstance(node, type | Var | Iri | Lit):
        return node
    changed = {}
    for part in fields(node):
        before = getattr(node, part.name)
        after = exchanged(before, old, new)
        if after is not before:
            changed[part.name] = after
    return replace(node, **changed) if changed else node
