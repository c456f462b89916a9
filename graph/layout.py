"""Document to Report: cover, headings and items, by the shapes that plan reports share.

Nothing here knows one report. The words that open a priority, a promise, an area or a contents list
are in the tables at the top; areas and forces come from the vocabulary.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from graph.cover import LONGEST_COVER, Cover, read_cover
from graph.errors import UnreadableDocument
from graph.model import FORCE_WIDE, Area, Commitment, Document, Item, Kind, Priority, Report, Span, Vocabulary
from graph.namespaces import slug

NUMBER_WORDS = {
    word: n + 1 for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split())
}
_PRIORITY = re.compile(
    r"^(?:strategic\s+)?(?:priority|objective|theme|outcome|pillar|goal|aim)\s+"
    rf"(?P<number>\d{{1,2}}|{'|'.join(NUMBER_WORDS)})\b(?:\s*[-\u2013\u2014:.]\s*|\s+)(?P<label>\S.*)$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?P<lead>(?:.{0,200}?\b)?(?:we\s+will|our\s+commitments?|our\s+promises?|our\s+pledges?|commitments?"
    r"|what\s+we\s+said\s+we\s+would\s+do|we\s+said\s+we\s+would|we\s+are\s+committed\s+to|we\s+promised\s+to"
    r"|the\s+plan\s+says))\s*:\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"^\f*(?P<indent>[ \t]*)"
    r"(?P<mark>[-*\u2022\u2023\u25aa\u25cf\u25e6\u2219\u00b7\u2013\u2014\u25a0o\u00a7\uf0b7]"
    r"|\(?\d{1,3}[.)]|\(?[a-z][.)])[ \t]+(?=\S)"
)
_CONTENTS = re.compile(r"^(?:table\s+of\s+)?contents:?$", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"^.*\S(?:\t+|\s*\.{3,}\s*|\s{3,})\d{1,3}(?:\s*[-\u2013]\s*\d{1,3})?\s*$")
_LINE_OF_CONTENTS = re.compile(r"^.*\S\s+\d{1,3}(?:\s*[-\u2013]\s*\d{1,3})?$")
"""Within a contents list, where tabs and dots may have been lost."""
_AREA_SUFFIX = re.compile(
    r"^(?P<name>.+?)\s+(?:LPA|local\s+policing\s+area|policing\s+area|BCU|basic\s+command\s+unit"
    r"|district|division|policing\s+hub|hub|area|borough)s?$",
    re.IGNORECASE,
)
_FORCE_WIDE = re.compile(r"^(?:force|county|area)[\s-]?wide:?$|^(?:whole|entire)\s+force:?$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"'\u2019\u201d)\]]*$")
HEADING_WORDS = 12
"""A line longer than this is prose, not a heading."""
LONGEST_HEADING = 300
"""No line of more characters is looked at as a heading."""
FURNITURE_REPEATS = 3
"""A line that stands this often, alone and word for word, is a running header or footer."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    """Without the space around it; ``start`` and ``end`` bound this."""
    indent: int
    mark: str
    body: int
    """Offset at which the words begin after a bullet mark."""
    blank_before: bool


@dataclass(slots=True)
class _State:
    """What the headings met so far say about the next item."""

    force: str = ""
    page_breaks: tuple[int, ...] = ()
    """Where pages after the first begin; where that is known, running headers do not count the pages."""
    priority: Priority | None = None
    commitment: Commitment | None = None
    lead: Span | None = None
    area: Area = FORCE_WIDE
    heading: str = ""
    in_contents: bool = False
    page: int = 1
    paged: bool = False
    priorities: list[Priority] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    promised: dict[int, dict[str, Commitment]] = field(default_factory=dict)
    """For each priority its commitments by their words, folded."""
    items: list[Item] = field(default_factory=list)
    unplaced: list[Span] = field(default_factory=list)
    parents: list[tuple[int, int]] = field(default_factory=list)
    """Indent and number of the items that the next bullet could be a sub-item of."""


def lay_out(document: Document, vocabulary: Vocabulary) -> Report:
    """Return what the layout of ``document`` shows: cover, priorities, commitments and items in reading order.

    Raises: UnreadableDocument if there is no priority heading, or no item under any.
    """
    lines = list(_lines(document.text))
    furniture = _furniture(lines)
    first = next((n for n, line in enumerate(lines) if _starts_body(line, furniture)), len(lines))
    cover = read_cover([line.text for line in lines[: min(first, LONGEST_COVER)]], document.text, vocabulary)
    areas = _areas(vocabulary, cover.force)
    breaks = document.page_starts[1:] or tuple(m.start() for m in re.finditer("\f", document.text))
    state = _State(force=cover.force, page_breaks=breaks, paged=bool(breaks))
    n = 0
    while n < len(lines):
        n = _step(document, lines, n, first, furniture, areas, state)
    if not state.priorities:
        raise UnreadableDocument(
            document.name,
            "no priorities were found in it",
            "A report has headings such as 'Priority 1 - ...' with 'We will:' below them",
        )
    if not state.items:
        raise UnreadableDocument(document.name, "there are priorities in it but nothing reported under any")
    return _report(document, cover, state)


def _report(document: Document, cover: Cover, state: _State) -> Report:
    items = state.items if state.paged else [replace(item, page=None) for item in state.items]
    return Report(
        document=document,
        title=cover.title,
        force=cover.force,
        force_name=cover.force_name,
        quarter=cover.quarter,
        version=cover.version,
        produced=cover.produced,
        publisher=cover.publisher,
        priorities=tuple(state.priorities),
        commitments=tuple(state.commitments),
        items=tuple(items),
        unplaced=tuple(state.unplaced),
    )


def _lines(text: str) -> Iterator[_Line]:
    offset, blank = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = offset + len(raw) - len(raw.lstrip())
            bullet = _BULLET.match(raw)
            indent = len(bullet["indent"]) if bullet else 0
            body = offset + bullet.end() if bullet else start
            yield _Line(start, start + len(stripped), stripped, indent, bullet["mark"] if bullet else "", body, blank)
        blank = not stripped
        offset += len(raw) + 1


def _furniture(lines: list[_Line]) -> frozenset[str]:
    """Return the running headers and footers: lines that repeat and are not headings of the content."""
    counts = Counter(line.text for line in lines if not line.mark)
    return frozenset(
        text
        for text, count in counts.items()
        if count >= FURNITURE_REPEATS
        and not _PRIORITY.match(text)
        and not _LEAD.match(text)
        and len(text) < 120
        and re.search(r"(?i)\b(report|update|plan|performance|page|q[1-4]|quarter)\b", text)
    )


def _starts_body(line: _Line, furniture: frozenset[str]) -> bool:
    return bool(_CONTENTS.match(line.text) or _PRIORITY.match(line.text)) or line.text in furniture


def _areas(vocabulary: Vocabulary, force: str) -> dict[str, Area]:
    """Return the names that a heading may use for an area of the force, folded, with the area each means."""
    names: dict[str, Area] = {}
    for term in vocabulary.of(Kind.AREA):
        if term.force == force:
            short = term.hints[0] if term.hints else term.name
            for name in (term.name, *term.aliases, *term.hints):
                names[name.casefold()] = Area(term.key, short)
    return names


def _step(
    document: Document,
    lines: list[_Line],
    n: int,
    first: int,
    furniture: frozenset[str],
    areas: dict[str, Area],
    state: _State,
) -> int:
    """Take line ``n`` (and those that continue it) into ``state``; return the number of the next line."""
    line = lines[n]
    _turn_page(line, furniture, state)
    if n < first or line.text in furniture or _PAGE_NUMBER.match(line.text):
        return n + 1
    if _CONTENTS.match(line.text):
        state.in_contents = True
        return n + 1
    if _is_contents(line.text, listed=state.in_contents):
        return n + 1
    state.in_contents = False
    if line.mark:
        return _take_bullet(document, lines, n, furniture, state)
    if heading := _PRIORITY.match(line.text):
        _take_priority(line, heading, state)
        return n + 1
    if state.priority and (lead := _LEAD.match(line.text)):
        state.lead = Span(line.start, line.end, line.text)
        if lead["rest"]:
            start = line.start + lead.start("rest")
            return _take_commitment(document, lines, n, start, furniture, state, state.priority, state.lead)
        return n + 1
    if state.lead and state.priority:
        return _take_commitment(document, lines, n, line.start, furniture, state, state.priority, state.lead)
    if area := _area_of(line.text, areas, state.force):
        state.area, state.heading, state.parents = area, "", []
        return n + 1
    return _take_prose(document, lines, n, furniture, state)


def _turn_page(line: _Line, furniture: frozenset[str], state: _State) -> None:
    """Note the page that ``line`` stands on; a running line ends a contents list."""
    if state.page_breaks:
        state.page = 1 + bisect_right(state.page_breaks, line.start)
    elif line.text in furniture:
        state.page, state.paged = state.page + 1, True
    if line.text in furniture:
        state.in_contents = False


def _is_contents(text: str, *, listed: bool) -> bool:
    """Whether a line is one of a contents list: ``listed`` where it stands in one."""
    # Longer lines are prose; on those of millions of characters the patterns would take their time.
    return len(text) <= LONGEST_HEADING and bool((_LINE_OF_CONTENTS if listed else _CONTENTS_LINE).match(text))


def _take_priority(line: _Line, heading: re.Match[str], state: _State) -> None:
    number = NUMBER_WORDS.get(heading["number"].lower()) or int(heading["number"])
    known = next((p for p in state.priorities if p.number == number), None)
    if known is None:
        known = Priority(number, heading["label"].strip(), Span(line.start, line.end, line.text))
        state.priorities.append(known)
    if state.priority is not known:
        state.commitment, state.area, state.heading = None, FORCE_WIDE, ""
    state.priority, state.lead, state.parents = known, None, []


def _take_commitment(
    document: Document,
    lines: list[_Line],
    n: int,
    start: int,
    furniture: frozenset[str],
    state: _State,
    priority: Priority,
    lead: Span,
) -> int:
    """Read the words of a promise that begin at ``start``; a promise met before is the same one."""
    after, end = _continue(lines, n, furniture)
    text = document.text[start:end]
    siblings = state.promised.setdefault(priority.number, {})
    known = siblings.get(_fold(text))
    if known is None:
        known = Commitment(
            f"{priority.number}.{len(siblings) + 1}",
            priority.number,
            text,
            Span(start, end, text),
            _LEAD_TAIL.sub("", lead.text),
            lead,
        )
        state.commitments.append(known)
        siblings[_fold(text)] = known
    if state.commitment is not known:
        state.area, state.heading = FORCE_WIDE, ""
    state.commitment, state.lead, state.parents = known, None, []
    return after


_LEAD_TAIL = re.compile(r"\s*:.*$", re.DOTALL)


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _take_bullet(document: Document, lines: list[_Line], n: int, furniture: frozenset[str], state: _State) -> int:
    line = lines[n]
    after, end = _continue(lines, n, furniture)
    if state.priority is None:
        state.unplaced.append(Span(line.body, end, document.text[line.body : end]))
        return after
    if state.lead is not None:
        # A promise that is itself printed as a bullet.
        return _take_commitment(document, lines, n, line.body, furniture, state, state.priority, state.lead)
    while state.parents and state.parents[-1][0] >= line.indent:
        state.parents.pop()
    parent = state.parents[-1][1] if state.parents else None
    _add_item(document, line.body, end, state, state.priority.number, parent)
    state.parents.append((line.indent, state.items[-1].number))
    return after


def _take_prose(document: Document, lines: list[_Line], n: int, furniture: frozenset[str], state: _State) -> int:
    """Take a line without a mark: a topic heading, a paragraph that reports something, or words left unplaced."""
    line = lines[n]
    after, end = _continue(lines, n, furniture)
    text = document.text[line.start : end]
    words = len(text.split())
    if words <= HEADING_WORDS and not _SENTENCE_END.search(text):
        state.heading, state.parents = text.rstrip(":").strip(), []
    elif state.commitment is not None and not text.endswith(":") and _SENTENCE_END.search(text):
        _add_item(document, line.start, end, state, state.commitment.priority)
        state.parents = []
    else:
        state.unplaced.append(Span(line.start, end, text))
    return after


def _add_item(
    document: Document, start: int, end: int, state: _State, priority: int, parent: int | None = None
) -> None:
    state.items.append(
        Item(
            number=len(state.items) + 1,
            commitment=state.commitment.id if state.commitment else "",
            priority=priority,
            area=state.area,
            heading=state.heading,
            page=state.page,
            start=start,
            end=end,
            text=document.text[start:end],
            parent=parent,
        )
    )


def _continue(lines: list[_Line], n: int, furniture: frozenset[str]) -> tuple[int, int]:
    """Return the number of the line after those that wrap on from line ``n``, and where their words end."""
    end = lines[n].end
    after = n + 1
    while after < len(lines):
        line = lines[after]
        apart = line.blank_before or line.mark or line.text in furniture
        if apart or _PRIORITY.match(line.text) or _LEAD.match(line.text):
            break
        end = line.end
        after += 1
    return after, end


def _area_of(text: str, areas: dict[str, Area], force: str) -> Area | None:
    """Return the area that a heading line names: known to the vocabulary, or by its form, or the whole force.

    The key of an area known by its form begins with the force's: two forces may each have an Eastern Division.
    """
    if len(text) > LONGEST_HEADING:
        return None
    name = text.rstrip(":").strip()
    if len(name.split()) > 6 or _SENTENCE_END.search(name):
        return None
    if _FORCE_WIDE.match(name):
        return FORCE_WIDE
    if known := areas.get(name.casefold()):
        return known
    form = _AREA_SUFFIX.match(name)
    if form and all(w[:1].isupper() or w in ("and", "of", "the") for w in form["name"].split()):
        return areas.get(form["name"].casefold()) or Area(f"{force}-{slug(name)}", form["name"])
    return None
