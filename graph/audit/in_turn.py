"""Two things told at once and in turn: "at 330 and 540 respectively against 300 and 600, up by 10% and down by 10%"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.audit import causes, changes, shares
from graph.audit.comparisons import Claim
from graph.audit.pairs import Comparison, is_change, is_relative
from graph.audit.setting import Setting
from graph.model import Check, Figure

_AND = re.compile(r"[^\d.;:]{0,40}\band\s+[^\d.;:]{0,24}", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:from|against|was|were|had\s+been|compared\s+(?:with|to)|versus|on|previously|last\s+(?:year|quarter)|then)\s+"
    r"(?:the\s+|about\s+)?$",
    re.IGNORECASE,
)
_COUNTS = frozenset({"count", "GBP", "hour"})
Pair = tuple[Figure, Figure]


def checks_of(setting: Setting) -> Iterator[Check]:
    """Yield the checks of sentences that tell two things in turn; nothing where their numbers do not stand in twos."""
    for place in range(len(setting.spans)):
        figures = [f for f in setting.figures if setting.sentence(f) == place]
        if not figures or not setting.in_turn(figures[0]):
            continue
        pairs = _in_twos(setting, figures)
        moved = [p for p in pairs if any(is_change(setting, f) for f in p)]
        levels = [p for p in pairs if p not in moved]
        if len(moved) == 1 and len(levels) == 2:
            yield from _moves(setting, moved[0], levels)
        elif not moved and len(levels) == 3:
            yield from _parts(setting, levels)


def _in_twos(setting: Setting, figures: list[Figure]) -> list[Pair]:
    """Return the figures of a sentence in twos that "and" joins, nothing if one is left over."""
    if len(figures) % 2:
        return []
    twos = list(zip(figures[::2], figures[1::2], strict=True))
    joined = all(one.unit == other.unit and _AND.fullmatch(setting.between(one, other)) for one, other in twos)
    return twos if joined else []


def _moves(setting: Setting, stated: Pair, levels: list[Pair]) -> Iterator[Check]:
    """Yield the checks of two changes: of each the value now and the value then that stand in its place."""
    then = [p for p in levels if _THEN.search(setting.before(p[0], 30))]
    if len(then) != 1 or len({f.unit for p in levels for f in p}) > 1:
        return
    now = next(p for p in levels if p is not then[0])
    for change, value, base in zip(stated, now, then[0], strict=True):
        if is_relative(change) or setting.level_unit(change) == value.unit:
            beside = None if is_relative(change) else change
            reading = Comparison(value, base, beside, change if is_relative(change) else None)
            made = changes.checks_of(setting, Claim(change, (reading,)))
            # The word for one of the two directions may stand nearer to the other's number.
            yield from (check for check in made if check.cause != causes.DIRECTION)


def _parts(setting: Setting, levels: list[Pair]) -> Iterator[Check]:
    """Yield the checks of two shares of two wholes: "of 80 men and 50 women, 32 and 30 respectively (40% and 60%)"."""
    told = [p for p in levels if p[0].unit == "percent"]
    counted = [p for p in levels if p[0].unit in _COUNTS]
    if len(told) != 1 or len(counted) != 2 or counted[0][0].unit != counted[1][0].unit:
        return
    ordered = sorted(counted, key=lambda p: p[0].value)
    if any(part.value > whole.value for part, whole in zip(*ordered, strict=True)):
        return
    for share, part, whole in zip(told[0], *ordered, strict=True):
        yield from shares.checks_of(setting, shares.Share(share, part, whole))
