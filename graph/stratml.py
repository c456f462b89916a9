"""Plan and performance of a force as StratML Part 2: the XML in which public bodies exchange plans and reports.

Priorities are its Goals, commitments its Objectives, partners and units Stakeholders who perform them; what is
measured under a commitment is a PerformanceIndicator, and each figure an ActualResult or a TargetResult with its time
and its sentence (ontology/alignments/stratml.ttl).

Source: ISO 17469-2, in the form of the published schema of 16 February 2016, whose order of elements is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

from lxml import etree
from rdflib import URIRef
from rdflib.term import Node

from graph import queries
from graph.errors import BadParameter, NotFound
from graph.namespaces import STRATML, key_of, mint, slug
from graph.stores.base import Store

Row = Mapping[str, Node | None]

TARGET: Final = mint("figure-role", "target")
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""
_NOT_NAME = re.compile(r"[^A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The reports that a document is made from: those of one force, of all quarters or of one."""

    reports: tuple[URIRef, ...]
    quarters: tuple[str, ...]
    titles: tuple[str, ...]
    start: str
    end: str
    issued: str


def choose(store: Store, force: str = "", quarter: str = "") -> Chosen:
    """Return the reports of ``force`` (key or name) for ``quarter`` (key or notation), or of all its quarters.

    Raises: BadParameter, if there is none, or ``force`` is not given and several forces report: which there are.
    """
    rows = known = [row for row in store.select(queries.page("reports").sparql).dicts() if row["force"]]
    if force:
        rows = [row for row in rows if force.casefold() in _names(row, "force")]
    if quarter:
        rows = [row for row in rows if quarter.casefold() in _names(row, "quarter")]
    forces = sorted({_text(row, "forceLabel") for row in rows})
    if len(forces) != 1:
        asked = " ".join(filter(None, (force, quarter)))
        there = ", ".join(sorted({_text(row, "forceLabel") for row in known}))
        reason = f"there is no report of {asked}" if not rows else "several forces report; say which with --force"
        raise BadParameter(f"{reason}. Forces with reports: {there or 'none'}", param="force", value=force)
    return _chosen(rows)


def of_report(store: Store, report: URIRef) -> Chosen:
    """Return ``report`` alone. Raises: NotFound, if there is no such report of a force."""
    rows = store.select(queries.page("reports").sparql).dicts()
    rows = [row for row in rows if row["report"] == report and row["force"]]
    if not rows:
        raise NotFound(f"there is no report {key_of(report)}")
    return _chosen(rows)


def _chosen(rows: Sequence[Row]) -> Chosen:
    days = [day for row in rows for day in (_text(row, "start"), _text(row, "end")) if day]
    dates = [_text(row, "issued") for row in rows]
    return Chosen(
        reports=tuple(URIRef(_text(row, "report")) for row in rows),
        quarters=tuple(sorted({_text(row, "quarterLabel") for row in rows} - {""})),
        titles=tuple(dict.fromkeys(_text(row, "title") for row in rows)),
        start=min(days, default=""),
        end=max(days, default=""),
        issued=max((date for date in dates if len(date) == len("2022-04-20")), default=""),
    )


def stratml(store: Store, chosen: Chosen) -> bytes:
    """Return the plan and the performance that ``chosen`` reports tell, as XML; equal stores give equal bytes.

    Raises: NotFound, if the force has no plan.
    """
    terms = {"report": list(chosen.reports)}

    def rows(page: str) -> list[Row]:
        return list(store.select(queries.fill(queries.page(page), terms)).dicts())

    plan = rows("stratml-plan")
    if not plan:
        raise NotFound("the reports give no plan: no priority of theirs was found")
    performance = _Performance(rows("stratml-stakeholders"), rows("stratml-figures"))
    root = _document(plan, chosen, performance)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _document(plan: Sequence[Row], chosen: Chosen, performance: _Performance) -> etree._Element:
    first = plan[0]
    force, named = _text(first, "forceLabel"), _text(first, "planLabel")
    when = ", ".join(chosen.quarters)
    # No prefix for the one namespace there is: a form of nsmap that the stubs of lxml do not know.
    own = cast("Mapping[str, str]", {None: STRATML})
    root = etree.Element(_tag("PerformancePlanOrReport"), Type="Performance_Report", nsmap=own)
    _add(root, "Name", f"{named} of {force}" + (f": {when}" if when else ""))
    _add(root, "Description", f"What {force} has promised in its {named}, and what it reports to have done.")
    read = "; ".join(chosen.titles)
    _add(root, "OtherInformation", f"Read by machine from: {read}. Each result quotes its sentence.")
    core = etree.SubElement(root, _tag("StrategicPlanCore"))
    body = etree.SubElement(core, _tag("Organization"))
    _add(body, "Name", force)
    _add(body, "Identifier", _identifier("force", first["force"]))
    for priority, commitments in _by_priority(plan):
        _goal(core, priority, commitments, named, performance)
    about = etree.SubElement(root, _tag("AdministrativeInformation"))
    _add(about, "Identifier", _identifier("plan", first["plan"], *map(slug, chosen.quarters)))
    _dated(about, chosen.start, chosen.end)
    if chosen.issued:
        _add(about, "PublicationDate", chosen.issued)
    _add(about, "Source", str(chosen.reports[0]))
    return root


