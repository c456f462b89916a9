"""Reports laid out as PDF, Word, HTML and Markdown by the tests themselves, from the plain text of a report.

``blocks`` takes the text apart; each ``as_...`` sets the blocks the way an office would, in a layout of its own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Table, TableStyle

from graph.layout import lay_out
from graph.model import Report
from graph.readers import read
from graph.vocabulary import load_vocabulary


class Sort(Enum):
    """What a block of a report is, to whoever sets it."""

    COVER = auto()
    PAGE = auto()
    CONTENTS = auto()
    PRIORITY = auto()
    LEAD = auto()
    COMMITMENT = auto()
    TOPIC = auto()
    BULLET = auto()
    SUB_BULLET = auto()
    PARAGRAPH = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a report, without its mark."""

    sort: Sort
    text: str


def blocks(text: str) -> list[Block]:
    """Take a report with one paragraph a line apart; a line that stands three times before a heading is a page head."""
    lines = [line for line in text.split("\n") if line.strip()]
    head = next((line for line in lines if lines.count(line) > 2 and not line.startswith("Priority")), "")
    return list(_blocks(lines, head))


def running_head(text: str) -> str:
    """Return the line that stands at the head of each page of the text."""
    lines = [line for line in text.split("\n") if line.strip()]
    return next((line for line in lines if lines.count(line) > 2 and not line.startswith("Priority")), "")


def _blocks(lines: Sequence[str], head: str) -> Iterator[Block]:
    started = after_lead = False
    for line in lines:
        priority = line.startswith("Priority ") and "\t" not in line
        started = started or priority
        if line == head:
            yield Block(Sort.PAGE, line)
        elif not started:
            yield Block(Sort.CONTENTS if "\t" in line or line == "Contents" else Sort.COVER, line.strip())
        elif priority:
            yield Block(Sort.PRIORITY, line)
        elif line.startswith("- "):
            yield Block(Sort.BULLET, line[2:].strip())
        elif re.match(r"\s+- ", line):
            yield Block(Sort.SUB_BULLET, line.strip()[2:].strip())
        elif line.endswith("we will:") or line == "We will:":
            yield Block(Sort.LEAD, line)
        elif after_lead:
            yield Block(Sort.COMMITMENT, line)
        else:
            yield Block(Sort.PARAGRAPH if line.rstrip().endswith((".", "include:")) else Sort.TOPIC, line)
        after_lead = line.endswith("we will:") or line == "We will:"


# PDF


def _style(
    size: float, space: float, font: str = "Helvetica", leading: float = 1.2, indent: float = 0, before: float = 0
) -> ParagraphStyle:
    return ParagraphStyle(
        f"{font}-{size}-{indent}",
        fontName=font,
        fontSize=size,
        leading=leading * size,
        spaceAfter=space,
        spaceBefore=before,
        leftIndent=indent,
        bulletIndent=max(0, indent - 12),
    )


PDF_STYLES = {
    Sort.COVER: _style(18, 10, "Helvetica-Bold", 1.4),
    Sort.PRIORITY: _style(15, 8, "Helvetica-Bold", before=12),
    Sort.LEAD: _style(11, 6, "Helvetica-Bold"),
    Sort.COMMITMENT: _style(11, 6),
    Sort.TOPIC: _style(11, 6, "Helvetica-Bold", before=6),
    Sort.BULLET: _style(10, 5, indent=14),
    Sort.SUB_BULLET: _style(10, 5, indent=32),
    Sort.PARAGRAPH: _style(10, 6),
}
_LONG_WORD = re.compile(r"\b([a-z]{4})([a-z]{4,})\b")


