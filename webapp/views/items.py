"""Evidence items: every sentence that a report gives as evidence, found by what it is about."""

from __future__ import annotations

from flask import Blueprint

from webapp.presenters.collections import EVIDENCE
from webapp.views.explore import serve

pages = Blueprint("items", __name__)

serve(pages, EVIDENCE)
