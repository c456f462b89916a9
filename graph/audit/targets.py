"""How far a value is from its target: "92 visits against a target of 80, 15% over target"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.audit import causes, changes
from graph.audit.comparisons import Claim
from graph.audit.pairs import Comparison
from graph.audit.setting import LEVELS, Setting
from graph.audit.words import same_subject
from graph.model import Check, CheckKind, Figure, Role

_FROM_TARGET = re.compile(
    r"\s*(?:%\s*)?(?:over|above|under|below|short\s+of|ahead\s+of|behind|beyond|inside|outside)\s+(?:(?:the|our|its|that|this)\s+)?"
    r"(?:(?:quarterly|agreed)\s+)?(?:(?:target|goal)\b|[\w-]+[\s-](?:second|minute|hour|day)\s+(?:target|goal|standard|limit)\b)",
    re.IGNORECASE,
)
_OVER = re.compile(r"\s*(?:%\s*)?(?:over|above|ahead|beyond|outside)\b", re.IGNORECASE)
_THE_TARGET_OF = re.compile(r"(?:over|above|under|below|short\s+of)\s+(?:the|our|its)\s+target\s+of\s+$", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|set\s+at|was|is)\b|\s*\(", re.IGNORECASE)
_AIMED = re.compile(
    r"\b(?:(?:target|goal)\s*(?:(?:of|was|is|:|being)\s*(?:to\s+\w+\s+)?)|aim(?:ed|ing)?\s+(?:for|to\s+\w+)\s+"
    r"|(?:had|having)?\s*set\s+out\s+to\s+\w+\s+)$",
    re.IGNORECASE,
)
_OTHER_SPAN = re.compile(r"\b(?:annual\w*|year\w*|month\w*|weekly|daily|per|each|every|so\s+far)\b", re.IGNORECASE)
"""A target of another length of time, or of one of several, is not what a value is held against."""


def checks_of(setting: Setting) -> Iterator[Check]:
    """Yield the checks of distances from a target; nothing where more than one value and one target could be meant."""
    for stated in setting.figures:
        after = setting.after(stated, 60)
        if stated.unit not in {"percent", "count", "percentage-point", "second", "day"} or not _FROM_TARGET.match(
            after
        ):
            continue
        here = setting.sentence(stated)
        near = [f for f in setting.figures if f is not stated and here - 1 <= setting.sentence(f) <= here]
        targets = [f for f in near if _is_target(setting, f)]
        values = [f for f in near if f not in targets]
        if len(targets) != 1 or len(values) != 1 or values[0].role not in LEVELS:
            continue
        target, value = targets[0], values[0]
        unit = setting.level_unit(stated)
        # "6%, 20% over the target of 5%": whether points or a share of the target are meant is left open.
        if value.unit != target.unit or stated.unit == value.unit == "percent":
            continue
        if stated.unit != "percent" and value.unit != unit:
            continue
        first = setting.spans[here - 1 if here else here][0]
        if _OTHER_SPAN.search(setting.text[first : setting.spans[here][1]]):
            continue
        if (value.value > target.value) is not bool(_OVER.match(after)) or value.value > 2 * target.value:
            # A value on the other side of its target, or far from it, is held against one that is not told here.
            continue
        if not same_subject(value.what, target.what):
            continue
        relative = stated.unit == "percent"
        reading = Comparison(value, target, None if relative else stated, stated if relative else None)
        for check in changes.checks_of(setting, Claim(stated, (reading,))):
            if check.kind is not CheckKind.COMPARISON and check.cause != causes.DIRECTION:
                yield check


def distances(setting: Setting) -> set[Figure]:
    """Return the percentages that are distances from a target not told right behind them: no change of a value."""
    return {
        f
        for f in setting.figures
        if f.unit == "percent"
        and (m := _FROM_TARGET.match(setting.after(f, 60)))
        and not _OF.match(setting.after(f, 90)[m.end() :])
    }


def _is_target(setting: Setting, figure: Figure) -> bool:
    lead = setting.before(figure, 60)
    return figure.role is Role.TARGET or bool(_AIMED.search(lead) or _THE_TARGET_OF.search(lead))
