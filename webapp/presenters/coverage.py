"""Coverage: what each report has for each promise in each area, which sort of gap, and what was looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import request, url_for
from rdflib import XSD, URIRef

from graph import queries
from graph.errors import NotFound
from graph.namespaces import GT, key_of, mint
from webapp.addresses import page_of, span_at
from webapp.presenters.areas import Area, areas
from webapp.presenters.commitments import SHADES
from webapp.presenters.evidence import Evidence, evidence
from webapp.presenters.facets import Described, Facet, Option, ShownFacet, Value, matching, shown
from webapp.presenters.listing import Chip, chips, selection
from webapp.presenters.reports import day
from webapp.presenters.things import Link
from webapp.store import View
from webapp.terms import Solution, iri, number, solutions, text

SIGNS = {"here": "", "force-wide-only": "◦", "unread": "?", "justified": "✓", "areas-only": "·", "none-found": "–"}
"""Kind of coverage to the sign of its cell; where there is evidence the cell shows how much."""
HOLES = ("none-found", "force-wide-only", "unread")
"""The kinds that ask for somebody's attention."""


@dataclass(frozen=True, slots=True)
class Source:
    """A report that was searched."""

    iri: URIRef
    label: str
    in_quarter: URIRef | None
    items: int

    @property
    def key(self) -> str:
        """The last part of its address."""
        return key_of(self.iri)

    @property
    def quarter(self) -> str:
        """Key of its quarter; of itself, where it names none."""
        return key_of(self.in_quarter or self.iri)

    @property
    def href(self) -> str:
        """Its page."""
        return page_of(self.iri) or ""


@dataclass(slots=True)
class Cell:
    """What one report has for one promise in one area."""

    source: Source
    commitment: URIRef
    label: str
    """The promise with its number."""
    priority: URIRef
    priority_label: str
    area: Area
    kind: str
    kind_label: str
    items: int
    operations: int
    partners: int
    force_wide: int
    """Items for the promise about the force as a whole."""
    everywhere: int
    """Items for the promise, wherever."""
    unread: int
    """Passages of prose under that promise and area that were not read."""
    reason: str
    signed: str
    """Who gave the reason, and when."""
    shade: int = 0
    described: Described = field(default_factory=Described)

    @property
    def key(self) -> str:
        """Report, promise and area."""
        return f"{self.source.key}/{key_of(self.commitment)}/{key_of(self.area.iri)}"

    @property
    def href(self) -> str:
        """The evidence, or what was looked for."""
        return url_for(
            "coverage.one", report=self.source.key, commitment=key_of(self.commitment), area=key_of(self.area.iri)
        )

    @property
    def promise(self) -> str:
        """The page of the promise."""
        return page_of(self.commitment) or ""

    @property
    def is_hole(self) -> bool:
        """Whether it asks for somebody's attention."""
        return self.kind in HOLES

    @property
    def sign(self) -> str:
        """What the cell of the table shows where it has no number."""
        return SIGNS.get(self.kind, "–")


@dataclass(frozen=True, slots=True)
class Matrix:
    """The cells of one report: a row for each promise, a column for each area, under the priorities of the plan."""

    source: Source
    areas: tuple[Area, ...]
    priorities: tuple[tuple[str, tuple[tuple[Cell | None, ...], ...]], ...]
    """Title of the priority and its rows; None stands where the filters leave a cell out."""


@dataclass(frozen=True, slots=True)
class Found:
    """The cells that meet the request's filters, and the filters as the page shows them."""

    rows: tuple[Cell, ...]
    holes: tuple[Cell, ...]
    matrices: tuple[Matrix, ...]
    facets: tuple[ShownFacet, ...]
    chips: tuple[Chip, ...]
    partner: str
    """The name of the partner that alone counts as evidence, "" for none."""


def cells(view: View, partner: str = "") -> dict[str, Cell]:
    """Return all cells by key, newest report first; with the address of a ``partner`` only its evidence counts."""
    return view.recall(("coverage", partner), lambda: _read(view, partner))


