"""Rows of the tables that describe one force: its areas, places, units, partners and programmes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rdflib import DCTERMS, ORG, OWL, SKOS, Graph, Literal, URIRef

from graph.namespaces import GEO, GT, SCHEMA, mint, slug
from graph.tabular.names import Corrections, Names, add_names
from graph.tabular.shared import key_in
from graph.tabular.tables import Row

_DISTRICT_CODE = re.compile(r"[EW]\d{8}$")
SHARED_SCOPES: Final = ("national", "regional")
"""Partners of these scopes serve several forces and go to the shared file."""
_LOCAL_SCOPES: Final = ("county", "local")
_ELSEWHERE: Final = ("force", "area")
"""Kinds of unit rows that the areas hold already."""
_AREA: Final = " Local Policing Area"
_VOLUNTEERS: Final = "volunteer group"
"""Kind of unit rows that are partners of type volunteer, never units."""
_SYSTEMS: Final = ("system", "scheme")
"""Kinds of unit rows that are programmes."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the rows of one force may point at: its key, reviewed corrections, and the code lists."""

    force: str
    corrections: Corrections
    kinds: frozenset[URIRef]
    """Addresses of all place, unit and programme kinds and of all partner types."""

    def kind(self, row: Row, scheme: str, column: str) -> URIRef:
        """Return the address of the kind that ``column`` names, in the list ``scheme`` ("place-kind").

        Raises: VocabularyError, if that list has no such kind.
        """
        iri = mint(scheme, slug(row.needed(column)))
        if iri not in self.kinds:
            raise row.fault(f"{column} {row.text(column)!r} is not in the list {scheme}")
        return iri

    def national(self, table: str, row: Row) -> bool:
        """Say whether a row is about what every force may name: by its scope, or as review found."""
        return row.text("scope") in SHARED_SCOPES or self.corrections.listed(table, "national", row.needed("id"))

    def flags(self, graph: Graph, table: str, key: str, iri: URIRef, also: Iterable[str] = ()) -> None:
        """Add the flags that the corrections of ``table`` give ``key``, or that ``also`` names."""
        for rule, predicate in (("generic", GT.generic), ("needs-context", GT.needsContext)):
            if self.corrections.listed(table, rule, key) or rule in also:
                graph.add((iri, predicate, Literal(True)))


def areas(districts: Sequence[Row], gazetteer: Sequence[Row], context: Context) -> Graph:
    """Return the force's profile, its local policing areas and their districts.

    Columns: district_ons, district_name, lpa; other names of a district come from the gazetteer's rows of
    kind "district". Raises: VocabularyError, if a district code is malformed.
    """
    graph = Graph()
    force = mint("force", context.force)
    prefix = context.corrections.value("force", "operation-key-prefix")
    if prefix is not None:
        graph.add((force, GT.operationKeyPrefix, Literal(prefix)))
    others = {row.text("district_ons"): row.names("alt_names") for row in gazetteer if row.text("kind") == "district"}
    for row in districts:
        code, area = row.needed("district_ons"), row.needed("lpa")
        if not _DISTRICT_CODE.match(code):
            raise row.fault(f"district_ons {code!r} is not a letter E or W and eight digits")
        lpa = mint("lpa", f"{context.force}-{slug(area)}")
        add_names(graph, lpa, Names(f"{area} Local Policing Area", (f"{area} LPA",)), GT.LocalPolicingArea)
        graph.add((lpa, SKOS.notation, Literal(area)))
        graph.add((lpa, GEO.sfWithin, force))
        iri = mint("district", code)
        names = Names(row.needed("district_name"), others.get(code, ()))
        add_names(graph, iri, context.corrections.apply("districts", code, names), GT.District)
        graph.add((iri, SKOS.notation, Literal(code)))
        graph.add((iri, GEO.sfWithin, lpa))
    return graph


def places(rows: Sequence[Row], districts: Sequence[Row], context: Context) -> Graph:
    """Return the gazetteer: columns name, alt_names, district_ons, kind, ambiguity, id. Names only, no coordinates.

    The ambiguity column says which names are common words or surnames (the place then needs context)
    and which short forms need context (they become hidden labels); so do other names of one word, where
    the name itself is common.
    """
    graph = Graph()
    known = {row.text("district_ons") for row in districts}
    for row in rows:
        key = key_in(row, "id")
        if row.text("kind") == "district" or context.corrections.listed("places", "drop", key):
            continue
        iri = mint("place", key)
        warning = row.text("ambiguity")
        short = tuple(re.findall(r"short form '([^']+)' needs context", warning))
        common = "common word" in warning or ("shares a name form" in warning and not short)
        if common:
            short = (*short, *(name for name in row.names("alt_names") if " " not in name))
        other = tuple(name for name in row.names("alt_names") if name not in short)
        names = Names(row.needed("name"), other, short)
        add_names(graph, iri, context.corrections.apply("places", key, names), GT.Place)
        graph.add((iri, GT.placeKind, context.kind(row, "place-kind", "kind")))
        if code := row.text("district_ons"):
            if code not in known:
                raise row.fault(f"district_ons {code!r} is not a district of this force")
            graph.add((iri, GEO.sfWithin, mint("district", code)))
        context.flags(graph, "places", key, iri, ("needs-context",) if common else ())
    return graph


