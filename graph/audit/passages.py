"""A passage of a report: one sentence of an item, or some in a row, with all the figures in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from graph.audit.setting import Setting
from graph.mentions.periods import find_periods
from graph.model import Figure

COUNTS = frozenset({"count", "GBP", "hour", "day", "mile", "kilometre", "kilogram", "gram", "tonne", "litre"})
_ELSEWHERE = re.compile(
    r"\b(?:nation\w*|region\w*|england|target|goal|(?<!to\s)standard|forecast|plan(?:s|ned)?|other\s+forces|force\s+average)\b",
    re.IGNORECASE,
)
MOVES = re.compile(
    r"\b(?:increas|decreas|fall|fell|reduc|ris(?:e|en|ing)|rose|grew|grow|drop|declin|higher|lower|fewer|improv|compar|last\s+(?:year|quarter)"
    r"|previous|year\s+(?:ago|before|earlier))\w*",
    re.IGNORECASE,
)
_UNREAD = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}(?:st|nd|rd|th)\b|\bQ[1-4]\b|\b\d+\s*(?:am|pm)\b|\b(?:999|101|105|111)\b(?!\s*%)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Passage:
    """One sentence of an item, or two in a row, with all figures of theirs."""

    setting: Setting
    first: int
    last: int

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of its sentences, in the order of the text."""
        return tuple(f for f in self.setting.figures if self.first <= self.setting.sentence(f) <= self.last)

    @cached_property
    def text(self) -> str:
        """Its words, from the first sentence to the end of the last."""
        return self.setting.text[self.setting.spans[self.first][0] : self.setting.spans[self.last][1]]

    @property
    def is_plain(self) -> bool:
        """Whether all numbers were read, each part of it holds one, and none is of elsewhere."""
        start = self.setting.spans[self.first][0]
        rest = list(self.text)
        for begin, end in [self.setting.at(f) for f in self.figures] + [
            (p.start, p.end) for p in find_periods(self.setting.text)
        ]:
            for place in range(max(begin - start, 0), min(end - start, len(rest))):
                rest[place] = " "
        silent = set(range(self.first, self.last + 1)) - {self.setting.sentence(f) for f in self.figures}
        unread = re.search(r"\d", _UNREAD.sub(" ", "".join(rest)))
        # Words without numbers may stand between the earlier value and what is told of it.
        silent -= set(range(self.first + 1, self.last))
        return not unread and not silent and not _ELSEWHERE.search(self.text)


def is_bare(setting: Setting, figure: Figure) -> bool:
    """Whether no noun stands behind a number: what it counts is what its neighbour counts."""
    after = setting.after(figure, 20)
    return (
        re.match(
            r"\s*(?:$|[.,;:()–—-]|(?:last|the|a|in|during|this|earlier|previously|before|now|then|at|and|to)\b)", after
        )
        is not None
    )
