"""Finds organisations that no vocabulary knows, by the form of their names, and councils named in short."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.mentions import organisation_words as form
from graph.mentions.organisation_words import type_of
from graph.mentions.words import Word


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
    found += _begun(text, sequence, open_)
    # Names that go on after their head come first, so that none of them is taken for the beginning of another.
    for goes_on in (True, False):
        for index in range(len(sequence) - 1, -1, -1):
            if not open_[index] or not _closes(sequence, index):
                continue
            last = _last(sequence, index, open_)
            if (last > index + 1) is not goes_on:
                continue
            first = _first(text, sequence, index, open_, edges)
            if last - first < 2 or (first == index and _bare(sequence[index]) not in form.ALONE):
                continue
            name = _BARE.sub("", " ".join(text[sequence[first].start : sequence[last - 1].end].split()))
            if not form.NOT_ORGANISATIONS.match(name):
                found.append(Organisation(first, last, name, type_of(name)))
                open_[first:last] = [False] * (last - first)
    found += _told_what_they_are(text, sequence, open_, edges)
    return sorted(found, key=lambda o: o.first)


_BARE = re.compile(r"['\u2019]s?$")


def _begun(text: str, sequence: Sequence[Word], free: list[bool]) -> list[Organisation]:
    """Find names that begin as those of some bodies do and go on with a place: "HMP Marlgate", "Age UK Marl Valley"."""
    found = []
    for index, word in enumerate(sequence):
        if not word.raw[:1].isupper() or (index and sequence[index - 1].raw[:1].isupper()):
            continue
        for opening, type_ in form.BEFORE_NAMES:
            first = last = index + len(opening)
            if tuple(w.raw for w in sequence[index:last]) != opening:
                continue
            while last < len(sequence) and free[last] and _goes_on(sequence, last):
                last += 1
            if last > first and all(free[index:last]):
                name = _BARE.sub("", " ".join(text[word.start : sequence[last - 1].end].split()))
                found.append(Organisation(index, last, name, type_))
                free[index:last] = [False] * (last - index)
    return found


def _goes_on(sequence: Sequence[Word], index: int) -> bool:
    """Return whether the word at ``index`` goes on with a name: a capital, with nothing but a space before it."""
    word = sequence[index]
    return word.raw[:1].isupper() and word.start - sequence[index - 1].end == 1 and word.norm not in form.NOT_FIRST


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
        kind = _kind_before(text, sequence, index) or _kind_after(sequence, last)
        name = _BARE.sub("", " ".join(text[sequence[index].start : sequence[last - 1].end].split()))
        if kind and sequence[index].raw.casefold() not in form.NOT_FIRST and not form.NOT_ORGANISATIONS.match(name):
            found.append(Organisation(index, last, name, kind))
        index = last
    return found


def _kind_before(text: str, sequence: Sequence[Word], first: int) -> str:
    if first and _is_hyphened(text, sequence, first - 1):
        # "a multi-agency DA hub"
        return ""
    if first > 1 and (sequence[first - 2].norm, sequence[first - 1].norm) == ("housing", "association"):
        return "housing"
    return form.KINDS.get(sequence[first - 1].norm, "") if first and sequence[first - 1].raw[:1].islower() else ""


def _kind_after(sequence: Sequence[Word], last: int) -> str:
    if (
        last + 2 >= len(sequence)
        or sequence[last].raw != ","
        or sequence[last + 1].norm not in ("a", "an", "the", "our")
    ):
        return ""
    for word in sequence[last + 2 : last + 7]:
        if not word.raw[:1].isalpha():
            return ""
        if word.norm in form.KINDS:
            return form.KINDS[word.norm]
        if word.norm in ("who", "which", "that", "with", "for", "to", "from", "in", "at", "on"):
            return ""
    return ""


def _bare(word: Word) -> str:
    """Return a word as written, without a possessive ending."""
    return _BARE.sub("", word.raw)


def _closes(sequence: Sequence[Word], index: int) -> bool:
    head = _bare(sequence[index])
    if head in form.HEADS:
        return True
    if head in form.OPENS and index + 2 < len(sequence) and sequence[index + 1].raw in ("of", "for"):
        return True
    before = index - 2 if index > 1 and sequence[index - 1].norm == "and" and head == "Rescue" else index - 1
    if (
        before < 0
        or head not in form.HEADS_AFTER
        or sequence[before].raw.replace("\u2019", "'") not in form.HEADS_AFTER[head]
    ):
        return False
    return head not in form.UNITS_OF_BODIES or any(w.raw in form.SHARED for w in sequence[max(0, index - 3) : index])


def _first(text: str, sequence: Sequence[Word], last: int, free: Sequence[bool], edges: _Edges) -> int:
    """Return where the run of capitalised words that ends at ``last`` begins."""
    first = last
    index = last - 1
    while index >= 0 and free[index]:
        word = sequence[index]
        if word.raw[:1].isdigit() and first != last and sequence[index + 1].raw in form.INNER:
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
    if word.raw not in form.INNER or index == 0 or word.raw == "in" or index + 1 in edges.bodies:
        return False
    if word.raw == "the":
        # "In Harlow the Council" names no body of Harlow.
        return before.raw in ("of", "for")
    if word.norm != "and":
        return True
    # "Wharfside Housing and Harbour Council" are two bodies; "Rural Crime Unit and Moor Network" a team and a body.
    two = _closes(sequence, index - 1) or before.raw.rstrip("s") in form.TEAMS
    return not two and index not in edges.ends and index + 1 not in edges.starts


def _without_opening(sequence: Sequence[Word], first: int, last: int) -> int:
    """Return where the name begins when words that only open a sentence or a phrase are left out."""
    while first < last:
        word = sequence[first].raw
        if word.casefold() not in form.NOT_FIRST and word not in form.INNER and not word.isdigit():
            break
        if word.casefold() in form.COMMON_FIRST and (
            (first + 1 == last and _bare(sequence[last]) in form.OPENS)
            or (first + 2 == last and _bare(sequence[last]) in form.HEADS_AFTER)
        ):
            # "Community Foundation for Northmoor", "Youth Justice Team"
            break
        first += 1
    return first


def _last(sequence: Sequence[Word], index: int, free: Sequence[bool]) -> int:
    """Return where the name goes on to after its head: over "of" or "for" and the capitalised words that follow."""
    end = index + 1
    if _bare(sequence[index]) not in form.OPENS or end >= len(sequence) or sequence[end].raw not in ("of", "for"):
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
        if _bare(sequence[after]) in form.HEADS:
            return True
        after += 1
    return False
