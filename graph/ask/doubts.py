"""Why a question has no form: what could not be read, what is left over, and what may mean two things."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Final

from graph.ask import cues, thesaurus
from graph.ask.lexicon import folded
from graph.ask.model import BOOLEAN, NUMBER, Constraint, Linked, Span
from graph.mentions.words import words

CORE: Final = ("operation", "partner", "commitment", "priority", "lpa", "district", "item", "partner-type", "theme")
_WHO_IS: Final = (["who", "is"], ["whos", "the"], ["who", "was"], ["who", "are"])
_ALONE: Final = ("lpa", "district", "partner-type", "quarter")
"""Kinds whose name alone says nothing of what is asked."""
PLACES: Final = ("lpa", "district", "place")
"""Kinds that two of make a wider one."""
_TOGETHER: Final = ("operation", "item")
"""What one row of can have two things at once, as the questions here can say it."""
_LEADS: Final = frozenset(("the", "a", "an", "in", "from", "of", "with", "by", "about", "on", "our"))
"""Words that may be said again before the second of two names: "in the North and in the West"."""
_BOTH: Final = ("both", "combine", "combines", "combined", "combining", "together", "also")
_JOINED: Final = frozenset(("partner", "partner-type", "unit", "programme", "operation"))
"""Kinds that "and" joins to those that are there together."""


_ABOUT: Final = frozenset(("about", "on", "concerning", "regarding", "involve", "involving", "tackle", "related"))
"""Words after a negation that make it one of what something is about, not of a verb."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a question has no form."""

    status: str
    reason: str
    words: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    """Questions that it may mean."""


def joints(linked: Linked) -> list[tuple[Span, Span, str]]:
    """Return names of the same kind with one word between them, and that word: "Harlow or Epping"."""
    named = [s for s in linked.spans if s.meaning.role in ("entity", "type")]
    return [
        (one, other, linked.words[one.last].raw.casefold())
        for one, other in pairwise(named)
        if _kind(one) == _kind(other) and _gap(linked, one, other) == 1
    ]


def _kind(span: Span) -> str:
    return "partner-type" if span.meaning.role == "type" else span.meaning.value


def _gap(linked: Linked, one: Span, other: Span) -> int:
    """Return how many words stand between two spans, articles aside."""
    between = [w for w in linked.words[one.last : other.first] if w.norm not in _LEADS]
    return len(between)


def said_both(linked: Linked) -> bool:
    """Return whether a question says that two things go together: "both"."""
    said = linked.question.casefold()
    return any(w.norm in _BOTH for w in linked.words) or any(
        more in said for more in ("as well", "in common", "shared")
    )


def unreadable(linked: Linked) -> Problem | None:
    """Return what of a question nothing can be made of: what reports do not hold, and words that nobody knows."""
    if beyond := linked.having("unanswerable"):
        return Problem("unread", "the reports hold nothing that answers this", tuple(s.words for s in beyond))
    if not linked.unknown:
        return None
    names = tuple(u.words for u in linked.unknown)
    if _called_as_operation(linked):
        return Problem("empty", "no operation of the reports is called that", names)
    return Problem("unread", "these words could not be read", tuple(u.words for u in linked.unknown))


def _called_as_operation(linked: Linked) -> bool:
    """Whether the one word that nothing knows stands where an operation's name does: "Operation X", "op called X"."""
    place = linked.unknown[0].first
    before = [w.norm for w in linked.words[max(0, place - 2) : place]]
    asked = place > 1 and linked.words[place - 2].norm in ("which", "what")
    if asked and not linked.words[place].capital:
        # "Which operation netted ...": a verb, and no name.
        return False
    if len(linked.unknown) > 1 or not before or linked.words[place - 1].raw.casefold() in ("ops", "operations"):
        return False
    return before[-1] in ("op", "operation") or (before[-1] in ("called", "named") and before[0] in ("op", "operation"))


