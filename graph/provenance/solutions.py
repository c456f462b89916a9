"""The solutions behind rows: what the patterns of a query bind where the rows come from.

All solutions of a pattern are asked for once and kept, for the rows of one answer share them; a pattern that has too
many of them is asked for each row by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rdflib.term import Node

from graph.provenance.patterns import Selection
from graph.stores.base import Store

SOLUTIONS = 5_000
"""Solutions behind one row that are looked at; what they leave out is found by the search of the whole reports."""
WHOLE = 50_000
"""Solutions of a pattern up to which they are kept for all rows."""

Solution = Mapping[str, Node]


class Solutions:
    """The solutions of a selection and of the selections inside it."""

    def __init__(self, store: Store, selection: Selection) -> None:
        self._selection = selection
        self._levels = {id(one): _Level(store, one) for one in _all(selection)}

    def behind(self, row: Solution, in_time: Callable[[], bool]) -> Iterator[tuple[Selection, list[Solution]]]:
        """Yield the solutions behind ``row``; then, for each inner selection, those behind its own rows."""
        levels: list[tuple[Selection, list[Solution]]] = [(self._selection, [row])]
        while levels and in_time():
            selection, keys = levels.pop()
            found = self._levels[id(selection)].of(keys)
            yield selection, found
            for inner in selection.inner:
                shown = {name for one in found for name in one if inner.projects(name)}
                outside = ({name: one[name] for name in shown if name in one} for one in found)
                levels.append((inner, list({tuple(sorted(one.items())): one for one in outside}.values())))


class _Level:
    """The solutions of one selection."""

    def __init__(self, store: Store, selection: Selection) -> None:
        self._store = store
        self._selection = selection
        self._whole: list[Solution] | None = None
        self._asked = False
        self._indexes: dict[tuple[str, ...], tuple[dict[tuple[Node, ...], list[Solution]], list[Solution]]] = {}

    def of(self, keys: Sequence[Solution]) -> list[Solution]:
        """Return the solutions that agree with any of ``keys``, each once."""
        if not self._asked:
            self._asked = True
            found = self._select([{}], WHOLE)
            self._whole = found if len(found) < WHOLE else None
        if self._whole is None:
            return self._select(keys, SOLUTIONS)
        met = {id(one): one for key in keys for one in self._agreeing(key)}
        return list(met.values())[:SOLUTIONS]

    def _select(self, keys: Sequence[Solution], limit: int) -> list[Solution]:
        rows = self._store.select(self._selection.solutions(keys, limit)).dicts()
        return [{name: term for name, term in one.items() if term is not None} for one in rows]

    def _agreeing(self, key: Solution) -> Iterable[Solution]:
        names = tuple(sorted(name for name in key if self._selection.projects(name)))
        if names not in self._indexes:
            full: dict[tuple[Node, ...], list[Solution]] = {}
            loose: list[Solution] = []
            for one in self._whole or ():
                if all(name in one for name in names):
                    full.setdefault(tuple(one[name] for name in names), []).append(one)
                else:
                    # What is not bound agrees with everything.
                    loose.append(one)
            self._indexes[names] = full, loose
        full, loose = self._indexes[names]
        yield from full.get(tuple(key[name] for name in names), ())
        yield from (one for one in loose if all(one.get(name, key[name]) == key[name] for name in names))


def _all(selection: Selection) -> Iterator[Selection]:
    yield selection
    for inner in selection.inner:
        yield from _all(inner)
