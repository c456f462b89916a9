"""Themes: what a theme means, and which operations and evidence are about it."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.presenters.collections import OPERATIONS
from webapp.presenters.evidence import by_area, evidence, in_pages, linked
from webapp.presenters.facts import keys_with
from webapp.presenters.figures import figures, of_items
from webapp.presenters.operations import how_known, operations
from webapp.presenters.themes import items_of, themes
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
    amounts = items_of(view())
    items = evidence(view(), theme=thing.iri)
    shown = in_pages(items)
    tackling = keys_with(view(), OPERATIONS, "theme", key)
    return render_template(
        "pages/theme.html",
        thing=thing,
        theme=theme,
        broader=[(t.link(), amounts.get(iri, 0)) for iri in theme.broader if (t := known.get(iri))] if theme else [],
        narrower=[(t.link(), amounts.get(iri, 0)) for iri in theme.narrower if (t := known.get(iri))] if theme else [],
        operations=[(o, how_known(o, thing.iri)) for o in operations(view()).values() if o.key in tackling],
        partners=linked(items, "Works with"),
        areas=by_area(items),
        figures=of_items(figures(view(), theme=thing.iri), shown.rows),
        evidence=shown,
    )
