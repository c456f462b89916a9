"""Reasons for gaps: a file of Turtle goes into the graph, or is refused in a line that says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import build, queries
from graph.__main__ import main
from graph.errors import InvalidGraph, VocabularyError
from graph.justifications import read_justifications
from graph.stores.generations import current
from graph.stores.oxigraph import OxigraphStore
from tests.reports import SMALL, keys

PREFIXES = """@prefix gt: <https://w3id.org/golden-thread/ns#> .
@prefix id: <https://w3id.org/golden-thread/id/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GAP = "gt:gapCommitment <https://w3id.org/golden-thread/id/commitment/essex-2.1> ; gt:gapArea id:lpa\\/essex-north ;"


def reason(key: str, words: str, more: str = "", day: str = "2022-10-01") -> str:
    return (
        f'id:justification\\/{key} a gt:Justification ; {GAP} {more} gt:reason "{words}" ; '
        f'gt:signedBy "Ada Example" ; gt:signedOn "{day}"^^xsd:date .\n'
    )


def file(folder: Path, *statements: str) -> Path:
    path = folder / "reasons.ttl"
    path.write_text(PREFIXES + "".join(statements), encoding="utf-8")
    return path


def north(store: Path, quarter: str) -> tuple[str, ...]:
    """Return gap, reason and day of promise 2.1 in the North in a quarter."""
    now = current(store)
    assert now is not None
    values = {"quarter": quarter, "commitment": "2.1", "lpa": "North"}
    table = queries.run(OxigraphStore.open(now.rdf, now.version), queries.question("commitment-coverage"), values)
    (row,) = keys(table, "gap", "reason", "signedOn")
    return row


def test_a_reason_holds_for_its_quarter_and_the_latest_one_counts(copy_of_built: Path, tmp_path: Path) -> None:
    assert north(copy_of_built, "2022-23 Q2") == ("none found", "", "")
    later = "gt:gapQuarter id:quarter\\/2022-23-q2 ;"
    given = file(tmp_path, reason("a", "Always so."), reason("b", "Not yet.", later, "2022-10-02"))
    arguments = ["ingest", str(SMALL[0]), "--store", str(copy_of_built), "--justifications", str(given), "--quiet"]
    assert main(arguments) == 0
    assert north(copy_of_built, "2022-23 Q1") == ("justified", "Always so.", "2022-10-01")
    assert north(copy_of_built, "2022-23 Q2") == ("justified", "Not yet.", "2022-10-02")
    # A later ingest keeps them; a new file takes their place whole.
    build.ingest(copy_of_built, [SMALL[0]])
    assert north(copy_of_built, "2022-23 Q2")[0] == "justified"
    build.ingest(copy_of_built, [SMALL[0]], justifications=file(tmp_path, reason("c", "Only then.", later)))
    assert north(copy_of_built, "2022-23 Q1")[0] == "none found"


def test_a_reason_that_nobody_signs_is_not_published(
    copy_of_built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = file(tmp_path, reason("a", "So.").replace('gt:signedBy "Ada Example" ;', ""))
    with pytest.raises(InvalidGraph, match=r"justification/a gt:signedBy: A justification names the one person"):
        build.ingest(copy_of_built, [SMALL[0]], justifications=given)
    assert north(copy_of_built, "2022-23 Q2")[0] == "none found"
    missing = ["build", str(SMALL[0]), "--store", str(tmp_path / "s"), "--justifications", str(tmp_path / "none.ttl")]
    assert main([*missing, "--quiet"]) == 1
    assert "none.ttl" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        ("", "there is no justification in it"),
        ("id:theme\\/vawg gt:reason 'x' .", "theme/vawg: this file is for justifications only"),
        ("[] a gt:Justification .", "has an address"),
        ("id:x a .", r"reasons.ttl:4: "),
    ],
)
def test_a_file_of_anything_else_is_refused(tmp_path: Path, statements: str, told: str) -> None:
    with pytest.raises(VocabularyError, match=told):
        read_justifications(file(tmp_path, statements))
