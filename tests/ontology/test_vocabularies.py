from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from rdflib import DCTERMS, ORG, OWL, RDF, SKOS, Graph, Literal, URIRef
from rdflib.term import BNode

from graph.mentions.inflections import cue_form
from graph.mentions.words import words
from graph.namespaces import BASE, GEO, GT, key_of, mint

LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, GT.weakCue)
VOLUNTEERS = (
    "special-constabulary", "community-special-constables", "active-citizens", "police-support-volunteers",
    "volunteer-police-cadets", "community-safety-accreditation-scheme-accredited-persons",
)  # fmt: skip


def narrower(vocabulary: Graph, theme: str) -> set[str]:
    """Return the keys of ``theme`` and of all themes below it."""
    below = vocabulary.transitive_subjects(SKOS.broader, mint("theme", theme))
    return {str(iri).removeprefix(f"{BASE}theme/") for iri in below if iri is not None}


def safe_names(vocabulary: Graph, thing: URIRef) -> set[str]:
    """Return the names of ``thing`` that are safe to match, in small letters."""
    return {str(o).casefold() for p in (SKOS.prefLabel, SKOS.altLabel) for o in vocabulary.objects(thing, p)}


def test_themes_reach_the_top_without_a_circle(vocabulary: Graph) -> None:
    top = mint("theme", "safety-and-crime")
    for theme in vocabulary.subjects(RDF.type, GT.Theme):
        above = set(vocabulary.transitive_objects(theme, SKOS.broader))
        assert top in above, theme
        for direct in vocabulary.objects(theme, SKOS.broader):
            assert theme not in vocabulary.transitive_objects(direct, SKOS.broader), theme


def test_only_the_top_theme_has_nothing_broader(vocabulary: Graph) -> None:
    lone = {t for t in vocabulary.subjects(RDF.type, GT.Theme) if (t, SKOS.broader, None) not in vocabulary}
    assert lone == {mint("theme", "safety-and-crime")} == set(vocabulary.subjects(SKOS.topConceptOf))


def test_violence_against_women_and_girls_holds_what_the_home_office_counts(vocabulary: Graph) -> None:
    below = narrower(vocabulary, "vawg")
    assert {"domestic-abuse", "rape-and-sexual-violence", "drink-spiking", "stalking-and-harassment"} <= below
    assert {"forced-marriage", "female-genital-mutilation", "honour-based-abuse"} <= below
    assert not {"night-time-economy", "burglary", "hate-crime", "modern-slavery-and-trafficking"} & below


def test_related_themes_are_not_above_one_another(vocabulary: Graph) -> None:
    for one, other in vocabulary.subject_objects(SKOS.related):
        assert other not in vocabulary.transitive_objects(one, SKOS.broader)
        assert one not in vocabulary.transitive_objects(other, SKOS.broader)


def test_weak_cues_are_words_that_alone_prove_nothing(vocabulary: Graph) -> None:
    weak = {str(cue) for cue in vocabulary.objects(None, GT.weakCue)}
    assert {"orders", "online", "fire", "seized", "trust", "drugs", "road", "violence", "court"} <= weak
    for theme in vocabulary.subjects(RDF.type, GT.Theme):
        strong = {str(cue) for p in (SKOS.altLabel, SKOS.hiddenLabel) for cue in vocabulary.objects(theme, p)}
        given = {str(cue) for cue in vocabulary.objects(theme, GT.weakCue)}
        assert not {cue_words(cue) for cue in given} & {cue_words(cue) for cue in strong}, theme


def cue_words(cue: str) -> tuple[str, ...]:
    """Return the words that a cue is met by: two cues with the same ones are one."""
    return tuple(cue_form(word.norm) for word in words(cue))


def test_fourteen_districts_lie_in_three_areas_of_the_force(vocabulary: Graph) -> None:
    force = mint("force", "essex")
    areas = set(vocabulary.subjects(RDF.type, GT.LocalPolicingArea))
    assert areas == set(vocabulary.subjects(GEO.sfWithin, force))
    sizes = Counter(vocabulary.value(d, GEO.sfWithin) for d in vocabulary.subjects(RDF.type, GT.District))
    assert sizes == {mint("lpa", f"essex-{name}"): size for name, size in (("north", 6), ("south", 4), ("west", 4))}


