"""What a program that speaks for a person may ask: ask, run_question, list_questions, trace and search; nothing more.

Nothing here writes. What is asked runs behind the fence (``graph.fenced``); each row has the sentences that it names,
with their report, place and page. Arguments are held against a JSON Schema first, and what is wrong is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from threading import Lock
from time import monotonic
from typing import Any

from rdflib import URIRef
from rdflib.term import Node

from graph import ask, queries, why
from graph.arguments import NUMBER, OFFSET, TEXT, VALUES, checked, schema
from graph.ask.formats import as_json, plain
from graph.endpoint import open_endpoint
from graph.errors import BadParameter, NotFound
from graph.fenced import FencedStore
from graph.namespaces import key_of, shortened
from graph.pages import page, site
from graph.provenance import Evidence, Proofs
from graph.settings import Settings
from graph.stores import Reader, Store, Table, open_reader
from graph.stores.generations import kept
from graph.text_index import TextIndex

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """One of the tools: its name, what it is for, and the JSON Schema of its arguments."""

    name: str
    title: str
    description: str
    arguments: Json


TOOLS = (
    Tool(
        "ask",
        "Ask in plain English",
        "Answers a question in English about what a police force promised and reported. Says how it was read; rows "
        "come with the sentences of the report that support them. `status` is answered, empty, ambiguous (see "
        "`readings`) or unread (see `suggestions`): only `answered` is an answer.",
        schema({"question": TEXT, "limit": NUMBER, "offset": OFFSET}, "question"),
    ),
    Tool(
        "list_questions",
        "List the questions that can be run",
        "Lists the questions of the catalogue with their parameters and defaults, for run_question.",
        schema({}),
    ),
    Tool(
        "run_question",
        "Run a question of the catalogue",
        "Runs a question by its name (see list_questions). `parameters` gives values by name: a text or a list of "
        "alternatives, each a key, a name or an address. Each row has its `evidence`: the sentence of the item that it "
        "names, else the smallest set of sentences that supports it (`smallest` false: not proved in time), "
        "`quotes` of them (3 unless asked) of the `sentences` there are. `proof` says how it stands: named, "
        "stated, absent (see `notFound`: what was searched for in vain), given (by vocabularies) or unknown (out of "
        "time: ask for fewer rows).",
        schema({"name": TEXT, "parameters": VALUES, "limit": NUMBER, "offset": OFFSET, "quotes": NUMBER}, "name"),
    ),
    Tool(
        "trace",
        "Trace something to its sentences",
        "Tells what an evidence item says and where its words stand (`thing` alone: the item's address or key), or "
        "why a derived link, a figure check, or a statement (`thing`, `relation`, `object`) holds: the rule, the "
        "premises, the sentences.",
        schema({"thing": TEXT, "relation": TEXT, "object": TEXT}, "thing"),
    ),
    Tool(
        "search",
        "Search names and sentences",
        "Finds operations, bodies, places, themes and promises by name, and evidence by its words; forgives spelling.",
        schema({"words": TEXT, "limit": NUMBER}, "words"),
    ),
)
LIMIT = 50
"""Rows that one call returns unless it asks for another number."""
QUOTES = 3
"""Sentences that each of its rows brings unless it asks for another number."""
PROVING = 10.0
"""Seconds for the evidence of all rows of one call."""


@dataclass(frozen=True, slots=True)
class _Data:
    """What is read of one version of the data once."""

    version: str
    known: ask.Known
    index: TextIndex


class Tools:
    """The tools over the store or endpoint that ``settings`` name. Safe to share between threads; close it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reader: Reader = open_reader(settings)
        self._endpoint = open_endpoint(settings)
        self._site = site(settings)
        self._data: _Data | None = None
        self._proofs: tuple[str, Proofs] | None = None
        self._lock = Lock()
        self._calls: Mapping[str, Callable[[Json], Json]] = {
            "ask": self._ask,
            "list_questions": self._list_questions,
            "run_question": self._run_question,
            "trace": self._trace,
            "search": self._search,
        }

    def call(self, name: str, arguments: Mapping[str, object]) -> Json:
        """Return the answer of the tool called ``name``, as JSON.

        Raises: BadParameter naming the argument; NotFound for another tool or thing; as ``Endpoint.ask``.
        """
        tool = next((tool for tool in TOOLS if tool.name == name), None)
        if tool is None:
            raise NotFound(f"there is no such tool; there are: {', '.join(tool.name for tool in TOOLS)}")
        return self._calls[name](checked(tool.name, tool.arguments, arguments))

    def close(self) -> None:
        """End all processes that were started."""
        self._endpoint.close()

    def _ask(self, given: Json) -> Json:
        store = self._reader.current()
        answer = as_json(ask.answer(self._fenced(store), given["question"], self._read(store).known))
        rows, part = _part(answer["rows"], given)
        places = self._places(store, (e["item"] for row in rows for e in row["evidence"]))
        for row in rows:
            row["evidence"] = [places.get(e["item"], e) for e in row["evidence"]]
        return {**answer, **part, "rows": rows, "version": store.version}

    def _list_questions(self, _: Json) -> Json:
        return {
            "questions": [
                {
                    "name": query.name,
                    "question": query.summary,
                    "description": query.description,
                    "parameters": [
                        {"name": p.name, "type": p.type, "default": p.default, "description": p.description}
                        for p in query.params
                    ],
                }
                for query in queries.catalogue().values()
            ]
        }

    def _run_question(self, given: Json) -> Json:
        query = queries.question(given["name"])
        values = given.get("parameters", {})
        store = self._reader.current()
        text = queries.bind(store, query, values)
        table = self._fenced(store).select(text)
        shown, part = _part(list(table.rows), given)
        rows = Table(table.columns, tuple(shown))
        columns = [c for c in table.columns if not (c.endswith("Label") and c.removesuffix("Label") in table.columns)]
        proved = self._proved(store, text, rows, given.get("quotes", QUOTES))
        return {
            "name": query.name,
            "question": query.summary,
            "description": query.description,
            "parameters": {p.name: values.get(p.name, p.default) for p in query.params},
            "columns": columns,
            **part,
            "rows": [
                {**{column: self._cell(row[column], row.get(f"{column}Label")) for column in columns}, **proof}
                for row, proof in zip(rows.dicts(), proved, strict=True)
            ],
            "version": store.version,
        }

    def _proved(self, store: Store, query: str, table: Table, most: int) -> list[Json]:
        """Return for each row its sentences, ``most`` at the most, how many there are, and what they prove."""
        named = [str(row.get("item") or "") for row in table.dicts()]
        places = dict(self._places(store, named))
        proofs, until = self._prover(store), monotonic() + PROVING
        told: list[tuple[str, list[str], Evidence | None]] = []
        for item, row in zip(named, table.rows, strict=True):
            found = None if item in places else proofs.of_row(query, table.columns, row, until)
            told.append((found.kind, [s.passage for s in found.sentences], found) if found else ("named", [item], None))
        places |= self._places(store, (s for _, passages, _ in told for s in passages[:most] if s not in places))
        return [
            {
                "evidence": [places[passage] for passage in passages[:most] if passage in places],
                "sentences": len(passages),
                "proof": kind,
                **({"smallest": found.least} if found else {}),
                **({"notFound": [one.words for one in found.absences]} if found and found.absences else {}),
            }
            for kind, passages, found in told
        ]

    def _prover(self, store: Store) -> Proofs:
        with self._lock:
            if self._proofs is None or not store.fixed or self._proofs[0] != store.version:
                self._proofs = store.version, Proofs(store, PROVING)
            return self._proofs[1]

    def _trace(self, given: Json) -> Json:
        thing = why.address(given["thing"])
        store = self._reader.current()
        fenced = self._fenced(store)
        if ("relation" in given) != ("object" in given):
            raise BadParameter("trace takes a thing alone, or thing, relation and object", param="relation")
        if "relation" in given:
            relation = why.address("rdf:type" if given["relation"] == "a" else given["relation"], term=True)
            # A class is one of our terms, anything else a thing.
            object_ = why.address(given["object"], term="/" not in given["object"])
            return self._reasons(store, why.of_statement(fenced, thing, relation, object_))
        if place := self._places(store, [str(thing)]):
            said = fenced.select(queries.bind(store, queries.question("item-trace"), {"item": str(thing)}))
            return {"item": place[str(thing)], "says": self._said(said), "version": store.version}
        return self._reasons(store, why.of_thing(fenced, thing))

    def _said(self, table: Table) -> list[Json]:
        names = ("link", "thing", "words", "start", "end", "basis", "role")
        return [
            {
                name: self._cell(row[name], row.get(f"{name}Label"))
                for name in names
                if row.get(name) is not None and (name != "link" or row.get("linkLabel") is not None)
            }
            for row in table.dicts()
        ]

    def _reasons(self, store: Store, reasons: Iterable[why.Reason]) -> Json:
        told = [asdict(reason) for reason in reasons]
        places = self._places(store, (s["item"] for reason in told for s in reason["sentences"]))
        for reason in told:
            reason["sentences"] = [places.get(s["item"], s) for s in reason["sentences"]]
        return {"reasons": told, "version": store.version}

    def _search(self, given: Json) -> Json:
        store = self._reader.current()
        found = self._read(store).index.search(given["words"])
        limit = given.get("limit", LIMIT)
        places = self._places(store, (str(hit.iri) for hit in found.passages[:limit]))
        return {
            "asked": list(found.asked),
            "corrected": [{"typed": typed, "read": read} for typed, read in found.corrected],
            "unknown": list(found.unknown),
            "loose": found.loose,
            "total": {"names": len(found.names), "sentences": len(found.passages)},
            "names": [
                {**self._thing(str(hit.iri), hit.title), "matched": hit.matched, "items": hit.uses}
                for hit in found.names[:limit]
            ],
            "sentences": [places[str(hit.iri)] for hit in found.passages[:limit] if str(hit.iri) in places],
            "version": store.version,
        }

    def _fenced(self, store: Store) -> Store:
        return FencedStore(self._endpoint, store.version, fixed=store.fixed)

    def _read(self, store: Store) -> _Data:
        """Return what is known of the data now: read anew when they have a new version, or none to tell by."""
        with self._lock:
            if self._data is None or not store.fixed or self._data.version != store.version:
                self._data = _Data(store.version, ask.know(store), self._index(store))
            return self._data

    def _index(self, store: Store) -> TextIndex:
        if self._settings.endpoint:
            return TextIndex.fetched(store)
        generation = kept(self._settings.store, store.version)
        return TextIndex.beside(generation.folder if generation else None, store)

    def _places(self, store: Store, items: Iterable[str]) -> dict[str, Json]:
        """Return for each evidence item its words, its report, where in it they stand, and the page that shows them."""
        asked = [URIRef(item) for item in dict.fromkeys(items) if item]
        if not asked:
            return {}
        query = queries.page("item-places")
        table = store.select(queries.fill(query, {"item": asked}))
        found = {}
        for row in table.dicts():
            item, (start, end) = str(row["item"]), (int(str(row["start"])), int(str(row["end"])))
            found[item] = {
                "item": item,
                "number": int(key_of(item)) if key_of(item).isdecimal() else None,
                "report": str(row["report"]),
                "reportLabel": str(row["reportLabel"]),
                "quote": str(row["quote"]),
                "start": start,
                "end": end,
                "page": page(self._site, item, (start, end)),
            }
        return found

    def _cell(self, term: Node | None, label: Node | None) -> Any:
        if term is None:
            return None
        if isinstance(term, URIRef):
            return self._thing(str(term), None if label is None else str(label))
        return plain(term)

    def _thing(self, iri: str, label: str | None) -> Json:
        return {"iri": iri, "label": label or shortened(iri), "page": page(self._site, iri)}


def _part(rows: list[Any], given: Json) -> tuple[list[Any], Json]:
    """Return the rows asked for, and which they are of how many."""
    limit, offset = given.get("limit", LIMIT), given.get("offset", 0)
    return rows[offset : offset + limit], {"total": len(rows), "offset": offset, "limit": limit}
