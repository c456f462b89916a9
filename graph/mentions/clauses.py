"""Which period governs a number, and whether it lies before the report's own.

A sentence is cut where its words turn to something else (brackets, stops, "compared to", "when", "than"). A number
takes the period of its own stretch; else the sentence's leading one, unless that is what the sentence compares with.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from graph.mentions.numbers import Amount
from graph.mentions.periods import Period, resolve_period
from graph.model import Quarter

_NEAR = 240
_BREAK = re.compile(
    r"[;()]|[:,]\s|\s[-–]\s|\b(?:compared|compares|comparison|when|which|than|versus|vs|while|whilst|but)\b"
    r"|\bfrom\s+(?=(?:the\s+)?[\d£])|\bon\s+the\s+(?=\d)",
    re.IGNORECASE,
)
_COMPARING = re.compile(r"^(?:compar\w+|when|than|versus|vs|from|on)\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:previous|preceding|prior)\s+(?:financial\s+)?(?:quarter|year|month|week|period|reporting\s+period)\b"
    r"|\b(?:last|previous|preceding)\s+(?:financial\s+)?year\b|"
    r"\b(?:ago|earlier)\b",
    re.IGNORECASE,
)
_LAST = re.compile(r"\blast\s+(?:quarter|month|week|period)\b", re.IGNORECASE)
_SEASON = re.compile(r"\blast\s+(?:winter|spring|summer|autumn|christmas|easter|halloween)\b", re.IGNORECASE)
_SAME_IN = re.compile(r"\bsame\b.*\b(?:of|in)\s+((?:19|20)\d\d)\b(\s?[/–-]\s?\d\d)?", re.IGNORECASE | re.DOTALL)
_BEFORE_NOW = re.compile(r"\b(?:previous|preceding|prior|same)\b", re.IGNORECASE)
_BASE = re.compile(
    r"\b(?:compar\w+(?:\s+(?:to|with))?|than(?:\s+(?:in|at|for))?|from|against|(?:on|over"
    r"|from)\s+the)\s+(?:the\s+)?(?:figures?\s+for\s+)?$",
    re.IGNORECASE,
)
# "from 41 in Q2 to 66": the period is that of the number before.
_TO_NOW = re.compile(r"\s+to\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_IT_WAS = re.compile(
    r"\b(?:whereas|while|whilst|but)\b[^.;]{0,80}\b(?:it|there|they|this|that|the\s+(?:figures?|number|rate|share|total))\s+"
    r"(?:was|were|stood\s+at|had\s+been)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_BASE_REACH = 80
_CONTRAST = re.compile(r"\b(?:while|whilst|whereas|but|now|only|yet)\b", re.IGNORECASE)
_ONE_WORD = re.compile(r"\([\w%.,-]{1,14}\)")


@dataclass(frozen=True, slots=True)
class Timing:
    """What the words say of the time of one number."""

    own: Period | None
    """The period in the number's own stretch of the sentence."""
    leading: Period | None
    """The period that the sentence sets for all its numbers."""
    latest: Period | None
    """The last period named before the number."""
    earlier: bool
    """They place the number before the report's quarter ("in the previous year")."""
    present: bool
    """They place it in the report's quarter."""


