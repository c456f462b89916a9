"""What a search found: things by kind with the name that they go by, and the sentences that hold the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.mentions.sentences import sentence_at, sentences
from graph.namespaces import key_of
from graph.text_index import Found, NameHit, PassageHit
from webapp.addresses import data_of, kind_of, page_of, span_of
from webapp.presenters.things import KIND_WORDS, Link

EVIDENCE = "evidence"
"""The kind of a hit that is a sentence."""
_PLURALS = {
    "operation": "Operations",
    "partner": "Partners",
    "partner-type": "Partner types",
    "priority": "Priorities",
    "commitment": "Commitments",
    "force": "Police forces",
    "lpa": "Local Policing Areas",
    "district": "Districts",
    "theme": "Themes",
    "quarter": "Quarters",
    "report": "Reports",
    "measure": "Measures",
    "place": "Places",
    "unit": "Units and teams",
    "programme": "Schemes and programmes",
    "rule": "Rules",
    "abbreviation": "Abbreviations",
}
_HOW = {
    "code": "its number or code “{}”",
    "alias": "alias “{}”",
    "hint": "words that show it: “{}”",
    "short": "short form “{}”",
    "meaning": "what “{short}” stands for",
    "initials": "initials of its name",
}
_NUMBERED = frozenset({"commitment", "priority"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found: where it leads, and which of its names the words are."""

    link: Link
    iri: str
    matched: str
    """The name that was matched, as a sentence says it; "" where it is the name that the link shows."""
    how: str
    name: str
    uses: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """An evidence item that was found, with the way to the very sentence in its report."""

    hit: PassageHit
    href: str
    """The report with the sentence that holds the first of the words marked."""
    start: int
    end: int
    """Where that sentence stands in the stored text of the document."""

    @property
    def words(self) -> str:
        """The sentence."""
        return self.hit.text[self.start - self.hit.start : self.end - self.hit.start]


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind, best first."""

    kind: str
    title: str
    hits: tuple[Hit, ...]

    @property
    def many(self) -> str:
        """What its hits are called, in the middle of a sentence."""
        return self.title[:1].lower() + self.title[1:] if self.title[1:2].islower() else self.title


def groups(found: Found) -> list[Group]:
    """Return the things found by kind; the kind of the best hit stands first."""
    by_kind: dict[str, list[Hit]] = {}
    for hit in found.names:
        by_kind.setdefault(kind_of(hit.iri), []).append(_hit(hit))
    return [Group(kind, _title(kind), tuple(hits)) for kind, hits in by_kind.items()]


def _title(kind: str) -> str:
    return _PLURALS.get(kind) or KIND_WORDS.get(kind, kind)


def _hit(hit: NameHit) -> Hit:
    kind, key = kind_of(hit.iri), key_of(hit.iri)
    label = f"{key.partition('-')[2] or key} {hit.title}" if kind in _NUMBERED else hit.title
    if kind == "abbreviation":
        label = f"{key.upper()}: {hit.title}"
    same = hit.matched.casefold() == hit.title.casefold()
    told = "" if same and hit.how not in {"meaning", "initials"} else _HOW.get(hit.how, "{}")
    link = Link(label, page_of(hit.iri) or data_of(hit.iri), kind)
    return Hit(link, str(hit.iri), told.format(hit.matched, short=key.upper()), hit.how, hit.matched, hit.uses)


def said(found: Found) -> list[Sentence]:
    """Return the evidence found, with where the sentence of each stands that holds the first of the words."""
    return [_sentence(hit) for hit in found.passages]


def _sentence(hit: PassageHit) -> Sentence:
    first, last = sentence_at(sentences(hit.text), hit.found[0])
    last = first + len(hit.text[first:last].rstrip())
    start, end = hit.start + first, hit.start + max(last, hit.found[1])
    return Sentence(hit, span_of(hit.iri, start, end) or "", start, end)


def as_json(typed: str, found: Found, version: str, *, full_text: bool) -> dict[str, Any]:
    """Return everything found as plain JSON, whole."""
    return {
        "search": typed,
        "words": list(found.asked),
        "corrected": [{"typed": typed_word, "taken_for": word} for typed_word, word in found.corrected],
        "unknown": list(found.unknown),
        "some_words_only": found.loose,
        "full_text": full_text,
        "total": len(found.names) + len(found.passages),
        "groups": [
            {
                "kind": group.kind,
                "total": len(group.hits),
                "hits": [
                    {
                        "iri": hit.iri,
                        "label": hit.link.label,
                        "href": hit.link.href,
                        "matched": hit.name,
                        "how": hit.how,
                        "items": hit.uses,
                    }
                    for hit in group.hits
                ],
            }
            for group in groups(found)
        ],
        "evidence": {
            "total": len(found.passages),
            "hits": [
                {
                    "item": str(one.hit.iri),
                    "number": one.hit.number,
                    "report": one.hit.report,
                    "quarter": one.hit.quarter,
                    "page": one.hit.page or None,
                    "commitment": one.hit.commitment_number or None,
                    "sentence": one.words,
                    "start": one.start,
                    "end": one.end,
                    "href": one.href,
                }
                for one in said(found)
            ],
        },
        "version": version,
    }
