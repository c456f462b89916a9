"""For those who run it: is it alive, and can it answer?"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from webapp.store import view

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def alive() -> Response:
    """Say that the process answers."""
    return jsonify({"status": "alive"})


@pages.get("/readyz")
def ready() -> Response:
    """Say which data version can be asked. Raises: StoreUnavailable (503) if none can."""
    return jsonify({"status": "ready", "version": view().version})
