"""Words that say how numbers belong together: up and down, from and to, of which, in total."""

from __future__ import annotations

import re

from graph.mentions import movement

_UP_AFTER = rf"{movement.HIGHER}|{movement.RISEN}|{movement.A_RISE}"
_DOWN_AFTER = rf"{movement.LOWER}|{movement.FALLEN}|{movement.A_FALL}"
_UP_BEFORE = rf"{movement.RISEN}|{movement.A_RISE}|up|upwards|extra|additional|added|plus"
_DOWN_BEFORE = rf"{movement.FALLEN}|{movement.A_FALL}|down|downwards|minus"
_AFTER = re.compile(
    rf"[)\s]*\s?(?:[\w()'’-]+\s+){{0,4}}?(?:(?P<up>{_UP_AFTER})|(?P<down>{_DOWN_AFTER}))\b", re.IGNORECASE
)
_BEFORE = re.compile(rf"\b(?:(?P<up>{_UP_BEFORE})|(?P<down>{_DOWN_BEFORE}))\b", re.IGNORECASE)
_PHRASES = re.compile(
    r"\b(?:g[ia]v(?:e|es|ing|en)|set|pick\w*|sign\w*|m[ai][kd]\w*|t[ao][ok]\w*|turn\w*|back\w*|follow\w*|end\w*|hung|hang\w*|call\w*"
    r"|blew|look\w*|lock\w*|clos\w*|open\w*|back|clean\w*|held|catch\w*|caught|wr[io]t\w*|cut)\s+(?:up|down)\b",
    re.IGNORECASE,
)
"""Verbs that "up" and "down" only complete: "callers who gave up"."""
_STOP = re.compile(r"[.;:]\s|\b(?:while|whilst|whereas|but|although)\b", re.IGNORECASE)
_REACH_AFTER, _REACH_BEFORE = 60, 90
_DIGIT = re.compile(r"\d")

_MOVES = frozenset(
    """increase decrease saving savings difference improvement cut rise fall drop reduction gain growth change
    increased decreased fell rose went came gone come climbed shrank grew dropped reduced stood rose down up
    longer shorter better worse more fewer less higher lower than where when while so it there had now then
    after before just over under about around nearly almost second seconds minute minutes hour hours percent per
    cent pounds one two first last year quarter month week days took takes lasts lasted held made put got get
    seen saw far how much many net year-on-year compared against average averaging mean median including further
    additional extra jump leap dip uplift decline declined swing gap slower quicker faster taking takes bringing brings
    brought previously currently stands stand slid slipped makes giving gives gained lost words e g i
    having numbered numbering making""".split()
)
"""Words in which figures are told and which say nothing of what is counted."""

_SMALL = _MOVES | frozenset(
    """a an the of in on at for to by from with and or as per this that these those our their its were was is are be
    been has have had who which other new all""".split()
)


UP, DOWN = 1, -1

ANAPHOR = re.compile(
    r"\W*(?:this|that|these|those|it|which|the\s+(?:figure|number|total|rate|time|average|increase|decrease|rise|fall|drop"
    r"|reduction|change|equivalent|same|previous|comparable|corresponding)|an?\s+(?:\w+\s+)?(?:increase|decrease|reduction"
    r"|rise|fall|drop|improvement)|up|down|compared|in\s+comparison|by\s+comparison|equating|equivalent|last|previously)\b",
    re.IGNORECASE,
)
"""How a sentence begins that goes on about the numbers of the one before it."""

GENERIC = frozenset(
    """offenc crime incident case report record figur number total overall volume tally count level turnover output
    spend""".split()
)
"""Nouns that stand for whatever the sentence is about ("burglary fell by 12% to 340 offences")."""


def direction(text: str, start: int, end: int, sentence: tuple[int, int]) -> int | None:
    """Return UP or DOWN as the words around a change say, None where they do not ("a 30% improvement").

    ``start`` and ``end`` are the number's place in ``text``. A plus or minus before the number decides.
    """
    sign = text[max(0, start - 1) : start] + text[start : start + 1]
    if "+" in sign:
        return UP
    if re.search(r"[−–-]$", text[max(0, start - 1) : start]) and re.search(
        r"[\s(|]$|^$", text[max(0, start - 2) : start - 1]
    ):
        return DOWN
    before = _PHRASES.sub(" ", _clip_before(text[max(sentence[0], start - _REACH_BEFORE) : start]))
    governing = list(_BEFORE.finditer(before))
    after = text[end : min(sentence[1], end + _REACH_AFTER)]
    stop = _DIGIT.search(after)
    following = _AFTER.match(after[: stop.start()] if stop else after)
    near = governing[-1] if governing else None
    if following is not None and (near is None or len(following[0].split()) <= 3):
        return UP if following["up"] else DOWN
    if near is not None:
        return UP if near["up"] else DOWN
    return None


def _clip_before(before: str) -> str:
    stops = list(_STOP.finditer(before))
    return before[stops[-1].end() :] if stops else before


def nouns(phrase: str) -> frozenset[str]:
    """Return the words of a noun phrase without their endings, small words left out."""
    return frozenset(_stem(word) for word in re.findall(r"[a-z]+", phrase.casefold()) if word not in _SMALL)


def _stem(word: str) -> str:
    # "surgery" and "surgeries" are one word
    return re.sub(r"(?<=\w{3}[^aeiou])y$", "", _without_ending(word)).removesuffix("e")


def _without_ending(word: str) -> str:
    for ending in ("ings", "ing", "ies", "ers", "er", "es", "s", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def same_subject(one: str, other: str) -> bool:
    """Whether two noun phrases may be of one thing: they share a word, or one of them says nothing of its own."""
    first, second = nouns(one), nouns(other)
    return not first or not second or bool(first & second) or first <= GENERIC or second <= GENERIC
