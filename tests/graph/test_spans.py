"""Whatever has a span is what stands at that span of the stored text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build import sample_reports
from graph.model import Reading
from tests.conftest import shared_folder
from tests.reports import DOCUMENTS, read_file


def reports() -> list[Path]:
    """Return every report that the tests read."""
    folder = shared_folder()
    published = sorted((folder / "reports").glob("*.txt")) if folder else []
    return [*published, *sample_reports(), *sorted(DOCUMENTS.glob("*.txt"))]


def spans(reading: Reading) -> Iterator[tuple[str, int, int, str]]:
    """Yield what it is, start, end and text of everything in ``reading`` that has a span."""
    report = reading.report
    for item in report.items:
        yield f"item {item.number}", item.start, item.end, item.text
    for commitment in report.commitments:
        yield f"commitment {commitment.id}", commitment.span.start, commitment.span.end, commitment.text
        if commitment.lead_span:
            yield (
                f"lead of {commitment.id}",
                commitment.lead_span.start,
                commitment.lead_span.end,
                commitment.lead_span.text,
            )
    for priority in report.priorities:
        yield f"priority {priority.number}", priority.span.start, priority.span.end, priority.span.text
    for span in report.unplaced:
        yield "not read", span.start, span.end, span.text
    for mention in reading.mentions:
        yield f"{mention.kind} {mention.key}", mention.start, mention.end, mention.text
    for figure in reading.figures:
        yield f"figure {figure.value}", figure.start, figure.end, figure.text


@pytest.mark.parametrize("path", reports(), ids=lambda path: f"{path.parent.name}-{path.stem}")
class TestSpans:
    def test_every_span_slices_back_to_its_text(self, path: Path) -> None:
        reading = read_file(path)
        text = reading.report.document.text
        assert [s for s in spans(reading) if text[s[1] : s[2]] != s[3] or not s[3]] == []

    def test_every_mention_stands_in_its_sentence_and_its_sentence_in_its_passage(self, path: Path) -> None:
        reading = read_file(path)
        titles: dict[int | None, tuple[int, int]] = {
            p.number: (p.span.start, p.span.end) for p in reading.report.priorities
        }
        promises = {c.id: (c.span.start, c.span.end) for c in reading.report.commitments}
        bounds = {i.number: (i.start, i.end) for i in reading.report.items}
        for mention in reading.mentions:
            start, end = (
                bounds[mention.item]
                if mention.item
                else promises.get(mention.commitment or "") or titles[mention.priority]
            )
            assert start <= mention.sentence[0] <= mention.start < mention.end <= end, mention
            assert mention.start < mention.sentence[1] <= end, mention

    def test_every_figure_stands_in_its_item(self, path: Path) -> None:
        reading = read_file(path)
        bounds = {i.number: (i.start, i.end) for i in reading.report.items}
        assert [f for f in reading.figures if not bounds[f.item][0] <= f.start < f.end <= bounds[f.item][1]] == []

    def test_no_mention_is_given_twice(self, path: Path) -> None:
        found = [(m.kind, m.key, m.start, m.end) for m in read_file(path).mentions]
        assert len(found) == len(set(found))
