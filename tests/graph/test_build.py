"""Reports in, a store out: what is added, replaced, left out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rdflib import Literal

from graph import build
from graph.__main__ import main
from graph.errors import InvalidGraph, StoreUnavailable, UnreadableDocument
from graph.faults import Faults
from graph.settings import Settings
from graph.stores import open_store
from graph.stores.generations import current
from tests.reports import DOCUMENTS, OTHER_FORCE, SMALL, read_file, small_readings

Write = Callable[..., Path]


def operations(store: Path) -> set[str]:
    table = open_store(Settings(store=store)).select(
        "PREFIX gt: <https://w3id.org/golden-thread/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT ?name WHERE { ?o a gt:Operation ; skos:notation ?name }"
    )
    return {str(name) for (name,) in table.rows}


def labels(store: Path, name: str) -> set[str]:
    table = open_store(Settings(store=store)).select(
        "PREFIX gt: <https://w3id.org/golden-thread/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        f"SELECT ?other WHERE {{ ?o a gt:Operation ; skos:notation {Literal(name).n3()} ; skos:altLabel ?other }}"
    )
    return {str(other) for (other,) in table.rows}


def reports(store: Path) -> list[str]:
    generation = current(store)
    return sorted(generation.manifest["reports"]) if generation else []


def test_an_ingest_adds_a_report_and_leaves_the_others(copy_of_built: Path) -> None:
    before = operations(copy_of_built)
    outcome = build.ingest(copy_of_built, [OTHER_FORCE])
    assert list(outcome.reports) == ["harbourshire-2023-24-q3"]
    assert operations(copy_of_built) == before | {"SANDPIPER", "GANNET"}
    assert reports(copy_of_built) == ["essex-2022-23-q1", "essex-2022-23-q2", "harbourshire-2023-24-q3"]


def test_a_report_ingested_again_is_replaced_whole(copy_of_built: Path, write_report: Write) -> None:
    assert "KESTREL" in operations(copy_of_built)
    for quarter in (1, 2):
        build.ingest(copy_of_built, [write_report(f"{quarter}.txt", "Operation OSPREY ran.", quarter=quarter)])
    assert operations(copy_of_built) == {"OSPREY"}
    assert len(reports(copy_of_built)) == 2


def test_an_operation_still_named_elsewhere_stays(copy_of_built: Path, write_report: Write) -> None:
    build.ingest(copy_of_built, [write_report("one.txt", "Operation OSPREY ran.", quarter=1)])
    assert operations(copy_of_built) == {"OSPREY", "HERON", "KESTREL", "WHEEL"}


def test_a_spelling_that_the_register_knows_is_recognised_in_a_later_report(
    copy_of_built: Path, write_report: Write
) -> None:
    build.ingest(copy_of_built, [write_report("three.txt", "Operation KESTRELS ran.", quarter=3)])
    assert "KESTRELS" not in operations(copy_of_built)
    assert any("KESTRELS" in other for other in labels(copy_of_built, "KESTREL"))


def test_ingesting_the_same_again_changes_nothing_but_the_generation(copy_of_built: Path) -> None:
    def dump() -> bytes:
        store = open_store(Settings(store=copy_of_built))
        return b"".join(sorted(store.results("SELECT ?s ?p ?o WHERE { ?s ?p ?o }", "tsv").splitlines(keepends=True)))

    before = dump()
    build.ingest(copy_of_built, SMALL)
    assert dump() == before


def test_a_good_file_beside_a_bad_one_goes_in(copy_of_built: Path, tmp_path: Path) -> None:
    bad = tmp_path / "letter.txt"
    bad.write_text("Dear all,", encoding="utf-8")
    outcome = build.ingest(copy_of_built, [bad, OTHER_FORCE, tmp_path / "missing.txt"])
    assert list(outcome.reports) == ["harbourshire-2023-24-q3"]
    assert [issue.path.name for issue in outcome.issues] == ["letter.txt", "missing.txt"]
    assert "no priorities" in outcome.issues[0].reason
    assert build.summary(outcome).endswith("2 left out")


def test_only_bad_files_leave_the_store_as_it_was(copy_of_built: Path, tmp_path: Path) -> None:
    before = current(copy_of_built)
    with pytest.raises(UnreadableDocument, match="no report could be read"):
        build.ingest(copy_of_built, [tmp_path / "missing.txt"])
    assert current(copy_of_built) == before


def test_two_files_of_one_report_in_one_run_give_the_later_and_say_so(copy_of_built: Path, write_report: Write) -> None:
    one = write_report("one.txt", "Operation ONE ran.", quarter=3)
    two = write_report("two.txt", "Operation TWO ran.", quarter=3)
    outcome = build.ingest(copy_of_built, [one, two])
    assert operations(copy_of_built) == {"TWO", "HERON", "KESTREL", "WHEEL"}
    assert [issue.path.name for issue in outcome.issues] == ["two.txt"]
    assert "one.txt" in outcome.issues[0].reason


def test_a_build_replaces_everything(copy_of_built: Path) -> None:
    outcome = build.build(copy_of_built, [OTHER_FORCE])
    assert reports(copy_of_built) == ["harbourshire-2023-24-q3"]
    assert operations(copy_of_built) == {"SANDPIPER", "GANNET"}
    assert outcome.generation == 2


def test_an_ingest_without_a_store_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="goldenthread build --store"):
        build.ingest(tmp_path, SMALL)


def test_the_manifest_says_what_the_generation_holds(built: Path) -> None:
    generation = current(built)
    assert generation is not None
    entry = generation.manifest["reports"]["essex-2022-23-q1"]
    assert (entry["file"], entry["items"]) == ("essex-small.txt", 6)
    assert entry["sha256"] == next(r for r in small_readings()).report.document.sha256
    assert generation.manifest["quads"] > 1000


def test_a_graph_with_a_fault_is_not_published(copy_of_built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = current(copy_of_built)
    monkeypatch.setattr(Faults, "lines", ["a fault"])
    with pytest.raises(InvalidGraph, match="a fault"):
        build.ingest(copy_of_built, [OTHER_FORCE])
    assert current(copy_of_built) == before


FAULTY = """
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix gt: <https://w3id.org/golden-thread/ns#> .
@prefix id: <https://w3id.org/golden-thread/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://w3id.org/golden-thread/id/force/owlshire> a gt:PoliceForce ; skos:prefLabel "Owlshire Police"@en .
<https://w3id.org/golden-thread/id/lpa/owlshire-barn> a gt:PolicingArea ; skos:prefLabel "Barn Hub"@en ;
    geo:sfWithin <https://w3id.org/golden-thread/id/plan/owlshire> .
