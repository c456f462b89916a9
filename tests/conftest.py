"""What any test may need and no test should say twice.

Pick ``shared`` for the published report and the reference data that lie beside the repository, ``golden`` to hold a
result against the file that a person has read, ``page`` (of pytest-playwright) to drive a real browser. What only
one part of the product needs belongs in that part's own ``conftest.py``.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_OF_MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite the expected results in tests/golden")


# Examples are drawn afresh on a person's machine, where a find is welcome, and are the same in every run of CI, whose
# answer is about the change at hand. No deadline: time is measured elsewhere, and a busy machine is no fault.
settings.register_profile("person", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)


def pytest_configure() -> None:
    settings.load_profile("ci" if os.environ.get("CI") == "true" else "person")
    use_own_node()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they use, so that ``-m "not browser"`` needs nobody to remember a mark."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if used & {"page", "context", "browser"}:
            item.add_marker(pytest.mark.browser)
        if "shared" in used:
            item.add_marker(pytest.mark.shared)


def pytest_report_header() -> list[str]:
    """Say in every run's first lines what it found, for whoever reads a log with skips in it."""
    return [f"chromium: {chromium() or 'none: browser tests skip'}", f"shared data: {shared_folder() or 'none'}"]


def shared_folder() -> Path | None:
    """Return the folder of reports and reference data: $GOLDENTHREAD_SHARED, else ``shared`` beside the repository."""
    folder = Path(os.environ.get("GOLDENTHREAD_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "data").is_dir() else None


def chromium() -> str | None:
    """Return the path of a Chromium: $CHROMIUM, else one that is installed, else None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, (*CHROMIUMS, *CHROMIUM_OF_MACOS))), None)


def use_own_node() -> None:
    """Let Playwright run on the environment's Node: the one it brings needs a library that a bare Debian lacks."""
    node = Path(sys.executable).with_name("node")
    if node.exists():
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reports and reference data. Without it: a skip that says so; a failure in CI."""
    folder = shared_folder()
    if folder is None:
        missing = "no shared data: neither $GOLDENTHREAD_SHARED nor ../shared holds a folder named data"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return folder


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How pytest-playwright starts its browser: ours, not one of its own downloads."""
    path = chromium()
    if path is None:
        missing = "no Chromium: install one (Debian: sudo apt-get install chromium) or name it in $CHROMIUM"
        if os.environ.get("GOLDENTHREAD_REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    # The sandbox needs rights that containers and root do not give; the only pages opened are our own.
    return {**browser_type_launch_args, "executable_path": path, "chromium_sandbox": False}


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with ``tests/golden/NAME``; with ``--golden`` write it there instead.

    A name without a file fails: an expected result exists once a person has read it.
    """

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        shown = path.relative_to(ROOT)
        assert path.exists(), f"{shown} is missing: `make golden` writes it; read it before you commit it"
        assert text == path.read_text(encoding="utf-8"), f"differs from {shown}"

    return compare
