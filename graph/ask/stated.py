"""The figures of a store as a question can find them: by what they count, their measures, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from rdflib import URIRef

from graph import queries
from graph.ask.lexicon import filler_words, root, spelt
from graph.mentions import movement
from graph.mentions.words import words
from graph.namespaces import key_of
from graph.stores.base import Store

_SENTENCE = re.compile(r"[.!?;]\s+(?=[A-Z])")
_UP: Final = re.compile(rf"\b(?:{movement.RISEN}|{movement.A_RISE}|{movement.HIGHER})\b", re.IGNORECASE)
_DOWN: Final = re.compile(rf"\b(?:{movement.FALLEN}|{movement.A_FALL}|{movement.LOWER})\b", re.IGNORECASE)
CHANGES: Final = frozenset({"change_abs", "change_pct"})
BESIDE = 40
"""Characters on either side of a figure where a word as "average" speaks of it."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as a question can find it."""

    item: URIRef
    value: float
    unit: str
    role: URIRef
    what: str | None
    written: str | None
    quarter: str
    measure: URIRef | None
    label: str
    what_roots: frozenset[str]
    head: str
    """Root of the last word of what is counted."""
    name_roots: tuple[frozenset[str], ...]
    near: frozenset[str]
    """Roots of the words of its sentence."""
    around: frozenset[str]
    """Roots of the words of its item."""
    beside: frozenset[str]
    """Roots of the words right before and after it."""
    wide: bool
    """Whether its item speaks of the force as a whole."""
    sign: int
    """Of a change, 1 if the words beside it say that it went up, -1 if down, 0 if neither."""


def stated(store: Store) -> tuple[Stated, ...]:
    """Return the figures of ``store``, with the words that lead to them."""
    table = store.select(queries.fill(queries.page("ask-figures"), {})).dicts()
    found: dict[str, Stated] = {}
    for row in table:
        figure = str(row["figure"])
        name = all_roots(str(row["name"])) if row["name"] else frozenset()
        if figure in found:
            before = found[figure]
            found[figure] = _with_name(before, name)
            continue
        text, start = str(row["text"]), int(str(row["start"])) - int(str(row["itemStart"]))
        what = str(row["what"]) if row["what"] else None
        found[figure] = Stated(
            item=URIRef(str(row["item"])),
            value=float(str(row["value"])),
            unit=str(row["unit"]),
            role=URIRef(str(row["role"])),
            what=what,
            written=str(row["written"]) if row["written"] else None,
            quarter=str(row["quarter"] or ""),
            measure=URIRef(str(row["measure"])) if row["measure"] else None,
            label=str(row["measureLabel"] or what or ""),
            what_roots=all_roots(what or ""),
            head=_head_root(what or ""),
            name_roots=(name,) if name else (),
            near=all_roots(_sentence(text, start)),
            around=all_roots(text),
            beside=all_roots(text[max(0, start - BESIDE) : start + BESIDE]),
            wide=row["wide"] is not None,
            sign=_sign(text, start) if key_of(str(row["role"])) in CHANGES else 0,
        )
    return tuple(_named_beside(figure, tuple(found.values())) for figure in found.values())


def _named_beside(figure: Stated, others: Sequence[Stated]) -> Stated:
    """Return a change without a measure with the names of that which the other change told of it has.

    "A 19.5% increase (8,205 more investigations)": both are of Athena investigations.
    """
    if figure.measure or key_of(str(figure.role)) not in CHANGES:
        return figure
    names = [
        o.name_roots
        for o in others
        if o.item == figure.item and o.measure and key_of(str(o.role)) in CHANGES and figure.what_roots <= o.what_roots
    ]
    return replace(figure, name_roots=names[0]) if names and figure.what_roots else figure


def _with_name(figure: Stated, name: frozenset[str]) -> Stated:
    return replace(figure, name_roots=(*figure.name_roots, name))


def all_roots(text: str) -> frozenset[str]:
    """Return the roots of all words of ``text``, of fillers too."""
    return frozenset(root(spelt(w.norm)) for w in words(text) if w.norm.isalnum())


def _head_root(what: str) -> str:
    """Return the root of the noun that a name of several words ends in, what is told of it aside, "" for one word."""
    said = list(takewhile(lambda w: w.norm.isalnum() and w.norm not in filler_words(), words(what)))
    several = [w.norm for w in said if w.raw.endswith("s") and w.norm != w.raw.casefold()]
    return root(spelt(several[-1])) if len(said) > 1 and several else ""


def _sentence(text: str, place: int) -> str:
    start, end = _bounds(text, place)
    return text[start:end]


def _bounds(text: str, place: int) -> tuple[int, int]:
    """Return where the sentence around ``place`` starts and ends."""
    start, end = 0, len(text)
    for match in _SENTENCE.finditer(text):
        if match.end() <= place:
            start = match.end()
        elif match.start() >= place:
            end = match.start()
            break
    return start, end


def _sign(text: str, place: int) -> int:
    """Return which way a number went, by the word nearest to ``place`` in its sentence that says so; 0 if none does."""
    start, end = _bounds(text, place)
    found = [
        (min(abs(match.start() - place), abs(match.end() - place)), sign)
        for sign, way in ((1, _UP), (-1, _DOWN))
        for match in way.finditer(text, max(start, place - BESIDE), min(end, place + BESIDE))
    ]
    return min(found)[1] if found else 0
