"""Items to mentions: what each item, and each promise, names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.mentions.acting import acts, in_passing, role
from graph.mentions.councils import UNNAMED, Councils
from graph.mentions.governed import find_governed
from graph.mentions.headed_names import Headed, find_headed
from graph.mentions.known_names import standing
from graph.mentions.lexicon import Hit, Lexicon
from graph.mentions.operations import find_operations, reconcile
from graph.mentions.organisation_words import type_of
from graph.mentions.organisations import find_organisations
from graph.mentions.place_names import PlaceNames
from graph.mentions.senses import choose
from graph.mentions.sentences import sentence_at
from graph.mentions.sentences import sentences as sentences_of
from graph.mentions.themes import ThemeFinder, names_of_bodies
from graph.mentions.words import Word, words
from graph.model import Basis, Commitment, Item, Kind, Mention, Priority, Report, Term, Vocabulary
from graph.namespaces import slug

BODIES = (Kind.PARTNER, Kind.UNIT, Kind.PROGRAMME)
_SERVED = frozenset(("business", "community-group", "education"))
"""Types of body that the police also serve, visit or protect, so that only words of working together make partners."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """An item, the words of a promise or the title of a priority, as the finders see it."""

    start: int
    text: str
    item: Item | None = None
    commitment: Commitment | None = None
    priority: Priority | None = None


def find_mentions(
    report: Report, vocabulary: Vocabulary, known_operations: Mapping[str, str] | None = None
) -> tuple[tuple[Mention, ...], dict[str, tuple[str, ...]]]:
    """Find everything that the promises and items of ``report`` name, in reading order, and the themes of its titles.

    ``known_operations`` are names of operations (capitals) from the register, each with the name it is a
    spelling of. Returns the mentions, and for each operation's key the other spellings met.
    """
    vocabulary = vocabulary.for_force(report.force)
    force = next((f for f in vocabulary.forces if f.key == report.force), None)
    own = frozenset(n.casefold() for n in (report.force_name, *(force.aliases if force else ())) if n)
    reader = _Reader(report, vocabulary, own)
    passages = [
        *(_Passage(c.span.start, c.span.text, commitment=c) for c in report.commitments),
        *(_Passage(i.start, i.words, item=i) for i in report.items),
    ]
    stops = frozenset(vocabulary.abbreviations)
    spellings = reconcile(operation_names(report, vocabulary), known_operations)
    prefix = force.operation_prefix if force else f"{report.force}-"
    mentions: list[Mention] = []
    aliases: dict[str, set[str]] = {}
    sighted = []
    for passage in passages:
        found: list[Mention] = []
        for operation in find_operations(passage.text, known=spellings, stops=stops):
            name = spellings.get(operation.name, operation.name)
            key = prefix + slug(name)
            if operation.name != name:
                aliases.setdefault(key, set()).add(operation.name)
            basis = Basis.CONTEXT if operation.bare else Basis.FORM
            found.append(_mention(passage, Kind.OPERATION, key, name, operation.start, operation.end, basis))
        sighted.append((reader.sight(passage, found), found))
    for sight, found in sighted:
        found.extend(reader.read(sight))
        mentions.extend(_in_sentences(sight.passage, _passing(sight.passage, found)))
    for priority in report.priorities:
        # A title says what the work below it is for; the bodies and places in it are no evidence.
        sight = reader.sight(_Passage(priority.span.start, priority.span.text, priority=priority), [])
        mentions.extend(_in_sentences(sight.passage, [m for m in reader.read(sight) if m.kind is Kind.THEME]))
    return tuple(mentions), {key: tuple(sorted(names)) for key, names in sorted(aliases.items())}


def operation_names(report: Report, vocabulary: Vocabulary) -> set[str]:
    """Return the names of operations that ``report`` gives with the word "Operation", in capitals, as spelt."""
    stops = frozenset(vocabulary.abbreviations)
    texts = (*(c.text for c in report.commitments), *(i.words for i in report.items))
    return {found.name for text in texts for found in find_operations(text, stops=stops)}


def _passing(passage: _Passage, mentions: Sequence[Mention]) -> list[Mention]:
    """Mark the operations that are named only in passing."""
    if not any(m.kind is Kind.OPERATION for m in mentions):
        return list(mentions)
    sequence = words(passage.text)
    starts = [passage.start + w.start for w in sequence]
    ranges = {
        m: (bisect_left(starts, m.start), bisect_left(starts, m.end))
        for m in mentions
        if m.kind in (*BODIES, Kind.OPERATION)
    }
    every = sorted(set(ranges.values()))

    def passing(mention: Mention) -> bool:
        own = ranges[mention]
        # Only names in the words just before or after can make a list with this one.
        at = bisect_left(every, own)
        return in_passing(sequence, *own, [r for r in every[max(0, at - _LISTED) : at + 2] if r != own])

    return [replace(m, in_passing=passing(m)) if m.kind is Kind.OPERATION else m for m in mentions]


_LISTED = 30
"""Names before an operation's that are looked at for a list it may stand in."""


