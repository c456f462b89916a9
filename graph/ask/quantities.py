"""Words of a question to figures: which sort of number in the reports is meant, if any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from rdflib import URIRef

from graph.ask import cues, thesaurus
from graph.ask.lexicon import filler_words, folded, root, roots, spelt
from graph.ask.model import Linked, Quantity, Span
from graph.ask.patterns import either_way
from graph.ask.stated import CHANGES, Stated, all_roots
from graph.namespaces import key_of

_NUMBERS: Final = frozenset({"count", "GBP", "person"})
TIMES: Final = frozenset({"second", "minute", "hour", "day", "week", "month"})
"""Units of what something takes or lasts."""
_NOW: Final = re.compile(r"\b(?:this quarter|current quarter|this reporting period|this period)\b", re.IGNORECASE)
_BEFORE: Final = re.compile(
    r"\b(?:last|previous|prior|preceding) (?:quarter|period)\b|\bquarter before\b", re.IGNORECASE
)
_MONTH: Final = re.compile(
    "january|february|march|april|may|june|july|august|september|october|november|december", re.IGNORECASE
)
_YEAR_BEFORE: Final = re.compile(r"\b(?:last|previous|prior) year\b|\byear (?:before|ago|earlier)\b", re.IGNORECASE)
HEADED = 0.2
"""What the noun that a phrase ends in adds, where the figure is of it: "MOSOVO charges" are charges."""
PART, LEAST, CLOSE = 0.25, 0.8, 0.04
"""What an area's figure loses where none is named; what one word alone must reach; how near a rival comes."""
ADDED = 0.3
"""What it adds that a figure is of an increase, where what was added is asked for."""
NARROWER = 0.3
"""How near another figure comes where one word is said, and the best is of a measure with a narrower name."""
CALLED = 0.1
"""What it adds that a figure is of a measure which the question calls by its name."""
LIGHTLY = 0.1
"""What a word as "people" adds where the figure is of them."""
FEW = 3
"""Items that a question is about where it need not say all of what is counted."""
ENOUGH = 0.5
"""Share of a question's words that the name of a measure, or what is counted, must have."""


@dataclass(frozen=True, slots=True)
class Found:
    """The sorts of number that a question may mean, as likely as one another."""

    quantities: tuple[Quantity, ...]
    score: float
    complete: bool
    """Whether every word that says what is counted stands in the question."""


def find(
    figures: Sequence[Stated], linked: Linked, content: Sequence[Span], items: frozenset[URIRef] | None
) -> Found | None:
    """Return the sorts of number that ``content`` says, among the figures of ``items`` (None: of all).

    Every word must be found: in what is counted or its measure's names, or at least in the item.
    """
    units = [_alternatives(span) for span in content]
    if not units:
        return None
    head = _head(linked, content)
    last = _run(content, max(head, 0)) - 1
    run = units[max(head, 0) : last + 1]
    counted = frozenset(r for unit in run for a in (unit if head >= 0 else unit[:1]) for r in a)
    everything = frozenset(r for unit in units for a in unit for r in a)
    scored, beside = _scored(figures, linked, units, head, last, counted, items)
    if not scored and len({(f.value, f.item) for f in beside}) == 1:
        # Of one figure alone the sentence has all that is said of it beside what is counted: "in the busiest month".
        scored = [(1.0, beside[0])]
    if not scored:
        return None
    if linked.having("period", "before"):
        compared = [(score, f) for score, f in scored if key_of(str(f.role)) == "comparison_value"]
        scored = compared or scored
    # Who names no area means the force as a whole.
    fair = [(score if figure.wide or items is not None else score - PART, score, figure) for score, figure in scored]
    best, raw, first = max(fair, key=lambda one: one[0])
    heavy = sum(not all(a <= _light() for a in unit) for unit in units)
    alone = items is not None and len(items) <= FEW and len(scored) == 1
    if heavy == 1 and best < LEAST and not alone:
        return None
    near = CLOSE if heavy == 1 else 0.02
    chosen = [figure for score, _, figure in fair if score >= best - near]
    # One word alone may be of other measures too; areas that stand beside one another are told together.
    chosen += [f for _, score, f in fair if heavy == 1 and f.measure != first.measure and score >= raw - near]
    said_roots = frozenset(r for unit in units for r in unit[0]) - _light()
    if len(said_roots) == 1 and _extra(all_roots(first.label), everything) > 1:
        # "Volunteers" are not those of one scheme while others are counted too.
        chosen += [f for _, score, f in fair if f.measure != first.measure and score >= raw - NARROWER]
    chosen += [f for _, _, f in fair if not first.wide and f.measure and f.measure == first.measure]
    chosen = _plainest(chosen, everything)
    quantities = tuple(dict.fromkeys(_quantity(figure, units) for figure in chosen))
    said = frozenset(r for unit in units for alternative in unit for r in alternative)
    complete = alone or any(n and not _extra(n, said) for f in chosen for n in (f.what_roots, *f.name_roots))
    return Found(quantities, best / max(heavy, 1), complete)


