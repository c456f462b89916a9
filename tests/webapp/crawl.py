"""Every page that links, forms and facets lead to from the first one, in process."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from flask.testing import FlaskClient

from tests.webapp.html import Page, faults
from webapp.presenters.collections import COLLECTIONS

FEW = 8
"""Values of a parameter that are tried of a question, which has as many as the graph has things; of a list, all."""
VIEWS = 2
"""A sorted or paged view, a file or a description of data is the same template again: this many of each are tried."""
ALIKE = 14
"""Pages of one route, each about another thing of a kind, that are read; what leads to the others is made alike."""
_FILE = re.compile(r"\.(csv|json|tsv|xml|srj|xlsx|ttl|pack|svg|geojson|graphml|gexf)$")


def view_of(address: str) -> tuple[str, ...] | None:
    """What an address is a view of, or None if it is a page of its own."""
    target = urlsplit(address)
    if described := re.fullmatch(r"/id/([^/]+)/.*\.(\w+)", target.path):
        # Every statement of the graph leads to another page of this form.
        return ("id", *described.groups(), target.query and "page")
    if described := re.fullmatch(r"/(ns|data)/(?:.*/)?[^/]*\.(\w+)", target.path):
        return described.groups()
    suffix, family = _FILE.search(target.path), target.path.split("/")[1].split(".")[0]
    if not target.query and not suffix:
        return None
    if family in COLLECTIONS:
        # Every choice on a page of a collection leads to more; tests/webapp/test_explore.py tries each.
        return (family, "several" if "&" in target.query else "one")
    return (family, suffix[1] if suffix else "", *sorted(re.findall(r"(?:^|&)([^=]+)=", target.query)))


def facets(address: str, page: Page) -> Iterator[str]:
    """Yield where each value of each facet of the page leads, alone: what a person's first click asks for."""
    path, select, filtering, tried = urlsplit(address).path, "", False, 0
    for element in page.elements:
        name, value = element.attributes.get("name"), element.attributes.get("value")
        if element.tag == "form":
            filtering = "gt-filter" in (element.attributes.get("class") or "").split()
            path, select = urlsplit(element.attributes.get("action") or address).path, ""
        elif element.tag == "select":
            select, tried = name or "", 0
        elif element.tag == "option" and select and value and filtering:
            tried += 1
            if path.startswith("/questions/") and tried > FEW:
                continue
            yield f"{path}?{urlencode({select: value})}"
        elif filtering and name and value and element.attributes.get("type") in {"checkbox", "radio"}:
            yield f"{path}?{urlencode({name: value})}"


def crawl(client: FlaskClient, *, every_facet: bool = False) -> dict[str, Page | None]:
    """Return every page that links lead to from the first one: parsed, or None for a file.

    ``every_facet`` asks for each value of each facet of each list too, as a script does that swaps in its part.
    """
    found: dict[str, Page | None] = {}
    views: Counter[tuple[str, ...]] = Counter()
    alike: Counter[str] = Counter()
    routes = client.application.url_map.bind("localhost")
    waiting, choices = ["/"], set[str]()
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        if view := view_of(address):
            views[view] += 1
            if views[view] > VIEWS:
                continue
        route = routes.match(address.partition("?")[0], return_rule=True)[0].rule
        alike[route] += 1
        if alike[route] > ALIKE:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status}"
        if answer.mimetype != "text/html" or answer.headers.get("Content-Disposition", "").startswith("attachment"):
            found[address] = None
            answer.close()
            continue
        page = found[address] = Page(answer.get_data(as_text=True))
        assert faults(page) == [], address
        for link in page.links:
            target = urlsplit(link)
            if not target.path and not target.query:
                # A place of this page, whatever its address asks.
                continue
            path = target.path or urlsplit(address).path
            waiting.append(path + (f"?{target.query}" if target.query else ""))
        if every_facet and not urlsplit(address).query:
            choices.update(facets(address, page))
    for address in sorted(choices - set(found)):
        answer = client.get(address, headers={"HX-Request": "true"})
        assert answer.status_code == 200, f"{address}: {answer.status}"
        found[address] = None
    return found
