"""What this is, where its data come from, and how usable it is for everyone."""

from __future__ import annotations

from flask import Blueprint, render_template

pages = Blueprint("about", __name__)


@pages.get("/about")
def about() -> str:
    """Say what this is, and whose data and programs it uses."""
    return render_template("pages/about.html")


@pages.get("/accessibility")
def accessibility() -> str:
    """Say what works for whom, and offer to follow the system's theme again."""
    return render_template("pages/accessibility.html")
