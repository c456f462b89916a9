"""Numbers that name instead of count: telephone names, road, page and section numbers, ages, ranks, references.

Each rule is about how English writes such names, whatever report it stands in. A rule looks at most some
forty characters to either side.
"""

from __future__ import annotations

import re

from graph.mentions.numbers import LONG_SPANS, Amount

_FUNCTION = (
    r"(?!(?:to|was|is|has|were|are|as|this|its|us|and|or|for|in|by|with|of|on|at|from|who|which|that|than|"
    r"the|a|an|will|have|had|been|their|our|per|plus|less|across|versus)\b)"
)
_PLURAL = (
    rf"\s+(?:{_FUNCTION}[a-z][\w-]*\s+){{0,2}}{_FUNCTION}(?:[a-z][a-z-]*[^s\W]s|people|men|women|children|staff)\b"
)
_LABELS = (
    "page|pages|pp?\\.|section|sections|s\\.|sec|para|paras|paragraph|paragraphs|appendix|annex|table|tables|chart|figure|fig\\.?|"
    "priority|priorities|objective|objectives|action|phase|phases|stage|stages|level|levels|tier|tiers|grade|grades|"
    "category|categories|cat|class|schedule|part|parts|article|junction|junctions|junc|jct|unit|band|bands|number|no\\.?|nos\\.?|"
    "bullet|bullets|item|items|ref|reference|chapter|domain|strand|pillar|theme|recommendation|recommendations|rec|recs|"
    "room|channel|radio|route|flat|operation|op|version|ver|v|wave|waves|cohort|cohorts|sector|zone|box|note|footnote|"
    "step|steps|lot|option|options|outcome|code|pc|ps|windows|office|type|model|iso|bs|key\\s+stage|"
    "years?|week|day|month|covid|euro|formula|gate|terminal|platform|ward|streets|fatal|act|line|tranche|round|volume|issue|"
    "edition|questions?|q|minute|paper|slide|exhibit|agenda|decision"
)
# Some labels are common nouns or verbs too: there they name only when the number is in the singular's place.
_LABELLED = re.compile(rf"(?:^|[^\w-])(?:({_LABELS})[\s.:#-]{{1,2}}\(?|((?:pp?|ss?|fig|no|v)\.))$", re.IGNORECASE)
_VERSUS = re.compile(r"\d\)?\s+v\.?\s+$")
"""Between two numbers: "1,512 v 1,350"."""
_DOUBTFUL = frozenset(
    """number no nos action unit item items line part parts stage act model outcome note week day month office code
    figure question questions round issue sector streets""".split()
)
_NOUN_AFTER = re.compile(_PLURAL)
_THEY_NUMBER = re.compile(
    r"\b(?:[a-z]{3,}s|they|now|staff|people|(?:this|last)\s+(?:year|quarter|month))\s+number\s+$", re.IGNORECASE
)
_LABEL_LIST = re.compile(
    rf"(?:^|[^\w-])(?:{_LABELS})\s+(?:(?:\d{{1,3}}(?:\.\d{{1,2}})?|one|two|three|four|five)(?:\s*,\s*|\s*(?:and|or"
    rf"|to|&|-|–|/)\s*)){{1,6}}$",
    re.IGNORECASE,
)
_IN_LABEL = re.compile(rf"\s+in\s+(?:the\s+)?(?:{_LABELS})\b", re.IGNORECASE)
_COUNTED_LABEL = re.compile(
    r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty))\s+(?:[a-z]+\s+)?[a-z]{3,}s\s+$",
    re.IGNORECASE,
)
"""Things that are counted themselves: "of the 18 recommendations eleven are done"."""
_BRACKETED_BEFORE = re.compile(r"[a-z]\s\(\d[\d,]*\)[^().;:]{0,40}\($")
"""A count in brackets before another: "caution (25) and no further action ("."""
_RANK = re.compile(r"\b(?:top|bottom|best|worst|big|famous|first|last|next|final)\s+$", re.IGNORECASE)

_IN_TIME = re.compile(r"(?:first|last|next|final)\b", re.IGNORECASE)

