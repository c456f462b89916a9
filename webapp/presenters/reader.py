"""A report as the reader page shows it: the stored text, whole and exact, with what was found in it marked.

The text is cut into blocks that cover it from the first character to the last; joined, they are the stored
text again. Marked words nest; where two overlap without one holding the other, the later is cut in two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

MARKS = {
    "operation": "operation",
    "partner": "partner",
    "theme": "theme",
    "lpa": "area",
    "district": "area",
    "force": "area",
    "place": "area",
    "unit": "unit",
    "programme": "unit",
}
"""Kind of thing to the mark that its mentions carry in the text."""

KINDS = {
    "operation": "operation",
    "partner": "partner",
    "area": "area or place",
    "theme": "theme",
    "unit": "police unit or scheme",
    "figure": "figure",
}
"""Each mark that a reader can show or let rest, in the words of the legend."""

_WORDS = re.compile(r"\W+")
_NUMBERED = re.compile(r"\s*\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.)]?\s*")
"""The number or letter before an item: "1.1.3", "(a)"."""
_RUNNING = 3
"""A line that stands this often between the items is a page header or footer."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of the stored text to be marked: a mention, or the words that a link asks for."""

    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class Node:
    """A stretch of a block: plain words (``mark`` is "") or marked ones, which may hold more."""

    text: str
    mark: str = ""
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Where an evidence item or a printed promise stands in the text."""

    anchor: str
    start: int
    end: int
    number: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line of the text is when it repeats the words of the plan or of an area."""

    kind: str
    """"priority", "commitment", "area" or "topic"."""
    level: int
    key: str
    """Its folded words, by which the same heading is known when it is printed again."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text and what it is: "item", "promise", "heading", "running", "line", "bullet" or "gap"."""

    kind: str
    start: int
    end: int
    nodes: tuple[Node, ...]
    lead: str = ""
    """Bullet or number that stands before an item."""
    anchor: str = ""
    number: int = 0
    page: int = 0
    new_page: bool = False
    level: int = 0
    of: str = ""
    """What a heading is a heading of: "priority", "commitment", "area" or "topic"."""


def nest(text: str, start: int, end: int, marked: Iterable[Marked]) -> tuple[Node, ...]:
    """Return ``text[start:end]`` as nodes, with ``marked`` stretches nested; their words joined are that text."""
    inside = {(max(m.start, start), min(m.end, end), m.mark) for m in marked if m.start < end and m.end > start}
    # The same words marked the same way twice (two themes, say) are marked once.
    waiting = sorted((Marked(*m) for m in inside), key=_outermost_first)
    nodes: list[Node] = []
    at = start
    while waiting:
        outer = waiting.pop(0)
        within = [m for m in waiting if m.start < outer.end]
        beyond = [m for m in waiting if m.start >= outer.end]
        # What reaches past the end of the one around it is cut there, and goes on after it.
        beyond += [Marked(outer.end, m.end, m.mark) for m in within if m.end > outer.end]
        waiting = sorted(beyond, key=_outermost_first)
        if outer.start > at:
            nodes.append(Node(text[at : outer.start]))
        children = nest(text, outer.start, outer.end, within)
        nodes.append(Node(text[outer.start : outer.end], outer.mark, children))
        at = outer.end
    if at < end:
        nodes.append(Node(text[at:end]))
    return tuple(nodes)


def _outermost_first(marked: Marked) -> tuple[int, int, str]:
    return marked.start, -marked.end, marked.mark


def folded(line: str) -> str:
    """Return the words of a line, so that dashes, colons, case and spacing make no difference."""
    return " ".join(_WORDS.sub(" ", line.casefold()).split())


def blocks(
    text: str, passages: Sequence[Passage], headings: dict[str, Heading], marked: Sequence[Marked]
) -> list[Block]:
    """Return the whole of ``text`` as blocks, in order; ``headings`` are by their folded words."""
    repeated = Counter(folded(line) for line in _between(text, passages))
    running = {words for words, times in repeated.items() if times >= _RUNNING}
    made: list[Block] = []
    now: dict[str, str] = {}
    page = 0
    for start, end, passage in _stretches(text, passages):
        if passage is None:
            made.extend(_lines(text, start, end, headings, running, now, marked))
            continue
        lead = made.pop() if start == passage.start and made and made[-1].kind == "bullet" else None
        block = _passage(text, start, end, passage, lead, marked)
        if block.kind == "promise":
            now["commitment"] = folded(text[passage.start : passage.end])
            _forget_below(now, "commitment")
        elif block.page:
            block = replace(block, new_page=block.page != page)
            page = block.page
        made.append(block)
    return made


