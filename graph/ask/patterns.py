"""Words of a question as they are looked for in sentences."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from graph.ask.lexicon import filler_words, root, roots, spelt, stem
from graph.ask.model import Linked, Span
from graph.ask.thesaurus import SAME
from graph.mentions.inflections import KEPT_WORDS
from graph.mentions.words import words


def pattern(span: Span) -> str:
    """Return the regular expression that finds the words of ``span`` in any inflection, and what says the same."""
    said = [root(spelt(w.norm)) for w in words(span.read_as or span.words)]
    if len(said) == 1:
        return either_way(said[0])
    return r"\b" + r"\w*\W+".join(
        f"(?:{'|'.join(found)})" if len(found := _forms(one)) > 1 else found[0] for one in said
    )


def each_word(span: Span) -> tuple[str, ...]:
    """Return a regular expression for each word of ``span`` that carries meaning: all are to be found, in any order."""
    return tuple(dict.fromkeys(either_way(one) for one in roots(span.read_as or span.words)))


def either_way(root_: str) -> str:
    """Return the regular expression for a word by its root: the words that reports have for the same as well."""
    return "|".join(rf"\b{form}" for form in _forms(root_))


def holds(text: str, looked_for: str) -> bool:
    """Return whether a regular expression finds all that another finds, which is made of the same words."""
    return set(looked_for.split("|")) <= set(text.split("|"))


@lru_cache(maxsize=KEPT_WORDS)
def _forms(root_: str) -> tuple[str, ...]:
    same = next((line.split() for line in SAME if root(line.split()[0]) == root_), ())
    return tuple(dict.fromkeys(re.escape(form) for form in (root_, *map(stem, same))))


def either(linked: Linked) -> list[tuple[Span, ...]]:
    """Return the words and names of ``linked`` that "or" joins, in the order they are said: "drugs or gangs"."""
    groups: list[tuple[Span, ...]] = []
    said = [s for s in linked.spans if s.meaning.role in ("entity", "type", "words")]
    for one, other in pairwise(said):
        between = [w.norm for w in linked.words[one.last : other.first]]
        if "or" not in between or not filler_words().issuperset(between):
            continue
        if groups and groups[-1][-1] == one:
            groups[-1] = (*groups[-1], other)
        else:
            groups.append((one, other))
    return groups
