"""What words may mean, from the names in a store and the language of questions; made once for a version of the data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from rdflib import URIRef
from rdflib.term import Node

from graph import queries
from graph.ask import cues, thesaurus
from graph.ask.model import Entity, Meaning
from graph.mentions.inflections import KEPT_WORDS, cue_form, readings
from graph.mentions.words import Phrases, words
from graph.namespaces import GT, key_of
from graph.stores.base import Store

CLASS_KINDS: Final = {
    GT.Operation: "operation",
    GT.Partner: "partner",
    GT.PartnerType: "partner-type",
    GT.District: "district",
    GT.LocalPolicingArea: "lpa",
    GT.PolicingArea: "lpa",
    GT.Place: "place",
    GT.Theme: "theme",
    GT.Commitment: "commitment",
    GT.Priority: "priority",
    GT.PoliceUnit: "unit",
    GT.Programme: "programme",
    GT.Quarter: "quarter",
}
ORDER: Final = ("operation", "lpa", "district", "theme", "partner", "programme", "partner-type", "unit", "place")
"""Which kind is meant first where things of several kinds have the same name."""
_CAPITALS = re.compile(r"[A-Z]{3,6}")
BEGINNING, ENDING = 5, 3
"""Letters that a word must share with a longer one to find it, and how many more that one may have."""
HINT = 3
"""Names from this rank on are words that go with a thing, no names of it."""
SAID = 9
"""Rank of several such words, all of which reports say: they are looked for themselves, being something narrower."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that words are looked up in."""

    names: Phrases[tuple[Entity, int]]
    language: Phrases[Meaning]
    known: frozenset[str]
    """Folded words that a typing mistake may have been meant for: of names, cues and reports."""
    corpus: frozenset[str]
    """Roots that a search in the sentences of reports finds: of their words, and what longer words begin with."""
    pairs: frozenset[str]
    """Words that stand side by side in reports, as "transport hub"."""
    hints: dict[str, tuple[Entity, ...]]
    """Root of a word that alone goes with themes, in reports or not, to those themes."""
    sure: dict[str, tuple[Entity, ...]]
    """Of ``hints``, those that are not weak."""
    types: dict[str, Entity]
    """Types of partner by key."""
    kinds: dict[URIRef, Entity]
    items: dict[str, tuple[Entity, ...]]
    """Evidence items by number, of every report that has one."""
    titled: dict[str, tuple[Entity, ...]]
    """Root of a word to the commitments and priorities whose wording has it."""
    short: dict[str, str]
    """Abbreviations, as they are written, to what they stand for."""
    capitals: frozenset[str]
    """Names in capitals alone, such as "NHS", in lower case: people type them so."""


@lru_cache(maxsize=KEPT_WORDS)
def root(norm: str) -> str:
    """Return the form that all inflections of a folded word share: "seized", "seizes" and "seizing" give one."""
    return stem(thesaurus.SYNONYMS.get(norm, norm))


@lru_cache(maxsize=KEPT_WORDS)
def stem(norm: str) -> str:
    """Return the form that all inflections of a folded word share, whatever else reports have for it."""
    form = cue_form(norm).rstrip("~")
    form = form.removesuffix("ness") if len(form) > 8 else form
    # "Patrolling" and "travelled" double the l of "patrol" and "travel".
    form = form[:-1] if len(form) > 6 and form.endswith("ll") else form
    return form.removesuffix("e") if len(form) > 4 else form


@lru_cache(maxsize=KEPT_WORDS)
def spelt(norm: str) -> str:
    """Return a folded word as British reports spell it."""
    return thesaurus.SPELLINGS.get(norm, norm)


def roots(text: str) -> tuple[str, ...]:
    """Return the roots of the words of ``text`` that carry meaning: no fillers, no punctuation."""
    return tuple(root(spelt(w.norm)) for w in words(text) if w.norm.isalnum() and w.norm not in filler_words())


