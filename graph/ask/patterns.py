"""Words of a question as they are looked for in sentences."""

from __future__ import annotations

import re
from itertools import pairwise

from graph.ask.lexicon import filler_words, root, spelt
from graph.ask.model import Linked, Span
from graph.mentions.words import words


def pattern(span: Span) -> str:
    """Return the regular expression that finds the words of ``span`` in any inflection."""
    return r"\b" + r"\W+".join(re.escape(root(spelt(w.norm))) for w in words(span.read_as or span.words))


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
