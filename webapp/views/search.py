"""The search box: names of operations, partners, areas, commitments, themes and reports."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from webapp.presenters.things import KIND_WORDS, index
from webapp.store import view

pages = Blueprint("search", __name__)

SHOWN = 100


@pages.get("/search")
def find() -> Response | str:
    """Go to the one thing of that name, or list the things that it may mean."""
    words = request.args.get("q", "").strip()
    found = index(view()).search(words)
    if len(found) == 1 and (href := found[0].link().href):
        return redirect(href, 303)
    return render_template(
        "pages/search.html",
        words=words,
        found=[(KIND_WORDS.get(thing.kind, thing.kind), thing.link()) for thing in found[:SHOWN]],
        total=len(found),
        near=[thing.link() for thing in index(view()).near(words)] if words and not found else [],
    )
