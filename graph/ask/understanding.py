"""The meanings of a question's words to its form: what is asked for, of what, and under which conditions.

What does not fit together is no guess but a problem: words that could not be read, a name that nothing has, or two
readings.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from graph.ask import cues
from graph.ask.comparing import held_against
from graph.ask.conditions import conditions, negated_at
from graph.ask.doubts import (
    CORE,
    Problem,
    is_type_of_partner,
    left_over,
    too_little,
    two_questions,
    unreadable,
)
from graph.ask.lexicon import HINT, folded, turns
from graph.ask.model import BOOLEAN, NUMBER, ROWS, Constraint, Entity, Form, Linked, Span
from graph.ask.ordering import ordered

_PRESENT: Final = (" who attend", " who sat on ", " who sit on ", " who came to ", " who was at ", " who were at ")
_THERE: Final = ("district", "lpa", "commitment", "priority", "partner-type", "theme", "quarter")
"""Sorts of thing that are there whether or not a report speaks of them."""
_BODIES: Final = "(?:partner|body|organisation|agency)"


def target_of(linked: Linked) -> str:
    """Return the sort of thing that is asked for, "" if the words do not say."""
    types = [s for s in linked.spans if is_type_of_partner(s)]
    noun = noun_of(linked)
    # "Which councils are involved in operations": what stands first is asked for, operations are where.
    if noun and not (types and noun == "operation" and _listed(linked, types)):
        return noun
    others = [s for s in linked.spans if s.meaning.role == "entity" and not is_type_of_partner(s)]
    kinds = {s.meaning.value for s in others} - {"lpa", "district", "theme", "commitment", "priority"}
    if types and (not kinds or _listed(linked, types)):
        return "partner"
    return ""


def _listed(linked: Linked, types: list[Span]) -> bool:
    """Whether a type of partner is what a question begins by asking for: "which other police forces"."""
    before = [w.norm for w in linked.words[: types[0].first]]
    asked = [n for n, word in enumerate(before) if word in ("which", "what")]
    before = before[asked[-1] :] if asked else before
    if not before:
        # "Law enforcement agencies on the board": several, at the very beginning.
        return linked.words[types[0].last - 1].raw.casefold().endswith("s") and types[0].last < len(linked.words)
    return bool(before) and before[0] not in ("the", "of", "any", "our") and folded(cues.LISTING).issuperset(before)


def _relative(linked: Linked, place: int) -> bool:
    """Whether "who" or "where" tells more of the noun before it, as in "constables who left", and asks nothing."""
    span, before = linked.spans[place], linked.spans[place - 1] if place else None
    if before is None or span.meaning.value not in ("who", "where") or before.last != span.first:
        return False
    hint = before.meaning.role == "entity" and before.meaning.rank >= HINT
    people = before.meaning.role in ("type", "words") or before.meaning.value == "partner" or hint
    return before.meaning.role == "class" or (people and span.last < len(linked.words))


def noun_of(linked: Linked) -> str:
    """Return the sort of thing that a noun of the question asks for, "" without one."""
    shown = [s for place, s in enumerate(linked.spans) if place and s.meaning.value == "item" and _shown(linked, place)]
    if shown:
        return "item"
    for span in sorted(_nouns(linked), key=lambda s: s.meaning.value == "thing"):
        value = span.meaning.value
        if value == "where":
            return "item" if linked.having("mention") else "lpa"
        return {"thing": "item", "who": "partner"}.get(value, value)
    return ""


def _shown(linked: Linked, place: int) -> bool:
    """Whether a question goes on to ask for its evidence: "who works in Harlow - show the evidence"."""
    before = [s for s in linked.spans[:place] if s.meaning.role != "filler" or s.words.casefold() in ("and", "with")]
    asked = len(before) > 1 and before[-1].meaning.role == "ask" and before[-1].words.casefold() in cues.SHOW
    return asked and before[-1].first > 1


def _nouns(linked: Linked) -> list[Span]:
    """Return the nouns for sorts of thing that may be what is asked for: of "partner operations" the last."""
    spans = linked.spans
    found = []
    for place, span in enumerate(spans):
        if span.meaning.role != "class" or negated_at(spans, place):
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
    asked = asked or any(w.norm in ("text", "wording", "read") for w in linked.words[:4])
    if asked and len(said) == 1 and said[0].first <= 3 and said[0].meaning.value in ("commitment", "priority"):
        between = [w.norm for w in linked.words[2 : said[0].first]]
        return "" if {"under", "for", "in", "on"} & set(between) else said[0].meaning.value
    return ""


def _what_is_done(linked: Linked) -> bool:
    """Whether a question asks what somebody did: "what do we do with the council?", "how is the army helping"."""
    said = [w.norm for w in linked.words]
    if said[0] in ("what", "whats") and {"doing", "done"} & set(said[2:]):
        return True
    asked = said[1:2] and said[1] in ("do", "did", "doe", "does", "have", "has", *(("is", "are") * (said[0] == "how")))
    return said[0] in ("what", "how") and bool(asked)


def understand(linked: Linked, forces: tuple[Entity, ...]) -> Form | Problem:
    """Return the form of a question about things and sentences, or why it has none."""
    if problem := unreadable(linked):
        return problem
    if linked.having("saved"):
        return _of_catalogue(linked, forces)
    if linked.having("gap"):
        return _without_evidence(linked, forces)
    target = target_of(linked)
    if special := _special(linked, target, forces):
        return special
    kind = _kind(linked, target)
    if held := held_against(linked, target, kind, forces):
        return held
    if problem := two_questions(linked, target):
        return problem
    if kind == BOOLEAN and not target:
        target = _first_named(linked)
    titled = "" if target else _title_asked(linked)
    target = target or titled
    if not target or (_what_is_done(linked) and not _nouns(linked) and not titled):
        target = "item"
    # All districts are there; "which districts are covered" asks for those that something is told of.
    told = (Constraint("item"),) if target in _THERE and _told(linked) else ()
    found = conditions(linked, target, forces) or told
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
    if kind == BOOLEAN:
        target = "operation" if target == "lpa" and any(c.kind == "operation" for c in found) else target
        found = tuple(replace(c, beside=False) for c in found)
    problem = too_little(linked, target, found) or left_over(linked, target, found, kind)
    form = problem or ordered(linked, target, found, kind)
    mentioned = linked.having("mention") and target == "partner" and any(c.kind == "partner-type" for c in found)
    # "Which schools are mentioned": those too that nothing shows taking part.
    return replace(form, named=True) if mentioned and isinstance(form, Form) and not form.rank_by else form


def _of_catalogue(linked: Linked, forces: tuple[Entity, ...]) -> Form:
    """Return the form of a question of the catalogue, asked of what is named beside its turn of phrase."""
    saved = linked.having("saved")
    turn = {w.norm for s in linked.spans if s.meaning.role == "saved" for w in linked.words[s.first : s.last]}
    turn |= {w for words_ in turns(saved[0].meaning.value) for w in words_}
    rest = tuple(s for s in linked.spans if s.meaning.role != "words" or linked.words[s.first].norm not in turn)
    named = tuple(c for c in conditions(replace(linked, spans=rest), "report", forces) if c.entities or c.words)
    noun = noun_of(linked)
    if saved[0].meaning.value == "planned-steps" and noun in ("operation", "partner", "unit", "programme"):
        return Form(ROWS, noun, (*named, Constraint("words", words=(cues.PLANS,))))
    return Form(ROWS, "figure", named, catalogue=saved[0].meaning.value)


def _without_evidence(linked: Linked, forces: tuple[Entity, ...]) -> Form | Problem:
    """Return the form for what has no evidence: "gaps in the South", "which districts have gaps on burglary"."""
    noun = noun_of(linked)
    target = noun if noun in ("priority", "district") else "commitment"
    if noun not in ("", "item", "lpa", "commitment", target) or linked.having("not"):
        return Problem("unread", "it is not clear what there should not be", (linked.having("gap")[0].words,))
    found = tuple(c for c in conditions(linked, target, forces) if c.entities or c.words)
    if not found and target == "commitment":
        return Form(ROWS, "figure", catalogue="commitment-coverage")
    own = tuple(c for c in found if c.kind in (target, "priority"))
    none = tuple(replace(c, negated=True) for c in found if c not in own)
    return Form(ROWS, target, (*own, *none, Constraint("item", negated=True)))


def _told(linked: Linked) -> bool:
    """Whether a question says that something is told of what it asks for, or done there."""
    return bool(linked.having("mention") or linked.having("class", "quarter")) or any(
        w.norm in folded(cues.DONE) for w in linked.words
    )


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
    bodies = [e for e in named[0].entities if e.kind == "partner"]
    if len(bodies) != 1 or not (
        beside or asked.startswith(_PRESENT) or any(f" {word} " in asked for word in cues.phrases(cues.COMPANY))
    ):
        return None
    return Form(ROWS, "partner", catalogue="partners-together", values=(("partner", str(bodies[0].iri)),))


def _kind(linked: Linked, target: str) -> str:
    if linked.having("ask", "count") and target in CORE:
        return NUMBER
    first = linked.words[0].raw.casefold() if linked.words else ""
    text = f" {' '.join(w.norm for w in linked.words)} "
    if any(f" {more} " in text for more in cues.phrases(cues.IF_SO)):
        return ROWS
    asks = [s for s in linked.having("ask", "list") if s.words.casefold() in ("which", "what", "list", "show")]
    return BOOLEAN if first in cues.YES_NO.split() and not asks else ROWS


def _first_named(linked: Linked) -> str:
    for span in linked.spans:
        if span.meaning.role == "entity" and span.meaning.value == "operation":
            return "operation"
    return "item"
