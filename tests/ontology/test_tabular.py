from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rdflib import ORG, OWL, RDF, SKOS, Graph, Literal

from graph.errors import VocabularyError
from graph.namespaces import GEO, GT, mint
from graph.tabular import generate, write
from graph.tabular.__main__ import main

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"

TABLES = {
    "themes": """concept_id,pref_label,alt_labels,broader,definition,cues,related,vawg_basis
lanes,Lanes,,,Small roads.,lane;path,,
dark-lanes,Dark lanes,unlit lanes,lanes,Lanes without light.,"lamp;LAMP;unlit lanes",,associated
""",
    "police_forces": """short_name,name,ons_pfa_code,police_uk_id,aliases
Lantern Vale,Lantern Vale Police,E23000099,lantern-vale,LVP
""",
    "abbreviations": "abbreviation,expansion\nLL,lane lamp\nLL,local lantern\nOWL,officer with lantern\n",
    "metrics": """id,label,unit,better,patterns,commitment,unit_word,quantity_kind
lanes-walked,Lanes walked,http://qudt.org/vocab/unit/NUM,higher,walked lanes,1.1,lane,
""",
    "lpa_districts": "district_ons,district_name,lpa\nE07000999,Owlshire,Upper\n",
    "places": """id,name,alt_names,district_ons,kind,ambiguity,lat,lon,population
owlshire-district,Owlshire,Borough of Owlshire,E07000999,district,,51.5,0.4,
lamp,Lamp,Lampe;Lamp Green,E07000999,village,"also a common word; short form 'Lampe' needs context",51.6,0.5,900
""",
    "units": """id,full_name,abbreviation,kind,parent,aliases
lantern-vale-police,Lantern Vale Police,,force,,
upper-local-policing-area,Upper Local Policing Area,,area,Lantern Vale Police,
night-team,Night Team,NT,team,Upper Local Policing Area,night crew
lamp-officer,Lamp officer,,role,Night Team,
lanternnet,LanternNet,LNET,system,,
scouts,Lantern Scouts,,volunteer group,Lantern Vale Police,
""",
    "partners": """id,canonical_name,aliases,context_aliases,type,scope,ons_code
scouts,Lantern Scouts,the scouts,scouts,volunteer,local,E07000999
lamp-trust,National Lamp Trust,NLT,,charity,national,
""",
    "schemes": """id,name,aliases,kind,owner,themes
lamps-for-lanes,Lamps for Lanes,L4L,fund,Lantern Scouts and National Lamp Trust,dark-lanes
""",
}


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A folder of small invented tables, one of each."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An ontology folder with the code lists and nothing else."""
    folder = tmp_path / "ontology"
    (folder / "schemes").mkdir(parents=True)
    for name in ("kinds", "partner-types"):
        shutil.copy(ONTOLOGY / "schemes" / f"{name}.ttl", folder / "schemes")
    return folder


def made(tables: Path, out: Path) -> dict[str, str]:
    """Return the text of every file made from ``tables``, by path."""
    files, _ = generate(tables, out, "lantern-vale")
    return {file.path.as_posix(): file.text for file in files}


def change(tables: Path, name: str, old: str, new: str) -> None:
    """Replace ``old`` by ``new`` in the table ``name``."""
    path = tables / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_each_table_becomes_its_file_and_partners_two(tables: Path, out: Path) -> None:
    shared = {f"schemes/{name}.ttl" for name in ("themes", "forces", "abbreviations", "measures", "partners")}
    own = {f"forces/lantern-vale/{name}.ttl" for name in ("areas", "places", "units", "partners", "programmes")}
    assert set(made(tables, out)) == shared | own


def test_a_theme_reads_as_a_paragraph_with_its_cues_sorted_and_each_name_once(tables: Path, out: Path) -> None:
    text = made(tables, out)["schemes/themes.ttl"]
    assert text.split("\n\n")[3] == (
        "theme:dark-lanes a gt:Theme, skos:Concept ;\n"
        '    skos:prefLabel "Dark lanes"@en ;\n'
        '    skos:altLabel "unlit lanes"@en ;\n'
        '    skos:hiddenLabel "LAMP"@en ;\n'
        '    skos:definition "Lanes without light."@en ;\n'
        "    skos:inScheme scheme:themes ;\n"
        "    skos:broader theme:lanes ;\n"
        '    gt:vawgBasis "associated" .'
    )


def test_the_scheme_comes_first_and_only_used_prefixes_are_declared(tables: Path, out: Path) -> None:
    heading, prefixes, scheme, *_ = made(tables, out)["schemes/themes.ttl"].split("\n\n")
    assert all(line.startswith("# ") for line in heading.splitlines())
    assert [line.split()[1] for line in prefixes.splitlines()] == ["gt:", "scheme:", "skos:", "theme:"]
    assert scheme.startswith("scheme:themes a skos:ConceptScheme ;")


