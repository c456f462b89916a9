"""Every number of an item that measures something: value, unit, what, period, role, measure.

``numbers`` reads the amounts, ``periods`` and ``number_names`` tell dates and names apart from them, ``clauses`` says
which period governs each, ``roles`` what part it plays, ``phrases`` what is counted, ``measures`` which measure of the
vocabulary it gives a value for, ``relations`` what the figures of a sentence are to one another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from graph.mentions.clauses import Clauses, Timing
from graph.mentions.measures import MeasureIndex, MeasurePattern, Words
from graph.mentions.number_names import is_name, name_spans, one_counts
from graph.mentions.numbers import Amount, read_amounts
from graph.mentions.periods import Period, find_periods, frames
from graph.mentions.phrases import after_number, partitive, predicate, subject
from graph.mentions.relations import related
from graph.mentions.roles import is_given, role_and_unit
from graph.mentions.sentences import sentence_at, sentences
from graph.mentions.surroundings import TIMES, Setting
from graph.model import Figure, Item, Quarter, Role

_BEFORE, _AFTER = 240, 160
# A "sentence" of more numbers than that is a table run together: only the words next to a number can speak of it.
_PROSE, _TABLE_BEFORE, _TABLE_AFTER = 100, 24, 24
_HOURS_AFTER = re.compile(
    r"\s+(?:(?!(?:within|in|for|over|after|during|with|by|to|at|on|of|and|or|from|were|was|had|has|have|than|the|a|an"
    r"|every|per|each)\b|\w*(?:teen|ty|hundred)\b)[a-z][\w-]*\s+){1,3}hours\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(?:compared\s+(?:with|to)|as\s+against|versus)\s+$", re.IGNORECASE)
_LASTED = re.compile(
    r"\b(?:for|last(?:s|ed|ing)?|t(?:ake[ns]?|aking|ook)|within|under|of|averag\w+|was|is|than)\s+(?:(?:just|about|over"
    r"|only|under|nearly|almost|up\s+to)\s+)*$",
    re.IGNORECASE,
)
_OF_THAT = re.compile(
    r"\s*(?:\([^()]{1,12}\)\s*)?(?:were|was|is|are|have|has|had|went|came|on|in|for|at|by|to)\b", re.IGNORECASE
)
_CHANGED = re.compile(
    r"\s+(?:longer|shorter|quicker|faster|slower|more|less|fewer|sooner|on\s+average)\b", re.IGNORECASE
)
_WHICH = re.compile(
    r"\s*(?:,\s*)?(?:and\s+)?(?:of\s+(?:which|these|those|them|this)|including)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_MEASURED = frozenset({"hour", "GBP", "day", "mile", "second"})
_THEN = re.compile(
    r"[^\d.]{0,40}\b(?:before|last|previous\w*|earlier|ago|from|against|compared\s+(?:with|to)|was|than)\b[^\d.]{0,20}",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(r"\s+(?:more|fewer|less)\s+than\b")
_NOTHING_AFTER = re.compile(
    r"\s*(?:$|[.,;:)–—]|-\s|(?:previously|before|earlier|last\s+(?:year|quarter)|a\s+year|of\s+(?:the\s+previous|last))\b)"
)
_OF_WHICH_REACH = 60
_DAYS_OF = re.compile(r"\s+of\s+(?:action|activity|engagement|training|activism|community|leave)\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:in|during|for|at|over|of|on|by)\s+(?:the\s+)?$|\bthe\s+$", re.IGNORECASE)
_THIS = re.compile(r"\s*(?:This|That|It|These)\b")
_SHARE_OF = re.compile(r"\s+of\s+(?:all\s+|the\s+)?([^.;,()]{3,80})")
_CHANGES = frozenset({Role.CHANGE_ABS, Role.CHANGE_PCT})
_CLAUSE = re.compile(
    r"[;()]|,\s|:\s|\s[-–]\s|\bwhen\b|\bwhich\b|\band\b(?=[^,;]{0,60}\b(?:was|were|is|are|has|have)\b)"
)


def find_figures(item: Item, quarter: Quarter | None, measures: Sequence[MeasurePattern]) -> tuple[Figure, ...]:
    """Every number of the item that measures something, in reading order; those stated never overlap.

    Offsets are those of the document (``item.start`` added). ``quarter`` is the report's; it tells earlier periods
    from the present one. A range ("60-80 contacts") gives two figures. Dates, lengths of time that only date
    something, telephone names, ranks, pages, roads, ages and references are left out. After a change stands the
    earlier value that it implies, where its sentence states the present one: that span holds the change's words.
    """
    text = item.text
    periods = find_periods(text)
    spans = sentences(text)
    amounts = _measuring(text, periods, spans)
    by_sentence: dict[tuple[int, int], list[Amount]] = {}
    for amount in amounts:
        by_sentence.setdefault(sentence_at(spans, amount.start), []).append(amount)
    figures: list[Figure] = []
    reader = _Reader(item, Clauses(text, periods, quarter), MeasureIndex(measures), _blanked(text, periods))
    for sentence, members in by_sentence.items():
        figures += reader.of_sentence(sentence, members)
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
        if not (a.spelled and a.value == 1 and a.unit == "count")
        or one_counts(text, a, beside_others=sentence_at(spans, a.start) in counts)
    ]


class _Reader:
    """Reads an item sentence by sentence, keeping what was counted last."""

    def __init__(self, item: Item, clauses: Clauses, measures: MeasureIndex, blanked: str) -> None:
        self.item, self.clauses, self.measures, self.blanked = item, clauses, measures, blanked
        self.words, self.blanked_words = Words(item.text), Words(blanked)
        self.context = self.words.all() | Words(item.heading).all()
        self.head = ""
        self.latest: Figure | None = None
        self.topic: Figure | None = None
        """The first figure of the sentence before: what "This compares to ..." speaks of."""

    def of_sentence(self, sentence: tuple[int, int], amounts: list[Amount]) -> list[Figure]:
        """The figures of one sentence, in order."""
        text = self.item.text
        reach = (_BEFORE, _AFTER) if len(amounts) <= _PROSE else (_TABLE_BEFORE, _TABLE_AFTER)
        found: list[Figure] = []
        times: list[Period | None] = []
        previous: tuple[Amount, Role] | None = None
        for read, following in zip(amounts, [*amounts[1:], None], strict=True):
            timing = self.clauses.timing(sentence, read, following)
            after = text[read.end : read.end + 60]
            amount = self._in_its_unit(read, previous, after)
            setting = replace(
                _setting(text, sentence, amount, previous, reach), earlier=timing.earlier, present=timing.present
            )
            given = read if amount.unit in {"day", "second"} else amount
            if not _is_kept(given, setting, after):
                continue
            if amount.unit == "day" and _DAYS_OF.match(after):
                amount = replace(amount, unit="count")
            role, unit = role_and_unit(amount, setting)
            figure = self._figure(sentence, amount, (role, unit), self._period(timing, role), setting, reach)
            found.append(figure)
            times.append(timing.own)
            self.latest = figure
            previous = amount, role
        self.topic = found[0] if found else self.topic
        return related(self.item, self.clauses, sentence, found, times)

    def _in_its_unit(self, amount: Amount, previous: tuple[Amount, Role] | None, after: str) -> Amount:
        """Give a bare number the unit that other words hold: "40 volunteer hours", "90 hours, of which 20 were ..."."""
        if amount.unit != "count":
            return amount
        if _HOURS_AFTER.match(after):
            return replace(amount, unit="hour")
        if previous is not None and previous[0].unit in {"hour", "GBP", "mile"} and _MORE_THAN.match(after):
            return replace(amount, unit=previous[0].unit)
        if (
            previous is not None
            and previous[0].unit in _MEASURED
            and _THEN.fullmatch(self.item.text, previous[0].end, amount.start)
        ):
            return _in_the_unit_of(self.item.text, amount, previous[0]) if _NOTHING_AFTER.match(after) else amount
        if previous is None or previous[0].unit not in {"hour", "GBP"} or amount.value > previous[0].value:
            return amount
        if amount.start - previous[0].end > _OF_WHICH_REACH:
            return amount
        if _WHICH.fullmatch(self.item.text, previous[0].end, amount.start) and _OF_THAT.match(after):
            return replace(amount, unit=previous[0].unit)
        return amount

    def _period(self, timing: Timing, role: Role) -> Period | None:
        """The period that a figure's words give: of a change never the one that it is measured from."""
        own = timing.own
        if role in _CHANGES and own is not None and self.clauses.is_base(own):
            own = None
        return own or (timing.latest if role is Role.COMPARISON_VALUE else timing.leading)

    def _figure(
        self,
        sentence: tuple[int, int],
        amount: Amount,
        kind: tuple[Role, str],
        period: Period | None,
        setting: Setting,
        reach: tuple[int, int],
    ) -> Figure:
        (role, unit), text, start = kind, self.item.text, self.item.start
        sentence = max(sentence[0], amount.start - reach[0]), min(sentence[1], amount.end + reach[1])
        what, self.head = _what(self.blanked, sentence, amount, setting, self.head)
        following = self.blanked[amount.end : min(sentence[1], amount.end + _AFTER)]
        counted = bool(after_number(following))
        span = amount.start, amount.end
        readings = (
            self.measures.match(words, sentence, span, unit, role, counted=counted, context=self.context)
            for words in (self.words, self.blanked_words)
        )
        measure = next(filter(None, readings), "")
        if not measure and self.latest is not None and _leans(what, unit, role, self.latest):
            measure = self.latest.measure
        elif not measure and role is Role.COMPARISON_VALUE and setting.gap is None and _THIS.match(setting.before):
            measure = self.topic.measure if self.topic is not None and self.topic.unit == unit else ""
        return Figure(
            amount.value, unit, what, period.text if period else "", role, start + amount.start, start + amount.end,
            text[amount.start : amount.end], self.item.number, measure,
        )  # fmt: skip


