"""queries/README.md lists every query."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.queries import FOLDER, KINDS, PLAIN, Query, load

README = FOLDER / "README.md"
OPENS, CLOSES = "<!-- index -->\n", "<!-- end of index -->\n"
FOLDERS = ("catalogue", "examples", "pages", "register", "rules", "checks", "pitfalls", "shapes")


def index() -> str:
    """Return the index of all queries: a table for each folder."""
    parts = []
    for folder in FOLDERS:
        queries = [load(path) for path in sorted((FOLDER / folder).glob("*.rq"), key=lambda path: path.stem)]
        rows = [f"| [{q.name}]({folder}/{q.name}.rq) | {q.summary} | {parameters(q)} |" for q in queries]
        parts.append(
            "\n".join([f"### {folder}", "", "| query | question | parameters |", "| --- | --- | --- |", *rows])
        )
    return "\n" + "\n\n".join(parts) + "\n\n"


def parameters(query: Query) -> str:
    return ", ".join(f"`{p.name}`" + (f" ({p.default})" if p.default else "") for p in query.params)


def test_the_index_lists_every_query(request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(OPENS)
    listed, after = rest.split(CLOSES)
    if request.config.getoption("--golden"):
        README.write_text(before + OPENS + index() + CLOSES + after, encoding="utf-8")
        listed = index()
    assert listed == index(), "out of date: `make golden ARGS=tests/queries/test_index.py` writes it"


def test_every_folder_of_queries_is_described() -> None:
    assert {path.parent.name for path in FOLDER.rglob("*.rq")} == set(FOLDERS)
    text = README.read_text(encoding="utf-8")
    assert [folder for folder in FOLDERS if f"| `{folder}/` |" not in text] == []


def test_every_type_of_parameter_is_described() -> None:
    text = README.read_text(encoding="utf-8")
    assert [type_ for type_ in (*KINDS, *PLAIN) if f"`{type_}`" not in text] == []


def test_the_example_is_a_query(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8").split("```sparql\n")[1].split("```")[0]
    path = tmp_path / "example.rq"
    path.write_text(text, encoding="utf-8")
    assert load(path).param("theme").default == "vawg"