def _in_sentences(passage: _Passage, mentions: Sequence[Mention]) -> list[Mention]:
    """Return ``mentions`` in reading order, each with the sentence it stands in."""
    bounds = tuple((passage.start + s, passage.start + e) for s, e in sentences_of(passage.text))
    return [
        replace(m, sentence=sentence_at(bounds, m.start))
        for m in sorted(mentions, key=lambda m: (m.start, m.end, m.kind, m.key))
    ]


@dataclass(frozen=True, slots=True)
class _Sighted:
    """A passage, its words, the names of bodies and known places in it, and which words belong to no operation."""

    passage: _Passage
    sequence: Sequence[Word]
    hits: list[Hit]
    free: Sequence[bool]


class _Reader:
    """Finds the names in one passage with the help of what the whole document names.

    Every passage is first sighted, then read: what one tells to be a place is known in all.
    """

    def __init__(self, report: Report, vocabulary: Vocabulary, own: frozenset[str]) -> None:
        self._own = own
        self._force = report.force
        self._lexicon = Lexicon(vocabulary, own)
        self._themes = ThemeFinder(vocabulary)
        self._councils = Councils(vocabulary)
        text = words(report.document.text)
        self._met = frozenset(
            (h.term.kind, h.term.key) for h in self._lexicon.find(text, frozenset()) if h.basis is not Basis.CONTEXT
        )
        self._introduced = self._initials_of_found_names(report)
        self._places = PlaceNames(vocabulary, report, own, text)
        self._bodies: dict[tuple[str, ...], Term] = {}

    def sight(self, passage: _Passage, operations: Sequence[Mention]) -> _Sighted:
        """Find the names of bodies and known places in ``passage``, and learn the places that it makes known."""
        sequence = words(passage.text)
        taken = [(m.start - passage.start, m.end - passage.start) for m in operations]
        hits = [
            h
            for h in self._lexicon.find(sequence, self._met)
            if h.term.key != UNNAMED
            and not any(sequence[h.first].start < e and s < sequence[h.last - 1].end for s, e in taken)
        ]
        free = [not any(s <= w.start < e for s, e in taken) for w in sequence]
        kept = choose(self._with_found_bodies(passage, sequence, hits, free))
        self._places.sight(passage.text, sequence, kept, free)
        bodies = {(h.first, h.last) for h in kept if h.term.kind is Kind.PARTNER}
        for body in find_governed(passage.text, sequence, _open(kept, free), bodies, self._places.common):
            self._bodies.setdefault(tuple(w.raw for w in words(body.name)), _body_term(body.name, type_of(body.name)))
        return _Sighted(passage, sequence, kept, free)

    def read(self, sighted: _Sighted) -> list[Mention]:
        """Return the mentions in a passage other than its operations, in no order."""
        passage, sequence = sighted.passage, sighted.sequence
        kept = [*sighted.hits, *self._bodies_of_any_name(sighted)]
        kept += self._teams_and_programmes(sighted, kept)
        kept += self._places.find(passage.text, sequence, kept, sighted.free)
        kept = self._councils.resolve(passage.text, sequence, kept, passage.item.area.key if passage.item else "")
        ranges = sorted((h.first, h.last) for h in kept if h.term.kind is Kind.PARTNER)
        mentions = [self._as_mention(passage, sequence, hit, ranges) for hit in kept]
        themes = self._themes.find(sequence, names_of_bodies(kept))
        mentions.extend(self._as_mention(passage, sequence, hit, []) for hit in themes)
        return mentions

    def _bodies_of_any_name(self, sighted: _Sighted) -> list[Hit]:
        """Return the bodies that only the words around them told, here or elsewhere in the report."""
        names = {name: term for name, term in self._bodies.items() if not self._places.knows(" ".join(name))}
        teams = {h.first for h in sighted.hits if h.term.kind is Kind.UNIT}
        return [
            Hit(first, last, names[tuple(_unpossessed(w) for w in sighted.sequence[first:last])], Basis.FORM)
            for first, last in standing(sighted.sequence, names, _open(sighted.hits, sighted.free), teams)
        ]

    def _teams_and_programmes(self, sighted: _Sighted, hits: Sequence[Hit]) -> list[Hit]:
        """Return the teams of the force and the programmes that no vocabulary knows."""
        text, sequence = sighted.passage.text, sighted.sequence
        after_bodies = {h.last for h in hits if h.term.kind is Kind.PARTNER}
        return [
            Hit(found.first, found.last, self._headed_term(found), Basis.FORM)
            for found in find_headed(text, sequence, _open(hits, sighted.free), after_bodies, self._stands_before)
        ]

    def _headed_term(self, found: Headed) -> Term:
        # A team is one force's; a programme may be many forces'.
        prefix = f"{self._force}-" if found.kind is Kind.UNIT else ""
        return Term(found.kind, prefix + slug(found.name), found.name, type=found.type)

    def _stands_before(self, name: str) -> bool:
        return name.casefold() in self._own or self._places.knows(name)

    def _as_mention(
        self, passage: _Passage, sequence: Sequence[Word], hit: Hit, bodies: Sequence[tuple[int, int]]
    ) -> Mention:
        mention = _mention(
            passage,
            hit.term.kind,
            hit.term.key,
            hit.term.name,
            sequence[hit.first].start,
            _end_of_name(sequence[hit.last - 1]),
            hit.basis,
        )
        if hit.term.kind is not Kind.PARTNER:
            return replace(mention, sort=hit.term.type) if hit.basis is Basis.FORM else mention
        strong = hit.term.type not in _SERVED
        near = bisect_left(bodies, (hit.first, hit.last))
        others = [r for r in bodies[max(0, near - _LISTED) : near + 1 + _LISTED] if r != (hit.first, hit.last)]
        acting = acts(sequence, hit.first, hit.last, others, strong=strong)
        part = role(sequence, hit.first, hit.last) if acting else ""
        return replace(mention, partner_type=hit.term.type or "unspecified", acting=acting, role=part)

    def _with_found_bodies(
        self, passage: _Passage, sequence: Sequence[Word], hits: list[Hit], free: Sequence[bool]
    ) -> list[Hit]:
        """Return ``hits`` and the bodies that no vocabulary knows.

        A body whose name holds a known one is another body ("Harbour Women's Aid"); but volunteers and the force's
        own teams keep their name whatever place stands before it ("Epping Community Speed Watch").
        """
        known = [(h.first, h.last) for h in hits if h.term.kind in (*BODIES, Kind.PLACE, Kind.DISTRICT)]
        bodies = [(h.first, h.last) for h in hits if h.term.kind is Kind.PARTNER]
        found = [
            Hit(body.first, body.last, _body_term(body.name, body.type), Basis.FORM)
            for body in find_organisations(passage.text, sequence, free, known, bodies)
            if body.name.casefold() not in self._own
        ]
        kept = [
            body
            for body in found
            if not any(_stays(hit, body) for hit in hits) and not any(_same(hit, body) for hit in hits)
        ]
        covered = {n for h in (*hits, *kept) if h.term.kind in BODIES for n in range(h.first, h.last)}
        by_initials = [
            Hit(index, index + 1, self._introduced[word.raw], Basis.FORM)
            for index, word in enumerate(sequence)
            if free[index] and index not in covered and word.raw in self._introduced
        ]
        return [*hits, *kept, *by_initials]

    def _initials_of_found_names(self, report: Report) -> dict[str, Term]:
        """Return initials that the document introduces in brackets after a body or a team no vocabulary knows."""
        introduced: dict[str, Term] = {}
        for item in report.items:
            sequence = words(item.text)
            free = [True] * len(sequence)
            found = [
                (o.first, o.last, _body_term(o.name, o.type)) for o in find_organisations(item.text, sequence, free)
            ]
            headed = find_headed(item.text, sequence, free, (), self._own.__contains__)
            found += [(h.first, h.last, self._headed_term(h)) for h in headed if h.kind is Kind.UNIT]
            for first, last, term in found:
                bracket = [w.raw for w in sequence[last : last + 3]]
                if len(bracket) == 3 and bracket[0] == "(" and bracket[2] == ")" and bracket[1].isupper():
                    known = next(iter(self._lexicon.find(sequence[first:last], frozenset())), None)
                    if known is None and term.name.casefold() not in self._own:
                        introduced.setdefault(bracket[1], term)
        return introduced


