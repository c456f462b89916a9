"""One item with its figures and sentences: what every finder of claims looks at."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from graph.audit.intervals import Interval, stated
from graph.audit.words import direction
from graph.mentions.sentences import sentences
from graph.model import Figure, Item, Quarter, Role

LEVELS = frozenset({Role.VALUE, Role.DURATION, Role.RATE, Role.SHARE_PCT})
"""Roles of figures that say how things stand, and not how they changed."""
_SECONDS = re.compile(r"(?i)\d\s?s\b|sec")


@dataclass(frozen=True)
class Setting:
    """An item, the figures it states (implied ones left out) in order, and the quarter of its report."""

    item: Item
    figures: tuple[Figure, ...]
    quarter: Quarter | None

    @cached_property
    def text(self) -> str:
        """The words of the item, line ends as spaces: every offset stays what it was."""
        return self.item.words.replace("\n", " ")

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each sentence in ``text``."""
        return sentences(self.text)

    def at(self, figure: Figure) -> tuple[int, int]:
        """Start and end of a figure in ``text``."""
        return figure.start - self.item.start, figure.end - self.item.start

    def sentence(self, figure: Figure) -> int:
        """Which sentence, from 0, holds a figure."""
        return max(0, bisect_right(self.spans, (self.at(figure)[0], float("inf"))) - 1)

    def between(self, first: Figure, second: Figure) -> str:
        """The words between two figures, whichever comes first."""
        if second.start < first.start:
            first, second = second, first
        return self.text[self.at(first)[1] : self.at(second)[0]]

    def before(self, figure: Figure, reach: int = 80) -> str:
        """The words of the sentence that lead up to a figure."""
        start = self.at(figure)[0]
        return self.text[max(self.spans[self.sentence(figure)][0], start - reach) : start]

    def after(self, figure: Figure, reach: int = 80) -> str:
        """The words of the sentence that follow a figure."""
        end = self.at(figure)[1]
        return self.text[end : min(self.spans[self.sentence(figure)][1], end + reach)]

    def in_turn(self, figure: Figure) -> bool:
        """Whether the sentence of a figure tells several of several things: "respectively"."""
        return "respectively" in self.text[slice(*self.spans[self.sentence(figure)])].casefold()

    def interval(self, figure: Figure) -> Interval:
        """What a figure can stand for, as written."""
        return stated(figure, self.before(figure), to_the_second=self._to_the_second)

    @cached_property
    def _to_the_second(self) -> bool:
        """Whether times of this item are told in seconds, so that "4 minutes" beside them means no seconds."""
        return any(f.unit == "second" and _SECONDS.search(f.text) for f in self.figures)

    def direction(self, figure: Figure) -> int | None:
        """Whether the words around a change say up (1) or down (-1), if they do."""
        return direction(self.text, *self.at(figure), self.spans[self.sentence(figure)])

    def level_unit(self, figure: Figure) -> str:
        """The unit of the values that a figure is a change of: points change percentages."""
        return "percent" if figure.unit == "percentage-point" else figure.unit
