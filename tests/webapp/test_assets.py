"""Built files: found by plain name, and missed with the command that builds them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import GoldenThreadError
from webapp.assets import DIST, read_manifest


def test_without_them_the_command_that_builds_them_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldenThreadError, match="make assets"):
        read_manifest(tmp_path)


def test_manifest_names_files_that_are_there_with_hashes() -> None:
    manifest = read_manifest()
    assert {"app.js", "site.css", "source-sans-3-latin-wght-normal.woff2"} <= set(manifest)
    for name, built in manifest.items():
        assert (DIST / built).is_file()
        stem, suffix = name.rsplit(".", 1)
        assert re.fullmatch(rf"{re.escape(stem)}-[A-Z0-9]{{8}}\.{suffix}", built)


def test_licences_of_what_is_shipped_lie_beside_it() -> None:
    names = {path.stem for path in (DIST / "licences").iterdir()}
    assert names == {"govuk-frontend", "htmx.org", "source-sans-3", "source-code-pro"}


def test_style_sheet_asks_for_nothing_from_elsewhere() -> None:
    style = (DIST / read_manifest()["site.css"]).read_text(encoding="utf-8")
    assert re.findall(r"url\([\"']?(?:https?:)?//", style) == []
    assert "crown" not in style
    assert "crest" not in style
