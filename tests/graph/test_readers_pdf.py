from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from reportlab.pdfgen.canvas import Canvas

from graph.errors import UnreadableDocument
from graph.layout import lay_out
from graph.model import Document
from graph.readers import pdf, read
from graph.vocabulary import load_vocabulary
from tests.documents.made import (
    Block,
    Sort,
    as_html,
    as_pdf,
    blocks,
    drawn_pdf,
    report_of,
    running_head,
    same_report,
    table_pdf,
)

LONG = "Officers walked the harbour road at night and spoke with the people who live there about lights and locks."
BULLETS = [
    Block(Sort.BULLET, f"{LONG} {count} homes were seen. Operation Gannet went on until the end of the month.")
    for count in range(100, 140)
]
OPENING = [
    Block(Sort.COVER, "Harbour Plan"),
    Block(Sort.COVER, "Quarter 2 2022/23"),
    Block(Sort.COVER, "Essex Police"),
    Block(Sort.PRIORITY, "Priority 1 - Safer Harbours"),
    Block(Sort.LEAD, "We will:"),
    Block(
        Sort.COMMITMENT, "Keep the harbour safe for all who work there and for all who come to see it by day or night."
    ),
]

LAYOUTS: dict[str, dict[str, object]] = {
    "one column": {"foot": "Page {page} of 30"},
    "page by page": {"foot": "{page}", "page_breaks": True},
    "two columns": {"foot": "{page}", "columns": 2},
    "three columns": {"foot": "- {page} -", "columns": 3},
}


def stored(path: Path) -> str:
    return read(path).text


def paragraphs(path: Path) -> list[str]:
    return stored(path).split("\n\n")


