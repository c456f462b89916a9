"""Whether the words say that a body works with the police, or only name it.

"in partnership with the Council" works; "along the border with Kent Police", "the National Crime Agency
threat assessment" and "visits to nail bars" only name. The rules look at the words that govern the
mention in its own clause; they know no names.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.mentions.words import Word

_WITH = frozenset(
    """with alongside by from between including include involving involve via through bring together utilising using
    comprising of thank""".split()
)
_SUPPORTED = frozenset(
    """support supported supporting assist assisted assisting assists help helped helping join joined joining fund
    funded train partner alongside engaging engage engaged invite invited brought brings bring refer referred
    reported introduced promote promoting consult consulted involve involved include included aided aid unite
    utilising utilise utilised attest revive revived create created formed form provided establish established develop
    developed launched set running run host hosted""".split()
)
_AT = frozenset("to at in on against near around into inside outside within across among amongst".split())
_TO_VERBS = frozenset(
    "refer referred reported report introduced signposted linked thank provided passed circulated access".split()
)
_TARGETS = frozenset(
    """target targeting targets targeted visit visiting visits visited arrest arrested stop stopped search
    discourage""".split()
)
_ACTS = frozenset(
    """join help support supply provide pay fund lend lead host give donate work assist attend send share train bring
    contribute deliver organise run offer open buy sponsor teach collect advise accompany agree volunteer back chair
    launch set""".split()
)
"""What a body that works with others does, as its subject: "the schools took part", "the brewery lent a hall"."""
_ACTED = frozenset("took gave paid lent led sent brought bought taught ran held met".split())
_NOT_ACTING = (
    ("not",),
    ("no", "part"),
    ("declined",),
    ("refused",),
    ("withdrew",),
    ("never",),
    ("no", "longer"),
    ("unable",),
)
"""What says that a body did not take part; looked for in its clause."""
_WRONGED = frozenset(
    "threatened assaulted attacked burgled robbed defrauded targeted abused impersonated stolen".split()
)
_TAKEN = frozenset("stolen stole steal stealing theft taken shoplifting goods stock removed".split())
"""What was done to a body, before "from"."""
_LIST_REACH = 16
"""Words to the left of a body in which those who act for it are looked for."""
_PRETENCE = frozenset(
    "pretend pretended pretending pose posed posing impersonate impersonating claiming purporting".split()
)
_STAFF = frozenset(
    """staff employee worker volunteer adviser advisor colleague representative specialist nurse mentor engineer trainer
    caseworker counsellor tutor coach advocate analyst chaplain manager ranger warden interpreter academic
    researcher branch counter depot trader""".split()
)
"""People who act for the body that employs them."""
_LEARNERS = frozenset("pupil student person learner people".split())
"""People at a school or the like, for whom something is done there."""
_SOUGHT = frozenset("support trust confidence engagement".split())
"""What is sought among those who then have a part in it: "to gain support within the communities"."""
_PEOPLE = _STAFF | frozenset("pupil student resident member team group people cadet parent learner governor".split())
"""People whose verb is that of the body they are at."""
_BETWEEN = 5
"""Words that may stand between two names of a list: ", and the local charity"."""
_FINDINGS = frozenset("recommendation inspection finding criticism letter complaint ruling report".split())
_PERSONAL = frozenset("former ex intimate their his her abusive sexual romantic new current estranged previous".split())
"""Before "partner": a person's, not the force's."""
_HOSTED = frozenset("hosted based held run".split())
_PLACED = frozenset("border boundary bordering neighbouring edge".split())
_EXCLUDED = frozenset("without excluding except unlike not".split())
_DOCUMENTS = frozenset(
    """assessment report guidance strategy definition data standard inspection review survey legislation act model
    framework website definition statistic figure profile policy fund funding money""".split()
)
_STOPS = frozenset(".;:?!")
_SKIP = frozenset(
    """the a an our other its their some all both local various several many key new and or , ( ) as such well also
    wider dedicated designated""".split()
)


def acts(sequence: Sequence[Word], first: int, last: int, others: Sequence[tuple[int, int]], *, strong: bool) -> bool:
    """Return whether the body named by words ``first`` to ``last`` (exclusive) works with the police.

    ``others`` are the word ranges of other bodies in the same text, so that a list shares what governs it;
    ``strong`` says that the name is that of one body, which works with the police unless the words say
    otherwise; a kind of body ("local businesses") must be said to.
    """
    end = _end_of_list(sequence, last, others)
    clause = _clause_after(sequence, end)
    if _denied(clause) or _named_as_document(sequence, last, strong=strong) or _of_a_person(sequence, first, last):
        return False
    if any(w.norm in _PRETENCE for w in sequence[max(0, first - 6) : first]):
        return False
    governor = _governor(sequence, first, others, end)
    wronged = any(w.norm in _WRONGED for w in clause[:4])
    of_a_thing = governor is not None and _goes_with_a_thing(*governor) and not _after_opening(sequence, first)
    if not wronged and not of_a_thing and _subject_of_work(clause):
        return True
    if governor is None:
        return not wronged and (strong or _begins_clause(sequence, first))
    if not wronged and _staffed(sequence, first, governor[0]):
        return True
    if not wronged and governor[0].norm == "at" and governor[1] and governor[1].norm in _LEARNERS:
        # "Training for 31 people, including 11 pupils at Amber High School": what is done at it is done with it.
        return sequence[last - 1].raw[:1].isupper()
    return _governs(*governor, wronged=wronged, strong=strong)


def _goes_with_a_thing(word: Word, before: Word | None, close: bool) -> bool:  # noqa: FBT001
    """Return whether ``word`` makes the body part of an event, whose verb follows: "visits to Boots led to"."""
    at = word.norm in _AT or word.norm in _TARGETS or (word.norm == "from" and before and before.norm in _TAKEN)
    return bool(at and close and (before is None or before.norm not in _PEOPLE))


def _end_of_list(sequence: Sequence[Word], last: int, others: Sequence[tuple[int, int]]) -> int:
    """Return where the list ends that the name before word ``last`` is in: "Boots, the charity Amber and the Co-op"."""
    ends = dict(others)
    while True:
        after, joined = last, False
        while after < len(sequence) and after - last < _BETWEEN and after not in ends:
            word = sequence[after]
            described = joined and word.raw.isalpha() and word.raw.islower()
            if word.raw != "," and word.norm not in _SKIP and not described:
                return last
            joined = joined or word.raw == "," or word.norm == "and"
            after += 1
        if not joined or after not in ends:
            return last
        last = ends[after]


def _staffed(sequence: Sequence[Word], first: int, governor: Word) -> bool:
    """Return whether people who act for the body are named: "staff at Barlows and at the Marl Bank rang us"."""
    if governor.norm not in ("at", "from", "of"):
        return False
    for index in range(first - 1, max(0, first - _LIST_REACH), -1):
        if sequence[index].raw in _STOPS:
            return False
        if sequence[index].norm == governor.norm and sequence[index - 1].norm in _STAFF:
            return True
    return False


def role(sequence: Sequence[Word], first: int, last: int) -> str:
    """Return what the words say that the body named by words ``first`` to ``last`` (exclusive) does, or "".

    "The Trust funded", "funded by the Trust", "hosted at the College": its own verb, else the verb it is the agent of.
    """
    clause = _clause_after(sequence, last)
    undergone = False
    for place, word in enumerate(clause[:4]):
        if word.norm in _ROLES:
            # "are provided with time off" is done to them; "volunteer leads, ..." are people.
            done_to = undergone and not word.norm.endswith("ing")
            return "" if done_to or place + 1 == len(clause) else _ROLES[word.norm]
        if word.norm not in _AUXILIARIES:
            break
        undergone = undergone or word.norm in ("is", "are", "was", "were", "be", "been", "being")
    index = first - 1
    while index >= 0 and sequence[index].norm in ("the", "a", "an", "our", "both"):
        index -= 1
    if index > 0 and sequence[index].norm in ("by", "at", "to", "from"):
        done = _ROLES.get(sequence[index - 1].norm, "")
        agent = sequence[index].norm == "by" or (sequence[index].norm == "at" and done == "hosts")
        if done and agent:
            return done
        if done == "refers" and sequence[index].norm == "to":
            return "receives-referrals"
    return ""


_AUXILIARIES = frozenset(
    "has have had also is are was were be been being now will then again both jointly kindly".split()
)
_ROLES = {
    **dict.fromkeys("lead leads led leading chair chairs chaired coordinate coordinated coordinates".split(), "leads"),
    **dict.fromkeys("fund funds funded funding pay pays paid sponsor sponsors sponsored".split(), "funds"),
    **dict.fromkeys("attend attends attended attending join joins joined".split(), "attends"),
    **dict.fromkeys("refer refers referred referring signpost signposted".split(), "refers"),
    **dict.fromkeys("host hosts hosted hosting held".split(), "hosts"),
    **dict.fromkeys(
        "provide provides provided supply supplies supplied lend lent give gave deliver delivered".split(), "provides"
    ),
    **dict.fromkeys("train trains trained teach taught".split(), "trains"),
    **dict.fromkeys("support supports supported assist assists assisted help helps helped".split(), "supports"),
}
"""Verbs of a body that works with the police, and the role each gives it."""


def _governs(word: Word, before: Word | None, close: bool, *, wronged: bool, strong: bool) -> bool:  # noqa: FBT001
    """Return whether what ``word``, after ``before``, governs works with the police."""
    ahead = before.norm if before is not None else ""
    only_named = (
        word.norm in _EXCLUDED
        or ahead in _EXCLUDED
        or word.norm in _TARGETS
        or (word.norm in ("with", "of", "between") and ahead in _PLACED)
        or (word.norm in ("from", "by") and ahead in _FINDINGS)
        or (word.norm == "of" and wronged)
        or (word.norm == "from" and ahead in _TAKEN)
    )
    if only_named:
        return False
    if word.norm in _AT:
        if ahead in _TO_VERBS or (word.norm in ("within", "among", "amongst") and ahead in _SOUGHT):
            return True
        # "At present the Trust ...": a preposition that is not close has an object of its own.
        return strong and (not close or ahead in _HOSTED or word.norm in ("to", "within"))
    return strong or word.norm in _WITH or word.norm in _SUPPORTED


def _before_another(sequence: Sequence[Word], last: int, others: Sequence[tuple[int, int]]) -> bool:
    """Return whether a comma or "and" after word ``last`` joins another name: the first of a list."""
    after = last
    while (
        after < len(sequence) and after - last < 3 and (sequence[after].raw == "," or sequence[after].norm in _JOINED)
    ):
        after += 1
    return after > last and any(start == after for start, _ in others)


_JOINED = frozenset(("and", "the"))


def _clause_after(sequence: Sequence[Word], last: int) -> Sequence[Word]:
    """Return the words from ``last`` to the end of the clause, initials in brackets left out, twelve at most."""
    if last + 2 < len(sequence) and sequence[last].raw == "(" and sequence[last + 2].raw == ")":
        last += 3
    if last + 1 < len(sequence) and sequence[last].raw == "," and sequence[last + 1].norm in ("which", "who", "whose"):
        # "..., which deals with adults, was not involved": what it is, then what it did.
        closing = next(
            (n for n in range(last + 2, len(sequence)) if sequence[n].raw in _STOPS or sequence[n].raw == ","), last
        )
        last = closing + 1 if closing > last and sequence[closing].raw == "," else last
    end = last
    while end < len(sequence) and end - last < 12 and sequence[end].raw not in _STOPS and sequence[end].raw != ",":
        end += 1
    return sequence[last:end]


def _denied(clause: Sequence[Word]) -> bool:
    """Return whether a clause says that its subject did not take part."""
    norms = tuple(w.norm for w in clause[:9])
    return any(norms[n : n + len(words)] == words for words in _NOT_ACTING for n in range(min(5, len(norms))))


def _subject_of_work(clause: Sequence[Word]) -> bool:
    """Return whether a clause begins with what a body that works with others does."""
    for word in clause[:3]:
        norm = word.norm
        if not _ACTS.isdisjoint((norm, norm.removesuffix("ed"), norm.removesuffix("d"))) or norm in _ACTED:
            return True
        if norm not in ("has", "have", "had", "also", "is", "are", "now", "will", "been", "then", "again", "both"):
            return False
    return False


def _named_as_document(sequence: Sequence[Word], last: int, *, strong: bool) -> bool:
    """Return whether the name only describes a document: "the Agency's threat assessment"."""
    if last < len(sequence) and sequence[last].norm in _DOCUMENTS and sequence[last].raw[:1].islower():
        return True
    return (
        last + 1 < len(sequence) and sequence[last + 1].norm in _DOCUMENTS and sequence[last].raw.islower() and strong
    )


def _of_a_person(sequence: Sequence[Word], first: int, last: int) -> bool:
    """Return whether "partner" is somebody's: "his former partner"."""
    return (
        last - first == 1 and sequence[first].norm == "partner" and first > 0 and sequence[first - 1].norm in _PERSONAL
    )