"""


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A folder of forces in which an area lies within a plan."""
    (tmp_path / "forces" / "owlshire").mkdir(parents=True)
    (tmp_path / "forces" / "owlshire" / "areas.ttl").write_text(FAULTY, encoding="utf-8")
    return tmp_path / "forces"


@pytest.mark.parametrize("way", [build.build, build.ingest])
def test_a_store_that_violates_a_shape_is_refused_and_told_where_and_nothing_stored_is_lost(
    way: Callable[..., build.Outcome], faulty: Path, copy_of_built: Path
) -> None:
    before = current(copy_of_built)
    with pytest.raises(InvalidGraph) as raised:
        way(copy_of_built, [OTHER_FORCE], forces=faulty)
    assert str(raised.value) == (
        "the graph was not published: id:graph/owlshire/areas: id:lpa/owlshire-barn geo:sfWithin: "
        "A policing area lies within exactly one police force. Here: id:plan/owlshire"
    )
    assert current(copy_of_built) == before
    assert operations(copy_of_built) == {"HERON", "KESTREL", "WHEEL"}
    assert way(copy_of_built, [OTHER_FORCE]).reports.keys() == {"harbourshire-2023-24-q3"}


def test_the_command_line_tells_it_in_one_line(
    faulty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOLDENTHREAD_FORCES", str(faulty))
    assert main(["build", str(OTHER_FORCE), "--store", str(tmp_path / "store"), "--quiet"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert len(line) < 200
    assert line.startswith("goldenthread: the graph was not published: id:graph/owlshire/areas: id:lpa/owlshire-barn ")
    assert current(tmp_path / "store") is None
    assert main(["check", "--reference"]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith(f"Violation: {faulty}/owlshire/areas.ttl: id:lpa/owlshire-barn geo:sfWithin: A policing")


def test_each_step_is_told_and_workers_elsewhere_read_the_same(copy_of_built: Path) -> None:
    told: list[str] = []
    with ThreadPoolExecutor(2) as pool:
        outcome = build.ingest(copy_of_built, [OTHER_FORCE, DOCUMENTS / "missing.txt"], told.append, pool)
    assert outcome.reports["harbourshire-2023-24-q3"] == read_file(OTHER_FORCE)
    assert any("harbourshire.txt" in line for line in told)
    assert told[-4:] == ["checking 1 report(s)", "counting", "indexing the text", "answering what pages ask"]


def test_the_bundled_sample_is_there() -> None:
    assert [path.name for path in build.sample_reports()] == ["essex-2021-22-q4.txt"]


OPENING = "Harbour Plan\nQuarter 2 2022/23\nEssex Police\n\nPriority 1 - Nights\n\nWe will:\n\nWalk.\n\n"


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ("- Officers walked.\n" * (build.MOST_ITEMS + 1), "it has 5,001 items; up to 5,000 are read"),
        ("- a.\n- " + "x y " * 20_000, "item 2, at character 90, has 79,999 characters; up to 50,000 are read"),
    ],
)
def test_a_report_beyond_the_limits_is_refused_and_a_good_one_beside_it_goes_in(
    items: str, reason: str, tmp_path: Path
) -> None:
    huge = tmp_path / "huge.txt"
    huge.write_text(OPENING + items, encoding="utf-8")
    outcome = build.build(tmp_path / "store", [huge, SMALL[0]])
    assert [i.reason for i in outcome.issues] == [f"{huge}: {reason}"]
    assert reports(tmp_path / "store") == ["essex-2022-23-q1"]
