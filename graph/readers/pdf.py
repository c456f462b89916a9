"""Reads the text layer of PDF: pages, columns and tables to paragraphs, without running heads and page numbers.

By pypdfium2, not pdfplumber: on a report of 160 pages it gave the characters with their places in 1.3 s and 21 MB where
pdfplumber took 17.6 s and 45 MB, and it brings no further packages. What pdfplumber offers beyond it (words, tables)
rests on the same places; ``reading_order``, ``furniture`` and ``paragraphs`` do here what reports need.

The work is done by ``pdf_worker`` in a process of its own. A page that takes longer than ``PATIENCE`` ends it, and so
does a whole document that takes longer than ``LONGEST``; memory is limited too. What PDFium does on a file made to
harm stays in that process.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from time import monotonic
from typing import Any

from graph.errors import UnreadableDocument
from graph.readers.furniture import without_furniture
from graph.readers.paragraphs import to_text
from graph.readers.printed import Dot, Line, Rule, Run
from graph.readers.reading_order import in_reading_order, printed_lines
from graph.readers.stored_text import StoredText, without_controls

MEDIA_TYPE = "application/pdf"
PATIENCE = 5.0
"""Seconds that opening, or one page, may take."""
LONGEST = 120.0
"""Seconds that a document may take."""
MEMORY = 2 * 1024**3
"""Bytes of address space that the worker may take."""
_AGAIN = "Save or print it to PDF again"
_ROOT = Path(__file__).resolve().parents[2]
_END = b"%%EOF"
_START = re.compile(rb"startxref\s+(\d{1,12})")
_INDEX = re.compile(rb"\s{0,16}(?:xref\b|\d+\s+\d+\s+obj\b)")


def read(name: str, content: bytes) -> StoredText:
    """Return the text of a PDF and where its pages begin.

    Raises: UnreadableDocument if it is encrypted, damaged or cut short, holds pictures only, or takes too long.
    """
    if _END not in content[-2048:]:
        raise UnreadableDocument(name, "the PDF is cut short: its end is missing", "Fetch or save it again")
    if not _is_whole(content):
        # PDFium would put together what it finds, and leave out pages or words without saying so.
        raise UnreadableDocument(name, "the PDF is damaged: its index is not where its end says", _AGAIN)
    printed: list[list[Line]] = []
    rules: list[list[Rule]] = []
    pictures = 0
    for page in _pages(name, content):
        runs = [Run(without_controls(text), *rest) for text, *rest in page["runs"]]
        printed.append(printed_lines(runs, [Dot(*dot) for dot in page["dots"]]))
        rules.append([Rule(*rule) for rule in page["rules"]])
        pictures += page["pictures"]
    if not any(printed):
        raise UnreadableDocument(
            name,
            "it has no text, only images" if pictures else "it has no text",
            "Give the document it was made from, or a copy in which the text has been recognised (OCR)",
        )
    return to_text([in_reading_order(*page) for page in zip(without_furniture(printed), rules, strict=True)])


def _is_whole(content: bytes) -> bool:
    """Whether the cross-reference that a PDF ends with is where it says; if not, bytes were lost or added."""
    ends = _START.findall(content, max(0, len(content) - 4096))
    if not ends:
        return False
    # Some writers count from the header, which may stand after other bytes.
    places = (int(ends[-1]), int(ends[-1]) + max(0, content.find(b"%PDF-")))
    return any(_INDEX.match(content, place) for place in places if place < len(content))


def _pages(name: str, content: bytes) -> Iterator[dict[str, Any]]:
    """Yield the pages as the worker gives them, while it does so in time."""
    pages = _answers(name, content)
    first = next(pages, None)
    if first is None:
        raise _damaged(name)
    for number in range(first["pages"]):
        page = next(pages, None)
        if page is None:
            raise UnreadableDocument(name, f"page {number + 1} of the PDF cannot be read", _AGAIN)
        yield page


def _answers(name: str, content: bytes) -> Iterator[dict[str, Any]]:
    """Yield each line that a worker answers. Raises: UnreadableDocument if it says what is wrong, or is too slow."""
    paths = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
    deadline = monotonic() + LONGEST
    late = False
    with TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        worker = subprocess.Popen(  # noqa: S603 - our own module; the document is its standard input
            [sys.executable, "-P", "-m", "graph.readers.pdf_worker", str(MEMORY)],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )

    def stop() -> None:
        nonlocal late
        late = True
        worker.kill()

    with worker:
        answers = worker.stdout
        try:
            while answers is not None:
                watch = Timer(max(0.0, min(PATIENCE, deadline - monotonic())), stop)
                watch.start()
                try:
                    line = answers.readline()
                finally:
                    watch.cancel()
                if not line.endswith(b"\n"):
                    break
                answer: dict[str, Any] = json.loads(line)
                if "error" in answer:
                    raise _refusal(name, answer["error"])
                yield answer
        finally:
            worker.kill()
    if late:
        raise UnreadableDocument(
            name,
            f"reading it takes too long (over {PATIENCE:.0f} s for a page, or {LONGEST:.0f} s in all)",
            _AGAIN,
        )


def _refusal(name: str, error: str) -> UnreadableDocument:
    if error == "password":
        return UnreadableDocument(name, "the PDF is encrypted: it opens with a password only", "Save it without one")
    if error.startswith("broken page"):
        return UnreadableDocument(name, f"{error.removeprefix('broken ')} of the PDF is damaged", _AGAIN)
    if error == "too many pages":
        return UnreadableDocument(name, "the PDF has more pages than a report", "Give the pages of the report alone")
    return _damaged(name)


def _damaged(name: str) -> UnreadableDocument:
    return UnreadableDocument(name, "the PDF is damaged: no pages can be found in it", "Fetch it again")