@lru_cache(maxsize=KEPT_WORDS)
def folded(text: str) -> frozenset[str]:
    """Return the folded words of a list of ``cues``."""
    return frozenset(w.norm for w in words(text))


def turns(name: str) -> list[frozenset[str]]:
    """Return the words, one of each set, that together ask for a question of the catalogue."""
    return [folded(text) for text in cues.SAVED_TOGETHER.get(name, ())]


def _folded(text: str) -> tuple[str, ...]:
    """Return the folded words of ``text`` in order, without the article it may begin with."""
    return tuple(w.norm for n, w in enumerate(words(text)) if n or w.norm != "the")


@cache
def filler_words() -> frozenset[str]:
    """Return the folded words that say nothing."""
    return frozenset(w.norm for w in words(thesaurus.FILLERS))


def build(store: Store) -> Lexicon:
    """Return the lexicon of ``store``: names, the language of questions, and the words of its reports."""
    names: Phrases[tuple[Entity, int]] = Phrases()
    kinds: dict[URIRef, Entity] = {}
    hints: dict[str, list[Entity]] = {}
    sure: dict[str, list[Entity]] = {}
    known: set[str] = set()
    meant: dict[str, list[tuple[Entity, int]]] = {}
    short: list[tuple[str, str]] = []
    capitals: set[str] = set()
    types = {_folded(phrase) for text in cues.TYPES.values() for phrase in cues.phrases(text)}
    own = {e.label for e in force_entities(store)}
    for class_, thing, label, name, rank in store.select(queries.fill(queries.page("ask-names"), {})).rows:
        if class_ == GT.Abbreviation:
            short.append((str(name), str(label)))
            capitals.update(n for n in (str(name), str(label)) if _CAPITALS.fullmatch(n))
            continue
        if _CAPITALS.fullmatch(str(name)):
            capitals.add(str(name))
        entity = Entity(CLASS_KINDS[URIRef(str(class_))], URIRef(str(thing)), str(label))
        kinds[entity.iri] = entity
        place = int(str(rank))
        hint = roots(str(name)) if entity.kind == "theme" and place >= HINT else ()
        if len(hint) == 1:
            hints.setdefault(hint[0], []).append(entity)
            sure.setdefault(hint[0], []).extend([entity] if place == HINT else [])
        elif hint and place == HINT:
            names.add(str(name), (entity, place))
        elif entity.kind == "theme" and place >= HINT:
            pass
        elif entity.kind == "partner" and (entity.label in own or (place >= HINT and _folded(str(name)) in types)):
            # Who works with the force that reports is who works with "us"; "the council" is any council, not the body
            # of that name that stands for those without one.
            pass
        elif entity.kind not in ("commitment", "priority", "quarter"):
            names.add(str(name), (entity, place))
            meant.setdefault(str(name).casefold(), []).append((entity, place))
        known.update(w.norm for w in words(str(name)))
    for abbreviation, full in short:
        for entity, place in meant.get(full.casefold(), []):
            names.add(abbreviation, (entity, max(place, 2)))
    _add_tails(names, meant)
    _add_told(names, meant, {row[0] for row in store.select(queries.fill(queries.page("ask-told"), {})).rows})
    language = _language({key_of(str(e.iri)): e for e in kinds.values() if e.kind == "partner-type"})
    corpus, numbered, said, pairs = _sentences(store)
    known |= said
    known.update(_words_of_language())
    return Lexicon(
        names,
        language,
        frozenset(w for w in known if w.isalpha()),
        corpus,
        pairs,
        {word: tuple(dict.fromkeys(themes)) for word, themes in hints.items()},
        {word: tuple(dict.fromkeys(themes)) for word, themes in sure.items()},
        {key_of(str(e.iri)): e for e in kinds.values() if e.kind == "partner-type"},
        kinds,
        numbered,
        _titled(kinds.values()),
        dict(short),
        frozenset(n.casefold() for n in capitals) - filler_words(),
    )


