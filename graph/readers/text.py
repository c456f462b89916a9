"""Reads plain text, in whatever encoding it came.

UTF-8 and byte order marks decide where they can. What is neither is left to charset-normalizer, which chooses among
the encodings that British offices have written: given all it knows it took Windows-1252 reports for Windows-1250.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from graph.errors import UnreadableDocument
from graph.readers.stored_text import StoredText, without_controls

MEDIA_TYPE = "text/plain"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.01
"""Text may hold a stray control character; a hundredth or more of them is not text."""


_ENCODINGS = ["cp1252", "mac_roman", "cp850", "utf_16_le", "utf_16_be"]
_SAMPLE = 64_000
"""Bytes that are enough to tell an encoding by."""


def read(name: str, content: bytes) -> StoredText:
    """Return the text of ``content`` and, where it has form feeds, the places of its pages.

    Raises: UnreadableDocument if it is not text.
    """
    text = decode(name, content)
    feeds = [match.end() for match in re.finditer("\f", text)]
    return without_controls(text), (0, *feeds) if feeds else ()


def decode(name: str, content: bytes) -> str:
    """Return the text of ``content``, line ends as line feeds, nothing else changed.

    Encoding: the byte order mark if there is one, else UTF-8, else what it looks like, else Latin-1.
    Raises: UnreadableDocument if it is not text.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return _newlines(content.decode(encoding))
            except UnicodeDecodeError as error:
                raise UnreadableDocument(
                    name, f"it begins as {encoding.upper()} text but byte {error.start} does not fit"
                ) from error
    text = _decode(content)
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls > _MAX_CONTROL_SHARE * len(text):
        raise UnreadableDocument(
            name, f"it is not text: {controls} control characters", "Give the report as a text file"
        )
    return _newlines(text)


def has_mark(content: bytes) -> bool:
    """Whether ``content`` begins with a byte order mark, which says its encoding."""
    return any(content.startswith(mark) for mark, _ in _BOMS)


def _decode(content: bytes) -> str:
    sample = content[:_SAMPLE]
    # Text in UTF-16 without a mark is good UTF-8 too, with a NUL beside each letter.
    if sample.count(0) <= len(sample) / 4:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            # An older encoding; which one is looked at next.
            pass
    guess = from_bytes(sample, cp_isolation=_ENCODINGS).best()
    try:
        return content.decode(guess.encoding if guess else "cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
