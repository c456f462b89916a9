"""The text that a reader hands on: paragraphs one a line, an empty line between them, and where pages begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

StoredText = tuple[str, tuple[int, ...]]
"""The text to store, and the offset at which each page begins; no offsets where the format has no pages."""

CELL = " | "
"""What parts the cells of a table's row."""
LONG_CELL = 12
"""A cell of more words is prose: its row is read cell after cell."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def without_controls(text: str) -> str:
    """Return ``text`` with a sign in place of each character that XML, and so a graph's exchange formats, cannot hold.

    One for one, so that places stay: page and line feeds become line ends, the others U+FFFD, which says that
    something stood there. Printable characters, marks of direction among them, are left as they are.
    """
    return _CONTROLS.sub(lambda m: "\n" if m[0] in "\x0b\x0c" else "\ufffd", text)


class TextBuilder:
    """Puts paragraphs, list items and rows together to a stored text."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._starts = [0]
        self._written_on_page = False

    def paragraph(self, text: str, mark: str = "", level: int = 0) -> None:
        """Add a paragraph, indented by its level, with the mark of a list item before it; tabs before words stay."""
        words = without_controls(text).rstrip().lstrip(" \n")
        if not words.strip():
            return
        if self._parts:
            self._put("\n\n")
        if not self._written_on_page:
            self._starts[-1] = self._length
            self._written_on_page = True
        self._put("  " * level + (f"{mark} {words.lstrip()}" if mark else words))

    def row(self, cells: Sequence[str]) -> None:
        """Add a row of a table whose cells are short."""
        self.paragraph(CELL.join(" ".join(cell.split()) for cell in cells if cell.strip()))

    def page(self) -> None:
        """Begin a page; pages without words are not counted."""
        if self._written_on_page:
            self._starts.append(self._length)
            self._written_on_page = False

    def result(self) -> StoredText:
        """Return the text and, if there was more than one page, where they begin."""
        starts = self._starts if self._written_on_page else self._starts[:-1]
        return "".join(self._parts), tuple(starts) if len(starts) > 1 else ()

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
