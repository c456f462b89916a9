"""Words of comparison against numbers: "fewer cyclists were hurt: 37, when it had been 29"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from graph.audit import causes
from graph.audit.arithmetic import outcome, shown
from graph.audit.pairs import levels_of, neighbours
from graph.audit.passages import is_bare
from graph.audit.setting import LEVELS, Setting
from graph.audit.words import DOWN, UP, same_subject
from graph.mentions.movement import A_FALL, A_RISE, FALLEN, RISEN
from graph.mentions.surroundings import TIMES
from graph.model import Check, CheckKind, Figure, Role, Verdict

_MOVED = re.compile(
    rf"\b(?:(?P<up>{RISEN}|{A_RISE}|up|upwards?|higher|more|above|outnumber\w*|longer|slower|over|doubl\w+|mount(?:ed|ing)"
    rf"|(?-i:larger|bigger|greater|busier)|(?:sur)?pass(?:ed|es|ing)\s+(?:its|the|our|their|last|that)|overt(?:ook|ak\w+)|outstrip\w*|top(?:ped|s)\s+(?:the|last))"
    rf"|(?P<down>{FALLEN}|{A_FALL}|down|downwards?|lower|fewer|less|below|beneath|shorter|quicker|faster|under|(?-i:smaller|quieter)|fell\s+short))\b",
    re.IGNORECASE,
)
_MOVED_TO = re.compile(rf"\b(?:{RISEN}|{FALLEN})\s+to\s+(?:just\s+|only\s+)?$", re.IGNORECASE)
_MOVED_TIME = re.compile(
    r"\b(?:(?P<up>wors\w+|deteriorat\w+|slow\w*)|(?P<down>improv\w+|better|quick\w*|sped\s+up|speed\w*))\b",
    re.IGNORECASE,
)
"""Of how long something takes: what is worse is longer."""
_OUTNUMBER = re.compile(r"\boutnumber\w*\b[^.;\d]*$", re.IGNORECASE)
_OUTNUMBER_TO = re.compile(r"\boutnumber\w*\b[^.;\d]*\d[\d,]*\s+(?:to|by)\s+\d", re.IGNORECASE)
_SAME = re.compile(
    r"\b(?:unchanged|no\s+change|identical|(?:exactly|remained|stayed|was|were)\s+the\s+same(?!\s+\w+\s+(?:last|in|of)))\b",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(r"\b(?:more|fewer|less|higher|lower|better|worse|rather|other)\s+than\b", re.IGNORECASE)
_NOT_ABOUT = re.compile(
    r"\b(?:no\s+(?:fewer|less|more)\s+than|(?<!went\s)(?<!gone\s)(?<!going\s)(?<!is\s)(?<!are\s)(?<!was\s)(?<!were\s)up\s+to|over\s+(?:the|a|this|that|last)|more\s+(?:than\s+)?\d|follow\w*\s+up|set\s+up|made\s+up|carried\s+out\s+more"
    r"|picked\s+up|signed\s+up|under\s+(?:the|operation|way)|cut\s+(?:off|out))",
    re.IGNORECASE,
)
_BEAT = re.compile(
    r"\b(?:(?P<beaten>beat\w*|surpass\w*|better(?:ed|ing)|ahead\s+of|outperform\w*)|(?P<up>exceed\w*|above|higher\s+than|over)"
    r"|(?P<met>met|achiev\w+|reached|hit|got\s+there|on\s+target|fulfilled|satisfied|kept|honoured)"
    r"|(?P<missed>miss\w*|short\s+of|behind|fell\s+short|breach\w*|failed)|(?P<down>below|under|lower\s+than))\b",
    re.IGNORECASE,
)
_OWN_WORD = re.compile(
    r"\s+(?:the|our|its|that|this)?\s*(?:[\w-]+\s+){0,2}?(?:target|aim|goal|standard|ambition|benchmark|promise|pledge|limit|ceiling)\b",
    re.IGNORECASE,
)
_TARGET_WAS = re.compile(
    r"\b(?:target|aim|goal|standard|ambition|promise|pledge|limit|ceiling|benchmark)\b[^.;\n]*\b(?:was|is|were|been|being)\s+(?:[a-z]+ly\s+|just\s+)?$",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:(?P<up>over|more\s+than|at\s+least|in\s+excess\s+of|upwards\s+of)|(?P<down>under|fewer\s+than|less\s+than|up\s+to))\s+$",
    re.IGNORECASE,
)
_IN_FACT = re.compile(
    r"[;.–—,:]\s[^\d;.]*\b(?:in\s+fact|actual\w*|exact\w*|count|precise\w*)\b[^\d;.]{0,40}$", re.IGNORECASE
)
_EXACTLY = re.compile(r"\s*(?:to\s+be\s+(?:exact|precise)|exactly|precisely|in\s+fact)\b", re.IGNORECASE)
_IN_BRACKET = re.compile(r"[^\d.;:()]{0,60}\(\s*")
_AT_MOST = re.compile(
    r"\b(?:below|under|within|no\s+more\s+than|less\s+than|fewer\s+than|at\s+most|maximum(?:\s+of)?|inside|ceiling\s+of)\s+$",
    re.IGNORECASE,
)
"""Before a target that is kept by staying under it."""
_RATING = re.compile(
    r"(?:\b(?:status|rag|rating)\b\W{1,3}(?:is\s+|rating\W+)?|[(|]\s*)(?:(?P<missed>red|not\s+(?:met|achieved)|missed|below\s+target)"
    r"|(?P<met>green|met|achieved|on\s+target))\b",
    re.IGNORECASE,
)
"""How a rating says that a target was met or missed."""
_NEAR = 40
_EACH = re.compile(r"\s*(?:an?|per|each|every)\b", re.IGNORECASE)
_LONGER = re.compile(
    r"\b(?:annual\w*|yearly|a\s+year|(?:for|in|over|during)\s+the\s+(?:whole\s+|financial\s+)?year|full-year|year-end|(?:two|three|four|five)\s+years"
    r"|by\s+(?:next\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December|spring|summer"
    r"|autumn|winter|Christmas|20\d\d|(?:the\s+)?(?:end\s+of\s+)?(?:the\s+|this\s+|next\s+)?(?:financial\s+)?year))\b",
    re.IGNORECASE,
)
"""Beside a target of a longer time than a value is of, which says nothing of how far it should have come by now."""
_AT = re.compile(r"\bat\s+(?:just\s+|only\s+)?$", re.IGNORECASE)
_PROMISED = re.compile(
    r"\b(?:(?:promised|pledged|undertook|committed|aimed|planned|set\s+out|agreed)\s+(?:ourselves\s+)?(?:(?:to|for)\s+)?(?:(?:hold|run|make|visit|train|recruit|carry\s+out)\s+)?"
    r"|(?:our|the)\s+(?:aim|goal|target|promise|pledge|ambition)\s+(?:was|had\s+been)\s+)$",
    re.IGNORECASE,
)
"""Before a number that was promised, and so is a target whatever its role."""
_HIGHEST = re.compile(
    r"\b(?:highest|most|largest|biggest|greatest|busiest|top|hardest\s+hit|worst\s+(?:hit|affected)|heaviest|led\s+the)\b",
    re.IGNORECASE,
)
_LOWEST = re.compile(r"\b(?:lowest|fewest|smallest|least|quietest)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r";|\b(?:before|followed\s+by|ahead\s+of|then|next|while|whereas|against|compared)\b", re.IGNORECASE
)
_THAN = re.compile(
    r"\b(?P<word>more|fewer|less|higher|lower)\s+(?P<one>[a-z]+)(?:\s+[a-z]+){0,3}?\s+than\s+(?P<other>[a-z]+)\b",
    re.IGNORECASE,
)


def checks_of(setting: Setting, claimed: set[Figure]) -> Iterator[Check]:
    """Yield the checks of words of comparison; ``claimed`` values already stand in a change that is checked."""
    done: set[Figure] = set()
    for pair in neighbours(setting):
        now, base = pair.now, pair.base
        if now is None or base is None or {now, base} & (claimed | done):
            continue
        if (said := _said(setting, now, base)) is not None:
            done |= {now, base}
            yield _check(setting, now, base, said)
    yield from _bounds(setting)
    yield from _extremes(setting)
    yield from _than(setting)


def of_targets(setting: Setting) -> Iterator[Check]:
    """Yield the checks of words that say whether a target was met; shares may be held to one as well as explained."""
    yield from _targets(setting)
    yield from _rated(setting)


def _check(setting: Setting, now: Figure, base: Figure, said: int, words: str = "") -> Check:
    held = setting.interval(base)
    made = setting.interval(now) - held
    agrees = {UP: made.high > 0, DOWN: made.low < 0, 0: made.low <= 0 <= made.high}[said]
    spoken = words or {UP: "up", DOWN: "down", 0: "unchanged"}[said]
    return Check(
        item=setting.item.number,
        kind=CheckKind.COMPARISON,
        stated=float(now.value),
        recomputed=float(base.value),
        interval=(held.low, held.high),
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        arithmetic=f"{shown(now.value, now.unit)} − {shown(base.value, base.unit)} = {outcome(made, now.unit)}; "
        f"the words say {spoken}",
        figures=(now, base),
        cause="" if agrees else causes.DIRECTION,
    )


def _said(setting: Setting, now: Figure, base: Figure) -> int | None:
    """Which way the words of their sentence say that two values went; None where they say nothing, or both ways."""
    first, second = sorted((now, base), key=lambda f: f.start)
    if setting.sentence(first) != setting.sentence(second):
        return None
    if _MOVED_TO.search(setting.before(base, 40)):
        # "whose numbers had sunk to nine": what went down came to this value, and not from it.
        return None
    start = setting.spans[setting.sentence(first)][0]
    lead = setting.text[start : setting.at(first)[0]]
    joint = setting.between(first, second)
    if joint.strip().casefold() in {"to", "by"} and _OUTNUMBER.search(lead):
        # "Reports outnumber calls, 3,480 to 3,150": not from the one to the other, the first is the larger.
        return UP if first is now else DOWN
    tail = setting.after(second, 60)
    others = [
        f
        for f in setting.figures
        if f not in (now, base) and start <= setting.at(f)[0] < setting.spans[setting.sentence(second)][1]
    ]
    if others:
        # With more numbers about, only words that stand right beside these two speak of them.
        lead, tail = re.split(r"[,;:(]|\band\b", lead)[-1], ""
    tail = re.split(r"[,;]", tail)[0]
    spoken = f"{lead} {joint} {tail}"
    if _SAME.search(spoken):
        return 0
    spoken = _NOT_ABOUT.sub(" ", spoken)
    told = [*_MOVED.finditer(spoken), *(_MOVED_TIME.finditer(spoken) if now.unit == "second" else ())]
    ways = {UP if m["up"] else DOWN for m in told}
    return ways.pop() if len(ways) == 1 else None


def told(setting: Setting, now: Figure, base: Figure, text: str) -> Iterator[Check]:
    """Yield the check of two values that ``text``, which tells of nothing else, says went one way."""
    if _OUTNUMBER_TO.search(text):
        yield _check(setting, now, base, UP if now.start < base.start else DOWN)
        return
    spoken = _NOT_ABOUT.sub(" ", text)
    moved = [*_MOVED.finditer(spoken), *(_MOVED_TIME.finditer(spoken) if now.unit == "second" else ())]
    ways = {UP if m["up"] else DOWN for m in moved}
    if len(ways) == 1 and not _SAME.search(text):
        yield _check(setting, now, base, ways.pop())


def _bounds(setting: Setting) -> Iterator[Check]:
    """Yield checks of "over 500 people came; the count at the gate was 462"."""
    for bound, exact in pairwise(levels_of(setting)):
        said = _BOUND.search(setting.before(bound, 30))
        in_fact = _IN_FACT.search(setting.between(bound, exact)) or _EXACTLY.match(setting.after(exact, 30))
        joint, after = setting.between(bound, exact), setting.after(exact, 1)
        in_bracket = _IN_BRACKET.fullmatch(joint) and after == ")"
        if said and bound.unit == exact.unit and (in_fact or in_bracket):
            yield _check(setting, exact, bound, UP if said["up"] else DOWN, f"“{said[0].strip()} {bound.text}”")


def _targets(setting: Setting) -> Iterator[Check]:
    """Yield checks of words that say a target was met, beaten or missed."""
    aims = [f for f in setting.figures if f.role is Role.TARGET or _PROMISED.search(setting.before(f, 60))]
    if (
        len(aims) == len(setting.figures) == 2
        and aims[0].unit == aims[1].unit
        and _AT.search(setting.before(aims[1], 12))
    ):
        # As in "the target of 95 per cent was missed at 94.2 per cent"
        yield from _held(setting, aims[0], [aims[1]])
        return
    for target in aims:
        values = [
            f for f in setting.figures
            if f not in aims and f.role in LEVELS and f.unit == target.unit
            and abs(setting.sentence(f) - setting.sentence(target)) <= 1
        ]  # fmt: skip
        if (
            not values
            and target.unit == "count"
            and is_bare(setting, target)
            and not _EACH.match(setting.after(target, 12))
        ):
            # "Sickness averaged 7.2 days, under the ceiling of 7": the number alone is of the unit before it.
            near = [f for f in setting.figures if f.role in LEVELS and setting.sentence(f) == setting.sentence(target)]
            values = [f for f in near if f.unit in {"day", "hour", "percent", "mile"}] if len(near) == 1 else []
        yield from _held(setting, target, values)


def _held(setting: Setting, target: Figure, values: list[Figure]) -> Iterator[Check]:
    """Yield the check of the one value that words hold against a target."""
    if len(values) != 1:
        return
    if _is_of_longer(setting, target):
        return
    start = setting.spans[max(0, min(setting.sentence(values[0]), setting.sentence(target)) - 1)][0]
    end = setting.spans[max(setting.sentence(values[0]), setting.sentence(target))][1]
    said = [m for m in _BEAT.finditer(setting.text[start:end]) if _is_of_target(setting, target, start + m.end())]
    if len({_polarity(m) for m in said}) != 1:
        return
    # "Met the standard, beating the goal": the stronger word is held against the number.
    said.sort(key=lambda m: m["met"] is not None)
    value, aim = setting.interval(values[0]), setting.interval(target)
    less = target.unit in TIMES or _AT_MOST.search(setting.before(target, 40)) is not None
    good = DOWN if less else UP
    if said[0]["met"]:
        if (value.low <= aim.high) if less else (value.high >= aim.low):
            yield _met(setting, values[0], target)
        else:
            yield _check(setting, values[0], target, good, "that the target was met")
    elif said[0]["beaten"] or said[0]["missed"]:
        yield _check(setting, values[0], target, good if said[0]["beaten"] else -good, f"“{said[0][0]}”")
    else:
        yield _check(setting, values[0], target, UP if said[0]["up"] else DOWN, f"“{said[0][0]}”")


def _is_of_longer(setting: Setting, target: Figure) -> bool:
    """Whether a target is one that values add up to over a longer time: "600 visits by March"."""
    around = f"{setting.before(target, 40)} . {setting.after(target, 60)}"
    return target.unit in {"count", "GBP", "hour"} and _LONGER.search(around) is not None


def _polarity(said: re.Match[str]) -> str:
    """Whether a word says that a target was kept, missed, or only on which side of it a value lies."""
    return "good" if said["met"] or said["beaten"] else str(said.lastgroup)


def _rated(setting: Setting) -> Iterator[Check]:
    """Yield checks of a rating: "Charge rate 12.8%. Target 14%. Status: GREEN"."""
    said = _RATING.search(setting.text)
    targets = [f for f in setting.figures if f.role is Role.TARGET]
    if said is None or len(targets) != 1:
        return
    aim = targets[0]
    values = [f for f in setting.figures if f.role in LEVELS and f.unit == aim.unit]
    if len(values) != 1 or _is_of_longer(setting, aim):
        return
    value, held = setting.interval(values[0]), setting.interval(aim)
    less = aim.unit in TIMES or _AT_MOST.search(setting.before(aim, 40)) is not None
    met = value.low <= held.high if less else value.high >= held.low
    if met and said["met"]:
        yield _met(setting, values[0], aim)
    else:
        good = (DOWN if less else UP) if said["met"] else (UP if less else DOWN)
        yield _check(setting, values[0], aim, good, f"“{said[0].strip()}”")


def _is_of_target(setting: Setting, target: Figure, end: int) -> bool:
    """Whether a word speaks of the target: it stands right before its number, or before the word "target" itself."""
    told = setting.text[:end]
    if _TARGET_WAS.search(setting.text[: setting.text.rfind(" ", 0, end) + 1]) or told.casefold().endswith("got there"):
        return True
    return bool(_OWN_WORD.match(setting.text[end:])) or bool(
        end <= setting.at(target)[0] <= end + _NEAR and not re.search(r"\d", setting.text[end : setting.at(target)[0]])
    )


def _met(setting: Setting, value: Figure, target: Figure) -> Check:
    return Check(
        item=setting.item.number,
        kind=CheckKind.COMPARISON,
        stated=float(value.value),
        recomputed=float(target.value),
        interval=None,
        verdict=Verdict.AGREES,
        arithmetic=f"{shown(value.value, value.unit)} meets {shown(target.value, target.unit)}",
        figures=(value, target),
    )


def _extremes(setting: Setting) -> Iterator[Check]:
    """Yield checks of "the highest was A with 12, before B with 9"."""
    for place, (start, end) in enumerate(setting.spans):
        sentence = setting.text[start:end]
        high, low = _HIGHEST.search(sentence), _LOWEST.search(sentence)
        if (high is None) == (low is None):
            continue
        word = high or low
        if word is None:
            continue
        listed = [f for f in levels_of(setting) if setting.sentence(f) == place]
        listed = [f for f in listed if setting.at(f)[0] - start > word.end()]
        if (
            len(listed) < 2
            or len({f.unit for f in listed}) > 1
            or not _OTHERS.search(setting.between(listed[0], listed[1]))
        ):
            continue
        if not all(same_subject(listed[0].what, f.what) for f in listed[1:]):
            continue
        rival = max(listed[1:], key=lambda f: f.value if high else -f.value)
        yield _check(setting, listed[0], rival, UP if high else DOWN, f"“{word[0]}”")


def _than(setting: Setting) -> Iterator[Check]:
    """Yield checks of "more men than women joined: 31 men and 36 women"."""
    for claim in _THAN.finditer(setting.text):
        near = [f for f in setting.figures if f.role in LEVELS and f.unit == "count"]
        one = [f for f in near if f.what.casefold().startswith(claim["one"].casefold())]
        other = [f for f in near if f.what.casefold().startswith(claim["other"].casefold())]
        if len(one) == 1 and len(other) == 1 and one != other:
            yield _check(
                setting, one[0], other[0], UP if claim["word"].lower() in {"more", "higher"} else DOWN, f"“{claim[0]}”"
            )
