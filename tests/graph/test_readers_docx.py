from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK

from graph.errors import UnreadableDocument
from graph.readers import read
from tests.documents.made import (
    Block,
    Sort,
    as_word,
    blocks,
    report_of,
    running_head,
    same_report,
    with_numbering,
    word_parts,
    write_parts,
)

SPACE = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraphs(path: Path) -> list[str]:
    return read(path).text.split("\n\n")


def with_body(path: Path, body: bytes) -> Path:
    """Write a Word file whose text part holds ``body``."""
    parts = word_parts(as_word(path, [Block(Sort.PARAGRAPH, "x")]))
    parts["word/document.xml"] = b"<w:document " + SPACE + b"><w:body>" + body + b"</w:body></w:document>"
    return write_parts(path, parts)


@pytest.mark.parametrize("typed", [False, True], ids=["Word's own lists", "typed bullets"])
def test_the_report_reads_the_same_from_word(typed: bool, shared: Path, tmp_path: Path) -> None:  # noqa: FBT001
    source = shared / "reports" / "essex-2021-22-q4.txt"
    text = source.read_text(encoding="utf-8")
    path = as_word(tmp_path / "report.docx", blocks(text), head=running_head(text), typed_bullets=typed)
    found = report_of(path)
    assert (len(found.priorities), len(found.commitments), len(found.items)) == (7, 12, 134)
    assert same_report(found) == same_report(report_of(source))
    assert [item.page for item in found.items] == [item.page for item in report_of(source).items]


def test_lists_are_indented_by_their_level(tmp_path: Path) -> None:
    parts = [Block(Sort.BULLET, "Outer."), Block(Sort.SUB_BULLET, "Inner."), Block(Sort.PARAGRAPH, "Words.")]
    assert paragraphs(as_word(tmp_path / "a.docx", parts)) == ["- Outer.", "  - Inner.", "Words."]


def test_numbered_lists_keep_their_numbers(tmp_path: Path) -> None:
    path = with_numbering(
        tmp_path / "a.docx",
        [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "%1.%3")],
        [(0, "One."), (1, "First."), (1, "Second."), (2, "Deep."), (0, "Two."), (1, "Again.")],
    )
    assert paragraphs(path) == ["1. One.", "  (a) First.", "  (b) Second.", "    1.i Deep.", "2. Two.", "  (a) Again."]


