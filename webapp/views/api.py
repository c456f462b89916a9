"""For programs: what can be asked, and how."""

from __future__ import annotations

from flask import Blueprint, Response

from webapp.negotiation import json_file
from webapp.presenters import openapi
from webapp.store import view

pages = Blueprint("api", __name__, url_prefix="/api")


@pages.get("/openapi.json")
def describe() -> Response:
    """Describe the questions and their formats (OpenAPI 3.1); the values listed are those of the data now."""
    now = view()
    return json_file(now.recall("openapi", lambda: openapi.description(now)))