def _flowables(parts: Sequence[Block], *, hyphenate: bool, page_breaks: bool) -> Iterator[Flowable]:
    for block in parts:
        if block.sort is Sort.PAGE:
            if page_breaks:
                yield PageBreak()
            continue
        text = html.escape(block.text.replace("\t", " ........ "))
        style = PDF_STYLES.get(block.sort, PDF_STYLES[Sort.PARAGRAPH])
        if hyphenate:
            text = _LONG_WORD.sub("\\1\u00ad\\2", text)
            style = ParagraphStyle(style.name, style, embeddedHyphenation=1, alignment=TA_JUSTIFY)
        mark = {Sort.BULLET: "\u2022", Sort.SUB_BULLET: "\u2013"}.get(block.sort)
        yield Paragraph(text, style, bulletText=mark)


def as_pdf(
    path: Path,
    parts: Sequence[Block],
    *,
    head: str = "",
    foot: str = "",
    columns: int = 1,
    hyphenate: bool = False,
    page_breaks: bool = False,
    password: str | None = None,
) -> Path:
    """Set the blocks on A4 with a running head and a foot ("{page}" is the number) in one or more columns."""
    width, height = A4
    margin, gap = 56.0, 22.0
    column = (width - 2 * margin - (columns - 1) * gap) / columns
    frames = [
        Frame(margin + n * (column + gap), margin, column, height - 2 * margin, 0, 0, 0, 0) for n in range(columns)
    ]

    def furniture(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(margin, height - 36, head)
        canvas.drawCentredString(width / 2, 30, foot.format(page=template.page))

    encrypt = StandardEncryption(password) if password is not None else None
    template = BaseDocTemplate(str(path), pagesize=A4, encrypt=encrypt)
    template.addPageTemplates([PageTemplate("page", frames, onPage=furniture)])
    template.build(list(_flowables(parts, hyphenate=hyphenate, page_breaks=page_breaks)))
    return path


def table_pdf(
    path: Path, rows: Sequence[Sequence[Sequence[Block]]], *, ruled: bool = True, widths: Sequence[float] = ()
) -> Path:
    """Set rows of cells, each of some blocks, as a table."""
    cells = [[list(_flowables(cell, hyphenate=False, page_breaks=False)) for cell in row] for row in rows]
    table = Table(cells, colWidths=list(widths) or None)
    lines = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []
    table.setStyle(TableStyle([*lines, ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    template = BaseDocTemplate(str(path), pagesize=A4)
    template.addPageTemplates([PageTemplate("page", [Frame(50, 50, A4[0] - 100, A4[1] - 100)])])
    template.build([table])
    return path


def drawn_pdf(path: Path, pages: Sequence[Callable[[Canvas], None]]) -> Path:
    """Draw each page by a function of the canvas."""
    canvas = Canvas(str(path), pagesize=A4)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


# Word

WORD_STYLES = {
    Sort.COVER: "Title",
    Sort.PRIORITY: "Heading 1",
    Sort.LEAD: "Heading 3",
    Sort.COMMITMENT: "Intense Quote",
    Sort.TOPIC: "Heading 2",
    Sort.BULLET: "List Bullet",
    Sort.SUB_BULLET: "List Bullet 2",
}


def as_word(path: Path, parts: Sequence[Block], *, head: str = "", typed_bullets: bool = False) -> Path:
    """Set the blocks with Word's own styles, or with bullets that somebody typed."""
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = head
    word.sections[0].footer.paragraphs[0].text = "Page"
    for block in parts:
        if block.sort is Sort.PAGE:
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif typed_bullets and block.sort in (Sort.BULLET, Sort.SUB_BULLET):
            word.add_paragraph(("\u2022\t" if block.sort is Sort.BULLET else "\to\t") + block.text)
        else:
            word.add_paragraph(block.text, style=WORD_STYLES.get(block.sort))
    word.save(str(path))
    return path


def word_parts(path: Path) -> dict[str, bytes]:
    """Return the parts of a Word file, to be changed and written back by ``write_parts``."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, parts: dict[str, bytes]) -> Path:
    """Write the parts of a Word file."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


# Web and Markdown

_TAGS = {
    Sort.COVER: "h1",
    Sort.PRIORITY: "h2",
    Sort.LEAD: "p",
    Sort.COMMITMENT: "blockquote",
    Sort.TOPIC: "h3",
    Sort.CONTENTS: "p",
    Sort.PARAGRAPH: "p",
}


def as_html(parts: Sequence[Block]) -> str:
    """Return the blocks as a web page, with what pages have around their words."""
    out = ["<!DOCTYPE html><html><head><title>x</title><style>p{color:red}</style></head><body>"]
    out.append("<script>var Priority = 'Priority 9 - Nothing';</script><main>")
    open_lists = 0
    for block in parts:
        depth = {Sort.BULLET: 1, Sort.SUB_BULLET: 2}.get(block.sort, 0)
        if depth > open_lists:
            out.append("<ul>\n")
        elif depth < open_lists:
            out.append("</li></ul>\n" * (open_lists - depth))
        if depth and depth <= open_lists:
            out.append("</li>")
        open_lists = depth
        text = html.escape(block.text)
        if depth:
            out.append(f"<li>{_wrapped(text)}\n")
        elif block.sort is not Sort.PAGE:
            tag = _TAGS[block.sort]
            out.append(f"<{tag}>{_wrapped(text)}</{tag}>\n")
    out.append("</li></ul>" * open_lists)
    return "".join([*out, "</main></body></html>"])


def _wrapped(text: str) -> str:
    """Break lines as an editor would, which means nothing in HTML, and mark a word."""
    broken = re.sub(r"(\S+ \S+ \S+ \S+ \S+ )", "\\1\n      ", text, count=3)
    return broken.replace("police", "<b>police</b>")


def as_markdown(parts: Sequence[Block]) -> str:
    """Return the blocks as Markdown."""
    marks = {Sort.COVER: "# ", Sort.PRIORITY: "## ", Sort.TOPIC: "### ", Sort.BULLET: "* ", Sort.SUB_BULLET: "    * "}
    words = ((block.sort, block.text.replace("police", "**police**")) for block in parts)
    return "".join(f"{marks.get(sort, '')}{text}\n\n" for sort, text in words if sort is not Sort.PAGE)


def with_numbering(path: Path, formats: Sequence[tuple[str, str]], entries: Sequence[tuple[int, str]]) -> Path:
    """Write a Word list whose levels have the given number formats and level texts; entries are level and words."""
    word = docx.Document()
    numbering = word.part.numbering_part.element
    abstract = numbering.makeelement(qn("w:abstractNum"), {qn("w:abstractNumId"): "900"})
    for level, (number_format, text) in enumerate(formats):
        element = abstract.makeelement(qn("w:lvl"), {qn("w:ilvl"): str(level)})
        for tag, value in (("w:start", "1"), ("w:numFmt", number_format), ("w:lvlText", text)):
            element.append(element.makeelement(qn(tag), {qn("w:val"): value}))
        abstract.append(element)
    numbering.insert(0, abstract)
    number = numbering.makeelement(qn("w:num"), {qn("w:numId"): "900"})
    number.append(number.makeelement(qn("w:abstractNumId"), {qn("w:val"): "900"}))
    numbering.append(number)
    for level, text in entries:
        paragraph = word.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        place = properties.makeelement(qn("w:numPr"), {})
        for tag, value in (("w:ilvl", str(level)), ("w:numId", "900")):
            place.append(place.makeelement(qn(tag), {qn("w:val"): value}))
        properties.append(place)
    word.save(str(path))
    return path


# What is compared


def report_of(path: Path) -> Report:
    """Return what the layout of a file shows."""
    return lay_out(read(path), load_vocabulary())


def same_report(report: Report) -> dict[str, object]:
    """Return what must be the same in whatever format a report comes, white space apart."""

    def words(text: str) -> str:
        return " ".join(text.split())

    return {
        "cover": (report.force, report.quarter, report.version, report.produced, report.publisher),
        "priorities": [(p.number, words(p.label)) for p in report.priorities],
        "commitments": [(c.id, words(c.text), words(c.lead)) for c in report.commitments],
        "items": [(i.commitment, i.area, i.heading, i.parent, words(i.text)) for i in report.items],
    }
