"""What a promise binds itself to in numbers: "doubling the Special Constabulary", "200 more officers"."""

from __future__ import annotations

from graph.mentions.figures import find_figures
from graph.model import FORCE_WIDE, Figure, Item, Role

_BINDING = frozenset({Role.TARGET, Role.CHANGE_ABS, Role.CHANGE_PCT})
"""In a promise a change is one to be made."""


def targets_of(words: str) -> list[Figure]:
    """Return the targets that the words of a promise state, in order; places count from the first of the words."""
    promise = Item(1, "", 0, FORCE_WIDE, "", None, 0, len(words), words)
    return [figure for figure in find_figures(promise, None, []) if figure.role in _BINDING]
