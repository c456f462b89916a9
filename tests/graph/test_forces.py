"""A force is a folder of Turtle: a skeleton to fill in, and an invented second force that no line of Python knows.

``tests/forces/fenmarch`` divides into hubs, each with districts; one hub is called North, as an area of Essex is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, Literal
from rdflib.term import Node

from graph import build, queries
from graph.__main__ import main
from graph.check import Found, check_reference, check_store
from graph.errors import BadParameter, GoldenThreadError, VocabularyError
from graph.force import District, PolicingArea, read_areas, skeleton, write_folder
from graph.namespaces import GEO, GT, mint
from graph.stores.oxigraph import OxigraphStore
from graph.vocabulary import files, load_vocabulary
from tests.reports import DOCUMENTS, SMALL, keys

FORCES = Path(__file__).resolve().parents[1] / "forces"
REPORT = DOCUMENTS / "fenmarch.txt"
AREAS = "North Hub: Ambermere E07999901, Tollwick; Saltings Hub: Brackwater E07999903"


@cache
def two_forces() -> OxigraphStore:
    """A store of Essex and of the second force."""
    vocabulary = load_vocabulary(forces=FORCES)
    reports = [build.read_report(path, vocabulary) for path in (SMALL[0], REPORT)]
    return build.in_memory([build.read_mentions(report, vocabulary) for report in reports], forces=FORCES)


def answer(name: str, **values: str) -> list[dict[str, Node | None]]:
    return queries.run(two_forces(), queries.question(name), values).dicts()


# --- Areas as they are given


def test_areas_and_districts_are_read_with_their_codes() -> None:
    assert read_areas(AREAS) == (
        PolicingArea("North Hub", (District("Ambermere", "E07999901"), District("Tollwick"))),
        PolicingArea("Saltings Hub", (District("Brackwater", "E07999903"),)),
    )
    assert read_areas("East Division;") == (PolicingArea("East Division", ()),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "there is no area"), (" ; ", "there is no area"), (": Ambermere", "no area before the colon"),
        ("North: A; north: B", "'North' is there twice"), ("North: A, B; South: a", "'A' is there twice"),
    ],
)  # fmt: skip
def test_what_is_empty_or_there_twice_is_named(text: str, reason: str) -> None:
    with pytest.raises(BadParameter, match=reason):
        read_areas(text)


# --- The skeleton


def test_every_file_of_a_skeleton_is_turtle_and_says_what_to_fill_in() -> None:
    key, made = skeleton("Fenmarch Police", read_areas(AREAS), load_vocabulary())
    assert key == "fenmarch"
    assert set(made) == {f"{name}.ttl" for name in ("areas", "force", "partners", "places", "programmes", "units")}
    for text in made.values():
        Graph().parse(data=text)
        assert text.startswith("# ")
    graph = Graph().parse(data=made["areas.ttl"])
    north = mint("lpa", "fenmarch-north-hub")
    assert (north, SKOS.notation, Literal("North")) in graph
    assert (north, GEO.sfWithin, mint("force", "fenmarch")) in graph
    assert (mint("district", "E07999901"), GEO.sfWithin, north) in graph
    assert (mint("district", "fenmarch-tollwick"), RDF.type, GT.District) in graph


def test_the_entries_to_copy_are_turtle_too_and_meet_the_shapes_but_for_the_district(tmp_path: Path) -> None:
    key, made = skeleton("Fenmarch Police", read_areas(AREAS), load_vocabulary())
    write_folder(tmp_path / key, {name: filled(text) for name, text in made.items()})
    assert check_reference(tmp_path) == Found()


def test_a_force_that_the_product_lists_has_its_key_and_no_file_of_its_own() -> None:
    key, made = skeleton("kent police", read_areas("North Division"), load_vocabulary())
    assert key == "kent"
    assert "force.ttl" not in made


@pytest.mark.parametrize("name", ["Essex Police", "essex"])
def test_a_force_that_comes_with_the_product_is_refused(name: str) -> None:
    with pytest.raises(BadParameter, match="the force essex comes with the product"):
        skeleton(name, read_areas(AREAS), load_vocabulary())


def test_a_force_without_a_name_is_refused() -> None:
    with pytest.raises(BadParameter, match="has a name"):
        skeleton("  ", read_areas(AREAS), load_vocabulary())


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "kept.ttl").write_text("# kept\n", encoding="utf-8")
    with pytest.raises(GoldenThreadError, match="it is there already"):
        write_folder(tmp_path, {"kept.ttl": "lost"})
    assert (tmp_path / "kept.ttl").read_text(encoding="utf-8") == "# kept\n"


# --- The folder of forces


@pytest.mark.parametrize(
    ("folder", "file", "reason"),
    [
        ("essex", "areas", "the force essex comes with the product"),
        ("Fen March", "areas", "'Fen March' is to be lower case letters, digits and hyphens: fen-march"),
        ("fenmarch", "My Areas", "is to be lower case"),
    ],
)
def test_a_folder_that_cannot_be_a_force_is_named(folder: str, file: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / f"{file}.ttl").write_text("", encoding="utf-8")
    with pytest.raises(VocabularyError, match=reason):
        files(forces=tmp_path)


def test_a_folder_that_is_not_there_is_named_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="GOLDENTHREAD_FORCES"):
        load_vocabulary(forces=tmp_path / "none")


def test_a_file_that_is_no_turtle_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "fenmarch").mkdir()
    (tmp_path / "fenmarch" / "areas.ttl").write_text("# one\nnot turtle", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"areas\.ttl:2: "):
        load_vocabulary(forces=tmp_path)


# --- From the skeleton to an answer, by the command line alone


def filled(text: str) -> str:
    """Return a file of a skeleton as somebody fills it in: the entries copied, the missing code given."""
    *above, last = text.split("\n\n")
    entry = "\n".join(line.removeprefix("# ") for line in last.splitlines())
    with_codes = "\n\n".join([*above, entry]).replace("THE-CODE", "E07999901").replace("fenmarch-tollwick", "E07999902")
    return with_codes.replace('"Tollwick"@en ;', '"Tollwick"@en ;\n    skos:notation "E07999902" ;') + "\n"


Run = Callable[..., str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command that does what it is asked, and return what it prints."""
    monkeypatch.setenv("GOLDENTHREAD_FORCES", str(tmp_path / "forces"))
    monkeypatch.setenv("GOLDENTHREAD_STORE", str(tmp_path / "store"))

    def run_(*words: str) -> str:
        assert main([*words, "--quiet"]) == 0
        return capsys.readouterr().out

    return run_


