"""Totals and what they are said to be made of, in one item or over the sub-items below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.audit import causes
from graph.audit.arithmetic import outcome, shown
from graph.audit.intervals import Interval
from graph.audit.setting import Setting
from graph.audit.words import nouns
from graph.model import Check, CheckKind, Figure, Role, Verdict

_OPENS = re.compile(
    r"[^\d;]*(?::|\(|\s[–—-]\s|\b(?:made\s+up\s+of|compris\w+|consist\w+\s+of|composed\s+of|split\s+(?:into|between)|broken\s+down"
    r"(?:\s+(?:into|as))?|being|namely|divided\s+(?:into|between)|(?:is|are|was|were)\s+(?:split|divided|shared)))[^\d;:]{0,60}$",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:includ\w+|such\s+as|among\s+(?:them|these|which)|of\s+(?:which|whom|these|those|them)|for\s+example|notably|with"
    r"|at\s+least|up\s+from|compared|against|versus|resulting|result\w*\s+in|led\s+to|e\.g)\b",
    re.IGNORECASE,
)
_BETWEEN_PARTS = re.compile(r"[^.;:()]*(?:[,;]|\band\b|\bplus\b|\bthen\b)[^.;:()]*$", re.IGNORECASE)
_IN_ALL = re.compile(
    r"[^\d.;]{0,80}?(?:=\s*$|,\s+an?\s+(?:\w+\s+)?(?:complement|tally|strength|sum)\s+of\s+$)"
    r"|[^\d.;]{0,80}?\b(?:a\s+(?:combined\s+)?total\s+of|total(?:l?ing)?|making|giving|bringing\s+the\s+total\s+to|amounting\s+to"
    r"|which\s+(?:makes|gives|is)|add(?:ing|s|ed)?\s+up\s+to|sum\s+to|together|altogether|in\s+(?:total|sum|all)|combined|all\s+told)\b[^\d.;]{0,30}$",
    re.IGNORECASE,
)
_IN_ALL_AFTER = re.compile(
    r"\s*(?:[\w'’-]+\s+){0,4}?(?:in\s+total|in\s+all|altogether|combined|overall|between\s+them|all\s+told)\b",
    re.IGNORECASE,
)
_PERIOD_WORDS = re.compile(r"\bcompar\w+|\bprevious\b|\blast\s+(?:year|quarter)\b", re.IGNORECASE)
_TOTAL_LAST = re.compile(r":[^:;.]{0,12}\d[\d,]*\W*$")
_LISTED_BELOW = re.compile(r":\W*$|\b(?:following|below|as\s+follows)\b", re.IGNORECASE)
_SEVERAL = 11
_NEAR = 0.1
_FURTHER = re.compile(r"\b(?:further|another|additional|extra)\s+$", re.IGNORECASE)
_APPOSED = re.compile(r"(?:[,;:–—(]|\bor|=|,\s*(?:worth|so|that\s+is))\s*$", re.IGNORECASE)
_MEASURED = frozenset({"hour", "GBP", "mile", "kilogram", "gram", "tonne", "litre"})
_ADDED = re.compile(
    r"\b(?:adding|together\s+with|plus|with)\b[^.;]*\b(?:gives?|makes?|brings?|comes?\s+to|is|makes)\s+(?:us\s+)?(?:an?\s+(?:[a-z]+\s+)?(?:total|strength|figure|sum|tally|complement|number|pool|force)\s+of\s+)?$",
    re.IGNORECASE,
)
_TOTAL_ROW = re.compile(
    r"\W*(?:total|all|overall|force(?:\s*-?\s*wide)?|altogether|sum|grand\s+total|whole\s+force)\b", re.IGNORECASE
)
_ENDS_IN_ALL = re.compile(r"\b(?:in\s+all|in\s+total|altogether|all\s+told)\W*$", re.IGNORECASE)
_SO_MANY = re.compile(
    r"\b(?:the\s+)?(two|both|three|four)\s+(?:together|combined|taken\s+together|make|come\s+to|add\s+up)\b",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"\bout\s+of\s+$", re.IGNORECASE)
_ADDING = re.compile(r"\badding\b", re.IGNORECASE)
_AMONG = re.compile(
    r"\b(?:includ\w+|such\s+as|among|of\s+(?:which|whom|these|those|them)|notably|e\.g)\b", re.IGNORECASE
)
_OF_ALL = re.compile(
    r"\b(?:of|from|among)\s+(?:the|these|those|our|all|a\s+total\s+of)\s*$|\bout\s+of\s+$|(?:^\W*|[,;:(–—]\s*)(?:of|from|among)\s+$",
    re.IGNORECASE,
)
"""Words that take parts from a whole; "a team of 11" takes none."""
_TOTAL_NEXT = re.compile(
    r"^\W*(?:(?:grand|overall)\s+)?(?:total|altogether|in\s+(?:all|total|sum)|together|all\s+told|sum\s+total)(?:\s+(?:of|is|was|makes?|that\s+makes))?\W*$",
    re.IGNORECASE,
)
"""How a sentence of its own gives the total of a list that follows a colon: "Warrants: 3 east, 4 west. Total 7"."""
_EXHAUSTIVE = re.compile(
    r"\b(?:these|those|they)\s+(?:are|were)\s+all|\bthe\s+(?:rest|others|remaining|remainder)\b|\bno\s+others?\b",
    re.IGNORECASE,
)
_UNNUMBERED = re.compile(
    r"(?:,|\band)\s+(?:an?|one)\s+(?!(?:further|extra|additional|total|dozen|hundred|thousand)\b|(?:\w+\s+)?(?:complement|total|tally|strength|sum)\b)[a-z]",
    re.IGNORECASE,
)
_LEVELS = frozenset({Role.VALUE, Role.COMPARISON_VALUE, Role.DURATION})


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and its parts."""

    total: Figure
    parts: tuple[Figure, ...]
    whole: bool
    """Whether the words say that the parts are all there is."""
    below: bool = False
    """The parts stand in the sub-items."""
    of: bool = False
    """The parts are some of the total, as far as the words say: they cannot make more than it."""
    unnumbered: int = 0
    """Parts told without a number: "an air pistol"."""


