"""Themes: what a theme means, and which operations and evidence are about it."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.presenters.evidence import evidence
from webapp.presenters.operations import operations
from webapp.presenters.themes import themes
from webapp.presenters.things import index as things
from webapp.store import view

pages = Blueprint("themes", __name__, url_prefix="/themes")


@pages.get("")
def index() -> str:
    """List the themes, narrower ones under broader ones."""
    return render_template("pages/themes.html", themes=themes(view()).top_down())


@pages.get("/<key>")
def one(key: str) -> str:
    """Show one theme."""
    known = things(view())
    thing = known.find("theme", key)
    theme = themes(view()).get(thing.iri)
    return render_template(
        "pages/theme.html",
        thing=thing,
        theme=theme,
        broader=[t.link() for iri in (theme.broader if theme else ()) if (t := known.get(iri))],
        narrower=[t.link() for iri in (theme.narrower if theme else ()) if (t := known.get(iri))],
        operations=[o for o in operations(view()).values() if key in o.described.values("theme")],
        evidence=evidence(view(), theme=thing.iri),
    )