def _scored(
    figures: Sequence[Stated],
    linked: Linked,
    units: Sequence[Alternatives],
    head: int,
    last: int,
    counted: frozenset[str],
    items: frozenset[URIRef] | None,
) -> tuple[list[tuple[float, Stated]], list[Stated]]:
    """Return the figures that a question may mean, with how well it says them, and those that its sentence has."""
    everything = frozenset(r for unit in units for a in unit for r in a)
    few = items is not None and len(items) <= FEW
    scored: list[tuple[float, Stated]] = []
    beside: list[Stated] = []
    for figure in figures:
        if (items is not None and figure.item not in items) or not _fits(figure, linked):
            continue
        if counted and figure.head in everything - counted and counted & figure.what_roots:
            # "How many victims have navigators" is not how many "victim navigators" there are.
            continue
        other = figure.what_roots - _filler_roots() - _light()
        named = head >= 0 and not all(a <= _light() for a in units[head])
        if named and other and not counted & other and other <= everything - counted:
            # "How many constables support parishes" is not how many parishes there are.
            continue
        if head >= 0 and _of_another(figure, figures, units, everything):
            # "How many e-scooters were in collisions" is not how many were seized, where collisions are counted beside.
            continue
        called = any(n and not _extra(n, everything) for n in figure.name_roots)
        if head >= 0 and items is None and not called and counted - _light() and other and not other & everything:
            # "How many cadets" are no "events held", though these are the cadets' events.
            continue
        score = _score(figure, units, linked, head, few=few, last=last)
        if score is None and head >= 0 and _in_its_sentence(figure, units, head):
            beside.append(figure)
        if score is not None:
            # "PSVs" are those that a measure counts, rather than two of them that something is told of.
            scored.append((score + (CALLED if called and _says_no_more(figure, units) else 0), figure))
    return scored, beside


def _of_another(figure: Stated, figures: Sequence[Stated], units: Sequence[Alternatives], said: frozenset[str]) -> bool:
    """Whether a figure is of more than is said, and a word beside what it counts is counted in its item by another."""
    if any(not _extra(n, said) for n in (figure.what_roots, *figure.name_roots) if n):
        return False
    names = figure.what_roots | frozenset(r for name in figure.name_roots for r in name)
    beside = [unit for unit in units if not any(a <= names for a in unit)]
    others = [f.what_roots for f in figures if f.item == figure.item and f is not figure and len(f.what_roots) == 1]
    return any(a in others for unit in beside for a in unit)


def _in_its_sentence(figure: Stated, units: Sequence[Alternatives], head: int) -> bool:
    """Whether a figure is of what is counted, and its sentence has every other word of the question."""
    names = figure.what_roots | frozenset(r for name in figure.name_roots for r in name)
    return any(a <= names and not a <= _light() for a in units[head]) and all(
        any(a <= figure.near | names for a in unit) for unit in units
    )


def _says_no_more(figure: Stated, units: Sequence[Alternatives]) -> bool:
    """Whether the names of a figure's measure have every word of a question that carries meaning."""
    names = frozenset(r for name in figure.name_roots for r in name)
    return all(unit[0] <= names | _light() for unit in units)


def _plainest(chosen: list[Stated], said: frozenset[str]) -> list[Stated]:
    """Return, of several figures of a measure that an item states, those that are of no narrower thing than is said."""
    least: dict[object, int] = {}
    for f in chosen:
        key = (f.item, f.measure or f.what, f.role, f.unit)
        least[key] = min(least.get(key, 99), _extra(f.what_roots, said))
    return [f for f in chosen if _extra(f.what_roots, said) == least[f.item, f.measure or f.what, f.role, f.unit]]


