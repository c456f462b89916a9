"""How heavy pages are, all told: the page, its styles, scripts and the font of its words, as a browser fetches them."""

from __future__ import annotations

import gzip
import re

from flask import Flask
from flask.testing import FlaskClient

from tests.webapp.html import Page
from tests.webapp.routes import route_pages
from webapp.assets import DIST, read_manifest

KIB = 1024
ORDINARY, QUERY, NETWORK = 70 * KIB, 260 * KIB, 250 * KIB
WHOLE = 110 * KIB
"""The whole text of a report, and the ontology with its diagram, are as long as they are."""
IS_WHOLE = re.compile(r"/(reports/[^/]+|ns)(\?.*)?")
_IMPORT = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')


def fetched(name: str, known: set[str]) -> set[str]:
    """Return a script with those that it imports at once."""
    if name not in known:
        known.add(name)
        for other in _IMPORT.findall((DIST / name).read_text(encoding="utf-8")):
            fetched(other, known)
    return known


def weight(client: FlaskClient, address: str) -> int:
    """Return the bytes of a page and all that it asks for, gzipped but for the font, which is so already."""
    html = client.get(address, headers={"Accept": "text/html"}).data
    page = Page(html.decode())
    sources = [e.attributes.get("src") or "" for e in page.all("script")]
    sources += [e.attributes.get("href") or "" for e in page.all("link") if e.attributes.get("rel") == "stylesheet"]
    names: set[str] = set()
    for source in sources:
        if "/dist/" in source:
            fetched(source.rpartition("/")[2], names)
    font = DIST / read_manifest()["source-sans-3-latin-wght-normal.woff2"]
    parts = [html, *((DIST / name).read_bytes() for name in names)]
    return sum(len(gzip.compress(part, 9)) for part in parts) + font.stat().st_size


def limit(address: str) -> int:
    path = address.partition("?")[0]
    if path.startswith(("/sparql", "/q/")):
        return QUERY
    if path.startswith("/network"):
        return NETWORK
    return WHOLE if IS_WHOLE.fullmatch(address) else ORDINARY


def test_no_page_is_heavier_than_its_family_may_be(
    app: Flask, client: FlaskClient, site: dict[str, Page | None]
) -> None:
    # One page of each route, and every list and question as it is first seen: those are the long ones.
    first = {a for a, page in site.items() if page and a.count("/") <= 2 and "?" not in a}
    heavy = {a: n for a in {*route_pages(app, site), *first} if (n := weight(client, a)) > limit(a)}
    assert heavy == {}
