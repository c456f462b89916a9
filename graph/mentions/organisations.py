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
        (r"\b(school|college|academy|schools)$|\buniversity\b", "education"),
        (r"\b(church|mosque|temple|synagogue|diocese|cathedral|ministries|chaplaincy|gurdwara)\b", "faith"),
        (r"\bprobation\b|\byouth (justice|offending)\b", "probation"),
        (r"\bprosecution\b|\b(courts?|prison|justice board|commissioner)\b", "criminal-justice"),
        (r"\bcommunity safety partnership$|^safer\b.*\bpartnership$", "community-safety-partnership"),
        (r"\b(board|forum|partnership|alliance)$", "multi-agency-board"),
        (r"\bborder\b|\b(crime agency|revenue)\b", "law-enforcement-agency"),
        (r"\b(ministry|department for|office for)\b", "central-government"),
        (r"\b(railways?|rail|airport|port|buses|highways|transport)\b", "transport"),
        (
            (
                r"\b(ltd|limited|plc|brewery|care group|veterinary group|improvement district|building society"
                r"|shopping centre|retail park|football club|supermarkets?|chamber of commerce)$"
            ),
            "business",
        ),
        (r"\brape crisis\b|\bshelter$", "charity"),
        (r"\b(charity|trust|foundation|aid|society|refuge|hospice|cic|project|appeal|mind|samaritans)$", "charity"),
        (r"\b(watch|volunteers|cadets|wardens|pastors|rangers)$", "volunteer"),
        (r"\b(association|federation|group|club|network|union|residents)$", "community-group"),
        (r"\b(agency|authority|executive|inspectorate|organised crime unit)$", "law-enforcement-agency"),
    )
)
_HEADS = frozenset(
    """Council Trust Association Partnership Board Foundation Agency Authority Society Charity College School University
    Academy Church Mosque Temple Gurdwara Synagogue Club Housing Homes Forum Federation Constabulary Police Alliance
    Hospital Hospitals Union Institute Ltd Limited plc CIC Brigade Aid Commissioner Commissioners Ambulance Pastors
    Watch Cadets Refuge Hospice Coalition Consortium Chamber Commission Network Shelter Conference Collective
    Infirmary Diocese Parish Brewery Museum Cathedral""".split()
)
"""Words that the names of bodies end in."""
_HEADS_AFTER: dict[str, frozenset[str]] = {
    "Service": frozenset(
        """Fire Rescue Ambulance Probation Health Youth Advocacy Support Justice Prosecution Recovery Outreach Mediation
        Counselling Advisory Library Coroner's Careers Custodial""".split()
    ),
    "Crisis": frozenset(("Rape",)),
    "Services": frozenset(
        "Fire Rescue Probation Health Youth Advocacy Support Children's Social Voluntary Care".split()
    ),
    "Team": frozenset("Rescue Justice Offending".split()),
    "Unit": frozenset("Crime Reduction".split()),
    "Group": frozenset("Care Veterinary Action Housing Residents Advisory Support Retail Homes Media".split()),
    "District": frozenset(("Improvement",)),
    "Transport": frozenset(("Community",)),
    "Centre": frozenset("Crisis Advice Community Referral Shopping Refugee Youth Leisure Resource".split()),
    "Providers": frozenset(("Housing",)),
}
"""Words that end a body's name only after certain others: "Mountain Rescue Team", never "Community Policing Team"."""
_UNITS_OF_BODIES = frozenset(("Unit",))
"""Of these, those that a force's own teams are called too: the name must say that it is regional or of several."""
_SHARED = frozenset("Regional National Joint Reduction Eastern".split())
_OPENS = frozenset(
    """University Diocese Archdiocese Institute Foundation Association Federation Society Chamber Friends Confederation
    Commissioner Council Bishop College Academy Trust Union Centre Office Board Chambers""".split()
)
"""Words that "of" or "for" and a name may follow: "Diocese of the Northern Fells"."""
_ALONE = frozenset(
    "University Diocese Archdiocese Institute Association Federation Chamber Friends Confederation".split()
)
"""Those of them that may begin a name."""
_INNER = frozenset("of and the for & in".split())
_NOT_FIRST = frozenset(
    """the a an this that these our their his her in on at by with from for to and or as of since during after before
    both each every all some local new many following working under within officers police sergeant inspector chief
    superintendent operation january february march april may june july august september october november december
    neighbourhood community hate crime domestic pupils students staff members residents volunteers parents vets
    partners colleagues representatives teams youth when where while through across although however meanwhile
    monday tuesday wednesday thursday friday saturday sunday""".split()
)
_TEAMS = frozenset("Team Unit Department Squad Section Command Officer Directorate Bureau Desk".split())
_COMMON_FIRST = frozenset(("community", "youth", "domestic"))
"""Words that begin many phrases, and the name of a body where its head goes on after them."""
_NOT_ORGANISATIONS = re.compile(
    r"(?i)^(?:the )?(?:community policing|local policing|police|school|hospital|church|club|community|home|public"
    r"|(?:(?:borough|city|district|county|town|parish) )?council)$"
)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body found by form: words ``first`` to ``last`` (exclusive), its name and the type its name suggests."""

    first: int
    last: int
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where the known names of a text end and start, and where those of bodies start."""

    ends: set[int]
    starts: set[int]
    bodies: set[int]


