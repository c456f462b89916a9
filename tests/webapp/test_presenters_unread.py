"""What was not read, on the page of a report: worked out from the store, and the same that the reading leaves out."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from graph.namespaces import mint
from graph.unread import find_unread
from tests.reports import OTHER_FORCE, SMALL, read_file
from tests.webapp.conftest import Get
from webapp.presenters.reports import report_page
from webapp.presenters.unread import NotRead
from webapp.store import view

READINGS = {reading.report.id: reading for reading in map(read_file, (*SMALL, OTHER_FORCE))}


def not_read(site: Flask, key: str) -> NotRead:
    with site.test_request_context():
        page = report_page(view(), mint("report", key), None)
        assert page
        return page.unread


@pytest.mark.parametrize("key", READINGS)
def test_the_page_leaves_out_what_the_reading_leaves_out(key: str, small_site: Flask) -> None:
    unread, shown = find_unread(READINGS[key]), not_read(small_site, key)
    spans = [f"{s.start}-{s.end}" for s in (*unread.sentences, *unread.numbers)]
    assert [re.findall(r"span=(\d+-\d+)", left.href)[0] for left in (*shown.sentences, *shown.numbers)] == spans
    assert [(p.sentences, p.read) for p in shown.parts] == [(c.sentences, c.read) for c in unread.coverage.values()]
    assert shown.whole.sentences == sum(c.sentences for c in unread.coverage.values()) > 0


def test_a_sentence_that_names_nothing_is_shown_with_the_item_it_stands_in(small_site: Flask) -> None:
    shown = {left.words: left for left in not_read(small_site, "essex-2022-23-q1").sentences}
    assert shown["Nobody else took part."].item == 2
    assert shown["Nobody else took part."].href.endswith("#item-2")


def test_the_report_page_says_what_was_not_read(small: Get) -> None:
    page = small("/reports/essex-2022-23-q1")
    assert "#not-read" in page.links
    assert "Item 2 Nobody else took part." in page.words
