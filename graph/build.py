"""The whole line from report files to a published store, read top to bottom.

document -> reader -> items -> mentions -> checks -> statements -> store. This is the one place where the stages meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from rdflib import RDF, SKOS, Literal, URIRef

from graph import queries, statistics, text_index
from graph.audit import audit
from graph.derivation import Look, derive
from graph.errors import GoldenThreadError, InvalidGraph, StoreUnavailable, UnreadableDocument
from graph.faults import Faults, told
from graph.findings import finding_statements
from graph.justifications import NAME as JUSTIFICATIONS
from graph.justifications import read_justifications
from graph.layout import lay_out
from graph.mentions import find_mentions, operation_names
from graph.mentions.figures import find_figures
from graph.mentions.measures import MeasurePattern
from graph.mentions.operations import reconcile
from graph.mentions.periods import resolve_period
from graph.mentions.promises import find_targets
from graph.model import Figure, Reading, Report, Vocabulary
from graph.namespaces import (
    BASE,
    GT,
    RULES,
    SHAPES,
    graph_name,
    key_of,
    mint,
    report_graph,
    slug,
)
from graph.parts import Part
from graph.quality import quality_statements
from graph.readers import read
from graph.statements import VERSION, Triple, report_iri, report_statements
from graph.stores import answers
from graph.stores.base import Store
from graph.stores.generations import Draft, Generation, check_base, current, draft
from graph.stores.oxigraph import OxigraphStore, OxigraphWriter, canonical
from graph.vocabulary import FOLDER, files, load_vocabulary, ontology, shapes, vocabularies

SAMPLE = Path(__file__).resolve().parent / "sample"
"""Folder of the bundled sample reports."""

Progress = Callable[[str], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Issue:
    """A report that was left out, and why; what was good beside it went in."""

    path: Path
    reason: str


@dataclass(slots=True)
class Outcome:
    """What a build or an ingest did."""

    reports: dict[str, Reading] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    generation: int = 0
    version: str = ""
    """The version that an endpoint has been given, where that was written to."""
    quads: int = 0


def sample_reports() -> list[Path]:
    """Return the bundled sample reports."""
    return sorted(SAMPLE.glob("*.txt"))


MOST_ITEMS = 5_000
"""Items that one report may have: some forty times those of a real one, and read in about ten seconds."""
LONGEST_ITEM = 50_000
"""Characters that one item may have: forty times the longest of a real report."""


BATCH = 64
"""Reports whose statements are loaded at once: some hundred megabytes (docs/adr/0029-built-in-batches.md)."""


def read_report(path: Path, vocabulary: Vocabulary) -> Report:
    """Read and lay out one report file. Raises: UnreadableDocument, also for one beyond the limits above."""
    try:
        return _within_limits(path, lay_out(read(path), vocabulary))
    except UnreadableDocument as error:
        raise UnreadableDocument(path, str(error.fields["reason"]), str(error.fields["remedy"])) from error


def _within_limits(path: Path, report: Report) -> Report:
    if len(report.items) > MOST_ITEMS:
        raise UnreadableDocument(path, f"it has {len(report.items):,} items; up to {MOST_ITEMS:,} are read")
    longest = max(report.items, key=lambda item: len(item.text))
    if len(longest.text) > LONGEST_ITEM:
        place = f"item {longest.number}, at character {longest.start:,},"
        raise UnreadableDocument(path, f"{place} has {len(longest.text):,} characters; up to {LONGEST_ITEM:,} are read")
    return report


def read_mentions(report: Report, vocabulary: Vocabulary, known: Mapping[str, str] | None = None) -> Reading:
    """Find all that a laid out report names and counts, and recompute what its numbers say of one another."""
    mentions, aliases = find_mentions(report, vocabulary, known)
    targets = find_targets(report.commitments)
    found = Reading(report, mentions, read_figures(report, vocabulary), aliases, targets=targets)
    return replace(found, checks=audit(found))


def read_figures(report: Report, vocabulary: Vocabulary) -> tuple[Figure, ...]:
    """Return the figures of all items of a laid out report in order."""
    patterns = [MeasurePattern.of(key, label, unit, words) for key, label, unit, words in vocabulary.measures]
    return tuple(
        replace(
            f,
            text=report.document.text[f.start : f.end],
            dates=resolve_period(f.period, report.quarter) if f.period else None,
        )
        for item in report.items
        for f in find_figures(replace(item, text=item.words), report.quarter, patterns)
    )


def build(
    store: Path,
    paths: Sequence[Path],
    progress: Progress = lambda _: None,
    executor: Executor | None = None,
    forces: Path | None = None,
    justifications: Path | None = None,
) -> Outcome:
    """Make a fresh store in ``store`` from the ontology, the vocabularies and the reports at ``paths``.

    Reports are read by ``executor`` where one is given: a pool of processes, or a cluster's. ``forces`` is a folder
    of further forces (``graph.vocabulary.files``), ``justifications`` a file of reasons for gaps.

    What stood there before stays current until the new store is whole, and stays if nothing could be read.
    Raises: StoreUnavailable, InvalidGraph, VocabularyError for a file of Turtle, and UnreadableDocument if not one
    report could be read.
    """
    vocabulary = load_vocabulary(forces=forces)
    outcome = Outcome()
    readings = read_all(paths, {}, outcome, progress, executor, forces)
    with draft(store, fresh=True) as made:
        writer = OxigraphWriter(made.rdf)
        for name, triples in reference_graphs(forces=forces, justifications=justifications).items():
            progress(f"writing {key_of(name)}")
            writer.replace(name, triples)
        faults = Faults()
        write_readings(writer, readings, vocabulary, progress, _checked(faults, progress))
        _finish(writer, made, outcome, None, faults, progress)
    return outcome


def ingest(
    store: Path,
    paths: Sequence[Path],
    progress: Progress = lambda _: None,
    executor: Executor | None = None,
    forces: Path | None = None,
    justifications: Path | None = None,
) -> Outcome:
    """Add the reports at ``paths`` to the store; one already there is replaced whole, as is what else is given.

    Readers see the store as it was until all is written, then as it is. Raises: as ``build``; also
    StoreUnavailable if nothing has been built in ``store``.
    """
    before = current(store)
    if before is None:
        raise StoreUnavailable(f"{store}: there is no store here. Make one with: goldenthread build --store {store}")
    check_base(before)
    vocabulary = load_vocabulary(forces=forces)
    outcome = Outcome()
    known = known_operations(OxigraphStore.open(before.rdf, before.version))
    readings = read_all(paths, known, outcome, progress, executor, forces)
    with draft(store, fresh=False) as made:
        writer = OxigraphWriter(made.rdf)
        graphs = reference_graphs(forces=forces, justifications=justifications)
        given = ({JUSTIFICATIONS} if justifications else set()) | (files(forces=forces).keys() - files().keys())
        for name in given:
            writer.replace(name, graphs[name])
        faults = Faults()
        # Reports of other forces were sound when they were published, and are as long as what they refer to is.
        write_readings(writer, readings, vocabulary, progress, _checked(faults, progress), everything=bool(given))
        _finish(writer, made, outcome, before, faults, progress)
    return outcome


def in_memory(
    readings: Iterable[Reading],
    vocabulary: Vocabulary | None = None,
    folder: Path = FOLDER,
    forces: Path | None = None,
) -> OxigraphStore:
    """Return a store in memory that holds the reference graphs and ``readings``, as a build would write them.

    ``folder`` and ``forces`` hold the vocabularies; ``vocabulary`` is what was loaded from them.
    """
    writer = OxigraphWriter(None)
    for name, triples in reference_graphs(folder, forces).items():
        writer.replace(name, triples)
    write_readings(writer, list(readings), vocabulary or load_vocabulary(folder, forces), lambda _: None)
    return writer.reader()


def reference_graphs(
    folder: Path = FOLDER, forces: Path | None = None, justifications: Path | None = None
) -> dict[URIRef, Iterable[Triple]]:
    """Return the graphs that hold no report: ontology, shapes, rules, ``justifications``, and the vocabularies.

    Those lie in ``folder`` and ``forces``. Blank nodes are named canonically, and in no two graphs alike.
    """
    graphs: dict[URIRef, Iterable[Triple]] = {
        graph_name("ontology"): canonical(ontology()),
        SHAPES: canonical(shapes(), "shapes-"),
    }
    for name, graph in vocabularies(folder, forces).items():
        graphs[name] = canonical(graph, f"{slug(name)}-")
    graphs[RULES] = list(_rule_statements())
    if justifications:
        graphs[JUSTIFICATIONS] = list(read_justifications(justifications))
    return graphs


def _rule_statements() -> Iterable[Triple]:
    for name, rule in queries.rules().items():
        node = mint("rule", name)
        yield node, RDF.type, GT.Rule
        yield node, SKOS.prefLabel, Literal(rule.summary, lang="en")
        yield node, SKOS.definition, Literal(rule.description, lang="en")
        yield node, GT.ruleText, Literal(rule.sparql)


def read_all(
    paths: Sequence[Path],
    known: Mapping[str, Mapping[str, str]],
    outcome: Outcome,
    progress: Progress,
    executor: Executor | None,
    forces: Path | None,
) -> list[Reading]:
    """Read every report that can be read; the others become issues of ``outcome``."""
    reports: dict[str, Report] = {}
    names: dict[str, dict[str, str]] = {force: dict(spelt) for force, spelt in known.items()}
    for path, read_one in zip(paths, _each(executor, _lay_out, paths, [forces] * len(paths)), strict=True):
        progress(f"read {path.name}")
        if isinstance(read_one, str):
            outcome.issues.append(Issue(path, read_one))
            continue
        if read_one.id in reports:
            same = reports[read_one.id].document.name
            outcome.issues.append(Issue(path, f"{path}: it is report {read_one.id}, as {same} is; this one was taken"))
        reports[read_one.id] = read_one
    if not reports:
        raise UnreadableDocument(
            ", ".join(str(p) for p in paths), "no report could be read", " ".join(i.reason for i in outcome.issues)
        )
    vocabulary = load_vocabulary(forces=forces)
    met: dict[str, set[str]] = {}
    for report in reports.values():
        met.setdefault(report.force, set()).update(operation_names(report, vocabulary))
    for force, spelt in met.items():
        # All names of a force are compared at once, before any report is linked: the order of files is no matter.
        names[force] = reconcile(spelt, names.get(force))
    spellings = [names[report.force] for report in reports.values()]
    for reading in _each(executor, _find_mentions, reports.values(), spellings, [forces] * len(reports)):
        progress(f"found what {reading.report.id} names")
        outcome.reports[reading.report.id] = reading
    return list(outcome.reports.values())


def _each(executor: Executor | None, function: Callable[..., T], *values: Iterable[Any]) -> Iterable[T]:
    """Call ``function`` for each value, in order: here, or wherever ``executor`` has workers."""
    return executor.map(function, *values) if executor else map(function, *values)


def _lay_out(path: Path, forces: Path | None) -> Report | str:
    """Return the report at ``path``, or why it cannot be read: a worker's step, so it loads what it needs."""
    try:
        return read_report(path, load_vocabulary(forces=forces))
    except UnreadableDocument as error:
        return error.message


