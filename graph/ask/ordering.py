"""What the rows of a form are counted and told apart by: "by LPA", "the most operations", "top 5"."""

from __future__ import annotations

from typing import Final

from graph.ask import cues
from graph.ask.doubts import Problem
from graph.ask.model import KINDS, NUMBER, ROWS, Constraint, Form, Linked, Span
from graph.ask.sparql import LINKED

ALL: Final = -1
"""Every row of a count, not the first alone."""


def ordered(linked: Linked, target: str, found: tuple[Constraint, ...], kind: str) -> Form | Problem:
    """Return the form, with what its rows are counted and told apart by."""
    if superlative := linked.having("superlative"):
        return _ranked(linked, target, found, most=superlative[0].meaning.value == "most")
    group = _group(linked, target)
    if group and group != target and any(w.norm in cues.RANKED for w in linked.words) and group in LINKED:
        return Form(ROWS, target, found, rank_by=group, top=ALL)
    if group and (group not in LINKED or group == "item"):
        return Problem("unread", "rows cannot be told apart by this", (group,))
    each = group and target == "item" and any(s.words.casefold() != "by" for s in linked.having("group"))
    if each and group != "item" and kind == ROWS:
        # "Evidence per area": how much there is for each.
        return Form(ROWS, group, found, rank_by=target, top=ALL)
    if counted := _by_number_of(linked):
        kept = tuple(c for c in found if c.entities or c.words or c.kind != counted)
        return Form(ROWS, target, kept, rank_by=counted, top=ALL)
    if kind == NUMBER and group:
        return Form(ROWS, group, found, rank_by=target, top=ALL)
    if target == "lpa" and not group and kind == ROWS and linked.having("class", "where"):
        return Form(kind, target, found, group="district", loose=True)
    return Form(kind, target, found, group=group)


def _by_number_of(linked: Linked) -> str:
    """Return what is counted in "commitments by number of operations", "" if that is not what is asked."""
    said = [s for s in linked.spans if s.meaning.role != "filler"]
    for one, other, third in zip(said, said[1:], said[2:], strict=False):
        if one.meaning.role == "group" and (other.meaning.role, other.meaning.value) == ("ask", "count"):
            return third.meaning.value if third.meaning.role == "class" else ""
    return ""


def _group(linked: Linked, target: str) -> str:
    spans = linked.spans
    for place, span in enumerate(spans):
        if span.meaning.role == "class" and place and span.meaning.value != target:
            before = [s for s in spans[:place] if s.meaning.role != "filler"]
            if before and before[-1].meaning.role == "group":
                return _STANDS_FOR.get(span.meaning.value, span.meaning.value)
    return ""


_STANDS_FOR: Final = {"thing": "item", "who": "partner", "where": "lpa"}
"""Nouns that stand for a sort of thing."""
_OFTEN: Final = ("often", "frequently", "frequent", "common", "commonly", "commonest")


def _numeral(norm: str) -> int:
    return int(norm) if norm.isdigit() else cues.NUMBER_WORDS.get(norm, 0)


def _bare(linked: Linked, cue: Span) -> bool:
    """Whether nothing stands after "most" that might be what is counted, but no figure and no sort of thing."""
    after = [s for s in linked.spans if s.first >= cue.last]
    return all(s.meaning.role in ("filler", "ask", "class", "beyond") or s.words.isdigit() for s in after)


def _counted_of(target: str, cue: str, top: int) -> tuple[str, ...]:
    """Return what a question for the most of something unsaid may mean."""
    if target not in KINDS or target in ("item", "figure"):
        return ()
    which = "most" if cue.casefold() not in cues.phrases(cues.SUPERLATIVES["fewest"]) else "fewest"
    of = [k for k in ("item", "operation") if k != target]
    one = f"Top {top} {KINDS[target][1]}" if top > 1 else f"Which {KINDS[target][0]}"
    if top > 1:
        return tuple(f"{one} by number of {KINDS[k][1]}" for k in of)
    return tuple(f"{one} has the {which} {KINDS[k][1]}?" for k in of)


def _ranked(linked: Linked, target: str, found: tuple[Constraint, ...], *, most: bool) -> Form | Problem:
    """Return a form that counts: "which area has the most operations"."""
    cue = linked.having("superlative")[0]
    counted = [
        s.meaning.value
        for s in linked.having("class")
        if s.first >= cue.last and s.meaning.value not in ("who", "where", target)
    ]
    beside = [*linked.words[cue.last : cue.last + 1], *linked.words[max(0, cue.first - 1) : cue.first]]
    top = next((number for w in beside if (number := _numeral(w.norm))), 0)
    told = target in ("lpa", "district", "commitment", "priority") and any(c.entities or c.words for c in found)
    if not counted and (told or linked.having("mention") or cue.words.casefold().split()[-1] in _OFTEN):
        counted = ["item"]
    if not counted:
        reason = "it is not said of what there should be the most or the fewest"
        choices = _counted_of(target, cue.words, top) if _bare(linked, cue) else ()
        return Problem("ambiguous" if choices else "unread", reason, (cue.words,), choices)
    # "Most evidence: which commitment?": what stands right after "most" is counted, the other is asked for.
    others = [s.meaning.value for s in linked.having("class") if s.meaning.value in KINDS and s.meaning.value != target]
    next_ = next((s for s in linked.spans if s.first >= cue.last and s.meaning.role not in ("filler", "ask")), None)
    if target == "item" and next_ and next_.meaning.value == "item" and others:
        target, counted = others[0], ["item"]
    counted = [_STANDS_FOR.get(kind, kind) for kind in counted]
    if counted[0] not in LINKED:
        return Problem("unread", "this cannot be counted for each", (cue.words,))
    kept = tuple(
        c
        for c in found
        if c.entities or (c.words and not (top and c.words == (rf"\b{top}",))) or (not c.words and c.kind != counted[0])
    )
    return Form(ROWS, target, kept, rank_by=counted[0], descending=most, top=top)
