"""Hypothesis strategies: texts that look like reports, and values made to break what they are put into."""

from __future__ import annotations

from hypothesis import strategies as st

LINES = (
    "",
    "",
    "",
    "Police and Crime Plan",
    "Quarter 4 \u2013 2021/22",
    "Essex Police",
    "Contents",
    "Safer Nights\t3-7",
    "Priority 1 - Safer Nights",
    "PRIORITY TWO: Quiet Streets",
    "Priority 3 \u2013 Roads",
    "Priority",
    "We will:",
    "Working with partners we will: keep faith.",
    "We will",
    "Walk the streets at night.",
    "North LPA",
    "West LPA",
    "Eastern Division",
    "Force-wide",
    "Special Constabulary",
    "- A bullet about Operation HERON.",
    "\u2022 Another bullet",
    "  - a sub-item",
    "   o a deeper one",
    "1. numbered",
    "(a) lettered",
    "a wrapped line of words",
    "Page 3",
    "\f",
    "17",
    "A paragraph that reports something done in the town.",
    "- ",
    "-",
    "Quarterly report Q1",
    "Quarterly report Q1",
    "Quarterly report Q1",
    "Operations X, Y and Z",
    "\u00a3",
    "e\u0301",
    "\U0001f600 smiles",
    "\u2028",
    "\x85",
    "\x1c",
)
"""Lines of which reports, and things that only look like reports, are made."""

HOSTILE = (
    '"',
    "'",
    "\\",
    "}",
    "{",
    "<",
    ">",
    "#",
    "\n",
    "\r",
    "UNDEF",
    " } UNION { ?s ?p ?o } #",
    '" . } #',
    "\\u007D",
    "SERVICE",
    "?x",
    "\u2028",
    "\x00",
    "%0a",
    "; DROP",
    "http://a/b",
    "urn:x",
    "urn:x> ?y <urn:z",
    "^^",
    "@en",
)


def report_texts() -> st.SearchStrategy[str]:
    """Return texts of up to some forty lines that are shaped like reports, more or less."""
    line = st.one_of(st.sampled_from(LINES), st.sampled_from(LINES), st.text(max_size=30))
    return st.lists(line, max_size=40).map("\n".join)


def parameter_values() -> st.SearchStrategy[str]:
    """Return values for a parameter: ordinary words, addresses, and pieces of queries."""
    piece = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8))
    return st.lists(piece, min_size=1, max_size=6).map("".join)


def addresses() -> st.SearchStrategy[str]:
    """Return strings that begin as addresses do and go on as they please."""
    return parameter_values().map("https://w3id.org/golden-thread/id/theme/{}".format)