_CALLED_AFTER = re.compile(
    r"\s*[)/'’\"”]|[\s-]+(?:(?:non-emergency|emergency|average|telephone|phone|abandoned|online|mean|live|call"
    r"|public|police)[\s-]+){0,2}"
    r"(?:calls?|callers?|call-?handl\w+|call-?tak\w+|handl\w+|demand|answer\w*|response|services?|system|line"
    r"|number|performance|"
    r"abandon\w*|contacts?|queues?|wait\w*|emergenc\w+|volumes?|switchboard|time|times|menu|ivr|operators?|channel)\b",
    re.IGNORECASE,
)
_TOTALLED = re.compile(
    r"\b(?:were|was|total\s+of|made|recorded|arrested|with|over|than|reached|nearly|almost|only|seized)\s+$",
    re.IGNORECASE,
)
_SERVICES = frozenset({101, 111, 999})

_AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages(?:\s+of)?|age\s+of|aged\s+(?:between|under|over)|years?\s+old|born\s+in|under\s+the\s+age\s+of)"
    r"\s+(?:\d{1,2}\s*(?:,|-|–|to|and|or)\s*(?:and\s+)?){0,4}(?:under|over|between|from)?\s*$",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    r"(?:\s*(?:-|–|to|and|or)\s*\d{1,2})?\s*[- ]?years?[- ]?(?:olds?|of\s+age)\b"
    r"|\s*(?:and|or)\s+(?:over|under|above|older|younger)\b",
    re.IGNORECASE,
)
_OF_AGE = re.compile(
    r"\b(?:(?:were|was|are|is|those|people|victims|offenders|suspects|men|women|drivers|riders)\s+(?:under|over))\s+$",
    re.IGNORECASE,
)
_NOTHING_COUNTED = re.compile(r"\s*(?:$|[.,;:)]|(?:and|or|but|while)\b)")
"""After "99 were under 25 and ...": people's age, where nothing follows that is counted."""
_UNDER_OVER = re.compile(r"\b(?:under|over)[- ]$", re.IGNORECASE)

