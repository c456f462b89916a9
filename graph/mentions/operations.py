"""Finds named operations: "Operation VINKA", "(Op Vinka)", "Operations X, Y and Z", and the bare name used later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.mentions.words import Word, words
from graph.namespaces import slug

_HEAD = frozenset({"operation", "op", "ops"})
_NOT_NAMES = frozenset(
    """support manager centre room team group board commander department command unit officer officers plan planning
    planner staff order orders briefing action day week calendar security director directorate superintendent
    inspector sergeant hub model area areas policing police the a an in on at to of for and or is are was were
    has have with by this that these those these our its their""".split()
)
_DATES = frozenset(
    """january february april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday phase""".split()
)
"""Words with a capital that follow a name without being part of it; "March" and "May" can be names."""
_JOINERS = frozenset({"and", ","})
_MAX_WORDS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """An operation's name where it stands; ``start`` and ``end`` bound the name with the word "Operation" if there."""

    name: str
    """In capitals: ``IRISH LION``."""
    start: int
    end: int
    bare: bool = False
    """Written without the word "Operation"."""


def find_operations(text: str, known: Iterable[str] = (), stops: frozenset[str] = frozenset()) -> list[Found]:
    """Find the operations that ``text`` names, in reading order.

    ``known`` are names (in capitals) met elsewhere, which then count also without the word "Operation" if
    they are written in capitals; ``stops`` are words in capitals that end a name (abbreviations).
    """
    sequence = words(text)
    found: list[Found] = []
    index = 0
    while index < len(sequence):
        word = sequence[index]
        if word.norm not in _HEAD:
            index += 1
            continue
        after = index + 1
        if word.norm in ("op", "ops") and after < len(sequence) and sequence[after].raw == ".":
            after += 1
        listed = word.raw.casefold().endswith("s")
        start = word.start
        index = after
        while (length := _name_length(sequence, after, word, stops)) > 0:
            found.append(Found(_name(sequence[after : after + length]), start, _end(sequence[after + length - 1])))
            index = after = after + length
            step = _joiner_length(sequence, after) if listed else 0
            if not step or after + step >= len(sequence):
                break
            after += step
            start = sequence[after].start
    found.extend(_bare(sequence, {*known, *(f.name for f in found)}, found))
    return sorted(found, key=lambda f: f.start)


def _name_length(sequence: Sequence[Word], index: int, head: Word, stops: frozenset[str]) -> int:
    """Return how many words from ``index`` on are an operation's name; 0 if none.

    A name in capitals goes on as long as the capitals do, one in ordinary letters as long as words with a capital do.
    """
    length = 0
    for word in sequence[index : index + _MAX_WORDS]:
        if (
            not word.raw[:1].isalpha()
            or word.norm in _NOT_NAMES
            or (length and not _goes_on(sequence[index + length - 1], word))
        ):
            break
        if not _capitals(word) or (length and word.raw in stops):
            break
        length += 1
    if length or not head.raw[:1].isupper():
        return length
    for word in sequence[index : index + _MAX_WORDS]:
        if not _in_title_case(word) or (length and not _goes_on(sequence[index + length - 1], word)):
            break
        length += 1
    return length


def _in_title_case(word: Word) -> bool:
    """Return whether a word is written as a name's: "Sandpiper"; months and the words for teams are not names."""
    return (
        word.raw[:1].isupper()
        and word.raw[1:2].islower()
        and word.norm not in _NOT_NAMES
        and word.raw.casefold() not in _NOT_NAMES
        and word.norm not in _DATES
    )


def _capitals(word: Word) -> bool:
    letters = re.sub(r"['\u2019]s$", "", word.raw)
    return len(letters) > 1 and letters.isupper()


def _goes_on(left: Word, right: Word) -> bool:
    """Return whether ``right`` may be part of the name that ``left`` is.

    Only a space, a line end or a hyphen parts two words of a name; "Op Sandpiper/Op Owl" are two names.
    """
    return right.start - left.end <= 1 and right.norm not in _HEAD


def _joiner_length(sequence: Sequence[Word], index: int) -> int:
    """Return how many words from ``index`` on only join two names of a list: "and", ",", ", and"."""
    length = 0
    while index + length < len(sequence) and length < 2 and sequence[index + length].norm in _JOINERS:
        length += 1
    return length


def _end(word: Word) -> int:
    possessive = re.search(r"['\u2019]s?$", word.raw)
    return word.end - (len(possessive.group()) if possessive else 0)


def _name(sequence: Sequence[Word]) -> str:
    return " ".join(re.sub(r"['\u2019]s?$", "", w.raw) for w in sequence).upper()


def _bare(sequence: Sequence[Word], known: set[str], found: Sequence[Found]) -> list[Found]:
    names = {tuple(name.split()): name for name in known}
    more: list[Found] = []
    for index in range(len(sequence)):
        for length in range(_MAX_WORDS, 0, -1):
            part = sequence[index : index + length]
            if len(part) < length or not all(_capitals(w) for w in part):
                continue
            name = names.get(tuple(_name([w]) for w in part))
            start, end = part[0].start, _end(part[-1])
            if name and not any(f.start < end and start < f.end for f in (*found, *more)):
                more.append(Found(name, start, end, bare=True))
                break
    return more


def reconcile(names: Iterable[str], known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return for each name the one it is a spelling of: plural to singular, spaces and hyphens left out.

    ``known`` gives names of the register, and what each is a spelling of, which come before new ones.
    A plural is another spelling only of a singular that is itself met: BURNS stays BURNS.
    """
    spelling = dict(known or {})
    met = sorted(set(names) | set(spelling))
    compact: dict[str, str] = {}
    for name in sorted(met, key=lambda n: (n not in spelling, n)):
        compact.setdefault(slug(name).replace("-", ""), spelling.get(name, name))
    resolved: dict[str, str] = {}
    for name in met:
        folded = slug(name).replace("-", "")
        singular = compact.get(folded.removesuffix("s")) if folded.endswith("s") else None
        resolved[name] = singular or compact[folded]
    return resolved