def _open(hits: Sequence[Hit], free: Sequence[bool]) -> list[bool]:
    """Return which of the words that ``free`` marks are in none of ``hits``."""
    open_ = list(free)
    for hit in hits:
        open_[hit.first : hit.last] = [False] * (hit.last - hit.first)
    return open_


def _unpossessed(word: Word) -> str:
    return re.sub(r"['\u2019]s?$", "", word.raw)


def _stays(hit: Hit, body: Hit) -> bool:
    """Return whether the known name ``hit`` is what is meant where ``body`` was found by its form."""
    if hit.last <= body.first or body.last <= hit.first or hit.term.kind not in BODIES:
        return False
    if hit.first < body.first or hit.last > body.last:
        # They only overlap, or the known name is the longer: it is the surer.
        return True
    return hit.last == body.last and (
        hit.term.kind is not Kind.PARTNER or (hit.term.type in ("volunteer", "faith") and not hit.term.generic)
    )


def _same(hit: Hit, body: Hit) -> bool:
    return hit.term.kind in BODIES and (hit.first, hit.last) == (body.first, body.last)


def _body_term(name: str, type_: str) -> Term:
    name = re.sub(r"^(?:The|the) ", "", name)
    return Term(Kind.PARTNER, slug(name), name, type=type_)


def _end_of_name(word: Word) -> int:
    """Return where a name ends: before a possessive 's, which is not part of it."""
    possessive = re.search(r"(?<=[^s])['\u2019]s$|['\u2019]$", word.raw)
    return word.end - (len(possessive.group()) if possessive else 0)


def _mention(passage: _Passage, kind: Kind, key: str, name: str, start: int, end: int, basis: Basis) -> Mention:
    return Mention(
        kind=kind,
        key=key,
        name=name,
        start=passage.start + start,
        end=passage.start + end,
        text=(passage.item.text if passage.item else passage.text)[start:end],
        basis=basis,
        item=passage.item.number if passage.item else None,
        commitment=passage.commitment.id if passage.commitment else None,
        priority=passage.priority.number if passage.priority else None,
    )
