"""One writer and several readers over one store: what each is told when the others, or the disk, get in the way."""

from __future__ import annotations

import json
import os
import platform
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.__main__ import main
from graph.build import ingest
from graph.server import ARENAS
from graph.settings import Settings
from graph.stores import open_store
from graph.stores.generations import draft
from tests.reports import OTHER_FORCE
from tests.serving import free_port, serving

ROOT = Path(__file__).resolve().parents[2]
KIB = 1024
PAGE = 4096
"""Bytes by which files grow on a small disk."""


def run(*words: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "graph", *words]
    return subprocess.run(  # a limit of a child has to be set in the child
        command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=before
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a command that failed says: one line, and no traceback."""
    assert done.returncode == 3, done.stderr
    said = [line for line in done.stderr.splitlines() if line.startswith("goldenthread: ")]
    assert len(said) == 1
    assert "Traceback" not in done.stderr
    return said[0]


def test_a_second_writer_is_told_so_and_changes_nothing(
    copy_of_built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = open_store(Settings(store=copy_of_built)).version
    with draft(copy_of_built, fresh=False):
        assert main(["ingest", "--quiet", "--store", str(copy_of_built), str(OTHER_FORCE)]) == 3
        assert main(["build", "--quiet", "--store", str(copy_of_built), str(OTHER_FORCE)]) == 3
        assert open_store(Settings(store=copy_of_built)).version == before
    said = capsys.readouterr().err
    assert said.count("another build or ingest is writing to this store. Try again when it has ended") == 2


@pytest.mark.parametrize("limit", [1, 256])
def test_a_disk_that_is_full_leaves_the_store_as_it_was(limit: int, copy_of_built: Path) -> None:
    """No file may grow beyond ``limit`` KiB: an error of writing, as a full disk is one."""

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit * KIB, limit * KIB))

    before = open_store(Settings(store=copy_of_built))
    done = run("ingest", "--store", str(copy_of_built), str(OTHER_FORCE), before=full)
    assert str(copy_of_built) in one_line(done)
    after = open_store(Settings(store=copy_of_built))
    assert after.version == before.version
    assert after.ask("ASK { ?s ?p ?o }")
    assert not list((copy_of_built / "generations").glob("draft-*"))
    assert run("ingest", "--store", str(copy_of_built), str(OTHER_FORCE)).returncode == 0


def test_a_small_disk_that_fills_up_leaves_the_store_as_it_was(copy_of_built: Path, tmp_path: Path) -> None:
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    disk = tmp_path / "disk"
    disk.mkdir()
    files = [f for f in copy_of_built.rglob("*") if f.is_file() and not f.is_symlink()]
    size = sum(-(-f.stat().st_size // PAGE) * PAGE for f in files) // KIB + 200
    if os.geteuid() != 0 or not (mount and unmount) or sys.platform != "linux":
        pytest.skip("only root can make a small disk")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", f"size={size}k", "none", str(disk)], check=False)
    if made.returncode:
        pytest.skip("this machine lets nobody make a small disk")
    try:
        store = Path(shutil.copytree(copy_of_built, disk / "store", symlinks=True))
        before = open_store(Settings(store=store)).version
        done = run("ingest", "--store", str(store), str(OTHER_FORCE))
        assert "cannot write the store" in one_line(done)
        assert open_store(Settings(store=store)).version == before
        assert not list((store / "generations").glob("draft-*"))
    finally:
        subprocess.run([unmount, str(disk)], check=True)


def test_a_folder_that_may_only_be_read_can_be_asked_and_not_written(copy_of_built: Path) -> None:
    for path in [copy_of_built, *copy_of_built.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o555 if path.is_dir() else 0o444)
    as_others: list[str] = []
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may write everywhere, and there is no setpriv to take that away")
        as_others = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner"]

    def asked(*words: str) -> subprocess.CompletedProcess[str]:
        command = [*as_others, sys.executable, "-m", "graph", *words, "--store", str(copy_of_built)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    try:
        done = asked("query", "operations", "--format", "csv")
        assert done.returncode == 0, done.stderr
        assert "Operation KESTREL" in done.stdout
        assert "cannot write here" in one_line(asked("ingest", str(OTHER_FORCE)))
    finally:
        for path in [copy_of_built, *copy_of_built.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() else 0o644)


def version(address: str) -> str:
    with urllib.request.urlopen(f"{address}/readyz", timeout=10) as answer:  # noqa: S310 our own address
        told = json.load(answer)
    return str(told["version"])


def test_every_web_process_follows_a_new_generation_within_a_second(copy_of_built: Path) -> None:
    port = free_port()
    site = [sys.executable, "-m", "graph", "serve", "--store", str(copy_of_built), "--port", str(port)]
    with serving([*site, "--workers", "2"], port) as address:
        before = version(address)
        assert {version(address) for _ in range(10)} == {before}
        outcome = ingest(copy_of_built, [OTHER_FORCE])
        time.sleep(1)
        found = {version(address) for _ in range(20)}
        assert len(found) == 1
        assert found.pop().startswith(f"{outcome.generation}-")


def test_a_store_that_goes_while_it_is_served_is_missed_and_found_again(copy_of_built: Path, tmp_path: Path) -> None:
    from webapp import create_app

    site = create_app(Settings(store=copy_of_built))
    client = site.test_client()
    try:
        assert client.get("/readyz").status_code == 200
        aside = copy_of_built.rename(tmp_path / "aside")
        for address in ("/readyz", "/operations/kestrel", "/questions/operations.json"):
            answer = client.get(address)
            assert answer.status_code == 503, address
            assert b"Traceback" not in answer.data
        assert client.get("/healthz").status_code == 200
        aside.rename(copy_of_built)
        assert client.get("/operations/kestrel").status_code == 200
    finally:
        site.extensions["goldenthread-endpoint"].close()


ALLOCATING = """
import ctypes, sys, threading
from graph.server import keep_few_heaps
if sys.argv[1] == "few":
    keep_few_heaps()
held, wait = [], threading.Barrier(13)
def allocate():
    held.append(bytearray(4096))
    wait.wait()
    wait.wait()
for _ in range(12):
    threading.Thread(target=allocate, daemon=True).start()
wait.wait()
ctypes.CDLL(None).malloc_stats()
wait.wait()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_threads_of_a_server_share_a_few_heaps() -> None:
    heaps = {}
    for way in ("few", "as it comes"):
        command = [sys.executable, "-c", ALLOCATING, way]
        told = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=True).stderr
        heaps[way] = len(re.findall(r"^Arena \d+:", told, re.MULTILINE))
    assert heaps["few"] == ARENAS < heaps["as it comes"]
