"""Words of a question to their meanings: the longest phrases first, and every word accounted for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from graph.ask import cues, thesaurus
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

TITLE_WORDS = 2
"""Words of a wording that stand after "promise" at the least."""
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
        if (full := lexicon.short.get(token.raw)) and lexicon.corpus.issuperset(roots(full)):
            # "PSPO": what it stands for is what reports say.
            known, span = True, replace(span, meaning=Meaning("words"), read_as=full)
        (spans if known else unknown).append(span)
    spans = sorted(_up_north([_of_number(tokens, s) for s in spans]), key=lambda s: s.first)
    spans = _number_last(_parted(tokens, _compounds(lexicon, tokens, spans)))
    spans = _titled_after(lexicon, tokens, _by_title(lexicon, tokens, spans))
    spans = _of_title(lexicon, tokens, _said_once(lexicon, tokens, spans))
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


def _of_number(tokens: list[Word], span: Span) -> Span:
    """Take a number in words beside a noun as one: "all three areas" asks for no sentence that has "three"."""
    word = tokens[span.first].norm
    if span.meaning.role != "words" or word == "one" or word not in cues.NUMBER_WORDS or span.last - span.first > 1:
        return span
    return replace(span, meaning=Meaning("beyond", str(cues.NUMBER_WORDS[word])))


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
    kept = []
    for place, span in enumerate(spans):
        word, after = span.words.casefold(), spans[place + 1] if place + 1 < len(spans) else None
        before = {t.norm for t in tokens[max(0, span.first - 2) : span.first]}
        if span.meaning.role == "change" and word in ("up", "down") and _is_phrasal(before):
            kept.append(replace(span, meaning=Meaning("filler")))
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
