"""Built files: found by plain name, and missed with the command that builds them."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.errors import GoldenThreadError
from webapp.assets import DIST, read_manifest

FRONTEND = DIST.parents[1] / "frontend"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_without_them_the_command_that_builds_them_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldenThreadError, match="make assets"):
        read_manifest(tmp_path)


def test_manifest_names_files_that_are_there_with_hashes() -> None:
    manifest = read_manifest()
    assert {"app.js", "query.js", "site.css", "source-sans-3-latin-wght-normal.woff2"} <= set(manifest)
    for name, built in manifest.items():
        assert (DIST / built).is_file()
        stem, suffix = name.rsplit(".", 1)
        assert re.fullmatch(rf"{re.escape(stem)}-[A-Z0-9]{{8}}\.{suffix}", built)


def test_licences_of_what_is_shipped_lie_beside_it() -> None:
    names = {path.stem for path in (DIST / "licences").iterdir()}
    assert names >= {"govuk-frontend", "htmx.org", "source-sans-3", "source-code-pro"}
    # What the query editor is made of: what it names, and what those packages bring.
    declared = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    editor = {name.removeprefix("@").replace("/", "-") for name in declared if "codemirror" in name or "lezer" in name}
    assert len(editor) == 8
    assert names >= editor | {"sparqljs", "rdf-data-factory", "lezer-lr", "lezer-common", "style-mod", "w3c-keyname"}
    assert all("ermission" in path.read_text(encoding="utf-8") for path in (DIST / "licences").iterdir())


def test_the_query_page_weighs_no_more_than_260_kilobytes() -> None:
    """Every built file that it loads, as it travels: text compressed, fonts as they are."""
    manifest = read_manifest()
    scripts = {manifest["app.js"], manifest["query.js"]}
    for name in list(scripts):
        scripts |= {path.name for path in DIST.glob("chunk-*.js") if path.name in (DIST / name).read_text("utf-8")}
    text = sum(len(gzip.compress((DIST / name).read_bytes(), 9)) for name in [*scripts, manifest["site.css"]])
    fonts = ("source-sans-3-latin-wght-normal.woff2", "source-code-pro-latin-wght-normal.woff2")
    assert 150_000 < text + sum((DIST / manifest[name]).stat().st_size for name in fonts) < 260_000


def test_other_pages_do_not_load_the_editor(client: FlaskClient) -> None:
    query = read_manifest()["query.js"]
    assert query in client.get("/sparql", headers=BROWSER).get_data(as_text=True)
    for address in ("/", "/questions/operations", "/operations"):
        assert query not in client.get(address).get_data(as_text=True)


def test_packages_are_pinned_and_the_lock_names_no_registry() -> None:
    declared = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert [version for version in declared.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert '"resolved"' not in (FRONTEND / "package-lock.json").read_text(encoding="utf-8")


def test_style_sheet_asks_for_nothing_from_elsewhere() -> None:
    style = (DIST / read_manifest()["site.css"]).read_text(encoding="utf-8")
    assert re.findall(r"url\([\"']?(?:https?:)?//", style) == []
    assert "crown" not in style
    assert "crest" not in style
