"""Finds names that a report has made known once, wherever they stand by themselves."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from graph.mentions.words import Word

_POSSESSIVE = re.compile(r"['\u2019]s?$")


def standing(
    sequence: Sequence[Word], names: Collection[tuple[str, ...]], free: Sequence[bool], teams: Collection[int] = ()
) -> Iterator[tuple[int, int]]:
    """Yield the word ranges of ``names``, the longest first, among the words that ``free`` marks.

    ``names`` are the words of each as written. A name that is cut from a longer one, such as a person's, is left out,
    but ``teams`` are the words at which the name of one of the force's own teams begins, which it may stand before.
    """
    longest = max(map(len, names), default=0)
    index = 0
    while index < len(sequence):
        for length in range(min(longest, len(sequence) - index), 0, -1):
            last = index + length
            name = tuple(_POSSESSIVE.sub("", w.raw) for w in sequence[index:last])
            if name in names and all(free[index:last]) and _whole(sequence, index, last, teams):
                yield index, last
                index = last - 1
                break
        index += 1


def _whole(sequence: Sequence[Word], first: int, last: int, teams: Collection[int]) -> bool:
    """Return whether a name is not cut from a longer one."""
    before = sequence[first - 1] if first else None
    after = sequence[last] if last < len(sequence) else None
    opens = before is None or first == 1 or sequence[first - 2].raw in ".!?;:" or before.norm in ("in", "at", "and")
    if before is not None and before.raw[:1].isupper() and before.end + 1 == sequence[first].start and not opens:
        return False
    if after is None or not after.raw[:1].isupper() or after.start - sequence[last - 1].end > 1:
        return True
    return last in teams or after.initials or bool(_POSSESSIVE.search(sequence[last - 1].raw))