def test_places_keep_names_and_district_and_lose_coordinates(tables: Path, out: Path) -> None:
    text = made(tables, out)["forces/lantern-vale/places.ttl"]
    assert text.endswith(
        "place:lamp a gt:Place ;\n"
        '    skos:prefLabel "Lamp"@en ;\n'
        '    skos:altLabel "Lamp Green"@en ;\n'
        '    skos:hiddenLabel "Lampe"@en ;\n'
        "    geo:sfWithin district:E07000999 ;\n"
        "    gt:needsContext true ;\n"
        "    gt:placeKind place-kind:village .\n"
    )


def test_a_district_takes_its_other_names_from_the_gazetteer(tables: Path, out: Path) -> None:
    graph = Graph().parse(data=made(tables, out)["forces/lantern-vale/areas.ttl"])
    district = mint("district", "E07000999")
    assert (district, SKOS.altLabel, Literal("Borough of Owlshire", lang="en")) in graph
    assert graph.value(district, GEO.sfWithin) == mint("lpa", "lantern-vale-upper")


def test_units_leave_out_areas_volunteers_and_systems_and_keep_parents(tables: Path, out: Path) -> None:
    files = made(tables, out)
    graph = Graph().parse(data=files["forces/lantern-vale/units.ttl"])
    assert set(graph.subjects()) == {mint("unit", "lantern-vale-night-team"), mint("unit", "lantern-vale-lamp-officer")}
    assert "schema:areaServed lpa:lantern-vale-upper" in files["forces/lantern-vale/units.ttl"]
    assert 'skos:hiddenLabel "NT"@en' in files["forces/lantern-vale/units.ttl"]
    assert "programme:lanternnet" in files["forces/lantern-vale/programmes.ttl"]


def test_owners_that_are_partners_become_sponsors(tables: Path, out: Path) -> None:
    text = made(tables, out)["forces/lantern-vale/programmes.ttl"]
    assert "schema:sponsor partner:lamp-trust, partner:scouts" in text


def test_a_force_is_a_partner_of_the_others(tables: Path, out: Path) -> None:
    write(generate(tables, out, "lantern-vale")[0], out)
    partners = Graph().parse(out / "schemes" / "partners.ttl")
    (iri,) = partners.subjects(OWL.sameAs, mint("force", "lantern-vale"))
    assert {str(name) for name in partners.objects(iri, SKOS.hiddenLabel)} == {"Lantern Vale"}
    assert (iri, ORG.classification, mint("partner-type", "other-police-force")) in partners


def test_an_abbreviation_of_two_things_has_a_concept_for_each(tables: Path, out: Path) -> None:
    text = made(tables, out)["schemes/abbreviations.ttl"]
    for key in ("ll-lane-lamp", "ll-local-lantern", "owl"):
        assert f"abbreviation:{key} a gt:Abbreviation" in text


def test_corrections_move_drop_split_and_flag(tables: Path, out: Path) -> None:
    change(tables, "partners", "NLT,", "NLT;Lamp Watch,")
    folder = out / "forces" / "lantern-vale"
    folder.mkdir(parents=True)
    (folder / "corrections.toml").write_text(
        '[force]\noperation-key-prefix = ""\n[partners]\ngeneric = ["scouts"]\n'
        '[partners.hidden]\nscouts = ["the scouts"]\n[partners.split]\nlamp-trust = ["Lamp Watch"]\n'
        '[themes]\nweak-cues = ["lane"]\nneeds-context = ["unknown-theme"]\n',
        encoding="utf-8",
    )
    files, unused = generate(tables, out, "lantern-vale")
    graph = Graph()
    for file in files:
        graph.parse(data=file.text)
    scouts = mint("partner", "scouts")
    assert (scouts, GT.generic, Literal(True)) in graph
    assert (scouts, SKOS.altLabel, None) not in graph
    assert (mint("partner", "lamp-watch"), RDF.type, GT.Partner) in graph
    assert (mint("theme", "lanes"), GT.weakCue, Literal("lane", lang="en")) in graph
    assert (mint("force", "lantern-vale"), GT.operationKeyPrefix, Literal("")) in graph
    assert unused == ("themes: needs-context: unknown-theme",)


