"""Questions: the catalogue, the same bound to one force, and six queries of our own, of each kind of store."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from graph import queries
from graph.confining import confined
from graph.errors import GoldenThreadError
from graph.namespaces import mint
from graph.queries import Query
from graph.settings import Settings
from graph.stores import Store, open_store
from graph.stores.loading import EndpointWriter
from graph.stores.oxigraph import OxigraphStore
from tests.bench.base import Bench, Json, ratio, seconds, table
from tests.bench.peers import LIBRARIES, times
from tests.servers import SERVERS, available, oxigraph, oxigraph_program

TITLE = "Questions"
AIMED = (
    "partner-operations-by-lpa, of one force",
    "partner-operations-by-lpa",
    "item-trace, of one force",
    "figure-series, of one force",
)
"""Questions that libraries are asked beside our own queries: those that targets are set for."""
SMALL = 16
"""Reports up to which those are asked that are loaded slowly or answer in minutes."""
PATIENCE = 10.0
"""Seconds for one answer."""
BUDGET = 60.0
"""Seconds for all answers of a server at one size: some take as long as they may for most of what is asked."""
OURS = 150.0
"""Seconds for all answers of ours at one size: what is bound to one force comes first."""
BOUND = ("report", "commitment", "lpa")
"""Parameters that bind a question to one force."""


def measure(bench: Bench) -> Json:
    """Ask everything at each size of every store that is here."""
    found: Json = {}
    for size in bench.sizes:
        generation = bench.built(size)
        store = OxigraphStore.open(generation.rdf, generation.version)
        report = bench.corpus(size).reports[0].stem
        asked = dict(texts(store, report))
        found[str(size)] = answers = {}
        until = time.monotonic() + OURS
        for name, text in texts(store, report, lateral=store.lateral):
            answers[name] = {"ours": _ask(store, text, bench.rounds) if time.monotonic() < until else None}
        with ExitStack() as stack:
            for name, peer in _servers(stack, bench, size, store):
                until = time.monotonic() + BUDGET
                for question, text in asked.items():
                    if time.monotonic() < until:
                        answers[question][name] = _ask(peer, text, bench.rounds)
        if size <= SMALL:
            own = {name: text for name, text in asked.items() if name.startswith("own query") or name in AIMED}
            for library in LIBRARIES:
                for question, taken in times(library, bench.nquads(size), own, PATIENCE, bench.rounds).items():
                    answers[question][library] = taken
    return found


def texts(store: Store, report: str, *, lateral: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each question, as it is asked of stores that know LATERAL or do not."""
    values = {"report": str(mint("report", report))}
    force = report.rsplit("-", 3)[0]
    values["commitment"] = str(mint("commitment", f"{force}-1.1"))
    areas = sorted(str(area) for area in queries.names_of(store, "lpa") if f"/lpa/{force}-" in str(area))
    values["lpa"] = areas[0]
    for name, query in queries.examples().items():
        yield f"own query: {name}", query.sparql
    for name, query in queries.catalogue().items():
        if given := _bound(query, values):
            yield f"{name}, of one force", confined(queries.bind(store, query, given), lateral=lateral)
    for name, query in queries.catalogue().items():
        yield name, confined(queries.bind(store, query), lateral=lateral)


def _bound(query: Query, values: Mapping[str, str]) -> dict[str, str]:
    """Return the parameter of ``query`` that confines it most, and its value."""
    for kind in BOUND:
        for param in query.params:
            if param.type == kind:
                return {param.name: values[kind]}
    return {}


def _ask(store: Store, text: str, rounds: int) -> float | None:
    try:
        return seconds(lambda: store.select(text), rounds)
    except GoldenThreadError:
        # Refused, or not answered in time: both are told by a dash.
        return None


def _servers(stack: ExitStack, bench: Bench, size: int, store: OxigraphStore) -> Iterator[tuple[str, Store]]:
    for name, here in available().items():
        if not here or (size > SMALL and name != "oxigraph"):
            continue
        settings = stack.enter_context(serving(bench, size, name, store))
        yield f"{name} server", open_store(replace(settings, endpoint_timeout=PATIENCE))


@contextmanager
def serving(bench: Bench, size: int, name: str, store: OxigraphStore) -> Iterator[Settings]:
    """Run the server ``name`` with the statements of ``store``."""
    place = bench.folder / f"{name}-{size}"
    if name == "oxigraph":
        place.mkdir(exist_ok=True)
        if not (place / "data").exists():
            _load(place / "data", bench.nquads(size))
        with oxigraph(place, "--location", str(place / "data")) as settings:
            yield settings
        return
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    with SERVERS[name](place) as settings:
        writer = EndpointWriter(settings)
        graphs = {graph: store.ntriples(graph) for graph in store.graph_names()}
        writer.replace(graphs, before=writer.mark(), fresh=True)
        yield settings


def _load(data: Path, quads: Path) -> None:
    command = [oxigraph_program() or "oxigraph", "load", "--location", str(data), "--file", str(quads)]
    subprocess.run(command, check=True, capture_output=True)


def page(found: Json) -> str:
    """Return the section."""
    sizes = list(found)
    text = (
        "Milliseconds, all rows read by the caller; ours in process, servers over HTTP from this machine with the "
        "product's own pooled client. A dash: not asked at this size, refused, or no answer in "
        f"{PATIENCE:.0f} s, or the {BUDGET:.0f} s were over that a server has at each size (ours {OURS:.0f} s). "
        "Behind each peer: how many times as long it takes as ours. Whether servers answer the same is "
        "the matter of `make stores`; what libraries answer is not compared, and owlready2 has no named "
        "graphs, so that its times may be of other rows. "
        "Ours and theirs are asked one after another, not in turns.\n"
    )
    first, last = found[sizes[0]], found[sizes[-1]]
    growth = [
        (name, *(_ms(found[size].get(name, {}).get("ours")) for size in sizes),
         ratio(first.get(name, {}).get("ours"), times_.get("ours")))
        for name, times_ in last.items()
    ]  # fmt: skip
    text += f"\n### By size\n\nGrowth is from {sizes[0]} to {sizes[-1]} reports.\n\n"
    text += table(("question", *(f"{size} reports" for size in sizes), "growth"), growth)
    for size in sizes:
        names = list(dict.fromkeys(name for times_ in found[size].values() for name in times_ if name != "ours"))
        rows = [
            (question, _ms(times_["ours"]), *(_beside(times_["ours"], times_.get(name)) for name in names))
            for question, times_ in found[size].items()
        ]
        text += f"\n### Beside others, {size} reports\n\n" + table(("question", "ours", *names), rows)
    return text


def _ms(value: float | None) -> float | None:
    return None if value is None else value * 1000


def _beside(ours: float | None, theirs: float | None) -> str | None:
    return None if theirs is None else f"{theirs * 1000:,.3g} ({ratio(ours, theirs) or '–'})"
