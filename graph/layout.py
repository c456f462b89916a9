"""Document to Report: cover, headings and items, by the shapes that plan reports share.

Nothing here knows one report. The words that open a priority, a promise, what was done, plans or an area are
data (``ontology/schemes/headings.ttl``); areas and forces come from the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.cover import LONGEST_COVER, Cover, read_cover
from graph.errors import UnreadableDocument
from graph.headings import Headings
from graph.lines import LONGEST_HEADING, Line, Pages, read_lines
from graph.model import (
    FORCE_WIDE,
    Area,
    Commitment,
    Document,
    Item,
    Kind,
    PlannedStep,
    Priority,
    Report,
    Span,
    Unplaced,
    Vocabulary,
)
from graph.namespaces import slug

_CONTENTS_LINE = re.compile(r"^.*\S(?:\t+|\s*\.{3,}\s*|\s{3,})\d{1,3}(?:\s*[-\u2013]\s*\d{1,3})?\s*$")
_LINE_OF_CONTENTS = re.compile(r"^.*\S\s+\d{1,3}(?:\s*[-\u2013]\s*\d{1,3})?$")
"""Within a contents list, where tabs and dots may have been lost."""
_SENTENCE_END = re.compile(r"[.!?][\"'\u2019\u201d)\]]*$")
_LEAD_TAIL = re.compile(r"\s*:.*$", re.DOTALL)
HEADING_WORDS = 12
"""A line longer than this is prose, not a heading."""


def lay_out(document: Document, vocabulary: Vocabulary) -> Report:
    """Return what the layout of ``document`` shows: cover, priorities, commitments, items and plans in reading order.

    Raises: UnreadableDocument if there is no priority heading, or no item under any.
    """
    lines = read_lines(document)
    headings = Headings(vocabulary.headings)
    first = next((n for n, line in enumerate(lines) if _starts_body(line, headings)), len(lines))
    cover = read_cover([line.text for line in lines[: min(first, LONGEST_COVER)]], document.text, vocabulary)
    layout = _Layout(document, lines, headings, vocabulary, cover.force)
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


@dataclass(frozen=True, slots=True)
class _Passage:
    """The words of an item or a promise: where they stand, what cuts them, and the line after them."""

    start: int
    end: int
    gaps: tuple[tuple[int, int], ...]
    after: int


@dataclass(slots=True)
class _Place:
    """What the headings met so far say about the next item."""

    priority: Priority | None = None
    commitment: Commitment | None = None
    lead: Span | None = None
    """The words that lead to a promise which has not come yet."""
    area: Area = FORCE_WIDE
    heading: str = ""
    in_contents: bool = False
    in_plans: bool = False
    parents: list[tuple[int, int]] = field(default_factory=list)
    """Indent and number of the items that the next bullet could be a sub-item of."""


class _Layout:
    """Reads the lines of one document from the first heading on."""

    def __init__(
        self, document: Document, lines: Sequence[Line], headings: Headings, vocabulary: Vocabulary, force: str
    ) -> None:
        self._document = document
        self._lines = lines
        self._headings = headings
        self._force = force
        self._areas = _areas(vocabulary, force)
        self._districts = _districts(vocabulary, force)
        self._pages = Pages(document, lines)
        self._place = _Place()
        self._promised: dict[int, dict[str, Commitment]] = {}
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
            return self._take_promise(n, line.body)
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
        if (_LINE_OF_CONTENTS if place.in_contents else _CONTENTS_LINE).match(text) and not line.row:
            return n + 1
        place.in_contents = False
        if found := self._headings.priority(text):
            self._take_priority(line, *found)
            return n + 1
        if place.priority is None:
            return None
        if promise := self._headings.promise(text):
            place.lead, place.in_plans = Span(line.start, line.end, text), False
            return self._take_promise(n, line.start + promise[1]) if promise[1] < len(text) else n + 1
        if self._headings.is_done(text) or self._headings.is_plans(text):
            place.in_plans = self._headings.is_plans(text)
            place.lead, place.heading, place.parents = None, "", []
            return n + 1
        if not line.mark and (area := self._area_of(text)):
            place.area, place.heading, place.in_plans, place.parents = area, "", False, []
            return n + 1
        if not line.mark and self._headings.is_about_whole_force(text) and self._is_heading(text):
            place.area, place.heading, place.in_plans, place.parents = FORCE_WIDE, text.rstrip(":").strip(), False, []
            return n + 1
        return None

    def _take_priority(self, line: Line, number: int, label: str) -> None:
        known = next((p for p in self.priorities if p.number == number), None)
        if known is None:
            known = Priority(number, label, Span(line.start, line.end, line.text))
            self.priorities.append(known)
        if self._place.priority is known:
            self._place.lead, self._place.in_plans, self._place.parents = None, False, []
        else:
            self._place = _Place(priority=known)

    def _take_promise(self, n: int, start: int) -> int:
        """Read the words of a promise that begin at ``start``; a promise met before is the same one."""
        place = self._place
        priority, lead = place.priority, place.lead
        if priority is None or lead is None:
            return n + 1
        passage = self._passage(n, start)
        text = self._document.text[start : passage.end]
        siblings = self._promised.setdefault(priority.number, {})
        known = siblings.get(_fold(text))
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
            siblings[_fold(text)] = known
        if place.commitment is not known:
            place.area, place.heading = FORCE_WIDE, ""
        place.commitment, place.lead, place.parents = known, None, []
        return passage.after

    def _is_topic(self, n: int) -> bool:
        """Return whether line ``n``, with a section number, is a heading: short, no sentence, leading to no parts."""
        line = self._lines[n]
        text = self._document.text[line.body : line.end]
        return "." in line.mark.rstrip(".") and self._is_heading(text) and not self._leads_in(text, n + 1)

    def _leads_in(self, text: str, after: int) -> bool:
        """Return whether ``text`` ends in a colon, and the line ``after`` it begins a lettered part."""
        return text.endswith(":") and after < len(self._lines) and self._lines[after].lettered

    def _take_marked(self, n: int) -> int:
        line, place = self._lines[n], self._place
        passage = self._passage(n, line.body)
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
        self._add(_Passage(line.start, line.end, (), n + 1), None)
        return n + 1

    def _take_prose(self, n: int) -> int:
        """Take a line without a mark: a topic heading, a paragraph that reports something, or words left unplaced."""
        place, line = self._place, self._lines[n]
        passage = self._passage(n, line.body if line.mark else line.start)
        text = self._document.text[passage.start : passage.end]
        leads_in = self._leads_in(text, passage.after)
        if self._is_heading(text) and not leads_in:
            place.heading, place.parents = text.rstrip(":").strip(), []
            return passage.after
        place.parents = []
        if place.commitment is not None and (leads_in or (_SENTENCE_END.search(text) and not text.endswith(":"))):
            if self._add(passage, None) and leads_in:
                place.parents = [(0, self.items[-1].number)]
        else:
            self._leave(passage)
        return passage.after

    @staticmethod
    def _is_heading(text: str) -> bool:
        return len(text) <= LONGEST_HEADING and len(text.split()) <= HEADING_WORDS and not _SENTENCE_END.search(text)

    def _add(self, passage: _Passage, parent: int | None) -> bool:
        """Add an item, a planned step under a heading of plans, or words that stand nowhere; True for an item."""
        place = self._place
        text = self._document.text[passage.start : passage.end]
        if place.priority is None:
            self._leave(passage)
            return False
        commitment = place.commitment.id if place.commitment else ""
        if place.in_plans:
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

    def _leave(self, passage: _Passage) -> None:
        """Keep words that stand nowhere, with the headings above them: somebody may look there for evidence."""
        text = self._document.text[passage.start : passage.end]
        commitment = self._place.commitment.id if self._place.commitment else ""
        self.unplaced.append(Unplaced(passage.start, passage.end, text, commitment, self._place.area))

    def _passage(self, n: int, start: int) -> _Passage:
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
            elif line.blank_before or line.mark or line.row or self._is_opening(line):
                break
            end = line.end
            after += 1
        return _Passage(start, end, tuple(gaps), after)

    def _resumes(self, n: int, before: str) -> int | None:
        """Return the line at which a sentence cut by the running line ``n`` goes on, or None if it does not."""
        if _SENTENCE_END.search(before) or before.endswith(":"):
            return None
        while n < len(self._lines) and self._lines[n].running:
            n += 1
        goes_on = n < len(self._lines) and not self._lines[n].mark and self._lines[n].text[:1].islower()
        return n if goes_on else None

    def _is_opening(self, line: Line) -> bool:
        if len(line.text) > LONGEST_HEADING:
            return False
        return self._headings.priority(line.text) is not None or self._headings.promise(line.text) is not None

    def _area_of(self, text: str) -> Area | None:
        """Return the area that a heading line names: known to the vocabulary, or by its form, or the whole force.

        The key of an area known by its form begins with the force's: two forces may each have an Eastern Division.
        """
        name = text.rstrip(":").strip()
        if len(name.split()) > 6 or _SENTENCE_END.search(name):
            return None
        if self._headings.is_whole_force(name) or name.casefold() == f"across {self._force}".casefold():
            return FORCE_WIDE
        if known := self._areas.get(name.casefold()):
            return known
        form = self._headings.area_name(name)
        if form and all(w[:1].isupper() or w in ("and", "of", "the") for w in form.split()):
            known = self._areas.get(form.casefold()) or self._districts.get(form.casefold())
            return known or Area(f"{self._force}-{slug(name)}", form)
        return None


def _areas(vocabulary: Vocabulary, force: str) -> dict[str, Area]:
    """Return the names that a heading may use for an area of the force, folded, with the area each means."""
    names: dict[str, Area] = {}
    for term in vocabulary.of(Kind.AREA):
        if term.force == force:
            short = term.hints[0] if term.hints else term.name
            for name in (term.name, *term.aliases, *term.hints):
                names[name.casefold()] = Area(term.key, short)
    return names


def _districts(vocabulary: Vocabulary, force: str) -> dict[str, Area]:
    """Return the names of the districts of the force, folded, each with the area it lies in."""
    short = {t.key: t.hints[0] if t.hints else t.name for t in vocabulary.of(Kind.AREA)}
    return {
        name.casefold(): Area(term.within, short[term.within], term.key)
        for term in vocabulary.of(Kind.DISTRICT)
        if term.force == force and term.within in short
        for name in (term.name, *term.aliases)
    }


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