def _find_mentions(report: Report, known: Mapping[str, str], forces: Path | None) -> Reading:
    return read_mentions(report, load_vocabulary(forces=forces), known)


def write_readings(
    writer: OxigraphWriter,
    readings: Sequence[Reading],
    vocabulary: Vocabulary,
    progress: Progress,
    look: Look = lambda _: None,
    *,
    everything: bool = True,
) -> None:
    """Write each report's graph and what follows from them (``graph.derivation.derive``)."""
    write_reports(writer, readings, vocabulary, progress)
    written = {report_iri(reading.report): mint("force", reading.report.force) for reading in readings}
    derive(writer, written, progress, look, everything=everything)


def write_reports(
    writer: OxigraphWriter, readings: Sequence[Reading], vocabulary: Vocabulary, progress: Progress
) -> None:
    """Write the graph of each report, some at a time."""
    for some in _batches(readings):
        progress(f"writing {some[0].report.id} to {some[-1].report.id}")
        writer.replace_all({report_graph(r.report.id): _statements(r, vocabulary) for r in some})


def _statements(reading: Reading, vocabulary: Vocabulary) -> Iterable[Triple]:
    found = dict.fromkeys(finding_statements(reading))
    return [*report_statements(reading, vocabulary), *found, *quality_statements(reading)]


