"""Finds police teams and programmes that no vocabulary knows, by the word that ends their names.

"Rural Affairs Team" and "Licensing Unit" are teams of the police where nothing says that they are somebody else's;
"Safe Haven Scheme", "Harbour Lights Project" and "Stalking Awareness Week" are programmes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from graph.mentions import organisation_words as bodies
from graph.mentions.words import Word, words
from graph.model import Kind

_TEAMS = {
    "Team": "team", "Unit": "unit", "Squad": "team", "Department": "department", "Directorate": "directorate",
    "Command": "command", "Section": "section", "Branch": "section", "Desk": "team", "Cell": "team",
    "Taskforce": "team", "Force": "team",
}  # fmt: skip
"""Words that the names of police teams end in, and the kind of unit that each makes; "Force" only after "Task"."""
_PROGRAMMES = {
    "Scheme": "scheme", "Fund": "fund", "Programme": "programme", "Campaign": "campaign", "Initiative": "scheme",
    "Project": "project", "Strategy": "strategy", "Protocol": "framework", "Charter": "framework",
    "Toolkit": "framework", "Pathway": "pathway", "Week": "event", "Month": "event", "Day": "awareness-day",
    "Pledge": "framework", "App": "system",
}  # fmt: skip
"""Words that the names of programmes end in, and the kind of programme that each makes."""
_SORTS = {
    **{head: (Kind.UNIT, sort) for head, sort in _TEAMS.items()},
    **{head: (Kind.PROGRAMME, sort) for head, sort in _PROGRAMMES.items()},
}
_OF_TIME = frozenset(("week", "month", "day"))
"""Of these, those that end a name only after two other words: "Stalking Awareness Week"."""
_OF_OTHERS = frozenset(
    w.norm
    for w in words(
        """youth social housing health healthcare ambulance NHS hospital fire rescue council school education probation
        trading standards environmental environment children adult outreach homeless homelessness customer football
        cricket rugby premier league finance legal highways planning library emergency accident maternity surgery
        nursing clinical medical mayor government cabinet home foreign transport justice court crown prosecution
        university college student academic coroner parking streetscene cleansing refuse treatment recovery
        bereavement counselling advocacy united city help"""
    )
)
"""Words that make a team another body's: "Youth Justice Team", "Social Care Team"."""
_NO_PROGRAMME = frozenset(
    """police policing corporate annual performance budget capital general trust pension reserve action improvement day
    week month year first second third fourth one each every this that last next previous same working bank holiday
    christmas new year's easter boxing mothering father's monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december""".split()
)
"""Words of which a name must hold more than these: "Annual Strategy" and "Christmas Day" are no programmes."""
_OPENING = bodies.INNER | frozenset(
    """the a an our its their this that these those his her your my new dedicated specialist two three four five six
    both all each every another following during since under within through with by from on at to as when while where
    how why if officers detectives sergeant inspector chief superintendent constable pc pcso ds dc di dci acc dcc across
    also meanwhile no yes in for and of successful recent via using launch launched additional wider whole more most
    many some any phase year""".split()
)
"""Words that stand before a name and are no part of it."""
_BEFORE_TEAMS = _OPENING | frozenset(("police", "force", "local", "working"))
_BARE = re.compile(r"['\u2019]s?$")
_WIDER = bodies.SHARED - {"Reduction"}
"""Words that make a team a region's, the nation's or several forces'."""
_LONGEST = 7


@dataclass(frozen=True, slots=True)
class Headed:
    """A name found by the word it ends in: words ``first`` to ``last`` (exclusive), the kind of thing and its sort."""

    first: int
    last: int
    name: str
    kind: Kind
    type: str
    """Key of its kind of unit or programme."""


