"""The meanings of a question's words to its form: what is asked for, of what, and under which conditions.

What does not fit together is no guess but a problem: words that could not be read, a name that nothing has, or two
readings.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from graph.ask import cues
from graph.ask.doubts import (
    CORE,
    PLACES,
    Problem,
    is_type_of_partner,
    joints,
    left_over,
    said_both,
    too_little,
    two_questions,
    unreadable,
)
from graph.ask.lexicon import HINT, folded, root, roots, spelt
from graph.ask.model import BOOLEAN, NUMBER, ROWS, Constraint, Entity, Form, Linked, Span
from graph.ask.ordering import ordered
from graph.mentions.words import words

_PRESENT: Final = (" who attend", " who sat on ", " who sit on ", " who came to ", " who was at ", " who were at ")
_BODIES: Final = "(?:partner|body|organisation|agency)"


def conditions(linked: Linked, target: str, forces: tuple[Entity, ...]) -> tuple[Constraint, ...]:
    """Return what rows must meet, from the names and the words of ``linked``, for things of ``target``."""
    found: list[Constraint] = []
    mention = (
        bool(linked.having("mention")) and target in ("item", "report", "") and not linked.having("class", "partner")
    )
    spans = linked.spans
    for place, span in enumerate(spans):
        meaning = span.meaning
        negated = _negated(spans, place)
        if meaning.role in ("entity", "type"):
            found.append(_named(span, spans, place, target, negated=negated, mention=mention))
        elif meaning.role == "period" and meaning.entities and target != "figure":
            found.append(Constraint("quarter", meaning.entities))
        elif meaning.role == "force-wide":
            found.append(Constraint("lpa", forces))
        elif meaning.role == "class" and meaning.value not in ("who", "where", "thing", target):
            if _stands_for_relation(spans, place, target):
                found.append(Constraint(meaning.value, negated=negated))
        elif meaning.role == "class" and meaning.value == target and negated:
            found.append(Constraint(meaning.value, negated=True))
    denied = {s for place, s in enumerate(spans) if s.meaning.role == "words" and _negated(spans, place)}
    text = tuple(_pattern(s) for s in spans if s.meaning.role == "words" and s not in denied)
    if text:
        found.append(Constraint("words", words=text))
    if denied:
        found.append(Constraint("words", words=tuple(_pattern(s) for s in spans if s in denied), negated=True))
    if any(s.meaning.role == "not" and _unmentioned(spans, place) for place, s in enumerate(spans)):
        found.append(Constraint("item", negated=True))
    return tuple(_tidy(_either(linked, _without_title(linked, found), target), target))


def _unmentioned(spans: tuple[Span, ...], place: int) -> bool:
    """Whether what is denied is being mentioned at all: "which districts are not mentioned"."""
    after = [s.meaning.role for s in spans[place + 1 :] if s.meaning.role != "filler"]
    return after == ["mention"]


def _either(linked: Linked, found: list[Constraint], target: str) -> list[Constraint]:
    """Put things of a kind that "or" joins into one condition; so places that "and" joins, which are a wider place."""
    merged = list(found)
    for one, other, word in joints(linked):
        wider = word in ("and", "&") and one.meaning.value in PLACES and target in ("operation", "item")
        if word != "or" and not (wider and not said_both(linked)):
            continue
        pair = [
            c
            for c in merged
            if c.entities
            and c.kind == one.meaning.value
            and set(c.entities) & {*one.meaning.entities, *other.meaning.entities}
        ]
        if len(pair) == 2 and pair[0].negated == pair[1].negated:
            both = replace(pair[0], entities=(*pair[0].entities, *pair[1].entities))
            merged = [both if c == pair[0] else c for c in merged if c != pair[1]]
    return merged


def _without_title(linked: Linked, found: list[Constraint]) -> list[Constraint]:
    """Leave out a theme right before a commitment: "road safety promise 7.1" says what that promise is about."""
    for one, other in pairwise(linked.spans):
        if (
            one.meaning.value == "theme"
            and other.meaning.value in ("commitment", "priority")
            and one.last == other.first
        ):
            return [c for c in found if c.entities != one.meaning.entities]
    return found


def _pattern(span: Span) -> str:
    return r"\b" + r"\W+".join(re.escape(root(spelt(w.norm))) for w in words(span.read_as or span.words))


def _negated(spans: tuple[Span, ...], place: int) -> bool:
    """Whether a word of negation stands before a span, with nothing of meaning between."""
    for before in reversed(spans[:place]):
        if before.meaning.role == "not":
            return True
        if before.meaning.role not in ("filler", "ask"):
            # "no evidence from the South": what evidence there is not is told after it.
            return (
                before.meaning.role == "class"
                and before.meaning.value == "item"
                and _negated(spans, spans.index(before))
            )
    return False


def _named(span: Span, spans: tuple[Span, ...], place: int, target: str, *, negated: bool, mention: bool) -> Constraint:
    meaning = span.meaning
    kind = meaning.value if meaning.role == "entity" else "partner-type"
    near = [s.meaning.role for s in spans[max(0, place - 3) : place + 3]]
    only = kind in ("partner-type", "partner", "lpa", "district") and "only" in near
    single = span.last - span.first == 1
    if (kind == "theme" and meaning.role == "entity" and single and (meaning.rank >= HINT or _one_of(span))) or (
        kind == "partner" and not negated and _aimed_at(spans, place)
    ):
        return Constraint("words", words=(_pattern(span),), negated=negated)
    beside = kind == target == "partner" and not negated
    return Constraint(
        kind,
        meaning.entities,
        negated=negated,
        mention=mention and kind not in ("lpa", "district", "theme"),
        only=only,
        beside=beside,
    )


def _one_of(span: Span) -> bool:
    """Whether a word is one of several that a theme is called by: "arrests" of "Arrests, warrants and seizures"."""
    said = frozenset(roots(span.read_as or span.words))
    return any("," in e.label and said < frozenset(roots(e.label)) for e in span.meaning.entities)


def _aimed_at(spans: tuple[Span, ...], place: int) -> bool:
    """Whether a body is what the police act upon, not who acts with them: "aimed at taxi drivers"."""
    before = [s.words.casefold() for s in spans[max(0, place - 2) : place] if s.meaning.role == "filler"]
    return any(word.norm in folded(cues.AIMS) for text in before for word in words(text))


def _stands_for_relation(spans: tuple[Span, ...], place: int, target: str) -> bool:
    """Whether a noun for a sort of thing is a condition ("with partners"), not a word beside a name or a filler."""
    meaning = spans[place].meaning
    beside = [s.meaning for s in spans[max(0, place - 1) : place + 2] if s is not spans[place]]
    if any(m.role == "entity" and m.value == meaning.value for m in beside):
        return False
    if any(m.role in ("group", "superlative") for m in (s.meaning for s in spans[max(0, place - 2) : place])):
        return False
    if meaning.value == "item":
        return _negated(spans, place)
    if meaning.value == "commitment" and target == "item":
        return False
    return meaning.value in ("operation", "partner", "figure", "district", "theme", "unit", "programme")


def _tidy(found: list[Constraint], target: str) -> list[Constraint]:
    """Leave out what says the same twice: "partners" beside the partner that is named."""
    named = {c.kind for c in found if c.entities}
    partner = named & {"partner", "partner-type"}
    kept = []
    for c in dict.fromkeys(found):
        loose = not c.entities and not c.words and not c.negated
        if loose and (c.kind in named or (c.kind == "partner" and partner) or c.kind == target):
            continue
        kept.append(c)
    return kept


def target_of(linked: Linked) -> str:
    """Return the sort of thing that is asked for, "" if the words do not say."""
    if noun := noun_of(linked):
        return noun
    types = [s for s in linked.spans if is_type_of_partner(s)]
    others = [s for s in linked.spans if s.meaning.role == "entity" and not is_type_of_partner(s)]
    kinds = {s.meaning.value for s in others} - {"lpa", "district", "theme", "commitment", "priority"}
    asked = [w.norm for w in linked.words[: types[0].first]] if types else []
    if types and (not kinds or (kinds == {"partner"} and asked in (["which"], ["what"], ["list"]))):
        return "partner"
    return ""


def _relative(linked: Linked, place: int) -> bool:
    """Whether "who" or "where" tells more of the noun before it, as in "constables who left", and asks nothing."""
    span, before = linked.spans[place], linked.spans[place - 1] if place else None
    if before is None or span.meaning.value not in ("who", "where") or before.last != span.first:
        return False
    people = before.meaning.role in ("type", "words") or before.meaning.value == "partner"
    return before.meaning.role == "class" or (people and span.last < len(linked.words))


def noun_of(linked: Linked) -> str:
    """Return the sort of thing that a noun of the question asks for, "" without one."""
    for span in sorted(_nouns(linked), key=lambda s: s.meaning.value == "thing"):
        value = span.meaning.value
        if value == "where":
            return "item" if linked.having("mention") else "lpa"
        return {"thing": "item", "who": "partner"}.get(value, value)
    return ""


def _nouns(linked: Linked) -> list[Span]:
    """Return the nouns for sorts of thing that may be what is asked for: of "partner operations" the last."""
    spans = linked.spans
    found = []
    for place, span in enumerate(spans):
        if span.meaning.role != "class" or _negated(spans, place):
            continue
        if place and spans[place - 1].meaning.role == "group":
            continue
        if _relative(linked, place):
            continue
        after = spans[place + 1 : place + 3]
        if (
            after
            and after[0].meaning.role == "class"
            and after[0].first == span.last
            and not {span.meaning.value, after[0].meaning.value} & {"who", "where"}
        ):
            continue
        if after and linked.words[after[0].first].norm in folded(cues.COMPOUNDS) and after[-1].meaning.role == "class":
            continue
        found.append(span)
    return found


def _title_asked(linked: Linked) -> str:
    """Return "commitment" or "priority" where its wording is asked for: "what is priority 5?"."""
    said = [s for s in linked.spans if s.meaning.role not in ("filler", "ask", "mention")]
    opening = [w.norm for w in linked.words[:2]]
    asked = opening in (["what", "is"], ["what", "does"], ["what", "doe"], ["what", "was"])
    if asked and len(said) == 1 and said[0].first <= 3 and said[0].meaning.value in ("commitment", "priority"):
        between = [w.norm for w in linked.words[2 : said[0].first]]
        return "" if {"under", "for", "in", "on"} & set(between) else said[0].meaning.value
    return ""


def _what_is_done(linked: Linked) -> bool:
    """Whether a question asks what somebody did: "what do we do with the council?"."""
    said = [w.norm for w in linked.words[:2]]
    return said[:1] == ["what"] and said[-1] in ("do", "did", "doe", "does", "have", "has")


def understand(linked: Linked, forces: tuple[Entity, ...]) -> Form | Problem:
    """Return the form of a question about things and sentences, or why it has none."""
    if problem := unreadable(linked):
        return problem
    if saved := linked.having("saved"):
        named = tuple(c for c in conditions(linked, "report", forces) if c.entities)
        return Form(ROWS, "figure", named, catalogue=saved[0].meaning.value)
    target = target_of(linked)
    if special := _special(linked, target, forces):
        return special
    kind = _kind(linked, target)
    if problem := two_questions(linked, target):
        return problem
    if kind == BOOLEAN and not target:
        target = _first_named(linked)
    titled = "" if target else _title_asked(linked)
    target = target or titled
    if not target or (_what_is_done(linked) and not _nouns(linked) and not titled):
        target = "item"
    found = conditions(linked, target, forces)
    if (
        kind == ROWS
        and len(found) == 1
        and found[0].kind == target
        and found[0].entities
        and noun_of(linked) not in ("", "lpa")
        and not (found[0].beside and _stands_beside(linked))
    ):
        # "The Irish Lion operation": what is asked about a thing that is named is what reports say of it.
        target = "item"
        found = conditions(linked, target, forces)
    if kind == BOOLEAN and target == "lpa" and any(c.kind == "operation" for c in found):
        target = "operation"
    if kind == BOOLEAN:
        found = tuple(replace(c, beside=False) for c in found)
    if problem := too_little(linked, target, found):
        return problem
    if problem := left_over(linked, target, found, kind):
        return problem
    return ordered(linked, target, found, kind)


def _stands_beside(linked: Linked) -> bool:
    """Whether bodies are asked for beside one that is named: "who is in the hub", "who does the council work with"."""
    place = next(s.first for s in linked.spans if (s.meaning.role, s.meaning.value) == ("entity", "partner"))
    before = [w.norm for w in linked.words[:place] if w.norm not in ("the", "a", "an", "our")]
    joined = not linked.having("mention") and before[-1:] and before[-1] in folded(cues.BESIDE)
    return bool(joined) or linked.words[-1].norm in ("with", "alongside")


def _special(linked: Linked, target: str, forces: tuple[Entity, ...]) -> Form | Problem | None:
    """Return the form of a question of a shape of its own, None for all others."""
    if linked.having("ask", "times"):
        return _times(linked, forces)
    return _by_wording(linked, target) or _company(linked, target)


def _times(linked: Linked, forces: tuple[Entity, ...]) -> Form | Problem:
    """Return the form that counts the sentences that mention something: "how often is Harlow mentioned"."""
    found = conditions(linked, "item", forces)
    if not linked.having("mention") or not found:
        return Problem("unread", "how often is told only of what reports mention", (linked.having("ask")[0].words,))
    return left_over(linked, "item", found, ROWS) or Form(NUMBER, "item", found)


def _by_wording(linked: Linked, target: str) -> Form | None:
    """Return the form for commitments or priorities whose own wording has the words: "commitments about roads"."""
    said = [s for s in linked.spans if s.meaning.role not in ("filler", "ask", "mention", "class")]
    if target not in ("commitment", "priority") or not said or {s.meaning.role for s in said} != {"words"}:
        return None
    things = said[0].meaning.entities
    for span in said[1:]:
        things = tuple(e for e in things if e in span.meaning.entities)
    things = tuple(e for e in things if e.kind == target)
    kind = NUMBER if linked.having("ask", "count") else ROWS
    return Form(kind, target, (Constraint(target, things),)) if things else None


def _company(linked: Linked, target: str) -> Form | None:
    """Return the form that asks which bodies stand beside one that is named: "who else works with Border Force"."""
    named = [s.meaning for s in linked.spans if s.meaning.role in ("entity", "type", "words", "not")]
    asked = f" {' '.join(w.norm for w in linked.words)} "
    if target != "partner" or len(named) != 1 or (named[0].role, named[0].value) != ("entity", "partner"):
        return None
    beside = re.match(rf" (?:who|whom|(?:which|what) {_BODIES}) (?:\w+ )?(?:work|worked|working) with ", asked)
    if len(named[0].entities) != 1 or not (
        beside or asked.startswith(_PRESENT) or any(f" {word} " in asked for word in cues.phrases(cues.COMPANY))
    ):
        return None
    return Form(ROWS, "partner", catalogue="partners-together", values=(("partner", str(named[0].entities[0].iri)),))


def _kind(linked: Linked, target: str) -> str:
    if linked.having("ask", "count") and target in CORE:
        return NUMBER
    first = linked.words[0].raw.casefold() if linked.words else ""
    asks = [s for s in linked.having("ask", "list") if s.words.casefold() in ("which", "what", "list", "show")]
    return BOOLEAN if first in cues.YES_NO.split() and not asks else ROWS


def _first_named(linked: Linked) -> str:
    for span in linked.spans:
        if span.meaning.role == "entity" and span.meaning.value == "operation":
            return "operation"
    return "item"
