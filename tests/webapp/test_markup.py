"""Every page is HTML as the standard has it: html-validate finds nothing on any route (`make markup` installs it)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import ROOT
from tests.webapp.html import Page
from tests.webapp.routes import route_pages

PACKAGE = ROOT / "tests" / "markup"


@pytest.fixture(scope="module")
def validator() -> list[str]:
    """The command that checks files. Where it is not installed: a skip that says so; a failure in CI."""
    node, script = Path(sys.executable).with_name("node"), PACKAGE / "node_modules/html-validate/bin/html-validate.mjs"
    if not (node.exists() and script.exists()):
        missing = "no html-validate: `make markup` installs it"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return [str(node), str(script), "--preset", "standard", "--formatter", "text"]


def test_every_route_is_valid_html(
    app: Flask, client: FlaskClient, site: dict[str, Page | None], validator: list[str], tmp_path: Path
) -> None:
    written = {}
    for number, address in enumerate(route_pages(app, site)):
        path = tmp_path / f"{number:03}.html"
        path.write_bytes(client.get(address, headers={"Accept": "text/html"}).data)
        written[path.name] = address
    ran = subprocess.run([*validator, *sorted(written)], cwd=tmp_path, capture_output=True, text=True, check=False)
    said = [line.replace(str(tmp_path) + "/", "") for line in (ran.stdout + ran.stderr).splitlines()]
    told = [f"{written.get(line.partition(':')[0], '')} {line}" for line in said if line]
    assert (ran.returncode, told) == (0, [])
