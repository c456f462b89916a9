"""On paper: a briefing is a page of A4, printed by the browser itself, and an answer's table fits its paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pypdfium2
from flask import Flask
from flask.testing import FlaskClient

from tests.webapp.browser.conftest import Visit

INSIDE_MARGINS = 1030
"""Pixels of A4 on its side between margins of 12 mm, at 96 to the inch."""


def most_and_least(keys: Iterable[str]) -> list[str]:
    """Return the three keys that stand most often, and the one that does least."""
    ranked = [key for key, _ in Counter(keys).most_common()]
    return [*ranked[:3], ranked[-1]]


def briefings(client: FlaskClient) -> list[str]:
    """Return the briefings with most in them, and with least."""
    involved = client.get("/questions/partner-involvement.json").get_json()["rows"]
    told = client.get("/questions/commitment-evidence.json").get_json()["rows"]
    return [
        *(f"/partners/{key}/briefing" for key in most_and_least(r["partner"]["iri"].split("/")[-1] for r in involved)),
        *(
            f"/commitments/{key}/briefing"
            for key in most_and_least(r["commitment"]["iri"].split("/")[-1] for r in told)
        ),
    ]


def test_briefings_fit_on_a_page_of_a4(visit: Visit, app: Flask) -> None:
    long = {}
    for path in briefings(app.test_client()):
        page = visit(path)
        document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert [round(side) for side in document[0].get_size()] == [595, 842], "not A4"
        if len(document) > 1:
            long[path] = len(document)
        document.close()
    assert long == {}


def test_the_first_page_prints_its_matter_and_no_forms(visit: Visit) -> None:
    page = visit("/")
    page.emulate_media(media="print")
    assert page.locator("table").first.is_visible()
    assert [one for one in page.locator("form, input, select, button").all() if one.is_visible()] == []


def test_an_answer_fits_its_paper(visit: Visit) -> None:
    page = visit("/questions/partner-operations-by-lpa")
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert [round(side) for side in document[0].get_size()] == [842, 595], "not A4 on its side"
    document.close()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": INSIDE_MARGINS, "height": 700})
    assert page.locator("table.gt-answer").evaluate("table => table.getBoundingClientRect().right <= innerWidth")
