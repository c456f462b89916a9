"""Light or dark: the visitor's choice in a cookie, else what their system says (the style sheet asks it)."""

from __future__ import annotations

from flask import request

COOKIE = "theme"
CHOICES = ("light", "dark")


def chosen() -> str:
    """Return the theme that the visitor chose, or "" to follow their system."""
    value = request.cookies.get(COOKIE, "")
    return value if value in CHOICES else ""
