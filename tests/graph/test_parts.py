"""A store in parts: what is worked out and found there is what the whole store gives."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from rdflib import URIRef

from graph import build, queries
from graph.comparison.across import NAME as ACROSS
from graph.faults import Faults, faults_of
from graph.namespaces import derived_graph, key_of
from graph.parts import by_force, parts
from graph.stores.generations import current
from graph.stores.oxigraph import OxigraphStore, OxigraphWriter
from tests.graph.test_comparison import AFTER, BEFORE
from tests.reports import OTHER_FORCE, SMALL, read_file, reading

OF_REPORTS = ("/report/", "/derived/")
FORCES = ["https://w3id.org/golden-thread/id/force/essex", "https://w3id.org/golden-thread/id/force/harbourshire"]


@pytest.fixture(scope="module")
def two_forces() -> OxigraphStore:
    """Two quarters of a force, of which the later quotes the earlier, and one report of another."""
    return build.in_memory([reading(BEFORE), reading(AFTER), read_file(OTHER_FORCE)])


def damaged(store: OxigraphStore, seed: int) -> OxigraphStore:
    """Return a copy of ``store`` with every fiftieth statement of reports, register and links gone."""
    chance, writer = random.Random(seed), OxigraphWriter(None)  # noqa: S311 nothing to guess
    for name in store.graph_names():
        triples = sorted(store.triples(name))
        spared = not any(part in str(name) for part in ("/report/", "/derived/", "/register"))
        writer.replace(name, [t for t in triples if spared or chance.random() > 0.02])
    return writer.reader()


def test_reports_of_a_force_are_never_parted(two_forces: OxigraphStore) -> None:
    assert [key_of(f) for f in by_force(two_forces)] == ["essex", "harbourshire"]
    assert [len(part.reports) for part in parts(two_forces, size=1)] == [2, 1]
    assert [len(part.reports) for part in parts(two_forces)] == [3]
    assert [len(part.reports) for part in parts(two_forces, FORCES[1:])] == [1]
    assert [len(part.reports) for part in parts(OxigraphStore.in_memory({}))] == [0]


def test_a_part_has_what_lasts_and_of_the_reports_its_own(two_forces: OxigraphStore) -> None:
    everything = set(two_forces.graph_names())
    for part in parts(two_forces, size=1):
        graphs = set(part.store.graph_names())
        own = {name for name in graphs if any(kind in str(name) for kind in OF_REPORTS)}
        assert {key_of(name) for name in own} == {key_of(report) for report in part.reports}
        assert {name for name in everything - graphs if not any(kind in str(name) for kind in OF_REPORTS)} <= {ACROSS}


def test_what_rules_derive_from_the_whole_store_is_what_they_derived_in_parts(two_forces: OxigraphStore) -> None:
    whole = OxigraphWriter(None)
    for name in two_forces.graph_names():
        if "/derived/" not in str(name):
            whole.copy(two_forces, name)
    for part in parts(two_forces):
        for report in part.reports:
            name = derived_graph(key_of(report))
            for stage in queries.rule_stages():
                whole.infer(name, [queries.fill(rule, {"report": [report]}) for rule in stage])
            assert whole.reader().ntriples(name) == two_forces.ntriples(name) != b""


def test_checks_across_reports_stay_with_the_reports_that_they_are_of(two_forces: OxigraphStore) -> None:
    found = [part.store.ntriples(ACROSS) for part in parts(two_forces, size=1)]
    assert found == [two_forces.ntriples(ACROSS), b""]
    assert b"/report/essex-2022-23-q2/check/" in found[0]


@pytest.mark.parametrize("seed", range(4))
def test_the_faults_of_the_parts_are_the_faults_of_the_whole(two_forces: OxigraphStore, seed: int) -> None:
    store, whole, in_parts = damaged(two_forces, seed), Faults(), Faults()
    whole.look_at(store)
    for part in parts(store, size=1):
        in_parts.look_at(part.store)
    assert in_parts.told == whole.told != {}


def test_a_sound_store_has_none(two_forces: OxigraphStore) -> None:
    assert faults_of(two_forces) == []


def test_an_ingest_looks_at_the_forces_of_its_reports_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[tuple[URIRef, ...]] = []
    monkeypatch.setattr(Faults, "look_at", lambda _, store: looked.append(tuple(sorted(map(URIRef, by_force(store))))))
    build.build(tmp_path, [*SMALL, OTHER_FORCE])
    assert looked == [tuple(map(URIRef, FORCES))]
    build.ingest(tmp_path, [OTHER_FORCE])
    assert looked[1:] == [(URIRef(FORCES[1]),)]


def test_what_ingests_leave_is_what_one_build_makes(tmp_path: Path) -> None:
    quarters = [tmp_path / "before.txt", tmp_path / "after.txt"]
    for path, text in zip(quarters, (BEFORE, AFTER), strict=True):
        path.write_text(text, encoding="utf-8")
    build.build(tmp_path / "one", [*quarters, OTHER_FORCE])
    build.build(tmp_path / "two", [quarters[0]])
    for path in (OTHER_FORCE, quarters[1], quarters[0]):
        build.ingest(tmp_path / "two", [path])
    stores = []
    for name in ("one", "two"):
        generation = current(tmp_path / name)
        assert generation is not None
        stores.append(OxigraphStore.open(generation.rdf, generation.version))
    assert stores[0].ntriples(ACROSS) != b""
    assert stores[0].dump("nquads") == stores[1].dump("nquads")


def test_a_vocabulary_that_comes_with_an_ingest_has_everything_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    monkeypatch.setattr(Faults, "look_at", lambda _, store: looked.append(len(by_force(store))))
    forces = tmp_path / "forces" / "owlshire"
    forces.mkdir(parents=True)
    (forces / "places.ttl").write_text(
        "<https://w3id.org/golden-thread/id/place/owl-barn> a <https://w3id.org/golden-thread/ns#Place> .",
        encoding="utf-8",
    )
    build.build(tmp_path / "store", [*SMALL, OTHER_FORCE])
    build.ingest(tmp_path / "store", [OTHER_FORCE], forces=tmp_path / "forces")
    assert looked == [2, 2]
