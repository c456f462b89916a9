"""What anybody could send in place of a report: one clear line, and soon."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import readers
from graph.errors import UnreadableDocument
from graph.layout import lay_out
from graph.model import Report
from graph.readers import READERS, docx, html, markdown, pdf, read, text
from graph.vocabulary import load_vocabulary
from tests.documents.made import Block, Sort, as_pdf, as_word, report_of

OPENING = "Harbour Plan\nQuarter 2 2022/23\nEssex Police\n\nPriority 1 - Nights\n\nWe will:\n\nWalk the streets.\n\n"
SOON = 10.0
"""Seconds of work within which anything must be answered; a busy machine may take three times that."""


def written(tmp_path: Path, content: bytes | str, name: str = "report.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def in_time(path: Path) -> Report:
    began, work = monotonic(), process_time()
    try:
        return report_of(path)
    finally:
        assert process_time() - work < SOON
        assert monotonic() - began < 3 * SOON


def refused(path: Path, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as raised:
        in_time(path)
    assert "\n" not in str(raised.value)


# Text

SAID = "- Officers walked the streets of the town with the people who live there.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"])
def test_text_reads_the_same_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    said = "- Officers gave \u00a35 to the caf\u00e9 \u2013 for \u201clights\u201d in the people\u2019s street.\n"
    report = in_time(written(tmp_path, (OPENING + said * 9).encode(encoding)))
    assert {f"- {item.text}\n" for item in report.items} == {said}


@pytest.mark.parametrize("sign", [chr(n) for n in (0, 1, 8, 11, 12, 27, 127, 0xFFFE)])
def test_no_control_character_is_stored_and_nothing_moves(sign: str, tmp_path: Path) -> None:
    path = written(tmp_path, OPENING + SAID * 20 + f"- Here{sign}there was more.\n")
    stored = read(path)
    assert len(stored.text) == len(path.read_text(encoding="utf-8"))
    assert sign not in stored.text


def test_marks_of_direction_and_width_are_kept(tmp_path: Path) -> None:
    said = "Offi\u200bcers \u202ewalked\u202c \u2066far\u2069 \u05e9\u05dc\u05d5\u05dd."
    assert [item.text for item in in_time(written(tmp_path, f"{OPENING}- {said}\n")).items] == [said]


def test_form_feeds_count_pages(tmp_path: Path) -> None:
    report = in_time(written(tmp_path, f"{OPENING}{SAID}\f{SAID}\n\f{SAID}"))
    assert [item.page for item in report.items] == [1, 2, 3]


@pytest.mark.parametrize(
    "long",
    [
        "- " + "officers walked " * 1_300_000,
        "- " + "x" * 20_000_000,
        "- a" + " " * 20_000_000 + "b.",
        "a" + "." * 20_000_000,
    ],
    ids=["words", "no space", "only space", "dots"],
)
def test_twenty_million_characters_on_a_line_are_read_in_time(long: str, tmp_path: Path) -> None:
    assert len(in_time(written(tmp_path, f"{OPENING}{SAID}\n{long}\n")).items) in (1, 2)


def test_two_hundred_thousand_bullets_are_read_in_time(tmp_path: Path) -> None:
    bullets = "".join(f"- Officers walked street {n} of the town.\n" for n in range(200_000))
    assert len(in_time(written(tmp_path, OPENING + bullets)).items) == 200_000


def test_many_promises_are_read_in_time(tmp_path: Path) -> None:
    parts = (
        f"Priority {n % 90 + 1} - Part {n}\n\nWe will:\n\nDo {n} things.\n\n- Did {n} things.\n\n"
        for n in range(20_000)
    )
    assert len(in_time(written(tmp_path, "".join(parts))).commitments) == 20_000


@pytest.mark.parametrize("line", ["*a", "[a", "<a", "`", "_", "| -", "> ", "\\*", "![", "#", "&#"])
def test_markdown_of_one_mark_is_read_in_time(line: str, tmp_path: Path) -> None:
    in_time(written(tmp_path, f"{OPENING}{SAID}\n{line * 300_000}\n", "report.md"))


def test_duplicates_formulas_and_queries_are_only_text(tmp_path: Path) -> None:
    odd = ["=cmd|' /C calc'!A0", "} UNION { ?s ?p ?o } #", "<script>alert(1)</script> & more.", "%00 \\u007D"]
    report = in_time(written(tmp_path, OPENING + "".join(f"- {line}\n" for line in odd * 2)))
    assert [item.text for item in report.items] == odd * 2


# Files


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    refused(tmp_path / "pipe.txt", "it is not a file")


def test_a_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    refused(tmp_path / "a.txt", r"it cannot be opened|no such file")


def test_a_link_to_a_report_is_read_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(written(tmp_path, OPENING + SAID))
    assert in_time(tmp_path / "link.txt").document.name == "link.txt"


def test_a_name_that_no_file_can_have_is_refused() -> None:
    refused(Path("a\0b.txt"), "no file can have this name")


def test_odd_names_are_stored_as_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b'/caf\xe9 <"a\nb>.txt'))
    path.write_text(OPENING + SAID, encoding="utf-8")
    name = in_time(path).document.name
    assert name == 'caf\ufffd <"a\ufffdb>.txt'


def test_a_file_too_large_says_how_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_SIZE", 1024**2)
    refused(written(tmp_path, "x" * 3 * 1024**2), "it has 3 MB; up to 1 MB are read")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{\\rtf1 words}", "Rich Text"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x1f\x8b\x08", "packed"),
        (bytes(range(256)) * 9, "it is not text"),
        (b"\xef\xbb\xbf", "there are no words"),
    ],
)
def test_files_that_are_something_else_say_what(content: bytes, reason: str, tmp_path: Path) -> None:
    refused(written(tmp_path, content), reason)


# PDF made to harm


def pdf_of(*objects: bytes) -> bytes:
    """Return a PDF of the given objects, the first its catalogue, with a table of where they stand."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        rows,
        size,
        len(out),
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]"