def sums(setting: Setting) -> list[Sum]:
    """Return the totals of an item with the parts that it lists, none of them twice."""
    found: list[Sum] = []
    taken: set[Figure] = set()
    figures = setting.figures
    for place, total in enumerate(figures):
        if total in taken or not _may_be_total(setting, total, figures[place + 1 :]):
            continue
        parts = _listed_after(setting, total, figures[place + 1 :])
        if len(parts) >= 2:
            tail = setting.text[setting.at(parts[0])[0] : setting.spans[setting.sentence(total)][1]]
            found.append(Sum(total, parts, whole=True, unnumbered=_unnumbered(setting, total, tail)))
            taken |= {total, *parts}
    for place, total in enumerate(figures):
        if total in taken or not _may_be_total(setting, total, figures[place + 1 :]):
            continue
        parts, whole = _divided(setting, total, figures[place + 1 :])
        if len(parts) >= 3 and not taken & set(parts):
            found.append(Sum(total, parts, whole=False, of=not whole))
            taken |= {total, *parts}
    for place, total in enumerate(figures):
        level = total.role in _LEVELS or (total.role is Role.SHARE_PCT and total.unit == "percent")
        if total in taken or not level or not _is_sum_of_before(setting, total):
            continue
        parts = _listed_before(setting, total, figures[:place]) or _pointed_at(setting, total, figures[:place])
        if len(parts) >= 2 and not taken & set(parts):
            if counts_the_rest(parts) or (_makes(setting, total, parts[1:]) and not _makes(setting, total, parts)):
                # "Three operations, with 22, 15 and 9 arrests": the first number counts something else.
                parts = parts[1:]
            told = setting.text[setting.at(parts[0])[0] : setting.at(total)[0]]
            found.append(Sum(total, parts, whole=True, unnumbered=_unnumbered(setting, total, told)))
            taken |= {total, *parts}
    return found


