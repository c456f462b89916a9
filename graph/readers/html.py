"""Reads HTML: headings, paragraphs, lists and tables as lines; scripts, styles and what is hidden left out."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from graph.errors import UnreadableDocument
from graph.readers import text as plain
from graph.readers.stored_text import LONG_CELL, StoredText, TextBuilder, without_controls

MEDIA_TYPE = "text/html"
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_KNOWN_CHARSET = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|iso-?8859-?\d{1,2}|(?:windows-?|cp)12\d\d|latin-?1|us-ascii|ascii|mac(?:roman|intosh)"
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_DROPPED = frozenset(
    "script style template noscript head nav svg math iframe object embed applet canvas audio video select textarea "
    "button".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre section summary table tbody "
    "td tfoot th thead tr ul".split()
)
_LISTS = frozenset(("ul", "ol", "menu"))
_SPACE = re.compile(r"[ \t\r\n\f]+")
MARKUP = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,500}-->\s*)?"
    rb"<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
"""How a file begins that is HTML, whatever its name says."""


def read(name: str, content: bytes) -> StoredText:
    """Return the text that a browser would show, roughly. Raises: UnreadableDocument if there is none."""
    markup = _XML_DECLARATION.sub("", without_controls(_decode(name, content)))
    # huge_tree: without it the parser ends silently at a text of ten million characters.
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(name, "the HTML is empty or damaged") from error
    builder = TextBuilder()
    _Walk(builder).walk(root)
    text, _ = builder.result()
    if not text:
        raise UnreadableDocument(name, "the HTML has no text")
    return text, ()


def _decode(name: str, content: bytes) -> str:
    declared = _CHARSET.search(content[:4096])
    encoding = declared[1].decode("ascii", "replace").lower() if declared else ""
    if _KNOWN_CHARSET.fullmatch(encoding) and not plain.has_mark(content):
        try:
            # Browsers read Latin-1 as Windows-1252.
            western = re.fullmatch("(iso-?8859-?|latin-?)1|(us-)?ascii", encoding)
            return content.decode("cp1252" if western else encoding)
        except (LookupError, UnicodeError):
            # A page may name an encoding that it is not in.
            return plain.decode(name, content)
    return plain.decode(name, content)


class _Walk:
    """Goes through the tree once, without recursion, and writes a paragraph at each edge of a block."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._words: list[str] = []
        self._mark = ""
        self._lists: list[int] = []
        """For each open list the number of its next item; -1 for bullets."""

    def walk(self, root: etree._Element) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "end":
                self._end(element, tag)
            elif tag in _DROPPED or element.get("hidden") is not None or "display:none" in _style(element):
                walker.skip_subtree()
            elif tag == "tr" and (cells := _short_cells(element)):
                self._flush()
                self._builder.row(cells)
                walker.skip_subtree()
            else:
                self._start(element, tag)
        self._flush()

    def _start(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
        if tag in _LISTS:
            start = element.get("start", "1")
            first = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
            self._lists.append(first if tag == "ol" else -1)
        elif tag == "li":
            self._mark = self._next_mark()
        elif tag == "br":
            self._words.append("\n")
        self._words.append(_SPACE.sub(" ", element.text or ""))

    def _end(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
        if tag in _LISTS and self._lists:
            self._lists.pop()
        if tag == "li":
            self._mark = ""
        self._words.append(_SPACE.sub(" ", element.tail or ""))

    def _next_mark(self) -> str:
        if not self._lists or self._lists[-1] < 0:
            return "-"
        self._lists[-1] += 1
        return f"{self._lists[-1] - 1}."

    def _flush(self) -> None:
        lines = "".join(self._words).split("\n")
        words = "\n".join(filter(None, (" ".join(line.split(" ")).strip() for line in lines)))
        words = re.sub(r" {2,}", " ", words)
        self._words.clear()
        if words:
            # The level is the depth of lists: the first list stands at the margin.
            self._builder.paragraph(words, self._mark, max(0, len(self._lists) - 1) if self._mark else 0)
            self._mark = ""


def _style(element: etree._Element) -> str:
    return (element.get("style") or "").replace(" ", "").lower()


def _short_cells(row: etree._Element) -> list[str] | None:
    """Return the texts of the cells of a row that is read as one line, or None for a row of prose or lists."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2 or next(row.iter("table", "li", "script", "style"), None) is not None:
        return None
    texts = [" ".join("".join(map(str, cell.itertext())).split()) for cell in cells]
    return texts if all(len(text.split()) <= LONG_CELL for text in texts) else None
