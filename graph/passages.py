"""Where the words of an item or a promise end: the lines that go on with them, and what cuts in between."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graph.areas import AreaHeadings
from graph.headings import Headings
from graph.lines import LONGEST_HEADING, Line, is_a_line_a_paragraph
from graph.model import Commitment, Document
from graph.priorities import SENTENCE_END, Opening


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of an item or a promise: where they stand, what cuts them, and the line after them."""

    start: int
    end: int
    gaps: tuple[tuple[int, int], ...]
    after: int


class Passages:
    """Reads passages of a document; ``promises`` gives those of the priority at hand by their folded words."""

    def __init__(
        self,
        document: Document,
        lines: Sequence[Line],
        headings: Headings,
        openings: Mapping[int, Opening],
        areas: AreaHeadings,
        promises: Callable[[], Mapping[str, Commitment]],
    ) -> None:
        self._document = document
        self._lines = lines
        self._headings = headings
        self._openings = openings
        self._areas = areas
        self._promises = promises
        self._unwrapped = is_a_line_a_paragraph(lines)

    def at(self, n: int, start: int) -> Passage:
        """Return the words that begin at ``start`` in line ``n`` and wrap on over the lines after it.

        A running line between two halves of a sentence is a gap: it stands within the words and says nothing.
        """
        end, after = self._lines[n].end, n + 1
        gaps: list[tuple[int, int]] = []
        while after < len(self._lines):
            line = self._lines[after]
            if line.running:
                resumes = self._resumes(after, self._document.text[start:end])
                if resumes is None:
                    break
                gaps.append((line.start, self._lines[resumes - 1].end))
                after = resumes
                line = self._lines[after]
            elif (
                line.blank_before
                or line.mark
                or line.row
                or self._ends(after, end)
                or (self._unwrapped and not self._lines[n].mark and self._is_paragraph(line, end))
            ):
                break
            end = line.end
            after += 1
        return Passage(start, end, tuple(gaps), after)

    def _is_paragraph(self, line: Line, end: int) -> bool:
        """Return whether a line below a sentence that ends at ``end`` begins another paragraph."""
        return not line.text[:1].islower() and SENTENCE_END.search(self._document.text[:end].rstrip()[-4:]) is not None

    def _resumes(self, n: int, before: str) -> int | None:
        """Return the line at which a sentence cut by the running line ``n`` goes on, or None if it does not."""
        if SENTENCE_END.search(before) or before.endswith(":"):
            return None
        while n < len(self._lines) and self._lines[n].running:
            n += 1
        goes_on = n < len(self._lines) and not self._lines[n].mark and self._lines[n].text[:1].islower()
        return n if goes_on else None

    def _ends(self, n: int, end: int) -> bool:
        """Return whether line ``n``, right below words that end at ``end``, is a heading of its own."""
        line = self._lines[n]
        if len(line.text) > LONGEST_HEADING:
            return False
        if self.is_opening(n) or self._headings.is_particulars(line.text):
            return True
        text = line.text
        if (promised := self._promises()) and fold(text) in promised:
            return True
        if not text[:1].isupper():
            return False
        above = self._document.text[:end].rstrip()[-1:]
        apart = above in ".!?:" or text.endswith(":")
        if self._headings.is_done(text) or self._headings.is_plans(text):
            below = self._lines[n + 1] if n + 1 < len(self._lines) else None
            return apart or below is None or bool(below.mark) or below.blank_before
        return apart and self._areas.area(text) is not None

    def is_opening(self, n: int) -> bool:
        """Return whether line ``n`` begins a priority, or leads to a promise."""
        text = self._lines[n].text
        return n in self._openings or (len(text) <= LONGEST_HEADING and self._headings.promise(text) is not None)


def fold(text: str) -> str:
    """Return the words of ``text`` in lower case, a space between them."""
    return " ".join(re.findall(r"\w+", text.casefold()))
