"""Pictures of the pages that the site's own navigation leads to, wide and narrow, light and dark.

python -m tests.screenshots --store STORE FOLDER
python -m tests.screenshots --store STORE --chosen docs/screenshots    the few that the documents show
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import chromium, use_own_node
from tests.serving import free_port, serving

VIEWS: dict[str, tuple[int, int, Literal["light", "dark"]]] = {
    "wide-light": (1400, 1000, "light"),
    "wide-dark": (1400, 1000, "dark"),
    "narrow-light": (390, 844, "light"),
}
"""Name of a view to width and height in pixels and colour scheme."""
PAPER = (794, 1123)
"""A4 at 96 dots to the inch."""
BESIDE = (
    "/search?q=met+police",
    "/partners/special-constabulary/briefing",
    "/commitments/1.2/briefing",
    "/areas/E07000068",
    "/themes/vawg",
    "/measures",
    "/map?count=operations",
    "/network?thing=operation/vinka",
    "/coverage",
    "/questions/partner-operations-by-lpa",
    "/audit",
    "/how-well-it-reads",
    "/nothing",
)
"""Families of pages that the navigation does not lead to, or not to the one that shows them best."""
CHOSEN: dict[str, tuple[str, Literal["light", "dark"]]] = {
    "first-page": ("/", "light"),
    "operations": ("/operations", "light"),
    "partner": ("/partners/special-constabulary", "light"),
    "sentence": ("/reports/essex-2021-22-q4#item-36", "light"),
    "commitments": ("/commitments", "dark"),
    "query": ("/sparql?question=operations", "dark"),
}
"""Pictures of the documents: name to page and colour scheme."""


def links(page: Page, inside: str) -> list[str]:
    """Return the addresses on this site that a part of the page links to, each once, in order."""
    here = urlsplit(page.url)
    targets = page.locator(f"{inside} a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    found = (urljoin(page.url, target).split("#")[0] for target in targets)
    return list(dict.fromkeys(url for url in found if urlsplit(url).netloc == here.netloc and url != page.url))


def pages(page: Page, address: str) -> Iterator[str]:
    """Yield the first page, each page of its navigation and, of each, the first thing below it that it links to."""
    page.goto(address)
    yield address
    for listed in links(page, "nav"):
        page.goto(listed)
        yield listed
        path = urlsplit(listed).path.rstrip("/") + "/"
        below = [url for url in links(page, "main") if urlsplit(url).path.startswith(path) and not urlsplit(url).query]
        if path != "/" and below:
            yield below[0]


def show(page: Page, url: str) -> None:
    """Open ``url`` and wait until it stands as it stays: a font that comes after the page changes every line."""
    page.goto(url, wait_until="load")
    page.evaluate("() => document.fonts.ready.then(() => undefined)")
    if page.locator("#network").count():
        # What a network is handled by appears once it is drawn; on paper it stays unseen.
        page.locator(".gt-network__tools:not([hidden])").wait_for(state="attached")


def chosen(browser: Browser, address: str, folder: Path) -> int:
    """Take the pictures that documents show; return how many."""
    for name, (path, scheme) in CHOSEN.items():
        page = browser.new_page(viewport={"width": 1200, "height": 680}, color_scheme=scheme)
        show(page, address + path)
        page.screenshot(path=folder / f"{name}.png")
        page.close()
    return len(CHOSEN)


def every(browser: Browser, address: str, folder: Path) -> int:
    """Take a picture of each page in each view, and on paper; return how many."""
    listed = list(dict.fromkeys([*pages(browser.new_page(), address), *(address + path for path in BESIDE)]))
    for view, (width, height, scheme) in VIEWS.items():
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        take(page, listed, folder, view)
    page = browser.new_page(viewport={"width": PAPER[0], "height": PAPER[1]})
    page.emulate_media(media="print")
    take(page, listed, folder, "print")
    return len(listed) * (len(VIEWS) + 1)


def take(page: Page, listed: list[str], folder: Path, view: str) -> None:
    """Take a picture of each page that is listed."""
    for url in listed:
        show(page, url)
        name = re.sub(r"[^a-z0-9]+", "-", urlsplit(url).path.lower()).strip("-") or "home"
        page.screenshot(path=folder / f"{name}-{view}.png")
    page.close()


def main() -> int:
    """Serve the store, take the pictures, say where they are; 1 if there is no browser to take them with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", required=True)
    parser.add_argument("--chosen", action="store_true", help="only the pictures that the documents show")
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    browser_path = chromium()
    if browser_path is None:
        print("no Chromium: install one (Debian: sudo apt-get install chromium) or name it in CHROMIUM")
        return 1
    arguments.folder.mkdir(parents=True, exist_ok=True)
    use_own_node()
    port = free_port()
    command = [sys.executable, "-m", "graph", "serve", "--store", arguments.store, "--port", str(port)]
    with serving(command, port) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, chromium_sandbox=False)
        taken = (
            chosen(browser, address, arguments.folder)
            if arguments.chosen
            else every(browser, address, arguments.folder)
        )
        browser.close()
    print(f"{taken} pictures in {arguments.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