def _sentences(store: Store) -> tuple[frozenset[str], dict[str, tuple[Entity, ...]], set[str], frozenset[str]]:
    """Return the roots that words of items begin with, items by number, all words, folded, and pairs of them."""
    numbered: dict[str, list[Entity]] = {}
    said: set[str] = set()
    pairs: set[str] = set()
    for item, text, number in store.select(queries.fill(queries.page("ask-sentences"), {})).rows:
        numbered.setdefault(str(number), []).append(Entity("item", URIRef(str(item)), f"item {number}"))
        told = [w.norm for w in words(str(text))]
        said.update(told)
        pairs.update(f"{one} {other}" for one, other in pairwise(told))
    found = {root(spelt(word)) for word in said}
    # "Cruising" finds "cruisers": what is looked for is a beginning.
    found |= {word[:-cut] for word in found for cut in range(1, ENDING + 1) if len(word) - cut >= BEGINNING}
    return frozenset(found), {number: tuple(items) for number, items in numbered.items()}, said, frozenset(pairs)


def _titled(entities: Iterable[Entity]) -> dict[str, tuple[Entity, ...]]:
    found: dict[str, tuple[Entity, ...]] = {}
    for entity in entities:
        for word in dict.fromkeys(roots(entity.label) if entity.kind in ("commitment", "priority") else ()):
            found[word] = (*found.get(word, ()), entity)
    return found


_TAILED: Final = ("partner", "unit", "programme")


def _add_tails(names: Phrases[tuple[Entity, int]], meant: dict[str, list[tuple[Entity, int]]]) -> None:
    """Let long names be found by their last words, where no other name ends so: "Coordination Group"."""
    tails: dict[tuple[str, ...], set[Entity]] = {}
    for name, things in meant.items():
        parts = name.split()
        for length in range(2, len(parts)):
            tail = tuple(parts[-length:])
            tails.setdefault(tail, set()).update(e for e, _ in things)
    for tail, ending in tails.items():
        if len(ending) == 1 and " ".join(tail) not in meant and tail[0] not in filler_words():
            entity = next(iter(ending))
            if entity.kind in _TAILED:
                names.add(" ".join(tail), (entity, 2))


_SERVICES: Final = ("service", "services", "constabulary", "agency", "trust", "limited", "ltd")
"""Last words of names of bodies that people leave out."""


def _add_told(
    names: Phrases[tuple[Entity, int]], meant: dict[str, list[tuple[Entity, int]]], told: set[Node | None]
) -> None:
    """Let bodies be found by what is left of their names: without "Service"; "Trading Standards" of one a report names.

    A body of just that name which no report names gives way to one that reports do.
    """
    bodies = {
        name: partners for name, things in meant.items() if (partners := [e for e, _ in things if e.kind == "partner"])
    }
    for name, partners in bodies.items():
        start, _, last = name.rpartition(" ")
        if last in _SERVICES and " " in start and start not in meant:
            for entity in partners:
                names.add(start, (entity, 2))
        if any(e.iri in told for e in partners) or " " not in name:
            continue
        for longer, others in bodies.items():
            if longer.endswith(f" {name}"):
                for entity in others:
                    if entity.iri in told:
                        names.add(name, (entity, 0))