def units(rows: Sequence[Row], partners: Sequence[Row], context: Context) -> tuple[Graph, Graph]:
    """Return the units that forces have under the same names, and the force's own.

    Columns: full_name, abbreviation, kind, parent, aliases, id. Left out: rows for the force and its areas,
    volunteer groups (partners), systems and schemes (programmes). A unit that every force may have is part of none;
    what lies below it in the table is part of what lies above it.

    Raises: VocabularyError, if a parent is not a unit, or a volunteer group is not among the partners.
    """
    graphs = {True: Graph(), False: Graph()}
    force = mint("force", context.force)
    bodies = {row.text("canonical_name") for row in partners}
    named = {row.needed("full_name"): row for row in rows}
    for row in rows:
        key, kind = key_in(row, "id"), row.needed("kind")
        if kind == _VOLUNTEERS and bodies and row.text("full_name") not in bodies:
            raise row.fault(f"{row.text('full_name')} is a volunteer group, and the partners do not list it")
        if kind in (*_ELSEWHERE, _VOLUNTEERS, *_SYSTEMS) or context.corrections.listed("units", "drop", key):
            continue
        national = context.national("units", row)
        graph, iri = graphs[national], mint("unit", key if national else f"{context.force}-{key}")
        add_names(graph, iri, context.corrections.apply("units", key, _unit_names(row)), GT.PoliceUnit)
        graph.add((iri, ORG.classification, context.kind(row, "unit-kind", "kind")))
        context.flags(graph, "units", key, iri, ("generic",) if national else ())
        parent = _own_parent(row, named, context)
        if national:
            continue
        if parent and parent.text("kind") == "area" and parent.text("full_name").endswith(_AREA):
            area = mint("lpa", f"{context.force}-{slug(parent.text('full_name').removesuffix(_AREA))}")
            graph.add((iri, SCHEMA.areaServed, area))
        within_force = not parent or parent.text("kind") in _ELSEWHERE
        if within_force or not parent:
            graph.add((iri, ORG.unitOf, force))
        else:
            # Not org:unitOf: that would make the larger unit a body with legal standing of its own.
            graph.add((iri, ORG.subOrganizationOf, mint("unit", f"{context.force}-{parent.text('id')}")))
    return graphs[True], graphs[False]


def _own_parent(row: Row, named: Mapping[str, Row], context: Context) -> Row | None:
    """Return the row that the parents of ``row`` lead to and that is the force's own."""
    while name := row.text("parent"):
        if name not in named:
            raise row.fault(f"parent {name!r} is not in this table")
        row = named[name]
        if not context.national("units", row):
            return row
    return None


def _unit_names(row: Row) -> Names:
    """Return the names of a unit; an abbreviation of one or two letters needs context."""
    short = row.text("abbreviation")
    safe = (*row.names("aliases"), *([short] if len(short) > 2 else []))
    hidden = (*row.names("context_aliases"), *([short] if short and len(short) <= 2 else []))
    return Names(row.needed("full_name"), safe, hidden)


def partners(
    rows: Sequence[Row], districts: Sequence[Row], forces: Sequence[Row], context: Context
) -> tuple[Graph, Graph]:
    """Return the partners that serve several forces, and those of this one.

    Columns: canonical_name, aliases, context_aliases, type, scope, id, ons_code. An alias that the
    corrections split off becomes a partner of its own, of the same type and scope. Every territorial
    force is a partner of the others: the same thing under two addresses, which says so.

    Raises: VocabularyError, if two partners share a name that is safe to match.
    """
    graphs = {True: Graph(), False: Graph()}
    known = {row.text("district_ons") for row in districts}
    twins = {row.text("name"): mint("force", row.text("police_uk_id")) for row in forces}
    owners: dict[str, str] = {}
    for row in rows:
        if context.corrections.listed("partners", "drop", key_in(row, "id")):
            continue
        scope = row.needed("scope")
        if scope not in (*SHARED_SCOPES, *_LOCAL_SCOPES):
            raise row.fault(f"scope {scope!r} is not one of {', '.join((*SHARED_SCOPES, *_LOCAL_SCOPES))}")
        for key, names in _bodies(row, context.corrections):
            # What was split off is as local as the table says.
            shared = context.national("partners", row) if key == row.text("id") else scope in SHARED_SCOPES
            graph, iri = graphs[shared], mint("partner", key)
            for name in () if row.text("generic") else (names.preferred, *names.other):
                if owners.setdefault(name.casefold(), key) != key:
                    raise row.fault(f"{name!r} is also a name of {owners[name.casefold()]}")
            add_names(graph, iri, names, GT.Partner)
            graph.add((iri, ORG.classification, context.kind(row, "partner-type", "type")))
            context.flags(graph, "partners", key, iri, ("generic",) if row.text("generic") else ())
            if not shared and row.text("ons_code") in known:
                graph.add((iri, GT.ofDistrict, mint("district", row.text("ons_code"))))
            if names.preferred in twins:
                graph.add((iri, OWL.sameAs, twins[names.preferred]))
    for row in forces:
        _as_partner(graphs[True], row, context)
    return graphs[True], graphs[False]


