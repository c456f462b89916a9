"""Finds organisations that no vocabulary knows, by the form of their names, and councils named in short."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.mentions.words import Word

_TYPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), type_)
    for pattern, type_ in (
        (r"\bfire\b.*\b(service|brigade|authority)$", "fire-and-rescue"),
        (r"\b(police|constabulary)$", "other-police-force"),
        (r"\bcouncils?$", "local-authority"),
        (r"\b(nhs|hospital|hospitals|health|ambulance|clinical|medical)\b", "health"),
        (r"\bsocial care\b|\bchildren'?s services?\b", "social-care"),
        (r"\b(housing|homes|lettings)\b", "housing"),
        (r"\b(school|college|university|academy|institute|schools)$", "education"),
        (r"\b(church|mosque|temple|synagogue|diocese|ministries|chaplaincy|gurdwara)\b", "faith"),
        (r"\bprobation\b|\byouth (justice|offending)\b", "probation"),
        (r"\bprosecution\b|\b(courts?|prison|justice board|commissioner)\b", "criminal-justice"),
        (r"\bcommunity safety partnership$|^safer\b.*\bpartnership$", "community-safety-partnership"),
        (r"\b(board|forum|partnership|alliance)$", "multi-agency-board"),
        (r"\bborder\b|\b(crime agency|revenue)\b", "law-enforcement-agency"),
        (r"\b(ministry|department for|office for)\b", "central-government"),
        (r"\b(railways?|rail|airport|port|buses|highways|transport)\b", "transport"),
        (
            r"\b(ltd|limited|plc|shopping centre|retail park|football club|supermarkets?|chamber of commerce)$",
            "business",
        ),
        (r"\b(charity|trust|foundation|aid|society|refuge|hospice|cic|project|appeal|mind|samaritans)$", "charity"),
        (r"\b(watch|volunteers|cadets|wardens|pastors|rangers)$", "volunteer"),
        (r"\b(association|federation|group|club|network|union|residents)$", "community-group"),
        (r"\b(agency|authority|executive|inspectorate)$", "law-enforcement-agency"),
    )
)
_LAST = re.compile(
    r"^(?:Council|Trust|Association|Partnership|Board|Foundation|Agency|Authority|Society|Charity|College|School"
    r"|University|Academy|Church|Mosque|Temple|Club|Housing|Homes|Forum|Federation|Constabulary|Police|Alliance|Hospital"
    r"|Union|Institute|Ltd|Limited|CIC|Brigade|Aid|Commissioner|Ambulance|Pastors|Watch|Cadets|Refuge|Hospice|Federation)$"
)
_SERVICES = re.compile(r"^(?:Fire|Rescue|Ambulance|Probation|Health|Youth|Advocacy|Support|Justice|Prosecution)$")
_OPENS = re.compile(r"^(?:University|Diocese|Archdiocese)$")
_INNER = frozenset("of and the for & in".split())
_NOT_FIRST = frozenset(
    """the a an this that these our their his her in on at by with from for to and or as of since during after before
    both each every all some local new many following working under within officers police sergeant inspector chief
    superintendent operation january february march april may june july august september october november december
    neighbourhood safer community hate crime domestic""".split()
)
_NOT_ORGANISATIONS = re.compile(
    r"(?i)^(?:the )?(?:community policing|local policing|police|school|council|hospital|church|club)$"
)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body found by form: words ``first`` to ``last`` (exclusive), its name and the type its name suggests."""

    first: int
    last: int
    name: str
    type: str


def find_organisations(text: str, sequence: Sequence[Word], free: Sequence[bool]) -> list[Organisation]:
    """Find runs of capitalised words that end as bodies' names do, among the words that ``free`` marks.

    "Harlow Youth Trust", "University of Kent", "Cambridgeshire Fire and Rescue Service" are found; a single
    word, a run that begins a sentence with a common word, and names of police teams are not.
    """
    found = _named_after_a_place(text, sequence, free)
    free = [f and not any(o.first <= n < o.last for o in found) for n, f in enumerate(free)]
    last = len(sequence)
    index = last - 1
    while index >= 0:
        if not free[index] or not _closes(sequence, index):
            index -= 1
            continue
        first = _first(sequence, index, free)
        if first < index:
            name = " ".join(text[sequence[first].start : sequence[index].end].split())
            if not _NOT_ORGANISATIONS.match(name):
                found.append(Organisation(first, index + 1, name, type_of(name)))
                index = first
        index -= 1
    return sorted(found, key=lambda o: o.first)


def _named_after_a_place(text: str, sequence: Sequence[Word], free: Sequence[bool]) -> list[Organisation]:
    """Find the bodies whose names end in a place: "University of Kent"."""
    found = []
    for index, word in enumerate(sequence[:-2]):
        end = index + 2
        if free[index] and _OPENS.match(word.raw) and sequence[index + 1].raw == "of":
            while end < len(sequence) and free[end] and sequence[end].raw[:1].isupper():
                end += 1
        if end > index + 2:
            name = " ".join(text[word.start : sequence[end - 1].end].split())
            found.append(Organisation(index, end, name, type_of(word.raw)))
    return found


def _closes(sequence: Sequence[Word], index: int) -> bool:
    raw = sequence[index].raw
    if _LAST.match(raw):
        return True
    return raw in ("Service", "Services") and index > 0 and bool(_SERVICES.match(sequence[index - 1].raw))


def _first(sequence: Sequence[Word], last: int, free: Sequence[bool]) -> int:
    """Return where the run of capitalised words that ends at ``last`` begins."""
    first = last
    index = last - 1
    while index >= 0 and free[index]:
        word = sequence[index]
        if word.raw[:1].isupper():
            first = index
        elif word.raw not in _INNER or index == 0 or (word.norm == "and" and _closes(sequence, index - 1)):
            # "Wharfside Housing and Harbour Council" are two bodies; "Fire and Rescue Service" is one.
            break
        elif word.raw == "the" and sequence[index - 1].raw not in ("of", "for", "in"):
            # "In Harlow the Council" names no body of Harlow; "Friends of the Park Trust" is one.
            break
        index -= 1
    while first < last and (sequence[first].raw.casefold() in _NOT_FIRST or sequence[first].raw in _INNER):
        first += 1
    return first


def type_of(name: str) -> str:
    """Return the key of the partner type that the words of a body's name suggest; ``unspecified`` if none do."""
    return next((type_ for pattern, type_ in _TYPES if pattern.search(name)), "unspecified")