class Clauses:
    """The stretches of an item's sentences."""

    def __init__(self, text: str, periods: Sequence[Period], quarter: Quarter | None) -> None:
        # A bracket of one word ("(101)", "(AC)", "(6%)") does not interrupt.
        flat = _ONE_WORD.sub(lambda m: "." * len(m[0]), text)
        self.text, self.periods, self.quarter = text, periods, quarter
        self.breaks = list(_BREAK.finditer(flat))
        self.stops = [b.start() for b in self.breaks]
        self.starts = [p.start for p in periods]

    def timing(self, sentence: tuple[int, int], amount: Amount, following: Amount | None) -> Timing:
        """The time of a number of that sentence; ``following`` is the next number of the sentence."""
        first = bisect_left(self.starts, sentence[0])
        near = self._between(max(sentence[0], amount.start - _NEAR), min(sentence[1], amount.end + _NEAR))
        opening = [p for p in self.periods[first : first + 3] if p.start < sentence[1]]
        own = self._own(sentence, amount, near, following)
        leading = self._leading(sentence, [*opening, *near], amount)
        led = own is None and leading is not None and leading.start < amount.start and _BEFORE_NOW.search(leading.text)
        # "to 88 on the previous quarter": the period after the number is what the sentence compares with.
        measured = own is not None and own.start >= amount.end and self.is_base(own)
        return Timing(
            own=own,
            leading=leading,
            latest=next((p for p in reversed(near) if p.end <= amount.start), None),
            earlier=bool(led) or (not measured and self._is_earlier(own, amount)),
            present=own is not None and self._is_present(own),
        )

    def is_base(self, period: Period) -> bool:
        """Whether the words compare with the period: "than last quarter", "on the same period in 2018"."""
        if period.kind == "date" and self.text[max(0, period.start - 5) : period.start].casefold().endswith(
            ("on ", "from ")
        ):
            return False
        return bool(_BASE.search(self.text[max(0, period.start - 40) : period.start]))

    def base_after(self, amount: Amount, until: int) -> Period | None:
        """The earlier period that a change is measured from: "5,599 fewer than last quarter"."""
        following = self._between(amount.end, min(until, amount.end + _BASE_REACH))
        if not following or re.search(r"[;.(]", self.text[amount.end : following[0].start]):
            return None
        period = following[0]
        return period if self.is_base(period) or self._is_earlier(period, amount) else None

    def is_set_against(self, period: Period, words: str) -> bool:
        """Whether the words set a past time against the present: "..., whereas in 2015 it was a third"."""
        days = resolve_period(period.text, self.quarter)
        return bool(self.quarter and days and days[1] < self.quarter.start and _IT_WAS.search(words[-120:]))

    def is_contrast(self, first: Period, second: Period, words: str) -> bool:
        """Whether the words set a time that ended against a later one: "in May 40, but in June only 12"."""
        if not _CONTRAST.search(words):
            return False
        days, later = resolve_period(first.text, self.quarter), resolve_period(second.text, self.quarter)
        return days is not None and later is not None and days[1] < later[0]

    def _between(self, start: int, end: int) -> list[Period]:
        return list(self.periods[bisect_left(self.starts, start) : bisect_left(self.starts, end)])

    def _own(
        self, sentence: tuple[int, int], amount: Amount, near: list[Period], following: Amount | None
    ) -> Period | None:
        """The period in the number's own stretch: after it if there is one, else before it, else its label."""
        text = self.text
        left_index = bisect_right(self.stops, amount.start) - 1
        left = max(sentence[0], self.breaks[left_index].end()) if left_index >= 0 else sentence[0]
        right_index = bisect_right(self.stops, amount.end - 1)
        right = min(sentence[1], self.stops[right_index]) if right_index < len(self.stops) else sentence[1]
        after = next((p for p in near if amount.end <= p.start < right), None)
        if after is not None:
            rival = following is not None and following.start < after.start
            if not rival or re.search(r"\band\b|,", text[amount.end : following.start if following else amount.end]):
                return after
        if right < sentence[1] and text[right] == "(" and not text[amount.end : right].strip():
            for period in near:
                if right < period.start and not text[right + 1 : period.start].strip():
                    if text[period.end : period.end + 1] in {")", ",", ";"}:
                        return period
                    break
        before = [p for p in near if p.end <= amount.start]
        if before and _TO_NOW.fullmatch(text, before[-1].end, amount.start):
            return None
        if before and before[-1].start >= left:
            return before[-1]
        # "(Q3: 9.1 seconds)": a period as the label of a number.
        label = re.compile(r"\s*(?:[a-z]+\s*){0,2}:\s*")
        return before[-1] if before and label.fullmatch(text, before[-1].end, amount.start) else None

    def _leading(self, sentence: tuple[int, int], periods: list[Period], amount: Amount) -> Period | None:
        """The first period of the sentence that is not what the sentence compares with, and that reaches the number."""
        for period in periods:
            index = bisect_right(self.stops, period.start) - 1
            compared = index >= 0 and self.stops[index] >= sentence[0] and _COMPARING.match(self.breaks[index][0])
            if compared or self.is_base(period) or self._bracketed_off(period, amount):
                continue
            if period.end <= amount.start:
                return period
            between = _ONE_WORD.sub("", self.text[amount.end : period.start])
            return None if len(between) > _NEAR or re.search(r"[;:(]|,\s", between) else period
        return None

    def _bracketed_off(self, period: Period, amount: Amount) -> bool:
        """Return whether a bracket closes between a period in it and the number: "(68 last year), arrested 41"."""
        opened = self.text.rfind("(", 0, period.start)
        return opened > self.text.rfind(")", 0, period.start) and ")" in self.text[period.end : amount.start]

    def _is_earlier(self, period: Period | None, amount: Amount) -> bool:
        """Whether a period lies before the report's: "in the previous year", "(4 last quarter)", "Q3"."""
        if period is None:
            return False
        opened = "(" in self.text[max(0, amount.start - 24) : amount.start]
        bracketed = opened and ")" in self.text[period.end : period.end + 2]
        if self._is_same_earlier(period.text):
            return True
        if _EARLIER.search(period.text) or _SEASON.search(period.text) or (bracketed and _LAST.search(period.text)):
            return True
        if bracketed and self.quarter is not None:
            # As in: 142 roles (130 in March 2022).
            days = resolve_period(period.text, self.quarter)
            if days is not None and days[1] < self.quarter.start:
                return True
        if self.quarter is None or period.kind != "quarter" or period.text.casefold().startswith(("since", "until")):
            return False
        days = resolve_period(period.text, self.quarter)
        return days is not None and days[1] < self.quarter.start

    def _is_same_earlier(self, words: str) -> bool:
        """Whether "the same months of 2022" lie in a year before the report's."""
        found = _SAME_IN.search(words)
        if found is None:
            return False
        present = (self.quarter.year if found[2] else self.quarter.end.year) if self.quarter else None
        return present is None or int(found[1]) < present

    def _is_present(self, period: Period) -> bool:
        if re.search(r"\b(?:this|current)\s+(?:quarter|period|reporting\s+period)\b", period.text, re.IGNORECASE):
            return True
        quarter = self.quarter
        if quarter is None or period.kind != "quarter":
            return False
        return resolve_period(period.text, quarter) == (quarter.start, quarter.end)
