"""Questions for what became of a number: whether it rose, by how much, what it was against what it is.

A change that reports state is told as they state it. Where they state the two values, the change between them is
worked out, and the answer says from what; where they state neither, nothing is said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph.ask import cues
from graph.ask.comparing import DEGREES
from graph.ask.figures import figures
from graph.ask.known import Known
from graph.ask.lexicon import folded
from graph.ask.model import AMBIGUOUS, ANSWERED, BOOLEAN, NUMBER, ROWS, Answer, Linked, Meaning, Span
from graph.ask.quantities import TIMES
from graph.ask.stated import Stated, all_roots
from graph.namespaces import key_of
from graph.stores.base import Store

_HOLDING: Final = frozenset(("compare", "compared", "comparing", "versus", "vs", "between", "than", "since", "against"))
"""Words that hold one time against another, beside the times themselves."""
_SIGNS: Final = {"up": 1, "down": -1}


def told(store: Store, known: Known, linked: Linked) -> Answer | None:
    """Return the answer to a question for what became of a number; None for any other, or where a change is stated."""
    told_against = linked.having("change") + linked.having("against")
    holding = [s for s in linked.having("beyond") if s.words.casefold() in _HOLDING and not s.meaning.value]
    times = [s for s in linked.having("period") if s.meaning.value != "now"]
    if linked.having("against") or (holding and times):
        told_against += [s for s in linked.having("words") if s.words.casefold() in DEGREES]
    if not told_against and not (holding and times):
        return None
    left_out = {*told_against, *holding, *linked.having("period")}
    plain = replace(linked, spans=tuple(s for s in linked.spans if s not in left_out))
    now = figures(store, known, plain, named=True)
    then = _earlier(store, known, plain, _when(told_against, times), now)
    stated = figures(store, known, linked)
    ways = {w for w, text in (("up", cues.ROSE), ("down", cues.FELL)) if folded(text) & {w.norm for w in linked.words}}
    given = now or stated
    bettered = folded(cues.BETTERED) & {w.norm for w in linked.words}
    if bettered and not ways and given is not None and given.unit in TIMES:
        ways = {"down"}
    if _asks_whether(linked) and len(ways) == 1:
        return _moved(linked, next(iter(ways)), now, then, stated)
    if stated is not None and stated.status == ANSWERED:
        return None
    return _between(linked, now, then)


def _when(told_against: list[Span], times: list[Span]) -> list[Meaning]:
    """Return the times that a number is held against: those that are said, else any that reports hold it against."""
    if times:
        return [times[0].meaning]
    said = " ".join(s.words.casefold() for s in told_against)
    if "year" in said:
        return [Meaning("period", "year-before")]
    if "quarter" in said or "time" in said or "period" in said:
        return [Meaning("period", "before")]
    return [Meaning("period", "before"), Meaning("period", "year-before")]


def _earlier(store: Store, known: Known, plain: Linked, times: list[Meaning], now: Answer | None) -> Answer | None:
    """Return the value of what ``now`` is of at the first of ``times`` that it is told for."""
    if now is None:
        return None
    # What the item itself holds its number against comes before what others tell of the time.
    for figures_ in (_beside(known, now), known.figures):
        for when in times:
            time = Span(0, 0, when, "")
            asked = replace(plain, spans=(time, *plain.spans))
            then = figures(store, replace(known, figures=figures_), asked, named=True)
            if then is not None and _values(now, then):
                return then
    return None


def _beside(known: Known, now: Answer) -> tuple[Stated, ...]:
    """Return what the items of ``now`` state as values to hold theirs against, of the same thing."""
    if now.quantity is None:
        return ()
    items, what, measure = _items(now), all_roots(now.quantity.what or ""), now.quantity.measure
    return tuple(
        f
        for f in known.figures
        if f.item in items
        and key_of(str(f.role)) == "comparison_value"
        and (f.what_roots == what or (measure is not None and f.measure == measure))
    )


def _asks_whether(linked: Linked) -> bool:
    return bool(linked.words) and linked.words[0].raw.casefold() in cues.YES_NO.split()


def _moved(linked: Linked, way: str, now: Answer | None, then: Answer | None, stated: Answer | None) -> Answer | None:
    """Return whether a number went ``way``: by its two values, else by what the words of a stated change say."""
    if now is not None and then is not None and (values := _values(now, then)):
        truth = (values[0] - values[1]) * _SIGNS[way] > 0
        said = f"{now.reading} Whether it went {way}: {values[0]:,} now, {values[1]:,} before."
        rows = (*now.rows, *then.rows)
        return replace(now, linked=linked, kind=BOOLEAN, value=truth, reading=said, unit="", rows=rows)
    if stated is None:
        return None
    if stated.quantity and (sign := stated.quantity.sign):
        truth = sign == _SIGNS[way]
        told_ = "up" if sign > 0 else "down"
        said = f"{stated.reading} Whether it went {way}: the words of the report say that it went {told_}."
        return replace(stated, status=ANSWERED, kind=BOOLEAN, value=truth, reading=said, unit="", readings=())
    return replace(stated, status=AMBIGUOUS, value=None, kind=ROWS)


def _between(linked: Linked, now: Answer | None, then: Answer | None) -> Answer | None:
    """Return the two values beside each other, and how far apart they are where that is asked."""
    if now is None or then is None or not (values := _values(now, then)):
        return None
    rows = (*now.rows, *then.rows)
    said = f"{now.reading} {values[0]:,} now, {values[1]:,} before."
    apart_ = any(s.words.casefold().startswith(("how", "difference")) for s in linked.having("change"))
    if linked.having("ask", "count") or apart_:
        apart = abs(values[0] - values[1])
        return replace(now, linked=linked, kind=NUMBER, value=apart, reading=f"{said} The difference.", rows=rows)
    return replace(now, linked=linked, kind=ROWS, value=None, unit="", reading=said, rows=rows)


def _values(now: Answer, then: Answer) -> tuple[float, float] | None:
    """Return two values of one thing at two times, None if the answers are no such."""
    one, other = now.quantity, then.quantity
    if one is None or other is None or now.unit != then.unit:
        return None
    # "155 ... compared with 128": what an item holds its number against is of the same thing, by whatever name.
    told_apart = one.measure is not None and other.measure is not None and one.measure != other.measure
    held = key_of(str(other.role)) == "comparison_value" and _items(now) == _items(then) and not told_apart
    of_one = one.label == other.label or held
    if not of_one or now.value is None or then.value is None:
        return None
    return now.value, then.value


def _items(given: Answer) -> set[object]:
    return {e.item for row in given.rows for e in row.evidence}
