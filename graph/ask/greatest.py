"""Questions for where a number that reports state is highest or lowest: "which area safeguarded the most victims"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph.ask import quantities, reading, sparql
from graph.ask.figures import LIKELY, parts
from graph.ask.known import Known
from graph.ask.model import ANSWERED, ROWS, Answer, Form, Linked, Quantity
from graph.ask.saved import items_that
from graph.ask.tables import rows_of
from graph.ask.understanding import noun_of
from graph.stores.base import Store

_TOLD_OF: Final = ("lpa", "district", "operation")
"""Sorts of thing that an item tells its numbers of."""


def greatest(store: Store, known: Known, linked: Linked) -> Answer | None:
    """Return the things that reports state the highest (or lowest) number for; None for any other question."""
    cues, target = linked.having("superlative"), noun_of(linked)
    if len(cues) != 1 or target not in _TOLD_OF or linked.unknown or linked.having("not"):
        return None
    nouns = linked.having("class")
    if any(s.meaning.value not in (target, "where") for s in nouns):
        # "The most operations", "the most evidence": what is counted is no number that a report states.
        return None
    plain = replace(linked, spans=tuple(s for s in linked.spans if s not in (*cues, *nouns)))
    content, constraints = parts(known, plain)
    if not any(s.first >= cues[0].last for s in content):
        return None
    items = frozenset(items_that(store, constraints)) if constraints else None
    found = quantities.find(known.figures, plain, content, items)
    if found is None or not (found.complete or found.score >= LIKELY):
        return None
    first, *others = found.quantities
    if others and (first.measure is None or any(_sort(q) != _sort(first) for q in others)):
        return None
    # Areas put the same measure in other words.
    quantity = replace(first, what=None, period=None) if others else first
    most = cues[0].meaning.value == "most"
    form = Form(ROWS, "figure", constraints, group=target, descending=most, quantity=quantity)
    text = sparql.rows(form)
    rows, columns = rows_of(store.select(text))
    values = [float(str(cell.term)) for row in rows if (cell := row.cells["value"])]
    if len(set(values)) < 2:
        # One number alone is neither the highest nor the lowest.
        return None
    best = tuple(row for row, value in zip(rows, values, strict=True) if value == values[0])
    said = f"{reading.sentence(form)} Where it is {'highest' if most else 'lowest'}, of {len(values)}."
    return Answer(linked.question, ANSWERED, said, linked, ROWS, None, "", text, columns, best)


def _sort(quantity: Quantity) -> tuple[object, ...]:
    return quantity.measure, quantity.role, quantity.unit
