"""What an audit pack holds: a question, its SPARQL and rows, the sentences, the checks, the reports and the rules.

A pack is plain JSON data. Rows are solutions as SPARQL's own JSON has them; everything else is strings and whole
numbers. Nothing in it depends on the clock or the machine: the same store gives the same pack, byte by byte.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rdflib import XSD, URIRef

from graph import queries
from graph.namespaces import BASE
from graph.queries import Query
from graph.statements import VERSION
from graph.stores.base import Store

FORMAT = "golden-thread-audit-pack"
FORMAT_VERSION = 1

Content = dict[str, Any]
Binding = dict[str, str]
Row = dict[str, Binding]

_ROOT = Path(__file__).resolve().parent.parent.parent
_READ_BY = ("graph/**/*.py", "queries/**/*.rq", "ontology/**/*.ttl")


def content(store: Store, query: Query, values: queries.Values | None = None) -> Content:
    """Return the pack of ``query`` asked with ``values``. Raises: as ``queries.run``."""
    sparql = queries.bind(store, query, values)
    columns, rows = solutions(store.results(sparql, "json"))
    made: Content = {
        "format": FORMAT,
        "formatVersion": FORMAT_VERSION,
        "question": {
            "name": query.name,
            "summary": query.summary,
            "description": query.description,
            "parameters": _parameters(query, values or {}),
            "sparql": sparql,
        },
        "columns": columns,
        "rows": rows,
        **grounds(store, rows),
        "data": {"version": store.version, "base": BASE},
        "engine": engine(),
    }
    return {**made, "digest": digest(made)}


def grounds(store: Store, rows: Iterable[Row], others: Iterable[str] = ()) -> Content:
    """Return what ``rows`` rest on in ``store``: the sentences they name and ``others``, their checks, reports, rules.

    All reports are told, not only those of the rows: that nothing was found in a report is part of an answer.
    """
    named = dict.fromkeys(cell["value"] for row in rows for cell in row.values() if cell["type"] == "uri")
    named |= dict.fromkeys(others)
    terms = [URIRef(iri) for iri in named if queries.is_address(iri)]
    passages = _facts(store, "pack-passages", terms)
    found = [URIRef(str(passage["passage"])) for passage in passages]
    return {
        "passages": passages,
        "checks": _facts(store, "pack-checks", found),
        "reports": [_with_digest_of_text(store, report) for report in _facts(store, "pack-reports")],
        "rules": _facts(store, "pack-rules"),
    }


def _facts(store: Store, page: str, passages: Sequence[URIRef] | None = None) -> list[dict[str, str | int]]:
    """Return the rows of a page query as plain values; of ``passages`` where they are given, and of none if empty."""
    if passages is not None and not passages:
        return []
    text = queries.fill(queries.page(page), {} if passages is None else {"passage": passages})
    _, rows = solutions(store.results(text, "json"))
    return [{name: _plain(cell) for name, cell in row.items()} for row in rows]


def _with_digest_of_text(store: Store, report: dict[str, str | int]) -> dict[str, str | int]:
    """Return what is told of a report, with the SHA-256 of its text that the store holds in place of its document.

    Not by SPARQL's SHA256: Virtuoso's is another one for letters beyond ASCII.
    """
    document = URIRef(str(report["document"]))
    ((_, text),) = store.select(queries.fill(queries.page("document-text"), {"document": [document]})).rows
    told = {name: value for name, value in report.items() if name != "document"}
    return {**told, "textDigest": hashlib.sha256(str(text).encode()).hexdigest()}


def _plain(cell: Binding) -> str | int:
    whole = (str(XSD.integer), str(XSD.nonNegativeInteger))
    return int(cell["value"]) if cell.get("datatype") in whole else cell["value"]


def solutions(results: bytes) -> tuple[list[str], list[Row]]:
    """Return columns and rows of SPARQL 1.1 results in JSON, each term in one form whichever store wrote it."""
    told = json.loads(results)
    rows = [{name: _term(cell) for name, cell in sorted(row.items())} for row in told["results"]["bindings"]]
    return list(told["head"]["vars"]), rows


def _term(cell: Mapping[str, str]) -> Binding:
    # Older endpoints say "typed-literal"; some tell the datatype of plain strings, some do not.
    kind = "literal" if cell["type"] == "typed-literal" else cell["type"]
    kept = {"type": kind, "value": cell["value"]}
    if language := cell.get("xml:lang"):
        kept["xml:lang"] = language
    if (datatype := cell.get("datatype", "")) not in {"", str(XSD.string)}:
        kept["datatype"] = datatype
    return kept


def _parameters(query: Query, values: queries.Values) -> dict[str, list[str]]:
    """Return the values asked for, as they were given, and defaults where none was."""
    given = {name: [value] if isinstance(value, str) else list(value) for name, value in values.items()}
    asked = {p.name: given.get(p.name) or ([p.default] if p.default is not None else []) for p in query.params}
    return {name: chosen for name, chosen in asked.items() if chosen}


@cache
def engine() -> dict[str, str]:
    """Return what made the pack: our version, a digest of our code, queries and ontology, and the SPARQL engine's."""
    told = hashlib.sha256()
    for path in sorted(path for pattern in _READ_BY for path in _ROOT.glob(pattern)):
        told.update(f"{path.relative_to(_ROOT).as_posix()}\n".encode())
        told.update(path.read_bytes())
    return {"goldenthread": VERSION, "code": told.hexdigest(), "pyoxigraph": version("pyoxigraph")}


def digest(pack: Content) -> str:
    """Return the SHA-256 of a pack's data but for its digest: it tells damage, and is no signature."""
    rest = {name: value for name, value in pack.items() if name != "digest"}
    return hashlib.sha256(as_json(rest).encode()).hexdigest()


def as_json(value: Any) -> str:
    """Return ``value`` as JSON in one form: keys sorted, no spaces, letters as letters."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
