"""What this is, where its data come from, how well it reads, and how usable it is for everyone."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.presenters.evaluation import evaluation

pages = Blueprint("about", __name__)


@pages.get("/about")
def about() -> str:
    """Say what this is, and whose data and programs it uses."""
    return render_template("pages/about.html")


@pages.get("/how-well-it-reads")
def how_well_it_reads() -> str:
    """Say how much is found in reports of which a person has noted what is there, and how much of it is right."""
    return render_template("pages/how-well-it-reads.html", evaluation=evaluation())


@pages.get("/accessibility")
def accessibility() -> str:
    """Say what works for whom, and offer to follow the system's theme again."""
    return render_template("pages/accessibility.html")