def _may_be_total(setting: Setting, total: Figure, following: Sequence[Figure]) -> bool:
    """Whether a number before a list may be its total: no share, and none that comes on top of others."""
    if total.role not in _LEVELS or total.unit in {"percent", "ratio"} or _FURTHER.search(setting.before(total, 30)):
        return False
    # "Between the two campaigns: 30 came in the first": a number word that only says how many are listed.
    return not (total.text.isalpha() and any(f.value > total.value for f in following))


def _unnumbered(setting: Setting, total: Figure, listed: str) -> int:
    """How many parts a list tells without a number: "and a shotgun"; "one" that was read is a number."""
    ones = sum(f.text.casefold() == "one" and setting.sentence(f) == setting.sentence(total) for f in setting.figures)
    return max(0, len(_UNNUMBERED.findall(listed)) - ones)


def _listed_after(setting: Setting, total: Figure, following: Sequence[Figure]) -> tuple[Figure, ...]:
    parts: list[Figure] = []
    closing = len(setting.text)
    for figure in following:
        if setting.sentence(figure) != setting.sentence(total) or setting.at(figure)[0] >= closing:
            break
        if figure.unit != total.unit and not (
            figure.unit == "count"
            and total.unit in _MEASURED
            and (parts or re.search(r"[(:]", setting.before(figure, 30)))
        ):
            if parts and figure.role is Role.CHANGE_PCT:
                # "Arson (96): year-on-year, 120, -20%": what changes are told of are no parts.
                return ()
            if parts and figure.unit in {"percent", "ratio"}:
                continue
            break
        if figure.role not in _LEVELS or (figure.role is Role.COMPARISON_VALUE) != (
            total.role is Role.COMPARISON_VALUE
        ):
            break
        joint = setting.between(parts[-1] if parts else total, figure)
        if not parts:
            # A bracket that is closed again opens no list: "310 (October), 295 (November)".
            if not _OPENS.match(re.sub(r"\([^()]*\)", "", joint)) or _SOME.search(joint):
                break
            closing = _closing(setting, total, joint)
        elif not _BETWEEN_PARTS.fullmatch(re.sub(r"\([^()]*\)", "", joint)) or _PERIOD_WORDS.search(joint):
            break
        parts.append(figure)
    # "16 cases each, there being 704 cases and 44 detectives": what is less than each of them is no total.
    return () if parts and min(f.value for f in parts) > total.value else tuple(parts)


def _divided(setting: Setting, total: Figure, following: Sequence[Figure]) -> tuple[tuple[Figure, ...], bool]:
    """The parts of "of the 179 collisions, 6 were fatal, 48 serious and 131 slight", and whether they are all.

    Also of "the 96 children were placed with family (51), with carers (29) and in homes (9)".
    """
    same = [f for f in following if setting.sentence(f) == setting.sentence(total)]
    parts = [f for f in same if f.unit == total.unit and f.role is total.role]
    if len(parts) < 3 or parts != same:
        return (), False
    joints = [re.sub(r"\([^()]*$|^[^()]*\)", "", setting.between(a, b)) for a, b in pairwise(parts)]
    listed = all(re.search(r"[,;]|\band\b", joint) for joint in joints) and re.search(r"\band\b", joints[-1])
    if not listed or any(_PERIOD_WORDS.search(joint) for joint in joints):
        return (), False
    bracketed = all(setting.before(f, 2).rstrip().endswith("(") for f in parts)
    led = _OF_ALL.search(setting.before(total, 30)) and not (total.text.isalpha() and total.value < _SEVERAL)
    if bracketed and not led:
        return tuple(parts), not _AMONG.search(setting.between(total, parts[0]))
    if not led:
        return (), False
    return tuple(parts), bool(_EXHAUSTIVE.search(setting.text[setting.at(total)[0] :]))


def _closing(setting: Setting, total: Figure, joint: str) -> int:
    """Where the list ends: at the bracket that it was opened by, else at the end of the text."""
    opened = joint.rfind("(")
    if opened < 0 or ")" in joint[opened:]:
        return len(setting.text)
    end = setting.text.find(")", setting.at(total)[1] + opened)
    return end if end >= 0 else len(setting.text)


