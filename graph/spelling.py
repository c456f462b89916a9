"""Words as the search compares them: folded, without accents or apostrophes, and the nearest to one misspelt."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_WORD = re.compile(r"[^\W_]+")
_SHORT_FORMS = {"op": "operation", "ops": "operations"}
"""What reports and those who search them write for a whole word."""
MINOR = frozenset({"a", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"})
"""Words that say too little to be looked for alone."""
SHORTEST = 4
"""Letters of a word that may be a misspelling: of shorter ones every other word is one."""
_LIKE = 0.75
"""How like two words must be (difflib's ratio): one letter wrong of four, two of eight."""


def words(text: str) -> list[str]:
    """Return the words of ``text`` in order, as they are compared."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", text)).casefold()
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def lengthened(given: Iterable[str]) -> list[str]:
    """Return words with those written out that are usually cut short: "op" gives "operation"."""
    return [_SHORT_FORMS.get(word, word) for word in given]


def initials(name: str) -> str:
    """Return the first letters of the words that count in ``name``, "" where they are too few to tell it by."""
    letters = [word[0] for word in words(name.replace("-", "")) if word not in MINOR]
    return "".join(letters) if len(letters) >= 3 else ""


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return up to ``most`` of the ``known`` words that ``word`` may be a misspelling of, the likeliest first."""
    if len(word) < SHORTEST or word.isdigit():
        return []
    close = difflib.get_close_matches(word, known, n=most * 3, cutoff=_LIKE)
    # Of words as like as each other, the one that begins alike: first letters are seldom wrong.
    ranked = sorted(close, key=lambda w: (-round(_ratio(word, w), 2), w[0] != word[0], abs(len(w) - len(word)), w))
    return ranked[:most]


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, other, one).ratio()
