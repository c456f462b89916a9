"""Light and dark: a cookie, no script, and no way off the site."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import Get


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_choice_is_kept_and_leads_back_to_the_page(client: FlaskClient, get: Get, choice: str, method: str) -> None:
    values = {"choice": choice, "return": "/operations?theme=vawg"}
    answer = client.open("/theme", method=method, **{"data" if method == "POST" else "query_string": values})  # type: ignore[arg-type]
    assert (answer.status_code, answer.location) == (303, "/operations?theme=vawg")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert get("/").all("html")[0].attributes["data-theme"] == choice


def test_system_forgets_the_choice(client: FlaskClient, get: Get) -> None:
    client.post("/theme", data={"choice": "dark", "return": "/"})
    client.post("/theme", data={"choice": "system", "return": "/"})
    assert "data-theme" not in get("/").all("html")[0].attributes


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "evil",
        "",
        "/%0d%0aSet-Cookie:x=1\r\n",
    ],
)
def test_no_redirect_to_anywhere_else(client: FlaskClient, target: str) -> None:
    assert client.post("/theme", data={"choice": "dark", "return": target}).location == "/"


def test_forged_cookie_is_no_theme(client: FlaskClient, get: Get) -> None:
    client.set_cookie("theme", '"><script>')
    assert "data-theme" not in get("/").all("html")[0].attributes