def test_every_district_is_addressed_by_its_code(vocabulary: Graph) -> None:
    for district in vocabulary.subjects(RDF.type, GT.District):
        assert district == mint("district", str(vocabulary.value(district, SKOS.notation)))


def test_all_forces_of_england_and_wales_are_there_and_essex_keys_its_operations_by_name(vocabulary: Graph) -> None:
    assert len(set(vocabulary.subjects(RDF.type, GT.PoliceForce))) == 43
    assert dict(vocabulary.subject_objects(GT.operationKeyPrefix)) == {mint("force", "essex"): Literal("")}


def test_nothing_has_two_preferred_names_or_one_name_in_two_roles(vocabulary: Graph) -> None:
    for thing in set(vocabulary.subjects(SKOS.prefLabel)):
        assert len(list(vocabulary.objects(thing, SKOS.prefLabel))) == 1, thing
        roles = [set(vocabulary.objects(thing, role)) for role in LABELS]
        for one, other in combinations(roles, 2):
            assert not one & other, thing


def test_every_partner_has_one_type_of_the_list(vocabulary: Graph) -> None:
    types = set(vocabulary.subjects(RDF.type, GT.PartnerType))
    for partner in vocabulary.subjects(RDF.type, GT.Partner):
        (given,) = vocabulary.objects(partner, ORG.classification)
        assert given in types, partner


@pytest.mark.parametrize("class_", [GT.Partner, GT.PoliceUnit, GT.Programme, GT.Theme, GT.District, GT.PoliceForce])
def test_no_two_of_a_kind_share_a_safe_name(vocabulary: Graph, vocabularies: dict[Path, Graph], class_: URIRef) -> None:
    """Only a kind of body that every force knows may have a name that a force's own body has."""
    owners: dict[tuple[str, str], list[URIRef]] = defaultdict(list)
    for path, part in vocabularies.items():
        for thing in part.subjects(RDF.type, class_):
            assert isinstance(thing, URIRef)
            kinds = path.parts[0] == "schemes" and (thing, GT.generic, Literal(True)) in part
            for name in safe_names(vocabulary, thing):
                owners["kinds" if kinds else "own", name].append(thing)
                if path.parts[0] == "schemes":
                    owners["national", name].append(thing)
    assert {name: things for name, things in owners.items() if len(things) > 1} == {}


def test_what_every_force_may_name_is_national(vocabularies: dict[Path, Graph]) -> None:
    national = Graph()
    for path, part in vocabularies.items():
        if path.parts[0] == "schemes":
            national += part
    for kind, keys in {
        "partner": ("special-constabulary", "street-pastors", "partner-agencies", "nhs", "natural-england"),
        "unit": ("police-community-support-officer", "force-control-room", "rural-crime-team"),
        "programme": ("clares-law", "herbert-protocol", "safer-streets-fund"),
    }.items():
        for key in keys:
            assert (mint(kind, key), SKOS.prefLabel, None) in national, key


def test_a_unit_is_part_of_a_force_or_of_a_kind_that_every_force_may_have(vocabulary: Graph) -> None:
    for unit in vocabulary.subjects(RDF.type, GT.PoliceUnit):
        general = (unit, GT.generic, Literal(True)) in vocabulary
        part_of = {*vocabulary.objects(unit, ORG.unitOf), *vocabulary.objects(unit, ORG.subOrganizationOf)}
        assert general == (not part_of), unit


def test_volunteers_are_partners_and_not_units(vocabulary: Graph) -> None:
    unit_names = {n for u in vocabulary.subjects(RDF.type, GT.PoliceUnit) if isinstance(u, URIRef)
                  for n in safe_names(vocabulary, u)}  # fmt: skip
    for key in VOLUNTEERS:
        partner = mint("partner", key)
        assert vocabulary.value(partner, ORG.classification) == mint("partner-type", "volunteer"), key
        assert not safe_names(vocabulary, partner) & unit_names, key