def in_passing(sequence: Sequence[Word], first: int, last: int, others: Sequence[tuple[int, int]]) -> bool:
    """Return whether words ``first`` to ``last`` (exclusive) name but one of several parties that something works with.

    "The teams work with CID, Operation RAPTOR and neighbouring forces" speaks of the teams. ``others`` are the word
    ranges of the other names, which a list is made of.
    """
    after_another = any(sequence[n].raw == "," or sequence[n].norm == "and" for n in (first - 1, first - 2) if n >= 0)
    after_another = after_another and any(s < first for s, _ in others)
    if not after_another and not _before_another(sequence, last, others):
        return False
    governor = _governor(sequence, first, others, _end_of_list(sequence, last, others))
    return governor is not None and governor[0].norm in ("with", "alongside", "between")


def _governor(
    sequence: Sequence[Word], first: int, others: Sequence[tuple[int, int]], end: int
) -> tuple[Word, Word | None, bool] | None:
    """Return the preposition or verb to the left that governs the mention, the word before it, and whether it is close.

    Close means that only articles, describing words and other names stand between.

    Articles, describing words in lower case, brackets and the other members of a list, which ends before word ``end``,
    are passed over.
    """
    index = first - 1
    steps = 0
    close = True
    while index >= 0 and steps < 14:
        word = sequence[index]
        if word.raw in _STOPS:
            return None
        member = next(((s, e) for s, e in others if s <= index < e), None)
        if member is not None:
            index = member[0] - 1
            continue
        if word.raw == "," and not (_ends_member(sequence, index, others) and _joins(sequence, index, end, others)):
            # A comma that parts no members of a list ends the clause: "In Harlow, the Trust has ..."
            return None
        if (
            word.norm in _WITH
            or word.norm in _AT
            or word.norm in _SUPPORTED
            or word.norm in _TARGETS
            or word.norm in _EXCLUDED
        ):
            return word, sequence[index - 1] if index else None, close
        if word.norm not in _SKIP:
            close = False
            steps += 3 if word.raw[:1].islower() else 0
        index -= 1
        steps += 1
    return None