def _in_the_unit_of(text: str, amount: Amount, told: Amount) -> Amount:
    """A bare number in the unit of the one before it, minutes and seconds as they are told: "14 seconds, from 9"."""
    words = text[told.start : told.end].casefold()
    if told.unit == "second" and ("sec" in words) is ("min" in words):
        return amount
    minutes = told.unit == "second" and "min" in words
    return replace(amount, unit=told.unit, value=amount.value * 60 if minutes else amount.value)


def _leans(what: str, unit: str, role: Role, latest: Figure) -> bool:
    """Whether a figure without words of its own belongs to the measure of the one before ("3,441 more calls")."""
    kin = unit == latest.unit or {unit, latest.unit} & {"percent", "ratio"}
    if not kin or role not in {Role.COMPARISON_VALUE, Role.CHANGE_ABS, Role.CHANGE_PCT}:
        return False
    return not what or what == latest.what or latest.what.split(" ")[-1:] == what.split(" ")[-1:]


def _is_kept(amount: Amount, setting: Setting, following: str) -> bool:
    """Whether a length of time is a measure, and does not only date another figure."""
    if amount.unit not in TIMES or amount.change or _COMPARED.search(setting.before):
        return True
    if (amount.unit == "day" and _DAYS_OF.match(following)) or (not amount.attributive and is_given(amount, setting)):
        return True
    if amount.spelled and amount.value == 1 and amount.unit != "second" and not _LASTED.search(setting.before):
        return False
    return (
        not frames(setting.before[-120:], following, amount.value, amount.unit, attributive=amount.attributive)
        or _CHANGED.match(following) is not None
    )


