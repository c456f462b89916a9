"""A page taken apart, far enough to check it: ids, links, headings, controls, words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise, takewhile
from urllib.parse import urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"script", "style", "pre", "code", "template", "textarea"}


@dataclass
class Element:
    """A start tag: its name, its attributes, and the words inside it."""

    tag: str
    attributes: dict[str, str | None]
    parts: list[str] = field(default_factory=list)
    within: tuple[str, ...] = ()
    """The tags that are open around it, the outermost first."""

    @property
    def words(self) -> str:
        return " ".join("".join(self.parts).split())


class Page(HTMLParser):
    """Everything on a page, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.problems: list[str] = []
        self.seen: list[str] = []
        self._open: list[Element] = []
        self.feed(text)
        self.close()
        self.problems += [f"<{e.tag}> is never closed" for e in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.problems += [f"<{tag}> has {name} twice" for name in {n for n in names if names.count(n) > 1}]
        element = Element(tag, dict(attrs), within=tuple(e.tag for e in self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs), within=tuple(e.tag for e in self._open)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.problems.append(f"</{tag}> closes nothing that is open")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.parts.append(data)
        if not any(e.tag in UNSEEN for e in self._open):
            self.seen.append(data)

    def all(self, *tags: str) -> list[Element]:
        return [e for e in self.elements if e.tag in tags]

    def of_class(self, name: str) -> list[Element]:
        return [e for e in self.elements if name in (e.attributes.get("class") or "").split()]

    @property
    def words(self) -> str:
        return " ".join("".join(self.seen).split())

    @property
    def ids(self) -> list[str]:
        return [value for e in self.elements if (value := e.attributes.get("id"))]

    @property
    def links(self) -> list[str]:
        """The addresses of the same site that the page leads to."""
        hrefs = [e.attributes.get("href") or "" for e in self.all("a")]
        return [h for h in hrefs if h and not urlsplit(h).netloc]

    def rows(self, table: int = 0) -> int:
        """How many rows the body of the numbered table has."""
        return len(self.table_rows()[table]) if self.table_rows() else 0

    def table_rows(self) -> list[list[Element]]:
        """The rows of each table that hold cells."""
        tables: list[list[Element]] = []
        for e in self.elements:
            if e.tag == "table":
                tables.append([])
            elif e.tag == "tr" and tables:
                tables[-1].append(e)
        return [rows[1:] for rows in tables]


def faults(page: Page) -> list[str]:
    """Return what is wrong with a page, whatever it says."""
    found = list(page.problems)
    # What stands in a drawing is a title of a part of it.
    head = takewhile(lambda e: e.tag != "body", page.elements)
    titles = [e.words for e in head if e.tag == "title"]
    if len(titles) != 1 or not titles[0].removesuffix("Golden Thread").strip(" –"):
        found.append(f"titles: {titles}")
    if len(page.all("h1")) != 1:
        found.append(f"h1: {[e.words for e in page.all('h1')]}")
    found += [f"id {i} stands {page.ids.count(i)} times" for i in sorted(set(page.ids)) if page.ids.count(i) > 1]
    found += [f"<{e.tag}> has a style attribute" for e in page.elements if "style" in e.attributes]
    found += [f"<{e.tag}> has {n}" for e in page.elements for n in e.attributes if n.startswith("on")]
    found += ["a script without a file" for e in page.all("script") if "src" not in e.attributes]
    labelled = {e.attributes.get("for") for e in page.all("label")}
    found += [
        f"{e.tag} {e.attributes.get('name')} has no label"
        for e in page.all("input", "select", "textarea")
        if e.attributes.get("type") not in {"hidden", "submit"}
        and e.attributes.get("id") not in labelled
        and "label" not in e.within
    ]
    if len(page.all("table")) != len(page.all("caption")):
        found.append("a table without a caption")
    found += [f"<th> {e.words!r} without scope" for e in page.all("th") if "scope" not in e.attributes]
    levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    found += [f"h{b} follows h{a}" for a, b in pairwise(levels) if b > a + 1]
    for landmark in ("header", "main", "footer", "nav"):
        if not page.all(landmark):
            found.append(f"no {landmark}")
    if "w3id.org" in page.words or "http://" in page.words:
        found.append("an address of the graph stands among the words")
    found += [f"empty link to {e.attributes.get('href')}" for e in page.all("a") if not e.words]
    return found
