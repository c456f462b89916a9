"""Every number of an item that measures something: value, unit, what, period, role, measure.

``numbers`` reads the amounts, ``periods`` and ``number_names`` tell dates and names apart from them, ``roles`` says
what part each plays, ``phrases`` what is counted, ``measures`` which measure of the vocabulary it belongs to.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.mentions.measures import MeasurePattern, match_measure
from graph.mentions.number_names import is_name, name_spans, one_counts
from graph.mentions.numbers import LONG_SPANS, Amount, read_amounts
from graph.mentions.periods import Period, find_periods, resolve_period
from graph.mentions.phrases import after_number, is_partitive, predicate, subject
from graph.mentions.roles import Setting, is_measured_time, is_standard, role_and_unit
from graph.mentions.sentences import sentence_at, sentences
from graph.model import Figure, Item, Quarter, Role

_BEFORE, _AFTER = 240, 160
_BREAK = re.compile(
    r"[;()]|[:,]\s|\s[-–]\s|\b(?:compared|compares|comparison|when|which|than|versus|vs|while|whilst|but)\b|\bfrom\s+(?=(?:the\s+)?[\d£])|\bon\s+the\s+(?=\d)",
    re.IGNORECASE,
)
_COMPARING = re.compile(r"^(?:compar\w+|when|than|versus|vs|from|on)\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:previous|preceding|prior)\s+(?:financial\s+)?(?:quarter|year|month|week|period|reporting\s+period)\b|\b(?:last|previous|preceding)\s+(?:financial\s+)?year\b|"
    r"\b(?:ago|earlier)\b",
    re.IGNORECASE,
)
_BEFORE_NOW = re.compile(r"\b(?:previous|preceding|prior|same)\b", re.IGNORECASE)
_LAST = re.compile(r"\blast\s+(?:quarter|month|week|period)\b", re.IGNORECASE)
_ACTIVITY_BEFORE = re.compile(
    r"\b(?:for|lasting|lasted|lasts?|every|over|during|after|across|next|past|last|first|following|in)\s+(?:(?:a|an|the|up\s+to|over|about|around|"
    r"at\s+least|more\s+than|almost|nearly|just|just\s+over|approximately|further|of)\s+)*$",
    re.IGNORECASE,
)
_ACTIVITY_AFTER = re.compile(r"\s+(?:each|of|long|later|after|before|ago|away|earlier|at\s+a\s+time|in\s+(?:prison|jail|custody)|imprisonment)\b", re.IGNORECASE)
_HOURS_AFTER = re.compile(r"\s+(?:[a-z][\w-]*\s+){1,3}hours\b", re.IGNORECASE)
_DAYS_OF = re.compile(r"\s+of\s+(?:action|activity|engagement|training|activism|community|leave)\b", re.IGNORECASE)
_RANGE = re.compile(r"\s?[-–—]\s?|\s+to\s+")
_FIXED = frozenset({Role.COMPARISON_VALUE, Role.CHANGE_ABS, Role.CHANGE_PCT})
_CLAUSE = re.compile(r"[;()]|,\s|:\s|\s[-–]\s|\bwhen\b|\bwhich\b|\band\b(?=[^,;]{0,60}\b(?:was|were|is|are|has|have)\b)")




def find_figures(item: Item, quarter: Quarter | None, measures: Sequence[MeasurePattern]) -> tuple[Figure, ...]:
    """Every number of the item that measures something, in reading order, none overlapping.

    Offsets are those of the document (``item.start`` added). ``quarter`` is the report's; it tells earlier periods
    from the present one. A range ("60-80 contacts") gives two figures. Dates, lengths of activities, telephone
    names, ranks, pages, roads, ages and references are left out.
    """
    text = item.text
    periods = find_periods(text)
    spans = sentences(text)
    amounts = _measuring(text, periods, spans)
    by_sentence: dict[tuple[int, int], list[Amount]] = {}
    for amount in amounts:
        by_sentence.setdefault(sentence_at(spans, amount.start), []).append(amount)
    figures: list[Figure] = []
    for sentence, members in by_sentence.items():
        within = [p for p in periods if sentence[0] <= p.start < sentence[1]]
        figures += _of_sentence(item, sentence, members, within, quarter, measures, figures[-1] if figures else None)
    return tuple(figures)


def _measuring(text: str, periods: Sequence[Period], spans: tuple[tuple[int, int], ...]) -> list[Amount]:
    """The amounts that are neither part of a period or a name nor the pronoun "one"."""
    blocked = sorted([(p.start, p.end) for p in periods] + list(name_spans(text)))
    ends: list[int] = []
    for _, end in blocked:
        ends.append(max(end, ends[-1] if ends else 0))
    starts = [start for start, _ in blocked]

    def free(amount: Amount) -> bool:
        index = bisect_right(starts, amount.end - 1) - 1
        return index < 0 or ends[index] <= amount.start

    kept = [a for a in read_amounts(text) if free(a) and not is_name(text, a)]
    counts = {sentence_at(spans, a.start) for a in kept if not (a.spelled and a.value == 1)}
    return [
        a
        for a in kept
        if not (a.spelled and a.value == 1 and a.unit == "count") or one_counts(text, a, sentence_at(spans, a.start) in counts)
    ]


def _of_sentence(
    item: Item,
    sentence: tuple[int, int],
    amounts: list[Amount],
    periods: list[Period],
    quarter: Quarter | None,
    measures: Sequence[MeasurePattern],
    before: Figure | None,
) -> list[Figure]:
    """The figures of one sentence; ``before`` is the last one of the sentences before it."""
    text = item.text
    breaks = list(_BREAK.finditer(text, sentence[0], sentence[1]))
    found: list[Figure] = []
    previous: tuple[Amount, Role] | None = None
    for index, amount in enumerate(amounts):
        own = _own_period(text, sentence, amount, periods, breaks, amounts, index)
        leading = _leading_period(sentence, periods, breaks, amount)
        setting = _setting(text, sentence, amount, previous)
        setting = replace(
            setting,
            earlier=_is_earlier(own, quarter, setting.bracketed) or (own is None and leading is not None and leading.start < amount.start and bool(_BEFORE_NOW.search(leading.text))),
            present=own is not None and _is_present(own, quarter),
        )
        following = text[amount.end : amount.end + 60]
        if amount.unit == "count" and _HOURS_AFTER.match(following):
            amount = replace(amount, unit="hour")
        if not _is_kept(amount, setting, following):
            continue
        if amount.unit == "day" and _DAYS_OF.match(following):
            amount = replace(amount, unit="count")
        role, unit = role_and_unit(amount, setting)
        period = own or (_nearest_before(periods, amount) if role is Role.COMPARISON_VALUE else leading)
        latest = found[-1] if found else before
        what = _what(text, sentence, amount, role, latest)
        measure = match_measure(
            text[sentence[0] : sentence[1]], (amount.start - sentence[0], amount.end - sentence[0]), unit, role, measures
        )
        if not measure and latest is not None and what == latest.what and _same_kind(unit, latest.unit):
            measure = latest.measure
        found.append(
            Figure(
                amount.value, unit, what, period.text if period else "", role, item.start + amount.start,
                item.start + amount.end, text[amount.start : amount.end], item.number, measure,
            )  # fmt: skip
        )
        previous = amount, role
    return _ranges(item, found)


def _ranges(item: Item, figures: list[Figure]) -> list[Figure]:
    """Both ends of a range play the same part: "60-80 contacts per day"."""
    for i in range(len(figures) - 2, -1, -1):
        first, second = figures[i], figures[i + 1]
        joint = item.text[first.end - item.start : second.start - item.start]
        if not _RANGE.fullmatch(joint) or first.role in _FIXED or first.unit not in {"count", second.unit}:
            continue
        figures[i] = replace(first, unit=second.unit, role=second.role, what=second.what, measure=second.measure)
    return figures


def _same_kind(unit: str, other: str) -> bool:
    return unit == other or unit in {"percent", "ratio"}


def _is_kept(amount: Amount, setting: Setting, following: str) -> bool:
    """Whether a length of time is a measured one, and not how long an activity ran."""
    if amount.unit not in LONG_SPANS and amount.unit not in {"second", "hour"}:
        return True
    if amount.unit == "day" and _DAYS_OF.match(following):
        return True
    if is_standard(amount, setting):
        return amount.unit in {"second", "hour"} or (amount.unit == "day" and setting.previous is not None)
    idle = bool(_ACTIVITY_BEFORE.search(setting.before) or _ACTIVITY_AFTER.match(following))
    if amount.unit == "second":
        return not idle
    if amount.unit == "hour":
        return amount.value > 72 or not idle
    return not idle and is_measured_time(amount, setting)


def _setting(text: str, sentence: tuple[int, int], amount: Amount, previous: tuple[Amount, Role] | None) -> Setting:
    raw = text[max(sentence[0], amount.start - _BEFORE) : amount.start]
    before = re.sub(r"\([^()]*\)", lambda m: " " if m.end() < len(raw) else m[0], raw)
    opened = before.rfind("(")
    bracketed = opened > before.rfind(")")
    gap = text[previous[0].end : amount.start] if previous and amount.start - previous[0].end <= _BEFORE else None
    return Setting(
        before=before.replace("\n", " "),
        inside=before[opened + 1 :].replace("\n", " ") if bracketed else before.replace("\n", " "),
        after=text[amount.end : min(sentence[1], amount.end + _AFTER)].replace("\n", " "),
        gap=gap.replace("\n", " ") if gap is not None else None,
        previous=previous[1] if previous else None,
        previous_unit=previous[0].unit if previous else "",
        bracketed=bracketed,
    )


def _own_period(
    text: str,
    sentence: tuple[int, int],
    amount: Amount,
    periods: list[Period],
    breaks: list[re.Match[str]],
    amounts: list[Amount],
    index: int,
) -> Period | None:
    """The period in the number's own stretch of the sentence: after it if there is one, else before it."""
    starts = [b.start() for b in breaks]
    left_index = bisect_right(starts, amount.start) - 1
    left = breaks[left_index].end() if left_index >= 0 else sentence[0]
    right_index = bisect_right(starts, amount.end - 1)
    right = breaks[right_index].start() if right_index < len(breaks) else sentence[1]
    following = amounts[index + 1] if index + 1 < len(amounts) else None
    after = [p for p in periods if amount.end <= p.start < right]
    if after:
        rival = following is not None and following.start < after[0].start
        if not rival or re.search(r"\band\b|,", text[amount.end : following.start if following else amount.end]):
            return after[0]
    if right < sentence[1] and text[right] == "(" and not text[amount.end : right].strip():
        inner = [p for p in periods if right < p.start and not text[right + 1 : p.start].strip() and text[p.end : p.end + 1] in {")", ",", ";"}]
        if inner:
            return inner[0]
    before = [p for p in periods if left <= p.start and p.end <= amount.start]
    if before:
        return before[-1]
    # "(Q3: 9.1 seconds)": a period as the label of a number.
    labelled = [p for p in periods if p.end <= amount.start and re.fullmatch(r"\s*(?:[a-z]+\s*){0,2}:\s*", text[p.end : amount.start])]
    return labelled[-1] if labelled else None


