"""Audit packs of what a page shows: the same files as ``goldenthread pack`` writes."""

from __future__ import annotations

from flask import Response

from graph.pack.content import content
from graph.pack.file import MEDIA_TYPE, name_of, page
from graph.queries import Query, Values
from webapp.negotiation import download
from webapp.store import view


def pack_file(query: Query, values: Values) -> Response:
    """Return the audit pack of ``query`` asked with ``values``, as a file to keep. Raises: as ``queries.run``."""
    made = page(content(view(), query, values))
    return download(made, f"{MEDIA_TYPE}; charset=utf-8", name_of(query.name))
