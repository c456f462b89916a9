"""Asks every question of every kind of store, and writes in docs/stores.md where answers differ: ``make stores``.

The reports are the bundled sample and the invented ones of tests/documents. Each store is loaded as a user loads it,
by ``build --endpoint``. An answer is the same if its columns, rows, terms and order are.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from rdflib import BNode
from rdflib.term import Node

from graph import build, loading, queries
from graph.errors import GoldenThreadError
from graph.namespaces import mint
from graph.queries import KINDS, Param, Query
from graph.settings import Settings
from graph.stores import Store, Table, open_store
from graph.stores.oxigraph import OxigraphStore
from graph.vocabulary import load_vocabulary
from tests.reports import DOCUMENTS
from tests.servers import NAMES, SERVERS, available, versions

PAGE = Path(__file__).resolve().parent.parent / "docs" / "stores.md"
FOLDERS = ("catalogue", "pages", "checks")
"""What is asked of servers: rules and the register are worked out before anything is sent to one."""
OF_THE_STORE = "distinct-sizes"
"""Counts all that a store holds, what a server keeps for itself included, and is not compared."""
TRIED = 40
"""Things that are tried for a parameter, until one is found of which there is something to say."""
PATIENCE = Settings().endpoint_timeout
"""Seconds for one answer, those that a user's question has: a store that takes longer is said to give none."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with values for its parameters."""

    folder: str
    query: Query
    values: Mapping[str, Sequence[str]]
    text: str

    @property
    def name(self) -> str:
        """What the case is called in messages."""
        given = ", ".join(f"{name}={'|'.join(values)}" for name, values in self.values.items())
        return f"{self.folder}/{self.query.name}" + (f" ({given})" if given else "")


def cases(store: Store, folders: Sequence[str] = FOLDERS) -> Iterator[Case]:
    """Yield every question with its defaults, then with each parameter, with two values and with all of them."""
    for folder in folders:
        for query in queries._folder(folder).values():
            if query.name == OF_THE_STORE:
                continue
            chosen = {p.name: values for p in query.params if (values := _values(store, query, p))}
            given: list[dict[str, tuple[str, ...]]] = [{}]
            given += [{name: values[:1]} for name, values in chosen.items()]
            several = [{name: values} for name, values in chosen.items() if len(values) > 1]
            given += several[:1]
            if len(chosen) > 1:
                given.append({name: values[:1] for name, values in chosen.items()})
            for each in given:
                yield Case(folder, query, each, queries.bind(store, query, each))


def _values(store: Store, query: Query, param: Param) -> tuple[str, ...]:
    """Return up to two values for a parameter, those first of which there is something to say."""
    if param.type not in KINDS:
        plain = {"boolean": ("false", "true"), "integer": ("2",), "address": (str(mint("force", "essex")),)}
        return plain.get(param.type, ("police",))
    found: list[str] = []
    names = [str(iri) for iri in sorted(queries.names_of(store, param.type))]
    for value in names[:TRIED]:
        if store.select(queries.bind(store, query, {param.name: value})).rows:
            found.append(value)
        if len(found) == 2:
            break
    return tuple(found or names[:1])


def answer(store: Store, case: Case, graphs: frozenset[str]) -> Table:
    """Return the rows of a case: blank nodes all alike, as stores name them anew, and no graphs beside ``graphs``."""
    table = store.select(case.text)
    place = table.columns.index("graph") if "graph" in table.columns else None
    rows = (row for row in table.rows if place is None or str(row[place]) in graphs)
    return Table(table.columns, tuple(tuple(_nameless(term) for term in row) for row in rows))


def _nameless(term: Node | None) -> Node | None:
    return BNode("any") if isinstance(term, BNode) else term


def difference(expected: Table, found: Table) -> str:
    """Return in a few words how an answer differs, or nothing if it does not."""
    if expected == found:
        return ""
    if expected.columns != found.columns:
        return f"columns {', '.join(found.columns)}"
    if sorted(map(repr, expected.rows)) == sorted(map(repr, found.rows)):
        first = next(n for n, (a, b) in enumerate(zip(expected.rows, found.rows, strict=True), 1) if a != b)
        return f"another order, from row {first} on"
    missing, more = set(expected.rows) - set(found.rows), set(found.rows) - set(expected.rows)
    return f"{len(expected.rows)} rows expected, {len(found.rows)} found ({len(missing)} missing, {len(more)} others)"


