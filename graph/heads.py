"""What the columns of an answer are called in words; files keep the names of the variables, which programs read.

The front matter of a question names the columns whose meaning is its own (``columns``). The words below hold in all
questions; any other name is told as it is written, word by word.
"""

from __future__ import annotations

import re
from typing import Final

from graph.queries import Query

WORDS: Final = {
    "basis": "Recognised by",
    "better": "Better when",
    "end": "To character",
    "force": "Police force",
    "forceWide": "Force-wide items",
    "how": "How it is said",
    "item": "Sentence",
    "items": "Evidence items",
    "link": "Relation",
    "lpa": "Local Policing Area",
    "operationA": "First operation",
    "operationB": "Second operation",
    "placeKind": "Kind of place",
    "programme": "Scheme or programme",
    "quote": "In the report\u2019s words",
    "start": "From character",
    "to": "To",
    "what": "What is counted",
    "words": "Words in the report",
}
"""Variables that mean the same wherever they stand, and cannot be told word by word."""

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LEAST: Final = 3
"""Letters below which a name says nothing: ``?n`` stays as its writer wrote it."""


def head(name: str, query: Query | None = None) -> str:
    """Return what the column of the variable ``name`` is called: "partnerType" gives "Partner type".

    ``query`` is the question whose answer it is, if it is one of ours.
    """
    if query and (own := dict(query.columns).get(name)):
        return own
    if name in WORDS:
        return WORDS[name]
    if len(name) < _LEAST:
        return name
    words = _CAMEL.sub(" ", name).replace("_", " ").strip()
    # Capitals inside a name begin its words, but for those of a short form: "ONScode" and "LPAs" keep theirs.
    told = " ".join(word if word[:2].isupper() else word.lower() for word in words.split())
    return told[:1].upper() + told[1:]
