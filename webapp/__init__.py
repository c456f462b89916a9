"""The web application: pages, files and answers over the graph. ``create_app`` makes it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from wsgiref.types import WSGIApplication

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from graph.formats import FORMATS
from graph.heads import head
from graph.queries import FOLDER, catalogue
from graph.settings import Settings
from graph.vocabulary import FOLDER as ONTOLOGY
from webapp import appearance, assets, errors, headers, limits, observing, views
from webapp.addresses import data_of
from webapp.boundaries import read_boundaries
from webapp.cache import ReadyAnswers
from webapp.presenters.glossary import short_forms
from webapp.presenters.listing import here, without
from webapp.store import Site, open_source, view

__all__ = ["create_app"]


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application over the store or endpoint that ``settings`` (default: the environment's) name.

    Raises: GoldenThreadError if the styles and scripts have not been built, or the boundaries cannot be drawn.
    """
    settings = settings or Settings.from_environment()
    manifest = assets.read_manifest()
    app = Site(__name__)
    app.json = _Json(app)
    source = open_source(app, settings)
    if settings.boundaries:
        app.extensions["goldenthread-boundaries"] = read_boundaries(settings.boundaries)
    _prepare_templates(app)
    assets.register(app, manifest)
    # Before the headers, which may answer at once.
    meters = observing.register(app, source, settings)
    headers.register(app, _build(settings))
    limits.register(app, settings)
    errors.register(app)
    views.register(app)
    ready = ReadyAnswers(app.wsgi_app, source.version)
    outermost: WSGIApplication = observing.Observed(ready, meters)
    if settings.proxies:
        trusted = settings.proxies
        outermost = ProxyFix(outermost, x_for=trusted, x_proto=trusted, x_host=trusted)
    app.wsgi_app = outermost  # type: ignore[method-assign, assignment]  # the way Flask documents
    return app


class _Json(DefaultJSONProvider):
    """JSON whose keys stand in the order they were given, and whose letters are letters."""

    sort_keys = False
    ensure_ascii = False


def _build(settings: Settings) -> str:
    """Return a digest of everything but the data that a page is made from, so that an upgrade makes new pages."""
    here_ = Path(__file__).resolve().parent
    files = [*here_.rglob("*.py"), *here_.glob("templates/**/*.html"), *here_.glob("*.json")]
    digest = hashlib.sha256()
    files += [here_ / "static" / "dist" / "manifest.json", *FOLDER.rglob("*.rq"), *ONTOLOGY.rglob("*.ttl")]
    files += [settings.boundaries] if settings.boundaries else []
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _prepare_templates(app: Flask) -> None:
    jinja = app.jinja_env
    jinja.trim_blocks = jinja.lstrip_blocks = True
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    jinja.loader = ChoiceLoader([*([jinja.loader] if jinja.loader else []), macros])
    jinja.globals.update(here=here, without=without, data_of=data_of, data_formats=FORMATS, catalogue=catalogue())
    jinja.filters["head"] = head
    jinja.globals["short_forms"] = lambda texts: short_forms(view(), texts)

    @app.context_processor
    def appearance_of_this_request() -> dict[str, str]:
        return {"chosen_theme": appearance.chosen(), "this_page": request.full_path.rstrip("?")}
