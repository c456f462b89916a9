"""The text index of a store: its names and the words of its evidence, in SQLite's FTS5.

A published generation has one beside it (``text.sqlite``), written before it is published and never again
(docs/adr/0020-text-index.md). Where there is none - an endpoint, an older store - one is made in memory.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from rdflib import URIRef

from graph import queries
from graph.errors import StoreUnavailable
from graph.spelling import MINOR, initials, lengthened, nearest, words
from graph.stores.base import Row, Store

FILE = "text.sqlite"
"""Name of the index in the folder of a generation."""
MOST_FETCHED = 20_000
"""Evidence items of an endpoint whose words are fetched to be searched: some hundred reports, a few seconds."""
MOST_WORDS = 12
"""Words of a search that are looked for; nobody types more, and a pasted page would ask for much."""

_TABLES = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, title TEXT NOT NULL, uses INTEGER NOT NULL);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, how TEXT NOT NULL, text TEXT NOT NULL,
                   words TEXT NOT NULL);
CREATE VIRTUAL TABLE name_words USING fts5 (words, content = 'name', content_rowid = 'id', tokenize = 'unicode61');
CREATE TABLE passage (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, number INTEGER NOT NULL, report TEXT NOT NULL,
                      quarter TEXT NOT NULL, page INTEGER NOT NULL, commitment_number TEXT NOT NULL,
                      start INTEGER NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE passage_words USING fts5 (text, content = 'passage', content_rowid = 'id',
                                               tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TABLE word (text TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX name_by_words ON name (words);
INSERT INTO name_words (name_words) VALUES ('rebuild');
INSERT INTO passage_words (passage_words) VALUES ('rebuild');
"""
_WEIGHTS = {"name": 100, "code": 98, "alias": 96, "hint": 88, "short": 86, "meaning": 84, "initials": 80}
"""What it is worth that the words are a whole name, by how it is one; "hint" is a word that only shows a thing."""
_PART, _BEGINS, _HINTED, _MOST_USES = 60.0, 10.0, 15.0, 20
_LOOSEST = 20
"""Where nothing holds all the words, what a thing must score to be found by some of them."""
_OPEN, _CLOSE, _CUT = "\x02", "\x03", "\u2026"
_SNIPPET = 36
"""Words of an item that are shown around what was found."""
_MARKED = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NameHit:
    """A thing that goes by the words: ``matched`` is the name of it that does, and ``how`` what that name is.

    ``how`` is "name", "code", "alias", "hint" (words that show it in a text), "initials", and of an abbreviation
    "short" or "meaning".
    """

    iri: URIRef
    title: str
    matched: str
    how: str
    uses: int
    """Evidence items that it stands in."""
    score: float


