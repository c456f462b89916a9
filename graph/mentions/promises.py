"""What a promise binds itself to in numbers: "doubling the Special Constabulary", "200 more officers"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.mentions.figures import find_figures
from graph.model import FORCE_WIDE, Commitment, Figure, Item, Role, Target

_CHANGES = frozenset({Role.TARGET, Role.CHANGE_ABS, Role.CHANGE_PCT, Role.SHARE_PCT})
"""In a promise a change is one to be made, a share one to be reached."""
_GIVEN = re.compile(
    r"\b(?:the|our|its|their|all|these|those|of|across|through|both)\s+(?:of\s+(?:the|our|its|their)\s+)?$|\bfrom\s+$",
    re.IGNORECASE,
)
"""What stands before a number that tells how things are, not how they shall be: "our 77 wards", "from 6% to 10%"."""
_BINDS = re.compile(
    r"\b(?:recruit|appoint|employ|hire|train|equip|create|open|build|establish|launch|run|hold|host|deliver|provide|offer"
    r"|invest|fund|spend|secure|award|commit|raise|save|install|fit|deploy|put|place|add|bring|buy|visit|support|reach"
    r"|achieve|answer|attend|resolve|solve|complete|carry|conduct|make|maintain|keep|have|ensure|identify|protect|remove"
    r"|seize|arrest|target|publish|double|treble|set)(?:e?s|ing)?\b[^.;:]*$",
    re.IGNORECASE,
)
"""A verb of what will be done, in the same sentence before a number that it binds to."""
_WITHIN = re.compile(r"\b(?:within|in\s+under|under|in|to|less\s+than|no\s+more\s+than|below)\s+$", re.IGNORECASE)
"""What stands before a span of time in which something is to be done."""
_MULTIPLE = re.compile(r"\b(?P<verb>halv|doubl|trebl|tripl|quadrupl)(?:e|ing)\b", re.IGNORECASE)
_TIMES = {"halv": 0.5, "doubl": 2.0, "trebl": 3.0, "tripl": 3.0, "quadrupl": 4.0}
_CLAUSE = re.compile(r"[,.;:](?!\d)|\s[-\u2013\u2014]\s|$", re.MULTILINE)
_LEADING = re.compile(r"\s*(?:and|with|by|including)?\s*")
_ARTICLE = re.compile(r"^(?:the|our|its|a|an|number\s+of|the\s+number\s+of)\s+", re.IGNORECASE)


def find_targets(commitments: Sequence[Commitment]) -> tuple[Target, ...]:
    """Return the targets that the words of ``commitments`` state, in order; places count from the document's first."""
    return tuple(target for commitment in commitments for target in _of_promise(commitment))


def _of_promise(commitment: Commitment) -> list[Target]:
    words = commitment.span.text
    promise = Item(1, "", 0, FORCE_WIDE, "", None, 0, len(words), words)
    stated = [figure for figure in find_figures(promise, None, []) if _binds(figure, words)]
    found = [_target(commitment, f.start, f.end, f.value, f.unit, f.role, f.what) for f in stated]
    for verb in _MULTIPLE.finditer(words):
        if not any(f.start <= verb.start() < f.end for f in stated):
            value = _TIMES[verb["verb"].casefold()]
            found.append(_target(commitment, verb.start(), verb.end(), value, "ratio", Role.TARGET, ""))
    return sorted(found, key=lambda target: target.start)


def _binds(figure: Figure, words: str) -> bool:
    """Return whether a number of a promise is one to be reached."""
    before = words[: figure.start]
    if _GIVEN.search(before):
        return False
    if figure.role in _CHANGES:
        return True
    if figure.role is Role.DURATION:
        return _WITHIN.search(before) is not None
    return figure.role in (Role.VALUE, Role.RATE) and _BINDS.search(before) is not None


def _target(commitment: Commitment, start: int, end: int, value: float, unit: str, role: Role, what: str) -> Target:
    """Return the target whose number stands from ``start`` to ``end`` of the promise's words, with its clause."""
    words, offset = commitment.span.text, commitment.span.start
    opens = max((m.end() for m in _CLAUSE.finditer(words, 0, start) if m.end() <= start and m.group()), default=0)
    opens = _LEADING.match(words, opens, start).end()  # type: ignore[union-attr]  # it matches nothing too
    closes = next(m.start() for m in _CLAUSE.finditer(words, end))
    if unit == "ratio" and not what:
        what = _ARTICLE.sub("", _ARTICLE.sub("", " ".join(words[end:closes].split())))
    return Target(
        commitment=commitment.id,
        value=value,
        unit=unit,
        role=role,
        what=what,
        start=offset + start,
        end=offset + end,
        clause=(offset + opens, offset + closes),
        text=words[opens:closes],
    )
