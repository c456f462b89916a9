"""Refuses SPARQL from outside that would do more than read this graph, before any of it runs.

Strings, addresses, comments, variables and prefixed names are told from keywords by the terminals of the
SPARQL 1.1 grammar (https://www.w3.org/TR/sparql11-query/#sparqlGrammar), so that a report about a "service" can be
asked for. Where the grammar leaves no choice the guard reads as it says; where parsers are known to differ, the
guard considers each reading and refuses what is a federated query in any:

- Parsers need no space between keywords and what stands beside them: ``1e5SERVICE <...>`` calls a service.
- ``SERVICE:x { }`` is a prefixed name to some, the keyword and ``:x`` to others.
- ``?a<'x>') SERVICE ...`` holds an address or a comparison with a string.

Escapes cannot hide a keyword: no parser reads them there. ``tests/graph/test_guard.py`` holds the guard against
Oxigraph's own parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import BadQuery

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MIDDLE = "0-9\u00b7\u0300-\u036f\u203f\u2040"
_ESCAPED = r"\\[_~.\-!$&'()*+,;=/?#@%]|%[0-9A-Fa-f]{2}"
_TOKEN = re.compile(
    rf"""
    (?P<string> \"{{3}}(?:[^"\\]|\\.|"(?!""))*+\"{{3}} | '{{3}}(?:[^'\\]|\\.|'(?!''))*+'{{3}}
              | "(?!"")(?:[^"\\\n\r]|\\.)*+" | '(?!'')(?:[^'\\\n\r]|\\.)*+' )
  | (?P<open>  \"{{3}} | '{{3}} | ["'] )
  | (?P<iri>   <(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+> )
  | (?P<space> (?:[\x20\t\r\n]|\#[^\r\n]*+)++ )
  | (?P<var>   [?$][{_BASE}_{_MIDDLE}]++ )
  | (?P<tag>   @[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)? )
  | (?P<number>[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+ )
  | (?P<word>  (?:[{_BASE}_][{_BASE}_{_MIDDLE}\-.]*+)?+ (?P<local>:(?:[{_BASE}_{_MIDDLE}:.\-]|{_ESCAPED})*+)?+ )
    """,
    re.DOTALL | re.VERBOSE,
)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_TELLING = re.compile(
    rf"(?P<service>SERVICE)|(?P<dataset>FROM)|^(?P<form>{'|'.join(_FORMS)})"
    r"|^(?P<update>INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b",
    re.IGNORECASE,
)
_UNCLOSED = 16
"""Long strings without an end that are looked past: each costs a look at all the rest."""
_SPACE = r"(?:[\x20\t\r\n]|\#[^\r\n]*+)*+"
_BRACE = re.compile(rf"{_SPACE}\{{")
_ADDRESS = re.compile(rf"{_SPACE}(?:NAMED{_SPACE})?<(?P<iri>[^<>\"{{}}|^`\\\x00-\x20]*)>", re.IGNORECASE)
_WEB = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_BEFORE_AN_ADDRESS = frozenset(("", *"{([,;|/^!=<&+*"))
"""After these, "<" begins an address and is no sign for "less than"."""
_VARYING = re.compile(r"NOW|RAND|UUID|BNODE", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the guard found in a query that only reads this graph."""

    form: str | None
    """"SELECT", "ASK", "CONSTRUCT" or "DESCRIBE"; None if the query is of no form (its parser will say where)."""
    has_dataset: bool
    """Whether it says with FROM or FROM NAMED which graphs it asks."""
    dataset: tuple[str, ...]
    """The addresses written after FROM and FROM NAMED; "" for one that is not written out whole."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A keyword that the guard cares for."""

    kind: str
    """"service", "dataset" (FROM), "form" or "update"."""
    text: str
    start: int
    end: int
    usual: bool
    """Whether it is a keyword in the reading that takes as an address whatever can be one."""


def read_only(query: str) -> str:
    """Return ``query`` if it only reads this graph. Raises: BadQuery naming the word, line and column."""
    read(query)
    return query


def read(query: str) -> Reading:
    """Return what kind of query this is. Raises: BadQuery, naming word, line and column, if it writes or fetches."""
    form, dataset = None, []
    for word in _words(query):
        if word.kind == "service":
            raise _refusal(query, word, "reads from other addresses are refused")
        if word.kind == "update" and word.usual:
            raise _refusal(query, word, "this graph is read-only")
        if word.kind == "form" and word.usual:
            form = form or word.text.upper()
        if word.kind == "dataset" and word.usual:
            dataset.append(_address_after(query, word.end))
    return Reading(form, bool(dataset), tuple(dataset))


def place(query: str, at: int) -> tuple[int, int]:
    """Return line and column, both from 1, of the character ``at``."""
    before = query[:at]
    return before.count("\n") + 1, at - before.rfind("\n")


def repeatable(query: str) -> bool:
    """Return whether equal data give an equal answer: false where the query may ask for time, chance or new names."""
    return _VARYING.search(query) is None


def tokens(query: str, at: int = 0) -> Iterator[tuple[str, int, int]]:
    """Yield the tokens of ``query`` from ``at`` on, the usual way: kind (a group of ``_TOKEN`` or "sign"), start, end.

    A string that its line, or the query, ends before it is closed is the last token.
    """
    while at < len(query):
        token = _TOKEN.match(query, at)
        if token is None or token.end() == at:
            kind, end = "sign", at + 1
        else:
            kind, end = str(token.lastgroup), token.end()
        if kind == "open" and end - at == 3:
            # Three quotes that open no long string are an empty string and the beginning of another.
            end = at + 2
        elif kind == "open":
            end = len(query)
        yield kind, at, end
        at = end


def _words(query: str) -> Iterator[_Word]:
    """Yield the telling keywords of ``query`` under each way in which it can be read, the usual way first."""
    ways, seen, usual, unclosed = [0], set[int](), True, 0
    while ways:
        before = ""
        for kind, start, end in tokens(query, ways.pop()):
            if start in seen:
                break
            seen.add(start)
            if kind == "word" and end - start > 2:
                yield from _telling(query, start, usual=usual)
            elif kind == "iri" and before not in _BEFORE_AN_ADDRESS and not _WEB.match(query, start):
                # After a value "<" can also be the sign for "less than".
                ways.append(start + 1)
            elif kind == "open":
                unclosed += 1
                if unclosed > _UNCLOSED:
                    line, column = place(query, start)
                    raise BadQuery(f"a string never ends: line {line}, column {column}", line=line, column=column)
            if kind != "space":
                before = query[end - 1]
        usual = False


def _telling(query: str, start: int, *, usual: bool) -> Iterator[_Word]:
    """Yield what the word, or the name with a prefix, at ``start`` says as keywords."""
    token = _TOKEN.match(query, start)
    if token is None:
        return
    name = token["local"] is not None
    word = query[start : token.start("local")] if name else token[0]
    for found in _TELLING.finditer(word):
        kind = str(found.lastgroup)
        if not name or (kind == "service" and _BRACE.match(query, token.end())):
            at = start + found.start()
            yield _Word(kind, found[0], at, at + len(found[0]), usual)


def _address_after(query: str, at: int) -> str:
    found = _ADDRESS.match(query, at)
    return found["iri"] if found else ""


def _refusal(query: str, word: _Word, reason: str) -> BadQuery:
    line, column = place(query, word.start)
    shown = word.text.upper()
    message = f"{shown} at line {line}, column {column}: {reason}"
    return BadQuery(message, word=shown, line=line, column=column)
