"""What is there is described, and what is described is there."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from graph.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = "node_modules"
SOURCES = sorted(
    path for package in ("graph", "webapp") for path in (ROOT / package).rglob("*.py") if INSTALLED not in path.parts
)
QUERIES = sorted((ROOT / "queries").rglob("*.rq"))
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
GUIDES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DESCRIBED = "\n".join(path.read_text(encoding="utf-8") for path in GUIDES)
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
SPEAKING = (".py", ".md", ".ttl", ".rq", ".mjs", ".html")
"""Kinds of files in which people point at decisions."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def undescribed(path: Path) -> list[str]:
    """Return the public names of a module that have no docstring; "module" for the module itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [] if ast.get_docstring(tree) else ["module"]
    for node in tree.body:
        members = node.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_") else []
        for thing in (node, *members):
            if not isinstance(thing, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if not thing.name.startswith("_") and not ast.get_docstring(thing):
                found.append(f"{thing.lineno}: {thing.name}")
    return found


def targets() -> dict[str, bool]:
    """Return each command of the Makefile, and whether `make help` describes it."""
    lines = re.findall(r"^([a-z][a-z-]*):(?!=)(.*)$", MAKEFILE, re.MULTILINE)
    return {target: " ## " in rest for target, rest in lines}


def front_matter(path: Path) -> dict[str, object]:
    """Return the YAML of the ``#+`` comments that open a query file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    loaded = yaml.safe_load("\n".join(line[3:] for line in lines if line.startswith("#+")))
    return loaded if isinstance(loaded, dict) else {}


def commands() -> list[str]:
    """Return the commands that `goldenthread --help` lists."""
    call = [sys.executable, "-m", "graph", "--help"]
    shown = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    return re.findall(r"^    ([a-z]+)  ", shown, re.MULTILINE)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_public_names_have_docstrings(path: Path) -> None:
    assert undescribed(path) == []


@pytest.mark.parametrize("path", QUERIES, ids=name_of)
def test_queries_say_what_they_ask(path: Path) -> None:
    summary = front_matter(path).get("summary")
    assert isinstance(summary, str)
    assert summary.strip()


def test_the_command_line_and_its_description_agree() -> None:
    described = set(re.findall(r"^\| `([a-z]+)[ `]", README, re.MULTILINE))
    assert described == set(commands())


@pytest.fixture(scope="module")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the bundled sample, made by the command line itself."""
    store = tmp_path_factory.mktemp("readme") / "store"
    call = [sys.executable, "-m", "graph", "build", "--quiet", "--store", str(store)]
    subprocess.run(call, cwd=ROOT, check=True, timeout=120)
    return store


@pytest.mark.parametrize("example", re.findall(r"^    \.venv/bin/goldenthread (.*)$", README, re.MULTILINE))
def test_examples_of_the_readme_run(example: str, sample_store: Path) -> None:
    words = example.replace(" graph.ttl", f" {sample_store.parent / 'graph.ttl'}").split()
    call = [sys.executable, "-m", "graph", *words, "--store", str(sample_store)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "(0 rows)" not in done.stdout
    assert done.stdout or "-o" in words


def test_settings_are_described() -> None:
    spoken = "\n".join(path.read_text(encoding="utf-8") for path in [*SOURCES, ROOT / "tests" / "conftest.py"])
    variables = set(re.findall(r"\bGOLDENTHREAD_[A-Z_]+\b", spoken))
    assert variables >= {f"GOLDENTHREAD_{field.name.upper()}" for field in fields(Settings)}
    assert {name for name in variables if f"`{name}`" not in DESCRIBED} == set()


def test_guides_give_commands_that_exist() -> None:
    given = set(re.findall(r"(?:^    |`)make ([a-z-]+)", DESCRIBED, re.MULTILINE))
    assert {"run", "test", "check"} <= given
    assert given <= targets().keys()


def test_make_describes_its_commands() -> None:
    assert [target for target, described in targets().items() if not described] == []


def test_readme_soon_reaches_the_running_page() -> None:
    opening = README.splitlines()[:40]
    assert "    make run" in opening
    assert any("http://127.0.0.1:8000" in line for line in opening)


@pytest.mark.parametrize("path", GUIDES + DECISIONS, ids=name_of)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?![a-z]+:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_decisions_have_one_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    number = int(path.name[:4])
    assert text.startswith(f"# {number}. ")
    assert re.search(r"^\W*Status:\W* (?:proposed|accepted|superseded by)\b", text, re.MULTILINE)
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_decisions_have_one_number_each() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_decisions_that_are_pointed_at_exist() -> None:
    speaking = [path for folder in ("graph", "webapp", "ontology", "queries", "tests") for path in walk(ROOT / folder)]
    pointed = {found for path in speaking for found in re.findall(r"docs/adr/\d{4}[\w-]*(?:\.md)?", read(path))}
    assert {found for found in pointed if not (ROOT / found).exists()} == set()


def walk(folder: Path) -> list[Path]:
    """Return the files below a folder in which decisions are pointed at, installed packages left out."""
    found = (path for path in folder.rglob("*") if path.suffix in SPEAKING and INSTALLED not in path.parts)
    return sorted(path for path in found if path.is_file())


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
