"""Set-up: what is installed is exact, and what is missing is named with its remedy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")
REQUIREMENT = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+)", re.MULTILINE)


def lock(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pinned(name: str) -> dict[str, str]:
    """Return the packages of a lock, each with its one version."""
    found = REQUIREMENT.findall(lock(name))
    assert len(found) == len(dict(found)), f"{name} holds two versions of one package"
    return dict(found)


def named(requirements: list[str | dict[str, str]]) -> set[str]:
    """Return the names of packages in a list of ``pyproject.toml``, references to other lists left out."""
    return {re.split(r"[<>=!~ \[]", text)[0].lower() for text in requirements if isinstance(text, str)}


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_hashes_and_no_address(name: str) -> None:
    blocks = [block for block in re.split(r"\n(?=\S)", lock(name).strip()) if not block.startswith("#")]
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert re.findall(r"^.*(?:://|--(?:extra-)?index|--find-links|@ ).*$", lock(name), re.MULTILINE) == []


def test_locks_agree() -> None:
    everything = pinned("requirements-dev.lock")
    assert pinned("requirements.lock").items() <= everything.items()
    assert pinned("requirements-build.lock").items() <= everything.items()


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads(lock("pyproject.toml"))
    groups = project["dependency-groups"]
    assert named(project["project"]["dependencies"]) <= pinned("requirements.lock").keys()
    assert named(groups["build"]) <= pinned("requirements-build.lock").keys()
    assert named(groups["dev"]) <= pinned("requirements-dev.lock").keys()


def test_the_package_holds_what_the_product_reads(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(call, cwd=ROOT, capture_output=True, check=True, timeout=60)
    with zipfile.ZipFile(next(tmp_path.glob("goldenthread-*.whl"))) as wheel:
        held = set(wheel.namelist())
    kinds = {"graph": (".py", ".txt"), "ontology": (".ttl",), "queries": (".rq",), "webapp/templates": (".html",)}
    files = ((path, suffixes) for folder, suffixes in kinds.items() for path in (ROOT / folder).rglob("*"))
    read = {path for path, suffixes in files if path.suffix in suffixes}
    assert {path.relative_to(ROOT).as_posix() for path in read} - held == set()
    assert {name for name in held if name.startswith(("tests/", ".ci/", "webapp/frontend/"))} == set()


def create(folder: Path | str, path: Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call ``.ci/venv.sh create`` where the only Pythons are those in ``path``."""
    call = ["/bin/sh", str(ROOT / ".ci" / "venv.sh"), "create", str(folder)]
    env = {"PATH": str(path), **environment}
    return subprocess.run(call, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder to use as the whole PATH: the few commands that the script needs, and no Python."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("cat", "rm", "mkdir"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def stand_in(folder: Path, name: str, script: str) -> None:
    """Put a command into ``folder`` that plays a Python as some machines have it."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_without_python_the_remedy_is_named(tools: Path, tmp_path: Path) -> None:
    done = create("venv", tools, tmp_path)
    assert done.returncode == 1
    assert "it needs Python 3.11 or later, and no python3 was found." in done.stderr
    assert "sudo apt-get install python3 python3-venv" in done.stderr
    assert "brew install" in done.stderr


def test_an_old_python_is_named_with_its_version(tools: Path, tmp_path: Path) -> None:
    stand_in(tools, "python3", 'case "$2" in *version_info*) exit 1;; *) echo 3.9.6;; esac')
    done = create("venv", tools, tmp_path)
    assert done.returncode == 1
    assert f"{tools}/python3 (3.9.6) is too old" in done.stderr


def test_python_without_venv_is_named_with_the_package_that_brings_it(tools: Path, tmp_path: Path) -> None:
    stand_in(tools, "python3", 'case "$2" in *ensurepip*) exit 1;; *version_info*) exit 0;; *) echo 3.11.2;; esac')
    done = create("venv", tools, tmp_path)
    assert done.returncode == 1
    assert "without its venv and ensurepip modules" in done.stderr
    assert "sudo apt-get install python3.11-venv" in done.stderr


def test_a_chosen_python_that_will_not_do_is_refused(tools: Path, tmp_path: Path) -> None:
    done = create("venv", tools, tmp_path, PYTHON="python2.7")
    assert done.returncode == 1
    assert "PYTHON=python2.7 is not a Python 3.11 or later." in done.stderr


def test_a_newer_python_is_taken_where_the_first_is_too_old(tools: Path, tmp_path: Path) -> None:
    stand_in(tools, "python3", 'case "$2" in *version_info*) exit 1;; *) echo 3.9.6;; esac')
    (tools / "python3.12").symlink_to(sys.executable)
    (tmp_path / "file").touch()
    done = create("file/venv", tools, tmp_path)
    assert f"({tools}/python3.12)" in done.stderr


def test_a_folder_that_cannot_be_written_is_named(tools: Path, tmp_path: Path) -> None:
    (tools / "python3").symlink_to(sys.executable)
    (tmp_path / "file").touch()
    done = create("file/venv", tools, tmp_path)
    assert done.returncode == 1
    assert f"the folder {tmp_path.resolve()}/file/venv cannot be written" in done.stderr


@pytest.mark.parametrize("place", ["", "/somewhere/else"])
def test_an_environment_that_was_moved_is_stale(place: str, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    (tmp_path / ".place").write_text(place, encoding="utf-8")
    call = ["/bin/sh", ".ci/venv.sh", "state", str(tmp_path)]
    done = subprocess.run(call, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "stale\n"


def build_sample(store: Path, python: Path) -> str:
    """Call ``.ci/sample.sh`` and return what it said."""
    call = ["/bin/sh", str(ROOT / ".ci" / "sample.sh"), str(python), str(store)]
    return subprocess.run(call, capture_output=True, text=True, check=True, timeout=60).stderr


def test_make_rebuilds_its_own_sample_and_leaves_a_changed_graph_alone(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    # Called as `python -m graph build --store STORE`.
    builds = 'n=$(($(cat "$5/n" 2>/dev/null || echo 0) + 1)); echo $n > "$5/n"; ln -sfn generations/$n "$5/current"'
    stand_in(tmp_path, "python", builds)
    for generation in ("1", "2"):
        assert "Building" in build_sample(store, tmp_path / "python")
        assert (store / "current").readlink() == Path("generations") / generation
    (store / "current").unlink()
    (store / "current").symlink_to("generations/3")
    assert "stays as it is" in build_sample(store, tmp_path / "python")
    assert (store / "current").readlink() == Path("generations/3")
