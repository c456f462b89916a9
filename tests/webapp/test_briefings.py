"""Briefings: one file with nothing from outside, that says how much it leaves out."""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import Get
from tests.webapp.html import Page

BRIEFINGS = {
    "/partners/special-constabulary/briefing": "Special Constabulary: briefing",
    "/partners/metropolitan-police-service/briefing": "Metropolitan Police Service: briefing",
    "/commitments/1.2/briefing": "Commitment 1.2: briefing",
    "/commitments/essex-4.2/briefing": "Commitment 4.2: briefing",
}


@pytest.mark.parametrize("path", BRIEFINGS)
def test_a_briefing_is_one_file_whose_style_alone_is_let_in(client: FlaskClient, path: str) -> None:
    for address in (path, f"{path}?download"):
        answer = client.get(address)
        html = answer.get_data(as_text=True)
        page = Page(html)
        assert not page.all("script", "img", "iframe")
        assert [e.attributes["href"] for e in page.all("link")] == ["data:,"]
        style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
        assert style
        assert "url(" not in style[1]
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        policy = answer.headers["Content-Security-Policy"]
        assert f"style-src 'sha256-{digest}';" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(("path", "title"), BRIEFINGS.items())
def test_a_briefing_is_made_well_and_leads_back(get: Get, client: FlaskClient, path: str, title: str) -> None:
    page = get(path)
    assert page.all("h1")[0].words == title
    assert path.removesuffix("/briefing") in page.links
    assert "data version" in page.words
    kept = client.get(f"{path}?download")
    assert "attachment" in kept.headers["Content-Disposition"]
    hrefs = [e.attributes.get("href") or "" for e in Page(kept.get_data(as_text=True)).all("a")]
    assert hrefs
    assert all(urlsplit(href).netloc for href in hrefs)


def test_what_does_not_fit_is_counted(get: Get) -> None:
    words = get("/commitments/1.2/briefing").words
    told = re.search(r"(\d+) of (\d+) evidence items", words)
    assert told
    assert int(told[1]) < int(told[2])


def test_a_gap_is_told(get: Get) -> None:
    rows = get("/commitments/1.2/briefing").table_rows()[0]
    assert any(row.words.replace(" ", "").startswith("South000force-wideonly") for row in rows)


def test_a_partner_page_leads_to_its_briefing(get: Get) -> None:
    assert "/partners/special-constabulary/briefing" in get("/partners/special-constabulary").links
    assert "/commitments/essex-1.2/briefing" in get("/commitments/1.2").links


def test_there_is_none_about_what_is_not_there(client: FlaskClient) -> None:
    assert client.get("/partners/none/briefing").status_code == 404
    assert client.get("/commitments/99.9/briefing").status_code == 404
