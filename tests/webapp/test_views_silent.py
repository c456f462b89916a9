"""What promises name and no evidence under them does, with the search, on the pages."""

from __future__ import annotations

from pathlib import Path

from graph.build import build
from graph.settings import Settings
from tests.webapp.conftest import Get, getter
from webapp import create_app

REPORT = """Police and Crime Plan
Quarter 1 2022/23
Essex Police

Priority 1 - Nights

We will:

Grow the family, doubling the Special Constabulary, with Street Pastors.

- Street Pastors met visitors at the gate.

We will:

Recruit 200 more officers.

- The target is 200 more officers, and 150 have begun.
"""


def test_what_is_silent_is_told_with_the_search(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    build(tmp_path / "store", [tmp_path / "report.txt"])
    get: Get = getter(create_app(Settings(store=tmp_path / "store")).test_client())
    words = get("/coverage").words
    assert "Promised but silent 2" in words
    assert "doubling the Special Constabulary” target" in words
    assert "Special Constabulary Partner" in words or "Special Constabulary partner" in words
    assert "1 item of Essex Police, 2022-23 Q1" in get("/commitments/1.1").words
    # Street Pastors are spoken of, and the second promise's target is taken up.
    assert "Promised but silent" not in get("/commitments/1.2").words
