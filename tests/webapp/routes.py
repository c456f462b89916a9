"""One address for each route of the site that gives a page: found among what the crawl reached, so new ones are in."""

from __future__ import annotations

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.webapp.html import Page

ASKED = ("/search?q=south", "/sparql?question=operations", "/nothing")
"""Pages that no link leads to as they are most used, and the one that is not there."""


def route_pages(app: Flask, site: dict[str, Page | None]) -> list[str]:
    """Return the shortest address of each route that leads to a page, by address."""
    adapter = app.url_map.bind("localhost")
    shortest: dict[str, str] = {}
    for address, page in site.items():
        if page is None:
            continue
        try:
            endpoint, _ = adapter.match(address.partition("?")[0])
        except HTTPException as error:
            raise AssertionError(f"{address}: no route, and yet it was reached") from error
        # A page without a query, and a long one before a short one that may be empty.
        best = shortest.get(endpoint)
        if best is None or ("?" in address, len(address), address) < ("?" in best, len(best), best):
            shortest[endpoint] = address
    return sorted({*shortest.values(), *ASKED})