def _as_partner(graph: Graph, row: Row, context: Context) -> None:
    """Add a territorial force as a partner; where it is one already, its short name, which stands beside others'."""
    force = mint("force", row.text("police_uk_id"))
    iri = next(graph.subjects(OWL.sameAs, force), None)
    if iri is None:
        key = slug(row.needed("name"))
        iri = mint("partner", key)
        names = Names(row.needed("name"), row.names("aliases"))
        add_names(graph, iri, context.corrections.apply("partners", key, names), GT.Partner)
        graph.add((iri, ORG.classification, mint("partner-type", "other-police-force")))
        graph.add((iri, OWL.sameAs, force))
    short = Literal(row.needed("short_name"), "en")
    if not any((iri, name, short) in graph for name in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)):
        graph.add((iri, SKOS.hiddenLabel, short))


def _bodies(row: Row, corrections: Corrections) -> list[tuple[str, Names]]:
    key = key_in(row, "id")
    split = corrections.named("partners", "split", key, row.names("aliases"))
    safe = tuple(name for name in row.names("aliases") if name not in split)
    called = corrections.named("partners", "called", key) or (row.needed("canonical_name"),)
    names = Names(called[0], safe, row.names("context_aliases"))
    return [(key, corrections.apply("partners", key, names)),
            *((slug(name), corrections.apply("partners", slug(name), Names(name))) for name in split)]  # fmt: skip


def programmes(
    rows: Sequence[Row], unit_rows: Sequence[Row], bodies: tuple[Graph, Graph], themes: Graph, context: Context
) -> tuple[Graph, Graph]:
    """Return the programmes that every force may name, and the force's own.

    Columns: name, aliases, kind, owner, themes, id; the systems among the unit rows are programmes too. An owner
    becomes the sponsor where it is the force or one of ``bodies`` (the partners: shared, own); "A and B" is tried
    as one name, then as two. What is shared has no sponsor that is not.

    Raises: VocabularyError, if a theme is not in ``themes``.
    """
    graphs = {True: Graph(), False: Graph()}
    force = {row.text("full_name"): mint("force", context.force) for row in unit_rows if row.text("kind") == "force"}
    itself = next(bodies[0].subjects(OWL.sameAs, mint("force", context.force)), None)
    others = {name: body for name, body in _by_name(bodies[0]).items() if body != itself}
    sponsors = {True: others, False: _by_name(bodies[0] + bodies[1]) | force}
    taken = {row.needed("name") for row in rows}
    systems = [row for row in unit_rows if row.text("kind") in _SYSTEMS and row.text("full_name") not in taken]
    for row in (*rows, *systems):
        key = key_in(row, "id")
        if context.corrections.listed("programmes", "drop", key):
            continue
        national = context.national("programmes", row)
        graph, iri = graphs[national], mint("programme", key)
        name = row.text("name") or row.needed("full_name")
        short = (row.text("abbreviation"),) if row.text("abbreviation") else ()
        names = Names(name, (*row.names("aliases"), *short))
        add_names(graph, iri, context.corrections.apply("programmes", key, names), GT.Programme)
        graph.add((iri, GT.programmeKind, context.kind(row, "programme-kind", "kind")))
        context.flags(graph, "programmes", key, iri)
        for sponsor in _sponsors(row.text("owner"), sponsors[national]):
            graph.add((iri, SCHEMA.sponsor, sponsor))
        for theme in row.names("themes"):
            if (mint("theme", theme), None, None) not in themes:
                raise row.fault(f"themes: {theme!r} is not a theme")
            graph.add((iri, DCTERMS.subject, mint("theme", theme)))
    return graphs[True], graphs[False]


def _by_name(bodies: Graph) -> dict[str, URIRef]:
    named = {}
    for predicate in (SKOS.altLabel, SKOS.prefLabel):
        for iri, name in bodies.subject_objects(predicate):
            if isinstance(iri, URIRef) and (iri, GT.generic, None) not in bodies:
                named[str(name)] = iri
    return named


def _sponsors(owner: str, known: Mapping[str, URIRef]) -> list[URIRef]:
    if owner in known:
        return [known[owner]]
    return [known[part] for part in re.split(r" and |, ", owner) if part in known]
