"""The part a figure plays in its sentence: value, comparison, change, share, rate, duration, target.

Judged by the words directly around the number, then by the words that govern its clause. Changes are told first (a
change inside a comparison is still a change), then targets, comparisons, rates, shares and durations.
"""

from __future__ import annotations

import re

from graph.mentions.movement import A_CHANGE, A_FALL, A_RISE, FALLEN, RISEN
from graph.mentions.numbers import Amount
from graph.mentions.surroundings import ABOUT, PREDICATE_AFTER, RELATIVE, TIMES, Setting
from graph.mentions.targets import is_aim, is_target
from graph.model import Role

_NOUNS = rf"(?:{A_RISE}|{A_FALL}|{A_CHANGE}|loss)"
_VERBS = (
    rf"(?:{RISEN}|{FALLEN}|improv(?:ed?|es|ing)|worsen(?:ed|s)?|missed|outnumber(?:ed|s)?|chang(?:ed|es)|mov(?:ed|es)"
    r"|slow(?:ed|s))"
)
_OVERALL = (
    r"(?:(?:overall|year[- ]on[- ]year|annual|net|further|significant|slight|small|large|marked|real|average|"
    r"quarterly|monthly|sustained|substantial|percentage|point|statistically|reported|recorded|seasonal|notable"
    r"|huge|big|welcome|corresponding)\s+)"
)
_CHANGE_AFTER = re.compile(
    rf"[)\s]*\s(?:more|fewer|less|additional|extra|longer|shorter|quicker|faster|slower|higher|lower|better|worse"
    rf"|greater|smaller|"
    rf"earlier|increased|decreased|{_OVERALL}{{0,3}}{_NOUNS}(?!\s+to\s)"
    rf"|(?:above|below|up|down|ahead|short|behind|over|under)(?=\s*(?:[.,;)]\D?|$))"
    rf"|(?:above|below|up|down|ahead|short|behind|over|under)\s+(?:on|from|of|the|its|their|target|average|budget|establishment|forecast|last|that|this"
    rf"|what|our|compar\w+|in\b)|(?:up|down)\s+at(?=\s+[\d£]))\b",
    re.IGNORECASE,
)
_NOT_CHANGE_AFTER = re.compile(
    r"\s(?:more\s+(?:serious|complex|vulnerable|recent|local|visible|experienced|general|specialist|details"
    r"|information)|"
    r"(?:over|under|up|ahead)\s+(?:the|this|these|those)\s+(?:\w+\s+){0,2}(?:period|weekend|quarter|year|months?|weeks?|days|nights|hours|summer"
    r"|christmas)|"
    r"(?:under|over|above|below)\s+the\s+(?!\w*\s*(?:target|average|figure|level|total|previous|same|national"
    r"|force|regional|england|headcount|establishment|strength|number|count|rate|peak|budget|forecast|benchmark"
    r"|baseline|one|score|[\d£]))|"
    r"increased\s+(?!by)|(?:better|higher|lower)\s+(?:quality|risk|harm|education|level|value))",
    re.IGNORECASE,
)
_COUNT_CHANGE_AFTER = re.compile(
    rf"\s(?:[a-z][\w-]*\s+){{1,3}}(?:more|fewer|less|{_NOUNS})\b(?!\s+(?:in\s+the\s+area|order|of)\b)", re.IGNORECASE
)
_SHORT_OF = re.compile(
    r"\s(?:[a-z][\w-]*\s+){1,3}(?:(?:short|shy|ahead)\s+of|(?:up|down)\s+on)\s+(?:last|the|our|its|target|that|what|a)\b",
    re.IGNORECASE,
)
_CHANGE_BEFORE = re.compile(
    rf"(?:\b{_NOUNS}[\"'’”]?(?:\s+(?:was|is|has\s+been|being))?(?:\s+(?:of|by))?\s*:?\s+{ABOUT}"
    rf"|\b{_NOUNS}\s+(?:in|to)\s+[^.;,:()]{{1,60}}?\s(?:of|by|was|is)\s+{ABOUT}"
    rf"|\b{_VERBS}\b[^.;()]{{0,70}}?\sby\s+{ABOUT}"
    rf"|\b{_VERBS}\s+(?:(?:significantly|slightly|sharply|steadily|again|further|overall|marginally"
    rf"|this\s+\w+)\s+)*{ABOUT}"
    rf"|(?<![\w-])(?:up|down)\s+(?:by\s+)?{ABOUT}"
    rf"|\b{_NOUNS}\s+in\s+[^.;,:()]{{1,60}},\s+{ABOUT}|\b(?:variance|variation)(?:\s+(?:of|is|was))?\s*:?\s+{ABOUT}"
    rf"|\b(?:additional|extra)\s+"
    rf"|\b(?:above|below|behind|ahead|beyond|exceeding|beating|missing)\b[^.;()]{{0,40}}?\sby\s+{ABOUT})$",
    re.IGNORECASE,
)
_MADE_UP = re.compile(
    rf"\b(?:mak(?:e|es|ing)|made|took|tak(?:e|es|en|ing)|set|sets|sign(?:s|ed)|rounded|pick(?:s|ed)|called|follow(?:s|ed)"
    rf"|back(?:s|ed)|drawn|put|held|brought|bought|open(?:s|ed)|join(?:s|ed)|look(?:s|ed)|turn(?:s|ed)|clos(?:es|ed)"
    rf"|shut|hunted|tracked|stood|handed|laid|gave|giv\w+|end(?:s|ed))\s+(?:up|down)\s+(?:to\s+)?(?:by\s+)?{ABOUT}$",
    re.IGNORECASE,
)
_COUNT_VERBS = re.compile(
    rf"\b(?:up\s+to|{_VERBS}\s+(?:up\s+)?to)\s+{ABOUT}$|\b(?:cut|raised|missed|lowered|moved|extended"
    rf"|raise)\s+{ABOUT}$",
    re.IGNORECASE,
)
# "Five more defendants were jailed" counts them; "five more than last year" and "with five more officers" change.
_MORE_OF_THEM = re.compile(
    r"\s+(?:more|further|additional)\s+(?:[a-z][\w'’-]*\s+){1,4}?(?:were|was|have|has|had|are|is|came|joined|took"
    r"|pleaded|followed|received|went|[a-z]+ed)\b(?![^.;]*\b(?:than|compar\w+)\b)",
    re.IGNORECASE,
)
_OPENS_CLAUSE = re.compile(r"(?:^|[;:,]\s|\b(?:and|but|while|whilst)\s+|[-–—]\s)\s*$", re.IGNORECASE)
_OUTDID = re.compile(
    r"\b(?:exceed(?:ed|s|ing)|surpass(?:ed|es|ing)|overtook|overtak(?:es|ing)|outstripp?(?:ed|s|ing))\s+"
    r"(?:the|our|its|last\s+(?:year|quarter)['’]s)\s+$",
    re.IGNORECASE,
)
"""Before a number that another is more than: "264, exceeding the 288 of last year"."""
_COMPARISON = re.compile(
    r"(?:\bthe\s+(?:one|quarter|year|month)\s+before\s*\(\s*$|\bcompar(?:ed|es|ing|able(?!\s+records?)|ison|e)\b(?!\s+to\s+(?:other|similar)\s+forces)|\bversus\b|\bvs\b\.?"
    r"|\bv\.?(?=\s+\d)|\bas\s+opposed\s+to\b|\b(?:in\s+)?contrast\s+(?:to|with)\b"
    r"|\bwhen\s+(?:there\s+(?:were|was)|it\s+(?:was|stood)|this\s+was|they\s+(?:were|was)|the\s+(?:figure|number"
    r"|total|rate|time|average)\s+(?:was|stood)|we\s+(?:had|recorded|received))\b"
    r"|\bwhen\s*$|\bpreviously(?:\s+(?:was|stood\s+at|been(?:\s+\w+)?))?\s*$"
    r"|(?:,|\))\s*against\s+(?!(?:a|the|our|its)?\s*(?:\w+\s+)?target)(?=[^,;.]{0,40}$)|\bagainst\s+(?:a|an|the"
    r"|last\s+year['’]s)\s+(?:(?!target)[\w-]+\s+){0,4}(?:of|at)\s*$"
    r"|\b(?:more|fewer|less|higher|lower|longer|shorter|better|worse|greater)\s+than\s+the(?:\s+[\w-]+){0,3}?\s*$"
    r"|\b(?:on|over|from|on\s+top\s+of)\s+the\s*$)",
    re.IGNORECASE,
)
_AGAINST = re.compile(rf"\bagainst\s+{ABOUT}$", re.IGNORECASE)
_AGAINST_AFTER = re.compile(
    r"\s*(?:[.,;)]|$|last\b|(?:in|during|for)\b|the\s+(?:year|quarter|month)|a\s+year|previously\b)", re.IGNORECASE
)
_ANOTHER_BY = re.compile(rf"^[^;.:()]{{0,60}}(?:,|\band)\s[^;.:(),]{{1,40}}\sby\s+{ABOUT}$", re.IGNORECASE)
_AVERAGE_ELSEWHERE = re.compile(
    r"\b(?:national|regional|force|forces|county|england|wales|msg|family|group|countrywide|uk"
    r"|most\s+similar\s+(?:forces?|group)|similar\s+forces?)\s+(?:average|averaged|mean|figure|rate|median)(?:\s+(?:of|is|was"
    r"|being|stands\s+at|for\s+[\w\s]{1,30}?(?:is|was)))?\s*:?\s*\(?\s*$",
    re.IGNORECASE,
)
_COMPARISON_ENDS = re.compile(
    r";|\b(?:which|this|it)\s+(?:is|represents?|equates?|means|was\s+a)\b|,\s*(?:which|representing|resulting"
    r"|giving|making|with|while|whilst|but|"
    r"equating|an?\s+(?:\w+\s+){0,3}(?:increase|decrease|reduction|rise|fall|drop|improvement|change))\b"
    r"|,\s*(?:there|we|the\s+force|officers|this|it|they)\b",
    re.IGNORECASE,
)
_QUARTER_OR_YEAR = re.compile(r"\bQ[1-4]\b|\bquarter\s+[1-4]\b|\b(?:19|20)\d\d(?:\s?[/–-]\s?\d\d)?\b", re.IGNORECASE)
_WITH_A_PERIOD = re.compile(
    r"\s*(?:to|with|against)?\s*(?:the\s+)?(?:same|last|previous|preceding|prior|this|a\s+year|Q[1-4]|quarter|20\d\d)\b",
    re.IGNORECASE,
)
_LAST_ONE = re.compile(r"\s*(?:last|previously|before)\s*[)]", re.IGNORECASE)
_BRACKETED_MOVE = re.compile(r"\s*(?:[a-z-]+\s+){0,3}to\s+[£\d]")
_FROM = re.compile(rf"\bfrom\s+(?:the\s+)?(?:(?:a|an)\s+(?:\w+\s+){{1,3}}of\s+)?{ABOUT}$", re.IGNORECASE)
_RANGING = re.compile(
    rf"\b(?:rang\w+|var(?:y|ied|ies|ying)|anything|anywhere|lasting|costing|aged)\s+(?:\w+\s+){{0,2}}?from\s+{ABOUT}$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    rf"(?:\b(?:{_VERBS}|{_NOUNS}|up|down|doubled|halved|trebled|more|fewer|less|went|gone|compared|lower|higher"
    rf"|longer|shorter|improvement|better|worse)\b[^;]*)$",
    re.IGNORECASE,
)
_TO_AMOUNT = re.compile(r"[^.;]{0,70}?\bto\s+(?:\w+\s+){0,3}?[£\d]", re.IGNORECASE)

_PER = re.compile(
    r"\s*(?:to\s+[\d,.]+\s+)?(?:(?!\d)[\w'’()-]+\s+){0,4}?(?:(?:per|each|every)\s+(?:working\s+|calendar\s+)?|an?\s+)(day|week|month|year"
    r"|hour|night|shift|quarter|term|weekend)\b"
    r"(?!\s+(?:of|later|after|before|earlier|ago|since|long|-))|\s+(?:[\w'’-]+\s+){0,3}?(dai|week|month|annual|quarter"
    r"|hour|year|night)ly\s*(?:[.,;)]|$|on\s+average)",
    re.IGNORECASE,
)
_PER_BEFORE = re.compile(
    r"\b(?:(?:a|the)\s+)?(dai|week|month|quarter|year|hour)ly\s+(?:average|mean|rate)(?:\s+(?:of|is"
    r"|was))?\s*:?\s+(?:\w+\s+){0,2}$|\beach\s+(day|week|month|quarter|year)\s*(?:,|we\s+\w+|there\s+are|of)?\s*$",
    re.IGNORECASE,
)
_ARRIVED = re.compile(rf"\s+to\s+{ABOUT}", re.IGNORECASE)
_TIMES_A = re.compile(r"\s+times\s+(?:a|an|per|each|every)\b", re.IGNORECASE)
_EACH = re.compile(r"\s+(?:for\s+)?(?:each|a\s+head|per\s+head)\b", re.IGNORECASE)
_PER_THOUSAND = re.compile(
    r"\s*(?:[\w'’()-]+\s+){0,3}?per\s+(1,?000|10,?000|100,?000|thousand|head|person|officer|household)\b", re.IGNORECASE
)
_NOT_RATE_WORDS = re.compile(
    r"\b(?:were|was|have|has|had|are|is|in|within|during|over|at|on|for|and|with|by|of\s+the|from)\b", re.IGNORECASE
)
_OF_WHICH = re.compile(r"\s*,?\s*(?:and\s+)?(?:of\s+(?:which|these|those|them|this)|including)\b", re.IGNORECASE)
_LONG_HOURS = 72
_GAVE = re.compile(
    r"\b(?:gave|giv\w+|volunteer\w*|contribut\w+|donat\w+|provid\w+|work\w*|total\w*|log(?:s|ged)|deliver\w*|complet\w+"
    r"|perform\w*|dedicat\w+|amount\w*|equivalent|overtime|duty)\b[^.;]*$",
    re.IGNORECASE,
)
_HOURS_OF = re.compile(
    r"(?:['’]|\s+of\s+(?!(?:the|a|an|his|her|their|being|receiv\w+|report\w*|arriv\w+|arrest\w*|each|first)\b)"
    r"|\s+(?:[a-z][\w-]*\s+)?(?:volunteer\w*|overtime|duty|patrol\w*)\b)",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\btotal(?:l?ed|s|ling|\s+of)?\s+(?:over\s+|more\s+than\s+|\w+\s+)?$", re.IGNORECASE)
_CHANGE_ROLES = frozenset({Role.CHANGE_ABS, Role.CHANGE_PCT})


def role_and_unit(amount: Amount, setting: Setting) -> tuple[Role, str]:
    """The role of the number, and its unit: a rate's unit says per what ("per-day")."""
    rate = _rate_unit(amount, setting)
    unit = rate if rate and amount.unit == "count" else amount.unit
    if is_aim(setting):
        return Role.TARGET, unit
    if rate and _TIMES_A.match(setting.after):
        # "Was up seven times a day" tells how often, and no change.
        return Role.RATE, unit
    if _is_change(amount, setting):
        return (Role.CHANGE_PCT if amount.unit in RELATIVE else Role.CHANGE_ABS), unit
    if is_target(amount, setting):
        return Role.TARGET, unit
    if amount.attributive and amount.unit in TIMES:
        return Role.DURATION, unit
    elsewhere = _AVERAGE_ELSEWHERE.search(setting.before) or _OUTDID.search(setting.before)
    # "Since last year (1,250 to 1,100)": what it moved to is of now.
    arrived = setting.previous is Role.COMPARISON_VALUE and _ARRIVED.fullmatch(setting.gap or "") is not None
    if elsewhere or (not setting.present and not arrived and (setting.earlier or _is_comparison(setting))):
        return Role.COMPARISON_VALUE, unit
    if rate:
        return Role.RATE, unit
    if amount.unit in RELATIVE or amount.unit == "percentage-point":
        return Role.SHARE_PCT, unit
    if amount.unit not in TIMES or is_given(amount, setting):
        return Role.VALUE, unit
    if amount.unit == "second" and _TOTAL.search(setting.before):
        return Role.VALUE, unit
    return Role.DURATION, unit


def is_given(amount: Amount, setting: Setting) -> bool:
    """Whether hours are what somebody gave or worked, and not how long something took."""
    if amount.unit != "hour" or amount.attributive:
        return False
    if setting.previous is Role.VALUE and setting.previous_unit == "hour" and _OF_WHICH.match(setting.gap or ""):
        return True
    before = setting.before[-100:] if setting.gap is None else setting.gap[-100:]
    return bool(
        amount.value > _LONG_HOURS
        or _TOTAL.search(setting.before)
        or _GAVE.search(before)
        or _HOURS_OF.match(setting.after)
    )


def _is_change(amount: Amount, setting: Setting) -> bool:
    if amount.change and amount.unit in {"percent", "percentage-point", "count", "second", "ratio", "GBP"}:
        return True
    before, after = setting.inside, setting.after
    of_others = amount.unit == "count" and _MORE_OF_THEM.match(after) and _OPENS_CLAUSE.search(before)
    if of_others or _OUTDID.search(setting.before):
        return False
    if _CHANGE_AFTER.match(after) and not _NOT_CHANGE_AFTER.match(after):
        return True
    if _SHORT_OF.match(after) and amount.unit in {"count", "GBP"}:
        return True
    if (
        _COUNT_CHANGE_AFTER.match(after)
        and amount.unit in {"count", "GBP"}
        and re.search(r"\b(?:an?|is|represents|saw|of)\s+$", before)
    ):
        return bool(re.search(r"\ba\s+$", before))
    if _CHANGE_BEFORE.search(before) and not (_COUNT_VERBS.search(before) or _MADE_UP.search(before)):
        return True
    if setting.previous in _CHANGE_ROLES and setting.gap is not None:
        if setting.bracketed and re.fullmatch(r"\s*\(\s*(?:or\s+)?", setting.gap):
            if _BRACKETED_MOVE.match(after):
                return False
            return bool(re.match(r"\s*(?:[\w-]+\s*){0,4}\)", after)) or bool(_CHANGE_AFTER.match(after))
        # "reduced by 126 incidents (16 per cent)": the same change once more.
        if setting.bracketed and re.fullmatch(r"(?:\s+[\w-]+){1,3}\s*\(\s*", setting.gap) and re.match(r"\s*\)", after):
            return (amount.unit in RELATIVE) != (setting.previous_unit in RELATIVE)
        if _ANOTHER_BY.search(setting.gap) or re.fullmatch(r"\s?[-–]\s?", setting.gap):
            return True
        same_kind = (amount.unit in RELATIVE) == (setting.previous_unit in RELATIVE) or "or" in setting.gap.split()
        joined = re.fullmatch(
            rf"(?:\s+[\w'’()-]+){{0,5}}?\s*(?:,|,?\s+and|,?\s+or)\s+{ABOUT}", setting.gap, re.IGNORECASE
        )
        return (
            bool(same_kind and joined)
            and not PREDICATE_AFTER.match(after)
            and not re.search(r"\b(?:in|to|from)\b", setting.gap)
        )
    return False


def _is_comparison(setting: Setting) -> bool:
    if setting.bracketed and not setting.inside.strip():
        if _BRACKETED_MOVE.match(setting.after) and setting.previous in _CHANGE_ROLES:
            return True
        if _COMPARISON.search(setting.before if setting.gap is None else setting.gap):
            return True
    if _LAST_ONE.match(setting.after):
        return True
    if _RANGING.search(setting.before):
        return False
    if _FROM.search(setting.before):
        clause = setting.before[-160:]
        return bool(_MOVED.search(clause) or _TO_AMOUNT.match(setting.after))
    if _AGAINST.search(setting.before) and _AGAINST_AFTER.match(setting.after):
        return True
    scope = setting.inside if setting.bracketed else setting.before
    for match in _COMPARISON.finditer(scope):
        if not _COMPARISON_ENDS.search(scope, match.end()) and not _led_away(scope[match.end() :]):
            return True
    return (
        setting.bracketed
        and setting.previous is Role.COMPARISON_VALUE
        and bool(re.fullmatch(r"(?![^()]*\bto\s+$)[^()]*", setting.gap or ")"))
    )


def _led_away(between: str) -> bool:
    """Tell "Compared with last quarter, ...": the comparison is with a period, and a new clause follows."""
    opening, comma, _ = between.partition(",")
    if not comma or re.search(r"\d", _QUARTER_OR_YEAR.sub("", opening)) or re.search(r"\bwhen\b", between):
        return False
    return bool(_WITH_A_PERIOD.match(opening))


def _rate_unit(amount: Amount, setting: Setting) -> str:
    """Read how often: "per-day"; "" where the words do not say."""
    if amount.unit not in {"count", "GBP", "hour"}:
        return ""
    if amount.unit == "GBP" and _EACH.match(setting.after):
        return "per-head"
    if found := _PER_THOUSAND.match(setting.after):
        return f"per-{found[1].replace(',', '')}" if not _NOT_RATE_WORDS.search(found[0]) else ""
    found = _PER.match(setting.after)
    if found and not _NOT_RATE_WORDS.search(found[0]):
        word = (found[1] or found[2]).casefold()
        return f"per-{ {'dai': 'day', 'annual': 'year'}.get(word, word) }"
    if found := _PER_BEFORE.search(setting.before):
        word = (found[1] or found[2]).casefold()
        return f"per-{ {'dai': 'day'}.get(word, word) }"
    return ""