def counts_the_rest(listed: Sequence[Figure]) -> bool:
    """Whether the first number of a list says how many follow: "the three hubs held 14, 9 and 22"."""
    return len(listed) > 2 and listed[0].text.isalpha() and listed[0].value == len(listed) - 1


def _makes(setting: Setting, total: Figure, parts: Sequence[Figure]) -> bool:
    made = Interval.at(0)
    for part in parts:
        made = made + setting.interval(part)
    return len(parts) >= 2 and setting.interval(total).meets(made)


def _is_sum_of_before(setting: Setting, total: Figure) -> bool:
    lead = setting.before(total, 120)
    if _IN_ALL.search(lead[-100:]) or _ADDED.search(lead) or _TOTAL_NEXT.match(lead):
        return True
    # As in "seven knives and two machetes, nine weapons in total": the total stands right behind the list.
    return bool(_APPOSED.search(lead) and _IN_ALL_AFTER.match(setting.after(total)))


def _listed_before(setting: Setting, total: Figure, preceding: Sequence[Figure]) -> tuple[Figure, ...]:
    parts: list[Figure] = []
    next_to_it = bool(_TOTAL_NEXT.match(setting.before(total)))
    listing = setting.sentence(total) - next_to_it
    for figure in reversed(preceding):
        if setting.sentence(figure) != listing or figure.unit != total.unit:
            break
        if figure.role is not total.role or _OUT_OF.search(setting.before(figure, 12)):
            break
        if parts and not _is_joint(setting, figure, parts[-1]):
            break
        parts.append(figure)
    if parts and re.search(r"\d", setting.between(parts[0], total)):
        # A number that was not read ("June 6") may be a part too.
        return ()
    if next_to_it and not (parts and re.search(r":[^\d:]{0,30}$", setting.before(parts[-1], 40))):
        return ()
    return tuple(reversed(parts))


def _pointed_at(setting: Setting, total: Figure, preceding: Sequence[Figure]) -> tuple[Figure, ...]:
    """The parts of "16 died. A further 143 were hurt, and the two together make 159": so many values before it."""
    said = _SO_MANY.search(setting.before(total, 60))
    if said is None:
        return ()
    number = {"two": 2, "both": 2, "three": 3, "four": 4}[said[1].casefold()]
    values = [f for f in preceding if f.role is total.role and f.unit == total.unit]
    near = [f for f in values if setting.sentence(total) - setting.sentence(f) <= 1]
    return tuple(near) if len(near) == number else ()


def _is_joint(setting: Setting, part: Figure, following: Figure) -> bool:
    """Whether two parts stand in one list: "by letter (12) and by telephone (310)", "adding 214 to the 386"."""
    joint = re.sub(r"\([^()]*\)", "", setting.between(part, following))
    if setting.before(part, 2).endswith("(") and setting.before(following, 2).endswith("("):
        joint = joint.strip("() ") + " "
    if _ADDING.search(setting.before(part, 60)) and re.search(r"\bto\b", joint) and not re.search(r"[.;:()]", joint):
        return True
    return _BETWEEN_PARTS.fullmatch(joint) is not None


def below(parent: Setting, children: Sequence[Setting]) -> Sum | None:
    """Return the total of an item whose sub-items list its parts, each opening with its number."""
    labelled: object = None
    if len(children) < 2 or not (
        _LISTED_BELOW.search(parent.text)
        or _TOTAL_LAST.search(parent.text)
        or (len(children) > 2 and all(_is_row(c) for c in children))
        or (
            labelled := len(children) > 2
            and not parent.figures
            and all(map(_is_labelled, children))
            and _TOTAL_ROW.match(children[-1].text) is not None
        )
        or (
            labelled := len(children) > 2
            and _TOTAL_ROW.match(parent.text)
            and all(map(_is_labelled, (parent, *children)))
        )
    ):
        return None
    firsts = [_opening(child) for child in children]
    if not [f for f in parent.figures if f.role in _LEVELS]:
        return _of_rows(children, firsts)
    units = {f.unit for f in firsts if f is not None}
    totals = [f for f in parent.figures if f.role in _LEVELS and {f.unit} == units]
    if not totals or any(f is None or f.role not in _LEVELS for f in firsts):
        return None
    parts = tuple(f for f in firsts if f is not None)
    # Of several numbers that lead to the list, the one that it makes is meant.
    made = sum(f.value for f in parts)
    total = next((f for f in totals if f.value == made), totals[-1])
    if max(f.value for f in parts) > total.value and not nouns(total.what) & {n for f in parts for n in nouns(f.what)}:
        # "An investigation into two county lines has led to: 19 arrests": no part is more than its whole.
        return None
    if labelled and abs(made - total.value) > _NEAR * total.value:
        return None
    return Sum(total, parts, whole=False, below=True)