def compare(store: Store, case: Case, expected: Table, graphs: frozenset[str]) -> str:
    """Return how the answer of ``store`` differs from ``expected``, or nothing."""
    try:
        return difference(expected, answer(store, case, graphs))
    except GoldenThreadError as error:
        return f"no answer: {error.message[:120]}"


@dataclass
class Line:
    """What is known of one question."""

    folder: str
    name: str
    ways: int = 0
    rows: int = 0
    differs: dict[str, list[str]] = field(default_factory=dict)


def measure(
    stores: Mapping[str, Store], reference: OxigraphStore, say: Callable[[str], None], folders: Sequence[str] = FOLDERS
) -> list[Line]:
    """Ask everything in ``folders`` of every store."""
    lines: dict[tuple[str, str], Line] = {}
    graphs = frozenset(str(name) for name in reference.graph_names())
    for case in cases(reference, folders):
        expected = answer(reference, case, graphs)
        line = lines.setdefault((case.folder, case.query.name), Line(case.folder, case.query.name))
        line.ways += 1
        line.rows += len(expected.rows)
        for name, store in stores.items():
            if differs := compare(store, case, expected, graphs):
                line.differs.setdefault(name, []).append(f"{case.name}: {differs}")
                say(f"{name}: {case.name}: {differs}")
    return list(lines.values())


def page(lines: Sequence[Line], names: Mapping[str, str], told: Mapping[str, str]) -> str:
    """Return docs/stores.md."""
    same = sum(not line.differs for line in lines)
    asked = sum(line.ways for line in lines)
    text = f"""# The same questions on every store

Written by `make stores`, which starts each server on this machine, loads it by `goldenthread build --endpoint` with
the bundled sample and the reports of `tests/documents`, and asks what stands in `queries/` for users, pages and
checks. Each is asked with its defaults, with each of its parameters, with two values for one and with all of them. An
answer is the same if its columns, rows, terms and order are those of the embedded store on disk. No answer within
{PATIENCE:.0f} s counts as a difference; blank nodes count as alike; graphs that a server keeps for itself are left out.

Of {len(lines)} questions, asked in {asked} ways, {same} have the same answers on every store.

| store | version |
| --- | --- |
"""
    text += "".join(f"| {names[name]} | {told.get(name, '–')} |\n" for name in names)
    for folder in dict.fromkeys(line.folder for line in lines):
        text += f"\n## {folder.capitalize()}\n\n| question | ways | rows | {' | '.join(names.values())} |\n"
        text += f"| --- | ---: | ---: |{' --- |' * len(names)}\n"
        for line in (line for line in lines if line.folder == folder):
            cells = (f"differs in {len(line.differs[n])}" if n in line.differs else "same" for n in names)
            text += f"| {line.name} | {line.ways} | {line.rows} | {' | '.join(cells)} |\n"
    faults = [f"- {names[n]}: {said}\n" for line in lines for n, all_ in line.differs.items() for said in all_]
    if faults:
        text += "\n## Differences\n\n" + "".join(faults)
    return text


def main() -> int:
    """Compare all stores on the folders of queries that are named, or on all, and write the page.

    Returns 1 if a server is not here or an answer differs.
    """
    missing = [NAMES[name] for name, here in available().items() if not here]
    if missing:
        print(f"not here: {', '.join(missing)}. Get what can be had: .ci/servers.sh", file=sys.stderr)
        return 1
    paths = [*build.sample_reports(), *sorted(DOCUMENTS.glob("*.txt"))]
    vocabulary = load_vocabulary()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        build.build(Path(folder) / "store", paths)
        reference = open_store(Settings(store=Path(folder) / "store"))
        assert isinstance(reference, OxigraphStore)
        outcome = build.Outcome()
        readings = build.read_all(paths, {}, outcome, lambda _: None, None, None)
        stores: dict[str, Store] = {"memory": build.in_memory(readings, vocabulary)}
        for name, start in SERVERS.items():
            place = Path(folder) / name
            place.mkdir()
            settings = stack.enter_context(start(place))
            loading.build(settings, paths)
            stores[name] = open_store(replace(settings, endpoint_timeout=PATIENCE))
        names = {"memory": "embedded, in memory", **NAMES}
        told = {**versions(), "memory": f"pyoxigraph {versions()['oxigraph']}"}
        lines: list[Line] = []
        for name in sys.argv[1:] or FOLDERS:
            lines += measure(stores, reference, lambda said: print(said, file=sys.stderr, flush=True), [name])
            # What is known stands there even if the rest is broken off.
            PAGE.write_text(page(lines, names, told), encoding="utf-8")
    return 1 if any(line.differs for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
