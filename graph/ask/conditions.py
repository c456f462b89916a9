"""The conditions that rows must meet, from the names and the words of a question."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from graph.ask import cues
from graph.ask.doubts import PLACES, joints, said_both
from graph.ask.lexicon import HINT, SAID, folded, roots
from graph.ask.model import Constraint, Entity, Linked, Meaning, Span
from graph.ask.patterns import each_word, either, pattern
from graph.mentions.words import words


def conditions(linked: Linked, target: str, forces: tuple[Entity, ...]) -> tuple[Constraint, ...]:
    """Return what rows must meet, from the names and the words of ``linked``, for things of ``target``."""
    found: list[Constraint] = []
    mention = (
        bool(linked.having("mention")) and target in ("item", "report", "") and not linked.having("class", "partner")
    )
    spans = linked.spans
    for place, span in enumerate(spans):
        meaning = span.meaning
        negated = negated_at(spans, place)
        if meaning.role in ("entity", "type"):
            found.append(_named(span, spans, place, target, negated=negated, mention=mention))
        elif meaning.role == "period" and meaning.entities and target != "figure":
            found.append(Constraint("quarter", meaning.entities))
        elif meaning.role == "force-wide":
            found.append(Constraint("lpa", forces))
        elif meaning.role == "class" and meaning.value not in ("who", "where", "thing", target):
            if _stands_for_relation(spans, place, target):
                unnamed = negated and meaning.value == "partner" and target == "item" and bool(linked.having("mention"))
                found.append(Constraint(meaning.value, negated=negated, mention=unnamed))
        elif meaning.role == "class" and meaning.value == target and negated:
            found.append(Constraint(meaning.value, negated=True))
    denied = {s for place, s in enumerate(spans) if s.meaning.role == "words" and negated_at(spans, place)}
    text = tuple(pattern(s) for s in spans if s.meaning.role == "words" and s not in denied)
    if text:
        found.append(Constraint("words", words=text))
    if denied:
        found.append(Constraint("words", words=tuple(pattern(s) for s in spans if s in denied), negated=True))
    found += _unsaid(linked)
    if _nothing_more(linked) and target not in ("item", "operation"):
        found = [replace(c, negated=True) for c in found if not c.negated]
        found.append(Constraint("item", negated=True))
    found = list(dict.fromkeys(found))
    joined = _either_word(linked, _either(linked, _without_title(linked, found)))
    return tuple(_tidy(_both(joined, target), target))


def _unsaid(linked: Linked) -> list[Constraint]:
    """Return conditions that no name or noun of the question is: joint work, and not being mentioned at all."""
    denied = any(s.meaning.role == "not" and _unmentioned(linked.spans, n) for n, s in enumerate(linked.spans))
    return [
        *([Constraint("partner")] if _jointly(linked) else []),
        *([Constraint("item", negated=True)] if denied else []),
    ]


def _nothing_more(linked: Linked) -> bool:
    """Whether a question ends in that there is nothing: "commitments where the South has nothing to show"."""
    said = [s for s in linked.spans if s.meaning.role not in ("filler", "ask")]
    return (
        not linked.having("bound")
        and bool(said)
        and said[-1].meaning.role == "not"
        and said[-1].words.casefold() in ("nothing", "none")
    )


def _unmentioned(spans: tuple[Span, ...], place: int) -> bool:
    """Whether what is denied is being mentioned at all: "which districts are not mentioned"."""
    after = [s.meaning.role for s in spans[place + 1 :] if s.meaning.role != "filler"]
    return after == ["mention"]


def _either(linked: Linked, found: list[Constraint]) -> list[Constraint]:
    """Put things of a kind that "or" joins into one condition; so places that "and" joins, which are a wider place."""
    merged = list(found)
    for one, other, word in joints(linked):
        # An item stands under one promise: who joins two means what stands under either.
        kind = "partner-type" if one.meaning.role == "type" else one.meaning.value
        wider = word == "and" and kind in (*PLACES, "commitment", "priority", "item")
        if word != "or" and not (wider and not said_both(linked)):
            continue
        pair = [
            c
            for c in merged
            if c.entities and c.kind == kind and set(c.entities) & {*one.meaning.entities, *other.meaning.entities}
        ]
        if len(pair) == 2 and pair[0].negated == pair[1].negated:
            both = replace(pair[0], entities=(*pair[0].entities, *pair[1].entities))
            merged = [both if c == pair[0] else c for c in merged if c != pair[1]]
    return merged


def _both(found: list[Constraint], target: str) -> list[Constraint]:
    """Let each of two things that "both" or "and" joins be told of by an item of its own, where one item need not.

    An operation's links and an item are of both at once; a partner may be told of in one area here, in another there.
    """
    kept: list[Constraint] = []
    for c in found:
        again = any(o.kind == c.kind and o.entities and not o.negated for o in kept)
        if any(o.kind == c.kind and o.entities == c.entities and o.negated == c.negated for o in kept if c.entities):
            continue
        own = again and c.entities and not c.negated and target not in ("item", "operation") and c.kind != target
        kept.append(replace(c, apart=True) if own and not c.beside else c)
    return kept


def _either_word(linked: Linked, found: list[Constraint]) -> list[Constraint]:
    """Put words that "or" joins into one, of which either will do: "weapons or violence"."""
    for group in either(linked):
        parts = [pattern(span) for span in group]
        spoken = [c for c in found if not c.negated and set(c.words) & set(parts)]
        if set(parts) <= {w for c in spoken for w in c.words}:
            rest = [replace(c, words=tuple(w for w in c.words if w not in parts)) for c in spoken]
            found = [c for c in found if c not in spoken] + [c for c in rest if c.words]
            found.append(Constraint("words", words=("|".join(parts),)))
    return found


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


def _is_of_a_kind(one: Meaning, other: Meaning) -> bool:
    """Whether two names are of things of one kind, as the members of a list are; a type has itself for a value."""
    return one.role == other.role and (one.role == "type" or one.value == other.value)


def negated_at(spans: tuple[Span, ...], place: int) -> bool:
    """Whether a word of negation stands before a span, with nothing of meaning between."""
    joined = alone = False
    for before in reversed(spans[:place]):
        if before.meaning.role == "not":
            return True
        if joined and not alone and _is_of_a_kind(before.meaning, spans[place].meaning):
            # "leaving out the volunteers and the councils"; "without volunteers and with councils" begins anew.
            return negated_at(spans, spans.index(before))
        if before.meaning.role == "filler":
            joined = joined or before.words.casefold() in ("and", "or", "nor")
            alone = alone or before.words.casefold() not in ("and", "or", "nor", "the", "a", "an", "any", "our")
        if before.meaning.role == "mention" and before.words.casefold() in ("named", "mentioned"):
            continue
        if before.meaning.role not in ("filler", "ask"):
            # "no evidence from the South": what evidence there is not is told after it.
            return (
                before.meaning.role == "class"
                and before.meaning.value in ("item", "thing")
                and negated_at(spans, spans.index(before))
            )
    return False


def _named(span: Span, spans: tuple[Span, ...], place: int, target: str, *, negated: bool, mention: bool) -> Constraint:
    meaning = span.meaning
    kind = meaning.value if meaning.role == "entity" else "partner-type"
    near = [s.meaning.role for s in spans[max(0, place - 3) : place + 3]]
    # "Only charities": a sort of body that is asked for is itself what there should be alone.
    asked_for = kind == "partner-type" and target == "partner"
    # An item stands in one area: "VAWG evidence, West only" asks for no more than the West's.
    in_one = target == "item" and kind in ("lpa", "district")
    only = kind in ("partner-type", "partner", "lpa", "district") and "only" in near and not asked_for and not in_one
    single = span.last - span.first == 1
    if (kind == "theme" and meaning.role == "entity" and single and (meaning.rank >= HINT or _one_of(span))) or (
        kind == "partner" and not negated and _aimed_at(spans, place)
    ):
        return Constraint("words", words=(pattern(span),), negated=negated)
    themes = sum(s.meaning.value == "theme" for s in spans)
    if kind == "theme" and meaning.rank >= SAID and themes == 1 and not negated and _narrower(span):
        return Constraint("words", words=each_word(span))
    if kind == "theme" and mention and not negated and _narrower(span):
        return Constraint("words", words=(pattern(span),))
    beside = kind == target == "partner" and not negated
    mention = mention or (kind == "partner" and target == "item" and _about(spans, place))
    return Constraint(
        kind,
        meaning.entities,
        negated=negated,
        mention=mention and kind not in ("lpa", "district", "theme", "commitment", "priority", "quarter"),
        only=only,
        beside=beside,
        called=cues.CALLED.get(span.words.casefold().split()[-1], "") if meaning.role == "type" and asked_for else "",
    )


def _narrower(span: Span) -> bool:
    """Whether a theme is called by a word that its own name does not have: "fly tipping" of "Environment"."""
    said = frozenset(roots(span.read_as or span.words))
    return not any(said & frozenset(roots(e.label)) for e in span.meaning.entities)


def _one_of(span: Span) -> bool:
    """Whether a word is one of several that a theme is called by: "arrests" of "Arrests, warrants and seizures"."""
    said = frozenset(roots(span.read_as or span.words))
    return any("," in e.label and said < frozenset(roots(e.label)) for e in span.meaning.entities)


def _about(spans: tuple[Span, ...], place: int) -> bool:
    """Whether what is told about a body is asked for, which may be more than what it takes part in."""
    before = [w.norm for s in spans[max(0, place - 2) : place] if s.meaning.role == "filler" for w in words(s.words)]
    return [w for w in before if w not in ("the", "our")][-1:] in (["about"], ["regarding"], ["concerning"])


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
        return negated_at(spans, place)
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


def _jointly(linked: Linked) -> bool:
    """Whether operations are asked for that are run with somebody: "joint operations"."""
    return any(s.first and linked.words[s.first - 1].norm == "joint" for s in linked.having("class", "operation"))