def _read(view: View, partner: str) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    kinds = areas(view)
    for row in solutions(view.page("reports")):
        report = URIRef(text(row, "report"))
        name = ", ".join(filter(None, (text(row, "forceLabel"), text(row, "quarterLabel")))) or text(row, "title")
        source = Source(report, name, iri(row, "quarter"), number(row, "items"))
        values = {"report": str(report)} | ({"partner": partner} if partner else {})
        table = queries.run(view, queries.question("commitment-coverage"), values)
        here = [_cell(source, kinds, one) for one in solutions(table)]
        most = max((cell.items for cell in here), default=0)
        for cell in sorted(here, key=lambda c: (_number(c.label), c.area.kind == "force", c.area.label)):
            cell.shade = max(1, round(SHADES * cell.items / most)) if cell.items else 0
            found[cell.key] = cell
    return found


def _number(label: str) -> list[int]:
    """Return the number of a promise as numbers, so that 1.10 comes after 1.9."""
    return [int(part) for part in label.split(" ", 1)[0].split(".") if part.isdigit()]


def _cell(source: Source, known: Mapping[URIRef, Area], row: Solution) -> Cell:
    signed = ", ".join(filter(None, (text(row, "signedBy"), day(text(row, "signedOn")))))
    made = Cell(
        source=source,
        commitment=URIRef(text(row, "commitment")),
        label=text(row, "commitmentLabel"),
        priority=URIRef(text(row, "priority")),
        priority_label=text(row, "priorityLabel"),
        area=known[URIRef(text(row, "lpa"))],
        kind=key_of(text(row, "coverage")),
        kind_label=text(row, "coverageLabel"),
        items=number(row, "items"),
        operations=number(row, "operations"),
        partners=number(row, "partners"),
        force_wide=number(row, "forceWide"),
        everywhere=number(row, "everywhere"),
        unread=number(row, "unread"),
        reason=text(row, "reason"),
        signed=signed,
    )
    for facet, key, label in (
        ("gap", made.kind, made.kind_label),
        ("area", key_of(made.area.iri), made.area.short),
        ("priority", key_of(made.priority), made.priority_label),
        ("quarter", source.quarter, source.label),
    ):
        made.described.say_whole(facet, key)
        made.described.say_whole(f"{facet} label", label)
    return made


_FACETS = (("area", "Area"), ("priority", "Priority"), ("quarter", "Quarter"))


def found(view: View) -> Found:
    """Return the cells that the request asks for, as tables and as a list of gaps."""
    chosen_partner = request.args.get("partner", "")
    partner = mint("partner", chosen_partner) if chosen_partner else ""
    known = cells(view, str(partner))
    facets = [_kinds(view), *(_facet(name, title, list(known.values())) for name, title in _FACETS)]
    described = {key: cell.described for key, cell in known.items()}
    chosen = selection(facets)
    whole = [facet.name for facet in facets]
    rows = tuple(known[key] for key in matching(described, chosen, whole))
    partners = _partners(view, chosen_partner)
    facet = Facet("partner", "Partner", tuple(Value(o.key, o.label) for o in partners.options), "select")
    return Found(
        rows=rows,
        holes=tuple(cell for cell in rows if cell.is_hole),
        matrices=tuple(_matrices(rows)),
        facets=(*shown(facets, described, chosen, whole), partners),
        chips=tuple(chips([*facets, facet], chosen | selection([facet]))),
        partner=next((o.label for o in partners.options if o.chosen), ""),
    )


def _kinds(view: View) -> Facet:
    """Return the filter by kind of coverage, with the kinds that no cell has too: that there are none is an answer."""
    labels = {key_of(text(row, "kind")): text(row, "label") for row in solutions(view.page("coverage-kinds"))}
    order = sorted(labels, key=list(SIGNS).index)
    return Facet("gap", "What there is", tuple(Value(key, labels[key]) for key in order))


def _facet(name: str, title: str, known: Sequence[Cell]) -> Facet:
    """Return a filter with the values that any cell has, in the order in which the cells stand."""
    labels = {
        key: label
        for cell in known
        for key in cell.described.values(name)
        for label in cell.described.values(f"{name} label")
    }
    return Facet(name, title, tuple(Value(key, label) for key, label in labels.items()))


