"""Finds bodies whose names have no form of their own, by the words that say that they work with the police.

"in partnership with Redthorn", "funded by Sanctuary Lodge", "staff at Barlows and from Redthorn": a name there is a
body's unless it is a person's, a team's, an order's or describes the noun after it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.mentions import place_words as told
from graph.mentions.words import Word, words


def _folded(text: str) -> frozenset[str]:
    return frozenset(w.norm for w in words(text))


_ARTICLES = _folded("the a an our local national both charity specialist specialists")
_WITH = _folded(
    """partnership partner partnered partnering working work worked works together jointly liaise liaising liaised
    liaison collaborate collaborated collaborating collaboration conjunction link linked engage engaging engaged
    consultation agreement contract deliver delivered delivering run ran organised arranged developed designed
    agreed shared planned patrolled patrol campaign project initiative scheme event session workshop training
    joined joint up teamed teaming alongside cooperation coordinated coordinating day visit walk meeting talk
    course check exercise surgery stall night week clinic display trial pilot forum conference tournament league
    contact arrangement protocol discussion dialogue conversation bid review approach effort activity"""
)
"""Words before "with" that speak of working together."""
_BY = _folded(
    """funded supported sponsored donated provided hosted delivered organised supplied commissioned insured backed
    led run paid bought facilitated staffed lent trained referred contributed helped assisted accompanied taught
    built developed seconded chaired managed operated assembled coordinated co-ordinated offered loaned gifted
    for"""
)
"""What is done for the police, before "by"."""
_FROM = _folded(
    """help support funding grant money donation contribution assistance advice referral sponsorship gift loan
    backing input cooperation"""
)
"""What comes from those who help."""
_TO = _folded("thanks referred referral referrals signposted signposting introduced")
_VERBS = _folded("commissioned thanked thank funded alongside")
"""Words that a body follows at once."""
_STAFF = _folded(
    """staff employee employees worker workers volunteer volunteers adviser advisers advisor advisors colleague
    colleagues representative representatives specialist specialists nurse nurses mentor mentors engineer
    engineers expert experts trainer trainers caseworker caseworkers counsellor counsellors tutor tutors coach
    coaches advocate advocates guard guards analyst analysts chaplain chaplains member members manager managers
    interpreter interpreters outreach branch branches counter counters depot depots trader traders IDVA IDVAs ISVA
    ISVAs navigator navigators practitioner practitioners clinician clinicians psychologist psychologists"""
)
"""People who speak or act for the body that "from", "at" or "of" joins them to."""
_GAVE = _folded("funded donated hosted supplied sponsored lent seconded loaned gifted")
"""Verbs of which a body is the subject more often than a person is."""
_DO = _folded("work sit meet patrol attend join provide offer run deliver help give")
"""What the people of a body are said to do."""
_IS_FOR = _folded(
    """runs run provides provide offers offer supports support helps help owns manages operates represents campaigns
    gives works work cares houses shelters advises trains funds delivers ran provided offered supported helped"""
)
"""What a body is said to do, after "which" or "who"."""
_NO_BODY = told.HEADS & _folded(
    """week day night month year programme campaign initiative scheme fund act bill plan strategy charter
    award course order law code protocol policy framework review report survey event conference summit police
    force constabulary team unit division command department office lpa bcu hub district borough standard crime
    training meeting portal app website line"""
) | _folded("notice notices warning warnings officer officers inspector assessment model road street lane park")
"""Words that end the name of something that is no body."""
_FIRST_NAMES = _folded(
    """adam alan alex alexander alice alison amanda amy andrea andrew andy angela ann anna anne anthony barry ben
    benjamin beth brian callum carol caroline catherine charlotte chloe chris christine christopher claire colin
    craig daniel darren dave david dean deborah debbie diane donna edward eleanor elizabeth ella emily emma eric
    fiona frank gareth gary gavin gemma geoff george georgia gillian glenn graham grant greg hannah harriet
    harry heather helen ian isabel jack jacqueline jake james jamie jane janet jason jean jenny jennifer jessica
    jill jim joanna joanne joe john jon jonathan joseph josh joshua joyce judith julia julie karen kate
    katherine kathryn katie keith kelly kerry kevin kim laura lauren lee leanne lewis liam linda lisa lorraine
    louise lucy luke lynn malcolm marc margaret maria marie mark martin martyn mary matt matthew megan melanie
    michael michelle mick mike miriam mohammed natalie natasha neil nicholas nick nicola nigel oliver olivia
    patricia patrick paul paula pauline penny peter phil philip rachel ravi ray rebecca richard rob robert robin
    roger ross roy ruth ryan sally sam samantha samuel sandra sara sarah scott sean sharon sheila simon sophie
    stacey stephanie stephen steve steven stuart sue susan suzanne tanya terry theresa thomas tim timothy tina
    tom tony tracey tracy trevor vicky victoria vincent wayne wendy will william yvonne zoe"""
)
"""Names that begin a person's."""
_NOT_WITHIN = told.NEVER - _folded(
    """british english welsh scottish irish polish asian muslim christian jewish sikh hindu gypsy roma white black
    community communities national regional local new one two three first public pride safety partnership class key
    step spring summer winter project initiative scheme volunteers special crown professor uk gb"""
)
"""Words that no name of a body holds: ranks, months, the words for teams."""
_POSSESSIVE = re.compile(r"['\u2019]s?$")
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Governed:
    """A body found by what governs it: words ``first`` to ``last`` (exclusive), and its name."""

    first: int
    last: int
    name: str


