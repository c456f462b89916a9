"""The commands that README gives for curl do what it says, against a server that runs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import free_port, serving

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^    (curl .*)$", README, re.MULTILINE)
SPARQL = [example for example in EXAMPLES if "/sparql" in example or "/rdf-graph-store" in example]
BEGINNINGS = (
    '{"head":{},"boolean":true}',
    "s,p,o\r\n",
    '{"head":{"vars":["operation","operationLabel","partners"]}',
    "[{",
    "@prefix",
    "@prefix",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = str(tmp_path_factory.mktemp("curl") / "store")
    python = [sys.executable, "-m", "graph"]
    subprocess.run([*python, "build", "--quiet", "--store", store], cwd=ROOT, check=True, timeout=300)
    port = free_port()
    with serving([*python, "serve", "--store", store, "--port", str(port)], port) as found:
        yield found


def run(example: str, address: str) -> str:
    if shutil.which("curl") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("curl is not installed")
        pytest.skip("curl is not installed")
    call = shlex.split(example.replace("http://127.0.0.1:8000", address))
    done = subprocess.run(call, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_command_of_the_readme_is_answered(address: str, example: str) -> None:
    assert len(run(example, address)) > 20


def test_a_query_of_the_readme_is_answered_in_the_format_it_asks_for(address: str) -> None:
    for example, beginning in zip(SPARQL, BEGINNINGS, strict=True):
        assert run(example, address).startswith(beginning), example
