"""Run as a process of its own: opens one PDF given on standard input and prints its pages, a line of JSON each.

PDFium is fast C++ that cannot be interrupted from Python, so it works where it can be killed: ``graph.readers.pdf``
starts this with a limit of memory and watches that lines keep coming. The first line says how many pages there are
or, as ``{"error": ...}``, why there are none.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple

import pypdfium2
from pypdfium2 import raw

from graph.readers.printed import Dot, Rule, Run

PASSWORD, BROKEN, TOO_MANY_PAGES = "password", "broken", "too many pages"
MAX_PAGES = 3_000
MAX_CHARACTERS = 100_000
"""Most characters read of one page: a page of print has some 5,000."""
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_HYPHENS = {0x02: 0x2D, 0xFFFE: 0x2D}
"""What PDFium gives for a hyphen at a line's end, which may be the word's own."""


def limit_memory(size: int) -> None:
    """Let this process have ``size`` bytes of address space at most, where the system can say so."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        # macOS refuses a limit below what is mapped already; the watch over time still holds.
        return


def pages(content: bytes) -> Iterator[dict[str, object]]:
    """Yield the count of pages, then for each page its runs of characters, its rules and its number of pictures."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        yield {"error": PASSWORD if error.err_code == raw.FPDF_ERR_PASSWORD else BROKEN}
        return
    count = len(document)
    if not 0 < count <= MAX_PAGES:
        yield {"error": TOO_MANY_PAGES if count else BROKEN}
        return
    yield {"pages": count}
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            yield {"error": f"{BROKEN} page {number + 1}"}
            return
        text = page.get_textpage()
        runs = [astuple(run) for run in _runs(text)]
        text.close()
        rules, dots, pictures = _drawings(page)
        yield {
            "runs": runs,
            "rules": [astuple(rule) for rule in rules],
            "dots": [astuple(dot) for dot in dots],
            "pictures": pictures,
        }
        page.close()


def _drawings(page: pypdfium2.PdfPage) -> tuple[list[Rule], list[Dot], int]:
    """Return the horizontal rules of a page (borders of boxes count as two), its dots, and the number of pictures."""
    rules: list[Rule] = []
    dots: list[Dot] = []
    pictures = 0
    edges = [ctypes.c_float() for _ in range(4)]
    for n in range(min(raw.FPDFPage_CountObjects(page.raw), MAX_CHARACTERS)):
        found = raw.FPDFPage_GetObject(page.raw, n)
        kind = raw.FPDFPageObj_GetType(found)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif kind == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPageObj_GetBounds(found, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            width, height = right - left, top - bottom
            if width > 20:
                rules.extend(Rule(y, left, right) for y in ({bottom, top} if height > 4 else {top}))
            elif 1 < width < 9 and 0.8 < width / max(height, 0.1) < 1.25:
                dots.append(Dot(left, right, (top + bottom) / 2))
    return rules, dots, pictures


class _Pen:
    """Reads one character after another from PDFium's text page; the same few C values serve for all."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self._text = text.raw
        self._box = raw.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self.turn = self._main_turn()

    def count(self) -> int:
        return min(int(raw.FPDFText_CountChars(self._text)), MAX_CHARACTERS)

    def _main_turn(self) -> int:
        """Return the quarter turns, clockwise, in which most of the text is set (sideways pages)."""
        step = max(1, self.count() // 200)
        turns = Counter(self._turn(n) for n in range(0, self.count(), step))
        return turns.most_common(1)[0][0] if turns else 0

    def _turn(self, n: int) -> int:
        angle = raw.FPDFText_GetCharAngle(self._text, n)
        quarters = angle / 1.5707963 if angle >= 0 else 0.0
        # Text that slants, such as a stamp across the page, is none of the four.
        return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.02 else -1

    def character(self, n: int) -> str:
        code = int(raw.FPDFText_GetUnicode(self._text, n))
        return chr(_HYPHENS.get(code, code))

    def upright(self, n: int) -> bool:
        return self._turn(n) == self.turn

    def place(self, n: int) -> tuple[float, float, float, float]:
        """Return left, right, base line and height as they are when the page is turned upright."""
        raw.FPDFText_GetLooseCharBox(self._text, n, self._box)
        raw.FPDFText_GetCharOrigin(self._text, n, self._x, self._y)
        box, x, y = self._box, self._x.value, self._y.value
        if self.turn == 3:
            return box.bottom, box.top, -x, box.right - box.left
        if self.turn == 2:
            return -box.right, -box.left, -y, box.top - box.bottom
        if self.turn == 1:
            return -box.top, -box.bottom, x, box.right - box.left
        return box.left, box.right, y, box.top - box.bottom

    def is_bold(self, n: int) -> bool:
        size = raw.FPDFText_GetFontInfo(self._text, n, self._name, len(self._name), self._flags)
        name = self._name.raw[: max(0, min(size, 128) - 1)].lower()
        return any(word in name for word in (b"bold", b"black", b"heavy", b"semibd"))


def _runs(text: pypdfium2.PdfTextPage) -> Iterator[Run]:
    """Yield stretches of characters that stand side by side on one line, in the order of the file."""
    pen = _Pen(text)
    letters: list[str] = []
    left = right = base = height = 0.0
    first = last = 0
    heights: Counter[float] = Counter()

    def run() -> Run:
        words = "".join(letters).translate(_LIGATURES).strip()
        bold = pen.is_bold(first) and pen.is_bold(last)
        return Run(words, left, right, base, heights.most_common(1)[0][0], bold)

    for n in range(pen.count()):
        character = pen.character(n)
        if character in "\r\n":
            if letters:
                yield run()
            letters, heights = [], Counter()
            continue
        if character.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
            continue
        x0, x1, y, h = pen.place(n)
        apart = abs(y - base) > 0.5 * max(h, height) or x0 - right > max(h, height) or x0 < left - h
        if letters and apart:
            yield run()
            letters, heights = [], Counter()
        if not letters:
            # Slanted text has a run for each letter, so that asking at the start of runs is enough.
            if not pen.upright(n):
                continue
            left, right, base, height, first = x0, x1, y, h, n
        letters.append(character)
        heights[round(h, 1)] += 1
        right, last = max(right, x1), n
    if "".join(letters).strip():
        yield run()


def main() -> None:
    """Read a PDF from standard input, print its pages to standard output."""
    limit_memory(int(sys.argv[1]))
    for page in pages(sys.stdin.buffer.read()):
        sys.stdout.write(json.dumps(page) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
