"""Reads plain text: bytes in, Document out."""

from __future__ import annotations

import codecs
import re

from graph.errors import UnreadableDocument

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


def decode(name: str, content: bytes) -> str:
    """Return the text of ``content`` as stored from now on: decoded, line ends as ``\\n``, nothing else changed.

    Encoding: the byte order mark if there is one, else UTF-8, else Windows-1252 (what older office
    software wrote), else Latin-1.
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
    for encoding in ("utf-8", "cp1252", "latin-1"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls > _MAX_CONTROL_SHARE * len(text):
        raise UnreadableDocument(
            name, f"it is not text: {controls} control characters", "Give the report as a text file"
        )
    return _newlines(text)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