def find_governed(
    text: str,
    sequence: Sequence[Word],
    free: Sequence[bool],
    bodies: Collection[tuple[int, int]] = (),
    common: Collection[str] = (),
) -> list[Governed]:
    """Find the bodies of any name among the words that ``free`` marks, in order, none overlapping.

    ``bodies`` are the word ranges of known bodies: "and" joins another to one of them. ``common`` are words known in
    small letters: a name of one word is none of them.
    """
    found: list[Governed] = []
    ends = {end for _, end in bodies}
    index = 0
    while index < len(sequence):
        last = _name_end(text, sequence, index, free)
        if last == index:
            index += 1
            continue
        if _names_a_body(sequence, index, last, common) and (
            _is_governed(sequence, index, ends) or (_gives(sequence, index, last))
        ):
            name = text[sequence[index].start : sequence[last - 1].end]
            found.append(Governed(index, last, _POSSESSIVE.sub("", " ".join(name.split()))))
            ends.add(last)
        index = last
    return found


def _name_end(text: str, sequence: Sequence[Word], first: int, free: Sequence[bool]) -> int:
    """Return where the run of words with capitals that begins at ``first`` ends; "&" and "of" may stand within it."""
    last = first
    while last < len(sequence) and last - first < _LONGEST and free[last]:
        word = sequence[last]
        near = last == first or not text[sequence[last - 1].end : word.start].strip(" \n-")
        follows = sequence[last + 1] if last + 1 < len(sequence) else None
        joins = word.raw in ("&", "of", "for") and last > first and follows is not None and _is_name(follows)
        if not near or not (_is_name(word) or joins):
            break
        last += 1
        if _POSSESSIVE.search(word.raw) and not word.raw.endswith(("s'", "s\u2019")):
            break
    if last > first and [w.raw for w in sequence[last : last + 3]] == ["in", "the", "Community"]:
        # As the charities of football clubs are called.
        last += 3
    return last


def _is_name(word: Word) -> bool:
    """Return whether a word may be part of a name: initials may not, those of a country and of clubs aside."""
    return word.raw[:1].isupper() and len(word.raw) > 1 and (not word.initials or word.raw in ("UK", "GB", "FC"))


def _names_a_body(sequence: Sequence[Word], first: int, last: int, common: Collection[str]) -> bool:
    """Return whether the words may be a body's name, and stand for themselves."""
    name = sequence[first:last]
    if any(w.norm in _NOT_WITHIN for w in name if w.raw[:1].isupper()) or name[0].norm in told.OPENERS | _FIRST_NAMES:
        return False
    if name[-1].norm in _NO_BODY or all(w.norm in told.COMMON | told.HEADS for w in name):
        return False
    if len(name) == 1 and (name[0].norm in told.NEVER or name[0].norm in common or name[0].raw.casefold() in common):
        return False
    if last == len(sequence) or _POSSESSIVE.search(name[-1].raw):
        return True
    after = sequence[last]
    if not after.raw[:1].isalpha():
        return after.raw != "("
    people = len(name) > 1 and after.norm in _DO and _of_staff(sequence, first)
    return after.norm in told.FOLLOWS or after.raw.endswith(("ed", "ing")) or people or _verb(sequence, last)


def _of_staff(sequence: Sequence[Word], first: int) -> bool:
    """Return whether the name at ``first`` says whose people are spoken of: "advisers from Redthorn House"."""
    return first > 1 and sequence[first - 1].norm in ("from", "of", "at") and sequence[first - 2].norm in _STAFF


def _verb(sequence: Sequence[Word], index: int) -> bool:
    """Return whether the word at ``index`` is a verb, for an article follows."""
    return sequence[index].raw[:1].islower() and index + 1 < len(sequence) and sequence[index + 1].norm in told.ARTICLES


def _is_governed(sequence: Sequence[Word], first: int, ends: Collection[int]) -> bool:
    """Return whether the words before a name say that it is a body's."""
    index = first - 1
    while index >= 0 and sequence[index].norm in _ARTICLES:
        index -= 1
    if index < 0:
        return False
    word = sequence[index]
    before = {w.norm for w in sequence[max(0, index - 3) : index]}
    nearest = sequence[index - 1].norm if index else ""
    if word.norm == "and":
        return index in ends or (index - 1 in ends and nearest == ",")
    if word.raw == ",":
        return index in ends and index + 1 == first
    if word.norm == "with":
        return bool(before & _WITH)
    if word.norm in ("from", "of", "at"):
        return nearest in _STAFF or (word.norm == "from" and nearest in _FROM)
    return word.norm in _VERBS or (word.norm == "by" and nearest in _BY) or (word.norm == "to" and nearest in _TO)


def _gives(sequence: Sequence[Word], first: int, last: int) -> bool:
    """Return whether a clause begins with the name and goes on with what bodies do.

    "Redthorn donated 20 beds"; "Redthorn, which runs two shelters, has trained us".
    """
    opens = first == 0 or sequence[first - 1].raw in ".;:!?"
    after = sequence[last : last + 3]
    if not opens or not after:
        return False
    if len(after) == 3 and after[0].raw == "," and after[1].norm in ("which", "who"):
        return after[2].norm in _IS_FOR
    return after[0].norm in _GAVE and after[0].raw.islower()
