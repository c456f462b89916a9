"""What has to be read from a store once before questions can be asked of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.ask import lexicon, stated
from graph.ask.model import Entity
from graph.stores.base import Store


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be read from a store once to understand questions about it."""

    lexicon: lexicon.Lexicon
    figures: tuple[stated.Stated, ...]
    forces: tuple[Entity, ...]


def know(store: Store) -> Known:
    """Return what ``answer`` needs of ``store``; the same for as long as the data version is."""
    words_, figures = lexicon.build(store), stated.stated(store)
    named = frozenset(r for f in figures for name in f.name_roots for r in name)
    return Known(replace(words_, corpus=words_.corpus | named), figures, lexicon.force_entities(store))