def _language(types: dict[str, Entity]) -> Phrases[Meaning]:
    found: Phrases[Meaning] = Phrases()
    for role, table in (
        ("saved", cues.SAVED),
        ("class", cues.CLASSES),
        ("ask", cues.ASK),
        ("superlative", cues.SUPERLATIVES),
        ("period", cues.WORDS_OF_PERIOD),
    ):
        for value, text in table.items():
            _add(found, cues.phrases(text), Meaning(role, value))
    for key, text in cues.TYPES.items():
        if key in types:
            _add(found, cues.phrases(text), Meaning("type", key, (types[key],)))
    for role, text in (
        ("not", cues.NEGATIONS),
        ("only", cues.ONLY),
        ("group", cues.GROUPS),
        ("mention", cues.MENTIONS),
        ("force-wide", cues.FORCE_WIDE),
        ("change", cues.CHANGES),
        ("gap", cues.GAPS),
        ("unanswerable", cues.UNANSWERABLE),
        ("beyond", cues.BEYOND),
        ("against", cues.AGAINST),
        ("filler", thesaurus.PHRASES),
    ):
        _add(found, cues.phrases(text), Meaning(role))
    _add(found, thesaurus.FILLERS.split(), Meaning("filler"))
    return found


def _add(found: Phrases[Meaning], phrases: Iterable[str], meaning: Meaning) -> None:
    for phrase in phrases:
        found.add(phrase, meaning)


@cache
def _words_of_language() -> frozenset[str]:
    texts = [
        *cues.CLASSES.values(),
        *cues.ASK.values(),
        *cues.TYPES.values(),
        *cues.SAVED.values(),
        *cues.WORDS_OF_PERIOD.values(),
        *cues.SUPERLATIVES.values(),
        cues.NEGATIONS,
        cues.MENTIONS,
        cues.CHANGES,
        cues.AGAINST,
        cues.UNANSWERABLE,
        cues.GAPS,
        thesaurus.FILLERS,
        thesaurus.PHRASES,
        cues.FORCE_WIDE,
        *(text for lists in cues.SAVED_TOGETHER.values() for text in lists),
        cues.SPEAKERS,
    ]
    return frozenset(w.norm for text in texts for w in words(text))


def nearest(lexicon: Lexicon, norm: str) -> str | None:
    """Return the known word that ``norm`` is most likely mistyped for, or None: one slip, in a long word two.

    The first letter is hardly ever mistyped, and words that differ in it are mostly different words.
    """
    allowed = 0 if len(norm) < 4 else 1 if len(norm) < 8 else 2
    if not allowed or not norm.isalpha():
        return None
    # So short a word may be a name of its own; only a letter left out of a word of questions is sure enough.
    likely = (w for w in filler_words() if len(w) == len(norm) + 1) if len(norm) == 4 else lexicon.known
    near = [
        (distance, word)
        for word in likely
        if word[:1] == norm[:1]
        and abs(len(word) - len(norm)) <= allowed
        and len(word) > 3
        and (distance := slips(norm, word)) <= allowed
    ]
    return min(near, key=lambda pair: (pair[0], pair[1] in _words_of_language(), pair[1]))[1] if near else None


def slips(one: str, other: str) -> int:
    """Return how many slips lead from one word to the other: a letter more, less, wrong, or two exchanged."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        now = [i]
        for j, facing in enumerate(other, 1):
            cost = min(row[j] + 1, now[j - 1] + 1, row[j - 1] + (letter != facing))
            if before and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                cost = min(cost, before[j - 2] + 1)
            now.append(cost)
        before, row = row, now
    return row[-1]


def is_known(lexicon: Lexicon, norm: str) -> bool:
    """Return whether a folded word stands in a name, a cue or a report, in any form."""
    return (
        norm in lexicon.known or any(form in lexicon.known for form in readings(norm)) or root(norm) in lexicon.corpus
    )


def commitment(kind: str, lexicon: Lexicon, notation: str) -> tuple[Entity, ...]:
    """Return the commitments or priorities numbered ``notation``, of every force that has one."""
    ending = f"-{notation}"
    return tuple(e for e in lexicon.kinds.values() if e.kind == kind and key_of(str(e.iri)).endswith(ending))


def force_entities(store: Store) -> tuple[Entity, ...]:
    """Return the forces that report: what "force-wide" means as an area."""
    rows = store.select(queries.fill(queries.page("ask-forces"), {})).rows
    return tuple(Entity("lpa", URIRef(str(force)), str(label)) for force, label in rows)
