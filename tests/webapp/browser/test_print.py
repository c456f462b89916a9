"""On paper: a briefing is a page or two of A4, printed by the browser itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pypdfium2
from flask import Flask
from flask.testing import FlaskClient

from tests.webapp.browser.conftest import Visit

MOST_PAGES = 2


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


def test_briefings_fit_on_two_pages_of_a4(visit: Visit, app: Flask) -> None:
    long = {}
    for path in briefings(app.test_client()):
        page = visit(path)
        document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        assert [round(side) for side in document[0].get_size()] == [595, 842], "not A4"
        if len(document) > MOST_PAGES:
            long[path] = len(document)
        document.close()
    assert long == {}