def find_headed(
    text: str,
    sequence: Sequence[Word],
    free: Sequence[bool],
    after_bodies: Collection[int],
    before_names: Callable[[str], bool],
) -> list[Headed]:
    """Find the police teams and programmes among the words that ``free`` marks.

    ``after_bodies`` are the words that come right after the name of a body; ``before_names`` tells whether a name is a
    place's or the force's own, which may stand before a team's and is no part of it. A team whose name says that it is
    another body's, or a region's or the nation's, is left out.
    """
    found = []
    for index, word in enumerate(sequence):
        head = _BARE.sub("", word.raw).removesuffix("s").capitalize()
        if not free[index] or head not in _SORTS or _goes_on(sequence, index):
            continue
        if head == "Force" and sequence[index - 1].raw != "Task":
            continue
        kind, sort = _SORTS[head]
        first = _first(text, sequence, index, free)
        while first < index and not _begins(sequence[first], kind):
            first += 1
        if kind is Kind.UNIT:
            first = _after_other_names(text, sequence, first, index, before_names)
        if kind is Kind.UNIT and (first in after_bodies or _is_anothers(sequence[first:index])):
            continue
        if _is_enough(sequence[first:index], word, kind):
            name = " ".join([*text[sequence[first].start : word.start].split(), head])
            found.append(Headed(first, index + 1, name, kind, sort))
    return found


def _goes_on(sequence: Sequence[Word], index: int) -> bool:
    """Return whether the name does not end at ``index``: "Team Leader", "Section 60", "Department for Transport"."""
    if index + 1 >= len(sequence):
        return False
    word, after = sequence[index], sequence[index + 1]
    if after.raw in ("of", "for") and index + 2 < len(sequence):
        return sequence[index + 2].capital and word.raw in ("Department", "Day", "Week", "Month", "Directorate")
    return after.start - word.end == 1 and after.capital and not after.initials and not _BARE.search(word.raw)


def _first(text: str, sequence: Sequence[Word], index: int, free: Sequence[bool]) -> int:
    """Return where the run of words with capitals before ``index`` begins, small words within it passed over."""
    first = at = index
    while at and first - at < _LONGEST and free[at - 1]:
        word, after = sequence[at - 1], sequence[at]
        between = text[word.end : after.start]
        joined = between.strip() in ("", "-", "\u2010", "\u2011", "/") and "\n\n" not in between
        if not joined or (not word.raw[:1].isalnum() and word.raw != "&"):
            break
        at -= 1
        if word.raw[:1].isupper():
            first = at
        elif word.raw not in ("and", "of", "for", "&", "against", "to", "with", "at") or _ends_name(sequence, at):
            break
    return first


def _ends_name(sequence: Sequence[Word], index: int) -> bool:
    """Return whether a name ends before the small word at ``index``: "Prevention Programme and Safety Charter"."""
    before = sequence[index - 1].raw if index else ""
    return before in _SORTS or before in bodies.HEADS or before in bodies.HEADS_AFTER or before.isupper()


def _begins(word: Word, kind: Kind) -> bool:
    """Return whether the name of a thing of ``kind`` may begin with ``word``."""
    return word.raw[:1].isalpha() and word.raw.casefold() not in (_BEFORE_TEAMS if kind is Kind.UNIT else _OPENING)


def _after_other_names(
    text: str, sequence: Sequence[Word], first: int, index: int, other: Callable[[str], bool]
) -> int:
    """Return where the name begins once another that stands before it is left out: "Harlow Proactive Team"."""
    for last in range(index - 1, first, -1):
        if other(_BARE.sub("", text[sequence[first].start : sequence[last - 1].end])):
            return last
    return first


def _is_anothers(name: Sequence[Word]) -> bool:
    """Return whether words of a team's name say that it is not the force's."""
    return any(w.raw in _WIDER or w.raw in bodies.HEADS or w.norm in _OF_OTHERS or _BARE.search(w.raw) for w in name)


def _is_enough(name: Sequence[Word], head: Word, kind: Kind) -> bool:
    """Return whether what stands before the last word makes a name of it.

    In small letters one ends a team's name after two words with capitals: "Case Review team", never "GPS units".
    """
    told = [w for w in name if w.raw not in bodies.INNER]
    small = head.raw[:1].islower()
    if small and (kind is Kind.PROGRAMME or head.raw.endswith("s") or any(w.raw in ("of", "for", "the") for w in name)):
        return False
    if kind is Kind.PROGRAMME and all(w.raw.casefold() in _NO_PROGRAMME for w in told):
        return False
    needed = 2 if small or head.norm in _OF_TIME else 1
    return len(told) >= needed
