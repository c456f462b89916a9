"""Words that say on which side of a half a share lies: "a minority of those asked, 62 of 110"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.audit.arithmetic import shown
from graph.audit.intervals import Interval
from graph.audit.pairs import is_change
from graph.audit.setting import Setting
from graph.model import Check, CheckKind, Figure, Role, Verdict

_SIDE = re.compile(
    r"\b(?:(?P<more>(?:an?|the)\s+(?:[a-z]+\s+)?majority(?=\s+(?:of|said|were|had|felt|are|have|told|thought|wanted))"
    r"|most(?=\s+(?:of|people|respondents|victims|residents|callers|officers|drivers|cases|offenders)\b))"
    r"|(?P<less>(?:an?|the)\s+(?:[a-z]+\s+)?minority(?=\s+(?:of|said|were|had|felt|are|have|told|thought|wanted))))\b",
    re.IGNORECASE,
)
_IN = re.compile(r"\s+(?:out\s+)?of\s+(?:the\s+|our\s+|these\s+|those\s+|all\s+)?", re.IGNORECASE)
_APPOSED = re.compile(r"[(,–—:]\s*(?:(?:that\s+is|i\.e\.|namely|some)\s+)?$|\s-\s+$", re.IGNORECASE)
_CLOSES = re.compile(r"\s*(?:[),;:.–—]|$|\s-\s)")
_EVERY = re.compile(r"\b(?:out\s+of|of|in|from)\s+every\s+$", re.IGNORECASE)
_HALF = 0.5
_FOUR = 4
_NEAR, _NEAR_ITSELF = 0.034, 0.14
"""How far a share told in words may be off, of all and of itself, as of fractions (intervals)."""


def checks_of(setting: Setting) -> Iterator[Check]:
    """Yield the checks of shares that no number tells by itself: "a minority", "of every ten calls seven"."""
    yield from _sides(setting)
    yield from _of_every(setting)


def _of_every(setting: Setting) -> Iterator[Check]:
    """Yield the check of "of every ten calls seven are answered at once (700 of 1,000)"."""
    for place in range(len(setting.spans)):
        figures = [f for f in setting.figures if setting.sentence(f) == place]
        if len(figures) != _FOUR or any(f.unit != "count" or f.role is not Role.VALUE for f in figures):
            continue
        of, some, part, whole = figures
        if not _EVERY.search(setting.before(of, 24)) or some.value >= of.value or part.value > whole.value:
            continue
        if not (_IN.fullmatch(setting.between(part, whole)) and _APPOSED.search(setting.before(part, 20))):
            continue
        made = setting.interval(part).over(setting.interval(whole))
        if made is None:
            continue
        told = some.value / of.value
        slack = min(_NEAR, told * _NEAR_ITSELF)
        claim = Interval(100 * (told - slack), 100 * (told + slack))
        yield Check(
            item=setting.item.number,
            kind=CheckKind.SHARE,
            stated=round(100 * told, 2),
            recomputed=round(50 * (made.low + made.high), 2),
            interval=(100 * made.low, 100 * made.high),
            verdict=Verdict.AGREES if claim.meets(made.scaled(100)) else Verdict.DISAGREES,
            arithmetic=f"{shown(part.value, 'count')} ÷ {shown(whole.value, 'count')} = "
            f"{shown(round(50 * (made.low + made.high), 2), 'percent')}; stated: {some.text} of {of.text}",
            figures=(some, of, part, whole),
        )


def _sides(setting: Setting) -> Iterator[Check]:
    """Yield the check of a sentence that tells of a part and its whole and says that it is most of it, or not half."""
    for place, (start, end) in enumerate(setting.spans):
        said = list(_SIDE.finditer(setting.text[start:end]))
        figures = [f for f in setting.figures if setting.sentence(f) == place and f.unit != "ratio"]
        if len(said) != 1 or len(figures) != 2 or any(is_change(setting, f) for f in figures):
            continue
        if any(
            f.unit != "count" or f.role is not Role.VALUE or setting.at(f)[0] < start + said[0].end() for f in figures
        ):
            continue
        if (
            pair := _part_and_whole(setting, figures[0], figures[1], setting.text[start + said[0].end() : end])
        ) is None:
            continue
        part, whole = pair
        if part.value > whole.value:
            continue
        made = setting.interval(part).over(setting.interval(whole))
        if made is None:
            continue
        agrees = made.high > _HALF if said[0]["more"] else made.low < _HALF
        share = round(50 * (made.low + made.high), 2)
        yield Check(
            item=setting.item.number,
            kind=CheckKind.COMPARISON,
            stated=share,
            recomputed=100 * _HALF,
            interval=(100 * _HALF, 100 * _HALF),
            verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
            arithmetic=f"{shown(part.value, 'count')} ÷ {shown(whole.value, 'count')} = {shown(share, 'percent')}; "
            f"the words say “{said[0][0]}”",
            figures=(part, whole),
        )


def _part_and_whole(setting: Setting, one: Figure, other: Figure, told: str) -> tuple[Figure, Figure] | None:
    """Return the two numbers of "most, 58 of 130" and of "the majority of the 44 offenders, 29"."""
    if not _CLOSES.match(setting.after(other, 3)):
        return None
    if re.match(r"\s+(?:of\s+)?(?:the\s+|our\s+|these\s+|those\s+|all\s+)?" + re.escape(one.text), told):
        return (other, one) if _APPOSED.search(setting.before(other, 20)) else None
    in_one = _IN.fullmatch(setting.between(one, other)) and _APPOSED.search(setting.before(one, 20))
    return (one, other) if in_one else None
