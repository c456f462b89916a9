"""Words of a question to their meanings: the longest phrases first, and every word accounted for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from graph.ask import cues, thesaurus
from graph.ask.beside import put_right
from graph.ask.lexicon import (
    HINT,
    ORDER,
    SAID,
    Lexicon,
    filler_words,
    folded,
    is_known,
    nearest,
    root,
    roots,
    spelt,
)
from graph.ask.model import Entity, Linked, Meaning, Span
from graph.ask.phrasing import Candidate, turns_of_phrase
from graph.mentions.words import Word, words

_ROLES = (
    "saved",
    "gap",
    "unanswerable",
    "beyond",
    "type",
    "superlative",
    "ask",
    "class",
    "not",
    "only",
    "mention",
    "force-wide",
    "period",
    "change",
    "against",
    "group",
    "filler",
)
"""Of several roles that the same words may have, the first."""


def link(lexicon: Lexicon, question: str) -> Linked:
    """Return ``question`` with a meaning for every word that has one."""
    said = _joined(question)
    tokens, read_as = _correct(lexicon, [_in_capitals(lexicon, w) for w in said])
    # "KSIs" is read as "KSI", as a word typed wrongly is.
    read_as |= {
        n: t.raw for n, (w, t) in enumerate(zip(said, tokens, strict=True)) if w.raw.casefold() != t.raw.casefold()
    }
    candidates = [
        *_named(lexicon, tokens),
        *_language(lexicon, tokens),
        *turns_of_phrase(lexicon, tokens),
    ]
    chosen = _cover(candidates)
    spans = [_span(question, tokens, first, last, meaning, read_as) for first, last, meaning in chosen]
    unknown: list[Span] = []
    covered = {i for first, last, _ in chosen for i in range(first, last)}
    for index, token in enumerate(tokens):
        if index in covered or not any(c.isalnum() for c in token.raw):
            continue
        known = root(spelt(token.norm)) in lexicon.corpus or root(spelt(token.norm)) in lexicon.hints
        titled = lexicon.titled.get(root(spelt(token.norm)), ())
        meaning = Meaning("words" if known else "unknown", entities=titled)
        span = _span(question, tokens, index, index + 1, meaning, read_as)
        unsaid = root(spelt(token.norm)) not in lexicon.corpus
        if unsaid and (full := lexicon.short.get(token.raw)) and lexicon.corpus.issuperset(roots(full)):
            # "PSPO": what it stands for is what reports say.
            known, span = True, replace(span, meaning=Meaning("words"), read_as=full)
        (spans if known else unknown).append(span)
    spans = put_right(lexicon, tokens, spans)
    return Linked(question, tuple(tokens), tuple(spans), tuple(unknown))


def lightly(linked: Linked) -> Linked:
    """Return ``linked`` without the words that may be left unsaid; the same where there are none."""
    soft = folded(thesaurus.SOFT)
    unsaid = [
        s
        for s in (*linked.unknown, *linked.having("words"))
        if s.last - s.first == 1 and {linked.words[s.first].norm, s.words.casefold()} & soft
    ]
    if not unsaid:
        return linked
    spans = [s for s in linked.spans if s not in unsaid]
    spans += [replace(s, meaning=Meaning("filler", "unsaid")) for s in unsaid]
    return replace(
        linked,
        spans=tuple(sorted(spans, key=lambda s: s.first)),
        unknown=tuple(s for s in linked.unknown if s not in unsaid),
    )


def _in_capitals(lexicon: Lexicon, word: Word) -> Word:
    """Return a word as the abbreviation it is the name of: "nhs" is "NHS"."""
    short = word.raw.casefold()
    if short not in lexicon.capitals and short.removesuffix("s") in lexicon.capitals and word.raw[:-1].isupper():
        # "KSIs": several of what is called so.
        short = short.removesuffix("s")
    if short not in lexicon.capitals:
        return word
    raw = short.upper()
    return replace(word, raw=raw, norm=words(raw)[0].norm)


def _joined(question: str) -> list[Word]:
    """Return the words; a number with a point in it is one."""
    found = words(question)
    joined: list[Word] = []
    for word in found:
        if (
            len(joined) > 1
            and word.norm.isdigit()
            and joined[-1].norm == "."
            and joined[-2].norm.isdigit()
            and joined[-1].end == word.start
            and joined[-2].end == joined[-1].start
        ):
            joined.pop()
            before = joined.pop()
            text = question[before.start : word.end]
            joined.append(Word(before.start, word.end, text, text))
        else:
            joined.append(word)
    joined = [replace(w, raw="and", norm="and") if w.raw == "&" else w for w in joined]
    said = [replace(w, norm=_folded(w.norm)) for w in joined if any(c.isalnum() for c in w.raw)]
    if len(said) > 1 and said[-1].norm == "st":
        # At the end of a name it is a street, before one a saint.
        said[-1] = replace(said[-1], norm="street")
    return said


def _folded(norm: str) -> str:
    """Return a word as it is looked up; "ops" is too short for the rule that takes the s off."""
    return "op" if norm == "ops" else spelt(norm)


def _correct(lexicon: Lexicon, tokens: list[Word]) -> tuple[list[Word], dict[int, str]]:
    """Take words that nothing has for the word they were most likely typed for."""
    read_as: dict[int, str] = {}
    corrected = []
    for index, token in enumerate(tokens):
        near = None if is_known(lexicon, token.norm) or _is_name(tokens, index) else nearest(lexicon, token.norm)
        if near:
            read_as[index] = near
        corrected.append(replace(token, norm=near or token.norm))
    return corrected, read_as


def _is_name(tokens: list[Word], index: int) -> bool:
    """Whether a word follows "operation" as its name: a name of its own, however near it is to another word."""
    return index > 0 and tokens[index - 1].norm in ("op", "operation") and tokens[index].capital


def _span(question: str, tokens: list[Word], first: int, last: int, meaning: Meaning, read_as: dict[int, str]) -> Span:
    start, end = tokens[first].start, tokens[last - 1].end
    better = " ".join(read_as[i] for i in range(first, last) if i in read_as)
    return Span(first, last, meaning, question[start:end], better, start, end)


def _turned(lexicon: Lexicon, tokens: list[Word]) -> list[tuple[int, int, tuple[tuple[Entity, int], ...]]]:
    """Return names said the other way round: "the supply of drugs" is "drug supply"."""
    found = []
    for i, token in enumerate(tokens):
        if token.norm != "of" or not 0 < i < len(tokens) - 1:
            continue
        pair = [tokens[i + 1], tokens[i - 1]]
        found += [
            (i - 1, i + 2, values) for first, last, values in lexicon.names.find(pair) if last - first == len(pair)
        ]
    return found


def _named(lexicon: Lexicon, tokens: list[Word]) -> list[Candidate]:
    """Return the names of things; where several have the same, those of the kind that comes first."""
    found: list[Candidate] = []
    for first, last, named in [*lexicon.names.find(tokens), *_turned(lexicon, tokens)]:
        bodies = tuple(v for v in named if v[0].kind == "partner")
        is_body = bool(bodies) and last - first > 1 and tokens[last - 1].norm in folded(cues.BODY_HEADS)
        values = bodies if is_body else named
        rank = min(r for _, r in values)
        things = [e for e, r in values if r == rank]
        kind = min((e.kind for e in things), key=lambda k: ORDER.index(k) if k in ORDER else len(ORDER))
        chosen = tuple(dict.fromkeys(e for e in things if e.kind == kind))
        if kind == "partner":
            # "Street pastors" are bodies here and a scheme there: evidence is asked for of both.
            called = {e.label.casefold() for e in chosen}
            chosen += tuple(
                dict.fromkeys(e for e, _ in values if e.kind == "programme" and e.label.casefold() in called)
            )
        if last - first == 1 and len(tokens[first].norm) < 4 and not _short_name(tokens[first], rank):
            continue
        before = [t.norm for t in tokens[:first]]
        listed = bool(before) and before[0] in ("which", "what", "list") and folded(cues.LISTING).issuperset(before)
        if kind == "partner" and listed and " ".join(t.norm for t in tokens[first:last]) in _class_nouns():
            # "List the partner agencies": all bodies, not those that a report calls so.
            continue
        if kind == "partner" and last - first > 1 and tokens[last - 1].norm == "partner":
            # "Council partners": bodies of a type, and no body of that name.
            continue
        if kind == "operation" and not _said_as_operation(tokens, first):
            rank = HINT
        if kind == "theme" and [t.norm for t in tokens[first : first + 2]] == ["number", "of"]:
            # "The number of officers on the raid" asks how many, whatever subject is also called so.
            continue
        said = roots(" ".join(t.norm for t in tokens[first:last]))
        if kind == "theme" and rank >= HINT and len(said) > 1 and lexicon.corpus.issuperset(said):
            rank = SAID
        found.append((*_with_head(kind, tokens, first, last), Meaning("entity", kind, chosen, rank)))
    return found


@cache
def _class_nouns() -> frozenset[str]:
    """Return the words for bodies as such, folded."""
    return frozenset(" ".join(w.norm for w in words(text)) for text in cues.phrases(cues.CLASSES["partner"]))


def _short_name(token: Word, rank: int) -> bool:
    """Whether a word of two or three letters is meant as a name: "ONS", but not "on"; "da" only where it is a name."""
    return token.initials or (rank < HINT and token.norm not in filler_words())


def _said_as_operation(tokens: list[Word], first: int) -> bool:
    return tokens[first].capital or (first > 0 and tokens[first - 1].norm in ("op", "operation"))


_HEADS = {
    "operation": ("op", "operation"),
    "district": ("district", "borough"),
    "lpa": ("lpa", "area", "command", "division"),
    "programme": ("programme", "scheme", "project", "campaign", "initiative"),
    "unit": ("team", "unit"),
}


def _with_head(kind: str, tokens: list[Word], first: int, last: int) -> tuple[int, int]:
    """Take the noun that goes with a name into it: "Op Vinka", "Rochford district", "LPA South"."""
    heads = _HEADS.get(kind, ())
    if first and tokens[first - 1].norm in heads and (kind == "operation" or tokens[first - 1].norm != "area"):
        first -= 1
    elif (last < len(tokens) and tokens[last].norm in heads and kind != "operation") or (
        kind == "operation" and last < len(tokens) and tokens[last].norm in heads and tokens[first].capital
    ):
        last += 1
    return first, last


def _language(lexicon: Lexicon, tokens: list[Word]) -> list[Candidate]:
    found: list[Candidate] = []
    for first, last, meanings in lexicon.language.find(tokens):
        found.append((first, last, min(meanings, key=lambda m: _ROLES.index(m.role))))
    return found


def _cover(candidates: list[Candidate]) -> list[Candidate]:
    """Return candidates that do not overlap: longer ones first, then names before cues, cues before hints."""

    def key(candidate: Candidate) -> tuple[int, int, int]:
        first, last, meaning = candidate
        weight = 1
        if meaning.role == "entity":
            weight = 0 if meaning.rank < HINT else 2
            if meaning.value == "place" and last - first == 1:
                weight = 2
        if meaning.role in ("type", "saved", "bound"):
            weight = -1
        return first - last, weight, first

    taken: list[Candidate] = []
    occupied: set[int] = set()
    for candidate in sorted(candidates, key=key):
        places = range(candidate[0], candidate[1])
        if occupied.isdisjoint(places):
            occupied.update(places)
            taken.append(candidate)
    return sorted(taken, key=lambda c: c[0])
