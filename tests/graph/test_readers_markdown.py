from __future__ import annotations

from pathlib import Path

import pytest

from graph.readers import markdown, read
from tests.documents.made import as_markdown, blocks, report_of, same_report


def words(text: str) -> str:
    return markdown.read("a.md", text.encode())[0]


def test_the_report_reads_the_same_from_markdown(shared: Path, tmp_path: Path) -> None:
    source = shared / "reports" / "essex-2021-22-q4.txt"
    path = tmp_path / "report.md"
    path.write_text(as_markdown(blocks(source.read_text(encoding="utf-8"))), encoding="utf-8")
    assert same_report(report_of(path)) == same_report(report_of(source))
    assert read(path).media_type == "text/markdown"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("## Priority 1 - Nights ##", "\nPriority 1 - Nights\n"),
        ("Nights\n======", "Nights\n"),
        ("* one\n+ two\n  - three", "- one\n- two\n  - three"),
        ("2. second", "2. second"),
        ("**bold**, *slanted*, ***both***, _under_ and ~~struck~~", "bold, slanted, both, under and struck"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("[words](http://a/b) and [more][ref] ![picture](x.png)", "words and more "),
        ("[ref]: http://a/b", ""),
        ("`code` and \\*stars\\*", "code and *stars*"),
        ("> quoted", "quoted"),
        ("a<br>b &amp; c <!-- note -->", "ab & c "),
        ("| Calls | 95 |\n|---|---:|\n| Visits | 7 |", "\nCalls | 95\n\n\nVisits | 7\n"),
        ("```\ncode\n```", "code"),
        ("- - -", ""),
    ],
)
def test_marks_go_and_words_stay(written: str, stored: str) -> None:
    assert words(written) == stored