@dataclass(frozen=True, slots=True)
class PassageHit:
    """An evidence item that holds the words."""

    iri: URIRef
    number: int
    report: str
    quarter: str
    page: int
    commitment_number: str
    snippet: tuple[tuple[str, bool], ...]
    """The words around the first place found, in pieces, with whether each was looked for."""
    found: tuple[int, int]
    """Start and end of the first of the words found, in code points of the item's text."""
    start: int
    """Where the item begins in the stored text of its document."""
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first."""

    names: tuple[NameHit, ...]
    passages: tuple[PassageHit, ...]
    asked: tuple[str, ...]
    """The words looked for, after misspellings were put right."""
    corrected: tuple[tuple[str, str], ...] = ()
    """Words that stand nowhere, each with the nearest that does, which was looked for in its place."""
    unknown: tuple[str, ...] = ()
    """Words that stand nowhere and are near none that does."""
    loose: bool = False
    """Whether nothing holds all the words, so that these hold only some of them."""
    left_out: int = 0
    """Words beyond ``MOST_WORDS`` that were not looked for."""


class TextIndex:
    """A text index that has been opened; safe to share between threads."""

    def __init__(self, connection: sqlite3.Connection, *, passages: bool = True) -> None:
        self._connection = connection
        self._lock = Lock()
        self.has_passages = passages
        """Whether the words of the evidence are in it, or only names."""

    @classmethod
    def open(cls, path: Path) -> TextIndex:
        """Open the index at ``path`` for reading. Raises: StoreUnavailable if there is none that opens."""
        try:
            # Immutable: a generation never changes, so no lock is taken and a read-only disk will do.
            address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            connection.execute("SELECT COUNT(*) FROM thing")
        except sqlite3.Error as error:
            raise StoreUnavailable(f"{path}: the text index cannot be opened: {error}", path=str(path)) from error
        return cls(connection)

    @classmethod
    def in_memory(cls, store: Store, *, passages: bool = True) -> TextIndex:
        """Return an index of ``store`` in memory; without ``passages`` it finds names alone. Raises: as ``select``."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(connection, store, passages=passages)
        return cls(connection, passages=passages)

    @classmethod
    def beside(cls, folder: Path | None, store: Store) -> TextIndex:
        """Return the index that was published with the generation in ``folder``; where there is none, one in memory.

        Raises: as ``open`` and ``in_memory``.
        """
        path = folder / FILE if folder else None
        # A generation that an older release made has none.
        return cls.open(path) if path and path.exists() else cls.in_memory(store)

    @classmethod
    def fetched(cls, store: Store) -> TextIndex:
        """Return an index in memory of an endpoint: of names alone where it holds more than ``MOST_FETCHED`` items."""
        counts = store.select(queries.page("counts").sparql).dicts()[0]
        return cls.in_memory(store, passages=int(str(counts["items"])) <= MOST_FETCHED)

    def search(self, typed: str) -> Found:
        """Return the things and evidence items that ``typed`` may mean, all of them, best first.

        Case, accents, apostrophes and "Op" for "Operation" are no matter; the end of a word may be missing in a name,
        and its ending differ in a sentence. A word that stands nowhere is taken for the nearest that does.
        """
        every = words(typed)
        given = lengthened(every[:MOST_WORDS])
        if not given:
            return Found((), (), ())
        with self._lock:
            corrected, unknown, asked = [], [], []
            for word in given:
                if self._is_known(word):
                    asked.append(word)
                elif close := nearest(word, self._alike(word), most=1):
                    corrected.append((word, close[0]))
                    asked.append(close[0])
                else:
                    unknown.append(word)
            names, passages = self._names(asked), self._passages(asked)
            loose = bool(unknown) and bool(asked)
            if not names and not passages and len(asked) > 1:
                loose = True
                asked = [word for word in asked if word not in MINOR] or asked
                names = tuple(hit for hit in self._names(asked, " OR ") if hit.score >= _LOOSEST)
                passages = self._passages(asked, " OR ")
        left_out = max(0, len(every) - MOST_WORDS)
        return Found(names, passages, tuple(asked), tuple(corrected), tuple(unknown), loose, left_out)

    def _is_known(self, word: str) -> bool:
        begins = self._all("SELECT 1 FROM word WHERE text >= ? AND text < ? LIMIT 1", word, word + "\U0010ffff")
        return bool(begins or self._all("SELECT 1 FROM passage_words WHERE passage_words MATCH ? LIMIT 1", f'"{word}"'))

    def _alike(self, word: str) -> Iterator[str]:
        rows = self._all("SELECT text FROM word WHERE length(text) BETWEEN ? AND ?", len(word) - 2, len(word) + 2)
        return (str(row[0]) for row in rows)

    def _names(self, asked: Sequence[str], joined: str = " AND ") -> tuple[NameHit, ...]:
        if not asked:
            return ()
        whole = " ".join(asked)
        rows = self._all(
            "SELECT thing.iri, thing.title, name.text, name.how, thing.uses, name.words FROM name "
            "JOIN thing ON thing.id = name.thing WHERE name.words = ? OR (name.how != 'initials' AND name.id IN "
            "(SELECT rowid FROM name_words WHERE name_words MATCH ?))",
            whole,
            joined.join(f'"{word}"*' for word in asked),
        )
        best: dict[str, NameHit] = {}
        for iri, title, name, how, uses, name_words in rows:
            score = _score(asked, name_words.split(), how) + min(uses, _MOST_USES) / 2
            hit = NameHit(URIRef(iri), title, name, how, uses, score)
            if iri not in best or (hit.score, -len(name)) > (best[iri].score, -len(best[iri].matched)):
                best[iri] = hit
        return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.title.casefold(), hit.iri)))

    def _passages(self, asked: Sequence[str], joined: str = " AND ") -> tuple[PassageHit, ...]:
        if not asked:
            return ()
        terms = [f'("{word}" OR "op")' if word == "operation" else f'"{word}"' for word in asked]
        if len(asked[-1]) > 2:
            # The last word may not have been typed to its end.
            terms[-1] = f'({terms[-1]} OR "{asked[-1]}"*)'
        # Those that hold the words as they were typed, one after another, come first.
        hits: dict[str, PassageHit] = {}
        for query in (f'"{" ".join(asked)}"', joined.join(terms)):
            for row in self._all(
                "SELECT passage.*, snippet(passage_words, 0, ?, ?, ?, ?), highlight(passage_words, 0, ?, ?) "
                "FROM passage_words JOIN passage ON passage.id = passage_words.rowid "
                "WHERE passage_words MATCH ? ORDER BY rank, passage.id",
                *(_OPEN, _CLOSE, _CUT, _SNIPPET, _OPEN, _CLOSE, query),
            ):
                hits.setdefault(str(row[1]), _passage(row))
        return tuple(hits.values())

    def _all(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values).fetchall()


