"""Where the built styles and scripts are: hashed names, read from the manifest that the build wrote."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask, url_for

from graph.errors import GoldenThreadError

DIST = Path(__file__).resolve().parent / "static" / "dist"


def read_manifest(folder: Path = DIST) -> dict[str, str]:
    """Return the built files by their plain names: ``site.css`` -> ``site-ABCDEFGH.css``.

    Raises: GoldenThreadError naming the command that builds them, if they have not been built.
    """
    try:
        manifest: dict[str, str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldenThreadError(
            "the styles and scripts of the pages have not been built. Build them with: make assets",
            path=str(folder / "manifest.json"),
        ) from error
    return manifest


def register(app: Flask, manifest: dict[str, str]) -> None:
    """Give templates ``asset(name)``, the address of a built file."""

    def asset(name: str) -> str:
        return url_for("static", filename=f"dist/{manifest[name]}")

    app.jinja_env.globals["asset"] = asset
