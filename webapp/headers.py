"""What every answer says about itself: what it may load, how long it may be kept, what it varies by."""

from __future__ import annotations

import hashlib

from flask import Flask, Response, g, request

from graph.errors import StoreUnavailable
from webapp.appearance import chosen
from webapp.store import view

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SECURE_ONLY = "max-age=31536000"
"""For a visitor who came over TLS: come that way again, for a year."""
FOR_EVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "private, no-cache"

NOT_DATA = frozenset(
    {"static", "health.alive", "health.ready", "health.metrics", "appearance.choose", "sparql.ask", "sparql.graphs"}
)
"""Endpoints whose answers do not depend on the data version, or that see to it themselves."""


def register(app: Flask, build: str) -> None:
    """Have ``app`` send these headers; ``build`` names the code and assets that its pages are made with."""

    @app.before_request
    def unchanged() -> Response | None:
        """Answer 304 before any work is done, when the visitor holds the page of this version already."""
        tag = _tag(build)
        if tag is None or not request.if_none_match.contains_weak(tag):
            return None
        answer = Response(status=304)
        answer.set_etag(tag, weak=True)
        return answer

    @app.after_request
    def describe(answer: Response) -> Response:
        for name, value in SECURITY.items():
            answer.headers.setdefault(name, value)
        if request.is_secure:
            answer.headers.setdefault("Strict-Transport-Security", SECURE_ONLY)
        if nonce := g.get("style_nonce", ""):
            # CodeMirror writes its own style element. A nonce is good once, so this answer is not kept for others.
            answer.headers["Content-Security-Policy"] = POLICY.replace(
                "style-src 'self'", f"style-src 'self' 'nonce-{nonce}'"
            )
        if request.endpoint == "static":
            hashed = request.path.startswith(f"{app.static_url_path}/dist/") and answer.status_code < 400
            answer.headers["Cache-Control"] = FOR_EVER if hashed else ALWAYS_ASK
            return answer
        answer.headers.setdefault("Cache-Control", ALWAYS_ASK if answer.status_code in {200, 304} else "no-store")
        if request.endpoint not in NOT_DATA:
            answer.vary.update(("Accept", "Cookie", "HX-Request"))
            if answer.status_code == 200 and (tag := _tag(build)):
                answer.set_etag(tag, weak=True)
        return answer


def _tag(build: str) -> str | None:
    """Return what identifies this request's page, or None where it cannot be told without making it.

    Data, code, form of the answer and theme: two requests to one address that agree in these get the same page.
    """
    if request.method not in {"GET", "HEAD"} or request.endpoint is None or request.endpoint in NOT_DATA:
        return None
    try:
        if not view().fixed:
            return None
        version = view().version
    except StoreUnavailable:
        return None
    told = (version, build, chosen(), request.headers.get("HX-Request", ""), request.headers.get("Accept", ""))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:20]
