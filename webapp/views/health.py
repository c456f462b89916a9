"""For those who run it: is it alive, and can it answer?"""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, current_app, jsonify

from webapp.observing import Meters
from webapp.store import endpoint, view

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def alive() -> Response:
    """Say that the process answers."""
    return jsonify({"status": "alive"})


@pages.get("/readyz")
def ready() -> Response:
    """Say which data version can be asked, and which fences hold around queries; null: they run elsewhere.

    Raises: StoreUnavailable (503) if none can be asked.
    """
    held = endpoint().confinement()
    fences = asdict(held) if held else None
    return jsonify({"status": "ready", "version": view().version, "fences": fences})


@pages.get("/metrics")
def metrics() -> Response:
    """Give what is counted, in the text format of Prometheus."""
    meters: Meters = current_app.extensions["goldenthread-meters"]
    body, media_type = meters.exposition()
    return Response(body, content_type=media_type)
