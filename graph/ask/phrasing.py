"""Turns of phrase: what words mean only with those beside them, as "priority 4", "at least two", "Q4 of 2021"."""

from __future__ import annotations

import re

from graph.ask import cues
from graph.ask.lexicon import Lexicon, commitment, folded
from graph.ask.model import Meaning
from graph.mentions.words import Word, words

Candidate = tuple[int, int, Meaning]
"""First word, last word (exclusive), and what they mean together."""
_YEAR = re.compile(r"(?:20)?\d\d")
_QUARTER = re.compile(r"q[1-4]")
_NOTATION = re.compile(r"\d{1,2}\.\d{1,2}")


def turns_of_phrase(lexicon: Lexicon, tokens: list[Word]) -> list[Candidate]:
    """Return the meanings that words of a question have together."""
    return [
        *_numbers(lexicon, tokens),
        *_speaker(tokens),
        *_saved(tokens),
        *_bounds(lexicon, tokens),
        *_beyond_others(tokens),
        *_times(tokens),
        *_rates(tokens),
        *_targets(tokens),
    ]


def _times(tokens: list[Word]) -> list[Candidate]:
    """Return how often something is mentioned: "only once", "more than twice"."""
    text = [t.norm for t in tokens]
    found: list[Candidate] = []
    for place, number in ((n, cues.TIMES[t]) for n, t in enumerate(text) if t in cues.TIMES):
        signs = [
            (place - len(phrase.split()), sign)
            for sign, phrases in cues.BOUNDS.items()
            for phrase in cues.phrases(phrases)
            if " ".join(text[:place]).endswith(phrase)
        ]
        first, sign = min(signs, default=(place, "= "))
        found.append((first, place + 1, Meaning("bound", f"{sign}{number}")))
    return found


def _rates(tokens: list[Word]) -> list[Candidate]:
    """Return what a number is asked for by: "how many calls a day", "daily calls"."""
    text = [t.norm for t in tokens]
    if not {"many", "much", "average", "number", "rate"} & set(text):
        return []
    each = [
        (n, n + 2, Meaning("rate", text[n + 1]))
        for n in range(len(text) - 1)
        if text[n] in ("per", "a", "an", "each", "every") and text[n + 1] in folded(cues.RATES)
    ]
    named = {"daily": "day", "weekly": "week", "monthly": "month", "hourly": "hour"}
    return each + [(n, n + 1, Meaning("rate", named[t])) for n, t in enumerate(text) if t in named]


def _targets(tokens: list[Word]) -> list[Candidate]:
    """Return the noun "target", which asks for a number that is aimed at: "what is the target for answering 101"."""
    before = ("the", "a", "our", "their", "its", "what", "which", "any", "whats")
    return [
        (n, n + 1, Meaning("saved", "targets"))
        for n in range(1, len(tokens))
        if tokens[n].norm == "target"
        and tokens[n - 1].norm in before
        and (n + 1 == len(tokens) or tokens[n + 1].norm not in ("of", "group", "person", "area", "vehicle", "audience"))
    ]


def _numbers(lexicon: Lexicon, tokens: list[Word]) -> list[Candidate]:
    """Return commitments and priorities by their number, and quarters."""
    found: list[Candidate] = []
    for i, token in enumerate(tokens):
        before = tokens[i - 1].norm if i else ""
        if before in ("priority", "aim") and token.norm in cues.NUMBER_WORDS:
            number = str(cues.NUMBER_WORDS[token.norm])
            found.append((i - 1, i + 1, Meaning("entity", "priority", commitment("priority", lexicon, number))))
        if _NOTATION.fullmatch(token.norm) and (things := commitment("commitment", lexicon, token.norm)):
            first = i - 1 if before in ("commitment", "promise", "pledge") else i
            found.append((first, i + 1, Meaning("entity", "commitment", things)))
        elif token.norm.isdigit() and before in ("priority", "aim"):
            things = commitment("priority", lexicon, token.norm)
            found.append((i - 1, i + 1, Meaning("entity", "priority", things)))
        elif token.norm.isdigit() and before in ("commitment", "promise"):
            found.append((i - 1, i + 1, Meaning("entity", "commitment", commitment("commitment", lexicon, token.norm))))
        elif token.norm.isdigit() and before == "item":
            # A number that no item has names none: it is not looked for as a word.
            things = lexicon.items.get(token.norm, ())
            found.append((i - 1, i + 1, Meaning("entity" if things else "unanswerable", "item", things)))
        elif token.norm.isdigit() and (kind := _listed(tokens, i)):
            found.append((i, i + 1, Meaning("entity", kind, commitment(kind, lexicon, token.norm))))
        elif _QUARTER.fullmatch(token.norm):
            found.append(_quarter(lexicon, tokens, i, i))
        elif before == "quarter" and _QUARTER.fullmatch(f"q{token.norm}"):
            found.append(_quarter(lexicon, tokens, i - 1, i))
    return found


def _listed(tokens: list[Word], place: int) -> str:
    """Return "priority" for a number in a list after that word: "priorities 4 and 5"."""
    while place >= 2 and (tokens[place - 1].norm in ("and", "or") or tokens[place - 1].norm.isdigit()):
        place -= 1
    return "priority" if tokens[place].norm.isdigit() and tokens[place - 1].norm in ("priority", "aim") else ""


