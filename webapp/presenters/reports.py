"""Reports: the list of them, and one with everything that its reader page needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rdflib import URIRef

from graph.namespaces import key_of
from webapp.addresses import item_number, kind_of, page_of
from webapp.presenters import reader
from webapp.presenters.evidence import Evidence, evidence
from webapp.presenters.figures import Figure, by_item, figures
from webapp.presenters.things import Link
from webapp.presenters.unread import NotRead, not_read
from webapp.store import View
from webapp.terms import Solution, iri, number, solutions, text


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in a list."""

    link: Link
    force: Link | None
    quarter: str
    period: str
    version: str
    issued: str
    items: int
    operations: int


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report with its text in blocks, and what each item says."""

    iri: URIRef
    key: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    text: str
    """The stored text."""
    blocks: tuple[reader.Block, ...]
    contents: tuple[reader.Block, ...]
    items: Mapping[int, Evidence]
    figures: Mapping[int, tuple[Figure, ...]]
    """The figures that each item states, by its number."""
    unread: NotRead


def period(row: Solution) -> str:
    """Return the days that a quarter covers: "1 January 2022 to 31 March 2022"."""
    first, last = text(row, "start"), text(row, "end")
    return f"{day(first)} to {day(last)}" if first and last else ""


def day(value: str) -> str:
    """Return a date as people write it: "2022-03-31" gives "31 March 2022", "2022-04" gives "April 2022"."""
    parts = value.split("-")
    if not all(p.isdigit() for p in parts) or not 1 <= len(parts) <= 3:
        return value
    if len(parts) == 1:
        return value
    when = date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 1)
    return f"{when.day} {when:%B %Y}" if len(parts) == 3 else f"{when:%B %Y}"


def report_rows(view: View) -> list[ReportRow]:
    """Return all reports, newest quarter first."""
    found = []
    for row in solutions(view.page("reports")):
        report, force = URIRef(text(row, "report")), iri(row, "force")
        found.append(
            ReportRow(
                Link(text(row, "title"), page_of(report), "report"),
                Link(text(row, "forceLabel"), page_of(force), "force") if force else None,
                text(row, "quarterLabel"),
                period(row),
                text(row, "version"),
                day(text(row, "issued")),
                number(row, "items"),
                number(row, "operations"),
            )
        )
    return found


def report_page(view: View, report: URIRef, span: tuple[int, int] | None) -> ReportPage | None:
    """Return the report at ``report`` with ``span`` of its text marked, or None if there is none."""
    # A span can be any of millions, so only the page without one is kept.
    return _read(view, report, span) if span else view.recall(("report", report), lambda: _read(view, report, None))


def _read(view: View, report: URIRef, span: tuple[int, int] | None) -> ReportPage | None:
    rows = list(solutions(view.page("report", report=report)))
    if not rows:
        return None
    row = rows[0]
    stored = text(row, "text")
    marked = [
        reader.Marked(number(m, "start"), number(m, "end"), reader.MARKS[kind])
        for m in solutions(view.page("report-mentions", report=report))
        if (kind := kind_of(text(m, "thing"))) in reader.MARKS
    ]
    marked += [
        reader.Marked(number(f, "start"), number(f, "end"), "figure")
        for f in solutions(view.page("report-figures", report=report))
    ]
    if span:
        marked.append(reader.Marked(*span, "cited"))
    passages = _passages(view, report)
    made = reader.without_skips(
        reader.blocks(stored, passages, _headings(view, report, key_of(text(row, "force"))), marked)
    )
    facts = (
        ("Force", text(row, "forceLabel")),
        ("Quarter", text(row, "quarterLabel")),
        ("Period", period(row)),
        ("Version", text(row, "version")),
        ("Issued", day(text(row, "issued"))),
        ("Produced by", text(row, "credit")),
        ("File", text(row, "fileName")),
        ("SHA-256", text(row, "digest")),
    )
    return ReportPage(
        iri=report,
        key=key_of(report),
        title=text(row, "title"),
        subtitle=" · ".join(part for part in (text(row, "forceLabel"), text(row, "quarterLabel")) if part),
        facts=tuple((name, value) for name, value in facts if value),
        text=stored,
        blocks=tuple(made),
        contents=tuple(b for b in made if b.anchor and b.of in {"priority", "commitment"}),
        items={e.number: e for e in evidence(view, report=report)},
        figures=by_item(figures(view, report=report)),
        unread=not_read(view, report, stored, passages, made),
    )


def _passages(view: View, report: URIRef) -> list[reader.Passage]:
    found = []
    for row in solutions(view.page("report-passages", report=report)):
        item = item_number(text(row, "passage"))
        anchor = f"item-{item}" if item else f"commitment-{key_of(text(row, 'passage'))}"
        found.append(reader.Passage(anchor, number(row, "start"), number(row, "end"), item, number(row, "page")))
    return found


_LEVELS = {"priority": ("priority", 2), "commitment": ("commitment", 3)}


def _headings(view: View, report: URIRef, force: str) -> dict[str, reader.Heading]:
    """Return what the report's headings say, by their folded words; ``force`` is the key of its force."""
    found: dict[str, reader.Heading] = {}
    for row in solutions(view.page("report-passages", report=report)):
        if topic := text(row, "heading"):
            found[reader.folded(topic)] = reader.Heading("topic", 4, reader.folded(topic))
    for row in solutions(view.page("report-headings", report=report)):
        name, notation = text(row, "name"), text(row, "notation")
        kind, level = _LEVELS.get(kind_of(text(row, "thing")), ("area", 4))
        heading = reader.Heading(kind, level, reader.folded(name))
        found[heading.key] = heading
        if kind == "priority" and notation:
            found[reader.folded(f"Priority {notation} {name}")] = heading
        if kind == "area":
            # An area that no vocabulary knows is called after the heading that named it: its key holds all the words.
            printed = key_of(text(row, "thing")).removeprefix(f"{force}-").replace("-", " ")
            found.setdefault(printed, reader.Heading(kind, level, printed))
    return found
