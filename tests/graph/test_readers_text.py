from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import UnreadableDocument
from graph.readers import READERS, read
from graph.readers.text import decode

PROSE = "Caf\u00e9 \u2013 \u00a35 \u2018won\u2019t\u2019"


@pytest.mark.parametrize(
    "content",
    [
        PROSE.encode(),
        codecs.BOM_UTF8 + PROSE.encode(),
        PROSE.encode("utf-16"),
        codecs.BOM_UTF16_LE + PROSE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + PROSE.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + PROSE.encode("utf-32-be"),
        PROSE.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "windows-1252"],
)
def test_text_is_the_same_in_whatever_encoding_it_came(content: bytes) -> None:
    assert decode("a.txt", content) == PROSE


def test_bytes_that_windows_1252_lacks_are_read_as_latin_1() -> None:
    assert "caf\u00e9" in decode("a.txt", b"caf\xe9 \x81 ordinary")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_stored_as_a_line_feed(end: str) -> None:
    assert decode("a.txt", f"one{end}two{end}{end}four".encode()) == "one\ntwo\n\nfour"


@given(st.text().map(lambda text: text.replace("\r", "")))
def test_nothing_but_line_ends_is_changed(text: str) -> None:
    assert (
        decode("a.txt", codecs.BOM_UTF8 + text.encode("utf-8", "replace")) == text.encode("utf-8", "replace").decode()
    )


def test_a_byte_order_mark_that_lies_is_named_with_the_byte() -> None:
    with pytest.raises(UnreadableDocument) as raised:
        decode("lies.txt", codecs.BOM_UTF8 + b"ok \xff")
    assert raised.value.fields["path"] == "lies.txt"
    assert "byte 3" in str(raised.value)


def test_a_stray_control_character_is_still_text() -> None:
    assert decode("a.txt", b"\x0cpage one" + b" and on" * 100 + b"\x01").startswith("\x0c")


def test_the_document_keeps_name_kind_and_digest_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "Report.TXT"
    path.write_bytes(b"one\r\ntwo")
    stored = read(path)
    assert (stored.name, stored.media_type, stored.text) == ("Report.TXT", "text/plain", "one\ntwo")
    assert stored.sha256 == hashlib.sha256(b"one\r\ntwo").hexdigest()


def unreadable(tmp_path: Path) -> dict[str, tuple[Path, str]]:
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    files = {"empty.txt": b"", "blank.txt": b" \n\t\r\n ", "picture.txt": bytes(range(256)) * 4, "sheet.xyz": b"words"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "no-ending").write_bytes(b"words")
    return {
        "folder": (folder, "it is a folder"),
        "missing": (tmp_path / "missing.txt", "there is no such file"),
        "empty": (tmp_path / "empty.txt", "it is empty"),
        "only space": (tmp_path / "blank.txt", "it is empty"),
        "not text": (tmp_path / "picture.txt", "it is not text"),
        "unknown ending": (tmp_path / "sheet.xyz", ".xyz are not read"),
        "no ending": (tmp_path / "no-ending", "(no ending) are not read"),
        "too long a name": (tmp_path / ("x" * 300 + ".txt"), "it cannot be opened"),
    }


CASES = ("folder", "missing", "empty", "only space", "not text", "unknown ending", "no ending", "too long a name")


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_read_is_named_with_its_reason(case: str, tmp_path: Path) -> None:
    path, reason = unreadable(tmp_path)[case]
    with pytest.raises(UnreadableDocument) as raised:
        read(path)
    assert str(path) in str(raised.value)
    assert reason in str(raised.value)
    assert raised.value.fields["path"] == str(path)


def test_the_endings_that_are_read_are_named_to_who_gives_another(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        read(unreadable(tmp_path)["unknown ending"][0])
    assert all(ending in str(raised.value) for ending in READERS)
