"""Questions whether a figure is right: "does the 999 total add up", "is the 30.7% improvement consistent".

What the audit found of the figures of the items that are meant decides. Where it could calculate none of them again
there is no yes or no.
"""

from __future__ import annotations

from typing import Final

from rdflib import URIRef

from graph import queries
from graph.ask import cues, reading
from graph.ask.figures import parts
from graph.ask.known import Known
from graph.ask.lexicon import filler_words, folded, root, spelt
from graph.ask.model import ANSWERED, BOOLEAN, Answer, AnswerRow, Linked
from graph.ask.saved import items_that
from graph.ask.stated import Stated
from graph.ask.tables import rows_of
from graph.namespaces import mint
from graph.stores.base import Store

_RIGHT: Final = (
    "add up | adds up | work out | right | correct | accurate | consistent | consistent with | tally | fit | fits | "
    "match | matches | agree | agree with | reconcile | hold up | check out | make sense"
)
"""Turns of phrase that ask whether a figure is right, folded."""

_WRONG: Final = "wrong | incorrect | inaccurate | inconsistent | mistaken | mistake | miscalculated | error"
"""Turns of phrase that ask whether a figure is wrong, folded."""

_OF_FIGURES: Final = (
    "figure number total sum part improvement change increase rise fall drop decrease reduction percentage percent "
    "share proportion rate time value quarter year arithmetically arithmetic calculation claim claimed stated given "
    "quoted period report month week average"
)
"""Words for what a figure is, which say nothing of what it is of."""
_FAILED: Final = frozenset(mint("verdict", key) for key in ("disagrees", "impossible", "incomplete"))
"""Verdicts of a figure that is not right; a doubtful label is no wrong sum."""
_MOST: Final = 3
"""Items that one figure may be told in; words that fit more say too little."""


def right(store: Store, known: Known, linked: Linked) -> Answer | None:
    """Return whether the figures that a question names are right, None for any other question or if it is not known."""
    wanted = _wanted(linked)
    items = _items(store, known, linked) if wanted is not None else {}
    if wanted is None or not 0 < len(items) <= _MOST or linked.having("not"):
        return None
    query = queries.question("figure-checks")
    text = queries.bind(store, query, {"item": [str(item) for item in items]})
    rows, columns = rows_of(store.select(text))
    numbers = _numbers(linked)
    about = tuple(row for row in rows if _stated(row) in numbers)
    about = about or tuple(row for row in rows if any(_stated(row) in items[e.item] for e in row.evidence))
    about = about or (rows if len(items) == 1 else ())
    failed = tuple(row for row in about if (c := row.cells["verdict"]) and c.term in _FAILED)
    if not about or (len({e.item for row in about for e in row.evidence}) > 1 and 0 < len(failed) < len(about)):
        return None
    said = f"{reading.saved(query)} Only for {', '.join(_labels(about))}. "
    said += f"{len(failed)} of {len(about)} numbers that were calculated again are not what the others make."
    truth = bool(failed) is not wanted
    return Answer(linked.question, ANSWERED, said, linked, BOOLEAN, truth, "", text, columns, failed or about)


def _wanted(linked: Linked) -> bool | None:
    """Return True if a question asks whether a figure is right, False if whether it is wrong; None for any other."""
    if not linked.words or linked.words[0].raw.casefold() not in cues.YES_NO.split():
        return None
    text = f" {' '.join(w.norm for w in linked.words)} "
    ways = {way for way, said in ((True, _RIGHT), (False, _WRONG)) if any(f" {p} " in text for p in cues.phrases(said))}
    return next(iter(ways)) if len(ways) == 1 else None


def _numbers(linked: Linked) -> frozenset[float]:
    return frozenset(float(w.norm) for w in linked.words if _is_number(w.norm))


def _is_number(norm: str) -> bool:
    return norm.replace(".", "", 1).isdigit()


def _stated(row: AnswerRow) -> float | None:
    cell = row.cells["stated"]
    return float(str(cell.term)) if cell else None


def _items(store: Store, known: Known, linked: Linked) -> dict[URIRef, frozenset[float]]:
    """Return the items with figures that every word of meaning is said of, with these; else all with the words."""
    _, constraints = parts(known, linked)
    placed = {e for c in constraints for e in c.entities}
    away = {n for s in linked.spans if placed & set(s.meaning.entities) for n in range(s.first, s.last)}
    idle = filler_words() | folded(_OF_FIGURES) | folded(f"{_RIGHT} {_WRONG}")
    said = [w.norm for n, w in enumerate(linked.words) if n not in away and w.norm not in idle]
    if not said:
        return {}
    within = frozenset(items_that(store, constraints)) if constraints else None
    of: dict[URIRef, list[Stated]] = {}
    for figure in known.figures:
        if within is None or figure.item in within:
            of.setdefault(figure.item, []).append(figure)
    named = {
        item: frozenset(f.value for f in figures if all(_is_of(f, figures, w) for w in said))
        for item, figures in of.items()
        if all(any(_is_of(f, figures, w) for f in figures) for w in said)
    }
    if named:
        return named
    return {
        item: frozenset()
        for item, figures in of.items()
        if all(any(_is_of(f, figures, w) or root(spelt(w)) in f.around for f in figures) for w in said)
    }


def _is_of(figure: Stated, beside: list[Stated], norm: str) -> bool:
    """Whether ``norm`` is a word of what ``figure`` is of, or a value beside it."""
    word = root(spelt(norm))
    valued = _is_number(norm) and any(f.value == float(norm) for f in beside)
    return valued or word in figure.what_roots or any(word in name for name in figure.name_roots)


def _labels(rows: tuple[AnswerRow, ...]) -> list[str]:
    return list(dict.fromkeys(e.label for row in rows for e in row.evidence))