def _extra(name: frozenset[str], said: frozenset[str]) -> int:
    """Return how many words of a name that carry meaning ``said`` lacks."""
    return len(name - said - _filler_roots())


@cache
def _filler_roots() -> frozenset[str]:
    return frozenset(root(word) for word in filler_words())


Alternatives = tuple[frozenset[str], ...]


def _alternatives(span: Span) -> Alternatives:
    """Return the ways to say what ``span`` says: in its own words, or in a name of what they mean."""
    text = span.read_as or span.words
    named = span.meaning.role == "entity"
    said = all_roots(text) if named else frozenset(roots(text))
    plain = frozenset(roots(text)) if span.meaning.value == "theme" else said
    labels = [all_roots(e.label) for e in span.meaning.entities if e.kind in ("unit", "partner", "programme")]
    return tuple(dict.fromkeys(a for a in (said, plain, *labels) if a))


def _fits(figure: Stated, linked: Linked) -> bool:
    """Whether a figure is of the sort, and of the time, that the question asks for."""
    role, asked = key_of(str(figure.role)), " ".join(s.words.lower() for s in linked.having("ask"))
    if "%" in linked.question:
        asked += " percent"
    if linked.having("change") or linked.having("against"):
        wanted = {"change_pct"} if "percent" in asked or "per cent" in asked else CHANGES
        if any("how many" in s.words.lower() for s in linked.having("change")):
            wanted = {"change_abs"}
        return role in wanted
    if _newly(linked) and not (role == "change_abs" or _told_new() & figure.near):
        # "New volunteers" are not all volunteers.
        return False
    if role in CHANGES:
        return role == "change_abs" and _newly(linked)
    if "average" in asked and not linked.having("rate"):
        # An average of others stands beside the force's own number as a comparison.
        said = root("average") in figure.beside
        return said and (role == "comparison_value" or _in_time(figure, linked, role))
    rate = any(s.words.casefold() in ("rate", "rates") for s in linked.having("ask", "figure"))
    if rate or any(word in asked for word in ("percent", "per cent", "proportion", "share")):
        return figure.unit == "percent"
    if any(word in asked for word in ("long", "fast", "quick")):
        return figure.unit in TIMES and _in_time(figure, linked, role)
    if figure.unit in TIMES and not _speaks_of_time(linked):
        # "101 calls last quarter" are calls, and no time that they took to be answered.
        return False
    if rates := linked.having("rate"):
        return figure.unit.endswith(f"per-{rates[0].meaning.value}") and _in_time(figure, linked, role)
    if linked.having("ask", "count") and (
        figure.unit == "percent" or _is_of_time(figure, linked) or _is_rate(figure, linked)
    ):
        return False
    return _in_time(figure, linked, role)


def _newly(linked: Linked) -> bool:
    """Whether a question asks for what was added: "new cadets", "volunteers recruited"."""
    return any({root(spelt(w.norm)), w.norm} & _new_roots() for w in linked.words)


@cache
def _new_roots() -> frozenset[str]:
    return frozenset(root(word) for word in folded(thesaurus.NEWLY))


@cache
def _told_new() -> frozenset[str]:
    return _new_roots() | frozenset(root(word) for word in folded(thesaurus.TOLD_NEW))


def _speaks_of_time(linked: Linked) -> bool:
    """Whether a question has a word for a time that something takes."""
    return bool({root(spelt(w.norm)) for w in linked.words} & {root(word) for word in folded(cues.LASTING)})


def _is_of_time(figure: Stated, linked: Linked) -> bool:
    """Whether a figure is in hours or the like, and the question does not say so."""
    return figure.unit in TIMES and figure.unit not in {w.norm for w in linked.words}


def _is_rate(figure: Stated, linked: Linked) -> bool:
    """Whether a figure is so many a day or the like, and the question does not say so."""
    return figure.unit.startswith("per-") and not {"per", "daily", "average", figure.unit[4:]} & {
        w.norm for w in linked.words
    }


def _in_time(figure: Stated, linked: Linked, role: str) -> bool:
    periods = {s.meaning.value for s in linked.having("period")}
    written = figure.written or ""
    quarter = f"q{figure.quarter[-1:]}"
    if "year-before" in periods:
        return bool(_YEAR_BEFORE.search(written))
    away = {p for p in periods if re.fullmatch(r"q[1-4]", p) and p != quarter}
    if "before" in periods:
        other = _YEAR_BEFORE.search(written) or _MONTH.fullmatch(written)
        return bool(_BEFORE.search(written)) or (role == "comparison_value" and not other)
    if away:
        return any(p in written.lower() for p in away)
    return role != "comparison_value"


