"""Queries that stores answer sooner: the values of a parameter put where they confine, in place of a test of each row.

``FILTER(!BOUND(?_lpa) || ?lpa = ?_lpa)`` says that a parameter that is not given filters nothing. Where it is given, a
store that does not see through the words tries every row of the whole graph. With addresses for values the same rows
come of a data block of ``?lpa`` itself, and of a pattern in place of ``EXISTS`` (docs/adr/0034-values-that-confine.md).
"""

from __future__ import annotations

import re

_BLOCK = re.compile(r"VALUES\s+\?_(?P<name>\w+)\s*\{(?P<values>[^{}]*)\}")
_ADDRESSES = re.compile(r"\s*(?:<[^<>]*>\s*)+")
_EQUAL = re.compile(r"FILTER\(!BOUND\(\?_(?P<name>\w+)\) \|\| \?(?P<of>\w+) = \?_(?P=name)\)")
_BRACES = re.compile(r"OPTIONAL\s*\{|[{}]")
_WORDS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_EXISTS = re.compile(r"FILTER\(!BOUND\(\?_(?P<name>\w+)\) \|\| EXISTS \{ (?P<pattern>\?\w+ [\w:/]+ \?_(?P=name)) \}\)")


def confined(sparql: str) -> str:
    """Return a query that selects what ``sparql`` does, a query of ours with its values in place.

    Only the two forms of filter that our queries have are looked at, and only addresses: numbers and words may be equal
    without being the same term. A filter whose variable is first met in an OPTIONAL stays: a block would bind it where
    nothing does.
    """
    if any("FILTER" in words or "VALUES" in words for words in _WORDS.findall(sparql)):
        # Somebody looks for words of SPARQL: a value stays the value that it is.
        return sparql
    values = {
        block["name"]: " ".join(block["values"].split())
        for block in _BLOCK.finditer(sparql)
        if _ADDRESSES.fullmatch(block["values"])
    }

    def equal(found: re.Match[str]) -> str:
        given = values.get(found["name"]) if _is_surely_bound(found["of"], sparql) else None
        return f"VALUES ?{found['of']} {{ {given} }}" if given else found[0]

    sparql = _EQUAL.sub(equal, sparql)
    sparql = _EXISTS.sub(lambda found: f"{found['pattern']} ." if found["name"] in values else found[0], sparql)
    for name in values:
        # A block that nothing reads any more would only multiply the rows.
        if len(re.findall(rf"\?_{name}\b", sparql)) == len(re.findall(rf"VALUES\s+\?_{name}\s*\{{", sparql)):
            sparql = re.sub(rf"VALUES\s+\?_{name}\s*\{{[^{{}}]*\}}", "", sparql)
    return sparql


def _is_surely_bound(variable: str, sparql: str) -> bool:
    """Return whether a variable of a query stands in a pattern that every row meets before it stands in an OPTIONAL."""
    body = _WORDS.sub("", sparql[sparql.find("{") :])
    met = re.search(rf"\?{variable}\b", body)
    if met is None:
        return False
    groups: list[str] = []
    for brace in _BRACES.finditer(body, 0, met.start()):
        if brace[0] == "}":
            groups.pop()
        else:
            groups.append(brace[0])
    return not any(group.startswith("OPTIONAL") for group in groups)
