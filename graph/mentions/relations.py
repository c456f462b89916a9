"""What the figures of one sentence are to one another: ranges, rows of tables, contrasts, and values only implied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from graph.mentions.clauses import Clauses
from graph.mentions.numbers import Amount
from graph.mentions.periods import Period
from graph.mentions.surroundings import TIMES
from graph.model import Figure, Item, Role

_CHANGES = frozenset({Role.CHANGE_ABS, Role.CHANGE_PCT})
_VALUES = frozenset({Role.VALUE, Role.SHARE_PCT, Role.DURATION, Role.RATE})
_RANGE = re.compile(r"\s?[-–—]\s?|\s+to\s+")
_CELL_GAP = re.compile(r"[ \t]{0,60}\|[ \t]{0,60}|[ \t]{1,60}")
_ROW_LABEL = re.compile(r"[A-Za-z][^.;:!?]*[\s|]$")
_ROW_END = re.compile(r"[ \t|]*(?:\n|$)")
_LABEL_REACH, _TO_REACH, _NEAR = 120, 40, 60
_ROUNDED = 0.6
_ROW_ROLES = {"percent": Role.SHARE_PCT, **dict.fromkeys(TIMES, Role.DURATION)}
_BESIDE = 3
_BETWEEN_REACH = 20
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_TO = re.compile(r"(?:\s+[a-z]+){0,3}?\s+to\s+(?:just\s+)?", re.IGNORECASE)
_UP = (
    r"more|higher|above|up|ahead|longer|slower|additional|extra"
    r"|(?:increas|r[io]s|grew|grow|climb|jump|gain|expand|exceed)\w*"
)
_DOWN = (
    r"fewer|less|lower|below|down|short|under|behind|shorter|quicker|faster|smaller"
    r"|(?:decreas|reduc|fall|fell|drop|declin|cut|shrunk|shrank|dip)\w*"
)
_DIRECTION = re.compile(rf"\b(?:({_UP})|{_DOWN})\b", re.IGNORECASE)
_DIRECTION_AFTER = re.compile(rf"\s+(?:[\w()-]+\s+){{0,3}}?(?:({_UP})|{_DOWN})\b", re.IGNORECASE)


def related(
    item: Item, clauses: Clauses, sentence: tuple[int, int], figures: list[Figure], times: Sequence[Period | None]
) -> list[Figure]:
    """The figures of a sentence with the roles that they give each other, and the earlier values they imply.

    ``times`` holds for each figure the period of its own stretch of the sentence.
    """
    figures = _rows(item, _contrasted(item, clauses, _ranges(item, figures), times))
    return _with_implied(item, clauses, sentence, figures)


def _ranges(item: Item, figures: list[Figure]) -> list[Figure]:
    """Both ends of a range play the same part: "60-80 contacts per day"."""
    for i in range(len(figures) - 2, -1, -1):
        first, second = figures[i], figures[i + 1]
        joint = item.text[first.end - item.start : second.start - item.start]
        if (
            not (_RANGE.fullmatch(joint) or _is_between(item, first, joint))
            or first.role in _CHANGES | {Role.COMPARISON_VALUE}
            or first.unit not in {"count", second.unit}
            # "136 – two-thirds", "403 – 50%": a share told after its count
            or (first.unit != second.unit and (second.unit == "ratio" or first.value > second.value))
        ):
            continue
        figures[i] = replace(first, unit=second.unit, role=second.role, what=second.what, measure=second.measure)
    return figures


def _is_between(item: Item, first: Figure, joint: str) -> bool:
    """Whether "and" joins the ends of a range: "between 40 and 55"."""
    before = item.text[max(0, first.start - item.start - _BETWEEN_REACH) : first.start - item.start]
    return bool(_BETWEEN.search(before)) and joint.split() == ["and"]


def _contrasted(item: Item, clauses: Clauses, figures: list[Figure], times: Sequence[Period | None]) -> list[Figure]:
    """The earlier of two values that a sentence sets against each other is what the later is compared with."""
    for i, (first, second) in enumerate(pairwise(figures)):
        own, later = times[i], times[i + 1]
        words = item.text[first.end - item.start : second.start - item.start]
        alike = first.unit == second.unit and first.role == second.role and first.role in _VALUES
        if alike and own and later and clauses.is_contrast(own, later, words):
            figures[i] = replace(first, role=Role.COMPARISON_VALUE)
        elif alike and later and clauses.is_set_against(later, words):
            figures[i + 1] = replace(second, role=Role.COMPARISON_VALUE)
    return figures


def _with_implied(item: Item, clauses: Clauses, sentence: tuple[int, int], figures: list[Figure]) -> list[Figure]:
    """The figures, and after each change the earlier value that it and the value beside it imply."""
    if not any(f.role is Role.CHANGE_ABS for f in figures):
        return figures
    all_of_them: list[Figure] = []
    for i, change in enumerate(figures):
        all_of_them.append(change)
        if change.role is Role.CHANGE_ABS and (implied := _implied(item, clauses, sentence, figures, i)):
            all_of_them.append(implied)
    return all_of_them


def _implied(
    item: Item, clauses: Clauses, sentence: tuple[int, int], figures: list[Figure], index: int
) -> Figure | None:
    change, text, offset = figures[index], item.text, item.start
    start, end = change.start - offset, change.end - offset
    unit = "percent" if change.unit == "percentage-point" else change.unit
    beside = figures[max(0, index - _BESIDE) : index + 2]
    alike = [f for f in beside if f.unit == unit]
    stated = [f for f in alike if f.role in _VALUES and f.start < change.start]
    if any(f.role is Role.COMPARISON_VALUE for f in alike):
        return None
    last, following = index, figures[index + 1 : index + 2]
    if not stated and following and following[0] in alike and following[0].role in _VALUES:
        # "fell by 12 to 88 compared with last quarter"
        joint = text[end : following[0].start - offset]
        if len(joint) <= _TO_REACH and _TO.fullmatch(joint):
            last, stated = index + 1, following
    if not stated:
        return None
    base = clauses.base_after(
        Amount(figures[last].start - offset, figures[last].end - offset, change.value, change.unit), sentence[1]
    )
    until = figures[last + 1].start - offset if last + 1 < len(figures) else len(text)
    grew = _grew(text[max(sentence[0], start - _NEAR) : start], text[end : end + _NEAR], change)
    if base is None or base.start > until or grew is None:
        return None
    now = stated[-1]
    earlier = round(now.value - abs(change.value) if grew else now.value + abs(change.value), 6)
    if earlier < 0 or (change.what and now.what and not set(change.what.split()) & set(now.what.split())):
        return None
    return Figure(
        int(earlier) if earlier == int(earlier) else earlier, unit, now.what, base.text, Role.COMPARISON_VALUE,
        change.start, offset + base.end, text[start : base.end], item.number, now.measure, implied=True,
    )  # fmt: skip


def _rows(item: Item, figures: list[Figure]) -> list[Figure]:
    """Rows of a table: "101 calls 12,345 11,900 +3.7%" gives a value, what it is compared with, and the change.

    The change says which of the two columns is the earlier one; where it fits neither, the second is. A row of two
    numbers has no change: "Drug warrants 66 71".
    """
    if len(figures) == 2 and (pair := _row_of_two(item, *figures)):
        return pair
    for i in range(len(figures) - 2):
        first, second, change = figures[i : i + 3]
        spans = [(f.start - item.start, f.end - item.start) for f in (first, second, change)]
        gaps = [item.text[a[1] : b[0]] for a, b in pairwise(spans)]
        if not all(_CELL_GAP.fullmatch(gap) for gap in gaps):
            continue
        line = item.text[max(0, spans[0][0] - _LABEL_REACH) : spans[0][0]].rpartition("\n")[2]
        if (
            not _ROW_LABEL.search(line)
            or not _ROW_END.match(item.text, spans[2][1])
            or first.unit != second.unit
            or (change.unit != "percent" and change.text[0] not in "+-−–")
        ):
            continue
        relative = change.unit == "percent" and first.unit != "percent"
        off, swapped_off = (
            abs(_change(now, then, relative=relative) - change.value)
            for now, then in ((first, second), (second, first))
        )
        now, then = (1, 0) if swapped_off <= _ROUNDED < off else (0, 1)
        label = first.what or " ".join(line.split())
        role = Role.CHANGE_PCT if relative else Role.CHANGE_ABS
        figures[i + now] = replace(figures[i + now], role=_ROW_ROLES.get(first.unit, Role.VALUE), what=label)
        figures[i + then] = replace(figures[i + then], role=Role.COMPARISON_VALUE, what=label)
        figures[i + 2] = replace(change, role=role, what=label)
        if measure := first.measure or second.measure or change.measure:
            figures[i : i + 3] = [replace(f, measure=measure) for f in figures[i : i + 3]]
    return figures


def _row_of_two(item: Item, now: Figure, then: Figure) -> list[Figure] | None:
    """The value and the earlier value of a row that is the whole item; None if it is no such row."""
    start, end = now.start - item.start, then.end - item.start
    label, gap = item.text[:start], item.text[now.end - item.start : then.start - item.start]
    whole = _ROW_LABEL.search(label) and "\n" not in item.text and not item.text[end:].strip(" |\t")
    if not whole or not _CELL_GAP.fullmatch(gap) or len(gap) < 2 - gap.count("\t") or now.unit != then.unit:
        return None
    what = now.what or " ".join(label.split())
    return [replace(now, what=what), replace(then, role=Role.COMPARISON_VALUE, what=what)]


def _change(now: Figure, then: Figure, *, relative: bool) -> float:
    if not relative:
        return now.value - then.value
    return 100 * (now.value - then.value) / then.value if then.value else float("inf")


def _grew(before: str, after: str, change: Figure) -> bool | None:
    """Whether a change goes up, by the words after it, else by those before it; None where they do not say."""
    if change.value < 0 or change.text.startswith("+"):
        return change.value > 0
    if found := _DIRECTION_AFTER.match(after):
        return found[1] is not None
    found = next(reversed(list(_DIRECTION.finditer(before))), None)
    return found[1] is not None if found else None
