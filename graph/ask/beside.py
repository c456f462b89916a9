"""Meanings of words put right by what stands beside them: "up north", "non-volunteer partners", "transport hubs"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from graph.ask import cues, thesaurus
from graph.ask.lexicon import HINT, Lexicon, folded, root, roots, spelt
from graph.ask.model import Meaning, Span
from graph.mentions.words import Word, words

TITLE_WORDS = 2
"""Words of a wording that stand after "promise" at the least."""


def put_right(lexicon: Lexicon, tokens: list[Word], spans: list[Span]) -> list[Span]:
    """Return ``spans``, in order, with the meanings that they have beside one another."""
    spans = _of_the_force(_alike(spans))
    spans = sorted(_up_north([_of_number(tokens, s) for s in spans]), key=lambda s: s.first)
    spans = _number_last(_parted(tokens, _compounds(lexicon, tokens, spans)))
    spans = _titled_after(lexicon, tokens, _by_title(lexicon, tokens, spans))
    return _of_title(lexicon, tokens, _said_once(lexicon, tokens, spans))


def _of_number(tokens: list[Word], span: Span) -> Span:
    """Take a number in words beside a noun as one: "all three areas" asks for no sentence that has "three"."""
    word = tokens[span.first].norm
    if span.meaning.role != "words" or word == "one" or word not in cues.NUMBER_WORDS or span.last - span.first > 1:
        return span
    return replace(span, meaning=Meaning("beyond", str(cues.NUMBER_WORDS[word])))


def _alike(spans: list[Span]) -> list[Span]:
    """Take "in common" and "shared by" for "both" where several things of a kind are named; else they stay unread."""
    named = [s.meaning.value for s in spans if s.meaning.role == "entity"]
    several = any(named.count(kind) > 1 for kind in ("lpa", "district", "commitment", "priority", "operation"))
    said = ("common", "shared", "shared by", "shared between", "shared across", "shared among")
    return [
        replace(s, meaning=Meaning("filler"))
        if several and s.words.casefold() in said and s.meaning.role == "beyond"
        else s
        for s in spans
    ]


def _of_the_force(spans: list[Span]) -> list[Span]:
    """Take what the force as a whole is told apart from for no more: "force-wide rather than in one area"."""
    wide = next((s for s in spans if s.meaning.role == "force-wide"), None)
    apart = [s for s in spans if wide and s.meaning.role == "not" and s.first >= wide.last]
    if not apart:
        return spans
    rest = [s for s in spans if s.first >= apart[0].first]
    plain = all(s.meaning.role in ("not", "filler", "only", "words") or s.meaning.value == "lpa" for s in rest)
    return [replace(s, meaning=Meaning("filler")) if s in rest else s for s in spans] if plain else spans


def _up_north(spans: list[Span]) -> list[Span]:
    """Take "up" and "down" right before an area for the way there, no change: "operations up north"."""
    areas = {s.first for s in spans if s.meaning.value in ("lpa", "district", "place")}
    ways = [s for s in spans if s.meaning.role == "change" and s.last in areas and s.words.casefold() in ("up", "down")]
    return [replace(s, meaning=Meaning("filler")) if s in ways else s for s in spans]


def _compounds(lexicon: Lexicon, tokens: list[Word], spans: list[Span]) -> list[Span]:
    """Take the name of a sort of body for a word where reports have it with the next: "transport hubs"."""
    kept = []
    for place, span in enumerate(spans):
        after = spans[place + 1] if place + 1 < len(spans) else None
        together = after and after.first == span.last and after.meaning.role == "words"
        single = span.meaning.role == "type" and together and span.last - span.first == 1
        said = single and f"{tokens[span.first].norm} {tokens[span.last].norm}" in lexicon.pairs
        kept.append(replace(span, meaning=Meaning("words")) if said else span)
    return kept


def _number_last(spans: list[Span]) -> list[Span]:
    """Take "number" at the end for what is asked: "hate crime reporting centres number", "cadet numbers"."""
    last = spans[-1] if spans else None
    if last is None or len(spans) < 2 or last.words.casefold() not in ("number", "numbers"):
        return spans
    said = spans[-2].meaning
    counted = said.role in ("entity", "type", "words") and said.value not in (
        "lpa",
        "district",
        "commitment",
        "operation",
    )
    return [*spans[:-1], replace(last, meaning=Meaning("ask", "count"))] if counted else spans


def _parted(tokens: list[Word], spans: list[Span]) -> list[Span]:
    """Take words for what they are beside others: "pick up", "non-volunteer partners", "leaves the council out"."""
    kept: list[Span] = []
    asks = bool(tokens) and tokens[0].raw.casefold() in cues.YES_NO.split()
    for place, span in enumerate(spans):
        word, after = span.words.casefold(), spans[place + 1] if place + 1 < len(spans) else None
        before = {t.norm for t in tokens[max(0, span.first - 2) : span.first]}
        if span.meaning.role == "change" and word in ("up", "down") and _is_phrasal(before):
            kept.append(replace(span, meaning=Meaning("filler")))
        elif span.meaning.value == "figure-changes" and asks and len(spans) > 2:
            # "Have deaths gone up?": whether one number did, not which did.
            kept.append(replace(span, meaning=Meaning("change")))
        elif span.meaning.role == "not" and word == "bars":
            # "Bar the council" leaves out; "nail bars" are places.
            kept.append(replace(span, meaning=Meaning("words")))
        elif span.meaning.role == "not" and after and after.meaning.role == "period":
            # "This quarter, not last year": what is not asked for says nothing more.
            kept.append(replace(span, meaning=Meaning("filler")))
        elif word in ("number", "numbers") and kept and kept[-1].meaning.role == "not":
            kept.append(replace(span, meaning=Meaning("class", "figure")))
        elif span.meaning.role == "period" and kept and kept[-1].words.casefold() == "not" and len(spans) > 2:
            kept.append(replace(span, meaning=Meaning("filler")))
        elif (word == "non" and after and after.first == span.last and after.meaning.role in ("type", "class")) or (
            word in ("leave", "leaves", "leaving") and "out" in (t.norm for t in tokens[span.last :])
        ):
            kept.append(replace(span, meaning=Meaning("not")))
        else:
            kept.append(span)
    return kept


def _is_phrasal(before: set[str]) -> bool:
    """Whether "up" after these words belongs to a verb: "picked it up", not "did calls go up"."""
    return bool({root(word) for word in before} & _phrasal()) and not before & folded(cues.GOING)


@cache
def _phrasal() -> frozenset[str]:
    return frozenset(root(word) for word in folded(thesaurus.PHRASAL))


def _by_title(lexicon: Lexicon, tokens: list[Word], spans: list[Span]) -> list[Span]:
    """Take words right before "commitment" or "priority" for the title of one: "the hate crime commitment"."""
    kept: list[Span] = []
    for span in spans:
        kind = span.meaning.value
        if span.meaning.role == "class" and kind in ("commitment", "priority"):
            title = _title(tokens, kept, span)
            said = frozenset(r for part in title for r in roots(part.words))
            things = tuple(e for e in lexicon.kinds.values() if e.kind == kind and said <= frozenset(roots(e.label)))
            if said and things:
                words_ = " ".join(part.words for part in (*title, span))
                kept[-len(title) :] = [
                    Span(
                        title[0].first, span.last, Meaning("entity", kind, things), words_, "", title[0].start, span.end
                    )
                ]
                continue
        kept.append(span)
    return kept


def _of_title(lexicon: Lexicon, tokens: list[Word], spans: list[Span]) -> list[Span]:
    """Take a theme for words of a wording where one promise is asked for by it: "which promise is about hate crime"."""
    nouns = [s for s in spans if s.meaning.role == "class" and s.meaning.value in ("commitment", "priority")]
    about = any(t.norm in folded(cues.ABOUT) for t in tokens)
    if len(nouns) != 1 or not about or tokens[nouns[0].last - 1].raw.casefold().endswith("s"):
        return spans
    titles = [e for e in lexicon.kinds.values() if e.kind == nouns[0].meaning.value]
    kept = []
    for span in spans:
        wanted = frozenset(roots(span.read_as or span.words))
        things = tuple(e for e in titles if wanted <= frozenset(roots(e.label)))
        titled = span.meaning.value == "theme" and bool(things)
        kept.append(replace(span, meaning=Meaning("words", entities=things)) if titled else span)
    return kept


def _titled_after(lexicon: Lexicon, tokens: list[Word], spans: list[Span]) -> list[Span]:
    """Take words after "promise" for the wording of one: "the pledge to bring violent offenders to justice"."""
    place = next((n for n, s in enumerate(spans) if s.meaning.value in ("commitment", "priority")), len(spans))
    if place == len(spans) or spans[place].meaning.role != "class" or spans[place].last >= len(tokens):
        return spans
    noun = spans[place]
    joined = tokens[noun.last].norm in ("to", "on", "about", "of", "that") and (
        noun.first > 0 and tokens[noun.first - 1].norm in ("the", "that", "this", "our", "their", "which")
    )
    rest = [s for s in spans[place + 1 :] if s.meaning.role != "filler"]
    if not joined or not rest or any(s.meaning.role not in ("words", "entity", "type", "change") for s in rest):
        return spans
    said = frozenset(r for s in rest for r in roots(s.read_as or s.words))
    things = tuple(
        e for e in lexicon.kinds.values() if e.kind == noun.meaning.value and said <= frozenset(roots(e.label))
    )
    if len(said) < TITLE_WORDS or not things:
        return spans
    last = rest[-1]
    text = " ".join(s.words for s in spans[place:])
    meaning = Meaning("entity", noun.meaning.value, things)
    return [*spans[:place], Span(noun.first, last.last, meaning, text, "", noun.start, last.end)]


def _title(tokens: list[Word], kept: list[Span], span: Span) -> list[Span]:
    """Return what stands right before a noun and may be a title, where the noun is of one thing: no "commitments"."""
    if tokens[span.last - 1].raw.casefold().endswith("s"):
        return []
    title: list[Span] = []
    for before in reversed(kept):
        joined = before.last == (title[0] if title else span).first and before.meaning.role in ("entity", "words")
        if not joined or before.meaning.value not in ("", "theme", "unit", "programme", "partner"):
            break
        title.insert(0, before)
    return title


def _said_once(lexicon: Lexicon, tokens: list[Word], spans: list[Span]) -> list[Span]:
    """Leave out a word that only hints at a theme which the question names as well: "knife crime or weapons"."""
    named = {e for s in spans if s.meaning.value == "theme" and s.meaning.rank < HINT for e in s.meaning.entities}
    kept = []
    for span in spans:
        joined = span.first > 0 and tokens[span.first - 1].norm in ("and", "or")
        word = joined and span.last - span.first == 1 and (span.meaning.role == "words" or span.meaning.rank >= HINT)
        if word and named.intersection(lexicon.hints.get(root(spelt(words(span.read_as or span.words)[0].norm)), ())):
            kept.append(replace(span, meaning=Meaning("filler")))
        else:
            kept.append(span)
    return kept
