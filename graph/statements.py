"""A Reading to statements: the triples of one report's named graph.

Every subject belongs to the report, so that replacing the graph replaces all the report says and
nothing else. What a report says about lasting things (an operation, a promise) is kept as a *naming*,
from which the register is derived (queries/register/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from rdflib import DCTERMS, PROV, QB, RDF, SKOS, XSD, Literal, URIRef
from rdflib.term import Node

from graph.model import Area, Figure, Item, Kind, Mention, Priority, Reading, Report, Target, Vocabulary
from graph.namespaces import GT, OA, SCHEMA, SDMX_MEASURE, mint

Triple = tuple[Node, Node, Node]

VERSION = "0.1.0"
"""Version of the rules of reading; part of every report's origin."""

_ITEM_LINKS = {
    Kind.OPERATION: GT.namesOperation,
    Kind.UNIT: GT.namesUnit,
    Kind.THEME: GT.aboutTheme,
    Kind.PLACE: GT.namesPlace,
    Kind.DISTRICT: GT.locatedIn,
    Kind.AREA: GT.namesArea,
    Kind.PROGRAMME: GT.namesProgramme,
}

_FOUND = {
    Kind.OPERATION: GT.Operation,
    Kind.PARTNER: GT.Partner,
    Kind.UNIT: GT.PoliceUnit,
    Kind.PROGRAMME: GT.Programme,
    Kind.PLACE: GT.Place,
    Kind.DISTRICT: GT.District,
}
"""Kinds of which things are found that no vocabulary knows, and the class of each."""


def report_statements(reading: Reading, vocabulary: Vocabulary) -> list[Triple]:
    """Return the statements of one report, each once, in no order; no node is blank."""
    statements = _Statements(reading, vocabulary)
    return list(dict.fromkeys(statements.all()))


def report_iri(report: Report) -> URIRef:
    """Return the address of a report."""
    return mint("report", report.id)


