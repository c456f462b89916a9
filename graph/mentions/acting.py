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
    if last < len(sequence) and sequence[last].norm in _DOCUMENTS and sequence[last].raw[:1].islower():
        return False
    if last + 1 < len(sequence) and sequence[last + 1].norm in _DOCUMENTS and sequence[last].raw.islower() and strong:
        return False
    governor = _governor(sequence, first, others)
    if governor is None:
        return strong or _begins_clause(sequence, first)
    word, before, close = governor
    if word.norm in _EXCLUDED or (before is not None and before.norm in _EXCLUDED):
        return False
    if word.norm in ("with", "of", "between") and before is not None and before.norm in _PLACED:
        return False
    if word.norm in _TARGETS:
        return False
    if word.norm in _AT:
        if strong and not close:
            # "At present the Trust ...": the preposition has an object of its own.
            return True
        if before is not None and before.norm in _TO_VERBS:
            return True
        return strong and word.norm in ("to", "within")
    if word.norm in _WITH or word.norm in _SUPPORTED:
        return True
    return strong


def in_passing(sequence: Sequence[Word], first: int, others: Sequence[tuple[int, int]]) -> bool:
    """Return whether what begins at word ``first`` is only one of several parties that something else works with.

    "The teams work with CID, Operation RAPTOR and neighbouring forces" speaks of the teams. ``others`` are the word
    ranges of the other names, which a list is made of.
    """
    listed = any(sequence[n].raw == "," or sequence[n].norm == "and" for n in (first - 1, first - 2) if n >= 0)
    if not listed or not any(s < first for s, _ in others):
        return False
    governor = _governor(sequence, first, others)
    return governor is not None and governor[0].norm in ("with", "alongside", "between")


def _governor(
    sequence: Sequence[Word], first: int, others: Sequence[tuple[int, int]]
) -> tuple[Word, Word | None, bool] | None:
    """Return the preposition or verb to the left that governs the mention, the word before it, and whether it is close.

    Close means that only articles, describing words and other names stand between.

    Articles, describing words in lower case, brackets and the other members of a list are passed over.
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
        if word.raw == "," and not _ends_member(sequence, index, others):
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


def _begins_clause(sequence: Sequence[Word], first: int) -> bool:
    """Return whether the mention stands where a subject does: at the start of a sentence, or after its opening phrase.

    "Local residents completed ...", "In Harlow, the schools have ..."; a name or article may stand before it.
    """
    index = first - 1
    while (
        index >= 0
        and (sequence[index].norm in _SKIP or sequence[index].raw[:1].isupper())
        and sequence[index].raw != ","
    ):
        index -= 1
    if index < 0 or sequence[index].raw in _STOPS:
        return True
    if sequence[index].raw != ",":
        return False
    start = index
    while start > 0 and sequence[start - 1].raw not in _STOPS:
        start -= 1
    return sequence[start].norm in _OPENERS and not any(w.raw == "," for w in sequence[start:index])


_OPENERS = frozenset("in at on after during before following through since under across as when with".split())