_ROAD = re.compile(r"\b(?:[ABM]|[JQ])\s?$|\b(?:Flat|Unit|Plot|House|Room)\s+$")
_STREET_AFTER = re.compile(
    r",?\s+(?:[A-Z][a-z]+\s+){1,3}(?:Road|Street|Avenue|Lane|Close|Drive|Way|Place|Crescent|Court|Gardens)\b"
)
_POSTCODE_AFTER = re.compile(r"[A-Z]{2}\b")
_TELEPHONE = re.compile(r"(?<![\w,.])(?:\+44\s?(?:\(0\)\s?)?|\(?0)\d{2,4}\)?(?:[\s-]?\d{2,8}){1,3}(?![\w,])")
_REFERENCE = re.compile(
    r"\b(?:ref(?:erence)?s?|crime\s+no|incident\s+no|log|urn|cad)\b[\s.:#]*(?:number|no\.?)?[\s.:#]*[A-Z]{0,4}[\s-]?$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"\[\s*(?:(?:pp?\.|pages?|bullets?|paras?|items?|source|ref|see|fn|note|notes|table|section)\b[^\[\]]{0,80}"
    r"|\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\s*)\]",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"(?m)^[ \t]*(?:[-•*]\s*)?\(?(?:\d{1,2}[.)](?=\s)|\d{1,2}(?:\.\d{1,2}){1,3}\.?(?=\s+[A-Z(])|\d{1,2}\)(?=\S))"
)
_ENUMERATED = re.compile(r"\((\d{1,2})\)")
_SPEED_OR_SIZE_AFTER = re.compile(
    r"\s*-?\s?(?:mph|mm|cc|bhp|fps)\b(?:\s+(?:limit|zone|road|area|speed|stretch)s?)?", re.IGNORECASE
)
_SPEED_NAME_AFTER = re.compile(r"\s+(?:limits?|zones?|roads?|areas?|stretch|speed\s+limits?)\b", re.IGNORECASE)
_CAPITAL_AFTER = re.compile(r"\s+[A-Z][a-z]")
_NAME_AFTER = re.compile(r"\s+[A-Z][a-z]+s\s+[A-Z]")
_CAPITAL_THINGS_AFTER = re.compile(
    r"\s+(?:[A-Z][\w-]*\s+|of\s+the\s+)*?(?:[a-z]+\s+){0,2}(?:[A-Za-z][a-z-]*[^s\W]s|people|staff)\b"
)
_CHAIN = re.compile(r"(?<![\w,.])\d+(?:[-/]\d+){2,}(?![\w])")
_IDIOM_AFTER = re.compile(
    r"\s+(?:tolerance|or\s+(?:two|more|three)\b|by\s+(?:one|two)\b|to\s+one\b|another\b|stop\b|off\b|step\b"
    r"|hundred\s+per)|"
    r"\s+(?:carriageway|wheel|point\s+plan)|[-\s](?:way|fold|strong|tier|stop|off|one)\b",
    re.IGNORECASE,
)
_NOTHING_AFTER = re.compile(
    r"\s*(?:$|[.,;:)]|and\b|to\b|or\b|in\b|of\b|together\b|combined\b|between\s+them\b|was\b|is\b|were\b|are\b|have\b|has\b|with\b|at\b|work)",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\b(?:the|between|these|those|those|other|of\s+the)\s+$", re.IGNORECASE)
# "over three nights" says when; "on eleven weekends" says how many.
_NIGHTS_AFTER = re.compile(r"\s+(?:\w+\s+)?(?:nights|weekends|evenings|fortnights)\b", re.IGNORECASE)
_FRAME_BEFORE = re.compile(
    r"\b(?:over|during|across|throughout|last|next|past|first|every)\s+(?:the\s+|those\s+)?$", re.IGNORECASE
)
_PER = re.compile(r"\b(?:per|(?<!out\sof\s)(?<!(?-i:Of)\s)every|each|in\s+every)\s+$", re.IGNORECASE)


def name_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Stretches of the text in which no number measures: telephone numbers, origins in brackets, list numbering."""
    spans = [m.span() for pattern in (_TELEPHONE, _BRACKETED, _NUMBERING, _CHAIN) for m in pattern.finditer(text)]
    listed = list(_ENUMERATED.finditer(text))
    # "(1) ... (2) ... (3)" numbers a list; "burglary (3), robbery (2)" counts.
    if len(listed) > 1 and [int(m[1]) for m in listed] == list(range(1, len(listed) + 1)):
        spans += [m.span() for m in listed]
    return tuple(sorted(spans))


def is_name(text: str, amount: Amount) -> bool:
    """Whether the number is a name, or part of one, and measures nothing."""
    before = text[max(0, amount.start - 60) : amount.start]
    after = text[amount.end : amount.end + 60]
    if amount.unit == "clock":
        return True
    if amount.unit == "mile-per-hour":
        return bool(_SPEED_NAME_AFTER.match(after))
    if amount.unit in LONG_SPANS:
        return bool(re.match(r"[\s-]*olds?\b|\s+of\s+age\b", after) or _AGE_BEFORE.search(before))
    if amount.unit == "second" and text[amount.end - 1] == "s" and text[amount.end - 2].isdigit():
        # "Grade 2s" are no two seconds.
        return bool(_LABELLED.search(before))
    if amount.unit != "count":
        return False
    return (
        _is_service(amount, before, after)
        or _is_labelled(text, amount, before, after)
        or _is_age(amount, before, after)
        or _is_reference(before, after)
        or bool(amount.spelled and _is_idiom(text, amount, before, after))
        or bool(_PER.search(before) and amount.value >= 10)
        or bool(_NIGHTS_AFTER.match(after) and _FRAME_BEFORE.search(before))
    )


def _is_service(amount: Amount, before: str, after: str) -> bool:
    """101 and 999 are telephone services, unless they stand before things that are counted."""
    if amount.spelled or amount.value not in _SERVICES:
        return False
    if _CALLED_AFTER.match(after):
        return True
    counted = _NOUN_AFTER.match(after) or (_TOTALLED.search(before) and re.match(r"\s*(?:[.,;)]|$)", after))
    return not counted


def _is_labelled(text: str, amount: Amount, before: str, after: str) -> bool:
    if found := _RANK.search(before):
        # "The top ten roads" ranks; "its first 14 cases" and "the last two suspects" count.
        return not (_IN_TIME.match(found[0]) and _NOUN_AFTER.match(after))
    if (listed := _LABEL_LIST.search(before)) and not _NOUN_AFTER.match(after):
        # "30 came in week one, 22 in week two": what stands in figures does not go on with a list in words.
        return bool(amount.spelled or re.search(r"\d", listed[0])) and not _IN_LABEL.match(after)
    found = _LABELLED.search(before)
    if not found or _COUNTED_LABEL.search(before):
        return False
    if before.endswith("(") and _BRACKETED_BEFORE.search(text[: amount.start]):
        return False
    label = (found[1] or found[2]).casefold()
    if label.rstrip(".") == "v" and _VERSUS.search(before):
        return False
    if amount.value >= 1000 and before.endswith("("):
        return False
    if label == "number" and _THEY_NUMBER.search(before):
        return False
    if label.rstrip("s") == "year":
        return found[1].startswith("Y") and amount.value <= 13
    if label.rstrip(".") in _DOUBTFUL:
        return not _NOUN_AFTER.match(after) and not re.search(r"[:,;]\s*$", before)
    return not re.search(r"[:;]\s*$", before) or label in {"page", "section", "version", "ref"}


def _is_age(amount: Amount, before: str, after: str) -> bool:
    if not 0 < amount.value < 111:
        return False
    return bool(
        _AGE_AFTER.match(after)
        or _AGE_BEFORE.search(before)
        or (_UNDER_OVER.search(before) and re.match(r"\s?s\b", after))
        or (_OF_AGE.search(before) and _NOTHING_COUNTED.match(after))
    )


def _is_reference(before: str, after: str) -> bool:
    return bool(
        _ROAD.search(before)
        or _REFERENCE.search(before)
        or _POSTCODE_AFTER.match(after)
        or re.match(r"\s?[A-Z]['’”]", after)
        or _SPEED_OR_SIZE_AFTER.match(after)
        or _STREET_AFTER.match(after)
    )


def _is_idiom(text: str, amount: Amount, before: str, after: str) -> bool:
    """A number word in a name ("Three Rivers"), in a set phrase ("one or two") or for a pronoun ("the two")."""
    if _IDIOM_AFTER.match(after):
        return True
    if amount.value <= 3 and _DEFINITE.search(before) and _NOTHING_AFTER.match(after):
        return True
    if not text[amount.start].isupper() or not _CAPITAL_AFTER.match(after):
        return False
    opens = not before.strip() or re.search(r"[.!?:][)\"'’”]*\s+$|\n\s*$|[-–•]\s+$", before)
    return not opens or bool(_NAME_AFTER.match(after)) or not _CAPITAL_THINGS_AFTER.match(after)


_ONE_NOT_BEFORE = re.compile(
    r"\b(?:at|in|on|any|no|this|that|the|each|every|which|number|day|phase|level|tier|as|another|just|for|to"
    r"|from)\s+(?:any\s+)?$",
    re.IGNORECASE,
)
_ONE_NOT_AFTER = re.compile(
    r"\s+(?:of|such|another|can|could|should|would|may|might|or|who|which|that|thing|way|day|stage|point|size"
    r"|place|time|"
    r"side|hand|example|reason|alternative|key|main|particular|single|more)\b|[-–]",
    re.IGNORECASE,
)
_COUNTED_ONE = re.compile(
    r"\s+(?:[\w'’-]+\s+){0,3}?(?:arrests?|m[ae]n|wom[ae]n|person|males?|females?|suspect|offender|victim|warrant"
    r"|charge|vehicle|car|van|lorry|"
    r"motorbike|motorcycle|bike|e-scooter|scooter|caravan|officer|constable|sergeant|inspector|pcso|psv|post|death"
    r"|fatality|collision|"
    r"incident|offence|crime|report|referral|case|conviction|caution|firearm|gun|shotgun|knife|weapon|machete"
    r"|complaint|order|notice|"
    r"breach|event|search|seizure|property|address|premises|child|juvenile|youth|teenager|boy|girl|pupil|school"
    r"|applicant|"
    r"vacancy|student|cadet|volunteer|member|individual|driver|rider|dog|closure|injunction|line|network|group"
    r"|gang|dealer|"
    r"prosecution|disruption|investigation|application|visit|course|station|site|location|licence|unit|stop)\b",
    re.IGNORECASE,
)
_COUNTED_BESIDE = re.compile(
    r"\s+(?:[\w'’-]+\s+){0,2}?(?:force|business|team|area|district|council|company|shop|store|venue|household|home"
    r"|family|farm|"
    r"resident|caller|tenant|landlord|owner|farmer|trader|shopkeeper|charity|club|hotel|pub|withdrawal"
    r"|success|failure|operation|patrol|session|meeting|workshop|exercise|campaign|borough|hub|town|village|city"
    r"|police|other)\b",
    re.IGNORECASE,
)
_ONE_NAMES_BEFORE = re.compile(
    r"\b(?:as|any|no|this|that|day|number|each|every|(?<!at\s)(?<!in\s)(?<!of\s)(?<!on\s)which)\s+(?:any\s+)?$",
    re.IGNORECASE,
)
_ONE_FRAMES_AFTER = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:case|incident|instance|event|location|school|site|visit|stop|occasion|search|line)\b",
    re.IGNORECASE,
)
_TO_ONE = re.compile(r"\b(?:to|for)\s+$", re.IGNORECASE)
_ON_ONE_AND_OTHERS = re.compile(
    r"\s+[a-z]+\s+and\s+(?:[a-z]+\s+){0,3}(?:\d|two|three|four|five|six|seven|eight|nine|ten)"
)
_LISTED_BEFORE = re.compile(r"(?:,|\band|\bincluding|\bplus)\s+$", re.IGNORECASE)
_INITIALS_AFTER = re.compile(r"\s+(?:[\w'’-]+\s+){0,1}[A-Z]{2,6}\b")
_ONE_OF_SEVERAL = re.compile(
    r"\s+(?:[a-z]+ed\b|was\b|were\b|is\b|in\b|for\b|from\b|at\b|with\b|within\b|to\b|on\b|by\b|remains?\b|has\b"
    r"|le[ad]d?\b|resulted\b|being\b)"
)


def one_counts(text: str, amount: Amount, *, beside_others: bool) -> bool:
    """Whether the word "one" says how many: "one arrest", "One PSV", but not "one of the aims", "at one stage".

    ``beside_others``: another count stands in the same sentence ("two in the city and one in the harbour").
    """
    before = text[max(0, amount.start - 24) : amount.start]
    after = text[amount.end : amount.end + 60]
    followed = _COUNTED_ONE.match(after) or _INITIALS_AFTER.match(after)
    if _ONE_NOT_AFTER.match(after):
        return False
    if _ONE_NAMES_BEFORE.search(before):
        return False
    if re.search(r"\b(?:in|on|at)\s+$", before, re.IGNORECASE):
        if _ONE_FRAMES_AFTER.match(after):
            return False
        return bool(followed or (beside_others and (_COUNTED_BESIDE.match(after) or _ON_ONE_AND_OTHERS.match(after))))
    if followed:
        return True
    if beside_others and _LISTED_BEFORE.search(before) and re.match(rf"\s+{_FUNCTION}[a-z]", after):
        return True
    return (
        beside_others
        and bool(_ONE_OF_SEVERAL.match(after) or _COUNTED_BESIDE.match(after))
        and (not _ONE_NOT_BEFORE.search(before) or bool(_TO_ONE.search(before) and _COUNTED_BESIDE.match(after)))
    )
