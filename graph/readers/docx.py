"""Reads Word's .docx: headings, paragraphs, lists and tables of the main text, in order.

By lxml over the zip, not python-docx: only three parts of the file are needed, and reading them ourselves lets each be
refused by its size before it is unpacked, and any document type (the way to entity bombs) before it is parsed.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import BadZipFile, ZipFile

from lxml import etree

from graph.errors import UnreadableDocument
from graph.readers.stored_text import LONG_CELL, StoredText, TextBuilder

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_PART = 48 * 1024**2
"""Bytes that a part may have when unpacked; the text of a report of 300 pages has some 5 million."""
MAX_RATIO = 300
"""How many times its packed size a part of over a million bytes may have: real ones have 10 to 40."""
MAX_TAGS = 6_000_000
"""Tags of a part: each takes some hundred bytes of memory once it is read."""
MAX_ENTRIES = 10_000
_AGAIN = "Open it in Word and save it again"
_DAMAGES = (BadZipFile, zlib.error, EOFError, OSError, struct.error, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises on damaged or unusual archives; ValueError where a size or a name makes no sense."""
_MAIN = "word/document.xml"
_W = "{*}"
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TYPED_MARK = re.compile(r"[-o*\u2022\u25aa\u25e6\u2013\u00b7\uf0b7]\s")
_BLOCKS = ("p", "tbl", "sdt", "sdtContent", "customXml", "ins", "smartTag")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a numbered list is shown."""

    format: str
    text: str
    start: int = 1


@dataclass(slots=True)
class _Lists:
    """The lists of the document, and the numbers they have come to."""

    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Style to the list (and level) its paragraphs belong to."""
    headings: frozenset[str] = frozenset()
    """Styles of headings."""
    counts: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def mark(self, number: str, level: int) -> str:
        """Return the mark of the next paragraph on ``level`` of the list ``number``."""
        shown = self.levels.get((number, level), _Level("bullet", ""))
        counts = self.counts[number]
        counts[level] += 1
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        if shown.format in ("bullet", "none", ""):
            return "-"

        def part(match: re.Match[str]) -> str:
            n = int(match[1]) - 1
            of = self.levels.get((number, n), shown)
            return _numeral(max(1, counts[n]) + of.start - 1, of.format)

        return re.sub(r"%(\d)", part, shown.text)


def read(name: str, content: bytes) -> StoredText:
    """Return the text of a Word document and, where Word left page breaks, where its pages begin.

    Raises: UnreadableDocument if it is not one, is damaged, has macros, or is made to fill the memory.
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            _check_kind(name, archive)
            main = _parse(name, archive, _MAIN)
            lists = _lists(_parse(name, archive, "word/styles.xml"), _parse(name, archive, "word/numbering.xml"))
    except _DAMAGES as error:
        raise UnreadableDocument(name, "the Word document is damaged: it cannot be unpacked", _AGAIN) from error
    if main is None:
        raise UnreadableDocument(name, "the Word document is damaged: it has no text part", _AGAIN)
    builder = TextBuilder()
    body = main.find(f"{_W}body")
    if body is not None:
        _Walk(lists, builder).blocks(body)
    text, starts = builder.result()
    if not text.strip():
        raise UnreadableDocument(name, "the Word document has no text")
    return text, starts


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _check_kind(name: str, archive: ZipFile) -> None:
    names = set(archive.namelist())
    if len(names) > MAX_ENTRIES:
        raise UnreadableDocument(name, f"it holds {len(names)} files, more than any document has")
    if _MAIN not in names:
        raise UnreadableDocument(name, "it is a zip archive or an Office file that is no Word document", "Give a .docx")
    if any(entry.endswith("vbaProject.bin") for entry in names):
        raise UnreadableDocument(name, "it is a Word document with macros (.docm)", "Save it as .docx, without macros")


def _parse(name: str, archive: ZipFile, part: str) -> etree._Element | None:
    """Return the root of a part, or None if the file has no such part."""
    if part not in archive.namelist():
        return None
    info = archive.getinfo(part)
    packed = max(1, info.compress_size)
    if info.file_size > MAX_PART or (info.file_size > 1_000_000 and info.file_size / packed > MAX_RATIO):
        raise UnreadableDocument(
            name, f"{part} would unpack from {packed:,} to {info.file_size:,} bytes, as no document of words does"
        )
    with archive.open(info) as stream:
        # What the archive says of the size is not believed.
        content = stream.read(MAX_PART + 1)
    if len(content) > MAX_PART or content.count(b"<") > MAX_TAGS:
        raise UnreadableDocument(name, f"{part} is larger than a document of words can be")
    # Parts may be in UTF-16, where a letter has a NUL beside it.
    if _DOCTYPE.search(content.replace(b"\0", b"")):
        raise UnreadableDocument(name, f"{part} declares a document type or entities, which Word never writes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument(name, f"{part} is damaged: {_one_line(error)}", _AGAIN) from error


def _get(element: etree._Element | None, name: str, default: str = "") -> str:
    """Return the attribute ``name`` in the namespace of ``element``, whichever of Word's two that is."""
    if element is None:
        return default
    space = etree.QName(element).namespace
    return str(element.get(f"{{{space}}}{name}" if space else name, default))