def find_organisations(
    text: str,
    sequence: Sequence[Word],
    free: Sequence[bool],
    known: Sequence[tuple[int, int]] = (),
    bodies: Sequence[tuple[int, int]] = (),
) -> list[Organisation]:
    """Find runs of capitalised words that end as bodies' names do, among the words that ``free`` marks.

    "Harlow Youth Trust", "University of Kent", "Cambridgeshire Fire and Rescue Service" are found; a single
    word, a run that begins a sentence with a common word, and names of police teams are not. ``known`` are word
    ranges of names that are known: no run joins one of them to another name by "and"; ``bodies`` are those of bodies:
    what stands before "of" and a body ("Leader of the Council") is not part of its name.
    """
    edges = _Edges({e for _, e in known}, {s for s, _ in known}, {s for s, _ in bodies})
    found: list[Organisation] = []
    open_ = list(free)
    # Names that go on after their head come first, so that none of them is taken for the beginning of another.
    for goes_on in (True, False):
        for index in range(len(sequence) - 1, -1, -1):
            if not open_[index] or not _closes(sequence, index):
                continue
            last = _last(sequence, index, open_)
            if (last > index + 1) is not goes_on:
                continue
            first = _first(text, sequence, index, open_, edges)
            if last - first < 2 or (first == index and _bare(sequence[index]) not in _ALONE):
                continue
            name = _BARE.sub("", " ".join(text[sequence[first].start : sequence[last - 1].end].split()))
            if not _NOT_ORGANISATIONS.match(name):
                found.append(Organisation(first, last, name, type_of(name)))
                open_[first:last] = [False] * (last - first)
    found += _told_what_they_are(text, sequence, open_, edges)
    return sorted(found, key=lambda o: o.first)


_BARE = re.compile(r"['\u2019]s?$")


_KINDS = {
    **dict.fromkeys(("charity", "hospice", "refuge"), "charity"),
    **dict.fromkeys(("group", "club", "network", "association"), "community-group"),
    **dict.fromkeys(("company", "firm", "retailer", "insurer", "supermarket", "brewery", "operator"), "business"),
    **dict.fromkeys(("agency", "organisation", "enterprise", "partnership", "trust", "project"), "unspecified"),
}
"""What an apposition says that a body is, and the type that this makes it."""


def _told_what_they_are(text: str, sequence: Sequence[Word], free: Sequence[bool], edges: _Edges) -> list[Organisation]:
    """Find names of any form that the words beside them call a body: "the charity Hope", "Hope, a support group,"."""
    found = []
    index = 0
    while index < len(sequence):
        last = index
        while last < len(sequence) and free[last] and sequence[last].raw[:1].isupper() and last - index < 5:
            last += 1
        if last == index or index in edges.starts or last in edges.ends:
            index = max(last, index + 1)
            continue
        kind = _kind_before(sequence, index) or _kind_after(sequence, last)
        name = _BARE.sub("", " ".join(text[sequence[index].start : sequence[last - 1].end].split()))
        if kind and sequence[index].raw.casefold() not in _NOT_FIRST and not _NOT_ORGANISATIONS.match(name):
            found.append(Organisation(index, last, name, kind))
        index = last
    return found


def _kind_before(sequence: Sequence[Word], first: int) -> str:
    return _KINDS.get(sequence[first - 1].norm, "") if first and sequence[first - 1].raw[:1].islower() else ""


def _kind_after(sequence: Sequence[Word], last: int) -> str:
    if (
        last + 2 >= len(sequence)
        or sequence[last].raw != ","
        or sequence[last + 1].norm not in ("a", "an", "the", "our")
    ):
        return ""
    for word in sequence[last + 2 : last + 7]:
        if not word.raw[:1].islower():
            return ""
        if word.norm in _KINDS:
            return _KINDS[word.norm]
        if word.norm in ("who", "which", "that", "with", "for", "to", "from", "in", "at", "on"):
            return ""
    return ""