@cache
def _light() -> frozenset[str]:
    return frozenset(root(word) for word in folded(f"{thesaurus.LIGHT} {thesaurus.NEWLY}"))


def _head(linked: Linked, content: Sequence[Span]) -> int:
    """Return which of ``content`` says what is counted, right after "how many"; -1 if none does."""
    counting = linked.having("ask", "count")
    after = [place for place, span in enumerate(content) if counting and span.first >= counting[0].last]
    if not after:
        # "Volunteers - how many?": what stands before is counted where nothing follows.
        return len(content) - 1 if counting else -1
    run = range(after[0], _run(content, after[0]))
    single = not content[after[0]].words.casefold().endswith("s")
    # "How many volunteer events": the first that is several, after words that are one.
    several = [n for n in run[1:] if content[n].words.casefold().endswith("s") and content[n].meaning.role == "words"]
    return several[0] if single and several and content[after[0]].meaning.role in ("type", "words") else after[0]


def _run(content: Sequence[Span], head: int) -> int:
    """Return where the words end that stand in a row from ``head`` on; ``head`` itself if there is none."""
    last = head
    while 0 <= last < len(content) and (last == head or content[last].first == content[last - 1].last):
        last += 1
    return last


def _score(
    figure: Stated, units: Sequence[Alternatives], linked: Linked, head: int, *, few: bool, last: int
) -> float | None:
    counted_last = last if head < 0 else -1
    names = frozenset(r for name in figure.name_roots for r in name)
    total, said = 0.0, 0
    for place, unit in enumerate(units):
        if all(a <= _light() for a in unit):
            total += LIGHTLY * any(a <= names | figure.what_roots for a in unit)
        elif place == counted_last and unit[0] <= figure.what_roots:
            total, said = total + 1 + HEADED, said + 1
        elif any(a <= figure.what_roots for a in unit):
            # A name in other words than the question's says a little less.
            total, said = total + (1 if unit[0] <= figure.what_roots else 0.9), said + 1
        elif any(a <= names | figure.what_roots for a in unit):
            total, said = total + 0.95, said + 1
        elif place == head:
            return None
        elif any(a <= figure.near for a in unit):
            total += 0.5
        elif any(a <= figure.around for a in unit):
            total += 0.2
        else:
            return None
    heavy = sum(not all(a <= _light() for a in unit) for unit in units)
    # In the few items of an operation that is named, a word beside what is counted tells enough.
    if said < max(1, ENOUGH * heavy * (not few)):
        return None
    everything = frozenset(r for unit in units for a in unit for r in a)
    # "People" alone does not say who is counted.
    names_ = [n for n in (figure.what_roots, *figure.name_roots) if n and not (figure.name_roots and n <= _light())]
    closest = min((_extra(n, everything) for n in names_), default=3)
    narrower = min((_extra(n, everything) for n in figure.name_roots), default=0)
    added = ADDED * (_newly(linked) and key_of(str(figure.role)) in CHANGES)
    return total + added - 0.05 * closest - 0.02 * min(narrower, 3) - _strangeness(figure, linked, everything)


def _strangeness(figure: Stated, linked: Linked, said: frozenset[str]) -> float:
    """How far a figure is from what a plain question means: this quarter's value, of the force as a whole."""
    written = figure.written or ""
    if written and all_roots(written) <= said:
        # "999 calls in March": the one that March has, and not all of the sentence.
        return -0.1
    asked = bool(linked.having("period"))
    special = bool(written) and not _NOW.search(written) and not re.match(r"(?:as (?:of|at)|q[1-4])\b", written.lower())
    if asked and not special and figure.written:
        return -0.1
    return 0.15 if special and not asked else 0.0


def _quantity(figure: Stated, units: Sequence[Alternatives]) -> Quantity:
    names = frozenset(r for name in figure.name_roots for r in name) | figure.what_roots
    loose = [a for unit in units if not any(x <= names for x in unit) for a in unit if a <= figure.around]
    patterns = tuple(dict.fromkeys(either_way(r) for a in loose[:3] for r in sorted(a)))
    return Quantity(
        figure.measure, figure.label, figure.what, figure.role, figure.unit, figure.written, patterns, figure.sign
    )
