"""Files to Documents. Adding a format is one module here and one line in ``READERS``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from graph.errors import UnreadableDocument
from graph.model import Document
from graph.readers import text

READERS: dict[str, tuple[str, Callable[[str, bytes], str]]] = {
    ".txt": (text.MEDIA_TYPE, text.decode),
    ".text": (text.MEDIA_TYPE, text.decode),
}
"""File name ending to media type and the function from name and bytes to stored text."""


def read(path: Path) -> Document:
    """Read a report file. Raises: UnreadableDocument naming the file and the reason."""
    try:
        folder = path.is_dir()
    except OSError as error:  # a name too long, or one that the system does not allow
        raise UnreadableDocument(path, f"it cannot be opened: {error.strerror}") from error
    if folder:
        raise UnreadableDocument(path, "it is a folder", "Name the report files in it")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableDocument(
            path, f"files of the kind {path.suffix or '(no ending)'} are not read", f"Give one of: {', '.join(READERS)}"
        )
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument(path, "there is no such file") from error
    except OSError as error:
        raise UnreadableDocument(path, f"it cannot be opened: {error.strerror}") from error
    if not content.strip():
        raise UnreadableDocument(path, "it is empty")
    media_type, decode = reader
    stored = decode(str(path), content)
    return Document(path.name, media_type, hashlib.sha256(content).hexdigest(), stored)
