"""Briefings: a partner or a commitment on a page of paper, to read here, print, or keep as one file."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for

from graph.namespaces import key_of
from webapp.addresses import kind_of
from webapp.headers import POLICY
from webapp.presenters import briefings as present
from webapp.presenters import commitments, partners
from webapp.presenters.things import index as things
from webapp.store import view

pages = Blueprint("briefings", __name__)


@pages.get("/partners/<slug>/briefing")
def partner(slug: str) -> Response:
    """Tell what a partnership lead needs before a meeting with a partner."""
    thing = things(view()).find("partner", slug)
    here = partners.partners(view()).get(slug) or abort(404)
    found = present.of_partner(view(), here)
    return _briefing("partner", thing.key, url_for("partners.one", slug=slug), partner=here, found=found)


@pages.get("/commitments/<number>/briefing")
def commitment(number: str) -> Response:
    """Tell what was done for a promise, area by area, and where nothing is said."""
    here = commitments.find(view(), number)
    priority = next(p for p in commitments.plan(view()) if here in p.commitments)
    found = present.of_commitment(view(), here)
    page = url_for("commitments.one", number=number)
    return _briefing("commitment", here.key, page, commitment=here, priority=priority, found=found)


def _briefing(kind: str, key: str, page: str, **told: Any) -> Response:
    """Return the document; ``?download`` gives it as a file, which is whole without this site."""
    kept = "download" in request.args
    style = render_template("briefings/style.html")
    html = render_template(
        f"briefings/{kind}.html",
        style=style,
        # What is kept is opened elsewhere: its links name this site.
        site=request.url_root.rstrip("/").removesuffix(request.script_root) if kept else "",
        page=page,
        files=url_for("evidence.file", name=f"{kind}/{key}", suffix="csv"),
        kept=kept,
        quarters=told["found"].quarters,
        version=view().version,
        **told,
    )
    answer = Response(html, content_type="text/html; charset=utf-8")
    # Its style stands inside it, and nothing else that does is let in.
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    answer.headers["Content-Security-Policy"] = POLICY.replace("style-src 'self'", f"style-src 'sha256-{digest}'")
    if kept:
        answer.headers.set("Content-Disposition", "attachment", filename=f"briefing-{kind}-{key}.html")
    return answer


@pages.app_template_global()
def briefing_of(iri: str) -> str:
    """Return the address of the briefing about the thing at ``iri``, "" where there is none of its kind."""
    kind, key = kind_of(iri), key_of(iri)
    if kind == "partner":
        return url_for("briefings.partner", slug=key)
    return url_for("briefings.commitment", number=key) if kind == "commitment" else ""