def write_index(store: Store, path: Path) -> None:
    """Write the index of ``store`` to the new file ``path``. Linear in its names and evidence: for a build.

    Raises: as ``Store.select``; OSError if the file cannot be written.
    """
    try:
        with closing(sqlite3.connect(path)) as connection:
            _fill(connection, store, passages=True)
    except sqlite3.Error as error:
        raise OSError(f"{path}: {error}") from error


def _fill(connection: sqlite3.Connection, store: Store, *, passages: bool) -> None:
    uses = {str(thing): int(str(items)) for thing, items in _rows(store, "search-uses")}
    titles: dict[str, str] = {}
    names: dict[tuple[str, str], tuple[str, str]] = {}
    for thing, how, name in ((str(t), str(h), str(n)) for t, h, n in _rows(store, "search-names")):
        if how == "name" or (how == "meaning" and thing not in titles):
            titles[thing] = name
        key = (thing, " ".join(lengthened(words(name))))
        if key not in names or _WEIGHTS[how] > _WEIGHTS[names[key][0]]:
            names[key] = (how, name)
    known = {word for _, name in names for word in name.split()}
    for thing, title in titles.items():
        if short := initials(title):
            names.setdefault((thing, short), ("initials", title))
    numbers = {thing: number for number, thing in enumerate(titles, 1)}
    said = {str(row[0]): _told(row) for row in _rows(store, "search-passages")} if passages else {}
    known.update(word for row in said.values() for word in lengthened(words(str(row[-1]))))
    with connection:
        connection.executescript(_TABLES)
        connection.executemany(
            "INSERT INTO thing VALUES (?, ?, ?, ?)",
            ((number, thing, titles[thing], uses.get(thing, 0)) for thing, number in numbers.items()),
        )
        connection.executemany(
            "INSERT INTO name (thing, how, text, words) VALUES (?, ?, ?, ?)",
            ((numbers[t], how, name, folded) for (t, folded), (how, name) in names.items() if t in numbers),
        )
        connection.executemany(
            "INSERT INTO passage (iri, number, report, quarter, page, commitment_number, start, text) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            said.values(),
        )
        connection.executemany("INSERT INTO word VALUES (?)", ((word,) for word in sorted(known)))
        connection.executescript(_INDEXES)


def _rows(store: Store, query: str) -> tuple[Row, ...]:
    return store.select(queries.page(query).sparql).rows


def _told(row: Row) -> tuple[str | int, ...]:
    """Return a row of queries/pages/search-passages.rq as a row of the table: what is not said is "" or 0."""
    item, number, report, quarter, page, commitment, start, text = ("" if term is None else str(term) for term in row)
    return item, int(number), report, quarter, int(page or 0), commitment, int(start), text


def _score(asked: Sequence[str], name: Sequence[str], how: str) -> float:
    """Return how well a name of some words is told by those asked: whole, or by how much of it they are."""
    if list(asked) == list(name):
        return _WEIGHTS[how]
    held = [word for word in asked if any(part.startswith(word) for part in name)]
    share = sum(map(len, held)) / max(1, sum(map(len, name)))
    begins = _BEGINS if name and held and name[0].startswith(held[0]) else 0
    return _PART * min(1.0, share) * len(held) / len(asked) + begins - (_HINTED if how in {"hint", "meaning"} else 0)


def _passage(row: Sequence[Any]) -> PassageHit:
    _, iri, number, report, quarter, page, commitment, start, text, snippet, marked = row
    first = marked.index(_OPEN)
    end = marked.index(_CLOSE, first) - 1
    pieces = tuple((piece, place % 2 == 1) for place, piece in enumerate(_MARKED.split(snippet)) if piece)
    return PassageHit(URIRef(iri), number, report, quarter, page, commitment, pieces, (first, end), start, text)
