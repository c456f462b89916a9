"""queries/README.md lists every query."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import queries
from graph.queries import FOLDER, KINDS, PLAIN, ROLES, Competency, Query, load

README = FOLDER / "README.md"
OPENS, CLOSES = "<!-- index -->\n", "<!-- end of index -->\n"
FOLDERS = ("catalogue", "examples", "pages", "register", "rules", "checks", "pitfalls", "shapes")
EVERY = {*FOLDERS, "competency"}


def index() -> str:
    """Return the index of all queries: a table for each folder."""
    parts = []
    for folder in FOLDERS:
        known = [load(path) for path in sorted((FOLDER / folder).glob("*.rq"), key=lambda path: path.stem)]
        rows = [f"| [{q.name}]({folder}/{q.name}.rq) | {q.summary} | {parameters(q)} |" for q in known]
        parts.append(
            "\n".join([f"### {folder}", "", "| query | question | parameters |", "| --- | --- | --- |", *rows])
        )
    return "\n" + "\n\n".join([*parts, *competency()]) + "\n\n"


def competency() -> list[str]:
    """Return a table of competency questions for each role, in the words of those who ask."""
    tables = []
    for role in ROLES:
        rows = [
            f"| {asked.id} | {asked.question} | [{query.name}]({query.path.relative_to(FOLDER)}) | {given(asked)} |"
            for query, asked in queries.competency().values()
            if asked.role == role
        ]
        head = [f"### competency: {role.replace('-', ' ')}", "", "| id | question | query | with |"]
        tables.append("\n".join([*head, "| --- | --- | --- | --- |", *rows]))
    return tables


def given(asked: Competency) -> str:
    return ", ".join(f"`{name}` {value}" for name, value in asked.values)


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
    assert {path.relative_to(FOLDER).parts[0] for path in FOLDER.rglob("*.rq")} == EVERY
    text = README.read_text(encoding="utf-8")
    assert [folder for folder in sorted(EVERY) if f"| `{folder}/" not in text] == []


def test_every_type_of_parameter_is_described() -> None:
    text = README.read_text(encoding="utf-8")
    assert [type_ for type_ in (*KINDS, *PLAIN) if f"`{type_}`" not in text] == []


def test_the_example_is_a_query(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8").split("```sparql\n")[1].split("```")[0]
    path = tmp_path / "example.rq"
    path.write_text(text, encoding="utf-8")
    assert load(path).param("theme").default == "vawg"