def test_an_operation_is_no_partner_no_programme_and_no_units_name(vocabulary: Graph) -> None:
    names = {str(o).casefold() for p in (SKOS.prefLabel, SKOS.altLabel) for o in vocabulary.objects(None, p)}
    assert not {"operation soteria bluestone", "soteria bluestone", "operation raptor", "raptor", "op raptor"} & names


def test_systems_are_programmes_and_not_units(vocabulary: Graph) -> None:
    system = mint("programme-kind", "system")
    systems = {str(vocabulary.value(s, SKOS.prefLabel)) for s in vocabulary.subjects(GT.programmeKind, system)}
    assert {"Athena", "Live Chat", "Single Online Home", "Automatic Number Plate Recognition"} <= systems
    units = {str(vocabulary.value(u, SKOS.prefLabel)) for u in vocabulary.subjects(RDF.type, GT.PoliceUnit)}
    assert not systems & units


def test_kinds_of_bodies_are_generic_and_named_bodies_are_not(vocabulary: Graph) -> None:
    generic = set(vocabulary.subjects(GT.generic, Literal(True)))
    kinds = ("partner-agencies", "local-community", "councillors", "housing-providers", "local-schools",
             "womens-refuges", "community-safety-partnerships")  # fmt: skip
    assert {mint("partner", key) for key in kinds} <= generic
    assert not {mint("partner", key) for key in ("nhs", "special-constabulary", "essex-county-council")} & generic
    unspecified = set(vocabulary.subjects(ORG.classification, mint("partner-type", "unspecified")))
    assert unspecified <= generic


@pytest.mark.parametrize("key", ["mind", "respect", "shelter", "refuge", "brake", "hestia"])
def test_a_body_named_by_an_everyday_word_needs_context(vocabulary: Graph, key: str) -> None:
    assert (mint("partner", key), GT.needsContext, Literal(True)) in vocabulary


def test_a_force_that_is_also_a_partner_says_so(vocabulary: Graph) -> None:
    assert (mint("partner", "metropolitan-police-service"), OWL.sameAs, mint("force", "metropolitan")) in vocabulary
    for partner, force in vocabulary.subject_objects(OWL.sameAs):
        assert vocabulary.value(partner, SKOS.prefLabel) == vocabulary.value(force, SKOS.prefLabel)


def test_no_triple_stands_in_two_files(vocabularies: dict[Path, Graph]) -> None:
    seen: dict[object, Path] = {}
    for path, graph in vocabularies.items():
        for triple in graph:
            assert triple not in seen, f"{triple} in {seen[triple]} and {path}"
            seen[triple] = path


def test_every_link_between_entries_leads_to_an_entry(vocabulary: Graph) -> None:
    described = set(vocabulary.subjects())
    dangling = {o for o in vocabulary.objects() if isinstance(o, URIRef) and o.startswith(BASE)} - described
    assert dangling == set()


def test_the_data_hold_no_coordinates_and_no_blank_nodes(vocabulary: Graph) -> None:
    where = {"lat", "long", "latitude", "longitude", "asWKT", "asGeoJSON", "hasGeometry", "hasCentroid", "population"}
    for s, p, o in vocabulary:
        assert key_of(str(p)) not in where, p
        assert not isinstance(s, BNode)
        assert not isinstance(o, BNode)


def test_the_glossary_defines_short_forms_that_are_there_and_names_its_sources(vocabulary: Graph) -> None:
    forms = set(vocabulary.subjects(RDF.type, GT.Abbreviation))
    prefix = f"{BASE}abbreviation/"
    defined = [s for s in vocabulary.subjects(SKOS.definition) if str(s).startswith(prefix)]
    assert len(defined) > 50
    assert set(defined) <= forms
    for form in defined:
        assert len(list(vocabulary.objects(form, SKOS.definition))) == 1, form
        assert str(vocabulary.value(form, SKOS.definition)).endswith("."), form
        for source in vocabulary.objects(form, DCTERMS.source):
            assert vocabulary.value(source, DCTERMS.title), source