def left_over(linked: Linked, target: str, found: tuple[Constraint, ...], kind: str) -> Problem | None:
    """Words of meaning that no part of the form holds: an answer without them would answer another question."""
    if beyond := [
        *(s for s in linked.having("beyond") if not (s.meaning.value and linked.having("superlative"))),
        *linked.having("change"),
        *linked.having("against"),
        *_other_periods(linked),
    ]:
        return Problem("unread", "no form of question here can say this", tuple(s.words for s in beyond))
    idle = {n for s in linked.having("filler") if s.last - s.first > 1 for n in range(s.first, s.last)}
    # "At all" asks for nothing of all things.
    every = [
        w.raw
        for n, w in enumerate(linked.words)
        if n and n not in idle and w.norm in folded(cues.QUANTIFIERS) and kind == BOOLEAN
    ]
    if placed := (*every[:1], *_in_order(linked)):
        return Problem("unread", "no form of question here can say this", placed)
    denied = [s for place, s in enumerate(linked.spans) if s.meaning.role == "not" and not denies(linked.spans, place)]
    if denied:
        return Problem("unread", "it is not clear what there should not be", tuple(s.words for s in denied))
    if away := [s for s in linked.having("period") if s.meaning.value.startswith("q") and not s.meaning.entities]:
        return Problem("empty", "no report of that quarter has been read", tuple(s.words for s in away))
    of_items = target == "item" and any(c.kind in PLACES and c.entities for c in found)
    alone = of_items or any(c.only or (c.kind, target) == ("partner-type", "partner") for c in found)
    if linked.having("only") and not alone:
        return Problem("unread", "it is not clear what there should be alone", ("only",))
    if kind == NUMBER and (head := _other_head(linked)):
        return Problem("unread", "no figure of the reports is said in these words", (head,))
    spoken = [w.norm for s in linked.having("words") for w in words(s.read_as or s.words)]
    if spoken and target == "item" and folded(thesaurus.LIGHT).issuperset(spoken):
        return Problem("unread", "no figure of the reports is said in these words", tuple(spoken))
    named = [s for s in linked.spans if s.meaning.role in ("entity", "type")]
    for one, other in pairwise(named):
        between = {w.norm for w in linked.words[one.last : other.first]}
        if _alike(one, other) and between & {"and", "or", "&"}:
            return Problem("ambiguous", "this may mean either or both", (one.words, other.words))
    kinds = [c.kind for c in found if c.entities and not c.negated]
    twice = [c for c in found if c.entities and kinds.count(c.kind) > 1]
    if twice and not said_both(linked) and not _together(linked, twice):
        names = tuple(c.entities[0].label for c in twice)
        return Problem("ambiguous", "this may mean either or both", names, _either_or_both(linked, target))
    told = linked.having("mention") or linked.having("class", "item") or linked.having("class", "thing")
    if kind == BOOLEAN and target == "item" and any(c.words for c in found) and not told:
        return Problem(
            "unread", "only what reports name can be asked like that", tuple(s.words for s in linked.having("words"))
        )
    return None


def _together(linked: Linked, twice: list[Constraint]) -> bool:
    """Whether what "and" joins goes together: bodies, units, and subjects; places that are joined make a wider one."""
    return {c.kind for c in twice} <= _JOINED and any(word in ("and", "with") for *_, word in joints(linked))


def _in_order(linked: Linked) -> tuple[str, ...]:
    """Return words that pick one of several by its place: "the first operation", "the last item"."""
    return tuple(
        f"{one.words} {other.words}"
        for one, other in pairwise(linked.spans)
        if other.meaning.role == "class"
        and other.first == one.last
        and one.meaning.role in ("words", "filler")
        and one.words.casefold() in cues.ORDINALS.split()
    )


def _alike(one: Span, other: Span) -> bool:
    """Whether two names are of kinds that stand for one another: a place and a district, a body and a type of body."""
    kinds = {_kind(one), _kind(other)}
    return len(kinds) > 1 and (kinds <= set(PLACES) or kinds <= {"partner", "partner-type"})


def _either_or_both(linked: Linked, target: str) -> tuple[str, ...]:
    """Return a question with "or" in place of "and", and one with "both" if that can be asked: what names may mean."""
    said = joints(linked)
    if len(said) != 1:
        return ()
    one, other, _ = said[0]
    text = linked.question
    before, first, last, after = text[: one.start], text[one.start : one.end], text[other.start :], text[one.end :]
    both = (f"{before}both {first}{after}",) if target in _TOGETHER and not said_both(linked) else ()
    return (f"{before}{first} or {last}".replace("both ", ""), *both)