def _number(text: str, default: int = 0) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else default


def _lists(styles: etree._Element | None, numbering: etree._Element | None) -> _Lists:
    lists = _Lists()
    abstract: dict[str, dict[int, _Level]] = {}
    if numbering is not None:
        for element in numbering.iterfind(f"{_W}abstractNum"):
            abstract[_get(element, "abstractNumId")] = dict(_levels(element))
        for element in numbering.iterfind(f"{_W}num"):
            number = _get(element, "numId")
            known = abstract.get(_get(element.find(f"{_W}abstractNumId"), "val"), {})
            changed = {n: level for o in element.iterfind(f"{_W}lvlOverride") for n, level in _levels(o)}
            lists.levels.update({(number, n): level for n, level in {**known, **changed}.items()})
    if styles is not None:
        _read_styles(lists, styles)
    return lists


def _levels(parent: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in parent.iterfind(f"{_W}lvl"):
        yield (
            _number(_get(level, "ilvl")),
            _Level(
                _get(level.find(f"{_W}numFmt"), "val", "decimal"),
                _get(level.find(f"{_W}lvlText"), "val"),
                _number(_get(level.find(f"{_W}start"), "val", "1"), 1),
            ),
        )


def _read_styles(lists: _Lists, styles: etree._Element) -> None:
    """Note which styles are headings, and which put their paragraphs into a list; a style may rest on another."""
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    headings: set[str] = set()
    for style in styles.iterfind(f"{_W}style"):
        key, shown = _get(style, "styleId"), _get(style.find(f"{_W}name"), "val").lower()
        based[key] = _get(style.find(f"{_W}basedOn"), "val")
        properties = style.find(f"{_W}pPr")
        if shown.startswith("heading") or (properties is not None and properties.find(f"{_W}outlineLvl") is not None):
            headings.add(key)
        numbered = properties.find(f"{_W}numPr") if properties is not None else None
        if numbered is not None:
            # "List Bullet 2" is a list of its own in Word; its place in the order of lists is its level.
            deeper = re.search(r"\b([2-9])$", shown)
            level = _number(_get(numbered.find(f"{_W}ilvl"), "val")) or (int(deeper[1]) - 1 if deeper else 0)
            own[key] = _get(numbered.find(f"{_W}numId"), "val"), level
    for key in based:
        seen, at = {key}, key
        while at not in own and based.get(at) and based[at] not in seen:
            at = based[at]
            seen.add(at)
        if at in own:
            lists.styles[key] = own[at]
        if headings & seen:
            headings.add(key)
    lists.headings = frozenset(headings)


class _Walk:
    """Goes through the text once and writes what it meets."""

    def __init__(self, lists: _Lists, builder: TextBuilder) -> None:
        self._lists = lists
        self._builder = builder

    def blocks(self, parent: etree._Element) -> None:
        """Write the paragraphs and tables below ``parent``; parsing has bounded how deep they can stand."""
        for element in parent.iterchildren(etree.Element):
            kind = etree.QName(element).localname
            if kind == "p":
                self._paragraph(element)
            elif kind == "tbl":
                for row in element.iterfind(f"{_W}tr"):
                    self._row(row)
            elif kind in _BLOCKS:
                self.blocks(element)

    def _row(self, row: etree._Element) -> None:
        cells = list(row.iterfind(f"{_W}tc")) + list(row.iterfind(f"{_W}sdt/{_W}sdtContent/{_W}tc"))
        texts = [" ".join("".join(self._pieces(cell)).split()) for cell in cells]
        plain = all(
            len(list(cell.iterfind(f"{_W}p"))) <= 1
            and next(cell.iter(f"{_W}tbl", f"{_W}numPr"), None) is None
            and not any(self._list_of(p.find(f"{_W}pPr")) for p in cell.iterfind(f"{_W}p"))
            for cell in cells
        )
        if plain and len(cells) > 1 and all(len(text.split()) <= LONG_CELL for text in texts):
            self._builder.row(texts)
        else:
            for cell in cells:
                self.blocks(cell)

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(f"{_W}pPr")
        if properties is not None and _is_on(properties.find(f"{_W}pageBreakBefore")):
            self._builder.page()
        mark, level = self._mark(properties)
        text = "".join(self._pieces(paragraph))
        if not mark and _TYPED_MARK.match(text):
            # A list that somebody typed: how deep it goes shows in its indent only (a third of an inch a level).
            indent = properties.find(f"{_W}ind") if properties is not None else None
            level = _number(_get(indent, "left") or _get(indent, "start")) // 480
        before, *after = text.split("\f")
        self._builder.paragraph(before, mark, level)
        for part in after:
            self._builder.page()
            self._builder.paragraph(part, "" if before.strip() else mark, level)
            before = before or part
        for box in _boxes(paragraph):
            self.blocks(box)
        section = properties.find(f"{_W}sectPr") if properties is not None else None
        if section is not None and _get(section.find(f"{_W}type"), "val", "nextPage") != "continuous":
            self._builder.page()

    def _list_of(self, properties: etree._Element | None) -> tuple[str, int] | None:
        """Return the list and level that a paragraph of these properties stands in, by itself or by its style."""
        if properties is None:
            return None
        by_style = self._lists.styles.get(_get(properties.find(f"{_W}pStyle"), "val"))
        own = properties.find(f"{_W}numPr")
        if own is None:
            return by_style if by_style and by_style[0] != "0" else None
        number = _get(own.find(f"{_W}numId"), "val") or (by_style[0] if by_style else "0")
        level = _get(own.find(f"{_W}ilvl"), "val")
        return (number, _number(level) if level else (by_style[1] if by_style else 0)) if number != "0" else None

    def _mark(self, properties: etree._Element | None) -> tuple[str, int]:
        """Return the list mark of a paragraph of these properties, "" for none, and its level."""
        place = self._list_of(properties)
        heading = properties is not None and (
            _get(properties.find(f"{_W}pStyle"), "val") in self._lists.headings
            or properties.find(f"{_W}outlineLvl") is not None
        )
        if place is None:
            return "", 0
        mark = self._lists.mark(*place)
        if heading:
            # A heading's number is no list mark, but its words ("Priority 3:") are part of the heading.
            return (mark if re.search(r"[^\W\d_]{2}", mark) else ""), 0
        return mark, place[1]

    def _pieces(self, parent: etree._Element) -> Iterator[str]:
        """Yield the characters of a paragraph or cell, form feeds for page breaks, nothing deleted or moved away."""
        skipped = 0
        for event, element in etree.iterwalk(parent, events=("start", "end")):
            kind = etree.QName(element).localname
            if kind in ("del", "moveFrom", "txbxContent", "Fallback", "rPr", "pPr") and element is not parent:
                skipped += 1 if event == "start" else -1
            elif skipped or event == "end":
                if event == "end" and kind == "p" and element is not parent:
                    yield " "
            elif kind == "t":
                yield (element.text or "").replace("\f", " ")
            elif kind in ("tab", "ptab"):
                yield "\t"
            elif kind in ("br", "cr"):
                yield "\f" if _get(element, "type") == "page" else " " if _get(element, "type") == "column" else "\n"
            elif kind == "lastRenderedPageBreak":
                yield "\f"
            elif kind == "noBreakHyphen":
                yield "-"
            elif kind == "sym":
                yield " "


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes that hang on a paragraph, each once (Word writes a second copy for older programs)."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        above = [etree.QName(element).localname for element in box.iterancestors()]
        inner = above[: above.index("p")] if "p" in above else above
        if "Fallback" not in inner and ("pict" not in inner or "AlternateContent" not in inner):
            yield box


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and _get(element, "val", "true").lower() not in ("0", "false", "off")


def _numeral(number: int, number_format: str) -> str:
    if number_format in ("lowerLetter", "upperLetter"):
        letter = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26]
        return letter.upper() if number_format == "upperLetter" else letter
    if number_format in ("lowerRoman", "upperRoman"):
        rest, numeral = min(number, 200), ""
        for value, sign in _ROMAN:
            while rest >= value:
                numeral, rest = numeral + sign, rest - value
        return numeral.upper() if number_format == "upperRoman" else numeral
    return str(number)
