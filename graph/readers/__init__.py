"""Files to Documents. Adding a format is one module here and one line in ``READERS``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from graph.errors import UnreadableDocument
from graph.model import Document
from graph.readers import docx, html, markdown, pdf, text
from graph.readers.stored_text import StoredText, without_controls

READERS: dict[str, tuple[str, Callable[[str, bytes], StoredText]]] = {
    ".txt": (text.MEDIA_TYPE, text.read),
    ".text": (text.MEDIA_TYPE, text.read),
    ".md": (markdown.MEDIA_TYPE, markdown.read),
    ".markdown": (markdown.MEDIA_TYPE, markdown.read),
    ".html": (html.MEDIA_TYPE, html.read),
    ".htm": (html.MEDIA_TYPE, html.read),
    ".pdf": (pdf.MEDIA_TYPE, pdf.read),
    ".docx": (docx.MEDIA_TYPE, docx.read),
}
"""File name ending to media type and the function from name and bytes to stored text."""

MAX_SIZE = 64 * 1024**2
"""Bytes that a file may have; a report with large pictures has some twenty million."""

_REFUSED = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an older Office file (.doc) or a Word document with a password",
        "Save it as .docx, without a password",
    ),
    (b"{\\rtf", "Rich Text (RTF)", "Save it as .docx"),
    (b"\x89PNG", "a picture", "Give the document with its text"),
    (b"\xff\xd8\xff", "a picture", "Give the document with its text"),
    (b"GIF8", "a picture", "Give the document with its text"),
    (b"II*\x00", "a picture", "Give the document with its text"),
    (b"MM\x00*", "a picture", "Give the document with its text"),
    (b"%!PS", "PostScript", "Save it as PDF"),
    (b"\x1f\x8b", "packed (gzip)", "Unpack it first"),
    (b"7z\xbc\xaf", "packed (7-Zip)", "Unpack it first"),
)
"""How files begin that people take for reports, what they are, and what to do instead."""


def read(path: Path) -> Document:
    """Read a report file. Raises: UnreadableDocument naming the file and the reason.

    What a file begins with decides what it is; its ending decides only between kinds of text.
    """
    content = _bytes_of(path)
    ending = _kind(path, content)
    reader = READERS.get(ending)
    if reader is None:
        raise UnreadableDocument(
            path, f"files of the kind {ending or '(no ending)'} are not read", f"Give one of: {', '.join(READERS)}"
        )
    if not content.strip():
        raise UnreadableDocument(path, "it is empty")
    media_type, read_text = reader
    stored, page_starts = read_text(str(path), content)
    if not stored.strip():
        raise UnreadableDocument(path, "there are no words in it")
    return Document(_name(path), media_type, hashlib.sha256(content).hexdigest(), stored, page_starts)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableDocument(path, "it is a folder", "Name the report files in it")
        if path.exists() and not path.is_file():
            # A pipe or a device could be read without end.
            raise UnreadableDocument(path, "it is not a file")
        size = path.stat().st_size
        if size > MAX_SIZE:
            raise UnreadableDocument(
                path,
                f"it has {size / 1024**2:,.0f} MB; up to {MAX_SIZE / 1024**2:.0f} MB are read",
                "Give a copy without large pictures, or in parts",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument(path, "there is no such file") from error
    except OSError as error:  # among them a name too long, or a link that leads to itself
        raise UnreadableDocument(path, f"it cannot be opened: {error.strerror}") from error
    except ValueError as error:
        raise UnreadableDocument(repr(str(path)), "no file can have this name") from error


def _kind(path: Path, content: bytes) -> str:
    """Return the ending that files of this content have, or the file's own. Raises: UnreadableDocument."""
    own = path.suffix.lower()
    head = content[:4096]
    for start, what, remedy in _REFUSED:
        if head.startswith(start):
            raise UnreadableDocument(path, f"it is {what}", remedy)
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(b"PK"):
        return ".docx"
    if html.MARKUP.match(head):
        return ".html"
    if own in (".pdf", ".docx") and content.strip():
        raise UnreadableDocument(path, f"it is named {own} but is no such file", "Fetch or save it again")
    return own


def _name(path: Path) -> str:
    """Return the file's name as it can be stored: names may hold bytes that are no characters, and line ends."""
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return without_controls(name.replace("\n", "\ufffd").replace("\r", "\ufffd"))
