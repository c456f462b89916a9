"""The search box: names of things as people type them, and the words of the evidence."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from webapp.negotiation import json_file, wanted
from webapp.presenters import search as present
from webapp.presenters.listing import Listing, Order, listing
from webapp.store import source, view

pages = Blueprint("search", __name__)

FEW = 5
"""Hits of a kind that stand beside other kinds; the rest is one click away."""
LONGEST = 300
"""Characters of a search that are read."""


@pages.get("/search.<any(json):suffix>", endpoint="file")
@pages.get("/search")
def find(suffix: str | None = None) -> Response | str:
    """List what the words may mean, by kind, and the sentences that hold them; as a page or as JSON."""
    typed = request.args.get("q", "").strip()
    index = source().text_index(view())
    found = index.search(typed[:LONGEST])
    if wanted(suffix) == "json":
        return json_file(present.as_json(typed, found, view().version, full_text=index.has_passages))
    groups, sentences = present.groups(found), present.said(found)
    kind = request.args.get("kind", "")
    chosen = next((group for group in groups if group.kind == kind), None)
    part: Listing[present.Hit | present.Sentence] | None = None
    if chosen or (kind == present.EVIDENCE and sentences):
        rows: list[present.Hit | present.Sentence] = list(chosen.hits) if chosen else list(sentences)
        rank = {id(row): place for place, row in enumerate(rows)}
        part = listing(rows, [Order("rank", "Rank", lambda row: rank[id(row)])])
    return render_template(
        "pages/search.html",
        words=typed,
        found=found,
        index=index,
        remote=not view().fixed,
        groups=groups,
        sentences=sentences,
        few=FEW,
        kind=kind if part else "",
        group=chosen,
        part=part,
    )
