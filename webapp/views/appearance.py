"""The switch between light and dark: a form that works without scripts."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from webapp.appearance import CHOICES, COOKIE

pages = Blueprint("appearance", __name__)

_YEAR = 365 * 24 * 60 * 60


@pages.route("/theme", methods=["GET", "POST"])
def choose() -> Response:
    """Remember the chosen theme, or forget it ("system"), and go back to the page."""
    answer = redirect(_safe(request.values.get("return", "/")), 303)
    choice = request.values.get("choice", "")
    if choice in CHOICES:
        answer.set_cookie(COOKIE, choice, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    else:
        answer.delete_cookie(COOKIE)
    return answer


def _safe(target: str) -> str:
    """Return ``target`` if it is a path on this site, else the first page: no redirect to anywhere else.

    Browsers read a backslash as a slash and leave out control characters, so neither may stand in it.
    """
    if not target.startswith("/") or target.startswith("//") or "\\" in target or not target.isprintable():
        return "/"
    try:
        parts = urlsplit(target)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc else target
