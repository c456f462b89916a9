"""What every answer says: the policy, how long it is good for, and that an unchanged page is not sent twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.build import build, ingest
from graph.settings import Settings
from tests.reports import SMALL
from tests.webapp.html import Page
from webapp import create_app

ADDRESSES = ["/", "/operations", "/questions/operations.csv", "/nothing", "/healthz", "/reports?x=1"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_policy_lets_a_page_load_from_its_own_site_alone(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Permissions-Policy" in headers


def test_an_unchanged_page_is_not_sent_twice(client: FlaskClient) -> None:
    first = client.get("/operations")
    again = client.get("/operations", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_page_parts_formats_and_themes_have_tags_of_their_own(client: FlaskClient) -> None:
    address = "/questions/operations"
    tags = [
        client.get(address).headers["ETag"],
        client.get(address, headers={"HX-Request": "true"}).headers["ETag"],
        client.get(address, headers={"Accept": "application/json"}).headers["ETag"],
    ]
    client.set_cookie("theme", "dark")
    tags.append(client.get(address).headers["ETag"])
    assert len(set(tags)) == 4


def test_errors_and_health_are_never_kept(client: FlaskClient) -> None:
    assert client.get("/nothing").headers["Cache-Control"] == "no-store"
    assert "ETag" not in client.get("/readyz").headers
    assert "ETag" not in client.get("/questions/operations?quarter=never").headers


def test_new_data_make_new_pages_without_a_restart(tmp_path: Path) -> None:
    build(tmp_path / "store", [SMALL[0]])
    client = create_app(Settings(store=tmp_path / "store")).test_client()
    before = client.get("/reports")
    ingest(tmp_path / "store", [SMALL[1]])
    after = client.get("/reports", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    rows = [len(Page(answer.get_data(as_text=True)).table_rows()[0]) for answer in (before, after)]
    assert rows == [1, 2]


def test_built_files_may_be_kept_for_ever(client: FlaskClient) -> None:
    page = Page(client.get("/").get_data(as_text=True))
    styles = [e.attributes["href"] for e in page.all("link") if e.attributes.get("rel") == "stylesheet"]
    assert styles
    for style in styles:
        with client.get(style or "") as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_logo_without_a_hash_in_its_name_is_asked_for_again(client: FlaskClient) -> None:
    with client.get("/static/golden-thread.svg") as answer:
        assert "immutable" not in answer.headers["Cache-Control"]
