"""A store in parts: the reports of some forces in memory, with everything that they refer to.

What rules derive, what reports of a force say of one another and what can be wrong concern one force's reports and
what lasts. Asked of a part it costs a report the same however many reports there are, and less than on disk
(docs/adr/0036-worked-out-in-parts.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from rdflib import URIRef

from graph import queries
from graph.comparison.across import NAME as ACROSS
from graph.namespaces import BASE, derived_graph, key_of, report_graph
from graph.stores.oxigraph import OxigraphStore, OxigraphWriter

SIZE = 64
"""Reports of a part, unless one force has more: some hundred megabytes."""
_SAID, _DERIVED = str(report_graph("")), str(derived_graph(""))


@dataclass(frozen=True, slots=True)
class Part:
    """Some reports of a store: all those of each force that has one here."""

    writer: OxigraphWriter
    """Of the store in memory; what is written there is seen in this part alone."""
    reports: tuple[URIRef, ...]

    @property
    def store(self) -> OxigraphStore:
        """The part as it stands."""
        return self.writer.reader()


def parts(store: OxigraphStore, forces: Collection[str] | None = None, size: int = SIZE) -> Iterator[Part]:
    """Yield the reports of ``forces`` (addresses), or all, in parts.

    A part has what lasts too: vocabularies, register, shapes; and of the checks across reports those of its own. The
    next one is copied while one is looked at.
    Where there are no reports there is one part, with what lasts alone.
    """
    # As words: an address of rdflib's takes one beginning only.
    shared = [name for name in store.graph_names() if not str(name).startswith((_SAID, _DERIVED)) and name != ACROSS]

    def made(reports: Sequence[URIRef]) -> Part:
        writer = OxigraphWriter(None)
        for name in (*shared, *map(report_graph, map(key_of, reports)), *map(derived_graph, map(key_of, reports))):
            writer.copy(store, name)
        writer.copy(store, ACROSS, tuple(f"{report}/" for report in reports))
        return Part(writer, tuple(reports))

    with ThreadPoolExecutor(1, "copying") as ahead:
        # Copying is work for Python, which asking the store is not: they go side by side.
        copied: Future[Part] | None = None
        for reports in _together(by_force(store, forces), size):
            ready, copied = copied, ahead.submit(made, reports)
            if ready:
                yield ready.result()
            del ready
        if copied:
            yield copied.result()


def by_force(store: OxigraphStore, forces: Collection[str] | None = None) -> Mapping[str, Sequence[URIRef]]:
    """Return the reports that have a graph in ``store``, of each of ``forces`` (addresses), or of all."""
    known = {str(report): str(force) for report, force in store.select(queries.page("forces-of-reports").sparql).rows}
    found: dict[str, list[URIRef]] = {}
    for name in store.graph_names():
        report = URIRef(name.replace(_SAID, f"{BASE}report/"))
        force = known.get(str(report), "")
        if name != report and (forces is None or force in forces):
            found.setdefault(force, []).append(report)
    return found


def _together(by_force: Mapping[str, Sequence[URIRef]], size: int) -> Iterator[tuple[URIRef, ...]]:
    some: tuple[URIRef, ...] = ()
    for reports in by_force.values():
        if some and len(some) + len(reports) > size:
            yield some
            some = ()
        some += tuple(reports)
    if some or not by_force:
        yield some