def test_a_new_force_needs_a_skeleton_filled_in_and_nothing_else(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = run("force", "Fenmarch Police", "--areas", AREAS).splitlines()
    assert [Path(line).name for line in written][:2] == ["areas.ttl", "force.ttl"]

    missing = run("check", "--reference")
    assert "areas.ttl: id:district/fenmarch-tollwick: A district without its ONS code" in missing
    assert missing.count("nothing is said here yet") == 4
    assert "Violation" not in missing

    again = tmp_path / "filled"
    for path in map(Path, written):
        text = filled(path.read_text(encoding="utf-8"))
        text = text.replace("The name that answers show", "Reedlight").replace("local-authority", "charity")
        (again / "fenmarch").mkdir(parents=True, exist_ok=True)
        (again / "fenmarch" / path.name).write_text(text, encoding="utf-8")
    # Elsewhere, as a process reads a folder once.
    monkeypatch.setenv("GOLDENTHREAD_FORCES", str(again))
    assert run("check", "--reference") == ""
    run("build", str(REPORT))
    rows = run("query", "partner-operations-by-lpa", "--format", "csv").splitlines()
    assert any("North Hub" in row and "Operation LANTERN" in row and "Reedlight" in row for row in rows)
    assert run("check") == ""


# --- Two forces in one store


def test_the_second_force_meets_every_shape_and_check() -> None:
    assert check_reference(FORCES) == Found()
    assert check_store(two_forces()) == Found()


def test_partner_operations_are_told_by_hub() -> None:
    table = queries.run(two_forces(), queries.question("partner-operations-by-lpa"))
    rows = keys(table, "lpa", "operation", "partner", "theme", "how")
    assert [row for row in rows if "fenmarch" in row[0]] == [
        ("fenmarch", "fenmarch-bittern", "street-pastors", "vawg", "explicit"),
        ("fenmarch-north-hub", "fenmarch-bittern", "fenmarch-reedlight", "domestic-abuse", "narrower"),
        ("fenmarch-north-hub", "fenmarch-lantern", "fenmarch-reedlight", "domestic-abuse", "narrower"),
        (
            *("fenmarch-saltings-hub", "fenmarch-marram", "fenmarch-brackwater-borough-council"),
            *("drink-spiking", "narrower"),
        ),
    ]
    assert {row[0] for row in rows} > {"essex-north"}


def test_a_heading_that_names_a_district_places_what_follows_in_its_hub() -> None:
    rows = [row for row in answer("operations") if str(row["operationLabel"]) == "Operation LANTERN"]
    assert {(str(row["lpaLabel"]), str(row["districtLabel"])) for row in rows} == {("North Hub", "Tollwick")}


def test_gaps_are_told_for_the_areas_that_each_force_has() -> None:
    rows = answer("commitment-coverage")
    gaps = {(str(r["lpaLabel"]), str(r["gap"])) for r in rows if "fenmarch-2.1" in str(r["commitment"])}
    assert gaps == {("Force-wide", "areas only"), ("North Hub", "none found"), ("Saltings Hub", "")}


def test_a_short_name_that_two_forces_share_means_both_and_the_whole_name_one() -> None:
    def areas(value: str) -> set[str]:
        return {str(row["lpaLabel"]) for row in answer("operations", lpa=value)}

    assert areas("North") == {"North Hub", "North Local Policing Area"}
    assert areas("North Hub") == {"North Hub"}
    assert areas("essex-north") == {"North Local Policing Area"}


@pytest.mark.parametrize("name", queries.catalogue())
def test_every_question_answers_over_two_forces(name: str) -> None:
    question = queries.question(name)
    assert queries.run(two_forces(), question).columns
    assert queries.run(two_forces(), question).rows == queries.run(two_forces(), question).rows
