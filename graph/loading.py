"""``build`` and ``ingest`` into an endpoint: all is worked out here, in memory, and then replaced there.

Registers and rules are applied by the embedded store, whatever the endpoint is: the same reports give the same
statements everywhere, and nothing goes out that the checks have not seen (docs/adr/0024-writing-to-endpoints.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from pathlib import Path

from graph import queries
from graph.build import (
    Outcome,
    Progress,
    known_operations,
    read_all,
    reference_graphs,
    write_readings,
)
from graph.errors import InvalidGraph, StoreUnavailable
from graph.faults import faults_of, told
from graph.justifications import NAME as JUSTIFICATIONS
from graph.model import Reading
from graph.namespaces import REGISTER, derived_graph, graph_name, report_graph
from graph.settings import Settings
from graph.statements import Triple, report_iri
from graph.stores.loading import EndpointWriter
from graph.stores.oxigraph import OxigraphStore, OxigraphWriter
from graph.vocabulary import files, load_vocabulary

OTHERS = graph_name("others")
"""Where the namings of the reports that stay as they are stand while the register is worked out."""


def build(
    settings: Settings, paths: Sequence[Path], progress: Progress = lambda _: None, executor: Executor | None = None
) -> Outcome:
    """Make the graphs of ours in the endpoint anew: ontology, vocabularies and the reports at ``paths``.

    Raises: as ``graph.build.build``.
    """
    target = EndpointWriter(settings)
    before = target.mark()
    outcome = Outcome()
    readings = read_all(paths, {}, outcome, progress, executor, settings.forces)
    store = _work_out(settings, readings, (), progress)
    names = store.graph_names()
    progress(f"writing {len(names)} graphs to {target.shown}")
    graphs = {name: store.ntriples(name) for name in names}
    removed = target.graph_names() - set(names)
    outcome.version = target.replace(graphs, removed, before=before, fresh=True)
    outcome.quads = sum(content.count(b"\n") for content in graphs.values())
    return outcome


def ingest(
    settings: Settings, paths: Sequence[Path], progress: Progress = lambda _: None, executor: Executor | None = None
) -> Outcome:
    """Add the reports at ``paths`` to the endpoint; a report already there is replaced whole, as is what else is given.

    Raises: as ``graph.build.ingest``.
    """
    target = EndpointWriter(settings)
    before = target.mark()
    if before is None:
        raise StoreUnavailable(
            f"{target.shown}: there is no graph of ours here. Make one with: "
            f"goldenthread build --endpoint {target.shown} REPORT..."
        )
    outcome = Outcome()
    readings = read_all(paths, known_operations(target.store), outcome, progress, executor, settings.forces)
    store = _work_out(settings, readings, _namings(target, readings), progress)
    names = [REGISTER, *(files(forces=settings.forces).keys() - files().keys())]
    names += [JUSTIFICATIONS] if settings.justifications else []
    for reading in readings:
        names += [report_graph(reading.report.id), derived_graph(reading.report.id)]
    progress(f"writing {len(names)} graphs to {target.shown}")
    graphs = {name: store.ntriples(name) for name in names}
    outcome.version = target.replace(graphs, before=before)
    outcome.quads = sum(content.count(b"\n") for content in graphs.values())
    return outcome


def _work_out(
    settings: Settings, readings: Sequence[Reading], others: Iterable[Triple], progress: Progress
) -> OxigraphStore:
    """Return a store in memory that holds what the endpoint is to hold. Raises: InvalidGraph."""
    writer = OxigraphWriter(None)
    for name, triples in reference_graphs(forces=settings.forces, justifications=settings.justifications).items():
        writer.replace(name, triples)
    writer.replace(OTHERS, others)
    write_readings(writer, readings, load_vocabulary(forces=settings.forces), progress)
    writer.remove(OTHERS)
    progress("checking")
    if faults := faults_of(writer.reader()):
        raise InvalidGraph(f"the graph was not published: {told(faults)}", faults=faults)
    return writer.reader()


def _namings(target: EndpointWriter, readings: Sequence[Reading]) -> Iterable[Triple]:
    """Yield what the other reports in the endpoint name: the register is made from all of them."""
    replaced = tuple(f"{report_iri(reading.report)}/" for reading in readings)
    for subject, predicate, object_ in target.store.select(queries.page("namings").sparql).rows:
        if subject is None or predicate is None or object_ is None:
            continue  # never: the query binds all three
        if not f"{subject}/".startswith(replaced):
            yield subject, predicate, object_
