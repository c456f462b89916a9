"""Collections to explore: one page, its parts for htmx, and files of the same rows, for every collection alike."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from webapp.negotiation import wants_fragment
from webapp.presenters import explored_files, explored_pictures
from webapp.presenters.collections import Collection
from webapp.presenters.explore import Explored, asked
from webapp.store import view
from webapp.windows import RESERVED


def serve(pages: Blueprint, collection: Collection) -> None:
    """Have ``pages`` answer with ``collection``: its list, and the files of it."""

    def index() -> AnyResponse:
        chosen = asked(view(), collection)
        found = Explored(view(), collection, chosen)
        # What is asked page 9 of 3 gets the third: the address to keep says so.
        address = found.settled.address(found.path)
        if wants_fragment():
            answer = Response(_page("pages/explore-results.html", found))
            answer.headers["HX-Push-Url"] = address
            return answer
        if request.query_string.decode("latin-1") != found.settled.query():
            # A form sends its empty fields too: the address to keep is the one without them, in one order.
            return redirect(address, 303)
        return Response(_page("pages/explore.html", found))

    def file(suffix: str) -> Response:
        found = Explored(view(), collection, asked(view(), collection, also=RESERVED))
        return explored_files.file(found, suffix, view().version)

    pages.add_url_rule(f"/{collection.name}", "index", index)
    pages.add_url_rule(f"/{collection.name}.<any(csv, json, xlsx, ttl):suffix>", "file", file)


def _page(template: str, found: Explored) -> str:
    picture = explored_pictures.picture(view(), found)
    return render_template(template, found=found, collection=found.collection, picture=picture)
