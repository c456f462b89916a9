"""Audit packs from pages: the same bytes as the command line writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.__main__ import main
from graph.model import FAULTS
from graph.pack import file


def test_a_question_gives_the_pack_that_the_command_line_writes(
    client: FlaskClient, sample_store: Path, tmp_path: Path
) -> None:
    out = tmp_path / "pack.html"
    main(["pack", "operations", "--param", "theme=vawg", "--store", str(sample_store), "-o", str(out)])
    answer = client.get("/questions/operations.pack?theme=vawg")
    assert answer.headers["Content-Disposition"] == "attachment; filename=operations.pack.html"
    assert answer.data == out.read_bytes()
    assert "/questions/operations.pack?theme=vawg" in client.get("/questions/operations?theme=vawg").text


def test_the_audit_gives_a_pack_of_what_its_filters_leave(client: FlaskClient, tmp_path: Path) -> None:
    listed = client.get("/audit.json?verdict=disagrees&verdict=impossible").get_json()["rows"]
    (tmp_path / "pack.html").write_bytes(client.get("/audit.pack?verdict=disagrees&verdict=impossible").data)
    data, _ = file.read(tmp_path / "pack.html")
    assert [row["arithmetic"]["value"] for row in data["rows"]] == [row["arithmetic"] for row in listed]
    assert data["question"]["parameters"] == {"verdict": ["disagrees", "impossible"]}
    assert {"disagrees", "impossible"} < FAULTS


REFUSED = ["/audit.pack?item=none-1", "/audit.pack?kind=x", "/questions/operations.pack?theme="]


@pytest.mark.parametrize("address", REFUSED)
def test_a_pack_of_what_is_not_there_is_refused(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 400
