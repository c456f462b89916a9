from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import UnreadableDocument
from graph.readers import html, read
from tests.documents.made import as_html, blocks, report_of, same_report


def paragraphs(markup: str) -> list[str]:
    return html.read("a.html", markup.encode())[0].split("\n\n")


def test_the_report_reads_the_same_from_html(shared: Path, tmp_path: Path) -> None:
    source = shared / "reports" / "essex-2021-22-q4.txt"
    path = tmp_path / "report.html"
    path.write_text(as_html(blocks(source.read_text(encoding="utf-8"))), encoding="utf-8")
    assert same_report(report_of(path)) == same_report(report_of(source))


def test_lists_are_indented_and_numbered() -> None:
    markup = "<ul><li>One<ul><li>Two</li></ul></li><li><p>Three</p></li></ul><ol start=4><li>Four<li>Five</ol>"
    assert paragraphs(markup) == ["- One", "  - Two", "- Three", "4. Four", "5. Five"]


def test_white_space_and_entities_are_as_a_browser_shows_them() -> None:
    assert paragraphs("<p>A\n  few &amp; <b>bold</b>\twords&nbsp;&ndash; here<br>and there</p>") == [
        "A few & bold words\u00a0\u2013 here\nand there"
    ]


def test_scripts_styles_and_hidden_parts_are_left_out() -> None:
    markup = (
        "<head><title>T</title></head><script>alert(1)</script><style>p{}</style><!-- c --><p hidden>H</p>"
        "<p style='display: none'>D</p><nav>N</nav><template>X</template><p>Shown<script>1</script> all</p>"
    )
    assert paragraphs(markup) == ["Shown all"]


def test_tables_are_read_row_by_row_and_prose_cell_by_cell() -> None:
    long = "word " * 13
    markup = f"<table><tr><th>A<th>B<tr><td>1<td><p>2</p><tr><td>{long}<td>C</table><table><tr><td><li>x</table>"
    assert paragraphs(markup) == ["A | B", "1 | 2", long.strip(), "C", "- x"]


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16", "no-such-thing", "hex"])
def test_the_declared_encoding_is_tried_first(encoding: str) -> None:
    known = encoding if encoding not in ("no-such-thing", "hex", "utf-16") else "utf-8"
    content = f"<html><meta charset='{encoding}'><p>Caf\u00e9 \u00a35</p>".encode(known)
    assert html.read("a.html", content)[0] == "Caf\u00e9 \u00a35"


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>", "\ufeff <html lang=en>", "<?xml version='1.0' encoding='utf-8'?><!-- a --><HTML>"]
)
def test_html_is_known_by_its_beginning(start: str, tmp_path: Path) -> None:
    path = tmp_path / "saved.txt"
    path.write_text(f"{start}<body><p>Words", encoding="utf-8")
    assert (read(path).text, read(path).media_type) == ("Words", "text/html")


def test_text_that_only_holds_markup_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("Plan <script>alert('x')</script> & more", encoding="utf-8")
    assert read(path).text == "Plan <script>alert('x')</script> & more"


@pytest.mark.parametrize("content", [b"<html></html>", b"<script>x</script>", b"<!-- only -->"])
def test_html_without_words_says_so(content: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"no text|empty"):
        html.read("a.html", content)