def lines_at(*rows: tuple[float, float, str], size: float = 11) -> Callable[[Canvas], None]:
    """Return what draws each text at its place."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for x, y, text in rows:
            canvas.drawString(x, y, text)

    return draw


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_report_reads_the_same_in_every_layout(name: str, shared: Path, tmp_path: Path) -> None:
    source = shared / "reports" / "essex-2021-22-q4.txt"
    text = source.read_text(encoding="utf-8")
    path = as_pdf(tmp_path / "report.pdf", blocks(text), head=running_head(text), **LAYOUTS[name])  # type: ignore[arg-type]
    found = report_of(path)
    assert (len(found.priorities), len(found.commitments), len(found.items)) == (7, 12, 134)
    assert same_report(found) == same_report(report_of(source))


def test_the_report_reads_the_same_but_for_hyphens_where_words_are_broken(shared: Path, tmp_path: Path) -> None:
    source = shared / "reports" / "essex-2021-22-q4.txt"
    text = source.read_text(encoding="utf-8")
    path = as_pdf(
        tmp_path / "report.pdf", blocks(text), head=running_head(text), foot="{page}", columns=2, hyphenate=True
    )
    expected = report_of(source)
    words = [item.text.split() for item in expected.items]
    broken = [item.text.split() for item in report_of(path).items]
    assert [len(item) for item in words] == [len(item) for item in broken]
    differing = [
        (a, b) for one, two in zip(words, broken, strict=True) for a, b in zip(one, two, strict=True) if a != b
    ]
    assert all(a.replace("-", "") == b.replace("-", "") for a, b in differing)
    assert len(differing) <= 2


def test_the_report_printed_by_a_browser_reads_the_same(page: Page, shared: Path, tmp_path: Path) -> None:
    source = shared / "reports" / "essex-2021-22-q4.txt"
    page.set_content(as_html(blocks(source.read_text(encoding="utf-8"))))
    path = tmp_path / "report.pdf"
    page.pdf(path=path, format="A4", margin={"top": "2cm", "bottom": "2cm", "left": "2cm", "right": "2cm"})
    assert same_report(report_of(path)) == same_report(report_of(source))


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_lists_go_on_over_columns_and_pages(columns: int, tmp_path: Path) -> None:
    path = as_pdf(
        tmp_path / "a.pdf", [*OPENING, *BULLETS], head="Harbour Plan report", foot="Page {page}", columns=columns
    )
    found = report_of(path)
    assert [" ".join(item.text.split()) for item in found.items] == [block.text for block in BULLETS]
    assert found.commitments[0].text.split() == OPENING[-1].text.split()
    pages = [item.page for item in found.items]
    assert pages == sorted(pages, key=lambda n: n or 0)
    assert pages[-1] == len(found.document.page_starts) > 1


def test_page_starts_are_where_the_words_of_the_page_are(tmp_path: Path) -> None:
    draw = [lines_at((60, 700, f"The {n} page begins here.")) for n in ("first", "second", "third")]
    document = read(drawn_pdf(tmp_path / "a.pdf", draw))
    assert [document.text[start:].split()[1] for start in document.page_starts] == ["first", "second", "third"]


def test_a_page_number_within_a_sentence_is_taken_out(tmp_path: Path) -> None:
    head, met = (60, 780, "Harbour Plan"), "- Officers met the owners of the shops by the quay and agreed with them"
    first = lines_at(head, (60, 120, met), (300, 40, "7"))
    second = lines_at(head, (66, 740, "that the lights stay on all night."), (300, 40, "8"))
    assert paragraphs(drawn_pdf(tmp_path / "a.pdf", [first, second])) == [
        "Harbour Plan",
        f"{met} that the lights stay on all night.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("They gave infor-", "mation to all.", "They gave information to all."),
        ("They were anti-", "social at times.", "They were anti-social at times."),
        ("A fleet of e-", "scooters was seen.", "A fleet of e-scooters was seen."),
        ("It ran in 2021-", "22 as well.", "It ran in 2021-22 as well."),
        ("It was led by Anne-", "Marie of the unit.", "It was led by Anne-Marie of the unit."),
        ("He took the police \u2013", "and the fire crew.", "He took the police \u2013 and the fire crew."),
    ],
)
def test_a_hyphen_at_the_line_end_goes_only_if_the_line_end_brought_it(
    before: str, after: str, expected: str, tmp_path: Path
) -> None:
    assert stored(drawn_pdf(tmp_path / "a.pdf", [lines_at((60, 700, before), (60, 686, after))])) == expected


def test_what_the_document_writes_elsewhere_decides_about_a_hyphen(tmp_path: Path) -> None:
    draw = lines_at(
        (60, 700, "The night-time trade and the takeover went on."),
        (60, 600, "It was a night-"),
        (60, 586, "time patrol."),
    )
    assert paragraphs(drawn_pdf(tmp_path / "a.pdf", [draw]))[1] == "It was a night-time patrol."


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [("Measure", "Before", "Now"), ("Calls", "120", "95"), ("Visits", "7", "11"), ("Arrests", "3", "4")]
    cells = [[[Block(Sort.PARAGRAPH, text)] for text in row] for row in rows]
    path = table_pdf(tmp_path / "a.pdf", cells, widths=(200, 120, 120))
    assert paragraphs(path) == [" | ".join(row) for row in rows]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_of_prose_is_read_cell_by_cell(ruled: bool, tmp_path: Path) -> None:  # noqa: FBT001
    sides = [(f"Promise {n} of the plan. {LONG}", f"Answer {n} to it. {LONG} {LONG}") for n in range(4)]
    cells = [[[Block(Sort.PARAGRAPH, text)] for text in row] for row in sides]
    path = table_pdf(tmp_path / "a.pdf", cells, widths=(200, 250), ruled=ruled)
    assert paragraphs(path) == [text for row in sides for text in row]


def side_headed(*heads: tuple[float, str]) -> Callable[[Canvas], None]:
    """Return what draws twelve items of a line, 20 points apart from 700, and heads in the margin at their heights."""
    items = [(180.0, 700.0 - 20 * n, f"\u2022 Item {n} of the text says what officers did.") for n in range(12)]
    return lines_at(*items, *((60.0, height, head) for height, head in heads))


def test_heads_in_the_margin_come_before_what_they_head(tmp_path: Path) -> None:
    draw = side_headed((700, "North LPA"), (620, "What we will"), (606, "do next"), (540, "South LPA"))
    parts = paragraphs(drawn_pdf(tmp_path / "a.pdf", [draw]))
    assert [part[:8] if part[0] == "\u2022" else part for part in parts] == [
        "North LPA",
        *(f"\u2022 Item {n}" for n in range(4)),
        "What we will do next",
        *(f"\u2022 Item {n}" for n in range(4, 8)),
        "South LPA",
        *(f"\u2022 Item {n}" for n in (8, 9)),
        "\u2022 Item 1",
        "\u2022 Item 1",
    ]


def test_a_single_head_in_the_margin_stands_by_itself(tmp_path: Path) -> None:
    parts = paragraphs(drawn_pdf(tmp_path / "a.pdf", [side_headed((640, "North LPA"))]))
    assert parts.index("North LPA") == 3
    assert len(parts) == 13


def test_a_number_before_each_paragraph_is_no_head(tmp_path: Path) -> None:
    draw = lines_at(
        *((x, 700.0 - 28 * n, t) for n in range(5) for x, t in ((60.0, f"1.{n}"), (100.0, f"Officers walked {n}.")))
    )
    text = stored(drawn_pdf(tmp_path / "a.pdf", [draw]))
    assert [n for n in range(5) if not re.search(rf"1\.{n}\W+Officers walked {n}\.", text)] == []


def test_a_contents_list_keeps_title_and_page_together(tmp_path: Path) -> None:
    draw = lines_at(
        *(
            (60 + 400 * side, 700 - 20 * n, (f"Priority {n} - Streets", f"{n + 2}")[side])
            for n in range(1, 6)
            for side in (0, 1)
        )
    )
    assert paragraphs(drawn_pdf(tmp_path / "a.pdf", [draw]))[0] == "Priority 1 - Streets\t3"


def test_bullets_that_are_drawn_are_bullets(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for n in range(3):
            canvas.circle(64, 704 - 30 * n, 2, fill=1)
            canvas.drawString(76, 700 - 30 * n, f"Item {n} without an end")

    assert paragraphs(drawn_pdf(tmp_path / "a.pdf", [draw])) == [f"\u2022 Item {n} without an end" for n in range(3)]


def test_sub_bullets_are_indented(tmp_path: Path) -> None:
    parts = [Block(Sort.BULLET, "Outer one."), Block(Sort.SUB_BULLET, "Inner one."), Block(Sort.BULLET, "Outer two.")]
    assert stored(as_pdf(tmp_path / "a.pdf", parts)).split("\n\n") == [
        "\u2022 Outer one.",
        "  \u2013 Inner one.",
        "\u2022 Outer two.",
    ]


def test_a_page_that_lies_on_its_side_is_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        lines_at((100, -200, "The first line of a wide page."), (100, -260, "The second line."))(canvas)

    assert paragraphs(drawn_pdf(tmp_path / "a.pdf", [draw])) == ["The first line of a wide page.", "The second line."]


def test_a_stamp_across_the_page_is_left_out(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines_at((60, 700, "The words of the page stand here, and there are more of them."))(canvas)
        canvas.translate(100, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "DRAFT")

    assert (
        stored(drawn_pdf(tmp_path / "a.pdf", [draw])) == "The words of the page stand here, and there are more of them."
    )


def test_a_cover_keeps_the_running_line_that_tells_the_quarter(tmp_path: Path) -> None:
    cover = lines_at((60, 700, "Harbour Plan"), (60, 660, "Essex Police"))
    draw = [
        cover,
        *(lines_at((60, 800, "Report for Quarter 3 2023/24"), (60, 700, f"- Part {n} was done.")) for n in range(5)),
    ]
    text = stored(drawn_pdf(tmp_path / "a.pdf", draw))
    assert text.count("Quarter 3 2023/24") == 1


def test_a_pdf_of_pictures_says_so(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(Image.new("RGB", (9, 9))), 50, 50, 300, 300)

    with pytest.raises(UnreadableDocument, match="it has no text, only images"):
        read(drawn_pdf(tmp_path / "a.pdf", [draw]))


def test_an_encrypted_pdf_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="encrypted"):
        read(as_pdf(tmp_path / "a.pdf", OPENING, password="open sesame"))  # noqa: S106


def test_a_pdf_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    assert "Safer Harbours" in stored(as_pdf(tmp_path / "a.pdf", OPENING, password=""))


def test_three_hundred_pages_are_read_in_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MEMORY", 300 * 1024**2)
    # Its time is not looked at, and a busy machine takes long.
    monkeypatch.setattr(pdf, "PATIENCE", 300.0)
    monkeypatch.setattr(pdf, "LONGEST", 300.0)
    draw = [lines_at(*((60, 760 - 14 * n, f"{n} {LONG[:80]}") for n in range(50))) for _ in range(300)]
    document = read(drawn_pdf(tmp_path / "a.pdf", draw))
    assert len(document.page_starts) == 300


def test_a_page_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "PATIENCE", 0.0)
    with pytest.raises(UnreadableDocument, match="takes too long"):
        read(as_pdf(tmp_path / "a.pdf", OPENING))


def test_the_layout_finds_the_pages_of_a_document_without_form_feeds() -> None:
    text = "Priority 1 - A\n\nWe will:\n\nWalk.\n\n- One.\n\n- Two."
    document = Document("a.pdf", pdf.MEDIA_TYPE, "0" * 64, text, (0, text.index("- Two")))
    assert [item.page for item in lay_out(document, load_vocabulary()).items] == [1, 2]