def _goal(
    core: etree._Element, priority: Row, commitments: Sequence[Row], plan: str, performance: _Performance
) -> None:
    goal = etree.SubElement(core, _tag("Goal"))
    number = _text(priority, "priorityNumber")
    _add(goal, "Name", _text(priority, "priorityLabel"))
    _add(goal, "Description", f"Priority {number} of the {plan}.")
    _add(goal, "Identifier", _identifier("priority", priority["priority"]))
    _add(goal, "SequenceIndicator", number)
    for row in commitments:
        objective = etree.SubElement(goal, _tag("Objective"))
        _add(objective, "Name", f"Commitment {_text(row, 'commitmentNumber')}")
        _add(objective, "Description", _text(row, "commitmentLabel"))
        _add(objective, "Identifier", _identifier("commitment", row["commitment"]))
        _add(objective, "SequenceIndicator", _text(row, "commitmentNumber"))
        performance.under(objective, row["commitment"])


class _Performance:
    """Who works towards each commitment, and what is measured under it."""

    def __init__(self, stakeholders: Iterable[Row], figures: Iterable[Row]) -> None:
        self._stakeholders: dict[Node | None, list[Row]] = {}
        for row in stakeholders:
            self._stakeholders.setdefault(row["commitment"], []).append(row)
        self._figures: dict[Node | None, dict[tuple[str, str], list[Row]]] = {}
        for row in figures:
            # A figure of no known measure is of what it counts, in its words.
            measured = str(row["measure"] or " ".join(_text(row, "what").casefold().split()) or _text(row, "unit"))
            by_measure = self._figures.setdefault(row["commitment"], {})
            by_measure.setdefault((measured, _text(row, "unit")), []).append(row)

    def under(self, objective: etree._Element, commitment: Node | None) -> None:
        """Add what there is for ``commitment`` to its objective."""
        for row in self._stakeholders.get(commitment, ()):
            _stakeholder(objective, row)
        for number, rows in enumerate(self._figures.get(commitment, {}).values(), 1):
            first, kind = rows[0], {"PerformanceIndicatorType": "Quantitative"}
            indicator = etree.SubElement(objective, _tag("PerformanceIndicator"), kind)
            _add(indicator, "SequenceIndicator", str(number))
            _add(indicator, "MeasurementDimension", _dimension(first))
            _add(indicator, "UnitOfMeasurement", _text(first, "unit"))
            _add(indicator, "Identifier", _identifier("indicator", commitment, str(number)))
            for instance in _instances(rows):
                _instance(indicator, instance)


def _stakeholder(objective: etree._Element, row: Row) -> None:
    kind = "Generic_Group" if _text(row, "generic") == "true" else "Organization"
    stakeholder = etree.SubElement(objective, _tag("Stakeholder"), StakeholderTypeType=kind)
    _add(stakeholder, "Name", _text(row, "bodyLabel"))
    role = etree.SubElement(stakeholder, _tag("Role"))
    _add(role, "Name", _text(row, "kindLabel"))
    items = _text(row, "items")
    _add(role, "Description", f"At work in {items} evidence item{'' if items == '1' else 's'}.")
    _add(role, "RoleType", "Performer")


def _instances(rows: Iterable[Row]) -> Iterable[list[Row]]:
    """Return the figures of one measure, those of one area and time together: a target beside what was reached."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((_text(row, "area"), _text(row, "from"), _text(row, "to")), []).append(row)
    return found.values()


def _instance(indicator: etree._Element, rows: Sequence[Row]) -> None:
    instance = etree.SubElement(indicator, _tag("MeasurementInstance"))
    targets_first = sorted(rows, key=lambda row: row["role"] != TARGET)
    for row in targets_first:
        result = etree.SubElement(instance, _tag("TargetResult" if row["role"] == TARGET else "ActualResult"))
        _dated(result, _text(row, "from"), _text(row, "to"))
        _add(result, "NumberOfUnits", format(Decimal(_text(row, "value")).normalize(), "f"))
        quote = " ".join(_text(row, "quote").split())
        _add(result, "Description", f"{_text(row, 'areaLabel')}. {quote} ({_text(row, 'itemLabel')})")


def _dimension(row: Row) -> str:
    return _text(row, "measureLabel") or _text(row, "what") or _text(row, "unit")


def _by_priority(plan: Iterable[Row]) -> list[tuple[Row, list[Row]]]:
    """Return each priority with its commitments, in the order of their numbers."""
    found: dict[Node | None, tuple[Row, list[Row]]] = {}
    for row in plan:
        _, commitments = found.setdefault(row["priority"], (row, []))
        if row["commitment"] is not None:
            commitments.append(row)
    for _, commitments in found.values():
        commitments.sort(key=lambda row: _order(_text(row, "commitmentNumber")))
    return sorted(found.values(), key=lambda pair: _order(_text(pair[0], "priorityNumber")))


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", number))


def _dated(element: etree._Element, start: str, end: str) -> None:
    if start and end:
        _add(element, "StartDate", start)
        _add(element, "EndDate", end)


def _add(element: etree._Element, name: str, text: str) -> None:
    etree.SubElement(element, _tag(name)).text = _UNFIT.sub(" ", text)


def _tag(name: str) -> str:
    return f"{{{STRATML}}}{name}"


def _identifier(kind: str, thing: Node | None, *more: str) -> str:
    """Return what identifies a thing within a document: a name of XML, such as ``_commitment-essex-1.2``."""
    return _NOT_NAME.sub("-", "-".join((f"_{kind}", key_of(str(thing)), *more)))


def _names(row: Row, column: str) -> set[str]:
    label = _text(row, f"{column}Label")
    return {key_of(_text(row, column)).casefold(), label.casefold(), _text(row, column).casefold()} - {""}


def _text(row: Row, column: str) -> str:
    value = row[column]
    return "" if value is None else str(value)
