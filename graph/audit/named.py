"""Arrests of a named operation told again: "Operation GORSE led to 31 arrests", later "all 13 arrested in it"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.audit import causes
from graph.audit.setting import Setting
from graph.model import Check, CheckKind, Figure, Role, Verdict

_OPERATION = re.compile(r"\b(?:Operation|Op\.?)\s+([A-Z][\w'’-]+)")
_ARRESTS = re.compile(r"\s+(?:[a-z]+\s+){0,2}?arrest(?:s|ed)\b")
_ARREST_OF = re.compile(r"\barrests?\s+of\s+$")
_TAKEN_UP = re.compile(r"\b(?:all|the|these|those)\s+(?:of\s+the\s+)?$", re.IGNORECASE)


def arrests_again(settings: Sequence[Setting]) -> Iterator[Check]:
    """Yield a check for each "all N people arrested" of an operation whose arrests stand once elsewhere."""
    counted: dict[str, list[tuple[Setting, Figure]]] = {}
    again: list[tuple[str, Setting, Figure]] = []
    for setting in settings:
        for figure in setting.figures:
            named = set(_OPERATION.findall(setting.text[slice(*setting.spans[setting.sentence(figure)])]))
            if len(named) != 1 or figure.unit != "count" or figure.role is not Role.VALUE:
                continue
            lead = setting.before(figure, 30)
            if not (_ARRESTS.match(setting.after(figure, 40)) or _ARREST_OF.search(lead)):
                continue
            (name,) = (name.casefold() for name in named)
            if _TAKEN_UP.search(lead):
                again.append((name, setting, figure))
            else:
                counted.setdefault(name, []).append((setting, figure))
    for name, setting, figure in again:
        if len(counted.get(name, ())) == 1:
            yield _check(setting, figure, *counted[name][0])


def _check(setting: Setting, figure: Figure, other: Setting, first: Figure) -> Check:
    agrees = setting.interval(figure).meets(other.interval(first))
    return Check(
        item=setting.item.number,
        kind=CheckKind.COMPARISON,
        stated=float(figure.value),
        recomputed=float(first.value),
        interval=(other.interval(first).low, other.interval(first).high),
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        arithmetic=f"arrests: {first.text} in item {first.item}, {figure.text} in item {figure.item}",
        figures=(figure, first),
        cause="" if agrees else causes.slip(float(figure.value), float(first.value)),
    )
