"""Rows of the tables that serve every force: themes, forces, abbreviations, measures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from rdflib import RDF, SKOS, Graph, Literal, URIRef

from graph.namespaces import GT, QUDT, mint, slug
from graph.tabular.names import Corrections, Names, add_names
from graph.tabular.tables import Row

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")
_FORCE_CODE = re.compile(r"[EW]\d{8}$")
_COMMITMENT = re.compile(r"\d+\.\d+$")
_DIRECTIONS: Final = ("higher", "lower", "neutral")


def key_in(row: Row, column: str) -> str:
    """Return the key in ``column``: lower case letters, digits and single hyphens.

    Raises: VocabularyError, if it is not of that form.
    """
    key = row.needed(column)
    if not _KEY.match(key):
        raise row.fault(f"{column} {key!r} is not lower case letters, digits and hyphens")
    return key


def _scheme(graph: Graph, key: str, label: str, definition: str) -> URIRef:
    scheme = mint("scheme", key)
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, SKOS.prefLabel, Literal(label, lang="en")))
    graph.add((scheme, SKOS.definition, Literal(definition, lang="en")))
    return scheme


def themes(rows: Sequence[Row], corrections: Corrections) -> Graph:
    """Return the theme scheme: columns concept_id, pref_label, alt_labels, broader, definition, cues, related.

    Raises: VocabularyError, if a broader or related theme is not in the table or broader runs in a circle.
    """
    graph = Graph()
    scheme = _scheme(graph, "themes", "Themes", "What reports on a police and crime plan are about.")
    known = {row.text("concept_id"): row for row in rows}
    for row in rows:
        key = key_in(row, "concept_id")
        iri = mint("theme", key)
        names = Names(row.needed("pref_label"), row.names("alt_labels"), row.names("cues"))
        add_names(graph, iri, corrections.apply("themes", key, names), SKOS.Concept, GT.Theme)
        graph.add((iri, SKOS.definition, Literal(row.needed("definition"), lang="en")))
        graph.add((iri, SKOS.inScheme, scheme))
        if corrections.listed("themes", "needs-context", key):
            graph.add((iri, GT.needsContext, Literal(True)))
        if row.text("vawg_basis"):
            graph.add((iri, GT.vawgBasis, Literal(row.text("vawg_basis"))))
        if not row.names("broader"):
            graph.add((iri, SKOS.topConceptOf, scheme))
        _refuse_circle(row, known)
        for predicate, column in ((SKOS.broader, "broader"), (SKOS.related, "related")):
            for other in row.names(column):
                if other not in known:
                    raise row.fault(f"{column} {other!r} is not a theme of this table")
                graph.add((iri, predicate, mint("theme", other)))
    _drop_related_ancestors(graph)
    return graph


def _refuse_circle(row: Row, known: dict[str, Row]) -> None:
    start = row.text("concept_id")
    ahead = list(row.names("broader"))
    seen: set[str] = set()
    while ahead:
        key = ahead.pop()
        if key == start:
            raise row.fault(f"{start!r} is broader than itself")
        if key not in seen and key in known:
            seen.add(key)
            ahead += known[key].names("broader")


def _drop_related_ancestors(graph: Graph) -> None:
    """Leave out skos:related between a theme and one above it: SKOS keeps the two apart (S27)."""
    for one, other in list(graph.subject_objects(SKOS.related)):
        if other in graph.transitive_objects(one, SKOS.broader) or one in graph.transitive_objects(other, SKOS.broader):
            graph.remove((one, SKOS.related, other))


def forces(rows: Sequence[Row], corrections: Corrections) -> Graph:
    """Return the territorial forces: columns short_name, name, ons_pfa_code, police_uk_id, aliases."""
    graph = Graph()
    for row in rows:
        key = key_in(row, "police_uk_id")
        iri = mint("force", key)
        names = Names(row.needed("name"), row.names("aliases"), (row.needed("short_name"),))
        add_names(graph, iri, corrections.apply("forces", key, names), GT.PoliceForce)
        code = row.needed("ons_pfa_code")
        if not _FORCE_CODE.match(code):
            raise row.fault(f"ons_pfa_code {code!r} is not a letter E or W and eight digits")
        graph.add((iri, SKOS.notation, Literal(code)))
    return graph


def abbreviations(rows: Sequence[Row], corrections: Corrections) -> Graph:
    """Return the abbreviations: columns abbreviation, expansion.

    An abbreviation that stands for several things has a concept for each, whose key ends in the expansion.
    """
    graph = Graph()
    scheme = _scheme(graph, "abbreviations", "Abbreviations", "Short forms in policing, and what each stands for.")
    times = Counter(slug(row.needed("abbreviation")) for row in rows)
    for row in rows:
        short, long = row.text("abbreviation"), row.needed("expansion")
        key = slug(short) if times[slug(short)] == 1 else f"{slug(short)}-{slug(long)}"
        iri = mint("abbreviation", key)
        if (iri, None, None) in graph:
            raise row.fault(f"abbreviation {short!r} with this expansion is given twice")
        add_names(graph, iri, corrections.apply("abbreviations", key, Names(long)), SKOS.Concept, GT.Abbreviation)
        graph.add((iri, SKOS.notation, Literal(short)))
        graph.add((iri, SKOS.inScheme, scheme))
    return graph


def measures(rows: Sequence[Row], corrections: Corrections) -> Graph:
    """Return the measures: columns id, label, unit, better, patterns, commitment, unit_word, quantity_kind.

    A pattern is words that a sentence must hold in that order; other words may stand between them.
    """
    graph = Graph()
    scheme = _scheme(graph, "measures", "Measures", "What reports on police and crime plans count again and again.")
    for row in rows:
        key = key_in(row, "id")
        iri = mint("measure", key)
        names = corrections.apply("measures", key, Names(row.needed("label"), (), row.names("patterns")))
        add_names(graph, iri, names, SKOS.Concept, GT.Measure)
        graph.add((iri, SKOS.inScheme, scheme))
        graph.add((iri, QUDT.hasUnit, URIRef(row.needed("unit"))))
        graph.add((iri, GT.unitName, Literal(row.needed("unit_word"))))
        if row.text("quantity_kind"):
            graph.add((iri, QUDT.hasQuantityKind, URIRef(row.text("quantity_kind"))))
        if row.needed("better") not in _DIRECTIONS:
            raise row.fault(f"better is {row.text('better')!r}, not one of {', '.join(_DIRECTIONS)}")
        graph.add((iri, GT.betterWhen, mint("direction", row.text("better"))))
        if number := row.text("commitment"):
            if not _COMMITMENT.match(number):
                raise row.fault(f"commitment {number!r} is not two numbers with a point between")
            graph.add((iri, GT.commitmentNotation, Literal(number)))
    return graph