def _ends_member(sequence: Sequence[Word], index: int, others: Sequence[tuple[int, int]]) -> bool:
    """Return whether the word before ``index`` is the end of another name, initials in brackets after it included."""
    end = index - 1 if index and sequence[index - 1].raw == ")" else index
    return any(e in (end, index) for _, e in others)


def _joins(sequence: Sequence[Word], comma: int, end: int, others: Sequence[tuple[int, int]]) -> bool:
    """Return whether "and" or "or" ends the list that ``comma`` is in: "After a theft at Boots, the Trust" is none."""
    after = min(end + 1, len(sequence))
    joining = (n for n in range(comma, after) if sequence[n].norm in ("and", "or", "&"))
    return any(not any(s <= n < e for s, e in others) for n in joining)


def _begins_clause(sequence: Sequence[Word], first: int) -> bool:
    """Return whether the mention stands where a subject does: at the start of a sentence, or after its opening phrase.

    "Local residents completed ...", "In Harlow, the schools have ..."; a name or article may stand before it.
    """
    index = first - 1
    while index >= 0 and _names(sequence[index]):
        index -= 1
    if index < 0 or sequence[index].raw in _STOPS:
        # Names alone, in a list it may be, from the start of the sentence on.
        return True
    index = first - 1
    while index >= 0 and sequence[index].raw != "," and _names(sequence[index]):
        index -= 1
    return sequence[index].raw == "," and _after_opening(sequence, index + 1, commas=1)


def _after_opening(sequence: Sequence[Word], first: int, commas: int | None = None) -> bool:
    """Return whether a phrase such as "After a theft at Boots, " opens the sentence before word ``first``.

    ``commas``: how many there are in all, if that matters.
    """
    start = first
    while start > 0 and sequence[start - 1].raw not in _STOPS:
        start -= 1
    found = sum(w.raw == "," for w in sequence[start:first])
    return sequence[start].norm in _OPENERS and (found == commas if commas else found > 0)


def _names(word: Word) -> bool:
    return word.norm in _SKIP or word.raw[:1].isupper()


_OPENERS = frozenset("in at on after during before following through since under across as when with".split())
