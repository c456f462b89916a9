"""Inflected forms of a word as one: a cue for a theme is met in every form of its words, names are not.

No dictionary: a word in -ed or -ing may be a form of several words ("seized" of "seiz" or "seize"), and only one that
the vocabulary has can be met. What a cue is decides how far it reaches: "arrest" is met in arrest, arrests, arrested,
arresting; "training" in trained, but not in trains, for a noun that a verb gave is not the verb's other nouns.
"""

from __future__ import annotations

from functools import lru_cache

KEPT_WORDS = 1 << 14
"""Words whose forms are kept: those of reports are met again and again, strangers' words must not pile up."""
_VOWELS = frozenset("aeiouy")
_APART = frozenset("barred barring spiked warranted warranting".split())
"""Forms with a sense of their own: warranted officers carry no search warrant, and demand may have spiked."""


@lru_cache(maxsize=KEPT_WORDS)
def readings(norm: str) -> tuple[str, ...]:
    """Return what a folded word of a text may be met as: itself, its verb, and the words it may be a form of."""
    stem = _stem(norm)
    if stem is None:
        return (norm,)
    bases = [stem, stem + "e", *([stem[:-1]] if stem[-1] == stem[-2] else [])]
    return (norm, cue_form(norm), *bases)


@lru_cache(maxsize=KEPT_WORDS)
def cue_form(norm: str) -> str:
    """Return what a folded word of a cue is met by: a word in -ed or -ing by the verb, any other by itself."""
    stem = _stem(norm)
    if stem is None:
        return norm
    return (stem[:-1] if _doubled(stem) else stem) + "~"


def _stem(norm: str) -> str | None:
    """Return ``norm`` without -ed or -ing, or None if it is no such form ("bed", "ring")."""
    if norm in _APART or norm.endswith("eed"):
        return None
    for ending in ("ied", "ed", "ing"):
        stem = norm.removesuffix(ending)
        if stem != norm:
            stem += "y" if ending == "ied" else ""
            return stem if len(stem) > 2 and _VOWELS & set(stem) else None
    return None


def _doubled(stem: str) -> bool:
    return len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS and not stem.endswith(("ll", "ss"))
