from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import UnreadableDocument
from graph.model import Report
from tests.reports import BODY, COVER, layout
from tests.strategies import report_texts


def laid_out(text: str) -> Report | None:
    try:
        return layout(text)
    except UnreadableDocument:
        return None


def check_spans(report: Report) -> None:
    text = report.document.text
    for item in report.items:
        assert text[item.start : item.end] == item.text
        assert item.text.strip()
    for span in (*report.unplaced, *(p.span for p in report.priorities), *(c.span for c in report.commitments)):
        assert text[span.start : span.end] == span.text


def check_order(report: Report) -> None:
    assert [i.number for i in report.items] == list(range(1, len(report.items) + 1))
    for before, after in zip(report.items, report.items[1:], strict=False):
        assert before.end <= after.start
    for item in report.items:
        assert item.parent is None or item.parent < item.number


@given(st.one_of(report_texts(), report_texts().map((COVER + BODY).__add__)))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_refused_or_its_items_slice_back_in_order(text: str) -> None:
    report = laid_out(text)
    if report is not None:
        check_spans(report)
        check_order(report)
        known = {c.id for c in report.commitments} | {""}
        assert {i.commitment for i in report.items} <= known
        assert {i.priority for i in report.items} <= {p.number for p in report.priorities}


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_bullet_below_a_promise_is_read_and_nothing_of_it_lost(words: str) -> None:
    report = laid_out(f"{COVER}{BODY}- x{words}")
    assert report is not None
    check_spans(report)
    check_order(report)


@pytest.mark.parametrize("size", [4000])
def test_a_long_report_is_laid_out_in_time_that_grows_with_its_length(size: int) -> None:
    report = layout(COVER + BODY + "- A bullet of a few words that says nothing much.\n" * size)
    assert len(report.items) == size
