"""Reports read on a Dask cluster: the same graph as without one, and the same word on what cannot be read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest

from graph import build, loading, queries
from graph.errors import UnreadableDocument
from graph.settings import Settings
from graph.stores import open_store
from graph.stores.oxigraph import OxigraphStore
from tests.reports import OTHER_FORCE, SMALL
from tests.servers import available, oxigraph, required

distributed = pytest.importorskip("distributed", reason="distributed is missing: pip install 'goldenthread[cluster]'")

REPORTS = [*SMALL, OTHER_FORCE]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A client of two worker processes on this machine that nothing beyond it can reach."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1",
            # None would mean port 8787, which may be taken; there is no dashboard at either.
            dashboard_address="127.0.0.1:0", scheduler_kwargs={"dashboard": False},
            local_directory=str(tmp_path_factory.mktemp("workers")),
        ) as cluster,
        distributed.Client(cluster) as client_,
    ):  # fmt: skip
        yield client_


@pytest.fixture
def executor(client: Any) -> Executor:
    found: Executor = client.get_executor()
    return found


def dump(folder: Path) -> bytes:
    store = open_store(Settings(store=folder))
    assert isinstance(store, OxigraphStore)
    return store.dump("nquads")


def has_read() -> bool:
    """Whether this process has loaded what finds names in a report; only a worker's steps make a worker do so."""
    return "graph.mentions" in sys.modules


def test_a_cluster_gives_the_same_graph_to_the_byte(client: Any, executor: Executor, tmp_path: Path) -> None:
    build.build(tmp_path / "here", REPORTS)
    outcome = build.build(tmp_path / "there", REPORTS, executor=executor)
    assert outcome.issues == []
    assert dump(tmp_path / "there") == dump(tmp_path / "here")
    assert os.getpid() not in client.run(os.getpid).values()
    assert any(client.run(has_read).values())


def test_reports_are_added_on_a_cluster_as_they_are_without(
    executor: Executor, built: Path, copy_of_built: Path, tmp_path: Path
) -> None:
    build.build(tmp_path / "here", SMALL)
    build.ingest(tmp_path / "here", [OTHER_FORCE])
    build.ingest(copy_of_built, [OTHER_FORCE], executor=executor)
    assert dump(copy_of_built) == dump(tmp_path / "here") != dump(built)


def test_what_a_worker_cannot_read_is_an_issue_and_the_rest_goes_in(executor: Executor, tmp_path: Path) -> None:
    letter, noise, absent = (tmp_path / name for name in ("letter.txt", "noise.pdf", "absent.txt"))
    letter.write_text("Dear all,", encoding="utf-8")
    noise.write_bytes(bytes(range(256)))
    outcome = build.build(tmp_path / "there", [letter, SMALL[0], noise, absent], executor=executor)
    assert [issue.path for issue in outcome.issues] == [letter, noise, absent]
    assert all(str(issue.path) in issue.reason and "\n" not in issue.reason for issue in outcome.issues)
    build.build(tmp_path / "here", [SMALL[0]])
    assert dump(tmp_path / "there") == dump(tmp_path / "here")


def test_where_no_worker_can_read_anything_it_is_said_as_without_a_cluster(executor: Executor, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all,", encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="no priorities"):
        build.build(tmp_path / "there", [letter], executor=executor)


def test_readers_on_a_cluster_and_a_graph_on_a_server_are_as_one_machine(executor: Executor, tmp_path: Path) -> None:
    if not available()["oxigraph"]:
        missing = "no Oxigraph server: it comes with the development packages"
        if "oxigraph" in required():
            pytest.fail(missing)
        pytest.skip(missing)
    build.build(tmp_path / "here", REPORTS)
    here = open_store(Settings(store=tmp_path / "here"))
    (tmp_path / "server").mkdir()
    with oxigraph(tmp_path / "server") as settings:
        outcome = loading.build(settings, REPORTS, executor=executor)
        assert (outcome.issues, len(outcome.reports)) == ([], len(REPORTS))
        there = open_store(settings)
        assert not isinstance(there, OxigraphStore)
        for name in ("partner-operations-by-lpa", "figure-checks", "report-inventory"):
            question = queries.question(name)
            answer = queries.run(there, question)
            assert answer.rows
            assert answer == queries.run(here, question)
