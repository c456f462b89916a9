"""Tells numbers that are aimed at from those that were reached: targets, promised changes, standards of service."""

from __future__ import annotations

import re

from graph.mentions.numbers import Amount
from graph.mentions.surroundings import ABOUT, PREDICATE_AFTER, RELATIVE, TIMES, Setting
from graph.model import Role

_ACTING = (
    r"(?:aim(?:s|ed|ing)?|ambition(?:\s+is)?|goal(?:\s+is)?|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?"
    r"|intention(?:\s+is)?|hop(?:e|es|ing)|due|scheduled|"
    r"expect(?:s|ed|ing)?|committed|commitment|pledged?|seek(?:s|ing)?|looking|on\s+track|want(?:s)?|set|aspir(?:e"
    r"|es|ing|ation)|objective(?:\s+is)?|funding|funded)"
)
_TARGET_BEFORE = re.compile(
    rf"(?:\btargets?\s+(?:is|was|of|to|for|set|remains?|being|figure|rate|time|level"
    rf"|:)(?:\s+[\w-]+){{0,6}}?\s+{ABOUT}|\btarget\s*[:(=]\s*{ABOUT}|(?:^|[.;|,(]\s*)target\s+(?:is\s+|was\s+)?[<>≤≥]?{ABOUT}|\((?:\w+\s+)?target:?\s+{ABOUT}"
    rf"|\bestablishment\s+of\s+{ABOUT}|\b(?:ceiling|floor|threshold|ambition|limit)\s+of\s+{ABOUT}"
    rf"|\b(?:a|an|the|our|its|their|force|national|against|annual|local|this|that|recruitment|uplift|performance"
    rf"|year-end)\s+(?:[\w-]+\s+)?target\s+{ABOUT}"
    rf"|\b(?:expectation|standard|benchmark)\s+(?:is|was|of|being)\s+{ABOUT}"
    rf"|\b(?:goal|ambition|aspiration|aim)\s+(?:of|for)\s+(?:\w+\s+){{0,4}}?{ABOUT}"
    rf"|\b{_ACTING}\s+to\s+(?:\w+\s+){{1,5}}?{ABOUT}|\bplans?\s+for\s+(?:\w+\s+){{0,3}}?{ABOUT}"
    rf"|\b(?:said|promised|pledged|undertook|agreed)\s+(?:that\s+)?(?:we|they|it|the\s+force)\s+would\s+(?:\w+\s+){{1,4}}?{ABOUT}"
    rf"|\bwill\s+(?:(?!be\s+joined|join)\w+\s+){{1,5}}?{ABOUT})$",
    re.IGNORECASE,
)
_TARGET_AFTER = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:expected|required|demanded|asked|aimed|called)\s+(?:of|by|for|nationally|locally|in\s+the\s+plan)\b"
    r"|\s+(?:service\s+)?(?:ceiling|threshold|ambition)\b|\s+(?:\w+\s+)?target\b(?!\s+(?:address|nominal|offender|individual|group|area|location|premises|hardening"
    r"|of\s+the))|\s+\(target\)"
    r"|\s+(?:is|are|was|were|being)\s+(?:the|our|its|a)\s+(?:\w+\s+)?(?:standard|target|aim|goal)\b",
    re.IGNORECASE,
)
_MOVING = r"(?:achieve|reduce|increase|cut|improve|lower|raise|grow|drive)"
_AIM = re.compile(
    rf"(?:\b(?:(?:priority|{_ACTING}|target)\b[^.;,]{{0,24}}?\bto|will)\s+{_MOVING}\b[^.;]{{0,70}}?\b(?:by"
    rf"|of)\s+{ABOUT}"
    rf"|^\W*(?:Reduce|Increase|Cut|Improve|Achieve|Deliver|Recruit|Raise|Maintain|Grow)\b[^.;]{{0,70}}?{ABOUT})$"
)
_STANDARD = re.compile(
    r"\b(?:within|inside|in\s+(?:under|less\s+than|no\s+more\s+than)|under|in)\s+(?:a\s+|the\s+|the\s+target\s+of\s+"
    r"|target\s+of\s+)?$",
    re.IGNORECASE,
)