def page(resources: bytes) -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<<%s>>>>" % resources


def calls(number: int, next_object: int) -> bytes:
    return stream(b"/F%d Do " % number * 30, FORM + b"/Resources<</XObject<</F%d %d 0 R>>>>" % (number, next_object))


def many_words() -> bytes:
    return zlib.compress(b"BT /F 9 Tf (words and words and words) Tj ET\n" * 4_000_000, 9)


HARMFUL: dict[str, Callable[[], bytes]] = {
    "pages that hold themselves": lambda: pdf_of(CATALOGUE, b"<</Type/Pages/Count 3/Kids[2 0 R 2 0 R]>>"),
    "more pages than there are": lambda: pdf_of(CATALOGUE, b"<</Type/Pages/Count 90000000/Kids[3 0 R]>>", page(b"")),
    "forms that call themselves": lambda: pdf_of(
        CATALOGUE,
        ONE_PAGE,
        page(b"/XObject<</F 4 0 R>>"),
        stream(b"/F Do /F Do", FORM + b"/Resources<</XObject<</F 4 0 R>>>>"),
    ),
    "forms that call thirty forms": lambda: pdf_of(
        CATALOGUE,
        ONE_PAGE,
        page(b"/XObject<</F0 5 0 R>>"),
        stream(b"/F0 Do"),
        *(calls(n + 1, n + 6) for n in range(12)),
        stream(b"", FORM),
    ),
    "a page of 170 million bytes": lambda: pdf_of(
        CATALOGUE,
        ONE_PAGE,
        page(b"/Font<</F 5 0 R>>"),
        stream(many_words(), b"/Filter/FlateDecode"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ),
    "nothing but a beginning": lambda: b"%PDF-1.7\n",
    "noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400 + b"\nstartxref\n9\n%%EOF",
    "no catalogue": lambda: pdf_of(b"<<>>"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_pdf_made_to_harm_is_refused_in_time(name: str, tmp_path: Path) -> None:
    refused(
        written(tmp_path, HARMFUL[name](), "report.pdf"), r"the PDF|of the PDF|no text|takes too long|no priorities"
    )


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_pdf_cut_short_says_so(share: float, tmp_path: Path) -> None:
    whole = good_pdf()
    refused(written(tmp_path, whole[: int(len(whole) * share)], "report.pdf"), "cut short")


def test_a_pdf_with_its_middle_missing_says_so(tmp_path: Path) -> None:
    whole = good_pdf()
    refused(written(tmp_path, whole[: len(whole) // 3] + whole[len(whole) // 2 :], "report.pdf"), "damaged")


# Any bytes


@cache
def good_pdf() -> bytes:
    with TemporaryDirectory() as folder:
        return as_pdf(Path(folder) / "a.pdf", [Block(Sort.BULLET, "Officers walked.")] * 40).read_bytes()


@cache
def good_word() -> bytes:
    with TemporaryDirectory() as folder:
        return as_word(Path(folder) / "a.docx", [Block(Sort.BULLET, "Officers walked.")] * 9).read_bytes()


def changed(whole: bytes, edits: Sequence[tuple[float, bytes]]) -> bytes:
    """Return ``whole`` with bytes written over it at places given as shares of its length."""
    out = bytearray(whole)
    for share, new in edits:
        place = int(share * len(out))
        out[place : place + len(new)] = new
    return bytes(out)


EDITS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=40)), max_size=8)
READ_ANYTHING = [text.read, markdown.read, html.read, docx.read]
MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            "<p>|</p>|<ul>|<ol start=9>|<li>|</ul>|<table>|<tr>|<td>|</td>|</table>|<br>|<script>|<!--|&amp;|"
            "&#0;|<a href='|<div hidden>|# |**|_|[x](|`|\\*|| a | b |\n|\n\n|  - |1. |```\n|"
            "<p style='display:none'>|<![CDATA[|<?xml".split("|")
        ),
        st.text(max_size=8),
    ),
    max_size=60,
).map("".join)