def test_tables_are_read_row_by_row(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(rows=2, cols=3)
    for n, text in enumerate(("Measure", "Before", "Now", "Calls", "120", "95")):
        table.cell(n // 3, n % 3).text = text
    long = word.add_table(rows=1, cols=2)
    long.cell(0, 0).text = "We will:"
    long.cell(0, 1).text = "Officers"
    long.cell(0, 1).add_paragraph("They walked the streets.", style="List Bullet")
    word.save(str(tmp_path / "a.docx"))
    assert paragraphs(tmp_path / "a.docx") == [
        "Measure | Before | Now",
        "Calls | 120 | 95",
        "We will:",
        "Officers",
        "- They walked the streets.",
    ]


def test_page_breaks_begin_pages(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("One.")
    word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    word.add_paragraph("Two.")
    word.add_paragraph("Three.").paragraph_format.page_break_before = True
    word.add_section()
    word.add_paragraph("Four.")
    word.save(str(tmp_path / "a.docx"))
    document = read(tmp_path / "a.docx")
    assert [document.text[start:].split()[0] for start in document.page_starts] == ["One.", "Two.", "Three.", "Four."]


def test_what_was_deleted_is_not_read_and_what_was_added_is(tmp_path: Path) -> None:
    body = (
        b"<w:p><w:r><w:t>It </w:t></w:r><w:del><w:r><w:delText>was</w:delText></w:r></w:del>"
        b"<w:ins><w:r><w:t>is</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> gone</w:t></w:r></w:moveFrom>"
        b"<w:r><w:t> a co</w:t><w:noBreakHyphen/><w:t>operative</w:t><w:softHyphen/><w:instrText>PAGE</w:instrText>"
        b"<w:br/><w:t>line</w:t><w:tab/><w:t>7</w:t><w:footnoteReference/></w:r></w:p>"
    )
    assert paragraphs(with_body(tmp_path / "a.docx", body)) == ["It is a co-operative\nline\t7"]


def test_content_controls_and_text_boxes_are_read_once(tmp_path: Path) -> None:
    box = b"<w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:txbxContent>"
    body = (
        b"<w:sdt><w:sdtContent><w:p><w:r><w:t>Controlled.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        b'<w:p><w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice>'
        + box
        + b"</mc:Choice><mc:Fallback><w:pict>"
        + box
        + b"</w:pict></mc:Fallback></mc:AlternateContent><w:t>Anchored.</w:t></w:r></w:p>"
    )
    assert paragraphs(with_body(tmp_path / "a.docx", body)) == ["Controlled.", "Anchored.", "Boxed."]


def test_a_numbered_heading_keeps_words_of_its_number_only(tmp_path: Path) -> None:
    path = with_numbering(
        tmp_path / "a.docx", [("decimal", "Priority %1 -"), ("decimal", "%1.%2")], [(0, "Nights"), (1, "Days")]
    )
    parts = word_parts(path)
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:pPr>", b'<w:pPr><w:pStyle w:val="Heading1"/>')
    assert paragraphs(write_parts(path, parts)) == ["Priority 1 - Nights", "Days"]


def damaged(tmp_path: Path) -> dict[str, tuple[Path, str]]:
    good = as_word(tmp_path / "good.docx", [Block(Sort.PARAGRAPH, f"Words {n}.") for n in range(300)])
    parts = word_parts(good)
    main = parts["word/document.xml"]

    def variant(name: str, **changed: bytes) -> Path:
        return write_parts(
            tmp_path / f"{name}.docx",
            {**parts, **{k.replace("__", "/").replace("_xml", ".xml"): v for k, v in changed.items()}},
        )

    def raw(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    entities = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'
    spaces = b"<w:document " + SPACE + b"><w:body>" + b" " * 40_000_000
    return {
        "zip bomb": (variant("bomb", word__document_xml=spaces), "would unpack"),
        "entity bomb": (variant("entities", word__document_xml=entities), "declares a document type or entities"),
        "entity bomb in UTF-16": (
            variant("wide", word__document_xml=entities.decode().encode("utf-16")),
            "declares a document type",
        ),
        "entities in styles": (variant("styles", word__styles_xml=entities), "word/styles.xml declares"),
        "deep": (variant("deep", word__document_xml=b"<w:p>" * 9000 + b"</w:p>" * 9000), "damaged"),
        "not XML": (variant("broken", word__document_xml=main[: len(main) // 2]), "word/document.xml is damaged"),
        "macros": (write_parts(tmp_path / "macro.docx", {**parts, "word/vbaProject.bin": b"x"}), "macros"),
        "no words": (with_body(tmp_path / "empty.docx", b"<w:p/>"), "has no text"),
        "another Office file": (write_parts(tmp_path / "sheet.docx", {"xl/workbook.xml": b"<x/>"}), "no Word document"),
        "cut short": (raw("cut.docx", good.read_bytes()[:9000]), "cannot be unpacked"),
        "no zip": (raw("nozip.docx", b"PK\x03\x04 and so on"), "cannot be unpacked"),
        "plain text": (raw("plain.docx", b"Words."), "named .docx but is no such file"),
        "older Word": (raw("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)), "Save it as .docx"),
    }


CASES = (
    "zip bomb",
    "entity bomb",
    "entity bomb in UTF-16",
    "entities in styles",
    "deep",
    "not XML",
    "macros",
    "no words",
    "another Office file",
    "cut short",
    "no zip",
    "plain text",
    "older Word",
)


@pytest.mark.parametrize("case", CASES)
def test_a_word_file_that_cannot_be_read_says_why(case: str, tmp_path: Path) -> None:
    path, reason = damaged(tmp_path)[case]
    with pytest.raises(UnreadableDocument, match=reason) as raised:
        read(path)
    assert "\n" not in str(raised.value)