_HELD_TO = re.compile(
    r"\b(?:targets?|aim\w*|goal|standards?|should|must|will|shall|promis\w+|pledg\w+|commit(?:s|ted|ment)|expect\w*|ambition"
    r"|objective|benchmark|sla|service\s+level|required|supposed|due)\b[^.;]*$",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"\b(?:answer\w*|pick(?:ed|ing)?\s+up)\s+(?:within|inside|under|in\s+(?:under|less\s+than))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_IN_TIME = re.compile(
    r"\b(?:attend|repl|respond|contact|visit|call|told|updat|assess|read|review|deal|answer|reach|see|saw|offer)\w*\b"
    r"(?:[^.;]|\.\d){0,70}?\b(?:within|inside)\s+(?:a\s+|the\s+)?$",
    re.IGNORECASE,
)
"""A service done, and the words before the time it is to be done within."""
_ALL_OR_SHARE = re.compile(
    r"%|\bper\s+cent\b|\b(?:every|all|each)\b|\b(?:in|out\s+of)\s+(?:every\s+)?(?:ten|five|four)\b", re.IGNORECASE
)
_AVERAGE = re.compile(r"\s*,?\s*(?:on\s+average|in\s+the\s+mean)\b", re.IGNORECASE)
_HELD_TO_AFTER = re.compile(r"\s+\(?(?:service\s+|force\s+|national\s+)?(?:standard|target)\b", re.IGNORECASE)
_CALLED_STANDARD = re.compile(
    r"[\s-](?:(?:service|response|force|national|agreed|local)\s+)?(?:standard|goal|ceiling|benchmark|target|SLA|limit|promise|pledge)\b",
    re.IGNORECASE,
)
_FOR = re.compile(rf"\bfor\s+{ABOUT}$", re.IGNORECASE)


def is_aim(setting: Setting) -> bool:
    """A change that is promised and not made: "aims to cut burglary by 10%", "to recruit 200 more officers"."""
    since = setting.before if setting.gap is None else setting.gap
    return bool(_AIM.search(since)) or bool(
        re.match(r"\s+(?:more|additional|extra|further)\b", setting.after) and _TARGET_BEFORE.search(since)
    )


def is_target(amount: Amount, setting: Setting) -> bool:
    """A value that is to be reached or kept to: "our target of 90", "(target)", a standard of service."""
    if _TARGET_AFTER.match(setting.after) or is_standard(amount, setting):
        return True
    if amount.unit in TIMES and amount.attributive and _CALLED_STANDARD.match(setting.after):
        return True
    if amount.unit in TIMES and (amount.attributive or _FOR.search(setting.before)):
        return False
    since = setting.before if setting.gap is None else setting.gap
    alike = _kind(amount.unit) == _kind(setting.previous_unit)
    if (
        setting.previous is Role.TARGET
        and alike
        and re.fullmatch(rf"(?:\s+[\w'’-]+){{0,4}}?\s*(?:,|,?\s+and|-|–|\s+to)\s*{ABOUT}", since, re.IGNORECASE)
    ):
        return not PREDICATE_AFTER.match(setting.after)
    return bool(_TARGET_BEFORE.search(since))


def is_standard(amount: Amount, setting: Setting) -> bool:
    """Whether a time is one that others are to be held to: "our standard is to reply within 48 hours"."""
    if amount.unit not in TIMES or not _STANDARD.search(setting.before):
        return False
    if _IN_TIME.search(setting.before) and _ALL_OR_SHARE.search(setting.before):
        # Every report is to be read within 12 hours; 88% of homes were visited within the two days promised.
        return True
    if amount.unit == "second" and _ANSWERED.search(setting.before) and not _AVERAGE.match(setting.after):
        # "92 per cent were answered within ten seconds": the limit, and not how long any of them took.
        return True
    return bool(_HELD_TO.search(setting.before[-160:]) or _HELD_TO_AFTER.match(setting.after))


def _kind(unit: str) -> str:
    return "share" if unit in RELATIVE else "time" if unit in TIMES else "number"
