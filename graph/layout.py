"""Document to Report: cover, headings and items, by the shapes that plan reports share.

Nothing here knows one report. The words that open a priority, a promise, what was done, plans or an area are
data (``ontology/schemes/headings.ttl``); areas and forces come from the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.areas import AreaHeadings
from graph.cover import LONGEST_COVER, Cover, read_cover
from graph.errors import UnreadableDocument
from graph.headings import Headings
from graph.labels import with_labels
from graph.lines import LONGEST_HEADING, Line, Pages, read_lines
from graph.model import (
    FORCE_WIDE,
    Area,
    Commitment,
    Document,
    Item,
    PlannedStep,
    Priority,
    Report,
    Span,
    Unplaced,
    Vocabulary,
)
from graph.passages import Passage, Passages, fold
from graph.priorities import CONTENTS_LINE, SENTENCE_END, Opening, find_openings, find_sections, reads_as_heading

_LINE_OF_CONTENTS = re.compile(r"^.*\S\s+\d{1,3}(?:\s*[-\u2013]\s*\d{1,3})?$")
"""Within a contents list, where tabs and dots may have been lost."""
_LEAD_TAIL = re.compile(r"\s*:.*$", re.DOTALL)
SHORTEST_REMINDER = 3
"""Fewer words than this do not bring a promise back to mind."""


def lay_out(document: Document, vocabulary: Vocabulary) -> Report:
    """Return what the layout of ``document`` shows: cover, priorities, commitments, items and plans in reading order.

    Raises: UnreadableDocument if there is no priority heading, or no item under any.
    """
    headings = Headings(vocabulary.headings)
    lines = with_labels(read_lines(document), headings)
    openings = find_openings(lines, headings)
    sections = {} if openings else find_sections(lines)
    first = next(
        (n for n, line in enumerate(lines) if n in (openings or sections) or _starts_body(line, headings)), len(lines)
    )
    cover = read_cover([line.text for line in lines[: min(first, LONGEST_COVER)]], document.text, vocabulary)
    if cover.force and cover.quarter:
        # A force's report of a quarter that follows no plan is told section by section.
        openings = openings or sections
    layout = _Layout(document, lines, headings, openings, vocabulary, cover.force)
    layout.tells_at_once = openings is sections
    layout.read(first)
    if not layout.priorities:
        raise UnreadableDocument(
            document.name,
            "no priorities were found in it",
            "A report has headings such as 'Priority 1 - ...' with 'We will:' below them",
        )
    if not layout.items:
        raise UnreadableDocument(document.name, "there are priorities in it but nothing reported under any")
    return _report(document, cover, layout)


def _starts_body(line: Line, headings: Headings) -> bool:
    if len(line.text) > LONGEST_HEADING:
        return False
    return headings.is_contents(line.text) or headings.priority(line.text) is not None or line.running


def _report(document: Document, cover: Cover, layout: _Layout) -> Report:
    return Report(
        document=document,
        title=cover.title,
        force=cover.force,
        force_name=cover.force_name,
        quarter=cover.quarter,
        version=cover.version,
        produced=cover.produced,
        publisher=cover.publisher,
        priorities=tuple(layout.priorities),
        commitments=tuple(layout.commitments),
        items=tuple(layout.items),
        plans=tuple(layout.plans),
        unplaced=tuple(layout.unplaced),
    )


@dataclass(slots=True)
class _Place:
    """What the headings met so far say about the next item."""

    priority: Priority | None = None
    commitment: Commitment | None = None
    lead: Span | None = None
    """The words that lead to a promise which has not come yet."""
    area: Area = FORCE_WIDE
    heading: str = ""
    area_above: bool = False
    """Whether the heading of the area stood above those of the promises, which then do not end it."""
    in_contents: bool = False
    in_plans: bool = False
    reporting: bool = False
    """Whether a heading has said that what was done follows."""
    parents: list[tuple[int, int]] = field(default_factory=list)
    """Indent and number of the items that the next bullet could be a sub-item of."""


class _Layout:
    """Reads the lines of one document from the first heading on."""

    def __init__(
        self,
        document: Document,
        lines: Sequence[Line],
        headings: Headings,
        openings: Mapping[int, Opening],
        vocabulary: Vocabulary,
        force: str,
    ) -> None:
        self._document = document
        self._lines = lines
        self._headings = headings
        self._openings = openings
        self._areas = AreaHeadings(vocabulary, headings, force)
        self._passages = Passages(document, lines, headings, openings, self._areas, self._promises)
        self._pages = Pages(document, lines)
        self._place = _Place()
        self._promised: dict[int, dict[str, Commitment]] = {}
        self.tells_at_once = False
        """Whether prose right below the heading of a priority reports, with no promise before it."""
        self.priorities: list[Priority] = []
        self.commitments: list[Commitment] = []
        self.items: list[Item] = []
        self.plans: list[PlannedStep] = []
        self.unplaced: list[Unplaced] = []

    def read(self, first: int) -> None:
        """Read the lines from number ``first`` on."""
        n = first
        while n < len(self._lines):
            n = self._step(n)

    def _step(self, n: int) -> int:
        """Take line ``n`` and those that continue it; return the number of the next line."""
        line, place = self._lines[n], self._place
        if line.running:
            place.in_contents = False
            return n + 1
        if len(line.text) <= LONGEST_HEADING:
            after = self._take_heading(n)
            if after is not None:
                return after
        if place.lead is not None and place.priority is not None:
            return self._take_promises(n)
        if again := self._promise_again(n):
            return self._return_to(*again)
        if promising := self._promising(n):
            return promising
        if line.mark and not self._is_topic(n):
            return self._take_marked(n)
        return self._take_row(n) if line.row else self._take_prose(n)

    def _take_heading(self, n: int) -> int | None:
        """Take line ``n`` if it is a heading that the vocabulary knows; return the number of the next line."""
        line, place = self._lines[n], self._place
        text = line.text
        if self._headings.is_contents(text):
            place.in_contents = True
            return n + 1
        if (_LINE_OF_CONTENTS if place.in_contents else CONTENTS_LINE).match(text) and not line.row:
            return n + 1
        place.in_contents = False
        if opening := self._openings.get(n):
            self._take_priority(line, opening)
            return opening.after
        if place.priority is None:
            return None
        if promise := self._headings.promise(text):
            place.lead, place.in_plans, place.reporting = Span(line.start, line.end, text), False, False
            return self._take_promise(n, line.start + promise[1]) if promise[1] < len(text) else n + 1
        if self._headings.is_done(text) or self._headings.is_plans(text):
            place.in_plans = self._headings.is_plans(text)
            place.lead, place.heading, place.parents, place.reporting = None, "", [], True
            return n + 1
        if not line.mark and self._headings.is_particulars(text):
            self._leave(Passage(line.start, line.end, (), n + 1))
            return n + 1
        if not line.mark and (area := self._areas.area(text)):
            place.area, place.heading, place.in_plans, place.parents = area, "", False, []
            place.area_above = place.area_above or place.commitment is None
            return n + 1
        if not line.mark and self._headings.is_about_whole_force(text) and reads_as_heading(text):
            place.area, place.heading, place.in_plans, place.parents = FORCE_WIDE, text.rstrip(":").strip(), False, []
            return n + 1
        return None

    def _take_priority(self, line: Line, opening: Opening) -> None:
        known = next((p for p in self.priorities if p.number == opening.number), None)
        if known is None:
            text = self._document.text[line.start : opening.end]
            known = Priority(opening.number, opening.label, Span(line.start, opening.end, text))
            self.priorities.append(known)
        if self._place.priority is known:
            self._place.lead, self._place.in_plans, self._place.parents = None, False, []
        else:
            self._place = _Place(priority=known, reporting=self.tells_at_once)

    def _take_promise(self, n: int, start: int) -> int:
        """Read the words of a promise that begin at ``start``; a promise met before is the same one."""
        place = self._place
        priority, lead = place.priority, place.lead
        if priority is None or lead is None:
            return n + 1
        passage = self._passages.at(n, start)
        text = self._document.text[start : passage.end]
        siblings = self._promised.setdefault(priority.number, {})
        known = siblings.get(fold(text))
        if known is None:
            known = Commitment(
                f"{priority.number}.{len(siblings) + 1}",
                priority.number,
                text,
                Span(start, passage.end, text),
                _LEAD_TAIL.sub("", lead.text),
                lead,
            )
            self.commitments.append(known)
            siblings[fold(text)] = known
        if place.commitment is not known:
            place.area, place.heading = FORCE_WIDE, ""
        place.commitment, place.lead, place.parents = known, None, []
        return passage.after

    def _take_promises(self, n: int) -> int:
        """Read the promise at line ``n`` and, if it is the first of a list, the rest of the list.

        What stands under such a list is about none of its promises alone until a heading names one. A list with nothing
        under it has its promise first, and below that what was done for it.
        """
        line, lead = self._lines[n], self._place.lead
        after = self._take_promise(n, line.body)
        others: list[int] = []
        end = after
        while line.mark and end < len(self._lines):
            other = self._lines[end]
            if not other.running:
                if _list_of(other) != _list_of(line):
                    break
                others.append(end)
            end = end + 1 if other.running else self._passages.at(end, other.body).after
        if not others or end == len(self._lines) or self._passages.is_opening(end):
            return after
        for number in others:
            self._place.lead = lead
            self._take_promise(number, self._lines[number].body)
        self._place.commitment = None
        return end

    def _promising(self, n: int) -> int | None:
        """Take a sentence that makes a promise, "We will ...", if nothing is reported yet; return the next line."""
        place, line = self._place, self._lines[n]
        if place.priority is None or place.reporting or place.in_plans or line.running or line.row:
            return None
        if self.items and self.items[-1].priority == place.priority.number:
            return None
        found = self._headings.promising(self._document.text[line.body : line.end])
        if found is None:
            return None
        lead, rest = found
        place.lead = Span(line.body, line.body + len(lead), lead)
        before = place.commitment
        after = self._take_promise(n, line.body + rest)
        if before is not None and before is not place.commitment:
            place.commitment = None
        return after

    def _promise_again(self, n: int) -> tuple[Commitment, int] | None:
        """Return the promise made before that line ``n`` repeats as a heading, and the number of the line after it.

        A heading may give the first words alone, three at least, if no other promise begins with them.
        """
        promised, line = self._promises(), self._lines[n]
        first = fold(self._document.text[line.body : line.end])
        begun = [folded for folded in promised if f"{folded} ".startswith(f"{first} ")]
        if not begun or not first:
            return None
        passage = self._passages.at(n, line.body)
        text = self._document.text[line.body : passage.end]
        if fold(text) in promised:
            return promised[fold(text)], passage.after
        short = len(begun) == 1 and len(first.split()) >= SHORTEST_REMINDER and not line.mark
        return (promised[begun[0]], n + 1) if short and passage.after == n + 1 and reads_as_heading(text) else None

    def _return_to(self, promise: Commitment, after: int) -> int:
        """Place what comes under a promise made before; return ``after``."""
        place = self._place
        if place.commitment is not promise and not place.area_above:
            place.area = FORCE_WIDE
        place.commitment, place.heading, place.parents = promise, "", []
        return after

    def _is_topic(self, n: int) -> bool:
        """Return whether line ``n``, with a section number, is a heading: short, no sentence, leading to no parts."""
        line = self._lines[n]
        text = self._document.text[line.body : line.end]
        return "." in line.mark.rstrip(".") and reads_as_heading(text) and not self._leads_in(text, n + 1)

    def _leads_in(self, text: str, after: int) -> bool:
        """Return whether ``text`` ends in a colon, and the line ``after`` it begins a lettered part."""
        return text.endswith(":") and after < len(self._lines) and self._lines[after].lettered

    def _take_marked(self, n: int) -> int:
        line, place = self._lines[n], self._place
        passage = self._passages.at(n, line.body)
        while place.parents and place.parents[-1][0] >= line.indent + line.lettered:
            place.parents.pop()
        if self._add(passage, place.parents[-1][1] if place.parents else None):
            place.parents.append((line.indent + line.lettered, self.items[-1].number))
        return passage.after

    def _take_row(self, n: int) -> int:
        """Take a row of a table: an item if another row stands beside it, else prose."""
        beside = [self._lines[m] for m in (n - 1, n + 1) if 0 <= m < len(self._lines)]
        if not any(line.row for line in beside):
            return self._take_prose(n)
        line = self._lines[n]
        self._place.parents = []
        self._add(Passage(line.start, line.end, (), n + 1), None)
        return n + 1

    def _take_prose(self, n: int) -> int:
        """Take a line without a mark: a topic heading, a paragraph that reports something, or words left unplaced."""
        place, line = self._place, self._lines[n]
        passage = self._passages.at(n, line.body if line.mark else line.start)
        text = self._document.text[passage.start : passage.end]
        leads_in = self._leads_in(text, passage.after)
        if reads_as_heading(text) and not leads_in:
            place.heading, place.parents = text.rstrip(":").strip(), []
            return passage.after
        place.parents = []
        promised = place.priority is not None and (place.reporting or place.priority.number in self._promised)
        if promised and (leads_in or (SENTENCE_END.search(text) and not text.endswith(":"))):
            if self._add(passage, None) and leads_in:
                place.parents = [(0, self.items[-1].number)]
        else:
            self._leave(passage)
        return passage.after

    def _add(self, passage: Passage, parent: int | None) -> bool:
        """Add an item, a planned step under a heading of plans, or words that stand nowhere; True for an item."""
        place = self._place
        text = self._document.text[passage.start : passage.end]
        if place.priority is None:
            self._leave(passage)
            return False
        commitment = place.commitment.id if place.commitment else ""
        if place.in_plans or self._headings.is_planning(text):
            self.plans.append(PlannedStep(commitment, place.priority.number, Span(passage.start, passage.end, text)))
            return False
        self.items.append(
            Item(
                number=len(self.items) + 1,
                commitment=commitment,
                priority=place.priority.number,
                area=place.area,
                heading=place.heading,
                page=self._pages.page(passage.start),
                start=passage.start,
                end=passage.end,
                text=text,
                parent=parent,
                gaps=passage.gaps,
            )
        )
        return True

    def _leave(self, passage: Passage) -> None:
        """Keep words that stand nowhere, with the headings above them: somebody may look there for evidence."""
        text = self._document.text[passage.start : passage.end]
        commitment = self._place.commitment.id if self._place.commitment else ""
        self.unplaced.append(Unplaced(passage.start, passage.end, text, commitment, self._place.area))

    def _promises(self) -> Mapping[str, Commitment]:
        """Return the promises of the priority at hand by their folded words."""
        priority = self._place.priority
        return self._promised.get(priority.number, {}) if priority else {}


def _list_of(line: Line) -> tuple[int, bool, str]:
    """Return what the lines of one list have in common: indent, and kind of mark."""
    return line.indent, line.lettered, re.sub(r"\w+", "", line.mark) or line.mark
