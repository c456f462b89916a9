"""Data with and without the fault that each check of a data cube or of concepts looks for, as Turtle.

``CUBE`` is a small sound cube; a fault is what is said beside it, or said in its place.
"""

from __future__ import annotations

from rdflib import Graph

from graph.stores.oxigraph import Triple

_PREFIXES = """
@prefix : <urn:fault:> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
_CUBE = """
:lane a qb:DimensionProperty ; rdfs:range :Lane .
:kind a qb:DimensionProperty ; rdfs:range skos:Concept ; qb:codeList :kinds .
:count a qb:MeasureProperty .
:unit a qb:AttributeProperty .
:structure a qb:DataStructureDefinition ; qb:component :c1 , :c2 , :c3 , :c4 .
:c1 qb:dimension :lane ; qb:order 1 .
:c2 qb:dimension :kind ; qb:order 2 .
:c3 qb:measure :count .
:c4 qb:attribute :unit ; qb:componentRequired true .
:set a qb:DataSet ; qb:structure :structure .
:kinds a skos:ConceptScheme .
:owl a skos:Concept ; skos:inScheme :kinds .
:Figure rdfs:subClassOf qb:Observation .
:one a :Figure ; qb:dataSet :set ; :lane :high ; :kind :owl ; :count 1 ; :unit "owl" .
:two a :Figure ; qb:dataSet :set ; :lane :low ; :kind :owl ; :count 1 ; :unit "owl" .
"""
_LIST = """
:list a skos:ConceptScheme .
:bird a skos:Concept ; skos:inScheme :list ; skos:prefLabel "bird"@en , "oiseau"@fr ; skos:altLabel "fowl"@en .
:owl a skos:Concept ; skos:inScheme :list ; skos:prefLabel "owl"@en ; skos:hiddenLabel "hoot"@en ; skos:broader :bird .
:lark a skos:Concept ; skos:broader :bird ; skos:related :owl ; skos:exactMatch :skylark .
:rare a skos:Collection .
"""

FAULTS: dict[str, tuple[str, str]] = {
    "ic-01-one-data-set-violation": (_CUBE, ":two qb:dataSet :other ."),
    "ic-02-one-structure-violation": (_CUBE, ":set qb:structure :other ."),
    "ic-03-structure-has-a-measure-violation": (_CUBE, ":bare a qb:DataStructureDefinition ; qb:component :c1 ."),
    "ic-04-dimension-has-a-range-violation": (_CUBE, ":bare a qb:DimensionProperty ."),
    "ic-05-concepts-come-from-a-list-violation": (
        _CUBE, ":Kind rdfs:subClassOf skos:Concept . :bare a qb:DimensionProperty ; rdfs:range :Kind ."),
    "ic-06-only-attributes-are-optional-violation": (_CUBE, ":c3 qb:componentRequired false ."),
    "ic-11-every-dimension-has-a-value-violation": (_CUBE, ":three a :Figure ; qb:dataSet :set ; :kind :owl ."),
    "ic-12-no-observation-twice-violation": (
        _CUBE, ':three a :Figure ; qb:dataSet :set ; :lane :low ; :kind :owl ; :count 2 ; :unit "owl" .'),
    "ic-13-required-attributes-violation": (
        _CUBE, ":three a :Figure ; qb:dataSet :set ; :lane :mid ; :kind :owl ; :count 2 ."),
    "ic-14-every-measure-has-a-value-violation": (
        _CUBE, ':three a :Figure ; qb:dataSet :set ; :lane :mid ; :kind :owl ; :unit "owl" .'),
    "ic-19-codes-are-in-their-list-violation": (
        _CUBE, ':three a :Figure ; qb:dataSet :set ; :lane :mid ; :kind :hen ; :count 2 ; :unit "owl" .'),
    "skos-s9-concept-or-scheme-violation": (
        _LIST, ":Plan rdfs:subClassOf skos:ConceptScheme . :owl a :Plan ."),
    "skos-s13-names-differ-violation": (_LIST, ':owl skos:hiddenLabel "owl"@en .'),
    "skos-s14-one-preferred-name-violation": (_LIST, ':owl skos:prefLabel "owlet"@en .'),
    "skos-s27-related-or-broader-violation": (_LIST, ":bird skos:related :owl ."),
    "skos-s37-collection-or-concept-violation": (_LIST, ":owl a skos:Collection ."),
    "skos-s46-exact-or-other-match-violation": (_LIST, ":lark skos:broadMatch :skylark ."),
    "skos-broader-cycle-violation": (_LIST, ":egg skos:broader :hen . :hen skos:broader :egg ."),
}  # fmt: skip
"""For each check: what is sound, and what brings the fault in."""


def triples(turtle: str) -> list[Triple]:
    """Return the triples of ``turtle``, written with the prefixes above."""
    return list(Graph().parse(data=_PREFIXES + turtle, format="turtle"))