def item_themes(reading: Reading, item: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keys of the themes an item's own words name, and of those it has only by its headings.

    Its headings are its promise's words and the title of its priority.
    """
    own = tuple(dict.fromkeys(m.key for m in reading.of_item[item.number] if m.kind is Kind.THEME))
    heading = tuple(
        dict.fromkeys(
            m.key for m in reading.in_headings if m.kind is Kind.THEME and m.key not in own and _heads(m, item)
        )
    )
    return own, heading


def _heads(mention: Mention, item: Item) -> bool:
    if mention.commitment is not None:
        return mention.commitment == item.commitment
    return mention.priority is not None and mention.priority == item.priority


def districts_of(mentions: Iterable[Mention], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the keys of the districts that places and districts among ``mentions`` lie in, sorted."""
    within = vocabulary.district_of_place
    found = {
        m.key if m.kind is Kind.DISTRICT else within.get(m.key, "")
        for m in mentions
        if m.kind in (Kind.DISTRICT, Kind.PLACE)
    }
    return tuple(sorted(found - {""}))


def item_districts(item: Item, mentions: Iterable[Mention], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the keys of the districts that an item is about: those of its own words, and that of its heading."""
    return tuple(sorted({*districts_of(mentions, vocabulary), item.area.district} - {""}))


class _Statements:
    def __init__(self, reading: Reading, vocabulary: Vocabulary) -> None:
        self._reading = reading
        self._report = reading.report
        self._vocabulary = vocabulary
        self._iri = report_iri(reading.report)
        self._document = URIRef(f"{self._iri}/document")
        self._figure_set = URIRef(f"{self._iri}/figures")
        self._force = mint("force", self._report.force)
        self._mentions: dict[int | str, list[Mention]] = {}
        for mention in reading.mentions:
            place = mention.item or mention.commitment or f"priority {mention.priority}"
            self._mentions.setdefault(place, []).append(mention)
        self._figures: dict[int, list[Figure]] = {}
        for figure in reading.figures:
            self._figures.setdefault(figure.item, []).append(figure)

    def all(self) -> Iterator[Triple]:
        yield from self._about_report()
        for priority in self._report.priorities:
            yield from self._about_priority(priority)
        for commitment in self._report.commitments:
            passage = URIRef(f"{self._iri}/commitment/{commitment.id}")
            thing = self._commitment(commitment.id)
            yield from self._passage(
                passage, GT.CommitmentPassage, commitment.span.start, commitment.span.end, commitment.text
            )
            yield passage, GT.introduces, thing
            yield from self._naming(
                "commitment",
                thing,
                GT.Commitment,
                " ".join(commitment.text.split()),
                [(GT.givenNotation, Literal(commitment.id)), (GT.givenBroader, self._priority(commitment.priority))],
            )
            for mention in self._mentions.get(commitment.id, ()):
                yield from self._mention(passage, mention)
            for target in self._reading.targets:
                if target.commitment == commitment.id:
                    yield from self._target(passage, thing, target)
        for item in self._report.items:
            yield from self._about_item(item)
        for number, plan in enumerate(self._report.plans, 1):
            step = URIRef(f"{self._iri}/plan/{number}")
            yield from self._passage(step, GT.PlannedStep, plan.span.start, plan.span.end, plan.span.text)
            if plan.commitment:
                yield step, GT.planFor, self._commitment(plan.commitment)
        for number, span in enumerate(self._report.unplaced, 1):
            unplaced = URIRef(f"{self._iri}/unplaced/{number}")
            yield from self._passage(unplaced, GT.UnplacedPassage, span.start, span.end, span.text)
            if span.commitment:
                yield unplaced, GT.underCommitment, self._commitment(span.commitment)
                yield unplaced, GT.underArea, self._area(span.area)
        yield from self._namings_of_found()

    def _about_report(self) -> Iterator[Triple]:
        report, document = self._report, self._report.document
        yield self._iri, RDF.type, GT.Report
        yield self._iri, SKOS.prefLabel, Literal(self._label(), lang="en")
        yield self._iri, DCTERMS.title, Literal(report.title or document.name)
        yield self._iri, DCTERMS.publisher, self._force
        yield self._iri, DCTERMS.source, self._document
        if report.quarter:
            quarter = mint("quarter", report.quarter.key)
            yield self._iri, GT.inQuarter, quarter
            yield from self._naming(
                "quarter",
                quarter,
                GT.Quarter,
                report.quarter.label,
                [
                    (GT.firstDay, Literal(report.quarter.start)),
                    (GT.lastDay, Literal(report.quarter.end)),
                ],
            )
        if report.version:
            yield self._iri, SCHEMA.version, Literal(report.version)
        if report.produced:
            kind = XSD.date if report.produced.count("-") == 2 else XSD.gYearMonth
            yield self._iri, DCTERMS.issued, Literal(report.produced, datatype=kind)
        if report.publisher:
            yield self._iri, SCHEMA.creditText, Literal(report.publisher)
        for commitment in report.commitments:
            yield self._iri, GT.reportsOn, self._commitment(commitment.id)
        if not any(f.key == report.force for f in self._vocabulary.forces) and report.force_name:
            yield from self._naming("force", self._force, GT.PoliceForce, report.force_name, [])
        yield from self._origin()
        yield self._figure_set, RDF.type, QB.DataSet
        yield self._figure_set, SKOS.prefLabel, Literal(f"Figures of {self._label()}", lang="en")
        yield self._figure_set, DCTERMS.isPartOf, self._iri
        yield self._figure_set, QB.structure, mint("structure", "figures")
        yield self._document, RDF.type, GT.Document
        yield self._document, DCTERMS.isPartOf, self._iri
        yield self._document, GT.text, Literal(document.text)
        yield self._document, SCHEMA.name, Literal(document.name)
        yield self._document, SCHEMA.encodingFormat, Literal(document.media_type)
        yield self._document, SCHEMA.sha256, Literal(document.sha256)
        yield self._document, GT.characters, Literal(len(document.text))

    def _label(self) -> str:
        report = self._report
        title = report.title or report.document.name
        return f"{report.force_name or 'Unknown force'}, {report.quarter.label}" if report.quarter else title

    def _origin(self) -> Iterator[Triple]:
        reading = URIRef(f"{self._iri}/reading")
        yield self._iri, PROV.wasGeneratedBy, reading
        yield reading, RDF.type, GT.Reading
        yield reading, PROV.used, self._document
        yield reading, PROV.wasAssociatedWith, mint("software", f"goldenthread-{VERSION}")

    def _about_priority(self, priority: Priority) -> Iterator[Triple]:
        passage = URIRef(f"{self._iri}/priority/{priority.number}")
        thing = self._priority(priority.number)
        yield from self._passage(passage, GT.PlanPassage, priority.span.start, priority.span.end, priority.span.text)
        yield passage, GT.introduces, thing
        yield from self._naming(
            "priority",
            thing,
            GT.Priority,
            priority.label,
            [(GT.givenNotation, Literal(str(priority.number))), (GT.givenBroader, mint("plan", self._report.force))],
        )
        for mention in self._mentions.get(f"priority {priority.number}", ()):
            yield from self._mention(passage, mention)

    def _about_item(self, item: Item) -> Iterator[Triple]:
        node = self._item(item.number)
        yield from self._passage(node, GT.EvidenceItem, item.start, item.end, item.text)
        yield node, GT.itemNumber, Literal(item.number)
        yield node, GT.inArea, self._area(item.area)
        if item.commitment:
            yield node, GT.evidences, self._commitment(item.commitment)
        if item.heading:
            yield node, GT.underHeading, Literal(item.heading)
        if item.page is not None:
            yield node, SCHEMA.pageStart, Literal(item.page)
        if item.parent is not None:
            yield node, GT.subItemOf, self._item(item.parent)
        mentions = self._mentions.get(item.number, [])
        acting = {m.key for m in mentions if m.kind is Kind.PARTNER and m.acting}
        for mention in mentions:
            yield from self._mention(node, mention)
            if mention.kind is Kind.PARTNER:
                # A body that acts anywhere in the item is a partner of it, however it is named elsewhere in it.
                yield (
                    node,
                    GT.involvesPartner if mention.key in acting else GT.namesBody,
                    mint(mention.kind, mention.key),
                )
            else:
                yield node, _ITEM_LINKS[mention.kind], mint(mention.kind, mention.key)
        for district in item_districts(item, mentions, self._vocabulary):
            yield node, GT.locatedIn, mint("district", district)
        for theme in item_themes(self._reading, item)[1]:
            yield node, GT.underTheme, mint("theme", theme)
        for number, figure in enumerate(self._figures.get(item.number, ()), 1):
            yield from self._figure(node, number, figure)

    def _mention(self, passage: URIRef, mention: Mention) -> Iterator[Triple]:
        node = URIRef(f"{passage}/mention/{mention.start}-{mention.end}-{mention.kind}-{mention.key}")
        yield node, RDF.type, GT.Mention
        yield node, GT.inPassage, passage
        yield node, GT.refersTo, mint(mention.kind, mention.key)
        yield node, GT.basis, mint("basis", mention.basis)
        yield node, GT.sentenceStart, Literal(mention.sentence[0], datatype=XSD.nonNegativeInteger)
        yield node, GT.sentenceEnd, Literal(mention.sentence[1], datatype=XSD.nonNegativeInteger)
        if mention.role:
            yield node, GT.partnerRole, mint("partner-role", mention.role)
        if mention.in_passing:
            yield node, GT.inPassing, Literal(True)
        yield from self._selectors(node, mention.start, mention.end, mention.text)

    def _figure(self, item: URIRef, number: int, figure: Figure) -> Iterator[Triple]:
        node = URIRef(f"{item}/figure/{figure.start}-{figure.end}")
        yield node, RDF.type, GT.Figure
        yield node, QB.dataSet, self._figure_set
        yield node, GT.figureNumber, Literal(number)
        yield node, GT.inPassage, item
        yield node, SDMX_MEASURE.obsValue, Literal(Decimal(str(figure.value)))
        yield node, GT.unitName, Literal(figure.unit)
        yield node, GT.role, mint("figure-role", figure.role)
        if figure.what:
            yield node, GT.what, Literal(figure.what)
        if figure.period:
            yield node, GT.periodText, Literal(figure.period)
        if figure.dates:
            yield node, GT.firstDay, Literal(figure.dates[0])
            yield node, GT.lastDay, Literal(figure.dates[1])
        if figure.measure:
            yield node, GT.ofMeasure, mint("measure", figure.measure)
        if figure.implied:
            yield node, GT.implied, Literal(True)
        yield from self._selectors(node, figure.start, figure.end, figure.text)

    def _target(self, promise: URIRef, commitment: URIRef, target: Target) -> Iterator[Triple]:
        node = URIRef(f"{promise}/target/{target.start}-{target.end}")
        yield from self._passage(node, GT.Target, *target.clause, target.text)
        yield node, GT.targetOf, commitment
        yield node, GT.targetValue, Literal(Decimal(str(target.value)))
        yield node, GT.unitName, Literal(target.unit)
        yield node, GT.role, mint("figure-role", target.role)
        if target.what:
            yield node, GT.what, Literal(target.what)

    def _passage(self, node: URIRef, class_: URIRef, start: int, end: int, text: str) -> Iterator[Triple]:
        yield node, RDF.type, class_
        yield node, DCTERMS.isPartOf, self._iri
        yield node, PROV.wasQuotedFrom, self._document
        yield from self._selectors(node, start, end, text)

    def _selectors(self, node: URIRef, start: int, end: int, text: str) -> Iterator[Triple]:
        position, quote = URIRef(f"{node}/position"), URIRef(f"{node}/quote")
        yield node, OA.hasSource, self._document
        yield node, OA.hasSelector, position
        yield position, RDF.type, OA.TextPositionSelector
        yield position, OA.start, Literal(start, datatype=XSD.nonNegativeInteger)
        yield position, OA.end, Literal(end, datatype=XSD.nonNegativeInteger)
        yield node, OA.hasSelector, quote
        yield quote, RDF.type, OA.TextQuoteSelector
        yield quote, OA.exact, Literal(text)

    def _namings_of_found(self) -> Iterator[Triple]:
        """Yield a naming for each operation, and for each body, place, district and area that no vocabulary knows."""
        spellings: dict[tuple[Kind, str], set[str]] = {}
        first: dict[tuple[Kind, str], Mention] = {}
        for mention in self._reading.mentions:
            if mention.kind is Kind.OPERATION or mention.basis.value == "form":
                first.setdefault((mention.kind, mention.key), mention)
                spellings.setdefault((mention.kind, mention.key), set()).add(" ".join(mention.text.split()))
        for (kind, key), mention in first.items():
            thing = mint(kind, key)
            more: list[tuple[URIRef, Node]] = [(GT.spelling, Literal(s)) for s in sorted(spellings[kind, key])]
            if kind in (Kind.OPERATION, Kind.UNIT, Kind.DISTRICT):
                more.append((GT.givenForce, self._force))
            elif kind is Kind.PARTNER:
                more.append((GT.givenType, mint("partner-type", mention.partner_type or "unspecified")))
            if kind in (Kind.UNIT, Kind.PROGRAMME):
                more.append((GT.givenType, mint(f"{kind}-kind", mention.sort)))
            yield from self._naming(kind, thing, _FOUND[kind], mention.name, more)
        known = {t.key for t in self._vocabulary.of(Kind.AREA)}
        under = (*(i.area for i in self._report.items), *(u.area for u in self._report.unplaced))
        for area in dict.fromkeys(a for a in under if a.key and a.key not in known):
            yield from self._naming(
                "lpa", mint("lpa", area.key), GT.PolicingArea, area.name, [(GT.givenForce, self._force)]
            )

    def _naming(
        self, kind: str, thing: URIRef, class_: URIRef, name: str, more: list[tuple[URIRef, Node]]
    ) -> Iterator[Triple]:
        node = URIRef(f"{self._iri}/naming/{kind}/{str(thing).rsplit('/', 1)[-1]}")
        yield node, RDF.type, GT.Naming
        yield node, DCTERMS.isPartOf, self._iri
        yield node, GT.names, thing
        yield node, GT.givenClass, class_
        yield node, GT.canonicalName, Literal(name)
        for predicate, value in more:
            yield node, predicate, value

    def _item(self, number: int) -> URIRef:
        return URIRef(f"{self._iri}/item/{number}")

    def _area(self, area: Area) -> URIRef:
        return mint("lpa", area.key) if area.key else self._force

    def _priority(self, number: int) -> URIRef:
        return mint("priority", f"{self._report.force}-{number}")

    def _commitment(self, id_: str) -> URIRef:
        return mint("commitment", f"{self._report.force}-{id_}")