@pytest.mark.parametrize(
    ("table", "old", "new", "line", "reason"),
    [
        ("themes", "dark-lanes,Dark lanes", "dark-lanes,", 3, "pref_label is empty"),
        ("themes", "lanes,Lanes,,,", "lanes,Lanes,,dark-lanes,", 2, "'lanes' is broader than itself"),
        ("themes", "unlit lanes,lanes", "unlit lanes,roads", 3, "broader 'roads' is not a theme of this table"),
        ("themes", "dark-lanes,Dark", "Dark Lanes,Dark", 3, "is not lower case letters, digits and hyphens"),
        ("themes", "cues,related", "hints,related", 1, "no column cues"),
        ("police_forces", "E23000099", "23", 2, "ons_pfa_code '23' is not"),
        ("metrics", "higher", "more", 2, "better is 'more', not one of higher, lower, neutral"),
        ("metrics", "1.1", "first", 2, "commitment 'first' is not two numbers"),
        ("abbreviations", "LL,local lantern", "LL,lane lamp", 3, "is given twice"),
        ("lpa_districts", "E07000999", "CM1", 2, "district_ons 'CM1' is not"),
        ("places", "E07000999,village", "E07000998,village", 3, "is not a district of this force"),
        ("places", "village", "hamlet", 3, "kind 'hamlet' is not in the list place-kind"),
        ("places", "51.6,0.5,900", "51.6,0.5", 3, "8 cells where the header has 9"),
        ("units", "role,Night Team", "role,Day Team", 5, "parent 'Day Team' is not in this table"),
        ("units", "Lantern Scouts", "Lantern Guides", 7, "the partners do not list it"),
        ("partners", "charity,national", "charity,galactic", 3, "scope 'galactic' is not one of"),
        ("partners", "charity", "choir", 3, "type 'choir' is not in the list partner-type"),
        ("partners", "NLT", "The Scouts", 3, "'The Scouts' is also a name of scouts"),
        ("partners", "lamp-trust", "scouts", 3, "id 'scouts' stands on line 2 already"),
        ("schemes", "dark-lanes", "bright-lanes", 2, "themes: 'bright-lanes' is not a theme"),
    ],
)
def test_a_bad_row_is_refused_with_file_line_and_reason(
    tables: Path, out: Path, table: str, old: str, new: str, line: int, reason: str
) -> None:
    change(tables, table, old, new)
    with pytest.raises(VocabularyError) as caught:
        generate(tables, out, "lantern-vale")
    assert caught.value.message.startswith(f"{table}.csv line {line}: ")
    assert reason in caught.value.message
    assert caught.value.fields == {"file": f"{table}.csv", "line": line, "reason": caught.value.fields["reason"]}


def test_corrections_that_are_no_toml_are_refused(tables: Path, out: Path) -> None:
    (out / "schemes" / "corrections.toml").write_text("[themes", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"corrections\.toml"):
        generate(tables, out, "lantern-vale")


def test_code_lists_must_be_there(tables: Path, tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"kinds\.ttl: this code list must be there"):
        generate(tables, tmp_path / "empty", "lantern-vale")


def test_making_it_again_changes_nothing(tables: Path, out: Path) -> None:
    first, _ = generate(tables, out, "lantern-vale")
    write(first, out)
    assert generate(tables, out, "lantern-vale")[0] == first


def test_another_force_extends_the_shared_files_and_leaves_the_first_alone(tables: Path, out: Path) -> None:
    write(generate(tables, out, "lantern-vale")[0], out)
    before = (out / "forces/lantern-vale/units.ttl").read_text(encoding="utf-8")
    for name in ("themes", "abbreviations", "metrics", "police_forces"):
        (tables / f"{name}.csv").unlink()
    change(tables, "partners", "lamp-trust,National Lamp Trust,NLT", "owl-trust,National Owl Trust,NOT")
    change(tables, "schemes", "National Lamp Trust", "National Owl Trust")
    write(generate(tables, out, "owl-coast")[0], out)
    partners = Graph().parse(out / "schemes" / "partners.ttl")
    names = ("lamp-trust", "lantern-vale-police", "owl-trust")
    assert set(partners.subjects()) == {mint("partner", name) for name in names}
    assert (out / "forces/lantern-vale/units.ttl").read_text(encoding="utf-8") == before
    assert (out / "forces/owl-coast/areas.ttl").is_file()
    assert "theme:dark-lanes" in (out / "schemes" / "themes.ttl").read_text(encoding="utf-8")


def test_the_command_writes_the_files_and_says_so(tables: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tables), "--force", "lantern-vale", "--out", str(out)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"wrote {out / 'schemes' / 'themes.ttl'}" in captured.err
    assert (out / "forces/lantern-vale/places.ttl").is_file()


def test_the_command_names_a_bad_row_and_writes_nothing(
    tables: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(tables, "places", "village", "hamlet")
    assert main([str(tables), "--force", "lantern-vale", "--out", str(out)]) == 1
    assert capsys.readouterr().err == "places.csv line 3: kind 'hamlet' is not in the list place-kind\n"
    assert not (out / "schemes" / "themes.ttl").exists()


def test_the_committed_vocabularies_are_what_the_tables_give(shared: Path, out: Path) -> None:
    """Into an empty folder, so that nothing of an earlier run can hide a difference."""
    for name in (
        "schemes/corrections.toml",
        "schemes/cues.toml",
        "schemes/national.toml",
        "forces/essex/corrections.toml",
    ):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ONTOLOGY / name, out / name)
    files, unused = generate(shared / "data", out, "essex")
    for file in files:
        assert file.text == (ONTOLOGY / file.path).read_text(encoding="utf-8"), file.path
    assert unused == ()
