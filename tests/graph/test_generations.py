"""A store on disk changes whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.errors import StoreUnavailable
from graph.settings import Settings
from graph.stores import open_reader, open_store
from graph.stores.generations import KEEP, Draft, current, draft
from tests.reports import OTHER_FORCE

ROOT = Path(__file__).resolve().parents[2]


def publish(store: Path, words: str, *, fresh: bool = True) -> None:
    with draft(store, fresh=fresh) as made:
        write(made, words)


def write(made: Draft, words: str) -> None:
    (made.rdf / "words.txt").write_text(words, encoding="utf-8")
    made.manifest["words"] = words


def words_of(store: Path) -> str:
    generation = current(store)
    return (generation.rdf / "words.txt").read_text(encoding="utf-8") if generation else ""


def kept(store: Path) -> list[str]:
    return sorted(path.name for path in (store / "generations").iterdir())


def test_nothing_is_current_before_anything_is_published(tmp_path: Path) -> None:
    assert current(tmp_path) is None
    assert current(tmp_path / "missing") is None


def test_a_draft_is_current_only_when_its_block_has_ended(tmp_path: Path) -> None:
    with draft(tmp_path, fresh=True) as made:
        write(made, "one")
        assert current(tmp_path) is None
    assert words_of(tmp_path) == "one"
    with draft(tmp_path, fresh=True) as made:
        write(made, "two")
        assert words_of(tmp_path) == "one"
    assert words_of(tmp_path) == "two"


def test_a_draft_is_discarded_if_its_block_raises(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    with pytest.raises(TypeError), draft(tmp_path, fresh=True) as made:
        write(made, None)  # type: ignore[arg-type]
    assert words_of(tmp_path) == "one"
    assert kept(tmp_path) == ["000001"]


def test_a_draft_that_cannot_be_written_is_discarded_and_said_to_be_so(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    with pytest.raises(StoreUnavailable, match="cannot write the store"), draft(tmp_path, fresh=True):
        raise OSError(28, "No space left on device")
    assert kept(tmp_path) == ["000001"]


def test_a_second_writer_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    with draft(tmp_path, fresh=True) as made:
        write(made, "one")
        with pytest.raises(StoreUnavailable, match="another build or ingest"), draft(tmp_path, fresh=True):
            pytest.fail("a second writer got in")
    assert words_of(tmp_path) == "one"


def test_the_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), draft(tmp_path, fresh=True):
        raise ZeroDivisionError
    publish(tmp_path, "one")
    assert words_of(tmp_path) == "one"


def test_a_draft_that_is_not_fresh_begins_as_the_current_one_and_leaves_it_alone(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    first = current(tmp_path)
    with draft(tmp_path, fresh=False) as made:
        assert (made.rdf / "words.txt").read_text(encoding="utf-8") == "one"
        write(made, "two")
    assert first is not None
    assert (first.rdf / "words.txt").read_text(encoding="utf-8") == "one"
    assert words_of(tmp_path) == "two"


def test_the_last_three_generations_are_kept(tmp_path: Path) -> None:
    for number in range(KEEP + 3):
        publish(tmp_path, str(number))
    assert KEEP == 3
    assert kept(tmp_path) == ["000004", "000005", "000006"]


def test_numbers_go_on_after_the_highest_there_is(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    (tmp_path / "generations" / "000041").mkdir()
    publish(tmp_path, "two")
    generation = current(tmp_path)
    assert generation is not None
    assert generation.number == 42


def test_a_draft_left_by_a_writer_that_was_killed_is_cleared(tmp_path: Path) -> None:
    left = tmp_path / "generations" / "draft-000001"
    left.mkdir(parents=True)
    (left / "half").write_text("half", encoding="utf-8")
    publish(tmp_path, "one")
    assert kept(tmp_path) == ["000001"]


def test_a_pointer_left_half_made_does_not_matter(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    (tmp_path / "current.new").symlink_to("generations/000009")
    publish(tmp_path, "two")
    assert words_of(tmp_path) == "two"


def test_a_pointer_to_nothing_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to("generations/000009")
    assert current(tmp_path) is None


def test_the_version_differs_with_the_content_of_the_same_number(tmp_path: Path) -> None:
    versions = []
    for name in ("a", "b"):
        publish(tmp_path / name, name)
        generation = current(tmp_path / name)
        versions.append(generation.version if generation else "")
    assert versions[0].split("-")[0] == versions[1].split("-")[0] == "1"
    assert versions[0] != versions[1]


@pytest.mark.parametrize("content", ["", "{", "\xff"])
def test_a_manifest_that_cannot_be_read_is_a_store_that_cannot(content: str, tmp_path: Path) -> None:
    publish(tmp_path, "one")
    generation = current(tmp_path)
    assert generation is not None
    (generation.folder / "manifest.json").write_text(content, encoding="latin-1")
    with pytest.raises(StoreUnavailable, match="manifest"):
        _ = generation.version


def test_where_nothing_can_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words", encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="Choose another folder"), draft(tmp_path / "file", fresh=True):
        pytest.fail("a file was taken for a folder")


def test_a_reader_sees_a_new_generation_and_what_it_holds_open_stays(copy_of_built: Path) -> None:
    from graph import build

    reader = open_reader(Settings(store=copy_of_built))
    before = reader.current()
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    counted = before.select(count)
    build.ingest(copy_of_built, [OTHER_FORCE])
    after = reader.current()
    assert after.version != before.version
    assert after.select(count) != counted
    assert before.select(count) == counted


@pytest.mark.parametrize("step", ["writing", "checking"])
def test_a_writer_killed_at_any_step_leaves_the_last_whole_generation(step: str, copy_of_built: Path) -> None:
    before = open_store(Settings(store=copy_of_built)).version
    script = (
        "import os, sys; from pathlib import Path; from graph import build\n"
        "def progress(line):\n"
        f"    if line.startswith({step!r}): print(flush=True); os.kill(os.getpid(), 9)\n"
        f"build.ingest(Path({str(copy_of_built)!r}), [Path({str(OTHER_FORCE)!r})], progress)\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    assert open_store(Settings(store=copy_of_built)).version == before
    publish(copy_of_built, "the lock is free", fresh=False)
    assert not [name for name in kept(copy_of_built) if name.startswith("draft-")]


def test_a_writer_killed_while_it_writes_leaves_the_last_whole_generation(copy_of_built: Path) -> None:
    settings = Settings(store=copy_of_built)
    before = open_store(settings).version
    command = [sys.executable, "-m", "graph", "ingest", "--store", str(copy_of_built), str(OTHER_FORCE)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as writer:
        until = time.monotonic() + 20
        while not list((copy_of_built / "generations").glob("draft-*/rdf/*")) and time.monotonic() < until:
            time.sleep(0.002)
        os.kill(writer.pid, signal.SIGKILL)
    assert open_store(settings).version == before
    assert open_store(settings).ask("ASK { ?s ?p ?o }")