def _quarter(lexicon: Lexicon, tokens: list[Word], first: int, number: int) -> Candidate:
    """Return a quarter with its year, if one is said, as those that reports are of: "quarter 4 of 2021"."""
    last = number + 1
    if last + 1 < len(tokens) and tokens[last].norm in ("of", "in") and _YEAR.fullmatch(tokens[last + 1].norm):
        last += 1
    start = last
    while last < len(tokens) and last - start < 2 and _YEAR.fullmatch(tokens[last].norm):
        last += 1
    years = [w.norm[-2:] for w in tokens[start:last]]
    begin = first
    while first > 0 and begin - first < 2 and _YEAR.fullmatch(tokens[first - 1].norm):
        first -= 1
    years += [w.norm[-2:] for w in tokens[first:begin]]
    if not years and last > number + 1:
        last = number + 1
    quarter = f"q{tokens[number].norm[-1]}"
    known = tuple(
        e
        for e in lexicon.kinds.values()
        if e.kind == "quarter" and e.label.casefold().endswith(quarter) and _is_of(e.label, years)
    )
    return first, last, Meaning("period", quarter, known)


def _is_of(label: str, years: list[str]) -> bool:
    """Whether a quarter labelled as "2021-22 Q4" is of the years said; of either where only one is."""
    told = [part[-2:] for part in re.findall(r"\d{2,4}", label.rpartition(" ")[0])]
    return told == years or (len(years) < 2 and set(years) <= set(told))


def _speaker(tokens: list[Word]) -> list[Candidate]:
    """Return who asks: "as a journalist", "I am a councillor"."""
    speakers = folded(cues.SPEAKERS)
    return [
        (i - 2, i + 1, Meaning("filler"))
        for i in range(2, len(tokens))
        if tokens[i].norm in speakers
        and tokens[i - 1].norm in ("a", "an", "the", "your", "our")
        and tokens[i - 2].norm in ("as", "am", "im", "for")
        and i < 5
    ]


def _saved(tokens: list[Word]) -> list[Candidate]:
    """Return questions of the catalogue that words anywhere in the question ask for together."""
    found: list[Candidate] = []
    for name, lists in cues.SAVED_TOGETHER.items():
        places = [[i for i, t in enumerate(tokens) if t.norm in folded(text)] for text in lists]
        if all(places):
            found += [(place[0], place[0] + 1, Meaning("saved", name)) for place in places]
    return found


def _bounds(lexicon: Lexicon, tokens: list[Word]) -> list[Candidate]:
    """Return how many there must be: "more than one", "at least 2", "several" before a noun for a sort of thing."""
    nouns = {
        first
        for first, _, meanings in lexicon.language.find(tokens)
        if any(m.role == "class" and m.value not in ("who", "where", "thing") for m in meanings)
    }
    ranked = folded(" ".join(cues.RANKED))
    found: list[Candidate] = [
        (n, n + 1, Meaning("filler"))
        for n, t in enumerate(tokens)
        if t.norm in ranked and nouns.intersection(range(n + 1, n + 3))
    ]
    asked = bool(tokens) and tokens[0].raw.casefold() not in cues.YES_NO.split()
    for first in range(len(tokens)):
        number = _amount(tokens[first + 1].norm) if tokens[first].norm == "all" and first + 2 in nouns else None
        if asked and number is not None and number > 1:
            # "In all three areas": in as many as there are.
            found.append((first, first + 2, Meaning("bound", f">={number}")))
        for sign, text in cues.BOUNDS.items():
            for phrase in cues.phrases(text):
                last = first + len(phrase.split())
                number = _amount(tokens[last].norm) if last < len(tokens) else None
                if number is None or [t.norm for t in tokens[first:last]] != [w.norm for w in words(phrase)]:
                    continue
                if not any(place in nouns for place in range(last + 1, last + 3)):
                    continue
                if sign == "= " and "none" in {t.norm for t in tokens[last:]}:
                    # "Only one area or none".
                    found.append((first, last + 1, Meaning("bound", f"<={number}")))
                    continue
                one = (sign, number) in ((">=", 1), ("> ", 0))
                # "At least one partner" is some partner.
                found.append((first, last + 1, Meaning("filler") if one else Meaning("bound", f"{sign}{number}")))
        for phrase in cues.phrases(cues.SEVERAL):
            last = first + len(phrase.split())
            if last in nouns and [t.norm for t in tokens[first:last]] == [w.norm for w in words(phrase)]:
                found.append((first, last, Meaning("bound", ">=2")))
    return found


def _amount(norm: str) -> int | None:
    if norm in ("a", "an", "single"):
        return 1
    return int(norm) if norm.isdigit() else cues.NUMBER_WORDS.get(norm)


def _beyond_others(tokens: list[Word]) -> list[Candidate]:
    """Return "more ... than any other" as "most"."""
    text = [t.norm for t in tokens]
    for degree, which in (("more", "most"), ("fewer", "fewest"), ("less", "fewest")):
        if degree in text:
            first = text.index(degree)
            for phrase in cues.phrases(cues.ANY_OTHER):
                said = phrase.split()
                places = [n for n in range(first + 1, len(text)) if text[n : n + len(said)] == said]
                if places:
                    return [
                        (first, first + 1, Meaning("superlative", which)),
                        (places[0], places[0] + len(said), Meaning("filler")),
                    ]
    return []