def _passage(text: str, start: int, end: int, passage: Passage, lead: Block | None, marked: Sequence[Marked]) -> Block:
    """Return a stretch of a passage; only the first stretch carries its anchor, number and page."""
    first = start == passage.start
    return Block(
        kind="item" if passage.number else "promise",
        start=lead.start if lead else start,
        end=end,
        nodes=nest(text, start, end, marked),
        lead=text[lead.start : lead.end] if lead else "",
        anchor=passage.anchor if first else "",
        number=passage.number if first else 0,
        page=passage.page if first else 0,
        level=0 if passage.number else 3,
        of="" if passage.number else "commitment",
    )


def _stretches(text: str, passages: Sequence[Passage]) -> list[tuple[int, int, Passage | None]]:
    """Cut the text at every edge of a passage; each stretch belongs to the innermost passage over it, if any."""
    edges = sorted({0, len(text), *(p.start for p in passages), *(p.end for p in passages)})
    found: list[tuple[int, int, Passage | None]] = []
    ordered = sorted(passages, key=lambda p: (p.start, -p.end))
    open_: list[Passage] = []
    following = 0
    for start, end in pairwise(edges):
        open_ = [p for p in open_ if p.end > start]
        while following < len(ordered) and ordered[following].start <= start:
            open_.append(ordered[following])
            following += 1
        found.append((start, end, open_[-1] if open_ else None))
    return found


def _between(text: str, passages: Sequence[Passage]) -> list[str]:
    return [
        line
        for start, end, passage in _stretches(text, passages)
        if passage is None
        for line in text[start:end].splitlines()
        if line.strip()
    ]


def _lines(
    text: str,
    start: int,
    end: int,
    headings: dict[str, Heading],
    running: set[str],
    now: dict[str, str],
    marked: Sequence[Marked],
) -> list[Block]:
    """Return the lines between two passages as blocks; ``now`` holds the headings in force, and is kept up."""
    found: list[Block] = []
    at = start
    for line in text[start:end].splitlines(keepends=True):
        stop = at + len(line)
        words = folded(line)
        heading = headings.get(words)
        if not words:
            # Signs alone: blank lines, or the bullet that stands before the next item on its line.
            found.append(Block("bullet" if _marks(line, last=stop == end) else "gap", at, stop, (Node(line),)))
        elif _marks(line, last=stop == end) and _NUMBERED.fullmatch(line):
            found.append(Block("bullet", at, stop, (Node(line),)))
        elif heading and now.get(heading.kind) != heading.key:
            now[heading.kind] = heading.key
            _forget_below(now, heading.kind)
            found.append(
                Block("heading", at, stop, (Node(line),), anchor=f"at-{at}", level=heading.level, of=heading.kind)
            )
        elif heading or words in running:
            found.append(Block("running", at, stop, (Node(line),)))
        else:
            found.append(Block("line", at, stop, nest(text, at, stop, marked), anchor=f"at-{at}"))
        at = stop
    return found


def _marks(line: str, *, last: bool) -> bool:
    """Return whether ``line``, the ``last`` before a passage, stands before the passage's first words."""
    return last and bool(line.strip()) and not line.endswith("\n")


def _forget_below(now: dict[str, str], kind: str) -> None:
    """A new heading ends those below it: the next area's heading is new even if its words are the same."""
    order = ("priority", "commitment", "area", "topic")
    for lower in order[order.index(kind) + 1 :]:
        now.pop(lower, None)


def without_skips(found: Sequence[Block]) -> list[Block]:
    """Return the blocks with heading levels from 2 on that never go down by more than one step."""
    level = 1
    kept = []
    for block in found:
        if block.level:
            level = min(block.level, level + 1)
        kept.append(replace(block, level=level) if block.level else block)
    return kept