def _leading_period(sentence: tuple[int, int], periods: list[Period], breaks: list[re.Match[str]], amount: Amount) -> Period | None:
    """The first period of the sentence that is not what the sentence compares with."""
    for period in periods:
        before = [b for b in breaks if b.end() <= period.start]
        if not before or not _COMPARING.match(before[-1][0]):
            return period if period.start < amount.start or len(periods) == 1 or not before else None
    return None


def _nearest_before(periods: list[Period], amount: Amount) -> Period | None:
    earlier = [p for p in periods if p.end <= amount.start]
    return earlier[-1] if earlier else None


def _is_earlier(period: Period | None, quarter: Quarter | None, bracketed: bool) -> bool:
    if period is None:
        return False
    if _EARLIER.search(period.text) or (bracketed and _LAST.search(period.text)):
        return True
    if quarter is None or period.kind != "quarter" or period.text.casefold().startswith(("since", "until")):
        return False
    days = resolve_period(period.text, quarter)
    return days is not None and days[1] < quarter.start


def _is_present(period: Period, quarter: Quarter | None) -> bool:
    if re.search(r"\b(?:this|current)\s+(?:quarter|period|reporting\s+period)\b", period.text, re.IGNORECASE):
        return True
    return quarter is not None and period.kind == "quarter" and resolve_period(period.text, quarter) == (quarter.start, quarter.end)


def _what(text: str, sentence: tuple[int, int], amount: Amount, role: Role, latest: Figure | None) -> str:
    """What the number counts: the nouns after it, else the subject of its clause, else what was counted before."""
    after = text[amount.end : min(sentence[1], amount.end + _AFTER)]
    known = latest.what if latest else ""
    if is_partitive(after):
        return " ".join(filter(None, (known, predicate(after))))
    if amount.unit in {"count", "GBP", "hour"} or role in {Role.RATE}:
        if phrase := after_number(after):
            return phrase
    elif amount.unit in {"percent", "ratio"} and (part := re.match(r"\s+(?:of\s+(?:all\s+|the\s+)?)([^.;,()]{3,80})", after)):
        if phrase := after_number(" " + part[1]):
            return phrase
    start = max(sentence[0], amount.start - _BEFORE)
    lead = text[start : amount.start]
    cuts = [m.end() for m in _CLAUSE.finditer(lead)]
    clause = lead[cuts[-1] :] if cuts else lead
    if phrase := subject(clause):
        return phrase
    if known and not (amount.unit == "count" and role is Role.VALUE):
        return known
    return " ".join(filter(None, (known, predicate(after)))) or predicate(after)