def _batches(values: Sequence[T]) -> Iterable[Sequence[T]]:
    """Yield ``values`` some at a time: each load makes files of its own, and few large ones are read faster."""
    return (values[n : n + BATCH] for n in range(0, len(values), BATCH))


def _checked(faults: Faults, progress: Progress) -> Look:
    def look(part: Part) -> None:
        progress(f"checking {len(part.reports)} report(s)")
        faults.look_at(part.store)

    return look


def _finish(
    writer: OxigraphWriter, made: Draft, outcome: Outcome, before: Generation | None, faults: Faults, progress: Progress
) -> None:
    """Describe the draft; ``before`` is what it was made from. Raises: InvalidGraph if there are ``faults``."""
    if lines := faults.lines:
        # Closed, or whoever keeps the error keeps the next build out.
        writer.close()
        raise InvalidGraph(f"the graph was not published: {told(lines)}", faults=lines)
    progress("counting")
    outcome.quads = writer.count()
    outcome.generation = made.number
    entries = {
        key: {"file": r.report.document.name, "sha256": r.report.document.sha256, "items": len(r.report.items)}
        for key, r in outcome.reports.items()
    }
    reports = before.manifest.get("reports", {}) if before else {}
    made.manifest.update(quads=outcome.quads, software=VERSION, base=BASE, reports={**reports, **entries})
    now = datetime.now(UTC).isoformat(timespec="seconds")
    made.description.update(
        issued=before.description.get("issued", now) if before else now,
        modified=now,
        statistics=statistics.count(writer.reader()).as_json(),
    )
    progress("indexing the text")
    text_index.write_index(writer.reader(), made.folder / text_index.FILE)
    progress("answering what pages ask")
    answers.write(writer.reader(), queries.kept(writer.reader()), made.folder / answers.FOLDER)
    writer.close()


def known_operations(store: Store) -> dict[str, dict[str, str]]:
    """Return for each force the names of operations in the register, each with the name it is a spelling of."""
    known: dict[str, dict[str, str]] = {}
    for force, name, other in store.select(queries.page("operation-names").sparql).rows:
        names = known.setdefault(key_of(str(force)), {})
        names[str(name)] = str(name)
        if other is not None:
            names[str(other).upper().removeprefix("OPERATION ").removeprefix("OPERATIONS ")] = str(name)
    return known


def summary(outcome: Outcome) -> str:
    """Return the last line of a build or ingest."""
    items = sum(len(r.report.items) for r in outcome.reports.values())
    state = f"version {outcome.version}" if outcome.version else f"generation {outcome.generation}"
    line = f"{len(outcome.reports)} report(s), {items} items, {outcome.quads} statements, {state}"
    return line + (f"; {len(outcome.issues)} left out" if outcome.issues else "")


__all__ = [
    "GoldenThreadError",
    "Issue",
    "Outcome",
    "build",
    "in_memory",
    "ingest",
    "known_operations",
    "read_all",
    "read_figures",
    "read_mentions",
    "read_report",
    "reference_graphs",
    "sample_reports",
    "summary",
    "write_readings",
    "write_reports",
]
