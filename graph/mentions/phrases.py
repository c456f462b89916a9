"""What a figure counts, in the report's own words: the noun phrase after the number, or its subject."""

from __future__ import annotations

import re

_WORD = re.compile(r"[\w£%][\w'’&/-]*|\([\w\s'’&/.-]{1,24}\)|[^\w\s]")
_FUNCTION = frozenset(
    """the a an this that these those it its their his her our they there who which whom where when while whilst as
    if than then so but or with without by from in on at to for into onto over under across during between within
    through since until via per each every after before against following because due compared including such
    being alongside involving using resulting throughout up down above below ahead behind some than""".split()
)
_VERBS = frozenset(
    """is are was were be been has have had will would can could may should do does did remain remained remains
    stands stood said took take takes saw made make gave left went came led fell rose joined felt died continue
    continues increased decreased reduced dropped improved grew doubled halved fallen risen equates represents
    signed received recorded attended executed arrested safeguarded referred""".split()
)
_CHANGE = frozenset(
    ["more", "fewer", "less", "additional", "extra", "further", "longer", "shorter", "quicker", "higher", "lower"]
)
_COMPARING = re.compile(
    r"\s+(?:more|fewer|less|longer|shorter|quicker|faster|slower|higher|lower|above|below|up|down|ahead|behind)\b",
    re.IGNORECASE,
)
_STATES = frozenset(
    ["ready", "available", "due", "awaiting", "able", "present", "open", "still", "currently", "now", "out", "more"]
)
_PARTITIVE = re.compile(
    r"\s*(?:\([^()]{0,30}\)\s*)?of\s+(?:these|those|them|which|whom|this|all)\b(?:\s+were|\s+was)?\s*", re.IGNORECASE
)
_SUBJECT_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|remain(?:s|ed)?|stands?|stood|fell|rose|increased|decreased|reduced"
    r"|dropped|improved|grew|"
    r"doubled|halved|averaged|saw|equates|represents|compares?|totalled|rise[sn]?|falls?|expanded)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:and|but|while|whilst|with|the|a|an|our|its|their|this|that|these|there|number|total|amount|volume|of"
    r"|in|during|for|over|when|where|"
    r"which|also|now|however|by|as|currently|overall|to)\s+)+(?=\S)",
    re.IGNORECASE,
)
_PRONOUNS = frozenset(
    ["this", "it", "these", "those", "they", "there", "that", "which", "we", "this figure", "the figure", "who", "them"]
)
_EMPTY = frozenset(
    ["and", "of", "or", "also", "with", "compares", "includes", "resulted", "total", "average", "now", "currently"]
)
_JOINERS = frozenset(["of", "and", "/", "&"])
_MAX_WORDS = 9


def after_number(after: str) -> str:
    """The noun phrase that directly follows a number: "non-emergency (101) calls", "members of community groups".

    ``after`` is the sentence after the number; the answer is "" where no noun follows.
    """
    taken: list[str] = []
    tokens = _WORD.findall(after[:160])
    for word, following, beyond in zip(tokens, [*tokens[1:], ""], [*tokens[2:], "", ""], strict=False):
        low = word.casefold()
        if not taken and (low in _CHANGE or (low.endswith("ly") and low not in _STATES)):
            continue
        if len(taken) == _MAX_WORDS or (not taken and low in _STATES):
            break
        if not (_joins(low, taken, following, beyond) or _names(word, following)):
            # A participle may close the phrase ("calls received."), not a verb ("arrested in").
            if taken and low.endswith("ed") and low not in _VERBS and not following[:1].isalpha():
                taken.append(word)
            break
        taken.append(word)
    while taken and (taken[-1].casefold() in _JOINERS | {"now"} or taken[-1].endswith("ly")):
        taken.pop()
    return " ".join(taken)


def _joins(low: str, taken: list[str], following: str, beyond: str) -> bool:
    """Whether a word holds two parts of one noun phrase together: "of", "and", or a name in brackets."""
    after = following.casefold()
    if not taken or not following[:1].isalpha():
        return False
    if low == "of":
        return "of" not in taken and after not in _PRONOUNS
    if low in _JOINERS:
        # "and" joins two nouns unless a verb phrase or a new count follows; "related businesses" is no verb phrase.
        if after.endswith("ed") and beyond[:1].isalpha():
            return after not in _VERBS and beyond.casefold() not in _FUNCTION | _VERBS
        return (
            after not in _FUNCTION | _VERBS
            and not after.endswith(("ed", "ly"))
            and not beyond[:1].isdigit()
            and bool(beyond)
        )
    return low.startswith("(") and after not in _FUNCTION | _VERBS


def _names(word: str, following: str) -> bool:
    """Whether a word is part of a noun phrase: no function word, no verb, no participle that ends the phrase."""
    low = word.casefold()
    if not word[0].isalpha() or low in _FUNCTION | _VERBS | _JOINERS:
        return False
    closes = not following[:1].isalpha() or following.casefold() in _FUNCTION | _VERBS
    return not (word[0].islower() and low.endswith(("ed", "ing")) and closes)


def predicate(after: str) -> str:
    """The words that say what happened to those counted: "processed for not wearing a seatbelt"."""
    rest = _PARTITIVE.sub(" ", after[:140], count=1) if _PARTITIVE.match(after) else after[:140]
    rest = re.split(r"[.;:,()]|\s[-–]\s|\band\b|\bcompared\b", rest, maxsplit=1)[0]
    if _COMPARING.match(rest):
        return ""
    words = re.sub(r"^\s*(?:(?:who|which|were|was|are|is|in|during|have|has|been)\s+)+", "", rest).split()
    return " ".join(words[:_MAX_WORDS])


def partitive(after: str) -> str | None:
    """What "of these" leads to: "individuals" of "of these individuals", "" of "of these were", None without it."""
    found = _PARTITIVE.match(after)
    return after_number(" " + after[found.end() :]) if found else None


def subject(clause: str) -> str:
    """The subject of the clause that leads to a number: "101 average answer time" of "101 average answer time was".

    The answer is "" for a pronoun: then the figure before says what is measured.
    """
    verbs = list(_SUBJECT_VERB.finditer(clause))
    words = clause[: verbs[0].start()] if verbs else clause
    words = _LEADING.sub("", re.sub(r"\s+", " ", words).strip(" ,;:-–("))
    words = re.sub(
        r"(?i)\s*\b(?:this|last|the|of|in|at|by|to|for|a|an|is|average of|total of|about|around|over|nearly|just"
        r"|some)$",
        "",
        words,
    )
    chosen = words.split()[:_MAX_WORDS]
    phrase = " ".join(chosen).strip(" ,;:-–(")
    return "" if phrase.casefold() in _PRONOUNS or not _meaning(phrase) else phrase


def _meaning(phrase: str) -> bool:
    """Whether a phrase holds a word that can name something."""
    return any(
        w[0].isalpha() and w.casefold() not in _FUNCTION | _VERBS | _EMPTY
        for w in _WORD.findall(phrase)
        if w[0].isalpha()
    )