def _partners(view: View, chosen: str) -> ShownFacet:
    """Return the partners to choose from, each with the number of promises it is at work for."""
    rows = solutions(queries.run(view, queries.question("partners-by-commitment")))
    promises: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        if text(row, "partner"):
            promises.setdefault((text(row, "partnerLabel"), key_of(text(row, "partner"))), set()).add(
                text(row, "commitment")
            )
    options = tuple(
        Option(key, label, len(kept), key == chosen, 0)
        for (label, key), kept in sorted(promises.items(), key=lambda one: one[0][0].casefold())
    )
    return ShownFacet("partner", "Partner", "select", options)


def _matrices(rows: Sequence[Cell]) -> list[Matrix]:
    made = []
    for source in dict.fromkeys(cell.source for cell in rows):
        here = {(cell.commitment, cell.area.iri): cell for cell in rows if cell.source == source}
        columns = tuple(sorted({c.area for c in here.values()}, key=lambda a: (a.kind == "force", a.label)))
        priorities: dict[str, dict[URIRef, None]] = {}
        for cell in here.values():
            priorities.setdefault(cell.priority_label, {})[cell.commitment] = None
        made.append(
            Matrix(
                source,
                columns,
                tuple(
                    (title, tuple(tuple(here.get((promise, area.iri)) for area in columns) for promise in promises))
                    for title, promises in priorities.items()
                ),
            )
        )
    return made


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that was looked for, how much of it there is, and where."""

    what: str
    number: int
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Searched:
    """One cell with its evidence, or with the search that found none."""

    cell: Cell
    looked: tuple[Looked, ...]
    evidence: tuple[Evidence, ...]
    left: tuple[Link, ...]
    """The prose there that was not read."""

    @property
    def turtle(self) -> str:
        """A justification to fill in and sign."""
        cell, quarter = self.cell, self.cell.source.in_quarter
        name = "-".join((*map(key_of, (cell.commitment, cell.area.iri)), cell.source.quarter))
        lines = [
            f"{mint('justification', name).n3()} a gt:Justification",
            f"gt:gapCommitment {cell.commitment.n3()}",
            f"gt:gapArea {cell.area.iri.n3()}",
            *([f"gt:gapQuarter {quarter.n3()}"] if quarter else []),
            'gt:reason "Why there is no evidence"',
            'gt:signedBy "Name, rank or post"',
            'gt:signedOn "YYYY-MM-DD"^^xsd:date',
        ]
        return f"@prefix gt: <{GT}> .\n@prefix xsd: <{XSD}> .\n\n" + " ;\n    ".join(lines) + " ."


def searched(view: View, key: str) -> Searched:
    """Return the cell with ``key`` and what was looked for. Raises: NotFound."""
    known = cells(view)
    if key not in known:
        raise NotFound("No report here has that promise and area together.")
    cell = known[key]
    every = [e for e in evidence(view, commitment=cell.commitment) if e.report.href == cell.source.href]
    here = tuple(e for e in every if e.area and e.area.href == page_of(cell.area.iri))
    in_area = sum(c.items for c in known.values() if c.source == cell.source and c.area == cell.area)
    promise = page_of(cell.commitment)
    force = next((c.area for c in known.values() if c.source == cell.source and c.area.kind == "force"), cell.area)
    looked = [
        Looked(f"evidence items in the report of {cell.source.label}", cell.source.items, cell.source.href),
        Looked("of those under this promise, in any area", cell.everywhere, promise),
        Looked(f"under this promise and about {_place(cell.area)}", cell.items),
    ]
    if cell.area.kind != "force":
        wide = f"{promise}#area-{key_of(force.iri)}"
        looked.append(Looked("under this promise and about the force as a whole", cell.force_wide, wide))
    looked += [
        Looked(f"about {_place(cell.area)}, under any promise", in_area, page_of(cell.area.iri)),
        Looked("passages under this promise and that heading that were not read", cell.unread),
    ]
    return Searched(cell, tuple(looked), here, tuple(_left(view, cell)))


def _place(area: Area) -> str:
    return "the force as a whole" if area.kind == "force" else area.label


def _left(view: View, cell: Cell) -> list[Link]:
    return [
        Link(
            " ".join(text(row, "words").split()),
            span_at(cell.source.iri, number(row, "start"), number(row, "end"), ""),
            "report",
        )
        for row in solutions(view.page("report-unplaced", report=cell.source.iri))
        if (iri(row, "commitment"), iri(row, "area")) == (cell.commitment, cell.area.iri)
    ]