def _bare(word: Word) -> str:
    """Return a word as written, without a possessive ending."""
    return _BARE.sub("", word.raw)


def _closes(sequence: Sequence[Word], index: int) -> bool:
    head = _bare(sequence[index])
    if head in _HEADS:
        return True
    if head in _OPENS and index + 2 < len(sequence) and sequence[index + 1].raw in ("of", "for"):
        return True
    if (
        index == 0
        or head not in _HEADS_AFTER
        or sequence[index - 1].raw.replace("\u2019", "'") not in _HEADS_AFTER[head]
    ):
        return False
    return head not in _UNITS_OF_BODIES or any(w.raw in _SHARED for w in sequence[max(0, index - 3) : index])


def _first(text: str, sequence: Sequence[Word], last: int, free: Sequence[bool], edges: _Edges) -> int:
    """Return where the run of capitalised words that ends at ``last`` begins."""
    first = last
    index = last - 1
    while index >= 0 and free[index]:
        word = sequence[index]
        if word.raw[:1].isdigit() and first != last and sequence[index + 1].raw in _INNER:
            break
        if word.raw[:1].isupper() or word.raw[:1].isdigit():
            first = index
        elif not _is_hyphened(text, sequence, index) and not _joins(sequence, index, edges):
            break
        index -= 1
    first = _without_opening(sequence, first, last)
    if first > 1 and [w.raw for w in sequence[first - 2 : first + 1]] == ["Police", ",", "Fire"]:
        # "Police, Fire and Crime Commissioner": the one comma that stands within a name.
        first -= 2
    return first


def _is_hyphened(text: str, sequence: Sequence[Word], index: int) -> bool:
    """Return whether a word in small letters goes on from the one before: "Night-time Partnership"."""
    word = sequence[index]
    return index > 0 and word.start - sequence[index - 1].end == 1 and text[word.start - 1] in "-\u2010\u2011"


def _joins(sequence: Sequence[Word], index: int, edges: _Edges) -> bool:
    """Return whether a small word stands within a name: "Fire and Rescue Service", "Friends of the Park Trust"."""
    word, before = sequence[index], sequence[index - 1]
    if word.raw not in _INNER or index == 0 or word.raw == "in" or index + 1 in edges.bodies:
        return False
    if word.raw == "the":
        # "In Harlow the Council" names no body of Harlow.
        return before.raw in ("of", "for")
    if word.norm != "and":
        return True
    # "Wharfside Housing and Harbour Council" are two bodies; "Rural Crime Unit and Moor Network" a team and a body.
    two = _closes(sequence, index - 1) or before.raw.rstrip("s") in _TEAMS
    return not two and index not in edges.ends and index + 1 not in edges.starts


def _without_opening(sequence: Sequence[Word], first: int, last: int) -> int:
    """Return where the name begins when words that only open a sentence or a phrase are left out."""
    while first < last:
        word = sequence[first].raw
        if word.casefold() not in _NOT_FIRST and word not in _INNER and not word.isdigit():
            break
        if first + 1 == last and word.casefold() in _COMMON_FIRST and _bare(sequence[last]) in _OPENS:
            # "Community Foundation for Northmoor"
            break
        first += 1
    return first


def _last(sequence: Sequence[Word], index: int, free: Sequence[bool]) -> int:
    """Return where the name goes on to after its head: over "of" or "for" and the capitalised words that follow."""
    end = index + 1
    if _bare(sequence[index]) not in _OPENS or end >= len(sequence) or sequence[end].raw not in ("of", "for"):
        return end
    after = end + 1
    if after < len(sequence) and sequence[after].raw == "the":
        after += 1
    stop = end
    while (
        after < len(sequence)
        and free[after]
        and (
            sequence[after].raw[:1].isupper()
            or (
                sequence[after].norm in ("and", "of")
                and after + 1 < len(sequence)
                and sequence[after + 1].raw[:1].isupper()
                and not _is_listed(sequence, after)
            )
        )
    ):
        after += 1
        stop = after
    return stop


def _is_listed(sequence: Sequence[Word], index: int) -> bool:
    """Return whether the "and" at ``index`` joins the name to another body's: one that itself ends as bodies do."""
    after = index + 1
    while after < len(sequence) and (sequence[after].raw[:1].isupper() or sequence[after].raw in ("of", "the")):
        if _bare(sequence[after]) in _HEADS:
            return True
        after += 1
    return False


def type_of(name: str) -> str:
    """Return the key of the partner type that the words of a body's name suggest; ``unspecified`` if none do."""
    return next((type_ for pattern, type_ in _TYPES if pattern.search(name)), "unspecified")