def _setting(
    text: str, sentence: tuple[int, int], amount: Amount, previous: tuple[Amount, Role] | None, reach: tuple[int, int]
) -> Setting:
    raw = text[max(sentence[0], amount.start - reach[0]) : amount.start].replace("\n", " ")
    before = re.sub(r"\([^()]*\)", lambda m: " " if m.end() < len(raw) else m[0], raw)
    opened = before.rfind("(")
    bracketed = opened > before.rfind(")")
    gap = text[previous[0].end : amount.start] if previous and amount.start - previous[0].end <= reach[0] else None
    return Setting(
        before=before,
        inside=before[opened + 1 :] if bracketed else before,
        after=text[amount.end : min(sentence[1], amount.end + reach[1])].replace("\n", " "),
        gap=gap.replace("\n", " ") if gap is not None else None,
        previous=previous[1] if previous else None,
        previous_unit=previous[0].unit if previous else "",
        bracketed=bracketed,
    )


def _what(text: str, sentence: tuple[int, int], amount: Amount, setting: Setting, head: str) -> tuple[str, str]:
    """What the number counts, and the noun that later numbers of the item may lean on ("55 processed for ...").

    The nouns after the number, else the subject of its clause, else what was counted before. ``text`` has its
    periods blanked out.
    """
    after = text[amount.end : min(sentence[1], amount.end + _AFTER)].replace("\n", " ")
    part = partitive(after)
    if part is not None:
        return (part, part) if part else (_joined(head, predicate(after)), head)
    if amount.unit not in {"percent", "percentage-point", "second", "ratio"}:
        money = re.match(r"\s+(?:in|of|worth\s+of)(?=\s)", after) if amount.unit != "count" else None
        phrase = after_number(after[money.end() :] if money else after)
        if amount.unit == "hour" and text[amount.start : amount.end].endswith("s"):
            phrase = _joined("hours of" if money else "hours", phrase)
        if phrase:
            return phrase, phrase
    elif (share := _SHARE_OF.match(after)) and (phrase := after_number(" " + share[1])):
        return phrase, phrase
    lead = text[max(sentence[0], amount.start - _BEFORE) : amount.start].replace("\n", " ")
    lead = lead[lead.rfind("(") + 1 :] if setting.bracketed else re.sub(r"\([^()]*\)", " ", lead)
    cuts = [m.end() for m in _CLAUSE.finditer(lead)]
    clause = lead[cuts[-1] :] if cuts else lead
    shared = setting.gap is not None and len(clause) > len(setting.gap)
    if not (shared and amount.unit == "count") and (phrase := subject(clause)):
        return phrase, phrase
    if amount.unit == "count" and setting.previous is not Role.CHANGE_PCT:
        return _joined(head, predicate(after)), head
    return head, head


def _joined(*words: str) -> str:
    return " ".join(filter(None, words))


def _blanked(text: str, periods: Sequence[Period]) -> str:
    """The text with its periods, and the prepositions that lead to them, as spaces of the same length."""
    pieces, at = [], 0
    for period in periods:
        lead = _PREPOSITION.search(text[max(at, period.start - 16) : period.start])
        start = period.start - len(lead[0]) if lead else period.start
        pieces += [text[at:start], " " * (period.end - start)]
        at = period.end
    return "".join(pieces) + text[at:]