def _of_rows(children: Sequence[Setting], firsts: Sequence[Figure | None]) -> Sum | None:
    """Return the total that the last, or first, of rows is of the others: "All districts 1,055"."""
    told = [f for f in firsts if f is not None]
    if len(told) < 3 or len(told) != len(firsts) or len({f.unit for f in told}) > 1:
        return None
    for place in (-1, 0):
        if _TOTAL_ROW.match(children[place].text) or _ENDS_IN_ALL.search(children[place].text):
            total = told[place]
            parts = tuple(f for f in told if f is not total)
            return Sum(total, parts, whole=False, below=True) if all(f.role in _LEVELS for f in told) else None
    return None


def _is_row(child: Setting) -> bool:
    """Whether a sub-item is no more than a label with its number: "No insurance: 203"."""
    return (
        re.fullmatch(r"(?:\d[\d.]*\s)?\W*[^\d.;]{2,60}[:,–—-]\s*£?[\d,]+\W*|\W*[\d,]+\s+[^\d.;]{2,60}", child.text)
        is not None
    )


def _is_labelled(item: Setting) -> bool:
    """Whether an item is no more than a label and a number behind it: "Sergeants 68"."""
    return re.fullmatch(r"\W*[^\d.;:]{2,60}\s£?\d[\d,]*\W*", item.text) is not None


def _opening(child: Setting) -> Figure | None:
    """The number that a sub-item is about: its only count, else the one it opens with."""
    counts = [f for f in child.figures if f.unit in {"count", "GBP"}]
    if len(counts) == 1:
        return counts[0]
    return counts[0] if counts and not child.text[: child.at(counts[0])[0]].strip(" -–•*()abcdeivx.") else None


def checks_of(settings: Sequence[Setting], found: Sum) -> Iterator[Check]:
    """Yield the check of a total; ``settings`` are its item's, and those of the sub-items its parts stand in."""
    of = {figure: setting for setting in settings for figure in setting.figures}
    whole = found.total.value + sum(part.value for part in found.parts)
    if len(settings) == 1 and any(f.value == whole and f.unit == found.total.unit for f in settings[0].figures):
        # "Collisions: seven. Four on lanes, two on the motorway, one in town": the first is a part like the others.
        return
    made = Interval.at(0)
    for part in found.parts:
        made = made + of[part].interval(part)
    made = Interval(made.low + found.unnumbered, made.high + found.unnumbered)
    total = of[found.total].interval(found.total)
    verdict = Verdict.AGREES
    if not total.meets(made):
        short = made.high < total.low
        if short and found.of:
            return
        verdict = Verdict.INCOMPLETE if short and not found.whole else Verdict.DISAGREES
    unit = found.total.unit
    yield Check(
        item=found.total.item,
        kind=CheckKind.SUM,
        stated=float(found.total.value),
        recomputed=round((made.low + made.high) / 2, 2),
        interval=(made.low, made.high),
        verdict=verdict,
        arithmetic=f"{' + '.join(shown(part.value, part.unit) for part in found.parts)} = {outcome(made, unit)}; "
        f"stated: {shown(found.total.value, unit)}",
        figures=(found.total, *found.parts),
        cause="" if verdict is Verdict.AGREES else causes.of_sum(float(found.total.value), (made.low + made.high) / 2),
    )