def is_well_read(stored: str, starts: Sequence[int]) -> bool:
    return list(starts) == sorted(starts) and all(0 <= start <= len(stored) for start in starts)


@pytest.mark.parametrize("reader", READ_ANYTHING, ids=lambda reader: reader.__module__.rpartition(".")[2])
@given(content=st.one_of(st.binary(max_size=400), MARKUP.map(lambda s: s.encode("utf-8", "replace"))))
def test_any_bytes_are_read_or_refused(
    reader: Callable[[str, bytes], tuple[str, tuple[int, ...]]], content: bytes
) -> None:
    try:
        stored, starts = reader("any", content)
    except UnreadableDocument as error:
        assert error.message.isprintable()  # noqa: PT017 - either answer is right
        return
    assert is_well_read(stored, starts)
    stored.encode()


@given(edits=EDITS)
def test_a_damaged_word_file_is_read_or_refused(edits: list[tuple[float, bytes]]) -> None:
    try:
        stored, starts = docx.read("any", changed(good_word(), edits))
    except UnreadableDocument:
        return
    assert is_well_read(stored, starts)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits=EDITS)
def test_a_damaged_pdf_is_read_or_refused(edits: list[tuple[float, bytes]]) -> None:
    try:
        stored, starts = pdf.read("any", changed(good_pdf(), edits))
    except UnreadableDocument:
        return
    assert is_well_read(stored, starts)


@given(content=st.binary(max_size=200), ending=st.sampled_from([*READERS, ".xyz", ""]))
def test_any_file_is_a_document_or_refused_in_one_line(content: bytes, ending: str) -> None:
    with TemporaryDirectory() as folder:
        path = written(Path(folder), content, f"report{ending}")
        try:
            document = read(path)
        except UnreadableDocument as error:
            assert "\n" not in error.message  # noqa: PT017 - either answer is right
            return
    try:
        report = lay_out(document, load_vocabulary())
    except UnreadableDocument:
        return
    assert all(document.text[item.start : item.end] == item.text for item in report.items)
