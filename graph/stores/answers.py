"""Answers that are published with a generation: what pages ask of the whole store, and would take long to ask again.

Each is a file named by the digest of the very query that it answers, so that a query that a newer release words in
another way is asked of the store. A file names each term once (docs/adr/0030-answers-published.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from graph.errors import StoreUnavailable
from graph.stores.base import Store, Table
from graph.stores.together import together

FOLDER = "answers"
"""Name of their folder in that of the generation."""


class Answers:
    """The answers in a folder, which is that of one generation and never changes; none where there is no folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known = frozenset(path.stem for path in folder.glob("*.json"))

    def find(self, query: str) -> Table | None:
        """Return the answer to ``query``, or None if it was not kept. Raises: StoreUnavailable if it cannot be read."""
        name = _name(query)
        if name not in self._known:
            return None
        path = self._folder / f"{name}.json"
        try:
            return _table(json.loads(path.read_bytes()))
        except (OSError, ValueError, KeyError, IndexError) as error:
            raise StoreUnavailable(f"{path}: this answer cannot be read: {error}", path=str(path)) from error


def write(store: Store, texts: Iterable[str], folder: Path) -> None:
    """Ask ``store`` each query of ``texts``, and keep the answers in ``folder``, which is made."""
    folder.mkdir(exist_ok=True)

    def keep(text: str) -> None:
        content = json.dumps(_content(store.select(text)), ensure_ascii=False, separators=(",", ":"))
        (folder / f"{_name(text)}.json").write_text(content, encoding="utf-8")

    together(keep, texts)


def _name(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()


def _content(table: Table) -> dict[str, Any]:
    """Return ``table`` with each term once: a row is the places of its terms, 0 being none."""
    places: dict[Node | None, int] = {None: 0}
    rows = [[places.setdefault(term, len(places)) for term in row] for row in table.rows]
    return {"columns": table.columns, "terms": [_written(term) for term in places if term is not None], "rows": rows}


def _written(term: Node) -> list[str | None]:
    if isinstance(term, Literal):
        return ["literal", str(term), term.language, str(term.datatype) if term.datatype else None]
    return ["uri" if isinstance(term, URIRef) else "bnode", str(term)]


def _table(content: dict[str, Any]) -> Table:
    terms = [None, *(_read(*term) for term in content["terms"])]
    return Table(tuple(content["columns"]), tuple(tuple(terms[place] for place in row) for row in content["rows"]))


def _read(kind: str, value: str, language: str | None = None, datatype: str | None = None) -> Node:
    if kind == "uri":
        return URIRef(value)
    if kind == "bnode":
        return BNode(value)
    return Literal(value, lang=language, datatype=URIRef(datatype) if datatype else None)