def _other_head(linked: Linked) -> str:
    """Return the word that is counted where it is no sort of thing: "how many suspects in the operation"."""
    place = linked.spans.index(linked.having("ask", "count")[0]) + 1
    run = list(takewhile(lambda s: s.meaning.role in ("words", "entity", "type", "class"), linked.spans[place:]))
    only_words = bool(run) and run[0].meaning.role == "words" and not any(s.meaning.role == "class" for s in run)
    return run[0].words if only_words else ""


def _other_periods(linked: Linked) -> list[Span]:
    return [s for s in linked.having("period") if s.meaning.value in ("before", "year-before")]


def denies(spans: tuple[Span, ...], place: int) -> bool:
    """Return whether the negation at ``place`` is of a thing or sort of thing, not of a word as in "not wearing"."""
    follow = [s for s in spans[place + 1 :] if s.meaning.role not in ("filler", "ask")]
    # "No named operation": what is named is what there is not.
    after = follow[1] if len(follow) > 1 and follow[0].meaning.role == "mention" else follow[0] if follow else None
    if after is None:
        return place > 0 and spans[place].words.casefold() in ("nothing", "none")
    said = [s.words.casefold() for s in spans[place + 1 : spans.index(after)]]
    related = after.meaning.role == "words" and bool(_ABOUT.intersection(" ".join(said).split()))
    unmentioned = after.meaning.role == "mention" and all(s.meaning.role == "filler" for s in spans[place + 1 :][1:])
    return related or unmentioned or after.meaning.role in ("class", "entity", "type", "force-wide")


def two_questions(linked: Linked, target: str) -> Problem | None:
    """Two sorts of thing joined by "and" are two questions; so are two areas joined by "or" beside them."""
    text = [w.norm for w in linked.words]
    classes = [s for s in linked.having("class") if s.meaning.value in CORE]
    for one, other in pairwise(classes):
        if other.first - one.last == 1 and text[one.last] in ("and", "or") and one.meaning.value != other.meaning.value:
            return Problem("ambiguous", "two sorts of thing are asked for at once", (one.words, other.words))
    counts = [s for s in linked.having("ask", "count") if s.words.casefold() not in ("in total", "total", "count")]
    if len(counts) > 1:
        return Problem("ambiguous", "two numbers are asked for at once", tuple(s.words for s in counts))
    named = [s for s in linked.spans if s.meaning.role == "entity"]
    for one, other in pairwise(named):
        if other.first - one.last == 1 and text[one.last] == "or" and not target:
            return Problem("ambiguous", "two things are asked about at once", (one.words, other.words))
    return None


def too_little(linked: Linked, target: str, found: tuple[Constraint, ...]) -> Problem | None:
    """Return why what was read is not yet a question: a name alone, or no name and no sort of thing."""
    said = [s for s in linked.spans if s.meaning.role != "filler"]
    if not said:
        return Problem("unread", "these words could not be read", tuple(w.raw for w in linked.words))
    names = [s for s in said if s.meaning.role in ("entity", "type")]
    if [w.norm for w in linked.words[:2]] in _WHO_IS and names and names[0].meaning.value == "unit":
        return Problem("unread", "reports do not say who somebody is", (names[0].words,))
    together = any(w.norm in folded(cues.RELATIONS) for w in linked.words)
    if (
        len(said) == 1
        and len(names) == 1
        and not (together and is_type_of_partner(names[0]))
        and (is_type_of_partner(names[0]) or names[0].meaning.value in _ALONE)
    ):
        return Problem("ambiguous", "this names something but does not say what is asked about it", (names[0].words,))
    if target == "item" and not found and not linked.having("class"):
        return Problem("unread", "this does not say what is asked about", tuple(s.words for s in said))
    vague = [c for c in found if len(c.entities) == 1 and "(not named)" in c.entities[0].label]
    if vague and target in ("item", "") and not linked.having("class"):
        return Problem("ambiguous", "this may mean several bodies", tuple(s.words for s in names))
    return None


def is_type_of_partner(span: Span) -> bool:
    """Return whether a span names a type of partner, by its label or as people call it."""
    return span.meaning.role == "type" or (span.meaning.role == "entity" and span.meaning.value == "partner-type")
