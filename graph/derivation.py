"""What follows from the reports of a store: the register, the links that rules derive, and checks across reports.

All of it is made from statements that are there already, and made anew for the reports that have been written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rdflib import URIRef

from graph import queries
from graph.comparison.across import NAME as ACROSS
from graph.comparison.across import across_statements
from graph.namespaces import REGISTER, derived_graph, key_of
from graph.parts import Part, by_force, parts
from graph.stores.oxigraph import OxigraphWriter

Progress = Callable[[str], None]
Look = Callable[[Part], None]


def derive(
    writer: OxigraphWriter,
    written: Mapping[URIRef, URIRef],
    progress: Progress = lambda _: None,
    look: Look = lambda _: None,
    *,
    everything: bool = True,
) -> None:
    """Make what follows from the reports that have been ``written``, each with its force.

    That is the register, the links of those reports, and the checks across all reports of their forces; the latter of
    every force where ``everything`` may have changed. ``look`` is shown the store in parts, each when it is whole.
    """
    progress("deriving the register")
    store = writer.reader()
    register = (triple for query in queries.register().values() for triple in store.construct(query.sparql))
    writer.replace(REGISTER, dict.fromkeys(register))
    for report in written:
        writer.remove(derived_graph(key_of(report)))
    forces = None if everything else frozenset(map(str, written.values()))
    writer.forget(ACROSS, [f"{report}/" for reports in by_force(store, forces).values() for report in reports])
    for part in parts(store, forces):
        if part.reports:
            progress(f"deriving links: {key_of(part.reports[0])} to {key_of(part.reports[-1])}")
        new = [report for report in part.reports if report in written]
        _link(part.writer, new)
        writer.copy_all(part.store, [derived_graph(key_of(report)) for report in new])
        across = dict.fromkeys(across_statements(part.store))
        for of in (part.writer, writer):
            of.add_all({ACROSS: across})
        look(part)


def _link(writer: OxigraphWriter, reports: Iterable[URIRef]) -> None:
    """Write the links of ``reports``, stage by stage: the next reads what the one before left, and nothing older."""
    for report in reports:
        for stage in queries.rule_stages():
            writer.infer(derived_graph(key_of(report)), (queries.fill(rule, {"report": [report]}) for rule in stage))
